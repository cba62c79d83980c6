"""The list of what was not placed: written for Excel, filled in by a trainer, read again."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from collect_kit import CLASS, SITI, mail, mailbox, zipped

from mutu.course import students
from mutu.course.collect import collect
from mutu.course.nbgrader import Trainee
from mutu.errors import ReadError
from mutu.locale import use


@pytest.fixture
def unplaced(notebook, sent, collected):
    """Two notebooks that say nothing of their owners, and the list about them."""
    source = sent({"a.ipynb": notebook("a"), "skm_Budi.ipynb": notebook("b")})
    return source, Path(collected(source)["list"])


def _fill(file, *cells):
    book = openpyxl.load_workbook(file)
    for cell, text in cells:
        book.worksheets[0][cell] = text
    book.save(file)


def test_the_list_names_files_reasons_and_who_comes_into_question(unplaced):
    rows = list(openpyxl.load_workbook(unplaced[1]).worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("File", "Reason", "Perhaps", "Participant", "Exercise", "Tag")
    assert [row[0] for row in rows[1:]] == ["masuk › a.ipynb", "masuk › skm_Budi.ipynb"]
    assert rows[2][2] == "k-02 Budi Santoso; k-06 Budi Hartono"
    assert [row[4] for row in rows[1:]] == ["skm", "skm"]


def test_a_participant_can_be_chosen_from_the_class(unplaced):
    book = openpyxl.load_workbook(unplaced[1])
    rules = book.worksheets[0].data_validations.dataValidation
    assert {str(rule.sqref): rule.formula1 for rule in rules} == {
        "D2:D4": "choices!$A$1:$A$7", "E2:E4": "choices!$B$1:$B$2",
    }  # fmt: skip
    assert book.worksheets[1]["A1"].value == f"{SITI} Dr. Siti Aminah, S.Pd., M.Si."


@pytest.mark.parametrize("who", [f"{SITI} Dr. Siti Aminah, S.Pd., M.Si.", SITI, "siti aminah"])
def test_what_was_filled_in_is_placed_and_the_rest_stays_open(course, unplaced, collected, who):
    source, list_ = unplaced
    _fill(list_, ("D2", who))
    report = collected(source, choices=list_)
    assert [(each["student"], each["evidence"]) for each in report["placed"]] == [(SITI, "by hand")]
    assert [each["from"] for each in report["not_placed"]] == ["masuk › skm_Budi.ipynb"]
    assert list_.exists()
    assert report["list"] != str(list_)


def test_a_choice_settles_a_contradiction_and_the_exercise(course, notebook, sent, collected):
    files = {"Budi Santoso_1_assignsubmission_file_/k-03_skm.ipynb": notebook("x"), "y.ipynb": '{"cells": []}'}
    source = sent({"a.zip": zipped(files)}) / "a.zip"
    list_ = Path(collected(source)["list"])
    rows = list(openpyxl.load_workbook(list_).worksheets[0].iter_rows(values_only=True))
    at = {row[0].split(" › ")[-1]: number for number, row in enumerate(rows, 1)}
    _fill(list_, (f"D{at['k-03_skm.ipynb']}", "k-02"), (f"D{at['y.ipynb']}", "k-05"), (f"E{at['y.ipynb']}", "skm-en"))
    report = collected(source, choices=list_)
    assert {(each["student"], each["assignment"]) for each in report["placed"]} == {("k-02", "skm"), ("k-05", "skm-en")}


def test_the_list_fits_a_folder_that_was_renamed_and_the_other_language(unplaced, collected):
    source, list_ = unplaced
    _fill(list_, ("D1", "Peserta"), ("A1", "Berkas"), ("F1", "Tanda"), ("D2", "k-05"))
    with use("id"):
        report = collected(source.rename(source.with_name("nama lain")), choices=list_)
    assert [each["student"] for each in report["placed"]] == ["k-05"]


def test_a_small_list_of_ones_own_is_taken(tmp_path, unplaced, collected):
    own = tmp_path / "peta.csv"
    own.write_text("berkas;peserta\nmasuk › a.ipynb;k-05\n", encoding="utf-8-sig")
    assert [each["student"] for each in collected(unplaced[0], choices=own)["placed"]] == ["k-05"]


def test_a_newer_submission_is_not_replaced_by_an_older_one_by_hand_either(course, unplaced, notebook, sent, collected):
    import os

    source, list_ = unplaced
    os.utime(source / "a.ipynb", (1_000_000, 1_000_000))
    collected(sent({"k-05_skm.ipynb": notebook("baru")}, "kedua"))
    _fill(list_, ("D2", "k-05"))
    assert [each["student"] for each in collected(source, choices=list_)["kept"]] == ["k-05"]


@pytest.mark.parametrize(
    ("cell", "text", "said"), [("D2", "k-99", "Row 2: «k-99»"), ("A1", "apa", "no columns «File»")]
)
def test_a_wrong_list_places_nothing(course, unplaced, collected, cell, text, said):
    source, list_ = unplaced
    _fill(list_, (cell, text))
    with pytest.raises(ReadError, match=said):
        collected(source, choices=list_)
    assert not (course / "submitted").exists()


def test_without_a_class_list_the_persons_named_become_one_to_begin_with(course, notebook, sent, collected):
    moodle = {
        "Budi Santoso_1_assignsubmission_file_/skm.ipynb": notebook("a"),
        "Siti Aminah_2_assignsubmission_onlinetext_/onlinetext.html": "<p>Halo</p>",
        "Participant_3_assignsubmission_file_/skm.ipynb": notebook("b"),
    }
    mails = [mail("Budi Santoso <budi@contoh.id>", {"skm.ipynb": notebook("c")}),
             mail("Oki <oki@contoh.id>", {"skm.ipynb": notebook("d")}),
             mail("Oki <oki@lain.id>", {"skm.ipynb": notebook("e")})]  # fmt: skip
    source = sent({"kelas.zip": zipped(moodle), "kotak.mbox": mailbox(mails)})
    report = collected(source, trainees=())
    assert report["list"] is None, "nobody could be chosen in it"
    drafted = students.read(Path(report["class_list"]))
    assert [(each.id, each.name, each.email) for each in drafted] == [
        ("p01", "Budi Santoso", "budi@contoh.id"),
        ("p02", "Oki", "oki@contoh.id"),
        ("p03", "Oki", "oki@lain.id"),
        ("p04", "Siti Aminah", ""),
    ]
    again = collected(source, trainees=drafted)
    assert {each["student"] for each in again["placed"]} == {"p01", "p02", "p03"}
    assert again["class_list"] is None


def test_a_choice_is_remembered_when_the_same_mailbox_is_collected_again(course, notebook, sent, collected):
    stranger = mail("asing@contoh.id", {"skm.ipynb": notebook("a")}, Date="Fri, 20 Nov 2026 09:00:00 +0700")
    before = sent({"kotak.mbox": mailbox([stranger])}) / "kotak.mbox"
    list_ = Path(collected(before)["list"])
    _fill(list_, ("D2", "k-05"))
    collected(before, choices=list_)
    known = mail("budi@contoh.id", {"skm.ipynb": notebook("b")}, Date="Fri, 20 Nov 2026 09:00:00 +0700")
    later = sent({"surat masuk.mbox": mailbox([known, stranger])}, "besok") / "surat masuk.mbox"
    report = collected(later)
    assert (report["not_placed"], report["list"]) == ([], None)
    assert {each["student"]: each["evidence"] for each in report["kept"]} == {"k-05": "remembered"}
    (told,) = [note for note in report["notes"] if "chose before" in note]
    assert "k-05 Ni Made Ayu Lestari" in told
    assert str(list_) in told
    list_.unlink()
    assert any("pilihan.json" in note for note in collected(later)["notes"])
    (course / "pengumpulan/pilihan.json").unlink()
    assert len(collected(later)["not_placed"]) == 1


def test_another_choice_takes_the_notebook_back_from_the_one_chosen_before(course, unplaced, collected):
    source, list_ = unplaced
    _fill(list_, ("D2", "k-05"))
    collected(source, choices=list_)
    _fill(list_, ("D2", "k-04"))
    report = collected(source, choices=list_)
    assert [each["student"] for each in report["placed"]] == ["k-04"]
    assert any(note.startswith("k-05 Ni Made Ayu Lestari: masuk › a.ipynb was taken back") for note in report["notes"])
    assert not (course / "submitted/k-05/skm").exists()
    assert len([*(course / "pengumpulan/lama/k-05/skm").glob("*/skm.ipynb")]) == 1
    assert [each["student"] for each in collected(source)["kept"]] == ["k-04"]


def test_a_choice_says_nothing_of_the_same_bytes_from_somebody_else(notebook, sent, collected):
    hidden = "Participant_{}_assignsubmission_file_/skm.ipynb"
    first = sent({"satu.zip": zipped({hidden.format(1): notebook()})}) / "satu.zip"
    list_ = Path(collected(first)["list"])
    _fill(list_, ("D2", "k-05"))
    collected(first, choices=list_)
    other = sent({"dua.zip": zipped({hidden.format(2): notebook()})}) / "dua.zip"
    assert len(collected(other)["not_placed"]) == 1


@pytest.mark.parametrize("content", ["bukan json", "[1]", '{"a": {"student": 3}}', '{"a": 1}'])
def test_a_spoiled_memory_is_as_good_as_none(course, unplaced, collected, content):
    (course / "pengumpulan/pilihan.json").write_text(content, encoding="utf-8")
    assert len(collected(unplaced[0])["not_placed"]) == 2


@pytest.mark.parametrize("word", ["leave out", "Abaikan", "-"])
def test_what_is_to_be_left_out_is_not_asked_about_again(course, unplaced, collected, word):
    source, list_ = unplaced
    _fill(list_, ("D2", "k-05"), ("D3", word))
    report = collected(source, choices=list_)
    assert ([each["student"] for each in report["placed"]], report["not_placed"]) == (["k-05"], [])
    _fill(list_, ("D2", word))
    report = collected(source, choices=list_)
    assert not (course / "submitted/k-05/skm").exists()
    again = collected(source)
    assert (again["placed"], again["kept"], again["not_placed"]) == ([], [], [])
    assert any("skm_Budi.ipynb → leave out" in note for note in again["notes"])


@pytest.mark.parametrize("graded", [False, True])
def test_a_choice_takes_the_file_from_the_id_in_its_name_unless_that_was_graded(
    course, notebook, sent, collected, graded
):
    source = sent({"p13_skm.ipynb": notebook("a"), "k-03_skm.ipynb": notebook("a")})
    assert {each["student"] for each in collected(source, trainees=())["placed"]} == {"p13", "k-03"}
    if graded:
        (course / "autograded/p13/skm").mkdir(parents=True)
    list_ = Path(collected(source)["list"])
    _fill(list_, ("D2", "k-05"))
    report = collected(source, choices=list_)
    assert [each["student"] for each in report["placed"]] == ["k-05"]
    assert (course / "submitted/p13/skm").exists() is graded
    assert any(note.startswith("p13: masuk › p13_skm.ipynb was taken back") for note in report["notes"]) is not graded
    assert any("stays there too, as it has been graded" in note for note in report["notes"]) is graded
    assert (course / "submitted/k-03/skm/skm.ipynb").is_file(), "the same bytes of another file stay"


def test_a_copied_course_names_its_own_list(course, unplaced, collected, tmp_path):
    source, list_ = unplaced
    _fill(list_, ("D2", "k-05"))
    collected(source, choices=list_)
    copy = tmp_path / "salinan"
    shutil.copytree(course, copy)
    (told,) = [note for note in collect(source, copy, CLASS).notes if "chose before" in note]
    assert str(copy / "pengumpulan" / list_.name) in told
    assert str(course) not in told
    (copy / "pengumpulan" / list_.name).unlink()
    (told,) = [note for note in collect(source, copy, CLASS).notes if "chose before" in note]
    assert str(copy / "pengumpulan/pilihan.json") in told


def test_whose_a_number_of_moodle_is_is_asked_once_for_an_assignment(course, notebook, sent, collected):
    """Two people of one name: a choice is about the number, which every download of the assignment has."""
    two = [Trainee("p01", "Budi Santoso"), Trainee("p02", "Budi Santoso")]

    def zip_of(hour, **texts):
        files = {f"Budi Santoso_{number[1:]}_assignsubmission_file_/skm.ipynb": notebook(text)
                 for number, text in texts.items()}  # fmt: skip
        return sent({"kelas.zip": zipped(files, (2026, 11, 20, hour, 0, 0))}, f"pukul-{hour}")

    morning = zip_of(9, n24311="satu", n24312="dua")
    first = collected(morning, trainees=two)
    assert len(first["not_placed"]) == 2
    list_ = Path(first["list"])
    rows = list(openpyxl.load_workbook(list_).worksheets[0].iter_rows(values_only=True))
    at = {row[0]: number for number, row in enumerate(rows, 1)}
    chosen = {"24311": "p02", "24312": "p01"}
    _fill(
        list_, *((f"D{number}", chosen[digits]) for file, number in at.items() for digits in chosen if digits in file)
    )
    assert len(collected(morning, trainees=two, choices=list_)["placed"]) == 2
    later = collected(zip_of(10, n24311="satu, lebih baik", n24312="dua, lebih baik"), trainees=two)
    assert later["not_placed"] == []
    for digits, id_ in chosen.items():
        placed = (course / "submitted" / id_ / "skm" / "skm.ipynb").read_text(encoding="utf-8")
        assert {"24311": "satu, lebih baik", "24312": "dua, lebih baik"}[digits] in placed
    other = collected(zip_of(11, n30001="tiga"), trainees=two)
    assert len(other["not_placed"]) == 1, "in another assignment the number is another"
