"""What was seen of a group, and its rows of docs/security-submissions.md."""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import cage_kit

from corpus import COURSES, OUTSIDE, TESTS, Hostile, Marks, groups

PAGE = Path(__file__).parents[4] / "docs" / "security-submissions.md"
PATIENCE = 900
_HERE = str(Path(__file__).parents[1])
_HEAD = """# Submissions that try something

Every row is graded by a test, which also writes this page (`pytest tests/course/grade/test_corpus.py
--write-submissions`): in an outer cage, between three honest neighbours whose marks and outputs have to be the same as
without it. Of every row the test also shows: nothing of the course, of the environment or of a hidden test is in what a
trainee gets back; no process, file or connection is left; nothing in the course is changed. The numbers are those of a
list of 66 kinds that were collected from what others met; «+» is added here.

The task has three tests of 5, 4 and 5 points; what is tried belongs to the first two, and the third is an honest answer.
**From outside**: the tests are examined in a process that the trainee's code never enters. **Beside**: the same tests,
written so that they have to run in the trainee's own process (they read his source); such tests are named in the report
of every grading. Where «beside» cannot be caught in principle, the reason stands below the table. Sentences are those of
`mutu course grade …`; «» is the error that the test's own cell shows.

"""
_TABLE = "| kind | submission | it tries | marks from outside | marks beside | what the trainer reads |\n|---|---|---|---|---|---|\n"
_TITLES = {
    "marks": "Marks for nothing", "data": "Data", "running": "Running on", "output": "Output", "notebook": "The file",
    "outside": "Outside", "channel": "The channel, its twins and their neighbours",
}  # fmt: skip


@cache
def seen(group: str) -> dict[str, Any]:
    """What happened to a group in both courses; run once."""
    path = f"{_HERE}:{Path(cage_kit.__file__).parent}"
    command = ["env", f"PYTHONPATH={path}", sys.executable, "-P", "-m", "corpus.run", group]
    done = cage_kit.in_outer_cage(command, needed=[_HERE], patience=PATIENCE)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise AssertionError(f"{done.returncode} {done.stdout[-2000:]}\n{done.stderr[-4000:]}") from None
    return found


def marks(found: dict[str, Any], name: str) -> tuple[float | None, ...]:
    """Points of its tests; None where there are none yet."""
    return tuple(found["scores"].get(name, {}).get(test) for test in TESTS)


def sentences(found: dict[str, Any], name: str) -> list[str]:
    """What the report says of it."""
    graded = found["graded"][name]
    return [*filter(None, [graded["reason"]]), *graded["mended"], *graded["questions"]]


def lines(group: str) -> list[str]:
    """The rows of a group."""
    return [_row(each, seen(group)) for each in groups()[group]]


def write() -> None:
    """Write the page from all groups."""
    parts = [f"## {_TITLES[group]}\n\n{_TABLE}" + "\n".join(lines(group)) + "\n" for group in groups()]
    PAGE.write_text(_HEAD + "\n".join(parts) + _open(), encoding="utf-8")


def _open() -> str:
    rows = [each for group in groups().values() for each in group if each.principle]
    reasons: dict[str, list[str]] = {}
    for each in rows:
        reasons.setdefault(each.principle, []).append(f"`{each.name}`")
    listed = "\n".join(f"- {reason} {', '.join(names)}" for reason, names in reasons.items())
    return f"\n## What cannot be caught beside the code\n\n{listed}\n"


def _row(each: Hostile, found: dict[str, Any]) -> str:
    points = [_points(each.marks(course)) for course in COURSES]
    points[1] += f" or {_points(each.beside_or)}" if each.beside_or else ""
    return f"| {each.kind} | `{each.name}` | {_plain(each.tries)} | {points[0]} | {points[1]} | {_said(each, found[OUTSIDE])} |"


def _points(given: Marks) -> str:
    return " · ".join("–" if each is None else f"{each:g}" for each in given)


def _said(each: Hostile, found: dict[str, Any]) -> str:
    if each.says:
        said = next(text for text in sentences(found, each.name) if re.search(each.says, text))
        return _plain(said)
    errors = found["seen"][each.name].get("tes-kuadrat", [])
    return f"«{_plain(errors[0].partition(':')[0])}»" if errors else "—"


def _plain(text: str) -> str:
    """One cell of a table: nothing that differs from run to run, nothing that is markup."""
    stable = re.sub(r"0x[0-9a-f]{6,}", "0x…", " ".join(text.split()))
    return re.sub(r"([|<>*_`\\])", r"\\\1", stable)
