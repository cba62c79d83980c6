"""The tokens (colours, type, spacing) and the style sheet made from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"


@dataclass(frozen=True)
class Grade:
    """Colours of a grade; the letter always stands with them."""

    fill: str
    text: str
    outline: str


@cache
def tokens() -> dict[str, Any]:
    """All tokens, as read from tokens.json."""
    data: dict[str, Any] = json.loads((_HERE / "tokens.json").read_text(encoding="utf-8"))
    return data


def colour(name: str) -> str:
    """A named colour as #RRGGBB."""
    return str(tokens()["colour"][name])


def grade(letter: str) -> Grade:
    """Colours of a grade; a letter with a sign (A−) takes its letter's, one beyond D takes D's."""
    table = tokens()["grade"]
    return Grade(**table.get(letter[:1], table["D"]))


@cache
def css() -> str:
    """The style sheet every page shares: the tokens as custom properties, then the base rules."""
    data = tokens()
    lines = [f"--{name}:{value}" for name, value in data["colour"].items()]
    lines += [f"--shade-{name}:{value}" for name, value in data["shade"].items()]
    for letter, parts in data["grade"].items():
        lines += [f"--grade-{letter.lower()}-{part}:{value}" for part, value in parts.items()]
    lines += [f"--font-{name}:{value}" for name, value in data["font"].items()]
    lines += [f"--size-{name}:{value / 16:g}rem" for name, value in data["size"].items()]
    lines += [f"--space-{name}:{value}px" for name, value in data["space"].items()]
    lines += [f"--radius:{data['radius']}px", f"--touch:{data['touch']}px", f"--measure:{data['measure']}"]
    root = ":root{" + ";".join(lines) + "}\n"
    return root + (_HERE / "static" / "base.css").read_text(encoding="utf-8")
