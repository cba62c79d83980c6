"""The publication poster of a survey: A3 portrait (A4 in the same proportion), as PDF and PNG."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutu.locale import _, current, integer, number
from mutu.look import colour, grade
from mutu.report import figures
from mutu.report.document import FILL, all_printable
from mutu.report.typesetting import tagged_pdf, typeset

if TYPE_CHECKING:
    from mutu.report.skm.facts import Facts

_TEMPLATE = "poster.typ"
_CATEGORIES = 5
_PPI = 150  # A3 at 150 is A4 at 212 dots an inch: 1754 × 2480 pixels


def write(facts: Facts, pdf: Path, png: Path) -> None:
    """Write the poster as PDF and PNG.

    Below the minimum number of respondents it shows neither index nor grade, and says why.
    """
    data, pictures = _as_data(facts)
    with typeset(_TEMPLATE, data, pictures) as compiler:
        Path(pdf).write_bytes(tagged_pdf(compiler))
        Path(png).write_bytes(bytes(compiler.compile(format="png", ppi=_PPI)))


def _as_data(facts: Facts) -> tuple[dict[str, Any], dict[str, bytes]]:
    from mutu.report.skm import sentences

    office, pictures = facts.office, dict[str, bytes]()
    if office.logo:
        pictures["logo.png"] = office.logo
    if office.report_url:
        pictures["qr.svg"] = _qr(office.report_url)
    data: dict[str, Any] = {
        "language": current(),
        "mark": sentences.label(facts),
        "title": _("Public satisfaction index"),
        "office": office.unit or office.name or _("{mark} name of the service unit").format(mark=FILL),
        "above": office.name if office.unit else "",
        "period": office.period or _("{mark} period of the survey").format(mark=FILL),
        "logo": "logo.png" if office.logo else None,
        "logo-alt": _("Logo"),
        "fill": FILL,
        "qr": "qr.svg" if office.report_url else None,
        "qr-alt": _("QR code to the full report"),
        "qr-title": _("Read the full report"),
        "url": office.report_url,
        "foot": _foot(facts),
        "few": _too_few(facts) if facts.too_few else None,
    }
    if not facts.too_few:
        data |= _values(facts)
        pictures["elements.svg"] = _chart(facts)
    return all_printable(data), pictures


def _values(facts: Facts) -> dict[str, Any]:
    """What the poster shows when enough people answered."""
    from mutu.report.skm import sentences

    result = facts.result
    look = grade(result.mutu)
    few_elements = len(facts.ranked) < 6
    count = len(facts.ranked) // 2 if few_elements else 3
    notes = [sentences.certainty(facts)]
    if facts.below_table:
        notes.append(sentences.sample(facts)[0])
    return {
        "ikm": number(result.rounded),
        "grade": result.mutu,
        "grade-label": _("Grade"),
        "performance": result.kinerja,
        "colours": {"fill": look.fill, "text": look.text, "outline": look.outline},
        "n": integer(result.n),
        "n-label": _("respondents"),
        "asked": _asked(facts),
        "notes": notes,
        "strong-title": _("Strongest elements"),
        "weak-title": _("Weakest elements"),
        "strong": [[unsur.nama, number(unsur.indeks)] for unsur in facts.ranked[::-1][:count]],
        "weak": [[unsur.nama, number(unsur.indeks)] for unsur in facts.ranked[:count]],
        "plan-title": _("What will be done"),
        "plan": _plan(facts),
        "chart": "elements.svg",
        "chart-title": figures.finding(result),
        "chart-alt": figures.elements_alt(result),
        "profile-title": _("Who answered"),
        "profile": _people(facts),
    }


def _asked(facts: Facts) -> str:
    """That the index does not rest on all elements, where it does not."""
    if not facts.not_asked:
        return ""
    return _("mean of {asked} of {all} elements").format(
        asked=integer(len(facts.result.unsur)), all=integer(len(facts.result.regulation.unsur))
    )


def _plan(facts: Facts) -> list[str]:
    """What the office says it will do, as in the report's plan; else a marked line to fill in."""
    said = [
        f"{facts.name(kode)}: {step.program}" + (f" ({step.time})" if step.time else "")
        for kode, step in facts.follow_up.items()
        if step.program
    ]
    return said or [_("{mark} write here what will be improved, and by when").format(mark=FILL)]


def _people(facts: Facts) -> list[str]:
    return [
        f"{name}: " + ", ".join(f"{category} ({integer(count)})" for category, count in _most(counts))
        for name, counts in facts.profile[:4]
    ]


def _most(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """As many categories as the foot of a poster holds, the others together, so that they add up to n."""
    if len(counts) <= _CATEGORIES:
        return counts
    unknown = [entry for entry in counts if entry[0] == _("unknown")]
    known = [entry for entry in counts if entry not in unknown]
    shown = sorted(known, key=lambda entry: -entry[1])[: _CATEGORIES - 1 - len(unknown)]
    rest = sum(count for _category, count in known) - sum(count for _category, count in shown)
    return [*(entry for entry in known if entry in shown), (_("others"), rest), *unknown]


def _too_few(facts: Facts) -> list[str]:
    return [
        _("No grade yet"),
        _(
            "{n} people have answered. The index and its grade are published from {least} respondents on, because "
            "fewer answers say too little about all users."
        ).format(n=integer(facts.result.n), least=integer(facts.office.min_n)),
        _("Please fill in the survey: every answer helps to improve this service."),
    ]


def _foot(facts: Facts) -> str:
    from mutu.report.skm import sentences
    from mutu.report.skm.tables import weight

    low, high = facts.bounds
    said = _("Rule: {regulation}. Weight of each element: {weight}. Index from {low} to {high}.").format(
        regulation=facts.result.regulation.short, weight=weight(facts), low=low, high=high
    )
    return " ".join([said, *sentences.scale(facts)])


def _chart(facts: Facts) -> bytes:
    width = 8.2 if facts.office.report_url else 10.5
    return figures.to_svg(figures.elements(facts.result, title=False, size=(width, 3.3)))


def _qr(address: str) -> bytes:
    import segno

    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, scale=4, dark=colour("ink"), light=colour("paper")
    )
    return out.getvalue()
