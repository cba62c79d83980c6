"""The only door from a browser into Python: what it lets through, and what it says to everything else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu.errors import N_, InputError, WorkspaceError
from mutu.locale import say
from mutu.widgets.desk import Desk, Files, Request


class Add(Request):
    """Two numbers."""

    a: int
    b: int = 0


def _add(request: Add, buffers: Any) -> dict[str, Any]:
    if request.a < 0:
        raise InputError(N_("{a} is below zero. Give another number."), a=request.a)
    if request.a == 13:
        raise RuntimeError("secret detail")
    return {"sum": request.a + request.b, "files": Files({"x.txt": b"".join(buffers)})}


DESK = Desk({"add": (Add, _add)}, "en")


def test_a_valid_request_is_answered_with_its_number_and_its_files():
    reply, buffers = DESK.answer({"id": 7, "kind": "add", "with": {"a": 1, "b": 2}}, [b"abc"])
    assert reply == {"re": 7, "ok": True, "sum": 3, "names": ["x.txt"]}
    assert buffers == [b"abc"]


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        "add",
        {},
        {"id": 1, "kind": "add"},
        {"id": 1, "kind": "add", "with": {"a": "1"}},
        {"id": 1, "kind": "add", "with": {"a": 1, "c": 2}},
        {"id": 1, "kind": "add", "with": {"a": 1}, "state": {}},
        {"id": 1, "kind": "remove", "with": {"a": 1}},
        {"id": 1, "kind": {"add": 1}, "with": {"a": 1}},
        {"id": 1, "kind": "add", "with": {"a": True}},
    ],
)
def test_anything_else_is_refused(message):
    reply, buffers = DESK.answer(message)
    assert reply["ok"] is False
    assert reply["why"] == "invalid"
    assert buffers == []


def test_an_error_of_ours_becomes_its_sentence():
    reply, _buffers = DESK.answer({"id": 1, "kind": "add", "with": {"a": -1}})
    assert reply["error"] == "-1 is below zero. Give another number."


def test_a_fault_of_ours_is_not_told_in_detail(capfd):
    reply, _buffers = DESK.answer({"id": 1, "kind": "add", "with": {"a": 13}})
    assert reply["why"] == "fault"
    assert "secret" not in str(reply)
    assert "secret" not in capfd.readouterr().err


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(JSON)
def test_no_message_whatever_raises(message):
    reply, _buffers = DESK.answer(message)
    assert reply["ok"] is False


@given(JSON)
def test_no_content_whatever_raises(values):
    reply, _buffers = DESK.answer({"id": 1, "kind": "add", "with": values})
    assert isinstance(reply["ok"], bool)


def test_a_long_request_tells_how_far_it_is_under_its_own_number():
    told: list[Any] = []

    def slow(_request: Add, _buffers: Any) -> dict[str, Any]:
        desk.tell(1, 2)
        return {}

    desk = Desk({"add": (Add, slow)}, "en")
    desk.send = told.append
    desk.answer({"id": 5, "kind": "add", "with": {"a": 1}})
    assert told == [{"re": 5, "step": 1, "of": 2}]


def test_a_refusal_is_said_in_the_words_of_the_page():
    desk = Desk({"add": (Add, _add)}, "en", lambda error: say(error).upper())
    assert (
        desk.answer({"id": 1, "kind": "add", "with": {"a": -1}})[0]["error"] == "-1 IS BELOW ZERO. GIVE ANOTHER NUMBER."
    )


def test_the_machines_trouble_is_no_refusal_and_names_no_path(capfd, tmp_path):
    def busy(_request: Add, _buffers: Any) -> dict[str, Any]:
        raise WorkspaceError(N_("The store {place} is busy. Wait a moment and try again."), place=tmp_path / "x")

    reply, _files = Desk({"add": (Add, busy)}, "en").answer({"id": 1, "kind": "add", "with": {"a": 1}})
    assert reply["why"] == "fault"
    assert str(tmp_path) not in reply["error"]
    assert "WorkspaceError in a page" in capfd.readouterr().err
