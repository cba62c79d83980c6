"""`mutu start` as a person meets it: real processes, real ports, real folders."""

import contextlib
import json
import os
import re
import signal
import socket
from pathlib import Path

import psutil
import pytest
from running import LINK, Platform, free_port, run, until

import mutu
from mutu.course import rights
from mutu.kernels.choice import WARM, provisioner
from mutu.store import open_store


def test_the_landing_page_answers_in_a_new_workspace(platform):
    status, page = platform.get("/mutu")
    assert status == 200
    assert "Belajar" in page


def test_one_link_is_printed_and_the_warning_that_goes_with_it(platform):
    said = platform.said()
    assert len(LINK.findall(said)) == 1
    assert "jangan pernah membagikannya" in said.lower()
    assert "Ctrl+C" in said
    assert "Traceback" not in said


def test_the_link_alone_opens_the_page_and_leaves_a_cookie(platform):
    assert platform.get("/mutu?token=" + platform.token, token=False)[0] == 200


@pytest.mark.parametrize("path", ["/mutu", "/mutu/penilaian", "/mutu/bantuan", "/mutu/bantuan-menilai"])
def test_without_the_token_a_page_is_locked_and_says_how_to_get_in(platform, path):
    status, page = platform.get(path, token=False)
    assert status == 403
    assert "Halaman ini terkunci" in page
    assert platform.token not in page
    assert str(platform.folder) not in page


@pytest.mark.parametrize("token", ["guessed", "", "x" * 48])
def test_no_other_token_opens_anything(platform, token):
    for path in (f"/mutu?token={token}", f"/api/contents?token={token}"):
        assert platform.get(path, token=False)[0] == 403


def test_only_the_ready_sign_answers_without_a_token(platform):
    status, said = platform.get("/mutu/siap", token=False)
    assert (status, json.loads(said)) == (200, {"pid": platform.process.pid})


def test_another_name_for_this_machine_is_refused(platform):
    """A page elsewhere that points its name at this machine must not reach the server."""
    assert platform.get("/mutu", Host="evil.example")[0] == 403


def _connections(process):
    """None of a helper that has ended since the family was counted."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.net_connections(kind="inet")
    return []


def _whose_command_has(platform, text):
    found = []
    for process in platform.family():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            found += [process] if text in " ".join(process.cmdline()) else []
    return found


def _loaded(platform):
    return _whose_command_has(platform, "mutu.kernels.template")


@pytest.mark.skipif(provisioner() != WARM, reason="this system cannot fork a loaded process")
def test_a_lessons_kernel_is_forked_from_a_process_of_the_servers_own(platform):
    assert until(lambda: len(_loaded(platform)) == 2, 30)  # another one for the pages
    kernel = json.loads(platform.post("/api/kernels", b"{}")[1])["id"]
    (process,) = _whose_command_has(platform, kernel)
    above = process.parent()
    assert above in _loaded(platform)
    assert above.parent().pid == platform.process.pid


def test_nobody_outside_this_machine_is_answered(platform):
    listening = [
        connection.laddr
        for process in platform.family()
        for connection in _connections(process)
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 2
    assert {address.ip for address in listening} == {"127.0.0.1"}


def test_jupyter_keeps_to_the_workspace_and_leaves_the_home_alone(platform):
    home = Path(platform.family()[0].environ()["HOME"])
    assert platform.get("/lsp/status")[0] == 200  # it answers when JupyterLab's helpers have been looked for
    files = [path.relative_to(home) for path in home.rglob("*") if path.is_file()]
    # a lesson that is built anew draws figures, whose fonts matplotlib remembers in .cache
    assert [file.name for file in files if file.parts[0] != ".cache"] == ["jupyter_server_config.py"]
    assert json.loads(platform.get("/api/contents")[1])["path"] == ""
    assert (platform.folder / ".mutu" / "jupyter" / "runtime").is_dir()


def test_what_only_the_program_needs_is_hidden_in_jupyterlab(platform):
    names = {item["name"] for item in json.loads(platform.get("/api/contents")[1])["content"]}
    assert {"belajar", "kursus"} <= names
    assert ".mutu" not in names


@pytest.mark.parametrize("path", ["/lab", "/formgrader/manage_assignments", "/lab/tree/belajar/02-skm/skm.ipynb"])
def test_every_door_leads_somewhere(platform, path):
    assert platform.get(path)[0] == 200


def test_a_lesson_exported_as_html_loads_nothing_from_the_network(platform):
    status, page = platform.get("/nbconvert/html/belajar/02-skm/skm.ipynb")
    assert status == 200
    assert "SKM: dari kuesioner ke IKM" in page
    assert re.findall(r"""<(?:script|link|img)[^>]+(?:src|href)=["']?http[^>]*""", page) == []


