"""The commands `mutu skm score` and `mutu skm report`, as a person or a script uses them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from survey_kit import NAMES, as_csv, mutu, respondents

FILES = Path(__file__).parents[1] / "responses" / "files" / "good"
GASPUL = str(FILES / "gaspul-triwulan-3.xlsx")
MIXED = str(FILES / "campuran-kantor.xlsx")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A report with groups and the period before, and what the command printed."""
    folder = tmp_path_factory.mktemp("report")
    before = folder / "before.json"
    before.write_text(mutu("skm", "score", GASPUL, "--json")[1], encoding="utf-8")
    profile = folder / "office.toml"
    profile.write_text('name = "Kantor Rekaan"\nperiod = "Semester I 2026"\npopulation = 400\n', encoding="utf-8")
    options = ["--profile", str(profile), "--previous", str(before), "--by", "UMUR", "--json"]
    code, out, err = mutu("skm", "report", MIXED, "--out", str(folder / "out" / "deep"), *options)
    assert code == 0, err
    return folder / "out" / "deep", json.loads(out), err


def test_the_installed_program_prints_one_json_document_and_its_hints_on_stderr():
    program = Path(sys.executable).with_name("mutu")
    file = str(FILES / "nomor-bolong.xlsx")
    done = subprocess.run(
        [program, "skm", "score", file, "--json"], capture_output=True, text=True, encoding="utf-8", timeout=120
    )

    assert done.returncode == 0
    said = json.loads(done.stdout)
    assert said["hints"]
    assert done.stderr.splitlines() == said["hints"]


def test_the_json_has_the_keys_of_the_contract():
    said = json.loads(mutu("skm", "score", MIXED, "--by", "L/P", "--json")[1])

    keys = ["regulation", "weights", "n", "ikm", "mutu", "kinerja", "interval", "method", "unsur", "groups"]
    keys += ["mapping", "converted", "rejected", "hints"]
    assert set(keys) <= set(said)
    assert {"kode", "nama", "n", "nrr", "nrr_tertimbang", "indeks", "interval"} <= set(said["unsur"][0])
    assert {tuple(group) for group in said["groups"]} == {
        ("column", "value", "n", "ikm", "mutu", "interval", "suppressed")
    }
    assert {type(hint) for hint in said["hints"]} <= {str}
    assert {"column", "unsur", "how", "sure"} == set(said["mapping"][0])
    assert {"sheet", "row", "column", "value", "reason"} == set(said["rejected"][0])
    assert {"level", "low", "high"} == set(said["interval"])


@pytest.mark.parametrize("name", ["L/P", "l/p", "jenis_kelamin", "Jenis Kelamin"])
def test_groups_are_named_by_the_header_or_the_profiles_name(name):
    groups = json.loads(mutu("skm", "score", MIXED, "--by", name, "--json")[1])["groups"]

    assert {group["column"] for group in groups} == {"L/P"}
    assert {group["value"] for group in groups} == {"Laki-laki", "Perempuan"}


def test_a_column_that_is_not_there_is_answered_with_those_that_are():
    code, out, err = mutu("skm", "score", MIXED, "--by", "Kecamatan")

    assert (code, out) == (2, "")
    assert "«Kecamatan»" in err
    assert "«L/P»" in err
    assert "\n" not in err.strip()


def test_a_column_of_names_does_not_divide_and_the_answer_says_why(tmp_path):
    file = tmp_path / "f.csv"
    file.write_text("Nama,Loket,Persyaratan\n" + "".join(f"Rekaan {row},{row % 2},3\n" for row in range(20)), "utf-8")
    code, _out, err = mutu("skm", "score", str(file), "--by", "Nama", "--lang", "en")

    assert code == 2
    assert "personal data" in err
    assert "Rekaan" not in err


def test_a_file_with_hundreds_of_other_columns_fits_a_screen(tmp_path):
    file = tmp_path / "f.csv"
    others = ",".join(f"Lain {place}" for place in range(300))
    file.write_text(f"Persyaratan,Prosedur,{others}\n" + ("4,3," + ",".join("x" * 300) + "\n") * 12, "utf-8")
    code, out, _err = mutu("skm", "score", str(file), "--lang", "en")

    assert code == 0
    assert "Further columns that are not used: 280" in out
    assert out.count("\n") < 60
    assert len(json.loads(mutu("skm", "score", str(file), "--json")[1])["mapping"]) == 302


