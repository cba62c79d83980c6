"""Which course and which folders the commands of `mutu course` take, and what they do not make out of a slip."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from running import environment, mutu, run


def _in(folder, *words):
    return subprocess.run(
        mutu("course", *words), cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    "words",
    [("grade", "02"), ("marks", "--out", "n.csv"), ("insight", "02", "--out", "w.html"), ("certificate", "--out", "s")],
    ids=lambda words: words[0],
)
def test_a_folder_without_a_course_is_called_so_and_stays_as_it_is(tmp_path, words):
    done = _in(tmp_path, *words, "--course-dir", str(tmp_path))
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (1, "", [])
    assert done.stderr.startswith(f"Di {tmp_path} tidak ada kursus nbgrader")
    assert done.stderr.count("\n") == 1


def test_certificates_of_another_course_make_no_workspace_of_their_own(place, tmp_path):
    done = _in(tmp_path, "certificate", "--out", "s", "--course-dir", str(place / "kursus"))
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert "Sebutkan ruang kerjanya dengan --dir." in done.stderr
    done = _in(tmp_path, "certificate", "--out", "s", "--course-dir", str(place / "kursus"), "--dir", "kantor")
    assert (tmp_path / "kantor" / "pelatihan.toml").is_file()


def test_the_name_of_another_kind_of_file_makes_no_folder_for_the_page(place, tmp_path):
    done = _in(tmp_path, "insight", "02", "--json", "--out", "x.json", "--dir", str(place))
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert "x.json bukan halaman dan bukan folder. Akhiri namanya dengan .html" in done.stderr
    done = _in(tmp_path, "insight", "02", "--json", "--out", "kelas.2026", "--dir", str(place))
    assert json.loads(done.stdout)["file"] == "kelas.2026/wawasan-skm.html"


def test_a_file_that_is_no_certificate_is_not_taken_for_a_code(place, tmp_path):
    assert run("course", "marks", "--out", str(tmp_path / "n.xlsx"), "--dir", str(place)).returncode == 0
    done = run("course", "certificate", "--verify", str(tmp_path / "n.xlsx"), "--dir", str(place))
    assert done.returncode == 1
    assert done.stdout.startswith("TIDAK SAH. Ini bukan PDF dan bukan teks. Berikan PDF sebagaimana diterbitkan")


def test_no_room_at_all_is_no_number_of_rooms(place):
    done = run("course", "grade", "02", "--jobs", "0", "--dir", str(place))
    assert (done.returncode, done.stderr) == (2, "--jobs bernilai 0. Berikan angka mulai 1.\n")


def test_who_is_new_changed_or_as_before_is_counted(place, tmp_path):
    here = tmp_path / "kerja"
    shutil.copytree(place, here)
    rows = ["id,nama", "p01,Ani Lestari", "baru,Budi Santoso", 'lagi,"Citra Dewi, S.Sos."']
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    enter = ("course", "students", str(tmp_path / "a.csv"), "--rename", "--dir", str(here))
    said = [run(*enter).stdout.splitlines()[0] for _time in range(2)]
    assert said == [f"Peserta: {counts}, di {here / 'kursus'}."
                    for counts in ("2 ditambahkan, 1 diubah, 0 tetap", "0 ditambahkan, 0 diubah, 3 tetap")]  # fmt: skip
