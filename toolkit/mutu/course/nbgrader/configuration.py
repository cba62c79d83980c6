"""nbgrader's settings: where the course is, what stands in place of a solution, how files handed in are named."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutu.course import clock
from mutu.errors import N_, InputError

COURSE_ID = "mutu"
_SQLITE = "sqlite:///"
_PARTS = ("nbgrader_config.py", "source", "gradebook.db", "release", "submitted", "autograded")

# To stand on Jupyter's data path: templates under which the pages that nbgrader makes load nothing from the network.
SHARE = Path(__file__).parent / "share"

# The stubs serve both languages, since formgrader knows one configuration for all assignments.
_CODE_STUB = "# Tulis jawaban Anda di sini · Write your answer here\nraise NotImplementedError()"
_TEXT_STUB = "Tulis jawaban Anda di sini · Write your answer here"

_SETTING = re.compile(r"c\.([A-Za-z]+)\.([a-z_]+) = (.+)")

# A notebook handed in as a file: ID_skm.ipynb; a browser's « (1)» behind the name is forgiven.
_HANDED_IN = r".*[/\\](?P<student_id>[^/\\]+)_(?P<file_id>[A-Za-z0-9-]+)(?: ?\(\d+\))?\.ipynb$"


def file_of(address: str) -> Path | None:
    """The file of a gradebook by its address; None where it is no file."""
    return Path(address.removeprefix(_SQLITE)) if address.startswith(_SQLITE) and address != _SQLITE else None


@dataclass(frozen=True)
class Folders:
    """Where a course keeps things.

    Attributes
    ----------
    course : the course itself
    exchange : through it notebooks go and come
    database : the gradebook's address where the trainer has chosen another one than gradebook.db in the course
    """

    course: Path
    exchange: Path
    database: str = ""

    @property
    def gradebook_file(self) -> Path:
        """Where the gradebook is."""
        return file_of(self.database) or self.course / "gradebook.db"

    @property
    def is_served(self) -> bool:
        """Whether the gradebook is no file but in a database of another kind."""
        return bool(self.database) and file_of(self.database) is None

    @property
    def gradebook(self) -> str:
        """The gradebook's address, as SQLAlchemy writes it (forward slashes also on Windows)."""
        return self.database if self.is_served else f"{_SQLITE}{self.gradebook_file.resolve().as_posix()}"

    @property
    def cache(self) -> Path:
        """Where `nbgrader submit` keeps a copy of what was handed in."""
        return self.exchange / "cache"

    @property
    def fetched(self) -> Path:
        """Where a fetched assignment is put: beside the exchange, at the top of JupyterLab's file list."""
        return self.exchange.parent

    def handed_in(self, name: str) -> Path:
        """Where notebooks of an assignment that came as files are put for `nbgrader zip_collect`."""
        return self.course / "downloaded" / name / "archive"


def check_course(folder: Path, *, is_configured: bool = False) -> None:
    """Let a folder pass that a course of nbgrader's is in.

    Parameters
    ----------
    folder : what somebody named
    is_configured : whether nbgrader's configuration for all courses says where this one is

    Raises
    ------
    InputError : there is no such folder, or nothing of a course in it
    """
    if not folder.is_dir():
        raise InputError(N_("There is no folder {folder}. Name the folder of the course."), folder=folder)
    if not is_configured and not any((folder / part).exists() for part in _PARTS):
        raise InputError(
            N_(
                "There is no course of nbgrader's in {folder}: neither nbgrader_config.py nor source nor gradebook.db. "
                "Name the folder that holds them with --course-dir."
            ),
            folder=folder.resolve(),
        )


def settings(folders: Folders) -> dict[str, dict[str, Any]]:
    """Class of nbgrader -> trait -> value."""
    return {
        "CourseDirectory": {
            "root": str(folders.course.resolve()),
            "course_id": COURSE_ID,
            "db_url": folders.gradebook,
        },
        "Exchange": {
            "root": str(folders.exchange.resolve()),
            "cache": str(folders.cache.resolve()),
            # otherwise the folder in which somebody happened to start the program
            "assignment_dir": str(folders.fetched.resolve()),
        },
        "ClearSolutions": {"code_stub": {"python": _CODE_STUB}, "text_stub": _TEXT_STUB},
        # a kernel says at every start that it listens on TCP; 40 leaves errors only
        "Execute": {"timeout": 60, "extra_arguments": ["--log-level=40"]},
        "FileNameCollectorPlugin": {"named_regexp": _HANDED_IN},
        "ZipCollectApp": {"strict": True, "collector_plugin": "mutu.course.nbgrader.collector.FromFileName"},
        "ExchangeFactory": {"release_feedback": "mutu.course.nbgrader.exchange.ReleaseFeedback"},
        "NbGraderAPI": {"timezone": clock.PLACES[clock.zone()]},
        # nbgrader's own page shows the text of hidden tests
        "GenerateFeedback": {"exporter_class": "mutu.course.outcome.feedback.exporter.FeedbackExporter"},
        # submissions are shown, in formgrader and in feedback, without anything that acts; this comes before all others
        "HTMLExporter": {
            "default_preprocessors": ["mutu.course.harmless.show.HarmlessPreprocessor"],
            "filters": {
                name: f"mutu.course.harmless.show.{name}" for name in ("markdown2html", "clean_html", "highlight_code")
            },
        },
    }


def configuration(course_root: Path, exchange_root: Path) -> str:
    """Text of an nbgrader_config.py for a course.

    Parameters
    ----------
    course_root : folder with source/, release/ and the gradebook
    exchange_root : folder through which notebooks are handed out and in
    """
    lines = [
        '"""Written by mutu at every start; put settings of your own into nbgrader_config_local.py beside it."""',
        "import os",
        "",
        "# A warning of a library on stderr would cost a trainee the points of a task.",
        'os.environ.setdefault("PYTHONWARNINGS", "ignore")',
        "",
        "c = get_config()",
    ]
    for name, traits in settings(Folders(course_root, exchange_root)).items():
        lines += [f"c.{name}.{trait} = {value!r}" for trait, value in traits.items()]
    lines += [
        "",
        'if os.path.exists(os.path.join(os.path.dirname(os.path.abspath(__file__)), "nbgrader_config_local.py")):',
        '    load_subconfig("nbgrader_config_local.py")',
    ]
    return "\n".join(lines) + "\n"


def stated(text: str) -> Iterator[tuple[str, tuple[str, str, Any] | None]]:
    """The lines of a configuration, each with the class, trait and value that it sets if that is a plain value."""
    for line in text.splitlines():
        found = _SETTING.fullmatch(line)
        plain = None
        if found:
            with suppress(ValueError, SyntaxError, MemoryError, RecursionError):
                plain = found[1], found[2], ast.literal_eval(found[3])
        yield line, plain


def gradebook_elsewhere(text: str) -> str | None:
    """The gradebook's address as `configuration` wrote it where the workspace was then; None where somebody changed it.

    Parameters
    ----------
    text : of an nbgrader_config.py
    """
    said = {(name, trait): value for _line, plain in stated(text) if plain for name, trait, value in [plain]}
    root, address = (str(said.get(("CourseDirectory", trait), "")) for trait in ("root", "db_url"))
    return address if root and address == f"sqlite:///{root.replace(chr(92), '/')}/gradebook.db" else None