def test_tables_for_people_are_plain_where_there_is_no_terminal():
    code, out, _err = mutu("skm", "score", MIXED, "--lang", "en")

    assert code == 0
    assert "\x1b" not in out
    assert "IKM 84.42, grade B (good), n = 45" in out
    assert re.search(r"8\. Sarana dan prasarana +U9 Facilities", out)
    assert re.search(r"Entri Kuesioner +36 +5\. Produk layanan +11 ", out)


def test_numbers_follow_the_language_for_people_and_not_in_json():
    assert "91,48" in mutu("skm", "score", GASPUL)[1]
    assert "91.48" in mutu("skm", "score", GASPUL, "--lang", "en")[1]
    assert json.loads(mutu("skm", "score", GASPUL, "--json")[1])["ikm"] == 91.48


def test_a_cell_that_looks_like_markup_is_shown_as_it_is(tmp_path):
    file = tmp_path / "f.csv"
    file.write_text("Persyaratan,[red]Prosedur[/red]\n" + "4,3\n" * 60 + "4,[bold]x\n", encoding="utf-8")
    _code, out, _err = mutu("skm", "score", str(file))

    assert "[red]Prosedur[/red]" in out
    assert "[bold]x" in out


@pytest.mark.parametrize(("option", "value"), [("--population", "0"), ("--weights", "0.2"), ("--scale", "x")])
def test_a_wrong_option_is_wrong_usage(option, value):
    code, out, err = mutu("skm", "score", GASPUL, option, value)

    assert (code, out) == (2, "")
    assert value in err


def test_a_report_is_five_files_and_the_same_result(report):
    folder, said, _err = report

    names = ["laporan-skm.docx", "laporan-skm.pdf", "poster-ikm.pdf", "poster-ikm.png", "rekap-skm.xlsx"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert sorted(Path(path).name for path in said["files"].values()) == names
    assert (said["ikm"], said["population"]) == (84.42, 400)
    text = "\n".join(page.extract_text() for page in PdfReader(folder / "laporan-skm.pdf").pages)
    assert "84,42" in text
    assert "91,48" in text
    assert "Kantor Rekaan" in text


@pytest.mark.parametrize("name", ["data-pribadi.xlsx", "google-campuran.xlsx"])
def test_no_file_of_the_report_holds_what_is_personal(name, tmp_path):
    cases = json.loads((FILES.parent / "expected.json").read_text(encoding="utf-8"))["good"]
    secrets = next(case["absent"] for case in cases if case["file"].endswith(name))
    code, out, err = mutu("skm", "report", str(FILES / name), "--out", str(tmp_path))

    assert code == 0
    written = out + err
    for file in tmp_path.iterdir():
        if file.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(file) as parts:
                written += "".join(parts.read(part).decode("utf-8", "replace") for part in parts.namelist())
        elif file.suffix == ".pdf":
            written += "".join(page.extract_text() for page in PdfReader(file).pages)
    assert secrets
    assert [secret for secret in secrets if secret in written] == []


def test_answers_of_another_scale_are_listed_with_what_they_count_as():
    said = json.loads(mutu("skm", "score", str(FILES / "skala-1-5.xlsx"), "--scale", "1-5", "--json")[1])

    columns = [
        mapped["column"] for mapped in said["mapping"] if mapped["unsur"] in {part["kode"] for part in said["unsur"]}
    ]
    assert set(said["converted"]) == set(columns)
    assert said["converted"][columns[0]] == {"1": 1.0, "2": 1.75, "3": 2.5, "4": 3.25, "5": 4.0}


def test_an_office_that_raises_the_smallest_group_sees_fewer_of_them(tmp_path):
    profile = tmp_path / "office.toml"
    profile.write_text("min_group = 40", encoding="utf-8")
    options = ["--by", "L/P", "--json"]
    usual = json.loads(mutu("skm", "score", MIXED, *options)[1])["groups"]
    raised = ["--profile", str(profile), "--out", str(tmp_path / "out"), *options]
    groups = json.loads(mutu("skm", "report", MIXED, *raised)[1])["groups"]

    assert not all(group["suppressed"] for group in usual if group["n"] < 40)
    assert all(group["suppressed"] for group in groups if group["n"] < 40)
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "out" / "laporan-skm.pdf").pages)
    assert "kurang dari 40 responden" in " ".join(text.split())


