"""The form of the regulation files in `regulations/data`: what must stand in them, checked when they are read."""

from __future__ import annotations

from datetime import date as Date
from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mutu.errors import N_, InputError, SettingError
from mutu.locale import current, number
from mutu.locale.numbers import half_up


class Part(BaseModel):
    """A part of a data file: frozen once read, and nothing in it that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Part):
    """A text in both languages."""

    id: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def in_language(self, language: str) -> str:
        """The text in "id" or "en"."""
        return self.en if language == "en" else self.id

    def __str__(self) -> str:
        return self.in_language(current())


class Source(Part):
    """Where facts were read, and when."""

    title: str
    place: str
    date: str


class DataFile(Part):
    """What every data file of our own conventions says of itself."""

    schema_version: Literal[1]
    id: str
    version: Date
    title: Text
    note: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


class Status(Part):
    """Whether the regulation is in force, as far as was known on a day."""

    as_of: Date
    text: Text


class Unsur(Part):
    """One element of the survey; `options` are the four answers, least to best."""

    kode: str
    name: Text
    short: Text
    options: tuple[Text, Text, Text, Text]


class Band(Part):
    """A grade of the index: its letter (`mutu`), its name (`kinerja`), and the rounded values it covers."""

    mutu: str
    kinerja: Text
    low: Decimal
    high: Decimal


class Convention(Part):
    """A weight of one element that is in use; None means one divided by the number of elements asked."""

    code: str
    name: Text
    weight: Decimal | None


class ProfileField(Part):
    """What is asked about the respondent."""

    code: str
    name: Text


class Questionnaire(Part):
    """The order in which the model questionnaire asks the elements, where it differs from the body's order."""

    order: tuple[str, ...]
    note: Text


class SampleSize(Part):
    """The constants of the sample size formula."""

    name: str
    chi_square: Decimal
    proportion: Decimal
    margin: Decimal
    confidence: Decimal
    note: Text


class SampleTable(Part):
    """A printed table of sample sizes: rows of population and sample, and what some copies misprint."""

    schema_version: Literal[1]
    id: str
    version: Date
    title: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    note: Text
    misprints: tuple[tuple[int, int], ...]
    rows: Annotated[tuple[tuple[int, int], ...], Field(min_length=1)]


class Skm(Part):
    """A regulation of the public satisfaction survey (SKM)."""

    schema_version: Literal[1]
    id: str
    version: Date
    title: Text
    short: Text
    year: int
    status: Status
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    scale: tuple[int, int]
    multiplier: int
    unsur: Annotated[tuple[Unsur, ...], Field(min_length=1)]
    questionnaire: Questionnaire
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    weights: Annotated[tuple[Convention, ...], Field(min_length=1)]
    profile: tuple[ProfileField, ...]
    sample_size: SampleSize

    @property
    def kodes(self) -> tuple[str, ...]:
        """The codes of the elements in the order of the regulation's body."""
        return tuple(unsur.kode for unsur in self.unsur)

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and highest possible index."""
        return self.scale[0] * self.multiplier, self.scale[1] * self.multiplier

    def element(self, kode: str) -> Unsur:
        """The element with this code, for instance "U3"."""
        known = {unsur.kode: unsur for unsur in self.unsur}
        if kode not in known:
            raise InputError(
                N_("There is no element «{kode}»; the elements are {known}."), kode=kode, known=", ".join(known)
            )
        return known[kode]

    def grade(self, index: Decimal | Fraction) -> Band:
        """The band of an index, after rounding it to two decimals, half up.

        Rounding comes first because the printed bands leave holes between each other (76.605 lies in none).

        Parameters
        ----------
        index : 25 to 100

        Raises
        ------
        InputError : the index lies outside all bands
        """
        rounded = half_up(index, 2)
        for band in self.bands:
            if band.low <= rounded <= band.high:
                return band
        low, high = self.bounds
        raise InputError(
            N_("An index of {index} has no grade; it must lie between {low} and {high}."),
            index=number(rounded),
            low=low,
            high=high,
        )

    @model_validator(mode="after")
    def _bands_touch(self) -> Skm:
        """The bands, as rounded values, run from one bound to the other without hole or overlap."""
        edges = [self.bands[0].low, *(band.high + Decimal("0.01") for band in self.bands)]
        starts = [*(band.low for band in self.bands), self.bounds[1] + Decimal("0.01")]
        if edges != starts or self.bands[0].low != self.bounds[0]:
            raise ValueError("bands leave a hole or overlap")
        return self

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Skm:
        for codes in (self.kodes, tuple(rule.code for rule in self.weights), tuple(f.code for f in self.profile)):
            if len(set(codes)) != len(codes):
                raise ValueError("a code stands twice")
        if sorted(self.questionnaire.order) != sorted(self.kodes):
            raise ValueError("questionnaire.order must name every element once")
        return self


class Publication(Part):
    """The product's own rules for showing results.

    Attributes
    ----------
    min_n_grade : respondents below which no grade is published
    min_group : respondents below which a group is not shown
    other_scale_share : share of answers outside the scale above which the file is taken to use another scale
    unread_share : share of answers that cannot be read above which the file is refused
    confidence : level of all intervals
    """

    schema_version: Literal[1]
    id: str
    version: Date
    title: Text
    source: str
    min_n_grade: Annotated[int, Field(ge=1)]
    min_group: Annotated[int, Field(ge=1)]
    other_scale_share: Annotated[Decimal, Field(ge=0, le=1)]
    unread_share: Annotated[Decimal, Field(ge=0, le=1)]
    confidence: Annotated[Decimal, Field(gt=0, lt=1)]

    def least_group(self, wished: int | None, name: str = "min_group") -> int:
        """The smallest group to show: what is wished for, never below the product's own minimum.

        Raises
        ------
        SettingError : a smaller one is wished for
        """
        return _raised(name, wished, self.min_group)

    def least_graded(self, wished: int | None, name: str = "min_n") -> int:
        """The fewest respondents to publish a grade for; as `least_group`."""
        return _raised(name, wished, self.min_n_grade)


def _raised(name: str, wished: int | None, least: int) -> int:
    if wished is not None and not (isinstance(wished, Integral) and wished >= least):
        raise SettingError(
            N_("{name} is {found}, but may only be raised: the smallest value is {least}."),
            name=name,
            found=wished,
            least=least,
        )
    return least if wished is None else wished
