"""The run rules of control charts: patterns that a stable process hardly ever shows, and how often it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, SettingError
from mutu.measure.frames import Floats


@dataclass(frozen=True)
class Rule:
    """One pattern.

    Attributes
    ----------
    code : its name
    window : points it looks at
    need : how many of them show it, the last one among them
    beyond : how many standard deviations from the centre line they lie beyond; None for a steady rise or fall
    """

    code: str
    window: int
    need: int
    beyond: float | None


class RuleSet(NamedTuple):
    """Rules used together.

    Attributes
    ----------
    code : name of the set
    rules : its rules
    between : how many points a stable process shows on average before the first false signal
    """

    code: str
    rules: tuple[Rule, ...]
    between: int


class Found(NamedTuple):
    """A pattern that was found: its rule, first and last point, and side (1 above or rising, -1 below or falling)."""

    rule: Rule
    first: int
    last: int
    side: int


BEYOND = Rule("beyond", 1, 1, 3.0)
TWO_OF_THREE = Rule("two of three", 3, 2, 2.0)
FOUR_OF_FIVE = Rule("four of five", 5, 4, 1.0)
EIGHT = Rule("run of eight", 8, 8, 0.0)
NINE = Rule("run of nine", 9, 9, 0.0)
SIX = Rule("trend of six", 6, 6, None)

SETS = {
    found.code: found
    for found in (
        RuleSet("shewhart", (BEYOND,), 370),
        RuleSet("western electric", (BEYOND, TWO_OF_THREE, FOUR_OF_FIVE, EIGHT), 92),
        RuleSet("nelson", (BEYOND, TWO_OF_THREE, FOUR_OF_FIVE, NINE, SIX), 90),
    )
}


def rule_set(code: str) -> RuleSet:
    """A set of rules by its name.

    Raises
    ------
    SettingError : no set has that name
    """
    if code not in SETS:
        raise SettingError(
            N_("There are no run rules called «{code}»; the sets are {known}."), code=code, known=", ".join(SETS)
        )
    return SETS[code]


def find(distances: Floats, rules: tuple[Rule, ...]) -> list[Found]:
    """The patterns in points given as distances from the centre line, in standard deviations.

    A pattern that goes on is found once, where it is complete for the first time; each point beyond the limits is found
    by itself.

    Parameters
    ----------
    distances : shape (points,), in the order of time
    rules : the rules to use

    References
    ----------
    Western Electric (1956), Statistical Quality Control Handbook. Nelson (1984), Journal of Quality Technology 16,
    237-239. Champ & Woodall (1987), Technometrics 29, 393-399, on false signals.
    """
    found = []
    for rule in rules:
        for side in (1, -1):
            complete = _complete(side * distances, rule)
            fresh = complete if rule.window == 1 else complete & ~np.concatenate([[False], complete[:-1]])
            found += [Found(rule, int(last) - rule.window + 1, int(last), side) for last in np.flatnonzero(fresh)]
    return sorted(found, key=lambda one: (one.last, one.rule.window))


def any_found(distances: Floats, rules: tuple[Rule, ...]) -> NDArray[np.bool_]:
    """Which of many series of points, one a row, show any of the patterns."""
    found = np.zeros(len(distances), dtype=np.bool_)
    for rule in rules:
        for side in (1, -1):
            found |= _complete(side * distances, rule).any(axis=-1)
    return found


def _complete(distances: Floats, rule: Rule) -> NDArray[np.bool_]:
    """At which points the pattern is complete on the upper side; the last axis is time."""
    first = distances[..., :1]
    if rule.beyond is None:
        shown = np.diff(distances, prepend=first) > 0
        window = need = rule.window - 1
    else:
        shown, window, need = distances > rule.beyond, rule.window, rule.need
    before = np.zeros((*distances.shape[:-1], window), dtype=int)
    sums = np.concatenate([before, np.cumsum(shown, axis=-1)], axis=-1)
    enough: NDArray[np.bool_] = (sums[..., window:] - sums[..., :-window] >= need) & shown
    enough[..., : rule.window - 1] = False
    return enough