def test_the_period_before_may_be_a_survey_file_with_the_same_map(tmp_path):
    headers = [f"kolom {place}" for place in range(1, 10)]
    rows = [[3, 4, 3, 4, 3, 4, 3, 4, 3], [4, 4, 4, 4, 3, 3, 3, 4, 4]] * 8
    for name, moved in (("kini", 0), ("lalu", 1)):
        lines = [headers, *([str(answer - moved) for answer in row] for row in rows)]
        (tmp_path / f"{name}.csv").write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    pairs = "\n".join(f'"{header}" = "U{place}"' for place, header in enumerate(headers, 1))
    (tmp_path / "peta.toml").write_text(f"[columns]\n{pairs}\n", encoding="utf-8")
    options = ["--map", str(tmp_path / "peta.toml"), "--previous", str(tmp_path / "lalu.csv")]
    code, _out, err = mutu("skm", "report", str(tmp_path / "kini.csv"), *options, "--out", str(tmp_path / "out"))

    assert code == 0, err
    pages = PdfReader(tmp_path / "out" / "laporan-skm.pdf").pages
    assert "+25,00" in " ".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("content", ["{", "[]", '{"ikm": "x"}', "[" * 100_000])
def test_a_previous_result_that_is_none_gets_a_sentence(content, tmp_path):
    before = tmp_path / "before.json"
    before.write_text(content, encoding="utf-8")
    code, out, err = mutu("skm", "report", GASPUL, "--out", str(tmp_path / "out"), "--previous", str(before))

    assert (code, out) == (1, "")
    assert "Traceback" not in err
    assert err.strip()


