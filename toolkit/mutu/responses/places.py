"""Columns by their place: headers that only count, and headers that say nothing among others that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from mutu.errors import N_, MappingError
from mutu.locale import _
from mutu.regulations import skm
from mutu.responses import asking, headers
from mutu.responses.content import Content
from mutu.responses.grid import data
from mutu.responses.headers import COMMENT, ELEMENT
from mutu.responses.roles import EMPTY, IGNORED, MAP, OTHER, POSITION, SECOND, UNSUR, WORDS, Assigned, asked, names
from mutu.responses.table import Column

_KNOWN = 5  # elements known by their words that make the order of the others certain enough


def by_code(assigned: dict[Column, Assigned], contents: Mapping[Column, Content], hints: list[str], file: str) -> None:
    """Headers that only count are taken in the order of the regulation's body, and said to be so.

    Raises
    ------
    MappingError : more numbered questions than elements, or two series of them
    """
    series = _series(assigned, contents, file)
    if not series:
        return
    numbers = sorted(_numbers(series))
    partly = len(asked(assigned.values())) >= len(numbers)
    found = _places(series, numbers, partly, file)
    _displace(assigned, series, found)
    spare = _spare(series, found, asked(assigned.values()))
    for number, column in series:
        place = f"U{found.get(number)}"
        assigned[column] = (
            Assigned(column, IGNORED) if column in spare else Assigned(column, ELEMENT, place, POSITION, sure=False)
        )
    if spare:
        hints.append(
            _(
                "Columns {columns} only have a number, and other columns already answer for those elements; "
                "they are left out. Name them in a map file (--map) if they count."
            ).format(columns=names(spare))
        )
    if len(spare) < len(series):
        hints.append(_order_sentence())
        known = {*numbers, *_empty(assigned, numbers[-1]), *_worded(assigned, found, numbers[-1])}
        _say_gaps(series, sorted(known), found, hints)


def _spare(series: Sequence[tuple[int, Column]], found: Mapping[int, int], taken: set[str]) -> list[Column]:
    """The columns of a series that have no place, whose place is taken, or whose header was there before."""
    seen: set[str] = set()
    spare = []
    for number, column in series:
        if found.get(number) is None or f"U{found[number]}" in taken or column.parts[-1] in seen:
            spare.append(column)
        seen.add(column.parts[-1])
    return spare


def _empty(assigned: Mapping[Column, Assigned], last: int) -> set[int]:
    """The numbers, up to the last one, of columns that are there and empty."""
    empty = [headers.code_of(entry.column.parts[-1]) for entry in assigned.values() if entry.role == EMPTY]
    return {code.number for code in empty if code and 0 < code.number < last}


def coded(column: Column) -> str:
    """The element a header names by its code alone, as U4 does, or ""."""
    code = headers.code_of(column.parts[-1])
    return f"U{code.number}" if code and _says_element(code) else ""


def by_order(assigned: dict[Column, Assigned], contents: Mapping[Column, Content], hints: list[str]) -> None:
    """Columns of answers whose headers say nothing are taken by their number or by their place among the others."""
    nameless = [
        column
        for column, entry in assigned.items()
        if entry.role == OTHER and contents[column].is_rated and contents[column].kinds <= 8
    ]
    missing = [unsur for unsur in UNSUR if unsur not in asked(assigned.values())]
    if not nameless or not missing:
        return
    found = _by_ordinal(assigned, nameless) or _by_neighbours(assigned, nameless)
    found = {column: unsur for column, unsur in found.items() if unsur in missing}
    for column, unsur in found.items():
        assigned[column] = Assigned(column, ELEMENT, unsur, POSITION, sure=False)
    if found:
        hints.append(_order_sentence())


def _series(
    assigned: Mapping[Column, Assigned], contents: Mapping[Column, Content], file: str
) -> list[tuple[int, Column]]:
    """The one series of numbered headers (U1, U2 …) that holds answers, with each header's number."""
    by_prefix: dict[str, list[tuple[int, Column]]] = defaultdict(list)
    for column, entry in assigned.items():
        content = contents[column]
        if entry.role not in (OTHER, ""):
            continue
        code = headers.code_of(column.parts[-1]) or next(filter(None, map(headers.code_of, column.parts)), None)
        if max(content.answers, content.numbers) < 0.5 and not (_says_element(code) and not content.is_text):
            continue
        number = code.number if code else headers.leading_code(column.parts[-1])
        if number:
            by_prefix[code.prefix if code else "u"].append((number, column))
    usable = {
        prefix: _with_answers(found, contents)
        for prefix, found in by_prefix.items()
        if len(found) > 2 or prefix in ("u", "unsur") or asked(assigned.values())
    }
    return _chosen(usable, file) if usable else []


