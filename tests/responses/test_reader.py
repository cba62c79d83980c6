"""What the reader makes of a file: which rows count, which columns are elements, and what is said about the rest."""

from __future__ import annotations

import datetime as dt
import sys

import pytest
from survey_kit import NAMES, as_csv, as_xlsx, respondents

from mutu.errors import MappingError, ReadError, ScaleError, SettingError
from mutu.locale import use
from mutu.responses import read


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def targets(survey) -> dict[str, str | None]:
    return {mapped.column: mapped.unsur for mapped in survey.mapping}


def listed(survey) -> list[tuple[int, str | None]]:
    return [(cell.row, cell.column) for cell in survey.rejected]


def test_words_win_over_the_numbers_before_them():
    header = [f"U{place} {name}" for place, name in enumerate([*NAMES[:7], NAMES[8], NAMES[7]], 1)]
    survey = read(as_csv([header, *respondents(5)]), name="f.csv")

    assert targets(survey)["U8 Sarana dan prasarana"] == "U9"
    assert targets(survey)["U9 Pengaduan"] == "U8"
    assert all(mapped.sure for mapped in survey.mapping)


def test_numbers_only_are_the_bodys_order_and_said_to_be_unsure():
    survey = read(as_csv([[f"P{place}" for place in range(1, 10)], *respondents(5)]))

    assert targets(survey) == {f"P{place}": f"U{place}" for place in range(1, 10)}
    assert {(mapped.how, mapped.sure) for mapped in survey.mapping} == {("position", False)}
    assert "order of the regulation" in survey.hints[0]


def test_a_gap_up_to_nine_is_an_element_not_asked():
    survey = read(as_csv([[f"U{place}" for place in (1, 2, 3, 5, 6, 7, 8, 9)], *respondents(5, 8)]))

    assert list(survey.answers) == ["U1", "U2", "U3", "U5", "U6", "U7", "U8", "U9"]
    assert any("no question number 4" in hint for hint in survey.hints)


def test_nine_numbers_beyond_nine_are_taken_by_rank():
    survey = read(as_csv([[f"P{place}" for place in (1, 2, 4, 5, 6, 7, 8, 9, 10)], *respondents(5)]))

    assert list(survey.answers) == [f"U{place}" for place in range(1, 10)]
    assert any("gap" in hint for hint in survey.hints)


def test_more_numbered_questions_than_elements_need_a_map():
    rows = [[f"P{place}" for place in range(1, 15)], *respondents(5, 14)]
    with pytest.raises(MappingError, match="14 numbered questions"):
        read(as_csv(rows), name="f.csv")

    lines = {f"P{place}": f"U{min(place, 9)}" for place in range(1, 15)}
    assert list(read(as_csv(rows), map=lines).answers)[-6:] == [f"U9.{part}" for part in range(1, 7)]


def test_two_questions_about_one_element_stand_beside_each_other():
    survey = read(as_csv([["Persyaratan jelas", "Persyaratan mudah dipenuhi", "Prosedur"], *respondents(4, 3)]))

    assert list(survey.answers) == ["U1.1", "U1.2", "U2"]


def test_columns_of_importance_are_left_out_with_a_hint():
    header = [part for name in NAMES for part in (f"Harapan: {name}", f"Kenyataan: {name}")]
    survey = read(as_csv([header, *respondents(5, 18)]))

    assert list(survey.answers) == [f"U{place}" for place in range(1, 10)]
    assert targets(survey)["Harapan: Prosedur"] is None
    assert any("importance or expectation" in hint for hint in survey.hints)


def test_a_question_that_mentions_expectations_alone_counts():
    survey = read(as_csv([["Apakah produk layanan sesuai harapan?", "Prosedur"], *respondents(4, 2)]))

    assert list(survey.answers) == ["U2", "U5"]


