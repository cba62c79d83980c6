"""Whose a notebook is: what speaks for whom, in the order of what can be trusted.

The outermost sign decides: the sender of a mail, the folder of a learning platform, at last the file's name. What lies
inside of it (a name in the file, in its metadata, in a line «Nama: …») was written by whoever made the file. It never
chooses between persons that an outer sign leaves open, and where it names another person the file is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mutu.course.collect.assignments import Task, stem
from mutu.course.collect.found import Origin, Sender, shown
from mutu.course.collect.people import Match, People
from mutu.course.collect.reading import Reading
from mutu.errors import N_
from mutu.locale import _

OUTSIDE, NAMED, INSIDE = 3, 2, 1  # ranks: said from outside, by a file's name, by the file's content
BY_HAND = ("by hand", "remembered")
KINDS = {
    "by hand": N_("your list"),
    "remembered": N_("your earlier choice"),
    "sender": N_("sender of the mail"),
    "forwarded": N_("sender of a mail that was sent on"),
    "lms": N_("name in the learning platform"),
    "folder": N_("name of the folder or archive"),
    "id": N_("id in the file's name"),
    "file name": N_("name in the file's name"),
    "sender name": N_("name of the mail's sender"),
    "metadata": N_("account in the notebook"),
    "line": N_("line «Nama:» in the notebook"),
}
# Siti Aminah_12345_assignsubmission_file_ and, without folders, with the file's own name behind it
_MOODLE = re.compile(r"(?P<who>.+?)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<rest>.*))?", re.DOTALL)
_ONLINE_TEXT = re.compile(r"_\d+_assignsubmission_onlinetext_")
# what Moodle writes instead of a name where it hides names («blind marking»)
_HIDDEN = ("participant", "peserta")
# aminahsiti_LATE_1234_5678_skm.ipynb
_CANVAS = re.compile(r"(?P<who>[^\W\d_]+)(?:_late)?_\d+_\d+_(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
# as nbgrader's collector reads it
_WITH_ID = re.compile(r"(?P<who>[^/\\]+)_(?P<what>[A-Za-z0-9-]+)", re.DOTALL)
_SAFE_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")


@dataclass(frozen=True)
class Sign:
    """Something that speaks for somebody.

    kind : one of `KINDS`
    rank : how far it can be trusted
    match : for whom it speaks
    text : what it says
    step : the number of the folder or archive in the way to the file that belongs to this person, else None
    """

    kind: str
    rank: int
    match: Match
    text: str
    step: int | None = None


@dataclass(frozen=True)
class Decision:
    """The person, or why there is none; `candidates` are ids that come into question."""

    student: str | None
    sign: Sign | None = None
    reason: str = ""
    candidates: frozenset[str] = frozenset()


def decide(origin: Origin, content: Reading, task: Task | None, people: People) -> Decision:
    """Whose a notebook is.

    Parameters
    ----------
    origin : the way to it
    content : what it says of itself
    task : the notebook of the course that it is, when that is known
    people : the participants; where no names are known, an id in the form ID_skm.ipynb is taken as it stands
    """
    signs = [sign for sign in _signs(origin, content, people) if sign.match.ids or sign.match.maybe]
    speaking = [sign for sign in signs if sign.match.ids]
    speaking = [sign for sign in speaking if not _is_vague(sign)] or speaking
    if not speaking:
        return _nobody(origin, signs) if people.has_names else _without_list(origin, task)
    first = speaking[0]
    everybody = frozenset[str]().union(*(sign.match.ids for sign in speaking))
    if len(first.match.ids) > 1:
        return Decision(None, first, _several(first), first.match.ids)
    (student,) = first.match.ids
    against = next((sign for sign in speaking if student not in sign.match.ids), None)
    if against is not None:
        return Decision(None, first, _against(first, against, people), everybody)
    return Decision(student, first)


def _is_vague(sign: Sign) -> bool:
    """Whether words of several names stand in a name that somebody chose freely: little beside a clear sign."""
    return sign.kind in ("folder", "file name") and not sign.match.exact and len(sign.match.ids) > 1


def _signs(origin: Origin, content: Reading, people: People) -> Iterator[Sign]:
    yield from _senders(origin.senders, people)
    outside = not origin.senders
    for at, step in enumerate(origin.steps[:-1]):
        sign = _folder(step, at, people, OUTSIDE if outside else NAMED)
        outside = outside and not sign.match.ids
        yield sign
    yield from _name(origin.name, people, outside=outside)
    for text in content.authors:
        yield Sign("metadata", INSIDE, _claimed(text, people), text)
    for text in content.said:
        yield Sign("line", INSIDE, _claimed(text, people), text)


def _senders(senders: tuple[Sender, ...], people: People) -> Iterator[Sign]:
    """The address of the outermost mail counts as from outside; names, and senders of mails sent on, are claims."""
    for number, sender in enumerate(senders):
        kind, rank = ("forwarded", NAMED) if number else ("sender", OUTSIDE)
        address = Sign(kind, rank, people.by_email(sender.address), sender.address)
        yield address
        if not address.match.ids and sender.name:
            yield Sign("sender name", NAMED, people.by_name(sender.name, whole=True), sender.name)


def _folder(step: str, at: int, people: People, rank: int) -> Sign:
    if moodle := _MOODLE.fullmatch(step):
        return Sign("lms", rank, _numbered(moodle, people), moodle["who"], at)
    return Sign("folder", rank, people.in_label(stem(step)), step, at)


def _name(name: str, people: People, *, outside: bool) -> Iterator[Sign]:
    """What a file's name says; a learning platform puts its own part in front, the trainee's follows."""
    plain = stem(name)
    for form, read in ((_MOODLE, _numbered), (_CANVAS, _joined)):
        platform = form.fullmatch(plain)
        if platform and (match := read(platform, people)).ids:
            yield Sign("lms", OUTSIDE if outside else NAMED, match, platform["who"])
            plain = stem(platform["rest"] or "")
            break
    named = _WITH_ID.fullmatch(plain)
    person = people.by_id(named["who"]) if named else None
    if person:
        yield Sign("id", NAMED, Match(frozenset([person])), plain)
    elif plain:
        match = people.in_label(plain)
        yield Sign("id" if match.by_id else "file name", NAMED, match, plain)


def platform_name(step: str) -> tuple[str, str]:
    """Full name and number in a name that Moodle makes; empty where there is none, or where Moodle hides it."""
    moodle = _MOODLE.fullmatch(stem(step))
    return (moodle["who"].strip(), moodle["number"]) if moodle and moodle["who"].casefold() not in _HIDDEN else ("", "")


def id_in_name(name: str, notebooks: frozenset[str]) -> str:
    """The id in a name such as p13_skm.ipynb; empty where there is none with a digit, as «tugas_skm» has no id.

    Parameters
    ----------
    name : of a file, also with Moodle's part in front
    notebooks : names of the course's notebooks in small letters
    """
    moodle = _MOODLE.fullmatch(stem(name))
    named = _WITH_ID.fullmatch(stem(moodle["rest"] or "") if moodle else stem(name))
    if not named or named["what"].casefold() not in notebooks or not _SAFE_ID.fullmatch(named["who"]):
        return ""
    return named["who"] if any(map(str.isdigit, named["who"])) else ""


def is_online_text(origin: Origin) -> bool:
    """Whether it is what somebody typed into Moodle's page instead of handing in a file."""
    return any(_ONLINE_TEXT.search(step) for step in origin.steps)


