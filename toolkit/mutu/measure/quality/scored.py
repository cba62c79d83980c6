"""The index after decisions, beside the index of all: nothing disappears without being said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number
from mutu.measure import frames, skm
from mutu.measure.quality.decisions import Decisions
from mutu.measure.quality.signs import fingerprint
from mutu.measure.result import Interval, Result, interval_text, limits
from mutu.measure.skm import IndexResult


@dataclass(frozen=True)
class Decided(Result):
    """The index with and without the rows that were left out by decision.

    Attributes
    ----------
    counted : the index without them
    everybody : the index of all respondents
    left_out : the rows that were left out
    log : the decisions
    """

    counted: IndexResult
    everybody: IndexResult
    left_out: tuple[str, ...]
    log: Decisions

    def __float__(self) -> float:
        return float(self.counted.ikm)

    @property
    def n(self) -> int:
        """Respondents that count."""
        return self.counted.n

    @property
    def interval(self) -> Interval | None:
        """Interval of the index without the rows left out."""
        return self.counted.interval

    @property
    def method(self) -> str:
        """How the index was made."""
        return "decided by a person, see log"

    def sentence(self) -> str:
        """How many were left out by decision, and both indices."""
        if not self.left_out:
            return _("Nobody was left out by decision; the IKM is {ikm} ({interval}), n = {n}.").format(
                ikm=number(self.counted.ikm), interval=interval_text(self.counted.interval), n=integer(self.counted.n)
            )
        return _(
            "{count} of {all} respondents were left out by decision of a person, with a reason kept for each. The IKM "
            "without them is {ikm} ({interval}), grade {grade}; with all respondents it is {everybody}, grade {before}."
        ).format(
            count=integer(self.everybody.n - self.counted.n),
            all=integer(self.everybody.n),
            ikm=number(self.counted.ikm),
            interval=interval_text(self.counted.interval),
            grade=self.counted.mutu,
            everybody=number(self.everybody.ikm),
            before=self.everybody.mutu,
        )

    def rows(self) -> list[dict[str, str]]:
        """One row for each of the two indices."""
        return [
            {
                _("Respondents"): label,
                "n": integer(found.n),
                _("IKM"): number(found.ikm),
                _("95% interval"): limits(found.interval),
                _("Grade"): found.mutu,
            }
            for label, found in (
                (_("Without those left out by decision"), self.counted),
                (_("All respondents"), self.everybody),
            )
        ]

    def as_json(self) -> dict[str, Any]:
        """Both indices and the log as plain numbers and texts."""
        return {
            "measure": "decided",
            "left_out": list(self.left_out),
            "counted": self.counted.as_json(),
            "everybody": self.everybody.as_json(),
            "log": self.log.as_json(),
        }


def score(
    data: Any, log: Decisions, *, by: Sequence[str] | None = None, cluster: str | None = None, **settings: Any
) -> Decided:
    """The index of a survey after decisions, beside the index of all respondents.

    Parameters
    ----------
    data : the frame of answers whose signs were decided on; it is never changed
    log : the decisions
    by : columns of `data` to score groups by
    cluster : the column of `data` that says who was asked together
    settings : as in `skm.score`: weights, scale, population, min_group, regulation

    Returns
    -------
    Decided : `.counted` and `.everybody`, each an IndexResult

    Raises
    ------
    InputError : the log belongs to other answers, names a row that is not there, or leaves nobody
    InputError, AnswerError, SettingError : as in `skm.score`

    Examples
    --------
    >>> import numpy as np, polars as pl
    >>> from datetime import date
    >>> from mutu.measure import quality
    >>> rng = np.random.default_rng(1)
    >>> answers = np.vstack([rng.choice([1, 2, 3, 4], (90, 9), p=[0.05, 0.15, 0.5, 0.3]), np.full((6, 9), 4)])
    >>> frame = pl.DataFrame(answers, schema=[f"U{each}" for each in range(1, 10)])
    >>> found = quality.signs(frame)
    >>> why = {"by": "petugas data", "reason": "diisi petugas loket sendiri", "on": date(2026, 11, 25)}
    >>> log = quality.decide(found, found.named, keep=False, **why)
    >>> decided = quality.score(frame, log)
    >>> decided.everybody.n, decided.counted.n, decided.everybody.rounded > decided.counted.rounded
    (96, 90, True)
    """
    names = _names(data, log)
    missing = [row for row in log.current if row not in set(names)]
    if missing:
        raise InputError(
            N_("The log decides on rows {rows}, which are not in these answers. Take the answers it was made for."),
            rows=", ".join(missing[:10]),
        )
    gone = set(log.left_out)
    if gone >= set(names):
        raise InputError(N_("The log leaves out every respondent, so there is no index. Decide again."))
    frame = nw.from_native(data)
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    chosen = eager.select([*log.items, *(by or ()), *([cluster] if cluster else ())])
    counted = chosen.filter([name not in gone for name in names])
    settings.update(by=None if by is None else list(by), cluster=cluster)
    return Decided(
        counted=skm.score(counted.to_native(), **settings),
        everybody=skm.score(chosen.to_native(), **settings),
        left_out=tuple(row for row in names if row in gone),
        log=log,
    )


def _names(data: Any, log: Decisions) -> list[str]:
    """What each row is called; refuses answers that are not those of the log."""
    if log.key is not None:
        return ["" if cell is None else str(cell).strip() for cell in frames.labels(data, log.key)]
    answers = frames.matrix(data, log.items)
    if fingerprint(answers) != log.fingerprint:
        raise InputError(
            N_("The log was made for other answers: rows go by their number there. Take that file, or name a key.")
        )
    return [str(row) for row in range(1, len(answers.values) + 1)]
