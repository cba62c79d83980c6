"""Cronbach's alpha of a set of items, with what each item does to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number
from mutu.measure import frames
from mutu.measure.frames import Floats, Matrix
from mutu.measure.intervals import tail_freedom
from mutu.measure.parts import labelled
from mutu.measure.reliability.formulas import feldt_interval
from mutu.measure.reliability.jackknife import end, log_interval, log_moves, said
from mutu.measure.result import Interval, Result, limits

FEW_PEOPLE, FEW_TAIL = 100, 10  # respondents and tail freedom below which a few people decide the interval
LEAST = 3  # respondents: without one of them a variance is still defined


@dataclass(frozen=True)
class ItemResult:
    """One item of a scale.

    Attributes
    ----------
    name : its column
    mean, sd : of its answers
    item_total : correlation with the total of all items, itself included
    corrected : correlation with the total of the other items
    alpha_dropped : alpha without it; None where one item would be left, or the rest have the same total for all
    """

    name: str
    mean: float
    sd: float
    item_total: float
    corrected: float
    alpha_dropped: float | None


@dataclass(frozen=True)
class AlphaResult(Result):
    """Cronbach's alpha.

    Attributes
    ----------
    alpha : Cronbach's alpha, at most 1; negative where items run against each other
    standardized : alpha of the items brought to equal variance
    interval : 95 % interval; None where nothing varies enough to tell
    feldt : the textbook's 95 % interval (Feldt 1965), for comparison with other programs; too narrow where answers are
        skewed or come in clusters
    n : respondents who answered every item
    left_out : respondents left out because an answer is missing
    clusters : number of clusters; None without
    few : whether a few respondents decide how wide the interval is, so that it may be too narrow
    method : how `interval` was made
    items : the items in the order of the columns
    """

    alpha: float
    standardized: float
    interval: Interval | None
    feldt: Interval = field(repr=False)
    n: int
    left_out: int
    clusters: int | None
    few: bool
    method: str
    items: tuple[ItemResult, ...]

    def __float__(self) -> float:
        return self.alpha

    def sentence(self) -> str:
        """Alpha, its interval, how many answered, and what is to be looked at."""
        text = _("Cronbach's alpha of the {items} items is {alpha} ({interval}), n = {n}.").format(
            items=integer(len(self.items)), alpha=number(self.alpha), interval=said(self.interval), n=integer(self.n)
        )
        return " ".join([text, *self.remarks()])

    def remarks(self) -> list[str]:
        """Respondents left out, items that run against the others, items without which alpha would be higher."""
        found = []
        if self.left_out:
            found.append(
                _("{count} respondents with a missing answer are left out.").format(count=integer(self.left_out))
            )
        if self.few:
            found.append(
                _("A few respondents decide how wide the interval is; it may be too narrow. Ask more respondents.")
            )
        against = [item.name for item in self.items if item.corrected < 0]
        if against:
            found.append(
                _("Against the others run: {items}; check whether they are worded the other way round.").format(
                    items=", ".join(against)
                )
            )
        better = [item for item in self.items if item.alpha_dropped is not None and item.alpha_dropped > self.alpha]
        if better:
            best = max(better, key=lambda item: item.alpha_dropped or 0.0)
            found.append(
                _("Without the item {item} alpha would be {alpha}.").format(
                    item=best.name, alpha=number(best.alpha_dropped)
                )
            )
        return found

    def rows(self) -> list[dict[str, str]]:
        """One row an item, and the scale below."""
        names = (
            _("Item"),
            "n",
            _("Mean"),
            _("Standard deviation"),
            _("Corrected item-total correlation"),
            _("Alpha if dropped"),
            _("95% interval"),
        )
        lines = [
            (
                item.name,
                integer(self.n),
                number(item.mean),
                number(item.sd),
                number(item.corrected, 3),
                number(item.alpha_dropped, 3),
                "",
            )
            for item in self.items
        ]
        ends = limits(self.interval, lambda value: end(value, 3))
        last = (_("Cronbach's alpha"), integer(self.n), "", "", "", number(self.alpha, 3), ends)
        return [dict(zip(names, line, strict=True)) for line in [*lines, last]]

    def as_json(self) -> dict[str, Any]:
        """The result as plain numbers."""
        return {
            "measure": "cronbach_alpha",
            "alpha": self.alpha,
            "standardized": self.standardized,
            "interval": self.interval.as_json(4) if self.interval else None,
            "feldt": self.feldt.as_json(4),
            "method": self.method,
            "n": self.n,
            "left_out": self.left_out,
            "clusters": self.clusters,
            "few": self.few,
            "items": [
                {
                    "item": item.name,
                    "mean": item.mean,
                    "sd": item.sd,
                    "item_total": item.item_total,
                    "corrected": item.corrected,
                    "alpha_dropped": item.alpha_dropped,
                }
                for item in self.items
            ],
        }


def cronbach_alpha(data: Any, columns: Sequence[str] | None = None, *, cluster: str | None = None) -> AlphaResult:
    """How far the items of a scale measure one thing: Cronbach's alpha with an interval that holds for skewed answers.

    α = k/(k-1) · (1 - Σ s_j² ÷ s_T²), with s_j² the variance of item j and s_T² that of the total. Respondents with a
    missing answer are left out, and counted.

    Parameters
    ----------
    data : frame of answers, respondents in rows and items in columns, or an array of that shape
    columns : the items; all columns but `cluster` by default
    cluster : the column that says where a respondent was asked, if they were asked in clusters (offices, days)

    Raises
    ------
    InputError : fewer than two items or three complete respondents, an item that everyone answered alike, items whose
        totals are all equal, fewer than two clusters, or a respondent without one
    AnswerError : a cell is no number

    Notes
    -----
    The textbook interval of Feldt takes answers for normal and respondents for independent. Simulated for nine items on
    1-4, with 80 % threes and fours or with 62 % fours, it covers 91 to 96 % instead of 95 %, the less the more there
    are; with ten clusters of respondents 93 to 94 %. The asymptotically distribution-free one (Maydeu-Olivares et al.
    2007) and the percentile bootstrap cover 90 to 92 % at n = 30. `interval` leaves out one respondent (or cluster) at
    a time on the scale of ln(1 - α), corrected for skewness, with fewer degrees of freedom where a few respondents
    decide it (see `jackknife.log_interval`): docs/validation/coverage.md has what it covers. At n = 30 with nine in ten
    answers at the top it is still too narrow, and `few` says so; `feldt` gives the textbook's.

    References
    ----------
    Cronbach (1951), Psychometrika 16, 297-334. Feldt, Woodruff & Salih (1987), Applied Psychological
    Measurement 11, 93-103, eq. 6-7. Bonett (2002), Journal of Educational and Behavioral Statistics 27, 335-340, for
    ln(1 - α). Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11, for the jackknife.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import reliability
    >>> answers = pl.DataFrame({"U1": [4, 3, 3, 2, 4, 3], "U2": [4, 3, 2, 2, 4, 4], "U3": [3, 3, 3, 1, 4, 3]})
    >>> found = reliability.cronbach_alpha(answers)
    >>> round(found.alpha, 3), found.n, [round(item.corrected, 2) for item in found.items]
    (0.892, 6, [0.89, 0.73, 0.79])
    """
    names = columns if columns is not None or cluster is None else _others(data, cluster)
    found = frames.matrix(data, names, least_columns=2)
    complete = np.asarray(~np.isnan(found.values).any(axis=1))
    answers = found.values[complete]
    _check(found, answers)
    parts = np.arange(len(answers)) if cluster is None else _clusters(data, cluster, complete)
    alpha = _alpha(answers)
    singly = _without_each(answers, np.arange(len(answers)))
    without = singly if cluster is None else _without_each(answers, parts)
    sizes = None if cluster is None else np.bincount(parts).astype(np.float64)
    within = log_interval(1 - alpha, without, singly, sizes)
    return AlphaResult(
        alpha=alpha,
        standardized=_standardized(answers),
        interval=within,
        feldt=feldt_interval(alpha, *answers.shape),
        n=len(answers),
        left_out=int((~complete).sum()),
        clusters=None if cluster is None else int(parts.max()) + 1,
        few=within is not None and len(answers) < FEW_PEOPLE and tail_freedom(log_moves(singly)) < FEW_TAIL,
        method="jackknife-log-hall-t" if cluster is None else "cluster-jackknife-log-hall-t",
        items=_items(found.names, answers),
    )


def _others(data: Any, cluster: str) -> list[str]:
    return [name for name in frames.table(data) if name != cluster]


def _check(found: Matrix, answers: Floats) -> None:
    if len(answers) < LEAST:
        raise InputError(
            N_("Only {complete} of {rows} respondents answered every item, and {least} are needed. Leave out items."),
            complete=len(answers),
            rows=len(found.values),
            least=LEAST,
        )
    for name, answer in zip(found.names, answers.T, strict=True):
        if np.ptp(answer) == 0:
            raise InputError(
                N_("All {n} complete respondents answered the item {column} with {value}; leave it out of the scale."),
                n=len(answers),
                column=name,
                value=f"{answer[0]:g}",
            )
    if answers.sum(axis=1).var() <= 1e-12 * answers.var():
        raise InputError(
            N_("The total of the items is the same for everybody. Turn the items that are worded the other way round.")
        )


def _clusters(data: Any, cluster: str, complete: np.ndarray[Any, np.dtype[np.bool_]]) -> np.ndarray[Any, Any]:
    """A number from 0 for each complete respondent's cluster."""
    labels = [label for label, kept in zip(frames.labels(data, cluster), complete, strict=True) if kept]
    if None in labels:
        raise InputError(
            N_("The column {column} is empty for some respondents; every one needs a cluster."), column=cluster
        )
    numbers = labelled(labels)
    if numbers.max() == 0:
        raise InputError(N_("The column {column} names one cluster only; at least two are needed."), column=cluster)
    return numbers


