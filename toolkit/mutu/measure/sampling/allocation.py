"""How a sample is shared out to strata: services, counters, places."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mutu.errors import N_, SettingError, Term
from mutu.locale import _, integer, percent
from mutu.measure import frames
from mutu.measure.result import Result
from mutu.measure.sampling.size import all_are_used
from mutu.measure.settings import not_negative, whole


@dataclass(frozen=True)
class Allocation(Result):
    """A sample shared out to strata.

    Attributes
    ----------
    sizes : people of each stratum
    sample : people to ask in each; at least one, together `n`
    method : "proportional" or "neyman"
    """

    sizes: tuple[int, ...]
    sample: tuple[int, ...]
    method: str

    @property
    def n(self) -> int:
        """The whole sample."""
        return sum(self.sample)

    def __float__(self) -> float:
        return float(self.n)

    def sentence(self) -> str:
        """How the sample is shared out, in the order of the strata."""
        how = {
            "proportional": _("in proportion to the size of each stratum"),
            "neyman": _("by the size and spread of each stratum (Neyman)"),
        }[self.method]
        text = _("{n} respondents are shared out to {strata} strata {how}: {sample}.").format(
            n=integer(self.n),
            strata=integer(len(self.sizes)),
            how=how,
            sample=", ".join(integer(part) for part in self.sample),
        )
        return f"{text} {all_are_used()}"

    def rows(self) -> list[dict[str, str]]:
        """One row a stratum."""
        return [
            {
                _("Stratum"): integer(place),
                _("Population"): integer(size),
                _("Sample"): integer(part),
                _("Share asked"): percent(Fraction(part, size)),
            }
            for place, (size, part) in enumerate(zip(self.sizes, self.sample, strict=True), 1)
        ]

    def as_json(self) -> dict[str, Any]:
        """The allocation as plain numbers."""
        return {"method": self.method, "n": self.n, "sizes": list(self.sizes), "sample": list(self.sample)}


def proportional(sizes: Any, n: int) -> Allocation:
    """A sample shared out in proportion to the sizes of the strata.

    Every stratum gets at least one person; the others share the rest by largest remainder, so that the parts are
    whole, add up to `n`, and none exceeds its stratum.

    Parameters
    ----------
    sizes : people of each stratum, shape (strata,): an array, a series of any library, or a frame of one column
    n : the whole sample, from the number of strata to the number of people

    Raises
    ------
    SettingError : no stratum, a size below one, or a sample out of range
    AnswerError : a size is no number, or infinite; names the row

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., Wiley, section 5.3, p. 91.

    Examples
    --------
    >>> proportional([500, 300, 200], 60).sample
    (30, 18, 12)
    """
    strata, sample = _sizes(sizes, n)
    shares = _shares(strata, sample)
    parts = [math.floor(share) for share in shares]
    largest_first = sorted(range(len(parts)), key=lambda place: (parts[place] - shares[place], place))
    for place in largest_first[: sample - sum(parts)]:
        parts[place] += 1
    return Allocation(strata, tuple(parts), "proportional")


def _sizes(sizes: Any, n: int) -> tuple[tuple[int, ...], int]:
    """Sizes of the strata and the sample to share out among them: one person each at least, all of them at most."""
    name = Term(N_("the size of a stratum"))
    if not frames.cells(sizes):
        raise SettingError(N_("There is no stratum to share the sample out to. Give the size of each."))
    numbers = frames.vector(sizes, Term(N_("size"))).tolist()
    strata = tuple(whole(name, int(size) if size.is_integer() else size) for size in numbers)
    sample = whole(Term(N_("the sample")), n)
    if not len(strata) <= sample <= sum(strata):
        raise SettingError(
            N_("A sample for {strata} strata of {population} people lies between {strata} and {population}, not {n}."),
            strata=len(strata),
            population=sum(strata),
            n=sample,
        )
    return strata, sample


def _shares(sizes: tuple[int, ...], n: int) -> list[Fraction]:
    """Exact shares of at least one: strata that would get less are given one, and the rest is shared anew."""
    small: set[int] = set()
    while True:
        left, people = n - len(small), sum(size for place, size in enumerate(sizes) if place not in small)
        shares = [Fraction(1) if place in small else Fraction(left * size, people) for place, size in enumerate(sizes)]
        below = {place for place, share in enumerate(shares) if share < 1}
        if not below:
            return shares
        small |= below


def neyman(sizes: Any, deviations: Any, n: int) -> Allocation:
    """A sample shared out so that the mean of the whole is as precise as it can be (Neyman).

    Strata that are large or in which answers differ much get more. Instead of rounding Neyman's formula, the whole
    numbers that make the variance Σ N_h² S_h² (1/n_h - 1/N_h) smallest are found exactly: each stratum gets one
    person, and the next goes where N_h S_h ÷ √(n_h (n_h + 1)) is largest, until `n` are given out.

    Parameters
    ----------
    sizes : people of each stratum, shape (strata,): an array, a series of any library, or a frame of one column
    deviations : standard deviation of the answers in each stratum, same shape, zero or above
    n : the whole sample, from the number of strata to the number of people

    Raises
    ------
    SettingError : as for `proportional`; or deviations that are too many, too few, negative, or all zero
    AnswerError : a size or deviation is no number, or infinite; names the row

    References
    ----------
    Neyman (1934), Journal of the Royal Statistical Society 97, 558-625. Wright (2012), The equivalence of Neyman
    optimum allocation for sampling and equal proportions for apportioning the U.S. House of Representatives,
    The American Statistician 66, 217-224.

    Examples
    --------
    >>> neyman([500, 300, 200], [10, 10, 40], 60).sample
    (19, 11, 30)
    """
    strata, sample = _sizes(sizes, n)
    name = Term(N_("a standard deviation"))
    spreads = [
        not_negative(name, value) for value in frames.vector(deviations, Term(N_("standard deviation"))).tolist()
    ]
    if len(spreads) != len(strata):
        raise SettingError(
            N_("There are {strata} strata but {found} standard deviations. Give one for each stratum."),
            strata=len(strata),
            found=len(spreads),
        )
    if not any(spreads):
        raise SettingError(N_("All standard deviations are zero. Share the sample out in proportion to the sizes."))
    return Allocation(strata, _fewest_errors(strata, spreads, sample), "neyman")


def _fewest_errors(sizes: tuple[int, ...], spreads: list[float], n: int) -> tuple[int, ...]:
    parts = [1] * len(sizes)

    def gain(place: int) -> tuple[float, int, int]:
        taken = parts[place]
        return -sizes[place] * spreads[place] / math.sqrt(taken * (taken + 1)), -sizes[place], place

    waiting = [gain(place) for place, size in enumerate(sizes) if size > 1]
    heapq.heapify(waiting)
    for _step in range(n - len(sizes)):
        place = heapq.heappop(waiting)[2]
        parts[place] += 1
        if parts[place] < sizes[place]:
            heapq.heappush(waiting, gain(place))
    return tuple(parts)
