"""The same page behind nbgrader's own `generate_feedback` and formgrader's button.

nbgrader's page shows the text of hidden tests; with this class as GenerateFeedback.exporter_class it writes ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter

from mutu.course.nbgrader import Folders
from mutu.course.outcome.feedback.page import render
from mutu.course.outcome.feedback.write import page_of
from mutu.errors import N_, InputError


class FeedbackExporter(Exporter):
    """Makes a trainee's page; which one, nbgrader says in the resources."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **_more: Any) -> tuple[Any, Any]:
        """The page of a submission, and the resources with the ending of its file.

        Raises
        ------
        InputError : the gradebook does not know the submission
        """
        about = resources["nbgrader"]
        course = Path(self.parent.coursedir.root)  # type: ignore[union-attr]
        page = page_of(Folders(course, course), about["assignment"], about["student"], about["notebook"])
        if page is None:
            raise InputError(N_("The gradebook knows no submission of {student} yet."), student=about["student"])
        return render(page), {**resources, "output_extension": self.file_extension}