def _with_answers(series: Sequence[tuple[int, Column]], contents: Mapping[Column, Content]) -> list[tuple[int, Column]]:
    """A series without the columns of fractions or sums beside those of the answers: «U1», «U1 x 0,11»."""
    good = {number for number, column in series if contents[column].answers > 0.6}
    return [(number, column) for number, column in series if number not in good or contents[column].answers > 0.4]


def _chosen(usable: Mapping[str, list[tuple[int, Column]]], file: str) -> list[tuple[int, Column]]:
    """The series that counts elements by its letter, else the longest."""
    known = data("headers")
    order = [*known["code_prefixes"], ""]
    ranked = sorted(
        usable,
        key=lambda prefix: (
            prefix not in ("u", "unsur"),
            len(prefix) > 1 and prefix in known["importance_prefixes"],
            -len(usable[prefix]),
            order.index(prefix) if prefix in order else 99,
        ),
    )
    best, *others = ranked
    same = [prefix for prefix in others if _numbers(usable[prefix]) == _numbers(usable[best])]
    if same and best not in ("u", "unsur") and len(usable[best]) > 2:
        raise _two_series(usable[best], usable[same[0]], file)
    return usable[best]


def _numbers(series: Iterable[tuple[int, Column]]) -> set[int]:
    return {number for number, _column in series}


def _two_series(one: Sequence[tuple[int, Column]], other: Sequence[tuple[int, Column]], file: str) -> MappingError:
    return MappingError(
        N_(
            "{file} has two series of numbered questions, {one} and {other}, and the headers do not say which of them "
            "asks how satisfied people are. Say so in a map file (--map), with a line such as "
            '"{header}" = "U1" for every question that counts, and "ignore" for the others.'
        ),
        file=file,
        one=_ends(one),
        other=_ends(other),
        header=one[0][1].name,
    )


def _ends(series: Sequence[tuple[int, Column]]) -> str:
    """The first and the last header of a series."""
    return f"«{series[0][1].name}»–«{series[-1][1].name}»"


def _says_element(code: headers.Code | None) -> bool:
    """Whether a header that only counts says by its letter that it counts elements: U1 to U9."""
    return code is not None and code.prefix in ("u", "unsur") and code.number <= len(UNSUR)


def _places(series: Sequence[tuple[int, Column]], numbers: list[int], partly: bool, file: str) -> dict[int, int]:
    """Number in the header -> place in the body: the number itself up to nine, the rank where they go beyond."""
    if numbers[-1] <= len(UNSUR):
        return {number: number for number in numbers}
    if partly:
        return {number: number for number in numbers if number <= len(UNSUR)}
    if len(numbers) <= len(UNSUR):
        return {number: place for place, number in enumerate(numbers, 1)}
    raise MappingError(
        N_(
            "{file} has {count} numbered questions ({first} to {last}), but the regulation has nine elements, and the "
            "headers do not say which question belongs to which element. Say so in a map file (--map), "
            'with a line such as "{header}" = "U1" for every question under [columns].'
        ),
        file=file,
        count=len(numbers),
        first=numbers[0],
        last=numbers[-1],
        header=series[0][1].name,
    )


def _displace(assigned: dict[Column, Assigned], series: Sequence[tuple[int, Column]], found: Mapping[int, int]) -> None:
    """Where the numbered columns answer for more elements than the worded ones, no worded one takes their place."""
    coded = {f"U{place}" for number, _column in series if (place := found.get(number))}
    worded = [entry for entry in assigned.values() if entry.is_element and entry.how == WORDS]
    if len(coded) <= len(asked(worded)):
        return
    for entry in worded:
        if entry.target in coded:
            assigned[entry.column] = Assigned(entry.column, SECOND, entry.target)


def _worded(assigned: Mapping[Column, Assigned], found: Mapping[int, int], last: int) -> set[int]:
    """The numbers below the last that other columns answer for, where a number is the element's own."""
    if any(place != number for number, place in found.items()):
        return set()
    return {int(target[1:]) for target in asked(assigned.values()) if int(target[1:]) < last}


