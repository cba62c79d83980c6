"""A workspace's part of the course: lessons for the learner, nbgrader's course for the trainer, the exchange.

    belajar/                lessons, data and exercises, to read and work in
    kursus/                 nbgrader's course: source, release, gradebook, submissions
    exchange/               through it notebooks are handed out and in
    jupyter_config/         nbgrader_config.py

What the user changed is never written over: a new version is laid beside it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mutu import content
from mutu.course import author, zone
from mutu.course.nbgrader import Folders, configuration, generate, release_to_exchange
from mutu.errors import N_, InputError, MissingPart, MutuError, WorkspaceError, reason
from mutu.report.folder import write_file

EXERCISES = "latihan"


def folders(workspace: Path) -> Folders:
    """Where the workspace keeps nbgrader's course and exchange."""
    return Folders(workspace / "kursus", workspace / "exchange")


def existing(workspace: Path) -> Folders:
    """The same, where the course has been prepared: names in a gradebook nobody opens would be lost.

    From then on times are those of the zone that its organiser names.

    Raises
    ------
    InputError : there is no course in the workspace
    SettingError : the organiser's profile names a zone that is none
    """
    course = folders(workspace)
    if not course.course.is_dir():
        raise InputError(
            N_("There is no course in {folder}. Name the workspace with --dir, or run mutu start once."),
            folder=workspace,
        )
    zone.follow(workspace)
    return course


def has_trainer_part(courses: Path | None = None) -> bool:
    """Whether solutions and hidden tests are installed, so that somebody can grade here."""
    return content.trainer_source(courses) is not None


def config_folder(workspace: Path) -> Path:
    """The folder to put on Jupyter's configuration path."""
    return workspace / "jupyter_config"


def prepare(workspace: Path, courses: Path | None = None) -> tuple[Path, ...]:
    """Create or update the course in a workspace.

    Parameters
    ----------
    workspace : folder that gets the lessons and nbgrader's course
    courses : folder of the modules; the project's own when it is None

    Returns
    -------
    The files laid beside ones that the user had changed; empty most of the time.

    Raises
    ------
    WorkspaceError : the folder cannot be written
    MissingPart : no built lessons are installed
    """
    try:
        author.build(courses=courses)  # nothing where the modules' sources are not installed
        built = author.built(courses)
        if not (built / "lessons").is_dir():
            raise MissingPart(N_("The lessons are missing from this installation. Install mutu again."))
        beside = [*_lay_lessons(built, workspace / "belajar"), *_lay_course(built, folders(workspace), courses)]
        _write_configuration(workspace)
    except OSError as error:
        raise WorkspaceError(
            N_("The workspace {folder} cannot be written: {error}. Choose another folder with --dir."),
            folder=workspace, error=reason(error),
        ) from error  # fmt: skip
    return tuple(beside)


def assignments_of(which: str, courses: Path | None = None) -> tuple[str, ...]:
    """Assignments of a module (by folder, number or slug), or of all when `which` is empty; prepared lessons needed.

    Raises
    ------
    InputError : there is no such module
    """
    lessons = [folder for folder in sorted((author.built(courses) / "lessons").iterdir()) if folder.is_dir()]
    meant = [folder for folder in lessons if not which or author.is_named(folder.name, which)]
    if not meant:
        raise InputError(
            N_("There is no module «{module}». There are: {known}."),
            module=which, known=", ".join(folder.name for folder in lessons),
        )  # fmt: skip
    return tuple(name for folder in meant for name in _notebooks(folder))


def siblings(name: str, courses: Path | None = None) -> tuple[str, ...]:
    """The assignments of the module that has this one: the same exercise in every language; none where none has it."""
    try:
        lessons = sorted((author.built(courses) / "lessons").iterdir())
    except (MutuError, OSError):
        return ()
    return next((names for folder in lessons if name in (names := _notebooks(folder))), ())


def _notebooks(folder: Path) -> tuple[str, ...]:
    """Names of the notebooks of a lesson: «skm» before «skm-en»."""
    return tuple(sorted(notebook.stem for notebook in folder.glob("*.ipynb")))


def hand_out(workspace: Path, name: str, courses: Path | None = None) -> None:
    """Generate an assignment again from the workspace's own source and put it into the exchange.

    Raises
    ------
    MissingPart : the trainer's part is not installed here
    """
    if not has_trainer_part(courses):
        raise MissingPart(N_("Solutions and hidden tests are not installed here. Install mutu-pengajar to grade."))
    generate(folders(workspace), name)
    release_to_exchange(folders(workspace), name)


def _lay_lessons(built: Path, learn: Path) -> list[Path]:
    beside = _lay(built / "lessons", learn).beside
    for release in sorted((built / "release").iterdir()):
        # an assignment belongs to the lesson with a notebook of its name
        for lesson in sorted((built / "lessons").glob(f"*/{release.name}.ipynb"))[:1]:
            beside += _lay(release, learn / lesson.parent.name / EXERCISES).beside
    return beside


def _lay_course(built: Path, course: Folders, courses: Path | None) -> list[Path]:
    course.exchange.mkdir(parents=True, exist_ok=True)
    course.cache.mkdir(exist_ok=True)
    aside = course.course / "versi-baru"  # a second notebook inside an assignment would become part of it
    sources = content.trainer_source(courses)
    if sources is None:
        return _lay(built / "release", course.course / "release", aside / "release").beside
    laid = _lay(sources, course.course / "source", aside / "source")
    for source in sorted(sources.iterdir()):
        course.handed_in(source.name).mkdir(parents=True, exist_ok=True)
        release = course.course / "release" / source.name / f"{source.name}.ipynb"
        new = any(source.name in file.parts for file in laid.written)
        # nbgrader is slow to import, so it is asked only when there is something to do
        if new or not release.exists() or not course.gradebook_file.exists():
            generate(course, source.name)
    return laid.beside


def _write_configuration(workspace: Path) -> None:
    zone.follow(workspace)
    course = folders(workspace)
    file = config_folder(workspace) / "nbgrader_config.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, configuration(course.course, course.exchange).encode())


@dataclass(frozen=True)
class _Laid:
    """Files that were written in their place, and files laid beside ones that the user had changed."""

    written: list[Path] = field(default_factory=list)
    beside: list[Path] = field(default_factory=list)


def _lay(source: Path, target: Path, aside: Path | None = None) -> _Laid:
    """Copy new and changed files; a file the user changed stays, the new version goes beside it (or to `aside`).

    `.mutu.json` in the target remembers what was laid last, so that a change of the user's can be told from one of
    ours, and a version that was offered once is not offered again.
    """
    record = target / ".mutu.json"
    known: dict[str, str] = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    laid = _Laid()
    for file in _files(source):
        name = file.relative_to(source).as_posix()
        place, new = target / name, _digest(file)
        if known.get(name) == new and place.exists():
            continue
        if place.exists() and _digest(place) not in (new, known.get(name)):
            place = _free_name(aside / name if aside else place)
            laid.beside.append(place)
        else:
            laid.written.append(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        write_file(place, file.read_bytes())  # half a file would be taken for one that the user has changed
        known[name] = new
    target.mkdir(parents=True, exist_ok=True)
    write_file(record, json.dumps(known, indent=1, sort_keys=True).encode())
    return laid


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith("."))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _free_name(place: Path) -> Path:
    number = 2
    while (beside := place.with_stem(f"{place.stem}-versi-{number}")).exists():
        number += 1
    return beside
