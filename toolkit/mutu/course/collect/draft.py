"""A class list to begin with: the persons whom a learning platform or mails name, where nobody is known yet."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mutu.course import names
from mutu.course.collect import who
from mutu.course.collect.found import Origin
from mutu.course.collect.records import FOLDER, unused, writing
from mutu.locale import _

_WIDTHS = (24, 52, 40)
_MOST = 500


def write(origins: Iterable[Origin], course: Path) -> tuple[Path, int]:
    """Write an Excel file with an id to change, name and e-mail of everybody named; returns it, and how many they are.

    Parameters
    ----------
    origins : the ways to everything that was found
    course : nbgrader's course
    """
    from mutu.report.excel import Book

    found = persons(origins)
    book = Book(_("Class list"), "mutu")
    sheet = book.sheet(_("class list"), _WIDTHS)
    sheet.head(_("ID"), _("Name"), _("E-mail"), align="lll")
    for number, (name, address) in enumerate(found, 1):
        sheet.add(f"p{number:02d}", name, address)
    sheet.finish((1, 0), 1)
    file = unused(course / FOLDER, "daftar-peserta")
    with writing(file):
        book.save(file)
    return file, len(found)


def persons(origins: Iterable[Origin]) -> list[tuple[str, str]]:
    """Name and address («» where there is none) of everybody named from outside, by name.

    One who hands in through a platform and by mail is one person; names that a platform hides are nobody's.
    """
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for name, address in dict.fromkeys(each for origin in origins for each in _named(origin)):
        if key := names.words(name):
            found.setdefault(key, {}).setdefault(address, name)
    # one name at two addresses may be two persons: better one row to delete than somebody missing
    told = [(name, address) for one in found.values() for address, name in one.items() if address or len(one) == 1]
    return sorted(told, key=lambda person: person[0].casefold())[:_MOST]


def _named(origin: Origin) -> Iterable[tuple[str, str]]:
    for sender in origin.senders[-1:]:
        yield sender.name or sender.address.partition("@")[0], sender.address
    for step in origin.steps:
        name = who.platform_name(step)
        if name and not origin.senders:
            yield name, ""
