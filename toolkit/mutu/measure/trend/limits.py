"""The constants that make the limits of a chart, and when limits are widened."""

from __future__ import annotations

import math
from typing import Any

RANGE = 1.128  # mean range of two, in standard deviations (d2), with the digits of the textbooks
FURTHEST = 3.267  # upper limit of moving ranges, in mean ranges (D4)


def is_dispersed(dispersion: Any, count: int) -> Any:
    """Whether months differ by more than chance explains: σ_z above the 95 % point of what it is without.

    `dispersion` is a number or an array, and so is the answer. Without more than chance, the standard deviation of σ_z
    is √(0.8264 k - 1.082) ÷ (k - 1) for k periods, which a simulation of 6 to 24 periods confirms.
    """
    return dispersion > 1 + 1.645 * math.sqrt(0.8264 * count - 1.082) / (count - 1)
