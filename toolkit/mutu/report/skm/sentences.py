"""Sentences that follow from the numbers by rule; none says more than its interval allows."""

from __future__ import annotations

from collections.abc import Sequence

from mutu.locale import _, integer, number, percent
from mutu.measure.skm import UnsurResult
from mutu.report.skm.facts import Facts, measured
from mutu.report.skm.tables import MOST_ROWS, not_yet, weight
from mutu.responses import synthetic_mark


def headline(facts: Facts) -> str:
    """The answer first; a grade that rests on too few people never stands alone."""
    result = facts.result
    if facts.too_few:
        return _("Index (IKM) {ikm}; grade {letter} ({name}) is {verdict}.").format(
            ikm=number(result.rounded), letter=result.mutu, name=result.kinerja.lower(), verdict=not_yet()
        )
    return _("The index is {ikm}: grade {letter}, {name}.").format(
        ikm=number(result.rounded), letter=result.mutu, name=result.kinerja.lower()
    )


def warning(facts: Facts) -> str:
    """What has to be said before anything else when too few people answered."""
    return _(
        "Not yet fit to be published: only {n} people answered. The grade may be published from {least} respondents on."
    ).format(n=integer(facts.result.n), least=integer(facts.office.min_n))


def mark(facts: Facts) -> str:
    """What every page of a report on synthetic answers carries; nothing where people answered."""
    return _("SYNTHETIC DATA") if facts.survey.synthetic else ""


def label(facts: Facts) -> str:
    """The mark and what it means, short enough for one line; nothing where people answered."""
    return _("SYNTHETIC DATA – made by a computer, not answers of people") if facts.survey.synthetic else ""


def synthetic(facts: Facts) -> str:
    """What the mark means; nothing where people answered."""
    return f"{mark(facts)}. {synthetic_mark.warning()}" if facts.survey.synthetic else ""


def warnings(facts: Facts) -> tuple[str, ...]:
    """What has to stand in a box before any number."""
    return tuple(filter(None, (synthetic(facts), warning(facts) if facts.too_few else "")))


def certainty(facts: Facts) -> str:
    """What the interval says about the index and its grade."""
    result = facts.result
    if result.interval is None:
        return _("With a single respondent there is no interval: the index says nothing about other users.")
    text = _("With {n} respondents the 95% interval of the index runs from {low} to {high}.").format(
        n=integer(result.n), low=number(result.interval.low), high=number(result.interval.high)
    )
    if result.agreed:
        return f"{text} {result.agreed}"
    low, high = facts.possible_grades
    if low == high:
        if facts.too_few:
            return text
        return text + " " + _("The whole interval lies in grade {letter}.").format(letter=result.mutu)
    reaches = _("It reaches from grade {low} to grade {high}, so the grade is not certain.").format(low=low, high=high)
    return " ".join([text, reaches, *result.doubt()])


def assumption(facts: Facts) -> str:
    """What every interval rests on; nothing where there is none, or where all users answered."""
    if facts.result.interval is None or facts.result.population == facts.result.n:
        return ""
    return _(
        "The intervals hold if the respondents were drawn at random from all users. If only volunteers answered, or "
        "staff chose whom to ask, the real uncertainty is larger and no number here measures it."
    )


def sample(facts: Facts) -> list[str]:
    """Whether enough people answered."""
    n, said = facts.result.n, []
    if facts.needed is None:
        said.append(
            _("The number of people served is not given, so the sample cannot be compared with the regulation's table.")
        )
    elif facts.below_table:
        said.append(
            _(
                "For {population} people served, the Krejcie–Morgan table asks for {needed} respondents. "
                "The survey has {n}, {short} fewer."
            ).format(
                population=integer(facts.population),
                needed=integer(facts.needed),
                n=integer(n),
                short=integer(facts.needed - n),
            )
        )
    else:
        said.append(
            _(
                "For {population} people served, the Krejcie–Morgan table asks for {needed} respondents. "
                "With {n} that number is reached. All answers were used."
            ).format(population=integer(facts.population), needed=integer(facts.needed), n=integer(n))
        )
    return said


def extremes(facts: Facts) -> list[str]:
    """The two weakest and the two strongest elements, with their intervals; all of those that share a place."""
    ranked = facts.ranked
    if len(ranked) == 1:
        return []
    if ranked[0].nrr == ranked[-1].nrr:
        return [_("All elements have the same value, so none is weaker or stronger.")]
    weakest = _end(ranked)
    strongest = [unsur for unsur in _end(ranked[::-1]) if unsur not in weakest]
    return [
        _("Weakest: {elements}.").format(elements=_listed(weakest)),
        _("Strongest: {elements}.").format(elements=_listed(strongest)),
    ]


def _end(ranked: Sequence[UnsurResult]) -> list[UnsurResult]:
    """The first two places; of a place that more than two share, all if it is the first, else none."""
    first = [unsur for unsur in ranked if unsur.nrr == ranked[0].nrr]
    second = [unsur for unsur in ranked if unsur.nrr == ranked[len(first)].nrr]
    return first if len(ranked) < 4 or len(first) > 1 or len(second) > 2 else first + second


def _listed(parts: Sequence[UnsurResult]) -> str:
    return _join([f"{unsur.nama} {measured(unsur)}" for unsur in parts])


