"""A class list to begin with: the persons whom a learning platform or mails name, where nobody is known yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from mutu.course import names, students
from mutu.course.collect import drafted, who
from mutu.course.collect.drafted import Row
from mutu.course.collect.found import Origin
from mutu.course.collect.people import People
from mutu.course.collect.records import unused, writing
from mutu.course.latecomer import free_ids, handed_in
from mutu.course.nbgrader import Trainee
from mutu.course.replaced import FOLDER
from mutu.locale import _

_WIDTHS = (24, 52, 40, 18)
_MOST = 500

Key = tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """The file, how many persons are in it, and what is to be known of them."""

    file: Path
    named: int
    notes: list[str]


@dataclass
class _Seen:
    """What one name came with: addresses, the numbers in each of Moodle's folders, ids in names of files."""

    name: str
    addresses: dict[str, None] = field(default_factory=dict)
    numbers: dict[Key, dict[str, None]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)

    @property
    def several(self) -> bool:
        """Whether Moodle has more than one participant of this name."""
        return any(len(each) > 1 for each in self.numbers.values())


def write(origins: Iterable[Origin], course: Path, people: People, notebooks: frozenset[str]) -> Draft:
    """Write an Excel file with id, name and e-mail of everybody named now and in the lists proposed before.

    Parameters
    ----------
    origins : the ways to everything that was found
    course : nbgrader's course
    people : those whom the gradebook has
    notebooks : the names of the course's notebooks, in small letters, as in ID_skm.ipynb
    """
    return _written(*persons(origins, course, people, notebooks), course)


def newcomers(
    origins: Iterable[Origin], course: Path, people: People, notebooks: frozenset[str]
) -> Draft | None:  # fmt: skip
    """The same of those alone whom these files name and nobody has in the class list; None where they name nobody."""
    ways = list(origins)
    seen, _claimed = _seen(ways, notebooks)
    rows, notes = persons(ways, course, people, notebooks)
    new = [
        row for row in rows
        if row.person.id not in people.listed and any(names.same(names.words(row.person.name), key) for key in seen)
    ]  # fmt: skip
    return _written(new, notes, course) if new else None


def _written(found: list[Row], notes: list[str], course: Path) -> Draft:
    from mutu.report.excel import Book

    book = Book(_("Class list"), "mutu")
    sheet = book.sheet(_("class list"), _WIDTHS)
    sheet.head(_("ID"), _("Name"), _("E-mail"), drafted.NUMBERS, align="llll")
    for row in found:
        sheet.add(row.person.id, row.person.name, row.person.email, ", ".join(row.numbers))
    sheet.finish((1, 0), 1)
    file = unused(course / FOLDER, drafted.NAME)
    with writing(file):
        book.save(file)
    return Draft(file, len(found), notes)


def persons(
    origins: Iterable[Origin], course: Path, people: People, notebooks: frozenset[str]
) -> tuple[list[Row], list[str]]:
    """Everybody named from outside, who keeps the id that was proposed before, and a sentence for each name of several.

    One who hands in through a platform and by mail is one person; names that a platform hides are nobody's.
    """
    seen, claimed = _seen(origins, notebooks)
    known = drafted.rows(course)
    taken = {id_.casefold() for id_ in (*people.listed, *handed_in(course), *claimed)}
    ids = _Ids(taken | {row.person.id.casefold() for row in known}, known, claimed)
    rows, notes = list(known), list[str]()
    for key, each in sorted(seen.items(), key=lambda item: item[1].name.casefold()):
        same = [row for row in known if names.same(names.words(row.person.name), key)]
        rows += _Group(each, same, ids.own(key, each, same), ids).new()
        if each.several:
            notes.append(_told(each))
    return rows[:_MOST], notes


def _told(seen: _Seen) -> str:
    said = _(
        "Moodle has several participants called {name} (numbers {numbers}). Each has a row in the class list; the "
        "number in Moodle's file name says whose a file is."
    )
    several = next(each for each in seen.numbers.values() if len(each) > 1)
    return said.format(name=seen.name, numbers=", ".join(several))


