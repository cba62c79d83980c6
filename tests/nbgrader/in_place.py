"""A plug-in of pytest for a child process: this engine in the place of nbgrader's own, step by step where a test asks.

Whole submissions go through the engine itself. nbgrader's tests of single steps hand over a notebook that already has
outputs, or one cell: there each step of ours that has the same task stands in the place of nbgrader's.
"""

from __future__ import annotations

import json
from dataclasses import replace

from nbformat import from_dict
from nbgrader import utils
from nbgrader.preprocessors import IgnorePattern, LimitOutput, SaveAutoGrades
from traitlets.config import Config

from mutu.course.grade import limit
from mutu.course.grade.button import run
from mutu.course.grade.decide import Decided, decide
from mutu.course.grade.mend import SavedCell, Truth, checksum
from mutu.course.grade.paper import Paper
from mutu.course.grade.rooms import Told
from mutu.course.grade.taking import SHOW, Taking
from mutu.course.nbgrader import Book, Course, Marked, take_over


def _decided(notebook, saved) -> Decided:
    """What the engine decides of a notebook whose cells already have outputs."""
    plain = json.loads(json.dumps(notebook))
    paper = Paper("test", Truth.from_notebooks(plain, None, saved), plain)
    taking = Taking(replace(paper, beside=frozenset(paper.tests)), plain, 30)
    taking.told[SHOW] = {at: _told(plain["cells"][at].get("outputs", [])) for at in taking.code}
    return decide(taking)


def _told(outputs) -> Told:
    error = next((each for each in outputs if each["output_type"] == "error"), None)
    result = next((each["data"]["text/plain"] for each in outputs if each["output_type"] == "execute_result"), None)
    given = "".join(result) if isinstance(result, list) else result
    return Told(outputs, None, ok=error is None, raised=error and error["ename"], result=given)


def _save(self, notebook, resources):
    about = resources["nbgrader"]
    course = Course(Config({"CourseDirectory": {"db_url": about["db_url"]}}))
    with Book(course, about["assignment"]) as book:
        kept = book.notebooks()[about["notebook"]].cells
        saved = {name: SavedCell(c.source, c.checksum, c.cell_type, c.locked, c.points) for name, c in kept.items()}
        found = _decided(notebook, saved)
        marked = {about["notebook"]: Marked(found.scores, found.untouched)}
        book.record(about["student"], None, marked, {about["notebook"]})
    return notebook, resources


def _determine_grade(cell, log=None):
    if not utils.is_grade(cell):
        raise ValueError("cell is not a grade cell")
    role = cell.metadata.nbgrader
    name, points = role["grade_id"], float(role["points"])
    known = SavedCell(cell.source, role.get("checksum"), cell.cell_type, utils.is_locked(cell), points)
    return _decided({"cells": [cell], "metadata": {}}, {name: known}).scores[name], points


def _checksum(cell):
    return checksum(cell.source, cell.metadata.nbgrader, cell.cell_type)


def _limited(self, cell, resources, cell_index):
    if cell.cell_type == "code":
        outputs = limit.cut(cell.outputs, limit.Limits(self.max_lines, self.max_traceback))
        cell.outputs = [from_dict(output) for output in outputs]
    return cell, resources


def _ignored(self, cell, resources, cell_index):
    cell.outputs = limit.cut(cell.outputs, limit.Limits(-1, -1, self.pattern))
    return cell, resources


take_over(run)
SaveAutoGrades.preprocess = _save
LimitOutput.preprocess_cell = _limited
IgnorePattern.preprocess_cell = _ignored
utils.determine_grade = _determine_grade
utils.compute_checksum = _checksum