def test_the_doors_name_where_they_lead(platform):
    page = platform.get("/mutu")[1]
    for target in ("/lab/tree/belajar/02-skm/skm.ipynb", "/formgrader", "/pekppp?lang=id", "/skm?lang=id"):
        assert target in page


def test_the_pages_answer_at_an_address_of_their_own(platform):
    port = int(platform.pages.rpartition(":")[2])
    assert port == int(platform.base.rpartition(":")[2]) + 1
    assert "program lain" not in platform.said()
    with socket.create_connection(("127.0.0.1", port), timeout=10):
        pass


def test_a_second_start_in_the_same_workspace_says_the_link_again(platform):
    again = run("start", "--no-browser", "--dir", str(platform.folder))
    assert again.returncode == 0
    assert platform.link in again.stdout
    assert platform.process.poll() is None


def test_a_taken_port_is_said_in_one_sentence_and_leaves_nothing_behind(platform, tmp_path):
    port = platform.base.rpartition(":")[2]
    (tmp_path / "kosong").mkdir()
    for folder in ("lain", "dalam/lain", "kosong"):
        ended = run("start", "--no-browser", "--port", port, "--dir", str(tmp_path / folder))
        assert ended.returncode == 1
        assert f"Port {port} sedang dipakai" in ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["kosong"]


def test_a_second_start_with_the_same_port_says_the_link_again(platform):
    port = platform.base.rpartition(":")[2]
    again = run("start", "--no-browser", "--port", port, "--dir", str(platform.folder))
    assert again.returncode == 0
    assert platform.link in again.stdout


def test_a_restore_into_a_running_workspace_is_refused(platform, tmp_path):
    ended = run("restore", str(tmp_path / "x.zip"), "--replace", "--dir", str(platform.folder))
    assert ended.returncode == 1
    assert "sedang dibuka oleh mutu" in ended.stderr


def test_a_backup_of_a_running_workspace_is_whole(platform, tmp_path):
    with open_store(platform.folder / "mutu.sqlite") as store:
        token = store.create("pekppp", "2025.1", "Puskesmas Contoh")
        store.save(token, "1", score=4)
        ended = run("backup", str(tmp_path / "salinan.zip"), "--dir", str(platform.folder))
    assert ended.returncode == 0, ended.stderr
    back = run("restore", str(tmp_path / "salinan.zip"), "--dir", str(tmp_path / "pulih"))
    assert back.returncode == 0, back.stderr
    with open_store(tmp_path / "pulih" / "mutu.sqlite") as store:
        assert store.get(token).scores == {"1": 4}
    assert not (tmp_path / "pulih" / ".mutu" / "running.json").exists()


def test_saved_assessments_stand_behind_the_token_with_progress_and_time(platform):
    with open_store(platform.folder / "mutu.sqlite") as store:
        token = store.create("pekppp", "2025.1", "<b>Dinas</b>")
        for code in range(1, 13):
            store.save(token, str(code), score=3)
    page = platform.get("/mutu")[1]
    assert f"#{token}" in page
    assert "12 dari 30 butir, tersimpan" in page
    assert "&lt;b&gt;Dinas" in page
    assert "<b>Dinas" not in page
    assert f"#{token}" in platform.get("/mutu/penilaian")[1]
    assert token not in platform.get("/mutu/penilaian", token=False)[1]


