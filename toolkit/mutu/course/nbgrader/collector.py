"""How `nbgrader zip_collect` learns from a file who handed it in, and when.

nbgrader's own collector gives no time, and without one it can neither choose between two files of a person nor
release feedback to anybody. The time is that of the file as it lies in the archive folder.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nbgrader.plugins import FileNameCollectorPlugin


class FromFileName(FileNameCollectorPlugin):  # type: ignore[misc]
    """ID_skm.ipynb: the id and the notebook from the name, the time from the file."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Who, what and when of a file in the extracted folder; None leaves the file out."""
        found: dict[str, str] | None = super().collect(submitted_file)
        if found is None:
            return None
        handed_in = datetime.fromtimestamp(_original(Path(submitted_file)).stat().st_mtime, UTC)
        return found | {"timestamp": f"{handed_in:%Y-%m-%d %H:%M:%S.%f} UTC"}


def _original(extracted: Path) -> Path:
    """The file in the archive folder that was copied here; itself when it came out of a zip archive."""
    for folder in extracted.parents:
        if folder.name == "extracted":
            archived = folder.with_name("archive") / extracted.relative_to(folder)
            return archived if archived.is_file() else extracted
    return extracted
