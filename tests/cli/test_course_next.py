"""Each command of the course says the next step, as it is typed in the same place; none with --json."""

from __future__ import annotations

import pytest
from book_kit import skm_class
from running import run


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    root = tmp_path_factory.mktemp("ruang kelas") / "kerja"
    skm_class(root)
    return root


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (("due", "02", "2026-11-20"), "jalankan `mutu course grade 02 {where}`"),
        (("marks", "02", "--out", "{out}/n.csv"), "jalankan `mutu course insight 02 --out wawasan.html {where}`"),
        (("marks", "--out", "{out}/n.csv"), "jalankan `mutu course certificate --out sertifikat {where}`"),
        (("insight", "02", "--out", "{out}"), "jalankan `mutu course certificate 02 --out sertifikat {where}`"),
        (
            ("feedback", "02"),
            "sampaikan halaman umpan balik kepada peserta, di formgrader dengan Release Feedback atau dengan mengirim "
            "berkas di {folder}. Sesudah itu jalankan `mutu course marks 02 --out nilai.xlsx {where}`",
        ),
        (
            ("students", "{out}/peserta.csv"),
            "bagikan modul dengan `mutu course release MODUL {where}`, atau kumpulkan yang sudah kembali dengan "
            "`mutu course collect DARI {where}`",
        ),
    ],
)
def test_the_next_step_is_the_last_line(place, tmp_path, words, step):
    (tmp_path / "peserta.csv").write_text("id,nama\nbaru,Orang Baru\n", encoding="utf-8")
    done = run("course", *(word.format(out=tmp_path) for word in words), "--dir", str(place))
    assert done.returncode == 0, done.stderr
    step = step.format(where=f"--dir '{place}'", folder=place / "kursus" / "feedback")
    assert done.stdout.splitlines()[-1] == f"Langkah berikutnya: {step}"


def test_another_course_is_named_again(place, tmp_path):
    course = ("--course-dir", str(place / "kursus"))
    done = run("course", "marks", "02", "--out", str(tmp_path / "n.csv"), *course)
    assert done.stdout.endswith(f"`mutu course insight 02 --out wawasan.html --course-dir '{place / 'kursus'}'`\n")


@pytest.mark.parametrize("words", [("feedback", "02"), ("insight", "02", "--out", "{out}")])
def test_a_document_is_nothing_but_the_document(place, tmp_path, words):
    done = run("course", *(word.format(out=tmp_path) for word in words), "--json", "--dir", str(place))
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith("}")
    assert "Langkah" not in done.stdout