def test_the_exercise_shows_how_far_one_has_come(platform):
    exercise = platform.folder / "belajar" / "02-skm" / "latihan" / "skm.ipynb"
    notebook = json.loads(exercise.read_text(encoding="utf-8"))
    tasks = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    assert f"0 dari {len(tasks)} tugas" in platform.get("/mutu")[1]
    for cell in tasks[:3]:
        cell["source"] = "jawaban = 1"
    exercise.write_text(json.dumps(notebook), encoding="utf-8")
    assert f"Modul 02 · 3 dari {len(tasks)} tugas diisi<" in platform.get("/mutu")[1]


def test_submissions_that_wait_are_counted(platform):
    assert "Tidak ada kiriman yang menunggu" in platform.get("/mutu")[1]
    (platform.folder / "kursus" / "submitted" / "ana" / "skm").mkdir(parents=True)
    assert ">1 kiriman menunggu penilaian otomatis<" in platform.get("/mutu")[1]


def test_a_gradebook_that_cannot_be_read_does_not_close_the_doors(platform):
    gradebook = platform.folder / "kursus" / "gradebook.db"
    kept = gradebook.read_bytes()
    gradebook.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    try:
        status, page = platform.get("/mutu")
    finally:
        gradebook.write_bytes(kept)
    assert status == 200
    assert "Buku nilai belum dapat dibaca" in page


def test_english_is_one_click_away_and_jupyterlab_follows(platform):
    config = platform.folder / ".mutu" / "jupyter" / "config"
    own = config / "lab" / "user-settings" / "own.jupyterlab-settings"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text("{}", encoding="utf-8")
    defaults = config / "labconfig" / "default_setting_overrides.json"
    try:
        assert "What would you like to do?" in platform.get("/mutu?lang=en")[1]
        assert '"locale": "en"' in defaults.read_text(encoding="utf-8")
        assert "skm-en.ipynb" in platform.get("/mutu")[1]
        assert platform.get("/mutu?lang=xx")[0] == 200
    finally:
        assert "Apa yang ingin" in platform.get("/mutu?lang=id")[1]
    assert '"locale": "id_ID"' in defaults.read_text(encoding="utf-8")
    assert own.read_text(encoding="utf-8") == "{}"


def test_a_stranger_cannot_switch_the_language(platform):
    platform.get("/mutu?lang=en", token=False)
    assert "Belajar" in platform.get("/mutu")[1]


def test_the_grading_help_and_the_rights_are_said(platform):
    page = platform.get("/mutu/bantuan-menilai")[1]
    for said in (
        "Kegunaan tombol formgrader",
        "mengisolasi setiap kiriman" if rights.is_isolated() else "orang yang Anda percayai",
        'href="/mutu/bantuan-menilai?lang=en"',
        "None, None",
        "<code>mutu course students BERKAS</code>",
    ):
        assert said in page
    # the front page warns where it has to
    assert ("orang yang Anda percayai" in platform.get("/mutu")[1]) != rights.is_isolated()


def test_pages_that_die_are_started_again_and_it_is_said(platform):
    before = [process for process in platform.family() if "mutu.serve.voila" in " ".join(process.cmdline())]
    assert len(before) >= 1
    before[0].kill()
    platform.wait_for("sempat berhenti dan sudah dijalankan kembali", 20)
    assert until(lambda: _is_taken(int(platform.pages.rpartition(":")[2])), 30), "the pages did not come back"


def _is_taken(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_pages_that_could_not_have_their_port_say_where_they_are_and_how_old_links_go_on(tmp_path_factory):
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + 1))
        other.listen()
        with Platform(_used_workspace(tmp_path_factory), "--port", str(port)) as running:
            now = running.pages.rpartition(":")[2]
            said = running.wait_for(r"Port \d+ sedang dipakai program lain.*").group()
    assert said.startswith(f"Port {port + 1} sedang dipakai")
    assert f"http://127.0.0.1:{now}/" in said
    assert f"ganti {port + 1} dengan {now}" in said


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_end_leaves_no_process_and_the_next_start_finds_the_work(tmp_path_factory, sign):
    folder = _used_workspace(tmp_path_factory)
    with Platform(folder, "--port", str(free_port())) as running:
        assert running.post("/api/kernels", b"{}")[0] == 201
        family = running.family()
        assert len(family) >= 3
        assert running.stop(sign) == 0
        _gone, left = psutil.wait_procs(family, timeout=15)
        assert left == []
        assert "mutu sudah berhenti" in running.said()
        assert not (folder / ".mutu" / "running.json").exists()
    assert (folder / "catatan-saya.txt").read_text(encoding="utf-8") == "milik saya"


