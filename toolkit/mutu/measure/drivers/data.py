"""Elements and overall satisfaction, read and checked, and what is to be said about how far they carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mutu.errors import N_, InputError
from mutu.locale import _, integer, number
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.parts import independent

ENOUGH = 15  # respondents in the sense of `effective` for each element
SHARED = 5.0  # variance inflation from which an element is called hard to tell from the others


@dataclass(frozen=True, eq=False, repr=False)
class Answers:
    """Answers of the respondents who answered everything.

    Attributes
    ----------
    outcome : name of the overall answer
    names : the elements
    x : respondents × elements
    y : overall answers, shape (respondents,)
    kept : which rows of the frame these are, shape (rows,)
    """

    outcome: str
    names: tuple[str, ...]
    x: Floats
    y: Floats
    kept: np.ndarray[Any, np.dtype[np.bool_]]

    @property
    def n(self) -> int:
        """Respondents who answered everything."""
        return len(self.y)

    @property
    def left_out(self) -> int:
        """Respondents with a gap."""
        return int((~self.kept).sum())

    @property
    def effective(self) -> float:
        """How many respondents an ordinal outcome is worth: n - Σ n_i³ ÷ n², with n_i the people of each answer.

        References
        ----------
        Harrell (2015), Regression Modeling Strategies, 2nd ed., sec. 4.4, table 4.1, with ENOUGH for each predictor.
        """
        counts = np.unique(self.y, return_counts=True)[1]
        return float(self.n - (counts.astype(float) ** 3).sum() / self.n**2)

    @property
    def inflation(self) -> dict[str, float]:
        """Variance inflation of each element: 1 ÷ (1 - R²) of it on the others."""
        if len(self.names) == 1:
            return {self.names[0]: 1.0}
        inverse = np.linalg.inv(np.corrcoef(self.x, rowvar=False))
        return dict(zip(self.names, np.diag(inverse).tolist(), strict=True))

    def remarks(self) -> list[str]:
        """Whether there are too few respondents, or elements that go together too closely; who is left out."""
        found = []
        if self.effective < ENOUGH * len(self.names):
            found.append(
                _(
                    "That is few for {elements} elements: as the overall answers are spread, these {n} respondents are "
                    "worth {worth}, and {needed} are advised. Ask more people, or compare fewer elements."
                ).format(
                    elements=integer(len(self.names)),
                    n=integer(self.n),
                    worth=integer(int(self.effective)),
                    needed=integer(ENOUGH * len(self.names)),
                )
            )
        close = {name: value for name, value in self.inflation.items() if value >= SHARED}
        if close:
            found.append(
                _("{elements} go together so closely that their effects can hardly be told apart.").format(
                    elements=", ".join(f"{name} (VIF {number(value, 1)})" for name, value in close.items())
                )
            )
        if self.left_out:
            found.append(
                _("{count} respondents with a missing answer are left out.").format(count=integer(self.left_out))
            )
        return found


def read(data: Any, outcome: str, columns: Sequence[str] | None, leave: str | None = None) -> Answers:
    """The answers of a frame to the elements and to the overall question.

    Parameters
    ----------
    data : frame of answers, respondents in rows, or an array of that shape with columns "1", "2" …
    outcome : the column of overall satisfaction
    columns : the elements; all other columns by default
    leave : a column that is no element

    Raises
    ------
    InputError : no such column, the outcome among the elements, an element or the outcome that does not vary, elements
        that follow from each other, or no more complete respondents than coefficients
    AnswerError : a cell is no number
    """
    array = frames.matrix(data, least_columns=2) if isinstance(data, np.ndarray | list | tuple) else None
    present = list(array.names if array else frames.table(data))
    names = [outcome, *(columns if columns is not None else (n for n in present if n not in (outcome, leave)))]
    _check_names(names, present)
    found = frames.matrix(data, names, least_columns=2).values if array is None else array.values
    if array is not None:
        found = found[:, [present.index(name) for name in names]]
    kept = np.asarray(~np.isnan(found).any(axis=1))
    answers = Answers(outcome, tuple(names[1:]), found[kept][:, 1:], found[kept][:, 0], kept)
    _check(answers)
    return answers


def _check_names(names: list[str], present: list[str]) -> None:
    for place, name in enumerate(names):
        if name not in present:
            raise InputError(
                N_("There is no column «{column}»; the columns are {present}."),
                column=name,
                present=", ".join(present),
            )
        if name in names[:place]:
            raise InputError(
                N_("The column {column} is named twice. Name the overall answer and each element once."), column=name
            )


def _check(answers: Answers) -> None:
    needed = len(answers.names) + 3
    if answers.n < needed:
        raise InputError(
            N_("Only {complete} respondents answered everything, and {least} are needed. Leave out elements."),
            complete=answers.n,
            least=needed,
        )
    for name, column in ((answers.outcome, answers.y), *zip(answers.names, answers.x.T, strict=True)):
        if np.ptp(column) == 0:
            raise InputError(
                N_("All {n} complete respondents answered {column} with {value}; it moves nothing. Leave it out."),
                n=answers.n,
                column=name,
                value=f"{column[0]:g}",
            )
    if not independent(np.cov(answers.x, rowvar=False).reshape(len(answers.names), -1)):
        raise InputError(
            N_("One of the elements {columns} follows exactly from the others. Leave out copies and totals."),
            columns=", ".join(answers.names),
        )
