"""The recap's formulas, calculated by another program, give the index; texts never become formulas."""

from __future__ import annotations

from decimal import Decimal

import formulas
import openpyxl
import pandas as pd
import pytest

from mutu.locale import use
from mutu.report import excel
from mutu.report.office import Office
from mutu.report.skm.facts import Facts
from mutu.responses.survey import ColumnMapping, Rejected

KODES = tuple(f"U{number}" for number in range(1, 10))
QUESTIONS = pd.DataFrame(
    {
        "U1": [4, 3, 4, 2, None, 3, 4],
        "U2.1": [3, 3, 4, 4, None, 2, 3],
        "U2.2": [4, None, 4, 3, None, 3, 3],
        "U2.10": [2, 3, None, 3, None, 4, 1],
        "U5": [3, 4, 4, 4, None, 4, 2],
    },
    index=range(5, 12),
).astype("Int16")
TEN = pd.DataFrame({"U1": [0, 10, 7, 5], "U2": [8, 9, 10, None], "U3": [3, 4, 5, 6]}).astype("Int16")
TIE = pd.DataFrame({name: [1] * 39 + [2] for name in KODES})  # 369 in 40 times 9 answers: exactly 25.625

SHAPES = {
    "nine elements": lambda build: build.case_of(build.nine),
    "missing cells": lambda build: build.case_of(_holes(build.nine)),
    "printed weight 0.11": lambda build: build.case_of(build.nine, weights="0.11"),
    "printed weight 0.1111 and missing cells": lambda build: build.case_of(_holes(build.nine), weights="0.1111"),
    "several questions, elements not asked, an empty row": lambda build: build.case_of(QUESTIONS),
    "scale 0 to 10": lambda build: build.case_of(TEN, scale=(0, 10)),
    "scale 1 to 6": lambda build: build.case_of(build.nine + 1, scale=(1, 6)),
    "one respondent": lambda build: build.case_of(build.nine.iloc[:1]),
    "lowest index with a printed weight": lambda build: build.case_of(build.nine.clip(upper=1), weights="0.11"),
    "an index that ends in 5": lambda build: build.case_of(TIE),
}


def _holes(answers):
    gone = {name: [(row + shift) % 7 == 0 for row in range(len(answers))] for shift, name in enumerate(answers)}
    return answers.mask(pd.DataFrame(gone, index=answers.index))


def _calculated(path):
    """Every cell of the recap as an independent engine computes it: (sheet, cell) -> value."""
    model = formulas.ExcelModel().loads(str(path)).finish()
    found = {}
    for key, ranges in model.calculate().items():
        if ":" not in key and hasattr(ranges, "value"):
            book_and_sheet, cell = key.rsplit("!", 1)
            found[book_and_sheet.strip("'").partition("]")[2].casefold(), cell] = ranges.value[0, 0]
    return found


