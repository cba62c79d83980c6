"""A workbook to type paper sheets in: what is typed is checked at once, and `mutu skm score` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from mutu.instruments.questionnaire import Question, Questionnaire, questionnaire
from mutu.locale import _
from mutu.regulations import skm
from mutu.report.excel import Book, Sheet
from mutu.report.office import Office
from mutu.report.xlsform import services

_ROWS = 2000  # rows that are checked
_HEAD = 62.0  # points: four lines
_EARLIEST = date(2017, 1, 1)  # the year of the regulation
_LONGEST_HELP = 255  # letters Excel shows of its help


def write(path: Path, office: Office) -> None:
    """Write the workbook: how to fill it in, and the sheet for the answers."""
    asked = questionnaire()
    book = Book(str(asked.title), office.full_name)
    guide = book.sheet(_("Instructions"), (44, 100))
    parts = [(str(part.question), _labels(asked, office, place)) for place, part in enumerate(asked.profile)]
    widths = [7.0, 12.0, *[18.0] * len(parts), *[16.0] * len(asked.questions), 50.0]
    answers = book.sheet(_("Answer sheet"), widths)
    choices = book.sheet(_("Lists"), [24.0] * len(parts))
    _guide(guide, asked)
    _answers(answers, asked, [name for name, _options in parts])
    _dates(answers)
    for place, (_name, options) in enumerate(parts):
        if options:
            _choices(answers, choices, place, options)
    choices.hide()
    guide.open_here()
    book.save(path)


def _labels(asked: Questionnaire, office: Office, place: int) -> list[str]:
    return [str(option.text) for option in asked.profile[place].options or services(office, asked)]


def _guide(sheet: Sheet, asked: Questionnaire) -> None:
    """What to do, step by step, and what the numbers stand for."""
    steps = (
        _("Write a number on every paper sheet, and the same number into the column «No.»."),
        _("Use one row of «{answers}» for each respondent.").format(answers=_("Answer sheet")),
        _("Type 1, 2, 3 or 4 for each question, as crossed; the numbers stand in the boxes."),
        _("Leave a cell empty where nothing is crossed, or more than one box."),
        _("Write no names, telephone numbers or identity numbers, not among the suggestions either."),
        _("Type in all sheets that were filled in, also when there are more than planned."),
        _("Save the file and read it with: mutu skm score FILE"),
    )
    sheet.head(_("How to type in the answers"), None, align="ll")
    for number, step in enumerate(steps, 1):
        sheet.add(None, f"{number}. {step}", looks=("wrap",))
    sheet.skip()
    sheet.head(_("What the numbers stand for"), None, align="ll")
    for question in asked.questions:
        name = f"{question.kode} {skm().element(question.kode).name}"
        sheet.add(name, _legend(asked, question).replace("\n", "; "), looks=("wrap",))
    sheet.finish((0, 0), 1, landscape=True)


def _answers(sheet: Sheet, asked: Questionnaire, parts: Sequence[str]) -> None:
    names = [f"{question.kode} {skm().element(question.kode).name}" for question in asked.questions]
    head = (_("No."), _("Date"), *parts, *names, _("Suggestions"))
    sheet.head(*head, align="l" * len(head))
    for place, question in enumerate(asked.questions, 2 + len(parts)):
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": 1,
            "maximum": 4,
            "input_title": question.kode,
            "input_message": _legend(asked, question)[:_LONGEST_HELP],
            "error_title": question.kode,
            "error_message": _("Type 1, 2, 3 or 4, or leave the cell empty."),
        }
        sheet.allow(_cells(place), rule)
    sheet.tall(1, _HEAD)
    sheet.finish((1, 1), 1, landscape=True)


def _dates(sheet: Sheet) -> None:
    rule: dict[str, Any] = {
        "validate": "date",
        "criteria": ">=",
        "value": _EARLIEST,
        "error_title": _("Date"),
        "error_message": _("Type the day of the answer as a date, for instance 24/11/2026."),
    }
    sheet.allow(_cells(1), rule)


def _choices(answers: Sheet, choices: Sheet, place: int, options: Sequence[str]) -> None:
    """Let a column be filled from a list, which stands on a sheet out of sight."""
    for row, option in enumerate(options, 1):
        choices.put(row, place + 1, option)
    column = xl_col_to_name(place)
    rule = {
        "validate": "list",
        "source": f"={choices.reference}${column}$1:${column}${len(options)}",
        "error_message": _("Choose from the list, or leave the cell empty."),
    }
    answers.allow(_cells(2 + place), rule)


def _cells(place: int) -> str:
    """The cells of a column counted from 0 that are checked."""
    column = xl_col_to_name(place)
    return f"{column}2:{column}{_ROWS + 1}"


def _legend(asked: Questionnaire, question: Question) -> str:
    """What each number stands for, one a line."""
    return "\n".join(f"{value} = {text}" for value, text in enumerate(asked.options(question), 1))
