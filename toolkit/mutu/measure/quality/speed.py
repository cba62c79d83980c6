"""Forms filled in far faster than usual."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import numpy as np

from mutu.errors import N_, AnswerError, SettingError, Term
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.quality.expected import UNLIKELY, unlikely
from mutu.measure.quality.result import Check, Sign
from mutu.measure.settings import is_number

LEAST = 20  # durations from which the usual one is taken
_RARE = (0.01, 0.001)  # shares of honest forms below the limits at which all together are looked at
_NARROWEST = 0.05  # spread of the logarithms, where most durations are the same


def speeding(seconds: Any, *, share: float = 0.5) -> Check:
    """Forms filled in within less than a part of the usual time, and faster than the spread of times explains.

    A fixed part of the median accuses many where times spread widely. So the limit is also at the fastest 1 % that the
    median and the quarter below it lead to expect (logarithms of times taken for normal). All below it are a sign when
    they are more than chance explains; else the same is asked of the fastest 0.1 %; else only those are a sign that are
    so fast that a single such form among honest people has less than 1 % probability.

    Parameters
    ----------
    seconds : time to fill in, in seconds, shape (respondents,); array, series or frame of one column, empty where it is
        not known
    share : part of the median above which nobody is looked at

    Returns
    -------
    Check : at most one sign

    Raises
    ------
    InputError : fewer than 20 times
    AnswerError : a time is negative, infinite or a text
    SettingError : a share that is not above 0 and at most 1

    References
    ----------
    Meade & Craig (2012), Psychological Methods 17, 437-455, and Curran (2016), Journal of Experimental Social
    Psychology 66, 4-19, for response time. Half of the median is the customary limit of online panels.

    Examples
    --------
    >>> usual = [180, 200, 150, 240, 210, 190, 170, 230, 260, 160] * 4
    >>> speeding([*usual, 12, 15]).rows_found
    (41, 42)
    """
    if not (is_number(share) and 0 < share <= 1):
        raise SettingError(N_("The part of the median must be above 0 and at most 1, not {share}."), share=share)
    times = frames.vector(seconds, Term(N_("seconds")), least=LEAST)
    _check(times)
    known = times[~np.isnan(times)]
    if len(known) < LEAST:
        raise AnswerError(
            N_("Only {found} times are known; to tell what is usual, {least} are needed."),
            found=len(known),
            least=LEAST,
        )
    median = float(np.median(known))
    quarter = float(np.quantile(known, 0.25))
    spread = _NARROWEST
    if 0 < quarter < median:
        seen = float(np.log(median / quarter)) / NormalDist().inv_cdf(0.75)
        spread = max(spread, seen * (1 + 1.5 / np.sqrt(len(known))))  # of few times the spread is hardly known
    limits = (*_RARE, UNLIKELY / len(known))
    sign = next((sign for rare in limits if (sign := _sign(times, median, spread, share, rare))), None)
    return Check("speed", len(known), (sign,) if sign else (), "log-normal times from median and lower quartile")


def _sign(times: Floats, median: float, spread: float, share: float, rare: float) -> Sign | None:
    """The sign of all times below the limit that so rare a share of honest ones would be; None where it is none."""
    limit = min(share * median, median * float(np.exp(NormalDist().inv_cdf(rare) * spread)))
    rows = np.flatnonzero(times < limit)
    known = int((~np.isnan(times)).sum())
    if not len(rows) or limit <= 0:
        return None
    chance = NormalDist().cdf(float(np.log(limit / median)) / spread)
    if rare in _RARE and not unlikely(len(rows), known, chance, len(_RARE)):
        return None
    return Sign("speed", tuple((rows + 1).tolist()), known * chance, {"limit": limit, "median": median})


def _check(times: Floats) -> None:
    wrong = np.flatnonzero(times < 0)
    if len(wrong):
        raise AnswerError(
            N_("Row {row} was filled in within {seconds} seconds. Correct the times, or leave the cell empty."),
            row=int(wrong[0]) + 1,
            seconds=f"{times[wrong[0]]:g}",
        )
