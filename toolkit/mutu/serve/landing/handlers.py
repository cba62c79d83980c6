"""The addresses below /mutu. All but the ready sign ask for the server's token or the cookie it left."""

from __future__ import annotations

import json
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_escape, url_path_join
from tornado.web import authenticated

from mutu.locale import LANGUAGES, use
from mutu.serve import preferences
from mutu.serve.landing import Platform, views

_COOKIE = "mutu_lang"
_COOKIE_DAYS = 365


class _Page(JupyterHandler):
    """A page in the person's language; without token or cookie it says how to get in."""

    @property
    def platform(self) -> Platform:
        """The running platform."""
        found: Platform = self.settings["mutu"]
        return found

    @property
    def content_security_policy(self) -> str:
        """Nothing from elsewhere, one script of our own, and no frame around the page."""
        return views.policy()

    @allow_unauthenticated
    async def get(self, *path: str) -> None:
        """Show the page."""
        with use(self._language()):
            self.set_header("Cache-Control", "no-store")
            self.set_header("Referrer-Policy", "no-referrer")
            if self.current_user is None:
                self.set_status(403)
                self.finish(views.locked(self.base_url))
            else:
                self.finish(self.show())

    def show(self) -> str:
        """The page's HTML."""
        raise NotImplementedError

    def _language(self) -> str:
        """The language asked for now (and remembered), else the one of the browser, else of the workspace."""
        place = self.platform.place
        wanted = self.get_query_argument("lang", "")
        # another site can lead a browser here, but not make it switch
        here = self.request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        if here and wanted in LANGUAGES and self.current_user is not None:
            self.set_cookie(_COOKIE, wanted, expires_days=_COOKIE_DAYS, path="/", samesite="Lax")
            preferences.choose(place, wanted)
        kept = self.get_cookie(_COOKIE, "")
        return next((known for known in (wanted, kept) if known in LANGUAGES), preferences.language(place))


class LandingHandler(_Page):
    """The three doors."""

    def show(self) -> str:
        """The landing page."""
        return views.landing(self.platform, self.base_url)


class AssessmentsHandler(_Page):
    """All saved assessments."""

    def show(self) -> str:
        """The list."""
        return views.assessments(self.platform, self.base_url)


class HelpHandler(_Page):
    """How to stop, to keep a copy, to stay safe."""

    def show(self) -> str:
        """The help page."""
        return views.help_page(self.platform, self.base_url)


class GradingHelpHandler(_Page):
    """What formgrader's buttons do."""

    def show(self) -> str:
        """The trainers' help page."""
        return views.grading_help(self.base_url)


class LabHandler(JupyterHandler):
    """JupyterLab for the addresses of the classic notebook, to which formgrader's Name and Preview lead."""

    @authenticated
    def get(self, path: str = "") -> None:
        """Send the browser on."""
        self.redirect(url_path_join(self.base_url, "lab/tree", url_escape(path)))


class ReadyHandler(JupyterHandler):
    """Says that the platform answers, and which process it is; nothing else is told without a token."""

    @allow_unauthenticated
    def get(self) -> None:
        """The process's number."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"pid": self.settings["mutu"].pid}))


def handlers(base_url: str) -> list[tuple[str, Any]]:
    """Address and handler of every page."""
    return [
        (url_path_join(base_url, address), handler)
        for address, handler in (
            (r"/mutu/?", LandingHandler),
            (r"/mutu/penilaian", AssessmentsHandler),
            (r"/mutu/bantuan", HelpHandler),
            (r"/mutu/bantuan-menilai", GradingHelpHandler),
            (r"/mutu/siap", ReadyHandler),
            (r"/(?:tree|notebooks|edit)(?:/(.*))?", LabHandler),
        )
    ]
