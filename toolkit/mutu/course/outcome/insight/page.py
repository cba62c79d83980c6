"""The page of a class. What trainees wrote is text, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

import mutu
from mutu.course.outcome import pages
from mutu.course.outcome.insight import alike, behind, marks
from mutu.course.outcome.insight.alike import Alike, SideBySide
from mutu.course.outcome.insight.figure import marks_figure
from mutu.course.outcome.insight.gather import Work
from mutu.course.outcome.insight.insight import Insight
from mutu.course.outcome.insight.marks import TaskResult, hardest, mark, named, points
from mutu.course.outcome.insight.wrong import WrongGroup
from mutu.course.outcome.pages import clean
from mutu.course.outcome.standing import is_old, not_graded
from mutu.locale import _, current, date, integer, number, percent

GROUPS, PAIRS = 8, 6
"""Most groups of wrong answers, and pairs, on the page; the JSON has all."""

FEW = 2
"""Trainees of a wrong answer from which on it is called frequent."""

_LINES, _LONGEST = 24, 120
_WORDS = 260
_PHONE, _WIDE = 330, 720


@dataclass(frozen=True)
class Line:
    """A line of an answer, or a run of words, and whether it is shared; `before` is what the line is indented by."""

    text: str
    shared: bool = False
    before: str = ""


@dataclass(frozen=True)
class Side:
    """One of two answers: whose, and its lines."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Beside:
    """A task with the two answers to it."""

    title: str
    is_text: bool
    sides: tuple[Side, Side]


@dataclass(frozen=True)
class Picture:
    """A figure for wide screens and for phones, with its title and note."""

    title: str
    note: str
    wide: Any
    phone: Any


def page(found: Insight, *, today: Date) -> str:
    """The page in the language in use.

    Parameters
    ----------
    found : what there is to say
    today : the day that stands on the page
    """
    return pages.render(
        __package__, "insight", found=found, shown=_Shown(found), today=date(today), version=mutu.__version__,
        _=_, integer=integer, number=number, percent=percent, points=points, language=current,
    )  # fmt: skip