def test_a_header_over_two_rows_with_merged_cells():
    rows = [["No", "Responden", "", "Unsur", *[""] * 8], ["", "Umur", "JK", *NAMES]]
    rows += [[place, 30, "L", *answers] for place, answers in enumerate(respondents(6), 1)]
    survey = read(as_xlsx(rows, merged=["A1:A2", "B1:C1", "D1:L1"]))

    assert list(survey.answers.index) == [3, 4, 5, 6, 7, 8]
    assert list(survey.profile) == ["usia", "jenis_kelamin"]


def test_elements_above_and_numbers_below_are_several_questions_of_an_element():
    rows = [["Persyaratan", "", "Prosedur", "", "Waktu"], ["P1", "P2", "P3", "P4", "P5"], *respondents(6, 5)]

    for survey in (read(as_csv(rows)), read(as_xlsx(rows, merged=["A1:B1", "C1:D1"]))):
        assert list(survey.answers) == ["U1.1", "U1.2", "U2.1", "U2.2", "U3"]


def test_a_cell_merged_over_several_respondents_belongs_to_all_of_them():
    rows = [["Layanan", *NAMES], *[["KTP", *row] for row in respondents(3)], *[["KK", *row] for row in respondents(3)]]
    survey = read(as_xlsx(rows, merged=["A2:A4", "A5:A7"]))

    assert survey.profile["layanan"].tolist() == ["KTP"] * 3 + ["KK"] * 3


def test_lines_quoted_as_a_whole_are_rows_all_the_same():
    lines = [";".join(map(str, row)) for row in [NAMES, *respondents(5)]]

    assert read("\n".join(f'"{line}"' for line in lines).encode()).answers.to_numpy().tolist() == respondents(5)


def test_a_misspelt_option_is_read_when_only_one_is_close_and_that_is_said():
    column = ["Sangat sesuia", "Sesuai", "Mantap", "Kurang sesuai", "Tidak sesuai"] * 3
    survey = read(as_csv([["Persyaratan"], *[[said] for said in column]]))

    assert survey.converted["Persyaratan"] == {"Sangat sesuia": 4, "Sesuai": 3, "Kurang sesuai": 2, "Tidak sesuai": 1}
    assert listed(survey) == [(row, "Persyaratan") for row in (4, 9, 14)]
    assert any("«Sangat sesuia» = 4" in hint for hint in survey.hints)


def test_a_scale_of_five_in_words_is_another_scale_until_it_is_named():
    words = ["Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju"]
    rows = [["Persyaratan"], *[[said] for said in words * 4]]
    with pytest.raises(ScaleError, match="Netral"):
        read(as_csv(rows), name="f.csv")

    assert read(as_csv(rows), scale="1-5").answers["U1"].tolist() == [1, 2, 3, 4, 5] * 4


def test_words_shared_by_two_scales_are_told_apart_by_the_other_columns():
    few = ["Kurang baik", "Baik", "Sangat baik"] * 2
    rows = [["Prosedur", "Produk"], *zip(few, ["Kurang baik", "Cukup baik", "Baik"] * 2, strict=True)]
    alone = read(as_csv([["Prosedur"], *[[said] for said in few]]))

    assert alone.answers["U2"].tolist() == [2, 3, 4] * 2
    assert any("two ways" in hint for hint in alone.hints)
    assert read(as_csv(rows)).answers["U2"].tolist() == [1, 3, 4] * 2


def test_a_letter_before_unknown_words_is_no_answer():
    survey = read(as_csv([["Persyaratan", "Prosedur"], *[[4, 3]] * 60, ["a.b", 3]]))

    assert listed(survey) == [(62, "Persyaratan")]


def test_totals_averages_and_signatures_below_do_not_count():
    answers = respondents(8)
    total = ["Jumlah", *[sum(column) for column in zip(*answers, strict=True)]]
    mean = ["", *[sum(column) / 8 for column in zip(*answers, strict=True)]]
    note = ["", "", "", "", "", "", "Kepala Dinas", "", "", ""]
    rows = [["No", *NAMES], *[[place, *row] for place, row in enumerate(answers, 1)], total, mean, [], note]
    survey = read(as_xlsx(rows))

    assert len(survey.answers) == 8
    assert [row for row, _column in listed(survey)] == [10, 11, 13]
    assert "Kepala Dinas" not in str(survey.rejected)


