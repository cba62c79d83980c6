"""The module 02-skm as `mutu course check` sees it: every known submission graded by nbgrader's own engine."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest

from mutu.course import author
from mutu.course.author import prose
from mutu.course.author.variants import submitted, variants
from mutu.course.outcome import NotYet
from mutu.locale import LANGUAGES, use

MODULE = author.find("02-skm")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def checked():
    """`mutu course check 02 --json`, run once."""
    done = subprocess.run(
        [sys.executable, "-c", "from mutu.cli import main; main()", "course", "check", "02", "--json"],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    found = json.loads(done.stdout)["modules"]
    assert done.returncode == 0, [module["problems"] for module in found]
    return {module["language"]: module for module in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_the_same_tasks_and_points(checked, language):
    module = checked[language]
    assert (module["module"], module["tasks"], module["points"], module["jp"]) == ("02-skm", 7, 19, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_is_full_and_the_untouched_release_zero(checked, language):
    checks = checked[language]["checks"]
    assert checks["reference"] is True
    assert checks["untouched"] is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_usual_mistakes_earn_what_is_written_down_for_them(checked, language):
    wrong = checked[language]["checks"]["wrong"]
    assert len(wrong) >= 4
    assert all(wrong.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_other_right_ways_are_full(checked, language):
    other = checked[language]["checks"]["other"]
    assert len(other) >= 2
    assert all(other.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lesson_runs_top_to_bottom_and_reads_well(checked, language):
    checks = checked[language]["checks"]
    assert checks["lesson"] is True
    assert checks["prose"] is True
    assert checks["translation"] is True


def _exercise(language):
    """The exercise with its solutions, and as it is handed out."""
    name = MODULE.assignment(language)
    return [
        nbformat.read(author.built() / kind / name / f"{name}.ipynb", as_version=4) for kind in ("source", "release")
    ]


def _run(cells):
    """What a trainee meets who runs these cells in one kernel."""
    space = {}
    for cell in cells:
        if cell.cell_type == "code":
            exec(cell.source, space)  # noqa: S102  the module's own code


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_learned_by_heart_pass_every_check_that_a_trainee_sees(checked, language):
    (by_heart,) = [known for known in variants(MODULE) if known.name == "hanya-contoh"]
    assert not any(by_heart.marks.values())
    _run(submitted(by_heart, *_exercise(language)).cells)


# the line a trainee puts in the place of the first one that is missing -> what the check beside it has to name
MISTAKES = [
    ("ke-angka", "return str(ANGKA[teks])", "tanpa tanda kutip"),
    ("ke-angka", "ANGKA[teks]", "kata return"),
    ("nrr", "return sum(terisi) / len(jawaban)", "Hanya tiga orang menjawab"),
    ("nrr", "return round(sum(terisi) / len(terisi), 2)", "Jangan dibulatkan dulu"),
    ("nrr", "return sum(terisi) / len(terisi) if terisi else 0", "bukan berarti nilai 0"),
    ("bobot", "return 0.11", "bobot sembilan unsur"),
    ("bobot", "return 0,125", "dengan titik"),
    ("bobot", "return 0.125", "Bobot mengikuti banyak_unsur"),
    ("ikm", "return sum(n for n in daftar_nrr if n) * 0.11 * 25", "bobot 0,11"),
    ("ikm", "return sum(n for n in daftar_nrr if n) / len(daftar_nrr)", "kalikan 25"),
    ("ikm", "return sum(n for n in daftar_nrr if n) / len(daftar_nrr) * 20", "skala 1–5"),
    ("ikm", "return sum(n for n in daftar_nrr if n) / len(daftar_nrr) * 25", "Hanya tiga unsur ditanyakan"),
    ("huruf", 'return "A" if nilai >= 88.31 else "B" if nilai >= 76.61 else "D"', "88,305 menjadi 88,31"),
    ("huruf", 'return "A" if nilai > 88.31 else "B" if nilai > 76.61 else "D"', "Pakai >="),
    ("terlemah", "return min(tabel, key=lambda nama: tabel[nama] or 0)", "None bukan nilai terendah"),
    ("terlemah", "pilihan = nama if not pilihan or nilai <= tabel[pilihan] else pilihan", "Pakai <, bukan <="),
    ("tampilkan", "hasil[nama] = nilai", "L2 hanya tiga orang"),
    ("tampilkan", "hasil[nama] = nilai if banyak > 5 else None", "Lima orang sudah cukup"),
]


@pytest.mark.parametrize(("task", "line", "named"), MISTAKES)
def test_a_usual_mistake_is_named_where_the_trainee_sees_it(checked, task, line, named):
    _source, release = _exercise("id")
    cells = {cell.id: cell for cell in release.cells}
    cells[task].source = cells[task].source.replace("raise NotImplementedError()", line)
    with pytest.raises(NotYet, match=named):
        _run([cells["alat"], cells[task], cells[f"tes-{task}"]])


@pytest.fixture(scope="module", params=LANGUAGES)
def lesson(request, checked):
    """The built lesson of each language."""
    name = MODULE.assignment(request.param)
    return nbformat.read(author.built() / "lessons" / MODULE.name / f"{name}.ipynb", as_version=4)


def test_no_placeholder_is_left_in_a_lesson(lesson):
    assert not [cell.source for cell in lesson.cells if cell.cell_type == "markdown" and "{{" in cell.source]


def test_the_arc_of_a_lesson_is_kept_in_order(lesson):
    heads = [
        line[3:]
        for cell in lesson.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("## ")
    ]
    indonesian = [
        "Ingat lagi", "Situasi", "Tebak dulu", "Lihat data", "Langkah demi langkah", "Coba sendiri", "Cek pemahaman",
        "Jebakan", "Bawa ke kantor", "Ringkasan satu halaman",
    ]  # fmt: skip
    english = [MODULE.catalogue[f"## {head}"][3:] for head in indonesian]
    assert heads in (indonesian, english)


def test_questions_are_folded_away_and_most_ask_for_a_number_or_a_word(lesson):
    asked = [cell for cell in lesson.cells if "quiz" in cell.metadata.get("tags", [])]
    assert all(cell.metadata.jupyter.source_hidden for cell in asked)
    kinds = [cell.source.split("(")[0].split(".")[-1] for cell in asked]
    assert kinds.count("ask_number") + kinds.count("ask_word") > kinds.count("ask_choice") > 0


def test_english_prose_holds_no_indonesian_paragraph(lesson):
    if lesson.metadata.mutu.language == "en":
        said = {cell.source for cell in lesson.cells}
        own = {block for cell in MODULE.cells["lesson"] for block in [cell.source] if cell.type == "markdown"}
        assert not said & own


def test_the_data_say_in_the_file_itself_that_they_are_synthetic_and_are_the_same_every_time(tmp_path, checked):
    import openpyxl

    author.building.make_data(MODULE, tmp_path)
    file = tmp_path / "survei-dukcapil.xlsx"
    assert file.read_bytes() == (author.built() / "lessons/02-skm/data/survei-dukcapil.xlsx").read_bytes()
    book = openpyxl.load_workbook(file)
    assert "sintetis" in book.sheetnames[0]
    assert "SINTETIS" in book.active["A1"].value
    assert "SINTETIS" in book.properties.title


def test_the_prose_check_is_not_blind():
    cells = [cell for cell in MODULE.cells["lesson"] if cell.type == "markdown"]
    with use("id"):
        assert sum(1 for cell in cells for _said in prose.sentences(cell.source)) > 120
