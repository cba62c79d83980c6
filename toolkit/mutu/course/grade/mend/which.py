"""Which of the files that were handed in is which notebook of the assignment, whatever they are called.

A notebook is recognised by the grade ids and texts in it, then by its name. Where several files are versions of one
notebook, the one with most answers is graded; of equals the one with the right name, then the copy with the highest
number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from mutu.course.grade.mend import text
from mutu.course.grade.mend.mend import mend
from mutu.course.grade.mend.notes import Mended, Note, Problem, Question, harmless, named
from mutu.course.grade.mend.read import Read, read
from mutu.course.grade.mend.truth import Truth
from mutu.errors import N_

# below this share of common grade ids or texts a file is not taken for a notebook of the assignment
_ENOUGH = 0.2
_NAME_COUNTS = 0.5
_MOST_FILES = 100
_CHECKPOINT = ".ipynb_checkpoints"
_READABLE = {".ipynb", ".json", ".txt", ""}
_DOCUMENTS = {".html", ".htm", ".pdf", ".docx", ".doc", ".zip", ".py", ".rtf"}
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
    fits: Mapping[str, float] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name.replace("\\", "/")).name.partition(".ipynb")[0]


def match(files: Mapping[str, bytes], truths: Mapping[str, Truth]) -> Match:
    """Find the notebooks of an assignment among the files of a submission.

    Parameters
    ----------
    files : name with folders, relative to the submission -> content
    truths : name of a notebook, without .ipynb -> what it must have
    """
    found = [_load(name, files[name], truths) for name in _candidates(files)]
    homes = _homes(found, truths)
    notes: list[Note] = []
    chosen, reasons = {}, {}
    for name, truth in truths.items():
        versions = homes.get(name, [])
        answers = _answers(versions, truth)
        ranked = _ranked(versions, name, answers)
        if ranked:
            chosen[name] = Chosen(ranked[0].name, ranked[0].read)
            notes += _said(ranked, name, answers)
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


def _candidates(files: Iterable[str]) -> list[str]:
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


def _load(name: str, content: bytes, truths: Mapping[str, Truth]) -> _File:
    done = read(content)
    if done.notebook is None:
        return _File(name, done)
    return _File(name, done, {key: _likeness(done.notebook, truth) for key, truth in truths.items()})


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


def _answers(versions: list[_File], truth: Truth) -> dict[str, Mapping[str, str]]:
    """File -> its answers; empty where there is nothing to choose from."""
    if len(versions) < 2:
        return {}
    return {
        file.name: mend(file.read.notebook or {}, truth, is_regular=bool(file.read.notebook)).answers
        for file in versions
    }


def _ranked(versions: list[_File], name: str, answers: Mapping[str, Mapping[str, str]]) -> list[_File]:
    """The file to be graded first, then the others."""
    if len(versions) < 2:
        return versions

    def rank(file: _File) -> tuple[Any, ...]:
        known = file.fits.get(name, 0.0) >= _ENOUGH
        return (
            not known,
            _is_checkpoint(file.name),
            -len(answers[file.name]),
            file.name != f"{name}.ipynb",
            _natural(file.name),
        )

    return sorted(versions, key=rank)


def _natural(name: str) -> list[tuple[int, str]]:
    """So that (10) comes after (9), and the later of two numbered copies first."""
    return [(-int(part[:9]), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def _said(ranked: list[_File], name: str, answers: Mapping[str, Mapping[str, str]]) -> list[Note]:
    first, others = ranked[0], [file for file in ranked[1:] if not _is_checkpoint(file.name)]
    notes: list[Note] = []
    about: dict[str, Any] = {"file": harmless(first.name), "notebook": name}
    if first.fits.get(name, 0.0) < _ENOUGH:
        notes.append(Question("unlike", _UNLIKE, about))
    elif first.name != f"{name}.ipynb":
        notes.append(Mended("renamed", _RENAMED, about))
    if others:
        about = about | {"count": len(others) + 1, "others": named(file.name for file in others)}
        own = answers[first.name].items()
        differ = any(not answers[file.name].items() <= own for file in others)
        notes.append(Question("versions", _DIFFERENT, about) if differ else Mended("versions", _SEVERAL, about))
    return notes


def _why_none(found: list[_File], name: str) -> Problem:
    """Why nothing can be graded as a notebook: the file that was meant cannot be read, or there is none."""
    unread = [file for file in found if file.read.reason]
    meant = next((file for file in unread if file.stem == name), unread[0] if len(unread) == 1 else None)
    if meant and meant.read.reason:
        reason = meant.read.reason
        return Problem(reason.code, reason.template, {**reason.fields, "file": harmless(meant.name)})
    return Problem("not-there", _NOT_THERE, {"notebook": name})
