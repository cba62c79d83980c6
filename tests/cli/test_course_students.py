"""`mutu course students`: whom it enters, and whom it does not rename unasked."""

from __future__ import annotations

import pytest
from running import run


@pytest.fixture
def entered(tmp_path):
    """Enter a list into the gradebook of a workspace."""

    (tmp_path / "kerja/kursus/source").mkdir(parents=True)

    def enter(text: str, *options: str):
        file = tmp_path / "daftar.csv"
        file.write_text(f"id;nama\n{text}", encoding="utf-8")
        return run("course", "students", str(file), *options, "--dir", str(tmp_path / "kerja"))

    return enter


def test_an_id_goes_to_another_person_only_when_that_is_meant(entered):
    assert entered("p01;Budi Santoso\np02;Siti Aminah\n").returncode == 0
    done = entered("p01;Agus Salim\np02;Siti Aminnah, S.E.\np03;Baru\n")
    assert done.returncode == 1
    assert "p01: sebelumnya Budi Santoso, sekarang Agus Salim" in done.stderr
    assert "p02" not in done.stderr
    assert "--rename" in done.stderr
    assert "1 ditambahkan" in (again := entered("p01;Budi Santoso\np02;Siti Aminnah, S.E.\np03;Baru\n").stdout), again
    assert entered("p01;Agus Salim\n", "--rename").returncode == 0


def test_a_list_of_those_who_come_later_leaves_the_others_and_names_who_is_there(entered):
    assert entered("p01;Budi Santoso\np02;Siti Aminah\n").returncode == 0
    said = entered("p02;Siti Aminah\np03;Agus Salim\np01;Budi Santosa\n").stdout
    assert "1 ditambahkan, 1 diubah, 1 tetap" in said
    assert "Baru: Agus Salim (p03)\n" in said
    assert "Diubah: Budi Santosa (p01)\n" in said
    assert "Sudah ada: Siti Aminah (p02)\n" in said
    said = entered("p09;Dr. Siti Aminah\n").stdout
    assert "p09, p02" in said, "one name, two ids"


@pytest.fixture
def one(entered, tmp_path):
    """Add one, or show the class list."""
    assert entered("p01;Budi Santoso\np02;Siti Aminah\n").returncode == 0
    (tmp_path / "kerja/kursus/submitted/p03/skm").mkdir(parents=True)
    return lambda *words: run("course", "students", *words, "--dir", str(tmp_path / "kerja"))


def test_somebody_who_comes_later_is_added_without_a_file_under_an_id_that_nobody_has(one):
    done = one("--add", "Dra. Rina  Wati, M.Si.", "--email", "rina@contoh.id")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Baru: Dra. Rina Wati, M.Si. (p04)\n" in done.stdout, "p03 has handed in"
    shown = one().stdout
    assert [name for name in ("Budi Santoso", "Siti Aminah", "Rina Wati", "rina@contoh.id") if name not in shown] == []
    assert "Peserta di" in shown
    assert ": 3. " in shown
    assert "Baru: Rina Wati (p03)" in one("--add", "Rina Wati", "--id", "p03").stdout, "another one of that name"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--add", "Aminah, Siti, S.E."), "Siti Aminah (p02) sudah ada"),
        (("--add", "Agus Salim", "--id", "P01"), "ID itu milik Budi Santoso (p01)"),
        (("--add", "Agus Salim", "--id", "a b"), "hanya boleh"),
        (("--add", "Agus Salim", "--email", "agus"), "«agus»"),
        (("--add", " "), "nama"),
    ],
)
def test_nobody_is_entered_twice_or_under_somebodys_id(one, words, said):
    done = one(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert said in done.stderr
    assert ": 2. " in one().stdout


def test_options_that_do_not_belong_together_are_refused(one, tmp_path):
    (tmp_path / "a.csv").write_text("id;nama\np05;Oki\n", encoding="utf-8")
    for words in ((str(tmp_path / "a.csv"), "--add", "Oki"), ("--id", "p05"), ("--email", "o@contoh.id")):
        assert one(*words).returncode == 2
