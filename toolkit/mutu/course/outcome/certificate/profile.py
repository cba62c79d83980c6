"""The training a certificate is for, as the organiser says it in pelatihan.toml; everything in it is data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date as Date
from decimal import Decimal
from pathlib import Path
from typing import Any

from mutu.course import clock
from mutu.course.outcome.certificate.facts import line
from mutu.course.outcome.certificate.register import FIELDS
from mutu.course.outcome.certificate.rule import rule
from mutu.course.outcome.certificate.spelled import KEYS, OF_MODULE, PARTS, Spelled, spelled
from mutu.errors import N_, SettingError
from mutu.locale import _
from mutu.report.folder import unwritten, write_file
from mutu.report.profiles import logo, read, text, whole, written

_LONGEST = 200
_MOST_HOURS = 1000
_NEEDED = ("training", "organiser", "place", "head", "position", "number")
_DAYS = ("start", "end", "date")


@dataclass(frozen=True)
class OfModule:
    """What the organiser says of one module: its title and hours where it is not one of ours, its own least mark."""

    title: str = ""
    jp: int | None = None
    least: Decimal | None = None


@dataclass(frozen=True)
class Training:
    """The training as the organiser describes it.

    Attributes
    ----------
    training, kind : its name, and its kind for the personnel record
    organiser, unit : the office, and the part of it that held the training
    place, head, position, head_id : where it is signed, and by whom
    number : form of the certificates' numbers
    start, end, date : first and last day, and the day of issue (None for today)
    zone : of all times of the course; WIB where it is empty
    least : mark that each module must reach
    modules : module -> what is said of it
    logo : PNG
    """

    training: str
    organiser: str
    place: str
    head: str
    position: str
    number: str
    start: Date
    end: Date
    unit: str = ""
    kind: str = ""
    head_id: str = ""
    date: Date | None = None
    zone: str = ""
    least: Decimal = field(default_factory=lambda: rule().least_mark)
    modules: Mapping[str, OfModule] = field(default_factory=dict)
    logo: bytes = b""


def load(file: Path) -> Training:
    """The training of a profile.

    Raises
    ------
    SettingError : a key is missing, unknown, twice there or of the wrong form; names file and key
    """
    said = spelled(file, read(file), KEYS)
    for key in (*_NEEDED, "start", "end"):
        if said.values.get(key, "") == "":
            raise _missing(file, key, said)
    found: dict[str, Any] = {}
    for key, value in said.values.items():
        take = _OTHERS.get(key) or (_day if key in _DAYS else _text)
        found[key] = take(file, said.key(key), value)
    found["number"] = _form(file, found["number"], said)
    return _in_order(file, Training(**found), said)


def zone_of(file: Path) -> str:
    """The zone of a profile, of which nothing else needs to be in order; empty where it names none.

    Raises
    ------
    SettingError : it is no TOML, or names no zone of Indonesia
    """
    data = read(file)
    return next((_zone(file, key, data[key]) for key in (KEYS["zone"], "zone") if key in data), "")


def _missing(file: Path, key: str, said: Spelled) -> SettingError:
    """What to say of a key that is not there: it may stand behind a #, or below a heading."""
    name = said.key(key)
    example = f"{name} = 2026-11-25" if key in _DAYS else f'{name} = "…"'
    if key in said.values:
        return SettingError(N_("{file}: {key} is empty. Write {example}; it is printed."),
                            file=file, key=name, example=example)  # fmt: skip
    modules = said.values.get("modules")
    for heading, part in modules.items() if isinstance(modules, dict) else ():
        if isinstance(part, dict) and (below := {key, KEYS[key]} & part.keys()):
            return SettingError(
                N_("{file}: {key} stands below [{heading}] and belongs above it. Move that line up."),
                file=file, key=min(below), heading=f"{said.key('modules')}.{heading}",
            )  # fmt: skip
    for number, found in enumerate(written(file).splitlines(), 1):
        if hidden := re.match(rf"\s*#+\s*({key}|{KEYS[key]})\s*=", found):
            return SettingError(
                N_("{file}, line {line}: {key} stands behind a #, so it is not read. Take the # away: {example}."),
                file=file, line=number, key=hidden[1], example=example.replace(name, hidden[1], 1),
            )  # fmt: skip
    return SettingError(N_("{file}: {key} is missing. Add a line such as {example}; it is printed."),
                        file=file, key=name, example=example)  # fmt: skip


