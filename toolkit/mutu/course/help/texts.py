"""What the help page says: the way through a class, then the buttons of each page of formgrader."""

from __future__ import annotations

from dataclasses import dataclass

from mutu.locale import _


@dataclass(frozen=True)
class Part:
    """A section: steps to follow, or labels (as formgrader shows them) with what they do."""

    title: str
    steps: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()


def parts() -> tuple[Part, ...]:
    """The sections of the page in the language in use."""
    return _way(), _assignments(), _submissions(), _by_hand(), _students(), _files()


def _way() -> Part:
    return Part(
        _("From the first lesson to the mark"),
        steps=(
            _("Upload the list of names (columns id, name, e-mail). File, New, Terminal: mutu course students FILE"),
            _("Press Generate, look at Preview, then press Release."),
            _("When the time is up, press Collect. On Windows, and for files sent by e-mail, see the last section."),
            _("Press the number of submissions, then the flash under Autograde for each person."),
            _("Under Manual Grading open a submission and type the points of the reflection; its rubric is there."),
            _("Press Generate Feedback, then Release Feedback."),
        ),
    )


def _assignments() -> Part:
    return Part(
        _("Page Manage Assignments"),
        buttons=(
            ("Name", _("Opens the folder with the trainer's notebooks, solutions among them.")),
            ("Due Date", _("Until when work may be handed in; empty means no limit.")),
            ("Status", _("draft: not handed out yet; released: participants can fetch it.")),
            ("Edit", _("Changes the due date.")),
            ("Generate", _("Makes the participants' notebook: solutions and hidden tests are taken out.")),
            ("Preview", _("Opens the participants' notebook, to look at it before it is handed out.")),
            ("Release", _("Hands the notebook out. Pressed again it takes it back, but not from those who have it.")),
            ("Collect", _("Fetches what participants have handed in; newer versions replace older ones.")),
            ("# Submissions", _("How many were handed in; the number opens the list of submissions.")),
            ("Generate Feedback", _("Writes a page for each participant with marks and comments.")),
            ("Release Feedback", _("Lets the participants fetch that page.")),
            (
                "Add new assignment...",
                _("Makes an empty assignment of your own; the modules are there already."),
            ),
        ),
    )


def _submissions() -> Part:
    return Part(
        _("Page with the submissions of an assignment"),
        buttons=(
            ("Autograde", _("Runs this person's notebook with the hidden tests and gives the points.")),
            ("Status", _("needs autograding, needs manual grading, or graded.")),
            ("Score", _("Points so far of all points; open it to see them task by task.")),
            ("Generate Feedback", _("Writes the page with marks and comments for this person only.")),
            ("Release Feedback", _("Lets this person fetch that page.")),
        ),
    )


def _by_hand() -> Part:
    return Part(
        _("Page Manual Grading"),
        buttons=(
            ("Full credit", _("Gives all points of this cell.")),
            ("No credit", _("Gives no point for this cell.")),
            ("Resolve", _("Marks the cell as looked at although its points stay the same.")),
            ("(extra credit)", _("Adds points beyond the full ones.")),
            ("Comments", _("Write one sentence: what was good, what comes next. It is saved by itself.")),
            ("Prev / Next", _("Goes to another person's notebook; names are hidden until you press the eye.")),
        ),
    )


def _students() -> Part:
    return Part(
        _("Page Manage Students"),
        buttons=(
            ("Student ID", _("The id in the names of files; it cannot be changed later.")),
            ("Edit Student", _("Corrects name or e-mail.")),
            ("Add new student...", _("Adds one person; for a whole list use mutu course students FILE.")),
        ),
    )


def _files() -> Part:
    return Part(
        _("Notebooks handed in as files"),
        steps=(
            _("Ask for the file name ID_skm.ipynb (English: ID_skm-en.ipynb), where ID is the participant's id."),
            _("Upload them in JupyterLab to kursus/downloaded/skm/archive; zip archives may stay packed."),
            _("Choose File, New, Terminal in JupyterLab and type: nbgrader zip_collect skm --force"),
            _("Go on with Autograde. A file with another name is left out and named in the terminal."),
            _("Release Feedback does not reach these people: send them the page from kursus/feedback/ID/skm."),
        ),
    )
