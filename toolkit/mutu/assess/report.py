"""An assessment as a document: the answer first, then what to do, then all items, then where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mutu.instruments import AspectResult, AssessmentResult, score
from mutu.instruments.result import Step
from mutu.instruments.schema import Item
from mutu.locale import _, current, date, integer, number, written_date
from mutu.report import document as parts
from mutu.store import Answer, Record

_STEPS = 10  # rows of the table of next steps


def write_word(record: Record, result: AssessmentResult, path: Path | str) -> None:
    """Write the report of an assessment as a Word file.

    Parameters
    ----------
    record : notes and evidence
    result : the record's answers, scored under the convention that the report names
    path : file to write
    """
    from mutu.report import word

    word.write(document(record, result), Path(path))


def document(record: Record, result: AssessmentResult) -> parts.Document:
    """The report as a document, in the language in use."""
    short, label = str(result.instrument.short), record.label.strip()
    title = _("Self-assessment {short}").format(short=short)
    moment = record.changed
    cover = parts.Cover(
        title=title,
        subtitle=label or _fill(_("name of the service unit and year")),
        lines=tuple(
            line
            for line in (
                str(result.instrument.title),
                date(moment.astimezone().date()) if moment else "",
                result.sentence(),
                str(result.instrument.disclaimer),
            )
            if line
        ),
        place_for_logo=_("Place for the logo"),
    )
    blocks = (*_result(result), *_next(result), *_items(record, result), *_method(result))
    foot = " · ".join(part for part in (title, label) if part)
    return parts.Document(
        title=" – ".join(part for part in (title, label) if part),
        language=current(),
        cover=cover,
        blocks=blocks,
        foot=foot,
    )


def _fill(what: str) -> str:
    """A place the office fills in."""
    return f"{parts.FILL} {what}"


def _result(result: AssessmentResult) -> Iterator[parts.Block]:
    yield parts.Heading(_("1. Result"))
    yield parts.Paragraph(result.sentence(), "lead")
    yield parts.Paragraph(str(result.instrument.disclaimer))
    if result.missing:
        yield parts.Paragraph(
            _("These items have no answer: {codes}. The index is computed when all of them do.").format(
                codes=", ".join(result.missing)
            )
        )
    yield from _aspects_figure(result)
    yield _aspects_table(result)


def _aspects_figure(result: AssessmentResult) -> Iterator[parts.Block]:
    if result.weakest_aspect is None:
        return
    from mutu.report.figures import aspects_alt, aspects_finding, aspects_png

    yield parts.Figure(
        title=aspects_finding(result),
        png=aspects_png(result),
        alt=aspects_alt(result),
        note=_("Own answers of the unit. {weights}.").format(weights=str(result.convention.name)),
    )


def _aspects_table(result: AssessmentResult) -> parts.Table:
    rows = result.rows()
    total = (
        _("Total"),
        number(sum(aspect.weight for aspect in result.aspects), 0),
        number(result.rounded),
        _sum(result),
    )
    return parts.Table(
        title=_("Index of each aspect"),
        header=tuple(rows[0]),
        rows=(*(tuple(row.values()) for row in rows), total),
        align="lrrr",
        widths=(5, 1.5, 1.5, 2),
        total=1,
        note=_("Contribution = weight × index of the aspect. The sum is rounded to two decimals for the index."),
    )


def _sum(result: AssessmentResult) -> str:
    return number(result.index, 4)


def _next(result: AssessmentResult) -> Iterator[parts.Block]:
    yield parts.PageBreak()
    yield parts.Heading(_("2. Next steps"))
    if not result.plan:
        yield parts.Paragraph(
            _("There is no answered item below the highest level.")
            if result.missing
            else _("Every item is on the highest level.")
        )
        return
    yield parts.Paragraph(
        _("The items are ordered by what their missing levels cost the index. The gain is what the next level adds.")
    )
    fill = _fill(_("person and date"))
    yield parts.Table(
        title=_("Of the items answered so far: what raises the index most")
        if result.missing
        else _("What raises the index most"),
        header=(_("Item"), _("Now"), _("The next level asks for"), _("Gain"), _("Who and when")),
        rows=tuple(
            (f"{step.code}. {step.name}", integer(step.score), _asks(step), number(step.gain, 3), fill)
            for step in result.plan[:_STEPS]
        ),
        align="lclrl",
        widths=(3, 1.2, 3.4, 1.4, 2),
        note=_rest(len(result.plan) - _STEPS),
    )


def _asks(step: Step) -> str:
    return _("Level {level}: {criterion}").format(level=integer(step.next_level), criterion=step.criterion)


def _rest(more: int) -> str:
    return (
        _("{count} further items are below the highest level; see part 3.").format(count=integer(more))
        if more > 0
        else ""
    )


def _items(record: Record, result: AssessmentResult) -> Iterator[parts.Block]:
    yield parts.PageBreak()
    yield parts.Heading(_("3. All items"))
    low = result.scale[0]
    above = [item.code for item in result.items if item.score is not None and item.score > low]
    without = [code for code in above if not _answer(record, code).evidence.strip()]
    if without:
        said = _("Scored above {low}, but no evidence is recorded: {codes}.")
        yield parts.Paragraph(said.format(low=integer(low), codes=", ".join(without)))
    asked = {item.code: item for item in result.instrument.items}
    for aspect in result.aspects:
        yield parts.Heading(f"{aspect.code}. {aspect.name}", 2)
        yield _item_table(aspect, asked)
        for item in aspect.items:
            yield from _notes(asked[item.code], _answer(record, item.code))


def _answer(record: Record, code: str) -> Answer:
    return record.answers.get(code, Answer())


def _item_table(aspect: AspectResult, asked: dict[str, Item]) -> parts.Table:
    rows = []
    for item in aspect.items:
        levels = {level.score: str(level.text) for level in asked[item.code].levels}
        reached = _("not answered") if item.score is None else levels[item.score]
        weight, added = number(item.weight, 0 if item.weight.denominator == 1 else 2), number(item.contribution, 4)
        rows.append((f"{item.code}. {item.name}", reached, integer(item.score), weight, added))
    return parts.Table(
        title=_("Items of the aspect {name}").format(name=aspect.name),
        header=(_("Item"), _("Level reached"), _("Score"), _("Weight (%)"), _("Contribution")),
        rows=tuple(rows),
        align="llcrr",
        widths=(3.2, 3.8, 0.9, 1.5, 1.6),
    )


def _notes(item: Item, answer: Answer) -> Iterator[parts.Block]:
    """What the office wrote, as it wrote it; never read as markup."""
    given = [(_("Evidence"), answer.evidence.strip()), (_("Note"), answer.note.strip())]
    if any(text for _name, text in given):
        yield parts.Heading(f"{item.code}. {item.name}", 3)
    for name, text in given:
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        if len(lines) == 1:
            yield parts.Paragraph(f"{name}: {lines[0]}")
        elif lines:
            yield parts.Paragraph(f"{name}:")
            yield parts.Bullets(lines)


def _method(result: AssessmentResult) -> Iterator[parts.Block]:
    instrument = result.instrument
    yield parts.PageBreak()
    yield parts.Heading(_("4. How it was computed, and from what"))
    yield parts.Paragraph(
        _(
            "Index = the sum of aspect weight × item weight × score. It is rounded to two decimals, half up, "
            "before the category is looked up."
        )
    )
    yield from _conventions(result)
    yield parts.Paragraph(
        _("Instrument {slug} {version}, as of {day}. Regulation: {regulation}.").format(
            slug=instrument.slug,
            version=instrument.version,
            day=written_date(instrument.date),
            regulation=instrument.regulation,
        )
    )
    yield parts.Paragraph(str(instrument.status))
    yield _categories(result)
    remarks = tuple(f"{item.code}: {item.remark}" for item in instrument.items if item.remark)
    if remarks:
        yield parts.Heading(_("Remarks on the criteria"), 2)
        yield parts.Bullets(remarks)
    yield parts.Table(
        title=_("Sources"),
        header=(_("Code"), _("Source"), _("Place"), _("Date")),
        rows=tuple(
            (source.code, source.title, source.place or "–", written_date(source.date)) for source in instrument.sources
        ),
        align="llll",
        widths=(0.8, 4.5, 4, 2),
    )


def _conventions(result: AssessmentResult) -> Iterator[parts.Block]:
    """The convention used, and what the others would have given: none of them is hidden."""
    answers = {item.code: item.score for item in result.items}
    rows = []
    for convention in result.instrument.conventions:
        other = score(result.instrument, answers, convention.code)
        name = str(convention.name)
        used = _("{name} (used here)").format(name=name) if convention == result.convention else name
        rows.append(
            (
                used,
                str(convention.remark or "–"),
                number(other.rounded),
                other.category.letter if other.category else "–",
            )
        )
    yield parts.Table(
        title=_("Weights inside the aspects"),
        header=(_("Convention"), _("Where it comes from"), _("Index"), _("Category")),
        rows=tuple(rows),
        align="llrc",
        widths=(3, 5, 1.1, 1.4),
    )


def _categories(result: AssessmentResult) -> parts.Table:
    return parts.Table(
        title=_("Categories"),
        header=(_("Index from"), _("Category"), _("Meaning")),
        rows=tuple((number(part.at_least), part.letter, str(part.name)) for part in result.instrument.categories),
        align="rcl",
        widths=(1.5, 1.5, 4),
    )
