"""Rows that speak of other rows or of the questionnaire: totals, limits, targets, legends, small tables below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mutu.responses import legend, options, privacy
from mutu.responses.columns import OTHER, Assigned
from mutu.responses.grid import data, words
from mutu.responses.headers import COMMENT, DATE, ID, PERSONAL, PROFILE
from mutu.responses.table import Table

_FOOTERS = 6  # rows of sums and means that may stand below one another
_LABEL_LENGTH = 60
_MOST = 0.6  # of a column's cells, so that it counts the rows although some labels stand in it
_LETTERS = 2


@dataclass(frozen=True)
class Lines:
    """The rows of a table as lines of numbers and labels.

    numbers : the element cells as numbers, NaN where they are none; rows × elements
    """

    table: Table
    assigned: Sequence[Assigned]
    numbers: np.ndarray

    @classmethod
    def of(cls, table: Table, assigned: Sequence[Assigned]) -> Lines:
        """Look at the rows of a table."""
        return cls(
            table, assigned, numbers_of(table, [entry.column.position for entry in assigned if entry.is_element])
        )

    @cached_property
    def elements(self) -> list[int]:
        """Positions of the answers."""
        return [entry.column.position for entry in self.assigned if entry.is_element]

    @cached_property
    def counting(self) -> list[int]:
        """Positions of the columns that number the rows."""
        return [entry.column.position for entry in self.assigned if self._counts_rows(entry)]

    @cached_property
    def own(self) -> list[bool]:
        """Whether a row has a number or a time of its own, as every respondent has where such a column exists."""
        timed = [entry.column.position for entry in self.assigned if entry.role == DATE]
        own = [False] * len(self.table.body)
        for position in (*self.counting, *timed):
            for index, said in enumerate(self.table.texts(position)):
                own[index] |= any(map(str.isdigit, said)) and (position in timed or not _is_label(said))
        return own

    @cached_property
    def labels(self) -> dict[int, str]:
        """Rows that call themselves something else than a respondent, with what they say, fit to be shown."""
        found = dict(self._odd)
        for entry in self.assigned:
            first = entry.column.position == 0
            if entry.is_element or entry.role == COMMENT or (entry.role == DATE and not first):
                continue
            guarded = entry.role == PERSONAL or (entry.role == PROFILE and not first)
            for index, said in self._named(entry.column.position):
                if (not guarded and is_total(said)) or self._is_no_person(index, said, entry.role == PROFILE):
                    found.setdefault(index, privacy.MASK if guarded and not _only_sums(said) else privacy.mask(said))
        return found

    def is_odd(self, index: int) -> bool:
        """Whether a label stands in a row where the others have their number, and nothing in it belongs to a person."""
        return index in self._odd

    def filled(self, positions: Sequence[int], index: int) -> list[str]:
        """What stands in some columns of a row."""
        return [said for position in positions if (said := self.table.texts(position)[index])]

    def is_plain(self, index: int) -> bool:
        """Whether the numbers of a row could be answers 1–4."""
        known = self.numbers[index][~np.isnan(self.numbers[index])]
        return bool(known.size == 0 or np.all((known == np.round(known)) & (known >= 1) & (known <= 4)))

    def is_summary(self, index: int) -> bool:
        """Whether a row says one number throughout, or the least, most, middle or usual one of every column."""
        row = self.numbers[index]
        known = ~np.isnan(row)
        if known.sum() < 3:
            return False
        if len(set(row[known])) == 1:
            return True
        return any(np.allclose(row[known], one[known], atol=6e-3) for one in self._summaries) or self._is_mode(row)

    def explains(self, index: int) -> bool:
        """Whether a row says under every question what its numbers mean: «1 = tidak baik; 2 = …»."""
        said = self.filled(self.elements, index)
        return bool(said) and sum(map(legend.explains, said)) > len(said) / 2

    def only_numbered(self) -> list[int]:
        """Rows that hold their number and nothing else."""
        if not self.counting:
            return []
        others = [column.position for column in self.table.columns if column.position not in self.counting]
        empty = np.ones(len(self.table.body), dtype=bool)
        for position in others:
            empty &= np.array([not said for said in self.table.texts(position)], dtype=bool)
        return [index for index in np.flatnonzero(empty).tolist() if self.own[index]]

    def apart(self, gaps: set[int]) -> list[int]:
        """Rows of what stands apart from the answers, between blank rows: a legend, a recap, a signature."""
        counts = np.zeros(len(self.table.body))
        for position in self.elements:
            counts += [bool(said) for said in self.table.texts(position)]
        if not counts.any():
            return []
        usual = np.median(counts[counts > 0])
        found: list[int] = []
        for block in _blocks(len(self.table.body), gaps):
            if not any(2 * counts[index] >= usual or self.own[index] for index in block):
                found += block
        return found if len(found) + len(gaps) < len(self.table.body) else []

    def footer(self, passed: set[int]) -> list[int]:
        """The rows at the end that are no submissions: labelled, without answers, or sums and means of those above."""
        person = [entry.column.position for entry in self.assigned if entry.role in (PROFILE, DATE, ID)]
        found = []
        for index in range(len(self.table.body) - 1, -1, -1):
            if index in passed:
                continue
            said = self.filled(self.elements, index)
            answered = any(map(options.looks_like_answer, said)) or len(said) > 2
            no_person = not answered and len(self.filled(person, index)) < 2
            sums = not self.is_plain(index) and sums_up(self.numbers, index, passed)
            if not (index in self.labels or sums or (no_person and np.all(np.isnan(self.numbers[index])))):
                break
            found.append(index)
        everything = len(found) + len(passed) >= len(self.table.body)
        return [index for index in found if index in self.labels] if everything else found

    def _counts_rows(self, entry: Assigned) -> bool:
        position, counts = entry.column.position, self.table.counts(entry.column.position)
        if entry.role != ID and not (entry.role == OTHER and position == 0):
            return False
        numbered = sum(count for said, count in counts.items() if any(map(str.isdigit, said)) and not _is_label(said))
        return numbered > _MOST * counts.total() and (entry.role == ID or len(counts) > 0.8 * counts.total())

    @cached_property
    def _odd(self) -> dict[int, str]:
        """Rows with a label where the others have their number, and nothing that belongs to a person."""
        person = [entry.column.position for entry in self.assigned if entry.role in (PERSONAL, PROFILE, DATE)]
        found: dict[int, str] = {}
        for position in self.counting:
            odd = {said for said in self.table.counts(position) if _is_label(said)}
            for index, said in enumerate(self.table.texts(position)) if odd else ():
                if said in odd and not self.filled(person, index):
                    found[index] = privacy.mask(said)
        return found

    def _named(self, position: int) -> list[tuple[int, str]]:
        texts = (said for said in self.table.counts(position) if len(said) < _LABEL_LENGTH)
        marked = {said for said in texts if is_total(said) or _only_sums(said)}
        return [(index, said) for index, said in enumerate(self.table.texts(position)) if said in marked]

    def _is_no_person(self, index: int, said: str, strict: bool) -> bool:
        """Whether a row is no respondent although its label stands where names stand: people are called Max too."""
        if strict and not _only_sums(said):
            return False
        if self.own[index]:
            return not self.is_plain(index)
        several = _only_sums(said) and len(words(said).split()) > 1
        return several or not self.is_plain(index) or self.is_summary(index) or not self.filled(self.elements, index)

    @cached_property
    def _answered(self) -> np.ndarray:
        """The answers of the rows that are respondents as far as one sees without their labels."""
        told = any(self.own)
        kept = [index for index in range(len(self.numbers)) if (self.own[index] or not told) and self.is_plain(index)]
        return self.numbers[kept]

    @cached_property
    def _summaries(self) -> list[np.ndarray]:
        columns = [column[~np.isnan(column)] for column in self._answered.T]
        ways = (np.min, np.max, np.median, np.mean, lambda column: np.round(np.mean(column)))
        return [np.array([way(column) if len(column) > 1 else np.nan for column in columns]) for way in ways]

    def _is_mode(self, row: np.ndarray) -> bool:
        known = np.flatnonzero(~np.isnan(row))
        for place in known:
            column = self._answered[:, place]
            values, counts = np.unique(column[~np.isnan(column)], return_counts=True)
            if not len(values) or row[place] not in values[counts == counts.max()]:
                return False
        return True


def numbers_of(table: Table, positions: Sequence[int]) -> np.ndarray:
    """Cells as numbers, NaN where they are none; rows × positions."""
    columns = []
    for position in positions:
        known = {said: _as_float(said) for said in table.counts(position)}
        columns.append([known.get(said, np.nan) for said in table.texts(position)])
    return np.array(columns, dtype=float).reshape(len(positions), len(table.body)).T


def sums_up(numbers: np.ndarray, index: int, passed: set[int]) -> bool:
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
    fractions = bool(np.all(row[known] != np.round(row[known])))
    return fractions and before.size > 0 and bool(np.mean(before == np.round(before)) > 0.9)


def _as_float(said: str) -> float:
    number = options.whole_number(said)
    return np.nan if number is None else float(number)


def _is_label(said: str) -> bool:
    """Whether a cell of a column of numbers says something in words: «Target», not «12b» or «R-01»."""
    letters, digits = sum(map(str.isalpha, said)), sum(map(str.isdigit, said))
    return letters >= _LETTERS and (not digits or (" " in said and letters > digits))


def is_total(said: str) -> bool:
    """Whether a text begins as the label of a total or an average."""
    return words(said).startswith(tuple(f" {label} " for label in data("profiles")["total_words"]))


def _only_sums(said: str) -> bool:
    """Whether a text has no words but those of totals, limits and targets."""
    known = data("profiles")["summary_words"]
    spoken = {word for word in words(said).split() if not word.isdigit()}
    return bool(spoken & set(known["alone"])) and spoken <= {*known["alone"], *known["beside"]}


def _blocks(size: int, gaps: set[int]) -> Iterator[list[int]]:
    """The rows between the gaps."""
    block: list[int] = []
    for index in range(size):
        if index in gaps:
            if block:
                yield block
            block = []
        else:
            block.append(index)
    if block:
        yield block