def _say_gaps(
    series: Sequence[tuple[int, Column]], numbers: list[int], found: Mapping[int, int], hints: list[str]
) -> None:
    missing = [number for number in range(1, numbers[-1]) if number not in numbers]
    if not missing:
        _say_fewer(series, numbers, hints)
        return
    if any(place != number for number, place in found.items()):
        said = _(
            "The numbering of the questions has a gap (no {missing}) and goes beyond nine; "
            "the questions were taken in their order, the first one as the first element."
        )
    else:
        said = _("There is no question number {missing}; that element was not asked and leaves the denominator.")
    hints.append(said.format(missing=", ".join(map(str, missing))))


def _say_fewer(series: Sequence[tuple[int, Column]], numbers: list[int], hints: list[str]) -> None:
    """Fewer numbers than elements, counted through: which element is missing is not known."""
    if not 2 < len(numbers) < len(UNSUR) or _says_element(headers.code_of(series[0][1].parts[-1])):
        return
    hints.append(
        _(
            "The file has {count} numbered questions for nine elements, and the headers do not say which elements are "
            "missing. By their order it would be {elements}; the index does not depend on it, the names of the "
            "elements do: give a map with --map."
        ).format(
            count=len(numbers),
            elements=", ".join(f"U{unsur.kode[1:]} {unsur.name}" for unsur in skm().unsur[numbers[-1] :]),
        )
    )


def _by_ordinal(assigned: Mapping[Column, Assigned], nameless: Sequence[Column]) -> dict[Column, str]:
    """Columns by the number in front of their header, where the numbers of the others follow one of the orders."""
    known = {
        number: entry.target
        for column, entry in assigned.items()
        if entry.is_element and (number := asking.ordinal_of(column.parts[-1]))
    }
    for order in _orders():
        agree = [order[number - 1] == target for number, target in known.items() if number <= len(order)]
        if len(agree) >= _KNOWN - 1 and all(agree):
            numbered = {column: asking.ordinal_of(column.parts[-1]) or 0 for column in nameless}
            return {
                column: order[number - 1]
                for column, number in numbered.items()
                if 0 < number <= len(order) and number not in known
            }
    return {}


def _by_neighbours(assigned: Mapping[Column, Assigned], nameless: Sequence[Column]) -> dict[Column, str]:
    """Columns that fill a gap among elements that stand in order, or complete nine columns side by side."""
    for block in _blocks(assigned, nameless):
        targets = [assigned[column].target if assigned[column].is_element else "" for column in block]
        for order in _orders():
            filled = _filled(targets, order)
            if filled:
                return {
                    column: unsur for column, unsur in zip(block, filled, strict=True) if unsur and column in nameless
                }
    return {}


def _orders() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The body's order, and that of the model questionnaire."""
    return UNSUR, tuple(skm().questionnaire.order)


def _blocks(assigned: Mapping[Column, Assigned], nameless: Sequence[Column]) -> list[list[Column]]:
    """Elements and nameless columns that stand side by side; remarks and empty columns between do not count."""
    blocks: list[list[Column]] = [[]]
    for column, entry in assigned.items():
        if entry.is_element or column in nameless:
            blocks[-1].append(column)
        elif entry.role not in (COMMENT, EMPTY) and entry.how != MAP:
            blocks.append([])
    return [block for block in blocks if any(column in nameless for column in block)]


def _filled(targets: Sequence[str], order: Sequence[str]) -> list[str]:
    """The elements of a block with its gaps filled, or [] where its order does not tell them."""
    if len(targets) == len(order) and all(target in ("", unsur) for target, unsur in zip(targets, order, strict=True)):
        return list(order)
    known = [(place, order.index(target)) for place, target in enumerate(targets) if target]
    if len(known) < _KNOWN or any(one[1] >= two[1] for one, two in pairwise(known)):
        return []
    filled = list(targets)
    for (left, first), (right, last) in pairwise(known):
        if right - left == last - first:
            filled[left:right] = order[first:last]
    return filled


def _order_sentence() -> str:
    return _(
        "Some headers do not say what is asked; their columns were taken in the order of the regulation "
        "(8 complaints, 9 facilities). The index does not depend on it, the names of the elements do: "
        "check the mapping, or give your own with --map."
    )
