"""Answers that are copies of others, exactly or nearly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, SettingError
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.quality.expected import TWICE, UNLIKELY, Expected, expected, unlikely
from mutu.measure.quality.result import Check, Sign, ordered
from mutu.measure.settings import is_number

LEAST = 3  # equal rows
_BLOCK = 2_000


def percent_match(data: Any, columns: Sequence[str] | None = None) -> Floats:
    """The greatest share of items in which each respondent agrees with anybody else: maximum percent match.

    Parameters
    ----------
    data : frame of answers, respondents in rows and items in columns, or an array of that shape
    columns : the items; all by default

    Returns
    -------
    shape (respondents,), 0 to 1; an empty cell agrees with nothing. Takes time with the square of the respondents

    Raises
    ------
    InputError, AnswerError : fewer than two respondents, no such column, or a cell that is no number

    References
    ----------
    Kuriakose & Robbins (2016), Statistical Journal of the IAOS 32, 283-291.

    Examples
    --------
    >>> percent_match([[1, 2, 3, 4], [1, 2, 3, 1], [4, 4, 4, 4]]).tolist()
    [0.75, 0.75, 0.25]
    """
    values = frames.matrix(data, columns).values
    found: Floats = _greatest(values) / values.shape[1]
    return found


def duplicates(data: Any, columns: Sequence[str] | None = None, *, share: float = 0.85) -> Check:
    """Whether answers are copies of others: patterns given too often, and pairs that agree too closely.

    In a short questionnaire honest people agree in everything. So the number of respondents with one pattern is
    compared with what the items' own distribution leads to expect. And somebody who agrees with another in at least
    `share` of the items is a sign only where, by the same distribution, anybody in an honest survey agrees so closely
    with answers as unusual as these with less than 1 % probability, even if twice as many did as the model says. Where
    no number of items is enough for that, the check says so. Respondents who gave one answer throughout are left to
    `straight_lines`.

    Parameters
    ----------
    data : frame of answers, respondents in rows and items in columns, or an array of that shape
    columns : the items; all by default, at least three
    share : from which a pair is looked at

    Returns
    -------
    Check : signs "copies" (one for each pattern) and "near" (one)

    Raises
    ------
    InputError : no such column, fewer than three items that vary, or fewer than 30 complete respondents
    AnswerError : a cell is no number
    SettingError : a share that is not above 0 and at most 1

    References
    ----------
    Kuriakose & Robbins (2016), Statistical Journal of the IAOS 32, 283-291, for the share of 85 %. Simmons, Mercer,
    Schwarzer & Kennedy (2016), Statistical Journal of the IAOS 32, 327-338, for why a fixed share accuses honest
    surveys: few questions, few answers, many respondents, people alike.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> honest = rng.choice([1, 2, 3, 4], (90, 9), p=[0.05, 0.15, 0.5, 0.3])
    >>> duplicates(np.vstack([honest, np.tile([2, 3, 4, 3, 1, 4, 3, 2, 4], (6, 1))])).rows_found
    (91, 92, 93, 94, 95, 96)
    """
    if not (is_number(share) and 0 < share <= 1):
        raise SettingError(N_("The share of equal answers must be above 0 and at most 1, not {share}."), share=share)
    found = frames.matrix(data, columns, least_columns=3)
    model = expected(found)
    low, high = (end(found.values, axis=1) for end in (np.fmin.reduce, np.fmax.reduce))
    varied = np.flatnonzero(high > low)
    copied = _patterns(found.values, varied, model)
    others = np.setdiff1d(varied, [row - 1 for sign in copied for row in sign.rows])
    near, possible = _near(found.values, others, model, share)
    signs = ordered([*copied, *near])
    method = "one-factor normal model, maximum percent match"
    return Check("duplicates", len(found.values), signs, method, "" if possible else "few_questions")


def _patterns(values: Floats, varied: NDArray[np.intp], model: Expected) -> list[Sign]:
    """Patterns that were given by more respondents than the model explains."""
    complete = varied[~np.isnan(values[varied]).any(axis=1)]
    patterns, which, counts = np.unique(values[complete], axis=0, return_inverse=True, return_counts=True)
    often = np.flatnonzero(counts >= LEAST)
    chances = model.pattern(np.searchsorted(model.values, patterns[often]))
    signs = []
    for place, chance in zip(often.tolist(), chances.tolist(), strict=True):
        count = int(counts[place])
        if unlikely(count - 1, len(complete) - 1, chance, len(patterns)):
            rows = complete[which.ravel() == place] + 1
            signs.append(Sign("copies", tuple(rows.tolist()), len(complete) * chance, {"items": values.shape[1]}))
    return signs


def _near(values: Floats, varied: NDArray[np.intp], model: Expected, share: float) -> tuple[list[Sign], bool]:
    """Rows that agree with another too closely for chance, and whether there are rows for which that can be told."""
    people, items = values[varied], values.shape[1]
    places = np.where(np.isnan(people), -1, np.searchsorted(model.values, people))
    rare = UNLIKELY / TWICE / max(len(people) * (len(people) - 1), 1)
    patterns, which = np.unique(places, axis=0, return_inverse=True)
    telling = model.agreement(patterns, (patterns >= 0).sum(axis=1)) < rare
    possible = np.flatnonzero(telling[which.ravel()])
    if not len(possible):
        return [], False
    greatest = _greatest(people)
    close = possible[greatest[possible] >= share * items - 1e-9]
    chances = model.agreement(places[close], greatest[close].astype(np.intp))
    found = close[chances < rare]
    if not len(found):
        return [], True
    rows = varied[_with_partners(people, found, greatest)] + 1
    usual = (len(people) - 1) * float(chances[chances < rare].sum())
    facts = {"share": float(greatest[found].min()) / items, "items": items}
    return [Sign("near", tuple(rows.tolist()), usual, facts)], True


def _with_partners(people: Floats, found: NDArray[np.intp], greatest: Floats) -> NDArray[np.intp]:
    """The rows found, and those they agree with, in order."""
    rows = set(found.tolist())
    for each in found:
        rows.update(np.flatnonzero((people == people[each]).sum(axis=1) >= greatest[each]).tolist())
    return np.array(sorted(rows), dtype=np.intp)


def _greatest(values: Floats) -> Floats:
    """In how many items each row agrees with the row most like it."""
    answers = np.unique(values[~np.isnan(values)])
    marked = (values[:, :, None] == answers).reshape(len(values), -1).astype(np.float32)
    found = np.empty(len(values))
    for start in range(0, len(values), _BLOCK):
        same = marked[start : start + _BLOCK] @ marked.T
        same[np.arange(len(same)), np.arange(start, start + len(same))] = -1
        found[start : start + len(same)] = same.max(axis=1)
    return found
