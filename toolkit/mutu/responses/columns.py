"""Which column is what: elements by what they ask, codes by position, profile, and what is left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mutu.errors import N_, MappingError
from mutu.locale import _
from mutu.responses import headers, options, privacy
from mutu.responses.grid import data
from mutu.responses.headers import DATE, ELEMENT, ID, METADATA, PERSONAL, PROFILE
from mutu.responses.table import Column, Table

EMPTY, OTHER, IMPORTANCE, IGNORED = "empty", "other", "importance", "ignored"
WORDS, POSITION, MAP, CONTENT = "words", "position", "map", "content"
UNSUR = tuple(data("headers")["elements"])
_DATE_TEXT = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}[:.]\d\d(?:[:.]\d\d)?\b")


@dataclass(frozen=True)
class Assigned:
    """A column with its role; target is an element's code or a name of the profile."""

    column: Column
    role: str
    target: str = ""
    how: str = WORDS
    sure: bool = True

    @property
    def is_element(self) -> bool:
        """Whether the column holds answers."""
        return self.role == ELEMENT


@dataclass(frozen=True)
class Content:
    """What stands in a column: number of texts, and the shares that look like answers, numbers and dates."""

    filled: int
    answers: float
    numbers: float
    dates: float
    kinds: int
    length: float

    @classmethod
    def of(cls, counts: Counter[str]) -> Content:
        """Look at the texts of a column."""
        filled = counts.total()
        if not filled:
            return cls(0, 0.0, 0.0, 0.0, 0, 0.0)
        answers = sum(count for said, count in counts.items() if options.looks_like_answer(said))
        numbers = sum(count for said, count in counts.items() if options.whole_number(said) is not None)
        dates = sum(
            count for said, count in counts.items() if _DATE_TEXT.match(said) and options.whole_number(said) is None
        )
        length = sum(len(said) * count for said, count in counts.items())
        return cls(filled, answers / filled, numbers / filled, dates / filled, len(counts), length / filled)

    @property
    def is_text(self) -> bool:
        """Whether the column holds remarks rather than options."""
        return self.answers + self.numbers < 0.4 and (self.length > 25 or self.kinds > max(8, 0.4 * self.filled))


def assign(table: Table, given: Mapping[Column, str], file: str) -> tuple[list[Assigned], list[str]]:
    """Every column with its role, and hints for what needs a look.

    Parameters
    ----------
    table : the table found
    given : what the user's map says: column -> code, profile name or "ignore"
    file : the file's name for messages

    Raises
    ------
    MappingError : no element can be told, or more questions than elements are only numbered
    """
    contents = {column: Content.of(table.counts(column.position)) for column in table.columns}
    assigned = {
        column: _from_map(column, given[column])
        if column in given
        else _first_look(column, contents[column], table.counts(column.position))
        for column in table.columns
    }
    hints: list[str] = []
    _respect_map(assigned, hints)
    _drop_importance(assigned, hints)
    _drop_other_units(table, assigned, contents, hints)
    _place_codes(assigned, contents, hints, file)
    _place_unnamed(assigned, contents, hints)
    _say_left_out(assigned, contents, hints)
    if not any(entry.is_element for entry in assigned.values()):
        raise _nothing_found(table, assigned, file)
    _say_grouped(assigned, hints)
    return list(assigned.values()), hints


def _from_map(column: Column, code: str) -> Assigned:
    if code == "ignore":
        return Assigned(column, IGNORED, how=MAP)
    return Assigned(column, ELEMENT if code in UNSUR else PROFILE, code, MAP)


def _first_look(column: Column, content: Content, counts: Counter[str]) -> Assigned:
    """A column by its header's words, corrected by what stands in it."""
    found = headers.meaning(column.parts)
    if not content.filled:
        return Assigned(column, EMPTY, how=CONTENT)
    if found.role == PERSONAL or privacy.looks_personal(counts):
        return Assigned(column, PERSONAL)
    if found.role == ELEMENT:
        if content.dates > 0.6:
            return Assigned(column, DATE, "waktu", CONTENT)
        if content.is_text or (found.score < 3 and content.answers + content.numbers < 0.2):
            return Assigned(column, headers.COMMENT, how=CONTENT)
        return Assigned(column, ELEMENT, found.target, WORDS, found.sure)
    if not found.role and content.dates > 0.8:
        return Assigned(column, DATE, "tanggal", CONTENT, sure=False)
    return Assigned(column, found.role or OTHER, found.target, WORDS, found.sure or not found.role)


