"""The register: a number for each certificate, the same one for the same certificate."""

from __future__ import annotations

import pytest

from mutu.course.outcome.certificate import register
from mutu.errors import MachineError

FORM = "{number}/SKM/{month}/{year}"


def test_the_same_facts_keep_number_and_day_and_others_get_the_next(tmp_path, facts):
    with register.opened(tmp_path) as book:
        first = book.enter("p01", facts, FORM)
        second = book.enter("p02", facts.model_copy(update={"name": "Budi"}), FORM)
    later = facts.on.replace(month=12)
    with register.opened(tmp_path) as book:
        again = book.enter("p01", facts.model_copy(update={"no": "-", "on": later}), FORM)
        better = book.enter("p01", facts.model_copy(update={"marks": {"skm": 90.0}, "on": later}), FORM)
    assert [one.no for one in (first, second, again, better)] == [
        "001/SKM/XI/2026", "002/SKM/XI/2026", "001/SKM/XI/2026", "003/SKM/XII/2026",
    ]  # fmt: skip
    assert again == first
    assert register.followed_by(tmp_path, first) == "003/SKM/XII/2026"
    assert register.followed_by(tmp_path, second) is None
    assert register.followed_by(tmp_path, better) is None


def test_counting_begins_anew_with_the_year_and_passes_over_numbers_that_are_taken(tmp_path, facts):
    with register.opened(tmp_path) as book:
        assert book.enter("p01", facts, "S-{number}").no == "S-001"
        next_year = facts.model_copy(update={"name": "Budi", "on": facts.on.replace(year=2027)})
        assert book.enter("p02", next_year, FORM).no == "001/SKM/XI/2027"
        assert book.enter("p03", next_year.model_copy(update={"name": "Ani"}), "S-{number}").no == "S-002"
        one_more = next_year.model_copy(update={"name": "Ayu", "on": facts.on.replace(year=2028)})
        assert book.enter("p04", one_more, "S-{number}").no == "S-003"


def test_a_run_that_fails_takes_no_number(tmp_path, facts):
    def stopped():
        with register.opened(tmp_path) as book:
            book.enter("p01", facts, FORM)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()
    with register.opened(tmp_path) as book:
        assert book.enter("p02", facts.model_copy(update={"name": "Budi"}), FORM).no == "001/SKM/XI/2026"


def test_a_damaged_register_is_said_so(tmp_path):
    (tmp_path / "register.sqlite").write_bytes(b"bukan basis data" * 100)
    with pytest.raises(MachineError, match="register"), register.opened(tmp_path):
        pass


def test_two_runs_at_once_do_not_give_the_same_number(tmp_path, facts, monkeypatch):
    monkeypatch.setattr(register, "_WAIT", 0.1)
    with register.opened(tmp_path) as book:
        book.enter("p01", facts, FORM)
        with pytest.raises(MachineError, match="another program uses it"), register.opened(tmp_path):
            pass
