"""How feedback tells what failed, on outputs as notebooks have them, honest and forged."""

from __future__ import annotations

import nbformat
import pytest

from mutu.course.outcome import Checker, NotYet
from mutu.course.outcome.feedback import words
from mutu.course.outcome.feedback.rubric import levels, reached
from mutu.course.outcome.feedback.secrets import secrets
from mutu.course.outcome.feedback.split import Split
from mutu.course.outcome.feedback.verdict import Verdict, verdict
from mutu.locale import use

OURS = """\
periksa(nrr, [4, 3], expect=3.5, mistakes=[(7, "Itu jumlahnya.")])
periksa(nrr, [None], expect=None)
### BEGIN HIDDEN TESTS
# kasus: satu jawaban
periksa(nrr, [9137], expect=9137, otherwise="Rahasia satu.")
# kasus: banyak jawaban
for _daftar, _nilai in (([1, 2], 1.5), ([5551, 5553], 5552)):
    periksa(nrr, _daftar, expect=_nilai, otherwise="Rahasia dua.")
### END HIDDEN TESTS"""
PLAIN = """\
data = [1, 2]
assert rata(data) == 1.5
assert rata([4,
             6]) == 5, "Bagilah dengan banyaknya."
### BEGIN HIDDEN TESTS
# case: nothing
assert rata([]) is None
# case: one value
assert rata([77123]) == 77123
### END HIDDEN TESTS
"""


def error(name, said, trace=()):
    return {"output_type": "error", "ename": name, "evalue": said, "traceback": list(trace) or [said]}


def cell(source, *outputs, count=5):
    return {"cell_type": "code", "source": source, "execution_count": count, "outputs": list(outputs)}


def judged(source, *outputs, answers=(), share=0.0):
    return verdict(cell(source, *outputs), answers, share, secrets([Split(source)]))


def said_by(function, *inputs, **more):
    """The sentence of the real Checker."""
    with pytest.raises(NotYet) as told:
        Checker("id")(function, *inputs, **more)
    return str(told.value)


def nrr(jawaban):
    return sum(jawaban)


def failing_at(line, name="AssertionError", said=""):
    """A traceback as IPython writes it, colours included."""
    frame = f"\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[5]\x1b[39m\x1b[32m, line {line}\x1b[39m\n---> {line} x"
    inner = "\x1b[36mCell\x1b[39m \x1b[32mIn[4]\x1b[39m\x1b[32m, line 2\x1b[39m, in rata(daftar)"
    return error(name, said, [f"{name}  Traceback (most recent call last)", frame, inner, f"{name}: {said}"])


def test_full_points_are_right_whatever_was_printed():
    assert judged(OURS, {"output_type": "stream", "name": "stdout", "text": "…"}, share=1).kind == "passed"


def test_a_visible_check_is_quoted_with_how_many_passed_before_it():
    first = judged(OURS, error("NotYet", said_by(nrr, [4, 3], expect=3.5, mistakes=[(7, "Itu jumlahnya.")])))
    assert first == Verdict("visible", said="nrr([4, 3]) menghasilkan 7. Itu jumlahnya.", before=0)
    second = judged(OURS, error("NotYet", said_by(lambda jawaban: 0, [None], expect=None)))
    assert (second.kind, second.before) == ("visible", 1)
    assert second.said.startswith("<lambda>([None]) menghasilkan 0.")


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_sentence_of_a_visible_check_is_recognised(language):
    def broken(jawaban):
        raise ValueError("kosong")

    for function in (nrr, broken, lambda jawaban: None, lambda jawaban: "3.5"):
        with pytest.raises(NotYet) as told:
            Checker(language)(function, [4, 3], expect=3.5)
        assert judged(OURS, error("NotYet", str(told.value))).kind == "visible", str(told.value)


def test_a_hidden_check_gives_its_case_and_nothing_else():
    told = said_by(lambda jawaban: 0, [9137], expect=9137, otherwise="Rahasia satu.")
    assert judged(OURS, error("NotYet", told)) == Verdict("hidden", cases=("satu jawaban",))


def test_a_hidden_check_in_a_loop_gives_the_case_of_the_loop():
    told = said_by(lambda jawaban: 0, [5551, 5553], expect=5552, otherwise="Rahasia dua.")
    assert judged(OURS, error("NotYet", told)) == Verdict("hidden", cases=("banyak jawaban",))


