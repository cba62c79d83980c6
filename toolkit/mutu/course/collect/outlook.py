"""A mail as Outlook saves it (.msg), read as the mail that an .eml file holds. Nothing in it is run or opened.

A compound file with a stream for each property, as [MS-CFB], [MS-OXMSG] and [MS-OXPROPS] say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import format_datetime, formataddr
from pathlib import Path

import olefile

from mutu.course.collect.spool import MAX_DEPTH, MAX_INNER_ENTRIES

_SUBJECT, _HEADERS, _BODY = 0x0037, 0x007D, 0x1000
_DELIVERED, _SUBMITTED = 0x0E06, 0x0039
_WRITERS = ((0x0042, (0x5D02, 0x0065)), (0x0C1A, (0x5D01, 0x0C1F)))  # name and addresses: on whose behalf, who sent
_CODEPAGES = (0x3FFD, 0x3FDE)
_CONTENT, _NAMES, _METHOD = 0x3701, (0x3707, 0x3704, 0x3001), 0x3705
_BY_REFERENCE = (2, 3, 4, 7)
_INT, _TIME = 0x0003, 0x0040
_OF_MAIL, _OF_INNER_MAIL, _OF_ATTACHMENT = 32, 24, 8  # bytes before the properties
_ATTACHMENT, _INNER_MAIL = "__attach_version1.0_#", "__substg1.0_3701000D"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_MOST_ENTRIES, _LONGEST_TEXT = 20_000, 1 << 20
_HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
_ERRORS = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, struct.error)


class Damaged(Exception):
    """It is no mail of Outlook's, or not whole."""


def read(file: Path) -> Message:
    """The mail with sender, times, text and what is attached.

    Raises
    ------
    Damaged : it cannot be read to its end
    """
    try:
        with file.open("rb") as opened:
            size = file.stat().st_size
            _check(opened.read(_HEADER.size), size)
            opened.seek(0)
            with olefile.OleFileIO(opened) as streams:
                if getattr(streams.root, "size", size + 1) > size:
                    raise Damaged
                return _Mail(streams, size).message((), _OF_MAIL, MAX_DEPTH * 3)
    except _ERRORS:
        raise Damaged from None


def _check(head: bytes, size: int) -> None:
    """Refuse tables that are larger than the file, which olefile would read into memory."""
    signature, _, _, version, _, shift, small, _, _, tables, _, _, cutoff, _, small_tables, *_ = _HEADER.unpack(head)
    sector = 1 << shift if (version, shift) in ((3, 9), (4, 12)) else 0
    if signature != olefile.MAGIC or not sector or small != 6 or cutoff != 4096:
        raise Damaged
    if tables > size // sector // (sector // 4) + 2 or small_tables * sector > size:
        raise Damaged


