"""Files of a zip archive that may come from anyone: names are data, sizes are counted, links and devices refused."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mutu.course import clock
from mutu.course.collect.found import Moment, Origin, Trouble
from mutu.course.collect.spool import Full, Spool, TooLarge
from mutu.locale import _
from mutu.responses.archive import UNREADABLE

_LONGEST_LIST = 8 * 1024**2  # of entries; a zip with a million of them has 50 MB and more
_ENCRYPTED, _UTF8 = 0x1, 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_UNIX_TIME = 0x5455


class _Bounded(io.FileIO):
    """A file that refuses to be read in one piece larger than any list of entries we take.

    Python reads that list at once and makes an object of each entry, before anybody can count them.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LONGEST_LIST:
            raise Full
        return super().read(size) or b""


def entries(archive: Path, origin: Origin, spool: Spool, *, own_clock: bool) -> Iterator[tuple[Origin, Path] | Trouble]:
    """Every file in an archive, unpacked, and what is refused.

    Parameters
    ----------
    archive, origin : the zip file, and the way to it
    spool : where to unpack to
    own_clock : whether the archive's own times count; inside a mail or another archive, the outer time does

    Raises
    ------
    Full : the archive is larger than is allowed
    """
    try:
        # without a buffer around it: what is asked for at once is what is bounded
        with _Bounded(archive, "rb") as raw, zipfile.ZipFile(raw) as packed:
            for info in packed.infolist():
                spool.count()
                if not info.is_dir():
                    yield _entry(packed, info, origin, spool, own_clock)
    except UNREADABLE:
        yield Trouble(origin, _("The zip file is damaged or incomplete. Download it again, or ask for it again."))


def _entry(
    packed: zipfile.ZipFile, info: zipfile.ZipInfo, origin: Origin, spool: Spool, own_clock: bool
) -> tuple[Origin, Path] | Trouble:
    name = _name(info)
    inside = origin.inside(name, _moment(info) if own_clock else None)
    refused = _refused(info, name)
    if refused:
        return Trouble(inside, refused)
    try:
        with packed.open(info) as stream:
            return inside, spool.keep(stream)
    except TooLarge:
        return Trouble(inside, too_large())
    except UNREADABLE:
        return Trouble(inside, _("This entry of the zip file is damaged. Ask for the file again."))


def _refused(info: zipfile.ZipInfo, name: str) -> str:
    """Why an entry is not unpacked; empty when it is."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.flag_bits & _ENCRYPTED:
        return _("It is protected with a password. Open it yourself, or ask for it without a password.")
    if kind not in (0, stat.S_IFREG):
        return _("It is a link or a device, not a file. Ask for the file itself.")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return _("Its name would lead out of the folder, so it was not unpacked. Ask for the file itself.")
    if info.compress_type not in _METHODS:
        return _("It is packed in a way that is not read here. Ask for an ordinary zip file.")
    return ""


def too_large() -> str:
    """The sentence for one file above the limit."""
    return _("It is larger than any notebook or data file of an exercise. Ask for it without outputs.")


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: many programs write UTF-8 without saying so, and Windows its own separator."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _moment(info: zipfile.ZipInfo) -> Moment:
    """An entry's time: in UTC where the archive has it, else without a time zone, in the course's."""
    stamped = _unix_time(info.extra)
    if stamped is not None:
        return Moment.checked(lambda: datetime.fromtimestamp(stamped, UTC), "zip")
    return Moment.checked(lambda: clock.aware(datetime(*info.date_time)), "zip-local")


def _unix_time(extra: bytes) -> int | None:
    while len(extra) >= 4:
        number, size = struct.unpack("<HH", extra[:4])
        if number == _UNIX_TIME and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return int(struct.unpack("<i", extra[5:9])[0])
        extra = extra[4 + size :]
    return None
