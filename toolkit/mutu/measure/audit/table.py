"""A published table of results: elements with their NRR, and what stands beside and below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mutu.errors import N_, AnswerError, InputError, SettingError
from mutu.locale import number
from mutu.measure import frames
from mutu.measure.audit.printed import Printed, printed

COLUMNS = ("unsur", "nrr", "n", "weighted", "weight")
_NO_MEAN = 10  # above the answers of any scale that is met
_UNLIKELY = 0.01  # chance that invented NRRs would all be means of whole answers, below which they are taken as such


@dataclass(frozen=True)
class Row:
    """One element of a published table.

    Attributes
    ----------
    name : the element as the table calls it
    nrr : its mean; None, or 0, where it was not asked
    n : respondents who answered it, if the table says so
    weighted : NRR × weight as printed
    weight : the weight as printed
    kode : the element of the regulation that the name tells, such as "U3"; nothing where it tells none

    Examples
    --------
    >>> row = Row("U1", printed("3,20"), n=40)
    >>> row.nrr.value, row.nrr.digits
    (Decimal('3.20'), 2)
    """

    name: str
    nrr: Printed | None
    n: int | None = None
    weighted: Printed | None = None
    weight: Printed | None = None
    kode: str = ""


@dataclass(frozen=True)
class Table:
    """A published table.

    Attributes
    ----------
    rows : the elements
    index : the index printed with it
    total : the sum of the weighted NRRs printed with it
    grade : the grade printed with it, as a letter or in words

    Examples
    --------
    >>> from mutu.measure import audit
    >>> rows = (Row("U1", printed("3,20")), Row("U2", printed("3,40")))
    >>> audit.explain(Table(rows, index=printed("82,50"))).status
    'agrees'
    """

    rows: tuple[Row, ...]
    index: Printed | None = None
    total: Printed | None = None
    grade: str | None = None

    @property
    def asked(self) -> tuple[Row, ...]:
        """The elements with an NRR."""
        return tuple(row for row in self.rows if row.nrr is not None and row.nrr.value)

    @property
    def digits(self) -> int:
        """Decimals of the NRRs: the most that any of them shows, as spreadsheets drop zeros at the end."""
        return max(row.nrr.digits for row in self.asked if row.nrr)

    @property
    def half(self) -> Fraction:
        """What rounding can have changed in an NRR; nothing where the sums of answers are known."""
        return Fraction(0) if self.sums else Printed(self.asked[0].nrr.value, self.digits).half  # type: ignore[union-attr]

    @property
    def sums(self) -> tuple[int, ...]:
        """The sums of whole answers behind the NRRs, where they follow from n; else nothing.

        An NRR of n answers is a whole sum ÷ n. It is taken for one only where each element has one such sum, and
        where numbers that are no such means would hardly all have one (the GRIM test of Brown & Heathers 2017).
        """
        unit = 10**self.digits
        found = []
        chance = 1.0
        for row in self.asked:
            if not row.n or row.n >= unit or row.nrr is None:
                return ()
            total = round(row.nrr.exact * row.n)
            if abs(Fraction(total, row.n) - row.nrr.exact) > Fraction(1, 2 * unit):
                return ()
            found.append(total)
            chance *= row.n / unit
        return tuple(found) if chance < _UNLIKELY else ()

    @property
    def means(self) -> tuple[Fraction, ...]:
        """The NRRs of the elements asked, exact where n tells the sums of answers."""
        if self.sums:
            return tuple(Fraction(total, row.n or 1) for total, row in zip(self.sums, self.asked, strict=True))
        return tuple(row.nrr.exact for row in self.asked if row.nrr)

    @property
    def own(self) -> tuple[Row, ...]:
        """Elements asked that are none of the regulation's, where most names tell which element they are."""
        own = tuple(row for row in self.asked if not row.kode)
        return own if 2 * len(own) < len(self.asked) else ()

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """The weights printed, where they differ and sum to 1 (or to 100 %); else nothing."""
        cells = [row.weight for row in self.asked]
        known = [cell for cell in cells if cell is not None]
        total = sum((cell.exact for cell in known), Fraction(0))
        whole = 100 if total > 2 else 1
        exact = abs(total - whole) <= sum(cell.half for cell in known)
        if len(known) < len(cells) or len({cell.value for cell in known}) < 2 or not exact:
            return ()
        return tuple(cell.exact / whole for cell in known)

    @property
    def answered(self) -> tuple[int, ...]:
        """Respondents of each element asked; nothing where the table does not say."""
        return tuple(row.n for row in self.asked if row.n) if all(row.n for row in self.asked) else ()


def checked(table: Table, scale: tuple[int, int]) -> Table:
    """The table itself.

    Raises
    ------
    InputError : fewer than two elements have an NRR, one lies outside the scale, or a name stands twice
    """
    names = [row.name.casefold() for row in table.rows if row.name]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(N_("The element «{name}» stands twice in the table. Leave one of them out."), name=twice)
    if len(table.asked) < 2:
        raise InputError(
            N_("The table has an NRR for {count} elements. An audit needs at least two; fill in the column nrr."),
            count=len(table.asked),
        )
    least = min((row.nrr for row in table.asked if row.nrr), key=float)
    if least.value > _NO_MEAN:
        raise InputError(
            N_("The least NRR of the table is {least}: these are indices of the elements. Divide them by 25."),
            least=least,
        )
    return _inside(table, *scale)


def _inside(table: Table, low: int, high: int) -> Table:
    outside = [(row.name, row.nrr) for row in table.asked if row.nrr and not low <= row.nrr.value <= high]
    if outside:
        name, nrr = outside[0]
        raise InputError(
            N_(
                "The NRR of {element} is {nrr}, outside {low} to {high}, so no index follows from the table "
                "({count} such elements). Correct it; if the survey used another scale, name it, for instance 1-5."
            ),
                element=name, nrr=number(nrr.value, min(nrr.digits, 4)), low=low, high=high, count=len(outside),
        )  # fmt: skip
    return table


def is_table(columns: Sequence[str]) -> bool:
    """Whether the columns of a frame are those of a published table, and not of answers."""
    return "nrr" in columns


def from_frame(frame: Any) -> Table:
    """A table from a frame with the columns unsur, nrr and, if it has them, n, weighted, weight.

    Raises
    ------
    InputError : a column is not known, or too little to audit
    AnswerError : a cell is no number; names column and row
    """
    cells = frames.table(frame)
    for name in cells:
        if name not in COLUMNS:
            raise InputError(
                N_("The column «{column}» is not known in a table of results; the columns are {known}."),
                column=name,
                known=", ".join(COLUMNS),
            )
    rows = []
    for place in range(len(cells["nrr"])):
        here = {name: column[place] for name, column in cells.items()}
        numbers = {name: _number(here.get(name), name, place + 1) for name in COLUMNS[1:]}
        n = numbers["n"]
        label = str(here.get("unsur") or f"U{place + 1}")
        rows.append(
            Row(label, numbers["nrr"], None if n is None else int(n.value), numbers["weighted"], numbers["weight"])
        )
    return Table(tuple(rows))


def _number(cell: Any, column: str, row: int) -> Printed | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    try:
        found = printed(cell)
    except (SettingError, ArithmeticError):
        found = None
    if found is None or found.value < 0 or (column == "n" and found.digits):
        raise AnswerError(
            N_("The column {column} holds «{value}» in row {row}, which cannot stand there. Correct or empty it."),
            column=column,
            value=str(cell)[:60],
            row=row,
        )
    return found
