"""The respondents' profile: tidy groups out of what people wrote."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

from mutu.errors import N_
from mutu.locale import _
from mutu.responses import privacy
from mutu.responses.asking import FACT
from mutu.responses.grid import data, words
from mutu.responses.headers import DATE, PROFILE
from mutu.responses.roles import OTHER, UNREAD, Assigned
from mutu.responses.survey import Rejected, profile_name
from mutu.responses.table import Table

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_AGE = re.compile(r"(\d+)(?:[.,]0+)?\s*(?:tahun|thn|th|years?)?", re.IGNORECASE)
_OTHERS = (OTHER, FACT, UNREAD)  # what may divide the respondents, whatever it is
UNKNOWN = N_("unknown")
IMPOSSIBLE = N_("not a possible age; counted as «{unknown}»")


def build(
    table: Table, assigned: Sequence[Assigned], rows: pd.Index, sheet: str
) -> tuple[pd.DataFrame, list[Rejected]]:
    """The profile of the rows that count, and the cells that could not be used.

    Returns
    -------
    a frame with the known parts by name ("usia") and every further column with few values by its header; rejected cells
    """
    columns: dict[str, pd.Series] = {}
    rejected: list[Rejected] = []
    for entry in assigned:
        if entry.role not in (PROFILE, DATE, *_OTHERS):
            continue
        said = table.by_row(_unmerged(table, entry.column.position), rows)
        name = _name(entry, columns)
        if entry.role in _OTHERS and not _groups(said):
            continue
        if entry.target == "usia":
            rejected += _impossible(said, entry, sheet)
        columns[name] = _tidy(said, entry)
    return pd.DataFrame(columns, index=rows), rejected


def _unmerged(table: Table, position: int) -> list[str]:
    """A column's cells, a cell merged over several rows said in each of them."""
    said = list(table.texts(position))
    for (top, left), (bottom, right) in table.grid.merged or ():
        if left <= position <= right and left == right and top >= table.first_row:
            said[top - table.first_row : bottom + 1 - table.first_row] = [said[top - table.first_row]] * (
                bottom + 1 - top
            )
    return said


def _name(entry: Assigned, columns: dict[str, pd.Series]) -> str:
    known = profile_name(entry.target) if entry.role in (PROFILE, DATE) else ""
    return known if known and known not in columns else entry.column.name


def _groups(said: pd.Series) -> bool:
    """Whether a column without a meaning of its own has few enough values to divide the respondents."""
    kinds = said[said != ""].nunique()
    return bool(1 < kinds <= data("limits")["group_values"] and 2 * kinds <= (said != "").sum())


def _tidy(said: pd.Series, entry: Assigned) -> pd.Series:
    if entry.role == DATE:
        return _dates(said)
    counts = Counter(value for value in said if value)
    if entry.target == "usia":
        tidy = {value: _age_group(value) for value in counts}
    else:
        tidy = _spellings(counts, data("profiles").get(entry.target, {}))
    return said.map(lambda value: tidy.get(value)).astype(object)


def _spellings(counts: Counter[str], known: dict[str, list[str]]) -> dict[str, str]:
    """Text -> its group: the known one, else the commonest spelling of the same words; personal numbers masked."""
    groups = {spelling: group for group, spellings in known.items() for spelling in (words(group).strip(), *spellings)}
    commonest: dict[str, str] = {}
    for said, _count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0].islower() or entry[0].isupper())):
        commonest.setdefault(words(said), said)
    return {said: groups.get(words(said).strip(), privacy.mask(commonest[words(said)])) for said in counts}


def _age_group(said: str) -> str:
    """A number of years as its band; a band of the file as it stands."""
    found = _AGE.fullmatch(said)
    if not found:
        return re.sub(r"\s*[-–]\s*", "–", said)
    if not _possible(said):
        return _(UNKNOWN)
    age, ends = int(found[1]), data("limits")["age_bands"]
    low = next((end + 1 for end in reversed(ends) if age > end), None)
    high = next((end for end in ends if age <= end), None)
    if low is None:
        return f"≤ {high}"
    return f"≥ {low}" if high is None else f"{low}–{high}"


def _possible(said: str) -> bool:
    found = _AGE.fullmatch(said)
    youngest, oldest = data("limits")["ages"]
    return not found or (len(found[1]) < 4 and youngest <= int(found[1]) <= oldest)


def _impossible(said: pd.Series, entry: Assigned, sheet: str) -> list[Rejected]:
    reason = _(IMPOSSIBLE).format(unknown=_(UNKNOWN))
    return [
        Rejected(sheet, row, privacy.hide(entry.column.name), privacy.mask(value), reason)
        for row, value in zip(said.index.tolist(), said, strict=True)
        if value and not _possible(value)
    ]


def _dates(said: pd.Series) -> pd.Series:
    """Days as 2026-11-24 where the order of day and month is certain, else what was written, which still groups."""
    last_first = [found.groups() for value in said.unique() if (found := _YEAR_LAST.match(value))]
    first_high = any(int(first) > 12 for first, _second, _year in last_first)
    second_high = any(int(second) > 12 for _first, second, _year in last_first)
    order = None if first_high == second_high else ("day" if first_high else "month")
    known = {value: _day(value, order) or value or None for value in said.unique()}
    return said.map(lambda value: known[value]).astype(object)


def _day(said: str, order: str | None) -> str | None:
    if found := _YEAR_FIRST.match(said):
        year, month, day = map(int, found.groups())
    elif order and (found := _YEAR_LAST.match(said)):
        first, second, year = map(int, found.groups())
        day, month = (first, second) if order == "day" else (second, first)
    else:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
