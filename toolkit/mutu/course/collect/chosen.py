"""Whom a person chose: in the list that is given now, else at an earlier time."""

from __future__ import annotations

from pathlib import Path

from mutu.course.collect.byhand import NOBODY, Choice, Choices
from mutu.course.collect.found import Found
from mutu.course.collect.memory import Memory
from mutu.course.collect.people import People
from mutu.course.collect.records import digest
from mutu.course.listed import listed
from mutu.locale import _


class Chosen:
    """Choices, of which those in the list of now come first and are remembered.

    Parameters
    ----------
    listed, list_file : the list that is given now, if there is one
    memory : the earlier choices
    people : the class list; a choice of somebody who is not in it any more is asked about again
    """

    def __init__(self, listed: Choices, list_file: Path | None, memory: Memory, people: People) -> None:
        self._listed, self._list_file, self._memory, self._people = listed, list_file, memory, people
        self._used: dict[Path | None, list[str]] = {}

    def of(self, found: Found) -> tuple[Choice | None, str]:
        """The choice about a file, and what to call it, one of `who.KINDS`."""
        sha256 = digest(found.file)
        choice = self._listed.of(found.origin.shown, sha256)
        if choice and self._list_file:
            self._memory.add(found.origin, sha256, choice, self._list_file)
            return choice, "by hand"
        choice = self._memory.of(found.origin, sha256)
        if choice is None or choice.student not in {*self._people.listed, ""}:
            return None, ""
        made_in = self._memory.made_in(found.origin, sha256)
        (person,) = self._people.called([choice.student]) if choice.student else (_(NOBODY),)
        self._used.setdefault(made_in, []).append(f"{found.origin.shown} → {person}")
        return choice, "remembered"

    def before(self, found: Found) -> str | None:
        """The person chosen at an earlier time."""
        choice = self._memory.of(found.origin, digest(found.file))
        return choice.student if choice else None

    def told(self) -> list[str]:
        """What was decided by earlier choices, and how to change one."""
        said = []
        for made_in, files in self._used.items():
            shown = listed(files, between="; ")
            said.append(
                _("As you chose before: {files}.").format(files=shown.removesuffix(".")) + " " + self._how(made_in)
            )
        return said

    def _how(self, made_in: Path | None) -> str:
        if made_in:
            how = _("To change one, choose somebody else in {file} and collect with --map and that file.")
            return how.format(file=made_in)
        return _("To be asked again, delete {file}.").format(file=self._memory.file)

    def save(self) -> None:
        """Remember the choices of now."""
        self._memory.save()
