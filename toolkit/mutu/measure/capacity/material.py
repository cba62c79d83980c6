"""Effective working time and the dimensions of change, as the data files beside this module hold them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from mutu.errors import N_, SettingError
from mutu.regulations.load import read
from mutu.regulations.schema import DataFile, Part, Text

DATA = Path(__file__).parent / "data"


class WorkingTime(Part):
    """A convention of effective working time: minutes one employee works in a year."""

    code: str
    name: Text
    minutes: Annotated[int, Field(ge=1)]


class EffectiveTime(DataFile):
    """Conventions of effective working time; the first is the default."""

    conventions: Annotated[tuple[WorkingTime, ...], Field(min_length=1)]

    def convention(self, code: str) -> WorkingTime:
        """The convention with this code.

        Raises
        ------
        SettingError : there is none
        """
        known = {convention.code: convention for convention in self.conventions}
        if code not in known:
            raise SettingError(
                N_("There is no effective working time «{code}»; choose one of {known}, or give minutes a year."),
                code=code,
                known=", ".join(known),
            )
        return known[code]


class DimensionText(Part):
    """A dimension of a scale: name and meaning."""

    code: str
    name: Text
    meaning: Text


class ScaleText(Part):
    """A scale and its dimensions."""

    code: str
    name: Text
    dimensions: Annotated[tuple[DimensionText, ...], Field(min_length=1)]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the dimensions."""
        return tuple(dimension.code for dimension in self.dimensions)


class ChangeScales(DataFile):
    """The scales of readiness and resistance."""

    scales: Annotated[tuple[ScaleText, ...], Field(min_length=1)]


@cache
def effective_time() -> EffectiveTime:
    """The conventions of effective working time.

    Examples
    --------
    >>> effective_time().conventions[0].minutes
    75000
    """
    return read(DATA / "effective-time.json", EffectiveTime)


@cache
def change_scale(code: str) -> ScaleText:
    """The dimensions of "readiness" or "resistance".

    Parameters
    ----------
    code : the scale, "readiness" or "resistance"

    Raises
    ------
    SettingError : another scale

    Examples
    --------
    >>> change_scale("readiness").codes
    ('commitment', 'efficacy')
    """
    scales = {scale.code: scale for scale in read(DATA / "dimensions.json", ChangeScales).scales}
    if code not in scales:
        raise SettingError(
            N_("There is no scale «{code}»; the scales are {known}."), code=code, known=", ".join(scales)
        )
    return scales[code]
