"""What the page says about a task, in the language in use."""

from __future__ import annotations

from dataclasses import dataclass

from mutu.course.outcome.feedback import verdict as v
from mutu.course.outcome.feedback.rubric import Level, reached
from mutu.course.outcome.feedback.split import Split
from mutu.course.outcome.standing import written as points
from mutu.locale import _


@dataclass(frozen=True)
class Answer:
    """How a task went.

    `state` is "right", "part", "wrong", "empty" or "waiting", `word` says it; `lines` are sentences; `quote` is what
    a check said, `code` the statement of the check; `cases` are kinds of case; `next_step` is what to do.
    """

    state: str
    word: str
    lines: tuple[str, ...] = ()
    quote: str = ""
    code: str = ""
    cases: tuple[str, ...] = ()
    next_step: str = ""


def of_test(found: v.Verdict, test: Split, share: float) -> Answer:
    """What is said of a test cell; `share` is the share of its points that was given."""
    return _SAID[found.kind](found, test) if share < 1 else _right(test)


def of_hand(rubric: tuple[Level, ...], given: float, full: float) -> Answer:
    """What is said of points given by hand."""
    now, above = reached(rubric, given)
    lines = [
        _("What {points} points stand for: {asks}.").format(points=points(now.points), asks=_bare(now.asks))
    ] if now else []  # fmt: skip
    if given >= full:
        return Answer("right", _("Full points"), tuple(lines))
    step = (
        _("For {points} points: {asks}.").format(points=points(above.points), asks=_bare(above.asks)) if above else ""
    )
    return Answer("part" if given > 0 else "wrong", _("Graded by your trainer"), tuple(lines), next_step=step)


def waiting(old: float | None = None) -> Answer:
    """A task that a person has not looked at yet; `old` are points given for an answer that has changed since."""
    said = [_("Your trainer reads this answer and gives the points.")]
    if old is not None:
        said = [_("These {points} points are old: they were given for an earlier answer and wait for a look.").format(
            points=points(old))]  # fmt: skip
    return Answer("waiting", _("Waiting for your trainer"), tuple(said))


def lost() -> Answer:
    """A task that the file broke off before, and of which a person has to decide."""
    said = _("This task is not in your file, which did not arrive whole. It is not a zero.")
    step = _("Hand in the whole notebook again; your trainer decides about this task.")
    return Answer("waiting", _("Not in your file"), (said,), next_step=step)


def leaning() -> Answer:
    """A task that uses something which stood in the lost part of the file, and of which a person has to decide."""
    said = _("This task uses something that is not in your file, which did not arrive whole. It is not a zero.")
    step = _("Hand in the whole notebook again; your trainer decides about this task.")
    return Answer("waiting", _("Waiting for your trainer"), (said,), next_step=step)


def untouched() -> Answer:
    """An answer that is as it was handed out."""
    said = _("This task is still empty, so it could not be checked.")
    step = _("Do try it: an answer that is not right yet gets an explanation too.")
    return Answer("empty", _("Still empty"), (said,), next_step=step)


def _bare(text: str) -> str:
    return text.rstrip(" .")


def _right(test: Split) -> Answer:
    cases = tuple(dict.fromkeys(test.cases.values()))
    said = _("All checks passed. Your answer is right for these cases too:") if cases else _("All checks passed.")
    return Answer("right", _("Right"), (said,), cases=cases)


def _empty(_found: v.Verdict, _test: Split) -> Answer:
    return untouched()


def _wrong(*lines: str, **more: str | tuple[str, ...]) -> Answer:
    return Answer("wrong", _("Not right yet"), lines, **more)  # type: ignore[arg-type]


def _visible(found: v.Verdict, _test: Split) -> Answer:
    if found.code:
        return _wrong(_("This check did not pass:"), quote=found.said, code=found.code)
    if not found.before:
        return _wrong(_("The first check did not pass:"), quote=found.said)
    passed = _("The first check passed. The next one did not:")
    if found.before > 1:
        passed = _("The first {count} checks passed. The next one did not:").format(count=found.before)
    return _wrong(passed, quote=found.said)


def _hidden(found: v.Verdict, test: Split) -> Answer:
    passed = [_("The checks that you can see all passed.")] if test.shows_checks else []
    step = _("Make up an example of this kind, work it out by hand, and compare it with what your answer gives.")
    if len(found.cases) == 1:
        said = _("One check with other data did not pass. It looked at this kind of case:")
    elif found.cases:
        said = _("One check with other data did not pass. It looked at one of these kinds of case:")
    else:
        said = _("One check with other data did not pass.")
        step = _(
            "Try your answer with examples of your own: nothing at all, a single one, and every limit in the task."
        )
    return _wrong(*passed, said, cases=found.cases, next_step=step)


def _unknown(_found: v.Verdict, _test: Split) -> Answer:
    step = _("Run the cell with the check in your notebook once more: it says what is missing.")
    return _wrong(_("One check did not pass."), next_step=step)


def _stopped(found: v.Verdict, _test: Split) -> Answer:
    step = _("Run the cell in your notebook: an arrow shows the line. Correct that line first.")
    if found.said.startswith("ModuleNotFoundError"):
        step = _(
            "Check how the package is spelled. If it works in your notebook, the trainer's computer does not have it: "
            "tell your trainer."
        )
    return _wrong(_("Your code stopped with an error, so it could not be checked:"), quote=found.said, next_step=step)


def _slow(_found: v.Verdict, _test: Split) -> Answer:
    step = _("Look for a loop that never ends: what must change at every turn so that it does?")
    return _wrong(_("Your code ran too long and was stopped."), next_step=step)


def _warned(_found: v.Verdict, _test: Split) -> Answer:
    return _wrong(
        _("While this was checked, a warning came up, and then there are no points. Show it to your trainer.")
    )


def _silent(_found: v.Verdict, _test: Split) -> Answer:
    return _wrong(_("The check did not run to its end, so there are no points yet. Ask your trainer about it."))


def _partial(_found: v.Verdict, _test: Split) -> Answer:
    return Answer("part", _("Partly right"), (_("Part of this task is right; the points say how much."),))


_SAID = {
    v.EMPTY: _empty,
    v.VISIBLE: _visible,
    v.HIDDEN: _hidden,
    v.UNKNOWN: _unknown,
    v.STOPPED: _stopped,
    v.SLOW: _slow,
    v.WARNED: _warned,
    v.SILENT: _silent,
    v.PARTIAL: _partial,
}
