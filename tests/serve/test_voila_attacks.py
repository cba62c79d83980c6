"""What was tried against the pages, the platform and its files from outside, and must go on getting nothing."""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import socket
import sqlite3
import struct
import sys
import time
import zipfile
from contextlib import ExitStack, closing
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import psutil
import pytest
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from running import free_port, run
from stranger import overhearing

from mutu.errors import InputError, ReadError, WorkspaceError
from mutu.responses import archive as unpacking
from mutu.responses import workbook
from mutu.serve import archive, pages, restore, workspace
from mutu.serve.instance import Running
from mutu.serve.start import _to_open
from mutu.serve.voila import kernels
from mutu.serve.voila.channel import to_a_form
from mutu.serve.voila.gate import Limits, Seats
from mutu.serve.workspace import Workspace
from mutu.store import open_store, store

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
COMM = "0" * 32


FORM = {"comm_id": COMM, "data": {"method": "custom", "content": {"id": 1}}}


def _frame(header=None, content=None, channel="shell", buffers=1):
    parts = [{"msg_type": "comm_msg"} | (header or {}), {"msg_id": "a"}, {"x": 1}, FORM | (content or {})]
    return serialize_msg_to_ws_v1([json.dumps(part).encode() for part in parts] + [b"buffer"] * buffers, channel)


def test_of_what_a_page_sends_only_content_and_buffers_reach_its_kernel():
    steering = {"subshell_id": "x", "msg_id": "x" * 9000, "date": "9999-99-99T99:99:99", "session": {}}
    assert to_a_form(_frame(steering)) == [json.dumps(FORM).encode(), b"buffer"]


@pytest.mark.parametrize(
    "changed",
    [
        {"header": {"msg_type": "execute_request"}},
        {"header": {"msg_type": ["comm_msg"]}},
        {"channel": "control"},
        {"channel": "stdin"},
        {"buffers": 2},
        {"content": {"comm_id": "x" * 800_000}},
        {"content": {"comm_id": "../x"}},
        {"content": {"comm_id": ["x"]}},
        {"content": {"target_name": "jupyter.widget"}},
        {"content": {"data": {"method": "update", "state": {}}}},
        {"content": {"data": "custom"}},
    ],
)
def test_nothing_but_a_message_to_a_form_passes(changed):
    assert to_a_form(_frame(**changed)) == []


