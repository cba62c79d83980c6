"""What the help page says: the way through a class, then the buttons of each page of formgrader."""

from __future__ import annotations

from dataclasses import dataclass

from mutu.locale import _


@dataclass(frozen=True)
class Part:
    """A section: steps to follow, and labels (as formgrader shows them) with what they do; `this` is to be typed."""

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
            _("In JupyterLab, upload the list of names (columns id, name, e-mail) to the topmost folder."),
            _("Choose File, New, Terminal there and type: `mutu course students FILE`"),
            _("Press Generate, look at Preview, then press Release. An × under Release: it is out already, leave it."),
            _("When the time is up, press Collect. On Windows, and for files sent by e-mail, see the last section."),
            _(
                "Press the number of submissions, then the flash under Autograde for each person; the last section "
                "says how to grade all at once."
            ),
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
            (
                "Release",
                _(
                    "Hands the notebook out: who works on this computer fetches it in JupyterLab under Nbgrader, "
                    "Assignment List. Pressed again it takes it back, but not from those who have it."
                ),
            ),
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
            (
                "Autograde",
                _(
                    "Runs this person's notebook with the hidden tests and gives the points. Its log says what was put "
                    "right and what to look at; «checksum has changed» there is as it should be."
                ),
            ),
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
            (
                _("points"),
                _("Write decimals with a point (2.5). More than the full points becomes the full points: look again."),
            ),
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
        steps=(
            _("«None, None» is somebody whose id has no name yet: an account that pressed Submit, or a file's new id."),
            _("Press the pencil under Edit Student in that row, type first and last name, press Save. Marks stay."),
            _(
                "Is the id in a file's name wrong? Before Autograde, correct the file's name, delete the folder "
                "`kursus/submitted/WRONG-ID`, and collect again."
            ),
        ),
        buttons=(
            ("Student ID", _("The id in the names of files; it cannot be changed later.")),
            (
                "Overall Score",
                _(
                    "Points of all assignments together. The Indonesian and the English exercise both count, so nobody "
                    "reaches the whole: take the mark from the list of submissions."
                ),
            ),
            ("Edit Student", _("Corrects name or e-mail.")),
            ("Add new student...", _("Adds one person; for a whole list use `mutu course students FILE`.")),
        ),
    )


def _files() -> Part:
    return Part(
        _("Notebooks handed in as files"),
        steps=(
            _("Ask for the file name `ID_skm.ipynb` (English: `ID_skm-en.ipynb`), where ID is the participant's id."),
            _(
                "Upload what you were sent to `kursus/downloaded/skm/archive` in JupyterLab: notebooks of any name, a "
                "zip from Moodle, Classroom or Canvas, mails as .eml, .mbox or Outlook's .msg."
            ),
            _("Choose File, New, Terminal in JupyterLab and type: `mutu course collect kursus/downloaded/skm/archive`"),
            _(
                "It says whose each notebook is, and how it knows. For those not placed, choose the participant in the "
                "Excel file it names, and collect again with `--map` and that file."
            ),
            _(
                "nbgrader's own way takes only files of that form: `nbgrader zip_collect skm --force` (English: "
                "`skm-en`)."
            ),
            _("To grade the whole class at once, type: `mutu course grade 02-skm`"),
            _("Release Feedback does not reach these people: send them the page from `kursus/feedback/ID/skm`."),
        ),
    )
