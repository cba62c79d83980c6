"""McDonald's omega of a set of items: reliability from a factor model, where items need not weigh alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.parts import covariances_without, independent, numbered
from mutu.measure.reliability.alpha import AlphaResult, cronbach_alpha
from mutu.measure.reliability.factor import FLOOR, one_factor
from mutu.measure.reliability.jackknife import end, log_interval, said
from mutu.measure.result import Interval, Result, limits

LEAST_ITEMS = 3  # with two, any split of their covariance fits


@dataclass(frozen=True)
class Loading:
    """One item in the factor model.

    Attributes
    ----------
    name : its column
    loading : correlation with what the items share
    own : share of its variance that is its own, 0 to 1
    """

    name: str
    loading: float
    own: float


@dataclass(frozen=True)
class OmegaResult(Result):
    """McDonald's omega (omega total of one factor).

    Attributes
    ----------
    omega : share of the variance of the total that the items share, 0 to 1
    interval : 95 % interval; None where the data do not show how much it varies, or in a Heywood case
    alpha : Cronbach's alpha of the same answers, with all it says
    loadings : the items in the order of the columns
    heywood : items that seem to have no variance of their own (Heywood case): the model does not fit
    method : how the interval was made
    """

    omega: float
    interval: Interval | None
    alpha: AlphaResult
    loadings: tuple[Loading, ...]
    heywood: tuple[str, ...]
    method: str

    def __float__(self) -> float:
        return self.omega

    @property
    def n(self) -> int:
        """Respondents who answered every item."""
        return self.alpha.n

    def sentence(self) -> str:
        """Omega, its interval, alpha beside it, and what is to be looked at."""
        text = _("McDonald's omega of the {items} items is {omega} ({interval}), n = {n}; Cronbach's alpha {alpha}.")
        start = text.format(
            items=integer(len(self.loadings)),
            omega=number(self.omega),
            interval=said(self.interval),
            n=integer(self.n),
            alpha=number(self.alpha.alpha),
        )
        return " ".join([start, *self.remarks()])

    def remarks(self) -> list[str]:
        """A Heywood case, items that run against the others, respondents left out."""
        found = []
        if self.heywood:
            found.append(
                _(
                    "{items} seems to hold no variance of its own (Heywood case), so omega cannot be relied on: ask "
                    "more respondents, or leave out an item that asks the same as another."
                ).format(items=", ".join(self.heywood))
            )
        against = [item.name for item in self.loadings if item.loading < 0]
        if against:
            found.append(
                _("Against the others run: {items}; check whether they are worded the other way round.").format(
                    items=", ".join(against)
                )
            )
        if self.alpha.left_out:
            found.append(
                _("{count} respondents with a missing answer are left out.").format(count=integer(self.alpha.left_out))
            )
        return found

    def rows(self) -> list[dict[str, str]]:
        """One row an item, and omega below."""
        names = (_("Item"), "n", _("Loading"), _("Own variance"), "Omega", _("95% interval"))
        lines = [
            (item.name, integer(self.n), number(item.loading, 3), number(item.own, 3), "", "") for item in self.loadings
        ]
        ends = limits(self.interval, lambda value: end(value, 3))
        last = (_("All items"), integer(self.n), "", "", number(self.omega, 3), ends)
        return [dict(zip(names, line, strict=True)) for line in [*lines, last]]

    def as_json(self) -> dict[str, Any]:
        """The result as plain numbers."""
        return {
            "measure": "mcdonald_omega",
            "omega": self.omega,
            "interval": self.interval.as_json(4) if self.interval else None,
            "method": self.method,
            "n": self.n,
            "left_out": self.alpha.left_out,
            "clusters": self.alpha.clusters,
            "alpha": self.alpha.alpha,
            "heywood": list(self.heywood),
            "items": [{"item": item.name, "loading": item.loading, "own": item.own} for item in self.loadings],
        }


def mcdonald_omega(data: Any, columns: Sequence[str] | None = None, *, cluster: str | None = None) -> OmegaResult:
    """How far the total of some items measures one thing, where the items need not weigh alike: McDonald's omega.

    ω = (Σ λ_j)² ÷ ((Σ λ_j)² + Σ ψ_j), with the loadings λ and own variances ψ of one common factor, fitted by maximum
    likelihood, in the unit of the answers. Alpha is the same where all loadings are equal, and lower otherwise.
    Respondents with a missing answer are left out, and counted.

    Parameters
    ----------
    data : frame of answers, respondents in rows and items in columns, or an array of that shape
    columns : the items; all columns but `cluster` by default
    cluster : the column that says where a respondent was asked, if they were asked in clusters (offices, days)

    Raises
    ------
    InputError : fewer than three items, one that follows from the others (a copy, a total), and as in `cronbach_alpha`
    AnswerError : a cell is no number

    Notes
    -----
    The interval leaves out one respondent (or cluster) at a time, on the scale of ln(1 - ω), as that of Cronbach's
    alpha does; of more than 1,000 one of 1,000 groups at a time. Simulated for nine items on 1-4, with 62 % fours and
    with 57 % threes and 27 % fours, the plain t interval on that scale covers 93 to 96 % at n = 30, 100 and 400. In a
    Heywood case no interval is given: at n = 30 in 1 to 3 % of the samples, at n = 15 in 16 to 40 %.

    References
    ----------
    McDonald (1999), Test Theory: A Unified Treatment, ch. 6. Jöreskog (1967), Psychometrika 32, 443-482, for the
    factor model. Zinbarg, Revelle, Yovel & Li (2005), Psychometrika 70, 123-133, for the name of omega total.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import reliability
    >>> answers = pl.DataFrame({"U1": [4, 3, 3, 2, 4, 3, 1], "U2": [4, 3, 2, 2, 3, 4, 2], "U3": [3, 3, 3, 1, 4, 3, 2]})
    >>> found = reliability.mcdonald_omega(answers)
    >>> round(found.omega, 3), found.n
    (0.876, 7)
    """
    alpha = cronbach_alpha(data, columns, cluster=cluster)
    names = tuple(item.name for item in alpha.items)
    if len(names) < LEAST_ITEMS:
        raise InputError(
            N_("Omega needs at least {least} items, there are {found}. Take cronbach_alpha instead."),
            least=LEAST_ITEMS,
            found=len(names),
        )
    values = frames.matrix(data, names).values
    complete = np.asarray(~np.isnan(values).any(axis=1))
    answers = values[complete]
    covariance = np.cov(answers, rowvar=False)
    _check(covariance, len(answers))
    loadings, own, sd = _fit(covariance)
    omega = float(_share(loadings, own, sd))
    heywood = tuple(name for name, share in zip(names, own, strict=True) if share <= FLOOR * 1.001)
    labels = None if cluster is None else frames.labels(data, cluster)
    parts = numbered(len(answers), labels and [label for label, kept in zip(labels, complete, strict=True) if kept])
    return OmegaResult(
        omega=omega,
        interval=None if heywood else _interval(1 - omega, answers, parts, clustered=labels is not None),
        alpha=alpha,
        loadings=tuple(Loading(*item) for item in zip(names, loadings.tolist(), own.tolist(), strict=True)),
        heywood=heywood,
        method="ml, jackknife-log-hall-t" if cluster is None else "ml, cluster-jackknife-log-hall-t",
    )


def _interval(ratio: float, answers: Floats, parts: NDArray[np.intp], *, clustered: bool) -> Interval | None:
    if not clustered:
        return log_interval(ratio, _without_each(answers, parts))
    singly = _without_each(answers, numbered(len(answers), None))
    return log_interval(ratio, _without_each(answers, parts), singly, np.bincount(parts).astype(np.float64))


def _check(covariance: Floats, n: int) -> None:
    if not independent(covariance):
        raise InputError(
            N_(
                "Some of the {items} items follow exactly from the others in the answers of {n} respondents. Leave out "
                "copies and totals of other items, or ask more respondents."
            ),
            items=len(covariance),
            n=n,
        )


def _fit(covariance: Floats) -> tuple[Floats, Floats, Floats]:
    """Standardised loadings, own shares and standard deviations; any number of covariance matrices at once."""
    sd: Floats = np.sqrt(np.einsum("...ii->...i", covariance))
    return *one_factor(covariance / (sd[..., :, None] * sd[..., None, :])), sd


def _share(loadings: Floats, own: Floats, sd: Floats) -> Floats:
    common = (loadings * sd).sum(axis=-1) ** 2
    found: Floats = common / (common + (own * sd**2).sum(axis=-1))
    return found


def _without_each(answers: Floats, parts: NDArray[np.intp]) -> Floats:
    """1 - ω without each part in turn; NaN where it cannot be told."""
    covariances, fits = covariances_without(answers, parts)
    ratio = np.full(len(fits), np.nan)
    if fits.any():
        ratio[fits] = 1 - _share(*_fit(covariances))
    return ratio
