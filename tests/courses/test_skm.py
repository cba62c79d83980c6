"""The module 02-skm as `mutu course check` sees it: every known submission graded by nbgrader's own engine."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest

from mutu.course import author
from mutu.course.author import prose
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
