"""What is told about a forum and the population it speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.locale import _, integer, number, percent
from mutu.measure.result import Interval, Result, limits
from mutu.regulations import Text, publication


class ForumGroup(NamedTuple):
    """One group.

    Attributes
    ----------
    label : its name
    n : participants; None where withheld
    population : its share in the population
    ratio : share in the forum by share in the population; 1 is as many as in the population; None where withheld
    interval : interval of `ratio` that holds for all groups together
    verdict : "under", "over", "unclear", or "withheld"
    """

    label: str
    n: int | None
    population: float
    ratio: float | None
    interval: Interval | None
    verdict: str


class Fit(NamedTuple):
    """The forum as a whole against the population.

    Attributes
    ----------
    dissimilarity : share of participants who would have to be others
    by_chance : what it would be on average in a random forum of the same size
    chi_square, g : Pearson's and the likelihood-ratio statistic
    freedom : degrees of freedom
    p : how often a random forum fits as badly
    drawn : whether `p` comes from random draws, because a group would be expected to send fewer than 5
    """

    dissimilarity: float
    by_chance: float
    chi_square: float
    g: float
    freedom: int
    p: float
    drawn: bool


class Seat(NamedTuple):
    """One of the groups that count as the community, and whether it was there.

    Examples
    --------
    >>> from mutu.measure import participation
    >>> people, came_for = ["men"] * 6 + ["women"] * 6, ["users"] * 8 + ["media"] * 4
    >>> found = participation.representativeness(people, {"men": 50, "women": 50}, parties=came_for)
    >>> [seat.code for seat in found.seats if not seat.there]
    ['experts', 'agencies', 'civil_society']
    """

    code: str
    name: Text
    there: bool


@dataclass(frozen=True)
class Representativeness(Result):
    """A forum against the population.

    Attributes
    ----------
    n : participants with a known group
    groups : the groups shown, in the order of the population
    hidden : groups withheld because they, or what would give them away, are too small
    fit : the forum as a whole
    seats : which of the groups that count as the community were there; None where that was not given
    least : smallest group that is shown
    left_out : participants without a group
    """

    n: int
    groups: tuple[ForumGroup, ...]
    hidden: tuple[ForumGroup, ...]
    fit: Fit
    seats: tuple[Seat, ...] | None
    least: int
    left_out: int

    def __float__(self) -> float:
        return self.dissimilarity

    @property
    def dissimilarity(self) -> float:
        """Share of participants who would have to be others."""
        return self.fit.dissimilarity

    @property
    def method(self) -> str:
        """How intervals and test were made."""
        return f"wilson, bonferroni; {'pearson, random draws' if self.fit.drawn else 'pearson chi-square'}"

    @property
    def under(self) -> tuple[str, ...]:
        """The groups that are under-represented by more than chance explains."""
        return tuple(group.label for group in (*self.groups, *self.hidden) if group.verdict == "under")

    @property
    def unlike(self) -> bool:
        """Whether the forum differs from the population by more than chance explains."""
        return self.fit.p < 1 - float(publication().confidence)

    def sentence(self) -> str:
        """Whether the forum mirrors the population, who is missing, and who was there."""
        said = [self._whole(), self._missing()]
        if self.seats is not None:
            said.append(self._present(self.seats))
        if self.hidden:
            said.append(
                _("Not shown, as there are fewer than {least} people or as it would give those away: {groups}.").format(
                    least=self.least, groups=", ".join(group.label for group in self.hidden)
                )
            )
        if self.left_out:
            said.append(_("Left out, as they have no group: {count}.").format(count=integer(self.left_out)))
        return " ".join(said)

    def _whole(self) -> str:
        fields = {
            "n": integer(self.n),
            "index": percent(self.dissimilarity),
            "chance": percent(self.fit.by_chance),
        }
        if self.unlike:
            return _(
                "The forum of {n} people is not like the population: {index} of the participants would have to be "
                "others (in a forum drawn at random it would be {chance} on average); chance does not explain this."
            ).format(**fields)
        return _(
            "The forum of {n} people cannot be told apart from one drawn at random from the population: {index} of the "
            "participants would have to be others (drawn at random, {chance} on average)."
        ).format(**fields)

    def _missing(self) -> str:
        if not self.under:
            return _("No single group is under-represented by more than chance explains.")
        return _("Under-represented: {groups}.").format(groups=", ".join(self.under))

    @staticmethod
    def _present(seats: tuple[Seat, ...]) -> str:
        absent = [str(seat.name) for seat in seats if not seat.there]
        text = _("Groups that count as the community and were there: {there} of {all}.").format(
            all=integer(len(seats)), there=integer(len(seats) - len(absent))
        )
        return " ".join([text, _("Missing: {groups}.").format(groups="; ".join(absent))]) if absent else text

    def rows(self) -> list[dict[str, str]]:
        """One row a group, the withheld last."""
        return [
            {
                _("Group"): group.label,
                "n": integer(group.n),
                _("Share in the forum"): percent(None if group.n is None else group.n / self.n),
                _("Share of the population"): percent(group.population),
                _("Ratio"): number(group.ratio),
                _("95% interval"): limits(group.interval),
                _("Finding"): _FINDINGS[group.verdict](),
            }
            for group in (*self.groups, *self.hidden)
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers; withheld groups without any of the forum."""
        return {
            "method": self.method,
            "n": self.n,
            "dissimilarity": self.dissimilarity,
            "dissimilarity_by_chance": self.fit.by_chance,
            "chi_square": self.fit.chi_square,
            "g": self.fit.g,
            "freedom": self.fit.freedom,
            "p": self.fit.p,
            "groups": [_plain(group) for group in (*self.groups, *self.hidden)],
            "under": list(self.under),
            "seats": None if self.seats is None else {seat.code: seat.there for seat in self.seats},
            "left_out": self.left_out,
        }


_FINDINGS = {
    "under": lambda: _("too few"),
    "over": lambda: _("more than in the population"),
    "unclear": lambda: _("cannot be told from chance"),
    "withheld": lambda: _("not shown"),
}


def _plain(group: ForumGroup) -> dict[str, Any]:
    return {
        "group": group.label,
        "n": group.n,
        "population": group.population,
        "ratio": group.ratio,
        "interval": group.interval.as_json(6) if group.interval else None,
        "verdict": group.verdict,
    }
