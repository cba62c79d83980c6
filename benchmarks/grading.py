"""Grading a class: `mutu course grade` against `nbgrader autograde`, on the same submissions in the same run.

    python benchmarks/grading.py [--class 60] [--write]

Makes a class of the SKM module from its known submissions, grades it with both, compares what they left row by row
(scores, comments, cells, outputs), and prints throughput, the floor and where the rest of the time goes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any

import psutil

from mutu.course import author
from mutu.course.author import building
from mutu.course.author.variants import submitted, variants
from mutu.course.grade.needs import Needs
from mutu.course.nbgrader import Folders, configuration, generate

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "validation" / "grading.md"
NAME = "skm"
MUTU = str(Path(sys.executable).with_name("mutu"))
MIB = 1024 * 1024
RUNS = 3


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--class", dest="size", type=int, default=60, help="submissions")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(HERE.parent)}")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        lines = list(_measured(Path(scratch), chosen.size))
    text = "\n".join(lines)
    print(text)
    if chosen.write:
        PAGE.write_text(text + "\n", encoding="utf-8")


def _measured(scratch: Path, size: int) -> Iterator[str]:
    theirs = make_class(scratch / "theirs", size)
    ours = {jobs: _copy(theirs, scratch / f"ours-{jobs}") for jobs in (1, 2)}
    seconds, peak = _timed([sys.executable, "-m", "nbgrader", "autograde", NAME, "--force"], theirs)
    yield "# Grading a class"
    yield ""
    yield f"`python benchmarks/grading.py --class {size}`: {size} submissions of the module «{NAME}» on"
    yield f"{len(os.sched_getaffinity(0))} processors, both engines on the same files in the same run. They are"
    yield "the known ones of the module, right and wrong, repeated."
    yield ""
    yield "| | seconds | per submission | throughput of nbgrader | peak memory |"
    yield "|---|---|---|---|---|"
    yield _row("`nbgrader autograde …`", seconds, size, seconds, peak)
    every = len(os.sched_getaffinity(0))
    took = {}
    for name, jobs, processors in (("1`, on one processor", 1, 1), ("1`", 1, every), ("2`", 2, every)):
        command = [MUTU, "course", "grade", NAME, "--course-dir", str(ours[jobs]), "--jobs", str(jobs), "--force"]
        took[name], most = _timed(command, ours[jobs], times=RUNS, processors=processors)
        yield _row(f"`mutu course grade … --jobs {name}", took[name], size, seconds, most)
    yield ""
    yield f"Ours is isolated; its seconds are the median of {RUNS} runs. Two processors with two rooms do"
    yield f"{took['1`, on one processor'] / took['2`']:.2f} times what one does with one."
    yield ""
    yield from _compared(theirs, ours[2])
    yield ""
    yield from _floor(ours[1])


def make_class(root: Path, size: int) -> Path:
    """A course with that many submissions of the known kinds, released, ready to be graded."""
    module = author.find("02")
    author.build([module])
    folders = Folders(root, root.parent / "exchange")
    shutil.copytree(building.built(module.path.parent) / "source" / NAME, root / "source" / NAME)
    generate(folders, NAME)
    source, release = (_notebook(root / step / NAME / f"{NAME}.ipynb") for step in ("source", "release"))
    known = variants(module)
    for number in range(size):
        variant = known[number % len(known)]
        place = root / "submitted" / f"peserta-{number + 1:03d}" / NAME
        place.mkdir(parents=True)
        place.joinpath(f"{NAME}.ipynb").write_text(json.dumps(submitted(variant, source, release)), encoding="utf-8")
        place.joinpath("timestamp.txt").write_text("2026-11-25 02:00:00.000000 UTC", encoding="utf-8")
    (root / "nbgrader_config.py").write_text(configuration(root, root.parent / "exchange"), encoding="utf-8")
    return root


def _notebook(file: Path) -> Any:
    import nbformat

    return nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]


def _copy(course: Path, place: Path) -> Path:
    shutil.copytree(course, place)
    (place / "nbgrader_config.py").write_text(configuration(place, place.parent / "exchange"), encoding="utf-8")
    return place


def _timed(command: list[str], folder: Path, *, times: int = 1, processors: int | None = None) -> tuple[float, int]:
    """Seconds of a command, the median of some runs, and the most memory that it and its children held together.

    Looking at memory (proportional set size) takes time of its own, so that is done in a run that is not timed.
    """
    here = sorted(os.sched_getaffinity(0))
    on = partial(os.sched_setaffinity, 0, here[:processors])
    seconds = []
    for _number in range(times):
        began = time.perf_counter()
        _run(command, folder, on, is_watched=False)
        seconds.append(time.perf_counter() - began)
    return median(seconds), _run(command, folder, on, is_watched=True)


def _run(command: list[str], folder: Path, first: Callable[[], None], *, is_watched: bool) -> int:
    """Run a command after `first`; the most memory seen, where it is looked at."""
    peaks = [0]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=first
    ) as process:
        over = Event()
        if is_watched:
            Thread(target=_watch, args=(process.pid, over, peaks), daemon=True).start()
        _out, said = process.communicate()
        over.set()
    if process.returncode != 0:
        raise SystemExit(f"{command}: {said.decode(errors='replace')[-2000:]}")
    return peaks[0]


def _watch(pid: int, over: Event, peaks: list[int]) -> None:
    while not over.wait(0.5):
        peaks[0] = max(peaks[0], _memory(pid))


def _memory(pid: int) -> int:
    total = 0
    try:
        family = [process := psutil.Process(pid), *process.children(recursive=True)]
    except psutil.Error:
        return 0
    for each in family:
        try:
            total += each.memory_full_info().pss
        except psutil.Error:
            continue
    return total


def _row(name: str, seconds: float, size: int, theirs: float, peak: int) -> str:
    return f"| {name} | {seconds:.1f} | {seconds / size:.3f} s | {theirs / seconds:.1f} × | {peak / MIB:.0f} MiB |"


def _compared(theirs: Path, ours: Path) -> Iterator[str]:
    """What both left, row by row."""
    yield "## The same marks, comments, cells and outputs"
    yield ""
    for what, rows in {"scores": _SCORES, "comments": _COMMENTS, "submissions": _SUBMISSIONS}.items():
        one, other = (_rows(place, rows) for place in (theirs, ours))
        yield f"- {what}: {len(one)} rows, {len(set(one) ^ set(other))} differ"
    yield from _compared_notebooks(theirs, ours)


_SCORES = """select s.student_id, n.name, b.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
from grade g join submitted_notebook sn on g.notebook_id = sn.id join notebook n on sn.notebook_id = n.id
join submitted_assignment s on sn.assignment_id = s.id join base_cell b on g.cell_id = b.id"""
_COMMENTS = """select s.student_id, n.name, b.name, c.auto_comment, c.manual_comment
from comment c join submitted_notebook sn on c.notebook_id = sn.id join notebook n on sn.notebook_id = n.id
join submitted_assignment s on sn.assignment_id = s.id join base_cell b on c.cell_id = b.id"""
_SUBMISSIONS = """select s.student_id, a.name, s.timestamp, s.extension, n.name, sn.late_submission_penalty, sn.flagged
from submitted_assignment s join assignment a on s.assignment_id = a.id
join submitted_notebook sn on sn.assignment_id = s.id join notebook n on sn.notebook_id = n.id"""


def _rows(course: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        return sorted(book.execute(query), key=repr)


def _compared_notebooks(theirs: Path, ours: Path) -> Iterator[str]:
    cells = outputs = 0
    different: dict[str, str] = {}
    for file in sorted(theirs.glob(f"autograded/*/{NAME}/{NAME}.ipynb")):
        one, other = (_notebook(place / file.relative_to(theirs)) for place in (theirs, ours))
        for at, (left, right) in enumerate(zip(one.cells, other.cells, strict=True)):
            cells += 1
            outputs += len(left.get("outputs", ()))
            if (said := difference(left, right)) is not None:
                different.setdefault(f"{said}, cell {at}", file.parts[-3])
    yield f"- cells: {cells} with {outputs} outputs, {len(different)} kinds of difference"
    for kind, student in different.items():
        yield f"    - {kind}: first in {student}"


def difference(left: Any, right: Any) -> str | None:
    """In what two cells differ, apart from times and from where one print ended and the next began."""
    for part in ("cell_type", "source", "execution_count"):
        if left.get(part) != right.get(part):
            return part
    if {**left.metadata, "execution": None} != {**right.metadata, "execution": None}:
        return "metadata"
    return None if _joined(left.get("outputs", ())) == _joined(right.get("outputs", ())) else "outputs"


def _joined(outputs: Any) -> list[Any]:
    kept: list[Any] = []
    for output in outputs:
        last = kept[-1] if kept else {}
        if output["output_type"] == "stream" == last.get("output_type") and last["name"] == output["name"]:
            last["text"] += output["text"]
        else:
            kept.append(dict(output))
    return kept


def _floor(course: Path) -> Iterator[str]:
    """What a submission costs at least here, and what the command spends before the first one."""
    from mutu.course.grade import rooms

    yield "## The floor, and where the rest goes"
    yield ""
    began = time.perf_counter()
    subprocess.run([MUTU, "course", "grade", NAME, "--course-dir", str(course)], check=True, stdout=subprocess.DEVNULL)
    nothing = time.perf_counter() - began
    empty = _rooms(rooms, [])
    light = _rooms(rooms, [{"index": at, "source": f"x = {at}"} for at in range(10)])
    yield f"- the command with nothing to grade: {nothing:.2f} s"
    yield f"- a room, forked from the loaded process, isolated, with an examiner and a candidate: {empty * 1000:.0f} ms"
    yield f"- the same with ten cells that do next to nothing: {light * 1000:.0f} ms"


def _rooms(rooms: Any, cells: list[dict[str, Any]], many: int = 40) -> float:
    job = {"mode": "exam", "timeout": 30, "given": {}, "cells": cells}
    with rooms.House() as house:
        house.load(Needs(("numpy", "pandas")))
        took = [_room(house, job) for _number in range(many)]
    return sorted(took)[many // 2]


def _room(house: Any, job: dict[str, Any]) -> float:
    began = time.perf_counter()
    room = house.open(job, {}, {}, 60)
    room.go()
    while not room.read():
        pass
    room.close()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
