"""Figures of reliability: what each item does to alpha, items against the r-table, agreement of raters."""

from __future__ import annotations

from mutu.locale import _, integer, number
from mutu.measure.reliability import AgreementResult, AlphaResult, IccResult, OmegaResult, ValidityResult
from mutu.measure.reliability.alpha import ItemResult
from mutu.measure.reliability.jackknife import LOWEST, end
from mutu.measure.result import Interval, limits
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Line, Row, Rows, axis, ends, tips


@shows(AlphaResult)
def alpha(result: AlphaResult) -> Rows:
    """Alpha with its interval, and what it would be without each item."""
    dropped = [item for item in result.items if item.alpha_dropped is not None]
    order = sorted(dropped, key=lambda item: -(item.alpha_dropped or 0.0))
    reach = [item.alpha_dropped for item in dropped] + [result.alpha, *(_ends(result.interval) or ())]
    table = {row[_("Item")]: tips(row) for row in result.rows()}
    return Rows(
        title=_("Cronbach's alpha {value}{interval}").format(
            value=number(result.alpha), interval=_around(result.interval)
        ),
        alt=result.sentence(),
        note=_(
            "line: 95% interval; right of the upright line: alpha would be higher without the item; r: correlation "
            "with the other items; n = {n}"
        ).format(n=integer(result.n)),
        axis=axis("alpha", reach),
        rows=(
            Row(
                label=_("all items"),
                value=result.alpha,
                shown=number(result.alpha, 3),
                interval=_ends(result.interval),
                strong=True,
                tips=tips(result.rows()[-1]),
            ),
            *(_without(item, result.alpha, table[item.name]) for item in order),
        ),
        lines=(Line(result.alpha, ""),),
    )


def _without(item: ItemResult, alpha: float, said: tuple[tuple[str, str], ...]) -> Row:
    return Row(
        label=_("without {item}").format(item=item.name),
        value=item.alpha_dropped,
        shown=_("{value} · r {r}").format(value=number(item.alpha_dropped, 3), r=number(item.corrected)),
        hollow=item.alpha_dropped is not None and item.alpha_dropped > alpha,
        tips=said,
    )


def _ends(interval: Interval | None) -> tuple[float, float] | None:
    """An interval as it is drawn: below -1 no more is told."""
    found = ends(interval)
    return found and (max(found[0], LOWEST), max(found[1], LOWEST))


def _around(interval: Interval | None) -> str:
    return "" if interval is None else f" ({limits(interval, end)})"


@shows(ValidityResult)
def validity(result: ValidityResult) -> Rows:
    """The correlation of each item with the total, against the r-table."""
    items = sorted(result.scale.items, key=result.r)
    words = {True: _("Valid"), False: _("Not valid")}
    table = {row[_("Item")]: tips(row) for row in result.rows()}
    return Rows(
        title=_("{valid} of {items} items valid; Cronbach's alpha {alpha}, {verdict}").format(
            valid=integer(len(result.valid)),
            items=integer(len(items)),
            alpha=number(float(result)),
            verdict=result.verdict,
        ),
        alt=result.sentence(),
        note=_("empty bar: not above the r-table; n = {n}").format(n=integer(result.n)),
        axis=axis(
            _("r (corrected)") if result.corrected else _("r (item-total)"),
            [result.r_table, *map(result.r, items)],
            low=min(0.0, *map(result.r, items)),
            high=1.0,
        ),
        rows=tuple(
            Row(
                label=item.name,
                value=result.r(item),
                shown=f"{number(result.r(item), 3)}  {words[item.name in result.valid]}",
                bar=True,
                hollow=item.name not in result.valid,
                tips=table[item.name],
            )
            for item in items
        ),
        lines=(Line(result.r_table, _("r-table {value}").format(value=number(result.r_table, 3))),),
    )


@shows(AgreementResult)
def agreement(result: AgreementResult) -> Rows:
    """How far raters agree, between what chance gives and full agreement."""
    return Rows(
        title=_("{name} {value}{interval}").format(
            name=result.name, value=number(result.value), interval=_around(result.interval)
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; {raters} raters, {n} units").format(
            raters=integer(result.raters), n=integer(result.n)
        ),
        axis=axis(_("agreement"), [result.value, *(_ends(result.interval) or ()), 0.0], high=1.0),
        rows=(
            Row(
                label=result.name,
                value=result.value,
                shown=number(result.value),
                interval=_ends(result.interval),
                tips=tips(result.rows()[0]),
            ),
        ),
        lines=(Line(0.0, _("as by chance")), Line(1.0, _("full"))),
    )


@shows(IccResult)
def correlations(result: IccResult) -> Rows:
    """The six forms of the intraclass correlation, the one asked for first."""
    forms = sorted(result.forms, key=lambda form: form != result.form)
    table = dict(zip(result.forms, map(tips, result.rows()), strict=True))
    reach = [value for found in result.forms.values() for value in (found.value, *(_ends(found.interval) or ()))]
    return Rows(
        title=_("ICC({form}) {value}{interval}").format(
            form=result.form, value=number(result.value), interval=_around(result.interval)
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; full dot: the form asked for; {raters} raters, {n} units").format(
            raters=integer(result.raters), n=integer(result.n)
        ),
        axis=axis(_("intraclass correlation"), [*reach, 0.0], high=1.0),
        rows=tuple(
            Row(
                label=f"ICC({form})",
                value=result.forms[form].value,
                shown=number(result.forms[form].value),
                interval=_ends(result.forms[form].interval),
                hollow=form != result.form,
                strong=form == result.form,
                tips=table[form],
            )
            for form in forms
        ),
    )


@shows(OmegaResult)
def omega(result: OmegaResult) -> Rows:
    """Omega and alpha of the same answers with their intervals."""
    both = (
        (_("McDonald's omega"), result.omega, result.interval),
        (_("Cronbach's alpha"), result.alpha.alpha, result.alpha.interval),
    )
    reach = [value for _name, value, interval in both for value in (value, *(_ends(interval) or ()))]
    table = (tips(result.rows()[-1]), tips(result.alpha.rows()[-1]))
    return Rows(
        title=_("McDonald's omega {value}{interval}").format(
            value=number(result.omega), interval=_around(result.interval)
        ),
        alt=result.sentence(),
        note=_("line: 95% interval; n = {n}").format(n=integer(result.n)),
        axis=axis(_("reliability"), reach),
        rows=tuple(
            Row(
                label=name,
                value=value,
                shown=number(value),
                interval=_ends(interval),
                strong=place == 0,
                hollow=place == 1,
                tips=table[place],
            )
            for place, (name, value, interval) in enumerate(both)
        ),
    )


@shows(OmegaResult, "items")
def loadings(result: OmegaResult) -> Rows:
    """How far each item goes with what the items share."""
    order = sorted(zip(result.loadings, result.rows(), strict=False), key=lambda pair: pair[0].loading)
    weakest = order[0][0]
    return Rows(
        title=_("Weakest item: {item}, loading {value}").format(item=weakest.name, value=number(weakest.loading)),
        alt=result.sentence(),
        note=_("n = {n}").format(n=integer(result.n)),
        axis=axis(_("loading"), [item.loading for item, _row in order], low=min(0.0, weakest.loading), high=1.0),
        rows=tuple(
            Row(
                label=item.name,
                value=item.loading,
                shown=number(item.loading),
                bar=True,
                hollow=item.loading < 0,
                tips=tips(row),
            )
            for item, row in order
        ),
    )