class _Shown:
    """An insight as the template needs it: every number written, every text cleaned."""

    def __init__(self, found: Insight) -> None:
        self.found = found
        self.titles = {result.task.key: clean(result.task.title) for result in found.tasks}

    @property
    def title(self) -> str:
        return clean(self.found.course.title)

    def name(self, person: str) -> str:
        """Name and id of a person."""
        known = self.found.course.people.get(person)
        name = clean(known.name if known else person)
        return name if name == person else f"{name} ({clean(person)})"

    def names(self, people: Iterable[str], most: int = 6) -> str:
        """Some names; of many the first ones."""
        listed = list(people)
        said = ", ".join(self.name(person) for person in listed[:most])
        more = len(listed) - most
        return said if more <= 0 else _("{names} and {count} more").format(names=said, count=integer(more))

    @property
    def missing(self) -> list[str]:
        course = self.found.course
        handed_in = {work.person.id for work in course.works} | {*course.ungraded, *course.unfit}
        return [person for person in self.found.course.people if person not in handed_in]

    @property
    def unfit(self) -> list[str]:
        """Who handed in what cannot be graded, with the reason."""
        return [f"{self.name(who)}: {clean(str(reason))}" for who, reason in self.found.course.unfit.items()]

    @property
    def waiting(self) -> list[str]:
        """Whose old points wait for a look, with the tasks; whoever waits for points is only counted."""
        works = [work for work in self.found.course.works if work.standing.has_old_points]
        return [f"{self.name(work.person.id)}: {clean(work.standing.waiting)}" for work in works]

    @property
    def late(self) -> list[str]:
        """Who handed in late, and by how much."""
        works = self.found.course.works
        return [f"{self.name(each.person.id)} ({each.standing.late.how_long})" for each in works if each.standing.late]

    def remarks(self, work: Work) -> str:
        """What stands below a name in the table of trainees."""
        stands = work.standing
        late = [_("{how_long} late").format(how_long=stands.late.how_long)] if stands.late else []
        return clean("; ".join([*([stands.waiting] if stands.waiting else []), *late]))

    @property
    def everybody(self) -> list[tuple[str, Work | None, str]]:
        """Who handed in, by id: what is graded of it, and what stands below the name."""
        course = self.found.course
        rows: list[tuple[str, Work | None, str]]
        rows = [(work.person.id, work, self.remarks(work)) for work in course.works]
        rows += [(who, None, clean(not_graded(None).words)) for who in course.ungraded]
        rows += [(who, None, clean(not_graded(reason).words)) for who, reason in course.unfit.items()]
        return sorted(rows, key=lambda row: row[0])

    @property
    def counted(self) -> list[str]:
        """Why the counts on the page differ, where they do."""
        found, graded = self.found, len(self.found.course.works)
        n = found.tasks[0].n if found.tasks else graded
        said = []
        if 0 < graded < found.handed_in:
            said.append(
                _("{count} of them are graded; the shares of the class are of these.").format(count=integer(graded))
            )
        if n < graded:
            said.append(
                _("Median and tasks are counted from {count} submissions: of the others a task that is graded "
                  "automatically still waits.").format(count=integer(n))
            )  # fmt: skip
        return said

    @property
    def hardest(self) -> list[str]:
        return [clean(marks.share_text(result)) for result in hardest(self.found.tasks)]

    @property
    def most_frequent(self) -> str:
        groups = self.groups
        if not groups:
            return ""
        if not self.is_frequent:
            return _("No mistake occurs twice.")
        return f"{self.heading(groups[0])}. {clean(groups[0].why.text)}"

    def heading(self, group: WrongGroup) -> str:
        """The task, and how many of the class gave this wrong answer."""
        return _("{title}: {count} of {n}").format(
            title=self.titles[group.task], count=integer(len(group.people)), n=integer(len(self.found.course.works))
        )

    @property
    def groups(self) -> list[WrongGroup]:
        """The groups on the page: frequent ones, or the largest where none is."""
        frequent = [group for group in self.found.wrong if len(group.people) >= FEW]
        return (frequent or list(self.found.wrong))[:GROUPS]

    @property
    def is_frequent(self) -> bool:
        """Whether some wrong answer was given more than once."""
        return any(len(group.people) >= FEW for group in self.found.wrong)

    @property
    def left_out(self) -> int:
        """Wrong answers that are in no group on the page."""
        return len(self.found.wrong) - len(self.groups)

    def example(self, group: WrongGroup) -> tuple[Line, ...]:
        return _code(group.example, frozenset())

    def figure_of_marks(self) -> Picture | None:
        return _picture(marks_figure(self.found.marks)) if self.found.marks else None

    def figure_of_tasks(self) -> Picture | None:
        from mutu.report.figures.register import spec

        if self.found.items is None:
            return None
        return _picture(spec(named(self.found.items, self.found.tasks)))

    def items_sentence(self) -> str:
        return clean(named(self.found.items, self.found.tasks).sentence()) if self.found.items else ""

    @property
    def bands(self) -> dict[str, str]:
        """From where on a task is called what."""
        return {
            "hard": percent(marks.HARD, 0), "easy": percent(marks.EASY, 0), "apart": number(marks.APART),
        }  # fmt: skip

    def task_row(self, result: TaskResult) -> list[str]:
        """The cells of a task in the table of tasks, behind its title."""
        if result.task.by_hand:
            if result.mean is None:
                return ["–", "–", "–", _("waits for points by hand")]
            said = _("by hand: {mean} of {max} on average, given to {given} of {n}").format(
                mean=number(round(result.mean, 9), 1), max=points(result.task.max_score), given=integer(result.given),
                n=integer(result.n),
            )  # fmt: skip
            return ["–", "–", "–", said]
        share = percent(result.difficulty, 0)
        right = _("{right} of {n} ({share})").format(right=integer(result.right), n=integer(result.n), share=share)
        apart = number(result.item.discrimination) if result.item else "–"
        group = self.found.items.group if self.found.items else 1
        said = "; ".join(result.words(group))
        if result.empty:
            said += "; " + _("{count} left it empty").format(count=integer(result.empty))
        return [right, _interval(result), apart, said]

    def small(self) -> str:
        """The warning of a small class; empty where it is large enough."""
        n = len(self.found.course.works)
        if n >= marks.SMALL:
            return ""
        return _(
            "Only {n} submissions: one person moves a share by {step}. Read the intervals, and do not judge a task by "
            "these numbers alone."
        ).format(n=integer(n), step=percent(1 / n if n else None, 0))

    def points(self, work: Work) -> str:
        """The points of a person so far, of all there are: the number that every command tells."""
        return f"{points(work.standing.score or 0.0)}/{points(work.standing.max_score)}"

    def share(self, work: Work) -> str:
        """The points of what is decided, as a share; a dash where the file broke off, as nobody knows the rest."""
        if any(task.lost for task in work.standing.open):
            return "–"
        return percent(mark(work.submission).share, 0)

    def given(self, work: Work, result: TaskResult) -> str:
        """The points of a task in the table of trainees."""
        grade = work.grades.get(result.task.key)
        if grade is None:
            return "–"
        if marks.waits(grade):
            return "…"
        if is_old(grade):
            return f"{points(grade.score)} …"
        untouched = bool(result.task.answers) and work.empty.issuperset(result.task.answers)
        return "–" if untouched and not grade.score else points(grade.score)

    @property
    def pairs(self) -> list[Alike]:
        """Pairs that are still to be asked about."""
        return self._open[:PAIRS]

    @property
    def left(self) -> int:
        """How many of them do not fit on the page."""
        return max(0, len(self._open) - PAIRS)

    @property
    def _open(self) -> list[Alike]:
        return [pair for pair in self.found.alike if not self.found.is_decided(pair)]

    @property
    def decided(self) -> list[str]:
        """Pairs of which a person has decided."""
        return [" · ".join(self.who(pair)) for pair in self.found.alike if self.found.is_decided(pair)]

    def who(self, pair: Alike) -> tuple[str, str]:
        works = self.found.course.works
        one, other = (self.name(works[place].person.id) for place in pair.pair)
        return one, other

    def how(self, pair: Alike) -> str:
        """In what a pair agrees."""
        said = []
        if pair.shape >= alike.LIMITS["shape"]:
            said.append(_("the steps of the code"))
        if pair.wording >= alike.LIMITS["wording"]:
            said.append(_("names, numbers and comments"))
        if pair.phrases >= alike.SHARED_TEXT:
            said.append(_("{share} of the phrases of the shorter text").format(share=percent(pair.phrases, 0)))
        return ", ".join(said)

    def beside(self, pair: Alike) -> list[Beside]:
        names = self.who(pair)
        return [Beside(self.title_of(cell.cell), cell.is_text, _sides(cell, names)) for cell in pair.shown]

    def title_of(self, answer: str) -> str:
        """The title of the task that an answer cell belongs to."""
        task = next((result.task.key for result in self.found.tasks if answer in result.task.answers), "")
        return self.titles.get(task, clean(answer))

    @property
    def rules(self) -> list[str]:
        """By what somebody is listed as falling behind."""
        return [
            _("a module is not handed in whose day has passed, or that half of the class has handed in;"),
            _("the mark is below {limit} of the points given so far in {low} of the last {last} modules (in the only "
              "one, where there is one);").format(
                limit=percent(behind.LIMIT, 0), low=integer(behind.LOW), last=integer(behind.LAST)),
            _("the file for this module cannot be graded, or did not arrive whole;"),
            _("at least {count} answers of this module are still as they were handed out.").format(
                count=integer(behind.EMPTY)),
        ]  # fmt: skip

    @property
    def measured(self) -> str:
        """How well pairs are found, as `benchmarks/insight.py` measured it."""
        return _(
            "Measured on synthetic classes of 60: of those who copied all code, this page shows {verbatim} where it is "
            "word for word, {renamed} where names, comments and format were changed, {reordered} where statements were "
            "also reordered; of classes in which nobody copied, {wrong} show a pair. Who copied less is found less "
            "often."
        ).format(**{name: percent(value, 0) for name, value in alike.MEASURED.items()})


