"""A control chart as a result: its points and limits, its signals in words, and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mutu.locale import _, integer, number, percent, signed
from mutu.measure.result import Result
from mutu.measure.trend.alarms import Stable, share
from mutu.measure.trend.periods import Period, named
from mutu.measure.trend.rules import RuleSet

ENOUGH = 20  # periods from which limits are settled
_MOST = 6  # signals that one sentence names; the table has them all


class Kind(StrEnum):
    """What is charted."""

    SHARE = "p"
    RATE = "u"
    VALUE = "xmr"
    INDEX = "index"

    def shown(self, value: float | None) -> str:
        """A value of the chart as people read it."""
        return percent(value) if self is Kind.SHARE else number(value)


@dataclass(frozen=True)
class Point:
    """One period of the chart.

    Attributes
    ----------
    period, value : the period and its share, rate, value or index
    size : its cases or respondents; None in an XmR chart
    low, high : its control limits, three standard deviations from the centre line
    distance : of the value from the centre line, in standard deviations
    basis : whether it took part in making the limits
    """

    period: Period
    value: float
    size: float | None
    low: float
    high: float
    distance: float
    basis: bool

    @property
    def outside(self) -> bool:
        """Whether it lies outside its limits."""
        return abs(self.distance) > 3


@dataclass(frozen=True)
class Signal:
    """A pattern that the usual ups and downs hardly ever make.

    Attributes
    ----------
    rule : the rule's name, or "step" for a jump from one period to the next
    first, period : where the pattern begins, and where it is complete
    side : 1 above the centre line or rising, -1 below or falling
    value : the value at `period`; of a step how large it is
    """

    rule: str
    first: Period
    period: Period
    side: int
    value: float

    def words(self, kind: Kind) -> str:
        """The period and the rule as words."""
        side = _("above") if self.side > 0 else _("below")
        if self.rule == "beyond":
            return _("{period}: {value} lies {side} the control limit").format(
                period=self.period.text, value=kind.shown(self.value), side=side
            )
        if self.rule == "step":
            return _("{period}: the step of {value} from {first} is larger than usual").format(
                period=self.period.text, value=signed(self.value), first=self.first.text
            )
        if self.rule == "trend of six":
            going = _("rising") if self.side > 0 else _("falling")
            return _("{first} to {period}: six periods in a row {going}").format(
                first=self.first.text, period=self.period.text, going=going
            )
        many = {
            "two of three": _("two of three periods far {side} the centre line (beyond 2 standard deviations)"),
            "four of five": _("four of five periods clearly {side} the centre line (beyond 1 standard deviation)"),
            "run of eight": _("eight periods in a row {side} the centre line"),
            "run of nine": _("nine periods in a row {side} the centre line"),
        }[self.rule]
        return f"{self.first.text} – {self.period.text}: {many.format(side=side)}"


@dataclass(frozen=True)
class ControlChart(Result):
    """A control chart.

    Attributes
    ----------
    kind : "p", "u", "xmr" or "index"
    points : the periods with their limits
    center : the centre line
    dispersion : σ_z, how much more (above 1) months differ than their cases explain; None in an XmR chart
    widened : whether the limits are widened by it
    mean_range : mean distance between neighbouring periods; None but in an XmR chart
    rules : the run rules used
    signals : the patterns found
    missing : periods without numbers
    widening : whether widening was asked for (True) or ruled out (False); None where the data decided
    rough : whether fewer than five cases of a kind are expected in some period, so that its limits are rough
    """

    kind: Kind
    points: tuple[Point, ...]
    center: float
    dispersion: float | None
    widened: bool
    mean_range: float | None
    rules: RuleSet
    signals: tuple[Signal, ...]
    missing: tuple[Period, ...]
    widening: bool | None
    rough: bool

    def __float__(self) -> float:
        """The centre line."""
        return self.center

    @property
    def n(self) -> int:
        """Periods with numbers."""
        return len(self.points)

    @property
    def stable(self) -> bool:
        """Whether no pattern was found."""
        return not self.signals

    @property
    def method(self) -> str:
        """Which chart and which rules."""
        prime = "′" if self.widened else ""
        return f"{self.kind}{prime} chart, {self.rules.code} rules"

    @property
    def false_alarms(self) -> float:
        """The share of stable series that show a signal in a chart like this (see `trend.alarms`)."""
        return share(
            Stable(
                kind=str(self.kind),
                rules=self.rules.code,
                basis=tuple(point.basis for point in self.points),
                sizes=tuple(point.size for point in self.points if point.size is not None),
                center=self.center,
                widening=self.widening,
            )
        )

    def sentence(self) -> str:
        """Which months differ by more than the usual ups and downs, and what that is worth."""
        start = _("{count} periods from {first} to {last}, centre line {center}").format(
            count=integer(self.n),
            first=self.points[0].period.text,
            last=self.points[-1].period.text,
            center=self.kind.shown(self.center),
        )
        if self.stable:
            found = _("no period stands out from the usual ups and downs.")
        else:
            said = self.said()
            if len(said) > _MOST:
                said = [*said[:_MOST], _("and further signals: {more}").format(more=integer(len(said) - _MOST))]
            found = _("these stand out from the usual ups and downs: {signals}.").format(signals="; ".join(said))
        return " ".join([f"{start}: {found}", *self.remarks()])

    def said(self) -> list[str]:
        """Each signal as words: its period and its rule."""
        return [signal.words(self.kind) for signal in self.signals]

    def remarks(self) -> list[str]:
        """How often the rules err, what the limits rest on, and which periods are missing."""
        said = [
            _(
                "In a chart like this, with {n} periods and these rules ({rules}), about {share} of stable series show "
                "at least one false signal."
            ).format(n=integer(self.n), rules=self.rules.code, share=percent(self.false_alarms, 0))
        ]
        basis = sum(point.basis for point in self.points)
        if basis < ENOUGH:
            said.append(
                _("The limits rest on {count} periods and are provisional; {enough} or more are advised.").format(
                    count=integer(basis), enough=integer(ENOUGH)
                )
            )
        if self.widened and self.dispersion is not None:
            said.append(
                _(
                    "Periods differ {times} times as much as their cases explain; the limits are widened by that."
                ).format(times=number(self.dispersion))
            )
        if self.missing:
            said.append(_("Without numbers: {periods}.").format(periods=named(self.missing)))
        if self.rough:
            said.append(
                _("In some periods fewer than 5 cases of a kind are expected, so their limits are rough; join periods.")
            )
        return said

    def rows(self) -> list[dict[str, str]]:
        """One row a period."""
        at: dict[Period, list[str]] = {signal.period: [] for signal in self.signals}
        for signal in self.signals:
            at[signal.period].append(signal.words(self.kind))
        return [
            {
                _("Period"): point.period.text,
                _("Value"): self.kind.shown(point.value),
                "n": "" if point.size is None else number(point.size, 0),
                _("Lower limit"): self.kind.shown(point.low),
                _("Upper limit"): self.kind.shown(point.high),
                _("Signal"): "; ".join(at.get(point.period, [])),
            }
            for point in self.points
        ]

    def as_json(self) -> dict[str, Any]:
        """The chart as plain numbers."""
        return {
            "method": self.method,
            "kind": str(self.kind),
            "n": self.n,
            "center": self.center,
            "dispersion": self.dispersion,
            "widened": self.widened,
            "mean_range": self.mean_range,
            "rough": self.rough,
            "rules": self.rules.code,
            "false_alarms": self.false_alarms,
            "points": [
                {
                    "period": point.period.label,
                    "value": point.value,
                    "size": point.size,
                    "low": point.low,
                    "high": point.high,
                    "distance": point.distance,
                    "basis": point.basis,
                }
                for point in self.points
            ],
            "signals": [
                {
                    "rule": signal.rule,
                    "first": signal.first.label,
                    "period": signal.period.label,
                    "side": signal.side,
                    "value": signal.value,
                    "words": signal.words(self.kind),
                }
                for signal in self.signals
            ],
            "missing": [period.label for period in self.missing],
            "remarks": self.remarks(),
        }
