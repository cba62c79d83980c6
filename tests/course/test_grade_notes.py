"""Notes of grading as they are kept: what was found, to be said in the language of whoever reads it."""

from __future__ import annotations

import json

import pytest

from mutu.course.grade.mend import Mended, Note, Problem, Question, from_data, read, removed
from mutu.course.harmless.changes import Change
from mutu.errors import Term
from mutu.locale import use

CHANGE = Change("markup", 3, "ikm", ("script",), size=12_345_000)
NOTES = [
    *(note for data in (b"", b"%PDF-1.7", b"PK") if (note := read(data).reason)),
    *read(b'{"cells": [{"cell_type": "code", "source": "x = 1"}, {"cell_ty').mended,
    removed(CHANGE.template, CHANGE.fields),
    Question(
        "time", "{kind} «{cell}» {count}", {"kind": Term("Test cell"), "cell": "a", "count": 2}, cell="a", position=3
    ),
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.code)
def test_a_note_comes_back_as_it_was_and_speaks_both_languages(note):
    back = from_data(json.loads(json.dumps(note.as_data())))
    assert (type(back), back) == (type(note), note)
    for language in ("id", "en"):
        with use(language):
            assert str(back) == str(note)
    with use("en"):
        english = str(back)
    assert english != str(back) or note.code == "time"


@pytest.mark.parametrize(
    "data",
    [
        {},
        Mended("x", "{there}", {"there": 1}).as_data() | {"fields": {}},
        Note("x", "y").as_data() | {"kind": "other"},
        Problem("x", "y").as_data() | {"fields": 3},
        {"kind": "note"},
    ],
)
def test_what_is_no_note_is_refused(data):
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_data(data)


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_was_taken_out_of_an_output_is_told_in_the_same_words(language):
    with use(language):
        assert str(removed(CHANGE.template, CHANGE.fields)) == CHANGE.sentence()
