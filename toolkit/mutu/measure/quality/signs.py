"""All checks of one survey together, and the rows with most signs first."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mutu.errors import N_, InputError
from mutu.locale import _, integer
from mutu.measure import frames
from mutu.measure.frames import Matrix
from mutu.measure.quality import texts
from mutu.measure.quality.bursts import bursts
from mutu.measure.quality.copies import duplicates
from mutu.measure.quality.devices import devices
from mutu.measure.quality.result import Check, listed
from mutu.measure.quality.speed import speeding
from mutu.measure.quality.straight import straight_lines
from mutu.measure.result import Result

_WIDEST = 10  # from the lowest answer to the highest, as on a scale from 0 to 10


@dataclass(frozen=True)
class Signs(Result):
    """Signs of answers that may not have been given by people who were served: questions for a person.

    Attributes
    ----------
    checks : what each check found
    names : what each row is called: its key, or its number from 1
    items : columns of the answers
    key : column that names the rows; None where they go by their number
    fingerprint : of the answers, where rows go by their number
    """

    checks: tuple[Check, ...]
    names: tuple[str, ...] = field(repr=False)
    items: tuple[str, ...]
    key: str | None
    fingerprint: str | None

    def __float__(self) -> float:
        """Rows with at least one sign."""
        return float(len(self.kinds))

    @property
    def n(self) -> int:
        """Rows of the survey."""
        return len(self.names)

    @property
    def known(self) -> frozenset[str]:
        """What rows are called."""
        return frozenset(self.names)

    @property
    def method(self) -> str:
        """How signs were told from what is usual, check by check."""
        return "; ".join(f"{check.kind}: {check.method}" for check in self.checks)

    @property
    def kinds(self) -> dict[str, tuple[str, ...]]:
        """The kinds of signs of each row that has one."""
        found: dict[int, list[str]] = {}
        for check in self.checks:
            for sign in check.signs:
                for row in sign.rows:
                    if sign.kind not in found.setdefault(row, []):
                        found[row].append(sign.kind)
        return {self.names[row - 1]: tuple(kinds) for row, kinds in sorted(found.items())}

    @property
    def named(self) -> tuple[str, ...]:
        """The rows with a sign, those with most kinds first."""
        return tuple(sorted(self.kinds, key=lambda row: -len(self.kinds[row])))

    def sentence(self) -> str:
        """How many rows show signs, of which kinds, and what to do."""
        kinds = self.kinds
        if not kinds:
            return _("None of {n} rows shows a sign that somebody should look at.").format(n=integer(self.n))
        several = sum(len(each) > 1 for each in kinds.values())
        by_kind = "; ".join(
            f"{texts.name(check.kind)}: {integer(len(check.rows_found))}" for check in self.checks if check.signs
        )
        return _(
            "{found} of {n} rows show a sign that somebody should look at, {several} of them more than one ({kinds}). "
            "Signs are questions, not proof: nothing is left out until a person decides it and says why."
        ).format(found=integer(len(kinds)), n=integer(self.n), several=integer(several), kinds=by_kind)

    def rows(self) -> list[dict[str, str]]:
        """One row a sign, with the rows as the survey calls them."""
        found = [
            {**shown, _("Rows"): listed(tuple(self.names[row - 1] for row in sign.rows))}
            for check in self.checks
            for shown, sign in zip(check.rows(), check.signs, strict=False)
        ]
        return found or self.checks[0].rows()

    def as_json(self) -> dict[str, Any]:
        """The signs as plain numbers and texts."""
        return {
            "measure": "signs",
            "n": self.n,
            "items": list(self.items),
            "key": self.key,
            "rows": {row: list(kinds) for row, kinds in self.kinds.items()},
            "checks": [check.as_json() for check in self.checks],
        }


def signs(
    data: Any,
    items: Sequence[str] | None = None,
    *,
    seconds: str | None = None,
    submitted: str | None = None,
    device: str | None = None,
    key: str | None = None,
    serves: tuple[int, float] | None = None,
) -> Signs:
    """Signs of answers that were not given by people who were served, shown for a person to decide.

    The same answer throughout and copies of answers are looked for in the items; filling in very fast, bursts and
    devices in the columns named. Each check compares with what the survey itself leads to expect; nothing is left out.

    Parameters
    ----------
    data : frame of answers, respondents in rows
    items : columns of the answers, in the order they were asked; by default all columns not named otherwise, which must
        then hold whole answers on one scale of at most eleven steps
    seconds : column of the time to fill in, see `speeding`
    submitted : column of when each answer came in, see `bursts`
    device : column of the device or address, see `devices`
    key : column that names the rows, such as the form's own id; by default rows go by their number, from 1
    serves : the most people whom all counters together can serve, and in how many minutes; see `bursts`

    Raises
    ------
    InputError, AnswerError, SettingError : as in the single checks; two rows of one key, or a row without one; a column
        that does not look like a question while no items are named

    References
    ----------
    Meade & Craig (2012), Psychological Methods 17, 437-455. Curran (2016), Journal of Experimental Social Psychology
    66, 4-19. Dunn, Heggestad, Shanock & Theilgard (2018), Journal of Business and Psychology 33, 105-121. Kuriakose &
    Robbins (2016), Statistical Journal of the IAOS 32, 283-291.

    Examples
    --------
    >>> import numpy as np, polars as pl
    >>> from mutu.measure import quality
    >>> rng = np.random.default_rng(1)
    >>> answers = np.vstack([rng.choice([1, 2, 3, 4], (90, 9), p=[0.05, 0.15, 0.5, 0.3]), np.full((6, 9), 4)])
    >>> found = quality.signs(pl.DataFrame(answers, schema=[f"U{each}" for each in range(1, 10)]))
    >>> float(found), found.named
    (6.0, ('91', '92', '93', '94', '95', '96'))
    """
    named = items is not None
    others = [name for name in (seconds, submitted, device, key) if name is not None]
    if items is None and not isinstance(data, list | tuple) and others:
        items = [name for name in frames.table(data) if name not in others]
    answers = frames.matrix(data, items, least_columns=3)
    if not named:
        _check_answers(answers)
    capacity, minutes = serves or (None, 10.0)
    checks = [straight_lines(answers.values), duplicates(answers.values)]
    asked: tuple[tuple[str | None, Callable[[Any], Check]], ...] = (
        (seconds, speeding),
        (submitted, lambda cells: bursts(cells, capacity=capacity, minutes=minutes)),
        (device, devices),
    )
    checks += [check(frames.labels(data, column)) for column, check in asked if column is not None]
    return Signs(
        checks=tuple(checks),
        names=_names(data, key, len(answers.values)),
        items=answers.names,
        key=key,
        fingerprint=fingerprint(answers) if key is None else None,
    )


def _check_answers(answers: Matrix) -> None:
    """Refuse a column that nobody named and whose values are no answers on the scale of the others."""
    lowest = float(np.median(np.nanmin(answers.values, axis=0)))
    for name, column in zip(answers.names, answers.values.T, strict=True):
        given = column[~np.isnan(column)]
        odd = given[(given != np.round(given)) | (np.abs(given - lowest) > _WIDEST)]
        if len(odd):
            raise InputError(
                N_(
                    "The column {column} holds {value} and does not look like a question. Name the questions (items), "
                    "or say what the column is (seconds, submitted, device, key)."
                ),
                column=name,
                value=f"{odd[0]:g}",
            )


def _names(data: Any, key: str | None, n: int) -> tuple[str, ...]:
    if key is None:
        return tuple(str(row) for row in range(1, n + 1))
    cells = frames.labels(data, key)
    names = ["" if cell is None else str(cell).strip() for cell in cells]
    if "" in names:
        raise InputError(
            N_("Row {row} has nothing in the column {column}, which names the rows. Fill it in, or take no key."),
            row=names.index("") + 1,
            column=key,
        )
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InputError(
            N_("{rows} stand several times in the column {column}, which names the rows. Take another column."),
            rows=", ".join(twice[:5]),
            column=key,
        )
    return tuple(names)


def fingerprint(answers: Matrix) -> str:
    """What tells the answers of one file from those of another."""
    told = hashlib.sha256("\n".join(answers.names).encode())
    told.update((answers.values + 0.0).tobytes())
    return told.hexdigest()[:32]
