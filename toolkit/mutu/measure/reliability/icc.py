"""Intraclass correlations of raters who rated the same units on a scale of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from mutu.errors import N_, InputError, SettingError
from mutu.locale import _, integer, number
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.reliability.formulas import spearman_brown
from mutu.measure.reliability.jackknife import end, said
from mutu.measure.result import Interval, Result, limits
from mutu.regulations import publication

Form = Literal["1,1", "A,1", "C,1", "1,k", "A,k", "C,k"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True)
class IccForm:
    """One form of the coefficient; interval None where the raters agree without any error."""

    value: float
    interval: Interval | None


@dataclass(frozen=True)
class IccResult(Result):
    """The six intraclass correlations of a table of ratings.

    Attributes
    ----------
    form : the one that `float()` and the sentence give
    forms : form -> value and interval
    n : units rated by all raters
    left_out : units left out because a rating is missing
    raters : number of raters
    mean_squares : "units", "raters", "error" and "within" of the analysis of variance
    method : how the intervals were made
    """

    form: Form
    forms: Mapping[str, IccForm]
    n: int
    left_out: int
    raters: int
    mean_squares: Mapping[str, float]
    method: str

    def __float__(self) -> float:
        return self.value

    @property
    def value(self) -> float:
        """The coefficient of the form asked for."""
        return self.forms[self.form].value

    @property
    def interval(self) -> Interval | None:
        """95 % interval of the form asked for."""
        return self.forms[self.form].interval

    def sentence(self) -> str:
        """The form asked for, in words."""
        text = _(
            "The intraclass correlation ICC({form}) of {raters} raters over {n} units is {value} ({interval}): {what}."
        )
        filled = text.format(
            form=self.form,
            raters=integer(self.raters),
            n=integer(self.n),
            value=number(self.value),
            interval=said(self.interval),
            what=_meaning(self.form),
        )
        return " ".join([filled, *self.remarks()])

    def remarks(self) -> list[str]:
        """Units left out."""
        if not self.left_out:
            return []
        return [_("{count} units with too few ratings are left out.").format(count=integer(self.left_out))]

    def rows(self) -> list[dict[str, str]]:
        """One row a form."""
        return [
            {
                _("Form"): f"ICC({form})",
                _("Meaning"): _meaning(form),
                _("Value"): number(self.forms[form].value, 3),
                _("95% interval"): limits(self.forms[form].interval, lambda value: end(value, 3)),
            }
            for form in FORMS
        ]

    def as_json(self) -> dict[str, Any]:
        """The result as plain numbers."""
        return {
            "measure": "icc",
            "form": self.form,
            "value": self.value,
            "forms": {
                form: {"value": found.value, "interval": found.interval.as_json(4) if found.interval else None}
                for form, found in self.forms.items()
            },
            "method": self.method,
            "n": self.n,
            "left_out": self.left_out,
            "raters": self.raters,
            "mean_squares": dict(self.mean_squares),
        }


@dataclass(frozen=True)
class _Anova:
    """Mean squares of units × raters, after McGraw & Wong's MS_R, MS_C, MS_E and MS_W."""

    n: int
    k: int
    units: float
    raters: float
    error: float
    within: float


def icc(data: Any, columns: Sequence[str] | None = None, *, form: Form = "A,1") -> IccResult:
    """How far raters give the same numbers to the same units: the six intraclass correlations with F intervals.

    "1": each unit may have raters of its own; "A": the same raters, who should give the same number (agreement);
    "C": the same raters, who may differ by a constant (consistency). ",1" is the reliability of one rater's number,
    ",k" that of the mean of the k raters. "C,k" is Cronbach's alpha of the raters.

    Parameters
    ----------
    data : frame with units in rows and raters in columns, or an array of that shape; a unit with a gap is left out
    columns : the raters' columns; all by default
    form : which of the six is the main one

    Raises
    ------
    InputError : fewer than two raters or complete units, or the same number everywhere
    AnswerError : a rating is no number
    SettingError : another form

    Notes
    -----
    The intervals take ratings for normal; that of "A" is also an approximation (Satterthwaite), and wide where there
    are few raters, rightly so. For a scale of few points or skewed ratings `krippendorff_alpha` takes its interval from
    the data instead.

    References
    ----------
    McGraw & Wong (1996), Psychological Methods 1, 30-46. Shrout & Fleiss (1979), Psychological Bulletin
    86, 420-428: ICC(1,1), (2,1) and (3,1) there are "1,1", "A,1" and "C,1" here.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import reliability
    >>> forums = pl.DataFrame({"A": [9, 6, 8, 7, 10, 6], "B": [2, 1, 4, 1, 5, 2], "C": [5, 3, 6, 2, 6, 4]})
    >>> found = reliability.icc(forums)
    >>> [round(found.forms[form].value, 2) for form in ("A,1", "C,1", "C,k")]
    [0.22, 0.79, 0.92]
    """
    if form not in FORMS:
        raise SettingError(N_("The form is one of {known}, not {form}."), known=" ".join(FORMS), form=form)
    ratings = frames.matrix(data, columns, least_columns=2)
    found = _anova(ratings.complete, len(ratings.values))
    singles = {"1": _one_way(found), "A": _agreement(found), "C": _consistency(found)}
    means = {f"{kind},k": _of_mean(single, found.k) for kind, single in singles.items()}
    return IccResult(
        form=form,
        forms={**{f"{kind},1": single for kind, single in singles.items()}, **means},
        n=found.n,
        left_out=len(ratings.values) - found.n,
        raters=found.k,
        mean_squares={
            "units": found.units,
            "raters": found.raters,
            "error": found.error,
            "within": found.within,
        },
        method="anova-f",
    )


