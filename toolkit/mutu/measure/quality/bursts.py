"""More answers within a short time than a counter can serve, or than other days explain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, AnswerError, InputError, SettingError
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.quality.expected import UNLIKELY
from mutu.measure.quality.result import Check, Sign, ordered
from mutu.measure.settings import is_number

LEAST = 20  # submissions from which the usual rate is taken
DAYS = 4  # from which a day is compared with the others
SMALLEST = 5  # submissions in a burst
MOST = 20  # submissions in one minute, one every three seconds, beyond which no usual rate is needed to ask
_MINUTE = 60.0
_HOUR, _DAY = 3600.0, 86400.0


def bursts(submitted: Any, *, minutes: float = 10, capacity: int | None = None) -> Check:
    """Times around which more answers came in than the counters can serve, or than is usual.

    A window of so many minutes slides over the submissions. With `capacity`, each window with more than that is a sign.
    Without, the number is compared with the same hour of the other days (of all hours with answers, where fewer than
    four days were seen), whose counts also say how much more than by chance they vary; a sign needs five answers, and
    less than 1 % probability that any window of an honest survey has so many. More than 20 in one minute, one every
    three seconds, are a sign without any comparison, unless the times are too coarse to tell minutes apart (days only,
    or full hours and quarters).

    Parameters
    ----------
    submitted : when each answer came in, local time; datetimes, NumPy or pandas time stamps or ISO texts, empty where
        it is not known; shape (respondents,), array, series or frame of one column
    minutes : length of the window
    capacity : the most people whom all counters together can serve within the window

    Returns
    -------
    Check : one sign for each burst; overlapping windows are one

    Raises
    ------
    InputError : fewer than 20 time stamps
    AnswerError : a cell is no time; names the row
    SettingError : minutes or capacity not above 0

    References
    ----------
    Glaz, Naus & Wallenstein (2001), Scan Statistics, for sliding windows; the bound used here is Bonferroni's over the
    windows that begin with an answer. Bursts of one enumerator: Koczela, Furlong, McCarthy & Mushtaq (2015),
    Statistical Journal of the IAOS 31, 413-422.

    Examples
    --------
    >>> from datetime import datetime, timedelta
    >>> days = [datetime(2026, 3, day, hour, 7 * day % 60) for day in range(2, 7) for hour in range(8, 15)]
    >>> sent = [datetime(2026, 3, 4, 16, 30) + timedelta(seconds=20 * each) for each in range(9)]
    >>> bursts([*days, *sent]).rows_found
    (36, 37, 38, 39, 40, 41, 42, 43, 44)
    """
    if not all(is_number(each) and each > 0 for each in (minutes, 1 if capacity is None else capacity)):
        raise SettingError(N_("Minutes and capacity must be above 0."))
    rows, times = _times(submitted)
    window = minutes * 60
    counts = np.searchsorted(times, times + window, side="right") - np.arange(len(times))
    usual = None if capacity is not None else _usual(times, window)
    if usual is None:
        found = counts > (capacity or 0)
    else:
        found = (counts >= SMALLEST) & (usual.tail(counts) * len(times) < UNLIKELY)
    signs = [
        _sign(rows, times, counts, group, (minutes, capacity, usual)) for group in _together(found, counts, len(times))
    ]
    signs += [] if usual is None else _floods(rows, times, signs)
    method = "capacity" if usual is None else "sliding window, negative binomial by hour of other days; 20 a minute"
    few = usual is not None and usual.days < DAYS
    return Check("burst", len(times), ordered(signs), method, "few_days" if few else "")


@dataclass(frozen=True)
class _Usual:
    """How many answers a window that begins with each answer usually holds, and how much that varies."""

    mean: Floats
    shape: float
    days: int

    def tail(self, counts: NDArray[np.intp]) -> Floats:
        """The probability of so many or more, where one is given: negative binomial, Poisson without more spread."""
        from scipy.special import betainc, gammainc

        more = np.maximum(counts - 1, 1).astype(np.float64)
        if np.isinf(self.shape):
            found: Floats = gammainc(more, self.mean)
        else:
            found = betainc(more, self.shape, self.mean / (self.mean + self.shape))
        return found


def _usual(times: Floats, window: float) -> _Usual:
    """The rate of each answer's hour, from other days where there are enough."""
    days = (times // _DAY).astype(np.intp)
    hours = (times % _DAY // _HOUR).astype(np.intp)
    known, day = np.unique(days, return_inverse=True)
    table = np.zeros((len(known), 24))
    np.add.at(table, (day, hours), 1)
    used = table.sum(axis=0) > 0
    if len(known) < DAYS:
        middle = float(np.median(table[table > 0]))
        return _Usual(np.full(len(times), middle * window / _HOUR), _shape(times, table, window), len(known))
    others = (table.sum(axis=0) - table) / (len(known) - 1)
    floor = others[:, used].mean(axis=1)
    mean = np.maximum(others[day, hours], floor[day] / 2) * window / _HOUR
    return _Usual(mean, _shape(times, table, window), len(known))


def _shape(times: Floats, table: Floats, window: float) -> float:
    """The shape of a negative binomial for the counts of windows side by side; infinite without more than chance.

    Var = m + m² ÷ shape, with the mean m of each hour: people come in groups, and some days are busier. The fullest
    hundredth of the windows, which may be bursts, is out.
    """
    each = max(int(_HOUR // window), 1)
    mean = np.repeat(table.mean(axis=0) / each, each)
    counts = np.zeros((len(table), 24 * each))
    day = np.unique(times // _DAY, return_inverse=True)[1]
    np.add.at(counts, (day, np.minimum(times % _DAY / _DAY * 24 * each, 24 * each - 1).astype(np.intp)), 1)
    counts, mean = counts[:, mean > 0], mean[mean > 0]
    kept = counts <= np.quantile(counts, 0.99)
    excess = float((((counts - mean) ** 2 - counts) * kept).sum())
    return float((mean**2 * kept).sum()) / excess if excess > 0 else np.inf


def _floods(rows: NDArray[np.intp], times: Floats, known: list[Sign]) -> list[Sign]:
    """Minutes with more answers than anybody can serve, beside the bursts that are known already."""
    if _is_coarse(times):
        return []
    counts = np.searchsorted(times, times + _MINUTE, side="left") - np.arange(len(times))
    named = {row for sign in known for row in sign.rows}
    groups = _together(counts > MOST, counts, len(times))
    found = [_sign(rows, times, counts, group, (1, None, None)) for group in groups]
    return [replace(sign, facts={**sign.facts, "most": MOST}) for sign in found if named.isdisjoint(sign.rows)]


def _is_coarse(times: Floats) -> bool:
    """Whether the times are days, hours or quarters of them rather than minutes; a single time of day is told apart."""
    whole = np.rint(times).astype(np.int64)
    step = int(np.gcd.reduce(whole))
    return step % int(_DAY) == 0 or (step > _MINUTE and len(np.unique(whole)) > 1)


def _together(found: NDArray[np.bool_], counts: NDArray[np.intp], n: int) -> list[tuple[int, int]]:
    """First and last place of the answers in windows that overlap."""
    groups: list[tuple[int, int]] = []
    for start in np.flatnonzero(found).tolist():
        end = min(start + int(counts[start]), n) - 1
        if groups and start <= groups[-1][1]:
            groups[-1] = (groups[-1][0], max(end, groups[-1][1]))
        else:
            groups.append((start, end))
    return groups


def _sign(
    rows: NDArray[np.intp],
    times: Floats,
    counts: NDArray[np.intp],
    group: tuple[int, int],
    setting: tuple[float, int | None, _Usual | None],
) -> Sign:
    minutes, capacity, usual = setting
    start, end = group
    busiest = start + int(np.argmax(counts[start : end + 1]))
    facts = {
        "begin": datetime.fromtimestamp(times[start], UTC).strftime("%Y-%m-%d %H:%M"),
        "peak": int(counts[busiest]),
        "minutes": minutes,
        "capacity": capacity,
    }
    expected = None if usual is None else float(usual.mean[busiest])
    return Sign("burst", tuple(sorted((rows[start : end + 1] + 1).tolist())), expected, facts)


def _times(submitted: Any) -> tuple[NDArray[np.intp], Floats]:
    """Rows with a time, in order of time, and the times in seconds of local time."""
    cells = frames.cells(submitted)
    found = [(row, _seconds(cell, row)) for row, cell in enumerate(cells) if not frames.is_empty(cell)]
    if len(found) < LEAST:
        raise InputError(
            N_("Only {found} times are known; to tell what is usual, {least} are needed."),
            found=len(found),
            least=LEAST,
        )
    rows = np.array([row for row, _time in found], dtype=np.intp)
    times = np.array([time for _row, time in found], dtype=np.float64)
    order = np.argsort(times, kind="stable")
    return rows[order], times[order]


def _seconds(cell: Any, row: int) -> float:
    """Seconds of the clock on the wall; a time zone is part of how a clock is read, and left aside."""
    try:
        moment = datetime.fromisoformat(cell.strip()) if isinstance(cell, str) else cell
        return float(moment.replace(tzinfo=UTC).timestamp())
    except (ValueError, AttributeError, TypeError):
        raise AnswerError(
            N_("Row {row} holds «{value}», which is no time. Write it as 2026-03-24 09:15, or leave it empty."),
            row=row + 1,
            value=str(cell)[:60],
        ) from None
