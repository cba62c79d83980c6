"""What a stranger can try at the pages' address, over HTTP and over a kernel's WebSocket, and gets nothing from."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest
from kernel_kit import memory_of
from stranger import PROTOCOL, Visitor, ask, heard, message, overhearing, reply, said, to_form
from websockets.exceptions import ConnectionClosed, InvalidStatus


def test_the_form_answers_over_its_own_connection(pages):
    visitor = Visitor(pages)
    with visitor.socket() as socket:
        token = reply(socket, visitor.model, "create", {"label": "uji"})["token"]
        assert len(token) >= 32


CODE = {"code": "open({mark!r}, 'w')", "silent": False, "user_expressions": {"x": "open({mark!r}, 'w')"}}
FORBIDDEN = [
    ("execute_request", CODE),
    ("complete_request", {"code": "imp", "cursor_pos": 3}),
    ("inspect_request", {"code": "print", "cursor_pos": 3, "detail_level": 1}),
    ("history_request", {"hist_access_type": "tail", "n": 9, "output": True, "raw": True}),
    ("is_complete_request", {"code": "1"}),
    ("comm_info_request", {}),
    ("kernel_info_request", {}),
    ("input_reply", {"value": "x"}),
    ("debug_request", {"type": "request", "command": "evaluate"}),
    ("interrupt_request", {}),
    ("shutdown_request", {"restart": False}),
    ("create_subshell_request", {}),
    ("usage_request", {}),
    ("comm_open", {"comm_id": "a1", "target_name": "jupyter.widget", "data": {"state": {}}}),
    ("comm_open", {"comm_id": "a2", "target_name": "x", "target_module": "os", "data": {}}),
    ("comm_close", {"comm_id": "{model}", "data": {}}),
]


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_nothing_but_form_messages_reaches_a_kernel(pages, channel, tmp_path):
    visitor = Visitor(pages)
    mark = tmp_path / "a-kernel-ran-this"
    with visitor.socket() as socket:
        for kind, content in FORBIDDEN:
            filled = json.dumps(content).replace("{model}", visitor.model).replace("{mark!r}", repr(mark.as_posix()))
            socket.send(message(kind, json.loads(filled), channel))
        assert heard(socket) == []
        assert reply(socket, visitor.model, "create", {"label": ""})["ok"]
    assert not mark.exists()


def test_a_visitor_writes_no_synced_trait(pages):
    visitor = Visitor(pages)
    state = {"html": "<b>ganti</b>", "_esm": "alert(1)", "tabbable": True}
    writes = [
        {"method": "update", "state": state, "buffer_paths": []},
        {"method": "request_state"},
        {"method": "update", "content": {"id": 1}},
        {"method": "custom", "content": {"id": 2}, "state": state},
        {"method": "custom", "content": ["update", state]},
        "update",
    ]
    with visitor.socket() as socket:
        for data in writes:
            socket.send(message("comm_msg", {"comm_id": visitor.model, "data": data}))
        assert heard(socket) == []
        answer = reply(socket, visitor.model, "set_state", {"html": "x"})
        assert answer["why"] == "invalid"


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"id": "x", "kind": "save", "with": {}},
        {"id": 1, "kind": "save", "with": {"token": "x" * 32, "code": "1", "score": "5"}},
        {"id": 1, "kind": "save", "with": {"token": "x" * 32, "code": "1", "index": 5}},
        {"id": 1, "kind": "save", "with": {"token": "../../etc/passwd-aaaaaaaaaa", "code": "1"}},
        {"id": 1, "kind": "save", "with": {"token": "x" * 32, "code": "1", "note": "n" * 4001}},
        {"id": 1, "kind": "__init__", "with": {}},
        {"id": 1, "kind": ["save"], "with": None},
        {"id": 1, "kind": "create", "with": {"label": ""}, "more": 1},
    ],
)
def test_a_malformed_message_is_answered_without_detail(pages, content):
    visitor = Visitor(pages)
    with visitor.socket() as socket:
        socket.send(to_form(visitor.model, content))
        socket.send(to_form(visitor.model, {"id": 9, "kind": "create", "with": {}}))
        refused, answered = said(socket), said(socket)
    assert refused["ok"] is False
    assert answered["re"] == 9
    assert not re.search(r"Traceback|File \"|/mutu/|site-packages|pydantic", json.dumps(refused))


def test_broken_frames_are_dropped(pages):
    visitor = Visitor(pages)
    with visitor.socket() as socket:
        for frame in (b"", b"\xff" * 64, (2**63).to_bytes(8, "little"), b"\x05" + b"\0" * 90, message("comm_msg", {})):
            socket.send(frame)
        socket.send("text")
        assert heard(socket) == []
        assert reply(socket, visitor.model, "create", {"label": ""})["ok"]


def _refused(visitor: Visitor, **changes: Any) -> int:
    with pytest.raises(InvalidStatus) as found, visitor.socket(**changes):
        pass
    return found.value.response.status_code


def test_a_kernel_answers_only_the_browser_that_opened_its_page(pages):
    mine, other = Visitor(pages), Visitor(pages)
    assert _refused(mine, kernel=other.kernel) == 403
    assert _refused(mine, headers={"Cookie": "x=y"}) == 403
    assert _refused(mine, kernel=str(uuid4())) == 403
    assert _refused(mine, headers={"Origin": "http://example.org"}) == 403
    assert _refused(mine, headers={"Origin": None}) == 403
    assert _refused(mine, protocols=None) == 403
    assert _refused(mine, protocols=[f"{PROTOCOL}.old"]) == 403


def test_a_connection_hears_only_what_it_asked_for(pages):
    visitor = Visitor(pages)
    with visitor.socket() as socket, visitor.socket() as other:
        assert reply(socket, visitor.model, "create", {"label": ""})["ok"]
        assert heard(other) == []


def test_another_account_on_this_machine_hears_nothing_of_a_kernel(serve_pages):
    server = serve_pages()
    visitor = Visitor(server)
    (kernel,) = server.kernels()
    with overhearing(kernel) as heard_anything, visitor.socket() as socket:
        for _turn in range(10):
            assert reply(socket, visitor.model, "create", {"label": "rahasia"})["ok"]
            time.sleep(0.2)
        assert not heard_anything()


def test_no_other_kernel_can_be_stopped(pages):
    mine, other = Visitor(pages), Visitor(pages)
    for cookie in (mine.cookie, "x=y"):
        answer = ask(pages, f"/close/{other.kernel}", "POST", Cookie=cookie, Origin=pages.url)
        assert answer.status == 204
    assert ask(pages, f"/close/{other.kernel}", "POST", Cookie=other.cookie, Origin="http://example.org").status == 204
    with other.socket() as socket:
        assert reply(socket, other.model, "create", {"label": ""})["ok"]


PATHS = [
    "/",
    "/voila/static/voila.js",
    "/voila/templates/lab/static/x.css",
    "/voila/labextensions/x",
    "/voila/files/pekppp/page.ipynb",
    "/voila/files/pekppp/instrument.json",
    "/voila/api/contents",
    "/voila/api/contents/pekppp",
    "/voila/tree",
    "/voila/render/pekppp/page.ipynb",
    "/api/contents",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/status",
    "/api/terminals",
    "/login",
    "/pekppp/",
    "/pekppp/page.ipynb",
    "/page.ipynb",
    "/static/",
    "/static/../app.py",
    "/static/%2e%2e/%2e%2e/app.py",
    "/static/0000000000000000/form.js",
    "/..%2f..%2fetc/passwd",
    "/pekppp%00",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_no_folder_file_or_api_is_there(pages, path, method):
    answer = ask(pages, path, method)
    assert answer.status in (403, 404, 405)
    assert not re.search(r"Traceback|File \"|\.py|ipynb", answer.text)


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST", "PATCH"])
def test_a_kernel_has_no_address_but_its_websocket(pages, method):
    visitor = Visitor(pages)
    for end in ("", "/interrupt", "/restart"):
        answer = ask(pages, f"/api/kernels/{visitor.kernel}{end}", method, Cookie=visitor.cookie, Origin=pages.url)
        assert answer.status == 404


def test_the_template_and_the_theme_cannot_be_chosen(pages):
    for query in ("template=lab", "template=nosuch", "template=../../x", "theme=dark"):
        answer = ask(pages, f"/pekppp?{query}")
        assert answer.status == 200
        assert "data-mutu-page" in answer.text


def test_a_foreign_name_is_refused(pages):
    answer = ask(pages, "/pekppp", Host="attacker.example:80")
    assert answer.status == 403
    assert "kernel" not in answer.text


def test_every_answer_carries_safe_headers_and_the_cookie_is_the_browsers_alone(pages):
    page = ask(pages, "/pekppp")
    for answer in (page, ask(pages, "/nosuch"), ask(pages, "/health")):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "server" not in answer.headers
    (cookie,) = page.cookies
    assert cookie.startswith("mutu-pengunjung-")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_no_path_of_the_machine_and_no_code_is_in_the_page(pages):
    for slug in ("pekppp", "skm"):
        text = ask(pages, f"/{slug}").text
        for secret in ("site-packages", str(Path.home()), str(pages.workspace), "mutu.assess", "import "):
            assert secret not in text


def test_a_kernel_knows_no_secret_of_its_server(serve_pages, monkeypatch):
    monkeypatch.setenv("JUPYTER_TOKEN", "rahasia-token")
    monkeypatch.setenv("DATABASE_PASSWORD", "rahasia-sandi")
    server = serve_pages()
    Visitor(server)
    (kernel,) = server.kernels()
    own = memory_of(kernel.pid)
    for name in ("HOME", "TMPDIR"):
        assert f"{name}={kernel.cwd()}\0".encode() in own
    for process in (kernel.pid, kernel.ppid()):
        if process != server.process.pid:
            assert b"rahasia-" not in memory_of(process)
            assert b"rahasia-" not in Path(f"/proc/{process}/environ").read_bytes()


def test_a_kernel_knows_nothing_of_the_page_before(pages):
    Visitor(pages)
    before = {each.pid: each.cwd() for each in pages.kernels()}
    Visitor(pages)
    (new,) = [each for each in pages.kernels() if each.pid not in before]
    memory = memory_of(new.pid)
    assert new.cwd().encode() in memory
    assert not [folder for folder in before.values() if folder.encode() in memory]


def test_too_many_messages_end_the_connection(pages):
    visitor = Visitor(pages)
    with visitor.socket() as socket:
        with contextlib.suppress(ConnectionClosed):
            for _turn in range(5000):
                socket.send(to_form(visitor.model, {}))
        with pytest.raises(ConnectionClosed) as found:
            heard(socket, 20)
    assert found.value.rcvd.code == 4429


def test_twenty_is_the_limit_and_the_next_reads_why(serve_pages):
    server = serve_pages("--max-kernels", "3")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _turn: ask(server, "/pekppp"), range(6)))
    assert sorted(answer.status for answer in answers) == [200] * 3 + [503] * 3
    full = next(answer for answer in answers if answer.status == 503)
    assert "Layanan sedang penuh" in full.text
    assert "All places are taken" in full.text
    assert full.headers["retry-after"] == "30"
    assert len(server.kernels()) <= 3


def test_the_usual_limit_is_twenty_one_minute_fifteen_minutes():
    from mutu.serve.voila.gate import Limits

    assert Limits() == Limits(kernels=20, after_close=60, after_idle=900, pages_a_minute=60)


def test_one_address_cannot_open_pages_without_end(serve_pages):
    server = serve_pages("--pages-a-minute", "4")
    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda _turn: ask(server, "/pekppp").status, range(6)))
    assert sorted(statuses) == [200] * 4 + [429] * 2


def test_who_is_behind_a_proxy_is_one_address_whatever_the_headers_say(serve_pages):
    server = serve_pages("--pages-a-minute", "4")
    named = [{"X_Forwarded_For": f"10.0.0.{turn}", "X_Real_Ip": f"10.0.0.{turn}"} for turn in range(6)]
    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda headers: ask(server, "/pekppp", **headers).status, named))
    assert sorted(statuses) == [200] * 4 + [429] * 2
    assert ask(server, "/health", Host="a.example", X_Forwarded_Host="127.0.0.1").status == 403


def test_a_proxy_that_passes_the_name_on_is_served_when_the_name_was_given(serve_pages):
    server = serve_pages("--host", "survei.example.org")
    told = {"Host": "survei.example.org", "X_Forwarded_Proto": "https"}
    assert ask(server, "/pekppp").status == 200
    page = ask(server, "/pekppp", **told)
    assert page.status == 200
    assert "wss://survei.example.org" in page.headers["content-security-policy"]
    assert "secure" not in page.headers["set-cookie"].casefold()
    visitor = Visitor(server)
    with visitor.socket(name="survei.example.org", headers={"Origin": "https://survei.example.org"}) as socket:
        assert reply(socket, visitor.model, "create", {"label": ""})["ok"]
    assert _refused(visitor, name="survei.example.org", headers={"Origin": "https://lain.example.org"}) == 403


HOSTILE = {
    "picture": '<img src="{target}?{turn}">',
    "frame": '<iframe src="{target}?{turn}"></iframe>',
    "fetch": "<script>fetch('{target}?{turn}', {{mode: 'no-cors', credentials: 'include'}})</script>",
}


@pytest.mark.parametrize("way", HOSTILE)
def test_another_site_uses_up_nobodys_pages(page, serve_pages, problems, way):
    server = serve_pages("--pages-a-minute", "2")
    target = f"{server.url}/pekppp"
    loads = "".join(HOSTILE[way].format(target=target, turn=turn) for turn in range(4))
    with elsewhere(f'{loads}<a href="{target}">x</a>') as address:
        page.goto(address, wait_until="networkidle")
        problems.clear()
        page.click("a")
        page.wait_for_load_state()
    assert len(server.kernels()) == 1
    page.goto("about:blank")


@contextlib.contextmanager
def elsewhere(html: str) -> Iterator[str]:
    """A page at another site on this machine."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_said: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://localhost:{site.server_port}/"
        site.shutdown()