def _alpha(answers: Floats) -> float:
    items = answers.shape[1]
    share = float(answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1))
    return float(items / (items - 1) * (1 - share))


def _standardized(answers: Floats) -> float:
    items = answers.shape[1]
    mean = (float(np.corrcoef(answers, rowvar=False).sum()) - items) / (items * (items - 1))
    return float(items * mean / (1 + (items - 1) * mean))


def _without_each(answers: Floats, parts: np.ndarray[Any, Any]) -> Floats:
    """1 - α without each part in turn, from sums by part, so that a million respondents take a moment."""
    centred = answers - answers.mean(axis=0)
    columns = np.column_stack([centred, centred.sum(axis=1)])
    count = np.bincount(parts).astype(np.float64)
    sums = np.stack([np.bincount(parts, column) for column in columns.T], axis=1)
    squares = np.stack([np.bincount(parts, column**2) for column in columns.T], axis=1)
    left = len(answers) - count
    with np.errstate(divide="ignore", invalid="ignore"):  # a cluster that leaves nothing gives no interval
        spread = (squares.sum(axis=0) - squares) - (sums.sum(axis=0) - sums) ** 2 / left[:, None]
        share = spread[:, :-1].sum(axis=1) / spread[:, -1]
    items = answers.shape[1]
    ratio: Floats = 1 - items / (items - 1) * (1 - share)
    ratio[np.abs(ratio) < 1e-12] = 0.0
    return ratio


def _items(names: tuple[str, ...], answers: Floats) -> tuple[ItemResult, ...]:
    total = answers.sum(axis=1)
    several = answers.shape[1] > 2
    return tuple(
        ItemResult(
            name=name,
            mean=float(answer.mean()),
            sd=float(answer.std(ddof=1)),
            item_total=_correlation(answer, total),
            corrected=_correlation(answer, total - answer),
            alpha_dropped=_alpha_of_rest(np.delete(answers, place, axis=1)) if several else None,
        )
        for place, (name, answer) in enumerate(zip(names, answers.T, strict=True))
    )


def _alpha_of_rest(answers: Floats) -> float | None:
    """Alpha, or None where the total of these items is the same for all."""
    spread, apart = answers.sum(axis=1).var(), answers.var(axis=0).sum()
    return _alpha(answers) if spread > 1e-12 * apart else None


def _correlation(a: Floats, b: Floats) -> float:
    """Pearson's correlation; 0 where the rest of the items does not vary."""
    a, b = a - a.mean(), b - b.mean()
    length = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / length if length > 1e-12 else 0.0
