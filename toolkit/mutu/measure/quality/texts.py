"""The words of signs: what was found is asked about, never called a forgery."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mutu.errors import N_
from mutu.locale import _, date, integer, number, percent

_NAMES = {
    "straight": N_("The same answer throughout"),
    "speed": N_("Filled in very fast"),
    "burst": N_("Many at one time"),
    "duplicates": N_("Copies of answers"),
    "device": N_("Many from one device"),
    "copies": N_("Copies of answers"),
    "near": N_("Nearly the same answers"),
}
_CAUTIONS = {
    "straight": N_(
        "People who are content, or in a hurry, often give one answer throughout; that alone proves nothing."
    ),
    "speed": N_("Short forms and practised people are fast; that alone proves nothing."),
    "burst": N_(
        "A telephone that was offline sends all it collected at once, and paper forms are often typed in one go; that "
        "alone proves nothing."
    ),
    "duplicates": N_("People who are served alike answer alike; that alone proves nothing."),
    "device": N_("A tablet at the counter or the office's Wi-Fi looks like one device; that alone proves nothing."),
}
NOTES = {
    "few_questions": N_(
        "With so few questions, honest people agree in all of them, so near copies cannot be told apart here."
    ),
    "one_device": N_("Most answers come from one device, as where a counter lends its tablet; it is not counted."),
    "few_days": N_("Three days or fewer were seen, so busy hours cannot be told from unusual ones."),
}


def name(kind: str) -> str:
    """What a check or a sign is called."""
    return _(_NAMES[kind]) if kind in _NAMES else kind


def caution(kind: str) -> str:
    """What else explains a sign."""
    return _(_CAUTIONS[kind])


def note(key: str) -> str:
    """Why a check could not tell everything."""
    return _(NOTES[key])


def question(kind: str, rows: int, expected: float | None, facts: Mapping[str, Any]) -> str:
    """What to ask about a sign."""
    return _SAYING[kind](integer(rows), number(expected, 1), facts)


def _straight(rows: str, expected: str, facts: Mapping[str, Any]) -> str:
    if facts["length"] == facts["items"]:
        where = _("to all {items} questions").format(items=integer(facts["items"]))
    else:
        where = _("to {length} or more of {items} questions in a row").format(
            length=integer(facts["length"]), items=integer(facts["items"])
        )
    return _(
        "{rows} respondents gave the answer {answer} {where}; {expected} would be expected. Who collected these forms, "
        "and were the questions read?"
    ).format(rows=rows, expected=expected, answer=f"{facts['answer']:g}", where=where)


def _speed(rows: str, expected: str, facts: Mapping[str, Any]) -> str:
    return _(
        "{rows} forms were filled in within {limit} seconds, while half of all took longer than {median}; {expected} "
        "would be expected. Were the questions read?"
    ).format(rows=rows, limit=integer(int(facts["limit"])), median=integer(int(facts["median"])), expected=expected)


def _burst(rows: str, expected: str, facts: Mapping[str, Any]) -> str:
    begin = datetime.fromisoformat(facts["begin"])
    clock = _("{day} at {hour}:{minute}").format(day=date(begin.date()), hour=f"{begin:%H}", minute=f"{begin:%M}")
    start = _("Around {begin}, {peak} came within {minutes} minutes").format(
        begin=clock, peak=integer(facts["peak"]), minutes=number(facts["minutes"], 0)
    )
    if facts["capacity"] is not None:
        usual = _("the counters can serve {capacity}").format(capacity=integer(facts["capacity"]))
    elif "most" in facts:
        usual = _("hardly any office serves more than {most} in one minute").format(most=integer(facts["most"]))
    else:
        usual = _("{expected} would be expected").format(expected=expected)
    return _("{start}; {usual}. Were they sent together after being offline, or typed in from paper?").format(
        start=start, usual=usual
    )


def _copies(rows: str, expected: str, facts: Mapping[str, Any]) -> str:
    return _(
        "{rows} respondents gave exactly the same answers to all {items} questions; {expected} would be expected. Was "
        "a form copied, or sent several times?"
    ).format(rows=rows, expected=expected, items=integer(facts["items"]))


def _near(rows: str, expected: str, facts: Mapping[str, Any]) -> str:
    return _(
        "{rows} respondents agree with another in {share} or more of {items} questions; {expected} would be expected. "
        "Was a form copied and changed a little?"
    ).format(rows=rows, share=percent(facts["share"], 0), items=integer(facts["items"]), expected=expected)


def _device(rows: str, _expected: str, facts: Mapping[str, Any]) -> str:
    return _("{rows} answers ({share}) came from one device, device {number} in the file's order. Whose is it?").format(
        rows=rows, share=percent(facts["share"], 0), number=integer(facts["number"])
    )


_SAYING = {
    "straight": _straight,
    "speed": _speed,
    "burst": _burst,
    "copies": _copies,
    "near": _near,
    "device": _device,
}
