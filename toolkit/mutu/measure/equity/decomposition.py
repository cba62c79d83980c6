"""How much of all differences lies between groups, and how much inside them: variance, and Theil's index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError, Term
from mutu.locale import _, integer, number, percent
from mutu.measure import frames
from mutu.measure.equity.people import grouped
from mutu.measure.frames import Floats
from mutu.measure.result import Interval, Result, limits
from mutu.measure.withhold import not_shown
from mutu.regulations import publication

_NOTHING = 1e-12
_LEAST_SHOWN = 0.0005  # shares below are written as 0.0 %
_NEARLY_ALL = 0.999


@dataclass(frozen=True)
class Part:
    """One group.

    Attributes
    ----------
    label, n, mean : the group, its people and their (weighted) mean
    people, value : its share of the people and of the sum of all values
    variance, theil : inequality inside it
    """

    label: str
    n: int
    mean: float
    people: float
    value: float
    variance: float
    theil: float


@dataclass(frozen=True)
class Decomposition(Result):
    """Inequality between and within groups.

    Attributes
    ----------
    parts : the groups
    mean : mean of all people in them
    variance_between, variance_within : the two add up to the variance of all
    theil_between, theil_within : the two add up to Theil's index T of all
    interval : interval of the share of the variance that lies between groups in the population; None with weights,
        where the means lie closer together than chance alone would leave them, and where nobody differs inside groups
    by_chance : share of the variance that would lie between groups if they did not differ
    withheld : labels of groups too small to be shown; they take no part
    least : smallest group that is shown
    left_out : people without a value, a group or a weight
    weighted : whether weights were given
    """

    parts: tuple[Part, ...]
    mean: float
    variance_between: float
    variance_within: float
    theil_between: float
    theil_within: float
    interval: Interval | None
    by_chance: float
    withheld: tuple[str, ...]
    least: int
    left_out: int
    weighted: bool = False

    def __float__(self) -> float:
        """Share of the variance that lies between the groups."""
        return self.share

    @property
    def n(self) -> int:
        """People in the groups shown."""
        return sum(part.n for part in self.parts)

    @property
    def variance(self) -> float:
        """Variance of all people, squared deviations by people."""
        return self.variance_between + self.variance_within

    @property
    def theil(self) -> float:
        """Theil's index T of all people."""
        return self.theil_between + self.theil_within

    @property
    def share(self) -> float:
        """Share of the variance that lies between the groups."""
        return self.variance_between / self.variance

    @property
    def theil_share(self) -> float:
        """Share of Theil's index that lies between the groups."""
        return self.theil_between / self.theil

    @property
    def method(self) -> str:
        """How the interval was made."""
        return "sums of squares, theil t; noncentral f" if self.interval else "sums of squares, theil t"

    def sentence(self) -> str:
        """How much lies between the groups, and how much of that chance would bring."""
        said = [
            _("{share} of the variance lies between the groups, {rest} inside them (n = {n}, {groups} groups).").format(
                share=percent(self.share),
                rest=percent(1 - self.share),
                n=integer(self.n),
                groups=integer(len(self.parts)),
            )
        ]
        if self.interval is not None:
            said.append(
                _("In the population it is {interval} ({level} confidence interval).").format(
                    interval=self._limits(self.interval), level=percent(self.interval.level, 0)
                )
            )
        elif self.variance_within <= _NOTHING * self.variance:
            said.append(_("Inside the groups nobody differs, so how much it is in the population cannot be told."))
        elif not self.weighted:
            said.append(
                _(
                    "The groups lie closer together than chance alone would leave them, so there is no interval for "
                    "the population."
                )
            )
        said.append(
            _(
                "Chance alone would put {chance} between groups that do not differ. Of Theil's index it is {theil}."
            ).format(chance=percent(self.by_chance), theil=percent(self.theil_share))
        )
        return " ".join([*said, *self.remarks()])

    @staticmethod
    def _limits(found: Interval) -> str:
        if found.low > _NEARLY_ALL:
            return _("more than {share}").format(share=percent(_NEARLY_ALL))
        return limits(found, percent)

    def remarks(self) -> list[str]:
        """Which groups are not shown."""
        if not self.withheld:
            return []
        return [not_shown(self.withheld, self.least)]

    def rows(self) -> list[dict[str, str]]:
        """One row a group."""
        return [
            {
                _("Group"): part.label,
                "n": integer(part.n),
                _("Mean"): number(part.mean),
                _("Share of people"): percent(part.people),
                _("Share of the value"): percent(part.value),
                _("Variance inside"): number(part.variance),
                _("Theil's index inside"): number(part.theil, 4),
            }
            for part in self.parts
        ]

    def as_json(self) -> dict[str, Any]:
        """The parts as plain numbers; groups withheld by their labels alone."""
        return {
            "method": self.method,
            "n": self.n,
            "left_out": self.left_out,
            "mean": self.mean,
            "variance": {"between": self.variance_between, "within": self.variance_within, "share": self.share},
            "theil": {"between": self.theil_between, "within": self.theil_within, "share": self.theil_share},
            "interval": self.interval.as_json(6) if self.interval else None,
            "by_chance": self.by_chance,
            "groups": [
                {
                    "group": part.label,
                    "n": part.n,
                    "mean": part.mean,
                    "people": part.people,
                    "value": part.value,
                    "variance": part.variance,
                    "theil": part.theil,
                }
                for part in self.parts
            ],
            "withheld": list(self.withheld),
            "remarks": self.remarks(),
        }


