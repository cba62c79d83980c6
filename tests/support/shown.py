"""Commands that pages show: in Markdown, in HTML, in the sources of lessons."""

from __future__ import annotations

import html
import re

_PROGRAMS = "mutu|nbgrader|pip|python3?|py|pytest|ruff|mypy|lint-imports|pre-commit|git|jupyter"
# names of programs that are commands by themselves
_ALONE = {"mypy", "lint-imports"}
_COMMAND = re.compile(rf"(?:\.venv/bin/)?(?:{_PROGRAMS})(?: \S.*)?")


def in_markdown(text: str) -> list[str]:
    """Commands in `code` and in fenced blocks, without what follows a #."""
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return _commands([*lines, *re.findall(r"`([^`\n]+)`", outside)])


def in_html(text: str) -> list[str]:
    """Commands in <code>, one a line."""
    pieces = [html.unescape(piece) for piece in re.findall(r"<code>(.*?)</code>", text, re.DOTALL)]
    return _commands([line.strip() for piece in pieces for line in piece.splitlines()])


def _commands(candidates: list[str]) -> list[str]:
    found = [text for text in candidates if _COMMAND.fullmatch(text) and (" " in text or text in _ALONE)]
    return list(dict.fromkeys(found))