def test_what_is_fetched_ahead_of_time_opens_no_page(pages):
    for told in ({"Sec_Purpose": "prefetch;prerender", "Sec_Fetch_Site": "none"}, {"Sec_Fetch_Site": "cross-site"}):
        answer = ask(pages, "/pekppp", Sec_Fetch_Mode="navigate", Sec_Fetch_Dest="iframe", **told)
        assert answer.status == 403
        assert "set-cookie" not in answer.headers


def test_a_kernel_goes_when_its_page_is_gone_without_a_word(serve_pages):
    server = serve_pages("--after-close", "2")
    visitor = Visitor(server)
    with visitor.socket():
        time.sleep(4)
        assert len(server.kernels()) == 1
    assert server.without_kernels(10)


def test_a_page_nobody_ever_connects_to_leaves_no_kernel(serve_pages):
    server = serve_pages("--after-close", "2")
    Visitor(server)
    assert server.without_kernels(10)


def test_a_kernel_goes_when_its_visitor_is_silent(serve_pages):
    server = serve_pages("--after-idle", "3")
    visitor = Visitor(server)
    with visitor.socket() as socket:
        assert server.without_kernels(10)
        with pytest.raises(ConnectionClosed) as found:
            heard(socket, 5)
    assert found.value.rcvd.code == 4408


