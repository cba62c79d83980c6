"""Who is falling behind: every rule, its limit, and the languages of a module."""

from datetime import datetime
from pathlib import Path

import pytest

from mutu.course.nbgrader import Folders
from mutu.course.nbgrader.results import Assignment, CellGrade, NotebookResult, Person, Results, Submission, Task
from mutu.course.outcome.insight.behind import Module, falling_behind
from mutu.course.outcome.insight.gather import Class, Work
from mutu.course.outcome.standing import Known, nothing
from mutu.locale import use

NOW = datetime(2026, 11, 25)
FOLDERS = Folders(Path("kursus"), Path("exchange"))
PEOPLE = ("ani", "budi", "cici", "dodi")


def _submission(person, assignment, points, *, waits=False):
    cells = (
        CellGrade("a", "code", 10, auto_score=points, needs_manual_grade=False),
        CellGrade("b", "markdown", 90, needs_manual_grade=waits, manual_score=None if waits else 9 * points),
    )
    return Submission(person, assignment, notebooks=(NotebookResult("n", cells),))


def _behind(given, module="m3", due=(), works=(), ungraded=()):
    """Whoever is behind, with the reasons; `given` is (person, assignment) -> points of ten."""
    names = sorted({name for _person, name in given} | {module})
    tasks = (Task("n", "a", "code", 10), Task("n", "b", "markdown", 90))
    assignments = {name: Assignment(name, NOW.replace(year=2020) if name in due else None, tasks) for name in names}
    submissions = {
        key: points if isinstance(points, Submission) else _submission(*key, points) for key, points in given.items()
    }
    people = {name: Person(name) for name in PEOPLE}
    results = Results(people, assignments, submissions)
    known = Known(FOLDERS, results, {(person, module): None for person in ungraded})
    course = Class(module, module, (module,), (), {}, tuple(works), people, tuple(ungraded), {}, known)
    modules = [Module(name, (name,)) for name in names]
    with use("en"):
        return {each.person: each.reasons for each in falling_behind(course, modules, NOW)}


def _all(*points, names=("m1", "m2", "m3")):
    return {(person, name): point for name, row in zip(names, points, strict=True)
            for person, point in zip(PEOPLE, row, strict=True)}  # fmt: skip


def test_nobody_is_listed_without_a_reason():
    assert _behind(_all([8] * 4, [8] * 4, [8] * 4)) == {}


def test_low_marks_in_two_of_the_last_three_modules_are_a_reason_and_in_one_they_are_none():
    found = _behind(_all([8, 5, 8, 8], [8, 5.9, 5.9, 8], [8, 8, 8, 6]))
    assert found == {"budi": ("Low marks: m1 50%, m2 59% of the points given so far.",)}


def test_only_the_last_three_modules_are_looked_at():
    names = ("m1", "m2", "m3", "m4")
    assert _behind(_all([1] * 4, [1, 8, 8, 8], [8] * 4, [8] * 4, names=names), "m4") == {}


def test_where_there_is_one_module_a_low_mark_in_it_is_enough():
    assert list(_behind(_all([8, 3, 8, 8], names=("m3",)))) == ["budi"]


def test_points_that_wait_for_a_person_are_not_counted_as_lost():
    given = _all([8] * 4, names=("m3",)) | {("budi", "m3"): _submission("budi", "m3", 8, waits=True)}
    assert _behind(given) == {}


@pytest.mark.parametrize(("count", "listed"), [(1, False), (2, True)])
def test_who_has_not_handed_in_is_listed_once_half_of_the_class_has(count, listed):
    given = {(person, "m3"): 8 for person in PEOPLE[:count]}
    expected = dict.fromkeys(PEOPLE[count:], ("Has not handed in: m3.",)) if listed else {}
    assert _behind(given) == expected


def test_who_has_not_handed_in_is_listed_when_the_day_has_passed():
    assert list(_behind({("ani", "m3"): 8}, due=("m3",))) == ["budi", "cici", "dodi"]


def test_who_waits_for_automatic_grading_has_handed_in():
    given = {(person, "m3"): 8 for person in PEOPLE[:3]}
    assert _behind(given, ungraded=("dodi",)) == {}


def test_empty_answers_are_a_reason_from_two_on():
    given = _all([8] * 4, names=("m3",))
    written = {"a": "", "b": "", "c": "x"}

    def work(empty):
        return Work(Person("budi"), given_as("budi"), nothing(), {}, written, {}, frozenset(empty))

    def given_as(person):
        return _submission(person, "m3", 8)

    assert _behind(given, works=[work(["a"])]) == {}
    assert _behind(given, works=[work(["a", "b"])]) == {"budi": ("Left 2 of 3 answers of m3 empty.",)}


def test_most_reasons_come_first_then_the_lowest_mark():
    given = _all([8, 2, 3, 8], [8, 2, 3, 8], [8, 4, 4, 8])
    del given["cici", "m1"]
    assert list(_behind(given)) == ["cici", "budi"]


def test_a_module_in_two_languages_is_one_and_the_better_mark_counts():
    submissions = {
        ("ani", "skm"): _submission("ani", "skm", 3),
        ("ani", "skm-en"): _submission("ani", "skm-en", 9),
        ("budi", "skm-en"): _submission("budi", "skm-en", 9),
    }
    tasks = (Task("n", "a", "code", 10),)
    results = Results({name: Person(name) for name in ("ani", "budi")},
                      {name: Assignment(name, None, tasks) for name in ("skm", "skm-en")}, submissions)  # fmt: skip
    course = Class("skm", "", ("skm", "skm-en"), (), {}, (), results.people, (), {}, Known(FOLDERS, results))
    assert falling_behind(course, [Module("skm", ("skm", "skm-en"))], NOW) == []
