"""Files of a submission are recognised whatever they are called; versions are chosen by a rule that is said."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from mend_kit import answered, assignment, by_id, skm_source

from mutu.course.grade.mend import harmless, match
from mutu.locale import use


@pytest.fixture(scope="module")
def truths(truth):
    return {"skm": truth}


@pytest.fixture(scope="module")
def full(made) -> bytes:
    return json.dumps(answered(made)).encode()


@pytest.fixture(scope="module")
def empty(made) -> bytes:
    return json.dumps(made.release).encode()


def partly(made, *names: str, text: str = "") -> bytes:
    """A notebook with answers of these tasks alone."""
    notebook = deepcopy(made.release)
    for name in names:
        by_id(notebook, name)["source"] = by_id(answered(made), name)["source"] + text
    return json.dumps(notebook).encode()


def said(found) -> list[str]:
    return [note.code for note in (*found.mended, *found.questions)]


def test_the_file_with_the_right_name_is_taken_in_silence(truths, full):
    found = match({"skm.ipynb": full, "data.csv": b"a,b", "timestamp.txt": b"2026"}, truths)
    assert (found.chosen["skm"].file, said(found), found.others, found.reasons) == ("skm.ipynb", [], (), {})


@pytest.mark.parametrize(
    "name",
    [
        "skm (1).ipynb", "skm-Copy1.ipynb", "Salinan skm.ipynb", "kiriman/latihan/skm.ipynb", "skm.ipynb.txt",
        "SKM.IPYNB", "Untitled.ipynb", "jawaban saya.json", "kumpul\\skm.ipynb", "skm", "skm.ipynb.ipynb",
    ],
)  # fmt: skip
def test_a_renamed_file_is_recognised_by_what_is_in_it(name, truths, full):
    found = match({name: full}, truths)
    assert found.chosen["skm"].file == name
    assert [str(note) for note in found.mended] == [f"«{name}» dikenali sebagai notebook «skm»."]


def test_a_file_without_any_marks_is_recognised_by_its_texts(truths, made):
    notebook = answered(made)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    assert match({"a.ipynb": json.dumps(notebook).encode()}, truths).chosen["skm"].file == "a.ipynb"


def test_of_versions_the_one_with_most_answers_is_graded_and_the_others_are_named(truths, made, empty):
    files = {"skm.ipynb": empty, "skm (1).ipynb": partly(made, "nrr", "ikm"), "skm (2).ipynb": partly(made, "nrr")}
    found = match(files, truths)
    assert found.chosen["skm"].file == "skm (1).ipynb"
    assert set(found.others) == {"skm.ipynb", "skm (2).ipynb"}
    with use("en"):
        assert [str(note) for note in found.mended] == [
            "«skm (1).ipynb» was recognised as the notebook «skm».",
            "3 files are versions of the notebook «skm»; «skm (1).ipynb», the fullest, was graded and not: "
            "«skm (2).ipynb», «skm.ipynb».",
        ]


def test_versions_with_different_answers_are_a_question(truths, made):
    files = {"skm.ipynb": partly(made, "nrr"), "skm-lama.ipynb": partly(made, "nrr", text="  # dulu")}
    found = match(files, truths)
    assert found.chosen["skm"].file == "skm.ipynb"
    assert [note.code for note in found.questions] == ["versions"]


def test_of_equal_versions_the_right_name_counts_then_the_latest_copy(truths, full):
    assert match({"a.ipynb": full, "skm.ipynb": full}, truths).chosen["skm"].file == "skm.ipynb"
    copies = {"skm (2).ipynb": full, "skm (10).ipynb": full}
    assert match(copies, truths).chosen["skm"].file == "skm (10).ipynb"


def test_a_checkpoint_is_only_taken_where_nothing_else_is_there(truths, full, empty):
    checkpoint = ".ipynb_checkpoints/skm-checkpoint.ipynb"
    found = match({"skm.ipynb": empty, checkpoint: full}, truths)
    assert (found.chosen["skm"].file, said(found)) == ("skm.ipynb", [])
    assert match({checkpoint: full}, truths).chosen["skm"].file == checkpoint


def test_each_notebook_of_an_assignment_finds_its_file(truths, made, tmp_path, full):
    source = deepcopy(skm_source())
    source["cells"] = [cell for cell in source["cells"] if "nrr" in json.dumps(cell)]
    small = assignment(source, tmp_path)
    both = {**truths, "kecil": small.truth()}
    files = {"skm.ipynb": json.dumps(answered(small)).encode(), "kecil.ipynb": full}
    found = match(files, both)
    assert {name: chosen.file for name, chosen in found.chosen.items()} == {"skm": "kecil.ipynb", "kecil": "skm.ipynb"}


def test_another_notebook_is_named_and_not_graded(truths, full):
    other = json.dumps({"cells": [{"cell_type": "code", "source": "x"}]}).encode()
    found = match({"skm.ipynb": full, "coba.ipynb": other}, truths)
    assert [str(note) for note in found.mended] == [
        "«coba.ipynb» bukan notebook dari tugas ini; berkas itu tidak dinilai."
    ]


def test_the_right_name_with_nothing_of_the_assignment_is_a_question(truths):
    other = json.dumps({"cells": [{"cell_type": "code", "source": "x"}]}).encode()
    found = match({"skm.ipynb": other}, truths)
    assert (found.chosen["skm"].file, said(found)) == ("skm.ipynb", ["unlike"])


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "not-there"),
        ({"data.csv": b"x"}, "not-there"),
        ({"skm.ipynb": b""}, "empty"),
        ({"skm.docx": b"PK\x03\x04"}, "not-a-notebook"),
        ({"skm.html": b"<html>", "lain.html": b"<html>"}, "not-there"),
        ({"skm.ipynb": b"<html>", "lain.html": b"<html>"}, "not-a-notebook"),
    ],
)
def test_where_nothing_can_be_graded_the_reason_is_said(files, code, truths):
    found = match(files, truths)
    assert found.chosen == {}
    assert found.reasons["skm"].code == code


def test_one_damaged_version_does_not_cost_the_good_one(truths, full):
    assert match({"skm.ipynb": b"", "skm (1).ipynb": full}, truths).chosen["skm"].file == "skm (1).ipynb"


@pytest.mark.parametrize(
    "name",
    [
        "skm\n\x1b[31m.ipynb",
        "skm\u202egnp.ipynb",
        "skm\u0000.ipynb",
        "s" * 4096 + ".ipynb",
        "../../etc/skm.ipynb",
        "\ud800.ipynb",
    ],
    ids=range(6),
)
def test_a_hostile_name_is_harmless_in_a_sentence(name, truths, full):
    found = match({name: full}, truths)
    (note,) = found.mended
    assert found.chosen["skm"].file == name
    assert len(str(note)) < 120
    assert str(note).isprintable()
    assert "\n" not in str(note)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\tb", "a b"),
        ("\u202eabc\u2066", "abc"),
        ("x" * 100, "x" * 59 + "…"),
        ("", "?"),
        ("\x00", "?"),
        ("é «ü»", "é «ü»"),
    ],
)
def test_names_are_shown_on_one_line(name, shown):
    assert harmless(name) == shown
