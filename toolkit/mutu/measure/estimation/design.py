"""How a sample was drawn: strata, clusters, weights, and how much of the population it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, InputError, SettingError
from mutu.measure.estimation.weights import Weights
from mutu.measure.frames import Floats, label
from mutu.measure.intervals import cluster_freedom

Fpc: TypeAlias = str | float | Mapping[Any, float]
LONELY = ("error", "centre", "average", "certain")


@dataclass(frozen=True)
class Design:
    """How a sample was drawn.

    Attributes
    ----------
    strata, cluster : names of columns
    weight : name of a column, or the result of `rake` or `poststratify`
    fpc : population size or sampling fraction: a number, a number a stratum, or the name of a column
    lonely : what to do where a stratum has a single cluster
    """

    strata: str | None = None
    cluster: str | None = None
    weight: str | Weights | None = None
    fpc: Fpc | None = None
    lonely: str = "error"

    def __post_init__(self) -> None:
        if self.lonely not in LONELY:
            raise SettingError(
                N_("lonely is one of {known}, not {found}."), known=", ".join(LONELY), found=str(self.lonely)
            )
        for field in ("strata", "cluster", "weight"):
            if isinstance(number := getattr(self, field), int):  # a column without a name in pandas
                object.__setattr__(self, field, str(number))

    @property
    def names(self) -> list[str]:
        """The columns that say where somebody belongs."""
        inside = [name for name in (self.strata, self.cluster) if name is not None]
        return [*inside, *(self.weight.columns if isinstance(self.weight, Weights) else [])]

    @property
    def numbers(self) -> list[str]:
        """The columns that must hold numbers."""
        weight = self.weight.base if isinstance(self.weight, Weights) else self.weight
        return [name for name in (weight, self.fpc) if isinstance(name, str)]


def fractions(fpc: Fpc | None, strata: Sequence[Any], sizes: Floats, given: Floats | None) -> tuple[Floats, str | None]:
    """The share of each stratum's population that is in the sample, and what it was told by.

    Numbers up to 1 are shares, larger ones sizes of the population, in clusters where there are clusters.

    Parameters
    ----------
    strata, sizes : labels of the strata, and their clusters (or people) in the sample
    given : the numbers of the column that `fpc` names, one a stratum

    Raises
    ------
    InputError : a number is missing, zero or below, or a population is smaller than its sample
    """
    if fpc is None:
        return np.zeros(len(sizes)), None
    numbers = given if given is not None else np.array([_of(fpc, stratum) for stratum in strata], dtype=np.float64)
    shares = bool((numbers <= 1).all())
    for stratum, size, number in zip(strata, sizes, numbers, strict=True):
        if not number > 0 or (not shares and number < size):
            raise InputError(
                N_(
                    "The finite correction of stratum {stratum} is {number}, but the sample holds {size} units of it. "
                    "Give the number of units in the population, or the share of them that is in the sample."
                ),
                stratum=label(stratum),
                number=f"{number:g}",
                size=int(size),
            )
    return (numbers, "shares") if shares else (sizes / numbers, "sizes")


def _of(fpc: Fpc, stratum: Any) -> float:
    if isinstance(fpc, Mapping):
        fpc = fpc.get(stratum, fpc.get(label(stratum), float("nan")))
    return float(fpc) if isinstance(fpc, Real) and not isinstance(fpc, bool) else float("nan")


def check_lonely(lonely: str, cluster: str | None, strata: Sequence[Any], sizes: Floats, share: Floats) -> None:
    """Refuse a stratum of a single cluster, unless all of it was asked or the person chose what to do.

    Raises
    ------
    InputError : names the strata and the choices
    """
    alone = [label(name) for name, size, asked in zip(strata, sizes, share, strict=True) if size < 2 and asked < 1]
    if alone and (lonely == "error" or len(alone) == len(strata)):
        raise InputError(
            N_(
                "Only one unit of the sample lies in stratum {strata}, so that its spread cannot be told. Merge it "
                "with a neighbouring stratum, or choose lonely: centre (careful), average (as the other strata), "
                "certain (it was not drawn by chance)."
            )
            if len(alone) < len(strata)
            else N_(
                "Only one unit was drawn ({units}), so that nothing can be said beyond it. At least two are needed."
            ),
            strata=", ".join(alone),
            units=cluster or "n = 1",
        )


def freedom(shares: Floats, stratum: NDArray[np.int64], strata: int) -> float:
    """Degrees of freedom that clusters of unequal size leave, summed over the strata.

    Parameters
    ----------
    shares : how much of the denominator each cluster holds; those with none leave nothing
    stratum : number of each cluster's stratum
    """
    total = 0.0
    for place in range(strata):
        inside = shares[(stratum == place) & (shares > 0)]
        if len(inside) > 1:
            total += min(cluster_freedom(inside), len(inside) - 1)
    return total
