"""The command `mutu skm audit`, on survey files and on tables of results as offices have them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from audit_kit import best_first, frame, krejcie_morgan, nrrs, survey, written
from survey_kit import NAMES, as_csv, as_xlsx, mutu

FILES = Path(__file__).parents[1] / "responses" / "files"
GASPUL = str(FILES / "good" / "gaspul-triwulan-3.xlsx")
OFFICES = str(FILES / "bad" / "satu-baris-per-kantor.xlsx")
NRR = ["3,32", "3,20", "3,05", "3,90", "3,40", "3,35", "3,42", "3,10", "3,25"]  # 83,31
TABLE = [
    ["No", "Unsur Pelayanan", "NRR"],
    *[[i, name, nrr] for i, (name, nrr) in enumerate(zip(NAMES, NRR, strict=True), 1)],
]


def save(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return str(path)


def said(*arguments):
    """What the command says as JSON."""
    code, out, err = mutu("skm", "audit", *arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def causes(found):
    return [[cause["code"] for cause in trial["causes"]] for trial in found["explanations"]]


def test_the_installed_program_explains_a_published_index():
    program = Path(sys.executable).with_name("mutu")
    done = subprocess.run(
        [program, "skm", "audit", GASPUL, "--published", "90,56", "--grade", "A"],
        capture_output=True, text=True, encoding="utf-8", timeout=120, env={"MUTU_LANG": "id", "COLUMNS": "120"},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    lines = " ".join(done.stdout.split())
    assert "90,56, lebih rendah 0,92 poin daripada indeks menurut Permenpan RB 14/2017, yaitu 91,48 (mutu A)" in lines
    assert "Yang menghasilkan angka itu: bobot 0,11, bukan 1/9." in lines
    assert "Publikasikan 91,48 (mutu A)." in lines
    assert "bobot 0,11, bukan 1/9 90,56 A −0,91 ya" in lines


@pytest.mark.parametrize("index", ["90,56", "90.56", " 90,56 "])
def test_an_index_takes_comma_or_point(index):
    assert causes(said(GASPUL, "--published", index)) == [["weight"]]


def test_the_json_has_the_right_index_the_cause_and_all_conventions():
    found = said(GASPUL, "--published", "90,56")

    assert (found["ikm"], found["mutu"], found["n"], found["source"]) == (91.48, "A", 29, "answers")
    assert (found["published"], found["digits"], found["status"]) == (90.56, 2, "explained")
    assert found["explanations"][0]["causes"][0]["weight"] == 0.11
    assert 0 < found["chance"] < 0.05
    assert found["conventions"][0]["causes"] == []
    assert {"causes", "name", "ikm", "unrounded", "mutu"} == set(found["conventions"][1])
    assert found["file"] == "gaspul-triwulan-3.xlsx"
    assert "91,48 (mutu A)" in found["sentence"]


def test_without_an_index_the_conventions_are_listed():
    found = said(GASPUL)
    assert (found["status"], found["published"], found["explanations"]) == ("listed", None, [])
    code, out, _err = mutu("--lang", "en", "skm", "audit", GASPUL)
    assert code == 0
    assert "By Permenpan RB 14/2017 the index is 91.48 (grade A)." in out
    assert "Gives" not in out


def test_what_nothing_explains_is_said_and_is_no_error():
    code, out, _err = mutu("--lang", "en", "skm", "audit", GASPUL, "--published", "89,77")
    assert code == 0
    assert "None of the" in out
    assert "Check that the index and these data belong to the same period" in " ".join(out.split())


def test_the_best_answers_of_each_group_are_found_by_column(tmp_path):
    rows = survey(8, n=180)
    units = ["Loket A" if place % 3 else "Loket B" for place in range(180)]
    parts = [[row for row, unit in zip(rows, units, strict=True) if unit == name] for name in ("Loket A", "Loket B")]
    kept = [row for part in parts for row in best_first(part)[: krejcie_morgan(len(part))]]
    file = save(
        tmp_path, "survei.csv", as_csv([["Layanan", *NAMES], *[[u, *r] for u, r in zip(units, rows, strict=True)]])
    )
    published = written(sum(nrrs(kept)) / 9 * 25)

    assert ["best_part"] in causes(said(file, "--published", published, "--by", "layanan"))
    assert ["best_part"] not in causes(said(file, "--published", published))


def test_the_files_own_units_are_tried_but_no_column_about_persons(tmp_path):
    rows = survey(8, n=180)
    units = ["Loket A" if place % 3 else "Loket B" for place in range(180)]
    sexes = ["L" if place % 4 else "P" for place in range(180)]
    lines = [[unit, sex, *row] for unit, sex, row in zip(units, sexes, rows, strict=True)]
    file = save(tmp_path, "unit.csv", as_csv([["Unit", "Jenis Kelamin", *NAMES], *lines]))

    def mean_of(labels):
        parts = [[row for row, own in zip(rows, labels, strict=True) if own == name] for name in sorted(set(labels))]
        return written(sum(sum(nrrs(part)) for part in parts) / len(parts) / 9 * 25, 4)

    found = said(file, "--published", mean_of(units))
    assert causes(found) == [["parts"]]
    assert found["explanations"][0]["causes"][0]["column"] == "Unit"
    assert said(file, "--published", mean_of(sexes))["status"] == "unexplained"
    assert causes(said(file, "--published", mean_of(sexes), "--by", "Jenis Kelamin")) == [["parts"]]


def test_an_element_of_its_own_is_told_by_its_name(tmp_path):
    rows = [["unsur", "nrr"], *[[name, nrr] for name, nrr in zip(NAMES, NRR, strict=True)], ["Integritas petugas", 3.9]]
    found = said(save(tmp_path, "sepuluh.csv", as_csv(rows, ";")), "--published", "83,31")
    assert causes(found) == [["nine"]]
    assert "«Integritas petugas»" in found["sentence"]


def test_a_scale_of_five_is_read_as_score_reads_it(tmp_path):
    rows = survey(6, top=5)
    file = save(tmp_path, "lima.csv", as_csv([NAMES, *rows]))
    found = said(file, "--published", written(sum(nrrs(rows)) / 9 * 20), "--scale", "1-5")
    assert causes(found) == [["top"]]
    assert mutu("skm", "audit", file)[0] == 1


def test_a_map_names_the_columns(tmp_path):
    columns = frame(survey(2, n=40))
    heads = [f"kol {place}" for place in range(1, 10)]
    file = save(tmp_path, "peta.csv", as_csv([heads, *zip(*columns.values(), strict=True)]))
    lines = "".join(f'"{head}" = "U{place}"\n' for place, head in enumerate(heads, 1))
    peta = save(tmp_path, "peta.toml", f"[columns]\n{lines}".encode())
    assert said(file, "--map", peta)["n"] == 40


@pytest.mark.parametrize(
    "rows",
    [
        TABLE,
        [["LAPORAN SKM SEMESTER I"], [], *TABLE],
        [["Unsur", "NRR"], ["(1)", "(2)"], *[row[1:] for row in TABLE[1:]]],
        [["Kode", "Unsur", "Nilai Rata-Rata (NRR)"], *[[f"U{row[0]}", *row[1:]] for row in TABLE[1:]]],
        [["Element", "NRR"], *[[row[1], row[2].replace(",", ".")] for row in TABLE[1:]]],
        [["Element", "Mean score"], *[[f"U{row[0]}", row[2].replace(",", ".")] for row in TABLE[1:]]],
        [["No", "Unsur", "Jumlah Nilai", "NRR/Unsur"], *[[row[0], row[1], 300, row[2]] for row in TABLE[1:]]],
        [*TABLE, ["", "Jumlah", "29,99"], ["", "Nilai IKM", "83,31"], ["", "Mutu Pelayanan", "B"]],
        [*TABLE, [], ["Keterangan: NRR = nilai rata-rata"], ["Mengetahui, Kepala Dinas"]],
        [["", *NAMES], ["NRR", *NRR]],
        [["Uraian", *[f"U{place}" for place in range(1, 10)], "IKM"], ["Dinas Rekaan", *NRR, "83,31"]],
    ],
)
@pytest.mark.parametrize("kind", ["semicolon", "xlsx"])
def test_tables_of_results_are_read_however_they_are_laid_out(tmp_path, rows, kind):
    content = as_csv(rows, ";") if kind == "semicolon" else as_xlsx([[_typed(cell) for cell in row] for row in rows])
    file = save(tmp_path, "hasil.csv" if kind == "semicolon" else "hasil.xlsx", content)
    found = said(file, "--published", "83,31")

    assert (found["source"], found["ikm"], found["mutu"], found["status"]) == ("table", 83.31, "B", "agrees")
    assert found["findings"] == []


def _typed(cell):
    """A number as a spreadsheet stores it."""
    text = str(cell).replace(",", ".")
    return float(text) if text.replace(".", "", 1).isdigit() and "." in text else cell


def test_a_table_with_n_weights_sum_index_and_grade(tmp_path):
    rows = [["Unsur", "n", "NRR", "Bobot", "NRR Tertimbang"]]
    rows += [
        [name, 400, nrr, "0,111", f"{float(nrr.replace(',', '.')) * 0.11:.3f}".replace(".", ",")]
        for name, nrr in zip(NAMES, NRR, strict=True)
    ]
    rows += [
        ["Jumlah NRR tertimbang", "", "", "", "3,299"],
        ["IKM unit pelayanan", "", "", "", "82,47"],
        ["Mutu pelayanan", "", "", "", "C"],
    ]
    found = said(save(tmp_path, "lengkap.csv", as_csv(rows, ";")))

    assert (found["published"], found["n"]) == (82.47, 400)
    assert found["grade"]["given"] == "C"
    assert not found["grade"]["holds"]
    (finding,) = found["findings"]
    assert finding["kind"] == "weight"
    assert "0,111" in finding["text"]


def test_an_index_in_the_text_below_a_table(tmp_path):
    rows = [*TABLE, ["Nilai IKM = 3,33 x 25 = 82,47"], ["Mutu pelayanan: B"]]
    found = said(save(tmp_path, "teks.csv", as_csv(rows, ";")))
    assert found["published"] == 82.47
    assert found["grade"]["given"] == "B"


def test_a_row_below_the_answers_does_not_make_a_survey_a_table(tmp_path):
    rows = survey(3, n=30)
    means = [round(mean, 2) for mean in nrrs(rows)]
    file = save(
        tmp_path, "rekap.csv", as_csv([["No", *NAMES], *[[i, *row] for i, row in enumerate(rows, 1)], ["NRR", *means]])
    )
    assert (said(file)["source"], said(file)["n"]) == ("answers", 30)


def test_our_own_recap_is_audited_from_its_sheet_of_elements(tmp_path):
    code, _out, err = mutu("skm", "report", GASPUL, "--out", str(tmp_path))
    assert code == 0, err
    found = said(str(tmp_path / "rekap-skm.xlsx"), "--published", "91,48")
    assert (found["status"], found["ikm"]) == ("agrees", 91.48)


def test_a_row_per_office_is_audited_office_by_office(tmp_path):
    found = said(OFFICES)
    assert len(found["offices"]) == 14
    assert {office["status"] for office in found["offices"]} == {"agrees"}

    rows = [["Nama OPD", "Jumlah responden", *NAMES, "IKM", "Mutu"]]
    nrr = [3.32, 3.2, 3.05, 3.9, 3.4, 3.35, 3.42, 3.1, 3.25]
    rows += [
        ["Dinas A", 2000, *nrr, 83.31, "B"],
        ["Dinas B", 2000, *nrr, 79.23, "B"],
        ["Dinas C", 2000, *nrr, 74.98, "C"],
    ]
    file = save(tmp_path, "opd.xlsx", as_xlsx([*rows, ["Rata-rata", "", *nrr, 79.17, "B"]]))
    offices = {office["name"]: office for office in said(file)["offices"]}
    assert {name: office["status"] for name, office in offices.items()} == {
        "Dinas A": "agrees", "Dinas B": "unexplained", "Dinas C": "explained",
    }  # fmt: skip

    code, out, _err = mutu("--lang", "en", "skm", "audit", file)
    assert code == 0
    lines = out.splitlines()
    assert any(line.startswith("Dinas B: The published index 79.23 lies 4.08 points below") for line in lines)
    assert not any(line.startswith("Dinas A:") for line in lines)


HEAD = ["Nama OPD", "Responden", *[f"U{place}" for place in range(1, 10)], "Nilai IKM", "Mutu"]
MEANS = [3.31, 3.3, 3.29, 3.27, 3.28, 3.19, 3.31, 3.22, 3.27]  # 81,78 (B)


def offices(folder, *rows):
    """The offices of a list as JSON, in order, and what the command prints."""
    file = save(folder, "daftar.xlsx", as_xlsx([HEAD, *rows]))
    code, out, err = mutu("skm", "audit", file)
    assert code == 0, err
    return said(file)["offices"], out


def test_grades_of_a_list_are_read_in_words_and_have_a_verdict_of_their_own(tmp_path):
    grades = ["Sangat Baik", "A (Sangat Baik)", "A/Sangat baik", "X", "BAIK", "Cukup", None]
    found, out = offices(tmp_path, *[[f"Dinas {i}", 100, *MEANS, 81.78, grade] for i, grade in enumerate(grades)])

    given = [office["grade"] and office["grade"]["given"] for office in found]
    assert given == ["A", "A", "A", "-", "B", None, None]
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert sum("seharusnya B" in line for line in lines) == 4
    assert any(line.endswith("BAIK sesuai") for line in lines)
    assert any(line.startswith("Dinas 5: ") and "«Cukup»" in line for line in lines)
    assert not any(line.startswith(("Dinas 4: ", "Dinas 6: ")) for line in lines)


def test_one_office_that_cannot_be_audited_does_not_stop_the_list(tmp_path):
    found, out = offices(
        tmp_path,
        ["Persen", 100, *MEANS, "81,78%", "B"],
        ["Ribuan", "1.200", *MEANS, " 81.78 ", "B"],
        ["Lima", 100, 5.2, *MEANS[1:], 81.67, "B"],
        ["Kata", 100, "baik", *MEANS[1:], 81.78, "B"],
        ["Besar", 100, *MEANS, 817.8, "B"],
        ["Sama", 100, *MEANS, 81.78, "B"],
        ["Sama", 100, *([3.6] * 9), 81.78, "B"],
    )
    assert [(office["name"], office["status"]) for office in found] == [
        ("Persen", "listed"), ("Ribuan", "agrees"), ("Lima", "unread"), ("Kata", "unread"), ("Besar", "unread"),
        ("Sama", "agrees"), ("Sama", "explained"),
    ]  # fmt: skip
    assert found[1]["n"] == 1200
    assert "ikm" not in found[2]
    lines = out.splitlines()
    for start, word in (
        ("Persen: ", "baris 2, terdapat «81,78%»"), ("Lima: ", "5,2, di luar 1 sampai 4"),
        ("Kata: ", "baris 5, terdapat «baik»"), ("Besar: ", "817,8 bukan indeks"), ("Sama (baris 8): ", "90,00"),
    ):  # fmt: skip
        assert any(line.startswith(start) and word in line for line in lines), out


def test_the_index_below_elements_in_columns_is_audited(tmp_path):
    rows = [["", *NAMES], ["NRR", *NRR], ["IKM", "82,47", *[""] * 8], ["Mutu", "B", *[""] * 8]]
    found = said(save(tmp_path, "mendatar.csv", as_csv(rows, ";")))
    assert (found["published"], found["grade"]["given"]) == (82.47, "B")


def test_the_index_below_answers_is_audited_and_said_to_be_so(tmp_path):
    rows = survey(3, n=30)
    weighted = written(sum(nrrs(rows)) * 0.11 * 25)
    lines = [["No", *NAMES], *[[i, *row] for i, row in enumerate(rows, 1)], ["IKM Unit pelayanan", *[""] * 8, weighted]]
    file = save(tmp_path, "klasik.csv", as_csv(lines, ";"))

    found = said(file)
    assert causes(found) == [["weight"]]
    assert any(weighted in hint and "--published" in hint for hint in found["hints"])
    other = said(file, "--published", "70")
    assert other["published"] == 70
    assert not any(weighted in hint for hint in other["hints"])


def test_indices_of_the_elements_are_divided_by_25(tmp_path):
    indices = ["83,00", "80,00", "76,25", "97,50", "85,00", "83,75", "85,50", "77,50", "81,25"]
    rows = [["unsur", "indeks"], *[list(row) for row in zip(NAMES, indices, strict=True)]]
    found = said(save(tmp_path, "indeks.csv", as_csv(rows, ";")), "--published", "83,31")
    assert (found["ikm"], found["status"]) == (83.31, "agrees")
    assert "«indeks»" in found["hints"][0]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["unsur", "jumlah nilai", "jumlah responden"], *[[name, 496, 150] for name in NAMES]], "«jumlah nilai»"),
        ([["Unsur", "Dinas A", "Dinas B"], *[[name, "3,20", "3,40"] for name in NAMES]], "tiap kantor"),
        ([[name, "3,31"] for name in NAMES], "judul"),
        ([["unsur", "indeks"], *[[name, "3,31"] for name in NAMES]], "«indeks»"),
    ],
)
def test_a_table_without_means_is_told_what_it_lacks(tmp_path, rows, says):
    code, out, err = mutu("skm", "audit", save(tmp_path, "kurang.csv", as_csv(rows, ";")))
    assert (code, out) == (1, "")
    assert "«NRR»" in err
    assert says in err
    assert "mutu skm audit" not in err


@pytest.mark.parametrize("nrr", ["-3,31", "4,31"])
def test_a_table_with_means_outside_the_scale_has_no_index(tmp_path, nrr):
    file = save(tmp_path, "luar.csv", as_csv([["unsur", "nrr"], *[[name, nrr] for name in NAMES]], ";"))
    code, out, err = mutu("skm", "audit", file)
    assert (code, out) == (1, "")
    assert "di luar 1 sampai 4" in err


def test_of_several_columns_of_means_the_one_used_is_named(tmp_path):
    rows = [["Unsur", "NRR 2024", "NRR 2025"], *[[name, "3,20", "3,40"] for name in NAMES]]
    found = said(save(tmp_path, "periode.csv", as_csv(rows, ";")))
    assert found["ikm"] == 80
    (hint,) = found["hints"]
    assert "«NRR 2024», «NRR 2025»" in hint
    assert "adalah «NRR 2024»" in hint


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["tidak-ada.xlsx"], 1, "tidak-ada.xlsx"),
        ([GASPUL, "--published", "A"], 2, "«A»"),
        ([GASPUL, "--published", "120"], 2, "120"),
        ([GASPUL, "--grade", "F"], 2, "«F»"),
        ([GASPUL, "--scale", "banyak"], 2, "banyak"),
        ([GASPUL, "--by", "Kecamatan"], 2, "Kecamatan"),
        ([GASPUL, "--population", "0"], 2, "0"),
        ([GASPUL, "--published"], 2, "--published"),
        ([OFFICES, "--published", "80"], 2, "14"),
        ([], 2, "BERKAS"),
    ],
)
def test_wrong_use_is_answered_in_one_sentence(arguments, code, says):
    found, out, err = mutu("skm", "audit", *arguments)
    assert (found, out) == (code, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([*TABLE[:3], [3, NAMES[2], "baik sekali"], *TABLE[4:]], "«baik sekali»"),
        ([["Nama", "Alamat"], ["Ani", "Jalan A"], ["Budi", "Jalan B"]], "tabel"),
        ([*TABLE, TABLE[1]], "Persyaratan"),
    ],
)
def test_a_table_that_cannot_be_read_is_answered_with_the_place(tmp_path, rows, says):
    file = save(tmp_path, "rusak.csv", as_csv(rows, ";"))
    code, out, err = mutu("skm", "audit", file)
    assert (code, out) == (1, "")
    assert says.casefold() in err.casefold()


def test_groups_of_a_table_of_results_are_refused(tmp_path):
    code, _out, err = mutu("skm", "audit", save(tmp_path, "hasil.csv", as_csv(TABLE, ";")), "--by", "Unsur")
    assert code == 2
    assert "--by" in err


def test_the_sheet_of_a_table_can_be_named(tmp_path):
    other = [[*row[:2], str(row[2]).replace("3,", "2,")] for row in TABLE]
    file = save(tmp_path, "dua.xlsx", as_xlsx(TABLE, Lama=other))
    assert said(file, "--sheet", "Data")["ikm"] == 83.31
    assert said(file, "--sheet", "lama")["ikm"] == 58.31
    assert mutu("skm", "audit", file, "--sheet", "Tidak ada")[0] == 1
