"""The figure of an audit: the index by every convention beside the published one."""

from __future__ import annotations

from mutu.locale import _, integer, number
from mutu.measure.audit import Audit, Trial
from mutu.report.figures.of.skm import grade_zones
from mutu.report.figures.register import shows
from mutu.report.figures.spec import Line, Row, Rows, axis, tips


@shows(Audit)
def conventions(result: Audit) -> Rows:
    """The index by the regulation, then by each convention that makes a difference, and the published one as a line."""
    trials = {trial.name: trial for trial in (*result.explanations, *result.trials.singles, result.trials.right)}
    table = [(trials[next(iter(row.values()))], row) for row in result.rows()]
    order = sorted(table, key=lambda pair: (bool(pair[0].causes), pair[0].index))
    published = result.published
    reach = [float(trial.index) for trial, _row in table] + ([] if published is None else [float(published.exact)])
    shown = axis(_("index (IKM)"), [*reach, max(reach) + 1, min(reach) - 1])
    return Rows(
        title=_finding(result),
        alt=result.sentence(),
        note=_note(result),
        axis=shown,
        rows=tuple(_row(trial, row, result) for trial, row in order),
        lines=()
        if published is None
        else (Line(float(published.exact), _("published {value}").format(value=published)),),
        zones=grade_zones(result.regulation, 1, shown.low, shown.high),
    )


def _row(trial: Trial, row: dict[str, str], result: Audit) -> Row:
    right = not trial.causes
    gives = result.published is not None and trial.gives(result.published, loosely=True)
    return Row(
        label=trial.name,
        value=float(trial.index),
        shown=f"{number(trial.index)}  {trial.mutu or ''}".strip(),
        hollow=not (right or gives),
        strong=right,
        tips=tips(row),
    )


def _finding(result: Audit) -> str:
    right = number(result.rounded)
    if result.published is None:
        return _("Index by the regulation: {right}").format(right=right)
    if result.difference == 0 or result.status == "agrees":
        return _("The published index {published} is right").format(published=result.published)
    return _("Published {published}, by the regulation {right}: {verdict}").format(
        published=result.published, right=right, verdict=result.verdict()
    )


def _note(result: Audit) -> str:
    text = _("full dot: by the regulation, or gives the published index; empty: does not give it")
    return text if result.n is None else f"{text}; n = {integer(result.n)}"
