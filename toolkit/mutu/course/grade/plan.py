"""How the tests of an assignment are looked at, from the trainer's own notebook.

A test reads names. Those that the trainer's cells make (imports, helpers, earlier tests) come from those cells, run
where no trainee's code is; those that a solution makes come from the candidate. Which way works is found by trying
the reference solution (`mutu.course.grade.taking.calibrated`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mutu.course.grade.names import BUILTINS, Text


@dataclass(frozen=True)
class SourceCell:
    """A code cell of the trainer's notebook: its text, whether the trainee's answer stands there, whether it tests."""

    source: str
    answer: bool = False
    test: str = ""


@dataclass(frozen=True)
class Way:
    """Names of a test: numbers of the trainer's cells to run, in order, and names to ask the candidate for."""

    given: tuple[int, ...]
    fetch: tuple[str, ...]

    def as_job(self) -> dict[str, list[str]]:
        """For the examiner."""
        return {"given": [str(number) for number in self.given], "fetch": list(self.fetch)}


@dataclass(frozen=True)
class Test:
    """A test: ways to look at it from outside, the best first; what is needed to run it beside the code.

    Attributes
    ----------
    kept : names of Python that the task asks the trainee to make himself
    again : the trainer's imports, functions and classes that it uses
    steps : its statements
    makes : names that it binds
    is_needed : whether a later cell of the trainer's reads one of them
    runs_text : whether it could run a trainee's text as a program, which must not be where it is examined
    """

    ways: tuple[Way, ...]
    kept: tuple[str, ...]
    again: tuple[str, ...]
    steps: int
    makes: frozenset[str]
    is_needed: bool
    runs_text: bool = False


def plan(cells: Sequence[SourceCell]) -> dict[str, Test]:
    """The tests of a notebook by grade id.

    Parameters
    ----------
    cells : its code cells in order
    """
    texts = [Text(cell.source) for cell in cells]
    return {cell.test: _test(cells, texts, at) for at, cell in enumerate(cells) if cell.test}


def _test(cells: Sequence[SourceCell], texts: Sequence[Text], at: int) -> Test:
    given: set[int] = set()
    fetch: set[str] = set()
    waiting = [(name, at) for name in texts[at].needs]
    seen: set[tuple[str, int]] = set()
    while waiting:
        name, before = waiting.pop()
        if (name, before) in seen:
            continue
        seen.add((name, before))
        maker = _maker(texts, name, before)
        if maker is None:
            fetch |= {name} - BUILTINS
        elif cells[maker].answer:
            fetch.add(name)
        elif maker not in given:
            given.add(maker)
            waiting += [(needed, maker) for needed in texts[maker].needs]
    tests = {number for number in given if cells[number].test}
    again = tuple(texts[number].defines for number in sorted(given - tests) if texts[number].defines)
    kept = tuple(sorted(name for name in fetch if name in BUILTINS))
    makes = texts[at].makes
    later = any(makes & text.needs for number, text in enumerate(texts) if number > at and not cells[number].test)
    runs = any(texts[number].runs_text for number in (at, *given))
    return Test(_ways(texts, given, fetch, at), kept, again, texts[at].statements, makes, later, runs)


def _ways(texts: Sequence[Text], given: set[int], fetch: set[str], at: int) -> tuple[Way, ...]:
    """The trainer's values from the trainer's cells; else as they are in the candidate, who may have added to them."""
    first = Way(tuple(sorted(given)), tuple(sorted(fetch)))
    made = {name for number in given for name in texts[number].makes if not _is_defined(texts[number], name)}
    second = Way(first.given, tuple(sorted(fetch | (made & texts[at].needs))))
    return (first,) if second == first else (first, second)


def _is_defined(text: Text, name: str) -> bool:
    return name in Text(text.defines).makes


def _maker(texts: Sequence[Text], name: str, before: int) -> int | None:
    """The last cell before this one that binds the name."""
    return next((number for number in reversed(range(before)) if name in texts[number].makes), None)


def given_sources(cells: Sequence[SourceCell], tests: Mapping[str, Test]) -> dict[str, str]:
    """The trainer's cells that tests need, by number."""
    needed = {number for test in tests.values() for way in test.ways for number in way.given}
    return {str(number): cells[number].source for number in sorted(needed)}
