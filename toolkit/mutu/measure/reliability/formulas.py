"""Formulas of reliability that need no data: a longer scale, and the textbook interval of alpha."""

from __future__ import annotations

from mutu.errors import N_, SettingError, Term
from mutu.measure.result import Interval
from mutu.measure.settings import is_number, whole
from mutu.regulations import publication


def spearman_brown(reliability: float, times: float) -> float:
    """The reliability of a scale made `times` as long with items of the same kind, or of the mean of so many raters.

    Parameters
    ----------
    reliability : of the present length, above -1 ÷ (times - 1) and at most 1
    times : how many times as long, above 0; two halves make a whole with 2

    Raises
    ------
    SettingError : the numbers are outside these limits

    References
    ----------
    Spearman (1910), British Journal of Psychology 3, 271-295. Brown (1910), ibid., 296-322.

    Examples
    --------
    >>> round(spearman_brown(0.6, 2), 4)
    0.75
    """
    numbers = is_number(reliability) and is_number(times)
    if not (numbers and times > 0 and reliability <= 1 and 1 + (times - 1) * reliability > 0):
        raise SettingError(
            N_("A reliability of {reliability} cannot be carried to {times} times the length; give it as 0 to 1."),
            reliability=reliability,
            times=times,
        )
    return times * reliability / (1 + (times - 1) * reliability)


def feldt_interval(alpha: float, n: int, items: int) -> Interval:
    """The textbook interval of alpha, exact for normal answers with equal covariances.

    Parameters
    ----------
    alpha : Cronbach's alpha, at most 1
    n : respondents, at least 2
    items : items of the scale, at least 2

    Raises
    ------
    SettingError : a number outside these limits

    References
    ----------
    Feldt, Woodruff & Salih (1987), Applied Psychological Measurement 11, 93-103, eq. 6-7.

    Examples
    --------
    >>> found = feldt_interval(0.85, n=89, items=7)
    >>> round(found.low, 2), round(found.high, 2)
    (0.8, 0.89)
    """
    from scipy.special import fdtri

    whole(Term(N_("the number of people")), n, 2)
    whole(Term(N_("the number of items")), items, 2)
    if not is_number(alpha) or alpha > 1:
        raise SettingError(N_("Alpha is a number of at most 1, not {found}."), found=alpha)
    level = float(publication().confidence)
    freedom = (n - 1, (n - 1) * (items - 1))
    low, high = (1 - (1 - alpha) * float(fdtri(*freedom, share)) for share in (0.5 + level / 2, 0.5 - level / 2))
    return Interval(low, high, level)
