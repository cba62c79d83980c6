"""Whom a name, an id or the name of a file means, and what is left as a question."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from collect_kit import CLASS, SITI

from mutu.course import names
from mutu.course.collect.found import Moment, Origin
from mutu.course.collect.people import People
from mutu.course.collect.reading import Reading
from mutu.course.collect.who import decide
from mutu.course.nbgrader import Trainee

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Siti Aminah, S.Pd., M.Si.", "siti aminah"),
        ("Hj. SITI AMINAH SE MM", "Aminah, Siti"),
        ("Drs. H. Ma'ruf Amin, M.A.", "Maruf Amin"),
        ("Muh. Nūr", "Muhammad Nur"),
        ("Nur Hidayah", "Nurhidayah A.Md.Keb."),
        ("Prof. Dr. Ir. K.H. Sukarno", "Sukarno"),
        ("I Gusti Ayu Al-Farisi", "i gusti ayu al farisi"),
    ],
)
def test_two_ways_to_write_a_name_are_the_same(one, other):
    assert names.same(names.words(one), names.words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Budi Santoso", "Budi Hartono"),
        ("Siti", "Siti Aminah"),
        ("S.Pd.", "M.Si."),
        ("", "Siti"),
        ("H. Ali", "H. Umar"),
    ],
)
def test_other_names_are_not(one, other):
    assert not names.same(names.words(one), names.words(other))


@pytest.mark.parametrize(
    ("label", "ids"),
    [
        ("Siti Aminah", {SITI}),
        ("skm_siti aminah_revisi", {SITI}),
        ("SKM - Siti Aminah", {SITI}),
        ("SitiAminah-SKM-final", {SITI}),
        ("tugas skm siti aminah s.pd", {SITI}),
        ("198501012010011001", {SITI}),
        ("19850101 201001 1 001 - skm", {SITI}),
        ("skm (budi@contoh.id)", {"k-02"}),
        ("skm k-02", {"k-02"}),
        ("K-02-skm", {"k-02"}),
        ("rizki hidayat", {"k-03"}),
        ("M Rizki Hidayat", {"k-03"}),
        ("Sukarno", {"k-04"}),
        ("skm Sukarno (2)", {"k-04"}),
        ("Salinan dari Tugas 2 sukarno final", {"k-04"}),
        ("lestari ni made ayu", {"k-05"}),
    ],
)
def test_the_name_of_a_file_or_folder_means_somebody(label, ids):
    assert People(CLASS).in_label(label).ids == ids


@pytest.mark.parametrize(
    "label", ["skm", "skm (2)", "latihan 02", "Budi", "Hidayat", "Ayu", "Siti Maimunah", "k-07", ""]
)
def test_a_part_of_a_name_or_a_number_means_nobody(label):
    assert not People(CLASS).in_label(label).ids


def test_who_has_a_part_of_the_name_is_named_as_a_question():
    assert People(CLASS).in_label("Budi").maybe == {"k-02", "k-06"}


def test_two_persons_of_one_name_are_both_meant():
    people = People([Trainee("a1", "Siti Aminah"), Trainee("a2", "Aminah Siti, S.E.")])
    assert people.in_label("Siti Aminah").ids == {"a1", "a2"}


def test_a_one_word_name_may_be_somebody_elses_first_name_except_where_names_are_full():
    people = People([Trainee("a1", "Budi"), Trainee("a2", "Budi Santoso")])
    assert people.by_name("Budi", whole=False).ids == {"a1", "a2"}
    assert people.by_name("Budi", whole=True).ids == {"a1"}
    assert people.in_label("Budi Santoso").ids == {"a2"}
    assert people.in_label("tugas budi revisi").ids == {"a1", "a2"}


def test_a_longer_name_is_meant_where_all_its_words_are_there():
    people = People([Trainee("a1", "Siti Aminah"), Trainee("a2", "Siti Aminah Putri")])
    assert people.in_label("tugas siti aminah putri final").ids == {"a2"}
    assert people.in_label("tugas siti aminah final").ids == {"a1"}


def test_short_ids_count_only_when_they_stand_alone():
    people = People([Trainee("2", "Ani Yudhi"), Trainee("12345", "Oki Setiana")])
    assert not people.in_label("skm (2)").ids
    assert people.in_label("2").ids == {"2"}
    assert not people.in_label("Ani Wijaya 12345 lampiran").ids


@pytest.mark.parametrize("label", ["e7 skm-en (3)", "Tugas SKM - e7", "e7-skm", "skm_E7", "skm-en e7 revisi"])
def test_a_short_id_of_letter_and_digit_counts_beside_words_of_the_work(label):
    found = People([Trainee("e7", "Ani Yudhi"), Trainee("e8", "Oki Setiana")]).in_label(label)
    assert found.ids == {"e7"}
    assert found.by_id


@pytest.mark.parametrize("label", ["budi v2", "skm Siti v2 final", "laporan kelompok v2"])
def test_beside_other_words_it_may_be_a_version(label):
    people = People([Trainee("v2", "Ani Yudhi"), Trainee("k-02", "Budi Santoso")])
    assert not people.in_label(label).ids


def test_one_word_of_several_names_beside_the_work_names_them_all():
    people = People([Trainee("p12", "Kartika Sari"), Trainee("p13", "Kartika Dewi"), Trainee("p14", "Oki Setiana")])
    assert people.in_label("skm-kartika").maybe == {"p12", "p13"}
    assert people.in_label("Tugas SKM kartika (2)").maybe == {"p12", "p13"}


def test_an_id_in_a_name_is_called_an_id():
    def known_by(name):
        found = decide(Origin((name,), Moment(NOON, "file")), Reading(), None, People(CLASS))
        return found.student, found.sign.kind

    assert known_by(f"{SITI} skm.ipynb") == (SITI, "id")
    assert known_by("Budi Santoso skm.ipynb") == ("k-02", "file name")


def test_an_address_of_an_office_means_all_who_have_it():
    people = People([Trainee("a1", "Ani", "kantor@x.id"), Trainee("a2", "Oki", "Kantor@x.id"), Trainee("a3", "Budi")])
    assert people.by_email("kantor@x.id").ids == {"a1", "a2"}
    assert not people.by_email("").ids
