"""Colours that must be told apart are told apart: on paper without colour, and by people who see fewer colours."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from mutu.look import colour, grade

LETTERS = "ABCD"
LEAST_LIGHTNESS = 10  # steps of CIE L*, of 100 from black to white
LEAST_DIFFERENCE = 15  # CIE 1976 colour difference; about 2 is just seen side by side
# Machado, Oliveira, Fernandes (2009), A Physiologically-based Model for Simulation of Color Vision Deficiency,
# IEEE Transactions on Visualization and Computer Graphics 15(6): severity 1.0, on linear RGB.
SEEN_BY = {
    "most": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# IEC 61966-2-1: linear sRGB to CIE XYZ, white D65
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)


def _times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _linear(code):
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _lab(code, eyes="most"):
    """CIE L*a*b* of a colour as some eyes see it."""
    seen = [min(1, max(0, part)) for part in _times(SEEN_BY[eyes], _linear(code))]
    x, y, z = (_curve(part / white) for part, white in zip(_times(XYZ, seen), WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _curve(share):
    return share ** (1 / 3) if share > 216 / 24389 else (24389 / 27 * share + 16) / 116


def _difference(one, other, eyes):
    return sum((a - b) ** 2 for a, b in zip(_lab(one, eyes), _lab(other, eyes), strict=True)) ** 0.5


def test_the_arithmetic_gives_what_is_known():
    assert _lab("#FFFFFF") == pytest.approx((100, 0, 0), abs=0.01)
    assert _lab("#777777")[0] == pytest.approx(50.03, abs=0.01)
    assert _lab("#FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    for eyes in SEEN_BY:
        assert _difference("#808080", "#808080", eyes) == 0
        assert _lab("#808080", eyes) == pytest.approx(_lab("#808080"), abs=0.01)  # grey stays grey
    assert _difference("#FF0000", "#5F4A00", "protan") < 15  # red looks like a dark olive


@pytest.mark.parametrize(("better", "worse"), [*pairwise(LETTERS)])
def test_a_grade_and_the_next_differ_in_grey(better, worse):
    assert abs(_lab(grade(better).fill)[0] - _lab(grade(worse).fill)[0]) >= LEAST_LIGHTNESS


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_no_two_grades_look_alike_to_any_eyes(eyes):
    for one, other in combinations(LETTERS, 2):
        assert _difference(grade(one).fill, grade(other).fill, eyes) >= LEAST_DIFFERENCE, (one, other)


@pytest.mark.parametrize("eyes", SEEN_BY)
def test_a_figures_dot_bar_and_interval_are_told_from_paper_and_from_each_other(eyes):
    for one, other in (("primary", "ink"), ("primary", "paper"), ("second", "paper"), ("ink", "paper")):
        lightness = abs(_lab(colour(one), eyes)[0] - _lab(colour(other), eyes)[0])
        assert lightness >= LEAST_LIGHTNESS, (one, other)
