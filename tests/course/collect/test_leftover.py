"""What came beside notebooks or instead of them is told, with whose it is."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from collect_kit import SITI, mail, mailbox, zipped

from mutu.errors import ReadError

BUDI = "Budi Santoso_2_assignsubmission_"


def _told(report):
    return {each["from"].split(" › ")[-1]: (each["reason"], each["candidates"]) for each in report["not_placed"]}


def test_a_text_typed_into_moodle_is_told_beside_a_notebook_and_without_one(notebook, sent, collected):
    files = {
        f"{BUDI}file_/skm.ipynb": notebook("a"),
        f"{BUDI}onlinetext_/onlinetext.html": "<style>p {}</style><p>Terima&nbsp;kasih,   <b>Pak</b></p>",
        "Sukarno_4_assignsubmission_onlinetext_/onlinetext.html": "<p>" + "IKM 83,57 " * 30 + "</p>",
    }
    report = collected(sent({"a.zip": zipped(files)}) / "a.zip")
    (note,) = [note for note in report["notes"] if "typed a text" in note]
    assert note.startswith("k-02 Budi Santoso also typed")
    assert note.endswith("«Terima kasih, Pak»")
    (told,) = report["not_placed"]
    assert told["candidates"] == ["k-04 Sukarno"]
    assert "Only a text was typed" in told["reason"]
    assert "IKM 83,57" in told["reason"]
    assert len(told["reason"]) < 200


def test_what_cannot_be_read_is_named_with_its_owner(notebook, sent, collected):
    files = {
        f"{BUDI}file_/tugas.zip": b"PK\x03\x04 rusak",
        "Siti Aminah_1_assignsubmission_file_/tugas.rar": b"Rar!",
        "Sukarno_3_assignsubmission_file_/skm.ipynb": "<!DOCTYPE html><title>Masuk</title>",
        "skm_Budi.7z": b"7z",
        "k-05_skm.ipynb": notebook("x"),
    }
    told = _told(collected(sent({"a.zip": zipped(files)}) / "a.zip"))
    assert {name: persons for name, (_reason, persons) in told.items()} == {
        "tugas.zip": ["k-02 Budi Santoso"],
        "tugas.rar": [f"{SITI} Dr. Siti Aminah, S.Pd., M.Si."],
        "skm.ipynb": ["k-04 Sukarno"],
        "skm_Budi.7z": ["k-02 Budi Santoso", "k-06 Budi Hartono"],
    }
    assert "web page" in told["skm.ipynb"][0]


def test_files_that_are_no_notebooks_are_told_by_whose_they_are_or_by_name(notebook, sent, collected):
    files = {
        "Ni Made Ayu Lestari.pdf": "%PDF",
        "Sukarno.ipynb.docx": b"PK\x03\x04",
        "a.ipynb.lnk": b"L\0",
        "k-02_skm.ipynb": notebook("a"),
        "k-02 data.csv": "a,b",
    }
    report = collected(sent(files | {f"catatan {n}.txt": "x" for n in range(7)}))
    assert [each["from"] for each in report["not_placed"]] == [
        "masuk › Ni Made Ayu Lestari.pdf", "masuk › Sukarno.ipynb.docx",
    ]  # fmt: skip
    (note,) = [note for note in report["notes"] if "No notebooks" in note]
    assert "a.ipynb.lnk, catatan 0.txt" in note
    assert "catatan 3.txt, and 3 more" in note
    assert "data.csv" not in note


def test_a_mail_with_nothing_attached_counts_only_where_its_sender_sent_no_notebook(notebook, sent, collected):
    def letter(sender):
        message = EmailMessage()
        message["From"] = sender
        message.set_content("Pak, tugas saya ada di tautan ini.")
        return message.as_bytes()

    mails = [letter("budi@contoh.id"), letter("siti@contoh.id"), letter("promo@toko.id"), letter("siti@contoh.id"),
             mail("budi@contoh.id", {"skm.ipynb": notebook("a")})]  # fmt: skip
    report = collected(sent({"k.mbox": mailbox(mails)}) / "k.mbox")
    (told,) = report["not_placed"]
    assert told["candidates"] == [f"{SITI} Dr. Siti Aminah, S.Pd., M.Si."]
    assert "link" in told["reason"]


@pytest.mark.parametrize("who", ["participant", "Participant", "Peserta"])
def test_names_that_moodle_hides_are_told(notebook, sent, collected, who):
    files = {f"{who}_12345_assignsubmission_file_/skm.ipynb": notebook("x")}
    (told,) = collected(sent({"a.zip": zipped(files)}) / "a.zip")["not_placed"]
    assert "blind marking" in told["reason"]
    assert told["from"] == f"a.zip › {who}_12345… › skm.ipynb"


def test_a_way_longer_than_windows_takes_is_recognised_and_shown_short(course, notebook, sent, collected):
    long = "Laporan pelatihan peningkatan mutu pelayanan publik " * 3
    files = {f"Budi Santoso_1_assignsubmission_file_/{'/'.join([long] * 5)}/skm salinan.ipynb": notebook("a")}
    (placed,) = collected(sent({"a.zip": zipped(files)}) / "a.zip")["placed"]
    assert placed["student"] == "k-02"
    assert len(placed["from"]) < 300
    assert placed["from"].startswith("a.zip › Budi Santoso_1… › ")
    assert placed["from"].endswith(" › skm salinan.ipynb")


def test_where_nobody_sent_a_notebook_those_who_sent_something_are_named(sent, collected):
    names = ("Budi Santoso", "Sukarno", "Siti Aminah", "Budi Hartono", "Muhammad Rizki Hidayat", "Ni Made Ayu Lestari")
    files = {f"{name}_{n}_assignsubmission_file_/laporan.docx": "x" for n, name in enumerate(names)}
    with pytest.raises(ReadError) as caught:
        collected(sent({"a.zip": zipped(files)}) / "a.zip")
    said = str(caught.value).splitlines()
    assert "k-02 Budi Santoso sent files, but no notebook" in said[1]
    assert said[-1] == "And 1 more."
