"""docs/api: every public name of the measures and of `mutu.responses`, made from the docstrings.

`pytest tests/docs/test_api.py --write-validation` writes the pages. A function shows the example of its docstring with
the imports it takes to run it elsewhere; a class without an example shows how one comes out of a function's example,
and what it holds. A test runs every example as it stands on the pages.
"""

from __future__ import annotations

import inspect
import re
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import examples
from docstrings import Docstring, parsed

FOLDER = Path(__file__).parents[2] / "docs" / "api"
# name of the page -> package, and the modules of the course that use it
HOUSES = {
    "skm": ("mutu.measure.skm", "02-skm, 03-yakin"),
    "audit": ("mutu.measure.audit", "02-skm"),
    "sampling": ("mutu.measure.sampling", "03-yakin"),
    "estimation": ("mutu.measure.estimation", "03-yakin, 06-partisipasi"),
    "reliability": ("mutu.measure.reliability", "03-yakin"),
    "quality": ("mutu.measure.quality", "03-yakin"),
    "trend": ("mutu.measure.trend", "03-yakin, 10-tantangan"),
    "servqual": ("mutu.measure.servqual", "04-harapan"),
    "ipa": ("mutu.measure.ipa", "04-harapan"),
    "csi": ("mutu.measure.csi", "04-harapan"),
    "drivers": ("mutu.measure.drivers", "04-harapan"),
    "equity": ("mutu.measure.equity", "05-kapasitas, 10-tantangan"),
    "capacity": ("mutu.measure.capacity", "05-kapasitas, 10-tantangan"),
    "participation": ("mutu.measure.participation", "06-partisipasi"),
    "timeliness": ("mutu.measure.timeliness", "07-informasi"),
    "learning": ("mutu.measure.learning", "all, for trainers"),
    "responses": ("mutu.responses", "02-skm"),
}
CONSTANTS = {"participation.ASPECTS": "What a citizen report card can ask about, in the order it is reported."}
INTRO = """# Measures: what there is, and how it is called

Every public function and result of `mutu.measure` and `mutu.responses`. The pages are made from the docstrings
(`pytest tests/docs/test_api.py --write-validation`), and every example on them is run by a test as it stands here.

What all measures have in common:

- Data are any frame that narwhals knows (pandas, polars eager and lazy, pyarrow, duckdb, dask), or an array; single
  columns may be lists or series too. They are never changed.
- A result is frozen and keeps its numbers unrounded. `float()` gives the main number, `sentence()` one plain sentence
  for a report, `rows()` the table with headers and formatted cells, `as_json()` plain numbers, and a notebook shows it
  as HTML. Language is Indonesian unless `with mutu.locale.use("en"):` or MUTU_LANG says otherwise.
- What cannot be computed is an error of `mutu.errors` that says what is wrong, where, and what to do.
- Figures of the results are drawn by `mutu.report.figures`.

Modules of the course that are not yet in `courses/` are named as they will be. How the numbers were checked:
[published numbers](../validation/measures.md).
"""


@dataclass(frozen=True)
class Name:
    """A public name and what is known of it."""

    house: str
    name: str

    @property
    def package(self) -> str:
        """Where it is imported from."""
        return HOUSES[self.house][0]

    @cached_property
    def found(self) -> Any:
        """The function, class or value itself."""
        return getattr(import_module(self.package), self.name)

    @property
    def is_function(self) -> bool:
        """Whether it is called for a result."""
        return callable(self.found) and not inspect.isclass(self.found)

    @property
    def link(self) -> str:
        """A link to its heading; one that reads like an earlier heading but for its capitals gets a number."""
        heading = self.name.lower()
        before = names(self.house)[: names(self.house).index(self)]
        again = sum(each.name.lower() == heading for each in before)
        return f"[`{self.name}`]({self.house}.md#{heading}{f'-{again}' if again else ''})"

    @property
    def doc(self) -> Docstring:
        """Its docstring, taken apart."""
        constant = CONSTANTS.get(f"{self.house}.{self.name}")
        return Docstring(constant, {}) if constant else parsed(self.found)

    @property
    def example(self) -> str:
        """An example that runs by itself."""
        own = self.doc.sections.get("Examples")
        if own:
            return examples.of_function(own, sys.modules[self.found.__module__], self.package)
        if not callable(self.found):
            return f">>> from {self.package} import {self.name}\n>>> {self.name}\n{self.found!r}"
        return _made(self.house)[self.found]


