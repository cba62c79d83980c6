"""`mutu doctor`: what this machine can and cannot do, one sentence each."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import mutu
from mutu import content
from mutu.course import rights
from mutu.course import workspace as course
from mutu.errors import MutuError
from mutu.kernels import choice
from mutu.locale import _, integer, say
from mutu.serve import instance, parts, ports, workspace
from mutu.serve.workspace import Workspace

State = Literal["good", "note", "bad"]
_LEAST_PYTHON = (3, 11)
_SPARE_MB = 500
_SHOWN = 5
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+))?", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: a stable name, how it stands, and a sentence in the language in use."""

    name: str
    state: State
    text: str


def examine(place: Workspace) -> list[Finding]:
    """Look at everything; nothing is changed and nothing outside this machine is asked.

    Parameters
    ----------
    place : the workspace that would be used
    """
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python,
        _packages,
        _content,
        _jupyter,
        lambda: _workspace(place),
        lambda: _disk(place),
        lambda: _ports(place),
        _kernels,
        _grading,
        _system,
    )
    return [finding for check in checks for finding in check()]


def _python() -> Iterator[Finding]:
    names = {
        "found": platform.python_version(),
        "needed": ".".join(map(str, _LEAST_PYTHON)),
        "version": mutu.__version__,
    }
    if sys.version_info >= _LEAST_PYTHON:
        yield Finding("python", "good", _("mutu {version} runs on Python {found}.").format(**names))
    else:
        yield Finding("python", "bad", _("Python {found} is too old: mutu needs {needed} or newer.").format(**names))


def _packages() -> Iterator[Finding]:
    """Installed versions against the lock of a checkout; elsewhere against what the package itself asks for."""
    wanted = _locked() or dict.fromkeys(parts.required(), "")
    wrong = [f"{name} {version or '–'}" for name, version in wanted.items() if not _fits(name, version)]
    if wrong:
        text = _(
            "{count} of {all} packages are missing or of another version ({names}). Install them with: {command}"
        ).format(
            count=integer(len(wrong)), all=integer(len(wanted)), names=", ".join(wrong[:_SHOWN]),
            command=parts.command(),
        )  # fmt: skip
        yield Finding("packages", "bad", text)
    else:
        yield Finding("packages", "good", _("All {all} packages are installed.").format(all=integer(len(wanted))))


def _locked() -> dict[str, str]:
    lock = content.find("courses").parent / "requirements.lock"
    return locked(lock.read_text(encoding="utf-8")) if content.is_checkout() and lock.is_file() else {}


def locked(text: str) -> dict[str, str]:
    """Name -> version of the packages that a lock names for this machine."""
    from packaging.markers import Marker

    return {name: version for name, version, marker in _PINNED.findall(text) if not marker or Marker(marker).evaluate()}


def _fits(name: str, version: str) -> bool:
    try:
        return importlib.metadata.version(name) == version or not version
    except importlib.metadata.PackageNotFoundError:
        return False


def _content() -> Iterator[Finding]:
    for kind in ("courses", "assessments"):
        try:
            content.find(kind)
        except MutuError as error:
            yield Finding("content", "bad", say(error))
            return
    yield Finding("content", "good", _("Lessons and questionnaires are installed."))


def _jupyter() -> Iterator[Finding]:
    wanted = {
        "jupyterlab": _has("jupyterlab"),
        "nbgrader": _has("nbgrader") and _labextension("@jupyter/nbgrader"),
        "voila": _has("voila"),
        "ipywidgets": _has("ipywidgets") and _labextension("@jupyter-widgets/jupyterlab-manager"),
        "ipykernel": _has("ipykernel"),
    }
    missing = [name for name, there in wanted.items() if not there]
    if missing:
        text = _("Parts of Jupyter are missing: {names}. Install them with: {command}").format(
            names=", ".join(missing), command=parts.command()
        )
        yield Finding("jupyter", "bad", text)
    else:
        yield Finding("jupyter", "good", _("JupyterLab, nbgrader and Voila are installed with their extensions."))
    if _has("jupyterlab_language_pack_id_ID"):
        yield Finding("language", "good", _("JupyterLab is available in Indonesian, in part; the rest is in English."))
    else:
        text = _("JupyterLab's Indonesian language pack is missing. Install it with: {command}")
        yield Finding("language", "bad", text.format(command=parts.command()))


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _labextension(name: str) -> bool:
    return (Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name / "package.json").is_file()


def _workspace(place: Workspace) -> Iterator[Finding]:
    try:
        known = workspace.read_marker(place)
        if known is None:
            folder = _nearest(place.root)
            workspace.check_writable(folder)
            text = _("The workspace {folder} does not exist yet; mutu start makes it.").format(folder=place.root)
        else:
            workspace.check_writable(place.private)
            text = _("The workspace {folder} can be written.").format(folder=place.root)
        yield Finding("workspace", "good", text)
    except MutuError as error:
        yield Finding("workspace", "bad", say(error))


def _disk(place: Workspace) -> Iterator[Finding]:
    free = shutil.disk_usage(_nearest(place.root)).free // 10**6
    text = _("{free} MB are free on the disk of the workspace.").format(free=integer(free))
    if free < _SPARE_MB:
        text += " " + _("That is little: make room before you work.")
    yield Finding("disk", "good" if free >= _SPARE_MB else "note", text)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there."""
    return next(found for found in (folder, *folder.parents) if found.is_dir())


def _ports(place: Workspace) -> Iterator[Finding]:
    running = instance.find(place)
    if running:
        text = _("mutu is running in this workspace, at port {port}.").format(port=running.port)
    elif ports.is_free(ports.DEFAULT):
        text = _("Port {port} is free.").format(port=ports.DEFAULT)
    else:
        text = _("Port {port} is taken by another program; mutu start takes the next free one.").format(
            port=ports.DEFAULT
        )
    yield Finding("ports", "good", text)


def _kernels() -> Iterator[Finding]:
    if choice.provisioner() == choice.WARM:
        text = _("Notebooks and pages start at once: their kernels are forked from a process that has pandas loaded.")
        yield Finding("kernels", "good", text)
    else:
        text = _("This system cannot fork kernels: every notebook starts a Python of its own, which takes seconds.")
        yield Finding("kernels", "note", text)


def _grading() -> Iterator[Finding]:
    if course.has_trainer_part():
        yield Finding("grading", "good" if rights.is_isolated() else "note", rights.said())
    else:
        text = _("The trainers' part is not installed: lessons and self-assessment work, grading does not.")
        yield Finding("grading", "note", text)


def _system() -> Iterator[Finding]:
    if sys.platform == "win32":
        yield Finding(
            "system", "note", _("On Windows nbgrader's exchange does not run: collect the notebooks as files.")
        )
    if sqlite3.sqlite_version_info < (3, 35):
        text = _("SQLite {version} is old; 3.35 or newer is needed. Install a newer Python.")
        yield Finding("sqlite", "bad", text.format(version=sqlite3.sqlite_version))
