"""What came beside notebooks or instead of them, and whose it is: a sentence each, as nothing is dropped silently."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from mutu.course.collect import sniff, who
from mutu.course.collect.found import Found, Origin, Trouble, shown
from mutu.course.collect.people import People
from mutu.course.collect.reading import Reading
from mutu.course.listed import listed
from mutu.locale import _

_ROOT = 2  # steps of a file that lies directly in what was collected
_QUOTED = 80
_READ = 20_000
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


@dataclass
class Leftover:
    """Files that are no notebooks, and what could not be read.

    people : the class list
    sent : ids of those who sent a notebook, or of whom something was said already
    """

    people: People
    sent: set[str]
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def tell(self, files: Iterable[Found], troubles: Iterable[Trouble]) -> None:
        """Say what is to be said of all of them."""
        for trouble in troubles:
            self._trouble(trouble)
        others = [found for found in files if not found.is_notebook]
        for found in others:
            if who.is_online_text(found.origin):
                self._online_text(found)
        nobodys = [found for found in _one_of_each_folder(others) if not self._instead(found)]
        names = [shown(found.origin.name) for found in nobodys if len(found.origin.steps) <= _ROOT]
        if names:
            self.notes.append(_("No notebooks, and left where they are: {files}.").format(files=listed(names)))

    def _trouble(self, trouble: Trouble) -> None:
        decision = who.decide(trouble.origin, Reading(), None, self.people)
        if trouble.aside and (not decision.student or decision.student in self.sent):
            return
        ids = [decision.student] if decision.student else decision.candidates
        self.sent |= {decision.student} if trouble.aside and decision.student else set()
        self.troubles.append(replace(trouble, persons=tuple(self.people.called(ids))))

    def _online_text(self, found: Found) -> None:
        person, student = self._person(found.origin)
        text = _quoted(found)
        if student in self.sent:
            said = _("{person} also typed a text into Moodle, which is no notebook and was not collected: «{text}»")
            self.notes.append(said.format(person=person, text=text))
            return
        self.sent |= {student} if student else set()
        said = _("Only a text was typed into Moodle, no notebook sent: «{text}» Ask for the file that ends in .ipynb.")
        self.troubles.append(Trouble(found.origin, said.format(text=text), (person,) if person else ()))

    def _instead(self, found: Found) -> bool:
        """Whether it is somebody's, who is named where nothing else came of them."""
        person, student = self._person(found.origin)
        if student and student not in self.sent:
            self.sent.add(student)
            said = _("{person} sent files, but no notebook. Ask for the file that ends in .ipynb.").format(
                person=person
            )
            self.troubles.append(Trouble(found.origin, said, (person,)))
        return student is not None

    def _person(self, origin: Origin) -> tuple[str, str | None]:
        decision = who.decide(origin, Reading(), None, self.people)
        near = decision.sign and (decision.sign.rank == who.OUTSIDE or len(origin.steps) <= _ROOT)
        if not decision.student or not near:
            return "", None
        return ", ".join(self.people.called([decision.student])), decision.student


def _one_of_each_folder(files: list[Found]) -> Iterator[Found]:
    """Every file that lies directly in what was collected, and the first of every folder, archive and mail."""
    seen = set[tuple[str, ...]]()
    for found in files:
        folder = found.origin.steps[:-1]
        if not who.is_online_text(found.origin) and (len(folder) < _ROOT or folder not in seen):
            seen.add(folder)
            yield found


def _quoted(found: Found) -> str:
    """The beginning of a text typed into a page."""
    with found.file.open("rb") as opened:
        text = html.unescape(_TAG.sub(" ", sniff.decoded(opened.read(_READ))))
    return shown(" ".join(text.split()), _QUOTED)