def _interval(result: TaskResult) -> str:
    if result.interval is None:
        return "–"
    return f"{number(100 * result.interval.low, 0)}–{percent(result.interval.high, 0)}"


def _sides(cell: SideBySide, names: Sequence[str]) -> tuple[Side, Side]:
    made = [
        Side(name, _prose(text, shared) if cell.is_text else _code(text, shared))
        for name, text, shared in zip(names, cell.texts, cell.shared, strict=True)
    ]
    return made[0], made[1]


def _code(text: str, shared: frozenset[int]) -> tuple[Line, ...]:
    """The lines of a piece of code, as many as fit."""
    lines = clean(text).rstrip().split("\n")
    found = [_line(_cut(line), place in shared) for place, line in enumerate(lines[:_LINES])]
    return (*found, *([Line("…")] if len(lines) > _LINES else []))


def _line(line: str, shared: bool) -> Line:
    text = line.lstrip()
    return Line(text, shared, line[: len(line) - len(text)])


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _prose(text: str, shared: frozenset[int]) -> tuple[Line, ...]:
    """A text in runs of words that are shared or not."""
    words = [_cut(clean(word)) for word in text.split()]
    found = list[Line]()
    for place, word in enumerate(words[:_WORDS]):
        same = place in shared
        if found and found[-1].shared == same:
            found[-1] = Line(f"{found[-1].text} {word}", same)
        else:
            found.append(Line(word, same))
    return (*found, *([Line("…")] if len(words) > _WORDS else []))


def _picture(spec: Any) -> Picture:
    from markupsafe import Markup

    from mutu.report import figures

    wide, phone = (Markup(figures.rows_svg(spec, width=width)) for width in (_WIDE, _PHONE))  # noqa: S704 - escaped there
    return Picture(clean(spec.title), spec.note, wide, phone)
