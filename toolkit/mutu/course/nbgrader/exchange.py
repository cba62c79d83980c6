"""Releasing feedback when some notebooks came as files.

nbgrader releases through a secret that `nbgrader submit` made; a notebook handed in as a file has none, and nbgrader
would stop there and leave everybody after it without feedback.
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback


class ReleaseFeedback(ExchangeReleaseFeedback):  # type: ignore[misc]
    """nbgrader's own, which leaves out and names those who handed in a file."""

    def copy_files(self) -> None:
        """Release the feedback of everybody who submitted through the exchange."""
        by_file = [page.parent for page in _pages(self) if not (page.parent / "submission_secret.txt").exists()]
        names = sorted({folder.parent.name for folder in by_file})
        kept = self.coursedir.student_id_exclude
        self.coursedir.student_id_exclude = ",".join(filter(None, [kept, *names]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = kept
        for folder in sorted(set(by_file)):
            self.log.warning("Handed in as a file, so the feedback has to be sent as a file: %s", folder)


def _pages(release: ReleaseFeedback) -> list[Path]:
    """Feedback pages of the assignment, one a trainee and notebook."""
    course = release.coursedir
    where = course.format_path(course.feedback_directory, "*", course.assignment_id)
    return sorted(Path(course.root).glob(str(Path(where).relative_to(Path(course.root)) / "*.html")))
