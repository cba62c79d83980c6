"""What stands in a column, whatever its header says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from mutu.responses import options, privacy
from mutu.responses.grid import data, words

_DATE_TEXT = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}[:.]\d\d(?:[:.]\d\d)?\b")
_MOST, _FEW = 0.8, 12
_LOWEST_TOP = 3  # a column that knows only 1 and 2 may be a sex or a yes and no


@dataclass(frozen=True)
class Content:
    """The texts of a column and the shares of them that look like answers, whole numbers and dates.

    worded is the share of known options in words; top the largest number that may be an answer (at most 10), or 0.
    """

    counts: Counter[str] = field(repr=False)
    filled: int = 0
    answers: float = 0.0
    numbers: float = 0.0
    worded: float = 0.0
    dates: float = 0.0
    length: float = 0.0
    top: int = 0

    @classmethod
    def of(cls, counts: Counter[str]) -> Content:
        """Look at the texts of a column."""
        filled = counts.total()
        if not filled:
            return cls(counts)
        numbers = {said: number for said in counts if (number := options.whole_number(said)) is not None}
        dates = sum(count for said, count in counts.items() if _DATE_TEXT.match(said) and said not in numbers)
        return cls(
            counts,
            filled,
            answers=sum(count for said, count in counts.items() if options.looks_like_answer(said)) / filled,
            numbers=sum(counts[said] for said in numbers) / filled,
            worded=sum(count for said, count in counts.items() if said not in numbers and _in_words(said)) / filled,
            dates=dates / filled,
            length=sum(len(said) * count for said, count in counts.items()) / filled,
            top=int(max((number for said, number in numbers.items() if options.looks_like_answer(said)), default=0)),
        )

    @property
    def kinds(self) -> int:
        """How many different texts."""
        return len(self.counts)

    @property
    def amounts(self) -> float:
        """The share of numbers beyond any scale: minutes, rupiah, sums."""
        return max(0.0, self.numbers - self.answers)

    @property
    def is_text(self) -> bool:
        """Whether the column holds remarks rather than options."""
        return self.answers + self.numbers < 0.4 and (self.length > 25 or self.kinds > max(8, 0.4 * self.filled))

    @property
    def is_personal(self) -> bool:
        """Whether the column holds telephone numbers, e-mail addresses or NIK."""
        return privacy.looks_personal(self.counts)

    @property
    def is_yes_no(self) -> bool:
        """Whether the column says yes and no, or that there is nothing: no degree of anything."""
        known = data("asking")["yes_no"]
        said = sum(count for cell, count in self.counts.items() if words(cell).strip() in known)
        return said > 0.9 * self.filled

    @property
    def says_nothing(self) -> bool:
        """Whether every cell says that there is nothing: a remark, or the lowest option about complaints."""
        return bool(self.counts) and all(words(said).strip() in data("asking")["nothing"] for said in self.counts)

    @property
    def is_numbering(self) -> bool:
        """Whether the column only numbers its rows."""
        numbers = sorted(number for said in self.counts if (number := options.whole_number(said)) is not None)
        return self.kinds == self.filled and numbers == list(range(1, self.filled + 1))

    @property
    def is_worded(self) -> bool:
        """Whether the column holds degrees in words."""
        return self._is_graded and self.worded > 0.5 and not self.is_yes_no

    @property
    def is_rated(self) -> bool:
        """Whether the cells are answers of some scale: numbers from 1 to 3 or more, or degrees in words."""
        if not self._is_graded or self.is_yes_no or self.is_numbering:
            return False
        return self.numbers < 0.5 or self.top >= _LOWEST_TOP

    @property
    def is_closed(self) -> bool:
        """Whether the column chooses from a few options, known or not."""
        return not self.is_yes_no and 1 < self.kinds <= 6 and self.filled >= 4 * self.kinds

    @property
    def _is_graded(self) -> bool:
        return self.answers >= _MOST and self.kinds <= _FEW

    @property
    def is_scale(self) -> bool:
        """Whether numbers and a single way of wording explain nearly all cells."""
        phrases = {said: taken.phrase for said in self.counts if (taken := options.option(said)).phrase}
        stems = options.stems_of(phrases.values())
        known = max(
            sum(self.counts[said] for said, phrase in phrases.items() if scheme.value(phrase, stems) is not None)
            for scheme in (*options.schemes(4), *options.schemes(5))
        )
        bare = sum(count for said, count in self.counts.items() if said not in phrases)
        return not self.is_yes_no and known + bare > 0.9 * self.filled


def _in_words(said: str) -> bool:
    return bool(options.option(said).phrase) and options.looks_like_answer(said)
