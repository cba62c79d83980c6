"""Columns that are left out although their cells look like answers, and elements that are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from mutu.errors import N_, MappingError
from mutu.locale import _
from mutu.regulations import skm
from mutu.responses import asking, headers
from mutu.responses.content import Content
from mutu.responses.headers import COMMENT, PERSONAL, TOTAL
from mutu.responses.roles import EMPTY, OTHER, SECOND, UNREAD, UNSUR, Assigned, asked, names
from mutu.responses.table import Column

_ANOTHER_KIND = (asking.FACT, asking.INTEGRITY, asking.EARLIER)
_SENTENCES = {
    COMMENT: N_("Remarks do not count as answers: {columns}."),
    asking.INTEGRITY: N_(
        "Questions about integrity (bribes, brokers, discrimination) are no part of the nine elements and are left "
        "out: {columns}."
    ),
    asking.OVERALL: N_("Questions about the service as a whole are no element and are left out: {columns}."),
    asking.FACT: N_(
        "Questions about a fact (how often, which way, how much) are no judgement of an element and are left out: "
        "{columns}."
    ),
    asking.EARLIER: N_("Answers of an earlier period are left out: {columns}."),
    UNREAD: N_(
        "Columns {columns} may hold answers, but their headers name no element; they are left out. "
        "Name them in a map file (--map) if they count."
    ),
}


def mark(assigned: dict[Column, Assigned], contents: Mapping[Column, Content]) -> None:
    """Columns of answers that nothing was made of become unread ones."""
    top = max((contents[column].top for column, entry in assigned.items() if entry.is_element), default=4)
    for column, entry in assigned.items():
        content = contents[column]
        if entry.role == OTHER and content.is_rated and content.top <= max(top, 4):
            assigned[column] = Assigned(column, UNREAD, sure=entry.sure)


def refuse(assigned: Mapping[Column, Assigned], contents: Mapping[Column, Content], file: str) -> None:
    """Refuse a file with elements missing while columns of answers are not read.

    Raises
    ------
    MappingError : names the columns, the elements, and how to give a map
    """
    absent = _absent(assigned.values())
    doubtful = [
        column
        for column, entry in assigned.items()
        if (entry.role == UNREAD and not _is_own(column))
        or (entry.role in (*_ANOTHER_KIND, COMMENT) and entry.target in absent and _may_answer(contents[column]))
    ]
    if not absent or not doubtful:
        return
    raise MappingError(
        N_(
            "In {file}, columns {columns} hold answers, but their headers do not say which element they ask about, and "
            "no question is found for {elements}. Name the columns in a map file (--map), with a line such as "
            '"{header}" = "{unsur}" under [columns], or "ignore" for a column that does not count.'
        ),
        file=file,
        columns=names(doubtful),
        elements=elements(absent),
        header=doubtful[0].name,
        unsur=assigned[doubtful[0]].target or absent[0],
    )


def say(assigned: Mapping[Column, Assigned], contents: Mapping[Column, Content], hints: list[str]) -> None:
    """Nothing is left out silently: columns that look like answers but are none, and personal data."""
    _say_second(assigned, hints)
    for role, sentence in _SENTENCES.items():
        left = [column for column, entry in assigned.items() if entry.role == role and _is_named(entry, contents)]
        if left:
            hints.append(_(sentence).format(columns=names(left)))
    hints += [
        _("Column «{column}» holds no answers to a question and is left out.").format(column=column.name)
        for column, entry in assigned.items()
        if entry.role in _ANOTHER_KIND and entry.target and contents[column].amounts > 0.1
    ]
    counted = [
        column
        for column, entry in assigned.items()
        if entry.role == TOTAL and headers.counts_respondents(column.name) and contents[column].numbers > 0.5
    ]
    if counted:
        hints.append(
            _(
                "Columns {columns} seem to count respondents; every row was counted once all the same. "
                "If a row stands for several respondents, give each of them a row of its own."
            ).format(columns=names(counted))
        )
    personal = sum(entry.role == PERSONAL for entry in assigned.values())
    if personal:
        hints.append(
            _(
                "Columns with personal data (names, telephone numbers, addresses and the like) were not read: {count}."
            ).format(count=personal)
        )


def unread(assigned: Iterable[Assigned]) -> list[Column]:
    """The columns that hold answers to nobody knows which question."""
    return [entry.column for entry in assigned if entry.role == UNREAD]


def missing(found: Collection[str], assigned: Iterable[Assigned]) -> list[str]:
    """A sentence on the elements without an answer, given those that have some."""
    absent = [unsur for unsur in UNSUR if unsur not in found]
    if not absent:
        return []
    empty = {entry.target: entry.column for entry in assigned if entry.role == EMPTY and entry.target}
    said = _(
        "Not asked or not recognised: {elements}. The index is computed from the other elements; if the file has "
        "answers to them, name their columns in a map file (--map)."
    )
    named = [elements([unsur]) + _emptiness(empty.get(unsur)) for unsur in absent]
    return [said.format(elements="; ".join(named))]


def _emptiness(column: Column | None) -> str:
    said = _("{column} is empty").format(column=names([column])) if column else ""
    return f" ({said})" if said else ""


def elements(codes: Iterable[str]) -> str:
    """Elements as a sentence names them, with code and name."""
    return "; ".join(f"{code} {skm().element(code).name}" for code in codes)


def _absent(assigned: Iterable[Assigned]) -> list[str]:
    """The elements no column is about; an empty column is, and so is one that the map names."""
    entries = list(assigned)
    known = asked(entries) | {entry.target for entry in entries if entry.role == EMPTY}
    return [unsur for unsur in UNSUR if unsur not in known]


def _say_second(assigned: Mapping[Column, Assigned], hints: list[str]) -> None:
    for unsur in UNSUR:
        left = [column for column, entry in assigned.items() if entry.role == SECOND and entry.target == unsur]
        if left:
            hints.append(
                _(
                    "{unsur} has a question of its own; columns that only seem to ask about it as well are left out: "
                    "{columns}. Name them in a map file (--map) if they count."
                ).format(unsur=unsur, columns=names(left))
            )


def _may_answer(content: Content) -> bool:
    """Whether cells could be answers to the element the header sounds like."""
    return content.is_rated or content.says_nothing


def _is_named(entry: Assigned, contents: Mapping[Column, Content]) -> bool:
    """Whether a column that is left out looks like an element: by its cells, or by its header."""
    content = contents[entry.column]
    chooses = content.is_yes_no or content.numbers - content.amounts > 0.5
    return content.is_rated or (entry.role in _ANOTHER_KIND and bool(entry.target) and chooses)


def _is_own(column: Column) -> bool:
    """Whether a header numbers a question beyond the nine elements: an office's own."""
    code = headers.code_of(column.parts[-1])
    number = code.number if code else asking.ordinal_of(column.parts[-1])
    return number is not None and number > len(UNSUR)