def write_template(file: Path) -> None:
    """Write a profile to fill in.

    Raises
    ------
    WorkspaceError : it cannot be written
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, _template().encode())
    except OSError as error:
        raise unwritten(file, error) from None


def _template() -> str:
    lines = [
        (_("What certificates say; texts stand in quotes, days as 2026-11-25."), None),
        (_("name of the training"), "training"),
        (_("kind of training for the personnel record; may stay empty"), "kind"),
        (_("office that holds the training"), "organiser"),
        (_("part of the office; may stay empty"), "unit"),
        (_("place of signing"), "place"),
        (_("name of who signs"), "head"),
        (_("position of who signs"), "position"),
        (_("NIP of who signs; may stay empty"), "head_id"),
    ]
    texts = "\n".join(f"# {said}" if key is None else f'{KEYS[key]} = ""  # {said}' for said, key in lines)
    days = "\n".join(f"# {KEYS[key]} = 2026-11-25  # {said}" for key, said in (
        ("start", _("first day of the training; take away the first #")),
        ("end", _("last day of the training; take away the first #")),
        ("date", _("day of issue; today unless given")),
    ))  # fmt: skip
    counter, month, year = PARTS.values()
    number = f'{KEYS["number"]} = "{counter}/SKM/{month}/{year}"'
    said = _("zone of all times: WIB, WITA or WIT")
    zone = f'{KEYS["zone"]} = "{clock.DEFAULT}"  # {said}'
    return f"{texts}\n{number}\n{KEYS['least']} = {rule().least_mark}\n{zone}\n{days}\n"


def _in_order(file: Path, training: Training, said: Spelled) -> Training:
    if training.start > training.end:
        raise SettingError(
            N_("{file}: {end} lies before {start}. Correct the days of the training."),
            file=file, end=said.key("end"), start=said.key("start"),
        )  # fmt: skip
    if training.end > (training.date or Date.today()):
        raise SettingError(
            N_("{file}: the training ends on {end}, after the day of issue. Issue certificates when it has ended."),
            file=file, end=training.end,
        )  # fmt: skip
    return training


def _text(file: Path, key: str, value: Any) -> str:
    return line(text(file, key, value, _LONGEST))


def _form(file: Path, form: str, said: Spelled) -> str:
    """The form of the numbers, with the fields that the register knows."""
    for english, indonesian in PARTS.items():
        form = form.replace(indonesian, english)
    rest = form
    for part in FIELDS:
        rest = rest.replace(part, "")
    if FIELDS[0] not in form or re.search(r"[{}]", rest) or len(form) > 80:
        needed, *others = said.parts
        raise SettingError(
            N_("{file}: {key} must hold {needed} and may hold {others}, as in 001/SKM/XI/2026."),
            file=file, key=said.key("number"), needed=needed, others=", ".join(others),
        )  # fmt: skip
    return form


def _zone(file: Path, key: str, value: Any) -> str:
    said = text(file, key, value).upper()
    if said and said not in clock.ZONES:
        raise SettingError(
            N_('{file}: {key} is «{said}». Write WIB, WITA or WIT, as in {key} = "WITA".'),
            file=file, key=key, said=said,
        )  # fmt: skip
    return said


def _day(file: Path, key: str, value: Any) -> Date:
    if type(value) is not Date:
        raise SettingError(N_("{file}: {key} must be a day such as 2026-11-25, without quotes."), file=file, key=key)
    return value


def _mark(file: Path, key: str, value: Any) -> Decimal:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value <= 100:  # NaN lies nowhere
        raise SettingError(
            N_("{file}: {key} must be a mark from 0 to 100 without quotes, as in {key} = 70."), file=file, key=key
        )
    return Decimal(str(value))


def _hours(file: Path, key: str, value: Any) -> int:
    return whole(file, key, value, _MOST_HOURS)


def _modules(file: Path, key: str, value: Any) -> dict[str, OfModule]:
    if not isinstance(value, dict) or not all(isinstance(part, dict) for part in value.values()):
        raise SettingError(N_("{file}: {key} must be tables such as [{key}.skm]."), file=file, key=key)
    return {name: _module(file, f"{key}.{name}", part) for name, part in value.items()}


def _module(file: Path, inside: str, part: Mapping[str, Any]) -> OfModule:
    takes: dict[str, Callable[[Path, str, Any], Any]] = {"title": _text, "jp": _hours, "least": _mark}
    said = spelled(file, part, OF_MODULE, inside)
    return OfModule(
        **{word: takes[word](file, f"{inside}.{said.written[word]}", value) for word, value in said.values.items()}
    )


_OTHERS: dict[str, Callable[[Path, str, Any], Any]] = {
    "least": _mark, "modules": _modules, "logo": logo, "zone": _zone,
}  # fmt: skip
