"""Everything in what was given: a folder, a zip from a learning platform, a mailbox, or one of these in another."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mutu.course.collect import mail, packed, sniff
from mutu.course.collect.found import Found, Moment, Origin, Trouble
from mutu.course.collect.spool import MAX_DEPTH, Full, Spool
from mutu.errors import N_, ReadError, reason
from mutu.locale import _

_MAILDIR = ("cur", "new")
_DEEPEST = 40  # folders in one another
_REFUSED = {
    "outlook store": N_("A whole Outlook data file is not read. Drag its mails into a folder, and collect that."),
    "page": N_("It is a web page saved under a notebook's name. Ask for the file that ends in .ipynb."),
    "archive": N_("This kind of archive is not read. Unpack it, or ask for a zip file."),
}


def walk(source: Path, spool: Spool) -> Iterator[Found | Trouble]:
    """Notebooks and files beside them, wherever they lie in `source`.

    Raises
    ------
    ReadError : there is no such file or folder, or it cannot be opened
    """
    try:
        status = source.stat()
        name = source.resolve().name or "."
        if stat.S_ISREG(status.st_mode):
            source.open("rb").close()
        elif not stat.S_ISDIR(status.st_mode):
            raise OSError(source)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else ""
        raise ReadError(N_("{file} cannot be opened ({reason}). Check the name."), file=source, reason=why) from None
    origin = Origin((name,), Moment.of_file(status.st_mtime))
    try:
        yield from _folder(source, origin, spool) if stat.S_ISDIR(status.st_mode) else _file(source, origin, spool)
    except Full:
        yield Trouble(origin, _("There is more in it than is read at once; what is listed was read. Divide it."))


def _folder(folder: Path, origin: Origin, spool: Spool) -> Iterator[Found | Trouble]:
    if len(origin.steps) > _DEEPEST:
        yield Trouble(origin, _("The folders lie too deep in one another. Move the files further up."))
        return
    mails = all((folder / name).is_dir() for name in _MAILDIR)
    for entry in sorted(_listed(folder), key=lambda entry: entry.name):
        spool.count()
        inside = Origin((*origin.steps, entry.name), origin.when)
        if sniff.is_junk(inside.steps[1:]):
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield _closed(inside, error)
            continue
        inside = Origin(inside.steps, Moment.of_file(status.st_mtime))
        if stat.S_ISDIR(status.st_mode):
            yield from _mails(Path(entry), inside, spool) if mails else _folder(Path(entry), inside, spool)
        elif stat.S_ISREG(status.st_mode):
            yield from _file(Path(entry), inside, spool)
        else:
            yield Trouble(inside, _("It is a link or a device, not a file. Ask for the file itself."))


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _mails(folder: Path, origin: Origin, spool: Spool) -> Iterator[Found | Trouble]:
    """The mails of a folder of a Maildir, whose file names say nothing."""
    for number, entry in enumerate(sorted(_listed(folder), key=lambda entry: entry.name), 1):
        spool.count()
        if entry.is_file(follow_symlinks=False):
            yield from _one_mail(Path(entry), origin.inside(_("mail {number}").format(number=number)), spool)


def _file(file: Path, origin: Origin, spool: Spool, depth: int = 0) -> Iterator[Found | Trouble]:
    """A file of any kind; `depth` counts the archives and mails around it."""
    try:
        with file.open("rb") as opened:
            what = sniff.kind(origin.name, opened.read(sniff.HEAD))
    except OSError as error:
        yield _closed(origin, error)
        return
    if what in ("zip", "mail", "mailbox", "outlook") and depth >= MAX_DEPTH:
        yield Trouble(
            origin, _("It is packed in too many archives. Unpack it yourself, or ask for the notebook alone.")
        )
    elif what == "zip":
        yield from _archive(file, origin, spool, depth)
    elif what == "mail":
        yield from _one_mail(file, origin, spool, depth)
    elif what == "outlook":
        yield from _whole(mail.of_outlook(file, origin, spool), origin, spool, depth)
    elif what == "mailbox":
        for item in mail.in_mailbox(file, origin):
            yield from [item] if isinstance(item, Trouble) else _attached(*item, spool, depth)
    elif what in _REFUSED:
        yield Trouble(origin, _(_REFUSED[what]))
    else:
        yield Found(origin, file, what == "notebook")


def _archive(file: Path, origin: Origin, spool: Spool, depth: int) -> Iterator[Found | Trouble]:
    if not depth and len(origin.steps) == 1:
        yield from _unpacked(packed.entries(file, origin, spool, own_clock=True), spool, depth)
        return
    own = depth == 0 and not origin.senders
    yield from _whole(packed.entries(file, origin, spool, own_clock=own), origin, spool, depth)


def _one_mail(file: Path, origin: Origin, spool: Spool, depth: int = 0) -> Iterator[Found | Trouble]:
    item = mail.in_file(file, origin)
    yield from [item] if isinstance(item, Trouble) else _attached(*item, spool, depth)


def _attached(origin: Origin, raw: bytes, spool: Spool, depth: int) -> Iterator[Found | Trouble]:
    yield from _whole(mail.attachments(raw, origin, spool), origin, spool, depth)


def _whole(
    items: Iterator[tuple[Origin, Path] | Trouble], origin: Origin, spool: Spool, depth: int
) -> Iterator[Found | Trouble]:
    """What one person handed in: all of it; of what is too large nothing, and the reason."""
    try:
        with spool.part():
            found = list(_unpacked(items, spool, depth))
    except Full:
        yield Trouble(origin, _too_much())
        return
    yield from found


def _unpacked(items: Iterator[tuple[Origin, Path] | Trouble], spool: Spool, depth: int) -> Iterator[Found | Trouble]:
    for item in items:
        if isinstance(item, Trouble):
            yield item
        elif not sniff.is_junk(item[0].steps):
            yield from _file(item[1], item[0], spool, depth + 1)


def _closed(origin: Origin, error: OSError) -> Trouble:
    return Trouble(origin, _("It cannot be opened ({reason}).").format(reason=_(str(reason(error)))))


def _too_much() -> str:
    return _("It unpacks to more than anybody hands in, so nothing of it was taken. Ask for the notebook alone.")