class _Mail:
    """The streams of a file, of which no more is read than the file has bytes."""

    def __init__(self, streams: olefile.OleFileIO[str], size: int) -> None:
        self._streams = streams
        self._bytes = size
        self._parts = MAX_INNER_ENTRIES + 1
        self._inside: dict[tuple[str, ...], dict[str, None]] = {}
        paths = streams.listdir()
        if len(paths) > _MOST_ENTRIES:
            raise Damaged
        for path in paths:
            for number, name in enumerate(path):
                self._inside.setdefault(tuple(path[:number]), {})[name] = None

    def message(self, place: tuple[str, ...], before: int, depth: int) -> Message:
        """The mail of a storage; of mails within mails so many."""
        fixed = self._fixed(place, before)
        numbers = [
            int.from_bytes(fixed[number, _INT][:4], "little") for number in _CODEPAGES if (number, _INT) in fixed
        ]
        codec = _codec(numbers)
        found = Message(policy=compat32)
        headers = HeaderParser(policy=compat32).parsestr(self._text(place, _HEADERS, codec))
        found["From"] = headers["From"] or self._writer(place, codec)
        found["Subject"] = headers["Subject"] or self._text(place, _SUBJECT, codec)
        if received := headers["Received"] or _in_words("; ", fixed.get((_DELIVERED, _TIME))):
            found["Received"] = received
        if date := headers["Date"] or _in_words("", fixed.get((_SUBMITTED, _TIME))):
            found["Date"] = date
        text = Message(policy=compat32)
        text.set_payload(self._text(place, _BODY, codec), "utf-8")
        found.set_payload([text, *self._attached(place, codec, depth)])
        return found

    def _attached(self, place: tuple[str, ...], codec: str, depth: int) -> Iterator[Message]:
        for name in [name for name in self._inside[place] if name.startswith(_ATTACHMENT)]:
            if not self._parts:
                return
            self._parts -= 1
            yield from self._attachment((*place, name), codec, depth)

    def _attachment(self, place: tuple[str, ...], codec: str, depth: int) -> Iterator[Message]:
        method = _number(self._fixed(place, _OF_ATTACHMENT), _METHOD)
        part = Message(policy=compat32)
        inner = (*place, _INNER_MAIL)
        if self._has((*inner, "__properties_version1.0")):
            part["Content-Type"] = "message/rfc822"
            part.set_payload([self.message(inner, _OF_INNER_MAIL, depth - 1)] if depth else [])
            yield part
            return
        name = next((text for number in _NAMES if (text := self._text(place, number, codec))), "")
        part["Content-Type"] = "message/external-body" if method in _BY_REFERENCE else "application/octet-stream"
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        content = self._stream((*place, f"__substg1.0_{_CONTENT:04X}0102"))
        if content is not None or method in _BY_REFERENCE:
            part.set_payload((content or b"").decode("ascii", "surrogateescape"))
            yield part

    def _writer(self, place: tuple[str, ...], codec: str) -> str:
        """Name and address of who wrote it; addresses within an Exchange server are no addresses of mail."""
        names = []
        for number, addresses in _WRITERS:
            names.append(self._text(place, number, codec))
            address = next((text for each in addresses if _is_address(text := self._text(place, each, codec))), "")
            if address:
                return formataddr((names[-1], address), "utf-8")
        return formataddr((next(filter(None, names), ""), ""), "utf-8")

    def _fixed(self, place: tuple[str, ...], before: int) -> dict[tuple[int, int], bytes]:
        """Properties of a fixed size: (number, type) -> eight bytes."""
        raw = self._stream((*place, "__properties_version1.0"), _LONGEST_TEXT) or b""
        rows = raw[before:]
        whole = rows[: len(rows) // 16 * 16]
        return {(number, kind): value for kind, number, _, value in struct.iter_unpack("<HHI8s", whole)}

    def _text(self, place: tuple[str, ...], number: int, codec: str) -> str:
        for kind, name in (("001F", "utf-16-le"), ("001E", codec)):
            raw = self._stream((*place, f"__substg1.0_{number:04X}{kind}"), _LONGEST_TEXT)
            if raw:
                return raw.decode(name, "replace").rstrip("\0")
        return ""

    def _stream(self, place: tuple[str, ...], most: int | None = None) -> bytes | None:
        """A stream; None where there is none, or one of more bytes than that."""
        if not self._has(place):
            return None
        size = self._streams.get_size(list(place))
        if most is not None and size > most:
            return None
        self._bytes -= size
        if self._bytes < 0:
            raise Damaged
        raw = self._streams.openstream(list(place)).read() if size else b""
        if len(raw) != size:
            raise Damaged
        return raw

    def _has(self, place: tuple[str, ...]) -> bool:
        return place[-1] in self._inside.get(place[:-1], ())


def _is_address(text: str) -> bool:
    return "@" in text and text.isascii()


def _number(fixed: dict[tuple[int, int], bytes], number: int) -> int:
    return int.from_bytes(fixed.get((number, _INT), b"")[:4], "little")


def _codec(pages: list[int]) -> str:
    for page in pages:
        name = {65001: "utf-8", 28591: "latin-1", 20127: "ascii"}.get(page, f"cp{page}")
        try:
            "".encode(name)
        except LookupError:
            continue
        return name
    return "cp1252"


def _in_words(before: str, raw: bytes | None) -> str:
    """A time in tenths of a microsecond since 1601, as a header has it."""
    ticks = int.from_bytes(raw or b"", "little")
    try:
        return before + format_datetime(_EPOCH + timedelta(microseconds=ticks // 10)) if ticks else ""
    except OverflowError:
        return ""
