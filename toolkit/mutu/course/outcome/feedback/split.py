"""A test cell read line by line: what trainees were given, what was kept from them, and what kind of case it looks at.

nbgrader's marks enclose what is hidden. Inside them the author names in a comment what kind of case the lines below
look at, up to the next such comment:

    ### BEGIN HIDDEN TESTS
    # kasus: jawaban kosong            (or, in English, «# case: …»)
    assert rata([None, 3]) == 3
    ### END HIDDEN TESTS
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mutu.course.outcome.checks import written

BEGIN, END = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
_CASE = re.compile(r"^\s*#+\s*(?:kasus|case)\s*:\s*(?P<said>\S.*?)\s*$", re.IGNORECASE)

_PREPARES = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Check:
    """A call of `Checker` in a test cell: its first and last line; what follows is None where it is computed.

    `arguments` are the inputs as its sentences write them, `said` the sentences it may end in.
    """

    first: int
    last: int
    arguments: str | None
    said: tuple[str, ...] | None


@dataclass(frozen=True)
class Split:
    """The text of a test cell; lines count from 1."""

    source: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the cell."""
        return self.source.split("\n")

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Numbers of the lines between nbgrader's marks, marks included; a region without an end never ends."""
        inside, found = False, set()
        for number, line in enumerate(self.lines, 1):
            inside = inside or BEGIN in line
            if inside:
                found.add(number)
            inside = inside and END not in line
        return frozenset(found)

    @cached_property
    def visible(self) -> str:
        """What trainees were given."""
        return "\n".join(line for number, line in enumerate(self.lines, 1) if number not in self.hidden)

    @cached_property
    def cases(self) -> dict[int, str]:
        """Line -> the kind of case its author names there."""
        found = ((number, _CASE.match(self.lines[number - 1])) for number in sorted(self.hidden))
        return {number: match["said"] for number, match in found if match}

    def case(self, line: int) -> str | None:
        """What kind of case a hidden line looks at; None where its author does not say."""
        start = max((n for n in self.hidden if n <= line and BEGIN in self.lines[n - 1]), default=0)
        named = [number for number in self.cases if start <= number <= line]
        return self.cases[named[-1]] if named else None

    @cached_property
    def statements(self) -> tuple[ast.stmt, ...]:
        """The statements of the cell; none where it is not plain Python."""
        try:
            return tuple(ast.parse(self.source).body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ()

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Every call of `Checker`, in the order of the text."""
        nodes = (node for statement in self.statements for node in ast.walk(statement))
        found = [_check(node) for node in nodes if isinstance(node, ast.Call) and _is_check(node)]
        return tuple(sorted(found, key=lambda check: check.first))

    def statement(self, line: int) -> str | None:
        """The visible statement a line belongs to; None where part of it is hidden."""
        for node in self.statements:
            lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            if line in lines:
                return None if self.hidden.intersection(lines) else "\n".join(self.lines[lines[0] - 1 : lines[-1]])
        return None

    @cached_property
    def shows_checks(self) -> bool:
        """Whether some check can be seen."""
        return any(node.lineno not in self.hidden for node in self.statements if not isinstance(node, _PREPARES))

    def unnamed(self) -> Iterator[str]:
        """Hidden statements that check something and name no case: the first line of each."""
        for node in self.statements:
            if node.lineno in self.hidden and not isinstance(node, _PREPARES) and self.case(node.lineno) is None:
                yield self.lines[node.lineno - 1].strip()

    def unplaced(self) -> Iterator[str]:
        """Checks that compute their inputs where that leaves open what a sentence is of: the first line of each.

        Feedback tells visible from hidden checks by their inputs, and hidden ones apart by their cases.
        """
        computed = [check for check in self.checks if check.arguments is None]
        seen = [check for check in computed if check.first not in self.hidden]
        kept = [check for check in computed if check.first in self.hidden]
        several = kept if len({self.case(check.first) for check in kept}) > 1 else []
        yield from (self.lines[check.first - 1].strip() for check in [*(seen if self.hidden else ()), *several])


def _is_check(call: ast.Call) -> bool:
    return bool(call.args) and any(key.arg == "expect" for key in call.keywords)


def _check(node: ast.Call) -> Check:
    try:
        arguments = written([ast.literal_eval(argument) for argument in node.args[1:]])
    except (ValueError, TypeError, SyntaxError):
        arguments = None
    return Check(node.lineno, node.end_lineno or node.lineno, arguments, _said(node))


def _said(call: ast.Call) -> tuple[str, ...] | None:
    """The sentences given to a check."""
    found: list[str] = []
    for key in call.keywords:
        if key.arg == "otherwise":
            found += [key.value.value] if _is_text(key.value) else [""]  # type: ignore[attr-defined]
        elif key.arg == "mistakes":
            pairs = key.value.elts if isinstance(key.value, ast.List | ast.Tuple) else [key.value]
            texts = [pair.elts[1] if isinstance(pair, ast.Tuple) and len(pair.elts) > 1 else pair for pair in pairs]
            found += [text.value if _is_text(text) else "" for text in texts]  # type: ignore[attr-defined]
    return None if "" in found else tuple(found)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
