"""What became of a task, read from the outputs of its test cell: all passed, or which check failed first.

Outputs come from a process in which the trainee's code ran, so nothing in them is taken at its word: a sentence is
shown only when it is one that a visible check can say, and a line only when it lies in the visible part. Whatever
cannot be placed counts as hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mutu.course.grade.mend import addressless
from mutu.course.outcome import checks
from mutu.course.outcome.feedback.secrets import Secrets
from mutu.course.outcome.feedback.split import Check, Split
from mutu.course.outcome.notebook import outputs, text
from mutu.locale import LANGUAGES, _, use

# Verdict.kind
PASSED, EMPTY, VISIBLE, HIDDEN, UNKNOWN = "passed", "empty", "visible", "hidden", "unknown"
STOPPED, SLOW, WARNED, PARTIAL, SILENT = "stopped", "slow", "warned", "partial", "silent"
UNEXPLAINED = (WARNED, PARTIAL, SILENT)
"""Those of which no check says why there are no full points."""

_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_FRAMES = (
    re.compile(r"Cell In\[(?P<cell>\d+)\], line (?P<line>\d+)"),
    re.compile(r"Input In \[(?P<cell>\d+)\], in <cell line: (?P<line>\d+)>"),
    re.compile(r"<ipython-input-(?P<cell>\d+)-\w+> in .*?^-+> (?P<line>\d+)", re.DOTALL | re.MULTILINE),
)
_OF_A_CELL = re.compile(r"\((?:\d+\.py|<ipython-input-[^>]{1,60}>|<(?:unknown|string)>), line (?P<line>\d+)\)")
_NAME = r"[\w<>]{1,60}"
_TOO_SLOW = {"KeyboardInterrupt", "CellTimeoutError", "TimeoutError"}
_LONGEST = 160  # of what an error says


@dataclass(frozen=True)
class Verdict:
    """What became of a test cell.

    `said` is what a visible check or an error said, `code` the visible statement that failed, `cases` the kinds of
    case among which the hidden check that failed is, `before` how many visible checks passed before it.
    """

    kind: str
    said: str = ""
    code: str = ""
    cases: tuple[str, ...] = ()
    before: int = 0


def verdict(test: Mapping[str, Any], answers: Iterable[Mapping[str, Any]], share: float, secrets: Secrets) -> Verdict:
    """Read it.

    Parameters
    ----------
    test : the graded cell of the notebook as it was graded
    answers : the trainee's cells that belong to it
    share : points given, as a share of the full ones
    secrets : what must not be quoted
    """
    if share >= 1:
        return Verdict(PASSED)
    error = next(_errors(test), None)
    earlier = [each for answer in answers for each in _errors(answer)]
    if _is_empty(error) or (earlier and all(map(_is_empty, earlier)) and _has_no_name(error)):
        return Verdict(EMPTY)
    if earlier and (error is None or _has_no_name(error)):
        return _stopped(earlier[0], secrets)
    if error is None:
        return Verdict(PARTIAL if share > 0 else WARNED if _warned(test) else SILENT)
    return _of_error(error, test, secrets)


def _of_error(error: Mapping[str, Any], test: Mapping[str, Any], secrets: Secrets) -> Verdict:
    split = Split(text(test.get("source")))
    if error.get("ename") == "NotYet":
        return _of_check(text(error.get("evalue")), split, secrets)
    line = _line(error, test.get("execution_count"))
    if line is None or not 1 <= line <= len(split.lines):
        return Verdict(SLOW if _is_slow(error) else UNKNOWN)
    if line in split.hidden:
        return Verdict(HIDDEN, cases=tuple(filter(None, [split.case(line)])))
    if _is_slow(error):
        return Verdict(SLOW)
    return Verdict(VISIBLE, said=_quoted(error, secrets), code=split.statement(line) or split.lines[line - 1].strip())


def _of_check(sentence: str, split: Split, secrets: Secrets) -> Verdict:
    """Place a sentence of `Checker`: among the visible checks by its call, else among the hidden ones."""
    seen = [check for check in split.checks if check.first not in split.hidden]
    for before, check in enumerate(seen):
        if (said := _said_by(check, sentence)) is not None:
            return Verdict(VISIBLE, said="" if secrets.are_in(said) else said, before=before)
    kept = [check for check in split.checks if check.first in split.hidden]
    if not kept:
        return Verdict(UNKNOWN)
    meant = [check for check in kept if check.arguments is not None and f"({check.arguments}) " in sentence]
    possible = meant or [check for check in kept if check.arguments is None] or kept
    named = dict.fromkeys(split.case(check.first) for check in possible)
    return Verdict(HIDDEN, cases=() if None in named else tuple(case for case in named if case))


def _said_by(check: Check, sentence: str) -> str | None:
    """The sentence without what stands before its call, if it is one of this check's own."""
    if check.arguments is None:
        return None
    call = f"{_NAME}{re.escape(f'({check.arguments})')}"
    for language in LANGUAGES:
        with use(language):
            reasons = [_(checks.TEXT), _(checks.COMPARE), *filter(None, check.said or ())]
            why = "|".join(map(re.escape, reasons)) if check.said is not None else ".{1,400}"
            fields = {"call": f"(?P<call>{call})", "answer": ".{0,80}", "why": f"(?:{why})"}
            for template in (_(checks.WRONG), _(checks.NOTHING)):
                if (match := _pattern(template, fields).fullmatch(sentence)) is not None:
                    return sentence[match.start("call") :]
            fields |= {"kind": _NAME, "error": f".{{0,{_LONGEST}}}"}
            if _pattern(_(checks.STOPPED), fields).fullmatch(sentence):
                return sentence
    return None


