"""What an analysis of training needs shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.locale import _, integer, number, signed
from mutu.measure.result import Interval, Result, interval_text, limits


class Need(NamedTuple):
    """One competence.

    Attributes
    ----------
    name : the competence
    n : people who rated both its importance and their current level
    importance, gap : means
    score : importance × gap
    interval : interval of `score`; None from a single person
    rank : place by score, highest first
    places : first and last place it may have, as far as chance allows to tell
    clear : whether the score is above zero by more than chance explains, widened (Bonferroni) for all competences
    """

    name: str
    n: int
    importance: float
    gap: float
    score: float
    interval: Interval | None
    rank: int
    places: tuple[int, int]
    clear: bool


class UnitNeed(NamedTuple):
    """Scores of one unit, in the order of the needs; None where withheld.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import capacity
    >>> matters = pl.DataFrame({"service": [5, 5, 4, 5, 5, 4, 5, 4, 5, 5]})
    >>> there = pl.DataFrame({"service": [2, 3, 2, 2, 3, 2, 3, 3, 4, 4]})
    >>> found = capacity.training_needs(matters, there, unit=["A"] * 5 + ["B"] * 5)
    >>> [(each.unit, round(each.scores[0], 2)) for each in found.units]
    [('A', 11.52), ('B', 6.44)]
    """

    unit: str
    scores: tuple[float | None, ...]


@dataclass(frozen=True)
class TrainingNeeds(Result):
    """Training needs.

    Attributes
    ----------
    n : people with at least one answer
    model : "borich" (gap = importance minus current) or "required" (gap = required minus current)
    needs : highest score first
    units : scores by unit; empty where no units were given
    least : smallest unit that is shown
    method : "hall-t, linearised; ranks: bonferroni over all pairs"
    """

    n: int
    model: str
    needs: tuple[Need, ...]
    units: tuple[UnitNeed, ...]
    least: int
    method: str = "hall-t, linearised; ranks: bonferroni over all pairs"

    def __float__(self) -> float:
        """The highest score."""
        return self.needs[0].score

    @property
    def greatest(self) -> Need | None:
        """The competence with the highest score; None where even its need cannot be told from chance."""
        return next((need for need in self.needs[:1] if need.clear), None)

    def sentence(self) -> str:
        """The greatest need, and what cannot be told apart from it."""
        said = [self._first()]
        near = [need.name for need in self.needs[1:] if need.places[0] == 1]
        if near and self.greatest:
            said.append(_("It cannot be told apart from: {names}.").format(names=", ".join(near)))
        if any(score is None for unit in self.units for score in unit.scores):
            said.append(
                _("Units with fewer than {least} answers, and what would give them away, are not shown.").format(
                    least=self.least
                )
            )
        return " ".join(said)

    def _first(self) -> str:
        first = self.needs[0]
        fields = {
            "name": first.name,
            "score": number(first.score),
            "n": integer(first.n),
            "interval": interval_text(first.interval),
        }
        if first.clear:
            return _(
                "The greatest training need is «{name}» (importance × gap = {score}, n = {n}; {interval})."
            ).format(**fields)
        if first.score > 0:
            return _(
                "Of {count} competences together no training need can be told from chance; the highest is «{name}» "
                "(importance × gap = {score}, n = {n}; {interval})."
            ).format(**fields, count=integer(len(self.needs)))
        return _(
            "No competence falls short of what is wanted on average; the highest is «{name}» (importance × gap = "
            "{score}, n = {n}; {interval})."
        ).format(**fields)

    def rows(self) -> list[dict[str, str]]:
        """One row a competence, highest score first."""
        return [
            {
                _("Rank"): integer(need.rank),
                _("Competence"): need.name,
                "n": integer(need.n),
                _("Mean importance"): number(need.importance),
                _("Mean gap"): signed(need.gap),
                _("Importance × gap"): number(need.score),
                _("95% interval"): limits(need.interval),
                _("Possible ranks"): _("{low} to {high}").format(low=need.places[0], high=need.places[1]),
            }
            for need in self.needs
        ]

    def unit_rows(self) -> list[dict[str, str]]:
        """One row a unit, one column a competence; a dash where withheld."""
        return [
            {
                _("Unit"): unit.unit,
                **{need.name: number(score) for need, score in zip(self.needs, unit.scores, strict=True)},
            }
            for unit in self.units
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "method": self.method,
            "model": self.model,
            "n": self.n,
            "needs": [
                {
                    **need._asdict(),
                    "interval": need.interval.as_json(6) if need.interval else None,
                    "places": list(need.places),
                }
                for need in self.needs
            ],
            "units": [{"unit": unit.unit, "scores": list(unit.scores)} for unit in self.units],
        }
