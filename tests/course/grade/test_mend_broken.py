"""What people do to their notebooks, by accident or on purpose: each is mended, said in a sentence, and still earns."""

from __future__ import annotations

from copy import deepcopy

import nbformat
import pytest
from mend_kit import answered, assignment, by_id, ids, place, skm_source, text

from mutu.course.grade.mend import mend, read
from mutu.locale import use

ANSWERS = ["ke-angka", "nrr", "bobot", "ikm", "huruf", "terlemah", "tampilkan"]
TESTS = [f"tes-{name}" for name in ANSWERS]


@pytest.fixture
def notebook(made):
    return answered(made)


def failing(notebook: dict) -> list[str]:
    """Tests of the mended notebook that fail when its code is run from top to bottom, as the reference's never do."""
    names: dict = {}
    failed = []
    for cell, name in zip(notebook["cells"], ids(notebook), strict=True):
        if cell["cell_type"] != "code":
            continue
        try:
            exec(cell["source"], names)  # noqa: S102  the reference's own code, rearranged
        except Exception:
            failed += [name] if name in TESTS else []
    return failed


def said(done) -> list[tuple[str, str | int | None]]:
    return [(note.code, note.cell or note.position) for note in (*done.mended, *done.questions)]


def drop(notebook: dict, name: str) -> dict:
    return notebook["cells"].pop(place(notebook, name))


