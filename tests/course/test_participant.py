"""Whom a person means by an id or a name."""

from __future__ import annotations

import pytest

from mutu.course.nbgrader import Trainee
from mutu.course.participant import called, meant
from mutu.errors import InputError
from mutu.locale import say

CLASS = (
    Trainee("nluh", "Ni Luh Sari"),
    Trainee("BudiS", "Budi Santoso"),
    Trainee("budi2", "Budi Hartono"),
    Trainee("198501012010011001", "Siti Aminah, S.Sos."),
    Trainee("tamu", ""),
)


@pytest.mark.parametrize(
    ("wanted", "id_"),
    [
        ("nluh", "nluh"),
        ("NLUH", "nluh"),
        ("budis", "BudiS"),
        ("tamu", "tamu"),
        ("19850101 201001 1 001", "198501012010011001"),
        ("Ni Luh Sari", "nluh"),
        ("siti aminah", "198501012010011001"),
        ("Sari", "nluh"),
        ("Hartono", "budi2"),
    ],
)
def test_an_id_or_a_name_that_only_one_has(wanted, id_):
    assert meant(wanted, CLASS) == id_


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Budi", "«Budi» dapat berarti beberapa peserta: Budi Hartono (budi2), Budi Santoso (BudiS). "),
        ("nluhh", "Daftar kelas tidak memuat peserta dengan ID atau nama «nluhh». Mungkin maksud Anda: "
                  "Ni Luh Sari (nluh)."),
        ("Sitti Aminnah", "Mungkin maksud Anda: Siti Aminah, S.Sos. (198501012010011001)."),
        ("zzz", "Daftar kelas tidak memuat peserta dengan ID atau nama «zzz». Periksa penulisannya."),
    ],
)  # fmt: skip
def test_whom_it_may_be_is_named(wanted, said):
    with pytest.raises(InputError) as error:
        meant(wanted, CLASS)
    assert said in say(error.value)


def test_a_name_stands_before_its_id():
    assert (called("nluh", "Ni Luh Sari"), called("tamu", ""), called("x", "x")) == ("Ni Luh Sari (nluh)", "tamu", "x")
