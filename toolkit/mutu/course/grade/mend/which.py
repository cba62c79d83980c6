"""Which of the files that were handed in is which notebook of the assignment, whatever they are called.

A notebook is recognised by the grade ids and texts in it, then by its name. Where several files are versions of one
notebook, the one with most answers is graded; of equals the one with the right name, then the newest.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from mutu.course.grade.mend import text
from mutu.course.grade.mend.mend import mend
from mutu.course.grade.mend.notes import Mended, Note, Problem, Question, harmless, named
from mutu.course.grade.mend.read import LARGEST, Read, read, too_large
from mutu.course.grade.mend.truth import Truth
from mutu.errors import N_

# below this share of common grade ids or texts a file is not taken for a notebook of the assignment
_ENOUGH = 0.2
_NAME_COUNTS = 0.5
_MOST_FILES = 100
_BLOCK = 1 << 20
_CHECKPOINT = ".ipynb_checkpoints"
_READABLE = {".ipynb", ".json", ".txt", ""}
_DOCUMENTS = {".html", ".htm", ".pdf", ".docx", ".doc", ".zip", ".py", ".rtf"}
_SPECIAL = N_("«{file}» is a link or a device and no file of its own; it was not read.")
_UNREADABLE = N_("«{file}» cannot be read from the disk. Look at its rights.")
_RENAMED = N_("«{file}» was recognised as the notebook «{notebook}».")
_SEVERAL = N_(
    "{count} files are versions of the notebook «{notebook}»; «{file}», the fullest, was graded and not: {others}."
)
_DIFFERENT = N_(
    "{count} files are versions of the notebook «{notebook}» with different answers; «{file}», the fullest, was "
    "graded. Look at the others: {others}."
)
_UNLIKE = N_(
    "«{file}» has the name of the notebook «{notebook}», but none of its cells. Look whether it is another file."
)
_UNKNOWN = N_("«{file}» is none of the assignment's notebooks; it was not graded.")
_NOT_THERE = N_("The notebook «{notebook}» was not handed in. Ask for it.")


@dataclass(frozen=True)
class Chosen:
    """The file that is graded as a notebook: its name as it was handed in, and what reading it gave."""

    file: str
    read: Read


@dataclass(frozen=True)
class Match:
    """Which file is which notebook.

    Attributes
    ----------
    chosen : name of a notebook of the assignment -> its file
    reasons : name of a notebook -> why it has no file that can be graded
    others : files that were handed in as notebooks and are not graded
    mended, questions : what the trainer should know or decide
    """

    chosen: Mapping[str, Chosen] = field(default_factory=dict)
    reasons: Mapping[str, Problem] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    mended: tuple[Mended, ...] = ()
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class _File:
    name: str
    read: Read
    modified: float = 0.0
    fits: Mapping[str, float] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name.replace("\\", "/")).name.partition(".ipynb")[0]


def match(
    files: Mapping[str, bytes | Path], truths: Mapping[str, Truth], *, modified: Mapping[str, float] | None = None
) -> Match:
    """Find the notebooks of an assignment among the files of a submission.

    Parameters
    ----------
    files : name with folders, relative to the submission -> content, or where it lies
    truths : name of a notebook, without .ipynb -> what it must have
    modified : name of a file -> seconds since 1970; of a path it is read from the disk
    """
    found = [_load(name, files[name], truths, (modified or {}).get(name)) for name in _candidates(files)]
    homes = _homes(found, truths)
    notes: list[Note] = []
    chosen, reasons = {}, {}
    for name, truth in truths.items():
        ranked = _ranked(homes.get(name, []), name, truth)
        if ranked:
            chosen[name] = Chosen(ranked[0].name, ranked[0].read)
            notes += _said(ranked, name, truth)
        else:
            reasons[name] = _why_none(found, name)
    used = {file.name for files_of in homes.values() for file in files_of}
    taken = {each.file for each in chosen.values()}
    strange = [file for file in found if file.name not in used and file.read.notebook and not _is_checkpoint(file.name)]
    notes += [Mended("unknown-file", _UNKNOWN, {"file": harmless(file.name)}) for file in strange]
    return Match(
        chosen, reasons, tuple(file.name for file in found if file.name not in taken),
        tuple(note for note in notes if isinstance(note, Mended)),
        tuple(note for note in notes if isinstance(note, Question)),
    )  # fmt: skip


def _candidates(files: Mapping[str, bytes | Path]) -> list[str]:
    """Names that may be notebooks, likelier ones first."""
    kept = [name for name in files if _is_candidate(name)]
    kept.sort(key=lambda name: (_is_checkpoint(name), not name.lower().endswith(".ipynb"), len(name), name))
    return kept[:_MOST_FILES]


def _is_candidate(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.name.startswith(".") or "__MACOSX" in path.parts or path.name == "timestamp.txt":
        return False
    return ".ipynb" in path.name.lower() or path.suffix.lower() in _READABLE | _DOCUMENTS


def _is_checkpoint(name: str) -> bool:
    return _CHECKPOINT in name.replace("\\", "/").split("/")


def _load(name: str, content: bytes | Path, truths: Mapping[str, Truth], modified: float | None) -> _File:
    given = _Disk(b"", modified or 0.0) if isinstance(content, bytes) else _from_disk(name, content)
    if given.reason:
        return _File(name, Read(reason=given.reason))
    done = read(content if isinstance(content, bytes) else given.data)
    time = given.modified if modified is None else modified
    if done.notebook is None:
        return _File(name, done, time)
    return _File(name, done, time, {key: _likeness(done.notebook, truth) for key, truth in truths.items()})


@dataclass(frozen=True)
class _Disk:
    data: bytes = b""
    modified: float = 0.0
    reason: Problem | None = None


def _from_disk(name: str, path: Path) -> _Disk:
    """A regular file's content; links and devices are never followed, and nothing is waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return _Disk(reason=Problem("special-file", _SPECIAL, {"file": harmless(name)}))
        handle = os.open(path, flags)
    except OSError:
        return _Disk(reason=Problem("unreadable", _UNREADABLE, {"file": harmless(name)}))
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        large = too_large(about.st_size)
        if large or not stat.S_ISREG(about.st_mode):
            return _Disk(reason=large or Problem("special-file", _SPECIAL, {"file": harmless(name)}))
        try:
            return _Disk(file.read(LARGEST + 1), about.st_mtime)
        except OSError:
            return _Disk(reason=Problem("unreadable", _UNREADABLE, {"file": harmless(name)}))


