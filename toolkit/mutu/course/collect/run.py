"""Collecting from beginning to end: find, recognise, place, and say what became of everything."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from mutu.course import clock
from mutu.course.collect import byhand, draft, drafted, place, reading, who
from mutu.course.collect.assignments import Assignments, Task
from mutu.course.collect.byhand import Choices, Open
from mutu.course.collect.chosen import Chosen
from mutu.course.collect.found import Found, Origin, Trouble, same_way, shown
from mutu.course.collect.leftover import Leftover
from mutu.course.collect.memory import Memory
from mutu.course.collect.people import Match, People
from mutu.course.collect.place import Submission
from mutu.course.collect.records import Records, digest
from mutu.course.collect.report import Placed, Report
from mutu.course.collect.spool import Spool
from mutu.course.collect.walk import walk
from mutu.course.collect.who import Decision, Sign
from mutu.course.nbgrader import Trainee
from mutu.errors import N_, ReadError
from mutu.locale import _

_CHOSEN = who.OUTSIDE + 1  # the rank of what a person chose
_NAMED = 5


def collect(
    source: Path, course: Path, trainees: Iterable[Trainee], *, choices: Path | None = None, newcomers: bool = False
) -> Report:  # fmt: skip
    """Put notebooks from anywhere into nbgrader's folder `submitted`.

    Parameters
    ----------
    source : folder, zip from a learning platform, mailbox, mail, or one notebook
    course : nbgrader's course, with source/ or release/
    trainees : the class list
    choices : the list of an earlier run, filled in
    newcomers : whether those who handed in and are not in the class list are proposed for it

    Raises
    ------
    InputError : the course has no assignments
    ReadError : there is nothing that can be read, or the list of choices is wrong
    MachineError : the course or the disk cannot be written
    """
    assignments = Assignments(course)
    memory = Memory(course)
    people = People(trainees, drafted.numbers(course) | memory.numbers())
    listed = byhand.read(choices, people, assignments.names()) if choices else Choices()
    chosen = Chosen(listed, choices, memory, people)
    with tempfile.TemporaryDirectory(prefix="mutu-") as scratch:
        items = list(walk(source, Spool(Path(scratch))))
        found = [item for item in items if isinstance(item, Found)]
        run = _Run(course, assignments, people, choices=chosen, files=found)
        run.report.troubles += [item for item in items if isinstance(item, Trouble)]
        if not any(found.is_notebook for found in run.files):
            raise _nothing(source, run.instead())
        run.all()
    notebooks = frozenset(task.notebook.casefold() for task in assignments.names())
    proposed = None
    if run.report.open and not people.has_names:
        proposed = draft.write([item.origin for item in items], course, people, notebooks)
    elif newcomers and run.strangers:
        proposed = draft.newcomers(run.strangers, course, people, notebooks)
    if proposed:
        run.report.class_file, run.report.named = proposed.file, proposed.named
        run.report.notes += proposed.notes
    if run.report.open and people.listed:
        run.report.list_file = byhand.write(run.report.open, people, assignments.names(), course)
    return run.report


@dataclass(frozen=True)
class _Recognised:
    """A notebook with what it may be, the one that it is, and whose."""

    found: Found
    tasks: list[Task]
    task: Task | None
    decision: Decision
    damaged: bool
    empty: bool
    left_out: bool

    def order(self) -> tuple[int, bool, datetime]:
        """What is placed first: what is known better, what can be opened, then what is newer."""
        rank = self.decision.sign.rank if self.decision.sign else 0
        return rank, not self.damaged, self.found.origin.when.at


class _Run:
    def __init__(
        self, course: Path, assignments: Assignments, people: People, *, choices: Chosen, files: list[Found]
    ) -> None:
        self.report = Report()
        self.files = files
        self.strangers: list[Origin] = []
        self._course, self._assignments, self._people, self._choices = course, assignments, people, choices
        self._records = Records(course)

    def all(self) -> None:
        """Place every notebook: the best known first, of these the newest, so that no claim is there before a fact."""
        everything = [self._recognised(found) for found in self.files if found.is_notebook]
        known = _alike([each for each in everything if not each.left_out])
        for each in everything:
            if each.left_out and each.task:
                self._take_back(each.found, each.task, "")
        for each in sorted(known, key=_Recognised.order, reverse=True):
            if each.task is None:
                self._leave(each.found, None, _which(each), each.decision.candidates or _ids(each.decision))
            elif each.decision.student is None or each.decision.sign is None:
                self.strangers += [each.found.origin] if not each.decision.candidates else []
                self._leave(each.found, each.task, each.decision.reason, each.decision.candidates)
            else:
                self._place(each, each.task, each.decision.student, each.decision.sign)
        self._say_times([each.found for each in known])
        self._leftover(known)
        self.report.notes += self._choices.told()
        self._choices.save()
        for told in (self.report.placed, self.report.kept, self.report.open):
            told.sort(key=lambda each: each.origin)

    def instead(self) -> list[Trouble]:
        """What came where there is no notebook at all."""
        left = Leftover(self._people, set())
        left.tell(self.files, self.report.troubles)
        return left.troubles

    def _leftover(self, known: list[_Recognised]) -> None:
        """Say what else came, and who sent no notebook."""
        sent = {id_ for each in known for id_ in each.decision.candidates | _ids(each.decision)}
        left = Leftover(self._people, sent)
        left.tell(self.files, self.report.troubles)
        self.report.troubles = left.troubles
        self.report.notes += left.notes

    def _recognised(self, found: Found) -> _Recognised:
        content = reading.read(found.file, self._assignments.lines)
        tasks = self._assignments.of(content, found.origin.name)
        choice, kind = self._choices.of(found)
        task = (choice and choice.task) or (tasks[0] if len(tasks) == 1 else None)
        decision = who.decide(found.origin, content, task, self._people)
        left_out = choice is not None and not choice.student
        if choice and not left_out:
            decision = Decision(choice.student, replace(_by_hand(choice.student, kind), step=_step(decision)))
        return _Recognised(found, tasks, task, decision, content.damaged, content.empty, left_out)

    def _place(self, known: _Recognised, task: Task, student: str, sign: Sign) -> None:
        found = known.found
        taken, left = place.beside(self._beside(found, sign))
        when, way = found.origin.when, found.origin.shown
        submission = Submission(student, task, found.file, when, sign.kind, sign.rank, way, known.damaged, taken)
        alone = self._assignments.notebooks_of(task.assignment) == 1
        if sign.kind in who.BY_HAND:
            self._take_back(found, task, student)
        outcome = place.put(submission, self._course, self._records, alone=alone)
        if outcome.state == "open":
            self._leave(found, task, outcome.reason, frozenset([student]))
            return
        (called,) = self._people.called([student])
        name = called.removeprefix(student).strip()
        result = Placed(student, task, way, when, sign.kind, name, outcome.reason, outcome.replaced)
        (self.report.placed if outcome.state == "placed" else self.report.kept).append(result)
        if outcome.state == "placed":
            self._say_of(result, left, known)

    def _take_back(self, found: Found, task: Task, student: str) -> None:
        """It was placed for somebody else before, by a choice or by what its name says: it is no work of theirs."""
        mark = digest(found.file)
        before = {id_ for id_, way in self._records.having(mark, task) if same_way(found.origin.shown, way)}
        chosen = self._choices.before(found)
        for other in sorted((before | ({chosen} if chosen else set())) - {student}):
            kept = place.withdraw(other, task, mark, self._course, self._records)
            person, file = ", ".join(self._people.called([other])), found.origin.shown
            if kept:
                said = _("{person}: {file} was taken back, as you chose otherwise now; it is in {folder}.")
                self.report.notes.append(said.format(person=person, file=file, folder=kept))
            elif other in before and place.is_graded(other, task, self._course):
                said = _(
                    "{person}: {file} stays there too, as it has been graded. Delete it in submitted and autograded."
                )
                self.report.notes.append(said.format(person=person, file=file))

    def _beside(self, found: Found, sign: Sign) -> dict[str, Path]:
        """Files that lie with a notebook or below it, in a folder, archive or mail that is one person's."""
        folder = found.origin.steps[:-1]
        if sign.step is None and sign.kind not in ("sender", "forwarded"):
            return {}
        return {
            "/".join(other.origin.steps[len(folder) :]): other.file
            for other in self.files
            if not other.is_notebook and other.origin.steps[: len(folder)] == folder
        }

    def _leave(self, found: Found, task: Task | None, reason: str, candidates: frozenset[str]) -> None:
        called = tuple(self._people.called(candidates))
        self.report.open.append(Open(found.origin.shown, digest(found.file), reason, called, task))

    def _say_of(self, result: Placed, left: list[str], known: _Recognised) -> None:
        person = f"{result.student} {result.name}".strip()
        if left:
            said = _("{person}: not copied along, since name or size does not do: {files}.")
            self.report.notes.append(said.format(person=person, files=", ".join(map(shown, left[:_NAMED]))))
        if known.empty:
            said = _("{person}: {file} is empty (0 bytes). It counts as a try; ask them to save it and send it again.")
            self.report.notes.append(said.format(person=person, file=result.origin))
        elif known.damaged:
            said = _("{person}: the notebook {file} is damaged; it was placed as it is. Ask for it again.")
            self.report.notes.append(said.format(person=person, file=result.origin))

    def _say_times(self, notebooks: list[Found]) -> None:
        clocks = {found.origin.when.clock for found in notebooks}
        if "zip-local" in clocks:
            said = _(
                "Times in the zip file have no time zone; they were read as {zone}. If the platform has another one, "
                "collect again with --zone (WIB, WITA or WIT); zona in pelatihan.toml says it for all commands."
            )
            self.report.notes.append(said.format(zone=clock.zone()))
        if "now" in clocks:
            self.report.notes.append(_("A time in the future, or none at all, was taken as now."))