def test_a_second_sign_does_not_wait(tmp_path_factory):
    with Platform(_used_workspace(tmp_path_factory), "--port", str(free_port())) as running:
        family = running.family()
        running.process.send_signal(signal.SIGINT)
        running.process.send_signal(signal.SIGINT)
        running.process.wait(15)
        assert psutil.wait_procs(family, timeout=15)[1] == []


def test_a_killed_platform_takes_its_processes_along_and_locks_nobody_out(tmp_path_factory):
    folder = _used_workspace(tmp_path_factory)
    with Platform(folder, "--port", str(free_port())) as running:
        family = running.family()
        running.process.kill()
        assert psutil.wait_procs(family, timeout=30)[1] == []
        assert (folder / ".mutu" / "running.json").exists()
    with Platform(folder, "--port", str(free_port())) as again:
        assert again.get("/mutu")[0] == 200


def test_signs_before_the_server_is_up_stop_it_too(tmp_path_factory):
    running = Platform(_used_workspace(tmp_path_factory), "--port", str(free_port()))
    try:
        running.wait_for("sedang dijalankan", 30)
        family = running.family()
        assert running.stop(signal.SIGTERM) == 0
        assert psutil.wait_procs(family, timeout=15)[1] == []
        assert "Traceback" not in running.said()
    finally:
        running.end()


_used: list[Path] = []


def _used_workspace(tmp_path_factory):
    """A workspace that was used before, made once."""
    if not _used:
        folder = tmp_path_factory.mktemp("used") / "kerja"
        with Platform(folder, "--port", str(free_port())) as running:
            running.stop()
        (folder / "catatan-saya.txt").write_text("milik saya", encoding="utf-8")
        _used.append(folder)
    return _used[0]


def test_a_file_in_the_place_of_the_folder_is_said_in_one_sentence(tmp_path):
    (tmp_path / "kerja").write_text("", encoding="utf-8")
    for folder in (tmp_path / "kerja", tmp_path / "kerja" / "dalam"):
        ended = run("start", "--no-browser", "--dir", str(folder))
        assert ended.returncode == 1
        assert "tidak dapat menjadi ruang kerja" in ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a file system that nobody can write")
def test_a_folder_that_cannot_be_written_is_said_in_one_sentence():
    ended = run("start", "--no-browser", "--dir", "/proc/kerja")
    assert ended.returncode == 1
    assert "tidak dapat ditulis" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_a_newer_workspace_is_refused_in_one_sentence_and_left_alone(tmp_path):
    folder = tmp_path / "kerja"
    (folder / ".mutu").mkdir(parents=True)
    marker = {"format": 99, "mutu": "9.9.9", "created": "2031-01-01T00:00:00+07:00"}
    (folder / ".mutu" / "workspace.json").write_text(json.dumps(marker), encoding="utf-8")
    ended = run("start", "--no-browser", "--port", str(free_port()), "--dir", str(folder))
    assert ended.returncode == 1
    assert "9.9.9" in ended.stderr
    assert mutu.__version__ in ended.stderr
    assert json.loads((folder / ".mutu" / "workspace.json").read_text(encoding="utf-8")) == marker
    assert not (folder / "belajar").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="the warning is for root")
def test_root_is_warned_in_one_line(platform):
    assert len(re.findall("sebagai root", platform.said())) == 1


def test_a_port_that_does_not_exist_is_wrong_usage(tmp_path):
    assert run("start", "--no-browser", "--port", "70000", "--dir", str(tmp_path / "a")).returncode == 2
