"""The class list that collecting proposes: nobody changes the id, nobody is lost, nobody gets somebody's id."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from collect_kit import CLASS, SITI, mail, mailbox, zipped

from mutu.course import students


def _moodle(notebook, *names: str) -> bytes:
    return zipped({f"{name}_assignsubmission_file_/skm.ipynb": notebook(name) for name in names})


def _drafted(report) -> dict[str, str]:
    return {each.id: each.name for each in students.read(Path(report["class_list"]))}


def test_a_second_list_goes_on_from_the_first(course, notebook, sent, collected):
    first = _drafted(collected(sent({"a.zip": _moodle(notebook, "Budi Santoso_1", "Siti Aminah_2")}), trainees=()))
    assert first == {"p01": "Budi Santoso", "p02": "Siti Aminah"}
    second = sent({"b.zip": _moodle(notebook, "Siti Aminah_7", "Agus Salim_8")}, "besok")
    assert _drafted(collected(second, trainees=())) == first | {"p03": "Agus Salim"}


def test_what_was_corrected_in_the_first_list_stays(course, notebook, sent, collected):
    file = Path(collected(sent({"a.zip": _moodle(notebook, "Budi Santoso_1")}), trainees=())["class_list"])
    book = openpyxl.load_workbook(file)
    book.active["A2"], book.active["B2"] = "198501012010011001", "Dr. Budi Santoso, M.Si."
    book.save(file)
    second = sent({"b.zip": _moodle(notebook, "Budi Santoso_7", "Agus Salim_8")}, "besok")
    drafted = _drafted(collected(second, trainees=()))
    assert drafted == {"198501012010011001": "Dr. Budi Santoso, M.Si.", "p01": "Agus Salim"}


def test_ids_of_files_that_are_there_go_to_nobody_else(course, notebook, sent, collected):
    (course / "submitted/p02/skm").mkdir(parents=True)
    source = sent({
        "p01_skm.ipynb": notebook("x"),
        "kelas.zip": _moodle(notebook, "Budi Santoso_1", "Siti Aminah_2")
    })  # fmt: skip
    own = zipped({"Oki Putra_3_assignsubmission_file_/p09_skm.ipynb": notebook("o")})
    (source / "lain.zip").write_bytes(own)
    report = collected(source, trainees=())
    assert {each["student"] for each in report["placed"]} == {"p01", "p09"}
    assert _drafted(report) == {"p03": "Budi Santoso", "p09": "Oki Putra", "p04": "Siti Aminah"}


def test_two_participants_of_one_name_have_two_rows_and_get_their_own_files(course, notebook, sent, collected):
    source = sent({"kelas.zip": _moodle(notebook, "Budi Santoso_24311", "Budi Santoso_24312")})
    report = collected(source, trainees=())
    assert any("24311, 24312" in note for note in report["notes"])
    listed = students.read(Path(report["class_list"]))
    assert [(each.id, each.name) for each in listed] == [("p01", "Budi Santoso"), ("p02", "Budi Santoso")]
    again = collected(source, trainees=listed)
    assert (len(again["placed"]), again["not_placed"]) == (2, [])
    for id_, number in (("p01", "24311"), ("p02", "24312")):
        placed = (course / "submitted" / id_ / "skm/skm.ipynb").read_text(encoding="utf-8")
        assert f"Budi Santoso_{number}" in placed
    other = sent({"lain.zip": _moodle(notebook, "Budi Santoso_30001")}, "besok")
    assert len(collected(other, trainees=listed)["not_placed"]) == 1, "another number tells nothing"


def test_those_who_come_later_are_proposed_alone_under_ids_that_nobody_has(course, notebook, sent, collected):
    source = sent({"a.zip": _moodle(notebook, "Siti Aminah_1", "Rina Wati_2", "Agus Salim_3", "Budi_4")})
    (course / "submitted" / "p01" / "skm").mkdir(parents=True)
    report = collected(source, newcomers=True)
    assert [each["student"] for each in report["placed"]] == [SITI]
    listed = students.read(Path(report["class_list"]))
    assert {each.id: each.name for each in listed} == {"p02": "Agus Salim", "p03": "Rina Wati"}, "Budi may be two"
    again = collected(source, trainees=(*CLASS, *listed), newcomers=True)
    assert {each["student"] for each in again["placed"]} == {"p02", "p03"}
    assert again["class_list"] is None
    assert collected(source)["class_list"] is None


def test_a_sender_whose_address_is_none_leaves_the_address_empty(course, notebook, sent, collected):
    kept = mail("x@contoh.id", {"skm.ipynb": notebook("a")})
    broken = kept.replace(b"From: x@contoh.id", b'From: "Rina <rina')
    assert broken != kept
    report = collected(sent({"k.mbox": mailbox([broken])}), trainees=())
    assert [each.email for each in students.read(Path(report["class_list"]))] == [""]
