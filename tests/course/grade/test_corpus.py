"""Sixty-six kinds of submission and more, each graded between honest neighbours: docs/security-submissions.md."""

import re
import sys

import pytest
from cage_kit import IS_ROOT, in_outer_cage, needs_cage
from corpus import BESIDE, COURSES, OUTSIDE, RIGHT, TESTS, groups, judge

pytestmark = [needs_cage, pytest.mark.timeout(judge.PATIENCE), pytest.mark.slow, pytest.mark.alone]
GROUPS = list(groups())
EACH = [(group, each) for group in GROUPS for each in groups()[group]]
both = pytest.mark.parametrize("course", COURSES)
each_group = pytest.mark.parametrize("group", GROUPS)
each_one = pytest.mark.parametrize(("group", "hostile"), EACH, ids=[each.name for _group, each in EACH])
FULL = {"tes-kuadrat": 5.0, "tes-nilai": 4.0, "tes-akar": 5.0}


@pytest.mark.skipif(not IS_ROOT, reason="an ordinary user stays one in the outer cage")
def test_the_outer_cage_holds_what_a_fallen_wall_of_ours_would_not():
    """What grades in these tests could itself neither become root nor take the machine's memory."""
    try_it = "import os\nprint(os.getuid())\ntry: bytearray(9 << 30)\nexcept MemoryError: print('held')"
    assert in_outer_cage([sys.executable, "-c", try_it]).stdout.split() == ["65534", "held"]


@each_group
@both
def test_the_batch_ends_and_tests_run_where_they_should(group, course):
    found = judge.seen(group)[course]
    assert found["failed"] == ""
    assert set(found["beside"]) == (set() if course == OUTSIDE else set(TESTS))
    assert set(found["graded"]) == {each.name for each in groups()[group]} | {"benar", "lain", "salah"}


@each_group
@both
def test_honest_neighbours_have_what_they_have_without(group, course):
    found = judge.seen(group)[course]
    assert found["neighbours"] == found["alone"]
    assert {name: found["scores"][name] for name in ("benar", "lain", "salah")} == {
        "benar": FULL,
        "lain": FULL | {"tes-akar": 0.0},
        "salah": FULL | {"tes-kuadrat": 0.0, "tes-nilai": 0.0},
    }


@each_group
@both
def test_nothing_is_left_running_changed_or_reached(group, course):
    found = judge.seen(group)[course]
    assert (found["running"], found["files"], found["changed"], found["heard"]) == ([], [], [], False)


@each_one
@both
def test_it_gets_what_its_honest_answers_earn(group, hostile, course):
    possible = [hostile.marks(course), *([hostile.beside_or] if course == BESIDE and hostile.beside_or else [])]
    assert judge.marks(judge.seen(group)[course], hostile.name) in possible


@each_one
@both
def test_nothing_of_others_is_in_what_it_gets_back(group, hostile, course):
    assert judge.seen(group)[course]["leaks"][hostile.name] == []


@each_one
@both
def test_the_trainer_reads_why(group, hostile, course):
    """A sentence where something was mended, left out or is suspicious; else the error in the test's own cell."""
    found = judge.seen(group)[course]
    said = judge.sentences(found, hostile.name)
    if pattern := hostile.sentence(course):
        assert any(re.search(pattern, text) for text in said), said
    elif hostile.marks(course)[0] == 0:
        assert said or found["seen"][hostile.name]["tes-kuadrat"]
    assert all("\n" not in text for text in said)


def test_full_marks_for_wrong_work_are_given_beside_the_code_alone_and_for_a_reason():
    for _group, hostile in EACH:
        if hostile.first == RIGHT["kuadrat"] or hostile.kind == "52":
            continue
        assert not _gains(hostile.outside), hostile.name
        gains = _gains(hostile.marks(BESIDE)) or _gains(hostile.beside_or or (0, 0, 0))
        assert gains == bool(hostile.principle), hostile.name


def _gains(marks):
    return bool(marks[0] or marks[1])


def test_names_are_given_once():
    names = [each.name for _group, each in EACH]
    assert len(set(names)) == len(names)


def test_every_kind_of_the_list_is_there():
    assert {int(each.kind) for _group, each in EACH if each.kind != "+"} == set(range(1, 67))


@each_group
def test_the_table_is_no_older_than_the_submissions(group, request):
    if request.config.getoption("--write-submissions"):
        pytest.skip("it is being written")
    page = judge.PAGE.read_text(encoding="utf-8").splitlines()
    assert [line for line in judge.lines(group) if line not in page] == []
