"""The questionnaire as XLSForm for KoBoToolbox and ODK: one page, in both languages, nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mutu.instruments.questionnaire import Option, ProfileQuestion, Questionnaire, questionnaire
from mutu.locale import current
from mutu.regulations.schema import Text
from mutu.report.document import printable
from mutu.report.excel import Book
from mutu.report.office import Office

LANGUAGES = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}
_YES, _NO = "ya", "tidak"
_SURVEY = ("type", "name", "required", "relevant", "appearance")
_NAME_LENGTH = 60
Row = dict[str, str]


def write(path: Path, office: Office) -> None:
    """Write the form; its services are the office's, a field to write in where it names none."""
    book = Book(office.full_name or str(questionnaire().title), office.full_name)
    asked = questionnaire()
    _fill(book, "survey", list(_survey(asked, office)), (*_SURVEY, *_translated("label", "hint", "required_message")))
    _fill(book, "choices", list(_choices(asked, office)), ("list_name", "name", *_translated("label")))
    title = " – ".join(filter(None, (str(asked.title), office.full_name)))
    settings = {
        "form_title": printable(title),
        "form_id": "skm",
        "version": f"{asked.version:%Y%m%d}",
        "default_language": LANGUAGES[current()],
    }
    _fill(book, "settings", [settings], tuple(settings))
    book.save(path)


def services(office: Office, asked: Questionnaire) -> tuple[Option, ...]:
    """The office's services as options, «other» last; none where the office does not name them."""
    if not office.services:
        return ()
    options, taken = [], {asked.other_service.code}
    for number, service in enumerate(dict.fromkeys(office.services), 1):
        code = re.sub(r"[^a-z0-9]+", "_", service.casefold()).strip("_")[:_NAME_LENGTH]
        code = code if code and code not in taken else f"layanan_{number}"
        taken.add(code)
        options.append(Option.model_construct(code=code, text=Text(id=printable(service), en=printable(service))))
    return (*options, asked.other_service)


def _survey(asked: Questionnaire, office: Office) -> Iterator[Row]:
    """The rows of the form, in the order in which it is filled in."""
    yield {"type": "start", "name": "start"}
    yield {"type": "end", "name": "end"}
    yield {"type": "begin_group", "name": "survei", "appearance": "field-list", **_both("label", asked.title)}
    yield _note("pengantar", asked.intro)
    yield _note("kerahasiaan", asked.privacy)
    yield {
        "type": "select_one persetujuan",
        "name": "persetujuan",
        **_both("label", asked.consent.question),
        **_needed(asked),
    }
    yield _note("tidak_bersedia", asked.consent.refused) | {"relevant": f"${{persetujuan}}='{_NO}'"}
    yield {"type": "begin_group", "name": "isi", "relevant": f"${{persetujuan}}='{_YES}'"}
    yield _note("tentang_anda", asked.about_you)
    yield from (_about(question, asked, office) for question in asked.profile)
    yield _note("penilaian_anda", asked.your_rating)
    yield _note("cara_mengisi", asked.how_to)
    for number, question in enumerate(asked.questions, 1):
        text = Text(id=f"{number}. {question.text.id}", en=f"{number}. {question.text.en}")
        kind = f"select_one {question.kode.lower()}"
        yield {"type": kind, "name": question.name, **_both("label", text), **_needed(asked)}
    hint = _both("hint", asked.remark_hint)
    yield {"type": "text", "name": "saran", "appearance": "multiline", **_both("label", asked.remark), **hint}
    yield _note("terima_kasih", asked.thanks)
    yield {"type": "end_group"}
    yield {"type": "end_group"}


def _about(question: ProfileQuestion, asked: Questionnaire, office: Office) -> Row:
    kind = f"select_one {question.code}" if question.options or office.services else "text"
    return {
        "type": kind,
        "name": question.code,
        **_both("label", question.question),
        **_both("hint", asked.profile_hint),
    }


def _choices(asked: Questionnaire, office: Office) -> Iterator[Row]:
    yield {"list_name": "persetujuan", "name": _YES, **_both("label", asked.consent.yes)}
    yield {"list_name": "persetujuan", "name": _NO, **_both("label", asked.consent.no)}
    for part in asked.profile:
        for option in part.options or services(office, asked):
            yield {"list_name": part.code, "name": option.code, **_both("label", option.text)}
    for question in asked.questions:
        for value, text in enumerate(asked.options(question), 1):
            yield {"list_name": question.kode.lower(), "name": str(value), **_both("label", text)}


def _note(name: str, text: Text) -> Row:
    return {"type": "note", "name": name, **_both("label", text)}


def _needed(asked: Questionnaire) -> Row:
    return {"required": "yes", **_both("required_message", asked.answer_needed)}


def _both(column: str, text: Text) -> Row:
    """A text in both languages; what looks like a reference to a question is none."""
    return {
        f"{column}::{name}": text.in_language(language).replace("${", "$ {") for language, name in LANGUAGES.items()
    }


def _translated(*columns: str) -> tuple[str, ...]:
    return tuple(f"{column}::{name}" for column in columns for name in LANGUAGES.values())


def _fill(book: Book, name: str, rows: list[Row], columns: tuple[str, ...]) -> None:
    """A sheet with one row for each, below the names of its columns."""
    sheet = book.sheet(name, [48 if "::" in column else 22 for column in columns])
    sheet.head(*columns, align="l" * len(columns))
    for row in rows:
        sheet.add(*(row.get(column) for column in columns), looks=("wrap",))
    sheet.finish((1, 0), 1, landscape=True)