def test_a_total_without_a_label_is_recognised_by_its_sum():
    answers = respondents(8)
    survey = read(as_csv([NAMES, *answers, [sum(column) for column in zip(*answers, strict=True)]]))

    assert len(survey.answers) == 8
    assert listed(survey) == [(10, None)]


def test_rows_marked_as_tests_are_listed_and_remarks_that_use_the_word_count():
    rows = [["Nama", "Saran", *NAMES]]
    marks = [("TES", ""), ("Budi (contoh)", ""), ("Ani", "uji coba"), ("Testi", "Tes kesehatan terlalu lama")]
    rows += [[name, remark, *answers] for (name, remark), answers in zip(marks, respondents(4), strict=True)]
    survey = read(as_csv(rows))

    assert list(survey.answers.index) == [5]
    assert listed(survey) == [(2, None), (3, None), (4, None)]
    assert "Budi" not in str(survey)


def test_the_same_time_and_the_same_answers_are_one_submission():
    answers = respondents(4)
    times = [dt.datetime(2026, 3, 2, 9, 5, second) for second in (1, 1, 1, 9)]
    rows = [
        ["Timestamp", *NAMES],
        *[[time, *row] for time, row in zip(times, [*answers[:1] * 2, *answers[1:3]], strict=True)],
    ]
    survey = read(as_xlsx(rows))

    assert listed(survey) == [(3, None)]
    assert "row 2" in survey.rejected[0].reason


def test_forms_with_a_uuid_each_are_two_even_if_they_arrived_in_the_same_second_and_agree():
    first, second = "0e1f3a52-6f0b-4c1e-9d6a-3f1f8b2a7c01", "0e1f3a52-6f0b-4c1e-9d6a-3f1f8b2a7c02"
    answers, at = respondents(3), "2026-10-01T10:05:07"
    rows = [["_uuid", "_submission_time", *NAMES], [first, at, *answers[0]], [second, at, *answers[0]]]
    rows += [[second, "2026-10-01T10:05:09", *answers[0]], ["", at, *answers[1]], ["", at, *answers[1]]]
    survey = read(as_csv(rows))

    assert list(survey.answers.index) == [2, 3, 5]
    assert [(cell.row, cell.reason.split(":")[0]) for cell in survey.rejected] == [
        (4, "is the same submission as row 3"),
        (6, "is the same submission as row 5"),
    ]


def test_a_clock_that_knows_only_minutes_is_no_time_stamp():
    rows = [["Timestamp", *NAMES], *[[dt.datetime(2026, 3, 2, 9, 5), 3, 3, 3, 3, 3, 3, 3, 3, 3] for _ in range(4)]]

    assert len(read(as_xlsx(rows)).answers) == 4


def test_the_same_id_with_other_answers_counts_and_is_a_hint():
    answers = respondents(3)
    survey = read(as_csv([["_uuid", *NAMES], *[["a1", *row] for row in answers[:2]], ["b2", *answers[2]]]))

    assert len(survey.answers) == 3
    assert any("same id" in hint and "2, 3" in hint for hint in survey.hints)


def test_a_few_answers_off_the_scale_are_rejected_cells_and_the_rest_of_the_row_counts():
    answers = [*respondents(80), [5, 4, 4, 4, 4, 4, 4, 4, 4], ["3,5", 4, 4, 4, 4, 4, 4, 4, "-"]]
    survey = read(as_csv([NAMES, *answers]))

    assert listed(survey) == [(82, "Persyaratan"), (83, "Persyaratan"), (83, "Sarana dan prasarana")]
    assert survey.answers.loc[82].isna().tolist() == [True, *[False] * 8]


