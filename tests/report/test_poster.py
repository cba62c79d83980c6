"""The poster: what must be on it, what must not be on it, and its size."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageColor
from pypdf import PdfReader

from mutu.locale import use
from mutu.look import colour
from mutu.report import poster
from mutu.report.figures import finding
from mutu.report.office import Office, Step
from mutu.report.skm import tables
from mutu.report.skm.facts import Facts


def _poster(tmp_path, case, office, language="id"):
    with use(language):
        poster.write(Facts(case.result, case.survey, office), tmp_path / "p.pdf", tmp_path / "p.png")
    pages = PdfReader(tmp_path / "p.pdf").pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


@pytest.fixture(scope="module")
def shown(tmp_path_factory, case, office):
    """Folder and text of the poster of the survey all tests know."""
    folder = tmp_path_factory.mktemp("poster")
    return folder, _poster(folder, case, office)


def test_index_grade_n_period_interval_and_extremes_stand_on_it(shown, case, office):
    _folder, text = shown
    for expected in ("91,48", "Mutu A Sangat baik", "29 responden", "Triwulan III 2026", office.unit, office.name):
        assert expected in text
    low, high = case.result.interval.low, case.result.interval.high
    assert f"{low:.2f} sampai {high:.2f}".replace(".", ",") in text
    strong, weak = text.index("Unsur terkuat"), text.index("Unsur terlemah")
    assert strong < text.index("Biaya/tarif 100,00") < weak < text.index("Waktu penyelesaian 86,21")
    assert "tulis di sini apa yang akan diperbaiki" in text
    assert office.report_url in text.replace(" ", "")


def test_the_biggest_text_is_the_index(shown):
    found = []
    PdfReader(shown[0] / "p.pdf").pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: found.append((abs(size * tm[0]), text.strip()))
    )
    order = [text for size, text in sorted(found, reverse=True) if text]
    assert order[:2] == ["91,48", "A"]


def test_the_picture_has_the_proportion_of_a3(shown):
    width, height = struct.unpack(">II", (shown[0] / "p.png").read_bytes()[16:24])
    assert (width, height) == pytest.approx((1754, 2480), abs=2)


def test_below_the_minimum_it_shows_no_grade_and_says_why(tmp_path, build, office):
    text = _poster(tmp_path, build.case_of(build.nine.iloc[:9]), office)
    assert "Mutu belum ditetapkan" in text
    assert "Baru 9 orang" in text
    assert "mulai dari 10 responden" in text
    for hidden in ("Sangat baik", "Baik", "Mutu A", "Mutu B", "91,", "9 responden", "terkuat"):
        assert hidden not in text


def test_a_raised_minimum_counts(tmp_path, case):
    assert "Mutu belum ditetapkan" in _poster(tmp_path, case, Office(min_n=30))
    assert not Facts(case.result, case.survey, Office(min_n=29)).too_few


def test_below_the_table_of_the_regulation_it_says_so(tmp_path, shown, case):
    assert "meminta 291 responden. Survei ini memiliki 29 responden" in shown[1]
    assert "Krejcie" not in _poster(tmp_path, case, Office(population=30))


def test_what_the_office_plans_stands_on_it(tmp_path, case):
    office = Office(plan={"U3": Step(program="Loket kedua #dibuka* $setiap$ Senin", time="Triwulan IV")})
    text = _poster(tmp_path, case, office)
    assert "Waktu penyelesaian: Loket kedua #dibuka* $setiap$ Senin (Triwulan IV)" in text
    assert "tulis di sini" not in text


def test_everything_the_office_plans_is_in_the_report_and_on_the_poster(tmp_path, case):
    office = Office(
        plan={kode: Step(program=f"Program {kode}", time="Triwulan I") for kode in ("U3", "U4", "U7", "U8")}
    )
    text = _poster(tmp_path, case, office)
    with use("id"):
        rows = [row[3] for row in tables.plan(Facts(case.result, case.survey, office)).rows]
    assert [step for step in rows if not step.startswith("…")] == [
        f"Program {kode}" for kode in ("U3", "U7", "U8", "U4")
    ]
    assert len(rows) == 6
    assert all(f"Program {kode} (Triwulan I)" in text for kode in office.plan)


def test_a_plan_for_an_element_without_answers_is_kept(tmp_path, build):
    case = build.case_of(build.answers_of({"U1": (0, 0, 12, 18), "U2": (0, 3, 12, 15)}))
    office = Office(plan={"U8": Step(program="Kotak saran")})
    assert "Kotak saran" in _poster(tmp_path, case, office)
    with use("id"):
        last = tables.plan(Facts(case.result, case.survey, office)).rows[-1]
    assert last[2:4] == ("tidak ada jawaban dalam survei ini", "Kotak saran")


def test_it_says_on_how_many_elements_the_index_rests(tmp_path, build, shown):
    case = build.case_of(build.answers_of({"U1": (0, 0, 12, 18), "U2": (0, 3, 12, 15)}))
    assert "rata-rata 2 dari 9 unsur" in _poster(tmp_path, case, Office())
    assert "dari 9 unsur" not in shown[1]


def test_one_element_is_not_called_all_elements(tmp_path, build):
    text = _poster(tmp_path, build.case_of(build.answers_of({"U1": (0, 0, 12, 18)})), Office())
    assert "Semua unsur" not in text
    assert "NRR: Persyaratan, 3,60" in text


def test_elements_that_print_the_same_mean_are_counted_together(build):
    case = build.case_of(build.answers_of({"U1": (0, 0, 299, 1), "U2": (0, 0, 300, 0), "U3": (0, 0, 100, 200)}))
    with use("id"):
        assert finding(case.result) == "NRR terendah: 3,00, pada 2 unsur"


@pytest.mark.parametrize("steps", [0, 1, 5])
def test_the_box_of_the_plan_ends_above_the_chart(tmp_path, case, office, steps):
    """Two notes, six extremes of which one takes two lines: the fullest poster."""
    plan = {f"U{number}": Step(program=f"Langkah {number} " + "panjang " * 12) for number in range(1, steps + 1)}
    text = _poster(tmp_path, case, replace(office, population=1200, plan=plan))
    assert all(f"Langkah {number} panjang" in text for number in range(1, steps + 1))
    title = []
    PdfReader(tmp_path / "p.pdf").pages[0].extract_text(
        visitor_text=lambda said, cm, tm, font, size: (
            title.append((tm[5] * cm[3] + cm[5], size * abs(tm[0]))) if "NRR terendah" in said else None
        )
    )
    (base, size), picture = title[0], Image.open(tmp_path / "p.png").convert("RGB")
    tint = np.all(np.asarray(picture) == ImageColor.getrgb(colour("primary-tint")), axis=2).any(axis=1)
    points = 1190.55 / picture.height
    assert 1190.55 - (np.flatnonzero(tint)[-1] + 1) * points > base + 0.8 * size


def test_a_very_long_name_still_fits_on_one_page(tmp_path, case):
    name = "Unit Pelaksana Teknis Daerah #1 *Pelayanan* " * 6
    text = _poster(tmp_path, case, Office(name=name, period="Semester " * 20, plan={"U3": Step(program="x " * 140)}))
    assert " ".join(name.split()) in text


def test_who_answered_adds_up_to_everybody(tmp_path, build):
    ages = [band for band in ("18–25", "26–35", "36–45", "46–55", "56–65", "≥ 66") for _person in range(5)]
    said = _poster(tmp_path, build.case_of(build.answers_of({"U1": (0, 0, 12, 18)}), profile={"usia": ages}), Office())
    assert "lainnya (10)" in said


def test_the_poster_speaks_english_too(tmp_path, case, office):
    text = _poster(tmp_path, case, office, "en")
    assert "Public satisfaction index" in text
    assert "91.48" in text
    assert "Very good" in text
