"""A course of nbgrader's as its configuration describes it: folders, limits, what to do with submissions."""

from __future__ import annotations

import ast
import datetime as dt
import glob
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutu.course.nbgrader.configuration import Folders, check_course, file_of, gradebook_elsewhere, settings
from mutu.course.nbgrader.importing import part
from mutu.errors import N_, InputError

_FILE = "nbgrader_config"
_TIME_BYTES = 100
# of nbgrader's CourseDirectory; a test compares them with it
_DEFAULTS: dict[str, Any] = {
    "directory_structure": "{nbgrader_step}/{student_id}/{assignment_id}",
    **{f"{step}_directory": step for step in ("source", "release", "submitted", "autograded", "feedback")},
    "ignore": [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback"],
    "max_file_size": 100_000,
}
# steps of nbgrader's that a course may leave out, and that cannot be left out here
_STEPS = (
    "ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata", "Execute",
    "SaveAutoGrades", "AssignLatePenalties",
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """A course.

    Parameters
    ----------
    config : traitlets' configuration, as nbgrader reads it
    """

    config: Any

    @classmethod
    def of(cls, folders: Folders, file: Path | None = None) -> Course:
        """The course of a workspace; `file` is its nbgrader_config.py, with the user's own settings.

        The workspace may have been moved or copied since that file was written, so the folders that it names are not
        believed, and its gradebook only where somebody has chosen another one.
        """
        config = _empty()
        if file is not None and file.is_file():
            config = _loaded([file])
            written = gradebook_elsewhere(file.read_text(encoding="utf-8", errors="replace"))
            if written is not None and config.CourseDirectory.get("db_url") == written:
                del config.CourseDirectory["db_url"]
        for name, traits in settings(folders).items():
            for trait, value in traits.items():
                config[name].setdefault(trait, value)
        config.CourseDirectory.root = str(folders.course.resolve())
        return cls(config)

    @classmethod
    def at(cls, root: Path) -> Course:
        """Any course of nbgrader's, with the settings that nbgrader itself would find from its folder.

        Raises
        ------
        InputError : there is no such folder, nothing of a course in it, or its configuration cannot be read
        """
        from jupyter_core.paths import jupyter_config_path

        places = [*reversed(jupyter_config_path()), str(root)]
        config = _loaded([Path(place, f"{_FILE}.py") for place in places])
        check_course(root, is_configured="CourseDirectory" in config)
        if "root" not in config.CourseDirectory:
            config.CourseDirectory.root = str(root.resolve())
        return cls(config)

    def _trait(self, name: str) -> Any:
        """A setting of nbgrader's CourseDirectory, whose import takes a second."""
        return self.setting("CourseDirectory", name, _DEFAULTS.get(name))

    @property
    def root(self) -> Path:
        """Where everything is."""
        return Path(self._trait("root"))

    @property
    def database(self) -> str:
        """The gradebook's address; a file is meant from the course's folder, whatever folder this runs in."""
        address = str(self._trait("db_url") or "sqlite:///gradebook.db")
        file = file_of(address)
        place = file if file is None or file.is_absolute() else self.root / file
        return address if place is None else f"sqlite:///{place.resolve().as_posix()}"

    @property
    def course_id(self) -> str:
        """The course's name in the gradebook."""
        return str(self._trait("course_id") or "default_course")

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """Folder of a step: "source", "release", "submitted", "autograded" or "feedback"."""
        place = self._trait("directory_structure").format(
            nbgrader_step=self._trait(f"{step}_directory"), student_id=student, assignment_id=assignment
        )
        return Path(os.path.normpath(self.root / place))

    def handed_in_at(self, folder: Path) -> Course:
        """The same course with another folder of submissions."""
        config = deepcopy(self.config)
        config.CourseDirectory.submitted_directory = str(folder)
        return Course(config)

    def assignments(self) -> tuple[str, ...]:
        """Names of the assignments that the trainer's part of the course has."""
        source = self.folder("source", ".", "*")
        return tuple(sorted(place.name for place in source.parent.glob("*") if place.is_dir()))

    def submissions(self, assignment: str, students: str = "*") -> dict[str, Path]:
        """Student -> folder of what was handed in, sorted; links are left out."""
        pattern = self.folder("submitted", students, assignment)
        found = {}
        excluded = set(filter(None, str(self._trait("student_id_exclude") or "").split(",")))
        for place in sorted(map(Path, glob.glob(str(pattern)))):  # noqa: PTH207 - the pattern is a whole path
            student = self._student(place, assignment)
            if student is not None and student not in excluded and place.is_dir() and not place.is_symlink():
                found[student] = place
        return found

    def _student(self, place: Path, assignment: str) -> str | None:
        """Which student the folder is of: what stands where the pattern has the student."""
        mark = "mutu-student"
        parts = Path(self.folder("submitted", mark, assignment)).parts
        return place.parts[parts.index(mark)] if mark in parts and len(place.parts) == len(parts) else None

    @property
    def ignored(self) -> tuple[str, ...]:
        """Patterns of file names that are not taken along."""
        return tuple(self._trait("ignore"))

    @property
    def largest_file(self) -> int:
        """Bytes."""
        return int(self._trait("max_file_size")) * 1000

    @property
    def is_shared(self) -> bool:
        """Whether a group of trainers works on the files."""
        return bool(self._trait("groupshared"))

    def setting(self, name: str, trait: str, default: Any) -> Any:
        """A setting by class and trait; where the class's own default is meant, `default`."""
        from traitlets.config.loader import DeferredConfigString

        value = self.config[name].get(trait, default) if name in self.config else default
        if isinstance(value, DeferredConfigString):
            value = str(value) if isinstance(default, str) else _literal(value)
        return default if value is None else value

    @property
    def timeout(self) -> float:
        """Seconds that one cell may take."""
        value = self.setting("Execute", "timeout", self.setting("ExecutePreprocessor", "timeout", 30))
        return float(value) if value and value > 0 else 1e6

    def hook(self, name: str) -> Callable[..., Any] | None:
        """`pre_convert_hook` or `post_convert_hook`, where the course has one."""
        found = next((self.setting(each, name, None) for each in ("Autograde", "BaseConverter")
                      if self.setting(each, name, None)), None)  # fmt: skip
        if isinstance(found, str):
            import importlib

            module, _dot, function = found.rpartition(".")
            with self.findable():
                found = getattr(importlib.import_module(module), function)
        return found

    @contextmanager
    def findable(self) -> Iterator[None]:
        """Find modules of the course's own, as from its folder."""
        sys.path.append(str(self.root))
        try:
            yield
        finally:
            sys.path.remove(str(self.root))

    @property
    def permissions(self) -> int:
        """Of files that were graded."""
        value = self.setting("Autograde", "permissions", self.setting("BaseConverter", "permissions", None))
        return int(str(value), 8) if value else 0o664 if self.is_shared else 0o444

    @property
    def own_steps(self) -> tuple[str, ...]:
        """Traits by which the course changes nbgrader's steps, which would be left out if they were not run."""
        names = ("sanitize_preprocessors", "autograde_preprocessors", "exporter_class")
        changed = [f"Autograde.{name}" for name in names if self.setting("Autograde", name, None) is not None]
        left_out = [f"{step}.enabled" for step in _STEPS if self.setting(step, "enabled", True) is False]
        return tuple(changed + left_out)

    def cleared(self, notebook: Mapping[str, Any]) -> Mapping[str, Any]:
        """A notebook without the metadata that the course's settings leave out; nbconvert's step, off by default."""
        if not self.setting("ClearMetadataPreprocessor", "enabled", False):
            return notebook
        import nbformat
        from nbconvert.preprocessors import ClearMetadataPreprocessor

        given = nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]
        step: Any = ClearMetadataPreprocessor
        done, _resources = step(config=self.config).preprocess(given, {})
        return dict(done)


def time_of(folder: Path) -> dt.datetime | None:
    """When a submission was handed in (UTC without a zone), by the file beside it, which may come from a trainee."""
    file = folder / "timestamp.txt"
    if file.is_file() and not file.is_symlink():
        with suppress(OSError, ValueError, OverflowError), file.open("rb") as text:
            time: dt.datetime = part("utils").parse_utc(text.read(_TIME_BYTES).decode().strip())
            return time
    return None


def _literal(text: str) -> Any:
    """What a word of a command line stands for."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return str(text)


def _empty() -> Any:
    from traitlets.config import Config

    return Config()


def _loaded(files: list[Path]) -> Any:
    from traitlets.config.loader import PyFileConfigLoader

    config = _empty()
    for file in files:
        if not file.is_file():
            continue
        try:
            config.merge(PyFileConfigLoader(file.name, str(file.parent)).load_config())
        except Exception as error:
            raise InputError(
                N_("The configuration {file} cannot be read: {error}. Correct it."),
                file=file,
                error=str(error).strip()[:300],
            ) from error
    return config
