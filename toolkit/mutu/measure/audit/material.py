"""What is audited, answers or a published table, as means that a cause can change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mutu.locale.numbers import half_up
from mutu.measure.audit.causes import MEAN, PEOPLE, Cause
from mutu.measure.audit.table import Table
from mutu.measure.sampling import krejcie_morgan
from mutu.measure.skm.answers import MISSING, Answers
from mutu.regulations import Skm

_LEAST = 3  # elements above which leaving one out is tried
Convert = Callable[[Fraction], Fraction]
Times = NDArray[np.int64]


class Material(Protocol):
    """What the causes are tried on.

    Attributes
    ----------
    n : respondents, where it is known
    elements : elements that were asked
    digits : decimals of the NRRs, where they are printed numbers
    half : what rounding can have changed in an NRR
    """

    @property
    def n(self) -> int | None: ...  # noqa: D102
    @property
    def elements(self) -> int: ...  # noqa: D102
    @property
    def digits(self) -> int | None: ...  # noqa: D102
    @property
    def half(self) -> Fraction: ...  # noqa: D102

    def means(self, people: Cause | None, mean: Cause | None, convert: Convert) -> list[Fraction]:
        """The NRRs, or a single mean, of the people and by the way of averaging named."""

    def causes(self) -> Iterator[Cause]:
        """Choices of people and ways of averaging that can be told here."""


@dataclass(frozen=True)
class FromTable:
    """A published table."""

    table: Table

    @property
    def n(self) -> int | None:
        """Respondents: the most of any element."""
        return max(self.table.answered, default=None)

    @property
    def elements(self) -> int:
        """Elements with an NRR."""
        return len(self.table.asked)

    @property
    def digits(self) -> int | None:
        """Decimals of the NRRs."""
        return self.table.digits

    @property
    def half(self) -> Fraction:
        """What rounding can have changed in an NRR."""
        return self.table.half

    def means(self, people: Cause | None, mean: Cause | None, convert: Convert) -> list[Fraction]:
        """The NRRs, or a single mean."""
        values = [convert(value) for value in self.table.means]
        counts = self.table.answered
        if mean is None:
            return values
        if mean.code == "zero":
            return [value * count / max(counts) for value, count in zip(values, counts, strict=True)]
        return [sum((v * c for v, c in zip(values, counts, strict=True)), Fraction(0)) / sum(counts)]

    def causes(self) -> Iterator[Cause]:
        """What differs where elements have different numbers of respondents."""
        if len(set(self.table.answered)) > 1:
            yield Cause("zero", MEAN, fields={"n": self.n})
            yield Cause("cells", MEAN)


@dataclass(frozen=True)
class FromAnswers:
    """The answers of respondents.

    Attributes
    ----------
    answers : at least one answer
    rule : the regulation
    population : people served, if known
    best_of_groups : whether the best answers of each group are tried, besides the means of groups
    """

    answers: Answers
    rule: Skm
    population: int | None = None
    digits: int | None = None
    half: Fraction = Fraction(0)
    best_of_groups: bool = True

    @cached_property
    def times(self) -> Times:
        """How many respondents a row stands for; 0 where it has no answer."""
        return np.where((self.answers.values != MISSING).any(axis=1), self.answers.times, 0)

    @property
    def n(self) -> int:
        """Respondents with at least one answer."""
        return int(self.times.sum())

    @cached_property
    def asked(self) -> dict[str, list[int]]:
        """Element -> its questions with an answer, as places of columns."""
        _sums, counts = self._totals(self.times)
        found = {kode: [q for q in columns if counts[q]] for kode, columns in self.answers.questions.items()}
        return {kode: columns for kode, columns in found.items() if columns}

    @property
    def elements(self) -> int:
        """Elements with at least one answer."""
        return len(self.asked)

    @property
    def questions(self) -> list[int]:
        """Questions with at least one answer, in the order of the elements."""
        return [q for columns in self.asked.values() for q in columns]

    def means(self, people: Cause | None, mean: Cause | None, convert: Convert) -> list[Fraction]:
        """The NRRs, or a single mean."""
        times = self.times if people is None else self._kept(*people.value)
        if mean is None:
            return self._elements(times, convert)
        if mean.code == "parts":
            return self._parts(times, mean.value, convert)
        if mean.code == "left_out":
            return [value for kode, value in self._by_element(times, convert).items() if kode != mean.value]
        return _WAYS[mean.code](self, times, convert)

    def causes(self) -> Iterator[Cause]:
        """Best answers only, and other ways of averaging."""
        yield from self._best()
        complete = int(np.where(self._complete, self.times, 0).sum())
        if 0 < complete < self.n:
            yield Cause("complete", PEOPLE, ("complete", []), {"kept": complete, "n": self.n})
        about = {"n": self.n, "questions": len(self.questions)}
        several = ["questions", "zero_cells"] if len(self.questions) > self.elements else []
        for code in ("zero", *several, "cells", "rows", "rounded_rows"):
            yield Cause(code, MEAN, fields=about)
        for column, labels in self.answers.labels.items():
            yield Cause("parts", MEAN, column, {"column": column, "parts": len(set(labels))})
        for unsur in self.rule.unsur:
            if unsur.kode in self.asked and self.elements > _LEAST:
                yield Cause("left_out", MEAN, unsur.kode, {"element": f"{unsur.kode} {unsur.short}"})

    @cached_property
    def _complete(self) -> NDArray[np.bool_]:
        """Rows with an answer to every question."""
        return np.asarray((self.answers.values[:, self.questions] != MISSING).all(axis=1))

    def _best(self) -> Iterator[Cause]:
        kodes = [*self.asked]
        keys = {"forth": _key(kodes), "back": _key(kodes[::-1])}
        sizes = dict.fromkeys((krejcie_morgan(self.population or self.n), krejcie_morgan(self.n), self._share(self.n)))
        for size in (size for size in sizes if size < self.n):
            about: dict[str, Any] = {"kept": size, "n": self.n}
            for order, key in keys.items():
                yield Cause("best", PEOPLE, (order, [(None, size)]), about | key)
            yield Cause("best_mean", PEOPLE, ("mean", [(None, size)]), about)
        for column, labels in self.answers.labels.items() if self.best_of_groups else ():
            for order, size_of in (("forth", krejcie_morgan), ("back", self._share)):
                parts = self._sizes(labels, size_of)
                kept = sum(size for _rows, size in parts)
                if kept < self.n:
                    about = {"kept": kept, "n": self.n, "column": column}
                    yield Cause("best_part", PEOPLE, (order, parts), about | keys[order])

    def _sizes(self, labels: list[str], size_of: Callable[[int], int]) -> list[tuple[Any, int]]:
        each = np.array(labels, dtype=object)
        found = [(each == label, int(self.times[each == label].sum())) for label in sorted(set(labels))]
        return [(rows, min(n, size_of(n))) for rows, n in found if n]

    def _share(self, n: int) -> int:
        """The sample formula without its denominator: 3.841 × N × 0.25."""
        constants = self.rule.sample_size
        spread = Fraction(constants.chi_square) * Fraction(constants.proportion) * (1 - Fraction(constants.proportion))
        return int(half_up(spread * n, 0))

    def _kept(self, order: str, parts: list[tuple[Any, int]]) -> Times:
        """How many of each row are kept when the first of each part are taken, best first, or the complete ones."""
        if order == "complete":
            return np.where(self._complete, self.times, 0)
        rank = self._ranks[order]
        kept = np.zeros_like(self.times)
        for rows, size in parts:
            chosen = rank if rows is None else rank[rows[rank]]
            before = np.cumsum(self.times[chosen]) - self.times[chosen]
            kept[chosen] = np.clip(size - before, 0, self.times[chosen])
        return kept

    @cached_property
    def _ranks(self) -> dict[str, NDArray[np.intp]]:
        """Rows from best to worst, by the first element first, by the last element first, and by their own mean."""
        values = self.answers.values[:, self.questions].astype(np.int64)
        falling = [-values[:, place] for place in range(values.shape[1])]
        counts = np.maximum(1, (values != MISSING).sum(axis=1))
        mean = -np.where(values != MISSING, values, 0).sum(axis=1) / counts
        forth = falling[::-1]  # the last key of lexsort is the first to sort by
        return {"forth": np.lexsort(forth), "back": np.lexsort(falling), "mean": np.lexsort([*forth, mean])}

    def _totals(self, times: Times) -> tuple[Times, Times]:
        answered = self.answers.values != MISSING
        counts = (times[:, None] * answered).sum(axis=0)
        return (times[:, None] * np.where(answered, self.answers.values, 0).astype(np.int64)).sum(axis=0), counts

    def _elements(self, times: Times, convert: Convert, over: int = 0) -> list[Fraction]:
        """Each element's mean of the means of its questions; `over` divides by so many, not by those who answered."""
        sums, counts = self._totals(times)
        found = []
        for columns in self.asked.values():
            known = [q for q in columns if counts[q]]
            means = [
                convert(Fraction(int(sums[q]), int(counts[q]))) * (Fraction(int(counts[q]), over) if over else 1)
                for q in known
            ]
            if means:
                found.append(sum(means, Fraction(0)) / len(means))
        return found

    def _parts(self, times: Times, column: str, convert: Convert) -> list[Fraction]:
        """Each element's mean over the parts of its means there."""
        each = np.array(self.answers.labels[column], dtype=object)
        parts = [self._by_element(np.where(each == label, times, 0), convert) for label in sorted(set(each))]
        return [
            sum(found, Fraction(0)) / len(found)
            for kode in self.asked
            if (found := [part[kode] for part in parts if kode in part])
        ]

    def _by_element(self, times: Times, convert: Convert) -> dict[str, Fraction]:
        sums, counts = self._totals(times)
        means = {
            kode: [convert(Fraction(int(sums[q]), int(counts[q]))) for q in columns if counts[q]]
            for kode, columns in self.asked.items()
        }
        return {kode: sum(found, Fraction(0)) / len(found) for kode, found in means.items() if found}

    def _rows(self, times: Times, convert: Convert, digits: int | None) -> list[Fraction]:
        """The mean of the respondents' own means."""
        values = self.answers.values[:, self.questions]
        answered = values != MISSING
        counts, sums = answered.sum(axis=1), np.where(answered, values, 0).astype(np.int64).sum(axis=1)
        pairs, place = np.unique(np.stack([sums, counts]), axis=1, return_inverse=True)
        found = np.bincount(place.ravel(), weights=times, minlength=pairs.shape[1])
        total = Fraction(0)
        for (points, count), people in zip(pairs.T.tolist(), found.tolist(), strict=True):
            if count and people:
                mean = convert(Fraction(points, count))
                total += int(people) * (mean if digits is None else Fraction(half_up(mean, digits)))
        return [total / int(times.sum())]

    def _cells(self, times: Times, convert: Convert, over: int = 0) -> list[Fraction]:
        sums, counts = self._totals(times)
        total = int(counts.sum())
        return [convert(Fraction(int(sums.sum()), total)) * (Fraction(total, over) if over else 1)]

    def _questions(self, times: Times, convert: Convert) -> list[Fraction]:
        sums, counts = self._totals(times)
        means = [convert(Fraction(int(sums[q]), int(counts[q]))) for q in self.questions if counts[q]]
        return [sum(means, Fraction(0)) / len(means)]


def _key(kodes: list[str]) -> dict[str, str]:
    """What respondents are sorted by first and second, for the words of a cause."""
    return {"first": kodes[0], "second": kodes[min(1, len(kodes) - 1)]}


_WAYS: dict[str, Callable[[FromAnswers, Times, Convert], list[Fraction]]] = {
    "zero": lambda one, times, convert: one._elements(times, convert, int(times.sum())),
    "cells": lambda one, times, convert: one._cells(times, convert),
    "zero_cells": lambda one, times, convert: one._cells(times, convert, int(times.sum()) * len(one.questions)),
    "questions": lambda one, times, convert: one._questions(times, convert),
    "rows": lambda one, times, convert: one._rows(times, convert, None),
    "rounded_rows": lambda one, times, convert: one._rows(times, convert, 2),
}
