"""Which column is what: elements by what they ask, codes by position, profile, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping

from mutu.errors import N_, MappingError
from mutu.locale import _
from mutu.responses import asking, blocks, headers, leftover, places, several
from mutu.responses.content import Content
from mutu.responses.grid import text
from mutu.responses.headers import COMMENT, DATE, ELEMENT, ID, METADATA, PERSONAL, PROFILE
from mutu.responses.roles import (
    CONTENT,
    EMPTY,
    IGNORED,
    IMPORTANCE,
    MAP,
    OTHER,
    UNREAD,
    UNSUR,
    WORDS,
    Assigned,
    names,
)
from mutu.responses.table import Column, Table

__all__ = [
    "CONTENT",
    "EMPTY",
    "IGNORED",
    "IMPORTANCE",
    "MAP",
    "OTHER",
    "UNSUR",
    "Assigned",
    "answer_cells",
    "assign",
    "names",
]
COMPLAINTS = "U8"  # the element whose name, «saran dan masukan», is also what remarks are called
_MISLEADING = (PERSONAL, PROFILE, DATE, ID, COMMENT, METADATA)


def assign(table: Table, given: Mapping[Column, str], file: str) -> tuple[list[Assigned], list[str]]:
    """Every column with its role, and hints for what needs a look.

    Parameters
    ----------
    table : the table found
    given : what the user's map says: column -> code, profile name or "ignore"
    file : the file's name for messages

    Raises
    ------
    MappingError : no element can be told; more questions than elements are only numbered; the elements stand in
        several blocks; the questionnaire is that of an abolished rule; or, without a map, elements are missing while
        columns hold answers and do not say what they ask
    """
    contents = {column: Content.of(table.counts(column.position)) for column in table.columns}
    assigned = {
        column: _from_map(column, given[column]) if column in given else _first_look(column, contents[column])
        for column in table.columns
    }
    hints: list[str] = []
    _respect_map(assigned, hints)
    _drop_importance(assigned, hints)
    _say_respelt(assigned, hints)
    blocks.check(table, assigned, bool(given), file)
    _drop_other_units(assigned, contents, hints)
    places.by_code(assigned, contents, hints, file)
    places.by_order(assigned, contents, hints)
    if not any(entry.is_element for entry in assigned.values()):
        raise _nothing_found(table, assigned, file)
    several.settle(assigned, contents, hints)
    leftover.mark(assigned, contents)
    if not given:
        leftover.refuse(assigned, contents, file)
    leftover.say(assigned, contents, hints)
    return list(assigned.values()), hints


def answer_cells(table: Table) -> int:
    """How many cells of a table look like answers, in columns whose headers ask about elements or number questions."""
    cells = 0.0
    for column in table.columns:
        content = Content.of(table.counts(column.position))
        asks = headers.element(column.parts).target or any(map(headers.code_of, column.parts))
        cells += content.answers * content.filled if asks and content.answers > 0.5 else 0
    return round(cells)


def _from_map(column: Column, code: str) -> Assigned:
    if code == "ignore":
        return Assigned(column, IGNORED, how=MAP)
    return Assigned(column, ELEMENT if code in UNSUR else PROFILE, code, MAP)


def _first_look(column: Column, content: Content) -> Assigned:
    """A column by its header's words and by what stands in it."""
    if not content.filled:
        return Assigned(column, EMPTY, headers.element(column.parts).target or places.coded(column), CONTENT)
    if content.is_personal:
        return Assigned(column, PERSONAL)
    found = headers.meaning(column.parts)
    other = _no_judgement(column, content, found)
    if other:
        return other
    if found.role in _MISLEADING and content.is_rated:
        judged = _judged(column, content, found)
        if judged:
            return judged
    if found.role == ELEMENT:
        return _element(column, content, found)
    near = asking.nearly(column.parts) if not found.role and content.is_rated else headers.NOTHING
    if near.role:
        return Assigned(column, ELEMENT, near.target, WORDS, sure=False)
    if not found.role and content.dates > 0.8:
        return Assigned(column, DATE, "tanggal", CONTENT, sure=False)
    return Assigned(column, found.role or OTHER, found.target, WORDS, found.sure or not found.role)


def _no_judgement(column: Column, content: Content, found: headers.Meaning) -> Assigned | None:
    """A column whose header asks for a remark, a fact, or something that is no element; None where it judges."""
    kind, about = asking.kind(column.parts), headers.element(column.parts).target
    if kind in (asking.REMARK, asking.COMPLAINT):
        if not _answers(kind, content):
            return Assigned(column, COMMENT, about if kind == asking.COMPLAINT or about != COMPLAINTS else "")
        return Assigned(column, ELEMENT, about, WORDS, sure=kind == asking.COMPLAINT) if about else None
    if not kind or (kind == asking.FACT and found.role not in ("", ELEMENT)):
        return None
    if kind == asking.FACT and about and content.is_worded and content.is_scale:
        return Assigned(column, ELEMENT, about, WORDS, sure=False)
    return Assigned(column, kind, about)


