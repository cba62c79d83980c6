"""The showing side, for nbconvert's exporter: formgrader's page of a submission and nbgrader's feedback.

Named in nbgrader's configuration: a preprocessor that makes a copy of the notebook harmless before it is written as a
page, and filters for what the templates put into the page as HTML. The notebook's file is not touched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool

from mutu.course.harmless import markup
from mutu.course.harmless.data import CHARTS
from mutu.course.harmless.markdown import as_html
from mutu.course.harmless.outputs import outputs
from mutu.course.harmless.text import name, plain

# what a page says of a submission, put into the page by templates that escape nothing
_SAID = frozenset({
    "assignment_id", "notebook_id", "submission_id", "student", "last_name", "first_name", "notebook_path", "filename",
})  # fmt: skip
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LEXER = re.compile(r"[A-Za-z0-9_+-]{1,30}")
_LIVE = "application/vnd.jupyter.widget-view+json"
_MOST_SOURCE = 200_000


class HarmlessPreprocessor(Preprocessor):
    """A submission as it may be shown; what cannot be read is left out, and nothing a submission holds stops it."""

    enabled = Bool(True, help="Whether submissions are made harmless before they are shown").tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """The notebook without anything that acts, and the words about it escaped."""
        shown = outputs(nb).notebook
        shown["metadata"] = _about(shown.get("metadata"), type(nb))
        shown["cells"] = [_cell(cell, type(nb)) for cell in shown.get("cells", ()) if isinstance(cell, Mapping)]
        for key in _SAID & resources.keys():
            if isinstance(resources[key], str):
                resources[key] = html.escape(name(resources[key], 500))
        return shown, resources


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Markdown of a cell, an output or a comment as HTML that does nothing."""
    cell = context.get("cell") or {}
    return as_html(str(source), cell.get("attachments")).text


@pass_context
def highlight_code(context: Any, source: str, metadata: Any = None) -> str:
    """Code in colours of the language that the notebook says it has, as far as it says so in a readable way."""
    language = context["nb"]["metadata"].get("language_info") or {}
    lexer = language.get("pygments_lexer") or language.get("name") or "ipython3"
    return str(Highlight2HTML(pygments_lexer=lexer)(source))  # type: ignore[no-untyped-call]


def clean_html(source: str) -> str:
    """HTML that does nothing."""
    return markup.clean(plain(str(source))).text


def _about(metadata: Any, node: type) -> Any:
    """Of what a notebook says of itself: its language."""
    language = metadata.get("language_info") if isinstance(metadata, Mapping) else None
    given = {key: str(language.get(key)) for key in ("name", "pygments_lexer")} if isinstance(language, Mapping) else {}
    kept = {key: value for key, value in given.items() if _LEXER.fullmatch(value)}
    return _node(node, **({"language_info": _node(node, **kept)} if "name" in kept else {}))


def _cell(cell: Mapping[str, Any], node: type) -> Any:
    kind = cell.get("cell_type")
    source = cell.get("source")
    made = _node(
        node,
        cell_type=kind if kind in ("code", "markdown", "raw") else "raw",
        source=plain(source)[:_MOST_SOURCE] if isinstance(source, str) else "",
        metadata=_grading(cell.get("metadata"), node),
    )
    if isinstance(cell.get("id"), str) and _ID.fullmatch(cell["id"]):
        made["id"] = cell["id"]
    if made["cell_type"] == "code":
        made["outputs"] = [_without_live(output) for output in cell.get("outputs", ())]
        made["execution_count"] = cell.get("execution_count")
    elif isinstance(cell.get("attachments"), Mapping):
        made["attachments"] = _node(node, **_pictures(cell["attachments"]))
    return made


def _grading(metadata: Any, node: type) -> Any:
    """Of what a cell says of itself: what nbgrader needs, if it is in nbgrader's form."""
    kept = node()
    grading = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    if isinstance(grading, Mapping) and _GRADE_ID.fullmatch(str(grading.get("grade_id", ""))):
        kept["nbgrader"] = _node(node, **{key: value for key, value in grading.items() if _is_plain(value)})
    return kept


def _is_plain(value: Any) -> bool:
    return (
        value is None
        or isinstance(value, bool | int | float)
        or (isinstance(value, str) and bool(_GRADE_ID.fullmatch(value)))
    )


def _pictures(attachments: Mapping[str, Any]) -> dict[str, Any]:
    return {
        called: {kind: text for kind, text in bundle.items() if kind.startswith("image/") and isinstance(text, str)}
        for called, bundle in attachments.items()
        if isinstance(bundle, Mapping)
    }


def _without_live(output: Any) -> Any:
    """Without representations that need a program, where there is another that does not."""
    if "data" not in output:
        return output
    quiet = {kind: value for kind, value in output["data"].items() if kind != _LIVE and not CHARTS.fullmatch(kind)}
    output["data"] = _node(type(output["data"]), **(quiet or {"text/plain": ""}))
    return output


def _node(node: type, **content: Any) -> Any:
    made = node()
    made.update(content)
    return made
