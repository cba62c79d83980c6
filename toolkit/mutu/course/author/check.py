"""Whether a module does what it says: its texts, its lesson run top to bottom, its known submissions graded."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mutu.course.author import answering, building, prose, translate
from mutu.course.author.module import SOURCES, Module
from mutu.course.author.variants import Variant, submitted, variants
from mutu.locale import LANGUAGES, _, number


@dataclass(frozen=True)
class Checked:
    """What was found in a module in one language; `checks` says per check whether it passed, `problems` why not."""

    module: str
    language: str
    tasks: int
    points: float
    jp: int
    seconds: float = 0.0
    checks: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For `mutu course check --json`."""
        return asdict(self) | {"problems": list(self.problems), "seconds": round(self.seconds, 1)}


def check(module: Module) -> list[Checked]:
    """Check a module in both languages; builds it first where its texts allow."""
    untranslated = translate.problems(module.texts(), module.catalogue)
    if untranslated:
        return [_result(module, language, {"translation": False}, untranslated) for language in LANGUAGES]
    building.build([module])
    return [_in_language(module, language) for language in LANGUAGES]


def _in_language(module: Module, language: str) -> Checked:
    began = time.monotonic()
    unreadable = [
        problem
        for part in SOURCES
        for problem in prose.problems(module.in_language(part, language), f"{module.name}/{part}.py ({language})")
    ]
    spoken = {part: module.in_language(part, language) for part in SOURCES}
    silent = answering.problems(spoken["exercise"], spoken["lesson"], f"{module.name}/exercise.py ({language})")
    broken = run_lesson(module, language)
    graded, wrong_marks = _graded(module, language)
    checks = {"translation": True, "prose": not unreadable, "feedback": not silent, "lesson": not broken, **graded}
    problems = [*unreadable, *silent, *broken, *wrong_marks]
    return _result(module, language, checks, problems, time.monotonic() - began)


def _result(
    module: Module, language: str, checks: dict[str, Any], problems: Iterable[str], seconds: float = 0.0
) -> Checked:
    graded = [cell for cell in module.cells["exercise"] if cell.points is not None]
    tasks = sum(cell.kind == "test" for cell in graded)
    points = sum(cell.points or 0 for cell in graded)
    return Checked(module.name, language, tasks, points, module.jp, seconds, checks, tuple(problems))


def run_lesson(module: Module, language: str) -> list[str]:
    """Execute the built lesson in a copy of its folder, as a reader would; what went wrong, else nothing."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    name = module.assignment(language)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "lesson"
        shutil.copytree(building.built(module.path.parent) / "lessons" / module.name, folder)
        notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        where = {"metadata": {"path": str(folder)}}
        try:
            NotebookClient(notebook, timeout=120, extra_arguments=["--log-level=40"], resources=where).execute()
        except CellExecutionError as error:
            return [_("{file} does not run: {error}").format(file=f"{name}.ipynb", error=str(error).strip()[-300:])]
    return []


def _graded(module: Module, language: str) -> tuple[dict[str, Any], list[str]]:
    known = variants(module)
    given = grade(module, language, known)
    checks: dict[str, Any] = {}
    problems = []
    for variant in known:
        wrong = _differences(variant, given.get(variant.name, {}))
        if variant.kind == variant.name:
            checks[variant.kind] = not wrong
        else:
            checks.setdefault(variant.kind, {})[variant.name] = not wrong
        problems += wrong
    return checks, problems


def grade(
    module: Module, language: str, known: Iterable[Variant], *, by_nbgrader: bool = False
) -> dict[str, dict[str, float | None]]:
    """Marks of the known submissions: submission -> grade id -> points.

    Parameters
    ----------
    module : whose exercise it is
    language : of the exercise
    known : the submissions
    by_nbgrader : by nbgrader's own engine, which is slower; so it is where submissions cannot be isolated
    """
    import nbformat

    from mutu.course import rights
    from mutu.course.grade.engine import grade as grade_here
    from mutu.course.grade.options import Options, processors
    from mutu.course.nbgrader import Course, Folders, autograde, generate, marks

    name = module.assignment(language)
    with tempfile.TemporaryDirectory() as scratch:
        folders = Folders(Path(scratch) / "course", Path(scratch) / "exchange")
        shutil.copytree(building.built(module.path.parent) / "source" / name, folders.course / "source" / name)
        generate(folders, name)
        source, release = (
            nbformat.read(folders.course / kind / name / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
            for kind in ("source", "release")
        )
        for variant in known:
            place = folders.course / "submitted" / variant.name / name
            place.mkdir(parents=True)
            nbformat.write(submitted(variant, source, release), place / f"{name}.ipynb")  # type: ignore[no-untyped-call]
        if by_nbgrader or not rights.is_isolated():
            autograde(folders, name)
        else:
            grade_here(Course.of(folders), name, Options(processors()))
        return marks(folders, name)


def _differences(variant: Variant, given: dict[str, float | None]) -> list[str]:
    return [
        _("The submission «{name}» earns {given} points in «{test}», {written} are written down for it.").format(
            name=variant.name, given=number(given.get(test)), test=test, written=number(points)
        )
        for test, points in variant.marks.items()
        if given.get(test) != points
    ]
