"""Each month beside the same month of the year before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError, Term
from mutu.locale import _, integer, number, percent, signed
from mutu.measure.intervals import t_quantile, welch_half
from mutu.measure.result import Interval, Result, limits
from mutu.measure.trend.periods import Period, Series, named, series
from mutu.regulations import publication

_YEAR = 12


@dataclass(frozen=True)
class YearOnYear:
    """A month and the same month of the year before.

    Attributes
    ----------
    period, value, before : the month, its value, and the value a year earlier
    interval : interval of the difference that holds for all months together; None without standard errors
    """

    period: Period
    value: float
    before: float
    interval: Interval | None

    @property
    def difference(self) -> float:
        """Value minus the value a year earlier."""
        return self.value - self.before

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out «no change»."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


@dataclass(frozen=True)
class SeasonalComparison(Result):
    """Months beside the same months of the year before.

    Attributes
    ----------
    pairs : the months, in the order of time
    difference : mean of their differences
    interval : its interval over the months; None from a single month, or where all differ by the same
    alone : months whose counterpart a year earlier is missing
    missing : months without numbers
    """

    pairs: tuple[YearOnYear, ...]
    difference: float
    interval: Interval | None
    alone: tuple[Period, ...]
    missing: tuple[Period, ...]

    def __float__(self) -> float:
        return self.difference

    @property
    def n(self) -> int:
        """Months that have a counterpart."""
        return len(self.pairs)

    @property
    def method(self) -> str:
        """How the intervals were made."""
        each = "" if self.pairs[0].interval is None else "; each month welch, bonferroni"
        return f"same month of the year before, paired t{each}"

    def sentence(self) -> str:
        """Whether the year is better or worse than the one before, season for season."""
        text = _("In {n} months the value is on average {difference} from the same month a year before").format(
            n=integer(self.n), difference=signed(self.difference)
        )
        return " ".join([f"{text}{self._verdict()}", *self.remarks()])

    def _verdict(self) -> str:
        if self.interval is None:
            return _("; how sure that is cannot be told from the months alone.")
        around = _(" ({level} confidence interval {interval})").format(
            level=percent(self.interval.level, 0), interval=limits(self.interval, signed)
        )
        if self.interval.low <= 0 <= self.interval.high:
            return around + _(": a change cannot be told from chance.")
        if self.difference > 0:
            return around + _(": it has risen by more than chance explains.")
        return around + _(": it has fallen by more than chance explains.")

    def remarks(self) -> list[str]:
        """Months that differ by themselves, and months that could not be compared."""
        said = []
        clear = [pair.period for pair in self.pairs if pair.clear]
        if clear:
            said.append(
                _("These periods differ by more than chance explains: {periods}.").format(periods=named(tuple(clear)))
            )
        if self.missing:
            said.append(_("Without numbers: {periods}.").format(periods=named(self.missing)))
        return said

    def rows(self) -> list[dict[str, str]]:
        """One row a month."""
        return [
            {
                _("Period"): pair.period.text,
                _("Year before"): number(pair.before),
                _("Value"): number(pair.value),
                _("Difference"): signed(pair.difference),
                _("95% interval"): limits(pair.interval, signed),
            }
            for pair in self.pairs
        ]

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "difference": self.difference,
            "interval": self.interval.as_json(6) if self.interval else None,
            "pairs": [
                {
                    "period": pair.period.label,
                    "value": pair.value,
                    "before": pair.before,
                    "difference": pair.difference,
                    "interval": pair.interval.as_json(6) if pair.interval else None,
                    "clear": pair.clear,
                }
                for pair in self.pairs
            ],
            "alone": [period.label for period in self.alone],
            "missing": [period.label for period in self.missing],
        }


def same_month(values: Any, periods: Any, errors: Any | None = None, sizes: Any | None = None) -> SeasonalComparison:
    """Each month beside the same month of the year before, so that the season does not look like a change.

    The mean difference has a paired t interval over the months. Where the standard error and the respondents of each
    month are given, each month has an interval of its own, widened (Bonferroni) so that all hold together.

    Parameters
    ----------
    values : one number a month, shape (months,)
    periods : months as dates, «2026-03» or «Maret 2026», in any order
    errors : standard error of each value, zero or above
    sizes : respondents of each month, at least two; given with `errors`

    Raises
    ------
    InputError : periods that are no months, different lengths, a month twice, or no month with its counterpart
    AnswerError : a value is a text or infinite, an error below zero, a size below two
    SettingError : errors without sizes

    References
    ----------
    Welch (1947), Biometrika 34, 28-35. Dunn (1961), Journal of the American Statistical Association 56, 52-64.

    Examples
    --------
    >>> found = same_month([80, 82, 84, 83, 86, 87], ["2025-01", "2025-02", "2025-03", "2026-01", "2026-02", "2026-03"])
    >>> round(found.difference, 2), [pair.difference for pair in found.pairs]
    (3.33, [3.0, 4.0, 3.0])
    """
    if (errors is None) != (sizes is None):
        raise SettingError(N_("Give «errors» and «sizes» together, or neither."))
    columns: list[tuple[str, Any]] = [(Term(N_("value")), values)]
    if errors is not None:
        columns += [(Term(N_("standard error")), errors), (Term(N_("number of cases")), sizes)]
    found = series(columns, periods, 2, N_("At least {least} months with numbers are needed, there are {found}."))
    if found.periods[0].month is None:
        raise InputError(N_("Seasons need months as periods. Write them as 2026-03."))
    _check(found)
    places = {period: place for place, period in enumerate(found.periods)}
    both = [(place, places[period.before(_YEAR)]) for period, place in places.items() if period.before(_YEAR) in places]
    if not both:
        raise InputError(N_("No month has a number a year earlier too, so seasons cannot be compared."))
    pairs = tuple(_pair(found, now, then, len(both)) for now, then in both)
    differences = np.array([pair.difference for pair in pairs])
    mean = float(differences.mean())
    return SeasonalComparison(
        pairs=pairs,
        difference=mean,
        interval=_paired(differences.tolist(), mean),
        alone=tuple(period for place, period in enumerate(found.periods) if place not in {now for now, _then in both}),
        missing=found.missing,
    )


def _check(found: Series) -> None:
    if len(found.columns) == 1:
        return
    _values, errors, sizes = found.columns
    wrong = np.flatnonzero((errors < 0) | (sizes < 2))
    if len(wrong):
        raise AnswerError(
            N_("{period} needs a standard error of zero or above and a size of two or more. Correct it."),
            period=found.periods[int(wrong[0])].label,
        )


def _pair(found: Series, now: int, then: int, together: int) -> YearOnYear:
    value, *spread = found.columns
    interval = None
    if spread:
        level = float(publication().confidence)
        errors = [(float(spread[0][place]), int(spread[1][place])) for place in (now, then)]
        half = welch_half(errors[0], errors[1], 1 - (1 - level) / together)
        middle = float(value[now] - value[then])
        interval = None if half is None else Interval(middle - half, middle + half, level)
    return YearOnYear(found.periods[now], float(value[now]), float(value[then]), interval)


def _paired(differences: list[float], mean: float) -> Interval | None:
    n = len(differences)
    spread = math.fsum((one - mean) ** 2 for one in differences)
    if n < 2 or spread <= 1e-18 * n:
        return None
    level = float(publication().confidence)
    half = t_quantile(n - 1, level) * math.sqrt(spread / (n - 1) / n)
    return Interval(mean - half, mean + half, level)