def _is_hidden(step: str) -> bool:
    moodle = _MOODLE.fullmatch(stem(step))
    return moodle is not None and moodle["who"].casefold() in _HIDDEN


def _full(name: str, people: People) -> Match:
    person = people.by_id(name)
    return Match(frozenset([person])) if person else people.by_name(name, whole=True)


def _numbered(moodle: re.Match[str], people: People) -> Match:
    """Of several participants of one name, Moodle's number tells which, where the class list was made from Moodle."""
    return people.numbered(_full(moodle["who"], people), moodle["number"])


def _joined(canvas: re.Match[str], people: People) -> Match:
    return people.in_canvas(canvas["who"])


def _claimed(text: str, people: People) -> Match:
    """Whom a line or an account names: only a whole id, address or name counts, as sentences contain names too."""
    person = people.by_id(text)
    if person:
        return Match(frozenset([person]))
    match = people.by_email(text)
    if match.ids:
        return match
    named = people.by_name(text, whole=False)
    return named if named.exact else Match(maybe=named.ids | named.maybe)


def _without_list(origin: Origin, task: Task | None) -> Decision:
    named = _WITH_ID.fullmatch(stem(origin.name))
    if named and task and named["what"].casefold() == task.notebook.casefold() and _SAFE_ID.fullmatch(named["who"]):
        return Decision(named["who"], Sign("id", NAMED, Match(frozenset([named["who"]])), named["who"]))
    return Decision(
        None,
        reason=_("There is no class list yet, so only names such as ID_skm.ipynb are understood."),
    )


def _nobody(origin: Origin, signs: list[Sign]) -> Decision:
    maybe = frozenset[str]().union(*(sign.match.maybe for sign in signs))
    if maybe:
        return Decision(None, reason=_("Only a part of a name fits, which is not enough."), candidates=maybe)
    if origin.senders and origin.senders[0].address:
        said = _("Neither the sender {address} nor a name in the file is in the class list.")
        return Decision(None, reason=said.format(address=shown(origin.senders[0].address)))
    if any(map(_is_hidden, origin.steps)):
        said = _(
            "Moodle hid the names («blind marking»). Reveal them in Moodle and download again, or choose the person."
        )
        return Decision(None, reason=said)
    return Decision(None, reason=_("Nothing in its name, its folder or the notebook says whose it is."))


def _several(sign: Sign) -> str:
    return _("{kind}: «{text}» fits several participants.").format(kind=_said(sign), text=shown(sign.text))


def _against(first: Sign, other: Sign, people: People) -> str:
    return _("{kind} says {one}, but {other_kind} says {other}: whose is it?").format(
        kind=_said(first), one=", ".join(people.called(first.match.ids)),
        other_kind=_(KINDS[other.kind]), other=", ".join(people.called(other.match.ids)),
    )  # fmt: skip


def _said(sign: Sign) -> str:
    kind = _(KINDS[sign.kind])
    return kind[:1].upper() + kind[1:]
