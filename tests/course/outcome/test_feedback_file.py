"""What a trainee reads of a file that did not arrive whole: what happened, what was graded, what to do."""

from __future__ import annotations

import feedback_kit as kit
import pytest

from mutu.course.grade.engine import grade
from mutu.course.grade.mend import Mended, Note, Problem, Question, read
from mutu.course.grade.options import Options
from mutu.course.nbgrader import Course
from mutu.course.outcome.feedback.file import told, unread
from mutu.course.outcome.feedback.write import write
from mutu.errors import Term
from mutu.kernels import cage
from mutu.locale import use

TITLES = {"luas": "Soal A: luas", "tes-luas": "Soal A: luas"}
STEP = "Buka notebook Anda, periksa apakah semua jawaban sudah ada, simpan, lalu kumpulkan sekali lagi."


def _record(*notes: Note) -> dict[str, object]:
    return {"notes": [note.as_data() for note in notes]}


@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_a_file_that_was_cut_off_has_its_own_words(tmp_path):
    folders = kit.plain_course(tmp_path)
    kit.hand_in(folders, "ukur", "p01", {"luas": "def luas(p, l):\n    return p * l"})
    file = folders.course / "submitted" / "p01" / "ukur" / "ukur.ipynb"
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.index(b"def keliling")])
    grade(Course.of(folders), "ukur", Options(jobs=1))
    (written,) = write(folders, "ukur")
    shown = written.file.read_text(encoding="utf-8")
    assert "Berkas Anda terpotong setelah sel" in shown
    assert "«Soal C: alasan»" in shown
    assert STEP in shown
    assert written.page.file[-1] == STEP
    for to_the_trainer in ("Mintalah", "mohon Anda periksa", "peserta"):
        assert to_the_trainer not in shown
    with use("en"):
        english = told(_record(Mended("cut", "", {"count": 3})), {}).file
    assert english[0].startswith("Your file was cut off after cell 3: ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Berkas yang Anda kumpulkan kosong, jadi tidak ada yang dapat dinilai."),
        (b"%PDF-1.7", "Yang Anda kumpulkan adalah dokumen PDF, bukan notebook, jadi tidak dapat dinilai."),
        (b'{"a": 1}', "Berkas Anda rusak: tidak ada sel yang dapat dibaca, jadi tidak dapat dinilai."),
    ],
)
def test_a_file_that_cannot_be_read(data, said):
    reason = read(data).reason
    assert unread(reason) == said
    assert told(_record(reason), {}).file == (said, STEP)


def test_what_only_the_trainer_can_act_on_stays_off_the_page():
    kept = Mended("kept", "{cell} the trainee", {"kind": Term("Test cell"), "cell": "tes-luas"}, cell="tes-luas")
    slow = Problem("slow", "Time was up in cell {cells}.", {"cells": "«luas»"})
    said = told(_record(Question("not-plain", "Look at it yourself."), kept, slow), TITLES)
    assert said.file == ()
    assert said.mended == (
        "Sel tes «Soal A: luas» dikembalikan seperti semula; yang Anda tulis di dalamnya ada di bawahnya, sebagai teks "
        "yang tidak dijalankan.",
    )
    assert said.reason == (
        "Time was up in cell «Soal A: luas». "
        "Perbaiki sel itu, jalankan seluruh notebook dari awal, lalu kumpulkan sekali lagi."
    )


def test_a_record_of_before_is_still_told():
    said = told({"mended": ["Sel dikembalikan."], "reason": "Waktunya habis."}, {})
    assert (said.file, said.mended, said.reason) == ((), ("Sel dikembalikan.",), "Waktunya habis.")
