"""Commands of `mutu course` on a full disk and in a place that can only be read: one sentence, nothing half done."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from grade_kit import NAME, RIGHT, Small
from running import environment, mutu, run

from mutu.course.nbgrader import Trainee, add_trainees

_PROFILE = """training = "Pelatihan SKM"
organiser = "Kantor"
place = "Bandung"
head = "Siti"
position = "Kepala"
number = "{number}/SKM/{month}/{year}"
start = 2026-11-20
end = 2026-11-21
[modules.ps1]
jp = 2
"""
_COMMANDS = (
    ("grade", NAME, "--force", "--no-isolation"),
    ("students", "peserta.csv"),
    ("marks", "--out", "nilai.xlsx"),
    ("marks", "--out", "nilai.csv"),
    ("insight", NAME, "--out", "wawasan.html"),
    ("insight", NAME, "--out", "baru"),
    ("certificate", "--out", "sertifikat"),
    ("certificate", "--out", "sertifikat", "--new-key"),
    ("certificate", "--public-key", "kunci.pem"),
    ("feedback", NAME),
    ("collect", "kiriman"),
)
_NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
# runs as the first of a namespace in which it may mount: PLACE, SOURCE, HOW, commands as JSON
_INSIDE = """
import hashlib, json, os, pathlib, shutil, subprocess, sys
place, source, how, commands = pathlib.Path(sys.argv[1]), *sys.argv[2:4], json.loads(sys.argv[4])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], check=True)
shutil.copytree(source, place, dirs_exist_ok=True, symlinks=True)
os.chdir(place)
def files():
    found = [each for each in place.rglob("*") if each.is_file()]
    return {str(each): hashlib.sha256(each.read_bytes()).hexdigest() for each in found}
if how == "full":
    with open("isi", "wb", buffering=0) as filled:
        try:
            while filled.write(bytes(4096)):
                pass
        except OSError:
            pass
else:
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
told = []
for command in commands:
    before = files()
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    after = files()
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    told.append({"code": done.returncode, "out": done.stdout, "err": done.stderr, "changed": changed})
print(json.dumps(told))
"""


def _may_mount():
    probe = [*_NAMESPACE, "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
    return sys.platform == "linux" and subprocess.run(probe, capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a workspace in which everything was made once."""
    root = tmp_path_factory.mktemp("kelas") / "penuh"
    small = Small(root / "mutu-kerja")
    small.hand_in("ani", RIGHT)
    add_trainees(small.folders, [Trainee("ani", "Ani Lestari")])
    small.grade(caged=False)
    (small.root / "pelatihan.toml").write_text(_PROFILE, encoding="utf-8")
    (root / "peserta.csv").write_text("id,nama\nani,Ani Lestari\nbudi,Budi Santoso\n", encoding="utf-8")
    (root / "kiriman").mkdir()
    notebook = small.folders.course / "release" / NAME / f"{NAME}.ipynb"
    (root / "kiriman" / f"ani_{NAME}.ipynb").write_bytes(notebook.read_bytes())
    assert run("course", "certificate", "--out", str(root / "dulu"), "--dir", str(small.root)).returncode == 0
    (root / "nilai.xlsx").write_bytes(b"yang lama")
    return root


def _told(tmp_path, source, how, tried):
    """What the commands say in a place that is "full" or "read-only", and which files they change."""
    (tmp_path / "disk").mkdir()
    commands = [mutu("course", *words) for words in tried]
    done = subprocess.run(
        [*_NAMESPACE, sys.executable, "-c", _INSIDE, tmp_path / "disk", source, how, json.dumps(commands)],
        env=environment(), capture_output=True, text=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(not _may_mount(), reason="this system lets nobody mount a disk in a namespace")
@pytest.mark.parametrize(
    ("how", "why", "tried"),
    [("full", "disk penuh", _COMMANDS), ("read-only", "tempat ini hanya dapat dibaca", _COMMANDS[::2])],
    ids=["full", "read-only"],
)
def test_what_cannot_be_written_is_one_sentence_and_changes_nothing(place, tmp_path, how, why, tried):
    for words, told in zip(tried, _told(tmp_path, place, how, tried), strict=True):
        assert (told["code"], told["out"], told["changed"]) == (1, "", []), (words, told)
        said = told["err"].removeprefix("Kiriman berjalan dengan hak Anda sendiri, tanpa isolasi.\n")
        assert why in said, words
        assert said.count("\n") == 1, (words, said)


@pytest.mark.skipif(not _may_mount(), reason="this system lets nobody mount a disk in a namespace")
@pytest.mark.parametrize(("how", "why"), [("full", "disk penuh"), ("read-only", "tempat ini hanya dapat dibaca")])
def test_an_attempt_that_cannot_be_kept_is_one_sentence_and_changes_nothing(place, tmp_path, how, why):
    kelas = tmp_path / "kelas"
    shutil.copytree(place, kelas)
    course = kelas / "mutu-kerja" / "kursus"
    (course / "mutu.toml").write_text('second_attempt = "better"\n', encoding="utf-8")
    (course / "submitted" / "ani" / NAME / "timestamp.txt").write_text("2026-11-24 03:00:00 UTC", encoding="utf-8")
    words = ("grade", NAME, "--no-isolation")
    (told,) = _told(tmp_path, kelas, how, [words])
    assert (told["code"], told["out"], told["changed"]) == (1, "", [])
    said = told["err"].removeprefix("Kiriman berjalan dengan hak Anda sendiri, tanpa isolasi.\n")
    assert why in said
    assert "attempts" in said
    assert said.count("\n") == 1


@pytest.mark.skipif(not _may_mount(), reason="this system lets nobody mount a disk in a namespace")
def test_feedback_that_cannot_be_written_says_what_helps(place, tmp_path):
    (told,) = _told(tmp_path, place, "read-only", [("feedback", NAME)])
    assert told["code"] == 1
    assert "Beri diri Anda hak menulis di sana atau salin ruang kerja ke tempat lain" in told["err"]
