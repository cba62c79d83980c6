"""Figures of signs that a person should look at, and of the index after what was decided."""

from __future__ import annotations

from mutu.locale import _, integer, number
from mutu.measure.quality import Check, Decided, Sign, Signs
from mutu.measure.quality.texts import name
from mutu.report.figures.of.skm import grade_zones
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Row, Rows, axis, ends, tips

_NAMED = 6  # rows of a sign named at its bar


@shows(Check)
def check(result: Check) -> Rows:
    """How many rows each sign concerns, with how many honest people would give as an upright mark."""
    found = len(result.rows_found)
    expected = [sign.expected for sign in result.signs]
    return Rows(
        title=_("{check}: {found} of {n} rows to look at").format(
            check=name(result.kind), found=integer(found), n=integer(result.n)
        ),
        alt=result.sentence(),
        note=_("bar: rows with the sign; upright mark: as many are usual; a sign is a question, not proof"),
        axis=axis(_("rows"), [*expected, found, 4.0], low=0),
        rows=tuple(
            Row(
                label=_sign(sign),
                value=float(len(sign.rows)),
                shown=integer(len(sign.rows)),
                bar=True,
                tick=sign.expected,
                tips=tips(row),
            )
            for sign, row in zip(result.signs, result.rows(), strict=False)
        )
        or (Row(label=name(result.kind), value=0.0, shown=integer(0), bar=True),),
    )


def _sign(sign: Sign) -> str:
    rows = ", ".join(map(str, sign.rows[:_NAMED])) + ("…" if len(sign.rows) > _NAMED else "")
    return _("{sign}: rows {rows}").format(sign=name(sign.kind), rows=rows)


@shows(Signs)
def signs(result: Signs) -> Rows:
    """How many rows each check found."""
    counts = [(each, len(each.rows_found)) for each in result.checks]
    return Rows(
        title=_("{found} of {n} rows show a sign to look at").format(
            found=integer(len(result.kinds)), n=integer(result.n)
        ),
        alt=result.sentence(),
        note=_("a sign is a question, not proof; a row can show several"),
        axis=axis(_("rows"), [*(count for _each, count in counts), 4.0], low=0),
        rows=tuple(
            Row(
                label=name(each.kind),
                value=float(count),
                shown=integer(count),
                bar=True,
                tips=((_("Found"), integer(count)), ("n", integer(each.n))),
            )
            for each, count in sorted(counts, key=lambda pair: -pair[1])
        ),
    )


@shows(Decided)
def decided(result: Decided) -> Rows:
    """The index without the rows left out by decision, and that of all respondents."""
    rule = result.counted.regulation
    low, high = (float(bound) for bound in rule.bounds)
    both = (result.counted, result.everybody)
    return Rows(
        title=_("{count} left out by decision: IKM {after}, of all {before}").format(
            count=integer(result.everybody.n - result.counted.n),
            after=number(result.counted.ikm),
            before=number(result.everybody.ikm),
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; n in brackets"),
        axis=axis(_("index (IKM)"), [], low=low, high=high),
        rows=tuple(
            Row(
                label=f"{next(iter(row.values()))} ({integer(found.n)})",
                value=float(found.ikm),
                shown=f"{number(found.ikm)}  {found.mutu}",
                interval=ends(found.interval),
                strong=place == 0,
                tips=tips(row),
            )
            for place, (found, row) in enumerate(zip(both, result.rows(), strict=True))
        ),
        zones=grade_zones(rule, 1, low, high),
    )