def _join(texts: Sequence[str]) -> str:
    """An enumeration in words."""
    if len(texts) < 2:
        return "".join(texts)
    if len(texts) == 2:
        return _("{first} and {last}").format(first=texts[0], last=texts[1])
    if any("," in text for text in texts):  # a comma between names with commas, and decimal commas, divides nothing
        return "; ".join(texts)
    return _("{first}, and {last}").format(first=", ".join(texts[:-1]), last=texts[-1])


def apart(facts: Facts) -> str:
    """Which elements share the last place as far as the survey can tell."""
    weakest, others = facts.ranked[0], facts.like_weakest()
    if len(facts.ranked) < 2 or facts.ranked[0].nrr == facts.ranked[-1].nrr:
        return ""
    if facts.result.interval is None:
        return _("With one respondent the elements cannot be told apart.")
    if not others:
        return _("{element} is lower than every other element by more than chance explains.").format(
            element=weakest.nama
        )
    every = 1 < len(others) == len(facts.ranked) - 1
    named = _("all other elements") if every else _join([unsur.nama for unsur in others])
    return _(
        "{element} cannot be told apart from {others}: the interval of the difference contains zero. "
        "Their order may be chance; treat them as one group of priorities."
    ).format(element=weakest.nama, others=named)


def order(facts: Facts) -> str:
    """`apart` for the summary: where many elements share the last place, only how many."""
    others = facts.like_weakest()
    if facts.result.interval is None or len(others) < 3:
        return apart(facts)
    if facts.ranked[0].nrr == facts.ranked[-1].nrr:
        return ""
    return _(
        "Which element is lowest is not certain: {element} cannot be told apart from {count} others (section 4.1)."
    ).format(element=facts.ranked[0].nama, count=integer(len(others)))


def below_standard(facts: Facts) -> str:
    """Elements graded in the lower half of the bands; nothing where no grade can be given yet."""
    if facts.too_few:
        return ""
    bands = facts.result.regulation.bands  # lowest first
    low = [band.mutu for band in bands[: len(bands) // 2]]
    word = _("or")
    grades = f" {word} ".join(reversed(low))
    poor = [unsur for unsur in facts.ranked if unsur.mutu in low]
    if not poor:
        return _("No element has grade {grades}.").format(grades=grades)
    named = _join([f"{unsur.nama} ({unsur.mutu})" for unsur in poor])
    return _("Elements with grade {grades}: {elements}.").format(grades=grades, elements=named)


def missing(facts: Facts) -> str:
    """How much was left unanswered, and where most."""
    share = facts.result.missing_share
    if not share:
        return _("Every respondent counted answered every question.")
    gaps = {unsur: unsur.missing / unsur.questions for unsur in facts.result.unsur}
    most = max(gaps, key=gaps.__getitem__)
    if list(gaps.values()).count(gaps[most]) > 1:
        return _("{share} of the answers are empty or not counted.").format(share=percent(share))
    return _("{share} of the answers are empty or not counted, most of them on {element} ({count}).").format(
        share=percent(share), element=most.nama, count=integer(most.missing)
    )


def rejected(facts: Facts) -> str:
    """How many cells and rows were not counted."""
    rows = sum(1 for cell in facts.survey.rejected if cell.column is None)
    cells = len(facts.survey.rejected) - rows
    if not rows and not cells:
        return _("No cell and no row was rejected.")
    where = _("the appendix") if rows + cells <= MOST_ROWS else _("the recap (Excel)")
    if not rows:
        said = _("Not counted: {cells} cells; {where} names each with its reason.")
    else:
        said = _("Not counted: {cells} cells and {rows} whole rows; {where} names each with its reason.")
    return said.format(cells=integer(cells), rows=integer(rows), where=where)


def not_asked(facts: Facts) -> str:
    """Elements without answers, and what that does; that they were not asked is said only where it is certain."""
    names = facts.not_asked
    if not names:
        return ""
    said = (
        _("Not asked: {elements}. The index is the mean of the {asked} elements that were asked.")
        if facts.survey.names_every_element
        else _("Not asked or not recognised in the file: {elements}. The index is the mean of the {asked} others.")
    )
    return said.format(elements=_join(names), asked=integer(len(facts.result.unsur)))


def conventions(facts: Facts) -> list[str]:
    """How the index was computed: weight, scale, interval."""
    result = facts.result
    said = [_("Weight of each element: {weight}.").format(weight=weight(facts)), *scale(facts)]
    several = [f"{unsur.nama} ({unsur.questions})" for unsur in result.unsur if unsur.questions > 1]
    if several:
        said.append(
            _("Elements asked in several questions: {elements}. Their NRR is the mean of the questions' means.").format(
                elements=_join(several)
            )
        )
    return said


def scale(facts: Facts) -> list[str]:
    """The scale of the questionnaire, where it is not the regulation's."""
    result = facts.result
    if result.scale == result.regulation.scale:
        return []
    return [
        _("The questionnaire used the scale {low} to {high}; answers were converted linearly to 1 to 4.").format(
            low=integer(result.scale[0]), high=integer(result.scale[1])
        )
    ]


def bands(facts: Facts) -> str:
    """The grades of the regulation."""
    said = [f"{band.mutu} {number(band.low)}–{number(band.high)}" for band in reversed(facts.result.regulation.bands)]
    return _("Grades: {bands}.").format(bands="; ".join(said))


def no_change_known() -> str:
    """What is said when there is no earlier period."""
    return _("No earlier result was given, so this report says nothing about a rise or fall.")
