"""The list of marks: what is given, what waits, what was never handed in; and its Excel and CSV."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from book_kit import Book, Work, skm_class
from pypdf import PdfReader

from mutu.course.nbgrader.results import results
from mutu.course.outcome.marks import delimited, graded, table, workbook
from mutu.course.outcome.standing import Known, State
from mutu.errors import InputError, WorkspaceError
from mutu.locale import use

EVIL = '=HYPERLINK("http://jahat.invalid","klik")'


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def _marks(book, *modules):
    found = results(book.folders)
    return table(graded(modules, found), Known.read(book.folders, found))


@pytest.fixture
def book(tmp_path):
    made = skm_class(tmp_path)
    with made.opened() as opened:
        opened.add_student("p06", first_name=EVIL, email="+jahat@contoh.id")
        opened.find_student("p04").email = "SITI@contoh.id"
        opened.db.commit()
    return made


def test_what_waits_is_no_number_and_what_is_missing_is_none_either(book):
    marks = _marks(book)
    (block,) = marks.blocks
    assert [task.name for task in block.tasks] == ["tes-nrr", "tes-ikm", "text-refleksi"]
    works = {row.person.id: row.works[0] for row in marks.rows}
    assert works["p01"].state is State.COMPLETE
    assert (works["p01"].scores, works["p01"].score, works["p01"].mark) == ((2.0, 3.0, 3.9), 8.9, Decimal("89.00"))
    assert (works["p03"].state, works["p03"].open) == (State.WAITING, {"text-refleksi"})
    assert (works["p03"].scores, works["p03"].score, works["p03"].mark) == ((2.0, 3.0, None), 5.0, None)
    assert works["p05"].state is State.NOTHING
    assert works["p05"].scores == (None, None, None)
    assert works["3201010101850001"].scores == (2.5, 3.0, 4.0)
    assert (works["3201010101850001"].penalty, works["3201010101850001"].score) == (1.0, 8.5)
    assert works["198501012010011001"].mark == 100, "handed in in the other language"


def test_work_handed_in_anew_waits(book):
    (book.folders.course / "submitted" / "p01" / "skm" / "timestamp.txt").write_text("2026-11-21 08:00:00 UTC")
    (work,) = [row.works[0] for row in _marks(book).rows if row.person.id == "p01"]
    assert (work.state, work.mark, work.scores) == (State.UNGRADED, None, (None, None, None))


def test_points_that_are_no_number_are_left_out(book, tmp_path):
    book.give("p04", "skm", "tes-nrr", float("inf"))
    marks = _marks(book)
    (work,) = [row.works[0] for row in marks.rows if row.person.id == "p04"]
    assert (work.scores, work.mark) == ((None, 0.0, 3.0), 0)
    workbook.write(marks, tmp_path / "nilai.xlsx")


def test_people_stand_by_name_and_modules_are_found_by_number_or_name(book):
    names = [row.person.name for row in _marks(book, "02").rows]
    assert names == sorted(names, key=str.casefold)
    assert _marks(book, "2", "skm", "02-skm").blocks == _marks(book).blocks
    with pytest.raises(InputError, match="no module «99»"):
        _marks(book, "99")


def test_the_workbook_has_numbers_as_numbers_texts_as_texts_and_no_formula(book, tmp_path):
    workbook.write(_marks(book), tmp_path / "nilai.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "nilai.xlsx")["marks"]
    head = [cell.value for cell in sheet[1]]
    assert head == ["ID", "Name", "tes-nrr (2)", "tes-ikm (3)", "text-refleksi (5)", "late", "taken off",
                    "points (10)", "mark (0–100)", "state", "E-mail"]  # fmt: skip
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert set(rows) == {row.person.id for row in _marks(book).rows}
    assert not [cell for row in rows.values() for cell in row if cell.data_type == "f"]
    assert (rows["p06"][1].value, rows["p06"][1].data_type) == (EVIL, "s")
    assert rows["198501012010011001"][0].data_type == "s"
    assert [cell.value for cell in rows["p01"][2:-1]] == [2, 3, 3.9, None, None, 8.9, 89, "complete"]
    assert [cell.value for cell in rows["p05"][2:-1]] == [None] * 7 + ["nothing handed in"]
    waiting = rows["p03"]
    assert [cell.value for cell in waiting[2:-1]] == [2, 3, None, None, None, 5, None,
                                                    "waits for points by hand: text-refleksi"]  # fmt: skip
    tinted = [bool(cell.fill.fgColor.rgb != "00000000" and cell.fill.patternType) for cell in waiting]
    assert tinted == [False] * 4 + [True, False, False, True, True, False, False]
    assert not any(cell.fill.patternType for cell in rows["p05"])


def test_two_modules_stand_side_by_side_with_their_names(tmp_path):
    people = {"a": ("Ani Satu", "a@contoh.id")}
    cells = {"tes": 1.0}
    book = Book(tmp_path, people, {"satu": cells, "dua": cells}, course="theirs")
    book.write({("a", "satu"): Work({"tes": 0.5})})
    workbook.write(_marks(book, "satu", "dua"), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["marks"]
    assert [cell.value for cell in sheet[1]][2:4] == ["satu: tes (1)", "satu: late"]
    row = [cell.value for cell in sheet[2]][2:-1]
    assert row == [0.5, None, None, 0.5, 50, "complete", *[None] * 5, "nothing handed in"]


def test_csv_keeps_points_plain_and_disarms_formulas(book, tmp_path):
    with use("id"):
        delimited.write(_marks(book), tmp_path / "nilai.csv")
    raw = (tmp_path / "nilai.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "so that Excel reads UTF-8"
    rows = {row[0]: row for row in csv.reader(raw.decode("utf-8-sig").splitlines())}
    assert rows["p01"][3:] == ["2", "3", "3.9", "", "", "8.9", "89", "lengkap"]
    assert rows["p06"][1:3] == ["'" + EVIL, "'+jahat@contoh.id"]
    assert rows["p03"][3:10] == ["2", "3", "", "", "", "5", ""]


def test_moodle_gets_nobody_it_would_take_for_another(book, tmp_path):
    left_out = delimited.write_for_moodle(_marks(book), tmp_path / "moodle.csv", "email")
    with (tmp_path / "moodle.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Email address", "skm"]
    assert dict(rows[1:]) == {"bambang@contoh.id": "100.00", "budi@contoh.id": "-", "niko@contoh.id": "85.00"}
    assert {one.person.id: one.reason.split(".")[0] for one in left_out} == {
        "p01": "Somebody else has the same e-mail",
        "p04": "Somebody else has the same e-mail",
        "p05": "The class list has no e-mail",
        "p06": "A spreadsheet would take the identifier for a formula",
    }
    assert delimited.write_for_moodle(_marks(book), tmp_path / "moodle.csv", "id") == ()
    with (tmp_path / "moodle.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["ID number", "skm"]
    assert len(rows) == 8
    assert all(mark == "-" or 0 <= float(mark) <= 100 for _key, mark in rows[1:])


def test_a_file_that_cannot_be_written_is_said_so(book, tmp_path):
    with pytest.raises(WorkspaceError):
        delimited.write(_marks(book), tmp_path / "tidak" / "ada.csv")
    with pytest.raises(WorkspaceError):
        workbook.write(_marks(book), tmp_path / "tidak" / "ada.xlsx")


def test_titles_are_those_of_the_exercise_that_was_handed_in(tmp_path):
    """A class that works in English reads its own titles, also where the gradebook has the Indonesian exercise too."""
    cells = {"tes-nrr": 2.0}
    made = Book(tmp_path, {"p01": ("Siti Aminah", "")}, {"skm": cells, "skm-en": cells})
    made.write({("p01", "skm-en"): Work({"tes-nrr": 2.0})})
    for name, heading in (("skm", "Tugas 2. NRR"), ("skm-en", "Task 2. NRR")):
        place = made.folders.course / "source" / name
        place.mkdir(parents=True)
        test = {"nbgrader": {"grade": True, "solution": False, "grade_id": "tes-nrr"}}
        node = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": f"## {heading}"},
                          {"cell_type": "code", "metadata": test, "source": "", "outputs": []}]}  # fmt: skip
        (place / f"{name}.ipynb").write_text(json.dumps(node), encoding="utf-8")
    for language in ("en", "id"):
        with use(language):
            assert [task.title for task in _marks(made, "02").blocks[0].tasks] == ["Task 2. NRR"]


def test_columns_of_the_workbook_are_as_wide_as_what_stands_in_them(book, tmp_path):
    workbook.write(_marks(book), tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["marks"]
    columns = sheet.column_dimensions.values()  # neighbours of one width are one entry
    wide = {cell.value: next(c.width for c in columns if c.min <= cell.column <= c.max) for cell in sheet[1]}
    state = next(cell for row in sheet for cell in row if cell.value == "complete")
    assert wide["late"] < 12, "nobody is late"
    assert wide["taken off"] < 12
    assert state.alignment.indent == 1, "not stuck to the mark beside it"
    assert state.alignment.wrap_text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice prints the workbook here")
def test_on_paper_each_module_has_a_page_with_names_and_no_head_is_broken(tmp_path):
    people = {f"p{n:02}": (f"Peserta {n}", f"p{n:02}@contoh.id") for n in range(30)}
    cells = {f"tes-{n}": 3.0 for n in range(7)}
    made = Book(tmp_path, people, {"satu": cells, "dua": cells}, course="theirs")
    made.write({(who, name): Work(dict.fromkeys(cells, 2.5)) for who in people for name in ("satu", "dua")})
    with use("id"):
        workbook.write(_marks(made, "satu", "dua"), tmp_path / "nilai.xlsx", today=date(2026, 11, 26))
    first, second, explained = _printed(tmp_path / "nilai.xlsx")
    for page, module in ((first, "satu"), (second, "dua")):
        assert "Nilai: satu, dua" in page
        assert "26 November 2026" in page
        assert f"{module}: nilai (0–100)" in page
        assert [name for name, _email in people.values() if name not in page] == []
        assert "contoh.id" not in page
    assert "Artinya" in explained


def _printed(file):
    """The pages of a workbook as LibreOffice prints them, as text."""
    profile = f"-env:UserInstallation={(file.parent / 'soffice').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", file.parent, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [page.extract_text() for page in PdfReader(file.with_suffix(".pdf")).pages]
