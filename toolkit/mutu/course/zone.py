"""The zone that the organiser names in pelatihan.toml: one line for all times of a course."""

from __future__ import annotations

import re
from pathlib import Path

from mutu.course import clock

PROFILE = "pelatihan.toml"
"""The organiser's profile, in the workspace."""

_LINE = re.compile(r"^\s*zon[ae]\s*=", re.MULTILINE)


def follow(*places: Path) -> None:
    """Let times be those of the first of these folders whose profile names a zone; WIB where none does.

    Raises
    ------
    SettingError : the profile cannot be read, or names no zone of Indonesia
    """
    clock.keep(next((found for place in places if (found := _named(place / PROFILE))), clock.DEFAULT))


def _named(file: Path) -> str:
    """The zone that a profile names; empty where it names none, whatever else may be wrong with it."""
    if not file.is_file():
        return ""
    from mutu.course.outcome.certificate.profile import zone_of
    from mutu.report.profiles import written

    return zone_of(file) if _LINE.search(written(file)) else ""
