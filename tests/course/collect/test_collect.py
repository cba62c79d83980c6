"""Folders, learning platforms' zips and mails: what is placed, whose it is, and when it was handed in."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from collect_kit import CLASS, SITI, mail, mailbox, stamp, zipped

from mutu.course import clock
from mutu.course.collect import collect
from mutu.errors import InputError, ReadError, SettingError


def _placed(report):
    return {(each["student"], each["assignment"]): each["evidence"] for each in report["placed"]}


def test_files_named_by_id_or_person_go_where_nbgrader_looks(course, notebook, sent, collected):
    files = {
        f"{SITI}_skm.ipynb": notebook("satu"),
        "Tugas SKM Budi Santoso (1).ipynb": notebook("dua"),
        "k-03_latihan saya.ipynb.txt": notebook("tiga", "skm-en"),
        "catatan.txt": "bukan notebook",
    }
    report = collected(sent(files))
    assert _placed(report) == {
        (SITI, "skm"): "id", ("k-02", "skm"): "file name", ("k-03", "skm-en"): "id",
    }  # fmt: skip
    assert (course / "submitted/k-02/skm/skm.ipynb").read_text(encoding="utf-8") == notebook("dua")
    assert sorted(path.name for path in (course / "submitted/k-03/skm-en").iterdir()) == [
        "skm-en.ipynb",
        "timestamp.txt",
    ]
    assert report["not_placed"] == []


@pytest.mark.parametrize(
    "name",
    [
        "Copy of k-02_skm.ipynb",
        "Salinan dari skm Budi Santoso.ipynb",
        "skm (1) - Salinan - budi santoso.ipynb.txt",
        "BudiSantoso.json",
        "Budi Santoso skm.ipynb.json",
        "k-02_skm (2).ipynb.crdownload",
    ],
)
def test_names_that_browsers_drives_and_telephones_make_are_understood(notebook, sent, collected, name):
    content = json.loads(notebook("x"))
    content["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}
    for number, cell in enumerate(content["cells"]):
        cell.pop("id", None)
        cell["metadata"] = {"id": f"c{number}"}
    (placed,) = collected(sent({name: json.dumps(content)}))["placed"]
    assert (placed["student"], placed["assignment"]) == ("k-02", "skm")


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Siti Aminah_12345_assignsubmission_file_/skm.ipynb", SITI),
        ("Siti Aminah_12345_assignsubmission_file/lain/tugas akhir.ipynb", SITI),
        ("Siti Aminah_12345_assignsubmission_file_skm.ipynb", SITI),
        ("santosobudi_1234_5678_skm.ipynb", "k-02"),
        ("lestarinimadeayu_LATE_1234_5678_skm-1.ipynb", "k-05"),
        ("Takeout/Drive/Classroom/Kelas SKM/Latihan 2/Budi Santoso - skm.ipynb", "k-02"),
        ("SUKARNO_7_assignsubmission_file_/skm.ipynb", "k-04"),
    ],
)
def test_a_learning_platforms_zip_is_read(course, notebook, sent, collected, name, student):
    report = collected(sent({"kelas.zip": zipped({name: notebook("x")})}) / "kelas.zip")
    assert [each["student"] for each in report["placed"]] == [student]
    assert report["placed"][0]["from"].startswith("kelas.zip › ")
    assert report["placed"][0]["clock"] == "zip-local"
    assert any("no time zone" in note for note in report["notes"])
    assert report["placed"][0]["when"] == "2026-11-20T02:00:00+00:00"


def test_times_without_a_zone_are_the_courses_and_another_zone_corrects_them(course, notebook, sent, collected):
    source = sent({"kelas.zip": zipped({"Siti Aminah_1_assignsubmission_file_/skm.ipynb": notebook("x")})})
    assert any("read as WIB" in note for note in collected(source)["notes"])
    assert stamp(course, SITI) == "2026-11-20 02:00:00.000000 UTC"
    assert collected(source)["kept"], "the same file at the same time stays"
    with clock.use("wita"):
        assert any("read as WITA" in note for note in collected(source)["notes"])
        assert clock.moment(datetime(2026, 11, 20, 1, tzinfo=UTC)) == "20 November 2026, 09:00 WITA"
    assert stamp(course, SITI) == "2026-11-20 01:00:00.000000 UTC"
    with pytest.raises(SettingError, match="WIB, WITA or WIT"), clock.use("CET"):
        pass


def test_mails_are_placed_by_their_sender_at_the_time_the_server_received_them(course, notebook, sent, collected):
    first = mail(
        "Bu Siti <SITI@contoh.id>", {"tugas.ipynb": notebook("a")},
        Date="Mon, 01 Jan 2001 00:00:00 +0700", Received="from x by y; Fri, 20 Nov 2026 10:00:00 +0700",
    )  # fmt: skip
    second = mail("rizki@contoh.id", {"kiriman.zip": zipped({"skm/latihan.ipynb": notebook("b")})},
                  Date="Fri, 20 Nov 2026 09:30:00 +0800")  # fmt: skip
    report = collected(sent({"kotak.mbox": mailbox([first, second])}) / "kotak.mbox")
    assert _placed(report) == {(SITI, "skm"): "sender", ("k-03", "skm"): "sender"}
    assert stamp(course, SITI) == "2026-11-20 03:00:00.000000 UTC"
    assert stamp(course, "k-03") == "2026-11-20 01:30:00.000000 UTC"
    assert {each["student"]: each["clock"] for each in report["placed"]} == {SITI: "received", "k-03": "date"}


def test_a_folder_of_eml_files_and_a_maildir_are_mails_too(course, notebook, sent, collected):
    one = mail("budi@contoh.id", {"skm.ipynb": notebook("a")})
    place = sent({"surat/satu.eml": one, "Maildir/cur/17:2,S": mail("ayu@contoh.id", {"x.ipynb": notebook("b")}),
                  "Maildir/new/18": b"From: k@contoh.id\n\nhalo", "Maildir/tmp/x": b""})  # fmt: skip
    assert _placed(collected(place)) == {("k-02", "skm"): "sender", ("k-05", "skm"): "sender"}


def test_a_mail_sent_on_by_the_office_belongs_to_whom_it_came_from(notebook, sent, collected):
    outer = EmailMessage()
    outer["From"] = "tata.usaha@contoh.id"
    outer.set_content("Diteruskan.")
    outer.add_attachment(message_from_bytes(mail("budi@contoh.id", {"skm.ipynb": notebook("a")})))
    report = collected(sent({"a.eml": outer.as_bytes()}))
    assert [each["student"] for each in report["placed"]] == ["k-02"]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Fwd: Tugas", "---------- Forwarded message ---------\nDari: Budi S <BUDI@contoh.id>\nDate: …\n\nTugas saya."),
        ("Tugas peserta", "Berikut.\n-------- Pesan Terusan --------\n> From: budi@contoh.id\n"),
        ("FW: tugas", "From: Budi <budi@contoh.id>\nSent: Friday\n"),
    ],
)
def test_a_mail_sent_on_within_the_text_belongs_to_whom_it_quotes(notebook, sent, collected, subject, text):
    def forwarded(by):
        message = EmailMessage()
        message["From"], message["Subject"] = by, subject
        message.set_content(text)
        message.add_attachment(
            notebook("a").encode(), maintype="application", subtype="octet-stream", filename="skm.ipynb"
        )
        return message.as_bytes()

    (placed,) = collected(sent({"a.eml": forwarded("tata.usaha@contoh.id")}))["placed"]
    assert (placed["student"], placed["evidence"]) == ("k-02", "forwarded")
    (told,) = collected(sent({"a.eml": forwarded("ayu@contoh.id")}, "lain"))["not_placed"]
    assert told["candidates"] == ["k-02 Budi Santoso", "k-05 Ni Made Ayu Lestari"]


def test_an_answer_that_quotes_another_mail_is_its_senders(notebook, sent, collected):
    message = EmailMessage()
    message["From"], message["Subject"] = "ayu@contoh.id", "Re: Tugas"
    message.set_content("Ini, Pak.\n\nFrom: Budi <budi@contoh.id>\nSent: Friday\n")
    message.add_attachment(notebook("a").encode(), maintype="application", subtype="octet-stream", filename="a.ipynb")
    assert _placed(collected(sent({"a.eml": message.as_bytes()}))) == {("k-05", "skm"): "sender"}


def test_the_account_or_a_line_in_the_notebook_tells_when_nothing_else_does(course, notebook, sent, collected):
    said = json.loads(notebook("a"))
    said["cells"].insert(
        1, {"cell_type": "markdown", "id": "n", "metadata": {}, "source": "**Nama:** Siti Aminah, S.Pd.\n"}
    )
    files = {
        "a.ipynb": json.dumps(said),
        "b.ipynb": notebook("b", authors=[{"name": "Sukarno"}]),
        "c.ipynb": notebook("NIP : k-05"),
        "d.ipynb": notebook("Saya bekerja bersama Budi Santoso dan Sukarno."),
    }
    report = collected(sent(files))
    assert _placed(report) == {(SITI, "skm"): "line", ("k-04", "skm"): "metadata", ("k-05", "skm"): "line"}
    assert [each["from"] for each in report["not_placed"]] == ["masuk › d.ipynb"]


def test_two_candidates_are_listed_and_nothing_is_guessed(course, notebook, sent, collected):
    report = collected(sent({"skm_Budi.ipynb": notebook("a"), "x.ipynb": notebook("b")}))
    assert report["placed"] == []
    told = {each["from"]: each for each in report["not_placed"]}
    assert told["masuk › skm_Budi.ipynb"]["candidates"] == ["k-02 Budi Santoso", "k-06 Budi Hartono"]
    assert told["masuk › x.ipynb"]["candidates"] == []
    assert not (course / "submitted").exists()


def test_a_sender_and_a_name_that_contradict_each_other_are_a_question(course, notebook, sent, collected):
    report = collected(sent({"a.eml": mail("budi@contoh.id", {f"{SITI}_skm.ipynb": notebook("a")})}))
    assert report["placed"] == []
    (told,) = report["not_placed"]
    assert "sender of the mail says k-02 Budi Santoso" in told["reason"].replace("Sender", "sender")
    assert SITI in told["reason"]
    assert len(told["candidates"]) == 2


def test_an_earlier_one_never_replaces_a_newer_and_what_is_replaced_is_kept(course, notebook, sent, collected):
    def hand_in(text, seconds):
        place = sent({"k-02_skm.ipynb": text})
        os.utime(place / "k-02_skm.ipynb", (seconds, seconds))
        return collected(place)

    assert hand_in(notebook("dua"), 2_000_000)["placed"][0]["replaced"] is None
    (same,) = hand_in(notebook("dua"), 3_000_000)["kept"]
    assert "same file" in same["reason"]
    (older,) = hand_in(notebook("satu"), 1_000_000)["kept"]
    assert "newer one" in older["reason"]
    assert (course / "submitted/k-02/skm/skm.ipynb").read_text(encoding="utf-8") == notebook("dua")
    (newer,) = hand_in(notebook("tiga"), 4_000_000)["placed"]
    assert (course / "submitted/k-02/skm/skm.ipynb").read_text(encoding="utf-8") == notebook("tiga")
    kept = course / "pengumpulan" / "lama" / "k-02" / "skm"
    assert newer["replaced"] == str(next(kept.iterdir()))
    assert (next(kept.iterdir()) / "skm.ipynb").read_text(encoding="utf-8") == notebook("dua")
    assert stamp(course, "k-02").startswith("1970-02-16")


def test_of_several_in_one_zip_the_newest_is_placed(course, notebook, sent, collected):
    first = zipped({"k-02_skm.ipynb": notebook("lama")}, (2026, 11, 1, 8, 0, 0))
    second = zipped({"k-02_skm (1).ipynb": notebook("baru")}, (2026, 11, 2, 8, 0, 0))
    report = collected(sent({"1.zip": second, "2.zip": first}))
    assert (len(report["placed"]), len(report["kept"])) == (1, 1)
    assert "baru" in (course / "submitted/k-02/skm/skm.ipynb").read_text(encoding="utf-8")


def test_different_files_of_the_same_time_are_a_question(course, notebook, sent, collected):
    files = {"k-02_skm.ipynb": notebook("a"), "k-02_skm (1).ipynb": notebook("b")}
    report = collected(sent({"kelas.zip": zipped(files)}) / "kelas.zip")
    assert len(report["placed"]) == 1
    assert "same time" in report["not_placed"][0]["reason"]


def test_a_time_in_the_future_is_now(course, notebook, sent, collected):
    place = sent({"k-02_skm.ipynb": notebook("a")})
    os.utime(place / "k-02_skm.ipynb", (4_000_000_000, 4_000_000_000))
    report = collected(place)
    assert report["placed"][0]["clock"] == "now"
    assert datetime.fromisoformat(report["placed"][0]["when"]) <= datetime.now(UTC)
    assert any("future" in note for note in report["notes"])


def test_files_beside_go_along_when_the_folder_is_one_persons(course, notebook, sent, collected):
    siti = "Siti Aminah_1_assignsubmission_file_/"
    files = {
        f"{siti}skm.ipynb": notebook("a"), f"{siti}data/survei.csv": "a,b", f"{siti}.ipynb_checkpoints/skm.ipynb": "{}",
        f"{siti}timestamp.txt": "1999-01-01 00:00:00 UTC", "k-02_skm.ipynb": notebook("b"), "umum.csv": "x",
    }  # fmt: skip
    report = collected(sent({"kelas.zip": zipped(files)}) / "kelas.zip")
    assert len(report["placed"]) == 2
    theirs = course / "submitted" / SITI / "skm"
    assert sorted(p.relative_to(theirs).as_posix() for p in theirs.rglob("*")) == [
        "data", "data/survei.csv", "skm.ipynb", "timestamp.txt",
    ]  # fmt: skip
    assert "1999" not in stamp(course, SITI)
    assert sorted(p.name for p in (course / "submitted/k-02/skm").iterdir()) == ["skm.ipynb", "timestamp.txt"]


def test_a_damaged_notebook_is_placed_by_its_name_but_replaces_nothing(course, notebook, sent, collected):
    place = sent({"k-02_skm.ipynb": notebook("a")[:9000], "k-03_skm.ipynb": "", "k-05_latihan.ipynb": "bukan apa-apa"})
    report = collected(place)
    assert {each["student"] for each in report["placed"]} == {"k-02", "k-03"}
    assert "damaged" in report["not_placed"][0]["reason"]
    good = sent({"k-02_skm.ipynb": notebook("a")}, "kedua")
    assert [each["student"] for each in collected(good)["placed"]] == ["k-02"]
    worse = sent({"k-02_skm.ipynb": notebook("a")[:5000]}, "ketiga")
    assert "damaged" in collected(worse)["not_placed"][0]["reason"]


def test_a_damaged_notebook_of_any_name_is_known_by_what_is_left_of_it(notebook, sent, collected):
    files = {f"k-0{n}_x.ipynb": notebook("x", name)[:20_000] for n, name in ((2, "skm"), (3, "skm-en"))}
    report = collected(sent(files))
    assert _placed(report) == {("k-02", "skm"): "id", ("k-03", "skm-en"): "id"}
    assert sum("damaged" in note for note in report["notes"]) == 2


def test_who_sent_something_else_than_a_notebook_is_named_once(notebook, sent, collected):
    siti, budi = ("Siti Aminah_1_assignsubmission_file_/", "Budi Santoso_2_assignsubmission_file_/")
    files = {
        f"{siti}laporan.docx": "x",
        f"{siti}foto/a.png": "x",
        f"{budi}skm.ipynb": notebook("a"),
        f"{budi}b.png": "x",
    }
    report = collected(sent({"a.zip": zipped(files)}) / "a.zip")
    assert [each["reason"].split(",")[0] for each in report["not_placed"]] == [f"{SITI} Dr. Siti Aminah"]
    assert "no notebook" in report["not_placed"][0]["reason"]


def test_a_lesson_or_another_courses_notebook_is_not_placed(course, notebook, sent, collected):
    other = {"cells": [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "alat"}}, "source": "1"}]}
    report = collected(sent({"k-02_skm.ipynb": '{"cells": []}', "k-03_lain.ipynb": json.dumps(other)}))
    assert report["placed"] == []
    assert all("no notebook of an exercise" in each["reason"] for each in report["not_placed"])


def test_the_exercise_is_known_without_its_metadata_and_in_its_language(course, notebook, sent, collected):
    def bare(name):
        content = json.loads(notebook("x", name))
        for cell in content["cells"]:
            cell["metadata"] = {}
        content["metadata"] = {}
        return json.dumps(content)

    report = collected(sent({"k-02_a.ipynb": bare("skm"), "k-03_b.ipynb": bare("skm-en")}))
    assert set(_placed(report)) == {("k-02", "skm"), ("k-03", "skm-en")}


def test_without_a_class_list_only_the_form_that_nbgrader_knows_is_taken(notebook, sent, collected):
    report = collected(sent({"p01_skm.ipynb": notebook("a"), "Siti Aminah.ipynb": notebook("b")}), trainees=())
    assert _placed(report) == {("p01", "skm"): "id"}
    assert "no class list" in report["not_placed"][0]["reason"]


def test_an_id_that_is_not_in_the_class_list_is_not_placed(notebook, sent, collected):
    assert collected(sent({"k-99_skm.ipynb": notebook("a")}))["placed"] == []


def test_several_notebooks_of_an_assignment_share_its_folder(tmp_path, sent):
    course = tmp_path / "lain"

    def cells(name):
        graded = {"nbgrader": {"grade_id": f"{name}-1", "grade": True}}
        return json.dumps({"cells": [{"cell_type": "code", "source": f"tugas {name}", "metadata": graded}]})

    for name in ("satu", "dua"):
        file = course / "source" / "ps1" / f"{name}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(cells(name), encoding="utf-8")
    for number, name in enumerate(("satu", "dua"), 1):
        place = sent({f"k-02 {number}.ipynb": cells(name)}, f"kali-{number}")
        os.utime(place / f"k-02 {number}.ipynb", (number * 1e6, number * 1e6))
        collect(place, course, CLASS)
    assert sorted(path.name for path in (course / "submitted/k-02/ps1").iterdir()) == [
        "dua.ipynb", "satu.ipynb", "timestamp.txt",
    ]  # fmt: skip
    assert stamp(course, "k-02", "ps1").startswith("1970-01-24")


def test_a_folder_that_is_no_course_and_a_source_without_notebooks_get_a_sentence(tmp_path, course, collected, sent):
    with pytest.raises(InputError, match="no assignments"):
        collect(tmp_path, tmp_path, CLASS)
    with pytest.raises(ReadError, match="no notebooks"):
        collected(sent({"a.txt": "halo"}))
    with pytest.raises(ReadError, match="cannot be opened"):
        collected(tmp_path / "tidak ada")


def test_an_empty_file_is_called_empty_and_kept_as_a_try(course, notebook, sent, collected):
    files = {"k-02_skm.ipynb": "", "Sukarno.ipynb": "", "k-05_skm.ipynb": notebook("x")}
    report = collected(sent(files))
    assert {each["student"] for each in report["placed"]} == {"k-02", "k-04", "k-05"}, "all others are of one exercise"
    told = [note for note in report["notes"] if "empty (0 bytes)" in note]
    assert [note.split(":")[0] for note in told] == ["k-04 Sukarno", "k-02 Budi Santoso"]
    assert (course / "submitted/k-02/skm/skm.ipynb").read_bytes() == b""
    nameless = collected(
        sent({"k-03.ipynb": "", "k-02_skm.ipynb": notebook("a"), "k-04_skm-en.ipynb": notebook("b", "skm-en")}, "b")
    )
    assert "empty (0 bytes)" in nameless["not_placed"][0]["reason"]


def test_an_empty_or_damaged_file_does_not_push_out_the_good_one(course, notebook, sent, collected):
    siti = "Siti Aminah_1_assignsubmission_file_/skm.ipynb"
    first = zipped({siti: notebook("baik"), "k-03_skm.ipynb": notebook("b")}, (2026, 11, 1, 8, 0, 0))
    later = zipped({siti: "", "k-03_skm.ipynb": notebook("b")[:9000]}, (2026, 11, 2, 8, 0, 0))
    report = collected(sent({"1.zip": first, "2.zip": later}))
    assert "baik" in (course / f"submitted/{SITI}/skm/skm.ipynb").read_text(encoding="utf-8")
    assert {word for each in report["not_placed"] for word in ("empty", "damaged") if word in each["reason"]} == {
        "empty", "damaged",
    }  # fmt: skip


def test_an_older_good_one_beside_a_newer_damaged_one_is_a_question(course, notebook, sent, collected):
    def hand_in(text, seconds, **settings):
        place = sent({"k-02_skm.ipynb": text})
        os.utime(place / "k-02_skm.ipynb", (seconds, seconds))
        return collected(place, **settings)

    hand_in(notebook("rusak")[:9000], 2_000_000)
    report = hand_in(notebook("baik"), 1_000_000)
    assert "newer, but damaged" in report["not_placed"][0]["reason"]
    list_ = Path(report["list"])
    book = openpyxl.load_workbook(list_)
    book.worksheets[0]["D2"] = "k-02"
    book.save(list_)
    assert [each["student"] for each in hand_in(notebook("baik"), 1_000_000, choices=list_)["placed"]] == ["k-02"]
    assert "newer one" in hand_in(notebook("lama"), 500_000)["kept"][0]["reason"]


def test_whatever_is_good_takes_the_place_of_an_empty_file(course, notebook, sent, collected):
    collected(sent({"k.zip": zipped({"Siti Aminah_1_assignsubmission_file_/skm.ipynb": ""})}))
    good = sent({"skm siti aminah.ipynb": notebook("baik")}, "flashdisk")
    os.utime(good / "skm siti aminah.ipynb", (1_000_000, 1_000_000))
    (placed,) = collected(good)["placed"]
    assert placed["student"] == SITI
    assert placed["replaced"]
