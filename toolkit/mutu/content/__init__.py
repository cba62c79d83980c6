"""Where the content is: courses/ and assessments/ beside the toolkit in a checkout, inside the package in a wheel."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from mutu.errors import N_, MissingPart

_INSTALLED = Path(__file__).parent
_CHECKOUT = _INSTALLED.parents[2]


def find(kind: str) -> Path:
    """The folder of a kind of content.

    Parameters
    ----------
    kind : "courses" or "assessments"

    Raises
    ------
    MissingPart : neither place has it
    """
    for root in (_INSTALLED, _CHECKOUT):
        if (root / kind).is_dir():
            return root / kind
    raise MissingPart(N_("The content «{kind}» is missing from this installation. Install mutu again."), kind=kind)


def is_checkout() -> bool:
    """Whether mutu runs from its source tree, where solutions and hidden tests are."""
    return not (_INSTALLED / "courses").is_dir() and (_CHECKOUT / "pyproject.toml").is_file()


def trainer_source(courses: Path | None = None) -> Path | None:
    """The source notebooks for nbgrader, with solutions and hidden tests, where the trainer's part is installed.

    Beside modules whose sources are there they are built; elsewhere the distribution `mutu-pengajar` brings them.

    Parameters
    ----------
    courses : folder of the modules; the project's own when it is None
    """
    folder = courses or find("courses")
    if any(folder.glob("*/exercise.py")):
        return folder / "_build" / "source"
    part = find_spec("mutu_pengajar")
    return Path(part.origin).parent / "source" if part and part.origin else None