def _respect_map(assigned: dict[Column, Assigned], hints: list[str]) -> None:
    """Where the map names the columns of a target, no other column is taken for it."""
    given = {entry.target for entry in assigned.values() if entry.how == MAP and entry.target}
    for column, entry in assigned.items():
        if entry.target in given and entry.how != MAP:
            assigned[column] = Assigned(column, IGNORED, how=MAP)
            if entry.is_element:
                hints.append(
                    _(
                        "Column «{column}» also asks about {unsur}, but the map names another one; it is left out."
                    ).format(column=column.name, unsur=entry.target)
                )


def _drop_importance(assigned: dict[Column, Assigned], hints: list[str]) -> None:
    """Leave out questions of importance where the same element is also asked for satisfaction."""
    asked = {column: _asked(entry) for column, entry in assigned.items() if entry.how != MAP}
    mine = {column: headers.is_importance(column.parts) for column in asked}
    plain = {about for column, about in asked.items() if about and not mine[column]}
    left = [column for column, about in asked.items() if mine[column] and about in plain]
    for column in left:
        assigned[column] = Assigned(column, IMPORTANCE)
    if left:
        hints.append(
            _("Columns about importance or expectation do not count in the index and are left out: {columns}.").format(
                columns=names(left)
            )
        )


def _asked(entry: Assigned) -> object:
    """What a question is about: its element, or its number where the header only counts."""
    code = headers.code_of(entry.column.parts[-1]) if entry.role == OTHER else None
    return (code.number, code.part) if code else entry.target if entry.is_element else None


def _drop_other_units(
    table: Table, assigned: dict[Column, Assigned], contents: Mapping[Column, Content], hints: list[str]
) -> None:
    """Leave out a column of minutes, rupiah or sums where a proper question about the element stands beside it."""
    good = {
        entry.target
        for column, entry in assigned.items()
        if entry.is_element
        and contents[column].answers > 0.6
        and contents[column].numbers - contents[column].answers < 0.2
    }
    for column, entry in assigned.items():
        content = contents[column]
        amounts = content.numbers - content.answers  # numbers beyond any scale
        if not entry.is_element or entry.how == MAP or entry.target not in good:
            continue
        if content.answers > 0.4 and amounts < 0.2:
            continue
        assigned[column] = Assigned(column, OTHER, how=CONTENT)
        hints.append(_("Column «{column}» holds no answers to a question and is left out.").format(column=column.name))


def _place_codes(
    assigned: dict[Column, Assigned], contents: Mapping[Column, Content], hints: list[str], file: str
) -> None:
    """Headers that only count are taken in the order of the regulation's body, and said to be so."""
    series = _series(assigned, contents)
    if not series:
        return
    taken = {entry.target for entry in assigned.values() if entry.is_element}
    numbers = sorted({number for number, _column in series})
    places = _places(numbers, bool(taken), file)
    seen = Counter[str]()
    spare = []
    for number, column in series:
        seen[column.parts[-1]] += 1
        if places.get(number) is None or f"U{places[number]}" in taken or seen[column.parts[-1]] > 1:
            spare.append(column)
    for number, column in series:
        if column not in spare:
            assigned[column] = Assigned(column, ELEMENT, f"U{places[number]}", POSITION, sure=False)
    for column in spare:
        assigned[column] = Assigned(column, IGNORED)
    if spare:
        hints.append(
            _(
                "Columns {columns} only have a number, and other columns already answer for those elements; "
                "they are left out. Name them in a map file (--map) if they count."
            ).format(columns=names(spare))
        )
    if len(spare) < len(series):
        hints.append(_order_sentence())
        _say_gaps(numbers, places, hints)


def _series(assigned: Mapping[Column, Assigned], contents: Mapping[Column, Content]) -> list[tuple[int, Column]]:
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
    known = data("headers")
    order = [*known["code_prefixes"], ""]
    usable = {
        prefix: found
        for prefix, found in by_prefix.items()
        if len(found) > 2 or prefix in ("u", "unsur") or any(entry.is_element for entry in assigned.values())
    }
    if not usable:
        return []
    best = min(
        usable,
        key=lambda prefix: (
            prefix in known["importance_prefixes"] and len(usable) > 1,
            prefix not in ("u", "unsur"),
            -len(usable[prefix]),
            order.index(prefix) if prefix in order else 99,
        ),
    )
    return usable[best]


