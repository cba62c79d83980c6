"""The words of pelatihan.toml: Indonesian, as its readers speak, and English, in which older files are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutu.course.outcome.certificate.register import FIELDS
from mutu.errors import N_, SettingError
from mutu.report.profiles import only

KEYS = {
    "training": "pelatihan",
    "kind": "jenis",
    "organiser": "penyelenggara",
    "unit": "unit",
    "place": "tempat",
    "head": "penanda_tangan",
    "position": "jabatan",
    "head_id": "nip",
    "number": "nomor",
    "least": "nilai_minimal",
    "start": "mulai",
    "end": "selesai",
    "date": "tanggal",
    "zone": "zona",
    "logo": "logo",
    "modules": "modul",
}
"""English key -> Indonesian one."""

OF_MODULE = {"title": "judul", "jp": "jp", "least": "nilai_minimal"}
"""The same, of what stands below a module."""

PARTS = dict(zip(FIELDS, ("{nomor}", "{bulan}", "{tahun}"), strict=True))
"""What the form of a number may hold: English -> Indonesian."""


@dataclass(frozen=True)
class Spelled:
    """What a table of a profile says, by English key, and how the file writes each key."""

    values: Mapping[str, Any]
    written: Mapping[str, str]
    is_english: bool

    def key(self, key: str) -> str:
        """A key as this file writes it, or would."""
        return self.written.get(key) or (key if self.is_english else KEYS[key])

    @property
    def parts(self) -> tuple[str, ...]:
        """What the form of a number may hold, as this file would write it."""
        return tuple(PARTS) if self.is_english else tuple(PARTS.values())


def spelled(file: Path, data: Mapping[str, Any], names: Mapping[str, str], inside: str = "") -> Spelled:
    """A table of a profile.

    Parameters
    ----------
    file : the profile
    data : the table
    names : English key -> Indonesian one
    inside : name of the table, where it is not the whole file

    Raises
    ------
    SettingError : a key is not known, or stands there in both languages
    """
    english = {indonesian: key for key, indonesian in names.items()}
    only(file, [key for key in data if key not in names and key not in english], names.values(), inside)
    written: dict[str, str] = {}
    for found in data:
        key = english.get(found, found)
        if key in written:
            raise SettingError(
                N_("{file}: {one} and {other} are the same key. Keep one of the two lines."),
                file=file, one=written[key], other=found,
            )  # fmt: skip
        written[key] = found
    own = [found for key, found in written.items() if key != names[key]]
    is_english = any(found not in english for found in own) and not any(found in english for found in own)
    return Spelled({key: data[found] for key, found in written.items()}, written, is_english)
