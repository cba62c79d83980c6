"""Workspace, lock, ports and doctor: what a machine can do, and what is said when it cannot."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from running import environment, run

import mutu
from mutu.course import rights
from mutu.errors import PortError, WorkspaceError
from mutu.serve import doctor, instance, ports, upgrade, workspace
from mutu.serve.workspace import Workspace
from mutu.store import open_store

ROOT = Path(__file__).parents[2]
ONLY_POSIX = ("fcntl", "pwd", "grp", "termios", "resource", "pty", "tty", "posix_ipc", "syslog", "crypt")


@pytest.fixture
def place(tmp_path):
    found = Workspace(tmp_path / "kerja")
    workspace.ensure_writable(found)
    return found


def test_dir_goes_before_mutu_home_and_that_before_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MUTU_HOME", raising=False)
    assert workspace.locate().root == tmp_path / "mutu-kerja"
    monkeypatch.setenv("MUTU_HOME", str(tmp_path / "rumah"))
    assert workspace.locate().root == tmp_path / "rumah"
    assert workspace.locate("lain").root == tmp_path / "lain"


def test_files_that_are_there_stay_as_they_are(place):
    (place.root / "BACA-SAYA.md").write_text("milik saya", encoding="utf-8")
    upgrade.open_folder(place)
    assert (place.root / "BACA-SAYA.md").read_text(encoding="utf-8") == "milik saya"


def test_an_older_workspace_is_copied_before_it_is_upgraded(place):
    with open_store(place.store) as store:
        token = store.create("pekppp", "2025.1", "lama")
    older = {"format": 1, "mutu": "0.0.1", "created": "2026-01-01T00:00:00+07:00"}
    place.marker.write_text(json.dumps(older), encoding="utf-8")
    backup = upgrade.open_folder(place)
    assert backup.parent == place.backups
    assert "0.0.1" in backup.name
    marker = workspace.read_marker(place)
    assert (marker["mutu"], marker["created"]) == (mutu.__version__, older["created"])
    with open_store(place.store) as store:
        assert store.get(token).label == "lama"
    assert upgrade.open_folder(place) is None


def test_a_damaged_marker_gets_a_sentence(place):
    place.marker.write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        workspace.read_marker(place)


def test_a_newer_store_is_refused(place):
    import sqlite3

    open_store(place.store).close()
    with sqlite3.connect(place.store) as book:
        book.execute("UPDATE alembic_version SET version_num = 'ffff'")
    book.close()
    with pytest.raises(WorkspaceError):
        upgrade.open_folder(place)


def test_the_lock_is_held_by_one_and_let_go_at_the_end(place):
    with instance.hold(place), pytest.raises(instance.InUse), instance.hold(place):
        pass
    with instance.hold(place):
        pass


def test_the_lock_goes_with_a_process_that_is_killed(place):
    code = (
        "import sys, time; from pathlib import Path; from mutu.serve import instance; "
        "from mutu.serve.workspace import Workspace\n"
        "with instance.hold(Workspace(Path(sys.argv[1]))): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(place.root)], stdout=subprocess.PIPE, env=environment())
    try:
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(WorkspaceError, match="open in a running"):
            instance.refuse_running(place)
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    instance.refuse_running(place)


def test_a_record_of_a_platform_that_is_gone_is_not_believed(place):
    instance.announce(place, instance.Running(pid=1, port=ports.free_from(20000), token="x"))  # noqa: S106
    assert instance.find(place) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_the_record_with_the_token_is_for_its_owner_alone(place):
    instance.announce(place, instance.Running(pid=1, port=1, token="rahasia"))  # noqa: S106
    assert (place.private / "running.json").stat().st_mode & 0o077 == 0


def test_a_taken_port_names_a_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError) as said:
            ports.reserve(port)
        assert ports.is_free(said.value.fields["other"])


def test_without_a_port_the_next_free_one_is_taken():
    with ports.reserve(None) as first, ports.reserve(None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]
        assert first.getsockname()[0] == "127.0.0.1"


def test_doctor_says_what_the_machine_can_do(tmp_path):
    ended = run("doctor", "--json", "--dir", str(tmp_path / "belum"))
    found = {item["name"]: item for item in json.loads(ended.stdout)["findings"]}
    assert {"python", "packages", "content", "jupyter", "language", "workspace", "disk", "ports", "grading"} <= set(
        found
    )
    assert found["language"]["state"] == "good"
    assert "tersedia dalam bahasa Indonesia, sebagian" in found["language"]["text"]
    assert found["jupyter"]["state"] == "good"
    assert found["grading"]["state"] == ("good" if rights.is_isolated() else "note")
    assert ("mengisolasi setiap kiriman" in found["grading"]["text"]) == rights.is_isolated()
    assert "hak Anda sendiri" in found["grading"]["text"]
    assert not (tmp_path / "belum").exists()
    assert ended.returncode == (1 if any(item["state"] == "bad" for item in found.values()) else 0)


@pytest.mark.parametrize(
    ("name", "state", "said"),
    [("mutu-warm", "good", "digandakan dari proses"), ("local-provisioner", "note", "Python sendiri")],
)
def test_doctor_says_how_kernels_start(tmp_path, monkeypatch, name, state, said):
    monkeypatch.setattr(doctor.choice, "provisioner", lambda: name)
    (found,) = [each for each in doctor.examine(Workspace(tmp_path)) if each.name == "kernels"]
    assert found.state == state
    assert said in found.text


def test_doctor_notices_another_version_than_the_lock():
    text = 'typer==0.0.1 \\\n    --hash=sha256:00\nnothere==1 ; sys_platform == "zos" \\\n    --hash=sha256:00\n'
    assert doctor.locked(text) == {"typer": "0.0.1"}
    assert not doctor._fits("typer", "0.0.1")


def test_doctor_says_that_a_file_is_no_workspace(tmp_path):
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    found = [finding for finding in doctor.examine(Workspace(tmp_path / "berkas")) if finding.name == "workspace"]
    assert [finding.state for finding in found] == ["bad"]


@pytest.mark.slow
def test_nothing_that_start_needs_of_ours_imports_what_only_posix_has():
    """Our modules are imported with those modules blocked; libraries were imported before and look after themselves.

    So are the programs that start runs: a `__main__` acts only when it is run as one.
    """
    modules = sorted(
        str(path.relative_to(ROOT / "toolkit").with_suffix("")).replace(os.sep, ".").removesuffix(".__init__")
        for path in (ROOT / "toolkit" / "mutu").rglob("*.py")
        if "migrations" not in path.parts
    )
    assert "mutu.serve.voila.__main__" in modules
    assert len(modules) > 50
    code = (
        "import importlib, sys\n"
        "import jupyter_server.serverapp, jupyterlab.labapp, nbgrader.apps, voila.app, pandas, typer\n"
        "import sqlalchemy, alembic\n"
        "import ipykernel.kernelapp, nbclient, rich.console, matplotlib.figure, anywidget, openpyxl, docx, typst\n"
        f"for name in {ONLY_POSIX!r}: sys.modules[name] = None\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(), timeout=120)
    assert ended.returncode == 0, ended.stderr
