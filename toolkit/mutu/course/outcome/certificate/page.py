"""The certificate as a page: A4 landscape, the list of modules overleaf where it is long."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from mutu.course.outcome.certificate.decide import Earned, id_kind
from mutu.course.outcome.certificate.facts import Facts
from mutu.course.outcome.certificate.keys import PublicKey
from mutu.course.outcome.certificate.profile import Training
from mutu.course.outcome.certificate.rule import rule
from mutu.locale import _, current, date, integer, number
from mutu.look import colour
from mutu.report.document import all_printable
from mutu.report.typesetting import tagged_pdf, typeset

_TEMPLATE = "certificate.typ"
_FRONT, _FRONT_LETTERS = 3, 160  # modules and letters of their titles for which the front has room


def pdf(earned: Earned, facts: Facts, training: Training, code: str, key: PublicKey) -> bytes:
    """The certificate as PDF in the language in use, without its seal; the same facts give the same bytes."""
    pictures = {"qr.svg": qr(code)}
    if training.logo:
        pictures["logo.png"] = training.logo
    with typeset(_TEMPLATE, all_printable(_as_data(earned, facts, training, key)), pictures) as compiler:
        return tagged_pdf(compiler)


def qr(code: str) -> bytes:
    """The code as an SVG with its quiet zone."""
    import segno

    out = BytesIO()
    segno.make(code, error="m", micro=False).save(
        out, kind="svg", border=4, scale=4, dark=colour("ink"), light=colour("paper")
    )
    return out.getvalue()


def _as_data(earned: Earned, facts: Facts, training: Training, key: PublicKey) -> dict[str, Any]:
    return {
        "language": current(),
        "document": _("Certificate {number}: {name}").format(number=facts.no, name=facts.name),
        "day": [facts.on.year, facts.on.month, facts.on.day],
        "organiser": facts.by,
        "unit": training.unit,
        "logo": "logo.png" if training.logo else None,
        "logo-alt": _("Logo"),
        "title": _("CERTIFICATE"),
        "number": _("Number: {number}").format(number=facts.no),
        "given": _("is given to"),
        "name": facts.name,
        "id": f"{id_kind(facts.id)} {facts.id}".strip(),
        "completed": _("who has completed"),
        "training": facts.of,
        "kind": training.kind,
        "sentence": _sentence(facts),
        **_table(earned, facts),
        "signed": f"{training.place}, {date(facts.on)}",
        "position": training.position,
        "head-name": training.head,
        "head-id": f"{id_kind(training.head_id)} {training.head_id}" if id_kind(training.head_id) else "",
        "qr-alt": _("QR code with the facts of this certificate and their signature"),
        "proof": [
            _("The code holds the facts of this certificate and their signature; any telephone can read them."),
            _("Genuine or not is said by {command}.").format(command=f"mutu course certificate --verify {_('FILE')}"),
        ],
        "key": _("Key {key}").format(key=key.shown),
    }


def _sentence(facts: Facts) -> str:
    days = date(facts.start)
    if facts.start != facts.end:
        days = _("{start} to {end}").format(start=date(facts.start), end=date(facts.end))
    return _(
        "held on {days}, {jp} hours of training (JP, of {minutes} minutes each), with a mean mark of {mean} out of 100."
    ).format(days=days, jp=integer(facts.jp), minutes=rule().minutes, mean=number(facts.mean))


def _table(earned: Earned, facts: Facts) -> dict[str, Any]:
    letters = sum(len(module.title) for module, _mark in earned.marks)
    return {
        "front": len(earned.marks) <= _FRONT and letters <= _FRONT_LETTERS,
        "head": [_("No."), _("Module"), _("JP"), _("Mark")],
        "rows": [
            [str(place), module.title, integer(module.jp), number(mark)]
            for place, (module, mark) in enumerate(earned.marks, 1)
        ],
        "total": ["", _("Total and mean"), integer(facts.jp), number(facts.mean)],
        "overleaf": _("The modules and marks are listed overleaf."),
        "list": _("Modules and marks"),
    }