def decompose(values: Any, groups: Any, weights: Any | None = None, *, least: int | None = None) -> Decomposition:
    """How much of the inequality of a value lies between groups and how much inside them.

    The variance is the measure to go by for an index or answers of a scale: it does not change when the scale is moved.
    Theil's T = mean of x/μ ln(x/μ) is for amounts (income, cost, days), where zero means nothing at all. Both add up
    exactly: between, the inequality if everyone had the mean of the own group; within, the groups' own inequality,
    weighted by people (variance) or by their share of the value (Theil). The share between is never zero in a sample,
    so the share that chance would bring, (groups - 1) ÷ (n - 1), stands beside it; the interval of the population's
    share inverts the noncentral F distribution and may start at zero. Where the means lie closer together than in 39 of
    40 samples without a difference no share fits, and there is none. It takes people as drawn one by one.

    Parameters
    ----------
    values : a number a person, zero or above, shape (people,)
    groups : the group of each person, same shape; texts or numbers
    weights : sampling weights, zero or above, same shape; equal by default. With weights there is no interval
    least : smallest group to show; may only be raised above the product's own. Smaller ones take no part at all

    Raises
    ------
    InputError : different lengths, fewer than two groups to show, or everyone with the same value
    AnswerError : a value or weight is a text, infinite or below zero
    SettingError : `least` below the product's own

    References
    ----------
    Theil (1967), Economics and Information Theory, chapter 4. Cowell (2011), Measuring Inequality, 3rd ed., Oxford
    University Press. Steiger (2004), Psychological Methods 9, 164-182, on the interval.

    Examples
    --------
    >>> found = decompose([60, 65, 70, 75, 80, 70, 75, 80, 85, 90], ["desa"] * 5 + ["kota"] * 5)
    >>> round(found.share, 3), round(found.by_chance, 3), round(found.theil, 4)
    (0.333, 0.111, 0.0067)
    """
    smallest = publication().least_group(least)
    found, masses, left_out = _collect(values, groups, weights)
    shown = [label for label, rows in found.items() if len(rows) >= smallest]
    if len(shown) < 2:
        raise InputError(
            N_("At least two groups of {least} people or more are needed, there are {found}."),
            least=smallest,
            found=len(shown),
        )
    everyone = np.concatenate([found[label] for label in shown])
    weight = np.concatenate([masses[label] for label in shown])
    if np.ptp(everyone) == 0:
        raise InputError(N_("All people have the same value, so there is no inequality to divide."))
    mean, mass = float(weight @ everyone / weight.sum()), float(weight.sum())
    parts = tuple(_part(label, found[label], masses[label], mass, mean) for label in shown)
    between = sum(part.people * (part.mean - mean) ** 2 for part in parts)
    within = sum(part.people * part.variance for part in parts)
    return Decomposition(
        parts=parts,
        mean=mean,
        variance_between=between,
        variance_within=within,
        theil_between=sum(part.people * _entropy(np.array(part.mean / mean)) for part in parts),
        theil_within=sum(part.value * part.theil for part in parts),
        interval=None if weights is not None else _interval(between, within, len(parts), len(everyone)),
        by_chance=(len(parts) - 1) / (len(everyone) - 1),
        withheld=tuple(label for label in found if label not in shown),
        least=smallest,
        left_out=left_out,
        weighted=weights is not None,
    )


def _collect(values: Any, groups: Any, weights: Any | None) -> tuple[dict[str, Floats], dict[str, Floats], int]:
    """Values and weights of each group, and how many people were left out."""
    numbers = frames.vector(values, Term(N_("value")), least=2)
    masses = np.ones(len(numbers)) if weights is None else frames.vector(weights, Term(N_("weight")), least=2)
    for name, column in ((Term(N_("value")), numbers), (Term(N_("weight")), masses)):
        if (column < 0).any():
            raise AnswerError(
                N_("The {name} in row {row} is below zero. Correct it."),
                name=name,
                row=int(np.flatnonzero(column < 0)[0]) + 1,
            )
    if len(masses) != len(numbers):
        raise InputError(
            N_("There are {values} values and {weights} weights. Give one of each a person."),
            values=len(numbers),
            weights=len(masses),
        )
    used = np.where(np.isnan(masses) | (masses == 0), np.nan, numbers)
    people, left_out = grouped(used, groups, np.arange(len(used)))
    rows = {one.label: one.cluster for one in people}
    return (
        {one.label: one.values for one in people},
        {label: masses[row] for label, row in rows.items()},
        left_out,
    )


def _part(label: str, values: Floats, weights: Floats, mass: float, mean: float) -> Part:
    share = weights / weights.sum()
    own = float(share @ values)
    people = float(weights.sum() / mass)
    return Part(
        label=label,
        n=len(values),
        mean=own,
        people=people,
        value=people * own / mean,
        variance=float(share @ (values - own) ** 2),
        theil=float(share @ np.array([_entropy(value) for value in values / own])) if own > 0 else 0.0,
    )


def _entropy(relative: Any) -> float:
    """X ln x, and 0 at 0."""
    return float(relative * np.log(relative)) if relative > 0 else 0.0


def _interval(between: float, within: float, groups: int, n: int) -> Interval | None:
    """The interval of the population's share between groups; None where it would be empty, or a single number."""
    from scipy.special import ncfdtr

    level = float(publication().confidence)
    above, below = groups - 1, n - groups
    if within <= _NOTHING * between:
        return None
    ratio = between / above / (within / below)

    def share(chance: float) -> float:
        low, high = 0.0, 1.0
        if ncfdtr(above, below, 0.0, ratio) <= chance:
            return 0.0
        while high - low > 1e-9:
            middle = (low + high) / 2
            low, high = (
                (middle, high) if ncfdtr(above, below, n * middle / (1 - middle), ratio) > chance else (low, middle)
            )
        return (low + high) / 2

    found = Interval(share(0.5 + level / 2), share(0.5 - level / 2), level)
    return found if found.high >= _LEAST_SHOWN else None
