"""Answers that do not lie on the scale: another one, codes for no answer, or a question that was not asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mutu.errors import N_, ScaleError
from mutu.locale import percent
from mutu.regulations import publication
from mutu.responses import options
from mutu.responses.answers import Resolution
from mutu.responses.columns import names
from mutu.responses.table import Column

_CODES = {0, 8, 9, 88, 98, 99, 888, 998, 999}  # usual for «no answer» and «does not know»
_MOST_CODES = 0.1  # of the answers; more of them are answers
_SMALL = 10  # scales up to here begin at 0 or 1

Answered = tuple[Column, Resolution, Counter[str]]


def check(answered: Iterable[Answered], scale: tuple[int, int], file: str) -> None:
    """Refuse a file of which more than a few answers do not lie on the scale.

    Raises
    ------
    ScaleError : says how many, and what to do about what they seem to be
    """
    columns = list(answered)
    zero = [entry for entry in columns if _is_zero(entry)]
    rest = [entry for entry in columns if entry not in zero]
    if zero and rest and not _is_refused(rest):
        _refuse_zero(zero, sum(map(_size, columns)), file)
    if _is_refused(columns):
        raise _outside(columns, scale, file)


def _size(entry: Answered) -> int:
    _column, found, counts = entry
    return sum(counts[said] for said in (*found.values, *found.other_scale))


def _others(entries: Iterable[Answered]) -> Counter[str]:
    others = Counter[str]()
    for _column, found, counts in entries:
        others.update({said: counts[said] for said in found.other_scale})
    return others


def _is_refused(entries: Sequence[Answered]) -> bool:
    others = _others(entries).total()
    return others > publication().other_scale_share * sum(map(_size, entries))


def _is_zero(entry: Answered) -> bool:
    _column, found, _counts = entry
    return not found.values and {options.whole_number(said) for said in found.other_scale} == {0}


def _refuse_zero(entries: Sequence[Answered], size: int, file: str) -> None:
    if sum(map(_size, entries)) <= publication().other_scale_share * size:
        return
    raise ScaleError(
        N_(
            "In {file}, every answer in {columns} is 0. If this was not asked, as with a service without a fee, empty "
            'the column or leave it out in a map file (--map) with "ignore".'
        ),
        file=file,
        columns=names([column for column, _found, _counts in entries]),
    )


def _outside(entries: Sequence[Answered], scale: tuple[int, int], file: str) -> ScaleError:
    others, size = _others(entries), sum(map(_size, entries))
    inside = {said for _column, found, _counts in entries for said in found.values}
    share = others.total() / size
    numbers = {options.whole_number(said) for said in others}
    if numbers == {0}:
        sentence = N_(
            "In {file}, {share} of the answers are 0, which is not on the scale {low}–{high}. If 0 means that "
            "nothing was answered, empty those cells; if it is the lowest answer, name the scale with --scale, "
            "going by the file --scale {seen}."
        )
    elif numbers <= _CODES and share <= _MOST_CODES:
        sentence = N_(
            "In {file}, {share} of the answers are {examples}, apart from the scale {low}–{high}. Such numbers often "
            "mean that there is no answer: if so, empty those cells. If they are answers, name the scale with --scale."
        )
    else:
        sentence = N_(
            "In {file}, {share} of the answers do not lie on the scale {low}–{high} (for example {examples}). Answers "
            "are not converted unless you ask: if another scale was used, name it with --scale, going by the file "
            "--scale {seen}; its answers are then converted to 1–4 and the report says so."
        )
    return ScaleError(
        sentence,
        file=file, share=percent(share), low=scale[0], high=scale[1], seen=_seen(inside, set(others)),
        examples=", ".join(said for said, _count in others.most_common(3)),
    )  # fmt: skip


def _seen(inside: set[str], others: set[str]) -> str:
    """The scale that the answers of a file seem to lie on; words beyond four options are those of five."""
    known = {said: options.whole_number(said) for said in inside | others}
    numbers = sorted(number for number in known.values() if isinstance(number, int))
    if any(known[said] is None for said in others):
        return "1-5"
    low, high = max(numbers[0], 0), numbers[-1]
    return f"{min(low, 1) if high <= _SMALL else low}-{high}"
