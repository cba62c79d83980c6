"""The version of nbgrader's gradebook: which one a file has, which one is needed, the way from one to the other.

nbgrader starts the program `alembic` to ask for it, by name and with all its imports: seconds at every new gradebook.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from mutu.course.nbgrader.configuration import Folders
from mutu.course.nbgrader.importing import part
from mutu.course.nbgrader.reading import opened
from mutu.errors import N_, MachineError

_STEP_FROM = re.compile(r"""^down_revision\s*=\s*['"](\w+)['"]""", re.MULTILINE)
_SAID = 500


def newest() -> str:
    """The newest version of the gradebook's tables that this nbgrader knows."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", part("dbutil").ALEMBIC_DIR)
    return str(ScriptDirectory.from_config(config).get_current_head())


def ask_here() -> None:
    """Let nbgrader ask `newest` instead of starting a program."""
    part("api").get_alembic_version = newest


def is_outdated(folders: Folders) -> bool:
    """Whether nbgrader has a step that leads on from the gradebook's version; without loading nbgrader."""
    version = _version(folders.gradebook_file)
    return version is not None and version in superseded()


def superseded() -> set[str]:
    """The versions of the gradebook that have a newer one, as the steps of this nbgrader say."""
    package = find_spec("nbgrader")
    places = package.submodule_search_locations if package else None
    steps = [file for place in places or () for file in Path(place, "alembic", "versions").glob("*.py")]
    return {found[1] for step in steps if (found := _STEP_FROM.search(step.read_text(encoding="utf-8")))}


def _version(gradebook: Path) -> str | None:
    """None where there is no gradebook that can be read; the front page says so of a damaged one."""
    if not gradebook.is_file():
        return None
    try:
        with closing(opened(gradebook)) as book:
            row = book.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def upgrade(folders: Folders, backup: Path) -> None:
    """Take nbgrader's steps on a copy of the gradebook and put it in place; what cannot be upgraded stays as it was.

    Parameters
    ----------
    folders : the course
    backup : the copy of the workspace to name when it fails

    Raises
    ------
    MachineError : a step failed
    """
    gradebook = folders.gradebook_file.resolve()
    with TemporaryDirectory(prefix=".gradebook-", dir=gradebook.parent) as folder:
        draft = Path(folder) / gradebook.name
        with closing(sqlite3.connect(gradebook)) as now, closing(sqlite3.connect(draft)) as copy:
            now.backup(copy)
        said = _take_steps(draft)
        if said:
            raise MachineError(
                N_("The gradebook {file} could not be upgraded ({reason}). A copy of the workspace is in {backup}."),
                file=gradebook, reason=said, backup=backup,
            )  # fmt: skip
        draft.replace(gradebook)


def _take_steps(gradebook: Path) -> str:
    """Run them in a process of their own, as they set up its log; returns the last line of what went wrong."""
    with TemporaryDirectory(prefix="mutu-") as folder:
        settings = Path(folder) / "alembic.ini"
        # these settings cannot hold a name with «%», so the gradebook's folder is not in them
        part("dbutil").write_alembic_ini(settings, f"sqlite:///{gradebook.name}")
        ended = subprocess.run(
            [sys.executable, "-m", "alembic", "-c", settings, "upgrade", "head"],
            cwd=gradebook.parent, capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
    return (ended.stderr.strip() or "alembic").splitlines()[-1][:_SAID] if ended.returncode else ""
