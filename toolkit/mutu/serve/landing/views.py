"""The pages as HTML: texts from the catalogues, facts from `state`, the look from `mutu.look`."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

import mutu
from mutu.course import help, rights
from mutu.course import workspace as course
from mutu.locale import _, current, integer
from mutu.look import colour, css
from mutu.serve.landing import Platform, state

_HERE = Path(__file__).parent
_SHOWN = 3
_TYPED = re.compile(r"`([^`]+)`")


def landing(platform: Platform, base_url: str) -> str:
    """The page with the three doors."""
    steps = state.lessons(platform.place)
    saved = state.assessments(platform.place, platform.pages)
    trainer = course.has_trainer_part()
    doors = {
        "lessons": steps,
        "lesson": state.resume(steps),
        "trainer": trainer,
        "warning": "" if not trainer or rights.is_isolated() else rights.said(),
        "waiting": state.waiting(platform.place) if trainer else None,
        "unlisted": state.unlisted(platform.place) if trainer else "",
        "questionnaires": state.questionnaires(platform.pages),
        "survey": state.survey(platform.pages),
        "saved": saved[:_SHOWN],
        "more": _more(len(saved)),
        "pages_stopped": platform.pages.given_up,
    }
    return _render("landing.html.j2", base_url, here="mutu", **doors)


def assessments(platform: Platform, base_url: str) -> str:
    """All saved assessments."""
    saved = state.assessments(platform.place, platform.pages)
    starts = state.questionnaires(platform.pages)
    return _render("assessments.html.j2", base_url, here="mutu/penilaian", saved=saved, questionnaires=starts)


def help_page(platform: Platform, base_url: str) -> str:
    """How to stop, to keep a copy, to stay safe."""
    return _render(
        "help.html.j2",
        base_url,
        here="mutu/bantuan",
        folder=platform.place.root,
        beside=platform.place.root.parent.as_posix(),
    )


def grading_help(base_url: str) -> str:
    """What formgrader's buttons do, in the trainers' room's own words."""
    said = {"rights": rights.said(), "is_isolated": rights.is_isolated(), "parts": help.parts()}
    return _render("grading_help.html.j2", base_url, here="mutu/bantuan-menilai", **said)


def locked(base_url: str) -> str:
    """What a visitor without token or cookie sees."""
    return _render("locked.html.j2", base_url, here="mutu")


def _more(count: int) -> str:
    if count <= _SHOWN:
        return ""
    return _("All assessments ({count})").format(count=integer(count))


def _render(template: str, base_url: str, **values: Any) -> str:
    given = {"base": _base(base_url), "language": current(), "version": mutu.__version__, "css": _css(), **values}
    return _templates().get_template(template).render(**given)


def _base(base_url: str) -> str:
    return base_url.rstrip("/") + "/"


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update({"_": _, "colour": colour})
    found.filters["typed"] = _typed
    return found


def _typed(text: str) -> Markup:
    """A sentence in which `this` is to be typed."""
    return Markup(_TYPED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


@cache
def policy() -> str:
    """The policy of every page here; its script is known by its digest."""
    scripts = re.findall(r"<script>(.*?)</script>", (_HERE / "templates" / "base.html.j2").read_text(encoding="utf-8"))
    known = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {known}; style-src 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@cache
def _css() -> str:
    return css() + (_HERE / "landing.css").read_text(encoding="utf-8")
