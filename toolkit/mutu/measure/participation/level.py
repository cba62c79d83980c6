"""Which level of participation an activity has reached, by the evidence there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mutu.errors import N_, InputError
from mutu.locale import _, integer
from mutu.measure import frames
from mutu.measure.participation.material import Evidence, Level, Rubric, rubric
from mutu.measure.result import Result


@dataclass(frozen=True)
class LevelResult(Result):
    """The level of an activity.

    Attributes
    ----------
    rubric : the levels and their evidence, with version and sources
    level : highest level whose evidence, and that of all levels below, is there; 0 where the first is not complete
    present : codes of the evidence there is
    unanswered : codes nobody said anything about; they count as not there
    method : "all evidence up to the level"
    """

    rubric: Rubric
    level: int
    present: frozenset[str]
    unanswered: tuple[str, ...]
    method: str = "all evidence up to the level"

    def __float__(self) -> float:
        return float(self.level)

    @property
    def name(self) -> str:
        """The level's name in the language in use."""
        return str(self.rubric.levels[self.level - 1].name if self.level else self.rubric.none)

    @property
    def next(self) -> Level | None:
        """The next level; None at the highest."""
        return self.rubric.levels[self.level] if self.level < len(self.rubric.levels) else None

    @property
    def missing(self) -> tuple[Evidence, ...]:
        """The evidence that is missing for the next level."""
        return tuple(item for item in self.next.evidence if item.code not in self.present) if self.next else ()

    @property
    def beyond(self) -> tuple[Evidence, ...]:
        """Evidence there is of levels above the next one; it does not count while a level below is incomplete."""
        above = self.rubric.levels[self.level + 1 :]
        return tuple(item for step in above for item in step.evidence if item.code in self.present)

    def sentence(self) -> str:
        """The level, and what is missing for the next."""
        said = [
            _("Participation in this activity has reached level {level} of {highest}: {name}.").format(
                level=integer(self.level), highest=integer(len(self.rubric.levels)), name=self.name
            )
        ]
        if self.next:
            said.append(
                _("For the next level («{name}») this evidence is missing: {evidence}").format(
                    name=self.next.name, evidence=" ".join(str(item.text) for item in self.missing)
                )
            )
        if self.beyond:
            said.append(
                _("Evidence of higher levels is there as well, but counts only when the levels below are complete.")
            )
        return " ".join(said)

    def rows(self) -> list[dict[str, str]]:
        """One row a piece of evidence."""
        return [
            {
                _("Level of participation"): f"{step.level} {step.name}",
                _("Evidence"): f"{item.code} {item.text}",
                _("There"): self._said(item.code),
            }
            for step in self.rubric.levels
            for item in step.evidence
        ]

    def _said(self, code: str) -> str:
        if code in self.unanswered:
            return _("not answered")
        return _("yes") if code in self.present else _("no")

    def as_json(self) -> dict[str, Any]:
        """Plain numbers and codes."""
        return {
            "method": self.method,
            "rubric": self.rubric.id,
            "version": self.rubric.version.isoformat(),
            "level": self.level,
            "code": self.rubric.levels[self.level - 1].code if self.level else None,
            "present": sorted(self.present),
            "missing": [item.code for item in self.missing],
            "beyond": [item.code for item in self.beyond],
            "unanswered": list(self.unanswered),
        }


def level(evidence: Mapping[str, Any], *, using: Rubric | None = None) -> LevelResult:
    """The level of participation of an activity, by the evidence there is.

    A level is reached when all its evidence and all evidence of the levels below is there: a vote of the people on a
    plan that nobody was told about is no joint decision. The levels run from being told to leading; descriptions and
    evidence are the product's own and stand in a data file.

    Parameters
    ----------
    evidence : code -> True or False (1 or 0), None where it is not known; what is left out counts as not there
    using : levels and evidence of another version; the product's own by default

    Raises
    ------
    InputError : no evidence at all, or a code the levels do not know
    AnswerError : a value is neither yes nor no

    References
    ----------
    The dimension, not the words: Arnstein (1969), Journal of the American Institute of Planners 35, 216-224; the
    spectrum of the International Association for Public Participation (IAP2), which is under licence.

    Examples
    --------
    >>> found = level({"1a": True, "1b": True, "1c": True, "2a": True, "2b": False})
    >>> found.level, [item.code for item in found.missing]
    (1, ['2b', '2c'])
    """
    chosen = using or rubric()
    known = chosen.codes
    if not evidence:
        raise InputError(
            N_("There is no evidence. Say for each of {known} whether it is there."), known=", ".join(known)
        )
    for code in evidence:
        if code not in known:
            raise InputError(N_("There is no evidence «{code}»; there is {known}."), code=code, known=", ".join(known))
    said = {code: value for code, value in evidence.items() if not frames.is_empty(value)}
    present = frozenset(code for code, value in said.items() if frames.flags([value], code)[0])
    reached = 0
    for step in chosen.levels:
        if any(item.code not in present for item in step.evidence):
            break
        reached = step.level
    return LevelResult(chosen, reached, present, tuple(code for code in known if code not in said))
