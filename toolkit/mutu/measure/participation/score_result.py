"""What a community score card shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.locale import _, integer, number, signed
from mutu.measure.result import Interval, Result, limits
from mutu.measure.withhold import not_shown


class Cell(NamedTuple):
    """One group's score of one indicator: people, mean, standard deviation; all None where withheld."""

    group: str
    n: int | None
    mean: float | None
    spread: float | None


class Side(NamedTuple):
    """Users or providers on one indicator: people, mean, standard deviation, interval of the mean, agreement (rwg)."""

    n: int
    mean: float
    spread: float
    interval: Interval | None
    agreement: float

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {**self._asdict(), "interval": self.interval.as_json(6) if self.interval else None}


class Indicator(NamedTuple):
    """One indicator.

    Attributes
    ----------
    name : the indicator
    cells : a cell a group, users first
    users, providers : the two sides; None where no group of theirs can be shown
    gap : users' mean minus providers'
    interval : interval of `gap` that holds for all indicators together; None where nobody on either side differs
    """

    name: str
    cells: tuple[Cell, ...]
    users: Side | None
    providers: Side | None
    gap: float | None
    interval: Interval | None

    @property
    def clear(self) -> bool:
        """Whether users and providers differ by more than chance explains."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


class Step(NamedTuple):
    """One row of the plan: priority, indicator, users' score, and what was agreed; empty where nothing was."""

    priority: int
    indicator: str
    score: float
    action: str
    who: str
    when: str


@dataclass(frozen=True)
class ScoreCard(Result):
    """A community score card.

    Attributes
    ----------
    n : people with a group
    scale : lowest and highest score
    groups : all groups, users first
    providers : those that provide the service
    indicators : in the order asked for
    plan : a row an indicator, lowest users' score first
    least : smallest cell that is shown
    method : "hall-t; gap: welch, bonferroni; rwg uniform"
    """

    n: int
    scale: tuple[int, int]
    groups: tuple[str, ...]
    providers: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    plan: tuple[Step, ...]
    least: int
    method: str = "hall-t; gap: welch, bonferroni; rwg uniform"

    def __float__(self) -> float:
        """Mean of the users' scores over the indicators."""
        return sum(step.score for step in self.plan) / len(self.plan)

    @property
    def withheld(self) -> tuple[str, ...]:
        """Groups that are shown on no indicator."""
        return tuple(
            group
            for place, group in enumerate(self.groups)
            if all(item.cells[place].n is None for item in self.indicators)
        )

    def sentence(self) -> str:
        """The users' score, the lowest indicator, and where the two sides see it differently."""
        worst = self.plan[0]
        said = [
            _("On a scale of {low} to {high}, users score the service {score} on average.").format(
                low=integer(self.scale[0]), high=integer(self.scale[1]), score=number(float(self))
            ),
            _("Lowest is «{indicator}» ({score}).").format(indicator=worst.indicator, score=number(worst.score)),
            *self._gaps(),
        ]
        if self.withheld:
            said.append(not_shown(self.withheld, self.least))
        return " ".join(said)

    def _gaps(self) -> list[str]:
        lower = [item.name for item in self.indicators if item.clear and (item.gap or 0) < 0]
        higher = [item.name for item in self.indicators if item.clear and (item.gap or 0) > 0]
        said = []
        if lower:
            said.append(_("Users score lower than providers: {names}.").format(names=", ".join(lower)))
        if higher:
            said.append(_("Users score higher than providers: {names}.").format(names=", ".join(higher)))
        if all(item.gap is None for item in self.indicators):
            return [_("Providers cannot be compared, as too few of them can be shown.")]
        return said or [_("Users and providers do not differ by more than chance explains.")]

    def rows(self) -> list[dict[str, str]]:
        """The matrix: one row an indicator, one column a group."""
        return [
            {
                _("Indicator"): item.name,
                **{cell.group: number(cell.mean) for cell in item.cells},
                _("Users"): number(item.users.mean if item.users else None),
                _("95% interval"): limits(item.users.interval if item.users else None),
                _("Agreement of users (rwg)"): number(item.users.agreement if item.users else None),
                _("Providers"): number(item.providers.mean if item.providers else None),
                _("Users − providers"): number(None) if item.gap is None else signed(item.gap),
                _("Interval of the gap"): limits(item.interval, signed),
            }
            for item in self.indicators
        ]

    def plan_rows(self) -> list[dict[str, str]]:
        """The plan: one row an indicator, lowest users' score first; empty cells are to be filled in by both sides."""
        return [
            {
                _("Priority"): integer(step.priority),
                _("Indicator"): step.indicator,
                _("Users' score"): number(step.score),
                _("Action"): step.action,
                _("Who"): step.who,
                _("When"): step.when,
            }
            for step in self.plan
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers; withheld cells as null."""
        return {
            "method": self.method,
            "n": self.n,
            "scale": list(self.scale),
            "score": float(self),
            "groups": list(self.groups),
            "providers": list(self.providers),
            "indicators": [
                {
                    "name": item.name,
                    "cells": [cell._asdict() for cell in item.cells],
                    "users": item.users.as_json() if item.users else None,
                    "providers": item.providers.as_json() if item.providers else None,
                    "gap": item.gap,
                    "interval": item.interval.as_json(6) if item.interval else None,
                }
                for item in self.indicators
            ],
            "plan": [step._asdict() for step in self.plan],
        }
