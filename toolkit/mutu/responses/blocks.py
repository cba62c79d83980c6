"""Tables within the table: the elements twice side by side, the header again in another order, an abolished rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from mutu.errors import N_, MappingError
from mutu.responses import asking, headers
from mutu.responses.grid import letter, words
from mutu.responses.roles import OTHER, Assigned, names
from mutu.responses.table import Column, Table

_SAME = 3  # elements that stand in both blocks


def check(table: Table, assigned: Mapping[Column, Assigned], is_mapped: bool, file: str) -> None:
    """Refuse what one row a respondent and one column a question cannot be read from.

    Raises
    ------
    MappingError : see above; with a map of the user's, the blocks and the order are still refused
    """
    rule = asking.follows_former_rule([column.parts for column in table.columns])
    if rule and not is_mapped:
        raise MappingError(
            N_(
                "{file} asks the 14 elements of {rule}, which is no longer in force: its questions are not the nine "
                "elements of the regulation, so no index (IKM) of today can be computed from it. If some questions "
                'are the same, name them in a map file (--map) and leave the others out with "ignore".'
            ),
            file=file,
            rule=rule,
        )
    _refuse_side_by_side(assigned, file)
    _refuse_another_order(table, assigned, file)


def _refuse_side_by_side(assigned: Mapping[Column, Assigned], file: str) -> None:
    """The same elements under two titles, or twice under the same names, are other people or another period."""
    questions: dict[str, list[Column]] = defaultdict(list)
    for column, entry in assigned.items():
        if _asks(entry):
            questions[words(column.parts[-1])].append(column)
    again = [columns for columns in questions.values() if len(columns) > 1 and not _is_run(columns)]
    if len(again) < _SAME:
        return
    titles = Counter(_title(column) for columns in again for column in columns)
    if any(headers.element((title,)).target for title in titles):
        return
    raise MappingError(
        N_(
            "In {file}, the elements stand several times side by side ({blocks}), so a row seems to hold more than one "
            "respondent. Put every block into a sheet of its own or below the first one and read it again, or leave "
            'the columns that do not count out in a map file (--map) with "ignore".'
        ),
        file=file,
        blocks=_listed(titles, again[0]),
    )


def _is_run(columns: list[Column]) -> bool:
    """Whether columns of one name stand side by side: one question over several columns."""
    return columns[-1].position - columns[0].position == len(columns) - 1


def _listed(titles: Counter[str], columns: list[Column]) -> str:
    if len([title for title in titles if title]) > 1:
        return ", ".join(f"«{title}»" for title in titles)
    return names(columns)


def _asks(entry: Assigned) -> bool:
    """Whether a header by itself asks about an element: by its words, or as U1."""
    last = entry.column.parts[-1]
    if entry.is_element:
        return bool(headers.element((last,)).target)
    code = headers.code_of(last) if entry.role == OTHER else None
    return code is not None and code.prefix in ("u", "unsur", "")


def _title(column: Column) -> str:
    return " / ".join(column.parts[:-1])


def _refuse_another_order(table: Table, assigned: Mapping[Column, Assigned], file: str) -> None:
    """A header said again below with its columns in another order would put answers under the wrong element."""
    asks = {column: words(column.parts[-1]) for column, entry in assigned.items() if _asks(entry)}
    asks = {column: said for column, said in asks.items() if not said.strip().isdigit()}
    known, said_again = set(asks.values()), Counter[int]()
    for column in asks:
        names_ = {said for said in table.counts(column.position) if words(said) in known}
        said_again.update(index for index, said in enumerate(table.texts(column.position)) if said in names_)
    for index, count in sorted(said_again.items()):
        below = {column: table.texts(column.position)[index] for column in asks}
        moved = [column for column, said in below.items() if words(said) in known and words(said) != asks[column]]
        if moved and count > max(len(asks) / 2, _SAME - 1):
            raise MappingError(
                N_(
                    "In {file}, row {row} repeats the header with its columns in another order (column {place}: "
                    "«{above}» above, «{below}» there). Bring the columns below it into the same order, or put them "
                    "into a sheet of their own, and read it again."
                ),
                file=file,
                row=table.row_number(index),
                place=letter(moved[0].position),
                above=moved[0].name,
                below=below[moved[0]],
            )
