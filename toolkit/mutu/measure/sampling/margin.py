"""How sure the index will be before anybody is asked, and what asking in clusters costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from mutu.errors import N_, SettingError, Term
from mutu.locale import _, integer, number, percent
from mutu.measure.intervals import t_quantile
from mutu.measure.result import Result
from mutu.measure.sampling.size import all_are_used
from mutu.measure.settings import is_number, not_negative, positive, whole
from mutu.regulations import publication


@dataclass(frozen=True)
class DesignEffect(Result):
    """What asking in clusters does to the variance of a mean.

    Attributes
    ----------
    value : the variance against that of a simple random sample of as many people
    cluster_size : people asked in each cluster, on average
    icc : how alike people of one cluster answer, the intraclass correlation
    """

    value: float
    cluster_size: float
    icc: float

    def __float__(self) -> float:
        return self.value

    @property
    def method(self) -> str:
        """How it was computed."""
        return "kish"

    def effective(self, n: int) -> float:
        """How many people of a simple random sample say as much as `n` people asked in these clusters."""
        return n / self.value

    def sentence(self) -> str:
        """The design effect, and what 100 people asked in clusters are worth."""
        return _(
            "Asking {size} people at a time in one place or day, who answer alike by {icc}, multiplies the variance "
            "by {value}: 100 people asked so say as much as {effective} drawn one by one."
        ).format(
            size=number(self.cluster_size, 1),
            icc=number(self.icc, 3),
            value=number(self.value),
            effective=number(self.effective(100), 0),
        )

    def rows(self) -> list[dict[str, str]]:
        """One row."""
        return [
            {
                _("People per cluster"): number(self.cluster_size, 1),
                _("Intraclass correlation"): number(self.icc, 3),
                _("Design effect"): number(self.value, 3),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """The design effect as plain numbers."""
        return {"method": self.method, "cluster_size": self.cluster_size, "icc": self.icc, "design_effect": self.value}


def design_effect(cluster_size: float, icc: float) -> DesignEffect:
    """Design effect of asking in clusters of about equal size, 1 + (m - 1) ρ.

    Parameters
    ----------
    cluster_size : people asked in each cluster (a day, a counter, a village), on average, at least 1
    icc : intraclass correlation, from -1 ÷ (m - 1) to 1; without earlier data 0.05 is a usual guess, not a fact

    Raises
    ------
    SettingError : a size below one, or a correlation that clusters of that size cannot have

    References
    ----------
    Kish (1965), Survey Sampling, Wiley, section 5.4, p. 162.

    Examples
    --------
    >>> round(float(design_effect(12, 0.03)), 2)
    1.33
    """
    size = positive(Term(N_("the number of people per cluster")), cluster_size)
    if size < 1:
        raise SettingError(N_("A cluster holds at least one person, not {found}."), found=cluster_size)
    low = -1.0 if size == 1 else max(-1.0, -1 / (size - 1))
    if not (is_number(icc) and low <= icc <= 1):
        raise SettingError(
            N_("An intraclass correlation of clusters of {size} lies between {low} and 1, not at {found}."),
            size=cluster_size,
            low=round(low, 3),
            found=icc,
        )
    value = 1 + (size - 1) * icc
    if value <= 0:
        raise SettingError(N_("Clusters that differ in nothing leave no variance. Give a correlation nearer to zero."))
    return DesignEffect(value, size, float(icc))


@dataclass(frozen=True)
class ExpectedMargin(Result):
    """How far the index of the survey will be from the true one, before it is made.

    Attributes
    ----------
    value : half the width of the interval of the index, in its points
    n : people to be asked
    sd : standard deviation of the respondents' own indices, in points
    population : people served; None where it is not limited
    deff : design effect
    confidence : level of the interval
    """

    value: float
    n: int
    sd: float
    population: int | None
    deff: float
    confidence: float

    def __float__(self) -> float:
        return self.value

    @property
    def method(self) -> str:
        """How it was computed, as the interval of the index will be."""
        return "taylor-t" if self.population is None else "taylor-t-fpc"

    def sentence(self) -> str:
        """The margin in points of the index."""
        text = _(
            "With {n} respondents the index will lie within {margin} points of the true one in {confidence} of such "
            "surveys, if respondents differ by {sd} points (standard deviation)."
        ).format(
            n=integer(self.n),
            margin=number(self.value),
            confidence=percent(self.confidence, 0),
            sd=number(self.sd, 1),
        )
        return f"{text} {all_are_used()}"

    def rows(self) -> list[dict[str, str]]:
        """One row."""
        return [
            {
                _("Sample"): integer(self.n),
                _("Population"): integer(self.population),
                _("Standard deviation"): number(self.sd),
                _("Design effect"): number(self.deff, 3),
                _("Margin of error"): number(self.value),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """The margin as plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "sd": self.sd,
            "population": self.population,
            "design_effect": self.deff,
            "confidence": self.confidence,
            "margin": self.value,
        }


def expected_margin(n: int, sd: float, population: int | None = None, deff: float | DesignEffect = 1) -> ExpectedMargin:
    """Margin of error of the index that a survey of `n` people will have.

    t × sd × √(deff ÷ n × (1 - n ÷ N)), with t of n - 1 degrees of freedom: the half width of the interval that
    `mutu.measure.skm.score` gives when everybody answers everything. With few clusters the true interval is wider,
    because the degrees of freedom follow the clusters.

    Parameters
    ----------
    n : people to be asked, at least 2
    sd : standard deviation of the respondents' own indices, on 25-100, from an earlier survey or a trial
    population : people served; with it the finite correction is made
    deff : design effect, a number or the result of `design_effect`

    Raises
    ------
    SettingError : fewer than two people, more than the population, a negative deviation, a design effect not above 0

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., Wiley, sections 2.8 and 4.6. Kish (1965), Survey Sampling, p. 258.

    Examples
    --------
    >>> round(float(expected_margin(278, sd=12, population=1000)), 2)
    1.2
    """
    people = whole(Term(N_("the sample")), n, least=2)
    spread = not_negative(Term(N_("the standard deviation")), sd)
    effect = positive(Term(N_("the design effect")), deff.value if isinstance(deff, DesignEffect) else deff)
    finite = 1.0
    if population is not None:
        finite = 1 - people / whole(Term(N_("the population")), population)
    if finite < 0:
        raise SettingError(
            N_("A sample of {n} is larger than the population of {population}."), n=people, population=population
        )
    level = float(publication().confidence)
    value = t_quantile(people - 1, level) * spread * math.sqrt(effect * finite / people)
    return ExpectedMargin(value, people, spread, population, effect, level)
