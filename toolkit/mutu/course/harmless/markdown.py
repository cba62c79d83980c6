"""Markdown as nbconvert reads it, and the harmless HTML it becomes."""

from __future__ import annotations

import html
from typing import Any

from mutu.course.harmless import markup

MOST = 100_000
_MOST_MARKS = 5_000


class _Attachments(dict[str, Any]):
    """An attachment that is missing is an empty picture; nbconvert would refuse the whole page."""

    def __contains__(self, _name: object) -> bool:
        return True

    def __missing__(self, _name: str) -> dict[str, str]:
        return {"image/png": ""}


def as_html(source: str, attachments: Any = None) -> markup.Cleaned:
    """HTML of a markdown text without anything that can act; the text itself where it is too intricate to be read."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    as_it_is = markup.Cleaned(f"<pre>{html.escape(source)}</pre>", ("Markdown",))
    if len(source) > MOST or sum(map(source.count, "[]*_`<>!|$\\")) > _MOST_MARKS:
        return as_it_is
    renderer = IPythonRenderer(escape=False, attachments=_Attachments(attachments or {}), exclude_anchor_links=True)
    try:
        return markup.clean(str(MarkdownWithMath(renderer=renderer).render(source)))
    except Exception:  # whatever a parser stumbles over, the text can be read as it is
        return as_it_is
