"""The same answer throughout: runs of one answer, and how much a respondent's answers vary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import InputError
from mutu.measure import frames
from mutu.measure.frames import Floats, Matrix
from mutu.measure.quality.expected import Expected, expected, unlikely
from mutu.measure.quality.result import Check, Sign, ordered

PART = 0.75  # of the questions: shorter runs are not looked at
LEAST = 3  # respondents: a single furious or delighted one is nobody's forgery


def longstring(data: Any, columns: Sequence[str] | None = None) -> NDArray[np.intp]:
    """The longest run of one answer in the order of the columns, for each respondent.

    Parameters
    ----------
    data : frame of answers, respondents in rows and items in the order they were asked, or an array of that shape
    columns : the items; all by default

    Returns
    -------
    shape (respondents,); a missing answer ends a run

    Raises
    ------
    InputError, AnswerError : no frame, no such column, or a cell that is no number

    References
    ----------
    Johnson (2005), Journal of Research in Personality 39, 103-129. Meade & Craig (2012), Psychological Methods 17,
    437-455. Curran (2016), Journal of Experimental Social Psychology 66, 4-19.

    Examples
    --------
    >>> longstring([[3, 3, 3, 4, 4], [1, 2, 1, 2, 1]]).tolist()
    [3, 1]
    """
    values = frames.matrix(data, columns, least_rows=1, least_columns=2).values
    return np.asarray(np.max([_runs(values == answer) for answer in _answers(values)], axis=0))


def variability(data: Any, columns: Sequence[str] | None = None) -> Floats:
    """How much the answers of each respondent vary: their standard deviation (intra-individual response variability).

    Low values come from straight lines, very high ones from random answers (Marjanovic et al. 2015).

    Parameters
    ----------
    data, columns : as in `longstring`

    Returns
    -------
    shape (respondents,), with divisor answers - 1; NaN below two answers

    Raises
    ------
    InputError, AnswerError : as in `longstring`

    References
    ----------
    Dunn, Heggestad, Shanock & Theilgard (2018), Journal of Business and Psychology 33, 105-121, p. 108.

    Examples
    --------
    >>> variability([[3, 3, 3, 3], [1, 2, 3, 4]]).round(2).tolist()
    [0.0, 1.29]
    """
    values = frames.matrix(data, columns, least_rows=1, least_columns=2).values
    answered = ~np.isnan(values)
    count = answered.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(answered, values, 0.0).sum(axis=1) / count
        squares = np.where(answered, (values - mean[:, None]) ** 2, 0.0).sum(axis=1)
        found: Floats = np.where(count > 1, np.sqrt(squares / (count - 1)), np.nan)
    return found


def straight_lines(data: Any, columns: Sequence[str] | None = None) -> Check:
    """Whether more people than usual gave one answer throughout.

    All threes are normal in a satisfaction survey. So for each answer the number of respondents with a run of it, over
    at least three quarters of the questions, is compared with what is usual: what the items' own distribution leads to
    expect (taken from respondents without such a run), and the people who give one answer throughout from contentment
    or haste. How many do so is read from the commonest answer, which therefore is never a sign; other answers are given
    throughout in proportion to how often they are given at all. A sign needs three respondents, more than twice as many
    as usual, and less than 1 % probability that honest answers give any sign even if long runs were twice as common.

    Parameters
    ----------
    data : frame of answers, respondents in rows and items in the order they were asked, or an array of that shape
    columns : the items; all by default, at least three

    Returns
    -------
    Check : at most one sign an answer; its rows are all with the run, honest ones among them

    Raises
    ------
    InputError : no such column, fewer than three items that vary, or fewer than 30 complete respondents
    AnswerError : a cell is no number

    References
    ----------
    Meade & Craig (2012), Psychological Methods 17, 437-455. Curran (2016), Journal of Experimental Social Psychology
    66, 4-19, for runs and against fixed limits.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> honest = rng.choice([1, 2, 3, 4], (90, 9), p=[0.05, 0.15, 0.5, 0.3])
    >>> check = straight_lines(np.vstack([honest, np.full((10, 9), 4)]))
    >>> check.rows_found
    (91, 92, 93, 94, 95, 96, 97, 98, 99, 100)
    """
    found = frames.matrix(data, columns, least_columns=3)
    items, answers = found.values.shape[1], _answers(found.values)
    least = math.ceil(PART * items)
    runs = np.array([_runs(found.values == answer) for answer in answers])
    model = _usual(found, runs.max(axis=0) < least, answers)
    common = int(np.argmax([(found.values == answer).sum() for answer in answers]))
    lengths = range(least, items + 1)
    looked = _Looked(runs, model, common, lengths)
    signs = [sign for place, answer in enumerate(answers.tolist()) if (sign := looked.sign(place, answer))]
    return Check("straight", len(found.values), ordered(signs), "longstring, one-factor normal model and halo")


def _usual(found: Matrix, plain: NDArray[np.bool_], answers: Floats) -> Expected:
    """The model of those without a long run, who alone show how the items vary; of all, where there are too few."""
    apart = Matrix(found.names, found.values[plain])
    try:
        return expected(apart, answers)
    except InputError:
        return expected(found, answers)


@dataclass(frozen=True, eq=False)
class _Looked:
    """Runs of each answer (answers × respondents), what is usual, and which lengths are looked at."""

    runs: NDArray[np.intp]
    model: Expected
    common: int
    lengths: range

    def sign(self, place: int, answer: float) -> Sign | None:
        """The sign of the shortest run that is seen too often; None where none is."""
        if place == self.common:
            return None
        n = self.runs.shape[1]
        for length in self.lengths:
            rows = np.flatnonzero(self.runs[place] >= length)
            chance = self._chance(place, length)
            if len(rows) >= LEAST and unlikely(len(rows), n, chance, len(self.runs) * len(self.lengths)):
                all_have = int(self.runs[place, rows].min())
                facts = {"answer": answer, "length": all_have, "items": self.lengths[-1]}
                return Sign("straight", tuple((rows + 1).tolist()), n * self._chance(place, all_have), facts)
        return None

    def _chance(self, place: int, length: int) -> float:
        """How likely a run is: by the model, and by contentment or haste, as often as the commonest answer shows."""
        shares = self.model.shares
        seen = float((self.runs[self.common] >= length).mean())
        halo = max(seen - self.model.run(self.common, length), 0.0) / max(float(shares[self.common]), 1e-9)
        return min(self.model.run(place, length) + halo * float(shares[place]), 1.0)


def _answers(values: Floats) -> Floats:
    found: Floats = np.unique(values[~np.isnan(values)])
    return found


def _runs(same: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The longest run of True in each row."""
    longest = np.zeros(len(same), dtype=np.intp)
    current = np.zeros(len(same), dtype=np.intp)
    for column in same.T:
        current = np.where(column, current + 1, 0)
        longest = np.maximum(longest, current)
    return longest
