"""The questionnaire of the satisfaction survey (SKM): our own wording, in both languages, as a data file.

The elements' names and options are the regulation's and stand in its file; here stand the questions, what is asked
about the respondent, and the words around them.
"""

from __future__ import annotations

from datetime import date as Date
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from mutu import content
from mutu.content.files import in_form, read_json
from mutu.errors import N_, MissingPart
from mutu.regulations import skm
from mutu.regulations.schema import Part, Text

FILE = "skm/questionnaire.json"

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""What a question is called in a form: survey programs allow little else."""


class Option(Part):
    """An answer: its code in files, and what people read."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9_-]+$", max_length=40)]
    text: Text


class ProfileQuestion(Part):
    """A question about the respondent; without options it is answered in words, or from a list of the office's own."""

    code: Name
    question: Text
    options: tuple[Option, ...]


class Question(Part):
    """A question about an element; its options are the regulation's."""

    kode: str
    name: Name
    text: Text


class Consent(Part):
    """How people are asked whether they take part: on a screen, and on paper."""

    question: Text
    yes: Text
    no: Text
    refused: Text
    paper: Text


class Questionnaire(Part):
    """The questionnaire, in the order in which it is asked."""

    schema_version: Literal[1]
    id: str
    version: Date
    regulation: str
    source: str
    title: Text
    intro: Text
    privacy: Text
    consent: Consent
    about_you: Text
    profile_hint: Text
    profile: tuple[ProfileQuestion, ...]
    other_service: Option
    your_rating: Text
    how_to: Text
    how_to_on_paper: Text
    questions: tuple[Question, ...]
    answer_needed: Text
    remark: Text
    remark_hint: Text
    thanks: Text

    def options(self, question: Question) -> tuple[Text, ...]:
        """The four answers of an element, least to best."""
        return skm(self.regulation).element(question.kode).options

    @model_validator(mode="after")
    def _asks_every_element_once(self) -> Questionnaire:
        if tuple(question.kode for question in self.questions) != skm(self.regulation).kodes:
            raise ValueError("the questions must ask every element once, in the order of the regulation's body")
        names = [*(question.name for question in self.questions), *(part.code for part in self.profile)]
        if len(set(names)) != len(names):
            raise ValueError("a name stands twice")
        return self


@cache
def questionnaire() -> Questionnaire:
    """The questionnaire of the satisfaction survey.

    Raises
    ------
    MissingPart : its file is not part of this installation
    ReadError : something in the file is missing, unknown or of the wrong form; names the place

    Examples
    --------
    >>> [question.kode for question in questionnaire().questions][-2:]
    ['U8', 'U9']
    """
    path = content.find("assessments") / FILE
    try:
        return in_form(Questionnaire, read_json(path), path.name)
    except FileNotFoundError:
        raise MissingPart(
            N_("The questionnaire {file} is not part of this installation. Install mutu again."), file=path.name
        ) from None