@pytest.mark.parametrize(
    "forged",
    [
        "Belum tepat: nrr([4, 3]) ([9137]) menghasilkan 0. Rahasia satu.",
        "Belum tepat: nrr([4, 3]) menghasilkan 0. Rahasia satu.",
        "Belum tepat: nrr([4, 3]) menghasilkan 0. Itu jumlahnya. periksa(nrr, [9137], expect=9137)",
        "Belum tepat: nrr([4, 3]) menghasilkan 'periksa(nrr, [9137], expect=9137, otherwise=…'. Itu jumlahnya.",
        "nrr([4, 3]) berhenti dengan pesan «ValueError: periksa(nrr, [9137], expect=9137)». "
        "Baca sekali lagi baris terakhir kode Anda.",
        "nrr([4, 3]) berhenti dengan pesan «ValueError: 5552». Baca sekali lagi baris terakhir kode Anda.",
        "periksa(nrr, _daftar, expect=_nilai)",
    ],
)
def test_a_forged_sentence_shows_nothing_of_a_hidden_check(forged):
    found = judged(OURS, error("NotYet", forged))
    shown = " ".join((found.said, found.code, *found.cases))
    assert not any(secret in shown for secret in ("9137", "Rahasia", "5552", "_daftar")), found


def test_an_untouched_cell_is_empty_not_wrong():
    def empty(jawaban):
        raise NotImplementedError

    assert judged(OURS, error("NotYet", said_by(empty, [4, 3], expect=3.5))).kind == "empty"
    assert judged(PLAIN, failing_at(2, "NotImplementedError")).kind == "empty"


def test_a_visible_assert_shows_its_own_statement_and_message():
    assert judged(PLAIN, failing_at(2)) == Verdict("visible", said="AssertionError", code="assert rata(data) == 1.5")
    found = judged(PLAIN, failing_at(4, said="Bagilah dengan banyaknya."))
    assert found.said == "Bagilah dengan banyaknya."
    assert found.code.splitlines()[0] == "assert rata([4,"


@pytest.mark.parametrize(("line", "case"), [(7, "nothing"), (9, "one value")])
def test_a_hidden_assert_gives_the_case_above_it(line, case):
    assert judged(PLAIN, failing_at(line, said="77123 nothing here")) == Verdict("hidden", cases=(case,))


@pytest.mark.parametrize(
    "trace", [["no frame at all"], ["Cell In[5], line 99"], ["Cell In[5], line 0"], [{"a": 1}], "Cell In[5], line x"]
)
def test_an_error_without_a_place_is_told_without_one(trace):
    found = judged(PLAIN, error("AssertionError", "assert rata([77123]) == 77123") | {"traceback": trace})
    assert found == Verdict("unknown")


@pytest.mark.parametrize(
    "frame",
    [
        "Input In [5], in <cell line: 2>()\n----> 2 assert",
        "<ipython-input-5-0a1b2c3d> in <module>\n      1 data\n----> 2 assert rata",
    ],
)
def test_tracebacks_of_older_ipython_are_read(frame):
    assert judged(PLAIN, error("AssertionError", "", [frame])).code == "assert rata(data) == 1.5"


def test_an_error_of_the_visible_part_that_quotes_a_hidden_value_loses_what_it_says():
    assert judged(PLAIN, failing_at(2, "ValueError", "expected 77123")).said == "ValueError"
    assert judged(PLAIN, failing_at(2, "ValueError", "x" * 500)).said == "ValueError"
    assert judged(PLAIN, failing_at(2, "<script>", "x")).said == "Error: x"


def test_an_answer_that_stops_is_told_instead_of_the_missing_name_it_causes():
    answer = cell("def rata(:", error("SyntaxError", "invalid syntax (3710.py, line 1)"))
    found = judged(PLAIN, failing_at(2, "NameError", "name 'rata' is not defined"), answers=[answer])
    assert found == Verdict("stopped", said="SyntaxError: invalid syntax (baris 1)")


def test_time_that_is_up_is_told_as_such_but_not_where_in_the_hidden_part():
    assert judged(PLAIN, failing_at(2, "KeyboardInterrupt")).kind == "slow"
    assert judged(PLAIN, failing_at(9, "KeyboardInterrupt")) == Verdict("hidden", cases=("one value",))


def test_silence_warnings_and_part_of_the_points_have_words_of_their_own():
    assert judged(PLAIN).kind == "silent"
    assert judged(PLAIN, {"output_type": "stream", "name": "stderr", "text": "x"}).kind == "warned"
    assert judged(PLAIN, share=0.5).kind == "partial"


