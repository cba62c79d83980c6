"""Whether a published table agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from mutu.locale import _, integer, number
from mutu.locale.numbers import half_up
from mutu.measure.audit.causes import weights
from mutu.measure.audit.printed import Printed
from mutu.measure.audit.table import Row, Table
from mutu.regulations import Skm


@dataclass(frozen=True)
class Finding:
    """Something in a table that does not fit.

    Attributes
    ----------
    kind : "grade", "elements", "sum_of_answers", "weight", "weighted", "total" or "index"
    element : the element it is about; nothing for the table as a whole
    text : what does not fit, as a sentence

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import audit
    >>> table = pl.DataFrame({"unsur": ["U1", "U2"], "nrr": ["3,20", "3,41"], "weighted": ["1,60", "1,81"]})
    >>> [(each.kind, each.element) for each in audit.explain(table, "82,63").findings]
    [('weighted', 'U2')]
    """

    kind: str
    element: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """The finding for JSON."""
        return {"kind": self.kind, "element": self.element or None, "text": self.text}


def findings(table: Table, rule: Skm) -> tuple[Finding, ...]:
    """What does not fit in a table."""
    return (
        *_elements(table, rule),
        *_shares(table, rule),
        *_sums(table),
        *_weighted(table, rule),
        *_total(table),
        *_index(table, rule),
    )


def _elements(table: Table, rule: Skm) -> Iterator[Finding]:
    """Elements that are none of the regulation's, and those of it that are missing beside them."""
    if not table.own:
        return
    there = {row.kode for row in table.rows}
    said = _("By their names, these are none of the {nine} elements of {regulation}: {own}.").format(
        nine=len(rule.unsur), regulation=rule.short, own=", ".join(f"«{row.name}»" for row in table.own)
    )
    missing = [f"{unsur.kode} {unsur.short}" for unsur in rule.unsur if unsur.kode not in there]
    if missing:
        said += " " + _("Not in the table: {missing}.").format(missing=", ".join(missing))
    yield Finding("elements", "", said)


def _shares(table: Table, rule: Skm) -> Iterator[Finding]:
    if table.shares:
        said = _("The table weights its elements differently; by {regulation} each has the weight 1/{count}.")
        yield Finding("weight", "", said.format(regulation=rule.short, count=len(table.asked)))


def _sums(table: Table) -> Iterator[Finding]:
    """NRRs that no whole answers of n respondents can have; one is named, and how many there are."""
    unit = 10**table.digits
    wrong = [row for row in table.asked if row.nrr and row.n and row.n < unit and not _is_mean(row, unit)]
    if not wrong:
        return
    first = wrong[0]
    said = _(
        "The NRRs of {count} elements cannot come from whole answers, for instance {nrr} for {element} from {n} "
        "respondents; check the number of respondents, or whether several questions form an element."
    ).format(count=integer(len(wrong)), nrr=first.nrr, element=first.name, n=integer(first.n))
    yield Finding("sum_of_answers", first.name, said)


def _is_mean(row: Row, unit: int) -> bool:
    """Whether a whole sum ÷ n rounds to the NRR printed."""
    assert row.nrr is not None  # noqa: S101  what the caller asked
    assert row.n  # noqa: S101
    total = round(row.nrr.exact * row.n)
    return abs(Fraction(total, row.n) - row.nrr.exact) <= Fraction(1, 2 * unit)


def _weighted(table: Table, rule: Skm) -> Iterator[Finding]:
    rows = [row for row in table.asked if row.weighted is not None]
    right = Fraction(1, len(table.asked))
    if not rows:
        return
    digits = max(row.weighted.digits for row in rows if row.weighted)
    wrong = [row for row in rows if not _fits(row, right, digits, table)]
    if shares := table.shares:
        by_name = dict(zip((row.name for row in table.asked), shares, strict=True))
        wrong = [row for row in wrong if not _fits(row, by_name[row.name], digits, table)]
    if not wrong:
        return
    yield from _stated(table, rule, rows, digits) or _singly(wrong, right, digits, len(table.asked))


def _fits(row: Row, weight: Fraction, digits: int, table: Table) -> bool:
    assert row.nrr is not None  # noqa: S101  what `asked` says
    assert row.weighted is not None  # noqa: S101
    nrr = row.nrr.exact
    slack = weight * Printed(Decimal(0), table.digits).half
    return Printed(row.weighted.value, digits).shows(nrr * weight, slack)


def _stated(table: Table, rule: Skm, rows: list[Row], digits: int) -> list[Finding]:
    """The one weight that explains the whole column, and what the table says it is."""
    conventions = {entry.code: entry.weight for entry in rule.weights if entry.weight is not None}
    count = len(table.asked)
    known = list(weights(count, conventions, len(rule.unsur)))
    used = [cause for cause in known if all(_fits(row, cause.value, digits, table) for row in rows)]
    if not used:
        return []
    names = _(" or ").join(dict.fromkeys(str(cause.fields["weight"]).replace(".", _decimal_mark()) for cause in used))
    said = _("The weighted NRRs are computed with the weight {weight}, not with 1/{count}.").format(
        weight=names, count=count
    )
    stated = {row.weight.exact for row in rows if row.weight}
    if stated and not stated & {cause.value for cause in used}:
        said += " " + _("The table itself states {stated}.").format(
            stated=next(row.weight for row in rows if row.weight)
        )
    return [Finding("weight", "", said)]


def _decimal_mark() -> str:
    return number(Decimal("0.1"), 1)[1]


def _singly(wrong: list[Row], weight: Fraction, digits: int, count: int) -> list[Finding]:
    return [
        Finding(
            "weighted",
            row.name,
            _("For {element}, {nrr} × 1/{count} is {due}, but the table says {weighted}.").format(
                element=row.name, nrr=row.nrr, count=count,
                due=number(half_up(row.nrr.exact * weight, digits), digits), weighted=row.weighted,
            ),
        )
        for row in wrong
        if row.nrr
    ]  # fmt: skip


def total_of(table: Table) -> Printed | None:
    """The sum of the printed weighted NRRs; None where one is missing."""
    cells = [row.weighted for row in table.asked]
    if not cells or any(cell is None for cell in cells):
        return None
    known = [cell for cell in cells if cell is not None]
    return Printed(sum((cell.value for cell in known), Decimal(0)), max(cell.digits for cell in known))


def _total(table: Table) -> Iterator[Finding]:
    found = total_of(table)
    if found is None or table.total is None:
        return
    # each printed cell may be half a unit off what was summed
    if abs(found.exact - table.total.exact) > len(table.asked) * found.half + table.total.half:
        said = _("The weighted NRRs add up to {sum}, but the table says {total}.").format(sum=found, total=table.total)
        yield Finding("total", "", said)


def _index(table: Table, rule: Skm) -> Iterator[Finding]:
    if table.index is None or table.total is None:
        return
    points = rule.multiplier
    if not table.index.shows(table.total.exact * points, table.total.half * points):
        said = _("{total} × {points} is {due}, but the index of the table is {index}.").format(
            total=table.total, points=points, due=number(table.total.exact * points), index=table.index
        )
        yield Finding("index", "", said)
