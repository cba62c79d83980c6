"""Rows that are no answers: titles of pages, totals and notes below the table, tests, examples, double submissions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from mutu.errors import N_
from mutu.locale import _, integer
from mutu.responses import headers, privacy
from mutu.responses.columns import Assigned
from mutu.responses.grid import data, text, words
from mutu.responses.headers import DATE, ID, PERSONAL, PROFILE
from mutu.responses.summaries import Lines, numbers_of
from mutu.responses.survey import Rejected
from mutu.responses.table import Table, enumerates

_SECONDS = re.compile(r"\d{1,2}[:.]\d\d[:.](\d\d)")
_MINUTES = re.compile(r"\d{1,2}[:.]\d\d")
_UUID = r"(?:uuid:)?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_MARK_LENGTH = 40
_FEW_KINDS = 5  # averages are nearly all different
_FEW_TESTS, _SHARE_TESTS = 2, 0.05
_PASTED = 0.8  # of the numbered rows are a row or its copy, so that the file holds its rows twice
_FEW_ROWS = 5
EXPLAINS = N_("explains the numbers of the questionnaire")
NUMBERED = N_("holds only a number, no answers")
NUMBERED_TO = N_("rows {first} to {last} hold only a number, no answers")
HEADER_AGAIN = N_("repeats the header")
ENUMERATION = N_("only numbers the columns")
BELOW = N_("stands below the answers (a total, an average or a note)")
TOTAL_ROW = N_("is a total, average, limit or target, no respondent")
LABELLED = N_("has a label where the other rows have their number")
TEST_ROW = N_("is marked as a test or example")
NO_ANSWERS = N_("answers none of the questions")
TWICE = N_("is the same submission as row {row}: same id or time stamp, same answers")


def left_out(
    table: Table, assigned: Sequence[Assigned], hints: list[str]
) -> tuple[dict[int, tuple[str, str]], set[int]]:
    """Rows that are no submissions, before any answer is looked at.

    Returns
    -------
    index in the body -> (reason, value to show), and the indices of rows that need no line of their own: blank ones,
    and all but the first of those side by side that hold only their number
    """
    size = len(table.body)
    lines = Lines.of(table, assigned)
    blank = {index for index in range(size) if not any(text(cell) for cell in table.body[index])}
    out: dict[int, tuple[str, str]] = {}
    prepared = lines.only_numbered()
    for first, last in _ranges(prepared, blank):
        out[first] = _prepared(table, first, last, hints)
    blank |= set(prepared) - set(out)
    for index in _repeats(table):
        out[index] = (_(HEADER_AGAIN), "")
    if size and enumerates([text(cell) for cell in table.body[0]]):
        out[0] = (_(ENUMERATION), "")
    out |= {index: (_(EXPLAINS), "") for index in range(size) if index not in out and lines.explains(index)}
    for index in lines.apart(blank | set(prepared)):
        out.setdefault(index, (_(BELOW), lines.labels.get(index, "")))
    for index in lines.footer(blank | set(out)):
        out[index] = (_(BELOW), lines.labels.get(index, ""))
    for index, label in lines.labels.items():
        if index not in out and lines.is_odd(index):
            out[index] = (_(LABELLED), label)
        elif index not in out and (lines.is_summary(index) or not lines.is_plain(index)):
            out[index] = (_(TOTAL_ROW), label)
    for index, said in _tests(table, assigned, hints).items():
        out.setdefault(index, (_(TEST_ROW), said))
    return {index: entry for index, entry in out.items() if index not in blank}, blank


def _ranges(indices: Sequence[int], between: set[int]) -> Iterable[tuple[int, int]]:
    """First and last of the rows that follow one another, with nothing but blank rows between."""
    first = last = None
    for index in indices:
        if last is None or any(other not in between for other in range(last + 1, index)):
            if first is not None and last is not None:
                yield first, last
            first = index
        last = index
    if first is not None and last is not None:
        yield first, last


def _prepared(table: Table, first: int, last: int, hints: list[str]) -> tuple[str, str]:
    rows = table.row_number(first), table.row_number(last)
    if first == last:
        return _(NUMBERED), ""
    said = _(NUMBERED_TO).format(first=rows[0], last=rows[1])
    hints.append(
        _("Rows {first} to {last} hold only a number and no answers; they are left out.").format(
            first=rows[0], last=rows[1]
        )
    )
    return said, f"{rows[0]}–{rows[1]}"


def twice(
    table: Table, assigned: Sequence[Assigned], answers: pd.DataFrame, sheet: str, hints: list[str]
) -> list[Rejected]:
    """Rows that were submitted twice; the same id with other answers counts and becomes a hint."""
    found: dict[int, int] = {}
    for values in _keys(table, assigned, answers.index):
        known = values[values != ""]
        rows = answers.loc[known.index].astype("float64").fillna(-1).assign(_key=known)
        first = rows.groupby(list(rows.columns), sort=False).ngroup()
        firsts = pd.Series(first.index, index=first.index).groupby(first).transform("first")
        found |= {row: firsts[row] for row in first.index if firsts[row] != row and row not in found}
    _say_same_id(table, assigned, answers.index.difference(list(found)), hints)
    return [Rejected(sheet, row, None, "", _(TWICE).format(row=first)) for row, first in sorted(found.items())]


def held_twice(table: Table, assigned: Sequence[Assigned], answers: pd.DataFrame) -> list[str]:
    """A sentence where nearly all running numbers come twice with the same answers, as in a file pasted twice."""
    for entry in assigned:
        if entry.role != ID or entry.target != "nomor":
            continue
        said = table.series(entry.column.position, answers.index)
        numbered = answers.loc[said != ""].astype("float64").fillna(-1).assign(_number=said[said != ""])
        again = numbered.duplicated(keep="first")
        if len(numbered) > _FEW_ROWS and 2 * again.sum() >= _PASTED * len(numbered):
            return [
                _(
                    "The file seems to hold its rows twice: {count} rows have the running number and the answers of a "
                    "row above, the first is row {row}. All of them count; if they are copies, delete them in the "
                    "file and read it again."
                ).format(count=integer(int(again.sum())), row=numbered.index[again][0])
            ]
    return []


def looks_like_offices(table: Table, assigned: Sequence[Assigned], skipped: set[int]) -> bool:
    """Whether rows are offices with averages or sums, not respondents."""
    elements = [entry.column.position for entry in assigned if entry.is_element]
    kept = [index for index in range(len(table.body)) if index not in skipped]
    numbers = numbers_of(table, elements)[kept]
    known = numbers[~np.isnan(numbers)]
    if known.size < 3 or (known.size > 50 and len(np.unique(known)) <= _FEW_KINDS):
        return False
    broken = float(np.mean(known != np.round(known)))
    if broken > 0.5:
        return True
    named = any(
        headers.names_offices(column.name) or headers.counts_respondents(column.name) for column in table.columns
    )
    counted = any(headers.counts_respondents(column.name) for column in table.columns)
    return bool((named and np.mean(known > 10) > 0.5) or (counted and broken > 0.1))


def _repeats(table: Table) -> list[int]:
    """Rows that say the header again, as on every printed page."""
    shown = [(column.position, column.parts[-1]) for column in table.columns if column.parts[-1]]
    first = max(shown, key=lambda entry: len(entry[1]), default=None)
    if first is None:
        return []
    same = [index for index, said in enumerate(table.texts(first[0])) if said == first[1]]
    return [
        index
        for index in same
        if sum(table.texts(position)[index] == said for position, said in shown) > len(shown) / 2
    ]


def _tests(table: Table, assigned: Sequence[Assigned], hints: list[str]) -> dict[int, str]:
    """Rows marked as a test or example, with the word that says so (masked in columns of personal data)."""
    found: dict[int, str] = {}
    for entry in assigned:
        header, counts = entry.column.parts[-1], table.counts(entry.column.position)
        anywhere = not header or headers.takes_marks(header) or entry.role in (ID, PERSONAL)
        marked = {said for said in counts if _marks_test(said, anywhere)}
        if entry.role == PROFILE and marked:
            usual = {said for said in marked if counts[said] > max(_FEW_TESTS, _SHARE_TESTS * counts.total())}
            hints += [_say_usual(said, counts[said], entry) for said in sorted(usual)]
            marked -= usual
        shown = {said: privacy.MASK if entry.role == PERSONAL else privacy.mask(said) for said in marked}
        for index, said in enumerate(table.texts(entry.column.position)) if marked else ():
            if said in marked:
                found.setdefault(index, shown[said])
    return found


def _say_usual(said: str, count: int, entry: Assigned) -> str:
    """So many rows are no trial: «Tes» may be the name of a service."""
    return _(
        "«{said}» stands in {count} rows of column «{column}» and was taken as an answer, not as a mark of test rows; "
        "if they are tests, delete them in the file."
    ).format(said=privacy.mask(said), count=integer(count), column=privacy.hide(entry.column.name))


def _marks_test(said: str, anywhere: bool) -> bool:
    """Whether a cell says that its row is a test: the whole of it, or anywhere in a short name, number or note."""
    if len(said) > _MARK_LENGTH or "@" in said or not any(character.isalpha() for character in said):
        return False
    known, taken = data("profiles"), words(said)
    if taken.strip() in known["test_sentences"]:
        return True
    return anywhere and any(f" {mark} " in taken for mark in known["test_words"])


def _keys(table: Table, assigned: Sequence[Assigned], rows: pd.Index) -> Iterable[pd.Series]:
    """Ids, and time stamps exact to the second, of the rows that count.

    A row to which the form gave a uuid has no other key: a telephone that was offline sends all it collected in one
    second, and people who are content often answer alike.
    """
    ids = [table.series(entry.column.position, rows) for entry in _ids(assigned)]
    yield from ids
    own = pd.Series(data=False, index=rows)
    for said in ids:
        own |= said.str.fullmatch(_UUID)
    for entry in assigned:
        if entry.role == DATE and entry.target == "waktu":
            stamps = table.series(entry.column.position, rows)
            if _to_the_second(stamps):
                yield stamps.mask(own, "")
            else:
                yield _persons(table, assigned, rows, stamps.where(stamps.str.contains(_MINUTES), "")).mask(own, "")


def _persons(table: Table, assigned: Sequence[Assigned], rows: pd.Index, stamps: pd.Series) -> pd.Series:
    """Time stamps of a clock without seconds together with who answered; nothing where the file does not say who."""
    told = [entry.column.position for entry in assigned if entry.role in (PERSONAL, PROFILE)]
    named = [entry.column.position for entry in assigned if entry.role == PERSONAL]
    key, known = stamps.copy(), pd.Series(data=False, index=rows)
    for position in told:
        said = table.series(position, rows)
        key += "\n" + said
        if position in named:
            known |= said != ""
    return key.where(known & (stamps != ""), "")


def _ids(assigned: Sequence[Assigned]) -> list[Assigned]:
    return [entry for entry in assigned if entry.role == ID and entry.target == "id"]


def _to_the_second(stamps: pd.Series) -> bool:
    """Whether time stamps carry seconds: 10:05:00 in every row is a clock that only knows minutes."""
    seconds = stamps.str.extract(_SECONDS, expand=False).dropna()
    return bool((seconds != "00").any())


def _say_same_id(table: Table, assigned: Sequence[Assigned], rows: pd.Index, hints: list[str]) -> None:
    for entry in _ids(assigned):
        said = table.series(entry.column.position, rows)
        again = said[(said != "") & said.duplicated(keep=False)]
        if len(again):
            hints.append(
                _("The same id appears in several rows with different answers; all of them count: rows {rows}.").format(
                    rows=", ".join(map(str, again.index[:10])) + (" …" if len(again) > 10 else "")
                )
            )
