"""What the index is when it is computed: numbers unrounded, with what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mutu.errors import N_, InputError
from mutu.locale import _, number, percent
from mutu.locale.numbers import half_up
from mutu.measure.intervals import Spread
from mutu.measure.result import Interval, Result, interval_text, limits
from mutu.measure.skm.estimate import NO_SPREAD, Estimate, interval
from mutu.measure.skm.grades import GradeChance, chances, clusters_said, doubt
from mutu.measure.skm.people import People
from mutu.regulations import Band, Convention, Skm


@dataclass(frozen=True)
class UnsurResult:
    """One element of the survey.

    Attributes
    ----------
    kode : code in the order of the regulation's body, "U1" to "U9"
    n : respondents who answered it
    counts : answers at each point of the scale, lowest first; empty for several questions
    questions : questions that form the element and have an answer
    missing : cells without an answer, among the respondents counted
    nrr : mean answer on 1-4 (several questions: the mean of their means)
    weight : share of the NRR in the index
    nrr_tertimbang : nrr × weight
    indeks : nrr × 25, on 25-100
    se : standard error of `indeks`; None below two answers
    interval, nrr_interval : 95 % interval of `indeks` and of `nrr`; None below two answers
    band : grade of `indeks`
    """

    kode: str
    n: int
    counts: tuple[int, ...]
    questions: int
    missing: int
    nrr: Fraction
    weight: Fraction
    nrr_tertimbang: Fraction
    indeks: Fraction
    se: float | None
    interval: Interval | None
    nrr_interval: Interval | None
    band: Band = field(repr=False)
    regulation: Skm = field(repr=False)

    @property
    def nama(self) -> str:
        """The element's name in the language in use."""
        return str(self.regulation.element(self.kode).name)

    @property
    def short(self) -> str:
        """The element's name in one word, for figures."""
        return str(self.regulation.element(self.kode).short)

    @property
    def mutu(self) -> str:
        """The letter of the grade of `indeks`."""
        return self.band.mutu

    def as_json(self) -> dict[str, Any]:
        """The element for JSON: NRRs with six decimals, so that they still add up, indices with two."""
        return {
            "kode": self.kode,
            "nama": self.nama,
            "n": self.n,
            "nrr": float(half_up(self.nrr, 6)),
            "nrr_tertimbang": float(half_up(self.nrr_tertimbang, 6)),
            "indeks": float(half_up(self.indeks, 2)),
            "interval": self.interval.as_json(2) if self.interval else None,
            "mutu": self.mutu,
            "se": self.se,
            "weight": float(half_up(self.weight, 6)),
            "questions": self.questions,
            "missing": self.missing,
            "counts": list(self.counts),
        }


@dataclass(frozen=True)
class GroupResult:
    """The index of one group; below the smallest group allowed it is suppressed and holds no number but n.

    Where the index of a small group would follow from the whole and the other groups of the column, the next
    smallest group is suppressed as well.

    Attributes
    ----------
    column, value : what the respondents were grouped by, and the group's label
    n : respondents of the group with at least one answer
    ikm : index of the group, unrounded, 25-100
    elements : elements with an answer in the group; those without leave its denominator
    least : respondents below which a group is withheld

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import skm
    >>> answers = pl.DataFrame({"U1": [4, 3, 4, 4, 3, 4, 2, 3, 3, 4], "counter": ["1"] * 5 + ["2"] * 5})
    >>> found = skm.score(answers, by="counter")
    >>> [(group.value, group.n, group.mutu) for group in found.groups]
    [('1', 5, 'A'), ('2', 5, 'B')]
    """

    column: str
    value: str
    n: int
    least: int
    ikm: Fraction | None = None
    mutu: str | None = None
    interval: Interval | None = None
    elements: int = 0
    suppressed: bool = True

    @property
    def few(self) -> bool:
        """Whether it is withheld for its own size, and not to protect another group."""
        return 0 < self.n < self.least

    def as_json(self) -> dict[str, Any]:
        """The group for JSON."""
        return {
            "column": self.column,
            "value": self.value,
            "n": self.n,
            "ikm": None if self.ikm is None else float(half_up(self.ikm, 2)),
            "mutu": self.mutu,
            "interval": self.interval.as_json(2) if self.interval else None,
            "suppressed": self.suppressed,
        }


