"""The interval of a ratio whose denominator is itself unsure.

Fieller (1954), Some problems in interval estimation, Journal of the Royal Statistical Society B 16, 175-185: the
interval holds every ratio r for which y - r x cannot be told from zero. It ends on both sides only where the
denominator can be told from zero.
"""

from __future__ import annotations

import math

from mutu.measure.estimation.cells import Cells, Codes, Sums
from mutu.measure.estimation.taylor import Linear, error
from mutu.measure.intervals import t_quantile
from mutu.measure.result import Interval

_SURE = 0.05  # (t se ÷ x)² of the denominator up to which linearisation is near enough


def over(
    cells: Cells, sums: Sums, places: Codes, found: Linear, linearised: Interval, *, lonely: str
) -> tuple[Interval | None, str]:
    """The interval of a ratio, and what its denominator is: "sure", "unsure" (Fieller's interval) or "weak" (none).

    Parameters
    ----------
    found, linearised : the ratio, and its interval as if the denominator were sure
    """
    bottom = float(sums.first[places, 1].sum())
    along = error(cells, sums, places, (0.0, 1.0), lonely)
    t = t_quantile(found.effective, linearised.level)
    unsure = (t * along / bottom) ** 2
    if unsure <= _SURE:
        return linearised, "sure"
    if unsure >= 1:
        return None, "weak"
    # residual y - R x has the error se · x; with the denominator it covaries by half of what their sum has more
    apart = found.se * bottom
    slope = found.value - sums.centre
    both = error(cells, sums, places, (1.0, 1.0 - slope), lonely)
    shared = (both**2 - apart**2 - along**2) / 2
    middle = t**2 * shared / bottom**2 / (1 - unsure)
    half = math.sqrt(middle**2 + t**2 * found.wide**2 / (1 - unsure))
    low, high = found.value - middle - half, found.value - middle + half
    return Interval(low, high, linearised.level), "unsure"
