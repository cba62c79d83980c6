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


def test_what_waits_comes_before_the_certificate(tmp_path):
    book = skm_class(tmp_path / "kerja")
    where = ("--course-dir", str(book.folders.course))
    at = f"--course-dir {book.folders.course}"
    marks, page = ("marks", "--out", f"{tmp_path}/n.xlsx"), ("insight", "02", "--out", f"{tmp_path}/w.html")

    def step(*words):
        done = run("course", *words, *where)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()[-1].removeprefix("Langkah berikutnya: ")

    by_hand = f"beri poin untuk 1 kiriman di formgrader (Manual Grading), lalu jalankan `mutu course feedback 02 {at}`"
    assert [step(*marks), step(*page)] == [by_hand] * 2
    new = book.folders.course / "submitted" / "p05" / "skm"
    new.mkdir(parents=True)
    (new / "skm.ipynb").write_text("{}", encoding="utf-8")
    assert [step(*marks), step(*page)] == [f"jalankan `mutu course grade 02 {at}`"] * 2
    (new / "skm.ipynb").unlink()
    new.rmdir()
    book.give("p03", "skm", "text-refleksi", 5.0)
    in_words = ("marks", "02", "--out", f"{tmp_path}/n.csv")
    assert [step(*marks), step(*in_words)] == [f"jalankan `mutu course insight 02 --out wawasan.html {at}`"] * 2
    assert step(*page) == f"jalankan `mutu course certificate 02 --out sertifikat {at}`"


@pytest.mark.parametrize("words", [("feedback", "02"), ("insight", "02", "--out", "{out}"), ("insight", "02")])
def test_a_document_is_nothing_but_the_document(place, tmp_path, words):
    done = run("course", *(word.format(out=tmp_path) for word in words), "--json", "--dir", str(place))
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith("}")
    assert "Langkah" not in done.stdout
