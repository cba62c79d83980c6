"""Gain from two parallel forms that were crossed: half of the class took A before and B after, half B before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number, signed
from mutu.measure.frames import Floats, cells, texts
from mutu.measure.intervals import t_quantile
from mutu.measure.learning.gain import band, check_maximum, checked_scores, complete, fieller, gain_sentence
from mutu.measure.result import Interval, Result, interval_text, limits
from mutu.regulations import publication


@dataclass(frozen=True)
class CrossedResult(Result):
    """The gain free of the difficulty of the forms, and that difficulty.

    Attributes
    ----------
    forms : the two forms; the first named is the one whose trainees came first in the data
    n : trainees with both scores, by the form they took first
    left_out : trainees with only one score
    maximum : the highest possible score of either form
    pre, post : mean scores before and after, both forms counting the same
    gain : normalised gain of these means
    interval : 95 % interval of `gain`; None where trainees do not differ or began too near the maximum
    difference : how many points higher people score on the second form than on the first, all else equal
    difference_interval : 95 % interval of `difference`; None where nothing varies
    method : "fieller-crossed"
    """

    forms: tuple[str, str]
    n: tuple[int, int]
    left_out: int
    maximum: float
    pre: float
    post: float
    gain: float
    interval: Interval | None
    difference: float
    difference_interval: Interval | None
    method: str = "fieller-crossed"

    def __float__(self) -> float:
        return self.gain

    @property
    def band(self) -> str:
        """Hake's region: "high" from 0.7, "medium" from 0.3, else "low"."""
        return band(self.gain)

    @property
    def parallel(self) -> bool:
        """Whether the two forms cannot be told apart in difficulty."""
        found = self.difference_interval
        return found is None or found.low <= 0 <= found.high

    def sentence(self) -> str:
        """The gain, and whether the forms are equally hard."""
        fields = {
            "first": self.forms[0],
            "second": self.forms[1],
            "difference": signed(self.difference),
            "interval": interval_text(self.difference_interval)
            if self.difference_interval
            else _("without an interval"),
        }
        forms = (
            _("Forms {first} and {second} cannot be told apart in difficulty ({difference} points; {interval}).")
            if self.parallel
            else _("Form {second} gives {difference} points against form {first} ({interval}); the gain allows for it.")
        )
        return " ".join([gain_sentence(self.gain, self.interval, sum(self.n)), forms.format(**fields)])

    def rows(self) -> list[dict[str, str]]:
        """The gain, and the difference of the forms in points."""
        found = (
            (_("class-average gain"), number(self.gain, 3), limits(self.interval, lambda end: number(end, 3))),
            (
                _("form {second} minus form {first}, points").format(first=self.forms[0], second=self.forms[1]),
                signed(self.difference),
                limits(self.difference_interval, signed),
            ),
        )
        return [
            {_("Measure"): name, "n": integer(sum(self.n)), _("Result"): value, _("95% interval"): interval}
            for name, value, interval in found
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, six decimals."""
        return {
            "forms": list(self.forms),
            "n": list(self.n),
            "left_out": self.left_out,
            "maximum": self.maximum,
            "pre": round(self.pre, 6),
            "post": round(self.post, 6),
            "gain": round(self.gain, 6),
            "interval": self.interval.as_json(6) if self.interval else None,
            "method": self.method,
            "band": self.band,
            "difference": round(self.difference, 6),
            "difference_interval": self.difference_interval.as_json(6) if self.difference_interval else None,
        }


def crossed_gain(pre: Any, post: Any, first_form: Any, maximum: float) -> CrossedResult:
    """Normalised gain of a class whose halves took two parallel forms in opposite order.

    With D_1 and D_2 the mean gains of the two halves, the gain in points is their plain mean, in which the difference
    of the forms cancels out whatever the sizes of the halves, and the difference of the forms is half of D_1 - D_2.
    Halves are to be drawn by lot; otherwise the difference of the forms is mixed with that of the people.

    Parameters
    ----------
    pre, post : scores of the same trainees in the same order, shape (n,), between 0 and `maximum`
    first_form : the form each trainee took before, exactly two different ones, shape (n,)
    maximum : the highest possible score of either form

    Raises
    ------
    InputError : unequal lengths, not exactly two forms, fewer than two trainees with both scores on either, or
        everybody began at the maximum
    AnswerError : a score is no number, infinite, or outside 0 to `maximum`
    SettingError : the maximum is not a number above zero

    References
    ----------
    Jones & Kenward (2014), Design and Analysis of Cross-Over Trials, 3rd ed., ch. 2 (two periods, two sequences).
    Hake (1998), American Journal of Physics 66, 64-74. Fieller (1954), Journal of the Royal Statistical Society B 16,
    175-185. Welch (1947), Biometrika 34, 28-35.

    Examples
    --------
    >>> result = crossed_gain([4, 5, 3, 6, 5, 4], [8, 7, 7, 7, 8, 6], ["A", "A", "A", "B", "B", "B"], maximum=10)
    >>> round(result.gain, 3), round(result.difference, 2), result.parallel
    (0.485, 0.67, True)
    """
    check_maximum(maximum)
    labels = _labels(first_form)
    halves, forms, left_out = _halves(pre, post, labels, maximum)
    means = np.array([half.mean(axis=1) for half in halves])
    moments = [np.cov(half) / half.shape[1] for half in halves]
    gained, room = (float(mean) for mean in means.mean(axis=0))
    if room == 0:
        raise InputError(N_("Everybody had the highest score before, so nothing could be gained. Use a harder test."))
    ratio = np.array([1.0, -gained / room])
    freedom = _welch([float(ratio @ moment @ ratio) for moment in moments], halves)
    difference = float(means[0, 0] - means[1, 0]) / 2
    return CrossedResult(
        forms=forms,
        n=(halves[0].shape[1], halves[1].shape[1]),
        left_out=left_out,
        maximum=float(maximum),
        pre=float(maximum) - room,
        post=float(maximum) - room + gained,
        gain=gained / room,
        interval=fieller(gained, room, (moments[0] + moments[1]) / 4, freedom) if freedom else None,
        difference=difference,
        difference_interval=_difference(difference, [float(moment[0, 0]) for moment in moments], halves),
    )


def _labels(first_form: Any) -> list[str | None]:
    return texts(cells(first_form))


def _halves(pre: Any, post: Any, labels: list[str | None], maximum: float) -> tuple[list[Floats], tuple[str, str], int]:
    """For each form taken first: gained and room for gain of its trainees, shape (2, n)."""
    forms = tuple(dict.fromkeys(label for label in labels if label is not None))
    if len(forms) != 2:
        raise InputError(
            N_("Crossed forms need exactly two forms, there are {count} ({found}). Name the form each took first."),
            count=len(forms),
            found=", ".join(forms[:5]) or "–",
        )
    if None in labels:
        raise InputError(
            N_("The form of row {row} is missing. Say for each trainee which form came first."),
            row=labels.index(None) + 1,
        )
    before, after = checked_scores(pre, post, maximum)
    if len(before) != len(labels):
        raise InputError(
            N_("There are {found} scores but {labels} forms. Give one of each for every trainee."),
            found=len(before),
            labels=len(labels),
        )
    halves, left_out = [], 0
    for form in forms:
        chosen = np.array([label == form for label in labels])
        first, second, without = complete(before[chosen], after[chosen])
        halves.append(np.vstack([second - first, maximum - first]))
        left_out += without
    return halves, (forms[0], forms[1]), left_out


def _welch(variances: list[float], halves: list[Floats]) -> float:
    """Degrees of freedom of a sum of two independent means; 0 where nothing varies."""
    total = sum(variances)
    if total <= 0:
        return 0.0
    return float(total**2 / sum(v**2 / (half.shape[1] - 1) for v, half in zip(variances, halves, strict=True)))


def _difference(difference: float, variances: list[float], halves: list[Floats]) -> Interval | None:
    freedom = _welch(variances, halves)
    if not freedom:
        return None
    level = float(publication().confidence)
    half = t_quantile(freedom, level) * math.sqrt(sum(variances)) / 2
    return Interval(difference - half, difference + half, level)
