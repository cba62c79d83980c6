"""Archives, mails, names and claims made to do harm: each gets a sentence, and the others are placed all the same."""

from __future__ import annotations

import io
import json
import os
import stat
import struct
import sys
import zipfile
from pathlib import Path

import pytest
from collect_kit import CLASS, SITI, mail, mailbox, stamp, zipped

from mutu.course.collect import packed, place, spool
from mutu.course.nbgrader import Trainee
from mutu.errors import ReadError

HONEST = "k-02_skm.ipynb"


@pytest.fixture
def beside_honest(course, notebook, sent, collected):
    """Collect something hostile together with an honest notebook; returns the sentences, checks the honest one."""

    def run(files):
        report = collected(sent(files | {HONEST: notebook("jujur")}))
        assert "k-02" in {each["student"] for each in report["placed"]}
        assert (course / "submitted/k-02/skm/skm.ipynb").read_text(encoding="utf-8") == notebook("jujur")
        return {each["from"]: each["reason"] for each in report["not_placed"]}

    return run


@pytest.mark.parametrize("name", ["../../lari.ipynb", "/etc/lari.ipynb", "C:\\lari.ipynb", "a\\..\\..\\lari.ipynb"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, beside_honest, notebook, name):
    told = beside_honest({"a.zip": zipped({name: notebook("x")})})
    assert "out of the folder" in "".join(told.values())
    assert not list(tmp_path.rglob("lari*"))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_in_a_zip_are_refused(beside_honest, kind):
    info = zipfile.ZipInfo(f"{SITI}_skm.ipynb")
    info.external_attr = (kind | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "link or a device" in "".join(beside_honest({"a.zip": out.getvalue()}).values())


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path, course, notebook, sent, collected):
    (tmp_path / "rahasia.ipynb").write_text(notebook("rahasia"), encoding="utf-8")
    place_ = sent({HONEST: notebook("jujur")})
    (place_ / f"{SITI}_skm.ipynb").symlink_to(tmp_path / "rahasia.ipynb")
    (place_ / "lingkar").symlink_to(place_)
    os.mkfifo(place_ / "k-03_skm.ipynb")
    report = collected(place_)
    assert [each["student"] for each in report["placed"]] == ["k-02"]
    assert [each["reason"].startswith("It is a link") for each in report["not_placed"]] == [True] * 3
    with pytest.raises(ReadError):
        collected(place_ / "k-03_skm.ipynb")


def test_a_bomb_is_counted_while_it_unpacks_and_only_it_is_left_out(beside_honest, monkeypatch):
    monkeypatch.setattr(spool, "MAX_INNER_BYTES", 2**20)
    told = beside_honest({"Siti Aminah.zip": zipped({"skm.ipynb": b"[" * 2**19, "isi.csv": b"0" * 2**22})})
    assert told == {"masuk › Siti Aminah.zip": "It unpacks to more than anybody hands in, so nothing of it was taken. "
                    "Ask for the notebook alone."}  # fmt: skip


def test_a_bomb_that_lies_about_its_size_is_counted_too(beside_honest):
    honest_size = zipped({"isi.csv": b"0" * 2**22})
    lying = honest_size.replace(struct.pack("<I", 2**22), struct.pack("<I", 10))
    assert lying != honest_size
    assert "damaged" in "".join(beside_honest({"a.zip": lying}).values())


def test_bombs_in_bombs_are_not_unpacked_without_end(beside_honest, notebook):
    deep = zipped({f"{SITI}_skm.ipynb": notebook("x")})
    for _each in range(8):
        deep = zipped({"lagi.zip": deep})
    assert "too many archives" in "".join(beside_honest({"a.zip": deep}).values())


@pytest.mark.parametrize(
    ("where", "limit", "value"), [(spool, "MAX_INNER_ENTRIES", 50), (packed, "_LONGEST_LIST", 1000)]
)
def test_too_many_entries_are_refused_before_or_while_they_are_counted(beside_honest, monkeypatch, where, limit, value):
    monkeypatch.setattr(where, limit, value)
    many = zipped({f"{number}.txt": "" for number in range(60)})
    assert "more than anybody" in "".join(beside_honest({"a.zip": many}).values())


def test_what_limits_leave_of_everything_is_said(course, notebook, sent, collected, monkeypatch):
    monkeypatch.setattr(spool, "MAX_ENTRIES", 3)
    files = {f"{number}/{HONEST}": notebook("a") for number in range(9)}
    report = collected(sent(files))
    assert "more in it than is read at once" in report["not_placed"][-1]["reason"]
    assert len(report["placed"]) == 1


def test_an_encrypted_entry_is_said_to_be_so(beside_honest, notebook, sent, collected):
    raw = bytearray(zipped({"skm.ipynb": notebook("x")}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    assert "password" in "".join(beside_honest({"a.zip": bytes(raw)}).values())
    with pytest.raises(ReadError, match="password"):
        collected(sent({"b.zip": bytes(raw)}, "lain") / "b.zip")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04rusak", b"PK\x05\x06" + b"\0" * 18 + b"x", b"bukan zip", zipped({"a": "b"})[:-9]]
)
def test_a_broken_archive_is_named(beside_honest, content):
    beside_honest({"rusak.zip": content})


@pytest.mark.parametrize(
    "name", ["a\nb.ipynb", "\u202egnp.ipynb", "x" * 4096 + ".ipynb", "=1+1.ipynb", "[bold]x[/bold].ipynb", "a\0b.ipynb"]
)
def test_odd_names_are_shown_without_harm(course, notebook, sent, collected, name):
    report = collected(sent({"a.zip": zipped({name: notebook("x"), HONEST: notebook("y")})}) / "a.zip")
    (told,) = report["not_placed"]
    assert not set(told["from"]) & set("\n\0\u202e")
    assert len(told["from"]) < 200
    assert Path(report["list"]).is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not take such names")
def test_a_name_that_is_no_text_is_shown_without_harm(course, notebook, sent, collected):
    place_ = sent({HONEST: notebook("y")})
    (place_ / os.fsdecode(b"\xff\xfe.ipynb")).write_text(notebook("x"), encoding="utf-8")
    report = collected(place_)
    assert json.dumps(report, ensure_ascii=False).encode("utf-8")
    assert len(report["not_placed"]) == 1


def test_files_beside_with_bad_names_or_sizes_stay_behind_and_are_named(course, notebook, sent, collected, monkeypatch):
    monkeypatch.setattr(place, "_MOST_BESIDE", 1000)
    siti = "Siti Aminah_1_assignsubmission_file_/"
    bad = ["con.txt", "a\nb.csv", "x" * 130, "skm.ipynb/dalam.csv", "data", "TIMESTAMP.TXT", "akhir. "]
    files = {f"{siti}skm.ipynb": notebook("a"), f"{siti}data/ok.csv": "1", f"{siti}besar.csv": "0" * 1001}
    report = collected(sent({"a.zip": zipped(files | {f"{siti}{name}": "2" for name in bad})}) / "a.zip")
    theirs = course / "submitted" / SITI / "skm"
    found = sorted(path.name for path in theirs.rglob("*") if path.is_file())
    assert found in (["ok.csv", "skm.ipynb", "timestamp.txt"], ["data", "skm.ipynb", "timestamp.txt"])
    assert any(note.startswith(f"{SITI} Dr. Siti Aminah, S.Pd., M.Si.: not copied along") for note in report["notes"])


def test_a_program_beside_a_notebook_is_data(course, notebook, sent, collected):
    place_ = sent({"Siti Aminah/skm.ipynb": notebook("a"), "Siti Aminah/jalan.sh": "#!/bin/sh\ntouch /tmp/x"})
    (place_ / "Siti Aminah/jalan.sh").chmod(0o777)
    collected(place_)
    assert not os.access(course / "submitted" / SITI / "skm" / "jalan.sh", os.X_OK)


@pytest.mark.parametrize(
    "raw",
    [
        b"From: budi@contoh.id\nContent-Type: multipart/mixed; boundary=x\n\n--x\n--x\n--x--",
        b"From: =?utf-8?B?////?= <budi@contoh.id>\nDate: besok\n\nhalo",
        b"From: " + b"(" * 5000 + b"\n\nhalo",
        b"Content-Type: multipart/mixed; boundary=" + b"x" * 70000 + b"\n\n--x",
        b"From: budi@contoh.id\nContent-Type: application/x; name*0*=utf-99''%FF; name*1=y\n\nhalo",
        b"From: budi@contoh.id\nContent-Transfer-Encoding: base64\nContent-Disposition: x; filename=a.ipynb\n\n&&&",
        b"From: budi@contoh.id\n" + b"Content-Type: message/rfc822\n\n" * 400,
        b"\xff\xfe\x00",
    ],
)
def test_a_broken_mail_does_not_stop_the_others(course, notebook, sent, collected, raw):
    good = mail("rizki@contoh.id", {"x.ipynb": notebook("a")})
    report = collected(sent({"kotak.mbox": mailbox([raw, good, raw])}) / "kotak.mbox")
    assert "k-03" in {each["student"] for each in report["placed"]}


@pytest.mark.parametrize(
    "content",
    ['{"cells": ' + "[" * 100_000, '{"cells": [' + "{}," * 400_000 + "{}]}", '{"cells": [1, null, {"source": 7}]}',
     '{"cells": [{"metadata": {"nbgrader": []}, "source": [1, {}]}], "metadata": []}', "null", '{"cells": {}}',
     '{"cells": [{"source": "\\ud800 Nama: \\ud800"}]}', '{"cells": [], "n": ' + "9" * 10_000 + "}"],
)  # fmt: skip
def test_a_notebook_of_any_form_is_read_as_data(beside_honest, content):
    beside_honest({f"{SITI}_latihan.ipynb": content})


def test_a_notebook_that_claims_another_persons_id_does_not_take_the_place_of_theirs(course, notebook, sent, collected):
    own = "Siti Aminah_1_assignsubmission_file_/skm.ipynb"
    other = "Budi Santoso_2_assignsubmission_file_/skm.ipynb"
    first = collected(sent({"a.zip": zipped({own: notebook("asli")})}) / "a.zip")
    assert [each["student"] for each in first["placed"]] == [SITI]
    claims = [
        notebook(f"Nama: Siti Aminah {SITI}"),
        notebook("x\nNIP: " + SITI),
        notebook("y", authors=[{"name": SITI}]),
    ]
    names = [other.replace("skm.ipynb", f"{SITI}_skm.ipynb"), other, other]
    for number, (name, claim) in enumerate(zip(names, claims, strict=True)):
        files = {name: claim}
        second = collected(sent({f"{number}.zip": zipped(files, (2026, 11, 22, 9, 0, 0))}) / f"{number}.zip")
        assert second["placed"] == [], name
        assert "whose is it" in second["not_placed"][0]["reason"]
    assert "asli" in (course / "submitted" / SITI / "skm/skm.ipynb").read_text(encoding="utf-8")


def test_a_claim_without_a_folder_of_its_own_replaces_nothing_either(course, notebook, sent, collected):
    own = {"Siti Aminah_1_assignsubmission_file_/skm.ipynb": notebook("asli")}
    collected(sent({"a.zip": zipped(own)}) / "a.zip")
    for folder, name, text in (("1", f"{SITI}_skm.ipynb", "palsu"), ("2", "x.ipynb", f"Nama: {SITI}")):
        report = collected(sent({name: notebook(text)}, folder))
        assert report["placed"] == []
        assert "speaks only" in report["not_placed"][0]["reason"]
    assert "asli" in (course / "submitted" / SITI / "skm/skm.ipynb").read_text(encoding="utf-8")


def test_a_newer_claim_that_came_with_the_true_one_or_before_it_is_a_question(course, notebook, sent, collected):
    claim, true = notebook(f"Nama: {SITI}"), notebook("asli")
    both = {
        "a.zip": zipped({"Siti Aminah_1_assignsubmission_file_/skm.ipynb": true}, (2026, 11, 1, 9, 0, 0)),
        "x.ipynb": claim,
    }
    report = collected(sent(both))
    assert [(each["student"], each["evidence"]) for each in report["placed"]] == [(SITI, "lms")]
    assert [each["from"] for each in report["not_placed"]] == ["masuk › x.ipynb"]


def test_a_true_one_that_is_older_than_a_claim_placed_before_it_is_a_question_and_a_newer_one_is_placed(
    course, notebook, sent, collected
):
    first = collected(sent({"x.ipynb": notebook(f"Nama: {SITI}")}))
    assert [each["evidence"] for each in first["placed"]] == ["line"]
    own = {"Siti Aminah_1_assignsubmission_file_/skm.ipynb": notebook("asli")}
    report = collected(sent({"a.zip": zipped(own, (2001, 1, 1, 9, 0, 0))}, "lms"))
    assert (report["placed"], report["kept"]) == ([], [])
    assert "newer one" in report["not_placed"][0]["reason"]
    (course / "submitted" / SITI / "skm" / "timestamp.txt").write_text("2000-01-01 00:00:00 UTC")
    sent({"x.ipynb": notebook("lain")})
    report = collected(sent({"a.eml": mail("siti@contoh.id", own, Date="Thu, 01 Jan 2099 00:00:00 +0000")}, "surat"))
    assert [each["evidence"] for each in report["placed"]] == ["sender"]


def test_of_two_persons_of_one_name_neither_a_claim_nor_a_guess_decides(course, notebook, sent, collected):
    class_ = (Trainee("a1", "Siti Aminah"), Trainee("a2", "Siti Aminah"))
    name = "Siti Aminah_1_assignsubmission_file_/a2_skm.ipynb"
    report = collected(sent({"a.zip": zipped({name: notebook("x")})}) / "a.zip", trainees=class_)
    assert report["placed"] == []
    assert report["not_placed"][0]["candidates"] == ["a1 Siti Aminah", "a2 Siti Aminah"]


def test_the_time_inside_an_archive_that_was_mailed_is_not_believed(course, notebook, sent, collected):
    inner = zipped({"skm.ipynb": notebook("a")}, (1999, 1, 1, 0, 0, 0))
    collected(sent({"a.eml": mail("budi@contoh.id", {"a.zip": inner}, Date="Fri, 20 Nov 2026 09:00:00 +0000")}))
    assert stamp(course, "k-02") == "2026-11-20 09:00:00.000000 UTC"


def test_an_id_that_is_no_name_of_a_folder_writes_nowhere(tmp_path, notebook, sent, collected):
    class_ = (*CLASS, Trainee("../../lari", "Lari Jauh"))
    report = collected(sent({"Lari Jauh.ipynb": notebook("x")}), trainees=class_)
    assert "name of a folder" in report["not_placed"][0]["reason"]
    assert not (tmp_path.parent / "lari").exists()


def test_a_link_in_the_place_of_a_submission_is_not_written_through(tmp_path, course, notebook, sent, collected):
    (tmp_path / "luar").mkdir()
    (course / "submitted").mkdir()
    (course / "submitted" / "k-02").symlink_to(tmp_path / "luar")
    report = collected(sent({HONEST: notebook("x")}))
    assert "is a link" in report["not_placed"][0]["reason"]
    assert not list((tmp_path / "luar").iterdir())


def test_a_mail_attached_as_a_file_cannot_say_that_it_came_earlier(course, notebook, sent, collected):
    late, early = "Fri, 20 Nov 2026 09:00:00 +0700", "Wed, 18 Nov 2026 09:00:00 +0700"
    inner = mail("budi@contoh.id", {"skm.ipynb": notebook("b")}, Received=f"x by y; {early}", Date=early)
    collected(sent({"a.eml": mail("budi@contoh.id", {"surat.eml": inner}, Received=f"x by y; {late}")}))
    assert stamp(course, "k-02").startswith("2026-11-20 02:00:00")
