"""Synthetic surveys: answers of nobody, to practise with and to try things out on, and always labelled as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, SettingError, Term, WorkspaceError, reason
from mutu.locale import _, integer, number
from mutu.locale.numbers import half_up
from mutu.measure.result import Result
from mutu.measure.settings import whole
from mutu.regulations import skm
from mutu.responses import synthetic_draw as drawing
from mutu.responses import synthetic_mark
from mutu.responses import synthetic_settings as settings
from mutu.responses.grid import data

if TYPE_CHECKING:
    import pandas as pd

    from mutu.responses.survey import Survey

CLUSTER = "klaster"
_LEAST = 10


@dataclass(frozen=True)
class Gap:
    """A gap between a group and all others, in points of the index: the one wished for, and the one reached."""

    column: str
    value: str
    wished: float
    reached: float

    @property
    def group(self) -> str:
        """The column with the group, as sentences name it."""
        return f"{self.column} «{self.value}»"


@dataclass(frozen=True)
class Synthetic(Result):
    """A synthetic survey.

    Attributes
    ----------
    frame : respondents in rows: `sintetis` (the label, in every row), "U1" to "U9" (nullable integers), the profile
        and, with clusters, `klaster`
    seed : the start of chance; the same settings and seed give the same frame
    wished : the index asked for
    ikm : the index reached, exact
    wished_correlation, correlation : mean correlation between elements, asked for and reached; None where one of them
        does not vary
    gaps : the gaps asked for and reached
    icc : intraclass correlation of the respondents' means within clusters; None without clusters
    """

    frame: pd.DataFrame = field(repr=False, compare=False)
    seed: int
    wished: Decimal
    ikm: Fraction
    wished_correlation: float
    correlation: float | None
    gaps: tuple[Gap, ...] = ()
    icc: float | None = None

    def __float__(self) -> float:
        return float(self.ikm)

    @property
    def n(self) -> int:
        """How many respondents."""
        return len(self.frame)

    @property
    def method(self) -> str:
        """How they were made."""
        return "gaussian-copula-one-factor"

    @property
    def rounded(self) -> Decimal:
        """The index reached, with two decimals."""
        return half_up(self.ikm, 2)

    @property
    def answers(self) -> pd.DataFrame:
        """The answers alone, as `mutu.measure.skm.score` takes them; the label stays in `.attrs`."""
        return self._labelled([name for name in map(str, self.frame) if name in skm().kodes])

    @property
    def profile(self) -> pd.DataFrame:
        """The respondents' groups, and the label."""
        return self._labelled([name for name in map(str, self.frame) if name not in skm().kodes])

    def survey(self) -> Survey:
        """The synthetic survey as if it had been read from a file, its label among the hints."""
        from mutu.responses.survey import ColumnMapping, Survey

        answers = self.answers.set_axis(range(1, self.n + 1), axis="index").rename_axis("row")
        profile = self.profile.drop(columns=synthetic_mark.COLUMN).set_axis(answers.index, axis="index")
        names = [*answers.columns, *profile.columns]
        return Survey(
            answers=answers,
            profile=profile,
            mapping=tuple(ColumnMapping(str(name), str(name), "words", sure=True) for name in names),
            rejected=(),
            hints=(synthetic_mark.warning(), self.sentence()),
            file=synthetic_mark.label(),
            kind="synthetic",
            synthetic=True,
        )

    def write(self, path: Path | str) -> None:
        """Write the survey as .csv, .xlsx, .sav or .zsav; the label goes with every row, and into the file's title.

        Raises
        ------
        SettingError : the name ends in something else
        WorkspaceError : the file cannot be written
        """
        target = Path(path)
        kind = target.suffix.casefold()
        if kind in (".sav", ".zsav"):
            from mutu.responses.spss_writing import write_sav

            return write_sav(self.survey(), target)
        if kind not in (".csv", ".xlsx"):
            raise SettingError(
                N_("{file} is no name for a file of answers. Let it end in .csv, .xlsx or .sav."), file=target.name
            )
        try:
            self._table(target, kind)
        except OSError as error:
            raise WorkspaceError(
                N_("{file} cannot be written ({why}). Choose another folder or name."), file=target, why=reason(error)
            ) from None
        return None

    def sentence(self) -> str:
        """That nobody was asked, how many there are, and what was reached of what was wished for."""
        said = _(
            "Synthetic data made by a computer (seed {seed}), not answers of people: {n} respondents, index {index}, "
            "mean correlation between elements {correlation}."
        ).format(
            seed=self.seed,
            n=integer(self.n),
            index=number(self.rounded),
            correlation=number(self.correlation),
        )
        return " ".join([said, *self._missed(), *map(_gap_said, self.gaps)])

    def rows(self) -> list[dict[str, str]]:
        """One row for each thing wished for."""
        lines = [
            (_("Index (IKM)"), number(self.wished), number(self.rounded)),
            (_("Mean correlation between elements"), number(self.wished_correlation), number(self.correlation)),
            *(
                (
                    _("Gap of {group}").format(group=f"{gap.column}: {gap.value}"),
                    number(gap.wished),
                    number(gap.reached),
                )
                for gap in self.gaps
            ),
        ]
        return [
            {_("Synthetic data"): name, _("Wished for"): wished, _("Reached"): reached}
            for name, wished, reached in lines
        ]

    def as_json(self) -> dict[str, Any]:
        """What was wished for and reached, as plain numbers."""
        return {
            "synthetic": True,
            "method": self.method,
            "seed": self.seed,
            "n": self.n,
            "ikm": float(self.rounded),
            "wished": {"ikm": float(self.wished), "correlation": self.wished_correlation},
            "correlation": self.correlation,
            "gaps": [
                {"column": gap.column, "value": gap.value, "wished": gap.wished, "reached": gap.reached}
                for gap in self.gaps
            ],
            "icc": self.icc,
        }

    def _missed(self) -> list[str]:
        if self.rounded == half_up(self.wished, 2):
            return []
        return [
            _("Of the index wished for, {wished}, {n} respondents come as near as this.").format(
                wished=number(self.wished), n=integer(self.n)
            )
        ]

    def _labelled(self, names: Sequence[str]) -> pd.DataFrame:
        found = self.frame[list(names)].copy()
        found.attrs = dict(self.frame.attrs)
        return found

    def _table(self, target: Path, kind: str) -> None:
        names = {unsur.kode: f"{unsur.kode} {unsur.name}" for unsur in skm().unsur}
        names |= {part.code: str(part.name) for part in skm().profile}
        table = self.frame.rename(columns=names)
        if kind == ".csv":
            table.to_csv(target, index=False, encoding="utf-8-sig")
        else:
            texts = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
            table.to_excel(
                target, index=False, sheet_name=_("synthetic data"), engine="xlsxwriter", engine_kwargs=texts
            )


