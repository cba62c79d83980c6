"""Scripts and styles as they are sent: a render module is one file, since anywidget loads it from memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mutu.look import css

_STATIC = Path(__file__).parent / "static"
SCRIPTS = ("form", "survey")


@cache
def script(name: str) -> str:
    """A view's render module with what all views share in front of it."""
    return _read("common.js") + "\n" + _read(f"{name}.js")


@cache
def page_style() -> str:
    """The style sheet of a whole page."""
    return css() + _read("page.css") + _read("view.css")


@cache
def lab_style() -> str:
    """The same inside JupyterLab: nested, so that it touches nothing but the view."""
    root, _, base = css().partition("\n")
    own = ".mutu{color:var(--ink);background:var(--paper);font:1rem/1.55 var(--font-screen);padding:16px}"
    return f"{root}\n{own}\n.mutu{{{base}}}\n{_read('view.css')}"


def _read(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")
