"""Mails with what is attached to them: one .eml or .msg file, a Maildir's file, or a mailbox of many (.mbox)."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import IO, Any

from mutu.course.collect import sniff
from mutu.course.collect.found import Moment, Origin, Sender, Trouble, shown
from mutu.course.collect.packed import too_large
from mutu.course.collect.spool import MAX_DEPTH, Spool, TooLarge
from mutu.locale import _

MAX_MAIL = 60 * 1024**2
_MOST_LINES = 2_000_000
_LONGEST_HEADER = 20_000
_LINE = 1 << 20
_HEADER = 2_000
_TEXT = 20_000
_FORWARD = re.compile(r"\s*(?:fwd?|trs|terusan|diteruskan)\s*:", re.IGNORECASE)
_SENT_ON = re.compile(r"(?:forwarded message|pesan (?:yang )?(?:di)?terus(?:k)?an)\b", re.IGNORECASE)
_FROM = re.compile(r"^[>\s*]{0,9}(?:from|dari)\s{0,3}:\**(.{1,300})$", re.IGNORECASE | re.MULTILINE)
# the parser of the standard library gives up on some broken mails with one of these
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError, UnicodeError)


def in_mailbox(mailbox: Path, origin: Origin) -> Iterator[tuple[Origin, bytes] | Trouble]:
    """Every mail of a mailbox with its number; one that is too large is named and left out."""
    with mailbox.open("rb") as file:
        for number, raw in enumerate(_split(file), 1):
            place = origin.inside(_("mail {number}").format(number=number))
            yield (place, raw) if raw is not None else Trouble(place, too_large())


def in_file(mail: Path, origin: Origin) -> tuple[Origin, bytes] | Trouble:
    """The one mail of a file."""
    if mail.stat().st_size > MAX_MAIL:
        return Trouble(origin, too_large())
    return origin, mail.read_bytes()


def attachments(raw: bytes, origin: Origin, spool: Spool) -> Iterator[tuple[Origin, Path] | Trouble]:
    """Every file attached to a mail, unpacked; files of a mail sent on have its sender as their second.

    Raises
    ------
    Full : there is more in it than is allowed
    """
    if raw.count(b"\n") > _MOST_LINES:
        yield _damaged(origin)
        return
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
    except _BROKEN:
        yield _damaged(origin)
        return
    yield from _taken(message, origin, spool)


def of_outlook(mail: Path, origin: Origin, spool: Spool) -> Iterator[tuple[Origin, Path] | Trouble]:
    """The same of a mail that Outlook saved (.msg)."""
    from mutu.course.collect import outlook

    if mail.stat().st_size > MAX_MAIL:
        yield Trouble(origin, too_large())
        return
    try:
        message = outlook.read(mail)
    except outlook.Damaged:
        yield _damaged(origin)
        return
    yield from _taken(message, origin, spool)


def _taken(message: Message, origin: Origin, spool: Spool) -> Iterator[tuple[Origin, Path] | Trouble]:
    try:
        outer = _signed(message, origin)
        leaves = list(_leaves(message, outer.senders, MAX_DEPTH * 3))
        outer = replace(outer, senders=(*outer.senders, *_quoted(message, leaves)))
    except _BROKEN:
        yield _damaged(origin)
        return
    alone = True
    for part, senders in leaves:
        spool.count()
        way = outer.senders if len(senders) == 1 else senders
        found = _attached(part, Origin(outer.steps, outer.when, way), spool)
        if found is not None:
            alone = False
            yield found
    if alone:
        yield Trouble(outer, _("Nothing is attached to the mail; perhaps it has a link. Ask for the file."), aside=True)


def _split(file: IO[bytes]) -> Iterator[bytes | None]:
    """The mails of a mailbox, which begin with a line «From …» behind an empty one; None for one that is too large."""
    lines: list[bytes] = []
    size, begun, after_empty = 0, False, True
    while line := file.readline(_LINE):
        if after_empty and line.startswith(b"From "):
            if begun:
                yield b"".join(lines) if size <= MAX_MAIL else None
            lines, size, begun = [], 0, True
        elif begun:
            size += len(line)
            if size <= MAX_MAIL:
                lines.append(line)
            else:
                lines.clear()
        after_empty = line in (b"\n", b"\r\n")
    if begun:
        yield b"".join(lines) if size <= MAX_MAIL else None


def _damaged(origin: Origin) -> Trouble:
    return Trouble(origin, _("The mail is damaged and cannot be taken apart. Save what is attached to it yourself."))


def _signed(message: Message, origin: Origin) -> Origin:
    """The way to the mail with its sender in it, and when it came."""
    sender = _sender(message)
    steps = (*origin.steps, sender.address) if sender.address else origin.steps
    return Origin(steps, _moment(message, origin), (*origin.senders, sender))


def _leaves(message: Message, senders: tuple[Sender, ...], depth: int) -> Iterator[tuple[Message, tuple[Sender, ...]]]:
    """The parts of a mail that are files or texts, each with those who sent it on."""
    payload: Any = message.get_payload()
    if not isinstance(payload, list):
        yield message, senders
    elif depth:
        for part in payload:
            inner = message.get_content_type() == "message/rfc822"
            yield from _leaves(part, (*senders, _sender(part)) if inner else senders, depth - 1)


def _quoted(message: Message, leaves: list[tuple[Message, tuple[Sender, ...]]]) -> tuple[Sender, ...]:
    """Who wrote the mail that was sent on within the text, as most mail programs do it; a claim of who sent it on."""
    texts = (part for part, senders in leaves if len(senders) == 1 and part.get_content_type() == "text/plain")
    part = next((part for part in texts if not part.get_filename()), None)
    payload: Any = part.get_payload(decode=True) if part else b""
    text = sniff.decoded(bytes(payload or b"")[:_TEXT])
    begun = _SENT_ON.search(text)
    if not begun and not _FORWARD.match(_plain(_first(message, "Subject"))):
        return ()
    found = _FROM.search(text, begun.end() if begun else 0)
    name, address = parseaddr(found[1]) if found else ("", "")
    return (Sender(address.strip().casefold(), name.strip()),) if "@" in address else ()


def _attached(part: Message, origin: Origin, spool: Spool) -> tuple[Origin, Path] | Trouble | None:
    """A part that has a name, or bytes that are a file's; None for the text of the mail."""
    damaged = Trouble(origin, _("Something attached to the mail is damaged. Save it yourself, or ask for it again."))
    if sum(len(str(text)) for text in part.values()) > _LONGEST_HEADER:
        return damaged
    try:
        name = _plain(part.get_filename() or "")
        if not name and part.get_content_maintype() in ("text", "multipart", "message"):
            return None
        content: Any = part.get_payload(decode=True)
    except _BROKEN:
        return damaged
    inside = origin.inside(name or _("without a name"))
    if part.get_content_type() == "message/external-body":
        return Trouble(inside, _("It is a link or a device, not a file. Ask for the file itself."))
    try:
        return inside, spool.keep(io.BytesIO(content or b""))
    except TooLarge:
        return Trouble(inside, too_large())


def _sender(message: Message) -> Sender:
    try:
        name, address = parseaddr(_plain(_first(message, "From")))
    except _BROKEN:
        return Sender("")
    return Sender(address.strip().casefold(), name.strip())


def _moment(message: Message, origin: Origin) -> Moment:
    """When the last server received it, which its sender cannot write; else the date that the sender wrote.

    Of a mail within a mail, which the sender of the outer one can have written, it is the outer one's time.
    """
    if origin.senders:
        return origin.when
    for name, clock in (("Received", "received"), ("Date", "date")):
        text = _first(message, name).rpartition(";")[2] if name == "Received" else _first(message, name)
        if time := _time(text):
            return Moment.checked(time, clock)
    return origin.when


def _time(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except _BROKEN:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _first(message: Message, name: str) -> str:
    found = message.get_all(name, [""])
    return str(found[0])[:_HEADER]


def _plain(text: str) -> str:
    """A header's text with its encoded words read."""
    try:
        return str(make_header(decode_header(text)))
    except _BROKEN:
        return shown(text)
