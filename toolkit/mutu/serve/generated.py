"""Settings that mutu wrote itself, now or in a former version: a backup has them, and nobody needs them back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mutu.course.nbgrader.configuration import configuration, stated
from mutu.course.workspace import config_folder

_MOST_BYTES = 100_000


def is_generated(file: Path) -> bool:
    """Whether a file says only what `nbgrader_config.py` says as mutu writes it at every start.

    Its own lines have to be there word for word and in order. The settings between them differ with the folder and
    the version, so they may be any, as long as each is a plain value.
    """
    with suppress(OSError, UnicodeDecodeError):
        if file.stat().st_size <= _MOST_BYTES:
            return _frame(file.read_text(encoding="utf-8")) == _frame(configuration(Path("a"), Path("b")))
    return False


def forget(workspace: Path, ending: str) -> None:
    """Remove the generated settings that stand in a workspace under their name and `ending`."""
    file = config_folder(workspace) / f"nbgrader_config.py{ending}"
    if is_generated(file):
        file.unlink()


def _frame(text: str) -> list[str]:
    """The lines that are no setting with a plain value."""
    return [line for line, plain in stated(text) if line.strip() and plain is None]
