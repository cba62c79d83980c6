"""Who gets a certificate and who does not, with which number, again and again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from book_kit import SKM, Book, Work

from mutu.course.outcome.certificate.decide import id_kind, shown_id
from mutu.course.outcome.certificate.keys import public_keys
from mutu.course.outcome.certificate.profile import OfModule
from mutu.course.outcome.certificate.rule import rule
from mutu.course.outcome.certificate.verify import verify
from mutu.errors import InputError, MachineError, SettingError
from mutu.locale import use


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def test_everybody_is_issued_or_named_with_the_reason(run):
    done = run()
    assert {one.person.id: (one.facts.no, one.facts.marks) for one in done.issued} == {
        "198501012010011001": ("001/SKM/XI/2026", {"skm": 100.0}),
        "3201010101850001": ("002/SKM/XI/2026", {"skm": 85.0}),  # (2 + 0.5 + 3 + 4 - 1) of 10
        "p01": ("003/SKM/XI/2026", {"skm": 89.0}),
    }
    assert {one.person.id: one.reason for one in done.refused} == {
        "p03": "Module skm: waits for points by hand: text-refleksi.",
        "p04": "The mark for skm is 50.00; at least 70.00 is asked for.",
        "p05": "Module skm: nothing handed in.",
    }
    assert all(one.facts.jp == 2 for one in done.issued)


def test_a_certificate_whose_owner_gets_none_now_is_named_where_it_still_lies(run, book):
    (kept,) = [one for one in run().issued if one.person.id == "p01"]
    book.give("p01", "skm", "text-refleksi", 0.0)
    assert [(one.facts.no, one.file) for one in run().left] == [(kept.facts.no, kept.file)]
    assert run(out="lain").left == ()


def test_every_file_verifies_and_says_what_was_issued(run, tmp_path):
    for one in run().issued:
        verdict = verify(one.file.read_bytes(), public_keys(tmp_path / "kunci-sertifikat"))
        assert (verdict.valid, verdict.facts) == (True, one.facts)


def test_a_number_that_may_be_a_nik_is_nowhere_in_the_certificate(run):
    (niko,) = [one for one in run().issued if one.person.name == "Niko Santoso"]
    assert niko.facts.id == ""
    assert b"3201010101850001" not in niko.file.read_bytes()
    assert "3201010101850001" not in niko.file.name


@pytest.mark.parametrize(
    ("text", "kind", "printed"),
    [
        ("198501012010011001", "NIP", True),
        ("199203152021211003", "NI PPPK", True),
        ("198513012010011001", "Participant", True),  # no such month
        ("p01", "Participant", True),
        ("3201010101850001", "", False),
        ("", "", False),
    ],
)
def test_an_id_is_called_what_it_is(text, kind, printed):
    assert id_kind(text) == kind
    assert bool(shown_id(text)) == printed


def test_the_same_run_gives_the_same_bytes(run):
    first = {one.file.name: one.file.read_bytes() for one in run().issued}
    again = {one.file.name: one.file.read_bytes() for one in run(out="lain").issued}
    assert first == again


def test_a_better_mark_gets_a_new_number_and_the_others_keep_theirs(run, book):
    before = {one.person.id: one.facts.no for one in run().issued}
    book.give("p01", "skm", "text-refleksi", 5.0)
    book.give("p03", "skm", "text-refleksi", 4.0)
    after = {one.person.id: one.facts.no for one in run().issued}
    assert after == before | {"p03": "004/SKM/XI/2026", "p01": "005/SKM/XI/2026"}


def test_the_day_of_the_first_issue_stays(run, training):
    first = {one.facts.on for one in run().issued}
    again = {one.facts.on for one in run(training=replace(training, date=datetime(2026, 12, 24).date())).issued}
    assert first == again == {training.date}


def test_the_organiser_sets_the_least_mark_for_all_or_for_one_module(run, training):
    assert len(run(training=replace(training, least=Decimal(50))).issued) == 4
    strict = replace(training, modules={"skm": OfModule(least=Decimal("89.01"))})
    assert [one.person.id for one in run(training=strict).issued] == ["198501012010011001"]
    assert rule().least_mark == training.least == 70


def test_the_limit_is_compared_with_the_mark_as_it_is_printed(tmp_path, training):
    from mutu.course.outcome.certificate import Order, issue

    people = {"a": ("Ani Satu", ""), "b": ("Budi Dua", "")}
    book = Book(tmp_path, people, {"skm": {"tes": 1000.0}}).write(
        {("a", "skm"): Work({"tes": 699.95}), ("b", "skm"): Work({"tes": 699.94})}
    )
    done = issue(book.folders, tmp_path / "k", training, Order(["skm"], [], tmp_path / "out"))
    assert [(one.person.id, one.facts.marks["skm"]) for one in done.issued] == [("a", 70.0)]
    assert done.refused[0].reason == "The mark for skm is 69.99; at least 70.00 is asked for."


def test_work_handed_in_anew_has_to_be_graded_first(run, book):
    stamp = book.folders.course / "submitted" / "p01" / "skm" / "timestamp.txt"
    stamp.write_text("2026-11-21 08:00:00 UTC")
    (reason,) = [one.reason for one in run().refused if one.person.id == "p01"]
    assert reason == "Module skm: handed in, not graded yet."


def test_a_second_attempt_in_the_other_language_counts_with_the_better_mark(run, book):
    with book.opened() as opened:
        book._submit(opened, "p04", "skm-en", Work({"tes-nrr": 2.0, "tes-ikm": 3.0, "text-refleksi": 3.0}))
        opened.db.commit()
    assert {one.person.id: one.facts.marks for one in run().issued}["p04"] == {"skm": 80.0}


def test_only_some_people_or_none_that_is_known(run, tmp_path):
    done = run(students=["p01", "p05"])
    assert [one.person.id for one in done.issued] == ["p01"]
    assert [one.person.id for one in done.refused] == ["p05"]
    with pytest.raises(InputError, match="p99"):
        run(students=["p99"])


def test_nobody_without_a_name_gets_one(run, book):
    with book.opened() as opened:
        opened.add_student("x1")
        opened.add_student("x2", first_name="A" * 301)
    reasons = {one.person.id: one.reason for one in run().refused}
    assert "no name for x1" in reasons["x1"]
    assert "longer than 300" in reasons["x2"]


def test_names_that_try_to_be_markup_stay_names(run, book):
    name = '#eval("1") *x* </b> \u202e ] $ \\ "q"'
    with book.opened() as opened:
        opened.find_student("p01").first_name = name
        opened.db.commit()
    (one,) = run(students=["p01"]).issued
    assert one.facts.name == '#eval("1") *x* </b> ] $ \\ "q" Aminah'
    assert verify(one.file.read_bytes(), ()).reason.startswith("It names the key")


def test_a_course_of_somebody_else_needs_its_hours(tmp_path, training):
    from mutu.course.outcome.certificate import Order, issue

    book = Book(tmp_path, {"a": ("Ani Satu", "")}, {"ps1": SKM, "leer": {}}, course="theirs")
    book.write({("a", "ps1"): Work({"tes-nrr": 2.0, "tes-ikm": 3.0, "text-refleksi": 5.0})})
    order = Order(["ps1"], [], tmp_path / "out")
    with pytest.raises(SettingError, match=r"\[modul.ps1\]"):
        issue(book.folders, tmp_path / "k", training, order)
    said = replace(training, modules={"ps1": OfModule(title="Soal satu", jp=4)})
    (one,) = issue(book.folders, tmp_path / "k", said, order).issued
    assert (one.facts.jp, one.facts.marks) == (4, {"ps1": 100.0})
    for wanted, sentence in (("leer", "no points"), ("ps2", "no module «ps2»"), ("skm", "no points")):
        with pytest.raises(InputError, match=sentence):
            issue(book.folders, tmp_path / "k", said, replace(order, modules=[wanted]))


def test_certificates_are_never_put_beside_the_private_key(run):
    for place in ("kunci-sertifikat", "kunci-sertifikat/out", "x/../kunci-sertifikat"):
        with pytest.raises(SettingError, match="private key"):
            run(out=place)


def test_a_lost_key_ends_the_run_before_anything_is_written(run, tmp_path):
    run(students=["p01"])
    (tmp_path / "kunci-sertifikat" / "kunci-rahasia.pem").unlink()
    with pytest.raises(MachineError, match="--new-key"):
        run(out="kedua")
    assert not (tmp_path / "kedua").exists()
    done = run(out="kedua", new_key=True)
    keys = public_keys(tmp_path / "kunci-sertifikat")
    assert len(keys) == 2
    assert {one.person.id: one.facts.no for one in done.issued}["p01"] == "001/SKM/XI/2026"
    for file in (*(tmp_path / "out").glob("*.pdf"), *(tmp_path / "kedua").glob("*.pdf")):
        assert verify(file.read_bytes(), keys).valid


def test_more_than_a_telephone_reads_is_refused_before_anything_is_numbered(run, training, tmp_path):
    wide = replace(training, training="é" * 150, organiser="Dinas")
    with pytest.raises(InputError, match="QR code"):
        run(training=wide)
    assert [one.facts.no for one in run(students=["p01"]).issued] == ["001/SKM/XI/2026"]


def test_points_that_are_no_number_earn_nothing(run, book):
    book.give("p04", "skm", "text-refleksi", float("inf"))
    assert {one.person.id: one.reason for one in run().refused}["p04"].startswith("The mark for skm is 0.00")
