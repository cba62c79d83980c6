"""How far apart groups are, with intervals that hold for all comparisons together."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, signed
from mutu.measure import frames
from mutu.measure.intervals import welch_half
from mutu.measure.result import Interval, Result, limits
from mutu.regulations import publication


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
    """

    group: Group
    difference: float
    interval: Interval | None
    ratio: float | None
    ratio_interval: Interval | None

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
    left_out : people without a value or a group
    """

    reference: Group
    gaps: tuple[Gap, ...]
    withheld: tuple[str, ...]
    least: int
    left_out: int

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
        return "welch, bonferroni"

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
        text = f"{start}: {found}."
        if self.withheld:
            hidden = _("Not shown, as fewer than {least} people: {groups}.").format(
                least=self.least, groups=", ".join(self.withheld)
            )
            return f"{text} {hidden}"
        return text

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
        }


def gaps(values: Any, groups: Any, reference: str | None = None, *, least: int | None = None) -> Gaps:
    """How far the groups are from a reference, absolute and relative.

    The interval of each gap is Welch's for unequal spread, widened (Bonferroni) so that all of them hold together with
    95 %: with many groups one would otherwise look different by chance. The ratio's interval is made on its logarithm.
    Groups below the smallest size are withheld, and no number of the whole is given from which theirs would follow.

    Parameters
    ----------
    values : a number a person, shape (people,), for instance the index of each respondent
    groups : the group of each person, same shape; texts or numbers.
        Both are arrays, series of any library, or frames of one column; people without one of them are left out
    reference : label of the group to compare with; the one with the highest mean by default
    least : smallest group to show; may only be raised above the product's own

    Raises
    ------
    InputError : different lengths, fewer than two groups to show, or a reference that is not among them
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
    found, left_out = _grouped(values, groups)
    shown = [group for label, cells in found.items() if (group := _group(label, cells, smallest)) is not None]
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
    compared = sorted((_gap(group, chosen, each, level) for group in others), key=lambda gap: gap.difference)
    names = {group.label for group in shown}
    return Gaps(chosen, tuple(compared), tuple(label for label in found if label not in names), smallest, left_out)


def _grouped(values: Any, groups: Any) -> tuple[dict[str, list[float]], int]:
    numbers, labels = frames.vector(values, _("value"), least=2), frames.cells(groups)
    if len(numbers) != len(labels):
        raise InputError(
            N_("There are {values} values and {groups} groups. Give one of each a person."),
            values=len(numbers),
            groups=len(labels),
        )
    found: dict[str, list[float]] = {}
    for value, label in zip(numbers.tolist(), labels, strict=True):
        if not frames.is_empty(label) and not math.isnan(value):
            found.setdefault(str(label), []).append(value)
    return dict(sorted(found.items())), len(numbers) - sum(map(len, found.values()))


def _group(label: str, cells: list[float], least: int) -> Group | None:
    if len(cells) < max(least, 2):
        return None
    return Group(label, len(cells), float(np.mean(cells)), float(np.std(cells, ddof=1)) / math.sqrt(len(cells)))


def _reference(shown: Iterable[Group], wished: str | None) -> Group:
    known = {group.label: group for group in shown}
    if wished is None:
        return max(known.values(), key=lambda group: group.mean)
    if wished not in known:
        raise InputError(
            N_("There is no group «{group}» to compare with; the groups shown are {known}."),
            group=wished,
            known=", ".join(known),
        )
    return known[wished]


def _gap(group: Group, reference: Group, each: float, level: float) -> Gap:
    difference = group.mean - reference.mean
    half = welch_half((group.se, group.n), (reference.se, reference.n), each)
    interval = None if half is None else Interval(difference - half, difference + half, level)
    if min(group.mean, reference.mean) <= 0:
        return Gap(group, difference, interval, None, None)
    ratio = group.mean / reference.mean
    wide = welch_half((group.se / group.mean, group.n), (reference.se / reference.mean, reference.n), each)
    around = None if wide is None else Interval(ratio * math.exp(-wide), ratio * math.exp(wide), level)
    return Gap(group, difference, interval, ratio, around)


def _plain(group: Group) -> dict[str, Any]:
    return {"group": group.label, "n": group.n, "mean": group.mean, "se": group.se}
