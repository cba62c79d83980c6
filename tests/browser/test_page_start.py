"""A page that comes in pieces, as over a slow line or from a busy machine, starts once its form is whole."""

from __future__ import annotations

import contextlib
import socket
import threading

import pytest


class HalfWay:
    """Passes a page on up to a mark, and the rest when it is told to; everything else goes straight through."""

    def __init__(self, target: int, mark: bytes) -> None:
        self.target, self.mark, self.goes_on = target, mark, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
                for work in ((near, far, self._asked), (far, near, self._answered)):
                    threading.Thread(target=self._pass, args=work, daemon=True).start()

    def _pass(self, source, sink, send) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                send(sink, data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _asked(self, sink: socket.socket, data: bytes) -> None:
        sink.sendall(data.replace(b"Accept-Encoding:", b"X-Not-Packed:"))

    def _answered(self, sink: socket.socket, data: bytes) -> None:
        before, mark, after = data.partition(self.mark)
        sink.sendall(before)
        if mark:
            self.goes_on.wait(60)
            sink.sendall(mark + after)


@pytest.mark.parametrize(
    ("slug", "script", "mark"),
    [("pekppp", "form.js", b'<section data-view="aspect-2"'), ("skm", "survey.js", b'<p class="actions"')],
)
def test_the_script_waits_for_the_whole_form(page, pages, slug, script, mark):
    between = HalfWay(pages.port, mark)
    page.goto(f"{between.url}/{slug}#{'x' * 32}", wait_until="commit")
    loaded = "(name) => performance.getEntriesByType('resource').some((each) => each.name.endsWith(name))"
    page.wait_for_function(loaded, arg=script)
    page.wait_for_timeout(500)
    assert page.locator("[data-wait]:enabled").count() == 0
    between.goes_on.set()
    page.wait_for_selector("[data-wait]:enabled", state="attached")
    assert page.locator("[data-wait]:disabled").count() == 0
    if slug == "pekppp":
        page.wait_for_selector("[data-start-error]:not([hidden])")
    page.goto("about:blank")
    between.listener.close()
