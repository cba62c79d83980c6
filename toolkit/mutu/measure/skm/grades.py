"""How sure the grade is: the probability that the true index lies in each band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from mutu.locale import _, number, percent
from mutu.measure.intervals import FEW_CLUSTERS, Spread, probability_below
from mutu.measure.skm.estimate import NO_SPREAD
from mutu.regulations import Band, Skm

_SURE = 0.975  # a grade this probable is not questioned: the 95 % interval reaches no other then
_SHOWN = 0.02  # the other grades a sentence names


@dataclass(frozen=True)
class GradeChance:
    """One band and how probable it is that the true index lies in it.

    Attributes
    ----------
    band : the band
    probability : 0 to 1; those of all bands sum to 1
    """

    band: Band = field(repr=False)
    probability: float

    @property
    def mutu(self) -> str:
        """The letter of the band."""
        return self.band.mutu

    def as_json(self) -> dict[str, Any]:
        """The band for JSON."""
        return {"mutu": self.mutu, "probability": round(self.probability, 4)}


def chances(ikm: Fraction, spread: Spread | None, rule: Skm, *, certain: bool) -> tuple[GradeChance, ...]:
    """The probability of each band, lowest first.

    The true index is rounded before it is graded, so bands meet half a hundredth below the lower bound of the upper
    one. Without a spread there is none to give, unless everybody of the population answered.
    """
    bands = sorted(rule.bands, key=lambda band: band.low)
    if certain:
        return tuple(GradeChance(band, float(band is rule.grade(ikm))) for band in bands)
    if spread is None or spread.se <= NO_SPREAD:
        return ()
    limits = [float(band.low) - 0.005 for band in bands[1:]]
    below = [0.0, *(probability_below(limit, float(ikm), spread) for limit in limits), 1.0]
    return tuple(GradeChance(band, upper - lower) for band, lower, upper in zip(bands, below, below[1:], strict=False))


def doubt(band: Band, found: Sequence[GradeChance]) -> list[str]:
    """What the sample leaves open about a grade, in words; nothing where it is hardly in doubt."""
    own = next((chance for chance in found if chance.mutu == band.mutu), None)
    if own is None or own.probability >= _SURE:
        return []
    others = [chance for chance in found if chance is not own and chance.probability >= _SHOWN]
    others.sort(key=lambda chance: -chance.probability)
    listed = ", ".join(f"{chance.mutu} {percent(chance.probability, 0)}" for chance in others)
    return [
        _("The true index lies in grade {mutu} with a probability of {own} ({others}).").format(
            mutu=band.mutu, own=percent(own.probability, 0), others=listed
        )
    ]


def clusters_said(clusters: int) -> str:
    """The clusters an interval rests on, with a warning where they are few."""
    text = _("The interval rests on {clusters} clusters of respondents.").format(clusters=number(Fraction(clusters), 0))
    if clusters >= FEW_CLUSTERS:
        return text
    few = _("With fewer than {least} clusters it is wide and depends on each of them.").format(least=FEW_CLUSTERS)
    return f"{text} {few}"
