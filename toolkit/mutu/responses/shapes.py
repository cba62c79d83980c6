"""Tables that are no table of respondents: ticks in a column per answer, counts per answer, results per element."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mutu.errors import N_, NotFilled, ReadError
from mutu.responses import headers, options, privacy, summaries
from mutu.responses.grid import Grid, letter, text
from mutu.responses.table import Column, Table

_BLOCKS = 3  # questions in a column per answer, so that the table is one of ticks
_MARKS = 0.7  # of the cells of such a question are its mark; the others are sums below
_ONE = 0.8  # of its rows have one mark
_UNCHOSEN = ("", "0", "-", "–")
_ASKED = 4  # elements in a row that is not yet a header of questions
_RESULTS = 40  # rows a table of results has at most


def refuse(table: Table, given: Mapping[Column, str], file: str) -> None:
    """Refuse what has no row per respondent or no column per question.

    Raises
    ------
    ReadError : says what the table looks like and what is needed
    """
    _refuse_ticks(table, file)
    _refuse_counts(table, file)
    _refuse_results(table, given, file)


def _refuse_ticks(table: Table, file: str) -> None:
    ticked = [block for block in _blocks(table) if _is_ticked(table, block)]
    if len(ticked) < _BLOCKS:
        return
    block = ticked[0]
    row = table.row_number(0)
    cells = f"{letter(block[0].position)}{row}:{letter(block[-1].position)}{row}"
    mark = next(filter(None, _marks(table, block)), "")
    sentence = N_(
        "{file} is a table of ticks: «{title}» and others have {count} columns each, one per answer, with «{mark}» in "
        "one of them. An index needs one column per question with the answer 1 to 4. In Excel, a formula beside the "
        "table such as =MATCH({mark_cell},{cells},0) gives the answer; copy it down and for every question, and use "
        "those columns."
    )
    if all(said == str(place) for place, said in enumerate(_marks(table, block), 1) if said):
        sentence = N_(
            "{file} has {count} columns per question («{title}» and others), one per answer, with the answer in one of "
            "them. An index needs one column per question. In Excel, a formula beside the table such as =SUM({cells}) "
            "gives the answer; copy it down and for every question, and use those columns."
        )
    raise ReadError(
        sentence,
        file=file,
        title=privacy.mask(block[0].parts[0]),
        count=len(block),
        mark=privacy.mask(mark),
        mark_cell=mark if mark.isdigit() else f'"{privacy.mask(mark)}"',
        cells=cells,
    )


def _marks(table: Table, block: Sequence[Column]) -> list[str]:
    """What stands most in each column, nothing where hardly anybody chose it."""
    counts = [_chosen(table, column).most_common(1) for column in block]
    return [count[0][0] if count and count[0][1] > 1 else "" for count in counts]


def _chosen(table: Table, column: Column) -> Counter[str]:
    """How often each mark stands in a column; a dash or 0 marks what was not chosen."""
    return Counter({said: count for said, count in table.counts(column.position).items() if said not in _UNCHOSEN})


def _blocks(table: Table) -> Iterator[list[Column]]:
    """Columns side by side under one title, whose own headers are answers or nothing."""
    titled = list(_titled(table))
    for _title, group in groupby(titled, key=lambda entry: entry[0]):
        block = [column for _same, column in group]
        if 3 <= len(block) <= 10 and all(map(_is_degree, block)):
            yield block


def _titled(table: Table) -> Iterator[tuple[object, Column]]:
    title: object = None
    for column in table.columns:
        code = headers.code_of(column.parts[-1])
        if code and code.part:
            title = (code.prefix, code.number)
        elif column.parts[0]:
            title = column.parts[0]
        yield title, column


def _is_degree(column: Column) -> bool:
    last = column.parts[-1]
    code = headers.code_of(last)
    return len(column.parts) == 1 or options.looks_like_answer(last) or bool(code and code.part)


def _is_ticked(table: Table, block: Sequence[Column]) -> bool:
    """Whether each column has its own mark, and nearly every row one mark in one column."""
    counts = [_chosen(table, column) for column in block]
    filled = sum(count.total() for count in counts)
    if sum(map(bool, _marks(table, block))) < 2:
        return False
    marks = sum(count.most_common(1)[0][1] for count in counts if count)
    cells = zip(*(table.texts(column.position) for column in block), strict=True)
    rows = Counter(sum(said not in _UNCHOSEN for said in row) for row in cells)
    del rows[0]
    return marks >= _MARKS * filled and rows[1] >= _ONE * rows.total()


def _refuse_counts(table: Table, file: str) -> None:
    """Refuse a row per answer, with the number of people who gave it."""
    if len(table.body) > 12:
        return
    numbers = [column for column in table.columns if _is_numeric(table.counts(column.position))]
    for column in table.columns:
        said = [cell for cell in table.counts(column.position) if not summaries.is_total(cell)]
        worded = all(options.is_known(options.option(cell).phrase) and not cell[0].isdigit() for cell in said)
        once = set(table.counts(column.position).values()) == {1}
        if 3 <= len(said) <= 6 and worded and once and len(numbers) > 2:
            raise ReadError(
                N_(
                    "{file} counts answers: a row for each of {answers}, with how many gave it. An index and its "
                    "interval need the single answers, one row per respondent."
                ),
                file=file,
                answers=", ".join(f"«{cell}»" for cell in said),
            )


def _is_numeric(counts: Counter[str]) -> bool:
    return bool(counts) and all(options.whole_number(said) is not None for said in counts)


def _refuse_results(table: Table, given: Mapping[Column, str], file: str) -> None:
    """Refuse a table of results, with the elements in rows."""
    asked = {
        found.target for column in table.columns if (found := headers.meaning(column.parts)).role == headers.ELEMENT
    }
    if given or len(asked) > 2 or _is_coded(table):
        return
    if len(table.body) < _RESULTS and any(_lists_elements(table.counts(column.position)) for column in table.columns):
        raise results(file)


def holds_results(grid: Grid) -> bool:
    """Whether a sheet without a header of questions names the elements in a column."""
    return any(
        _lists_elements(Counter(filter(None, (text(row[place]) for row in grid.cells[:_RESULTS]))))
        for place in range(grid.width)
    )


def results(file: str) -> ReadError:
    """What to say of a table with the elements in rows."""
    return ReadError(
        N_(
            "{file} lists the elements in rows: a table of results, or answers turned on their side. An index "
            "needs the single answers, one row per respondent. If every column is a respondent, turn the "
            "table (in Excel: Copy, Paste Special, Transpose) and use that file; a table of results is checked by "
            "`mutu skm audit`."
        ),
        file=file,
    )


def unfilled(grid: Grid) -> int:
    """The row, as a person counts it, of a header of questions below which nothing stands at all; else 0."""
    filled = [place for place, row in enumerate(grid.cells) if any(map(text, row))]
    if not filled:
        return 0
    header = grid.cells[filled[-1]]
    asked = {found.target for cell in header if (found := headers.meaning_of(text(cell))).role == headers.ELEMENT}
    return filled[-1] + 1 - grid.unnumbered if len(asked) > _ASKED else 0


def not_filled(file: str, row: int) -> NotFilled:
    """What to say of a form for answers in which nobody has typed any."""
    return NotFilled(
        N_(
            "{file} holds no answers yet: nothing is filled in below the header in row {row}. Type the answers, one "
            "row per respondent, save the file, and read it again."
        ),
        file=file,
        row=row,
    )


def _is_coded(table: Table) -> bool:
    """Whether columns of answers are named U1, U2 …: what stands beside them is a recap."""
    codes = [
        column
        for column in table.columns
        if (code := headers.code_of(column.parts[-1])) and code.prefix in ("u", "unsur")
    ]
    return sum(any(map(options.looks_like_answer, table.counts(column.position))) for column in codes) > 2


def _lists_elements(said: Counter[str]) -> bool:
    """Whether a column names most elements, by their words or once each by their codes (U1, U2 …)."""
    told = {found.target for cell in said if (found := headers.meaning_of(cell)).role == headers.ELEMENT}
    coded = {code for cell in said if (code := headers.code_of(cell)) and code.prefix in ("u", "unsur")}
    return len(told) > 4 or (len(coded) > 4 and set(said.values()) == {1})