@pytest.mark.parametrize("off", [0, 5])
def test_many_answers_off_the_scale_are_another_scale(off):
    answers = [[off, *row[1:]] if place % 4 == 0 else row for place, row in enumerate(respondents(40))]
    with pytest.raises(ScaleError, match="--scale"):
        read(as_csv([NAMES, *answers]), name="f.csv")


def test_a_named_scale_keeps_the_answers_and_names_itself():
    answers = [[1 + (row + column) % 5 for column in range(9)] for row in range(12)]
    survey = read(as_csv([NAMES, *answers]), scale="1-5")

    assert survey.scale == (1, 5)
    assert survey.answers.to_numpy().tolist() == answers
    assert any("1–5" in hint for hint in survey.hints)


@pytest.mark.parametrize("scale", ["5-5", "big", "1-", "1-5-9", "4-4", "-1-4"])
def test_a_scale_that_is_none_is_refused(scale):
    with pytest.raises(SettingError, match="not understood"):
        read(as_csv([NAMES, *respondents(3)]), scale=scale)


def test_one_row_per_office_is_refused():
    rows = [["Unit", *NAMES], *[[f"Unit {place}", *[2.5 + place / 40] * 9] for place in range(1, 12)]]
    with pytest.raises(ReadError, match=r"one row per office.*audit"):
        read(as_csv(rows), name="f.csv")


def test_elements_in_rows_are_a_table_of_results():
    with pytest.raises(ReadError, match=r"elements in rows.*audit"):
        read(as_csv([["Unsur", "NRR"], *[[name, 3.25] for name in NAMES]]), name="f.csv")


def test_a_table_without_header_is_not_guessed():
    with pytest.raises(ReadError, match="row of headers"):
        read(as_csv(respondents(20)), name="f.csv")


def test_personal_columns_are_read_by_nobody_even_under_a_harmless_header():
    rows = [["Nama", "NIK", "Kontak lain", "Kecamatan", *NAMES]]
    rows += [
        [
            f"Orang {place}",
            f"00009999000099{place:02}",
            f"0812000000{place:02}",
            "Utara" if place % 2 else "Selatan",
            *row,
        ]
        for place, row in enumerate(respondents(12))
    ]
    survey = read(as_csv(rows))

    assert list(survey.profile) == ["Kecamatan"]
    for secret in ("Orang", "00009999", "0812000", "NIK"):
        assert secret not in str(survey)


def test_personal_data_in_a_cell_of_answers_is_masked():
    answers = [*respondents(60), ["0812-0000-0001", 3, 3, 3, 3, 3, 3, 3, "a.b@contoh.invalid"]]
    survey = read(as_csv([NAMES, *answers]))

    assert [cell.value for cell in survey.rejected] == ["•••", "•••"]


def test_ages_that_cannot_be_are_unknown_and_listed():
    rows = [
        ["Umur", *NAMES],
        *[[age, *row] for age, row in zip([34, 0, 1121212, "17-25", 41], respondents(5), strict=True)],
    ]
    survey = read(as_csv(rows))

    assert survey.profile["usia"].tolist() == ["26–35", "unknown", "unknown", "17–25", "36–45"]
    assert listed(survey) == [(3, "Umur"), (4, "Umur")]
    assert len(survey.answers) == 5


def test_a_school_of_two_names_keeps_both():
    rows = [["Pendidikan", *NAMES], *[["SMA/SMK" if row[0] % 2 else "sma / smk", *row] for row in respondents(6)]]

    assert set(read(as_csv(rows)).profile["pendidikan"]) == {"SMA/SMK"}