class Clock:
    """Stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_kernel_that_never_answers_and_one_that_is_a_day_old_are_overdue():
    clock = Clock()
    seats = Seats(Limits(), clock)
    stuck, answering = seats.take("a"), seats.take("b")
    for kernel in (stuck, answering):
        seats.connected(kernel)
        seats.spoke(kernel)
    seats.answered(answering)
    clock.now = 300
    seats.spoke(stuck)
    assert seats.overdue() == [stuck]
    for hour in range(1, 25):
        clock.now = hour * 3600
        seats.spoke(answering)
        seats.answered(answering)
    assert answering in seats.overdue()


def test_connecting_anew_does_not_give_a_new_allowance():
    seats = Seats(Limits(connections=2))
    kernel = seats.take("a")
    seats.connected(kernel)
    assert seats.may_connect(kernel)
    seats.connected(kernel)
    assert not seats.may_connect(kernel)
    sent = sum(seats.may_send(kernel, 2**20) for _turn in range(100))
    assert 32 <= sent <= 34
    seats.disconnected(kernel)
    assert not seats.may_send(kernel, 2**20)


def _ask(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(headers.pop("method", "GET"), path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(errors="replace"), answer.headers
    connection.close()
    return found


@pytest.fixture(scope="module")
def served(platform):
    """The platform, and the port of its pages."""
    return platform, int(platform.pages.rpartition(":")[2])


def _visitor(port):
    status, text, headers = _ask(port, "/pekppp")
    assert status == 200
    kernel, model = (re.search(f'data-mutu="{name}">"([^"]+)"', text)[1] for name in ("kernel", "model"))
    return kernel, model, headers["Set-Cookie"].partition(";")[0]


def _connect(port, kernel, cookie, session="s"):
    from websockets.sync.client import connect

    return connect(
        f"ws://127.0.0.1:{port}/api/kernels/{kernel}/channels?session_id={session}",
        additional_headers={"Cookie": cookie}, origin=f"http://127.0.0.1:{port}",
        subprotocols=["v1.kernel.websocket.jupyter.org"], open_timeout=60,
    )  # fmt: skip


def test_a_page_has_no_more_than_four_connections(served):
    from websockets.exceptions import InvalidStatus

    _platform, port = served
    kernel, _model, cookie = _visitor(port)
    with ExitStack() as sockets:
        for _turn in range(4):
            sockets.enter_context(_connect(port, kernel, cookie))
        with pytest.raises(InvalidStatus) as refused, _connect(port, kernel, cookie):
            pass
    assert refused.value.response.status_code == 429


def test_a_request_that_never_ends_is_cut_off(served):
    _platform, port = served
    slow = [socket.create_connection(("127.0.0.1", port)) for _turn in range(30)]
    for each in slow:
        each.sendall(b"GET /pekppp HTTP/1.1\r\nHost: 127.0.0.1")
        each.settimeout(40)
    assert all(each.recv(1000) == b"" for each in slow)


@pytest.mark.parametrize(
    "lines",
    [
        "POST /close/x|Content-Length: 1000000000",
        "POST /close/x|Transfer-Encoding: chunked|Content-Length: 5",
        "GET /pekppp|Host: attacker.example",
        "GET /pekppp|X: " + "x" * 20_000,
        "GET /pekppp|Host",
        "GET /pekppp HTTP/9.9",
    ],
)
def test_a_request_that_can_be_read_in_two_ways_or_has_no_measure_is_not_read(served, lines):
    _platform, port = served
    first, *headers = lines.split("|")
    sent = [first if "HTTP" in first else f"{first} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall("\r\n".join(sent).encode())
        assert connection.recv(12) in (b"HTTP/1.1 400", b"")


def test_another_name_for_the_pages_is_refused_at_every_address(served):
    _platform, port = served
    kernel, _model, cookie = _visitor(port)
    for path, method in ((f"/close/{kernel}", "POST"), ("/health", "GET"), ("/pekppp", "GET"), ("/static/x", "GET")):
        assert _ask(port, path, method=method, Host="attacker.example", Cookie=cookie)[0] == 403
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    upgrade |= {"Sec_WebSocket_Key": "x" * 22 + "==", "Sec_WebSocket_Protocol": "v1.kernel.websocket.jupyter.org"}
    address = f"/api/kernels/{kernel}/channels"
    assert _ask(port, address, Host="a.example", Origin="http://a.example", Cookie=cookie, **upgrade)[0] == 403
    assert _ask(port, address, Host=f"127.0.0.1:{port}", Origin="null", Cookie=cookie, **upgrade)[0] == 403


def test_a_planted_cookie_opens_no_kernel_of_its_victim(served):
    _platform, port = served
    planted = f"mutu-pengunjung-{port}={secrets.token_urlsafe(32)}"
    victims, _model, _cookie = _visitor(port)
    guess = {"Origin": f"http://127.0.0.1:{port}", "Cookie": planted}
    assert _ask(port, f"/api/kernels/{victims}/channels", Sec_WebSocket_Protocol="v1", **guess)[0] == 403


def test_long_addresses_do_not_fill_the_log(served):
    platform, port = served
    log = platform.folder / ".mutu" / "log" / "pages.log"
    before = log.stat().st_size
    for _turn in range(50):
        _ask(port, "/" + "y" * 12_000)
        assert _ask(port, f"/api/kernels/{uuid4()}/channels?session_id={'y' * 12_000}")[0] == 403
    assert _ask(port, f"/pekppp?lang=%ff{'y' * 12_000}")[0] == 400
    assert log.stat().st_size - before < 1000


def test_visitors_who_leave_in_the_middle_do_not_fill_the_log(served):
    platform, port = served
    log = platform.folder / ".mutu" / "log" / "pages.log"
    before = log.stat().st_size
    for _turn in range(5):
        with socket.create_connection(("127.0.0.1", port)) as leaving:
            leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            leaving.sendall(b"GET /pekppp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert leaving.recv(1)
    kernel, _model, cookie = _visitor(port)
    with _connect(port, kernel, cookie):
        pass
    assert log.stat().st_size - before < 1000


def test_a_page_names_its_session_in_no_log(served):
    platform, port = served
    log = platform.folder / ".mutu" / "log" / "pages.log"
    before = log.stat().st_size
    kernel, _model, cookie = _visitor(port)
    for _turn in range(3):
        with _connect(port, kernel, cookie, "y" * 4000), _connect(port, kernel, cookie, "y" * 4000):
            pass
    assert "yyy" not in log.read_text(encoding="utf-8")
    assert log.stat().st_size - before < 1000


def test_a_log_is_kept_short_while_it_is_written(tmp_path):
    place = Workspace(tmp_path / "w")
    workspace.ensure_writable(place)
    served = pages.Pages(place, "", free_port())
    log = place.log / "pages.log"
    with log.open("ab") as writing:
        writing.write(b"x" * 1_100_000)
        writing.flush()
        served.watch(print)
        writing.write(b"after")
    assert log.read_bytes() == b"after"
    assert (place.log / "pages.log.1").stat().st_size == 1_100_000


def test_a_page_begins_no_assessments_without_end(tmp_path):
    from mutu.assess.pages.assessment import MOST_NEW, Assessment, Create

    page = Assessment("pekppp", tmp_path)
    for _turn in range(MOST_NEW):
        page.create(Create(), ())
    with pytest.raises(InputError, match="Too many"):
        page.create(Create(), ())


@pytest.mark.parametrize(("name", "most"), [("MOST_ASSESSMENTS", 2), ("MOST_BYTES", 1)])
def test_a_full_store_begins_nothing_new_and_saves_on(tmp_path, monkeypatch, name, most):
    with open_store(tmp_path / "mutu.sqlite") as opened:
        token = opened.create("pekppp", "1")
        opened.create("pekppp", "1")
        monkeypatch.setattr(store, name, most)
        with pytest.raises(WorkspaceError, match="full"):
            opened.create("pekppp", "1")
        opened.save(token, "1", score=3)
        assert opened.get(token).scores == {"1": 3}


@POSIX
def test_what_a_workspace_holds_is_for_its_owner_alone(served):
    platform, _port = served
    open_store(platform.folder / "mutu.sqlite").close()
    assert platform.folder.stat().st_mode & 0o777 == 0o700
    private = [platform.folder / name for name in ("mutu.sqlite", ".mutu", "cadangan", ".mutu/running.json")]
    private += [*(platform.folder / ".mutu").rglob("*"), platform.folder / "kursus" / "gradebook.db"]
    assert not [path for path in private if path.exists() and path.stat().st_mode & 0o077]


@POSIX
def test_a_store_that_others_could_read_is_closed_to_them(tmp_path):
    file = tmp_path / "mutu.sqlite"
    file.touch(mode=0o644)
    with open_store(file) as opened:
        opened.create("pekppp", "1")
        assert not [path for path in tmp_path.iterdir() if path.stat().st_mode & 0o077]


@POSIX
def test_a_backup_is_for_its_owner_alone(tmp_path):
    place = Workspace(tmp_path / "w")
    workspace.ensure_writable(place)
    workspace.stamp(place, None)
    assert archive.backup(place, tmp_path / "a.zip").file.stat().st_mode & 0o777 == 0o600


def test_no_token_stands_in_a_log_an_argument_or_a_backup(served, tmp_path):
    platform, _port = served
    platform.get("/mutu?token=" + platform.token, token=False)
    with open_store(platform.folder / "mutu.sqlite") as opened:
        token = opened.create("pekppp", "1")
    assert token in platform.get("/mutu")[1]
    said = "".join(path.read_text("utf-8", "replace") for path in (platform.folder / ".mutu" / "log").iterdir())
    arguments = " ".join(part for process in platform.family() for part in process.cmdline())
    assert not [secret for secret in (platform.token, token) if secret in said + arguments]
    done = run("backup", str(tmp_path / "a.zip"), "--dir", str(platform.folder))
    assert done.returncode == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert not [name for name in packed.namelist() if platform.token.encode() in packed.read(name)]


@POSIX
def test_the_browser_is_started_with_a_file_and_not_with_the_token(tmp_path):
    place = Workspace(tmp_path / "w")
    workspace.ensure_writable(place)
    address = _to_open(place, Running(1, 8888, "rahasia"))
    assert address.startswith("file://")
    assert "rahasia" not in address
    assert place.opener.stat().st_mode & 0o777 == 0o600
    assert "token=rahasia" in place.opener.read_text()


def test_another_account_on_this_machine_hears_nothing_of_a_lessons_kernel(served):
    from websockets.sync.client import connect

    platform, _port = served
    before = set(platform.family())
    kernel = json.loads(platform.post("/api/kernels", b"{}")[1])["id"]
    while not (new := [each for each in set(platform.family()) - before if kernel in " ".join(each.cmdline())]):
        time.sleep(0.1)
    address = f"{platform.base.replace('http', 'ws')}/api/kernels/{kernel}/channels?session_id=s"
    with connect(address, additional_headers={"Authorization": f"token {platform.token}"}, open_timeout=60) as channel:
        assert channel.recv(timeout=60)
        with overhearing(new[0]) as heard_anything:
            for _turn in range(10):
                request = {"header": _header("kernel_info_request"), "parent_header": {}, "metadata": {}, "content": {}}
                channel.send(json.dumps(request | {"channel": "shell"}))
                time.sleep(0.2)
            assert not heard_anything()


def _header(kind):
    return {"msg_id": uuid4().hex, "msg_type": kind, "username": "", "session": "s", "version": "5.3", "date": ""}


def test_the_landing_pages_allow_no_frame_no_foreign_script_and_no_form(served):
    platform, _port = served
    for path in ("/mutu", "/mutu/penilaian", "/mutu/bantuan", "/mutu/bantuan-menilai"):
        status, text, headers = _ask(
            int(platform.base.rpartition(":")[2]), path, Authorization=f"token {platform.token}"
        )
        policy = headers["Content-Security-Policy"]
        assert status == 200
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'sha256-" in policy
        assert not re.search(r"\son\w+=|javascript:", text)
    lab = _ask(int(platform.base.rpartition(":")[2]), "/lab", Authorization=f"token {platform.token}")
    assert "frame-ancestors 'self'" in lab[2]["Content-Security-Policy"]


def test_another_site_does_not_switch_the_language(served):
    platform, _port = served
    kept = platform.folder / ".mutu" / "language"
    kept.write_text("id\n", encoding="utf-8")
    platform.get("/mutu?lang=en", **{"Sec-Fetch-Site": "cross-site"})
    assert kept.read_text(encoding="utf-8") == "id\n"


@pytest.mark.parametrize("target", ["//example.org", "https://example.org", "/\\example.org", "http:///example.org"])
def test_nobody_is_led_to_another_site(served, target):
    platform, _port = served
    port = int(platform.base.rpartition(":")[2])
    address = f"/login?next={target}&token={platform.token}"
    # a path of this server is no other site, whatever it is called
    assert re.match(r"/(?![/\\])", _ask(port, address)[2]["Location"] or "/")


def _backup_with(tmp_path, files):
    listed = [{"name": n, "size": len(b), "sha256": sha256(b).hexdigest()} for n, b in files.items()]
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as packed:
        for name, body in files.items():
            packed.writestr(name, body)
        manifest = {"kind": "mutu-workspace", "format": 1, "mutu": "0", "made": "", "files": listed}
        packed.writestr(archive.MANIFEST, json.dumps(manifest))
    return tmp_path / "evil.zip"


def test_a_backup_brings_no_program_into_force(tmp_path):
    programs = [
        ".mutu/jupyter/config/jupyter_server_config.py",
        ".mutu/jupyter/config/jupyter_server_config.json",
        ".mutu/jupyter/config/jupyter_server_config.d/x.json",
        ".mutu/jupyter/data/kernels/python3/kernel.json",
        ".mutu/jupyter/data/notebook_secret",
        ".mutu/ipython/profile_default/startup/00.py",
        ".MUTU/ipython/profile_default/startup/01.py",
        "jupyter_config/jupyter_server_config.py",
        "Jupyter_Config/jupyter_lab_config.py",
        "jupyter_config/nbgrader_config_local.py",
        "kursus/nbgrader_config.py",
    ]
    kept = {"belajar/a.ipynb": b"{}", ".mutu/jupyter/config/lab/user-settings/a/b.jupyterlab-settings": b"{}"}
    file = _backup_with(tmp_path, dict.fromkeys(programs, b"raise SystemExit") | kept)
    restore.restore(file, Workspace(tmp_path / "w"))
    there = {path.relative_to(tmp_path / "w").as_posix() for path in (tmp_path / "w").rglob("*") if path.is_file()}
    assert there == set(kept) | {f"{name}{restore.ASIDE}" for name in programs if "mutu/" not in name.casefold()}


def test_a_link_in_a_backup_is_only_a_text(tmp_path):
    info = zipfile.ZipInfo("tautan")
    info.external_attr = 0o120777 << 16
    body = b"/etc/passwd"
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as packed:
        packed.writestr(info, body)
        listed = [{"name": "tautan", "size": len(body), "sha256": sha256(body).hexdigest()}]
        manifest = {"kind": "mutu-workspace", "format": 1, "mutu": "0", "made": "", "files": listed}
        packed.writestr(archive.MANIFEST, json.dumps(manifest))
    restore.restore(tmp_path / "evil.zip", Workspace(tmp_path / "w"))
    assert not (tmp_path / "w" / "tautan").is_symlink()


def test_names_that_differ_only_in_case_are_refused(tmp_path):
    with pytest.raises(ReadError):
        restore.restore(_backup_with(tmp_path, {"a.txt": b"1", "A.TXT": b"2"}), Workspace(tmp_path / "w"))


def test_what_a_killed_process_left_goes_at_the_next_start_and_a_living_ones_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels.tempfile, "tempdir", str(tmp_path))
    living, held = kernels.private_root()
    dead, lost = kernels.private_root()
    (dead / "upload").write_bytes(b"x")
    lost.close()
    os.utime(living, (1, 1))
    third, third_held = kernels.private_root()
    assert living.exists()
    assert third.exists()
    assert not dead.exists()
    held.close()
    third_held.close()


@POSIX
def test_a_kernel_cannot_take_the_whole_memory(served):
    platform, port = served
    _visitor(port)
    found = [each for each in platform.family() if "mutu.serve.voila.kernel" in each.cmdline()]
    assert found
    assert all(each.rlimit(psutil.RLIMIT_AS)[1] == 4 * 2**30 for each in found)


@pytest.mark.parametrize(
    "pattern",
    [unpacking._XLSX_CELL, unpacking._ODS_TAG, unpacking._ODS_REPEAT, *(
        getattr(workbook, name) for name in ("_SHEET", "_RELATION", "_ATTRIBUTE", "_HIDDEN", "_UNSTORED")
    )],
)  # fmt: skip
@pytest.mark.parametrize(
    "piece",
    [b"<c ", b"<c r='A1' ", b"<c r='A1'><f ", b"<row ", b" hidden='1'", b"<table:table-row", b"a", b"a='", b" "],
)
@pytest.mark.timeout(60)  # a pattern that begins anew at every place would go on for hours
def test_a_hostile_sheet_costs_one_pass(pattern, piece):
    for start in (b"", b"<c "):
        assert len(pattern.findall(start + piece * 60_000)) <= 60_000


def test_a_hostile_store_runs_no_function_from_its_schema(tmp_path):
    with open_store(tmp_path / "mutu.sqlite") as opened, opened._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA trusted_schema").scalar() == 0
    with closing(sqlite3.connect(tmp_path / "mutu.sqlite")) as plain:
        assert plain.execute("SELECT count(*) FROM assessment").fetchone() == (0,)


def test_the_pages_never_hear_of_the_platforms_token(served):
    platform, port = served
    _status, text, headers = _ask(port, "/pekppp")
    assert platform.token not in text + str(headers)
    assert headers["Referrer-Policy"] == "no-referrer"
    (process,) = [each for each in platform.family() if "mutu.serve.voila" in each.cmdline()]
    assert platform.token not in " ".join([*process.cmdline(), *process.environ().values()])


def test_the_pages_folders_are_where_no_other_account_can_enter(served):
    platform, port = served
    _visitor(port)
    found = [each.cwd() for each in platform.family() if "mutu.serve.voila.kernel" in each.cmdline()]
    assert all(Path(folder).parent.stat().st_mode & 0o777 == 0o700 for folder in found if sys.platform != "win32")


NASTY = [
    '=HYPERLINK("http://example.org","x")',
    "@SUM(1)",
    "+cmd|calc",
    '#read("/etc/passwd")',
    "{{ 7*7 }}{% for %}",
    "$\\frac{x$",
    "<script>alert(1)</script>",
    "&amp;<w:t>",
    "\\write18{id}",
]


def test_hostile_texts_stay_text_in_every_file(tmp_path):
    import openpyxl
    from docx import Document

    from mutu import responses
    from mutu.measure import skm
    from mutu.report import skm as writing
    from mutu.report.office import Office

    columns = [f"U{number}" for number in range(1, 10)]
    lines = [",".join(["Pendidikan", *columns])]
    lines += [f'"{NASTY[row // 7 % 9].replace(chr(34), chr(34) * 2)}",' + ",".join("3" * 9) for row in range(63)]
    survey = responses.read("\n".join(lines).encode(), name="<script>=1.csv")
    by = {name: survey.profile[name].tolist() for name in survey.profile.columns}
    result = skm.score(survey.answers, scale=survey.scale, by=by)
    office = Office(name=NASTY[4] + NASTY[3], unit=NASTY[5], period=NASTY[0], head=NASTY[6], services=tuple(NASTY))
    files = writing.write(result, survey, tmp_path, office=office)
    cells = [cell for sheet in openpyxl.load_workbook(files["xlsx"]) for row in sheet.iter_rows() for cell in row]
    assert not [
        cell for cell in cells if cell.data_type == "f" and re.search("HYPER|SUM\\(1|cmd|read", str(cell.value))
    ]
    said = "\n".join(paragraph.text for paragraph in Document(str(files["docx"])).paragraphs)
    said += "\n".join(cell.text for table in Document(str(files["docx"])).tables for cell in table._cells)
    assert NASTY[4] in said
    with zipfile.ZipFile(files["docx"]) as packed:
        assert "example.org" not in packed.read("word/_rels/document.xml.rels").decode()
    assert files["pdf"].stat().st_size > 10_000
    assert files["poster_png"].stat().st_size > 10_000
