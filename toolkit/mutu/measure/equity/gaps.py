"""How far apart groups are, with intervals that hold for all comparisons together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from mutu.errors import N_, InputError, Term
from mutu.locale import _, integer, number, signed
from mutu.measure import frames
from mutu.measure.equity import clusters
from mutu.measure.frames import Floats
from mutu.measure.intervals import welch_half
from mutu.measure.result import Interval, Result, limits
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
    interval : simultaneous interval of `difference`; None where nobody in either group differs
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
    """

    reference: Group
    gaps: tuple[Gap, ...]
    withheld: tuple[str, ...]
    least: int
    left_out: int
    clusters: int | None = None

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
        return "welch, bonferroni" if self.clusters is None else "jackknife over clusters, t, bonferroni"

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
        found = "; ".join(said) or _("no group differs by more than chance explains")
        return " ".join([f"{start}: {found}.", *self.remarks()])

    def remarks(self) -> list[str]:
        """Which groups are not shown, and what makes the intervals less sure."""
        said = []
        if self.withheld:
            said.append(
                _("Not shown, as fewer than {least} people: {groups}.").format(
                    least=self.least, groups=", ".join(self.withheld)
                )
            )
        alone = [gap.group.label for gap in self.gaps if gap.alone]
        if alone:
            said.append(
                _("Without interval, as they or the reference come from a single cluster: {groups}.").format(
                    groups=", ".join(alone)
                )
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
    values: Any, groups: Any, reference: Any | None = None, *, least: int | None = None, cluster: Any | None = None
) -> Gaps:
    """How far the groups are from a reference, absolute and relative.

    The interval of each gap is Welch's for unequal spread, widened (Bonferroni) so that all of them hold together with
    95 %: with many groups one would otherwise look different by chance. The ratio's interval is made on its logarithm.
    Where people came in clusters give `cluster`: then the errors are the jackknife's over clusters (see
    `equity.clusters`), also where one cluster has people of both groups. Groups below the smallest size are withheld,
    and no number of the whole is given from which theirs would follow.

    Parameters
    ----------
    values : a number a person, shape (people,), for instance the index of each respondent
    groups : the group of each person, same shape; texts or numbers
    reference : label of the group to compare with; the one with the highest mean by default
    least : smallest group to show; may only be raised above the product's own
    cluster : the cluster each person was drawn in (village, office, day), same shape, texts or numbers.
        All are arrays, series of any library, or frames of one column; people without one of them are left out

    Raises
    ------
    InputError : different lengths, fewer than two groups to show, a reference that is not among them, or one cluster
    AnswerError : a value is a text or infinite
    SettingError : `least` below the product's own

    References
    ----------
    Welch (1947), Biometrika 34, 28-35. Dunn (1961), Journal of the American Statistical Association 56, 52-64.

    Examples
    --------
    >>> found = gaps([70, 72, 74, 76, 78, 80, 81, 83, 85, 86], ["desa"] * 5 + ["kota"] * 5)
    >>> found.reference.label, found.gaps[0].difference, found.gaps[0].clear
    ('kota', -9.0, True)
    """
    smallest = publication().least_group(least)
    found, left_out = grouped(values, groups, cluster)
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
    each = 1 - (1 - level) / len(others)
    names = {group.label for group in shown}
    drawn = None if cluster is None else {people.label: people for people in found if people.label in names}
    compared = sorted((_gap(group, chosen, each, level, drawn) for group in others), key=lambda gap: gap.difference)
    return Gaps(
        chosen,
        tuple(compared),
        tuple(people.label for people in found if people.label not in names),
        smallest,
        left_out,
        None if drawn is None else _number(drawn),
    )


@dataclass(frozen=True)
class People:
    """The people of one group: their values, and their clusters where there are any."""

    label: str
    values: Floats
    cluster: clusters.Codes | None


def grouped(values: Any, groups: Any, cluster: Any | None = None) -> tuple[list[People], int]:
    """The people of each group by its label, and how many were left out.

    Raises
    ------
    InputError : different lengths
    AnswerError : a value is a text or infinite
    """
    numbers, labels = frames.vector(values, Term(N_("value")), least=2), frames.texts(frames.cells(groups))
    if len(numbers) != len(labels):
        raise InputError(
            N_("There are {values} values and {groups} groups. Give one of each a person."),
            values=len(numbers),
            groups=len(labels),
        )
    drawn = clusters.codes(cluster, len(numbers))
    found: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        if label is not None and not math.isnan(numbers[row]) and (drawn is None or drawn[row] >= 0):
            found.setdefault(label, []).append(row)
    people = [
        People(label, numbers[rows], None if drawn is None else drawn[rows]) for label, rows in sorted(found.items())
    ]
    return people, len(numbers) - sum(len(one.values) for one in people)


def _group(people: People, least: int) -> Group | None:
    n = len(people.values)
    if n < max(least, 2):
        return None
    return Group(people.label, n, float(people.values.mean()), float(people.values.std(ddof=1)) / math.sqrt(n))


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


def _gap(group: Group, reference: Group, each: float, level: float, drawn: Mapping[str, People] | None) -> Gap:
    difference = group.mean - reference.mean
    ratio = group.mean / reference.mean if min(group.mean, reference.mean) > 0 else None
    if drawn is not None:
        return _clustered(Gap(group, difference, None, ratio, None), reference, each, level, drawn)
    half = welch_half((group.se, group.n), (reference.se, reference.n), each)
    interval = None if half is None else Interval(difference - half, difference + half, level)
    if ratio is None:
        return Gap(group, difference, interval, None, None)
    wide = welch_half((group.se / group.mean, group.n), (reference.se / reference.mean, reference.n), each)
    around = None if wide is None else Interval(ratio * math.exp(-wide), ratio * math.exp(wide), level)
    return Gap(group, difference, interval, ratio, around)


def _clustered(gap: Gap, reference: Group, each: float, level: float, drawn: Mapping[str, People]) -> Gap:
    """The gap with the intervals that follow from leaving out each cluster of its two groups in turn."""
    both = [drawn[gap.group.label], drawn[reference.label]]
    cluster, _all = clusters.compact(np.concatenate([people.cluster for people in both]))
    side = np.repeat([0, 1], [len(people.values) for people in both])
    values = np.concatenate([people.values for people in both])
    if any(len(np.unique(cluster[side == which])) < 2 for which in (0, 1)):
        return replace(gap, alone=True)
    effective = min(clusters.effective(cluster[side == which], np.ones((side == which).sum())) for which in (0, 1))
    means = np.concatenate([s / n for n, s in clusters.left_out(cluster, side, np.ones(len(values)), values)])

    def interval(value: float, without: Floats) -> Interval | None:
        se = clusters.error(value, without)
        return clusters.around(value, se, effective, each)._replace(level=level) if se > _ROUNDING else None

    absolute = interval(gap.difference, means[:, 0] - means[:, 1])
    if gap.ratio is None or (means <= 0).any():
        return replace(gap, interval=absolute)
    relative = interval(math.log(gap.ratio), np.log(means[:, 0] / means[:, 1]))
    around = None if relative is None else Interval(math.exp(relative.low), math.exp(relative.high), level)
    return replace(gap, interval=absolute, ratio_interval=around)


def _plain(group: Group) -> dict[str, Any]:
    return {"group": group.label, "n": group.n, "mean": group.mean, "se": group.se}
