"""Whatever is done to an honest submission: mending never fails, and loses neither a graded cell nor an answer."""

from __future__ import annotations

import json
from copy import deepcopy

import nbformat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mend_kit import answered, ids

from mutu.course.grade.mend import mend, read

SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
GRADE_IDS = ["ke-angka", "tes-ke-angka", "nrr", "tes-nrr", "refleksi", "alat", "asing", "", "a b", "x" * 100]
ROLES = st.fixed_dictionaries(
    {},
    optional={
        "grade": st.booleans() | JSON, "solution": st.booleans() | JSON, "locked": st.booleans() | JSON,
        "task": st.booleans() | JSON, "points": st.integers() | JSON, "schema_version": st.integers(0, 9) | JSON,
        "grade_id": st.sampled_from(GRADE_IDS) | JSON, "checksum": st.text(max_size=32) | JSON,
    },
)  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["delete", "copy", "move", "role", "no-role", "type", "metadata", "insert", "id", "odd"]),
        st.integers(0, 40), st.integers(0, 40), ROLES, JSON,
    ),
    max_size=12,
)  # fmt: skip


def changed(cells: list, steps: list) -> None:
    """Do to the cells what careless or clever people do."""
    for what, here, there, role, value in steps:
        if not cells:
            return
        at, to = here % len(cells), there % len(cells)
        cell = cells[at]
        if what == "delete":
            del cells[at]
        elif what == "copy":
            cells.insert(to, deepcopy(cell))
        elif what == "move":
            cells.insert(to, cells.pop(at))
        elif what == "insert":
            cells.insert(at, {"cell_type": "code", "metadata": {}, "source": "x = 1", "outputs": []})
        elif what == "odd":
            cells.insert(at, value)
        elif isinstance(cell, dict):
            reshape(cell, what, there, role, value)


def reshape(cell: dict, what: str, number: int, role: dict, value: object) -> None:
    if what == "type":
        cell["cell_type"] = ["code", "markdown", "raw", "heading"][number % 4]
    elif what == "metadata":
        cell["metadata"] = value
    elif what == "id":
        cell["id"] = value
    elif what == "no-role" or not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    else:
        cell["metadata"]["nbgrader"] = role


def is_sound(notebook: dict, truth) -> None:
    nbformat.validate(notebook)
    found = ids(notebook)
    for cell in truth.graded:
        assert found.count(cell.grade_id) == 1, cell.grade_id
    where = {name: place for place, name in enumerate(found) if name}
    for name, place in where.items():
        role, cell = notebook["cells"][place]["metadata"]["nbgrader"], truth.by_id[name]
        assert role == cell.role
        if cell.locked:
            assert notebook["cells"][place]["source"] == cell.source
        for needed in truth.needs[truth.index[name]]:
            other = truth.cells[needed].grade_id
            assert other not in where or where[other] < place, (other, name)


@SETTINGS
@given(STEPS)
def test_no_change_loses_a_graded_cell_or_an_answer(made, truth, steps):
    cells = answered(made)["cells"]
    changed(cells, steps)
    handed_in = deepcopy(cells)
    done = mend({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, truth)
    assert json.dumps(cells) == json.dumps(handed_in), "what was handed in was changed"
    is_sound(done.notebook, truth)
    everything = "\n".join(cell["source"] for cell in done.notebook["cells"])
    for name, cell in made_answers(made).items():
        if any(isinstance(each, dict) and "".join(each.get("source", "")) == cell for each in handed_in):
            assert cell in everything, name


def made_answers(made) -> dict[str, str]:
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in answered(made)["cells"]
        if (cell["metadata"].get("nbgrader") or {}).get("solution")
    }


@SETTINGS
@given(STEPS)
def test_what_was_mended_needs_no_more_mending(made, truth, steps):
    notebook = answered(made)
    changed(notebook["cells"], steps)
    once = mend(notebook, truth)
    again = mend(once.notebook, truth)
    assert ids(again.notebook) == ids(once.notebook)
    both = zip(once.notebook["cells"], again.notebook["cells"], strict=True)
    assert [pair for pair in both if pair[0] != pair[1]] == []
    assert [note.code for note in again.mended] == []


@SETTINGS
@given(
    st.recursive(
        JSON,
        lambda inner: st.fixed_dictionaries({}, optional={"cells": st.lists(inner), "metadata": inner}),
        max_leaves=10,
    )
)
def test_any_json_is_read_or_refused_in_a_sentence(truth, value):
    done = read(json.dumps(value).encode())
    assert (done.notebook is None) == (done.reason is not None)
    if done.notebook:
        is_sound(mend(done.notebook, truth).notebook, truth)


@SETTINGS
@given(st.data())
def test_damaged_bytes_are_read_or_refused_in_a_sentence(made, truth, data):
    file = bytearray(json.dumps(answered(made), indent=1).encode())
    end = data.draw(st.integers(0, len(file)))
    del file[end:]
    for _time in range(data.draw(st.integers(0, 5))):
        if file:
            file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    done = read(bytes(file))
    assert (done.notebook is None) == (done.reason is not None)
    for note in (*done.mended, *([done.reason] if done.reason else [])):
        assert note.text
    if done.notebook:
        nbformat.validate(done.notebook)
        is_sound(mend(done.notebook, truth).notebook, truth)


@SETTINGS
@given(st.data())
def test_a_truncated_file_keeps_every_cell_before_the_cut(made, data):
    honest = answered(made)
    file = json.dumps(honest, indent=1)
    end = data.draw(st.integers(0, len(file) - 3))
    begins = [file.index(json.dumps(cell["source"])) for cell in honest["cells"]]
    complete = sum(
        begin + len(json.dumps(cell["source"])) <= end for begin, cell in zip(begins, honest["cells"], strict=True)
    )
    done = read(file[:end].encode())
    kept = [cell["source"] for cell in done.notebook["cells"]] if done.notebook else []
    assert kept == [cell["source"] for cell in honest["cells"]][:complete]
