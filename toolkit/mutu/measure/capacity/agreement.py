"""How far the members of a unit give the same answers, and whether units differ: rwg, rwg(j), ICC(1) and ICC(2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, SettingError, Term
from mutu.locale import _, integer, number, percent
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.result import Result
from mutu.measure.settings import is_number, scale_of


@dataclass(frozen=True)
class BetweenUnits(Result):
    """How far the units explain their members' answers.

    Attributes
    ----------
    icc1 : share of the variance of one member's answer that lies between units; may be below zero
    icc2 : reliability of the units' means; None where it is not defined
    units, n : units and members
    method : "one-way analysis of variance, mean size of the units; no interval"
    """

    icc1: float
    icc2: float | None
    units: int
    n: int
    method: str = "one-way analysis of variance, mean size of the units; no interval"

    def __float__(self) -> float:
        return self.icc1

    def sentence(self) -> str:
        """How far answers differ between units, and how far a unit's mean can be trusted."""
        fields = {"n": integer(self.n), "units": integer(self.units), "icc1": number(self.icc1)}
        if self.icc1 <= 0 or self.icc2 is None:
            return _(
                "Members of one unit answer no more alike than members of different ones (ICC(1) = {icc1}; {n} members "
                "of {units} units; no interval)."
            ).format(**fields)
        return _(
            "Of the differences between members' answers {share} lie between units (ICC(1) = {icc1}); the units' means "
            "have a reliability of {icc2} (ICC(2)); {n} members of {units} units; no interval."
        ).format(**fields, share=percent(self.icc1, 0), icc2=number(self.icc2))

    def rows(self) -> list[dict[str, str]]:
        """One row."""
        return [
            {
                _("Units"): integer(self.units),
                "n": integer(self.n),
                "ICC(1)": number(self.icc1, 3),
                "ICC(2)": number(self.icc2, 3),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {"method": self.method, "icc1": self.icc1, "icc2": self.icc2, "units": self.units, "n": self.n}


def rwg(values: Any, scale: tuple[float, float], *, null_variance: float | None = None) -> float:
    """Agreement of raters about one thing: 1 - s² ÷ σ², with σ² the variance if everybody answered at random.

    Parameters
    ----------
    values : one rating a rater, shape (raters,), at least two: an array, a series of any library, or a frame of one
        column
    scale : lowest and highest rating, whole numbers between them
    null_variance : σ²; by default that of a uniform distribution over the A points, (A² - 1) ÷ 12. Where answers are
        skewed or mild, a uniform one makes agreement look stronger than it is: give a smaller one to see by how much

    Returns
    -------
    0 where the ratings vary more than at random, 1 where all are the same

    Raises
    ------
    InputError : fewer than two raters
    AnswerError : a rating is no number, or infinite
    SettingError : a scale without points between its ends, or a variance that is not above zero

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85-98. LeBreton & Senter (2008), Organizational
    Research Methods 11, 815-852 (on the choice of σ²).

    Examples
    --------
    >>> rwg(np.array([4.0, 4.0, 5.0, 4.0]), (1, 5))
    0.875
    """
    return _agreement(frames.vector(values, Term(N_("rating")), least=2)[:, None], scale, null_variance)


def rwg_j(values: Any, scale: tuple[float, float], *, null_variance: float | None = None) -> float:
    """Agreement of raters over J parallel items: J q ÷ (J q + 1 - q), with q = 1 - (mean variance ÷ σ²).

    Parameters
    ----------
    values : frame or array, raters × items; each item's variance is over the raters who answered it
    scale, null_variance : as in `rwg`

    Raises
    ------
    InputError : an item that fewer than two raters answered
    AnswerError : a rating is no number, or infinite
    SettingError : as in `rwg`

    References
    ----------
    James, Demaree & Wolf (1984), Journal of Applied Psychology 69, 85-98; negative values are set to zero, as they
    recommend.

    Examples
    --------
    >>> round(rwg_j(np.array([[4.0, 3.0], [4.0, 4.0], [5.0, 4.0], [4.0, 3.0]]), (1, 5)), 3)
    0.921
    """
    return _agreement(frames.matrix(values).values, scale, null_variance)


def _agreement(values: Floats, scale: tuple[float, float], null_variance: float | None) -> float:
    random = _at_random(scale) if null_variance is None else null_variance
    if not is_number(random) or random <= 0:
        raise SettingError(N_("The variance of random answers must be above zero, not {found}."), found=random)
    if (np.sum(~np.isnan(values), axis=0) < 2).any():
        raise InputError(N_("Agreement needs at least two raters for every item. Ask more people."))
    q = 1 - float(np.nanvar(values, axis=0, ddof=1).mean()) / random
    items = values.shape[1]
    return items * q / (items * q + 1 - q) if q > 0 else 0.0


def _at_random(scale: tuple[float, float]) -> float:
    low, high = scale_of(scale)
    points = high - low + 1
    if points < 2:
        raise SettingError(N_("The scale {low} to {high} has no two points."), low=low, high=high)
    return (points**2 - 1) / 12


def between_units(groups: Sequence[Any]) -> BetweenUnits:
    """ICC(1) and ICC(2) of members in units of any size, from the one-way analysis of variance.

    Parameters
    ----------
    groups : the members' values of each unit, each as `rwg` takes them; at least two units and more members than units

    Notes
    -----
    The size of a unit in ICC(1) is the mean size, as in Bliese's R package multilevel. `reliability.icc` needs the same
    number of raters for every unit and has intervals.

    Raises
    ------
    InputError : fewer than two units, no unit of two members, or all values the same
    AnswerError : a value is no number, or infinite

    References
    ----------
    Bartko (1976), Psychological Bulletin 83, 762-765. Bliese (2000), in Klein & Kozlowski (eds.), Multilevel Theory,
    Research, and Methods in Organizations, 349-381.

    Examples
    --------
    >>> found = between_units([np.array([4.0, 5.0, 4.0]), np.array([2.0, 3.0]), np.array([3.0, 3.0, 4.0])])
    >>> round(found.icc1, 3), round(found.icc2, 3)
    (0.637, 0.824)
    """
    given = [frames.vector(values, Term(N_("value"))) for values in groups]
    known = [values[~np.isnan(values)] for values in given]
    sizes = np.array([len(values) for values in known])
    n, units = int(sizes.sum()), len(known)
    if units < 2 or n <= units:
        raise InputError(N_("Agreement between units needs at least two units, and one of them with several members."))
    everything = np.concatenate(known)
    if np.ptp(everything) == 0:
        raise InputError(N_("All answers are the same, so units cannot be told apart."))
    means = np.array([values.mean() for values in known])
    between = float(sizes @ (means - everything.mean()) ** 2) / (units - 1)
    within = float(sum(((values - mean) ** 2).sum() for values, mean in zip(known, means, strict=True))) / (n - units)
    icc1 = (between - within) / (between + (n / units - 1) * within)
    return BetweenUnits(icc1, (between - within) / between if between > 0 else None, units, n)
