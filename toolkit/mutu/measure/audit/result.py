"""What an audit found, as sentence, table and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mutu.locale import _, integer, number, percent, signed
from mutu.locale.numbers import half_up
from mutu.measure.audit.bands import GradeCheck, band_of
from mutu.measure.audit.causes import PEOPLE, Cause
from mutu.measure.audit.checks import Finding
from mutu.measure.audit.printed import Printed
from mutu.measure.audit.trials import WINDOW, Trial, Trials
from mutu.measure.result import Result
from mutu.regulations import Skm, publication

LISTED, AGREES, OPEN, EXPLAINED, UNEXPLAINED = "listed", "agrees", "open", "explained", "unexplained"
_CHANCE = Fraction(1, 20)  # above which the sentence warns that the explanation may be a coincidence
_NAMED = 3  # ties and findings named in the sentence; JSON has all


@dataclass(frozen=True)
class Audit(Result):
    """What explains the difference between a published index and the recomputed one.

    Attributes
    ----------
    regulation : the regulation followed
    source : "answers" or "table"
    n : respondents; None where a table does not say
    published : the index published; None where the conventions are only listed
    status : "listed" without a published index; "agrees"; "open" where the rounding of printed NRRs leaves both the
        right index and the published one possible; "explained"; or "unexplained"
    explanations : the simplest conventions that give the published index; several are ties
    trials : everything that was tried
    chance : share of the indices up to three points above the right one (or below it, as the published one is) that the
        conventions up to as many causes as the explanation has would give too; None where nothing was to be explained
    grade : what became of the published grade; None where none was given
    findings : what does not fit in the table itself
    """

    regulation: Skm = field(repr=False)
    source: str
    n: int | None
    published: Printed | None
    status: str
    explanations: tuple[Trial, ...]
    trials: Trials = field(repr=False)
    chance: Fraction | None
    grade: GradeCheck | None
    findings: tuple[Finding, ...]

    def __float__(self) -> float:
        return float(self.ikm)

    @property
    def method(self) -> str:
        """How causes were looked for."""
        return "conventions one by one and in pairs"

    @property
    def ikm(self) -> Fraction:
        """The right index, unrounded."""
        return self.trials.right.index

    @property
    def rounded(self) -> Decimal:
        """The right index with two decimals, rounded half up."""
        return half_up(self.ikm, 2)

    @property
    def mutu(self) -> str | None:
        """The grade of the right index."""
        return self.trials.right.mutu

    @property
    def difference(self) -> Fraction | None:
        """Published minus right, in points."""
        return None if self.published is None else self.published.exact - self.ikm

    @property
    def nearest(self) -> Trial | None:
        """The single convention that comes closest to the published index."""
        if self.published is None or not self.trials.singles:
            return None
        return min(self.trials.singles, key=lambda trial: abs(trial.index - self.published.exact))  # type: ignore[union-attr]

    @property
    def tried(self) -> int:
        """How many conventions, single and in pairs, gave an index of their own."""
        return len(self.trials.singles) + len(self.trials.pairs)

    def sentence(self) -> str:
        """What happened, what the right number is, and what to correct."""
        said = [_SENTENCES[self.status](self)]
        if self.grade is not None and not self.grade.holds:
            said.append(self.grade.sentence())
        said += [finding.text for finding in self.findings[:_NAMED]]
        more = len(self.findings) - _NAMED
        if more > 0:
            said.append(_("{count} more places of the table do not fit.").format(count=integer(more)))
        return " ".join(said)

    def is_clean(self) -> bool:
        """Whether nothing needs a word: no difference, a grade that is due, a table that agrees with itself."""
        graded = self.grade is None or self.grade.holds
        return self.status in (LISTED, AGREES) and graded and not self.findings

    def verdict(self) -> str:
        """The status in a few words, for a cell of a table."""
        if self.status == EXPLAINED:
            return _ties(self)
        return {
            LISTED: _("nothing published"),
            AGREES: _("agrees"),
            OPEN: _("agrees within the rounding of the NRRs"),
            UNEXPLAINED: _("not explained"),
        }[self.status]

    def rows(self) -> list[dict[str, str]]:
        """One row a convention that makes a difference, the right one first, and the pairs that explain."""
        pairs = tuple(trial for trial in self.explanations if len(trial.causes) > 1)
        singles = (trial for trial in self.trials.singles if self._is_worth_a_row(trial))
        return [self._row(trial) for trial in (self.trials.right, *singles, *pairs)]

    def _is_worth_a_row(self, trial: Trial) -> bool:
        """Whether a convention shows in two decimals, with an index that can be one, or gives the published index."""
        shows = trial.band is not None and half_up(trial.index, 2) != self.rounded
        return shows or (self.published is not None and trial.gives(self.published))

    def _row(self, trial: Trial) -> dict[str, str]:
        row = {
            _("How it is computed"): trial.name,
            _("Index"): number(trial.index),
            _("Grade (mutu)"): trial.mutu or "–",
            _("Difference"): signed(trial.index - self.ikm) if trial.causes else "",
        }
        if self.published is not None:
            row[_("Gives {published}").format(published=self.published)] = self._mark(trial)
        return row

    def _mark(self, trial: Trial) -> str:
        if self.published is not None and trial.gives(self.published):
            return _("yes")
        if self.published is not None and trial.gives(self.published, loosely=True):
            return _("possibly")
        return ""

    def as_json(self) -> dict[str, Any]:
        """The audit as plain numbers and texts."""
        difference = self.difference
        return {
            "regulation": str(self.regulation.short),
            "source": self.source,
            "n": self.n,
            "ikm": float(self.rounded),
            "mutu": self.mutu,
            "published": None if self.published is None else float(self.published.value),
            "digits": None if self.published is None else self.published.digits,
            "difference": None if difference is None else float(half_up(difference, 4)),
            "status": self.status,
            "explanations": [trial.as_json() for trial in self.explanations],
            "chance": None if self.chance is None else round(float(self.chance), 4),
            "tried": self.tried,
            "conventions": [trial.as_json() for trial in (self.trials.right, *self.trials.singles)],
            "no_difference": [cause.as_json() for cause in self.trials.same],
            "grade": None if self.grade is None else self._grade_json(self.grade),
            "findings": [finding.as_json() for finding in self.findings],
            "sentence": self.sentence(),
        }

    @staticmethod
    def _grade_json(grade: GradeCheck) -> dict[str, Any]:
        return {"given": grade.given, "due": grade.due, "holds": grade.holds, "reasons": list(grade.reasons)}

    def right(self) -> str:
        """The right index with its grade, as it is published."""
        if self.mutu is None:
            return number(self.rounded)
        return _("{ikm} (grade {mutu})").format(ikm=number(self.rounded), mutu=self.mutu)


def _listed(found: Audit) -> str:
    indices = [trial.index for trial in found.trials.singles if trial.band is not None]
    said = _("By {regulation} the index is {right}.").format(regulation=found.regulation.short, right=found.right())
    if not indices:
        return said + " " + _("No other convention makes a difference here.")
    return said + " " + _("Other conventions in use give {low} to {high}; the table says which.").format(
        low=number(min(indices)), high=number(max(indices))
    )  # fmt: skip


def _agrees(found: Audit) -> str:
    return _("The published index {published} is right: by {regulation} it is {right}.").format(
        published=found.published, regulation=found.regulation.short, right=found.right()
    )


def _open(found: Audit) -> str:
    low, high = (found.ikm + side * found.trials.right.slack for side in (-1, 1))
    said = _(
        "The published index {published} can be right: the printed NRRs are rounded, so the index by {regulation} lies "
        "between {low} and {high}."
    ).format(
        published=found.published, regulation=found.regulation.short, low=number(low), high=number(high)
    )  # fmt: skip
    if not found.explanations:
        return said
    return said + " " + _("The printed NRRs give exactly {published} with {cause}; only the answers decide.").format(
        published=found.published, cause=_ties(found)
    )  # fmt: skip


def _away(found: Audit) -> str:
    """How far the published index is from the right one, and what that does to the grade."""
    difference = found.difference or Fraction(0)
    said = _("The published index {published} lies {points} points above the index by {regulation}, {right}.")
    if difference < 0:
        said = _("The published index {published} lies {points} points below the index by {regulation}, {right}.")
    said = said.format(
        published=found.published, points=_points(abs(difference)), regulation=found.regulation.short,
        right=found.right(),
    )  # fmt: skip
    band = band_of(found.published.exact, found.regulation) if found.published else None
    if band is None or found.mutu in (None, band.mutu):
        return said
    return said + " " + _("That changes the grade: {grade} instead of {due}.").format(grade=band.mutu, due=found.mutu)


def _points(difference: Fraction) -> str:
    """A difference with two decimals, or with as many as it needs not to read as nothing."""
    return number(difference, next((digits for digits in (2, 3, 4) if half_up(difference, digits)), 6))


def _explained(found: Audit) -> str:
    first = found.explanations[0]
    publish = _publish(found)
    if len(found.explanations) > 1:
        said = _("{count} ways of computing give it, and they cannot be told apart here: {ways}.").format(
            count=integer(len(found.explanations)), ways=_ties(found)
        )
        return " ".join([_away(found), said, *_doubt(found), *publish])
    said = _("What gives it: {cause}.")
    loosely = found.published is not None and not first.gives(found.published)
    if loosely and _may(found):
        said = _("What can give it, within the rounding of the printed NRRs: {cause}.")
    elif loosely:
        said = _("What gives it, within the rounding of the printed NRRs: {cause}.")
    elif _may(found):
        said = _("What can give it: {cause}.")
    ask = [_("Ask how the index was computed.")] if _may(found) and not _doubt(found) else []
    corrections = dict.fromkeys(cause.correction for cause in first.causes if not _accuses(cause, found))
    return " ".join([_away(found), said.format(cause=first.name), *_doubt(found), *ask, *corrections, *publish])


def _may(found: Audit) -> bool:
    """Whether the explanation is one of many of its kind, so that it can give the number and need not be the cause."""
    causes = found.explanations[0].causes
    return len(causes) > 1 or causes[0].code == "left_out" or bool(_doubt(found))


def _accuses(cause: Cause, found: Audit) -> bool:
    """Whether a correction would charge the office with leaving answers out on a match that may be a coincidence."""
    return cause.stage == PEOPLE and (len(found.explanations[0].causes) > 1 or bool(_doubt(found)))


def _publish(found: Audit) -> list[str]:
    """What to publish; no grade where too few answered, nothing where the index itself cannot be."""
    least = publication().min_n_grade
    if found.mutu is None:
        return []
    if found.n is not None and found.n < least:
        return [
            _("Publish {ikm}, without a grade, as fewer than {least} people answered.").format(
                ikm=number(found.rounded), least=integer(least)
            )
        ]
    if open_ := half_up(found.trials.right.slack, 2):
        return [
            _(
                "Compute the index from the answers (`mutu skm score`): NRRs that are rounded tell it only to within "
                "{points} points."
            ).format(points=number(open_))
        ]
    return [_("Publish {right}.").format(right=found.right())]


def _doubt(found: Audit) -> list[str]:
    """A warning where a wrong index taken at random would often be explained too."""
    if found.chance is None or found.chance < _CHANCE:
        return []
    side = _("above the right one") if (found.difference or 0) > 0 else _("below the right one")
    return [
        _(
            "This may be a coincidence: of all indices up to {window} points {side}, {share} would be explained by "
            "something in the list; ask how the index was computed."
        ).format(window=WINDOW, share=percent(found.chance, 0), side=side)
    ]


def _ties(found: Audit) -> str:
    named = "; ".join(trial.name for trial in found.explanations[:_NAMED])
    more = len(found.explanations) - _NAMED
    return named if more <= 0 else _("{named}; and {count} more").format(named=named, count=integer(more))


def _unexplained(found: Audit) -> str:
    said = _("None of the {count} ways of computing that were tried gives it.").format(count=integer(found.tried))
    nearest = found.nearest
    if nearest is not None and found.published is not None:
        said += " " + _("The nearest: {cause} ({index}), still {rest} points away.").format(
            cause=nearest.name,
            index=number(nearest.index),
            rest=_points(abs(nearest.index - found.published.exact)),
        )
    advice = _("Check that the index and these data belong to the same period, unit and respondents.")
    return f"{_away(found)} {said} {advice}"


_SENTENCES = {
    LISTED: _listed,
    AGREES: _agrees,
    OPEN: _open,
    EXPLAINED: _explained,
    UNEXPLAINED: _unexplained,
}
