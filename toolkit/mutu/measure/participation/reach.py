"""How many of the population took part or were reached, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from mutu.errors import N_, InputError, SettingError, Term
from mutu.locale import _, integer, percent
from mutu.measure import frames
from mutu.measure.intervals import wilson
from mutu.measure.participation.answers import yes_no
from mutu.measure.result import Interval, Result, limits
from mutu.measure.settings import whole
from mutu.regulations import publication

Basis = Literal["list", "survey"]
BASES: tuple[Basis, ...] = get_args(Basis)
_ANSWERS = frozenset({"0", "1", "true", "false", "yes", "no", "ya", "tidak"})


@dataclass(frozen=True)
class Reach(Result):
    """How many people were reached.

    Attributes
    ----------
    basis : "list" (counted from lists of attendance) or "survey" (a sample was asked)
    n : entries of the lists, or respondents who answered
    population : people who could have been reached
    people : people reached; of a survey an estimate
    interval : interval of `share`; None for a list, and for a survey that asked everybody
    most : people reached if every entry without a name was somebody else; of a survey the same as `people`
    unnamed : entries without a name, or respondents without an answer
    method : "counted", or "wilson, finite correction", or "census"
    """

    basis: Basis
    n: int
    population: int
    people: float
    interval: Interval | None
    most: float
    unnamed: int
    method: str

    def __float__(self) -> float:
        return self.share

    @property
    def share(self) -> float:
        """People reached as a share of the population."""
        return self.people / self.population

    def sentence(self) -> str:
        """How many were reached, and what that rests on."""
        said = [self._counted() if self.basis == "list" else self._asked()]
        if self.unnamed and self.basis == "list":
            said.append(
                _("Entries without a name: {unnamed}; with them it may be up to {most} people.").format(
                    unnamed=integer(self.unnamed), most=integer(round(self.most))
                )
            )
        elif self.unnamed:
            said.append(_("Without an answer: {unnamed}.").format(unnamed=integer(self.unnamed)))
        return " ".join(said)

    def _counted(self) -> str:
        return _(
            "{people} of a population of {population} were reached ({share}). Every person is counted once, from "
            "lists of {n} entries and not from a sample, so no interval is needed."
        ).format(
            people=integer(round(self.people)),
            share=percent(self.share),
            population=integer(self.population),
            n=integer(self.n),
        )

    def _asked(self) -> str:
        fields = {
            "share": percent(self.share),
            "people": integer(round(self.people)),
            "population": integer(self.population),
            "n": integer(self.n),
        }
        if self.interval is None:
            return _(
                "{share} of the population were reached: {people} of {population} people, all of whom were asked."
            ).format(**fields)
        return _(
            "An estimated {share} of the population were reached ({level} confidence interval {interval}), about "
            "{people} of {population} people; this rests on the answers of {n}."
        ).format(level=percent(self.interval.level, 0), interval=limits(self.interval, percent), **fields)

    def rows(self) -> list[dict[str, str]]:
        """One row."""
        return [
            {
                _("Rests on"): _("lists of attendance") if self.basis == "list" else _("survey"),
                "n": integer(self.n),
                _("Population"): integer(self.population),
                _("People reached"): integer(round(self.people)),
                _("Share of the population"): percent(self.share),
                _("95% interval"): limits(self.interval, percent),
            }
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "method": self.method,
            "basis": self.basis,
            "n": self.n,
            "population": self.population,
            "people": self.people,
            "most": self.most,
            "unnamed": self.unnamed,
            "share": self.share,
            "interval": self.interval.as_json(6) if self.interval else None,
        }


def reach(people: Any, population: int, *, rests_on: Basis = "list") -> Reach:
    """How many of a population were reached by an activity or a campaign.

    From lists of attendance every person counts once, however often they came; entries without a name cannot be told
    apart and are counted as an upper end only. A count needs no interval. From a survey («did you take part, did you
    hear of it?») the share is an estimate with Wilson's interval, with the effective number n (N - 1) ÷ (N - n) for
    the finite population.

    Parameters
    ----------
    people : of lists, who is entered, shape (entries,): names, numbers or any other mark of a person, empty if unknown;
        of a survey, True or False (1 or 0) a respondent, shape (respondents,), empty without an answer.
        An array, a series of any library, or a frame of one column
    population : people who could have been reached
    rests_on : "list" or "survey"

    Raises
    ------
    InputError : nobody entered or answered, or more people than the population
    AnswerError : an answer of a survey is neither yes nor no
    SettingError : no whole population, another basis, or a list that holds only yes and no

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212; as recommended by Newcombe (1998),
    Statistics in Medicine 17, 857-872.

    Examples
    --------
    >>> found = reach(["Ani", "Budi", "Ani", None], 40)
    >>> found.people, found.most, found.share
    (2, 3, 0.05)
    >>> asked = reach([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], 1000, rests_on="survey")
    >>> asked.people, round(asked.interval.low, 3), round(asked.interval.high, 3)
    (200.0, 0.057, 0.508)
    """
    if rests_on not in BASES:
        raise SettingError(
            N_("A reach rests on one of {known}, not on {basis}."), known=", ".join(BASES), basis=rests_on
        )
    size = whole(Term(N_("the population")), population)
    found = _listed(people, size) if rests_on == "list" else _surveyed(people, size)
    if max(found.people, found.n if rests_on == "survey" else 0) > size:
        raise InputError(
            N_("There are more people ({people}) than the population holds ({population}). Correct one of them."),
            people=found.n if rests_on == "survey" else int(found.people),
            population=size,
        )
    return found


def _listed(people: Any, population: int) -> Reach:
    entries = frames.texts(frames.cells(people))
    names = {entry for entry in entries if entry is not None}
    if names and {entry.strip().lower().removesuffix(".0") for entry in names} <= _ANSWERS:
        raise SettingError(
            N_(
                "The column holds only yes and no ({found}), and a list names people. Say what it is: "
                'rests_on="survey" for the answers of a survey; for lists give a name or number for each person.'
            ),
            found=", ".join(sorted(names)),
        )
    if not names:
        raise InputError(N_("The list names nobody. Give a name, a number or another mark for each person."))
    unnamed = sum(entry is None for entry in entries)
    most = min(len(names) + unnamed, population)
    return Reach("list", len(entries), population, len(names), None, max(most, len(names)), unnamed, "counted")


def _surveyed(people: Any, population: int) -> Reach:
    yes, answered = yes_no(people, Term(N_("reached")))
    n = int(answered.sum())
    share = float(yes[answered].mean())
    interval, method = None, "census"
    if n < population:
        effective = n * (population - 1) / (population - n)
        interval, method = wilson(share, effective, float(publication().confidence)), "wilson, finite correction"
    reached = share * population
    return Reach("survey", n, population, reached, interval, reached, int((~answered).sum()), method)
