"""Agreement between raters: Cohen's and Fleiss' kappa and Krippendorff's alpha.

All three are 1 - D_o/D_e, the disagreement seen over the one that chance alone would give; they differ in what chance
is. Their intervals leave out one unit at a time (see `jackknife.fisher_interval`). Simulated with two to four raters,
scales of two to four points and 10, 20, 30 and 100 units, these cover 92 to 98 % instead of 95 %, those with a normal
quantile 87 to 96 %. Where hardly a rating differs from the most common one, none covers: the result then says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError
from mutu.locale import _, integer, number
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.reliability.disagreement import Disagreement, Level, between, distance
from mutu.measure.reliability.jackknife import end, fisher_interval, said
from mutu.measure.reliability.ratings import categories
from mutu.measure.result import Interval, Result, limits

Weights = Literal["linear", "quadratic"]
METHOD = "jackknife-fisher-t"
RARE = 10  # ratings that differ from the most common one: below, the intervals were seen to cover 58 to 72 % only


@dataclass(frozen=True)
class AgreementResult(Result):
    """How far raters agree beyond chance.

    Attributes
    ----------
    measure : "cohen_kappa", "fleiss_kappa" or "krippendorff_alpha"
    value : 1 is full agreement, 0 what chance alone gives, below 0 less than that
    interval : 95 % interval; None where the data do not show how much the value varies
    n : units that count
    left_out : units left out because too few raters rated them
    raters : number of raters
    kind : the weights of Cohen's kappa ("none", "linear", "quadratic"), the level of Krippendorff's alpha, else ""
    other : ratings that differ from the most common one
    observed, expected : the disagreement seen, and expected by chance, in squared or plain distances of `kind`
    method : how the interval was made
    """

    measure: str
    value: float
    interval: Interval | None
    n: int
    left_out: int
    raters: int
    kind: str
    other: int
    observed: float
    expected: float
    method: str

    def __float__(self) -> float:
        return self.value

    @property
    def name(self) -> str:
        """What people call it, in the language in use."""
        return {
            "cohen_kappa": _("Cohen's kappa"),
            "fleiss_kappa": _("Fleiss' kappa"),
            "krippendorff_alpha": _("Krippendorff's alpha"),
        }[self.measure]

    def sentence(self) -> str:
        """The value, its interval, and what it is measured between."""
        text = _(
            "{name} of {raters} raters over {n} units is {value} ({interval}); 1 is full agreement, 0 what chance "
            "alone gives."
        ).format(
            name=self.name,
            raters=integer(self.raters),
            n=integer(self.n),
            value=number(self.value),
            interval=said(self.interval),
        )
        return " ".join([text, *self.remarks()])

    def remarks(self) -> list[str]:
        """Units left out, and whether too few ratings differ for the value to be relied on."""
        found = []
        if self.left_out:
            found.append(_("{count} units with too few ratings are left out.").format(count=integer(self.left_out)))
        if self.other < RARE:
            found.append(
                _("Only {count} ratings differ from the most common one, so the value is uncertain.").format(
                    count=integer(self.other)
                )
            )
        return found

    def rows(self) -> list[dict[str, str]]:
        """One row."""
        return [
            {
                _("Measure"): self.name,
                _("Value"): number(self.value, 3),
                _("95% interval"): limits(self.interval, lambda value: end(value, 3)),
                _("Units"): integer(self.n),
                _("Raters"): integer(self.raters),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """The result as plain numbers."""
        return {
            "measure": self.measure,
            "kind": self.kind,
            "value": self.value,
            "interval": self.interval.as_json(4) if self.interval else None,
            "method": self.method,
            "n": self.n,
            "left_out": self.left_out,
            "raters": self.raters,
            "other": self.other,
            "observed": self.observed,
            "expected": self.expected,
        }


def cohen_kappa(data: Any, columns: Sequence[str] | None = None, *, weights: Weights | None = None) -> AgreementResult:
    """Agreement of two raters beyond what their own habits would give by chance.

    κ = 1 - Σ d_ij p_ij ÷ Σ d_ij p_i. p_.j, with d_ij = 1 for any disagreement, |i - j| for linear and (i - j)² for
    quadratic weights, i and j being the numbers that were given. A unit that one of the two did not rate is left out.

    Parameters
    ----------
    data : frame with units in rows and the two raters in columns, or an array of that shape; without weights the
        ratings may be words
    columns : the two raters' columns; all by default
    weights : None for categories without order, "linear" or "quadratic" for a scale

    Raises
    ------
    InputError : other than two raters, fewer than two rated units, or the same rating everywhere
    AnswerError : a rating is no number although weights are asked for
    SettingError : other weights

    Notes
    -----
    SAS takes the distance of the numbers as here; R's irr takes the distance of places in the list of categories that
    were used, which differs where a category of the scale was never given.

    References
    ----------
    Cohen (1960), Educational and Psychological Measurement 20, 37-46; (1968), Psychological Bulletin 70, 213-220.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import reliability
    >>> forums = pl.DataFrame({"Ani": [1, 2, 3, 3, 2, 1, 4, 4], "Budi": [1, 2, 3, 4, 2, 1, 4, 3]})
    >>> round(reliability.cohen_kappa(forums).value, 3)
    0.667
    >>> round(reliability.cohen_kappa(forums, weights="quadratic").value, 3)
    0.9
    """
    if weights not in (None, *get_args(Weights)):
        raise SettingError(N_("Weights are none, linear or quadratic, not {weights}."), weights=weights)
    ratings = categories(data, columns) if weights is None else frames.matrix(data, columns).values
    if ratings.shape[1] != 2:
        raise InputError(
            N_("Cohen's kappa compares two raters, here are {found}; take fleiss_kappa or krippendorff_alpha."),
            found=ratings.shape[1],
        )
    both = ratings[~np.isnan(ratings).any(axis=1)]
    found = between(both, {None: "nominal", "linear": "linear", "quadratic": "interval"}[weights])
    return _result("cohen_kappa", found, ratings, weights or "none")


def fleiss_kappa(data: Any, columns: Sequence[str] | None = None) -> AgreementResult:
    """Agreement of several raters on categories without order, who need not be the same for every unit.

    κ = 1 - D_o/D_e, with D_o the share of pairs of ratings of one unit that differ, and D_e = 1 - Σ p_j² from the
    shares p_j of the categories among all ratings. Every unit needs the same number of ratings.

    Parameters
    ----------
    data : frame with units in rows and ratings in columns, or an array of that shape; ratings may be words
    columns : the columns of ratings; all by default

    Raises
    ------
    InputError : fewer than two raters or units, a gap, or the same rating everywhere

    References
    ----------
    Fleiss (1971), Psychological Bulletin 76, 378-382.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import reliability
    >>> forums = pl.DataFrame({"A": ["ya", "ya", "tidak"], "B": ["ya", "tidak", "tidak"], "C": ["ya", "ya", "tidak"]})
    >>> round(reliability.fleiss_kappa(forums).value, 3)
    0.55
    """
    ratings = categories(data, columns)
    gaps = np.argwhere(np.isnan(ratings))
    if len(gaps):
        raise InputError(
            N_("Row {row} has a gap; Fleiss' kappa needs all ratings of a unit. Take krippendorff_alpha instead."),
            row=int(gaps[0][0]) + 1,
        )
    found = distance(ratings, "nominal", pairs_with_itself=True)
    return _result("fleiss_kappa", found, ratings, "")


def krippendorff_alpha(data: Any, columns: Sequence[str] | None = None, *, level: Level = "nominal") -> AgreementResult:
    """Agreement of any number of raters on any scale, with gaps.

    α = 1 - D_o/D_e, with D_o the mean distance of two ratings of one unit and D_e that of any two ratings. A unit that
    fewer than two raters rated does not count.

    Parameters
    ----------
    data : frame with units in rows and raters in columns, or an array of that shape; nominal ratings may be words
    columns : the raters' columns; all by default
    level : what the ratings are: "nominal", "ordinal", "interval" or "ratio"

    Raises
    ------
    InputError : fewer than two raters or two units that count, or the same rating everywhere
    AnswerError : a rating is no number although the level needs one, or is negative at level ratio
    SettingError : another level

    Notes
    -----
    The customary interval, a bootstrap, is too narrow for the few units that are usual; leaving out one unit at a time
    comes close to its level (Hughes 2022, arXiv 2210.13265).

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania. Hayes & Krippendorff
    (2007), Communication Methods and Measures 1, 77-89.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import reliability
    >>> forums = pl.DataFrame({"A": [1, 2, 3, 3, 2], "B": [1, 2, 3, 3, None], "C": [None, 3, 3, 3, 2]})
    >>> round(reliability.krippendorff_alpha(forums, level="ordinal").value, 3)
    0.812
    """
    if level not in get_args(Level):
        raise SettingError(N_("The level is nominal, ordinal, interval or ratio, not {level}."), level=level)
    ratings = categories(data, columns) if level == "nominal" else frames.matrix(data, columns).values
    if level == "ratio" and (ratings < 0).any():
        row, _place = np.argwhere(ratings < 0)[0]
        raise AnswerError(N_("Row {row} holds a negative rating; the level ratio starts at 0."), row=int(row) + 1)
    counted = ratings[(~np.isnan(ratings)).sum(axis=1) >= 2]
    found = distance(counted, level, pairs_with_itself=False)
    return _result("krippendorff_alpha", found, ratings, level)


def _result(measure: str, found: Disagreement, ratings: Floats, kind: str) -> AgreementResult:
    n = len(found.left_out)
    _values, counts = np.unique(ratings[~np.isnan(ratings)], return_counts=True)
    return AgreementResult(
        measure=measure,
        value=1 - found.ratio,
        interval=fisher_interval(found.ratio, found.left_out),
        n=n,
        left_out=len(ratings) - n,
        raters=ratings.shape[1],
        kind=kind,
        other=int(counts.sum() - counts.max()),
        observed=found.observed,
        expected=found.expected,
        method=METHOD,
    )