class _Ids:
    """Ids that nobody has yet."""

    def __init__(self, taken: set[str], known: list[Row], claimed: dict[str, set[Key]]) -> None:
        self._claimed = claimed
        self._listed = {row.person.id.casefold() for row in known}
        self._free = free_ids(taken)

    def own(self, key: Key, seen: _Seen, same: list[Row]) -> str:
        """The id in the names of a person's own files, where it can be nobody else's; else empty."""
        one = not same and len(seen.ids) == 1 and not seen.several and len(seen.addresses) <= 1
        (id_,) = seen.ids if one else ("",)
        return id_ if id_ and self._claimed[id_] == {key} and id_.casefold() not in self._listed else ""

    def next(self) -> str:
        """A new one."""
        return next(self._free)


class _Group:
    """The rows of one name: those that are there, to which new ones are added only for somebody new."""

    def __init__(self, seen: _Seen, rows: list[Row], own: str, ids: _Ids) -> None:
        self._seen, self._rows, self._own, self._ids = seen, rows, own, ids
        self._new: list[Row] = []

    def new(self) -> list[Row]:
        """The rows to add."""
        steps = (self._numbers, self._addresses)
        for step in steps if self._seen.several else reversed(steps):
            step()
        if not self._rows:
            self._add()
        return self._new

    def _add(self, address: str = "", *numbers: str) -> None:
        id_, self._own = self._own or self._ids.next(), ""
        row = Row(Trainee(id_, self._seen.name, address), numbers)
        self._rows.append(row)
        self._new.append(row)

    def _addresses(self) -> None:
        """One name at two addresses may be two persons: better one row to delete than somebody missing."""
        for address in self._seen.addresses:
            if any(row.person.email.casefold() == address.casefold() for row in self._rows):
                continue
            if len(self._rows) == 1 and not self._rows[0].person.email:
                self._rows[0].person = replace(self._rows[0].person, email=address)
            else:
                self._add(address)

    def _numbers(self) -> None:
        """Two numbers in one folder of Moodle are two persons; which of several known ones, nobody guesses."""
        for numbers in self._seen.numbers.values():
            told = {number for row in self._rows for number in row.numbers}
            fresh = [number for number in numbers if number not in told]
            left = [row for row in self._rows if not set(row.numbers) & set(numbers)]
            if len(fresh) == len(left) == 1:
                left[0].numbers += (fresh[0],)
            elif not left:
                for number in fresh:
                    self._add("", number)
            else:
                for _more in range(len(fresh) - len(left)):
                    self._add()


def _seen(origins: Iterable[Origin], notebooks: frozenset[str]) -> tuple[dict[Key, _Seen], dict[str, set[Key]]]:
    """What came with each name, and the ids in names of files with the persons who sent these."""
    seen, claimed = dict[Key, _Seen](), dict[str, set[Key]]()
    for origin in origins:
        keys = {key for named in _named(origin) if (key := _add(seen, *named))}
        id_ = who.id_in_name(origin.name, notebooks)
        if id_:
            claimed.setdefault(id_, set()).update(keys)
            for key in keys:
                seen[key].ids.add(id_)
    return seen, claimed


def _add(seen: dict[Key, _Seen], name: str, address: str, folder: Key, number: str) -> Key:
    key = names.words(name)
    if key:
        each = seen.setdefault(key, _Seen(name))
        if address:
            each.addresses[address] = None
        if number:
            each.numbers.setdefault(folder, {})[number] = None
    return key


def _named(origin: Origin) -> Iterable[tuple[str, str, Key, str]]:
    """Name, address, and the number in a folder of Moodle's; «» where there is none."""
    for sender in origin.senders[-1:]:
        address = sender.address if students.is_address(sender.address) else ""
        yield sender.name or sender.address.partition("@")[0], address, (), ""
    for at, step in enumerate(origin.steps):
        name, number = who.platform_name(step)
        if name and not origin.senders:
            yield name, "", origin.steps[:at], number
