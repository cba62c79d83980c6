"""Mails that Outlook saved (.msg): who sent them, when, what is attached; and files made to do harm."""

from __future__ import annotations

import random
import struct
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest
from collect_kit import SITI, mail, stamp, zipped
from outlook_kit import attachment, compound, message, msg

from mutu.course.collect import mail as mails
from mutu.course.collect import outlook, spool

BUDI = ("Budi Santoso", "budi@contoh.id")
SENT, DELIVERED = datetime(2026, 11, 20, 2, 0, tzinfo=UTC), datetime(2026, 11, 20, 2, 0, 7, tzinfo=UTC)
DAMAGED = "The mail is damaged and cannot be taken apart. Save what is attached to it yourself."


def _reasons(said):
    return [reason for _, reason in said]


def _placed(report):
    return {(each["student"], each["assignment"]): each["evidence"] for each in report["placed"]}


@pytest.fixture
def told(notebook, sent, collected):
    """What is said of files that lie beside an honest notebook, which is placed; each with the way to it."""

    def run(files, **more):
        report = collected(sent({**files, **more, "k-03_skm.ipynb": notebook("jujur")}))
        assert [each["student"] for each in report["placed"] + report["kept"]] == ["k-03"]
        return [(each["from"], each["reason"]) for each in report["not_placed"]]

    return run


def test_notebooks_and_archives_come_from_the_mails_of_a_folder(course, notebook, sent, collected):
    one = msg(BUDI, {"tugas saya é.ipynb": notebook("b").encode()}, delivered=DELIVERED, sent=SENT)
    other = msg(("", "AYU@contoh.id"), {"kumpulan.zip": zipped({"x.ipynb": notebook("a")})}, sent=SENT)
    report = collected(sent({"satu.msg": one, "dua.MSG": other}))
    assert _placed(report) == {("k-02", "skm"): "sender", ("k-05", "skm"): "sender"}
    assert {each["clock"] for each in report["placed"]} == {"received", "date"}
    assert stamp(course, "k-02") == "2026-11-20 02:00:07.000000 UTC"
    assert stamp(course, "k-05") == "2026-11-20 02:00:00.000000 UTC"
    assert (course / "submitted/k-02/skm/skm.ipynb").read_text(encoding="utf-8") == notebook("b")


def test_headers_of_the_internet_say_sender_and_time_before_what_outlook_noted(course, notebook, sent, collected):
    headers = (
        "Received: from a.contoh.id by b.contoh.id; Fri, 20 Nov 2026 10:15:00 +0700\r\n"
        "From: =?utf-8?q?Siti_Aminah?= <siti@contoh.id>\r\nDate: Thu, 19 Nov 2026 08:00:00 +0700\r\n"
    )
    inside = ("SITI AMINAH", "/O=DINAS/OU=PERTAMA/CN=SITI")
    files = {"t.ipynb": notebook("s").encode()}
    report = collected(sent({"a.msg": msg(inside, files, headers=headers, delivered=SENT)}))
    assert _placed(report) == {(SITI, "skm"): "sender"}
    assert stamp(course, SITI) == "2026-11-20 03:15:00.000000 UTC"


def test_a_mail_without_address_is_known_by_the_name_of_who_sent_it(notebook, sent, collected):
    inside = ("Budi Santoso", "/O=DINAS/OU=PERTAMA/CN=BUDI")
    assert _placed(collected(sent({"a.msg": msg(inside, {"t.ipynb": notebook("s").encode()})}))) == {
        ("k-02", "skm"): "sender name"
    }


def test_an_address_that_exchange_keeps_beside_its_own_counts(notebook, sent, collected):
    storage = message(("Sekretariat", "/O=DINAS/CN=X"), {"t.ipynb": notebook("s").encode()})
    storage["__substg1.0_5D01001F"] = "budi@contoh.id".encode("utf-16-le")
    assert _placed(collected(sent({"a.msg": compound(storage)}))) == {("k-02", "skm"): "sender"}


def test_names_of_an_older_outlook_are_read_in_its_code_page(tmp_path):
    (tmp_path / "a.msg").write_bytes(msg(("Б. Петров", "petrov@contoh.id"), {"Отчёт.ipynb": b"{}"}, page=1251))
    read = outlook.read(tmp_path / "a.msg")
    assert str(make_header(decode_header(read["From"]))) == "Б. Петров <petrov@contoh.id>"
    assert [part.get_filename() for part in read.walk()][-1] == "Отчёт.ipynb"


def test_a_mail_sent_on_within_another_is_a_claim_of_who_sent_it_on(course, notebook, sent, collected):
    inner = message(("Ni Made Ayu Lestari", "ayu@contoh.id"), {"t.ipynb": notebook("a").encode()}, sent=SENT)
    outer = msg(("Tata Usaha", "tu@contoh.id"), {"Tugas.msg": inner}, delivered=DELIVERED)
    report = collected(sent({"a.msg": outer}))
    assert _placed(report) == {("k-05", "skm"): "forwarded"}
    assert stamp(course, "k-05") == "2026-11-20 02:00:07.000000 UTC"


