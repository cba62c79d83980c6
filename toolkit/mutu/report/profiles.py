"""What an office says in a TOML file (office.toml, pelatihan.toml): read and checked key by key; all of it is data.

Every sentence about something wrong names the file and the key.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from mutu.errors import N_, SettingError, reason
from mutu.report.toml_mistakes import explained

_LARGEST = 200_000  # bytes of a profile
_LONGEST = 300  # letters of a text
_LARGEST_LOGO = 5_000_000  # bytes
_LARGEST_PICTURE = 40_000_000  # pixels: what a small file may unpack to


def read(file: Path) -> dict[str, Any]:
    """The keys of a profile with their values.

    Raises
    ------
    SettingError : the file is not there, too large, no text or not TOML
    """
    text = written(file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise explained(file, text, error) from None


def written(file: Path) -> str:
    """The text of a profile.

    Raises
    ------
    SettingError : the file is not there, too large or no text
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(_LARGEST + 1)
        if len(raw) > _LARGEST:
            raise SettingError(
                N_("{file} is larger than {limit} kB, so it is no profile. Check the path behind --profile."),
                file=file, limit=_LARGEST // 1000,
            )  # fmt: skip
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingError(N_("There is no file {file}; check the path behind --profile."), file=file) from None
    except OSError as error:
        raise SettingError(N_("{file} cannot be read ({why})."), file=file, why=reason(error)) from None
    except UnicodeDecodeError:
        raise SettingError(N_("{file} is not UTF-8 text; save it again as UTF-8."), file=file) from None


def only(file: Path, given: Iterable[str], known: Iterable[str], inside: str = "") -> None:
    """Refuse keys that are not known; `inside` names the table they stand in."""
    for key in given:
        if key not in known:
            raise SettingError(
                N_("{file}: the key {key} is not known; the keys are {known}."),
                file=file, key=f"{inside}.{key}" if inside else key, known=", ".join(known),
            )  # fmt: skip


def text(file: Path, key: str, value: Any, most: int = _LONGEST) -> str:
    """A text in one line, of at most so many letters."""
    if not isinstance(value, str):
        raise SettingError(
            N_('{file}: {key} must be a text in quotes, as in {key} = "{example}".'),
            file=file, key=key, example=value if isinstance(value, int | float) else "…",
        )  # fmt: skip
    said = " ".join(value.split())
    if len(said) > most:
        raise SettingError(
            N_("{file}: {key} has {length} characters; at most {most} are printed, shorten it."),
            file=file, key=key, length=len(said), most=most,
        )  # fmt: skip
    return said


def whole(file: Path, key: str, value: Any, most: float = math.inf) -> int:
    """A whole number from 1 to `most`."""
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise SettingError(
            N_("{file}: {key} must be a whole number of at least 1, without quotes, as in {key} = 2."),
            file=file,
            key=key,
        )
    return value


def logo(file: Path, key: str, value: Any) -> bytes:
    """The logo as a clean PNG: decoded and drawn anew, so that nothing but pixels reaches a document."""
    from PIL import Image

    path = file.parent / text(file, key, value)
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
