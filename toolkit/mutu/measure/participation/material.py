"""The levels of participation and the five groups, as the data files beside this module hold them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from mutu.regulations.load import read
from mutu.regulations.schema import DataFile, Part, Text

DATA = Path(__file__).parent / "data"


class Evidence(Part):
    """One piece of evidence: present or not."""

    code: str
    text: Text


class Level(Part):
    """One level of participation: what it means, and the evidence that all has to be there."""

    level: Annotated[int, Field(ge=1)]
    code: str
    name: Text
    meaning: Text
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


class Rubric(DataFile):
    """Levels of participation, lowest first."""

    none: Text
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all evidence, lowest level first."""
        return tuple(item.code for step in self.levels for item in step.evidence)

    @model_validator(mode="after")
    def _in_order(self) -> Rubric:
        if [step.level for step in self.levels] != list(range(1, len(self.levels) + 1)):
            raise ValueError("the levels must be 1, 2, 3 … in this order")
        if len(set(self.codes)) != len(self.codes):
            raise ValueError("a code stands twice")
        return self


class Party(Part):
    """One group that counts as the community."""

    code: str
    name: Text


class Parties(DataFile):
    """The groups that count as the community."""

    parties: Annotated[tuple[Party, ...], Field(min_length=1)]


@cache
def rubric(name: str = "levels-2026") -> Rubric:
    """The levels of participation and their evidence.

    Parameters
    ----------
    name : file of the data, without its ending

    Raises
    ------
    MissingPart : no file of that name is part of this installation

    Examples
    --------
    >>> [step.code for step in rubric().levels]
    ['told', 'heard', 'involved', 'shared', 'led']
    """
    return read(DATA / f"{name}.json", Rubric)


@cache
def parties(name: str = "parties-2017") -> Parties:
    """The five groups that count as the community in a public consultation.

    Parameters
    ----------
    name : file of the data, without its ending

    Raises
    ------
    MissingPart : no file of that name is part of this installation

    Examples
    --------
    >>> found = parties()
    >>> [party.code for party in found.parties]
    ['users', 'experts', 'agencies', 'civil_society', 'media']
    """
    return read(DATA / f"{name}.json", Parties)
