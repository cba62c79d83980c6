"""Survey files as offices have them, written by someone who had not seen the reader, through the command itself."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from survey_kit import mutu

from mutu.locale import _, use
from mutu.locale.numbers import half_up
from mutu.responses import answers, profile, rows

FILES = Path(__file__).parent / "files"
EXPECTED = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
# the files' author's words for why something does not count -> the sentences of the reader that say it
REASONS = {
    "age": {profile.IMPOSSIBLE},
    "around": {rows.BELOW, rows.TOTAL_ROW},
    "double": {rows.TWICE},
    "header": {rows.HEADER_AGAIN},
    "no answer": {answers.NO_ANSWER},
    "numbering": {rows.ENUMERATION},
    "outside": {answers.OUTSIDE},
    "trial": {rows.TEST_ROW},
}


def _name(case: dict) -> str:
    options = " ".join(case["options"]).replace("{files}/", "")
    return f"{case['file']} {options}".strip()


def _run(case: dict) -> tuple[int, str, str]:
    """The command on a case of the list, once: exit code, stdout, stderr."""
    options = [option.replace("{files}", str(FILES)) for option in case["options"]]
    return _program("skm", "score", str(FILES / case["file"]), "--json", *options)


_program = cache(mutu)


def _nrr(counted: float) -> float:
    return float(half_up(counted, 4))


@pytest.mark.parametrize("case", EXPECTED["good"], ids=_name)
def test_a_file_of_an_office_gives_the_index_counted_by_hand(case):
    code, out, err = _run(case)

    assert code == 0, err
    said = json.loads(out)
    assert (case["n"], case["ikm"], case["mutu"]) == (said["n"], said["ikm"], said["mutu"])
    found = {unsur["kode"]: unsur for unsur in said["unsur"]}
    nrr = {kode: _nrr(unsur["nrr"]) for kode, unsur in found.items()}
    if case["codes_sure"]:
        assert case["nrr"] == nrr
        assert case["n_unsur"] == {kode: unsur["n"] for kode, unsur in found.items()}
    else:
        assert sorted(case["nrr"].values()) == sorted(nrr.values())


@pytest.mark.parametrize("case", EXPECTED["good"], ids=_name)
def test_what_does_not_count_is_listed_and_nothing_else_is(case):
    _code, out, _err = _run(case)

    listed = json.loads(out)["rejected"]
    for wanted in case["rejected"]:
        found = [entry for entry in listed if _is(entry, wanted)]
        assert found, wanted
        assert all(_says(entry["reason"], wanted["reason"]) for entry in found), (wanted, found)
    allowed = case["rejected"] + case["rejected_may"]
    assert [entry for entry in listed if not any(_covers(entry, place) for place in allowed)] == []


@pytest.mark.parametrize("case", EXPECTED["good"], ids=_name)
def test_what_is_personal_is_said_nowhere_and_what_is_doubtful_is_said(case):
    _code, out, err = _run(case)

    for secret in case["absent"]:
        assert secret not in out + err
    said = json.loads(out)
    if case.get("hints"):
        assert said["hints"]
    for name in case.get("named", []):
        assert any(name in hint for hint in said["hints"]), (name, said["hints"])
    if case.get("converted"):
        assert said["scale"] != [1, 4]
        assert said["hints"]
    if not case["codes_sure"]:
        assert not all(mapped["sure"] for mapped in said["mapping"] if mapped["unsur"])
        assert err


@pytest.mark.parametrize("case", [case for case in EXPECTED["good"] if "groups" in case], ids=_name)
def test_groups_are_scored_apart(case):
    _code, out, _err = _run(case)

    def letters(value: str) -> str:
        return "".join(filter(str.isalnum, value.casefold()))

    found = {letters(group["value"]): group for group in json.loads(out)["groups"]}
    for group in case["groups"]:
        same = found[letters(group["value"])]
        assert (group["n"], group["ikm"], group["mutu"]) == (same["n"], same["ikm"], same["mutu"])


@pytest.mark.parametrize("case", EXPECTED["bad"], ids=_name)
def test_a_wrong_file_or_option_gets_a_sentence_that_names_it(case):
    code, out, err = _run(case)

    assert code in case["exit"], err
    assert out == ""
    assert "Traceback" not in err
    for said in case["says"]:
        choices = said if isinstance(said, list) else [said]
        assert any(choice.casefold() in err.casefold() for choice in choices), (choices, err)


def _is(entry: dict, place: dict) -> bool:
    if (entry["sheet"], entry["row"]) != (place["sheet"] or "", place["row"]):
        return False
    if entry["column"] is None or place["column"] is None:
        return entry["column"] is place["column"]
    return entry["column"].endswith(place["column"])


def _covers(entry: dict, place: dict) -> bool:
    """The place itself, or a cell of a row that may be left out."""
    whole = place["column"] is None and (entry["sheet"], entry["row"]) == (place["sheet"] or "", place["row"])
    return (_is(entry, place) or whole) and _says(entry["reason"], place["reason"])


def _says(reason: str, code: str) -> bool:
    with use("id"):
        patterns = [re.sub(r"\\{\w+\\}", ".+", re.escape(_(sentence))) for sentence in REASONS[code]]
    return any(re.fullmatch(pattern, reason) for pattern in patterns)
