"""What is signed has one form only, and anything else is not read, whoever wrote it."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mutu.course.outcome.certificate.facts import MAX_LENGTH, Facts, line, parse

LINES = st.text(max_size=60).map(line)
SAID = LINES.filter(bool)
DAYS = st.dates(date(2020, 1, 1), date(2099, 1, 1))


@st.composite
def all_facts(draw):
    start = draw(DAYS)
    end = start + timedelta(draw(st.integers(0, 400)))
    marks = draw(st.dictionaries(SAID, st.integers(0, 10_000).map(lambda cents: cents / 100), min_size=1, max_size=5))
    return Facts(
        no=draw(SAID), name=draw(SAID), id=draw(LINES), of=draw(SAID), by=draw(SAID), jp=draw(st.integers(1, 99)),
        marks=marks, start=start, end=end, on=end + timedelta(draw(st.integers(0, 30))),
    )  # fmt: skip


@given(all_facts())
def test_facts_come_back_from_their_text(facts):
    text = facts.as_text()
    assert text.isascii()
    assert "\n" not in text
    if len(text) <= MAX_LENGTH:
        assert parse(text) == facts


def test_the_text_is_readable_by_a_person(facts):
    assert facts.as_text() == (
        '{"by":"Dinas","end":"2026-11-20","id":"p01","jp":2,"marks":{"skm":78.95},"name":"Siti Aminah",'
        '"no":"001/SKM/XI/2026","of":"Pelatihan","on":"2026-11-25","start":"2026-11-01"}'
    )


CHANGES = {
    "spaces": lambda text: text.replace(":", ": "),
    "another order": lambda text: json.dumps(json.loads(text), separators=(",", ":"), sort_keys=False)[::1].replace(
        '"by":"Dinas","end":"2026-11-20"', '"end":"2026-11-20","by":"Dinas"'
    ),
    "a key twice": lambda text: text.replace('"jp":2', '"jp":2,"jp":2'),
    "an unknown key": lambda text: text.replace('"jp":2', '"jp":2,"run":"ls"'),
    "a missing key": lambda text: text.replace('"jp":2,', ""),
    "a mark as text": lambda text: text.replace("78.95", '"78.95"'),
    "three decimals": lambda text: text.replace("78.95", "78.955"),
    "a mark above 100": lambda text: text.replace("78.95", "100.01"),
    "not a number": lambda text: text.replace("78.95", "NaN"),
    "infinity": lambda text: text.replace("78.95", "1e999"),
    "hours as text": lambda text: text.replace('"jp":2', '"jp":"2"'),
    "hours as truth": lambda text: text.replace('"jp":2', '"jp":true'),
    "days turned round": lambda text: text.replace("2026-11-20", "2026-10-20"),
    "two lines": lambda text: text.replace("Siti Aminah", "Siti\\nAminah"),
    "a hidden letter": lambda text: text.replace("Siti Aminah", "Siti\\u202eAminah"),
    "another escape": lambda text: text.replace("Siti", "\\u0053iti"),
    "letters beyond ASCII": lambda text: text.replace("Siti", "Síti"),
    "depth": lambda text: text.replace("78.95", "[" * 900 + "]" * 900),
    "length": lambda text: text.replace("Siti Aminah", "S" * MAX_LENGTH),
    "a thousand modules": lambda text: text.replace('"skm"', ",".join(f'"m{n}":1' for n in range(150)) + ',"skm"'),
    "nothing": lambda _text: "",
    "a list": lambda _text: "[1]",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_text_in_another_form_is_no_facts(facts, name):
    changed = CHANGES[name](facts.as_text())
    assert changed != facts.as_text()
    assert parse(changed) is None


def test_the_mean_is_that_of_the_printed_marks_half_up(facts):
    several = facts.model_copy(update={"marks": {"a": 70.01, "b": 70.0}})
    assert str(several.mean) == "70.01"


def test_facts_with_a_number_out_of_bounds_cannot_be_made(facts):
    with pytest.raises(ValidationError):
        Facts(**facts.model_dump() | {"marks": {"skm": 70.001}})
