"""The office a report is for, as it says so itself in office.toml; everything in it is data, never markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mutu.errors import N_, SettingError
from mutu.regulations import publication, skm
from mutu.report.profiles import logo, only, read, text, whole

_TEXTS = ("name", "unit", "period", "head", "place")
_KEYS = (*_TEXTS, "population", "services", "report_url", "min_n", "min_group", "logo", "plan")


@dataclass(frozen=True)
class Step:
    """What the office plans for an element; an empty part is left to fill in."""

    program: str = ""
    time: str = ""
    person: str = ""


@dataclass(frozen=True)
class Office:
    """The office a report is for; what is empty is left to fill in, never invented.

    Attributes
    ----------
    name, unit : the office and the service unit
    period : as it is to be printed, for instance "Semester I 2026"
    head, place : who signs, and where
    population : people served in the period
    services : what was surveyed
    report_url : where the full report is published, for the QR code
    min_n : respondents below which the poster shows no grade
    min_group : respondents below which a group is not shown
    logo : PNG
    plan : code of the element -> what is planned for it
    """

    name: str = ""
    unit: str = ""
    period: str = ""
    head: str = ""
    place: str = ""
    population: int | None = None
    services: tuple[str, ...] = ()
    report_url: str = ""
    min_n: int = field(default_factory=lambda: publication().min_n_grade)
    min_group: int = field(default_factory=lambda: publication().min_group)
    logo: bytes = b""
    plan: Mapping[str, Step] = field(default_factory=dict)

    def __post_init__(self) -> None:
        publication().least_graded(self.min_n)
        publication().least_group(self.min_group)

    @property
    def full_name(self) -> str:
        """Unit and office in one line."""
        return ", ".join(part for part in (self.unit, self.name) if part)


def load(path: Path | str | None) -> Office:
    """The office of an office.toml; without a path, one that leaves everything to fill in.

    Raises
    ------
    SettingError : the file is not there or not TOML, or a key is unknown or of the wrong form; names file and key
    """
    if path is None:
        return Office()
    file = Path(path)
    data = read(file)
    only(file, data, _KEYS)
    found: dict[str, Any] = {key: text(file, key, data[key]) for key in _TEXTS if key in data}
    for key, take in _OTHERS.items():
        if key in data:
            found[key] = take(file, key, data[key])
    return Office(**found)


def _graded(file: Path, key: str, value: Any) -> int:
    return publication().least_graded(whole(file, key, value), f"{file}: {key}")


def _group(file: Path, key: str, value: Any) -> int:
    return publication().least_group(whole(file, key, value), f"{file}: {key}")


def _services(file: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SettingError(N_('{file}: {key} must be a list of texts, as in ["KTP-el", "Akta"].'), file=file, key=key)
    return tuple(text(file, key, one) for one in value)


def _url(file: Path, key: str, value: Any) -> str:
    said = text(file, key, value)
    try:
        parts = urlsplit(said)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good:
        raise SettingError(
            N_("{file}: {key} must be an address that begins with https:// or http://."), file=file, key=key
        )
    return said


def _plan(file: Path, key: str, value: Any) -> dict[str, Step]:
    """[plan.U8] with program, time, person."""
    if not isinstance(value, dict) or not all(isinstance(part, dict) for part in value.values()):
        raise SettingError(N_("{file}: {key} must be tables such as [plan.U8]."), file=file, key=key)
    for kode, part in value.items():
        if kode not in skm().kodes:
            raise SettingError(
                N_("{file}: [plan.{kode}] names no element; the elements are {known}."),
                file=file,
                kode=kode,
                known=", ".join(skm().kodes),
            )
        for name in part:
            if name not in ("program", "time", "person"):
                raise SettingError(
                    N_("{file}: [plan.{kode}] knows program, time and person, not {name}."),
                    file=file,
                    kode=kode,
                    name=name,
                )
    return {
        kode: Step(**{name: text(file, f"plan.{kode}.{name}", said) for name, said in part.items()})
        for kode, part in value.items()
    }


_OTHERS: dict[str, Callable[[Path, str, Any], Any]] = {
    "population": whole,
    "services": _services,
    "report_url": _url,
    "min_n": _graded,
    "min_group": _group,
    "logo": logo,
    "plan": _plan,
}
