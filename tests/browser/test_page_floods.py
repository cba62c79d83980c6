"""What is sent to the pages' process without end or measure costs it a stated amount of memory and no more."""

from __future__ import annotations

import contextlib
import socket as network
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest
from running import until
from stranger import Visitor, ask, heard, reply, to_form
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from mutu.serve.voila.channel import LARGEST
from mutu.serve.voila.door import MOST
from mutu.serve.voila.gate import Backlog

pytestmark = pytest.mark.alone
LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="stops a process and reads its peak")


def peak(server: Any) -> float:
    """The most memory the pages' process ever had, in MiB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    (line,) = [each for each in status.splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def visitors(server: Any) -> set[int]:
    """The ports from which somebody is connected to it."""
    process = psutil.Process(server.process.pid)
    mine = [each for each in process.net_connections("tcp") if each.laddr.port == server.port]
    return {each.raddr.port for each in mine if each.status == psutil.CONN_ESTABLISHED}


def pours(socket: Any, messages: Any) -> None:
    """Send until the other side will not have it."""
    with contextlib.suppress(ConnectionClosed):
        for each in messages:
            socket.send(each)


@LINUX
def test_what_comes_after_a_connections_end_is_not_read(serve_pages):
    server = serve_pages()
    visitor = Visitor(server)
    before = peak(server)
    with visitor.socket() as socket:
        pours(socket, (to_form(visitor.model, {}) for _turn in range(5000)))
        with pytest.raises(ConnectionClosed) as ended:
            heard(socket, 60)
    assert ended.value.rcvd.code == 4429
    assert ask(server, "/health").status == 204
    assert peak(server) - before < 20


@LINUX
@pytest.mark.parametrize("how", ["whole", "packed", "in parts"])
def test_a_message_that_is_too_large_is_neither_read_nor_unpacked(serve_pages, how):
    server = serve_pages()
    visitor = Visitor(server)
    before = peak(server)
    with visitor.socket(compression="deflate" if how == "packed" else None) as socket:
        pours(socket, [{"whole": bytes(2 * LARGEST), "packed": bytes(100 * LARGEST)}.get(how, [bytes(60_000)] * 500)])
        with pytest.raises(ConnectionClosed):
            heard(socket, 60)
    assert ask(server, "/health").status == 204
    assert peak(server) - before < 20


@LINUX
def test_a_kernel_that_is_behind_is_not_sent_more(serve_pages):
    server = serve_pages()
    visitor = Visitor(server)
    (kernel,) = server.kernels()
    before = peak(server)
    with visitor.socket(compression=None) as socket:
        assert reply(socket, visitor.model, "create", {"label": ""})["ok"]
        kernel.suspend()
        large = (to_form(visitor.model, {"id": 1, "kind": "x", "with": {"x": "x" * 700_000}}) for _turn in range(40))
        sending = threading.Thread(target=pours, args=(socket, large), daemon=True)
        sending.start()
        sending.join(3)
        assert sending.is_alive()  # 28 MB are not taken
        assert ask(server, "/health").status == 204
        assert peak(server) - before < 20
        kernel.resume()
        sending.join(60)
        assert not sending.is_alive()
        assert len([kind for kind, _content in heard(socket, 5)]) == 40


@LINUX
def test_a_page_that_asks_and_does_not_read_is_cut_off(serve_pages):
    server = serve_pages()
    visitor = Visitor(server)
    notes = {"note": "n" * 4000, "evidence": "e" * 4000}
    with visitor.socket(compression=None, max_queue=1) as socket:
        token = reply(socket, visitor.model, "create", {"label": ""})["token"]
        for number in range(1, 31):
            assert reply(socket, visitor.model, "save", {"token": token, "code": str(number), **notes})["ok"]
        assert len(str(reply(socket, visitor.model, "open", {"token": token}))) > 240_000
        before = peak(server)
        asks = range(Backlog().for_one // 240_000 + 100)
        pours(socket, (to_form(visitor.model, {"id": 1, "kind": "open", "with": {"token": token}}) for _turn in asks))
        assert until(lambda: socket.local_address[1] not in visitors(server), 60)
        with pytest.raises(ConnectionClosedError):
            heard(socket, 60)
    assert peak(server) - before < 1.5 * Backlog().for_one / 2**20
    with visitor.socket() as socket:
        assert reply(socket, visitor.model, "open", {"token": token})["ok"]


def test_a_crowd_of_connections_is_let_in_up_to_a_limit(serve_pages):
    server = serve_pages()
    with contextlib.ExitStack() as crowd:
        for _turn in range(MOST + 150):
            crowd.enter_context(network.create_connection(("127.0.0.1", server.port), timeout=30))
        assert until(lambda: len(visitors(server)) >= MOST, 60)
        assert len(visitors(server)) == MOST
    assert until(lambda: not visitors(server), 60)
    assert ask(server, "/pekppp").status == 200
