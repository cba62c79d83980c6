"""`mutu course certificate` from outside: issue, refuse, verify here and on another machine, back up, lose the key."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from book_kit import skm_class
from running import environment, mutu, run

PROFILE = """\
training = "Pelatihan Pengukuran Kepuasan Masyarakat"
organiser = "Dinas Contoh"
place = "Rekaan"
head = "Dr. Rahayu"
position = "Kepala Dinas"
number = "{number}/SKM/{month}/{year}"
start = 2026-11-01
end = 2026-11-20
date = 2026-11-25
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A workspace with a graded class and its certificates, the key for others, and what the run said."""
    root = tmp_path_factory.mktemp("kantor")
    place = root / "kerja"
    skm_class(place)
    (place / ".mutu").mkdir()
    (place / ".mutu" / "workspace.json").write_text('{"format": 1, "mutu": "0.1.0", "created": "2026-11-25"}')
    (root / "pelatihan.toml").write_text(PROFILE, encoding="utf-8")
    words = ("course", "certificate", "02", "--dir", str(place), "--profile", str(root / "pelatihan.toml"))
    done = run(*words, "--out", str(root / "sertifikat"), "--json")
    assert done.returncode == 0, done.stderr
    exported = run("course", "certificate", "--dir", str(place), "--public-key", str(root / "kunci.pem"))
    assert exported.returncode == 0, exported.stderr
    return root, place, json.loads(done.stdout)


def _verify(what, *more, stdin=None):
    command = mutu("course", "certificate", "--verify", str(what), *more, "--json")
    done = subprocess.run(command, env=environment(), input=stdin, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, json.loads(done.stdout)


def test_the_report_names_everybody(office):
    root, _place, said = office
    assert [(one["student"], one["number"], one["mean"], one["jp"]) for one in said["issued"]] == [
        ("198501012010011001", "001/SKM/XI/2026", 100.0, 2),
        ("3201010101850001", "002/SKM/XI/2026", 85.0, 2),
        ("p01", "003/SKM/XI/2026", 89.0, 2),
    ]
    assert {one["student"] for one in said["refused"]} == {"p03", "p04", "p05"}
    assert all(one["reason"].endswith(".") for one in said["refused"])
    assert sorted(one["file"] for one in said["issued"]) == sorted(map(str, (root / "sertifikat").glob("*.pdf")))


def test_a_person_reads_who_got_none_and_why(office):
    root, place, _said = office
    words = ("course", "certificate", "skm", "--dir", str(place), "--profile", str(root / "pelatihan.toml"))
    done = run(*words, "--out", str(root / "lagi"), "--student", "p04", "--student", "p01")
    assert "Siti Aminah: 003/SKM/XI/2026, rata-rata 89,00, 2 JP." in done.stdout
    assert done.stderr == "Ayu Rendah: tanpa sertifikat. Nilai skm adalah 50,00; sedikitnya 70,00 disyaratkan.\n"
    assert "Sertifikat ditulis: 1; peserta tanpa sertifikat: 1." in done.stdout


def test_another_machine_needs_the_public_key_alone(office, tmp_path):
    root, _place, said = office
    file = said["issued"][2]["file"]
    elsewhere = ("--dir", str(tmp_path / "lain"))
    code, found = _verify(file, "--public-key", str(root / "kunci.pem"), *elsewhere)
    assert (code, found["valid"], found["file"], found["key"]) == (0, True, "intact", said["key"])
    assert found["facts"]["name"] == "Siti Aminah"
    code, found = _verify(file, *elsewhere)
    assert (code, found["state"], found["valid"], found["file"], found["facts"]) == (4, "unchecked", False, None, None)
    said = run("course", "certificate", "--verify", file, *elsewhere)
    assert said.stdout.startswith("BELUM DAPAT DIPERIKSA. Kunci yang disebut, ")
    assert "--public-key BERKAS" in said.stdout
    assert not (tmp_path / "lain").exists()
    assert b"PRIVATE" not in (root / "kunci.pem").read_bytes()


def test_the_code_that_a_telephone_reads_is_verified(office, tmp_path):
    _root, place, said = office
    page = pypdfium2.PdfDocument(said["issued"][2]["file"])[0].render(scale=150 / 72).to_pil()
    (text,) = [found.text for found in zxingcpp.read_barcodes(page)]
    written = tmp_path / "kode.txt"
    written.write_text(text + "\n")
    for what, stdin in ((text, None), (written, None), ("-", text)):
        code, found = _verify(what, "--dir", str(place), stdin=stdin)
        assert (code, found["valid"], found["file"], found["facts"]["name"]) == (0, True, None, "Siti Aminah")
    for old, new in (("Siti Aminah", "Siti Aminal"), ('"skm":89', '"skm":98'), ("2026-11-25", "2026-11-26")):
        code, found = _verify(text.replace(old, new), "--dir", str(place))
        assert (code, found["valid"], found["facts"]) == (1, False, None)


def test_a_changed_file_is_said_in_words_with_what_was_signed(office, tmp_path):
    _root, place, said = office
    data = bytearray(Path(said["issued"][2]["file"]).read_bytes())
    data[len(data) // 2] ^= 1
    forged = tmp_path / "palsu.pdf"
    forged.write_bytes(data)
    done = run("course", "certificate", "--verify", str(forged), "--dir", str(place))
    assert done.returncode == 1
    assert done.stdout.startswith("TIDAK SAH. PDF ini diubah setelah diterbitkan.")
    assert "    Nama: Siti Aminah\n" in done.stdout
    assert "    Nilai skm: 89,00\n" in done.stdout


def test_a_certificate_that_was_replaced_says_by_which(office, tmp_path):
    root, _place, _said = office
    place = tmp_path / "kerja"
    book = skm_class(place)
    words = ("course", "certificate", "02", "--dir", str(place), "--profile", str(root / "pelatihan.toml"))
    run(*words, "--out", str(tmp_path / "a"), "--student", "p01")
    book.give("p01", "skm", "text-refleksi", 5.0)
    run(*words, "--out", str(tmp_path / "b"), "--student", "p01")
    (old,), (new,) = (list((tmp_path / folder).glob("*.pdf")) for folder in "ab")
    assert _verify(old, "--dir", str(place))[1]["replaced_by"] == "002/SKM/XI/2026"
    assert _verify(new, "--dir", str(place))[1]["replaced_by"] is None


def test_a_backup_brings_key_and_register_back(office, tmp_path):
    root, place, said = office
    packed = tmp_path / "cadangan.zip"
    assert run("backup", str(packed), "--dir", str(place)).returncode == 0
    with zipfile.ZipFile(packed) as names:
        kept = {name for name in names.namelist() if name.startswith("kunci-sertifikat/")}
    assert {"kunci-sertifikat/kunci-rahasia.pem", "kunci-sertifikat/register.sqlite"} < kept
    back = tmp_path / "kembali"
    assert run("restore", str(packed), "--dir", str(back)).returncode == 0
    words = ("course", "certificate", "02", "--dir", str(back), "--profile", str(root / "pelatihan.toml"))
    again = json.loads(run(*words, "--out", str(tmp_path / "out"), "--json").stdout)
    assert again["key"] == said["key"]
    assert [one["number"] for one in again["issued"]] == [one["number"] for one in said["issued"]]
    assert (back / "kunci-sertifikat" / "kunci-rahasia.pem").stat().st_mode & 0o077 == 0


@pytest.fixture
def twins(office, tmp_path):
    """A workspace with one certificate, its copy, and what issues one more in a place."""
    root, _place, _said = office
    first, copy = tmp_path / "kerja", tmp_path / "salinan"
    skm_class(first)

    def issued(place, student, *more):
        words = ("course", "certificate", "02", "--dir", str(place), "--profile", str(root / "pelatihan.toml"))
        done = run(*words, "--out", str(tmp_path / "out" / place.name), "--student", student, "--json", *more)
        return json.loads(done.stdout)["issued"][0] if done.returncode == 0 else done

    issued(first, "p01")
    shutil.copytree(first, copy)
    return first, copy, issued


def test_a_copied_workspace_gives_no_number_before_it_is_decided_who_does(twins):
    first, copy, issued = twins
    assert issued(copy, "p01")["number"] == "001/SKM/XI/2026"  # which it has: no new number is needed
    asked = issued(copy, "198501012010011001", "--new-key")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert f"di {first / 'kunci-sertifikat' / 'register.sqlite'}. Tidak ada sertifikat" in asked.stderr
    assert len(list((copy / "kunci-sertifikat" / "kunci-publik").iterdir())) == 1
    assert issued(copy, "198501012010011001", "--register", "go-on")["number"] == "002/SKM/XI/2026"
    assert issued(copy, "3201010101850001")["number"] == "003/SKM/XI/2026"
    retired = issued(first, "198501012010011001")
    assert retired.returncode == 2
    assert str(copy) in retired.stderr


def test_two_workspaces_that_both_go_on_never_share_a_number(twins):
    first, copy, issued = twins
    other = issued(copy, "198501012010011001", "--register", "new-series")
    assert re.fullmatch(r"002-[B-Z]{3}/SKM/XI/2026", other["number"])
    own = issued(first, "3201010101850001")
    assert own["number"] == "002/SKM/XI/2026"
    assert _verify(own["file"], "--dir", str(first))[0] == 0
    code, found = _verify(other["file"], "--dir", str(first))
    assert (code, found["state"], found["file"]) == (3, "doubtful", "intact")
    assert f"nomor {other['number']} tidak ada" in found["reason"]
    wrong = issued(first, "p01", "--register", "lain")
    assert (wrong.returncode, wrong.stderr) == (2, "--register menerima go-on atau new-series, bukan «lain».\n")


def test_a_moved_workspace_goes_on_by_itself(twins, tmp_path):
    first, _copy, issued = twins
    first.rename(tmp_path / "pindah")
    assert issued(tmp_path / "pindah", "198501012010011001")["number"] == "002/SKM/XI/2026"


def test_a_number_that_belongs_to_somebody_else_here_is_not_just_valid(twins):
    first, copy, issued = twins
    with closing(sqlite3.connect(copy / "kunci-sertifikat" / "register.sqlite")) as book, book:
        book.execute("DROP TABLE kept")  # as in a copy made before registers knew where they are
    foreign = issued(copy, "198501012010011001")
    own = issued(first, "3201010101850001")
    assert foreign["number"] == own["number"]
    said = run("course", "certificate", "--verify", foreign["file"], "--dir", str(first))
    assert said.returncode == 3
    assert said.stdout.startswith(
        "PERLU DIPERIKSA. Tanda tangannya sah, tetapi di buku register ruang kerja ini nomor "
    )
    assert own["name"] in said.stdout.splitlines()[0]
    assert f"    Nama: {foreign['name']}\n" in said.stdout
    assert _verify(own["file"], "--dir", str(first))[0] == 0


def test_a_lost_key_is_one_sentence(office, tmp_path):
    root, place, _said = office
    copy = tmp_path / "kerja"
    shutil.copytree(place, copy)
    (copy / "kunci-sertifikat" / "kunci-rahasia.pem").unlink()
    words = ("course", "certificate", "02", "--dir", str(copy), "--profile", str(root / "pelatihan.toml"))
    done = run(*words, "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Kunci rahasia ")
    assert "--new-key" in done.stderr
    assert run(*words, "--out", str(tmp_path / "out"), "--new-key").returncode == 0


def test_without_a_profile_one_to_fill_in_is_written_and_never_replaced(tmp_path):
    place = tmp_path / "kerja"
    skm_class(place)
    words = ("course", "certificate", "--dir", str(place), "--out", str(tmp_path / "out"))
    first = run(*words)
    assert (first.returncode, first.stdout) == (2, "")
    assert "Isilah" in first.stderr
    file = place / "pelatihan.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('pelatihan = ""', 'pelatihan = "SKM"'))
    second = run(*words)
    assert second.returncode == 2
    assert "penyelenggara" in second.stderr
    assert 'pelatihan = "SKM"' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ((), 2, "--out tidak ada"),
        (("--verify", "tidak-ada.pdf"), 1, "tidak dapat dibuka"),
        (("--public-key", "kunci.pem"), 1, "Belum ada kunci"),
        (("--out", "out", "--profile", "tidak-ada.toml"), 1, "Belum ada kursus"),
    ],
)
def test_wrong_use_is_one_sentence(tmp_path, words, code, sentence):
    done = run("course", "certificate", *words, "--dir", str(tmp_path / "kosong"))
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "kosong").exists()
