"""A participant as a person names one: by id or by name; and how one is called in a report."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mutu.course.nbgrader import Trainee
from mutu.errors import N_, InputError

if TYPE_CHECKING:
    from mutu.course.collect.people import People

_NEAR = 5
_LIKE = 0.6  # of difflib's ratio
_NOBODY = N_("The class list has nobody with the id or the name «{wanted}». Check how it is written.")
_NEARLY = N_("The class list has nobody with the id or the name «{wanted}». Perhaps you mean: {near}.")
_SEVERAL = N_("«{wanted}» may mean several participants: {near}. Give the id of one of them.")


def called(id_: str, name: str | None) -> str:
    """A participant for people: the name with the id behind it; the id alone where nobody wrote a name."""
    return f"{name} ({id_})" if name and name != id_ else id_


def with_strangers(known: Iterable[Trainee], ids: Iterable[str]) -> tuple[Trainee, ...]:
    """Those who are known, and those of the ids of whom nobody wrote anything."""
    listed = tuple(known)
    strangers = set(ids) - {person.id for person in listed}
    return (*listed, *(Trainee(id_, "") for id_ in sorted(strangers)))


def nothing_of(who: str, assignments: Iterable[str], folder: Path) -> InputError:
    """What to say of a participant who has handed nothing in.

    Parameters
    ----------
    who : as `called` gives it
    assignments : their names
    folder : of the course
    """
    names = ", ".join(f"«{name}»" for name in assignments)
    return InputError(
        N_("{who} has not handed in {names} yet: there is nothing in {folder}. Collect the file first."),
        who=who, names=names, folder=folder,
    )  # fmt: skip


def meant(wanted: str, people: Iterable[Trainee]) -> str:
    """The id of the participant that somebody means.

    Parameters
    ----------
    wanted : an id, however it is capitalised, or a name or a part of one that only one participant has
    people : everybody it may be

    Raises
    ------
    InputError : it is nobody, or more than one; the message names whom it may be
    """
    from mutu.course.collect.people import People  # who is only called by name does not load what collects

    listed = People(people)
    found = listed.by_id(wanted)
    if found is not None:
        return found
    named = listed.by_name(wanted, whole=False)
    ids = named.ids or named.maybe
    if len(ids) == 1:
        return next(iter(ids))
    if ids:
        raise InputError(_SEVERAL, wanted=wanted, near=_all(ids, listed))
    near = _near(wanted, listed)
    raise InputError(_NEARLY, wanted=wanted, near=_all(near, listed)) if near else InputError(_NOBODY, wanted=wanted)


def _near(wanted: str, listed: People) -> list[str]:
    """Ids of those whose id or name is written nearly so."""
    spellings = {
        text.casefold(): id_
        for id_, person in listed.listed.items()
        for text in (person.name, *person.name.split(), id_)
        if text
    }
    close = difflib.get_close_matches(wanted.casefold(), spellings, _NEAR, _LIKE)
    return list(dict.fromkeys(spellings[text] for text in close))


def _all(ids: Iterable[str], listed: People) -> str:
    every = [called(id_, listed.listed[id_].name) for id_ in ids]
    return ", ".join(sorted(every)[:_NEAR]) + (", …" if len(every) > _NEAR else "")