def _says_element(code: headers.Code | None) -> bool:
    """Whether a header that only counts says by its letter that it counts elements: U1 to U9."""
    return code is not None and code.prefix in ("u", "unsur") and code.number <= len(UNSUR)


def _places(numbers: list[int], partly: bool, file: str) -> dict[int, int]:
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
            'with a line such as "P1" = "U1" for every question under [columns].'
        ),
        file=file,
        count=len(numbers),
        first=numbers[0],
        last=numbers[-1],
    )


def _say_gaps(numbers: list[int], places: Mapping[int, int], hints: list[str]) -> None:
    missing = [number for number in range(1, numbers[-1]) if number not in numbers]
    if not missing:
        return
    listed = ", ".join(map(str, missing))
    if any(places.get(number) != number for number in numbers):
        said = _(
            "The numbering of the questions has a gap (no {missing}) and goes beyond nine; "
            "the questions were taken in their order, the first one as the first element."
        )
    else:
        said = _("There is no question number {missing}; that element was not asked and leaves the denominator.")
    hints.append(said.format(missing=listed))


def _place_unnamed(assigned: dict[Column, Assigned], contents: Mapping[Column, Content], hints: list[str]) -> None:
    """Where no header says anything, nine columns of answers side by side are taken in the body's order."""
    unnamed = [
        column
        for column, entry in assigned.items()
        if entry.role == OTHER and contents[column].answers > 0.9 and contents[column].kinds <= 8
    ]
    taken = {entry.target for entry in assigned.values() if entry.is_element}
    free = [unsur for unsur in UNSUR if unsur not in taken]
    if len(unnamed) != len(free) or (taken and len(taken) < 5):
        return
    for column, unsur in zip(unnamed, free, strict=True):
        assigned[column] = Assigned(column, ELEMENT, unsur, POSITION, sure=False)
    if unnamed:
        hints.append(_order_sentence())


def _order_sentence() -> str:
    return _(
        "Some headers do not say what is asked; their columns were taken in the order of the regulation "
        "(8 complaints, 9 facilities). The index does not depend on it, the names of the elements do: "
        "check the mapping, or give your own with --map."
    )


def _say_left_out(assigned: Mapping[Column, Assigned], contents: Mapping[Column, Content], hints: list[str]) -> None:
    """Nothing is left out silently: columns that look like answers but are none, and personal data."""
    unknown = [
        column
        for column, entry in assigned.items()
        if entry.role == OTHER and contents[column].answers > 0.9 and contents[column].filled > 1
    ]
    if unknown:
        hints.append(
            _(
                "Columns {columns} may hold answers, but their headers name no element; they are left out. "
                "Name them in a map file (--map) if they count."
            ).format(columns=names(unknown))
        )
    personal = sum(entry.role == PERSONAL for entry in assigned.values())
    if personal:
        hints.append(
            _(
                "Columns with personal data (names, telephone numbers, addresses and the like) were not read: {count}."
            ).format(count=personal)
        )


def _say_grouped(assigned: dict[Column, Assigned], hints: list[str]) -> None:
    """Several questions about one element form it together."""
    questions: dict[str, list[Column]] = defaultdict(list)
    for column, entry in assigned.items():
        if entry.is_element:
            questions[entry.target].append(column)
    for unsur, columns in questions.items():
        if len(columns) > 1:
            if len({column.parts for column in columns}) < len(columns):
                for column in columns:
                    assigned[column] = replace(assigned[column], sure=False)
            hints.append(
                _("{unsur} is asked in {count} columns, whose means form the element together: {columns}.").format(
                    unsur=unsur, count=len(columns), columns=names(columns)
                )
            )


def _nothing_found(table: Table, assigned: Mapping[Column, Assigned], file: str) -> MappingError:
    shown = [column for column, entry in assigned.items() if entry.role not in (PERSONAL, EMPTY, METADATA, ID)]
    return MappingError(
        N_(
            "None of the nine elements is found in the headers of {file} (row {row}: {columns}). Check that the file "
            "has one row per respondent and one column per question, or name the columns in a map file (--map)."
        ),
        file=file,
        row=table.first_row,
        columns=names(shown) or "–",
    )


def names(columns: list[Column]) -> str:
    """Columns as a sentence names them."""
    shown = ", ".join(f"«{privacy.mask(column.name)}»" for column in columns[:12])
    return shown + (" …" if len(columns) > 12 else "")
