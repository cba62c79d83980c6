"""Pages for trainer and trainee: one HTML file each, which loads nothing, runs nothing and prints on A4."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def clean(value: str) -> str:
    """A text as it can be shown: what is unseen or turns the writing round becomes visible."""
    return _UNSEEN.sub("\ufffd", value.replace("\r\n", "\n"))


def render(package: str, name: str, **values: Any) -> str:
    """A page as HTML, every value in it escaped; its policy allows the style sheet inside it and nothing else.

    Parameters
    ----------
    package : whose folder `templates` holds NAME.html.j2 and NAME.css
    name : of the page
    values : what the template uses, functions too
    """
    css = _css(package, name)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return str(_environment(package).get_template(f"{name}.html.j2").render(css=css, policy=policy, **values))


@cache
def _css(package: str, name: str) -> str:
    from mutu.look import css

    return css() + (files(package) / "templates" / f"{name}.css").read_text(encoding="utf-8")


@cache
def _environment(package: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package, "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined,
    )  # fmt: skip