def _answers(kind: str, content: Content) -> bool:
    """Whether the cells below «Saran» or «Keluhan» are answers of a scale all the same."""
    if kind == asking.REMARK:
        return content.is_rated and content.numbers > 0.9
    return content.is_scale or (content.is_closed and not content.answers)


def _judged(column: Column, content: Content, found: headers.Meaning) -> Assigned | None:
    """What a column of answers is whose header has a word of personal data, of the profile or the like."""
    about = headers.element(column.parts)
    if content.is_worded or asking.judges(column.parts):
        return Assigned(column, ELEMENT if about.target else UNREAD, about.target, WORDS, about.sure)
    coded = found.role in (PERSONAL, COMMENT) and content.numbers > 0.5
    return Assigned(column, UNREAD) if coded else None


def _element(column: Column, content: Content, found: headers.Meaning) -> Assigned:
    """A column whose header asks about an element, corrected by what stands in it."""
    if content.dates > 0.6:
        return Assigned(column, DATE, "waktu", CONTENT)
    if content.is_text or (found.score < 3 and content.answers + content.numbers < 0.2):
        return Assigned(column, COMMENT, found.target, CONTENT)
    return Assigned(column, ELEMENT, found.target, WORDS, found.sure)


def _respect_map(assigned: dict[Column, Assigned], hints: list[str]) -> None:
    """Where the map names the columns of a target, no other column is taken for it."""
    given = {entry.target for entry in assigned.values() if entry.how == MAP and entry.target}
    for column, entry in assigned.items():
        if entry.target in given and entry.how != MAP and entry.role in (ELEMENT, PROFILE):
            assigned[column] = Assigned(column, IGNORED, how=MAP)
            if entry.is_element:
                hints.append(
                    _(
                        "Column «{column}» also asks about {unsur}, but the map names another one; it is left out."
                    ).format(column=column.name, unsur=entry.target)
                )


def _drop_importance(assigned: dict[Column, Assigned], hints: list[str]) -> None:
    """Leave out questions of importance where the same element is also asked for satisfaction."""
    about = {column: _about(entry) for column, entry in assigned.items() if entry.how != MAP}
    mine = {column: headers.is_importance(column.parts) for column in about}
    plain = {target for column, target in about.items() if target and not mine[column]}
    left = [column for column, target in about.items() if mine[column] and target in plain]
    for column in left:
        assigned[column] = Assigned(column, IMPORTANCE)
    if left:
        hints.append(
            _("Columns about importance or expectation do not count in the index and are left out: {columns}.").format(
                columns=names(left)
            )
        )


def _about(entry: Assigned) -> object:
    """What a question is about: its element, or its number where the header only counts."""
    if entry.role != OTHER:
        return entry.target if entry.is_element else None
    header = entry.column.parts[-1]
    code = headers.code_of(header)
    return (code.number, code.part) if code else (number, "") if (number := headers.leading_code(header)) else None


def _say_respelt(assigned: Mapping[Column, Assigned], hints: list[str]) -> None:
    """Headers that were read by likeness."""
    guessed = [
        f"{names([column])} = {entry.target}"
        for column, entry in assigned.items()
        if entry.is_element and entry.how == WORDS and not headers.element(column.parts).target
    ]
    if guessed:
        hints.append(
            _("Headers spelt unusually were taken for the closest element: {columns}.").format(
                columns=", ".join(guessed)
            )
        )


def _drop_other_units(assigned: dict[Column, Assigned], contents: Mapping[Column, Content], hints: list[str]) -> None:
    """Leave out a column of minutes, rupiah or sums where a proper question about the element stands beside it."""
    good = {
        entry.target
        for column, entry in assigned.items()
        if entry.is_element and contents[column].answers > 0.6 and contents[column].amounts < 0.2
    }
    for column, entry in assigned.items():
        content = contents[column]
        if not entry.is_element or entry.how == MAP or entry.target not in good:
            continue
        if content.answers > 0.4 and content.amounts < 0.2:
            continue
        assigned[column] = Assigned(column, OTHER, how=CONTENT)
        hints.append(_("Column «{column}» holds no answers to a question and is left out.").format(column=column.name))


def _is_table(table: Table) -> bool:
    """Whether most cells of the rows are filled; the commas of running text make columns too, with holes."""
    rows = sum(any(map(text, row)) for row in table.body)
    filled = sum(table.counts(column.position).total() for column in table.columns)
    return filled >= 0.5 * rows * len(table.columns) > 0


def _nothing_found(table: Table, assigned: Mapping[Column, Assigned], file: str) -> MappingError:
    shown = [column for column, entry in assigned.items() if entry.role not in (PERSONAL, EMPTY, METADATA, ID)]
    if len(shown) < 2 or not _is_table(table):
        return MappingError(
            N_(
                "{file} does not look like a survey file: it holds no table of answers. Choose the file that has one "
                "row per respondent and one column per question."
            ),
            file=file,
        )
    return MappingError(
        N_(
            "None of the nine elements is found in the headers of {file} (row {row}: {columns}). Check that the file "
            "has one row per respondent and one column per question, or name the columns in a map file (--map)."
        ),
        file=file,
        row=table.first_row,
        columns=names(shown) or "–",
    )