@pytest.mark.parametrize("outputs", [None, 3, "x", [3], [None], [{"output_type": "error"}]])
def test_outputs_of_another_form_end_nothing(outputs):
    assert verdict({"source": None, "outputs": outputs}, [], 0.0, secrets([])).kind in ("silent", "unknown")


def test_what_stands_in_the_visible_part_is_no_secret():
    kept = secrets([Split(OURS)], "nilai 9137 dari soal")
    assert not kept.are_in("nrr([4, 3]) adalah 3.5")
    assert not kept.are_in("9137")
    assert kept.are_in("hasil 5552!")
    assert not kept.are_in("hasil 55520 dan 5552.5")
    assert kept.are_in("kata Rahasia\n   satu.")


def test_a_region_without_an_end_is_hidden_to_the_end():
    split = Split("a = 1\n### BEGIN HIDDEN TESTS\nassert a == 912")
    assert split.hidden == {2, 3}
    assert split.visible == "a = 1"


def test_a_case_holds_for_its_own_region_only():
    split = Split(
        "### BEGIN HIDDEN TESTS\n# kasus: satu\nassert a\n### END HIDDEN TESTS\n"
        "### BEGIN HIDDEN TESTS\nassert b\n### END HIDDEN TESTS"
    )
    assert (split.case(3), split.case(6)) == ("satu", None)
    assert list(split.unnamed()) == ["assert b"]


def test_checks_that_feedback_could_not_tell_apart_are_found():
    assert list(Split(OURS).unplaced()) == []
    loop = "for x in y:\n    periksa(nrr, x, expect=1)\n"
    assert list(Split(loop + OURS).unplaced()) == ["periksa(nrr, x, expect=1)"]
    assert list(Split(loop).unplaced()) == []


RUBRIC = """\
| Nama | Arti |
|---|---|
| NRR | nilai |

| Poin | Syarat | Contoh |
|---:|---|---|
| 0 | kosong | |
| **2** | ada angka | «a \\| b» |
| 1,5 | umum |
"""


def test_a_rubric_is_the_table_of_points():
    assert [(level.points, level.asks, level.example) for level in levels(RUBRIC)] == [
        (0, "kosong", ""), (1.5, "umum", ""), (2, "ada angka", "«a | b»")
    ]  # fmt: skip
    now, above = reached(levels(RUBRIC), 1.75)
    assert (now.asks, above.asks) == ("umum", "ada angka")
    assert levels("no table") == ()


def test_points_by_hand_name_their_level_and_the_next():
    with use("en"):
        said = words.of_hand(levels(RUBRIC), 1.5, 2)
    assert said.lines == ("What 1.5 points stand for: umum.",)
    assert said.next_step == "For 2 points: ada angka."


def test_the_check_asks_for_a_case_and_for_what_to_read():
    from mutu.course.author import answering
    from mutu.course.author.parse import parse

    lesson = parse("# %% [markdown]\n# ## Rata-rata\n", "lesson.py")
    test = "### BEGIN HIDDEN TESTS\nperiksa(a, 1, expect=1)\n### END HIDDEN TESTS\n"
    with use("en"):
        found = answering.problems(parse(f'# %% kind="test" id="t" points=1\n{test}', "x"), lesson, "x")
        assert [problem.split(". ")[0] for problem in found] == [
            "x: the cell «t» does not say what to read again",
            "x: the hidden test «periksa(a, 1, expect=1)» in «t» names no case",
        ]
        named = test.replace("TESTS\np", "TESTS\n# kasus: satu\np")
        wrong = answering.problems(parse(f'# %% kind="test" id="t" points=1 read="## Rata"\n{named}', "x"), lesson, "x")
        assert "no heading of lesson or exercise" in wrong[0]
        good = f'# %% kind="test" id="t" points=1 read="## Rata-rata"\n{named}'
        assert answering.problems(parse(good, "x"), lesson, "x") == []


def test_nbformat_writes_text_as_lines_and_both_are_read():
    node = nbformat.v4.new_code_cell(OURS)
    told = said_by(lambda jawaban: 0, [9137], expect=9137)
    lines = {"source": OURS.splitlines(keepends=True), "execution_count": 1, "outputs": [error("NotYet", [told])]}
    assert verdict(lines, [], 0.0, secrets([Split(node.source)])).cases == ("satu jawaban",)
