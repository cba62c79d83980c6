"""The questionnaire on paper as data, from which the PDF and the Word file are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mutu.instruments.questionnaire import questionnaire
from mutu.locale import _, current
from mutu.regulations import skm
from mutu.report.document import printable
from mutu.report.office import Office
from mutu.report.xlsform import services

_WIDE, _LONG = 22, 45  # letters from which options stand in two columns, and from which they find no room
_LINES = 3  # rows of boxes that find room


@dataclass(frozen=True)
class Asked:
    """A question with the options to cross, in so many columns; one without options has a line to write on."""

    text: str
    options: tuple[str, ...] = ()
    columns: int = 4


@dataclass(frozen=True)
class PaperSheet:
    """One sheet of two pages: who asks, what it is for, the respondent, the nine questions, suggestions.

    `places` are small lines to fill in beside the title: number, date, time. `foot` stands on both pages.
    """

    language: str
    title: str
    office: str
    places: tuple[str, ...]
    intro: str
    consent: str
    about_you: str
    profile: tuple[Asked, ...]
    rating: str
    how_to: str
    questions: tuple[Asked, ...]
    remark: str
    remark_hint: str
    thanks: str
    foot: str


def sheet(office: Office) -> PaperSheet:
    """The questionnaire of an office, in the language in use."""
    asked = questionnaire()
    return PaperSheet(
        language=current(),
        title=str(asked.title),
        office=printable(office.full_name),
        places=(_("No."), _("Date"), _("Time of day")),
        intro=f"{asked.intro} {asked.privacy}",
        consent=str(asked.consent.paper),
        about_you=str(asked.about_you),
        profile=tuple(
            _about(str(part.question), [str(one.text) for one in part.options or services(office, asked)])
            for part in asked.profile
        ),
        rating=str(asked.your_rating),
        how_to=str(asked.how_to_on_paper),
        questions=tuple(
            Asked(str(question.text), tuple(map(str, asked.options(question)))) for question in asked.questions
        ),
        remark=str(asked.remark),
        remark_hint=str(asked.remark_hint),
        thanks=str(asked.thanks),
        foot=_("The nine elements of {regulation}; wording by mutu, version {version}").format(
            regulation=skm(asked.regulation).short, version=f"{asked.version:%Y-%m-%d}"
        ),
    )


def _about(text: str, options: Sequence[str]) -> Asked:
    """A question about the respondent; where the options find no room, people write which one they mean."""
    longest = max(map(len, options), default=0)
    columns = 4 if longest <= _WIDE else 2
    if longest > _LONG or len(options) > columns * _LINES:
        return Asked(text)
    return Asked(text, tuple(options), columns)
