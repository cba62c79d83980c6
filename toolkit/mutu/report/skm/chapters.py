"""The chapters of the report, in the outline that is in use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutu.locale import _, current, date, integer
from mutu.report import figures
from mutu.report.document import Block, Bullets, Cover, Document, Figure, Heading, PageBreak, Paragraph, Table
from mutu.report.office import Office
from mutu.report.skm import sentences, tables
from mutu.report.skm.facts import Facts, period_of_answers
from mutu.report.skm.tables import fill, not_yet


def report(facts: Facts) -> Document:
    """The whole report as a document, in the language in use."""
    office = facts.office
    title = _("Public satisfaction survey report")
    period = office.period or fill(_("period of the survey"))
    cover = Cover(
        title=title,
        subtitle=office.unit or office.name or fill(_("name of the service unit")),
        lines=tuple(line for line in (office.name if office.unit else "", period) if line),
        place_for_logo=_("Place for the logo"),
        logo=office.logo,
        warning=" ".join(sentences.warnings(facts)),
    )
    verdict = not_yet() if facts.too_few else ""
    mark = sentences.mark(facts)
    parts = (mark, _("SKM report"), office.unit or office.name, office.period, verdict)
    return Document(
        title=" – ".join(part for part in (mark, title, office.full_name, office.period) if part),
        language=current(),
        cover=cover,
        blocks=tuple(block for chapter in _CHAPTERS for block in chapter(facts) if block is not None),
        mark=" · ".join(part for part in (mark, _("DRAFT – not signed")) if part),
        author=office.full_name,
        foot=" · ".join(part for part in parts if part),
    )


def _texts(*texts: str) -> Iterator[Block]:
    for text in texts:
        if text:
            yield Paragraph(text)


def _summary(facts: Facts) -> Iterator[Block | None]:
    yield Heading(_("Summary"))
    yield from _warnings(facts)
    if facts.too_few:
        yield Paragraph(sentences.certainty(facts), "lead")
        yield Paragraph(sentences.headline(facts))
    else:
        yield Paragraph(sentences.headline(facts), "lead")
        yield Paragraph(sentences.certainty(facts))
    yield tables.headline(facts)
    points = [*sentences.sample(facts), *sentences.extremes(facts), sentences.order(facts)]
    points.append(facts.change.sentence() if facts.change else "")
    yield Bullets(tuple(point for point in points if point))
    yield _elements_figure(facts)
    yield Paragraph(fill(_("before signing, fill in or delete every part that begins like this one")), "fill")


def _warnings(facts: Facts) -> Iterator[Block]:
    yield from (Paragraph(text, "warning", keep=True) for text in sentences.warnings(facts))


def _introduction(facts: Facts) -> Iterator[Block | None]:
    rule = facts.result.regulation
    yield PageBreak()
    yield Heading(_("I. Introduction"))
    yield Heading(_("1.1 Background"), 2)
    yield Paragraph(
        _(
            "Every public service unit must survey the satisfaction of its users at least once a year, publish the "
            "result and act on it. The rule is {regulation}."
        ).format(regulation=rule.title)
    )
    yield Paragraph(_("{status} As of {day}.").format(status=rule.status.text, day=date(rule.status.as_of)), "quiet")
    yield Heading(_("1.2 Purpose and use"), 2)
    yield Paragraph(_("The survey shows how users judge the service, element by element. It serves to:"))
    yield Bullets(
        (
            _("find the elements that most need improvement,"),
            _("decide on follow-up that rests on evidence,"),
            _("follow the result from period to period,"),
            _("tell the public how its service is judged."),
        )
    )
    yield Heading(_("1.3 Method"), 2)
    low, high = facts.result.scale
    yield Paragraph(
        _(
            "Respondents judged {asked} elements on a scale from {low} (worst) to {high} (best). The mean of each "
            "element (NRR) is weighted, summed and multiplied by {points}, which gives the index (IKM) from {least} to "
            "{most}."
        ).format(
            least=facts.bounds[0],
            most=facts.bounds[1],
            asked=integer(len(facts.result.unsur)),
            low=integer(low),
            high=integer(high),
            points=integer(rule.multiplier),
        )
    )
    yield from _texts(*sentences.conventions(facts), sentences.not_asked(facts))
    yield Heading(_("1.4 Team"), 2)
    yield Paragraph(fill(_("members of the survey team and their tasks")), "fill")


def _collection(facts: Facts) -> Iterator[Block | None]:
    office = facts.office
    yield Heading(_("II. Data collection"))
    yield Heading(_("2.1 Who, where and when"), 2)
    unit = office.full_name or fill(_("name of the service unit"))
    yield Paragraph(_("Service unit: {unit}").format(unit=unit) if office.full_name else unit)
    if office.services:
        yield Paragraph(_("Services surveyed:"))
        yield Bullets(office.services)
    if office.period:
        yield Paragraph(_("Period: {period}").format(period=office.period))
    days = period_of_answers(facts.survey)
    if days:
        text = _("According to the file, the answers were given from {first} to {last}.")
        yield Paragraph(text.format(first=date(days[0]), last=date(days[1])))
    yield Paragraph(fill(_("who collected the answers, where, and how (form, link, interview)")), "fill")
    yield Heading(_("2.2 Number of respondents"), 2)
    yield Paragraph(_("{n} people with at least one valid answer were counted.").format(n=integer(facts.result.n)))
    yield from _texts(*sentences.sample(facts))


def _results(facts: Facts) -> Iterator[Block | None]:
    yield Heading(_("III. Results"))
    yield Heading(_("3.1 Respondents"), 2)
    table = tables.respondents(facts)
    if table is None:
        yield Paragraph(_("The file holds no profile of the respondents."))
    else:
        yield table
        yield _profile_figure(facts)
    yield Heading(_("3.2 Elements"), 2)
    yield Paragraph(_("Figure 1 in the summary shows the elements from the weakest to the strongest."), keep=True)
    yield tables.elements(facts)
    yield tables.answers(facts)
    by_group = tables.groups(facts)
    if by_group is not None:
        yield Heading(_("3.3 Groups"), 2)
        yield by_group


def _profile_figure(facts: Facts) -> Figure:
    found, n = facts.profile, facts.result.n
    said = "; ".join(
        f"{name}: " + ", ".join(f"{category} {integer(count)}" for category, count in counts) for name, counts in found
    )
    return Figure(
        _("Respondents by characteristic"),
        figures.to_png(figures.profile(found, n)),
        _("Bars with the number of respondents. {values}.").format(values=said),
    )


def _elements_figure(facts: Facts) -> Figure:
    result = facts.result
    return Figure(
        _("Elements from the weakest to the strongest"),
        figures.to_png(figures.elements(result, grades=not facts.too_few)),
        figures.elements_alt(result),
        _("Dashed lines: where a grade begins. The longer the line of an element, the less certain its value."),
    )


def _analysis(facts: Facts) -> Iterator[Block | None]:
    yield PageBreak()
    yield Heading(_("IV. Analysis"))
    yield Heading(_("4.1 Strengths and weaknesses"), 2)
    yield from _texts(*sentences.extremes(facts), sentences.below_standard(facts), sentences.apart(facts))
    yield tables.neighbours(facts)
    yield Heading(_("4.2 How far the numbers carry"), 2)
    points = (sentences.certainty, sentences.assumption, sentences.missing, sentences.rejected)
    yield Bullets(tuple(text for point in points if (text := point(facts))))
    yield Heading(_("4.3 Change since the period before"), 2)
    said = facts.change.sentence() if facts.change else sentences.no_change_known()
    yield Paragraph(said, keep=facts.change is not None)
    yield tables.steps(facts)
    yield Heading(_("4.4 Follow-up plan"), 2)
    yield Paragraph(_("Priority follows the value of the element. The evidence comes from this survey."), keep=True)
    yield tables.plan(facts)


def _conclusion(facts: Facts) -> Iterator[Block | None]:
    yield Heading(_("V. Conclusion"))
    yield from _warnings(facts)
    points = [sentences.headline(facts), sentences.certainty(facts), *sentences.extremes(facts)]
    if facts.change:
        points.append(facts.change.sentence())
    yield Bullets(tuple(points), keep=True)
    yield Paragraph(fill(_("decisions of the head of office")), "fill", keep=True)
    yield from _signature(facts.office)


def _signature(office: Office) -> Iterator[Block]:
    """The block that is signed, with room for the hand and the stamp."""
    when, room = fill(_("date")), "\u00a0"
    position = _("Head of {unit}").format(unit=office.unit or office.name) if office.full_name else fill(_("position"))
    lines = (
        room,
        f"{office.place}, {when}" if office.place else fill(_("place, date")),
        position,
        room,
        fill(_("signature")),
        room,
        office.head or fill(_("name")),
        f"NIP {fill('')}",
    )
    yield from (Paragraph(line, "sign") for line in lines)


def _appendix(facts: Facts) -> Iterator[Block | None]:
    yield PageBreak()
    yield Heading(_("Appendix"))
    yield Heading(_("A. Questionnaire and columns"), 2)
    yield Paragraph(fill(_("attach the questionnaire")), "fill")
    yield _or(tables.mapping(facts), _("The file's columns carry the codes of the elements."))
    yield from (Paragraph(_told(hint), "quiet") for hint in facts.survey.hints)
    yield Heading(_("B. Answers turned into numbers"), 2)
    yield _or(tables.converted(facts), _("All answers in the file were numbers."))
    yield Heading(_("C. What was not counted"), 2)
    yield _or(tables.rejected(facts), _("No cell and no row was rejected."))
    yield Heading(_("D. How the numbers were computed"), 2)
    yield Bullets(_method(facts))
    yield Heading(_("E. Documentation and follow-up of the period before"), 2)
    yield Paragraph(fill(_("photographs, and the report on the follow-up of the period before")), "fill")


def _told(hint: str) -> str:
    """What the reader says about the file, without its advice on options for whoever reads the file again."""
    clauses = [clause for clause in re.split(r"(?<=[.:;]) ", hint) if "--" not in clause]
    return re.sub(r"[:;]$", ".", " ".join(clauses)) or hint


def _or(table: Table | None, otherwise: str) -> Block:
    return table if table is not None else Paragraph(otherwise)


def _method(facts: Facts) -> tuple[str, ...]:
    import mutu

    result, survey = facts.result, facts.survey
    if result.clusters is None:
        interval = _(
            "Interval: 95%, linearised over respondents (Taylor), t distribution with n − 1 degrees of freedom, "
            "corrected for skewed answers (Hall 1992)."
        )
    else:
        interval = _(
            "Interval: 95%, jackknife over {clusters} clusters, t distribution with the degrees of freedom of Bell and "
            "McCaffrey (2002), corrected for skewed answers (Hall 1992)."
        ).format(clusters=integer(result.clusters))
    if result.population and result.clusters is None:
        interval += " " + _("Corrected for the population of {population}.").format(
            population=integer(result.population)
        )
    texts = [
        _("Regulation: {regulation}, data of {day}.").format(
            regulation=result.regulation.short, day=date(result.regulation.version)
        ),
        *sentences.conventions(facts),
        _("The index is computed exactly from whole sums and rounded half up to two decimals, then graded."),
        sentences.bands(facts),
        interval,
        _("A missing or rejected answer counts in neither sum nor n of its element."),
    ]
    if survey.file:
        texts.append(_("File: {file}").format(file=survey.file) + (f" ({survey.sheet})" if survey.sheet else ""))
    texts.append(
        _("Made with mutu {version}. Live formulas for checking: rekap-skm.xlsx.").format(version=mutu.__version__)
    )
    return tuple(texts)


_CHAPTERS = (_summary, _introduction, _collection, _results, _analysis, _conclusion, _appendix)