def test_an_outlook_mail_attached_as_a_file_is_one_too(notebook, sent, collected):
    inner = msg(BUDI, {"t.ipynb": notebook("a").encode()}, sent=SENT)
    report = collected(sent({"a.eml": mail("tu@contoh.id", {"Tugas.msg": inner})}))
    assert _placed(report) == {("k-02", "skm"): "forwarded"}


def test_a_link_instead_of_a_file_and_a_mail_without_one_are_told(told):
    storage = message(BUDI, {})
    storage["__attach_version1.0_#00000000"] = attachment("tugas.ipynb", b"", method=7)
    said = _reasons(told({"a.msg": compound(storage)}))
    assert said == ["It is a link or a device, not a file. Ask for the file itself."]
    said = _reasons(told({"a.msg": msg(BUDI, {})}))
    assert said[0].startswith("Nothing is attached to the mail")


def test_a_whole_data_file_of_outlook_is_refused_with_what_to_do(told):
    said = _reasons(told({"arsip.pst": b"!BDN" + bytes(600)}))
    assert said == ["A whole Outlook data file is not read. Drag its mails into a folder, and collect that."]


@pytest.mark.parametrize("raw", [b"", b"From: a@contoh.id\n\nhalo", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 4096])
def test_what_is_no_mail_of_outlook_gets_the_sentence_of_a_damaged_one(told, raw):
    assert _reasons(told({"a.msg": raw})) == [DAMAGED]


def test_a_mail_cut_off_gives_nothing_rather_than_half_a_notebook(told, notebook):
    whole = msg(BUDI, {"t.ipynb": notebook("b" * 20_000).encode()})
    for share in (0.2, 0.5, 0.9, 0.99):
        assert _reasons(told({"a.msg": whole[: int(len(whole) * share)]})) == [DAMAGED]


def test_a_mail_above_the_limit_is_refused_unread(told, monkeypatch):
    monkeypatch.setattr(mails, "MAX_MAIL", 4000)
    assert "larger than any notebook" in _reasons(told({"a.msg": msg(BUDI, {"a.csv": b"0" * 9000})}))[0]


def test_more_attached_than_one_person_hands_in_is_refused(told, monkeypatch):
    monkeypatch.setattr(spool, "MAX_INNER_ENTRIES", 5)
    monkeypatch.setattr(outlook, "MAX_INNER_ENTRIES", 5)
    said = _reasons(told({"a.msg": msg(BUDI, {f"{number}.csv": b"0" for number in range(9)})}))
    assert "unpacks to more than anybody hands in" in said[0]


def test_streams_that_share_their_bytes_cannot_unpack_to_more_than_the_file(told):
    raw = bytearray(msg(BUDI, {f"{number}.csv": b"0" * 100_000 for number in range(4)}))
    size = struct.pack("<Q", 100_000)
    ends = [place for place in range(512, len(raw), 128) if raw[place - 8 : place] == size]
    assert len(ends) == 4
    for place in ends:
        raw[place - 12 : place] = raw[ends[0] - 12 : ends[0] - 8] + size
    assert _reasons(told({"a.msg": bytes(raw)})) != [DAMAGED]  # each is a stream that the file can hold
    for place in ends:
        raw[place - 8 : place] = struct.pack("<Q", 399_000)
    assert _reasons(told({"a.msg": bytes(raw)})) == [DAMAGED]


@pytest.mark.parametrize(("place", "value"), [(44, 2**31), (44, 20_000), (64, 2**31), (30, 31), (32, 31)])
def test_a_head_that_announces_huge_tables_is_refused_before_they_are_read(tmp_path, place, value):
    raw = bytearray(msg(BUDI, {"t.ipynb": b"{}"}))
    raw[place : place + 4] = struct.pack("<I", value)
    (tmp_path / "a.msg").write_bytes(raw)
    with pytest.raises(outlook.Damaged):
        outlook.read(tmp_path / "a.msg")


def test_a_directory_whose_chain_is_a_circle_ends(tmp_path):
    raw = bytearray(msg(BUDI, {"t.ipynb": b"0" * 50_000}))
    table, directory = struct.unpack("<I", raw[76:80])[0], struct.unpack("<I", raw[48:52])[0]
    place = 512 * (table + 1) + 4 * directory
    raw[place : place + 4] = struct.pack("<I", directory)
    (tmp_path / "a.msg").write_bytes(raw)
    with pytest.raises(outlook.Damaged):
        outlook.read(tmp_path / "a.msg")


def test_bytes_changed_anywhere_are_read_or_refused(tmp_path):
    inner = message(BUDI, {"t.ipynb": b"1" * 5000})
    whole = msg(BUDI, {"t.ipynb": b"0" * 5000, "x.msg": inner}, sent=SENT, delivered=DELIVERED)
    chance = random.Random(7)
    kept = 0
    for _ in range(400):
        raw = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            raw[chance.randrange(len(raw))] = chance.choice((0, 1, 254, 255, chance.randrange(256)))
        (tmp_path / "a.msg").write_bytes(raw)
        try:
            kept += outlook.read(tmp_path / "a.msg").is_multipart()
        except outlook.Damaged:
            continue
    assert 0 < kept < 400