def synthetic(  # noqa: PLR0913 (options)
    n: int,
    index: float | Decimal,
    *,
    seed: int = 1,
    unsur: Sequence[str] | None = None,
    correlation: float | None = None,
    groups: Mapping[str, Mapping[str, float]] | None = None,
    gaps: Mapping[str, Mapping[str, float]] | None = None,
    clusters: int | None = None,
    icc: float = 0.05,
    missing: float | None = None,
) -> Synthetic:
    """A survey of nobody's answers that looks like a real one and has the index given.

    Answers come from a Gaussian copula with one factor whose thresholds give about 80 % threes and fours near an index
    of 76; the level moves until the index is the one given, to the second decimal where so many respondents can have it
    (about 280 without a gap in their answers). What was reached is in the result.

    Parameters
    ----------
    n : respondents, at least 10
    index : the index to have, 25-100, for instance a published one
    seed : start of chance, a whole number; the same settings and seed give the same frame
    unsur : the elements asked; all nine by default
    correlation : mean Pearson correlation between elements, 0 to 0.9; 0.45 by default
    groups : column -> {label: share} of the profile, beside or in place of the usual columns
    gaps : column -> {label: points}, how far the index of that group lies above (or below, if negative) that of all
        others
    clusters : number of days, counters or villages whose respondents answer alike; none by default
    icc : how alike, as intraclass correlation of the respondents' means
    missing : share of answers missing by chance, 0 to 0.5; 0.01 by default

    Returns
    -------
    Synthetic : .frame, labelled in every row; .survey() for reports, .write(path) for files; its sentence says that
        nobody was asked

    Raises
    ------
    SettingError : a number outside its range, an unknown element, or a gap of a group that nobody belongs to

    References
    ----------
    Leisch, Kaiser & Hornik (2010), orddata: generation of artificial ordinal and binary data, R package 0.1, which cuts
    correlated normal values at thresholds too.

    Examples
    --------
    >>> made = synthetic(400, 82.47, seed=7, gaps={"disabilitas": {"Ya": -6}})
    >>> float(made.rounded), made.frame["sintetis"].nunique()
    (82.47, 1)
    """
    kodes = settings.elements(unsur)
    wished = settings.wished_index(index)
    people = whole(Term(N_("the number of respondents")), n, _LEAST)
    start = whole(Term(N_("the seed")), seed, 0)
    tied = settings.within(Term(N_("the correlation")), _usual(correlation, "correlation"), 0, 0.9)
    absent = settings.within(Term(N_("the share of missing answers")), _usual(missing, "missing"), 0, 0.5)
    labels = drawing.profile(start, people, settings.shares(groups))
    members = settings.members(gaps or {}, labels)
    places = settings.places(start, people, clusters, icc)
    wish = drawing.Wish(float(wished), tied, tuple((who, points) for _c, _v, points, who in members), float(icc))
    found = drawing.calibrated(drawing.drawn(start, people, kodes, absent, places), wish)
    return _result(found, kodes, labels, places=places, members=members, wished=(start, wished, tied))


def _usual(given: float | None, name: str) -> float:
    return float(data("synthetic")[name]) if given is None else given


def _result(
    found: drawing.Floats,
    kodes: tuple[str, ...],
    labels: dict[str, list[str]],
    *,
    places: NDArray[np.int64] | None,
    members: list[settings.Member],
    wished: tuple[int, Decimal, float],
) -> Synthetic:
    """The answers as a labelled frame, with what was reached; `wished` holds seed, index and correlation."""
    import pandas as pd

    from mutu.measure.skm import score

    columns: dict[str, Any] = {synthetic_mark.COLUMN: synthetic_mark.label()}
    columns |= {kode: pd.Series(found[:, place]).astype("Int64") for place, kode in enumerate(kodes)}
    columns |= labels | ({} if places is None else {CLUSTER: [f"{place + 1:03d}" for place in places]})
    frame = pd.DataFrame(columns, index=range(len(found)))
    frame.attrs[synthetic_mark.COLUMN] = synthetic_mark.label()
    tied = drawing.correlation(found)
    return Synthetic(
        frame,
        seed=wished[0],
        wished=wished[1],
        ikm=score(frame[list(kodes)]).ikm,
        wished_correlation=wished[2],
        correlation=None if np.isnan(tied) else tied,
        gaps=tuple(Gap(column, value, points, drawing.gap(found, who)) for column, value, points, who in members),
        icc=None if places is None else drawing.alikeness(found, places),
    )


def _gap_said(gap: Gap) -> str:
    said = _("{group} lies {reached} points from the others (wished for: {wished}).")
    return said.format(group=gap.group, reached=number(gap.reached), wished=number(gap.wished))
