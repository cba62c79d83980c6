"""What a sample says of its population: estimates with their intervals, and how they show themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, percent
from mutu.measure.intervals import FEW_CLUSTERS
from mutu.measure.result import Interval, Result, limits
from mutu.measure.withhold import not_shown

FEW = 40  # clusters below which a result says how many its interval rests on
_TOLD = 3  # estimates that a sentence tells one by one
_KINDS = {"mean": N_("mean"), "total": N_("total"), "ratio": N_("ratio")}


@dataclass(frozen=True)
class Estimate:
    """One estimate.

    Attributes
    ----------
    column : what is estimated
    group : label of the group; None for everybody
    value : the estimate
    se : standard error (Taylor linearisation)
    interval : interval that holds for skewed answers and few or uneven clusters; None where nothing can be told
    textbook : the t interval of textbooks and other programs, for comparison
    n : people with a number
    units : clusters with somebody who has one; where people were drawn one by one, n
    strata : strata they are in
    freedom : degrees of freedom, units - strata
    effective : degrees of freedom of `interval`, fewer where clusters differ in size
    denominator : of a ratio: "sure"; "unsure", so that the interval is Fieller's; or "weak", as it cannot be told from
        zero, so that there is none
    """

    column: str
    group: str | None
    value: float
    se: float
    interval: Interval | None
    textbook: Interval | None
    n: int
    units: int
    strata: int
    freedom: int
    effective: float
    denominator: str = "sure"

    @property
    def name(self) -> str:
        """Column and group."""
        return self.column if self.group is None else f"{self.column}, {self.group}"

    def as_json(self) -> dict[str, Any]:
        """The estimate as plain numbers."""
        return {
            "column": self.column,
            "group": self.group,
            "value": self.value,
            "se": self.se,
            "interval": self.interval.as_json(6) if self.interval else None,
            "textbook": self.textbook.as_json(6) if self.textbook else None,
            "n": self.n,
            "units": self.units,
            "strata": self.strata,
            "freedom": self.freedom,
            "effective_freedom": self.effective,
        }


@dataclass(frozen=True)
class Estimates(Result):
    """Means, totals or ratios of a population, for everybody or by group.

    Attributes
    ----------
    kind : "mean", "total" or "ratio"
    estimates : column by column, the groups in order
    n : people in the sample
    clustered : whether people were drawn in clusters
    finite : what the finite correction was told by: "sizes", "shares", or None without
    lonely : what was done with strata of a single unit
    withheld : labels of groups too small to be shown
    least : smallest group that is shown
    left_out : people without a group
    """

    kind: str
    estimates: tuple[Estimate, ...]
    n: int
    clustered: bool
    finite: str | None
    lonely: str | None
    withheld: tuple[str, ...]
    least: int
    left_out: int

    def __float__(self) -> float:
        """The first estimate, the only one of a single column without groups."""
        return self.estimates[0].value

    @property
    def interval(self) -> Interval | None:
        """The interval of the first estimate."""
        return self.estimates[0].interval

    @property
    def se(self) -> float:
        """The standard error of the first estimate."""
        return self.estimates[0].se

    @property
    def method(self) -> str:
        """How errors and intervals were made."""
        parts = ["taylor", "jackknife over clusters, t, hall" if self.clustered else "t, hall"]
        if any(each.denominator == "unsure" for each in self.estimates):
            parts.append("fieller where the denominator is unsure")
        if self.finite:
            parts.append(f"finite correction by {self.finite}")
        if self.lonely:
            parts.append(f"lonely strata: {self.lonely}")
        return "; ".join(parts)

    def find(self, column: str | None = None, group: str | None = None) -> Estimate:
        """The estimate of a column, or of a group; what is not given is the first.

        Raises
        ------
        InputError : there is none
        """
        for each in self.estimates:
            if column in (None, each.column) and group in (None, each.group):
                return each
        raise InputError(
            N_("There is no estimate of {wanted}; there are {known}."),
            wanted=", ".join(part for part in (column, group) if part is not None),
            known="; ".join(each.name for each in self.estimates),
        )

    def sentence(self) -> str:
        """The estimates with their intervals, or the range of many, and what limits them."""
        kind = _(_KINDS[self.kind])
        if len(self.estimates) <= _TOLD:
            told = " ".join(_told(kind, each) for each in self.estimates)
        else:
            low = min(self.estimates, key=lambda each: each.value)
            high = max(self.estimates, key=lambda each: each.value)
            told = _("The lowest {kind} is {low} ({one}), the highest {high} ({other}), of {count}.").format(
                kind=kind,
                low=number(low.value),
                one=low.name,
                high=number(high.value),
                other=high.name,
                count=integer(len(self.estimates)),
            )
        return " ".join([told, *self.remarks()])

    def remarks(self) -> list[str]:
        """What limits the estimates: few clusters, missing answers in a total, groups left out."""
        found = self._remarks_on_clusters()
        missing = max(self.n - each.n for each in self.estimates)
        if self.kind == "total" and self.estimates[0].group is None and missing:
            found.append(
                _("People without an answer, who count as nothing in the total: {count}.").format(
                    count=integer(missing)
                )
            )
        weak = [each.name for each in self.estimates if each.denominator == "weak"]
        if weak:
            found.append(
                _(
                    "Without interval, as the denominator cannot be told from zero and the ratio could be anything: "
                    "{names}."
                ).format(names="; ".join(weak))
            )
        if any(each.interval is None and each.denominator != "weak" for each in self.estimates):
            found.append(
                _("Where no interval stands, too little differs, or too few units were drawn, to tell how sure it is.")
            )
        if self.left_out:
            found.append(_("People without a group, who are left out: {count}.").format(count=integer(self.left_out)))
        if self.withheld:
            found.append(not_shown(self.withheld, self.least))
        return found

    def _remarks_on_clusters(self) -> list[str]:
        fewest = min(self.estimates, key=lambda each: each.freedom)
        if not self.clustered or fewest.units >= FEW:
            return []
        found = [
            _(
                "The interval rests on {units} clusters (strata: {strata}), so on {freedom} degrees of freedom, "
                "however many people were asked."
            ).format(
                units=integer(fewest.units), strata=integer(fewest.strata), freedom=integer(max(fewest.freedom, 0))
            )
        ]
        if fewest.units < FEW_CLUSTERS:
            found.append(
                _("With fewer than {fewest} clusters, intervals can be too narrow all the same: ask in more.").format(
                    fewest=FEW_CLUSTERS
                )
            )
        return found

    def rows(self) -> list[dict[str, str]]:
        """One row an estimate."""
        return [
            {
                _("Column"): each.column,
                _("Group"): each.group or _("all"),
                "n": integer(each.n),
                _("Units"): integer(each.units),
                _(_KINDS[self.kind]).capitalize(): number(each.value),
                _("Standard error"): number(each.se, 3),
                _("95% interval"): limits(each.interval),
            }
            for each in self.estimates
        ]

    def as_json(self) -> dict[str, Any]:
        """The estimates as plain numbers."""
        return {
            "kind": self.kind,
            "method": self.method,
            "n": self.n,
            "estimates": [each.as_json() for each in self.estimates],
            "withheld": list(self.withheld),
            "left_out": self.left_out,
        }


def _told(kind: str, each: Estimate) -> str:
    if each.interval is None:
        return _("The {kind} of {name} is {value} (n = {n}).").format(
            kind=kind, name=each.name, value=number(each.value), n=integer(each.n)
        )
    return _("The {kind} of {name} is {value} ({level} confidence interval {interval}, n = {n}).").format(
        kind=kind,
        name=each.name,
        value=number(each.value),
        level=percent(each.interval.level, 0),
        interval=limits(each.interval),
        n=integer(each.n),
    )