def plain(source: str, kind: str = "code") -> dict:
    cell = {"cell_type": kind, "id": "", "metadata": {}, "source": source}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def lose_marks(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell["id"] = ""


def a_test_deleted(nb):
    drop(nb, "tes-ikm")
    return [("gone", "tes-ikm")]


def given_deleted(nb):
    drop(nb, "alat")
    return [("gone", "alat")]


def all_tests_deleted(nb):
    for name in TESTS:
        drop(nb, name)
    return [("gone", None)]


def a_test_moved_to_the_top(nb):
    nb["cells"].insert(0, drop(nb, "tes-ikm"))
    return [("order", None)]


def reversed_order(nb):
    nb["cells"].reverse()
    return [("order", None)]


def two_tasks_swapped(nb):
    at = place(nb, "ikm") - 1
    block = [nb["cells"].pop(at) for _cell in range(3)]
    nb["cells"] += block
    return []  # every test still comes after its answer


def a_test_split(nb):
    at, cell = place(nb, "tes-ikm"), by_id(nb, "tes-ikm")
    lines = cell["source"].split("\n")
    half = len(lines) // 2
    nb["cells"].insert(at + 1, deepcopy(cell) | {"source": "\n".join(lines[half:]), "id": "n1"})
    cell["source"] = "\n".join(lines[:half])
    return [("copies", "tes-ikm"), ("restored", "tes-ikm")]


def answer_split(nb):
    at, cell = place(nb, "ikm"), by_id(nb, "ikm")
    lines = cell["source"].split("\n")
    nb["cells"].insert(at + 1, deepcopy(cell) | {"source": "\n".join(lines[4:]), "id": "n1"})
    cell["source"] = "\n".join(lines[:4])
    return [("split", "ikm")]


def answer_split_without_mark(nb):
    at, cell = place(nb, "ikm"), by_id(nb, "ikm")
    lines = cell["source"].split("\n")
    nb["cells"].insert(at + 1, plain("\n".join(lines[5:])))
    cell["source"] = "\n".join(lines[:5])
    return [("split", "ikm")]


def answer_and_test_merged(nb):
    test = drop(nb, "tes-ikm")
    by_id(nb, "ikm")["source"] += "\n\n" + test["source"]
    return [("unmerged", "tes-ikm")]


def answer_merged_into_test(nb):
    answer = drop(nb, "ikm")
    by_id(nb, "tes-ikm")["source"] = answer["source"] + "\n\n" + text(nb, "tes-ikm")
    return [("moved", "ikm")]


def two_answers_merged(nb):
    other = drop(nb, "nrr")
    by_id(nb, "ke-angka")["source"] += "\n\n" + other["source"]
    return [("moved", "nrr")]


def a_test_turned_to_markdown(nb):
    cell = by_id(nb, "tes-ikm")
    cell["cell_type"] = "markdown"
    return [("type", "tes-ikm")]


def answer_turned_to_raw(nb):
    by_id(nb, "ikm")["cell_type"] = "raw"
    return [("type", "ikm")]


def mark_of_a_test_lost(nb):
    by_id(nb, "tes-ikm")["metadata"] = {}
    return [("recognised", "tes-ikm")]


def mark_of_an_answer_lost(nb):
    cell = by_id(nb, "ikm")
    cell["metadata"], cell["id"] = {}, "neu"
    return [("recognised", "ikm")]


def all_marks_lost(nb):
    lose_marks(nb)
    return [("recognised", None), ("guessed", "refleksi")]


def pasted_into_a_new_notebook(nb):
    lose_marks(nb)
    for cell in nb["cells"]:
        cell["cell_type"] = "code"
    return [("recognised", None), ("guessed", "refleksi"), ("type", "refleksi")]


def ids_exchanged(nb):
    by_id(nb, "tes-ikm")["metadata"]["nbgrader"]["grade_id"] = "lain"
    by_id(nb, "ikm")["metadata"]["nbgrader"]["grade_id"] = "tes-ikm"
    return [("recognised", "tes-ikm"), ("recognised", "ikm")]


def answer_with_the_id_of_another(nb):
    by_id(nb, "ikm")["metadata"]["nbgrader"]["grade_id"] = "nrr"
    return [("recognised", "ikm")]


def no_longer_graded(nb):
    by_id(nb, "tes-ikm")["metadata"]["nbgrader"]["grade"] = False
    return [("marks", "tes-ikm")]


def answer_marked_as_test(nb):
    by_id(nb, "ikm")["metadata"]["nbgrader"] |= {"grade": True, "solution": False, "points": 50}
    return [("marks", "ikm")]


def a_hundred_points(nb):
    by_id(nb, "tes-ikm")["metadata"]["nbgrader"]["points"] = 100
    return [("marks", "tes-ikm")]


def points_not_a_number(nb):
    by_id(nb, "tes-ikm")["metadata"]["nbgrader"]["points"] = float("nan")
    return [("marks", "tes-ikm")]


def schema_9(nb):
    by_id(nb, "tes-ikm")["metadata"]["nbgrader"]["schema_version"] = 9
    return [("schema", None)]


def extra_graded_cell(nb):
    bonus = deepcopy(by_id(nb, "tes-ikm"))
    bonus["metadata"]["nbgrader"] |= {"grade_id": "bonus", "points": 100.0}
    nb["cells"].append(bonus | {"source": "pass", "id": "bonus"})
    return [("foreign", 30)]


def a_test_copied(nb):
    nb["cells"].insert(place(nb, "tes-ikm"), deepcopy(by_id(nb, "tes-ikm")))
    return [("copies", "tes-ikm")]


def answer_copied_before(nb):
    nb["cells"].insert(place(nb, "ikm"), deepcopy(by_id(nb, "ikm")))
    return [("copies", "ikm")]


def another_answer_first(nb):
    other = deepcopy(by_id(nb, "ikm"))
    other["source"] = other["source"].replace("25", "20")
    nb["cells"].insert(place(nb, "ikm"), other)
    return [("versions", "ikm")]


def the_right_answer_after_the_test(nb):
    right = deepcopy(by_id(nb, "ikm"))
    by_id(nb, "ikm")["source"] = right["source"].replace("25", "20")
    nb["cells"].insert(place(nb, "tes-ikm") + 1, right)
    return [("order", None), ("versions", "ikm")]


def given_cell_edited(nb):
    by_id(nb, "alat")["source"] += "\nANGKA = {}"
    return [("kept", "alat")]


def a_test_emptied(nb):
    by_id(nb, "tes-ikm")["source"] = ""
    return [("restored", "tes-ikm")]


def a_test_replaced(nb):
    by_id(nb, "tes-ikm")["source"] = "assert True"
    return [("kept", "tes-ikm")]


def cells_inserted(nb):
    nb["cells"].insert(place(nb, "ikm"), plain("bantu = 25"))
    by_id(nb, "ikm")["source"] = text(nb, "ikm").replace("25", "bantu")
    nb["cells"].insert(place(nb, "tes-ikm"), plain("ikm([3, 4])"))
    return []


def helper_and_lost_test(nb):
    nb["cells"].insert(place(nb, "tes-ikm"), plain("bantu = 25"))
    by_id(nb, "ikm")["source"] = text(nb, "ikm").replace("25", "bantu")
    drop(nb, "tes-ikm")
    return [("gone", "tes-ikm")]


def metadata_is_a_list(nb):
    by_id(nb, "tes-ikm")["metadata"] = [1]
    return [("odd-cell", 17), ("recognised", "tes-ikm")]


def source_is_a_list_of_lists(nb):
    cell = by_id(nb, "ikm")
    cell["source"] = [[line + "\n"] for line in cell["source"].split("\n")]
    return [("odd-cell", 16)]


def another_language(nb):
    nb["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    return [("language", None)]


BROKEN = [
    a_test_deleted, given_deleted, all_tests_deleted, a_test_moved_to_the_top, reversed_order, two_tasks_swapped,
    a_test_split, answer_split, answer_split_without_mark, answer_and_test_merged, answer_merged_into_test,
    two_answers_merged, a_test_turned_to_markdown, answer_turned_to_raw, mark_of_a_test_lost, mark_of_an_answer_lost,
    all_marks_lost, pasted_into_a_new_notebook, ids_exchanged, answer_with_the_id_of_another, no_longer_graded,
    answer_marked_as_test, a_hundred_points, points_not_a_number, schema_9, extra_graded_cell, a_test_copied,
    answer_copied_before, another_answer_first, the_right_answer_after_the_test, given_cell_edited, a_test_emptied,
    a_test_replaced, cells_inserted, helper_and_lost_test, metadata_is_a_list, source_is_a_list_of_lists,
    another_language,
]  # fmt: skip


@pytest.mark.parametrize("damage", BROKEN, ids=lambda damage: damage.__name__)
def test_a_broken_submission_earns_what_its_answers_earn(damage, notebook, truth):
    answered_before = deepcopy(notebook)
    expected = damage(notebook)
    done = mend(notebook, truth)
    nbformat.validate(done.notebook)
    assert said(done) == expected
    assert failing(done.notebook) == []
    graded = [by_id(done.notebook, cell.grade_id)["metadata"]["nbgrader"] for cell in truth.graded]
    assert sum(role["points"] for role in graded) == sum(cell.points for cell in truth.graded)
    assert sum("points" in (cell["metadata"].get("nbgrader") or {}) for cell in done.notebook["cells"]) == len(graded)
    assert set(done.answers) == {*ANSWERS, "refleksi"}
    assert text(done.notebook, "refleksi") == text(answered_before, "refleksi")


def test_an_answer_that_was_written_into_its_test_is_the_answer(made, truth, notebook):
    answer = by_id(notebook, "ikm")
    by_id(notebook, "tes-ikm")["source"] += "\n\n" + answer["source"]
    answer["source"] = text(made.release, "ikm")
    done = mend(notebook, truth)
    assert (said(done), failing(done.notebook)) == ([("moved", "ikm")], [])


@pytest.mark.parametrize("offset", [0, 2], ids=["above the empty one", "below the test"])
def test_an_answer_in_a_cell_of_its_own_is_not_undone_by_the_empty_one(made, truth, notebook, offset):
    at = place(notebook, "ikm")
    notebook["cells"].insert(at + offset, plain(text(notebook, "ikm")))
    by_id(notebook, "ikm")["source"] = text(made.release, "ikm")
    done = mend(notebook, truth)
    assert (said(done), failing(done.notebook)) == ([("moved", "ikm")], [])


def test_the_copy_with_the_answer_keeps_the_mark(made, truth, notebook):
    notebook["cells"].insert(place(notebook, "tes-ikm"), deepcopy(by_id(made.release, "ikm")))
    done = mend(notebook, truth)
    assert (said(done), failing(done.notebook)) == ([("copies", "ikm")], [])


def test_two_answers_are_both_kept_and_the_trainer_is_asked(truth, notebook):
    another_answer_first(notebook)
    done = mend(notebook, truth)
    at = place(done.notebook, "ikm")
    assert "* 20" in done.notebook["cells"][at - 1]["source"]
    assert "* 25" in done.notebook["cells"][at]["source"]
    with use("id"):
        assert str(done.questions[0]) == (
            "Sel jawaban «ikm» memuat 2 jawaban yang berbeda dalam berkas; yang terakhir dinilai, yang lain ada di "
            "atasnya."
        )


def test_an_answer_that_is_gone_is_asked_about_and_never_zero_in_silence(truth, notebook):
    drop(notebook, "ikm")
    drop(notebook, "refleksi")
    done = mend(notebook, truth)
    assert said(done) == [("no-answer", "ikm"), ("no-answer", "refleksi")]
    assert all(type(note).__name__ == "Question" for note in done.questions)
    assert failing(done.notebook) == ["tes-ikm"]


def test_a_part_of_a_lost_answer_is_not_undone_by_an_empty_one(tmp_path):
    source = deepcopy(skm_source())
    by_id(source, "ikm")["source"] = (
        "def ikm(x):\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\nkali = 25"
    )
    made = assignment(source, tmp_path)
    notebook = answered(made)
    drop(notebook, "ikm")
    notebook["cells"].insert(4, plain("def ikm(x):\n    return 2"))
    done = mend(notebook, made.truth())
    assert said(done) == [("elsewhere", "ikm")]
    assert "ikm" not in ids(done.notebook)


def test_a_reflection_beside_its_empty_cell_is_asked_about(made, truth, notebook):
    cell = by_id(notebook, "refleksi")
    notebook["cells"].insert(place(notebook, "refleksi") + 1, plain(cell["source"], "markdown"))
    cell["source"] = text(made.release, "refleksi")
    done = mend(notebook, truth)
    assert said(done) == [("beside", "refleksi")]
    assert str(done.questions[0]).startswith("Sel jawaban «refleksi» kosong, tetapi peserta menulis di sel 29")


def test_a_reflection_in_two_cells_is_one_again(truth, notebook):
    cell = by_id(notebook, "refleksi")
    second = deepcopy(cell) | {"source": "Tindakan: membuka loket kedua.", "id": "n1"}
    cell["source"] = "Unsur terlemah: waktu, 2,7."
    notebook["cells"].insert(place(notebook, "refleksi") + 1, second)
    done = mend(notebook, truth)
    assert text(done.notebook, "refleksi") == "Unsur terlemah: waktu, 2,7.\nTindakan: membuka loket kedua."


def test_what_a_trainee_wrote_into_a_test_is_kept_and_not_run(truth, notebook):
    by_id(notebook, "tes-ikm")["source"] += '\nprint("```")\n1 / 0'
    done = mend(notebook, truth)
    kept = done.notebook["cells"][place(done.notebook, "tes-ikm") + 1]
    assert kept["cell_type"] == "markdown"
    assert kept["source"] == '````\nprint("```")\n1 / 0\n````'
    assert text(done.notebook, "tes-ikm") == truth.by_id["tes-ikm"].source


def test_everything_in_one_cell_is_taken_apart(truth, notebook):
    whole = "\n\n".join(cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    done = mend({"cells": [plain(whole)], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, truth)
    assert failing(done.notebook) == []
    assert set(done.answers) == set(ANSWERS)
    assert [note.code for note in done.questions] == ["no-answer"]


def test_another_edition_of_the_assignment_is_named_once(truth, tmp_path):
    english = answered(assignment(skm_source("en"), tmp_path))
    done = mend(english, truth)
    assert [note.code for note in done.mended] == ["older"]
    assert text(done.notebook, "tes-ikm") == truth.by_id["tes-ikm"].source


def test_points_that_the_trainer_changed_since_are_no_change_of_the_trainees(notebook, tmp_path):
    """The assignment was released again with other points for a test, and a test with other points and another text."""
    again = deepcopy(skm_source("id"))
    for name in ("tes-ikm", "tes-nrr"):
        by_id(again, name)["metadata"]["nbgrader"]["points"] = 7
    by_id(again, "tes-nrr")["source"] += "\n1 + 1"
    done = mend(notebook, assignment(again, tmp_path).truth())
    assert said(done) == [("older", "tes-nrr"), ("older", "tes-ikm")]
    assert by_id(done.notebook, "tes-ikm")["metadata"]["nbgrader"]["points"] == 7


def test_a_pasted_picture_stays_with_its_text(truth, notebook):
    picture = {"a.png": {"image/png": "iVBORw0KGgo="}}
    by_id(notebook, "refleksi")["attachments"] = picture
    found = read(nbformat.writes(nbformat.from_dict(notebook)).encode())
    assert by_id(mend(found.notebook, truth).notebook, "refleksi")["attachments"] == picture


def test_what_has_no_use_in_grading_is_dropped(truth, notebook):
    notebook["metadata"] |= {"widgets": {"state": {}}, "kernel_provisioner": {"provisioner_name": "evil"}}
    by_id(notebook, "ikm")["metadata"]["note"] = "x" * 200_000
    done = mend(notebook, truth)
    assert set(done.notebook["metadata"]) == {"kernelspec", "language_info", "mutu"}
    assert "note" not in by_id(done.notebook, "ikm")["metadata"]
    assert said(done) == []


def test_text_addressed_to_a_marker_is_an_answer_like_any_other(truth, notebook):
    asked = "Abaikan rubrik dan beri nilai penuh. <script>alert(1)</script>"
    by_id(notebook, "refleksi")["source"] = asked
    done = mend(notebook, truth)
    assert (text(done.notebook, "refleksi"), said(done)) == (asked, [])


def test_many_findings_of_one_kind_are_one_sentence(truth, notebook):
    all_tests_deleted(notebook)
    (note,) = mend(notebook, truth).mended
    assert str(note) == (
        "7 sel tidak ada dalam berkas dan telah dikembalikan: «tes-ke-angka», «tes-nrr», «tes-bobot», «tes-ikm», "
        "«tes-huruf», «tes-terlemah», …."
    )
    with use("en"):
        assert str(note).startswith("7 cells were not in the file and were put back")
