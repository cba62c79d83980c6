"""What grading asks a person is asked until points are given by hand for it, and names no places in memory."""

from __future__ import annotations

import json

import feedback_kit as kit
import pytest
from nbgrader.api import Gradebook
from running import Platform, free_port, run

from mutu.course.grade.mend import Question, harmless
from mutu.course.nbgrader.schema import ask_here
from mutu.kernels import cage
from mutu.serve import workspace
from mutu.serve.workspace import Workspace

ODD = {"luas": "class T:\n    pass\n\ndef luas(p, l):\n    return T()"}


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_a_question_is_not_asked_again_once_points_are_given(tmp_path):
    folders = kit.plain_course(tmp_path)
    kit.hand_in(folders, "ukur", "p1", ODD)
    (asked,) = _grade(folders)
    assert "<__main__.T>" in asked
    assert "0x" not in asked
    assert _grade(folders) == [asked], "it was not answered yet"
    ask_here()
    with Gradebook(folders.gradebook, "mutu") as book:
        grade = book.find_grade("tes-luas", "ukur", "ukur", "p1")
        grade.manual_score, grade.needs_manual_grade = 1, False
        book.db.commit()
    assert _grade(folders) == []
    assert _grade(folders, "--force") == []
    record = (folders.course / "autograded" / "p1" / "ukur" / ".mutu-grade.json").read_text(encoding="utf-8")
    assert [note["code"] for note in json.loads(record)["notes"] if note["kind"] == "question"] == ["not-plain"]
    kit.hand_in(folders, "ukur", "p1", {"luas": ODD["luas"] + "  # lagi"}, kit.SECOND)
    assert _grade(folders) == [asked], "another answer is asked about again"


@pytest.mark.timeout(300)
@pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
def test_a_question_is_closed_by_what_formgrader_sends_also_without_other_points(tmp_path):
    place = Workspace(tmp_path / "kerja")
    workspace.ensure_writable(place)
    workspace.stamp(place, None)
    folders = kit.plain_course(place.root)
    for who in ("p1", "p2", "p3"):
        kit.hand_in(folders, "ukur", who, ODD)
    for asked in (_grade(folders, "--student", who) for who in ("p1", "p2", "p3")):
        assert asked[0].endswith("Poin yang Anda ketik di formgrader, juga yang sama, menutup pertanyaan ini.")
    ask_here()
    with Gradebook(folders.gradebook, "mutu") as book:
        ids = {who: book.find_grade("tes-luas", "ukur", "ukur", who).id for who in ("p1", "p2")}
    with Platform(place.root, "--port", str(free_port())) as platform:
        _save(platform, ids["p1"], manual_score=0, extra_credit=None)  # as many as were there
        _save(platform, ids["p2"], manual_score=None, extra_credit=None)  # typed, and taken away again
    assert [_grade(folders, "--student", who) for who in ("p1", "p2")] == [[], []]
    assert len(_grade(folders, "--student", "p3")) == 1
    assert [_grade(folders, "--force", "--student", who) for who in ("p1", "p2")] == [[], []]


def _save(platform, grade, **points):
    """As formgrader's page does when somebody leaves the field of the points."""
    sent = json.dumps({"id": grade, **points}).encode()
    assert platform.post(f"/formgrader/api/grade/{grade}", sent, "PUT")[0] == 200


def test_a_question_about_more_cells_than_it_names_stays():
    many = {"count": 7, "cells": "«a», «b», «c», «d», «e», «f», …"}
    assert Question("no-answer", "{count} ({cells})", many).about == frozenset()
    assert Question("no-answer", "{count} ({cells})", {"count": 4, "cells": "«a», «b»"}).about == {"a", "b"}
    assert harmless("<function luas at 0x7fdc00aa>") == "<function luas>"


def _grade(folders, *words):
    done = run("course", "grade", "ukur", "--json", *words, "--course-dir", str(folders.course))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["submissions"][0]["questions"]