def _pattern(template: str, fields: Mapping[str, str]) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile("".join(fields[part] if n % 2 else re.escape(part) for n, part in enumerate(parts)), re.DOTALL)


def _stopped(error: Mapping[str, Any], secrets: Secrets) -> Verdict:
    return Verdict(SLOW) if _is_slow(error) else Verdict(STOPPED, said=_quoted(error, secrets))


def _quoted(error: Mapping[str, Any], secrets: Secrets) -> str:
    """An error in one line: its kind, and what it says where that is short and gives nothing away."""
    kind, raw = text(error.get("ename")), _ANSI.sub("", text(error.get("evalue")))
    said = " ".join(_placed(addressless(raw)).split())
    kind = kind if re.fullmatch(r"\w{1,60}", kind) else "Error"
    if not said or len(said) > _LONGEST or secrets.are_in(said):
        return kind
    return said if kind == "AssertionError" else f"{kind}: {said}"


def _placed(said: str) -> str:
    """An error of syntax with its line, without the name that the kernel made up for the cell."""
    return _OF_A_CELL.sub(lambda found: _("(line {line})").format(line=found["line"]), said)


def _line(error: Mapping[str, Any], count: object) -> int | None:
    """The line of the test cell at which an error came up, as IPython's traceback has it."""
    trace = error.get("traceback")
    shown = _ANSI.sub("", "\n".join(map(text, trace)) if isinstance(trace, list) else text(trace))
    for frame in _FRAMES:
        places = [(match["cell"], int(match["line"])) for match in frame.finditer(shown)]
        if places:
            return next((line for cell, line in places if cell == str(count)), places[0][1])
    return None


def _errors(cell: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (output for output in outputs(cell) if output.get("output_type") == "error")


def _is_empty(error: Mapping[str, Any] | None) -> bool:
    if error is None:
        return False
    if error.get("ename") == "NotImplementedError":
        return True
    said = text(error.get("evalue"))
    for language in LANGUAGES:
        with use(language):
            if error.get("ename") == "NotYet" and said == _(checks.EMPTY):
                return True
    return False


def _has_no_name(error: Mapping[str, Any] | None) -> bool:
    """Whether the test only found that the answer left nothing behind."""
    return error is None or error.get("ename") == "NameError"


def _is_slow(error: Mapping[str, Any]) -> bool:
    return error.get("ename") in _TOO_SLOW


def _warned(test: Mapping[str, Any]) -> bool:
    return any(output.get("name") == "stderr" for output in outputs(test))
