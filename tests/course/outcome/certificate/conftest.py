"""A training, and a class whose certificates can be issued."""

from __future__ import annotations

from datetime import date

import pytest
from book_kit import skm_class

from mutu.course.outcome.certificate import Order, Training, issue
from mutu.course.outcome.certificate.facts import Facts

PROFILE = """\
training = "Pelatihan Pengukuran Kepuasan Masyarakat"
kind = "Pelatihan nonklasikal"
organiser = "Dinas Contoh Kabupaten Rekaan"
place = "Rekaan"
head = "Dr. Raden Ayu Kusumawardhani, M.Si."
position = "Kepala Dinas Contoh"
head_id = "197001011995032001"
number = "{number}/SKM/{month}/{year}"
start = 2026-11-01
end = 2026-11-20
date = 2026-11-25
"""


@pytest.fixture
def training() -> Training:
    """A training that has ended."""
    return Training(
        training="Pelatihan Pengukuran Kepuasan Masyarakat", organiser="Dinas Contoh Kabupaten Rekaan",
        place="Rekaan", head="Dr. Raden Ayu Kusumawardhani, M.Si.", position="Kepala Dinas Contoh",
        number="{number}/SKM/{month}/{year}", start=date(2026, 11, 1), end=date(2026, 11, 20),
        date=date(2026, 11, 25), head_id="197001011995032001",
    )  # fmt: skip


@pytest.fixture
def facts() -> Facts:
    """The facts of one certificate."""
    return Facts(
        no="001/SKM/XI/2026", name="Siti Aminah", id="p01", of="Pelatihan", by="Dinas", jp=2,
        marks={"skm": 78.95}, start=date(2026, 11, 1), end=date(2026, 11, 20), on=date(2026, 11, 25),
    )  # fmt: skip


@pytest.fixture
def book(tmp_path):
    """The class of six."""
    return skm_class(tmp_path)


@pytest.fixture
def run(book, training, tmp_path):
    """Issue certificates for the class; keyword arguments change the training or the order."""

    def again(modules=("skm",), students=(), out="out", training=training, new_key=False):
        order = Order(modules, students, tmp_path / out, new_key)
        return issue(book.folders, tmp_path / "kunci-sertifikat", training, order)

    return again


@pytest.fixture
def profile(tmp_path):
    """A profile as a file."""
    file = tmp_path / "pelatihan.toml"
    file.write_text(PROFILE, encoding="utf-8")
    return file
