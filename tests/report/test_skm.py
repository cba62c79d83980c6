"""The report of a survey: what it says follows from the numbers, and its files come together or not at all."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal
from fractions import Fraction

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutu.errors import WorkspaceError
from mutu.locale import integer, say, use
from mutu.locale.numbers import half_up
from mutu.measure import skm
from mutu.report import excel, word
from mutu.report import skm as reports
from mutu.report.document import Bullets, Heading, PageBreak, Paragraph, Table
from mutu.report.office import Office, Step
from mutu.report.skm import chapters, sentences, tables
from mutu.report.skm.chapters import report
from mutu.report.skm.facts import Facts, add_up
from mutu.responses.survey import Rejected


def _facts(case, office=None, previous=None):
    change = skm.change(case.result, previous) if previous is not None else None
    return Facts(case.result, case.survey, office or Office(), change)


def _text(document):
    parts = []
    for block in document.blocks:
        match block:
            case Heading() | Paragraph():
                parts.append(block.text)
            case Bullets():
                parts += block.items
            case Table():
                parts += [block.title, *block.header, *(cell for row in block.rows for cell in row), block.note]
    return "\n".join(parts)


@pytest.fixture(autouse=True)
def _indonesian():
    with use("id"):
        yield


def _printed(text):
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))


def _added(table):
    """The weighted NRRs printed in a table, what stands between them and their sum, and that sum."""
    column = table.header.index("NRR tertimbang")
    printed = [_printed(row[column].lstrip("+")) for row in table.rows[:-1]]
    elements = len(table.rows) - table.total
    return printed[:elements], printed[elements:-1], printed[-1]


def test_the_table_adds_up_to_the_index_under_it(case):
    table = tables.elements(_facts(case))
    rows, between, total = _added(table)
    assert sum(rows) + sum(between) == total
    assert half_up(total * 25, 2) == _printed(table.rows[-1][5]) == case.result.rounded


def test_where_no_number_of_decimals_closes_the_sum_the_gap_is_a_row(build):
    table = tables.elements(_facts(build.case_of(build.nine.clip(lower=3, upper=3))))
    assert [row[1] for row in table.rows[-3:]] == ["Selisih pembulatan", "Jumlah NRR tertimbang", "IKM (jumlah × 25)"]
    assert table.rows[-3][4] == "+0,0003"
    rows, between, total = _added(table)
    assert between == [Decimal("0.0003")]
    assert sum(rows) + sum(between) == total == 3


@settings(max_examples=60)
@given(st.data())
def test_the_table_always_adds_up(build, data):
    elements = data.draw(st.integers(1, 9))
    rows = data.draw(st.integers(1, 12))
    answer = st.one_of(st.none(), st.integers(1, 4))
    import pandas as pd

    frame = pd.DataFrame(
        {f"U{k}": [data.draw(answer) for _row in range(rows - 1)] + [3] for k in range(1, elements + 1)}
    ).astype("Int16")
    weights = data.draw(st.sampled_from(["exact", "0.11", "0.1111"])) if elements == 9 else "exact"
    result = skm.score(frame, weights=weights)
    printed = add_up(result)
    assert sum(printed.rows) + printed.gap == printed.total
    assert half_up(printed.total * 25, 2) == result.rounded
    exact = [unsur.nrr_tertimbang for unsur in result.unsur]
    assert all(abs(Fraction(a) - b) * 2 * 10**printed.digits <= 1 for a, b in zip(printed.rows, exact, strict=True))


def test_two_weakest_and_two_strongest_stand_with_their_intervals(case):
    weak, strong = sentences.extremes(_facts(case))
    assert weak.startswith(
        "Terlemah: Waktu penyelesaian 86,21 (79,53–91,71) dan Sistem, mekanisme, dan prosedur 87,07 ("
    )
    assert strong.startswith("Terkuat: Biaya/tarif 100,00 (91,04–100,00) dan Penanganan pengaduan")


def test_elements_that_share_a_place_are_all_named_or_none(build):
    shared = build.answers_of({f"U{place}": (0, 0, 9, 11) for place in range(1, 6)} | {"U6": (0, 0, 0, 20)})
    weak, strong = sentences.extremes(_facts(build.case_of(shared)))
    assert all(name in weak for name in ("Persyaratan", "Sistem", "Waktu", "Biaya", "Produk"))
    assert strong.startswith("Terkuat: Kompetensi pelaksana 100,00")
    assert "Persyaratan" not in strong


def test_complete_agreement_is_not_called_certainty(build):
    same = build.case_of(build.answers_of({"U1": (0, 0, 0, 20), "U2": (0, 0, 0, 20)}))
    assert same.result.agreed
    assert same.result.agreed in sentences.certainty(_facts(same))
    assert "Seluruh selang" not in sentences.certainty(_facts(same))


def test_the_report_says_what_the_intervals_rest_on(case, build):
    assert "diambil secara acak" in sentences.assumption(_facts(case))
    everybody = build.case_of(build.nine, population=29)
    assert sentences.assumption(_facts(everybody)) == ""


def test_neighbours_are_called_different_only_when_the_interval_leaves_out_zero(case):
    facts = _facts(case)
    table = tables.neighbours(facts)
    assert len(table.rows) == 8
    for row, low, high in zip(table.rows, facts.ranked, facts.ranked[1:], strict=False):
        found = case.result.difference(high.kode, low.kode)
        covers = found is None or found.low <= 0 <= found.high
        assert row[2] == ("tidak dapat dibedakan" if covers else "berbeda")
    assert {"tidak dapat dibedakan", "berbeda"} == {row[2] for row in table.rows}


def test_the_weakest_is_alone_only_when_it_can_be_told_apart(build):
    low = build.nine.copy()
    low["U3"] = [1] * 28 + [2]
    said = sentences.apart(_facts(build.case_of(low.astype("Int16"))))
    assert said.startswith("Waktu penyelesaian lebih rendah daripada semua unsur lain")


def test_a_grade_whose_interval_reaches_another_is_not_certain(build):
    near = build.case_of(build.answers_of({"U1": (0, 2, 9, 9), "U2": (0, 3, 8, 9)}))
    said = sentences.certainty(_facts(near))
    low, high = _facts(near).possible_grades
    assert low != high
    assert f"mutu {low} sampai mutu {high}, jadi mutunya belum pasti" in said


@pytest.mark.parametrize(
    ("population", "part"),
    [(None, "Jumlah pengguna layanan tidak diberikan"), (1200, "kurang 262"), (30, "jumlah itu terpenuhi")],
)
def test_the_sample_is_compared_with_the_table(case, population, part):
    assert any(part in said for said in sentences.sample(_facts(case, Office(population=population))))


@pytest.mark.parametrize("n", [1, 2, 7])
def test_below_the_minimum_the_report_leads_with_the_warning_and_no_grade_stands_alone(build, n):
    case = build.case_of(build.nine.iloc[:n], profile={"layanan": ["KTP"] * n})
    document = report(_facts(case, Office(unit="Kantor Contoh")))
    warning = (
        f"Belum layak dipublikasikan: baru {n} orang yang menjawab. Mutu boleh dipublikasikan mulai dari 10 responden."
    )
    heading, first, second = document.blocks[:3]
    assert (heading.text, first.text, first.style) == ("Ringkasan", warning, "warning")
    assert second.text == sentences.certainty(_facts(case))
    assert document.cover.warning == warning
    assert "belum layak dipublikasikan" in document.foot
    at = [block.text if isinstance(block, Heading) else "" for block in document.blocks].index("V. Kesimpulan")
    assert document.blocks[at + 1].text == warning  # beside the signature
    said = _text(document).splitlines()
    graded = [line for line in said if re.search(rf"[Mm]utu {case.result.mutu}\b|^{case.result.mutu}( \(|$)", line)]
    assert len(graded) == 3  # the summary, its table, the conclusion
    assert all("belum layak dipublikasikan" in line for line in graded)


def test_from_the_minimum_on_the_grade_stands_without_a_warning(build):
    text = _text(report(_facts(build.case_of(build.nine.iloc[:12]))))
    assert "layak dipublikasikan" not in text
    assert text.count("mutu B (baik).") == 2


def test_one_respondent_has_no_interval_and_nothing_breaks(build, tmp_path):
    case = build.case_of(build.nine.iloc[:1])
    assert sentences.certainty(_facts(case)).startswith("Dengan satu responden tidak ada selang kepercayaan")
    assert sentences.extremes(_facts(case))[0].startswith("Terlemah: Persyaratan 75,00; ")
    files = reports.write(case.result, case.survey, tmp_path)
    assert len(files) == 5
    body = docx.Document(files["docx"]).paragraphs
    assert [p.text.startswith("Belum layak dipublikasikan") for p in body if p.style.name == "Warning"] == [True] * 3


def test_a_printed_weight_and_another_scale_are_named_with_what_the_index_can_reach(build):
    case = build.case_of(build.nine, weights="0.11")
    facts = _facts(case)
    assert facts.bounds == ("24,75", "99,00")
    assert "antara 24,75 dan 99,00" in _text(report(facts))
    assert _facts(build.case_of(build.nine)).bounds == ("25", "100")


def test_a_change_stands_only_with_its_interval(case, build, document):
    before = build.case_of(build.nine.clip(upper=3)).result
    text = _text(report(_facts(case, previous=before)))
    change = skm.change(case.result, before)
    assert change.sentence() in text
    assert "Perubahan dari periode sebelumnya" in text
    alone = _text(document)
    assert "tidak menyatakan naik atau turun" in alone
    assert "indeks naik" not in alone


def test_a_saved_result_serves_as_the_period_before(case, build):
    before = skm.saved(build.case_of(build.nine.clip(upper=3)).result.as_json())
    facts = _facts(case, previous=before)
    assert facts.change.interval is not None
    assert len(tables.steps(facts).rows) == 10
    assert facts.change.sentence() in [
        block.text for block in chapters.report(facts).blocks if isinstance(block, Paragraph)
    ]


def test_missing_answers_elements_not_asked_scale_and_weights_are_named(build):
    holes = build.nine.astype("Int16").copy()
    holes.iloc[:5, 2] = None
    text = _text(report(_facts(build.case_of(holes, weights="0.11"))))
    assert "1,9% jawaban kosong atau tidak dihitung, terbanyak pada unsur Waktu penyelesaian (5)" in text
    assert "bobot cetak 0,11" in text
    several = build.nine.drop(columns="U4").rename(columns={"U1": "U2.1", "U2": "U2.2"}) + 2
    text = _text(report(_facts(build.case_of(several, scale=(1, 6)))))
    assert "Tidak ditanyakan: Persyaratan dan Biaya/tarif. Indeks adalah rata-rata 7 unsur" in text
    assert "Kuesioner memakai skala 1 sampai 6; jawaban diubah secara linear" in text
    assert "Unsur dengan beberapa pertanyaan: Sistem, mekanisme, dan prosedur (2)" in text


def test_an_element_is_not_said_to_be_unasked_while_columns_of_answers_are_unread(build):
    eight = build.nine.drop(columns="U4")
    text = _text(report(_facts(build.case_of(eight, unread=("Kewajaran",)))))

    assert "Tidak ditanyakan atau tidak dikenali dalam berkas: Biaya/tarif. Indeks adalah rata-rata 8 unsur" in text
    assert "Tidak ditanyakan:" not in text
    assert "Tidak ditanyakan: Biaya/tarif." in _text(report(_facts(build.case_of(eight))))


def test_the_plan_has_evidence_and_invents_nothing(case):
    plan = tables.plan(_facts(case, Office(plan={"U2": Step(program="Alur baru")})))
    assert plan.rows[0][1] == "Waktu penyelesaian"
    assert plan.rows[0][2] == "indeks 86,21 (79,53–91,71), mutu B; 2 dari 29 responden menjawab 1 atau 2"
    assert all(cell.startswith("…") for cell in plan.rows[0][3:])
    assert plan.rows[1][3] == "Alur baru"


def test_a_group_below_five_is_named_without_numbers_and_cannot_be_found_by_subtraction(case, document):
    table = tables.groups(_facts(case))
    rows = {row[1]: row[2:] for row in table.rows}
    assert rows["Surat pindah"] == ("< 5", "–", "–", "–")
    assert rows["KTP-el"] == ("–", "–", "–", "–")  # the next smallest: the whole minus two groups would tell the third
    assert rows["Akta kelahiran"][0] == "14"
    assert "pengurangan" in table.note
    assert table in document.blocks
    assert [row[0] for row in table.rows] == ["Jenis layanan yang diterima", "", ""]


def test_rejected_cells_are_all_in_report_or_recap(build, tmp_path):
    import openpyxl

    count = tables.MOST_ROWS + 7
    many = tuple(Rejected("Data", row, "Pertanyaan U1", "9", "alasan") for row in range(2, count + 2))
    facts = _facts(build.case_of(build.nine, rejected=many[:400]))
    table = tables.rejected(facts)
    assert [row[0] for row in table.rows] == [integer(row) for row in range(2, 402)]
    assert table.note == ""
    assert "dalam lampiran" in sentences.rejected(facts)

    facts = _facts(build.case_of(build.nine, rejected=many))
    assert "7" in tables.rejected(facts).note.split()
    assert "dalam rekap Excel" in sentences.rejected(facts)
    excel.write(facts, tmp_path / "rekap.xlsx")
    assert openpyxl.load_workbook(tmp_path / "rekap.xlsx")["ditolak"].max_row == count + 1


@pytest.mark.parametrize(
    ("hint", "told"),
    [
        (
            "Indeks tetap, nama bergantung padanya: periksa, atau berikan --map.",
            "Indeks tetap, nama bergantung padanya.",
        ),
        ("Kolom Saran tidak dipakai. Sebutkan dalam berkas (--map) bila perlu.", "Kolom Saran tidak dipakai."),
        ("Pilih dengan --sheet.", "Pilih dengan --sheet."),
    ],
)
def test_the_report_repeats_what_the_reader_saw_without_its_advice_on_options(build, hint, told):
    texts = [
        block.text
        for block in report(_facts(build.case_of(build.nine, hints=(hint,)))).blocks
        if hasattr(block, "text")
    ]
    assert told in texts
    assert hint == told or hint not in texts


def test_what_is_rejected_is_named_by_sheet_row_column_and_reason(case, written):
    table = tables.rejected(_facts(case))
    assert table.title == "Data yang tidak dihitung pada lembar «Data»"
    assert table.rows[0] == ("14", "Pertanyaan U5", "7", "jawaban harus 1 sampai 4")
    from_text = dataclasses.replace(case.survey, sheet="")
    assert tables.rejected(Facts(case.result, from_text, Office())).title == "Data yang tidak dihitung"
    _folder, files = written
    paragraphs = [paragraph.text for paragraph in docx.Document(files["docx"]).paragraphs]
    assert any(text.endswith(table.title) for text in paragraphs)


def test_all_five_files_are_written_and_replace_earlier_ones(written):
    folder, files = written
    assert {kind: path.name for kind, path in files.items()} == {
        "docx": "laporan-skm.docx",
        "pdf": "laporan-skm.pdf",
        "xlsx": "rekap-skm.xlsx",
        "poster_pdf": "poster-ikm.pdf",
        "poster_png": "poster-ikm.png",
    }
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in files.values())
    assert docx.Document(files["docx"]).tables


def test_a_folder_that_cannot_be_made_is_a_sentence(case, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError) as caught:
        reports.write(case.result, case.survey, tmp_path / "file" / "out")
    assert "tidak dapat ditulisi" in say(caught.value)


def test_when_the_last_file_cannot_be_replaced_the_first_stays_as_it_was(build, tmp_path):
    case = build.case_of(build.nine[["U1"]])
    (tmp_path / "laporan-skm.docx").write_text("tahun lalu")
    (tmp_path / "poster-ikm.png").mkdir()
    (tmp_path / "poster-ikm.png" / "keep").write_text("x")
    with pytest.raises(WorkspaceError) as caught:
        reports.write(case.result, case.survey, tmp_path)
    assert "poster-ikm.png" in say(caught.value)
    assert "tidak ada yang berubah" in say(caught.value)
    assert (tmp_path / "laporan-skm.docx").read_text() == "tahun lalu"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["laporan-skm.docx", "poster-ikm.png"]
    assert (tmp_path / "poster-ikm.png" / "keep").exists()


def test_personal_columns_do_not_reach_the_report(build):
    case = build.case_of(build.nine, profile={"nama": ["Orang Rahasia"] * 29, "komentar": ["0812-rahasia"] * 29})
    assert "ahasia" not in _text(report(_facts(case)))


def test_the_english_report_is_english(case, office, tmp_path):
    with use("en"):
        document = report(Facts(case.result, case.survey, office))
    word.write(document, tmp_path / "a.docx", pages=[1] * len(document.headings()))
    paragraphs = docx.Document(tmp_path / "a.docx").paragraphs
    headings = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    assert headings[:2] == ["Summary", "I. Introduction"]
    assert "The index is 91.48: grade A, very good." in [p.text for p in paragraphs]


def test_a_chapter_that_is_signed_stays_with_its_signature(document):
    """Every block from the heading on is kept on the page of the next one, so the name never stands alone."""
    at = [block.text if isinstance(block, Heading) else "" for block in document.blocks].index("V. Kesimpulan")
    until = next(place for place in range(at, len(document.blocks)) if isinstance(document.blocks[place], PageBreak))
    for block in document.blocks[at + 1 : until]:
        assert block.style == "sign" if isinstance(block, Paragraph) and not block.keep else block.keep


HOSTILE = "#let x = 1 *tebal* $a$ <script>alert(1)</script> =cmd() 😀 مرحبا"


def test_hostile_texts_pass_through_the_whole_report_literally(build, tmp_path):
    import openpyxl
    from docx.oxml.ns import qn
    from pypdf import PdfReader

    from mutu.responses.survey import ColumnMapping

    case = build.case_of(
        build.nine,
        profile={"pendidikan": [HOSTILE] * 20 + ["S1"] * 9, "layanan": [HOSTILE + " 2"] * 15 + ["KTP"] * 14},
        rejected=(Rejected(HOSTILE, 3, HOSTILE, HOSTILE, HOSTILE),),
        mapping=tuple(ColumnMapping(HOSTILE, name, "words", True) for name in build.nine),
        converted={HOSTILE: {HOSTILE: 4}},
        hints=(HOSTILE,),
    )
    office = Office(name=HOSTILE * 4, unit=HOSTILE, period=HOSTILE, head=HOSTILE, place=HOSTILE, services=(HOSTILE,))
    files = reports.write(case.result, case.survey, tmp_path, office=office)
    body = docx.Document(files["docx"]).element.body
    in_word = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    assert sum(HOSTILE in text for text in in_word) >= 24
    start = "".join(["#let", "x", "=", "1", "*tebal*", "$a$", "<script>alert(1)</script>", "=cmd()", "😀"])
    in_pdf = "".join("".join(page.extract_text().split()) for page in PdfReader(files["pdf"]).pages)
    assert in_pdf.count(start) >= 20
    assert "".join(PdfReader(files["poster_pdf"]).pages[0].extract_text().split()).count(start) >= 5
    cells = [cell for sheet in openpyxl.load_workbook(files["xlsx"]) for row in sheet.iter_rows() for cell in row]
    assert sum(cell.data_type == "s" and HOSTILE in str(cell.value) for cell in cells) >= 5
    assert not [cell for cell in cells if cell.data_type == "f" and "cmd" in str(cell.value)]
