"""Several columns about one element: parts of one question, or an official question and something beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mutu.locale import _
from mutu.responses import asking, headers
from mutu.responses.content import Content
from mutu.responses.roles import MAP, SECOND, Assigned, names
from mutu.responses.table import Column


def settle(assigned: dict[Column, Assigned], contents: Mapping[Column, Content], hints: list[str]) -> None:
    """Several questions about one element form it together; what only sounds like one is left out."""
    for unsur, columns in _by_element(assigned).items():
        if len(columns) < 2:
            continue
        kept = _kept(unsur, columns, assigned, contents)
        for column in columns:
            if column not in kept:
                assigned[column] = Assigned(column, SECOND, unsur)
        if len(kept) < 2:
            continue
        if not _are_parts(kept) and any(assigned[column].how != MAP for column in kept):
            for column in kept:
                assigned[column] = replace(assigned[column], sure=False)
        hints.append(
            _("{unsur} is asked in {count} columns, whose means form the element together: {columns}.").format(
                unsur=unsur, count=len(kept), columns=names(kept)
            )
        )


def _by_element(assigned: Mapping[Column, Assigned]) -> dict[str, list[Column]]:
    questions: dict[str, list[Column]] = defaultdict(list)
    for column, entry in assigned.items():
        if entry.is_element:
            questions[entry.target].append(column)
    return questions


def _kept(
    unsur: str, columns: Sequence[Column], assigned: Mapping[Column, Assigned], contents: Mapping[Column, Content]
) -> list[Column]:
    """The columns that form the element: all its parts, the official ones where there are any, those with degrees."""
    if any(assigned[column].how == MAP for column in columns) or _are_parts(columns):
        return list(columns)
    official = [column for column in columns if asking.is_official(column.parts, unsur)]
    degrees = [column for column in official or columns if not contents[column].is_yes_no]
    return degrees or official or list(columns)


def _are_parts(columns: Sequence[Column]) -> bool:
    """Whether the headers say that they are parts of one question: U1.1 and U1.2, one title above, one stem."""
    parts = {asking.part_of(column.parts[-1]) or _code_part(column) for column in columns}
    if None in parts:
        parts = {headers.leading_code(column.parts[-1]) for column in columns}
    if len(parts) == 1 and None not in parts:
        return True
    above = {column.parts[:-1] for column in columns}
    if len(above) == 1 and above != {()} and headers.element(above.pop()).target:
        return True
    stems = {asking.stem(column.parts[-1]) for column in columns}
    return len(stems) == 1 and stems != {""} and len({column.parts for column in columns}) == len(columns)


def _code_part(column: Column) -> int | None:
    code = headers.code_of(column.parts[-1])
    return code.number if code and code.part else None
