"""Backup and restore: whole round trips, and zips made to hurt."""

import json
import sqlite3
import sys
import zipfile
from pathlib import Path

import pytest
from running import run

from mutu.course.nbgrader import configuration
from mutu.errors import MachineError, ReadError, SettingError, WorkspaceError
from mutu.serve import archive, generated, restore, workspace
from mutu.serve.restore import _is_safe
from mutu.serve.workspace import Workspace


@pytest.fixture
def place(tmp_path):
    """A small workspace with a text, a database in use and things that are not copied."""
    found = Workspace(tmp_path / "kerja")
    workspace.ensure_writable(found)
    workspace.stamp(found, None)
    (found.root / "belajar").mkdir()
    (found.root / "belajar" / "catatan é.txt").write_text("isi", encoding="utf-8")
    (found.backups / "lama.zip").write_bytes(b"old")
    (found.log / "server.log").write_text("x", encoding="utf-8")
    return found


def test_a_workspace_comes_back_as_it_was(place, tmp_path):
    copied = archive.backup(place, tmp_path / "out" / "salinan.zip")
    back = Workspace(tmp_path / "pulih")
    assert restore.restore(copied.file, back) is None
    assert (back.root / "belajar" / "catatan é.txt").read_text(encoding="utf-8") == "isi"
    assert workspace.read_marker(back) == workspace.read_marker(place)
    assert not (back.backups / "lama.zip").exists()
    assert not (back.log / "server.log").exists()


