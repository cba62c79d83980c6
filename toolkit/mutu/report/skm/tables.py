"""The tables of the report of a survey."""

from __future__ import annotations

from collections.abc import Sequence

from mutu.locale import _, integer, number, percent, signed
from mutu.measure.result import Interval
from mutu.measure.skm import GroupResult, UnsurResult
from mutu.report.document import FILL, Table
from mutu.report.skm.facts import Facts, add_up, limits, measured
from mutu.responses import read_as

MOST_ROWS = 2000
"""Rejected cells printed in the report, some fifty pages; the recap holds all of them."""


def fill(text: str) -> str:
    """A text marked as left for the office."""
    return f"{FILL} {text}"


def not_yet() -> str:
    """What stands beside a grade that rests on too few people."""
    return _("not yet fit to be published")


def headline(facts: Facts) -> Table:
    """The result at a glance."""
    result = facts.result
    rows = [
        (_("Index (IKM)"), number(result.rounded)),
        (_("Grade"), f"{result.mutu} ({result.kinerja})" + (f": {not_yet()}" if facts.too_few else "")),
        (_("95% interval"), limits(result.interval)),
        (_("Respondents (n)"), integer(result.n)),
    ]
    if facts.not_asked:
        asked = _("{asked} of {all}").format(asked=len(result.unsur), all=len(result.regulation.unsur))
        rows.append((_("Elements asked"), asked))
    if facts.population:
        rows.append((_("People served"), integer(facts.population)))
    return Table(_("The result at a glance"), (_("What"), _("Value")), tuple(rows), "ll", (2, 3))


def elements(facts: Facts) -> Table:
    """Value of each element; adds up to the index below, with the digits as printed.

    The last column, the grade, is left out where too few people answered.
    """
    result = facts.result
    total = add_up(result)
    rows = [
        (
            unsur.kode,
            unsur.nama,
            integer(unsur.n),
            number(unsur.nrr, 3),
            number(weighted, total.digits),
            number(unsur.indeks),
            limits(unsur.interval),
            unsur.mutu,
        )
        for unsur, weighted in zip(result.unsur, total.rows, strict=True)
    ]
    if total.gap:
        rows.append(("", _("Rounding"), "", "", signed(total.gap, total.digits), "", "", ""))
    rows.append(("", _("Sum of weighted NRR"), "", "", number(total.total, total.digits), "", "", ""))
    index = _("IKM (sum × {points})").format(points=result.regulation.multiplier)
    last = (number(result.rounded), limits(result.interval), result.mutu)
    rows.append(("", index, integer(result.n), "", "", *last))
    header = (
        _("Code"),
        _("Element"),
        "n",
        "NRR",
        _("Weighted NRR"),
        _("Index (25–100)"),
        _("95% interval"),
        _("Grade"),
    )
    note = _("NRR: mean of the answers, 1 to 4. Weight of each element: {weight}.").format(weight=weight(facts))
    shown = len(header) - facts.too_few
    return Table(
        _("Value of each element"),
        header[:shown],
        tuple(row[:shown] for row in rows),
        "llrrrrrc"[:shown],
        (1.05, 4.4, 1, 1.25, 1.9, 1.65, 2.35, 1.15)[:shown],
        3 if total.gap else 2,
        note,
    )


def weight(facts: Facts) -> str:
    """The weight convention with its value."""
    result = facts.result
    if result.convention.weight is None:
        return f"1/{len(result.unsur)} ({result.convention.name})"
    return str(result.convention.name)


def _answers_note(facts: Facts, shown: int) -> str:
    low, high = facts.result.scale
    said = _("Number of respondents who gave the answer; {low} is the worst, {high} the best.").format(
        low=integer(low), high=integer(high)
    )
    if shown == len(facts.result.unsur):
        return said
    return said + " " + _("Elements asked in several questions are not in this table.")


