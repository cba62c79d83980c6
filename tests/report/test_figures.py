"""Figures: what they say in words, that they can be told apart in grey, and that texts in them are only texts."""

from __future__ import annotations

import struct
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest

from mutu.locale import use
from mutu.look import colour, grade
from mutu.measure import skm
from mutu.report import figures

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _indonesian():
    with use("id"):
        yield


def _texts(svg):
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


def _aspects(*values, scale=(0, 5)):
    parts = [
        SimpleNamespace(code=str(n), name=f"Aspek <b>{n}</b> & $x$", index=value) for n, value in enumerate(values)
    ]
    return SimpleNamespace(aspects=parts, scale=scale)


@pytest.mark.parametrize("width", [720, 360])
def test_the_svg_says_every_element_with_value_and_grade_weakest_first(case, width):
    svg = figures.elements_svg(case.result, width=width)
    texts = _texts(svg)
    values = [text for text in texts if "," in text and text[-1] in "ABCD"]
    assert values[0] == "3,45  B"
    assert values[-1] == "4,00  A"
    assert len(values) == 9
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.get("role") == "img"
    assert "Waktu penyelesaian 3,45" in root.get("aria-label")
    assert all(unsur.nama.split()[0] in " ".join(texts) for unsur in case.result.unsur)


@pytest.mark.parametrize("width", [720, 360])
def test_nothing_in_the_svg_leaves_its_frame(case, width):
    root = ElementTree.fromstring(figures.elements_svg(case.result, width=width))  # noqa: S314
    wide, high = (float(size) for size in root.get("viewBox").split()[2:])
    assert wide == width
    for node in root:
        for name in ("x", "cx", "x1", "x2"):
            assert 0 <= float(node.get(name, 0)) <= wide
        for name in ("y", "cy", "y1", "y2"):
            assert 0 <= float(node.get(name, 0)) <= high


def test_texts_in_an_svg_are_only_texts():
    svg = figures.aspects_svg(_aspects(3.2, None, 5))
    assert "<b>" not in svg
    assert "Aspek <b>0</b> & $x$" in _texts(svg)
    assert "belum lengkap" in _texts(svg)


@pytest.mark.parametrize(("scale", "ticks"), [((0, 5), "0 1 2 3 4 5"), ((1, 4), "0 1 2 3 4"), ((0, 100), "0 10 20")])
def test_bars_of_aspects_stand_weakest_first_on_the_instruments_own_scale(scale, ticks):
    result = _aspects(3.25, None, 1.5, 2, scale=scale)
    for width in (720, 340):
        texts = _texts(figures.aspects_svg(result, width=width))
        assert [text for text in texts if "," in text or text == "belum lengkap"] == [
            "1,50",
            "2,00",
            "3,25",
            "belum lengkap",
        ]
        assert ticks in " ".join(text for text in texts if text.isdigit())
    axes = figures.aspects(result).axes[0]
    assert [bar.get_width() for bar in axes.patches] == [1.5, 2, 3.25, 0]
    assert axes.get_xlim()[0] == 0
    assert axes.get_xticks()[-1] == scale[1]


def test_an_aspect_is_called_weakest_only_when_all_are_known_and_it_is_alone():
    assert figures.aspects_finding(_aspects(3.25, 1.5)) == "Aspek terlemah: Aspek <b>1</b> & $x$ (1,50)"
    assert figures.aspects_finding(_aspects(3.25, None)) == "Indeks setiap aspek"
    assert figures.aspects_finding(_aspects(2, 2, 3)) == "Indeks setiap aspek"


def test_the_title_says_the_finding(case, build):
    assert figures.finding(case.result) == "NRR terendah: Waktu penyelesaian, 3,45"
    same = build.case_of(build.nine.clip(lower=3, upper=3)).result
    assert figures.finding(same) == "Semua unsur bernilai 3,00"
    drawn = figures.elements(case.result)
    assert drawn.get_suptitle() == "NRR terendah: Waktu penyelesaian, 3,45"


def test_dots_and_intervals_stand_where_the_numbers_are(case):
    axes = figures.elements(case.result).axes[0]
    dots = sorted(line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o")
    assert dots == pytest.approx(sorted(float(unsur.nrr) for unsur in case.result.unsur))
    spans = {
        tuple(line.get_xdata()) for line in axes.lines if len(line.get_xdata()) == 2 and line.get_linestyle() == "-"
    }
    assert {tuple(u.nrr_interval[:2]) for u in case.result.unsur} <= spans
    assert axes.get_xlim() == pytest.approx((1, 4), abs=0.05)


def test_one_respondent_can_be_drawn():
    result = skm.score(pd.DataFrame({"U1": [3]}))
    assert figures.to_png(figures.elements(result))
    assert "3,00" in figures.elements_svg(result)


def test_bars_begin_at_zero_and_odd_names_are_drawn_literally():
    drawn = figures.profile([("Pendidikan $x$", [("S1 \\frac{", 3), ("مرحبا 中文 😀", 1)])], 4)
    axes = drawn.axes[0]
    assert axes.get_xlim()[0] == 0
    assert [bar.get_width() for bar in axes.patches] == [3, 1]
    assert figures.to_png(drawn)
    assert figures.aspects_png(_aspects(1.5, None)).startswith(b"\x89PNG")


def test_characteristics_stand_in_two_columns_of_about_the_same_length_and_none_is_lost():
    counts = [(f"Ciri {n}", [(f"{n}-{part}", part + 1) for part in range(size)]) for n, size in enumerate((2, 6, 6, 5))]
    drawn = figures.profile(counts, 30)
    labels = [[label.get_text() for label in axes.get_yticklabels()] for axes in drawn.axes]
    assert [len(column) for column in labels] == [8, 11]
    assert [label for column in labels for label in column] == [
        category for _name, parts in counts for category, _count in parts
    ]
    assert figures.to_png(figures.profile([], 1))


def test_a_figure_is_sharp_enough_for_print(case):
    width, _height = struct.unpack(">II", figures.to_png(figures.elements(case.result))[16:24])
    assert width == 1260  # 6.3 inches at 200 dots an inch


def _luminance(value):
    parts = [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_what_figures_use_can_be_seen_in_grey():
    for name in ("primary", "second", "ink", "edge", "quiet"):
        assert _contrast(colour(name), colour("paper")) >= 3
    for letter in "ABCD":
        assert _contrast(grade(letter).fill, grade(letter).text) >= 4.5