def test_a_database_is_copied_whole_while_it_is_written(place, tmp_path):
    with sqlite3.connect(place.root / "nilai.db") as book:
        book.execute("PRAGMA journal_mode=WAL")
        book.execute("CREATE TABLE t (n)")
        book.execute("INSERT INTO t VALUES (1)")
        book.commit()
        book.execute("INSERT INTO t VALUES (2)")  # not committed: not in the copy
        archive.backup(place, tmp_path / "a.zip")
    book.close()
    back = Workspace(tmp_path / "pulih")
    restore.restore(tmp_path / "a.zip", back)
    with sqlite3.connect(back.root / "nilai.db") as copy:
        assert copy.execute("SELECT n FROM t").fetchall() == [(1,)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    copy.close()
    assert not (back.root / "nilai.db-wal").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_not_followed_and_are_named(place, tmp_path):
    (tmp_path / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    (place.root / "tautan.txt").symlink_to(tmp_path / "rahasia.txt")
    (place.root / "map").symlink_to(tmp_path)
    copied = archive.backup(place, tmp_path / "a.zip")
    assert set(copied.left_out) == {"tautan.txt", "map"}
    with zipfile.ZipFile(copied.file) as packed:
        assert not {"tautan.txt", "map"} & set(packed.namelist())


def test_a_backup_is_never_written_over(place, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"mine")
    with pytest.raises(MachineError, match="exists already"):
        archive.backup(place, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"mine"


def test_a_backup_inside_the_workspace_does_not_hold_itself(place):
    copied = archive.backup(place, place.root / "a.zip", inside=True)
    with zipfile.ZipFile(copied.file) as packed:
        assert not [name for name in packed.namelist() if name.startswith("a.zip")]


@pytest.mark.parametrize("name", ["in.zip", "cadangan/in.zip", "belajar/../in.zip"])
def test_a_backup_that_would_be_lost_with_the_workspace_is_refused_in_one_sentence(place, name):
    ended = run("backup", str(place.root / name), "--dir", str(place.root))
    assert ended.returncode == 2
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "ikut hilang" in ended.stderr
    assert str(place.root.parent / "in.zip") in ended.stderr
    assert not list(place.root.rglob("in.zip*"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_into_the_workspace_is_inside_too(place, tmp_path):
    (tmp_path / "pintas").symlink_to(place.root)
    with pytest.raises(SettingError):
        archive.backup(place, tmp_path / "pintas" / "in.zip")


def test_settings_that_mutu_wrote_do_not_come_back_and_nothing_is_said(place, tmp_path):
    ours = place.root / "jupyter_config" / "nbgrader_config.py"
    ours.parent.mkdir()
    ours.write_text(configuration(place.root / "kursus", place.root / "exchange"), encoding="utf-8")
    archive.backup(place, tmp_path / "a.zip")
    ended = run("restore", str(tmp_path / "a.zip"), "--dir", str(tmp_path / "pulih"))
    assert ended.returncode == 0
    assert len(ended.stdout.strip().splitlines()) == 1
    assert list((tmp_path / "pulih").rglob("nbgrader_config*")) == []


def test_settings_of_ones_own_are_kept_aside_in_one_calm_sentence(place, tmp_path):
    own = place.root / "jupyter_config" / "nbgrader_config_local.py"
    own.parent.mkdir()
    own.write_text("c = get_config()\n", encoding="utf-8")
    archive.backup(place, tmp_path / "a.zip")
    ended = run("restore", str(tmp_path / "a.zip"), "--dir", str(tmp_path / "pulih"))
    assert "Pengaturan Anda sendiri dari cadangan ada di" in ended.stdout
    assert len(ended.stdout.strip().splitlines()) == 2
    assert (tmp_path / "pulih" / "jupyter_config" / f"nbgrader_config_local.py{restore.ASIDE}").exists()


def test_a_former_version_s_settings_are_known_and_a_program_among_them_is_not_hidden(tmp_path):
    file = tmp_path / "nbgrader_config.py"
    now = configuration(Path("/a/kursus"), Path("/a/exchange"))
    former = now.replace("c.Execute.timeout = 60", "c.Execute.timeout = 30\nc.Former.trait = ['x']")
    former = "".join(line for line in former.splitlines(keepends=True) if "NbGraderAPI" not in line)
    for text, known in (
        (now, True),
        (former, True),
        (now.replace("timeout = 60", "timeout = open('/etc/passwd')"), False),
        (now + "import shutil\n", False),
        (now.replace("import os\n", ""), False),
        ("", False),
    ):
        file.write_text(text, encoding="utf-8")
        assert generated.is_generated(file) is known, text


def test_a_folder_that_is_no_workspace_is_refused(tmp_path):
    with pytest.raises(ReadError, match="not a mutu workspace"):
        archive.backup(Workspace(tmp_path), tmp_path / "a.zip")


def test_files_are_not_written_over_without_being_told_to(place, tmp_path):
    archive.backup(place, tmp_path / "a.zip")
    with pytest.raises(WorkspaceError, match="--replace"):
        restore.restore(tmp_path / "a.zip", place)
    (place.root / "baru.txt").write_text("baru", encoding="utf-8")
    kept = restore.restore(tmp_path / "a.zip", place, replace=True)
    assert (kept / "baru.txt").read_text(encoding="utf-8") == "baru"
    assert not (place.root / "baru.txt").exists()


@pytest.fixture
def made(tmp_path):
    """Make a zip with a list that says what it is told to say."""

    def make(entries, **more):
        path = tmp_path / "jahat.zip"
        digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of b"abc"
        files = [{"name": name, "size": 3, "sha256": digest} for name in entries]
        manifest = {"kind": archive.KIND, "format": 1, "mutu": "0", "files": files} | more
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, body in entries.items():
                packed.writestr(name, body)
            packed.writestr(archive.MANIFEST, json.dumps(manifest))
        return path

    return make


@pytest.mark.parametrize("name", ["../luar.txt", "/luar.txt", "a/../../luar.txt", "a//b", "./a", "map/"])
def test_an_entry_that_leaves_the_folder_stops_everything(made, tmp_path, name):
    target = Workspace(tmp_path / "sub" / "pulih")
    with pytest.raises(ReadError):
        restore.restore(made({name: b"abc", "baik.txt": b"abc"}), target)
    assert not target.root.exists()
    assert not (tmp_path / "luar.txt").exists()
    assert list((tmp_path / "sub").iterdir()) == []


@pytest.mark.parametrize("name", ["C:/x", "a\\..\\b", "con.txt", "a/NUL", "x:strom", "akhir.", "a /b"])
def test_names_that_windows_reads_otherwise_are_refused_there(name):
    assert _is_safe("belajar/02-skm/skm.ipynb", windows=True)
    assert not _is_safe(name, windows=True)


def test_a_bomb_is_stopped_by_what_it_unpacks_to(made, tmp_path):
    bomb = made({"a.txt": b"\0" * 50_000_000})
    with pytest.raises(ReadError, match="differs"):
        restore.restore(bomb, Workspace(tmp_path / "pulih"))
    assert not (tmp_path / "pulih").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["jahat.zip"]


@pytest.mark.parametrize("size", [21 * 1024**3, -1, "x", None])
def test_a_list_that_promises_too_much_or_nonsense_is_refused(made, tmp_path, size):
    files = [{"name": "a.txt", "size": size, "sha256": ""}]
    with pytest.raises(ReadError):
        restore.restore(made({"a.txt": b"abc"}, files=files), Workspace(tmp_path / "pulih"))


def test_a_changed_file_is_noticed(made, tmp_path):
    with pytest.raises(ReadError, match="differs"):
        restore.restore(made({"a.txt": b"abd"}), Workspace(tmp_path / "pulih"))


def test_an_entry_that_the_list_does_not_name_is_refused(made, tmp_path):
    with pytest.raises(ReadError, match="does not hold"):
        restore.restore(made({"a.txt": b"abc", "b.txt": b"abc"}, files=[]), Workspace(tmp_path / "pulih"))


def test_a_backup_of_a_newer_version_is_refused(made, tmp_path):
    with pytest.raises(ReadError, match="newer"):
        restore.restore(made({"a.txt": b"abc"}, format=99), Workspace(tmp_path / "pulih"))


@pytest.mark.parametrize("body", [b"", b"not a zip", b"PK\x03\x04 broken"])
def test_what_is_no_zip_gets_a_sentence(tmp_path, body):
    (tmp_path / "a.zip").write_bytes(body)
    ended = run("restore", str(tmp_path / "a.zip"), "--dir", str(tmp_path / "pulih"))
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    assert "a.zip" in ended.stderr


def test_a_missing_file_gets_a_sentence(tmp_path):
    ended = run("restore", str(tmp_path / "tiada.zip"), "--dir", str(tmp_path / "pulih"))
    assert ended.returncode == 1
    assert "tidak ditemukan" in ended.stderr
    assert not (tmp_path / "pulih").exists()


def test_any_zip_that_is_no_backup_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("a.txt", "abc")
    with pytest.raises(ReadError, match="not a backup"):
        restore.restore(tmp_path / "a.zip", Workspace(Path(tmp_path / "pulih")))
