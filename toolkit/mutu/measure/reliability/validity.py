"""The table «uji validitas dan reliabilitas» as Indonesian reports and theses print it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mutu.errors import N_, SettingError
from mutu.locale import _, integer, number
from mutu.measure.intervals import t_quantile
from mutu.measure.reliability.alpha import AlphaResult, ItemResult, cronbach_alpha
from mutu.measure.reliability.jackknife import LOWEST, said
from mutu.measure.result import Interval, Result
from mutu.measure.settings import is_number

LEAST_JUDGED = 10  # respondents below which no scale is called reliable or not


@dataclass(frozen=True)
class ValidityResult(Result):
    """Items against the r-table, and alpha against its usual limit.

    Attributes
    ----------
    scale : alpha with its interval and the items
    r_table : the critical correlation for n respondents, two-sided
    significance : its level
    least_alpha : from which alpha the scale is called reliable
    corrected : whether an item is judged by its correlation with the other items only
    """

    scale: AlphaResult
    r_table: float
    significance: float
    least_alpha: float
    corrected: bool

    def __float__(self) -> float:
        return self.scale.alpha

    def r(self, item: ItemResult) -> float:
        """The correlation that an item is judged by."""
        return item.corrected if self.corrected else item.item_total

    @property
    def n(self) -> int:
        """Respondents who answered every item."""
        return self.scale.n

    @property
    def interval(self) -> Interval | None:
        """95 % interval of alpha."""
        return self.scale.interval

    @property
    def method(self) -> str:
        """How the interval was made."""
        return self.scale.method

    @property
    def valid(self) -> tuple[str, ...]:
        """The items whose correlation exceeds the r-table."""
        return tuple(item.name for item in self.scale.items if self.r(item) > self.r_table)

    @property
    def reliable(self) -> bool | None:
        """Whether alpha exceeds the usual limit; None of fewer than 10 respondents, or without a usable interval."""
        found = self.scale.interval
        if self.n < LEAST_JUDGED or found is None or found.low < LOWEST:
            return None
        return self.scale.alpha > self.least_alpha

    @property
    def verdict(self) -> str:
        """What is said of the scale, in the language in use."""
        return {True: _("reliable"), False: _("not reliable"), None: _("no verdict possible")}[self.reliable]

    @property
    def unsure(self) -> bool:
        """Whether the interval of alpha leaves both verdicts open."""
        found = self.scale.interval
        return self.reliable is not None and found is not None and found.low <= self.least_alpha < found.high

    def sentence(self) -> str:
        """How many items are valid, whether the scale is reliable, and what that does not say."""
        text = _(
            "{valid} of {items} items are valid (r above the r-table of {table} for n = {n}); Cronbach's alpha is "
            "{alpha} ({interval}), {verdict} at the usual limit of {limit}."
        ).format(
            valid=integer(len(self.valid)),
            items=integer(len(self.scale.items)),
            table=number(self.r_table, 3),
            n=integer(self.scale.n),
            alpha=number(self.scale.alpha),
            interval=said(self.scale.interval),
            verdict=self.verdict,
            limit=number(self.least_alpha),
        )
        if self.reliable is None:
            text = self._open()
        return " ".join([text, *self.remarks()])

    def _open(self) -> str:
        text = (
            _(
                "{n} respondents are too few to call a scale reliable or not: Cronbach's alpha is {alpha} "
                "({interval}). {valid} of {items} items have an r above the r-table of {table}. Ask more people."
            )
            if self.n < LEAST_JUDGED
            else _(
                "Whether the scale is reliable cannot be told: Cronbach's alpha is {alpha} ({interval}), n = {n}. "
                "{valid} of {items} items have an r above the r-table of {table}."
            )
        )
        return text.format(
            n=integer(self.n),
            alpha=number(self.scale.alpha),
            interval=said(self.scale.interval),
            valid=integer(len(self.valid)),
            items=integer(len(self.scale.items)),
            table=number(self.r_table, 3),
        )

    def remarks(self) -> list[str]:
        """What must be named beside the table."""
        found = self.scale.remarks()
        if self.unsure:
            found.insert(0, _("The interval contains the limit, so another sample may lead to the other verdict."))
        if not self.corrected:
            found.append(
                _("r includes the item itself in the total and is therefore higher than the corrected correlation.")
            )
        return found

    def rows(self) -> list[dict[str, str]]:
        """One row an item, and alpha below, in the words of such reports."""
        names = (
            _("No."),
            _("Item"),
            _("r (item-total)"),
            _("r (corrected)"),
            _("Limit (r-table, alpha)"),
            _("Verdict"),
        )
        lines = [
            (
                integer(place),
                item.name,
                number(item.item_total, 3),
                number(item.corrected, 3),
                number(self.r_table, 3),
                _("Valid") if item.name in self.valid else _("Not valid"),
            )
            for place, item in enumerate(self.scale.items, 1)
        ]
        verdict = {True: _("Reliable"), False: _("Not reliable"), None: _("No verdict possible")}[self.reliable]
        last = ("", _("Cronbach's alpha"), number(self.scale.alpha, 3), "", number(self.least_alpha, 3), verdict)
        return [dict(zip(names, line, strict=True)) for line in [*lines, last]]

    def as_json(self) -> dict[str, Any]:
        """The table as plain numbers, with all that alpha says."""
        return {
            **self.scale.as_json(),
            "measure": "validity",
            "r_table": self.r_table,
            "significance": self.significance,
            "corrected": self.corrected,
            "valid": list(self.valid),
            "least_alpha": self.least_alpha,
            "reliable": self.reliable,
        }


def validity(
    data: Any,
    columns: Sequence[str] | None = None,
    *,
    corrected: bool = False,
    significance: float = 0.05,
    least_alpha: float = 0.6,
) -> ValidityResult:
    """The validity and reliability test that Indonesian reports and theses print: item-total r against the r-table.

    An item is called valid when its correlation with the total exceeds the r-table, the scale reliable when alpha
    exceeds the limit. Both are conventions: r above the r-table says that an item goes with the others, not that it
    measures what it should, and it depends on n. Of fewer than 10 respondents, or without an interval of alpha that
    stays above -1, nothing is called reliable or not.

    Parameters
    ----------
    data : frame of answers, respondents in rows and items in columns, or an array of that shape
    columns : the items; all by default
    corrected : judge an item by its correlation with the other items (SPSS: corrected item-total correlation) instead
        of with the total that contains it
    significance : of the r-table, two-sided
    least_alpha : the limit of alpha, 0.6 or 0.7 in most reports

    Raises
    ------
    InputError, AnswerError : as in `cronbach_alpha`
    SettingError : the significance or the limit is not between 0 and 1

    References
    ----------
    Sugiyono (2011), Metode Penelitian Kuantitatif, Kualitatif dan R&D, table of r product moment, 5 %.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import reliability
    >>> items = {"U1": [4, 3, 3, 2, 4, 3], "U2": [4, 3, 2, 2, 4, 4], "U3": [3, 3, 3, 1, 4, 3]}
    >>> table = reliability.validity(pl.DataFrame({name: answers * 2 for name, answers in items.items()}))
    >>> table.valid, round(table.r_table, 3), table.reliable
    (('U1', 'U2', 'U3'), 0.576, True)
    """
    if not (is_number(least_alpha) and 0 < least_alpha < 1):
        raise SettingError(N_("The limit of alpha must be between 0 and 1, not {value}."), value=least_alpha)
    scale = cronbach_alpha(data, columns)
    return ValidityResult(scale, r_table(scale.n, significance), significance, least_alpha, corrected)


def r_table(n: int, significance: float = 0.05) -> float:
    """The correlation that n pairs exceed by chance in `significance` of the samples, two-sided: the r-table.

    r = t ÷ √(t² + n - 2), with t the quantile of Student's t for n - 2 degrees of freedom.

    Parameters
    ----------
    n : pairs, at least 3
    significance : between 0 and 1

    Raises
    ------
    SettingError : n or the significance is outside these limits

    References
    ----------
    The four-digit table in use at Indonesian universities (two-sided 5 %, df = n - 2 from 1 to 97) agrees in every row.
    In a copy of the three-digit table of Sugiyono (2011) n = 9, 13, 19 and 29 are misprinted (0,688, 0,533, 0,458 and
    0,387 for 0,666, 0,553, 0,456 and 0,367), and n = 48, 49, 100, 150, 200 and 800 differ in the last digit.

    Examples
    --------
    >>> round(r_table(30), 3)
    0.361
    """
    if not is_number(n) or n < 3:
        raise SettingError(N_("The r-table needs at least 3 respondents, not {n}."), n=n)
    if not (is_number(significance) and 0 < significance < 1):
        raise SettingError(N_("The significance must be between 0 and 1, not {value}."), value=significance)
    t = t_quantile(n - 2, 1 - significance)
    return t / math.sqrt(t**2 + n - 2)