def _likeness(notebook: Mapping[str, Any], truth: Truth) -> float:
    """How far a notebook and the assignment have the same grade ids and texts: 0 to 2."""
    ids, texts = set(), set()
    for cell in notebook["cells"]:
        role = cell["metadata"].get("nbgrader")
        name = role.get("grade_id") if isinstance(role, dict) else None
        if isinstance(name, str):
            ids.add(name)
        texts.add(text.even(cell["source"]))
    return _alike(ids, set(truth.by_id)) + _alike(texts, {cell.plain for cell in truth.cells})


def _alike(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _homes(found: list[_File], truths: Mapping[str, Truth]) -> dict[str, list[_File]]:
    """Notebook of the assignment -> the files that are versions of it."""
    homes: dict[str, list[_File]] = {}
    for file in found:
        if file.read.notebook is None:
            continue
        best = max(truths, key=lambda name: _fit(file, name), default=None)
        if best is not None and _fit(file, best) >= _ENOUGH:
            homes.setdefault(best, []).append(file)
    return homes


def _fit(file: _File, name: str) -> float:
    return file.fits.get(name, 0.0) + (_NAME_COUNTS if file.stem == name else 0.0)


def _ranked(versions: list[_File], name: str, truth: Truth) -> list[_File]:
    """The file to be graded first, then the others."""
    if len(versions) < 2:
        return versions
    told = {file.name: len(mend(file.read.notebook or {}, truth).answers) for file in versions}

    def rank(file: _File) -> tuple[Any, ...]:
        known = file.fits.get(name, 0.0) >= _ENOUGH
        return (
            not known,
            _is_checkpoint(file.name),
            -told[file.name],
            file.name != f"{name}.ipynb",
            -file.modified,
            _natural(file.name),
        )

    return sorted(versions, key=rank)


def _natural(name: str) -> list[tuple[int, str]]:
    """So that (10) comes after (9), and the later of two numbered copies first."""
    return [(-int(part[:9]), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def _said(ranked: list[_File], name: str, truth: Truth) -> list[Note]:
    first, others = ranked[0], [file for file in ranked[1:] if not _is_checkpoint(file.name)]
    notes: list[Note] = []
    about: dict[str, Any] = {"file": harmless(first.name), "notebook": name}
    if first.fits.get(name, 0.0) < _ENOUGH:
        notes.append(Question("unlike", _UNLIKE, about))
    elif first.name != f"{name}.ipynb":
        notes.append(Mended("renamed", _RENAMED, about))
    if others:
        about = about | {"count": len(others) + 1, "others": named(file.name for file in others)}
        differ = _differ(first, others, truth)
        notes.append(Question("versions", _DIFFERENT, about) if differ else Mended("versions", _SEVERAL, about))
    return notes


def _differ(first: _File, others: list[_File], truth: Truth) -> bool:
    """Whether another version has an answer that the graded one has not."""
    own = mend(first.read.notebook or {}, truth).answers.items()
    return any(not mend(file.read.notebook or {}, truth).answers.items() <= own for file in others)


def _why_none(found: list[_File], name: str) -> Problem:
    """Why nothing can be graded as a notebook: the file that was meant cannot be read, or there is none."""
    unread = [file for file in found if file.read.reason]
    meant = next((file for file in unread if file.stem == name), unread[0] if len(unread) == 1 else None)
    if meant and meant.read.reason:
        reason = meant.read.reason
        return Problem(reason.code, reason.template, {**reason.fields, "file": harmless(meant.name)})
    return Problem("not-there", _NOT_THERE, {"notebook": name})
