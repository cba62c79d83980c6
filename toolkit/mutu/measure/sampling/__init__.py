"""Before the survey: how many to ask, how to share them out, whom to draw, and how sure the index will be."""

from mutu.measure.sampling.allocation import Allocation, neyman, proportional
from mutu.measure.sampling.draw import Drawn, draw
from mutu.measure.sampling.margin import DesignEffect, ExpectedMargin, design_effect, expected_margin
from mutu.measure.sampling.size import SampleSize, cochran, krejcie_morgan, slovin

__all__ = [
    "Allocation",
    "DesignEffect",
    "Drawn",
    "ExpectedMargin",
    "SampleSize",
    "cochran",
    "design_effect",
    "draw",
    "expected_margin",
    "krejcie_morgan",
    "neyman",
    "proportional",
    "slovin",
]
