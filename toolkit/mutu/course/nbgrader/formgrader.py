"""formgrader behind a wall: names are escaped, only its own scripts run, a submission's files are not pages.

A server extension that answers formgrader's addresses with formgrader's own handlers, strengthened. Its name sorts
before nbgrader's, so that it is asked first.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from typing import Any

from mutu.course.harmless import policy

_PICTURE = re.compile(r".*\.(?:png|jpe?g|gif|webp|svg)", re.IGNORECASE | re.DOTALL)
# the handlers that formgrader writes into its own HTML
_HANDLERS = ("toggleAllNames()", "createAssignmentModal();", "createStudentModal();")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "mutu.course.nbgrader.formgrader"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Jupyter calls this while it starts."""
    from jupyter_server.utils import url_path_join
    from nbgrader.server_extensions.formgrader import apihandlers, handlers

    base = server.web_app.settings["base_url"]
    known = [*handlers.default_handlers, *apihandlers.default_handlers]
    server.web_app.add_handlers(
        ".*$", [(url_path_join(base, path.lstrip("/")), strengthened(handler), *more) for path, handler, *more in known]
    )


def strengthened(handler: type) -> type:
    """A handler of formgrader's with the wall it needs before it; others stay as they are."""
    from nbgrader.server_extensions.formgrader import handlers
    from nbgrader.server_extensions.formgrader.base import BaseApiHandler, BaseHandler

    walls = (
        (handlers.SubmissionFilesHandler, _File),
        (handlers.SubmissionHandler, _Submission),
        (handlers.FormgraderHandler, _Door),
        (BaseApiHandler, _Answer),
        (BaseHandler, _Page),
    )
    for kind, wall in walls:
        if issubclass(handler, kind):
            return type(handler.__name__, (wall, handler), {})
    return handler


class _Answer:
    """Data: nbgrader sends it as HTML, in which a name would be markup if somebody opened the address."""

    content_security_policy = policy.SANDBOX


class _Page:
    """A page of formgrader's own: what is put into it is escaped, and its scripts carry a number used once."""

    settings: dict[str, Any]
    content_security_policy = f"default-src 'none'; {policy.PAGE}"

    def render(self, name: str, **given: Any) -> str:
        """The page; formgrader's own environment escapes nothing."""
        pages = self.settings["nbgrader_jinja2_env"]
        if not pages.autoescape:
            pages = self.settings["nbgrader_jinja2_env"] = pages.overlay(autoescape=True)
        once = secrets.token_urlsafe(16)
        scripts = f"script-src 'nonce-{once}' 'unsafe-hashes' {' '.join(map(_digest, _HANDLERS))}"
        policies = f"{self.content_security_policy}; {scripts}"
        self.set_header("Content-Security-Policy", policies)  # type: ignore[attr-defined]
        return re.sub(r"<script(?=[\s>])", f'<script nonce="{once}"', str(pages.get_template(name).render(**given)))


class _Submission(_Page):
    """The page of a submission; which scripts run there, the head of our own template says."""

    content_security_policy = policy.PAGE


class _Door(_Page):
    """formgrader's own address, which would run the nbgrader_config.py of any folder that a link names."""

    def get_argument(self, name: str, *default: Any, **more: Any) -> Any:
        """What the address asks for, but no folder: there is one course here."""
        return "" if name == "path" else super().get_argument(name, *default, **more)  # type: ignore[misc]


class _File:
    """A file that was handed in: a picture is shown, everything else is only saved, and none is ever a page."""

    content_security_policy = policy.SANDBOX

    def set_extra_headers(self, path: str) -> None:
        """Tornado calls this for a file that is there."""
        if not _PICTURE.fullmatch(path):
            self.set_header("Content-Disposition", "attachment")  # type: ignore[attr-defined]


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
