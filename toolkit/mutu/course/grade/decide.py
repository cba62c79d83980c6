"""Points from verdicts, by nbgrader's rules; where they would give marks for nothing, a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mutu.course.grade.mend import Question, checksum, harmless
from mutu.course.grade.mend.truth import MANUAL, TEST, TruthCell
from mutu.course.grade.rooms import Told
from mutu.course.grade.taking import SHOW, Taking, number
from mutu.errors import N_

_NOT_PLAIN = N_(
    "The answer for «{cell}» is no plain data ({kind}), so it was given no points; please look at it yourself."
)
_DIFFERENT = N_(
    "The test «{cell}» passes in the trainee's own process but not when it is examined from outside; "
    "please look at the answer yourself."
)
_NO_NUMBER = N_(
    "The test «{cell}» gave back «{value}», which is no number from 0 to {most}; please give the points yourself."
)
_NOTHING = N_(
    "The test «{cell}» gave back no number of points, as it does for the trainer's own solution; "
    "please give the points yourself."
)
_CHANGED = N_(
    "The answer for «{cell}» changes the data of its own test, and is right only by that, so it was given no points; "
    "please look at it yourself."
)
_NOT_WHOLE = N_(
    "The test «{cell}» did not run to its end, though it reported no error; please look at the answer yourself."
)


@dataclass(frozen=True)
class Decided:
    """Points of one notebook.

    Attributes
    ----------
    scores : grade id -> points, None where a person gives them
    untouched : answer -> whether it is what was handed out
    questions : what a person should look at, and why
    """

    scores: Mapping[str, float | None]
    untouched: Mapping[str, bool]
    questions: tuple[Question, ...] = ()


def decide(taking: Taking) -> Decided:
    """Points of a notebook that went through its rooms."""
    scores: dict[str, float | None] = {}
    untouched: dict[str, bool] = {}
    questions: list[Question] = []
    places = {name: at for at, name in taking.tests.items()}
    for cell in taking.notebook["cells"]:
        role = cell["metadata"].get("nbgrader") or {}
        known = taking.paper.truth.by_id.get(str(role.get("grade_id")))
        if known is None or known.grade_id is None:
            continue
        name = known.grade_id
        same = checksum(cell["source"], role, cell["cell_type"]) == role.get("checksum")
        if known.is_answer:
            untouched[name] = same
        if known.kind == MANUAL:
            scores[name] = 0.0 if same else None
        elif known.kind == TEST:
            scores[name] = _test(taking, known, places[name], questions) if name in places else None
    return Decided(scores, untouched, tuple(questions))


def _test(taking: Taking, known: TruthCell, at: int, questions: list[Question]) -> float | None:
    told = taking.verdict(at)
    name = str(known.grade_id)
    if told.ok:
        return _points(told, known, questions, is_number=name in taking.paper.scored)
    if told.raised == "ChangedError":
        questions.append(Question("changed", _CHANGED, {"cell": name}, cell=name))
    elif told.raised == "NotPlainError":
        questions.append(Question("not-plain", _NOT_PLAIN, {"cell": name, "kind": harmless(told.why)}, cell=name))
    elif not told.whole:
        questions.append(Question("not-whole", _NOT_WHOLE, {"cell": name}, cell=name))
    elif name not in taking.paper.beside and (shown := taking.told.get(SHOW, {}).get(at)) and shown.ok:
        questions.append(Question("different", _DIFFERENT, {"cell": name}, cell=name))
    return 0.0


def _points(told: Told, known: TruthCell, questions: list[Question], *, is_number: bool) -> float | None:
    """All points, or the number that the test gave back."""
    most = float(known.points or 0.0)
    given = number(told.result)
    if given is None and not is_number:
        return most  # a test may end in any value: nbgrader gives all points for it, and so do we
    if given is None:
        questions.append(Question("no-points", _NOTHING, {"cell": known.grade_id}, cell=known.grade_id))
        return None
    if 0 <= given <= most:
        return given
    said: dict[str, Any] = {"cell": known.grade_id, "value": str(told.result)[:80], "most": most}
    questions.append(Question("no-number", _NO_NUMBER, said, cell=known.grade_id))
    return None
