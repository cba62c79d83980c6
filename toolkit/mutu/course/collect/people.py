"""The class list, and whom a name, an id or an address means: one person, several, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mutu.course import names
from mutu.course.nbgrader import Trainee

_PARTS = re.compile(r"_|\s[-–—]\s|[()\[\]]|\s{2,}")
_PIECES = re.compile(r"[^\s-]+")
_MOST_PIECES = 12
_LONGEST_RUN = 4  # a NIP is often written in four groups
_LONGEST_LABEL = 300
_SHORT_ID = 3
_LONG_NUMBER = 8
_EMAIL = re.compile(r"[^\s<>()\[\],;:@\"]{1,64}@[^\s<>()\[\],;:@\"]{1,190}")


@dataclass(frozen=True)
class Match:
    """Whom something means.

    ids : the persons it names; more than one means that it does not say which of them
    maybe : persons to name as a question, where it names nobody for certain
    exact : whether the id, the address or the whole name was found
    by_id : whether it was the id
    """

    ids: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    exact: bool = True
    by_id: bool = False


class People:
    """The participants of a course.

    Parameters
    ----------
    trainees : the class list
    numbers : a learning platform's number of a participant -> id
    """

    def __init__(self, trainees: Iterable[Trainee], numbers: Mapping[str, str] | None = None) -> None:
        self._numbers = numbers or {}
        self.listed = {trainee.id: trainee for trainee in trainees}
        self._by_id = {key: id_ for id_ in self.listed for key in _keys(id_)}
        self._by_email: dict[str, set[str]] = {}
        for person in self.listed.values():
            self._by_email.setdefault(person.email.casefold(), set()).add(person.id)
        self.has_names = any(person.is_described for person in self.listed.values())
        self._words = {id_: names.words(person.name) for id_, person in self.listed.items() if person.name}

    def called(self, ids: Iterable[str]) -> list[str]:
        """Ids with their names, for people."""
        known = [self.listed.get(id_, Trainee(id_, "")) for id_ in sorted(ids)]
        return [f"{person.id} {person.name}".strip() for person in known]

    def by_id(self, text: str) -> str | None:
        """The person whose id this is, however it is spaced and capitalised."""
        return next((self._by_id[key] for key in _keys(text) if key in self._by_id), None)

    def numbered(self, match: Match, number: str) -> Match:
        """Of several persons the one who has this number."""
        person = self._numbers.get(number)
        return Match(frozenset([person])) if person in match.ids and len(match.ids) > 1 else match

    def by_email(self, address: str) -> Match:
        """The persons with this address; an office may have one for all of its people."""
        plain = address.strip().casefold()
        return Match(frozenset(self._by_email.get(plain, ()) if plain else ()))

    def by_name(self, name: str, *, whole: bool) -> Match:
        """The persons with this name.

        Parameters
        ----------
        name : a name with or without titles
        whole : whether it is known to be a person's full name, as in a learning platform; of one word alone, another
            name that has it is then no candidate
        """
        wanted = names.words(name)
        equal = frozenset(id_ for id_, known in self._words.items() if names.same(wanted, known))
        having = frozenset(id_ for id_, known in self._words.items() if set(wanted) & set(known))
        if equal:
            return Match(equal if whole or len(wanted) > 1 else equal | having)
        like = frozenset(id_ for id_ in having if names.similar(wanted, self._words[id_]))
        if like:
            return Match(like, exact=False)
        return Match(maybe=frozenset(id_ for id_ in having if 1 in (len(wanted), len(self._words[id_]))))

    def in_label(self, label: str) -> Match:
        """Whom a name of a file or folder means: by id, e-mail address or full name in it, else by the words of one."""
        label = label[:_LONGEST_LABEL]
        parts = [label, *(part.strip() for part in _PARTS.split(label))]
        found = [self._part(part, alone=part == label) for part in dict.fromkeys(parts) if part]
        exact = [match for match in found if match.exact and match.ids]
        if exact:
            together = frozenset[str]().union(*(match.ids for match in exact))
            return Match(together, by_id=all(match.by_id for match in exact))
        spoken = names.loose(label)
        left = names.beside_work(spoken)
        short = frozenset() if left else self._short(parts)
        if short:
            return Match(short, by_id=True)
        alone = self.by_name(" ".join(left), whole=False)
        if alone.exact and alone.ids:
            return Match(alone.ids)
        within = {id_ for id_, known in self._words.items() if len(known) > 1 and _contains(spoken, known)}
        # of «Siti Aminah» and «Siti Aminah Putri» the longer is meant where all its words are there
        longest = frozenset(id_ for id_ in within if not any(self._is_part(id_, other) for other in within))
        if longest:
            return Match(longest, exact=False)
        like = frozenset[str]().union(*(match.ids for match in found))
        maybe = alone.maybe.union(*(match.maybe for match in found))
        return Match(like, maybe, exact=False)

    def _short(self, parts: list[str]) -> frozenset[str]:
        """Persons with an id of a letter and a digit, which beside other words may be a version or a group."""
        runs = (run for part in parts for run in _runs(part) if len(run) < _SHORT_ID and _has_both(run))
        return frozenset(id_ for run in runs if (id_ := self.by_id(run)))

    def in_canvas(self, joined: str) -> Match:
        """Canvas writes last and first names together, in small letters."""
        letters = "".join(names.loose(joined))
        found = {
            id_ for id_, known in self._words.items()
            if any(letters == "".join(known[at:] + known[:at]) for at in range(len(known)))
        }  # fmt: skip
        return Match(frozenset(found))

    def _part(self, part: str, *, alone: bool) -> Match:
        person = self.by_id(part) if alone else None
        if person:
            return Match(frozenset([person]), by_id=True)
        within = {self.by_id(run) for run in _runs(part) if _is_telling(run)} - {None}
        if within:
            return Match(frozenset(id_ for id_ in within if id_), by_id=True)
        if address := _EMAIL.search(part):
            return self.by_email(address[0])
        return self.by_name(part, whole=False)

    def _is_part(self, one: str, other: str) -> bool:
        return one != other and set(self._words[one]) < set(self._words[other])


def _contains(spoken: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return all(spoken.count(word) >= name.count(word) for word in name)


def _runs(part: str) -> list[str]:
    """Neighbouring pieces of a part, as an id may have spaces and hyphens in it and beside it."""
    places = list(_PIECES.finditer(part))[:_MOST_PIECES]
    return [
        part[places[at].start() : places[end].end()]
        for at in range(len(places))
        for end in range(at, min(at + _LONGEST_RUN, len(places)))
    ]


def _is_telling(part: str) -> bool:
    """Whether a part of a longer name may be an id: «2» may as well count copies."""
    digits = sum(sign.isdigit() for sign in part)
    return digits >= _LONG_NUMBER or (_has_both(part) and len(part) >= _SHORT_ID)


def _has_both(part: str) -> bool:
    """Whether it has letters and digits."""
    return any(sign.isalpha() for sign in part) and any(sign.isdigit() for sign in part)


def _keys(text: str) -> list[str]:
    """How an id may be written: as it is, and a long number (NIP, NIK) without its spaces and points."""
    plain = text.strip().casefold()
    digits = re.sub(r"[\s.\-]", "", plain)
    return [plain, digits] if digits.isdigit() and len(digits) >= _LONG_NUMBER else [plain]
