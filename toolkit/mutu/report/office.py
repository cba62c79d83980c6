"""The office a report is for, as it says so itself in office.toml; everything in it is data, never markup."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mutu.errors import N_, SettingError, reason
from mutu.regulations import publication, skm

_TEXTS = ("name", "unit", "period", "head", "place")
_KEYS = (*_TEXTS, "population", "services", "report_url", "min_n", "min_group", "logo", "plan")
_LONGEST = 300
_LARGEST_LOGO = 5_000_000  # bytes
_LARGEST_PICTURE = 40_000_000  # pixels: what a small file may unpack to


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
    data = _read(file)
    for key in data:
        if key not in _KEYS:
            raise SettingError(
                N_("{file}: the key {key} is not known; the keys are {known}."),
                file=file,
                key=key,
                known=", ".join(_KEYS),
            )
    found: dict[str, Any] = {key: _text(file, key, data[key]) for key in _TEXTS if key in data}
    for key, take in _OTHERS.items():
        if key in data:
            found[key] = take(file, key, data[key])
    return Office(**found)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingError(N_("There is no file {file}; check the path of the office's profile."), file=file) from None
    except OSError as error:
        raise SettingError(N_("{file} cannot be read ({why})."), file=file, why=reason(error)) from None
    except UnicodeDecodeError:
        raise SettingError(N_("{file} is not UTF-8 text; save it again as UTF-8."), file=file) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingError(
            N_('{file} is not valid TOML: {problem}. Write texts in quotes, as in name = "Dinas …".'),
            file=file,
            problem=error,
        ) from None


def _text(file: Path, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise SettingError(N_("{file}: {key} must be a text in quotes."), file=file, key=key)
    text = " ".join(value.split())
    if len(text) > _LONGEST:
        raise SettingError(
            N_("{file}: {key} has {length} characters; at most {most} are printed, shorten it."),
            file=file,
            key=key,
            length=len(text),
            most=_LONGEST,
        )
    return text


def _whole(file: Path, key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingError(N_("{file}: {key} must be a whole number of at least 1."), file=file, key=key)
    return value


def _graded(file: Path, key: str, value: Any) -> int:
    return publication().least_graded(_whole(file, key, value), f"{file}: {key}")


def _group(file: Path, key: str, value: Any) -> int:
    return publication().least_group(_whole(file, key, value), f"{file}: {key}")


def _services(file: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise SettingError(N_('{file}: {key} must be a list of texts, as in ["KTP-el", "Akta"].'), file=file, key=key)
    return tuple(_text(file, key, one) for one in value)


def _url(file: Path, key: str, value: Any) -> str:
    text = _text(file, key, value)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good:
        raise SettingError(
            N_("{file}: {key} must be an address that begins with https:// or http://."), file=file, key=key
        )
    return text


def logo(file: Path, key: str, value: Any) -> bytes:
    """The logo as a clean PNG: decoded and drawn anew, so that nothing but pixels reaches a document."""
    from PIL import Image

    path = file.parent / _text(file, key, value)
    try:
        if path.stat().st_size > _LARGEST_LOGO:
            raise SettingError(N_("{file}: {key}: the picture {name} is larger than 5 MB."), **_names(file, key, path))
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _LARGEST_PICTURE:
                raise SettingError(
                    N_("{file}: {key}: the picture {name} has too many pixels; make it smaller."),
                    **_names(file, key, path),
                )
            picture.thumbnail((1200, 1200))
            out = BytesIO()
            picture.convert("RGBA").save(out, "PNG")
            return out.getvalue()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, SettingError):
            raise
        raise SettingError(
            N_("{file}: {key}: {name} cannot be read as a PNG or JPEG picture."), **_names(file, key, path)
        ) from None


def _names(file: Path, key: str, picture: Path) -> dict[str, Any]:
    return {"file": file, "key": key, "name": picture.name}


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
        kode: Step(**{name: _text(file, f"plan.{kode}.{name}", text) for name, text in part.items()})
        for kode, part in value.items()
    }


_OTHERS = {
    "population": _whole,
    "services": _services,
    "report_url": _url,
    "min_n": _graded,
    "min_group": _group,
    "logo": logo,
    "plan": _plan,
}