def _alike(known: list[_Recognised]) -> list[_Recognised]:
    """An empty file says nothing of its exercise: it is that of all the others, where they are of one."""
    tasks = {each.task for each in known if each.task}
    if len(tasks) != 1:
        return known
    (task,) = tasks
    return [replace(each, task=task) if each.empty and each.task is None else each for each in known]


def _by_hand(student: str, kind: str) -> Sign:
    return Sign(kind, _CHOSEN, Match(frozenset([student])), student)


def _step(decision: Decision) -> int | None:
    return decision.sign.step if decision.sign and decision.student else None


def _ids(decision: Decision) -> frozenset[str]:
    return frozenset([decision.student] if decision.student else ())


def _which(known: _Recognised) -> str:
    if known.tasks:
        names = ", ".join(sorted({task.assignment for task in known.tasks}))
        return _("It may belong to several exercises: {names}.").format(names=names)
    if known.empty:
        return _("The file is empty (0 bytes), and its name does not say which exercise it is. Ask for it again.")
    if known.damaged:
        return _("The notebook is damaged, and neither its name nor its content says which exercise it is.")
    return _("It is no notebook of an exercise of this course; perhaps the lesson was sent.")


def _nothing(source: Path, troubles: list[Trouble]) -> ReadError:
    if not troubles:
        return ReadError(N_("{file} has no notebooks (.ipynb). Is it the right folder or file?"), file=source)
    listed = [f"{trouble.origin.shown}: {trouble.reason}" for trouble in troubles[:_NAMED]]
    if len(troubles) > _NAMED:
        listed.append(_("And {count} more.").format(count=len(troubles) - _NAMED))
    return ReadError(N_("{file}: no notebook could be read.\n{list}"), file=source, list="\n".join(listed))