def test_a_kernels_folder_goes_with_it(serve_pages):
    server = serve_pages("--after-close", "2")
    visitor = Visitor(server, "skm")
    (kernel,) = server.kernels()
    folder = kernel.cwd()
    assert visitor.kernel in folder
    assert server.without_kernels(10)
    end = time.monotonic() + 5
    while Path(folder).exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not Path(folder).exists()


def test_terminating_the_process_ends_every_kernel_at_once(serve_pages):
    server = serve_pages()
    for _turn in range(3):
        Visitor(server)
    kernels = server.kernels()
    assert len(kernels) == 3
    server.stop()
    assert not [kernel for kernel in kernels if kernel.is_running() and kernel.status() != "zombie"]


def test_killing_the_process_leaves_no_kernel(serve_pages):
    server = serve_pages()
    Visitor(server)
    kernels = server.kernels()
    server.stop(hard=True)
    end = time.monotonic() + 10
    while time.monotonic() < end and any(kernel.is_running() and kernel.status() != "zombie" for kernel in kernels):
        time.sleep(0.2)
    assert not any(kernel.is_running() and kernel.status() != "zombie" for kernel in kernels)


def test_the_process_ends_when_the_one_that_started_it_is_gone(tmp_path):
    code = (
        "import subprocess, sys, time;"
        "start = [sys.executable, '-m', 'mutu.serve.voila', '--port', '0', '--workspace', sys.argv[1]];"
        "child = subprocess.Popen(start);"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    time.sleep(1)
    assert child.is_running()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    _gone_now, alive = psutil.wait_procs([child], timeout=15)
    assert not alive


def test_a_taken_port_is_one_sentence(pages, tmp_path):
    command = [sys.executable, "-m", "mutu.serve.voila", "--port", str(pages.port), "--workspace", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert f"Port {pages.port}" in done.stderr
    assert "Traceback" not in done.stderr