def test_spellings_of_the_profile_become_one():
    sexes = ["Laki - Laki", "L", "pria", "Perempuan ", "P"]
    schools = ["SLTA", "sma", "S1", "S-1", "Strata 1"]
    jobs = ["PNS", "ASN", "wiraswasta", "Petani", "PETANI"]
    rows = [["Jenis Kelamin", "Pendidikan", "Pekerjaan", *NAMES]]
    rows += [[*who, *row] for who, row in zip(zip(sexes, schools, jobs, strict=True), respondents(5), strict=True)]
    profile = read(as_csv(rows)).profile

    assert profile["jenis_kelamin"].tolist() == ["Laki-laki"] * 3 + ["Perempuan"] * 2
    assert profile["pendidikan"].tolist() == ["SMA", "SMA", "D4/S1", "D4/S1", "D4/S1"]
    assert profile["pekerjaan"].tolist() == ["PNS/ASN", "PNS/ASN", "Wirausaha", "Petani", "Petani"]


def test_the_sheet_with_the_answers_is_chosen_and_others_are_named():
    other = [NAMES, *respondents(9)]
    data = as_xlsx([NAMES, *respondents(30)], Petunjuk=[["Isi lembar Data"]], Lama=other)

    survey = read(data)
    assert (survey.sheet, len(survey.answers)) == ("Data", 30)
    assert any("«Lama»" in hint for hint in survey.hints)
    assert len(read(data, sheet="lama").answers) == 9
    with pytest.raises(ReadError, match=r"«Petunjuk», «Lama», «Data»"):
        read(data, sheet="Januari", name="f.xlsx")


def test_the_map_decides(tmp_path):
    file = tmp_path / "map.toml"
    file.write_text('[columns]\n"A" = "u3"\n"b " = "U3"\n"Prosedur" = "ignore"\n"C" = "usia"\n', encoding="utf-8")
    survey = read(as_csv([["A", "B", "C", "Prosedur", "Sarana"], *[[3, 2, 40, 1, 4]] * 3]), map=file)

    assert list(survey.answers) == ["U3.1", "U3.2", "U9"]
    assert survey.profile["usia"].tolist() == ["36–45"] * 3
    assert {mapped.how for mapped in survey.mapping if mapped.unsur == "U3"} == {"map"}


def test_a_map_that_names_what_is_not_there_says_what_is(tmp_path):
    rows = [["Persyaratan", "Prosedur"], *respondents(3, 2)]
    with pytest.raises(MappingError, match=r"«Persyaratn».*«Persyaratan»"):
        read(as_csv(rows), map={"Persyaratn": "U1"})
    with pytest.raises(MappingError, match=r"«U12».*U9"):
        read(as_csv(rows), map={"Persyaratan": "U12"})
    file = tmp_path / "map.toml"
    file.write_text("[columns\n", encoding="utf-8")
    with pytest.raises(MappingError, match=r"map\.toml is not valid TOML"):
        read(as_csv(rows), map=file)


def test_formulas_stay_text():
    rows = [["Petugas", *NAMES], *[["=cmd|'/C calc'!A0", *row] for row in respondents(60)], ["x", "=4", *[4] * 8]]
    survey = read(as_csv(rows))

    assert [(cell.row, cell.value) for cell in survey.rejected] == [(62, "=4")]


def test_ten_thousand_rows_are_read_whole():
    answers = respondents(10_000)
    data = as_xlsx(
        [["Umur", "Jenis Kelamin", *NAMES], *[[20 + place % 50, "L", *row] for place, row in enumerate(answers)]]
    )

    assert read(data).answers.to_numpy().tolist() == answers


def test_twice_the_rows_are_twice_the_work():
    """Counted in calls, which no busy machine changes."""
    _calls(500)  # what is loaded and built once
    first, second, fourth = (_calls(count) for count in (1000, 2000, 4000))

    assert fourth - second < 2.2 * (second - first)


def _calls(count):
    data = as_xlsx([["Umur", *NAMES], *[[20 + place % 50, *row] for place, row in enumerate(respondents(count))]])
    made = 0

    def called(_frame, event, _argument):
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        read(data)
    finally:
        sys.setprofile(before)
    return made