@cache
def names(house: str) -> tuple[Name, ...]:
    """The public names of a house: functions first, then what they give and take."""
    found = [Name(house, name) for name in import_module(HOUSES[house][0]).__all__]
    return tuple(sorted(found, key=lambda each: (not each.is_function, each.name.lower())))


@cache
def _made(house: str) -> dict[type, str]:
    """Examples of the classes that come out of the examples of functions."""
    best: dict[type, tuple[int, str]] = {}
    for each in names(house):
        if "Examples" not in each.doc.sections:
            continue
        sources = examples.named(examples.statements(each.example), {other.name for other in names(house)})
        for root, value in examples.run(sources).items():
            for kind, way in examples.parts(root, value).items():
                text = examples.of_class(kind, sources, root, way, _at(way, root, value))
                if kind not in best or len(text) < best[kind][0]:
                    best[kind] = len(text), text
    return {kind: text for kind, (_length, text) in best.items()}


def _at(way: str, root: str, value: Any) -> Any:
    return eval(way, {root: value})  # noqa: S307 - made by ourselves


def pages() -> dict[str, str]:
    """The pages as they should be, name of the file -> text."""
    return {"README.md": _index()} | {f"{house}.md": _page(house) for house in HOUSES}


def write() -> None:
    """Write the pages, and nothing else stays in their folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.md"):
        old.unlink()
    for file, text in pages().items():
        (FOLDER / file).write_text(text, encoding="utf-8")


def _index() -> str:
    lines = [INTRO]
    for house, (package, modules) in HOUSES.items():
        lines += [f"## [{package}]({house}.md)", "", import_module(package).__doc__.strip().split("\n\n")[0], ""]
        lines += ["| name | what it answers | module of the course |", "|---|---|---|"]
        lines += [f"| {each.link} | {_cell(each.doc.first)} | {modules} |" for each in names(house) if each.is_function]
        given = [each.link for each in names(house) if not each.is_function]
        lines += ["", f"Results and their parts: {', '.join(given)}.", ""] if given else [""]
    return "\n".join(lines).rstrip() + "\n"


def _page(house: str) -> str:
    package, modules = HOUSES[house]
    head = [f"# {package}", "", _text(import_module(package).__doc__.strip()), ""]
    head += [f"Module of the course: {modules}. [All measures](README.md)", ""]
    return "\n".join([*head, *(line for each in names(house) for line in _entry(each))]).rstrip() + "\n"


def _entry(name: Name) -> list[str]:
    lines = [f"## {name.name}", ""]
    if name.is_function:
        lines += ["```python", signature(name.name, name.found), "```", ""]
    lines += [_text(name.doc.first), ""]
    for title in name.doc.sections:
        if title == "References":
            lines += ["**References.** " + _text(name.doc.text(title)), ""]
        elif title not in ("Examples", "Notes"):
            lines += [f"**{title}**", "", *(_item(*entry) for entry in name.doc.entries(title)), ""]
    return [*lines, "```pycon", name.example, "```", ""]


def _item(name: str, text: str) -> str:
    return f"- `{name}`: {_text(text)}" if name else f"- {_text(text)}"


def signature(name: str, function: Any) -> str:
    """A signature on one line, or one parameter a line where it is long."""
    found = inspect.signature(function)
    given, only_names = [], False
    for parameter in found.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not only_names:
            given.append("*")
            only_names = True
        given.append(str(parameter).replace("'", "") if parameter.default is parameter.empty else _default(parameter))
    returned = str(found.return_annotation)
    line = f"{name}({', '.join(given)}) -> {returned}"
    return (
        line if len(line) <= 100 else "\n".join([f"{name}(", *(f"    {each}," for each in given), f") -> {returned}"])
    )


def _default(parameter: inspect.Parameter) -> str:
    default = repr(parameter.default).replace("'", '"')
    return f"{parameter.name}: {parameter.annotation} = {default}"


def _text(text: str) -> str:
    """A text of a docstring in Markdown: what stands in backquotes stays, «<» begins no HTML."""
    pieces = re.split(r"(`+[^`]*`+)", text)
    return "".join(piece if piece.startswith("`") else piece.replace("<", "&lt;") for piece in pieces)


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def parameters(function: Any) -> list[str]:
    """The names of a function's parameters, those that take any further names left out."""
    return [each.name for each in inspect.signature(function).parameters.values() if each.kind is not each.VAR_KEYWORD]
