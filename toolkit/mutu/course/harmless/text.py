"""Plain text: what steers a terminal or cannot be stored goes, colours stay."""

from __future__ import annotations

import re
from typing import Any

# a colour or a movement (CSI) stays; titles, links, device strings and single controls are for terminals only
_CSI = r"\x1b\[[0-9;?]{0,40}[@-~]"
_STEERING = re.compile(
    r"(?P<kept>" + _CSI + r")"
    r"|\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?"
    r"|\x1b.?"
    r"|[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]"
)
_LONE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile("[\x00-\x06\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_MOST_COLOURS = 5_000

# letters that turn the order of reading, have no width, or break the line: in a name they only deceive
_DECEIVING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def plain(text: str) -> str:
    """The text without control characters and halves of letters; colours stay where a page can still paint them."""
    if not _SUSPECT.search(text):
        return text
    text = _LONE.sub("\ufffd", text)
    if text.count("\x1b") > _MOST_COLOURS:
        return _STEERING.sub("", text)
    return _STEERING.sub(lambda found: found["kept"] or "", text)


def storable(data: Any) -> Any:
    """JSON data in which every text can be written as UTF-8; the data itself where it can already."""
    if isinstance(data, str):
        return _LONE.sub("\ufffd", data)
    if isinstance(data, dict):
        return {storable(key): storable(value) for key, value in data.items()}
    return [storable(each) for each in data] if isinstance(data, list) else data


def name(text: str, most: int = 120) -> str:
    """A name (of a file, a trainee, a cell) as it may be shown: deceiving letters as their number, not too long."""
    shown = _DECEIVING.sub(lambda found: f"‹U+{ord(found.group()):04X}›", text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