def answers(facts: Facts) -> Table | None:
    """How often each answer was given, for elements of one question; None on long scales."""
    low, high = facts.result.scale
    parts = [unsur for unsur in facts.result.unsur if len(unsur.counts) == high - low + 1]
    if not parts or high - low > 6:
        return None
    points = tuple(integer(point) for point in range(low, high + 1))
    return Table(
        _("How often each answer was given"),
        (_("Code"), _("Element"), *points, _("Empty or not counted")),
        tuple((u.kode, u.nama, *(integer(count) for count in u.counts), integer(u.missing)) for u in parts),
        "ll" + "r" * (len(points) + 1),
        (1, 5, *(1.0 for _point in points), 1.8),
        note=_answers_note(facts, len(parts)),
    )


def respondents(facts: Facts) -> Table | None:
    """Who answered; None when the file does not say."""
    rows = [
        (name if index == 0 else "", category, integer(count), percent(count / facts.result.n))
        for name, counts in facts.profile
        for index, (category, count) in enumerate(counts)
    ]
    if not rows:
        return None
    header = (_("Characteristic"), _("Category"), _("Respondents"), _("Share"))
    return Table(_("Profile of the respondents"), header, tuple(rows), "llrr", (3, 4, 1.6, 1.4))


def groups(facts: Facts) -> Table | None:
    """The index by group; a group that is withheld is named without a value."""
    firsts = {group.column: group for group in reversed(facts.result.groups)}
    rows = tuple(
        (
            _characteristic(facts, group.column) if firsts[group.column] is group else "",
            group.value,
            group_n(group),
            number(group.ikm),
            limits(group.interval),
            number(None) if group.mutu is None or facts.too_few else group.mutu,
        )
        for group in facts.result.groups
    )
    if not rows:
        return None
    header = (_("Grouped by"), _("Group"), "n", _("Index"), _("95% interval"), _("Grade"))
    return Table(
        _("Index by group"), header, rows, "llrrrc", (3.4, 3.2, 0.9, 1.2, 2.2, 1), note=withheld(facts.result.groups)
    )


def group_n(group: GroupResult) -> str:
    """Respondents of a group as they may be shown."""
    if group.n < group.least:
        return f"< {integer(group.least)}"
    return number(None) if group.suppressed else integer(group.n)


def withheld(groups: Sequence[GroupResult]) -> str:
    """Why groups have no value."""
    least = groups[0].least
    said = _("Groups of fewer than {least} respondents are not shown, so that nobody can be recognised.")
    if any(group.suppressed and group.n >= least for group in groups):
        said += " " + _("Where such a group could be found by subtraction, the next smallest is not shown either.")
    return said.format(least=integer(least))


def neighbours(facts: Facts) -> Table | None:
    """Elements beside each other in rank: their difference and whether it can be told from chance."""
    rows = tuple(_pair(facts, low, high) for low, high in zip(facts.ranked, facts.ranked[1:], strict=False))
    if not rows:
        return None
    return Table(
        _("Elements next to each other in rank"),
        (_("Lower"), _("Higher"), _("Conclusion"), _("Difference"), _("95% interval")),
        rows,
        "lllrr",
        (2.9, 2.9, 3, 1.1, 3),
        note=_("Difference in points of the index (25–100), within the same respondents."),
    )


def _pair(facts: Facts, low: UnsurResult, high: UnsurResult) -> tuple[str, ...]:
    found = facts.result.difference(high.kode, low.kode)
    said = _("different") if facts.apart(high, low) else _("cannot be told apart")
    return (low.nama, high.nama, said, number(high.indeks - low.indeks), _words_for(found))


def _words_for(found: Interval | None) -> str:
    """An interval that may lie below zero, where a dash between the limits would mislead."""
    if found is None:
        return number(None)
    low, high = found.low, found.high
    return _("{low} to {high}").format(low=number(low), high=number(high))


def plan(facts: Facts) -> Table:
    """The follow-up plan: its elements and what speaks for them; what the office does not say is left to fill in."""
    asked = {unsur.kode: unsur for unsur in facts.result.unsur}
    rows = []
    for place, (kode, step) in enumerate(facts.follow_up.items(), 1):
        rows.append(
            (
                integer(place),
                facts.name(kode),
                evidence(facts, asked[kode]) if kode in asked else _("no answers in this survey"),
                step.program or fill(_("programme or activity")),
                step.time or fill(_("quarter")),
                step.person or fill(_("name, position")),
            )
        )
    return Table(
        _("Follow-up plan"),
        (_("No."), _("Element"), _("Evidence"), _("Programme/activity"), _("Time"), _("Responsible")),
        tuple(rows),
        "clllll",
        (0.7, 2.5, 3.2, 2.6, 1.7, 2.1),
        note=_("Shaded cells are left for the office to fill in."),
    )


