"""The file an assessment is carried away in, and read from again by page and command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from mutu import instruments
from mutu.assess import limits
from mutu.errors import N_, AnswerError, MutuError, ReadError
from mutu.instruments import Instrument, check_answer
from mutu.locale import _
from mutu.store import Answer, Record

FORMAT = "mutu-assessment"
FORMAT_VERSION = 1

_HEAD = {"label": limits.NAME, "weights": 64, "version": 64, "instrument": 64}
_SIGNS = {  # first bytes -> what the file is
    b"PK\x03\x04": N_("an Excel or Word file, or a zip archive"),
    b"\xd0\xcf\x11\xe0": N_("an old Excel or Word file"),
    b"%PDF": N_("a PDF document"),
}
_ANSWER = ("score", "note", "evidence")


def to_json(record: Record) -> dict[str, Any]:
    """A record as the export format; it does not contain the token, which opens the assessment."""
    notice = {}
    if record.slug in instruments.slugs():
        notice = {"disclaimer": str(instruments.load(record.slug).disclaimer)}
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "instrument": record.slug,
        "version": record.version,
        **notice,
        "label": record.label,
        "weights": record.weights,
        "created": record.created.isoformat() if record.created else None,
        "changed": record.changed.isoformat() if record.changed else None,
        "answers": {
            code: {"score": answer.score, "note": answer.note, "evidence": answer.evidence}
            for code, answer in record.answers.items()
        },
    }


def from_json(text: str | bytes, instrument: Instrument | None = None) -> Record:
    """A record from an export, or, when the instrument is known, from plain {"item code": score}.

    Parameters
    ----------
    text : content of the file
    instrument : when given, the record must be of it, and every answer is checked against it

    Raises
    ------
    ReadError : it is no such file; the sentence says what is wrong and where
    AnswerError : an item or a score is not the instrument's
    """
    data = _parsed(text)
    if "format" in data:
        record = _export(data)
    elif instrument is not None:
        record = Record(instrument.slug, instrument.version, answers=_plain(data))
    else:
        raise ReadError(
            N_("The file is not an export of an assessment: «format» is missing. Choose a file saved here.")
        )
    if instrument is not None:
        _check(record, instrument)
    return record


def _parsed(text: str | bytes) -> dict[str, Any]:
    if len(text) > limits.FILE:
        raise ReadError(
            N_("The file is larger than {limit} characters, so it is not an export of an assessment. Choose another."),
            limit=limits.FILE,
        )
    _refuse_office(text)
    try:
        data = json.loads(text if isinstance(text, str) else text.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise ReadError(N_("The file is not UTF-8 text. Save it as UTF-8.")) from None
    except json.JSONDecodeError as error:
        raise ReadError(
            N_("The file is not valid JSON: line {line}, column {column}. Export it again, or correct it there."),
            line=error.lineno,
            column=error.colno,
        ) from None
    except MutuError:
        raise
    except (ValueError, RecursionError):  # numbers of thousands of digits, nesting without end
        raise ReadError(
            N_("The file cannot be read as JSON: it is nested too deeply or a number is too long.")
        ) from None
    if not isinstance(data, dict):
        raise ReadError(N_("The file must contain one JSON object such as {example}."), example='{"1": 3}')
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two values with one name JSON readers drop the first silently; here it is said."""
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ReadError(N_("«{name}» appears twice in the file. Keep one of the two."), name=twice[:40])
    return data


def _refuse_office(text: str | bytes) -> None:
    """A file of an office program is named as what it is: its bytes are no text that could be saved as UTF-8."""
    begin = text[:8] if isinstance(text, bytes) else b""
    kind = next((kind for sign, kind in _SIGNS.items() if begin.startswith(sign)), None)
    if kind is not None:
        raise ReadError(
            N_(
                "The file is {kind}, not a file of answers. Give the .json file of the button "
                "«Download the answers (JSON)» on the page."
            ),
            kind=_(kind),
        )


def _export(data: Mapping[str, Any]) -> Record:
    if data["format"] != FORMAT:
        raise ReadError(
            N_("The file is of the format «{found}», not «{known}». Choose an export of an assessment."),
            found=str(data["format"])[:40],
            known=FORMAT,
        )
    version = data.get("format_version")
    if type(version) is not int or version < 1:
        raise ReadError(N_("In the file, «format_version» must be a number such as {known}."), known=FORMAT_VERSION)
    if version > FORMAT_VERSION:
        raise ReadError(
            N_("The file has format version {version}; this mutu reads up to {known}. Update mutu to load it."),
            version=version,
            known=FORMAT_VERSION,
        )
    head = {name: _text(data.get(name, ""), name, limit) for name, limit in _HEAD.items()}
    answers = data.get("answers")
    if not isinstance(answers, dict):
        raise ReadError(N_("In the file, «{name}» is missing or has the wrong form."), name="answers")
    return Record(
        slug=head["instrument"],
        version=head["version"],
        label=head["label"],
        weights=head["weights"],
        created=_moment(data.get("created"), "created"),
        changed=_moment(data.get("changed"), "changed"),
        answers={code: _answer(code, answer) for code, answer in answers.items()},
    )


def _text(value: Any, name: str, limit: int) -> str:
    if not isinstance(value, str):
        raise ReadError(N_("In the file, «{name}» must be a text."), name=name)
    if len(value) > limit:
        raise ReadError(
            N_("In the file, «{name}» has {length} characters; at most {limit} can be kept. Shorten it."),
            name=name,
            length=len(value),
            limit=limit,
        )
    return value


def _moment(value: Any, name: str) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise ReadError(
            N_("In the file, «{name}» is not a moment such as {example}."),
            name=name,
            example="2026-11-24T09:30:00+00:00",
        ) from None


def _answer(code: str, value: Any) -> Answer:
    if not isinstance(value, dict):
        raise AnswerError(
            N_("Item {code}: the answer must have the form {example}."),
            code=code[:40],
            example='{"score": 3, "note": ""}',
        )
    unknown = sorted(set(value) - set(_ANSWER))
    if unknown:
        raise AnswerError(
            N_("Item {code}: «{field}» is not known. An answer has {known}."),
            code=code[:40],
            field=unknown[0][:40],
            known=", ".join(_ANSWER),
        )
    return Answer(
        score=_level(code, value.get("score")),
        note=_text(value.get("note", ""), f"answers.{code[:40]}.note", limits.TEXT),
        evidence=_text(value.get("evidence", ""), f"answers.{code[:40]}.evidence", limits.TEXT),
    )


def _level(code: str, value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or value not in range(1000):
        raise AnswerError(
            N_("Item {code}: the score «{value}» is not a whole number. Correct it."),
            code=code[:40],
            value=str(value)[:40],
        )
    return int(value)


def _plain(data: Mapping[str, Any]) -> dict[str, Answer]:
    """Codes and scores as given; what is wrong with them the instrument says."""
    return {code: Answer(value) for code, value in data.items()}


def _check(record: Record, instrument: Instrument) -> None:
    if record.slug != instrument.slug:
        raise ReadError(
            N_("The file belongs to the assessment «{found}», not to «{wanted}». Load it there."),
            found=record.slug,
            wanted=instrument.slug,
        )
    known = {convention.code for convention in instrument.conventions} | {""}
    if record.weights not in known:
        raise ReadError(
            N_("In the file, «weights» is «{found}», which {instrument} does not know. Use one of: {known}."),
            found=record.weights,
            instrument=instrument.slug,
            known=", ".join(sorted(known - {""})),
        )
    for code, answer in record.answers.items():
        check_answer(instrument, code, answer.score)
