"""A real Chromium for every browser test: the system's own, driven through Playwright.

Fixtures, beside `browser` of all tests: `page` (1280 wide), `phone` (390 wide, touch), `problems` (what
the console of `page` and `phone` said; a test that ends with something in it fails, one that expects
a refusal clears it), `axe` (call it with a page: WCAG 2.1 AA must find nothing), `pages` (the pages'
process, one a session), `serve_pages` (start one with options of the test's own).
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import pytest

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}


@pytest.fixture
def problems() -> Iterator[list[str]]:
    said: list[str] = []
    yield said
    assert not said, "The browser's console said:\n" + "\n".join(said)


def _listen(page: Any, said: list[str]) -> None:
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))


def _open(browser: Any, said: list[str], **options: Any) -> Iterator[Any]:
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta", accept_downloads=True, **options)
    page = context.new_page()
    page.set_default_timeout(30_000)
    _listen(page, said)
    yield page
    context.close()


@pytest.fixture
def page(browser: Any, problems: list[str]) -> Iterator[Any]:
    yield from _open(browser, problems, viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(browser: Any, problems: list[str]) -> Iterator[Any]:
    size = {"width": 390, "height": 844}
    yield from _open(browser, problems, viewport=size, is_mobile=True, has_touch=True, device_scale_factor=2)


@pytest.fixture
def axe() -> Callable[[Any], None]:
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Any) -> None:
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()

    return check


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts and item.path.parts[-2] == "browser":
            item.add_marker(pytest.mark.browser)


@dataclass
class PagesServer:
    """The pages' process, really started, on a port of its own."""

    workspace: Path
    port: int
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> PagesServer:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "mutu.serve.voila", "--port", str(self.port), "--workspace"]
        command += [str(self.workspace), "--landing", "http://127.0.0.1:9/mutu", "--pages-a-minute", "600"]
        self.process = subprocess.Popen([*command, *self.options])
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(OSError), urlopen(f"{self.url}/health", timeout=2):  # noqa: S310
                return self
            assert self.process.poll() is None, "the pages' process ended at once"
            time.sleep(0.1)
        raise AssertionError("the pages' process did not answer within a minute")

    def kernels(self) -> list[psutil.Process]:
        """The kernel processes it has now."""
        assert self.process is not None
        try:
            children = psutil.Process(self.process.pid).children(recursive=True)
            return [each for each in children if "mutu.serve.voila.kernel" in each.cmdline()]
        except psutil.NoSuchProcess:
            return []

    def without_kernels(self, seconds: float = 15) -> bool:
        """Wait until it has no kernel any more."""
        end = time.monotonic() + seconds
        while self.kernels() and time.monotonic() < end:
            time.sleep(0.1)
        return not self.kernels()

    def stop(self, *, hard: bool = False) -> None:
        """End it: politely, or as a crash would."""
        if self.process is not None and self.process.poll() is None:
            (self.process.kill if hard else self.process.terminate)()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)
                raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def serve_pages(tmp_path: Path) -> Iterator[Callable[..., PagesServer]]:
    """Start the pages' process with further options; what a test starts ends with it."""
    started: list[PagesServer] = []

    def start(*options: str) -> PagesServer:
        server = PagesServer(tmp_path / "kerja", free_port(), options)
        server.workspace.mkdir(exist_ok=True)
        started.append(server)
        return server.start()

    try:
        yield start
    finally:
        for server in started:
            server.stop()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PagesServer]:
    """One pages' process for all tests that leave it as it was; it has room for every page they open in a minute."""
    server = PagesServer(tmp_path_factory.mktemp("kerja"), free_port(), ("--max-kernels", "100"))
    try:
        yield server.start()
    finally:
        server.stop()
