"""Mails as Outlook saves them (.msg): a compound file of streams, written by what [MS-CFB] and [MS-OXMSG] say."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)

Storage = dict[str, "bytes | Storage"]


@dataclass
class _Layout:
    """Sectors of the file and of its small streams, with the tables that chain them."""

    sectors: list[bytes] = field(default_factory=list)
    table: list[int] = field(default_factory=list)
    small: list[bytes] = field(default_factory=list)
    small_table: list[int] = field(default_factory=list)

    def keep(self, raw: bytes) -> int:
        return _chained(raw, _SECTOR, self.sectors, self.table)

    def stream(self, raw: bytes) -> int:
        if len(raw) >= _CUTOFF:
            return self.keep(raw)
        return _chained(raw, _SMALL, self.small, self.small_table)


def compound(root: Storage) -> bytes:
    """A compound file of version 3 with these streams and storages."""
    layout = _Layout()
    entries: list[bytes] = [b""]
    child = _children(root, entries, layout)
    small = b"".join(layout.small)
    entries[0] = _entry("Root Entry", 5, _NONE, _NONE, child, layout.keep(small), len(small))
    directory = layout.keep(b"".join(entries))
    numbers = b"".join(struct.pack("<I", each) for each in layout.small_table)
    small_table = layout.keep(numbers)
    tables = 0
    while (len(layout.table) + tables) * 4 > tables * _SECTOR:
        tables += 1
    if tables > 109:
        raise ValueError("too large for a header's own list of tables")
    first = len(layout.table)
    layout.table += [_TABLE] * tables
    layout.table += [_FREE] * (tables * _SECTOR // 4 - len(layout.table))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, tables, directory, 0, _CUTOFF, small_table, -(-len(numbers) // _SECTOR), _END, 0,
    )  # fmt: skip
    places = [first + number if number < tables else _FREE for number in range(109)]
    chains = struct.pack(f"<{len(layout.table)}I", *layout.table)
    return head + struct.pack("<109I", *places) + b"".join(layout.sectors) + chains


def message(
    sender: tuple[str, str], files: dict[str, bytes | Storage], *, subject: str = "Tugas", body: str = "Berikut tugas.",
    headers: str = "", sent: datetime | None = None, delivered: datetime | None = None, page: int = 0,
) -> Storage:  # fmt: skip
    """A mail's storage; `files` are names with bytes, or with a mail's storage. `page` writes it without Unicode."""
    name, address = sender
    kind = "SMTP" if "@" in address else "EX"
    texts = {0x001A: "IPM.Note", 0x0037: subject, 0x1000: body, 0x0C1A: name, 0x0C1E: kind, 0x0C1F: address,
             0x007D: headers}  # fmt: skip
    fixed = [(0x3FFD, 0x0003, struct.pack("<q", page))] if page else []
    fixed += [
        (number, 0x0040, struct.pack("<q", int((time - _EPOCH).total_seconds()) * 10_000_000))
        for number, time in ((0x0039, sent), (0x0E06, delivered))
        if time
    ]
    found: Storage = _texts(texts, page)
    for number, (file, content) in enumerate(files.items()):
        found[f"__attach_version1.0_#{number:08X}"] = attachment(file, content, page=page)
    counts = struct.pack("<8xIIII8x", 0, len(files), 0, len(files))
    return found | {"__properties_version1.0": counts + _rows(fixed), "__nameid_version1.0": {}}


def attachment(name: str, content: bytes | Storage, *, method: int = 1, page: int = 0) -> Storage:
    """What is attached: bytes, or a mail."""
    inner = isinstance(content, dict)
    found: Storage = _texts({0x3704: name[:6] + "~1", 0x3707: name}, page)
    rows = _rows([(0x3705, 0x0003, struct.pack("<q", 5 if inner else method))])
    found["__properties_version1.0"] = bytes(8) + rows
    if isinstance(content, dict):
        own = content["__properties_version1.0"]
        found["__substg1.0_3701000D"] = content | {"__properties_version1.0": own[:24] + own[32:]}
    else:
        found["__substg1.0_37010102"] = content
    return found


def msg(*args, **settings) -> bytes:
    """The file of a mail as `message` describes it."""
    return compound(message(*args, **settings))


def _texts(texts: dict[int, str], page: int) -> Storage:
    kind, codec = ("001E", f"cp{page}") if page else ("001F", "utf-16-le")
    return {f"__substg1.0_{number:04X}{kind}": text.encode(codec) for number, text in texts.items() if text}


def _rows(fixed: list[tuple[int, int, bytes]]) -> bytes:
    return b"".join(struct.pack("<HHI8s", kind, number, 6, value) for number, kind, value in fixed)


def _children(storage: Storage, entries: list[bytes], layout: _Layout) -> int:
    """Write a storage's entries; the number of the one in the middle, from which the others hang in order."""
    names = sorted(storage, key=lambda name: (len(name), name.upper()))
    numbers = {name: len(entries) + place for place, name in enumerate(names)}
    entries += [b""] * len(names)

    def hang(first: int, last: int) -> int:
        if first >= last:
            return _NONE
        middle = (first + last) // 2
        name = names[middle]
        content = storage[name]
        left, right = hang(first, middle), hang(middle + 1, last)
        if isinstance(content, dict):
            made = _entry(name, 1, left, right, _children(content, entries, layout), 0, 0)
        else:
            made = _entry(name, 2, left, right, _NONE, layout.stream(content), len(content))
        entries[numbers[name]] = made
        return numbers[name]

    return hang(0, len(names))


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    places = (left, right, child)
    return struct.pack("<64sHBBIII16sIQQIQ", raw, len(raw), kind, 1, *places, bytes(16), 0, 0, 0, start, size)


def _chained(raw: bytes, size: int, sectors: list[bytes], table: list[int]) -> int:
    """Append bytes as a chain of sectors; the number of the first."""
    if not raw:
        return _END
    first = len(sectors)
    pieces = [raw[place : place + size].ljust(size, b"\0") for place in range(0, len(raw), size)]
    sectors += pieces
    table += [first + number + 1 for number in range(len(pieces) - 1)] + [_END]
    return first