@dataclass(frozen=True)
class IndexResult(Result):
    """The index of satisfaction (IKM) of a survey.

    Attributes
    ----------
    regulation : the regulation it was computed by
    weights : the weight convention used
    scale : lowest and highest answer of the survey; other than 1-4 it was converted linearly
    n : respondents with at least one answer
    population : size of the population the sample was taken from, if given
    ikm : the index, unrounded, 25-100 (up to 1 % less with a printed weight)
    rounded : the index with two decimals, rounded half up: what is published and graded
    band : the grade of `rounded`
    spread : how the index varies from sample to sample; None below two respondents
    interval : 95 % interval of the index; None below two respondents
    unsur : the elements that were asked, in the body's order
    groups : the index by group
    missing_share : cells without an answer, as a share of the cells of the respondents counted
    people : the respondents' own indices
    """

    regulation: Skm = field(repr=False)
    convention: Convention = field(repr=False)
    scale: tuple[int, int]
    n: int
    population: int | None
    ikm: Fraction
    band: Band = field(repr=False)
    spread: Spread | None
    interval: Interval | None
    unsur: tuple[UnsurResult, ...]
    groups: tuple[GroupResult, ...]
    missing_share: Fraction
    estimate: Estimate = field(repr=False, compare=False)
    people: People = field(repr=False, compare=False)

    def __float__(self) -> float:
        return float(self.ikm)

    @property
    def weights(self) -> str:
        """The code of the weight convention: "exact", "0.1111", "0.111" or "0.11"."""
        return self.convention.code

    @property
    def rounded(self) -> Decimal:
        """The index with two decimals, rounded half up."""
        return half_up(self.ikm, 2)

    @property
    def mutu(self) -> str:
        """The letter of the grade."""
        return self.band.mutu

    @property
    def kinerja(self) -> str:
        """What the grade means, in the language in use."""
        return str(self.band.kinerja)

    @property
    def se(self) -> float | None:
        """Standard error of the index; None below two respondents."""
        return None if self.spread is None else self.spread.se

    @property
    def clusters(self) -> int | None:
        """How many clusters the respondents come from; None where they were drawn one by one."""
        return None if self.estimate.clusters is None else self.estimate.units

    @property
    def method(self) -> str:
        """How the interval was made: "hall-t", "hall-t-fpc" with a finite population, "cluster-jackknife-hall-t"."""
        if self.clusters is not None:
            return "cluster-jackknife-hall-t"
        return "hall-t" if self.population is None else "hall-t-fpc"

    @property
    def grades(self) -> tuple[GradeChance, ...]:
        """How probable it is that the true index lies in each band, lowest band first; empty without a spread."""
        return chances(self.ikm, self.spread, self.regulation, certain=self.population == self.n)

    def element(self, kode: str) -> UnsurResult:
        """One element of the result.

        Raises
        ------
        InputError : it was not asked
        """
        asked = {unsur.kode: unsur for unsur in self.unsur}
        if kode not in asked:
            raise InputError(
                N_("The element «{kode}» was not asked in this survey; asked were {known}."),
                kode=kode,
                known=", ".join(asked),
            )
        return asked[kode]

    def difference(self, kode_a: str, kode_b: str) -> Interval | None:
        """95 % interval of the index of one element minus another's, in points of the index.

        The same people answered both, so the two are compared within respondents. Degrees of freedom follow
        the element with fewer answers; None when that has fewer than two.
        """
        a, b = self.element(kode_a), self.element(kode_b)
        n = min(a.n, b.n)
        if a is b and a.interval is not None:
            return Interval(0.0, 0.0, a.interval.level)
        points = self.regulation.multiplier
        spread = self.estimate.spread({kode_a: points, kode_b: -points}, n, self.population)
        low, high = self.regulation.bounds
        counted = self.population == n
        units, widest = min(n, self.estimate.units), Fraction(high - low)
        return interval(a.indeks - b.indeks, spread, units, (-widest, widest), counted=counted)

    def sentence(self) -> str:
        """The index, its grade, interval and n, and every convention that is not the plain one."""
        text = _("IKM {ikm}, grade {mutu} ({kinerja}), n = {n}; {interval}.").format(
            ikm=number(self.ikm),
            mutu=self.mutu,
            kinerja=self.kinerja.lower(),
            interval=interval_text(self.interval),
            n=number(Fraction(self.n), 0),
        )
        return " ".join([text, *self.doubt(), *self.remarks()])

    def doubt(self) -> list[str]:
        """What the sample leaves open about the grade: nothing where it is hardly in doubt."""
        return doubt(self.band, self.grades)

    def remarks(self) -> list[str]:
        """Sentences on what must be named beside the index: the weight, the scale, missing answers."""
        said = []
        if self.convention.weight is not None:
            said.append(_("Computed with the {weight}.").format(weight=self.convention.name))
        if self.scale != self.regulation.scale:
            said.append(
                _("Answers on {low} to {high} were converted linearly to 1 to 4.").format(
                    low=self.scale[0], high=self.scale[1]
                )
            )
        if self.clusters is not None:
            said.append(clusters_said(self.clusters))
        if self.agreed:
            said.append(self.agreed)
        if self.missing_share:
            said.append(_("{share} of the answers are empty or not counted.").format(share=percent(self.missing_share)))
        return said

    @property
    def agreed(self) -> str:
        """What must be said where the answers show no spread although not everybody was asked, else nothing."""
        if self.spread is None or self.spread.se > NO_SPREAD or self.population == self.n:
            return ""
        return _(
            "All respondents come to the same value; the interval says how many of the people served could still "
            "differ."
        )

    def rows(self) -> list[dict[str, str]]:
        """One row an element, in the body's order, and the index below."""
        elements = [
            {
                _("Code"): unsur.kode,
                _("Element"): unsur.nama,
                "n": number(Fraction(unsur.n), 0),
                "NRR": number(unsur.nrr, 3),
                _("Weighted NRR"): number(unsur.nrr_tertimbang, 3),
                _("Index"): number(unsur.indeks),
                _("95% interval"): limits(unsur.interval),
                _("Grade (mutu)"): unsur.mutu,
            }
            for unsur in self.unsur
        ]
        total = sum((unsur.nrr_tertimbang for unsur in self.unsur), Fraction(0))
        values = ("", "IKM", number(Fraction(self.n), 0), "", number(total, 3), number(self.ikm))
        last = dict(zip(elements[0], (*values, limits(self.interval), self.mutu), strict=True))
        return [*elements, last]

    def group_rows(self) -> list[dict[str, str]]:
        """One row a group; of one that is withheld the name alone."""
        return [
            {
                _("Column"): group.column,
                _("Group"): group.value,
                "n": number(group.n, 0) if not group.suppressed else f"< {group.least}" if group.few else number(None),
                _("Index"): number(group.ikm),
                _("95% interval"): limits(group.interval),
                _("Grade (mutu)"): group.mutu or number(None),
            }
            for group in self.groups
        ]

    def tables(self) -> list[list[dict[str, str]]]:
        """The elements, and the groups where the survey was divided into some."""
        return [self.rows(), self.group_rows()] if self.groups else [self.rows()]

    def as_json(self) -> dict[str, Any]:
        """The result as plain numbers; the index with two decimals as it is published."""
        return {
            "regulation": str(self.regulation.short),
            "weights": self.weights,
            "n": self.n,
            "ikm": float(self.rounded),
            "mutu": self.mutu,
            "kinerja": self.kinerja,
            "interval": self.interval.as_json(2) if self.interval else None,
            "method": self.method,
            "se": self.se,
            "clusters": self.clusters,
            "grades": [chance.as_json() for chance in self.grades],
            "scale": list(self.scale),
            "population": self.population,
            "missing_share": float(half_up(self.missing_share, 6)),
            "unsur": [unsur.as_json() for unsur in self.unsur],
            "groups": [group.as_json() for group in self.groups],
        }
