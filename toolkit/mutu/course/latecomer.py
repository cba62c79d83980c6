"""Somebody who comes later: one more participant, with an id that nobody has and no second entry of one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from mutu.course import names, students
from mutu.course.listed import listed
from mutu.course.nbgrader import Trainee
from mutu.course.participant import called
from mutu.errors import N_, InputError

_HANDED_IN = ("submitted", "autograded")


def entered(name: str, id_: str, email: str, known: Iterable[Trainee], course: Path) -> Trainee:
    """The participant to enter.

    Parameters
    ----------
    name : as the class list is to write it
    id_ : empty for the next free one
    email : may be empty
    known : whom the gradebook has
    course : nbgrader's course, whose folders may have ids that the gradebook has not

    Raises
    ------
    InputError : the id is somebody's, the person is there already, or id or e-mail cannot be one
    """
    there = {each.id: each for each in known}
    trainee = Trainee(id_.strip(), " ".join(name.split()), email.strip())
    if not trainee.id:
        _not_there(trainee.name, there.values())
        trainee = Trainee(next(free_ids({*there, *handed_in(course)})), trainee.name, trainee.email)
    wrong = students.reasons(trainee)
    if wrong:
        raise InputError(N_("Nobody was entered: {reasons}"), reasons=" ".join(wrong))
    same = next((each for each in there.values() if each.id.casefold() == trainee.id.casefold()), None)
    if same is not None and same.is_described:
        raise InputError(
            N_("Nobody was entered: the id is that of {who}. Choose another one, or leave --id out."),
            who=called(same.id, same.name),
        )  # fmt: skip
    return trainee


def _not_there(name: str, known: Iterable[Trainee]) -> None:
    """Refuse a name that the class list has, however it is spelled."""
    same = [each for each in known if each.name and names.same(names.words(each.name), names.words(name))]
    if same:
        raise InputError(
            N_("Nobody was entered: {who} is there already. If this is another person of that name, give an id with "
               "--id."),
            who=listed(called(each.id, each.name) for each in same),
        )  # fmt: skip


def free_ids(taken: Iterable[str]) -> Iterator[str]:
    """p01, p02 and so on, without those that somebody has."""
    used = {id_.casefold() for id_ in taken}
    return (id_ for number in count(1) if (id_ := f"p{number:02d}") not in used)


def handed_in(course: Path) -> list[str]:
    """Ids under which something was handed in or graded."""
    folders = [course / name for name in _HANDED_IN]
    return [each.name for folder in folders if folder.is_dir() for each in folder.iterdir()]
