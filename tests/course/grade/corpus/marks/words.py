"""What several of these submissions have in common."""

from __future__ import annotations

from textwrap import dedent

from corpus import WRONG

EQUAL = "Nothing in the same process can tell an object that answers «equal» from one that is."
PLAIN = r"no plain data|whose kind"


def and_wrong(text: str) -> str:
    """That text, and a wrong answer below it."""
    return f"{dedent(text).strip()}\n{WRONG}"