def _meaning(form: str) -> str:
    return {
        "1,1": _("one rater's number, raters differing from unit to unit"),
        "A,1": _("one rater's number, raters who should agree"),
        "C,1": _("one rater's number, raters who may differ by a constant"),
        "1,k": _("the mean of the raters, raters differing from unit to unit"),
        "A,k": _("the mean of the raters, raters who should agree"),
        "C,k": _("the mean of the raters, raters who may differ by a constant"),
    }[form]


def _anova(ratings: Floats, rows: int) -> _Anova:
    n, k = ratings.shape
    if n < 2:
        raise InputError(
            N_("Only {complete} of {rows} units are rated by every rater, and 2 are needed. Leave out raters."),
            complete=n,
            rows=rows,
        )
    if np.ptp(ratings) == 0:
        raise InputError(
            N_("All ratings are the same, so agreement cannot be told from chance. Rate units that differ.")
        )
    deviations = ratings - ratings.mean()
    by_unit, by_rater = deviations.mean(axis=1), deviations.mean(axis=0)
    whole = float((deviations**2).sum())
    units, raters = k * float(by_unit @ by_unit), n * float(by_rater @ by_rater)
    _need_difference(units / whole)
    rest = whole - units - raters
    error = 0.0 if rest < 1e-12 * whole else rest
    within = 0.0 if whole - units < 1e-12 * whole else whole - units
    return _Anova(n, k, units / (n - 1), raters / (k - 1), error / ((n - 1) * (k - 1)), within / (n * (k - 1)))


def _one_way(found: _Anova) -> IccForm:
    return _ratio_form(found, found.within, found.n * (found.k - 1))


def _consistency(found: _Anova) -> IccForm:
    return _ratio_form(found, found.error, (found.n - 1) * (found.k - 1))


def _ratio_form(found: _Anova, noise: float, freedom: int) -> IccForm:
    """(F - 1) ÷ (F + k - 1) for F = MS_R/noise, its interval from F's own distribution."""
    n, k = found.n, found.k
    value = (found.units - noise) / (found.units + (k - 1) * noise)
    if noise == 0:
        return IccForm(value, None)
    f = found.units / noise
    low, high = f / _quantile(n - 1, freedom), f * _quantile(freedom, n - 1)
    return IccForm(value, _ends((low - 1) / (low + k - 1), (high - 1) / (high + k - 1)))


def _agreement(found: _Anova) -> IccForm:
    n, k = found.n, found.k
    units, raters, error = found.units, found.raters, found.error
    value = (units - error) / (units + (k - 1) * error + k * (raters - error) / n)
    if value >= 1:
        return IccForm(1.0, None)
    freedom = _satterthwaite(found, value)
    above, below = _quantile(n - 1, freedom), _quantile(freedom, n - 1)
    spread = k * raters + (k * n - k - n) * error
    low = n * (units - above * error) / (above * spread + n * units)
    high = n * (below * units - error) / (spread + n * below * units)
    return IccForm(value, _ends(low, high))


def _satterthwaite(found: _Anova, value: float) -> float:
    """The degrees of freedom v of McGraw & Wong (1996) for ICC(A,1)."""
    n, k = found.n, found.k
    a = k * value / (n * (1 - value)) * found.raters
    b = (1 + k * value * (n - 1) / (n * (1 - value))) * found.error
    pieces = a**2 / (k - 1) + b**2 / ((n - 1) * (k - 1))
    return max((a + b) ** 2 / pieces, 1.0) if pieces > 0 else 1.0


def _of_mean(single: IccForm, k: int) -> IccForm:
    """The mean of k raters; its limits are those of one rater, carried over by Spearman-Brown."""
    _need_difference(1 + (k - 1) * single.value)
    found = single.interval
    if found is None or 1 + (k - 1) * found.low <= 0:
        return IccForm(spearman_brown(single.value, k), None)
    return IccForm(spearman_brown(single.value, k), _ends(spearman_brown(found.low, k), spearman_brown(found.high, k)))


def _need_difference(share: float) -> None:
    if share <= 1e-12:
        raise InputError(N_("The units' means hardly differ, so raters cannot agree on them. Rate units that differ."))


def _ends(low: float, high: float) -> Interval:
    return Interval(low, high, float(publication().confidence))


def _quantile(above: float, below: float) -> float:
    from scipy.special import fdtri

    return float(fdtri(above, below, 0.5 + float(publication().confidence) / 2))