def _stored(path):
    """Every value a program sees that does not calculate, and which of them are formulas."""
    values, texts = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    live = {
        (sheet.title, cell.coordinate)
        for sheet in texts
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    return {place: values[place[0]][place[1]].value for place in live}


def _beside(path, sheet, label):
    """Cell to the right of a label."""
    for row in openpyxl.load_workbook(path)[sheet].iter_rows():
        for cell in row:
            if cell.value == label:
                return cell.offset(0, 1).coordinate
    raise AssertionError(label)


@pytest.mark.parametrize("name", SHAPES)
def test_formulas_reproduce_n_index_grade_and_every_element(name, build, tmp_path):
    case, path = SHAPES[name](build), tmp_path / "rekap.xlsx"
    with use("id"):
        excel.write(Facts(case.result, case.survey, Office()), path)
    cells = _calculated(path)
    value = {
        label: cells["ringkasan", _beside(path, "ringkasan", label)]
        for label in ("Responden (n)", "Unsur yang ditanyakan", "Indeks sebelum pembulatan", "Indeks (IKM)", "Mutu")
    }
    assert value["Responden (n)"] == case.result.n
    assert value["Unsur yang ditanyakan"] == len(case.result.unsur)
    assert value["Indeks sebelum pembulatan"] == pytest.approx(float(case.result.ikm), abs=1e-9)
    assert Decimal(str(value["Indeks (IKM)"])) == case.result.rounded
    assert value["Mutu"] == case.result.mutu
    _check_elements(path, cells, case.result)
    _check_stored(path, cells)


def _check_stored(path, cells):
    """What is stored is what another program calculates: previews and readers do not calculate."""
    stored = _stored(path)
    assert len(stored) > 40
    for place, value in stored.items():
        calculated = cells[place]
        if isinstance(calculated, str):
            assert (value or "") == calculated, place
        else:
            assert value == pytest.approx(float(calculated), abs=1e-12), place


def _check_elements(path, cells, result):
    sheet = openpyxl.load_workbook(path)["per unsur"]
    rows = {sheet.cell(row, 1).value: row for row in range(10, 1, -1)}
    for unsur in result.unsur:
        row = rows[unsur.kode]
        assert cells["per unsur", f"D{row}"] == unsur.n
        assert cells["per unsur", f"E{row}"] == pytest.approx(float(unsur.nrr), abs=1e-12)
        assert cells["per unsur", f"G{row}"] == pytest.approx(float(unsur.nrr_tertimbang), abs=1e-12)
        assert cells["per unsur", f"I{row}"] == unsur.mutu
    asked = {unsur.kode for unsur in result.unsur}
    assert {kode for kode in KODES if sheet.cell(rows[kode], 3).value == "tidak ditanyakan"} == set(KODES) - asked


def test_nothing_rejected_is_said_and_the_interval_is_no_formula(build, tmp_path):
    case, path = build.case_of(build.nine), tmp_path / "rekap.xlsx"
    with use("id"):
        excel.write(Facts(case.result, case.survey, Office()), path)
    book = openpyxl.load_workbook(path)
    assert book["ditolak"]["A2"].value == "Tidak ada sel atau baris yang ditolak."
    rows = {row[0].value: [cell.value for cell in row[1:3]] for row in book["ringkasan"].iter_rows()}
    low, high = (rows[f"Selang 95%, batas {end} (dihitung mutu)"] for end in ("bawah", "atas"))
    assert low[0] is high[0] is None
    assert (low[1], high[1]) == pytest.approx((case.result.interval.low, case.result.interval.high))


def test_a_text_of_a_user_is_never_a_formula(build, tmp_path):
    nasty = ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "a\x00b"]
    case = build.case_of(
        build.nine,
        rejected=tuple(Rejected(text, 3, text, text, text) for text in nasty),
        mapping=tuple(ColumnMapping(nasty[0], name, "words", True) for name in KODES),
        profile={"pendidikan": [nasty[0]] * 15 + [nasty[1]] * 14},
    )
    path = tmp_path / "rekap.xlsx"
    excel.write(Facts(case.result, case.survey, Office(name=nasty[0], period=nasty[4])), path)
    book = openpyxl.load_workbook(path)
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in nasty]
    assert len(texts) >= 5 * 4 + 2 + 2
    assert {cell.data_type for cell in texts} == {"s"}
    ours = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert ours
    assert not [text for text in ours if "cmd" in text or "HYPERLINK" in text]


@pytest.mark.parametrize("name", SHAPES)
def test_a_program_that_does_not_calculate_reads_the_same_index(name, build, tmp_path):
    case, path = SHAPES[name](build), tmp_path / "rekap.xlsx"
    with use("id"):
        excel.write(Facts(case.result, case.survey, Office()), path)
    summary = pd.read_excel(path, sheet_name="ringkasan", engine="calamine", header=None, index_col=0)[1]
    assert Decimal(str(summary["Indeks (IKM)"])) == case.result.rounded
    assert (summary["Mutu"], summary["Responden (n)"]) == (case.result.mutu, case.result.n)
    elements = pd.read_excel(path, sheet_name="per unsur", engine="calamine", index_col=0, nrows=9)
    assert [elements.loc[unsur.kode, "NRR"] for unsur in case.result.unsur] == pytest.approx(
        [float(unsur.nrr) for unsur in case.result.unsur]
    )


def test_a_grade_of_too_few_people_is_marked_in_the_recap(build, tmp_path):
    marks = {}
    for n in (9, 10):
        case, path = build.case_of(build.nine.iloc[:n]), tmp_path / f"{n}.xlsx"
        with use("id"):
            excel.write(Facts(case.result, case.survey, Office()), path)
        cell = openpyxl.load_workbook(path)["ringkasan"][_beside(path, "ringkasan", "Mutu")]
        marks[n] = cell.offset(0, 2).value
    assert marks == {9: "belum layak dipublikasikan", 10: None}


def test_the_recap_is_ready_to_read_and_print(case, office, tmp_path):
    path = tmp_path / "rekap.xlsx"
    with use("id"):
        excel.write(Facts(case.result, case.survey, office), path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["ringkasan", "jawaban", "per unsur", "profil", "ditolak"]
    for sheet in book:
        assert sheet.freeze_panes
        assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [row[0].value for row in book["jawaban"].iter_rows(min_row=2)] == list(case.survey.answers.index)


def test_profile_on_paper_hides_categories_below_five_and_adds_up(case, office, tmp_path):
    path = tmp_path / "rekap.xlsx"
    with use("id"):
        excel.write(Facts(case.result, case.survey, office), path)
    rows = [[cell.value for cell in row[:3]] for row in openpyxl.load_workbook(path)["profil"].iter_rows(min_row=2)]
    service = {category: count for name, category, count in rows if name == "Jenis layanan yang diterima"}
    assert service == {"Akta kelahiran": 14, "KTP-el": 12, "lainnya, atau kurang dari 5 orang": 3}
    for name in {row[0] for row in rows}:
        assert sum(row[2] for row in rows if row[0] == name) == 29
