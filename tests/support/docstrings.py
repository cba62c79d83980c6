"""NumPy docstrings taken apart: the first paragraph, and the sections with their entries."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import Any

_TITLE = re.compile(r"^(?P<title>\S[^\n]*)\n-{3,}\n", re.MULTILINE)
_ENTRY = re.compile(r"(?P<name>\S.*?) : (?P<text>.*)")


@dataclass(frozen=True)
class Docstring:
    """The parts of a docstring.

    Attributes
    ----------
    first : first paragraph, on one line
    sections : title -> text as it stands
    """

    first: str
    sections: dict[str, str]

    def entries(self, title: str) -> list[tuple[str, str]]:
        """The entries of a section, name -> text; a paragraph without a name has an empty one."""
        found: list[list[str]] = []
        for line in self.sections.get(title, "").splitlines():
            if line.startswith("    ") and found:
                found[-1].append(line.strip())
            elif line.strip():
                found.append([line.strip()])
        return [_entry(" ".join(lines)) for lines in found]

    def text(self, title: str) -> str:
        """A section as one paragraph."""
        return one_line(self.sections.get(title, ""))


def parsed(documented: Any) -> Docstring:
    """The docstring of a function or class; nothing where it has none of its own."""
    text = inspect.cleandoc(documented.__doc__ or "") + "\n"
    titles = list(_TITLE.finditer(text))
    starts = [match.start() for match in titles] + [len(text)]
    sections = {match["title"]: text[match.end() : end].rstrip() for match, end in zip(titles, starts[1:], strict=True)}
    head = text[: titles[0].start()] if titles else text
    return Docstring(one_line(head.strip().split("\n\n")[0]), sections)


def one_line(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def _entry(line: str) -> tuple[str, str]:
    match = _ENTRY.fullmatch(line)
    return (match["name"], match["text"]) if match else ("", line)
