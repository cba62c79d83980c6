"""Normalised gain: how much of what could still be learnt was learnt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError, Term
from mutu.locale import _, integer, number
from mutu.measure.frames import Floats, vector
from mutu.measure.intervals import t_quantile
from mutu.measure.paired import Estimate, estimate
from mutu.measure.result import Interval, Result, interval_text, limits
from mutu.regulations import publication

_HIGH, _MEDIUM = 0.7, 0.3
_BANDS = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}


@dataclass(frozen=True)
class GainResult(Result):
    """What a class gained.

    Attributes
    ----------
    n : trainees with both scores
    left_out : trainees with only one of the two
    maximum : the highest possible score
    pre, post : mean scores
    gain : class-average gain <g> = (post - pre) ÷ (maximum - pre) of the means
    interval : 95 % interval of `gain`; None where all trainees moved alike, or the pre-test is too near the maximum
    individual : mean of the trainees' own gains, without those who began at the maximum; None where nobody is left
    change : mean normalised change, in which a loss counts as a share of what could be lost; None where nobody is left
    losses : trainees whose score fell
    at_maximum : trainees who began at the maximum and have no gain of their own
    method : "fieller": the interval of a ratio of two means that vary together
    """

    n: int
    left_out: int
    maximum: float
    pre: float
    post: float
    gain: float
    interval: Interval | None
    individual: Estimate | None
    change: Estimate | None
    losses: int
    at_maximum: int
    method: str = "fieller"

    def __float__(self) -> float:
        return self.gain

    @property
    def band(self) -> str:
        """Hake's region: "high" from 0.7, "medium" from 0.3, else "low"."""
        return band(self.gain)

    def sentence(self) -> str:
        """The gain in words, its interval, and who lost."""
        return " ".join(
            [
                gain_sentence(self.gain, self.interval, self.n),
                _("Means: {pre} before, {post} after, of {maximum}; {losses} of {n} scored lower afterwards.").format(
                    pre=number(self.pre),
                    post=number(self.post),
                    maximum=f"{self.maximum:g}",
                    losses=integer(self.losses),
                    n=integer(self.n),
                ),
            ]
        )

    def rows(self) -> list[dict[str, str]]:
        """One row a way of averaging."""
        ways = [
            (_("class-average gain"), Estimate(self.gain, self.n, self.interval)),
            (_("mean of individual gains"), self.individual),
            (_("mean normalised change"), self.change),
        ]
        return [
            {
                _("Measure"): name,
                "n": integer(mean.n),
                _("Result"): number(mean.value, 3),
                _("95% interval"): limits(mean.interval, lambda end: number(end, 3)),
            }
            for name, mean in ways
            if mean is not None
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, six decimals."""
        return {
            "n": self.n,
            "left_out": self.left_out,
            "maximum": self.maximum,
            "pre": round(self.pre, 6),
            "post": round(self.post, 6),
            "gain": round(self.gain, 6),
            "interval": self.interval.as_json(6) if self.interval else None,
            "method": self.method,
            "band": self.band,
            "individual": _json(self.individual),
            "change": _json(self.change),
            "losses": self.losses,
            "at_maximum": self.at_maximum,
        }


def normalised_gain(pre: Any, post: Any, maximum: float) -> GainResult:
    """Normalised gain of a class from its scores before and after.

    The class-average gain is the ratio of the mean gain to the mean room for gain. Both means come from the same
    trainees; the interval of their ratio is Fieller's, which holds for small classes where the usual linearised
    interval is too narrow. The mean of individual gains is dominated by trainees who began near the maximum (one lost
    point of two left is -0.5): report it beside the class average, not instead of it. The normalised change measures
    a loss by what could be lost and leaves out those who began and ended at zero or at the maximum. The intervals of
    both means are t intervals with Hall's correction for skewness.

    Parameters
    ----------
    pre, post : scores of the same trainees in the same order, shape (n,), between 0 and `maximum`; who has only one
        of the two is left out
    maximum : the highest possible score

    Raises
    ------
    InputError : fewer than two trainees with both scores, unequal lengths, or everybody began at the maximum
    AnswerError : a score is no number, infinite, or outside 0 to `maximum`
    SettingError : the maximum is not a number above zero

    References
    ----------
    Hake (1998), American Journal of Physics 66, 64-74, p. 64-65 (<g> and its regions). Marx & Cummings (2007),
    American Journal of Physics 75, 87-91 (normalised change). Bao (2006), American Journal of Physics 74, 917-922 (the
    two averages differ). Fieller (1954), Journal of the Royal Statistical Society B 16, 175-185. Hall (1992), the
    same journal 54, 221-228.

    Examples
    --------
    >>> result = normalised_gain([4, 5, 6, 3, 7], [7, 8, 8, 7, 8], maximum=10)
    >>> round(result.gain, 3), result.band, result.losses
    (0.52, 'medium', 0)
    """
    check_maximum(maximum)
    before, after, left_out = complete(*checked_scores(pre, post, maximum))
    room = maximum - before
    if not room.any():
        raise InputError(N_("Everybody had the highest score before, so nothing could be gained. Use a harder test."))
    gained = after - before
    gain = float(gained.sum() / room.sum())
    moments = np.cov(np.vstack([gained, room])) / len(before)
    open_to = room > 0
    moving = ~((before == after) & ((before == 0) | (before == maximum)))
    return GainResult(
        n=len(before),
        left_out=left_out,
        maximum=float(maximum),
        pre=float(before.mean()),
        post=float(after.mean()),
        gain=gain,
        interval=fieller(float(gained.mean()), float(room.mean()), moments, len(before) - 1),
        individual=_mean(gained[open_to] / room[open_to], -float((before[open_to] / room[open_to]).max())),
        change=_mean(_changes(before[moving], after[moving], maximum), -1.0),
        losses=int((gained < 0).sum()),
        at_maximum=int((~open_to).sum()),
    )


def band(gain: float) -> str:
    """Hake's region of a gain (1998, p. 65)."""
    return "high" if gain >= _HIGH else "medium" if gain >= _MEDIUM else "low"


def gain_sentence(gain: float, interval: Interval | None, n: int) -> str:
    """The gain in words, with its interval and region, or with the reason why there is no interval."""
    fields = {
        "percent": number(100 * gain, 0),
        "gain": number(gain),
        "n": integer(n),
        "band": _(_BANDS[band(gain)]),
    }
    if gain < 0 and interval is None:
        return _(
            "The class scored lower afterwards than before (g = {gain}, n = {n}); no interval can be given, as the "
            "trainees do not differ enough or began too near the highest score."
        ).format(**fields)
    if gain < 0 and interval is not None:
        return _("The class scored lower afterwards than before (g = {gain}, n = {n}; {interval}).").format(
            **fields, interval=interval_text(interval)
        )
    if interval is None:
        return _(
            "The class learnt {percent}% of what it could still learn (g = {gain}, {band}, n = {n}); no interval can "
            "be given, as the trainees do not differ enough or began too near the highest score."
        ).format(**fields)
    if band(interval.low) == band(interval.high):
        return _(
            "The class learnt {percent}% of what it could still learn (g = {gain}, {band}, n = {n}; {interval})."
        ).format(**fields, interval=interval_text(interval))
    return _(
        "The class learnt {percent}% of what it could still learn (g = {gain}, n = {n}; {interval}); on paper the gain "
        "is {band}, but the interval reaches from {lowest} to {highest}."
    ).format(
        **fields,
        interval=interval_text(interval),
        lowest=_(_BANDS[band(interval.low)]),
        highest=_(_BANDS[band(interval.high)]),
    )


def check_maximum(maximum: object) -> None:
    """Refuse a maximum that is no number above zero.

    Raises
    ------
    SettingError : it is not
    """
    if not (isinstance(maximum, Real) and 0 < float(maximum) < math.inf):
        raise SettingError(
            N_("The highest possible score must be a number above zero, not «{maximum}»."), maximum=str(maximum)
        )


def checked_scores(pre: Any, post: Any, maximum: float) -> tuple[Floats, Floats]:
    """The scores of all trainees, NaN where there is none.

    Raises
    ------
    InputError : unequal lengths, or no score at all
    AnswerError : a score is no number, infinite, or outside 0 to `maximum`
    """
    before, after = vector(pre, Term(N_("pre-test"))), vector(post, Term(N_("post-test")))
    for scores, name in ((before, Term(N_("pre-test"))), (after, Term(N_("post-test")))):
        _check_scores(scores, name, maximum)
    if len(before) != len(after):
        raise InputError(
            N_(
                "There are {before} scores before and {after} after. Give both for each trainee in the same order, "
                "empty where one is missing."
            ),
            before=len(before),
            after=len(after),
        )
    return before, after


def complete(before: Floats, after: Floats) -> tuple[Floats, Floats, int]:
    """The scores of those who have both, and how many do not.

    Raises
    ------
    InputError : fewer than two have both
    """
    whole = ~(np.isnan(before) | np.isnan(after))
    if whole.sum() < 2:
        raise InputError(
            N_("At least two trainees need both scores; {found} have both. Add the missing scores."),
            found=int(whole.sum()),
        )
    return before[whole], after[whole], int((~whole).sum())


def fieller(gained: float, room: float, moments: Floats, freedom: float) -> Interval | None:
    """Fieller's interval of gained ÷ room.

    All g with |gained - g room| <= t · se(gained - g room), the roots of a quadratic in g.

    Parameters
    ----------
    gained, room : the two means
    moments : covariance matrix of the two means, shape (2, 2)
    freedom : degrees of freedom of t

    Returns
    -------
    None where nothing varies, or where the room for gain cannot be told from none, so that the set is unbounded
    """
    level = float(publication().confidence)
    t2 = t_quantile(freedom, level) ** 2
    a = room**2 - t2 * moments[1, 1]
    b = gained * room - t2 * moments[0, 1]
    c = gained**2 - t2 * moments[0, 0]
    spread = moments[0, 0] - 2 * gained / room * moments[0, 1] + (gained / room) ** 2 * moments[1, 1]
    if a <= 0 or spread <= 1e-12 * room**2:
        return None
    half = math.sqrt(max(0.0, b * b - a * c)) / a
    return Interval(b / a - half, min(b / a + half, 1.0), level)


def _check_scores(scores: Floats, name: str, maximum: float) -> None:
    outside = np.flatnonzero((scores < 0) | (scores > maximum))
    if len(outside):
        raise AnswerError(
            N_("The {name} score in row {row} is {value}, outside 0 to {maximum}. Correct it, or the maximum."),
            name=name,
            row=int(outside[0]) + 1,
            value=f"{scores[outside[0]]:g}",
            maximum=f"{maximum:g}",
        )


def _changes(before: Floats, after: Floats, maximum: float) -> Floats:
    """Normalised change of each trainee: gain by room for gain, loss by what could be lost."""
    room = np.where(after >= before, maximum - before, before)
    return (after - before) / room


def _mean(values: Floats, lowest: float) -> Estimate | None:
    """A mean with its interval; none where nobody is left."""
    if not len(values):
        return None
    middle = float(values.mean())
    return estimate(middle, (values - middle) / len(values), len(values), (lowest, 1.0))


def _json(mean: Estimate | None) -> dict[str, Any] | None:
    if mean is None:
        return None
    return {
        "value": round(mean.value, 6),
        "n": mean.n,
        "interval": mean.interval.as_json(6) if mean.interval else None,
    }
