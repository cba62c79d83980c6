"""Which answers of two trainees agree in more than the task asks for: a question, never a verdict.

Every answer is cut into pieces (`shape`): statements and expressions, names and words of comments, phrases of texts.
Pieces of the handed-out notebook and of the reference solution say nothing, nor do those that half the class has.
Of the rest, two answers agree the more the rarer what they share is.

In a cell, `how often in this class do two people agree as much?` gives the surprise: the negative logarithm of that
share of all pairs. Surprises are added over the cells (Fisher's method), once for the shape of the code and once for
its wording. A pair is shown when one of the sums is above its limit, which `benchmarks/insight.py` chose, and stands
out from the sums of the class. So a class decides itself what is usual in it, and one cell alone is never enough.
Texts are compared by the phrases they share, as there are few of them.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from statistics import fmean, pstdev

from mutu.course.outcome.insight.shape import Pieces, phrases, pieces, wording

SMALLEST_CLASS = 10
"""Answers to a cell below which nobody can say what is usual."""

FEWEST_PIECES = 2
"""Pieces of their own that both answers need: one-liners never count."""

USUAL = 0.5
"""Share of the class from which on a piece is usual and says nothing."""

LIMITS = {"shape": 13.5, "wording": 18.0}
"""Sums of surprises (natural logarithms) from which on a pair is shown, by view."""

APART = 4.0
"""Standard deviations above the mean of all pairs that a sum must lie at least."""

COUNTS = 1.0
"""Surprise from which on a cell is shown side by side."""

CELLS = 3
"""Cells of code of a pair that are shown at most."""

PHRASES, SHARED_TEXT = 12, 0.5
"""Phrases that two texts share at least, and the share of the shorter one."""

MEASURED = {"verbatim": 0.97, "renamed": 0.5, "reordered": 0.5, "wrong": 0.13}
"""Share shown of those who copied all code, and of classes of 60 in which nobody copied: `benchmarks/insight.py`."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """One answer cell of an assignment: what everybody wrote, in the order of the trainees, None for nothing.

    Attributes
    ----------
    name : of the cell
    answers : one a trainee
    known : texts of the handed-out notebook and of the solution that everybody has seen or has to come to
    is_text : whether it is answered in words
    """

    name: str
    answers: tuple[str | None, ...]
    known: tuple[str, ...] = ()
    is_text: bool = False


@dataclass(frozen=True)
class SideBySide:
    """A cell of two trainees: the two answers, and the lines (or words of a text) that they share, from 0."""

    cell: str
    texts: tuple[str, str]
    shared: tuple[frozenset[int], frozenset[int]]
    is_text: bool = False


@dataclass(frozen=True)
class Alike:
    """Two trainees by their place, the sums of surprises, the share of phrases in common, and the cells to look at."""

    pair: Pair
    shape: float
    wording: float
    phrases: float
    cells: tuple[SideBySide, ...]

    @property
    def shown(self) -> tuple[SideBySide, ...]:
        """The cells to show: of code those that are most surprising, and all texts."""
        code = [cell for cell in self.cells if not cell.is_text][:CELLS]
        return (*code, *(cell for cell in self.cells if cell.is_text))

    @property
    def order(self) -> float:
        """How far above its limit the farther one lies."""
        return max(self.shape / LIMITS["shape"], self.wording / LIMITS["wording"], self.phrases / SHARED_TEXT)


def alike(cells: Iterable[Cell]) -> list[Alike]:
    """The pairs whose answers agree in more than the task and the class explain, most first."""
    code, texts = list[_Compared](), list[_Compared]()
    for cell in cells:
        if sum(answer is not None for answer in cell.answers) >= SMALLEST_CLASS:
            (texts if cell.is_text else code).append(_Compared(cell))
    shown = _same_texts(texts).union(*(_shown(code, name, limit) for name, limit in LIMITS.items()))
    return sorted((_described(pair, code, texts) for pair in shown), key=lambda found: -found.order)


class _View:
    """The pieces of one kind that say something in a cell, with their weights; and how alike each two answers are."""

    def __init__(self, cell: Cell, cut: Callable[[str], Pieces]) -> None:
        known = {piece for text in cell.known for piece in cut(text)}
        found = [{} if answer is None else cut(answer) for answer in cell.answers]
        counted = Counter(piece for each in found for piece in each.keys() - known)
        size = sum(answer is not None for answer in cell.answers)
        self.weight = {piece: math.log(size / n) for piece, n in counted.items() if n <= USUAL * size}
        self.pieces = [{piece: places for piece, places in each.items() if piece in self.weight} for each in found]
        self.sums = [sum(map(self.weight.__getitem__, each)) for each in self.pieces]

    def agreement(self, pair: Pair) -> float:
        """Twice what is shared by what both have, by weight: 0 to 1."""
        one, other = (self.pieces[place] for place in pair)
        if min(len(one), len(other)) < FEWEST_PIECES:
            return 0.0
        whole = sum(self.sums[place] for place in pair)
        return round(2 * sum(self.weight[piece] for piece in one.keys() & other.keys()) / whole, 6)

    def shared(self, pair: Pair) -> tuple[frozenset[int], frozenset[int]]:
        """The places of what is shared, in either answer."""
        one, other = (self.pieces[place] for place in pair)
        both = one.keys() & other.keys()
        return (_places(one, both), _places(other, both))


def _places(each: Mapping[str, frozenset[int]], wanted: Iterable[str]) -> frozenset[int]:
    return frozenset(place for piece in wanted for place in each[piece])


@dataclass
class _Compared:
    """A cell with its views, and the surprise of each pair by view."""

    cell: Cell
    views: dict[str, _View] = field(init=False)
    surprise: dict[str, dict[Pair, float]] = field(init=False)

    def __post_init__(self) -> None:
        if self.cell.is_text:
            self.views, self.surprise = {"phrases": _View(self.cell, phrases)}, {}
            return
        self.views = {"shape": _View(self.cell, pieces), "wording": _View(self.cell, wording)}
        self.surprise = {name: _surprises(view) for name, view in self.views.items()}

    def beside(self, pair: Pair, views: Iterable[str]) -> SideBySide:
        """The two answers, with what is shared in these views marked."""
        one, other = (self.cell.answers[place] or "" for place in pair)
        found = [self.views[name].shared(pair) for name in views]
        shared = tuple(frozenset[int]().union(*(each[side] for each in found)) for side in (0, 1))
        return SideBySide(self.cell.name, (one, other), (shared[0], shared[1]), self.cell.is_text)


def _surprises(view: _View) -> dict[Pair, float]:
    """How rare it is that two answers to the cell agree as much; 0 where they do not agree at all."""
    agreed = {pair: view.agreement(pair) for pair in combinations(range(len(view.pieces)), 2)}
    ranked = sorted(agreed.values())
    as_much = {value: len(ranked) - bisect_left(ranked, value) for value in set(ranked)}
    return {pair: -math.log(as_much[value] / len(ranked)) for pair, value in agreed.items() if value}


def sums_of(code: Iterable[_Compared], name: str) -> dict[Pair, float]:
    """The sums of surprises of one kind, for the pairs that agree anywhere."""
    sums = defaultdict[Pair, float](float)
    for compared in code:
        for pair, surprise in compared.surprise[name].items():
            sums[pair] += surprise
    return dict(sums)


def _shown(code: Sequence[_Compared], name: str, limit: float) -> set[Pair]:
    """The pairs whose sum is above the limit and stands out, from at least two cells."""
    sums = sums_of(code, name)
    if not sums:
        return set()
    people = len(code[0].cell.answers)
    values = [*sums.values(), *[0.0] * (people * (people - 1) // 2 - len(sums))]
    least = max(limit, fmean(values) + APART * pstdev(values))
    return {pair for pair, found in sums.items() if found >= least and len(_counting(pair, code)) > 1}


def _counting(pair: Pair, code: Iterable[_Compared]) -> list[_Compared]:
    """The cells in which the agreement of a pair is worth a look, most surprising first."""
    strength = [(max(each.get(pair, 0.0) for each in compared.surprise.values()), compared) for compared in code]
    ranked = sorted(strength, key=lambda found: -found[0])
    return [compared for surprise, compared in ranked if surprise >= COUNTS]


def _same_texts(texts: Iterable[_Compared]) -> set[Pair]:
    found = set[Pair]()
    for compared in texts:
        people = range(len(compared.cell.answers))
        found |= {pair for pair in combinations(people, 2) if _text_share(compared, pair) >= SHARED_TEXT}
    return found


def _text_share(compared: _Compared, pair: Pair) -> float:
    """Phrases in common by those of the shorter text; 0 where they are too few."""
    one, other = (compared.views["phrases"].pieces[place] for place in pair)
    both = len(one.keys() & other.keys())
    return both / min(len(one), len(other)) if both >= PHRASES else 0.0


def _described(pair: Pair, code: Sequence[_Compared], texts: Sequence[_Compared]) -> Alike:
    """A pair with the cells of the kinds that brought it up."""
    sums = {name: sum(each.surprise[name].get(pair, 0.0) for each in code) for name in LIMITS}
    views = [name for name, limit in LIMITS.items() if sums[name] >= limit]
    words = [each for each in texts if _text_share(each, pair) >= SHARED_TEXT]
    return Alike(
        pair,
        shape=sums["shape"],
        wording=sums["wording"],
        phrases=max((_text_share(each, pair) for each in texts), default=0.0),
        cells=(
            *(each.beside(pair, views) for each in (_counting(pair, code) if views else ())),
            *(each.beside(pair, ["phrases"]) for each in words),
        ),
    )