def test_a_folder_that_cannot_be_made_gets_a_sentence(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, _out, err = mutu("skm", "report", GASPUL, "--out", str(tmp_path / "file" / "out"))

    assert code == 2
    assert "--out" in err


def _few(folder, count):
    file = folder / "survei.csv"
    rows = [
        ["Layanan", *NAMES],
        *(["KTP" if row % 6 else "KK", *cells] for row, cells in enumerate(respondents(count))),
    ]
    file.write_bytes(as_csv(rows))
    return str(file)


def test_below_the_minimum_the_command_says_that_the_grade_is_not_to_be_published(tmp_path):
    said = json.loads(mutu("skm", "score", _few(tmp_path, 9), "--json", "--lang", "en")[1])

    assert said["mutu"]
    assert said["hints"][0].startswith("The grade must not be published yet: only 9 people answered")
    assert not any(
        "published" in hint for hint in json.loads(mutu("skm", "score", _few(tmp_path, 10), "--json")[1])["hints"]
    )


def test_an_office_may_publish_its_grade_later_only(tmp_path):
    profile = tmp_path / "office.toml"
    profile.write_text("min_n = 30\n", encoding="utf-8")
    options = ["--profile", str(profile), "--out", str(tmp_path / "out"), "--lang", "en"]
    code, _out, err = mutu("skm", "report", _few(tmp_path, 24), *options)

    assert code == 0
    assert "only 24 people answered, and it may be published from 30 respondents on" in err


def test_a_small_group_does_not_say_how_many_it_has(tmp_path):
    out = mutu("skm", "score", _few(tmp_path, 24), "--by", "Layanan", "--lang", "en")[1]
    row = next(line for line in out.splitlines() if " KK " in line)

    assert "< 5" in row
    assert " 4 " not in row


def _clustered(tmp_path, *, gap=False):
    rows = ["Loket,Persyaratan,Prosedur,Waktu"]
    for place in range(6):
        rows += [f"Loket {place},{3 + (place + turn) % 2},{3 - place % 2},{2 + turn % 3}" for turn in range(8)]
    if gap:
        rows[5] = "," + rows[5].partition(",")[2]
    file = tmp_path / "loket.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(file)


def test_who_was_asked_together_widens_the_interval_and_is_said(tmp_path):
    file = _clustered(tmp_path)
    alone = json.loads(mutu("skm", "score", file, "--json")[1])
    together = json.loads(mutu("skm", "score", file, "--cluster", "loket", "--json")[1])
    assert together["ikm"] == alone["ikm"]
    assert together["interval"] != alone["interval"]
    assert (alone["clusters"], alone["method"]) == (None, "hall-t")
    assert (together["clusters"], together["method"]) == (6, "cluster-jackknife-hall-t")
    assert "6 klaster" in mutu("skm", "score", file, "--cluster", "loket")[1].replace("\n", " ")
    out = tmp_path / "out"
    assert mutu("skm", "report", file, "--cluster", "loket", "--out", str(out))[0] == 0
    text = " ".join(page.extract_text() for page in PdfReader(out / "laporan-skm.pdf").pages)
    assert "jackknife atas 6 klaster" in " ".join(text.split())


def test_a_row_without_its_cluster_is_named_by_its_row_in_the_file(tmp_path):
    code, out, err = mutu("skm", "score", _clustered(tmp_path, gap=True), "--cluster", "Loket")
    assert (code, out) == (1, "")
    assert "Baris 6 tidak menyebut klasternya" in err


def test_the_json_gives_each_grade_its_probability():
    said = json.loads(mutu("skm", "score", MIXED, "--json")[1])
    assert [grade["mutu"] for grade in said["grades"]] == ["D", "C", "B", "A"]
    assert sum(grade["probability"] for grade in said["grades"]) == pytest.approx(1, abs=0.001)


def test_of_two_columns_of_one_kind_the_one_that_was_asked_for_divides(tmp_path):
    rows = ["Tanggal,Hari,Jenis Layanan,Unit Layanan,Umur,Kelompok Umur,Persyaratan,Prosedur"]
    days, kinds = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat"], ["KTP", "KK", "Akta"]
    for turn in range(60):
        unit = "Loket A" if turn % 3 else "Loket B"
        day = f"2026-03-{1 + turn % 20:02d}"
        rows.append(
            f"{day},{days[turn % 5]},{kinds[turn % 3]},{unit},{20 + turn % 30},{'muda' if turn % 2 else 'tua'},"
            f"{3 + turn % 2},{2 + turn % 3}"
        )
    file = tmp_path / "ganda.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")

    def values(column):
        said = json.loads(mutu("skm", "score", str(file), "--by", column, "--json")[1])
        return {group["value"] for group in said["groups"]}

    assert values("Unit Layanan") == {"Loket A", "Loket B"}
    assert values("Jenis Layanan") == set(kinds)
    assert values("Kelompok Umur") == {"muda", "tua"}
    assert values("Hari") == set(days)
    clusters = json.loads(mutu("skm", "score", str(file), "--cluster", "Hari", "--json")[1])["clusters"]
    assert clusters == 5
    assert json.loads(mutu("skm", "score", str(file), "--cluster", "Tanggal", "--json")[1])["clusters"] == 20


def test_days_that_cannot_be_told_divide_by_what_was_written(tmp_path):
    rows = ["Tanggal,Persyaratan,Prosedur"]
    rows += [f"{1 + turn % 3} Maret 2026,{3 + turn % 2},{2 + turn % 3}" for turn in range(30)]
    file = tmp_path / "tanggal.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    said = json.loads(mutu("skm", "score", str(file), "--by", "Tanggal", "--json")[1])
    assert {group["value"] for group in said["groups"]} == {"1 Maret 2026", "2 Maret 2026", "3 Maret 2026"}


def test_the_report_in_json_says_what_changed(report):
    _folder, said, _err = report
    assert {"previous", "current", "difference", "interval", "clear"} <= set(said["change"])


def test_a_printed_weight_may_be_written_with_a_comma():
    with_point = json.loads(mutu("skm", "score", GASPUL, "--weights", "0.11", "--json")[1])
    assert json.loads(mutu("skm", "score", GASPUL, "--weights", "0,11", "--json")[1]) == with_point
