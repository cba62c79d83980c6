"""How much a value rises from the worst to the best off: slope and relative index of inequality of ordered groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError, Term
from mutu.locale import _, integer, number, percent, signed
from mutu.measure import frames
from mutu.measure.equity import clusters
from mutu.measure.equity.line import Line, bare, line, line_with_errors, without_each
from mutu.measure.equity.people import check_weights
from mutu.measure.frames import Floats
from mutu.measure.result import Interval, Result, limits
from mutu.measure.withhold import not_shown
from mutu.regulations import publication


@dataclass(frozen=True)
class Step:
    """One ordered group: label, people, mean, and place of its middle from 0 (worst off) to 1 (best off)."""

    label: str
    n: int
    mean: float
    place: float


@dataclass(frozen=True)
class SlopeIndex(Result):
    """The slope index of inequality and its two relatives.

    Attributes
    ----------
    steps : the ordered groups, worst off first
    mean : mean of all people in them
    slope : value at the very best off end of the fitted line minus the one at the worst off end, with its interval
    relative : slope by the mean (Pamuk); None where the mean is not above zero
    ratio : value at the best off end by the one at the worst off end (Kunst & Mackenbach); None where an end of the
        line is not above zero
    by_means : interval of the slope from how far the groups' means lie off the line; None below three groups
    basis : "people", "standard errors of the means" or "means": what the intervals rest on
    withheld : labels of groups too small to be shown; they take no part
    least : smallest group that is shown
    left_out : people without a value, a group or a cluster, or with weight zero
    clusters : number of clusters; None without
    """

    steps: tuple[Step, ...]
    mean: float
    slope: Line
    relative: Line | None
    ratio: Line | None
    by_means: Interval | None
    basis: str
    withheld: tuple[str, ...]
    least: int
    left_out: int
    clusters: int | None = None

    def __float__(self) -> float:
        return self.slope.value

    @property
    def n(self) -> int:
        """People in the groups shown."""
        return sum(step.n for step in self.steps)

    @property
    def interval(self) -> Interval | None:
        """Interval of the slope."""
        return self.slope.interval

    @property
    def method(self) -> str:
        """How slope and intervals were made."""
        errors = {
            "people": "jackknife over people, t" if self.clusters is None else "jackknife over clusters, t",
            "means": "scatter of the means around the line, t",
        }.get(self.basis, "standard errors of the means, normal")
        return f"least squares on the middles of the cumulated shares, weighted by size; {errors}"

    def sentence(self) -> str:
        """The slope with its interval, in the unit of the value and relative to it, and what it allows to say."""
        text = _(
            "From the worst off to the best off the value changes by {slope} (slope index of inequality, {interval}; "
            "n = {n}, {groups} groups)"
        ).format(
            slope=signed(self.slope.value),
            interval=self._interval_text(),
            n=integer(self.n),
            groups=integer(len(self.steps)),
        )
        said = [f"{text}: {self._verdict()}"]
        if self.relative is not None:
            said.append(
                _("That is {share} of the mean (relative index after Pamuk).").format(
                    share=percent(self.relative.value)
                )
            )
        if self.ratio is not None:
            said.append(
                _("At the best off end it is {ratio} times as high as at the worst off end.").format(
                    ratio=number(self.ratio.value)
                )
            )
        return " ".join([*said, *self.remarks()])

    def _interval_text(self) -> str:
        found = self.slope.interval
        if found is not None:
            return _("{level} confidence interval {interval}").format(
                level=percent(found.level, 0), interval=limits(found, signed)
            )
        if self.basis == "people":
            return _("no interval, as inside the groups nobody differs")
        if self.basis == "means" and len(self.steps) == 2:
            return _("no interval, as two groups always lie on a line")
        return _("no interval, as no error is known: the means have none, or lie exactly on the line")

    def _verdict(self) -> str:
        if not self.slope.clear(0):
            return _("it cannot be told from chance whether the better or the worse off have the higher values.")
        if self.slope.value > 0:
            return _("the better off have the higher values.")
        return _("the worse off have the higher values.")

    def remarks(self) -> list[str]:
        """What the intervals rest on, which groups are not shown, and what makes the intervals less sure."""
        said = []
        if self.basis == "means" and self.slope.interval is not None:
            said.append(_("The interval rests on the scatter of the groups' means alone."))
        if self.withheld:
            said.append(not_shown(self.withheld, self.least))
        few = clusters.remark(self.clusters)
        return said if few is None else [*said, few]

    def rows(self) -> list[dict[str, str]]:
        """One row an index, then one a group."""
        found = [
            (_("Slope index of inequality"), self.slope),
            (_("Relative index of inequality (slope by mean, Pamuk)"), self.relative),
            (_("Relative index of inequality (best off by worst off, Kunst and Mackenbach)"), self.ratio),
        ]
        indices = [
            {_("Measure"): name, _("Value"): number(one.value, 3), _("95% interval"): limits(one.interval), "n": ""}
            for name, one in found
            if one is not None
        ]
        groups = [
            {
                _("Measure"): _("mean of {group}").format(group=step.label),
                _("Value"): number(step.mean, 3),
                _("95% interval"): number(None),
                "n": integer(step.n),
            }
            for step in self.steps
        ]
        return [*indices, *groups]

    def as_json(self) -> dict[str, Any]:
        """The indices as plain numbers; groups withheld by their labels alone."""
        return {
            "method": self.method,
            "basis": self.basis,
            "n": self.n,
            "left_out": self.left_out,
            "clusters": self.clusters,
            "mean": self.mean,
            "slope": self.slope.as_json(),
            "relative": self.relative.as_json() if self.relative else None,
            "ratio": self.ratio.as_json() if self.ratio else None,
            "by_means": self.by_means.as_json(6) if self.by_means else None,
            "steps": [
                {"group": step.label, "n": step.n, "mean": step.mean, "place": step.place} for step in self.steps
            ],
            "withheld": list(self.withheld),
            "remarks": self.remarks(),
        }


def slope_index(
    values: Any,
    groups: Any,
    order: Sequence[Any] | None = None,
    weights: Any | None = None,
    *,
    least: int | None = None,
    cluster: Any | None = None,
) -> SlopeIndex:
    """Slope and relative index of inequality from people in ordered groups.

    Each group stands at the middle of its share of the people, counted from the worst off (its ridit). The slope of the
    line through the values is the same whether people or the groups' means, weighted by size, are fitted; the intervals
    are not. `slope.interval` rests on the people: the jackknife over them, or over their clusters, with the places
    estimated anew each time; where inside the groups nobody differs there is none. `by_means` is the textbook's
    interval from how far the means lie off the line; with few groups it is very wide, and it says nothing where groups
    lie on the line by chance.

    Parameters
    ----------
    values : a number a person, shape (people,)
    groups : the ordered group of each person, same shape; texts or numbers
    order : the groups, worst off first; may be left out where they are numbers that rise
    weights : sampling weights, zero or above, same shape; equal by default
    least : smallest group to show; may only be raised above the product's own. Smaller ones take no part at all
    cluster : the cluster each person was drawn in, same shape; people without one of all these are left out

    Raises
    ------
    InputError : different lengths, fewer than two groups to show, everyone with the same value, a single cluster
    AnswerError : a value is a text or infinite, a weight below zero
    SettingError : no order for groups that are texts, a group that is not in it, or `least` below the product's own

    References
    ----------
    Pamuk (1985), Population Studies 39, 17-31. Kunst & Mackenbach (1995), Measuring socioeconomic inequalities in
    health, WHO Regional Office for Europe. Hayes & Berry (2002), Journal of Epidemiology and Community Health 56,
    762-765, on the sampling variability of the ratio. Schlotheuber & Hosseinpoor (2022), International Journal of
    Environmental Research and Public Health 19, 3697.

    Examples
    --------
    >>> school = ["dasar"] * 5 + ["tinggi"] * 5
    >>> found = slope_index([60, 62, 64, 66, 68, 70, 72, 74, 76, 78], school, order=["dasar", "tinggi"])
    >>> round(float(found), 2), round(found.ratio.value, 3), found.slope.clear(0)
    (20.0, 1.339, True)
    """
    smallest = publication().least_group(least)
    numbers, masses, level, drawn, labels = _collect(values, groups, order, weights, cluster)
    used = level >= 0
    counts = np.bincount(level[used], minlength=len(labels))
    shown = counts >= smallest
    _check_groups(int(shown.sum()), smallest)
    used &= np.where(level >= 0, shown[level], False)
    renumbered = (np.cumsum(shown) - 1)[level[used]]
    kept, weight = numbers[used], masses[used] / masses[used].sum()
    if np.ptp(kept) == 0:
        raise InputError(N_("All people have the same value, so there is no slope and no error can be told."))
    sums, totals = clusters.sums(renumbered, weight), clusters.sums(renumbered, weight * kept)
    by, number_of = (np.arange(len(kept)), None) if drawn is None else clusters.compact(drawn[used])
    ends = without_each(by, renumbered, weight, kept)
    fitted = line(sums, totals, ends, clusters.effective(by, weight))
    if _uniform(renumbered, kept):
        fitted = bare(fitted)
    return SlopeIndex(
        steps=_steps([label for label, one in zip(labels, shown, strict=True) if one], counts[shown], sums, totals),
        mean=float(totals.sum()),
        slope=fitted[0],
        relative=fitted[1],
        ratio=fitted[2],
        by_means=line_with_errors(totals / sums, sums, None)[0].interval,
        basis="people",
        withheld=tuple(label for label, n, one in zip(labels, counts, shown, strict=True) if n and not one),
        least=smallest,
        left_out=int((level < 0).sum()),
        clusters=number_of,
    )


def slope_of_means(
    means: Any,
    sizes: Any,
    labels: Sequence[str] | None = None,
    errors: Any | None = None,
    *,
    least: int | None = None,
) -> SlopeIndex:
    """Slope and relative index of inequality from a table of groups: means and numbers of people, worst off first.

    Parameters
    ----------
    means, sizes : mean and number of people of each group, shape (groups,)
    labels : what the groups are called; numbered by default
    errors : standard error of each mean; without them the intervals rest on the scatter of the means alone
    least : smallest group to show; may only be raised above the product's own. Smaller ones take no part at all

    Raises
    ------
    InputError : different lengths, fewer than two groups to show, or all means the same
    AnswerError : a mean is missing or infinite, a size or an error below zero

    References
    ----------
    As in `slope_index`; Low & Low (2004), Journal of Public Health 26, 388-395, on weighting by size.

    Examples
    --------
    >>> found = slope_of_means([60, 66, 70, 80], [40, 60, 60, 40], errors=[2, 2, 2, 2])
    >>> round(float(found), 2), found.slope.clear(0)
    (22.97, True)
    """
    smallest = publication().least_group(least)
    middle, people = frames.vector(means, Term(N_("mean"))), frames.vector(sizes, Term(N_("size")))
    names = (
        [str(place) for place in range(1, len(middle) + 1)]
        if labels is None
        else [frames.label(label) for label in labels]
    )
    spread = None if errors is None else frames.vector(errors, Term(N_("standard error")))
    if len({len(middle), len(people), len(names), len(middle if spread is None else spread)}) > 1:
        raise InputError(N_("Means, sizes, labels and errors need one number or label for each group."))
    if np.isnan(middle).any() or not (people >= 0).all() or (spread is not None and not (spread >= 0).all()):
        raise AnswerError(N_("Each group needs a mean, and a size and an error of zero or above. Correct the table."))
    shown = people >= smallest
    _check_groups(int(shown.sum()), smallest)
    middle, people = middle[shown], people[shown]
    if np.ptp(middle) == 0:
        raise InputError(N_("All groups have the same mean, so there is no slope and no error can be told."))
    fitted = line_with_errors(middle, people, None if spread is None else spread[shown])
    kept = [name for name, one in zip(names, shown, strict=True) if one]
    return SlopeIndex(
        steps=_steps(kept, people.astype(int), people / people.sum(), middle * people / people.sum()),
        mean=float(middle @ people / people.sum()),
        slope=fitted[0],
        relative=fitted[1],
        ratio=fitted[2],
        by_means=line_with_errors(middle, people, None)[0].interval,
        basis="means" if spread is None else "standard errors of the means",
        withheld=tuple(name for name, one in zip(names, shown, strict=True) if not one),
        least=smallest,
        left_out=0,
    )


def _collect(
    values: Any, groups: Any, order: Sequence[Any] | None, weights: Any | None, cluster: Any | None
) -> tuple[Floats, Floats, clusters.Codes, clusters.Codes | None, list[str]]:
    """Values, weights, places in the order (-1 for who is left out), clusters, and the labels in order."""
    numbers, labels = frames.vector(values, Term(N_("value")), least=3), frames.cells(groups)
    masses = np.ones(len(numbers)) if weights is None else frames.vector(weights, Term(N_("weight")), least=3)
    if not len(numbers) == len(labels) == len(masses):
        raise InputError(
            N_("There are {values} values, {groups} groups and {weights} weights. Give one of each a person."),
            values=len(numbers),
            groups=len(labels),
            weights=len(masses),
        )
    check_weights(masses)
    known = _ordered(labels, order)
    level = np.array([-1 if name is None else known[name] for name in frames.texts(labels)], dtype=np.int64)
    drawn = clusters.codes(cluster, len(numbers))
    missing = np.isnan(numbers) | np.isnan(masses) | (masses == 0)
    if drawn is not None:
        missing |= drawn < 0
    level[missing] = -1
    return numbers, masses, level, drawn, list(known)


def _ordered(labels: list[Any], order: Sequence[Any] | None) -> dict[str, int]:
    present = {name: label for name, label in zip(frames.texts(labels), labels, strict=True) if name is not None}
    if order is None:
        if any(isinstance(label, str | bool) or not isinstance(label, int | float) for label in present.values()):
            raise SettingError(N_("Say which group is worse off: give «order», the groups from worst to best off."))
        names = [frames.label(label) for label in sorted(present.values())]
    else:
        names = [frames.label(label) for label in order]
    strange = [label for label in present if label not in names]
    if strange or len(set(names)) != len(names):
        raise SettingError(
            N_("«order» must name every group once; it lacks or repeats: {groups}."),
            groups=", ".join(strange) or ", ".join(sorted({name for name in names if names.count(name) > 1})),
        )
    return {name: place for place, name in enumerate(names)}


def _check_groups(found: int, least: int) -> None:
    if found < 2:
        raise InputError(
            N_("At least two groups of {least} people or more are needed, there are {found}."), least=least, found=found
        )


def _steps(labels: list[str], counts: Any, sums: Floats, totals: Floats) -> tuple[Step, ...]:
    places = np.cumsum(sums) - sums / 2
    rows = zip(labels, counts.tolist(), (totals / sums).tolist(), places.tolist(), strict=True)
    return tuple(Step(label, int(n), mean, place) for label, n, mean, place in rows)


def _uniform(level: clusters.Codes, values: Floats) -> bool:
    """Whether nobody differs from the others of the own group."""
    first = values[np.unique(level, return_index=True)[1]]
    return bool((values == first[level]).all())