def evidence(facts: Facts, unsur: UnsurResult) -> str:
    """What the survey says about an element, in one line."""
    text = _("index {value}").format(value=measured(unsur))
    if not facts.too_few:
        text += _(", grade {letter}").format(letter=unsur.mutu)
    low = sum(unsur.counts[:2])
    if facts.result.scale == facts.result.regulation.scale and unsur.counts and low:
        text += _("; {low} of {n} answered 1 or 2").format(low=integer(low), n=integer(unsur.n))
    return text


def steps(facts: Facts) -> Table | None:
    """What changed since the period before, with intervals; None without one."""
    if facts.change is None:
        return None
    rows = facts.change.rows()
    named = {unsur.kode: unsur.nama for unsur in facts.result.unsur}
    first = next(iter(rows[0]))
    cells = tuple((row[first], named.get(row[first], ""), *list(row.values())[1:]) for row in rows)
    header = (_("Code"), _("Element"), *list(rows[0])[1:])
    return Table(_("Change since the period before"), header, cells, "llrrrr", (0.9, 3.1, 1.9, 1.6, 1.7, 2.7), 1)


def mapping(facts: Facts) -> Table | None:
    """What each column of the file was taken for."""
    how = {
        "words": _("by its words"),
        "position": _("by its position"),
        "map": _("by the map file"),
        "content": _("by its content"),
    }
    rows = tuple(
        (
            column.column,
            _taken_for(facts, column.unsur),
            how.get(column.how, column.how) if column.unsur else number(None),
            (_("yes") if column.sure else _("please check")) if column.unsur else number(None),
        )
        for column in facts.survey.mapping
    )
    if not rows:
        return None
    header = (_("Column in the file"), _("Taken for"), _("How"), _("Sure"))
    return Table(_("Columns of the file"), header, rows, "llll", (4.1, 4.2, 2.4, 2.1))


def _taken_for(facts: Facts, unsur: str | None) -> str:
    if unsur is None:
        return _("not used")
    rule = facts.result.regulation
    if unsur in rule.kodes:
        return f"{unsur} {rule.element(unsur).name}"
    return read_as(unsur) or _characteristic(facts, unsur)


def _characteristic(facts: Facts, code: str) -> str:
    """Name of what was asked about the respondent; a column of the office's own keeps its name."""
    names = {part.code: str(part.name) for part in facts.result.regulation.profile}
    return names.get(code, code.replace("_", " "))


def converted(facts: Facts) -> Table | None:
    """Answers that were words in the file, and the numbers they became; columns with the same words share a row."""
    shared: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for column, words in facts.survey.converted.items():
        pairs = tuple((str(text), integer(answer)) for text, answer in sorted(words.items(), key=lambda pair: pair[1]))
        shared.setdefault(pairs, []).append(str(column))
    rows = tuple(
        ("; ".join(columns), "; ".join(f"{text} = {answer}" for text, answer in pairs))
        for pairs, columns in shared.items()
        if pairs
    )
    if not rows:
        return None
    return Table(_("Answers turned into numbers"), (_("Column"), _("Answer in the file = value")), rows, "ll", (5, 5))


def rejected(facts: Facts) -> Table | None:
    """Cells and rows that do not count, with their place and the reason; all are of the sheet that was read."""
    all_of_them, sheet = facts.survey.rejected, facts.survey.sheet
    if not all_of_them:
        return None
    rows = tuple(
        (integer(cell.row), cell.column or _("whole row"), cell.value, cell.reason) for cell in all_of_them[:MOST_ROWS]
    )
    more = len(all_of_them) - len(rows)
    note = _("{more} more are listed in the recap (Excel).").format(more=integer(more)) if more else ""
    title = _("What was not counted on the sheet «{sheet}»").format(sheet=sheet) if sheet else _("What was not counted")
    header = (_("Row"), _("Column"), _("In the file"), _("Reason"))
    return Table(title, header, rows, "rlll", (0.9, 3, 2, 4.6), note=note)
