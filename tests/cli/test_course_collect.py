"""`mutu course collect` as a trainer types it."""

from __future__ import annotations

import json
import shlex
import shutil

import pytest
from collect_kit import zipped
from running import run

from mutu.course import author

LIST = "id;nama;e-mail\nk-02;Budi Santoso;budi@contoh.id\nk-03;Siti Aminah;\n"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A course, a class list and a zip with one notebook to place and one nobody knows."""
    root = tmp_path_factory.mktemp("kumpul")
    if not (author.built() / "release" / "skm").is_dir():
        author.build()
    shutil.copytree(author.built() / "release" / "skm", root / "kursus" / "release" / "skm")
    (root / "kelas.csv").write_text(LIST, encoding="utf-8")
    text = (root / "kursus/release/skm/skm.ipynb").read_text(encoding="utf-8")
    files = {"Budi Santoso_9_assignsubmission_file_/tugas.ipynb": text, "siapa.ipynb": text}
    (root / "kelas.zip").write_bytes(zipped(files))
    return root


def _collect(room, *more):
    words = ("course", "collect", str(room / "kelas.zip"), "--class", str(room / "kelas.csv"))
    return run(*words, "--course-dir", str(room / "kursus"), *more)


def test_one_json_document_says_what_became_of_everything(room):
    done = _collect(room, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert [(each["student"], each["evidence"], each["replaced"]) for each in report["placed"]] == [
        ("k-02", "lms", None)
    ]
    assert report["kept"] == []
    assert [each["candidates"] for each in report["not_placed"]] == [[]]
    assert (room / "kursus/submitted/k-02/skm/skm.ipynb").is_file()


def test_tables_and_the_next_step_are_told_in_the_persons_language(room):
    done = _collect(room)
    assert done.returncode == 0, done.stderr
    for word in ("Dibiarkan", "Belum ditempatkan", "siapa.ipynb", "--map", "belum-ditempatkan-"):
        assert word in done.stdout
    typed = next(line for line in done.stdout.splitlines() if "--map" in line).partition(". ")[2]
    assert f"--class {room / 'kelas.csv'}" in typed
    again = run(*shlex.split(typed)[1:])
    assert again.returncode == 0, again.stderr
    assert "Not placed" in _collect(room, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("kelas.zip", "--course-dir", "tidak-ada"), 1, "tidak-ada"),
        (("tidak-ada.zip", "--course-dir", "kursus"), 1, "tidak-ada.zip"),
        (("kelas.csv", "--course-dir", "kursus"), 1, "kelas.csv"),
        (("kelas.zip", "--dir", "kosong"), 1, "kosong"),
        ((), 2, ""),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(room, monkeypatch, words, code, said):
    monkeypatch.chdir(room)
    done = run("course", "collect", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_each_step_of_the_first_evening_names_the_next_command(room, tmp_path):
    """From a zip of Moodle and no class list to notebooks that can be graded, typing only what was printed."""
    workspace = tmp_path / "ruang kerja"
    shutil.copytree(room / "kursus" / "release", workspace / "kursus" / "release")
    typed = f"mutu course collect {shlex.quote(str(room / 'kelas.zip'))} --dir {shlex.quote(str(workspace))}"
    said = run(*shlex.split(typed)[1:]).stdout
    steps = [line.partition(". ")[2] for line in said.splitlines() if line[:3] in ("1. ", "2. ", "3. ")]
    assert "1 nama" in steps[0]
    assert steps[2] == typed
    for command in steps[1:]:
        done = run(*shlex.split(command)[1:])
        assert done.returncode == 0, done.stderr
    assert (workspace / "kursus/submitted/p01/skm/skm.ipynb").is_file()
    assert "mutu course grade skm --dir" in done.stdout
    assert "--map" in done.stdout


def test_one_reason_of_many_files_is_told_once(room, tmp_path):
    text = (room / "kursus/release/skm/skm.ipynb").read_text(encoding="utf-8")
    shutil.copytree(room / "kursus/release", tmp_path / "kursus/release")
    files = {f"Orang {letter}_{at}_assignsubmission_file_/x.ipynb": text for at, letter in enumerate("ABCDEFG", 1)}
    (tmp_path / "kelas.zip").write_bytes(zipped(files))
    done = run("course", "collect", str(tmp_path / "kelas.zip"), "--course-dir", str(tmp_path / "kursus"))
    assert done.stdout.count("Belum ada daftar") == 1, done.stdout
    assert done.stdout.count("″") == 6


def test_who_comes_later_is_entered_and_placed_by_the_commands_that_are_shown(room, tmp_path):
    place = tmp_path / "kerja"
    shutil.copytree(room / "kursus" / "release", place / "kursus" / "release")
    assert run("course", "students", str(room / "kelas.csv"), "--dir", str(place)).returncode == 0
    text = (place / "kursus/release/skm/skm.ipynb").read_text(encoding="utf-8")
    files = {f"{who}_{number}_assignsubmission_file_/skm.ipynb": text
             for number, who in enumerate(("Budi Santoso", "Rina Wati"), 1)}  # fmt: skip
    (tmp_path / "kelas.zip").write_bytes(zipped(files))
    done = run("course", "collect", str(tmp_path / "kelas.zip"), "--dir", str(place))
    assert "berisi 1 orang yang mengumpulkan tetapi belum ada dalam daftar peserta" in done.stdout
    typed = [line.partition(". ")[2] for line in done.stdout.splitlines() if ". mutu course" in line]
    assert [words.split()[2] for words in typed] == ["students", "collect", "collect", "grade"]
    for words in typed[:2]:
        assert run(*shlex.split(words)[1:]).returncode == 0
    assert (place / "kursus/submitted/p01/skm/skm.ipynb").is_file()
