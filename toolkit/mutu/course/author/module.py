"""A module's folder: what it is called, where its parts are, what it was made from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mutu import content
from mutu.course.author.parse import Cell, parse
from mutu.course.author.translate import read_catalogue, texts, translated
from mutu.errors import N_, InputError, MissingPart
from mutu.locale import DEFAULT, LANGUAGES

SOURCES = ("lesson", "exercise")


@dataclass(frozen=True)
class Module:
    """A module of the course; `name` is its folder, `slug` its nbgrader assignment, `jp` its hours of 45 minutes."""

    path: Path
    slug: str
    title: dict[str, str]
    jp: int

    @property
    def name(self) -> str:
        """The folder's name, for instance "02-skm"."""
        return self.path.name

    def assignment(self, language: str) -> str:
        """Name of the assignment, and of its notebook, in a language: "skm", "skm-en"."""
        return self.slug if language == DEFAULT else f"{self.slug}-{language}"

    @cached_property
    def cells(self) -> dict[str, tuple[Cell, ...]]:
        """Cells of "lesson" and "exercise" in the source's language."""
        return {
            part: parse((self.path / f"{part}.py").read_text(encoding="utf-8"), f"{self.name}/{part}.py")
            for part in SOURCES
        }

    @cached_property
    def catalogue(self) -> dict[str, str]:
        """English of every text; empty when there is no catalogue yet."""
        file = self.path / "en.po"
        return read_catalogue(file.read_text(encoding="utf-8")) if file.exists() else {}

    def texts(self) -> list[str]:
        """Every text of both sources that needs a translation."""
        return list(dict.fromkeys(text for part in SOURCES for text in texts(self.cells[part])))

    def in_language(self, part: str, language: str) -> tuple[Cell, ...]:
        """Cells of a part in a language; in Indonesian the marks `_()` go, the texts stay."""
        return translated(self.cells[part], {} if language == DEFAULT else self.catalogue)


def modules(courses: Path | None = None) -> tuple[Module, ...]:
    """All modules whose source is here, in order; none in an installation without the trainer's part."""
    root = courses or content.find("courses")
    return tuple(_read(file) for file in sorted(root.glob("*/module.toml")))


def find(which: str, courses: Path | None = None) -> Module:
    """The module with this folder name, number or slug.

    Raises
    ------
    MissingPart : no module's source is here
    InputError : there is none of that name
    """
    known = modules(courses)
    if not known:
        raise MissingPart(N_("The sources of the modules are not installed here. Use a checkout of the project."))
    for module in known:
        if which == module.slug or is_named(module.name, which):
            return module
    raise InputError(
        N_("There is no module «{module}». There are: {known}."), module=which, known=", ".join(m.name for m in known)
    )


def is_named(folder: str, which: str) -> bool:
    """Whether a person who writes `which` means the module in this folder: 02-skm, 02, 2 or skm."""
    number, _dash, rest = folder.partition("-")
    return which in (folder, number, number.lstrip("0"), rest)


def _read(file: Path) -> Module:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Module(file.parent, data["slug"], {lang: data["title"][lang] for lang in LANGUAGES}, data["jp"])
