"""Rows that are no answers: titles of pages, totals and notes below the table, tests, examples, double submissions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from mutu.errors import N_
from mutu.locale import _
from mutu.responses import headers, options, privacy
from mutu.responses.columns import Assigned
from mutu.responses.grid import data, text, words
from mutu.responses.headers import COMMENT, DATE, ID, PERSONAL, PROFILE
from mutu.responses.survey import Rejected
from mutu.responses.table import Table, enumerates

_SECONDS = re.compile(r"\d{1,2}[:.]\d\d[:.](\d\d)")
_UUID = r"(?:uuid:)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_MARK_LENGTH = 40
_FOOTERS = 6  # rows of sums and means that may stand below one another
HEADER_AGAIN = N_("repeats the header")
ENUMERATION = N_("only numbers the columns")
BELOW = N_("stands below the answers (a total, an average or a note)")
TOTAL_ROW = N_("is a total or average of other rows")
TEST_ROW = N_("is marked as a test or example")
NO_ANSWERS = N_("answers none of the questions")
TWICE = N_("is the same submission as row {row}: same id or time stamp, same answers")


def left_out(table: Table, assigned: Sequence[Assigned]) -> tuple[dict[int, tuple[str, str]], set[int]]:
    """Rows that are no submissions, before any answer is looked at.

    Returns
    -------
    index in the body -> (reason, value to show), and the indices of blank rows
    """
    size = len(table.body)
    elements = [entry.column.position for entry in assigned if entry.is_element]
    blank = {index for index in range(size) if not any(text(cell) for cell in table.body[index])}
    out: dict[int, tuple[str, str]] = {}
    for index in _repeats(table):
        out[index] = (_(HEADER_AGAIN), "")
    if size and enumerates([text(cell) for cell in table.body[0]]):
        out[0] = (_(ENUMERATION), "")
    numbers = _numbers(table, elements)
    labels = _labels(table, assigned)
    for index in _footer(table, assigned, numbers, labels, blank | set(out)):
        out[index] = (_(BELOW), labels.get(index, ""))
    for index, label in labels.items():
        if index not in out and not _plain_answers(numbers[index]):
            out[index] = (_(TOTAL_ROW), label)
    for index, said in _tests(table, assigned).items():
        out.setdefault(index, (_(TEST_ROW), said))
    return {index: entry for index, entry in out.items() if index not in blank}, blank


def twice(
    table: Table, assigned: Sequence[Assigned], answers: pd.DataFrame, sheet: str, hints: list[str]
) -> list[Rejected]:
    """Rows that were submitted twice; the same id with other answers counts and becomes a hint."""
    found: dict[int, int] = {}
    for values in _keys(table, assigned, answers.index):
        known = values[values != ""]
        rows = answers.loc[known.index].astype("float64").fillna(-1).assign(_key=known)
        first = rows.groupby(list(rows.columns), sort=False).ngroup()
        firsts = pd.Series(first.index, index=first.index).groupby(first).transform("first")
        found |= {row: firsts[row] for row in first.index if firsts[row] != row and row not in found}
    _say_same_id(table, assigned, answers.index.difference(list(found)), hints)
    return [Rejected(sheet, row, None, "", _(TWICE).format(row=first)) for row, first in sorted(found.items())]


def looks_like_offices(table: Table, assigned: Sequence[Assigned], skipped: set[int]) -> bool:
    """Whether rows are offices with averages or sums, not respondents."""
    elements = [entry.column.position for entry in assigned if entry.is_element]
    kept = [index for index in range(len(table.body)) if index not in skipped]
    numbers = _numbers(table, elements)[kept]
    known = numbers[~np.isnan(numbers)]
    if known.size < 3:
        return False
    broken = float(np.mean(known != np.round(known)))
    if broken > 0.5:
        return True
    named = any(
        headers.names_offices(column.name) or headers.counts_respondents(column.name) for column in table.columns
    )
    counted = any(headers.counts_respondents(column.name) for column in table.columns)
    return bool((named and np.mean(known > 10) > 0.5) or (counted and broken > 0.1))


def _repeats(table: Table) -> list[int]:
    """Rows that say the header again, as on every printed page."""
    shown = [(column.position, column.parts[-1]) for column in table.columns if column.parts[-1]]
    first = max(shown, key=lambda entry: len(entry[1]), default=None)
    if first is None:
        return []
    same = [index for index, said in enumerate(table.texts(first[0])) if said == first[1]]
    return [
        index
        for index in same
        if sum(table.texts(position)[index] == said for position, said in shown) > len(shown) / 2
    ]


def _numbers(table: Table, positions: Sequence[int]) -> np.ndarray:
    """The element cells as numbers, NaN where they are none; rows × elements."""
    columns = []
    for position in positions:
        known = {said: _as_float(said) for said in table.counts(position)}
        columns.append([known.get(said, np.nan) for said in table.texts(position)])
    return np.array(columns, dtype=float).reshape(len(positions), len(table.body)).T


def _as_float(said: str) -> float:
    number = options.whole_number(said)
    return np.nan if number is None else float(number)


def _plain_answers(numbers: np.ndarray) -> bool:
    known = numbers[~np.isnan(numbers)]
    return bool(known.size == 0 or np.all((known == np.round(known)) & (known >= 1) & (known <= 4)))


def _labels(table: Table, assigned: Sequence[Assigned]) -> dict[int, str]:
    """Rows that call themselves a total, an average, NRR and the like, outside the answers and remarks."""
    known = tuple(f" {label} " for label in data("profiles")["total_words"])
    found: dict[int, str] = {}
    for entry in assigned:
        if entry.is_element or (entry.role in (COMMENT, DATE, PROFILE) and entry.column.position > 0):
            continue
        position = entry.column.position
        marked = {said for said in table.counts(position) if len(said) < 60 and words(said).startswith(known)}
        if marked:
            found |= {index: privacy.mask(said) for index, said in enumerate(table.texts(position)) if said in marked}
    return found


def _footer(
    table: Table, assigned: Sequence[Assigned], numbers: np.ndarray, labels: Mapping[int, str], passed: set[int]
) -> list[int]:
    """The rows at the end that are no submissions: labelled, without answers, or sums and means of the rows above."""
    elements = [entry.column.position for entry in assigned if entry.is_element]
    person = [entry.column.position for entry in assigned if entry.role in (PROFILE, DATE, ID)]
    found = []
    for index in range(len(table.body) - 1, -1, -1):
        if index in passed:
            continue
        said = _filled(table, elements, index)
        answered = any(map(options.looks_like_answer, said)) or len(said) > 2
        no_person = not answered and len(_filled(table, person, index)) < 2
        sums = not _plain_answers(numbers[index]) and _sums_up(numbers, index, passed)
        if not (index in labels or sums or (no_person and np.all(np.isnan(numbers[index])))):
            break
        found.append(index)
    everything = len(found) + len(passed) >= len(table.body)
    return [index for index in found if index in labels] if everything else found


def _filled(table: Table, positions: Sequence[int], index: int) -> list[str]:
    return [said for position in positions if (said := table.texts(position)[index])]


def _sums_up(numbers: np.ndarray, index: int, passed: set[int]) -> bool:
    """Whether a row is the sum or mean of rows above (further such rows between), or only fractions below answers."""
    row = numbers[index]
    known = ~np.isnan(row)
    if known.sum() < 3:
        return False
    for end in range(index, max(0, index - _FOOTERS), -1):
        above = numbers[[other for other in range(end) if other not in passed]]
        sums, counts = np.nansum(above, axis=0), np.sum(~np.isnan(above), axis=0)
        means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
        close = np.isclose(row, sums, atol=1e-6) | np.isclose(row, means, atol=6e-3)
        if len(above) > 1 and np.all(close[known]):
            return True
    before = numbers[:index][~np.isnan(numbers[:index])]
    return bool(np.all(row[known] != np.round(row[known])) and np.mean(before == np.round(before)) > 0.9)


def _tests(table: Table, assigned: Sequence[Assigned]) -> dict[int, str]:
    """Rows marked as a test or example, with the word that says so (masked in columns of personal data)."""
    found: dict[int, str] = {}
    for entry in assigned:
        header = entry.column.parts[-1]
        anywhere = not header or headers.takes_marks(header) or entry.role in (ID, PERSONAL)
        marked = {said for said in table.counts(entry.column.position) if _marks_test(said, anywhere)}
        if marked:
            shown = {said: privacy.MASK if entry.role == PERSONAL else privacy.mask(said) for said in marked}
            for index, said in enumerate(table.texts(entry.column.position)):
                if said in marked:
                    found.setdefault(index, shown[said])
    return found


def _marks_test(said: str, anywhere: bool) -> bool:
    """Whether a cell says that its row is a test: the whole of it, or anywhere in a short name, number or note."""
    if len(said) > _MARK_LENGTH or "@" in said or not any(character.isalpha() for character in said):
        return False
    known, taken = data("profiles"), words(said)
    if taken.strip() in known["test_sentences"]:
        return True
    return anywhere and any(f" {mark} " in taken for mark in known["test_words"])


def _keys(table: Table, assigned: Sequence[Assigned], rows: pd.Index) -> Iterable[pd.Series]:
    """Ids, and time stamps exact to the second, of the rows that count.

    A row to which the form gave a uuid has no other key: a telephone that was offline sends all it collected in one
    second, and people who are content often answer alike.
    """
    ids = [table.series(entry.column.position, rows) for entry in _ids(assigned)]
    yield from ids
    own = pd.Series(data=False, index=rows)
    for said in ids:
        own |= said.str.fullmatch(_UUID)
    for entry in assigned:
        if entry.role == DATE and entry.target == "waktu":
            stamps = table.series(entry.column.position, rows)
            if _to_the_second(stamps):
                yield stamps.mask(own, "")


def _ids(assigned: Sequence[Assigned]) -> list[Assigned]:
    return [entry for entry in assigned if entry.role == ID and entry.target == "id"]


def _to_the_second(stamps: pd.Series) -> bool:
    """Whether time stamps carry seconds: 10:05:00 in every row is a clock that only knows minutes."""
    seconds = stamps.str.extract(_SECONDS, expand=False).dropna()
    return bool((seconds != "00").any())


def _say_same_id(table: Table, assigned: Sequence[Assigned], rows: pd.Index, hints: list[str]) -> None:
    for entry in _ids(assigned):
        said = table.series(entry.column.position, rows)
        again = said[(said != "") & said.duplicated(keep=False)]
        if len(again):
            hints.append(
                _("The same id appears in several rows with different answers; all of them count: rows {rows}.").format(
                    rows=", ".join(map(str, again.index[:10])) + (" …" if len(again) > 10 else "")
                )
            )
