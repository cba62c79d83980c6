"""Write the notebooks of the modules to courses/_build, which git ignores.

lessons/NAME/SLUG.ipynb, SLUG-en.ipynb, data/…       what is read
source/SLUG[-en]/SLUG[-en].ipynb                     the exercise with solutions and hidden tests (trainers)
release/SLUG[-en]/SLUG[-en].ipynb                    the exercise as it is handed out
stamps/NAME                                          what the above was made from
"""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import mutu
from mutu import content
from mutu.course.author import assemble, numbers, translate
from mutu.course.author.module import SOURCES, Module, modules
from mutu.errors import N_, InputError
from mutu.locale import LANGUAGES

# what besides the module's own folder decides what its notebooks say
_ROOMS = ("course/author", "course/nbgrader", "course/outcome", "measure", "regulations", "responses")


@dataclass(frozen=True)
class Built:
    """What a build of one module did: which module, and whether anything had to be written."""

    module: Module
    written: bool


def built(courses: Path | None = None) -> Path:
    """The folder with lessons/, release/ and, for trainers, source/."""
    return (courses or content.find("courses")) / "_build"


def build(which: Iterable[Module] | None = None, *, courses: Path | None = None, force: bool = False) -> list[Built]:
    """Build the modules whose sources changed since the last build.

    Parameters
    ----------
    which : modules to build; all when it is None
    courses : folder of the modules, the project's own when it is None
    force : build also what is up to date

    Raises
    ------
    InputError : a translation is missing or older than its text, or the code of a source does not run
    """
    done = []
    for module in modules(courses) if which is None else which:
        stale = force or is_stale(module)
        if stale:
            _build(module, built(module.path.parent))
        done.append(Built(module, stale))
    return done


def is_stale(module: Module) -> bool:
    """Whether the module's notebooks are missing or older than what they are made from."""
    stamp = built(module.path.parent) / "stamps" / module.name
    return not stamp.exists() or stamp.read_text(encoding="utf-8") != _fingerprint(module)


def update_catalogue(module: Module) -> list[str]:
    """Bring the module's en.po up to its texts; returns what an author still has to translate."""
    wanted = module.texts()
    merged = translate.merged(wanted, module.catalogue)
    (module.path / "en.po").write_text(merged, encoding="utf-8")
    said = translate.read_catalogue(merged)
    return [text for text in wanted if not said.get(text)]


def make_data(module: Module, folder: Path) -> None:
    """Let the module's own script write its data into `folder`."""
    script = module.path / "data" / "make.py"
    if not script.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, str(script), str(folder)],
        capture_output=True, text=True, timeout=numbers.TIME_LIMIT, check=False,
    )  # fmt: skip
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["?"]
        raise InputError(
            N_("{file}: its code does not run: {error}"), file=f"{module.name}/data/make.py", error=last[0]
        )


def notebooks(module: Module, folder: Path) -> dict[tuple[str, str], str]:
    """(part, language) -> text of the notebook, with the numbers of its prose filled; data lie in `folder`/data.

    Raises
    ------
    InputError : as `build`
    """
    wrong = translate.problems(module.texts(), module.catalogue)
    if wrong:
        raise InputError(
            N_("{file}: {count} texts need a translator.\n{list}"),
            file=f"{module.name}/en.po", count=len(wrong), list="\n".join(wrong),
        )  # fmt: skip
    found = {}
    for part in SOURCES:
        spoken = {language: module.in_language(part, language) for language in LANGUAGES}
        values = numbers.values(spoken["id"], folder, f"{module.name}/{part}.py")
        for language, cells in spoken.items():
            node = assemble.notebook(numbers.filled(cells, values[language]), module.name, language)
            found[part, language] = assemble.text(node)
    return found


def _build(module: Module, out: Path) -> None:
    """Make everything beside the old build, then put it in its place: a failed build leaves the old one."""
    from mutu.course.nbgrader import release_notebooks

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".new-") as scratch:
        new = Path(scratch)
        lesson = new / "lessons" / module.name
        lesson.mkdir(parents=True)
        make_data(module, lesson / "data")
        made = notebooks(module, lesson)
        for language in LANGUAGES:
            name = module.assignment(language)
            _write(lesson / f"{name}.ipynb", made["lesson", language])
            _write(new / "source" / name / f"{name}.ipynb", made["exercise", language])
        names = [module.assignment(language) for language in LANGUAGES]
        release_notebooks(new, names)
        for place in (
            f"lessons/{module.name}",
            *(f"{kind}/{name}" for kind in ("source", "release") for name in names),
        ):
            _replace(new / place, out / place)
    _write(out / "stamps" / module.name, _fingerprint(module))


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _replace(new: Path, old: Path) -> None:
    """Put `new` in the place of `old`; where another process has just done the same, its build stays."""
    old.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        old.rename(new.with_name(f"{new.name}.old"))  # goes with the scratch folder
    try:
        new.rename(old)
    except OSError:
        if not old.is_dir():
            raise


def _fingerprint(module: Module) -> str:
    """A digest of the module's files and of the rooms that decide its notebooks."""
    root = Path(mutu.__file__).parent
    folders = [module.path, *(root / room for room in _ROOMS)]
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix in {".py", ".toml", ".po", ".json"} and "__pycache__" not in file.parts:
                digest.update(f"{folder.name}/{file.relative_to(folder).as_posix()}\0".encode())
                digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
