"""What every measure returns: a frozen result that keeps its numbers unrounded and can show itself."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.locale import _, number, percent


class Interval(NamedTuple):
    """An interval of confidence, in the unit of its result."""

    low: float
    high: float
    level: float = 0.95

    def as_json(self, digits: int) -> dict[str, float]:
        """The interval for JSON, rounded for reading."""
        return {"level": self.level, "low": round(self.low, digits), "high": round(self.high, digits)}


@dataclass(frozen=True)
class Result:
    """Base of all results; a subclass says its number, sentence, table and JSON."""

    def __float__(self) -> float:
        raise NotImplementedError

    def sentence(self) -> str:
        """One plain sentence for a report, in the language in use."""
        raise NotImplementedError

    def rows(self) -> list[dict[str, str]]:
        """The result as a table for people: a list of rows, header -> formatted cell."""
        raise NotImplementedError

    def as_json(self) -> dict[str, Any]:
        """The result as plain numbers and texts for JSON."""
        raise NotImplementedError

    def tables(self) -> list[list[dict[str, str]]]:
        """All tables of the result; a result of several parts has more than `rows`."""
        return [self.rows()]

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.sentence())}</p>" + "".join(map(_as_html, self.tables()))


def _as_html(rows: list[dict[str, str]]) -> str:
    head = "".join(f"<th>{html.escape(name)}</th>" for name in (rows[0] if rows else {}))
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row.values()) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def interval_text(found: Interval | None) -> str:
    """An interval as words for the middle of a sentence."""
    if found is None:
        return _("no interval, as fewer than two people answered")
    return _("{level} confidence interval {low} to {high}").format(
        level=percent(found.level, 0), low=number(found.low), high=number(found.high)
    )


def limits(found: Interval | None, shown: Callable[[float], str] = number) -> str:
    """An interval as a cell of a table, its ends written by `shown`; a dash where there is none."""
    if found is None:
        return number(None)
    return _("{low} to {high}").format(low=shown(found.low), high=shown(found.high))
