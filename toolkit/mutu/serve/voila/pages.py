"""A page: its HTML leaves at once, its kernel starts while it is being read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from nbformat import v4
from tornado import web
from voila.handler import VoilaHandler
from voila.notebook_renderer import NotebookRenderer

from mutu.assess.pages import NOTEBOOK, Front, code, front
from mutu.locale import LANGUAGES, use
from mutu.serve.voila.safe import Safe, is_opened, is_ours, remember, visitor_of

_HEAD_START = 0.05  # seconds in which a browser draws the form before a kernel takes a core from it


class Later:
    """Work that begins when it is first waited for: a kernel starts when the form is on its way, not before."""

    def __init__(self, begin: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self._begin = begin
        self.task: asyncio.Task[Any] | None = None

    def __await__(self) -> Generator[Any, None, Any]:
        if self.task is None:
            self.task = asyncio.create_task(self._begin())
        return self.task.__await__()


class Renderer(NotebookRenderer):  # type: ignore[misc]
    """Voila's renderer; an instrument needs no notebook beside it, its page's is written here."""

    async def load_notebook(self, path: str) -> Any:
        """The notebook that lies there, else the one that shows the instrument of this folder."""
        written = code(path.partition("/")[0])
        if written is None:
            return await super().load_notebook(path)
        notebook = v4.new_notebook(cells=[v4.new_code_cell(written)])  # type: ignore[no-untyped-call]
        return await self.fix_notebook(notebook)


class PageHandler(Safe, VoilaHandler):  # type: ignore[misc]
    """Renders the notebook of one assessment with Voila, in our template."""

    async def prepare(self) -> None:
        """Refuse foreign names, foreign sites and bursts before anything is started; nobody logs in here."""
        if not (is_ours(self) and is_opened(self)):
            raise web.HTTPError(403)
        if not self.settings["mutu_rate"].allows(self.request.remote_ip or ""):
            raise web.HTTPError(429)

    @allow_unauthenticated
    async def get(self, slug: str) -> None:
        """One page, and one kernel for it when there is a place."""
        language = self._language()
        with use(language):
            seats, visitor = self.settings["mutu_seats"], remember(self)
            kernel_id = seats.take(visitor)
            if kernel_id is None:
                raise web.HTTPError(503)
            starting = Later(lambda: self._open(kernel_id, language))
            try:
                await self._render(front(slug, language), kernel_id, starting)
                seats.shown(kernel_id)
            except Exception:
                await self._give_up(kernel_id, starting)
                raise

    def _language(self) -> str:
        wanted = self.get_query_argument("lang", "")
        return wanted if wanted in LANGUAGES else self.settings["mutu_language"]

    async def _render(self, page: Front, kernel_id: str, starting: Later) -> None:
        """Send what Voila makes of the notebook, piece by piece."""
        renderer = Renderer(
            request_handler=self,
            voila_configuration=self.voila_configuration,
            traitlet_config=self.traitlet_config,
            notebook_path=f"{page.slug}/{NOTEBOOK}",
            template_paths=self.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config={"front": page, "statics": self.settings["mutu_statics"], "landing": self._landing()},
        )
        await renderer.initialize()
        self.set_header("Content-Type", "text/html; charset=utf-8")
        async for piece, _resources in renderer.generate_content_generator(kernel_id, starting):
            if piece.strip():
                self.write(piece)
                await self.flush()

    async def _open(self, kernel_id: str, language: str) -> Any:
        """Start the kernel once the reader had time to draw the form: on an old laptop both want the same cores."""
        await asyncio.sleep(_HEAD_START)
        return await self.kernel_manager.open_for(kernel_id, language)

    def _landing(self) -> str:
        return str(self.settings["mutu_landing"])

    async def _give_up(self, kernel_id: str, starting: Later) -> None:
        """The page could not be made, or its reader went away: the kernel goes too."""
        if starting.task is not None:
            await asyncio.gather(starting.task, return_exceptions=True)
        await self.application.settings["mutu_end"](kernel_id)


class CloseHandler(Safe):
    """A page says that it is being left (`pagehide`); its kernel ends now instead of in a minute."""

    async def post(self, kernel_id: str) -> None:
        """End the visitor's own kernel; a stranger's request does nothing and is not told so."""
        origin = self.request.headers.get("Origin", "")
        same = origin.partition("://")[2] == self.request.host
        if same and self.settings["mutu_seats"].belongs(kernel_id, visitor_of(self)):
            await self.settings["mutu_end"](kernel_id)
        self.set_status(204)


class HealthHandler(Safe):
    """Whether this process answers."""

    def get(self) -> None:
        """Nothing to say but yes."""
        self.set_status(204)


class NothingHandler(Safe):
    """Every other address."""

    def prepare(self) -> None:
        """Whatever the method."""
        self.send_error(404)
