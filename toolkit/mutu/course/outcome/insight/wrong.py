"""The most frequent wrong answers, grouped by what the check said and the shape of the code, each with an example."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mutu.course.outcome.insight import shape
from mutu.course.outcome.insight.gather import Class, Task, Work
from mutu.course.outcome.insight.said import Said, said, what_is_secret


@dataclass(frozen=True)
class WrongGroup:
    """Trainees who made the same mistake.

    Attributes
    ----------
    task : key of the task
    why : what the check said
    people : their ids
    ways : how many shapes of code they used for it
    example : the shortest answer of the most usual shape, and `of`, whose it is
    """

    task: str
    why: Said
    people: tuple[str, ...]
    ways: int
    example: str
    of: str


def wrong_answers(course: Class) -> list[WrongGroup]:
    """All groups, the largest first; empty answers are none, and tasks graded by hand have none."""
    found = defaultdict[tuple[str, Said], list[Work]](list)
    for task in course.tasks:
        for work, why in _failed(course, task):
            found[task.key, why].append(work)
    tasks = {task.key: task for task in course.tasks}
    order = list(tasks)
    groups = [_group(tasks[key], why, members) for (key, why), members in found.items()]
    return sorted(groups, key=lambda group: (-len(group.people), order.index(group.task), group.why.text))


def _failed(course: Class, task: Task) -> Iterator[tuple[Work, Said]]:
    if task.by_hand or not task.answers:
        return
    kept = what_is_secret(work.cells[task.key] for work in course.works if task.key in work.cells)
    for work in course.works:
        grade, check = work.grades.get(task.key), work.cells.get(task.key)
        if grade is None or check is None or not answer(work, task):
            continue
        share = grade.score / task.max_score if task.max_score else 1.0
        answers = [work.cells[key] for key in task.answers if key in work.cells]
        if (why := said(check, answers, share, kept)) is not None:
            yield work, why


def _group(task: Task, why: Said, members: list[Work]) -> WrongGroup:
    answers = {work.person.id: answer(work, task) for work in members}
    shapes = defaultdict[str, list[str]](list)
    for person, text in answers.items():
        shapes[shape.key(text)].append(person)
    usual = max(shapes.values(), key=len)
    shortest = min(usual, key=lambda person: (len(answers[person]), person))
    return WrongGroup(task.key, why, tuple(answers), len(shapes), answers[shortest], shortest)


def answer(work: Work, task: Task) -> str:
    """What stands in the answer cells of a task that were touched."""
    return "\n".join(work.written[key] for key in task.answers if key in work.written and key not in work.empty)
