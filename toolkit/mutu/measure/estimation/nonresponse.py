"""Who was invited and who answered: response rates by group, and the weights that make up for the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError
from mutu.locale import _, integer, number, percent
from mutu.measure import frames
from mutu.measure.estimation.columns import in_order
from mutu.measure.frames import Floats, label
from mutu.measure.intervals import wilson
from mutu.measure.result import Interval, Result, limits
from mutu.regulations import publication

_EXPECTED = 5  # people expected in a cell of the table below which chi-square is not to be trusted (Cochran 1954)


@dataclass(frozen=True)
class ResponseGroup:
    """Response of one group.

    Attributes
    ----------
    label : the group
    invited, reached, answered : people; reached is None where it was not counted
    rate : answered ÷ invited
    interval : its Wilson interval
    cooperation : answered ÷ reached; None where reached was not counted, or is nobody
    adjustment : weight of each answer so that the group counts as it was invited, on average 1 over all answers; None
        where nobody answered
    """

    label: str
    invited: int
    reached: int | None
    answered: int
    rate: float
    interval: Interval
    cooperation: float | None
    adjustment: float | None


@dataclass(frozen=True)
class NonResponse(Result):
    """Response of all groups.

    Attributes
    ----------
    groups : the groups, in order
    invited, reached, answered, rate, interval : of all together
    chi_square, freedom, p : test that all groups answer alike; None where too few people are expected in a cell
    """

    groups: tuple[ResponseGroup, ...]
    invited: int
    reached: int | None
    answered: int
    rate: float
    interval: Interval
    chi_square: float | None
    freedom: int
    p: float | None

    def __float__(self) -> float:
        """The response rate of all."""
        return self.rate

    @property
    def n(self) -> int:
        """People invited."""
        return self.invited

    @property
    def method(self) -> str:
        """How intervals and test were made."""
        return "wilson, chi-square"

    @property
    def adjustments(self) -> dict[str, float]:
        """Group -> weight of each answer, for the groups that answered."""
        return {group.label: group.adjustment for group in self.groups if group.adjustment is not None}

    def sentence(self) -> str:
        """The response rate, and whether the groups differ."""
        text = _("{answered} of {invited} people invited answered: {rate} ({level} confidence interval {interval}).")
        told = text.format(
            answered=integer(self.answered),
            invited=integer(self.invited),
            rate=percent(self.rate),
            level=percent(self.interval.level, 0),
            interval=limits(self.interval, percent),
        )
        silent = [group.label for group in self.groups if group.answered == 0]
        if silent:
            nobody = _("Nobody answered in {groups}; no weight can stand for them.").format(groups=", ".join(silent))
            told = f"{told} {nobody}"
        return f"{told} {self._difference()}" if len(self.groups) > 1 else told

    def _difference(self) -> str:
        if self.p is None:
            return _("The groups are too small to tell whether they answer alike.")
        low = min(self.groups, key=lambda group: group.rate)
        high = max(self.groups, key=lambda group: group.rate)
        if self.p > 1 - float(publication().confidence):
            return _("The groups answer alike, as far as chance lets one see.")
        return _(
            "The groups differ by more than chance explains, from {low} ({one}) to {high} ({other}): weight the "
            "answers, or those who answer less are heard less."
        ).format(low=percent(low.rate), one=low.label, high=percent(high.rate), other=high.label)

    def rows(self) -> list[dict[str, str]]:
        """One row a group, and all together."""
        whole = ResponseGroup(
            _("all"), self.invited, self.reached, self.answered, self.rate, self.interval,
            self.answered / self.reached if self.reached else None, None,
        )  # fmt: skip
        return [
            {
                _("Group"): group.label,
                _("Invited"): integer(group.invited),
                _("Contacted"): integer(group.reached),
                _("Answered"): integer(group.answered),
                _("Response rate"): percent(group.rate),
                _("95% interval"): limits(group.interval, percent),
                _("Of those reached"): percent(group.cooperation),
                _("Weight of an answer"): number(group.adjustment, 3),
            }
            for group in (*self.groups, whole)
        ]

    def as_json(self) -> dict[str, Any]:
        """The response as plain numbers."""
        return {
            "method": self.method,
            "invited": self.invited,
            "reached": self.reached,
            "answered": self.answered,
            "rate": self.rate,
            "interval": self.interval.as_json(6),
            "chi_square": self.chi_square,
            "freedom": self.freedom,
            "p": self.p,
            "groups": [
                {
                    "group": group.label,
                    "invited": group.invited,
                    "reached": group.reached,
                    "answered": group.answered,
                    "rate": group.rate,
                    "interval": group.interval.as_json(6),
                    "cooperation": group.cooperation,
                    "adjustment": group.adjustment,
                }
                for group in self.groups
            ],
        }


def nonresponse(frame: Any, group: str, *, invited: str, answered: str, reached: str | None = None) -> NonResponse:
    """Response rates by group, whether they differ by more than chance, and weights that make up for it.

    The weight of an answer is the response rate of all ÷ that of its group: with it a group counts as it was invited.
    It helps as far as those who answered speak for those of their group who did not, which no weight can check.

    Parameters
    ----------
    frame : one row a group with counts, or one row a person with 0 and 1; rows of a group are added up
    group : column of the groups
    invited, reached, answered : columns of the people; reached (letter arrived, telephone picked up) may be left out

    Raises
    ------
    InputError : no such column, an empty group, nobody invited in one, or more reached than invited, more answered than
        reached
    AnswerError : a count is missing, below zero, infinite, not whole, or a text

    References
    ----------
    Kalton & Flores-Cervantes (2003), Weighting methods, Journal of Official Statistics 19, 81-97. Wilson (1927),
    Journal of the American Statistical Association 22, 209-212. Cochran (1954), Biometrics 10, 417-451, for expected
    counts.

    Examples
    --------
    >>> import polars as pl
    >>> table = pl.DataFrame({"age": ["<40", "40+"], "invited": [200, 200], "answered": [60, 90]})
    >>> found = nonresponse(table, "age", invited="invited", answered="answered")
    >>> float(found), round(found.chi_square, 2), round(found.p, 4)
    (0.375, 9.6, 0.0019)
    >>> {label: round(weight, 3) for label, weight in found.adjustments.items()}
    {'40+': 0.833, '<40': 1.25}
    """
    names = [name for name in (invited, reached, answered) if name is not None]
    counts = _counts(frame, group, names)
    level = float(publication().confidence)
    sums = np.array(list(counts.values())).sum(axis=0)
    rate = float(sums[-1] / sums[0])
    groups = tuple(_group(each, people, rate, level) for each, people in counts.items())
    chi_square, p = _test(np.array([[g.answered, g.invited - g.answered] for g in groups], dtype=np.float64))
    return NonResponse(
        groups=groups,
        invited=int(sums[0]),
        reached=int(sums[1]) if reached is not None else None,
        answered=int(sums[-1]),
        rate=rate,
        interval=wilson(rate, float(sums[0]), level),
        chi_square=chi_square,
        freedom=len(groups) - 1,
        p=p,
    )


def _counts(data: Any, group: str, names: list[str]) -> dict[str, Floats]:
    labels = frames.labels(data, group)
    values = frames.matrix(data, names, least_rows=1).values
    wrong = np.argwhere(np.isnan(values) | (values < 0) | (values != np.floor(values)))
    if len(wrong):
        row, place = wrong[0]
        raise AnswerError(
            N_("The column {column} holds no whole number of people in row {row}. Write 0 where there is nobody."),
            column=names[place],
            row=int(row) + 1,
        )
    if None in labels:
        raise InputError(
            N_("The column {column} is empty for {count} people. Give each of them a group, or leave them out."),
            column=group,
            count=labels.count(None),
        )
    found: dict[str, Floats] = {}
    for each, people in sorted(zip(labels, values, strict=True), key=lambda row: in_order(row[0])):
        found[label(each)] = found.get(label(each), 0) + people
    for name, people in found.items():
        if people[0] == 0 or (np.diff(people) > 0).any():
            raise InputError(
                N_(
                    "In the group {group} the counts are {counts} ({columns}); each must be at most the one before, "
                    "and somebody must be invited."
                ),
                group=name,
                counts=", ".join(f"{each:g}" for each in people),
                columns=", ".join(names),
            )
    return found


def _group(name: str, people: Floats, overall: float, level: float) -> ResponseGroup:
    invited, answered = int(people[0]), int(people[-1])
    reached = int(people[1]) if len(people) > 2 else None
    rate = answered / invited
    return ResponseGroup(
        label=name,
        invited=invited,
        reached=reached,
        answered=answered,
        rate=rate,
        interval=wilson(rate, invited, level),
        cooperation=answered / reached if reached else None,
        adjustment=overall / rate if answered else None,
    )


def _test(table: Floats) -> tuple[float | None, float | None]:
    """Pearson's chi-square of groups × (answered, not); None where it is not to be trusted."""
    from scipy.special import chdtrc

    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    if len(table) < 2 or (expected < _EXPECTED).any():
        return None, None
    found = float(((table - expected) ** 2 / expected).sum())
    return found, float(chdtrc(len(table) - 1, found))
