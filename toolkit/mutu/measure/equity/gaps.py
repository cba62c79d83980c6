"""How far apart groups are, with intervals that hold for all comparisons together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from mutu.errors import N_, AnswerError, InputError
from mutu.locale import _, integer, number, signed
from mutu.measure import frames
from mutu.measure.equity import clusters
from mutu.measure.equity.people import People, grouped
from mutu.measure.frames import Floats
from mutu.measure.intervals import unanimous, welch_half
from mutu.measure.result import Interval, Result, limits
from mutu.measure.settings import bounds_of
from mutu.measure.withhold import not_shown
from mutu.regulations import publication

_ROUNDING = 1e-12


@dataclass(frozen=True)
class Group:
    """One group that is shown: its label, people, mean and standard error."""

    label: str
    n: int
    mean: float
    se: float


@dataclass(frozen=True)
class Gap:
    """A group against the reference.

    Attributes
    ----------
    group : the group
    difference : its mean minus the reference's
    interval : simultaneous interval of `difference`; None where it cannot be tested: inside both groups nobody
        differs and no bounds were given
    ratio : its mean by the reference's; None where the mean of one is not above zero
    ratio_interval : simultaneous interval of `ratio`
    alone : whether one of the two groups comes from a single cluster, so that there is no interval
    """

    group: Group
    difference: float
    interval: Interval | None
    ratio: float | None
    ratio_interval: Interval | None
    alone: bool = False

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out «no gap»."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


@dataclass(frozen=True)
class Gaps(Result):
    """Gaps between groups.

    Attributes
    ----------
    reference : the group the others are compared with
    gaps : the other groups, the furthest below first
    withheld : labels of groups too small to be shown
    least : smallest group that is shown
    left_out : people without a value, a group or a cluster
    clusters : number of clusters in the groups shown; None without
    by_data : whether the reference was chosen by the data, as the group with the highest mean
    """

    reference: Group
    gaps: tuple[Gap, ...]
    withheld: tuple[str, ...]
    least: int
    left_out: int
    clusters: int | None = None
    by_data: bool = False

    def __float__(self) -> float:
        """The widest gap, in the unit of the values."""
        means = [self.reference.mean, *(gap.group.mean for gap in self.gaps)]
        return max(means) - min(means)

    @property
    def n(self) -> int:
        """People in the groups shown."""
        return self.reference.n + sum(gap.group.n for gap in self.gaps)

    @property
    def method(self) -> str:
        """How the intervals were made."""
        errors = "welch" if self.clusters is None else "jackknife over clusters, t"
        return f"{errors}, bonferroni over {'all pairs of groups' if self.by_data else 'the groups'}"

    def sentence(self) -> str:
        """Which groups differ from the reference by more than chance explains."""
        lower = [gap.group.label for gap in self.gaps if gap.clear and gap.difference < 0]
        higher = [gap.group.label for gap in self.gaps if gap.clear and gap.difference > 0]
        start = _("Against {reference} (mean {mean}, n = {n})").format(
            reference=self.reference.label, mean=number(self.reference.mean), n=integer(self.reference.n)
        )
        said = []
        if lower:
            said.append(_("lower by more than chance explains: {groups}").format(groups=", ".join(lower)))
        if higher:
            said.append(_("higher by more than chance explains: {groups}").format(groups=", ".join(higher)))
        found = "; ".join(said) or self._nothing()
        return " ".join([f"{start}: {found}.", *self.remarks()])

    def _nothing(self) -> str:
        tested = [gap for gap in self.gaps if gap.interval is not None]
        if len(tested) == len(self.gaps):
            return _("no group differs by more than chance explains")
        if tested:
            return _("no group that can be tested differs by more than chance explains")
        return _("whether groups differ by more than chance explains cannot be tested")

    def remarks(self) -> list[str]:
        """Which groups are not shown, and what makes the intervals less sure."""
        said = []
        if self.withheld:
            said.append(not_shown(self.withheld, self.least))
        alone = [gap.group.label for gap in self.gaps if gap.alone]
        if alone:
            said.append(
                _("Without interval, as they or the reference come from a single cluster: {groups}.").format(
                    groups=", ".join(alone)
                )
            )
        uniform = [gap.group.label for gap in self.gaps if gap.interval is None and not gap.alone]
        if uniform:
            said.append(
                _(
                    "Cannot be tested, as inside these groups and the reference nobody differs: {groups}. Give the "
                    "lowest and the highest possible value («bounds»)."
                ).format(groups=", ".join(uniform))
            )
        few = clusters.remark(self.clusters)
        return said if few is None else [*said, few]

    def rows(self) -> list[dict[str, str]]:
        """One row a group, the reference first."""
        shown = [self._row(self.reference, None), *(self._row(gap.group, gap) for gap in self.gaps)]
        hidden = [dict.fromkeys(shown[0], number(None)) | {_("Group"): label} for label in self.withheld]
        return [*shown, *hidden]

    @staticmethod
    def _row(group: Group, gap: Gap | None) -> dict[str, str]:
        return {
            _("Group"): group.label,
            "n": integer(group.n),
            _("Mean"): number(group.mean),
            _("Gap"): _("reference") if gap is None else signed(gap.difference),
            _("95% interval"): number(None) if gap is None else limits(gap.interval, signed),
            _("Ratio"): number(None if gap is None else gap.ratio),
        }

    def as_json(self) -> dict[str, Any]:
        """The gaps as plain numbers; groups withheld by their labels alone."""
        return {
            "method": self.method,
            "reference": _plain(self.reference),
            "reference_by_data": self.by_data,
            "gaps": [
                {
                    **_plain(gap.group),
                    "difference": gap.difference,
                    "interval": gap.interval.as_json(6) if gap.interval else None,
                    "ratio": gap.ratio,
                    "ratio_interval": gap.ratio_interval.as_json(6) if gap.ratio_interval else None,
                }
                for gap in self.gaps
            ],
            "withheld": list(self.withheld),
            "clusters": self.clusters,
            "remarks": self.remarks(),
        }


def gaps(
    values: Any,
    groups: Any,
    reference: Any | None = None,
    *,
    least: int | None = None,
    cluster: Any | None = None,
    bounds: tuple[float, float] | None = None,
) -> Gaps:
    """How far the groups are from a reference, absolute and relative.

    The interval of each gap is Welch's for unequal spread, widened (Bonferroni) so that all of them hold together with
    95 %: with many groups one would otherwise look different by chance. A reference named in advance is compared with
    K - 1 groups. The one with the highest mean is chosen by the data, so that any of the K (K - 1) ÷ 2 pairs may be the
    one that is looked at, and the intervals are widened for as many. The ratio's interval is made on its logarithm.
    Where inside two groups nobody differs, nothing tells how sure their means are; with `bounds` the interval follows
    from how many could differ unseen (`intervals.unanimous` on either side, joined as by Zou and Donner), without
    there is none.
    Where people came in clusters give `cluster`: then the errors are the jackknife's over clusters (see
    `equity.clusters`), also where one cluster has people of both groups. Groups below the smallest size are withheld,
    and no number of the whole is given from which theirs would follow.

    Parameters
    ----------
    values : a number a person, shape (people,), for instance the index of each respondent
    groups : the group of each person, same shape; texts or numbers
    reference : label of the group to compare with, chosen before the data were seen; the one with the highest mean by
        default
    least : smallest group to show; may only be raised above the product's own
    cluster : the cluster each person was drawn in (village, office, day), same shape, texts or numbers.
        All are arrays, series of any library, or frames of one column; people without one of them are left out
    bounds : lowest and highest possible value, (25, 100) for an index of satisfaction

    Raises
    ------
    InputError : different lengths, fewer than two groups to show, a reference that is not among them, or one cluster
    AnswerError : a value is a text or infinite, or outside the bounds
    SettingError : `least` below the product's own, or bounds that do not rise

    References
    ----------
    Welch (1947), Biometrika 34, 28-35. Dunn (1961), Journal of the American Statistical Association 56, 52-64.
    Zou & Donner (2008), Statistics in Medicine 27, 1693-1702.

    Examples
    --------
    >>> found = gaps([70, 72, 74, 76, 78, 80, 81, 83, 85, 86], ["desa"] * 5 + ["kota"] * 5)
    >>> found.reference.label, found.gaps[0].difference, found.gaps[0].clear
    ('kota', -9.0, True)
    """
    smallest = publication().least_group(least)
    found, left_out = grouped(values, groups, cluster)
    possible = None if bounds is None else _possible(bounds, found)
    shown = [group for people in found if (group := _group(people, smallest)) is not None]
    if len(shown) < 2:
        raise InputError(
            N_("At least two groups of {least} people or more are needed, there are {found}."),
            least=smallest,
            found=len(shown),
        )
    chosen = _reference(shown, reference)
    others = [group for group in shown if group is not chosen]
    level = float(publication().confidence)
    pairs = len(others) if reference is not None else len(shown) * len(others) // 2
    levels = _Levels(1 - (1 - level) / pairs, level)
    names = {group.label for group in shown}
    drawn = None if cluster is None else {people.label: people for people in found if people.label in names}
    compared = sorted(
        (_gap(group, chosen, levels, drawn, possible) for group in others), key=lambda gap: gap.difference
    )
    return Gaps(
        chosen,
        tuple(compared),
        tuple(people.label for people in found if people.label not in names),
        smallest,
        left_out,
        None if drawn is None else _number(drawn),
        reference is None,
    )


def _group(people: People, least: int) -> Group | None:
    n = len(people.values)
    if n < max(least, 2):
        return None
    spread = float(people.values.std(ddof=1)) if np.ptp(people.values) else 0.0  # which rounding would make 1e-17
    return Group(people.label, n, float(people.values.mean()), spread / math.sqrt(n))


def _reference(shown: Iterable[Group], wished: Any | None) -> Group:
    known = {group.label: group for group in shown}
    if wished is None:
        return max(known.values(), key=lambda group: group.mean)
    if (named := frames.label(wished)) not in known:
        raise InputError(
            N_("There is no group «{group}» to compare with; the groups shown are {known}."),
            group=named,
            known=", ".join(known),
        )
    return known[named]


def _number(drawn: Mapping[str, People]) -> int:
    """The clusters of all groups together."""
    return clusters.compact(np.concatenate([people.cluster for people in drawn.values()]))[1]


class _Levels(NamedTuple):
    """The level of each interval, and the one that they hold together."""

    each: float
    together: float


_Bounds: TypeAlias = tuple[float, float] | None


def _possible(bounds: tuple[float, float], found: Iterable[People]) -> tuple[float, float]:
    """The bounds, checked to hold all values."""
    low, high = bounds_of(bounds)
    everyone = np.concatenate([people.values for people in found])
    outside = everyone[(everyone < low) | (everyone > high)]
    if len(outside):
        raise AnswerError(
            N_("The value {value} lies outside {low} to {high}. Correct it, or give the scale's bounds."),
            value=f"{outside[0]:g}",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    return low, high


def _gap(group: Group, reference: Group, levels: _Levels, drawn: Mapping[str, People] | None, possible: _Bounds) -> Gap:
    difference = group.mean - reference.mean
    ratio = group.mean / reference.mean if min(group.mean, reference.mean) > 0 else None
    gap = Gap(group, difference, None, ratio, None)
    if drawn is not None:
        return _clustered(gap, reference, levels, drawn, possible)
    half = welch_half((group.se, group.n), (reference.se, reference.n), levels.each)
    if half is None:
        return _uniform(gap, reference, levels, (group.n, reference.n), possible)
    gap = replace(gap, interval=Interval(difference - half, difference + half, levels.together))
    if ratio is None:
        return gap
    wide = welch_half((group.se / group.mean, group.n), (reference.se / reference.mean, reference.n), levels.each)
    assert wide is not None  # noqa: S101  as one of the two groups varies
    return replace(gap, ratio_interval=Interval(ratio * math.exp(-wide), ratio * math.exp(wide), levels.together))


def _uniform(gap: Gap, reference: Group, levels: _Levels, units: tuple[int, int], possible: _Bounds) -> Gap:
    """The gap of two groups inside which nobody differs, with the interval that the bounds allow."""
    if possible is None:
        return gap
    one, two = (
        unanimous(mean, n, possible, levels.each)
        for mean, n in zip((gap.group.mean, reference.mean), units, strict=True)
    )
    below = math.hypot(gap.group.mean - one.low, two.high - reference.mean)
    above = math.hypot(one.high - gap.group.mean, reference.mean - two.low)
    return replace(gap, interval=Interval(gap.difference - below, gap.difference + above, levels.together))


def _clustered(gap: Gap, reference: Group, levels: _Levels, drawn: Mapping[str, People], possible: _Bounds) -> Gap:
    """The gap with the intervals that follow from leaving out each cluster of its two groups in turn."""
    both = [drawn[gap.group.label], drawn[reference.label]]
    cluster, _all = clusters.compact(np.concatenate([people.cluster for people in both]))
    side = np.repeat([0, 1], [len(people.values) for people in both])
    values = np.concatenate([people.values for people in both])
    if any(len(np.unique(cluster[side == which])) < 2 for which in (0, 1)):
        return replace(gap, alone=True)
    effective = [clusters.effective(cluster[side == which], np.ones((side == which).sum())) for which in (0, 1)]
    means = np.concatenate([s / n for n, s in clusters.left_out(cluster, side, np.ones(len(values)), values)])

    def interval(value: float, without: Floats) -> Interval | None:
        se = clusters.error(value, without)
        if se <= _ROUNDING * max(1.0, abs(values).max()):
            return None
        return clusters.around(value, se, min(effective), levels.each)._replace(level=levels.together)

    absolute = interval(gap.difference, means[:, 0] - means[:, 1])
    if absolute is None:
        return _uniform(gap, reference, levels, (int(effective[0]), int(effective[1])), possible)
    if gap.ratio is None or (means <= 0).any():
        return replace(gap, interval=absolute)
    relative = interval(math.log(gap.ratio), np.log(means[:, 0] / means[:, 1]))
    around = None if relative is None else Interval(math.exp(relative.low), math.exp(relative.high), levels.together)
    return replace(gap, interval=absolute, ratio_interval=around)


def _plain(group: Group) -> dict[str, Any]:
    return {"group": group.label, "n": group.n, "mean": group.mean, "se": group.se}
