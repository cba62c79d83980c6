"""Sentences of a trainee's page that say neither too much nor what is not so."""

from __future__ import annotations

import pytest

from mutu.course.grade.mend import Problem, Question
from mutu.course.nbgrader.results import CellGrade, NotebookResult
from mutu.course.outcome.feedback.file import told
from mutu.course.outcome.feedback.page import Page, items, render
from mutu.course.outcome.feedback.plan import Plan, Task
from mutu.course.outcome.feedback.secrets import secrets
from mutu.course.outcome.feedback.split import Split
from mutu.course.outcome.feedback.verdict import verdict
from mutu.course.outcome.feedback.words import of_test
from mutu.errors import Term
from mutu.locale import use

SLOW = Problem("slow", "Time was up in cell {cells}.", {"cells": "«7»"})
AGAIN = "kumpulkan sekali lagi"


def _page(*grades: CellGrade, record: dict[str, object] | None = None) -> str:
    test = Split("assert luas(2, 3) == 6")
    plan = Plan("Ukur", "id", {each.grade_id: Task(each.grade_id, each.grade_id, test=test) for each in grades},
                secrets([test]))  # fmt: skip
    with use("id"):
        found = items(plan, NotebookResult("ukur", grades), {"cells": []})
        said = told(record or {"notes": []}, {}, is_full=all(item.answer.state == "right" for item in found))
        return render(Page("Ukur", "id", "Siti", "p1", None, found, mended=said.mended, reason=said.reason))


def _grade(manual: float | None, *, auto: float = 0.0, needs: bool = False) -> CellGrade:
    return CellGrade("tes", "code", 2, auto, manual, None, needs)


def test_a_task_decided_by_hand_with_zero_does_not_wait_for_points():
    shown = _page(_grade(0.0))
    assert "Dinilai pengajar" in shown
    assert "0 dari 2 poin" in shown
    assert "belum ada poin" not in shown
    assert "belum ada poin" in _page(_grade(None)), "nobody has looked at it"


def test_nobody_with_all_points_is_told_to_hand_in_again():
    record = {"notes": [SLOW.as_data()]}
    full, part = _page(_grade(None, auto=2.0), record=record), _page(_grade(None), record=record)
    assert "Time was up in cell «7»." in full
    assert AGAIN not in full
    assert AGAIN in part


def test_points_that_wait_for_a_look_can_go_down_too():
    old, none = _page(_grade(1.0, needs=True)), _page(_grade(None, needs=True))
    assert "dapat berubah" in old
    assert "dapat bertambah" not in old
    assert "dapat bertambah 2 poin" in none


def test_a_task_with_two_answers_says_which_was_graded():
    fields = {"kind": Term("Answer cell"), "cell": "luas", "position": 3, "count": 2}
    asked = Question("versions", "{kind} {cell} {count}", fields, cell="luas")
    with use("id"):
        said = told({"notes": [asked.as_data()]}, {"luas": "Soal A"})
    assert said.mended == (
        "Sel jawaban «Soal A» ada dalam berkas Anda dengan 2 jawaban berbeda. Jawaban yang terakhir dinilai; yang lain "
        "ada di atasnya.",
    )


@pytest.mark.parametrize(("language", "line"), [("id", "(baris 2)"), ("en", "(line 2)")])
def test_an_error_of_syntax_names_its_line_and_no_file_of_the_kernel(language, line):
    error = {"output_type": "error", "ename": "SyntaxError", "evalue": "invalid syntax (4208589777.py, line 2)"}
    with use(language):
        found = verdict({"outputs": []}, [{"outputs": [error]}], 0.0, secrets([]))
    assert found.said == f"SyntaxError: invalid syntax {line}"


def test_an_error_names_no_place_in_memory():
    error = {"output_type": "error", "ename": "TypeError", "evalue": "<__main__.T object at 0x7fdc00> is odd"}
    assert verdict({}, [{"outputs": [error]}], 0.0, secrets([])).said == "TypeError: <__main__.T> is odd"


def test_a_package_that_only_the_participant_has_is_no_line_to_correct():
    error = {"output_type": "error", "ename": "ModuleNotFoundError", "evalue": "No module named 'seaborn'"}
    with use("id"):
        found = verdict({"outputs": []}, [{"outputs": [error]}], 0.0, secrets([]))
        said = of_test(found, Split("assert luas(2, 3) == 6"), 0.0)
    assert said.quote == "ModuleNotFoundError: No module named 'seaborn'"
    assert said.next_step.startswith("Periksa ejaan nama paketnya.")


def test_who_handed_in_an_untouched_file_may_have_meant_another():
    with use("id"):
        said = told({"notes": [Question("untouched", "Nothing is filled in.").as_data()]}, {})
    assert said.file[0].startswith("Tidak ada yang diisi dalam berkas yang Anda kumpulkan.")
