"""The trusted side of a run, in the outer cage: makes the courses, hands in, grades, says what it saw as JSON.

python -m corpus.run GROUP [NAME ...]
"""
# ruff: noqa: T201

from __future__ import annotations

import hashlib
import json
import os
import secrets
import select
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grade_kit import NAME, Small, answer, check, given

from corpus import BESIDE, COURSES, OUTSIDE, RIGHT, WRONG, Hostile, groups
from mutu.kernels import cage
from mutu.locale import use

TIMEOUT = 4
SMALL = {"seconds": 4.0 * TIMEOUT, "limits": cage.Limits(resident=600 << 20, processes=40, disk=90 << 20)}
NEIGHBOURS = {
    "benar": RIGHT,
    "lain": RIGHT | {"akar": "def akar(x):\n    return 4"},
    "salah": {**RIGHT, "kuadrat": WRONG},
}
_SEE = {OUTSIDE: "", BESIDE: "import inspect\nassert 'def' in inspect.getsource({})\n"}
_ROWS = """select s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade
from grade g join submitted_notebook sn on g.notebook_id = sn.id
join submitted_assignment s on sn.assignment_id = s.id join base_cell b on g.cell_id = b.id"""


def main(group: str, only: list[str]) -> None:
    """Run a group in both courses."""
    found = [each for each in groups()[group] if not only or each.name in only]
    with tempfile.TemporaryDirectory(prefix="corpus-") as root:
        os.environ |= {"HOME": root, "IPYTHONDIR": f"{root}/.ipython"}
        with use("en"):
            print(json.dumps({course: _course(Path(root) / course, course, found) for course in COURSES}))


def _course(root: Path, course: str, hostile: list[Hostile]) -> dict[str, Any]:
    began = time.monotonic()
    root.mkdir()
    secret = {name: f"{name}-{secrets.token_hex(8)}" for name in ("BERKAS", "LINGKUNGAN", "PENANDA")}
    small = Small(root, _cells(course, secret["PENANDA"]), {"Execute": {"timeout": TIMEOUT}})
    secret["BEKAS"] = "BEKAS-1234"  # what one submission leaves for another
    (small.folders.course / "rahasia.txt").write_text(secret["BERKAS"])
    os.environ["RAHASIA"] = secret["LINGKUNGAN"]
    for name, answers in NEIGHBOURS.items():
        small.hand_in(name, answers)
    small.grade(jobs=2, **SMALL)
    alone = _neighbours(small)
    before_processes, before_files = _processes(), _of_others(root)
    with _listening(root) as (ears, places):
        for each in hostile:
            _hand_in(small, each, places)
        digest = _digest(small.folders.course)
        try:
            report = small.report(jobs=2, force=True, **SMALL)
            failed, graded = "", {each.student: each.as_json() for each in report.submissions}
        except BaseException:
            report, failed, graded = None, traceback.format_exc(), {}
        heard = bool(select.select(ears, [], [], 0)[0])
    time.sleep(0.2)
    return {
        "failed": failed,
        "seconds": round(time.monotonic() - began, 1),
        "beside": list(report.beside) if report else [],
        "graded": graded,
        "scores": small.scores(),
        "alone": alone,
        "neighbours": _neighbours(small),
        "heard": heard,
        "changed": sorted(set(digest.items()) ^ set(_digest(small.folders.course).items())),
        "running": [_command(pid) for pid in sorted(_processes() - before_processes)],
        "files": sorted(_of_others(root) - before_files),
        "leaks": {name: _leaks(small, name, secret) for name in [each.name for each in hostile]},
        "seen": {each.name: _seen(small, each.name) for each in hostile},
    }


def _cells(course: str, secret: str) -> list[Any]:
    see = {name: _SEE[course].format(name) for name in ("kuadrat", "akar")}
    return [
        given("alat", "import math"),
        answer("kuadrat", "def kuadrat(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"),
        check("tes-kuadrat", f"{see['kuadrat']}assert kuadrat(2) == 4\n### BEGIN HIDDEN TESTS\n"
              f"assert kuadrat(7) == 49, '{secret}'\n### END HIDDEN TESTS", 5),
        check("tes-nilai", f"### BEGIN HIDDEN TESTS\n{see['kuadrat']}tanda = '{secret}'\n"
              "benar = sum(kuadrat(n) == n * n for n in (3, 5, 6))\nbenar * 4 / 3\n### END HIDDEN TESTS", 4),
        answer("akar", "def akar(x):\n    ### BEGIN SOLUTION\n    return math.sqrt(x)\n    ### END SOLUTION"),
        check("tes-akar", f"{see['akar']}assert akar(16) == 4\n### BEGIN HIDDEN TESTS\n"
              f"assert akar(81) == 9, '{secret}'\n### END HIDDEN TESTS", 5),
    ]  # fmt: skip


def _hand_in(small: Small, hostile: Hostile, places: dict[str, str]) -> None:
    answers = {"kuadrat": hostile.first, "akar": hostile.second}
    for name, place in places.items():
        answers = {cell: text.replace(f"«{name}»", place) for cell, text in answers.items()}
    place = small.hand_in(hostile.name, answers, hostile.change, hostile.files)
    if hostile.place is not None:
        hostile.place(place)


@contextmanager
def _listening(root: Path) -> Iterator[tuple[list[socket.socket], dict[str, str]]]:
    """Three servers that nobody may reach, and where they and the course are."""
    tcp = socket.create_server(("127.0.0.1", 0))
    by_file, by_name = (socket.socket(socket.AF_UNIX) for _each in range(2))
    name = f"corpus-{secrets.token_hex(4)}"
    by_file.bind(str(root / "soket"))
    by_name.bind(f"\0{name}")
    ears = [tcp, by_file, by_name]
    for each in ears:
        each.listen()
    try:
        yield ears, {
            "COURSE": str(root / "kursus"), "PORT": str(tcp.getsockname()[1]), "SOCKET": str(root / "soket"),
            "ABSTRACT": name, "MAIN": str(os.getpid()),
        }  # fmt: skip
    finally:
        for each in ears:
            each.close()


def _neighbours(small: Small) -> dict[str, Any]:
    rows = [list(row) for row in small.rows(_ROWS) if row[0] in NEIGHBOURS]
    outputs = {name: [cell.get("outputs") for cell in small.graded(name).cells] for name in NEIGHBOURS}
    return json.loads(json.dumps({"rows": rows, "outputs": outputs}))


def _digest(course: Path) -> dict[str, str]:
    """What nobody may change: everything but what grading writes."""
    found = {}
    for top, folders, names in os.walk(course):
        folders[:] = [name for name in folders if name not in ("autograded", "__pycache__", ".mutu-unfit")]
        for name in names:
            file = Path(top) / name
            if name.startswith("gradebook.db"):
                continue
            data = file.read_bytes() if file.is_file() and not file.is_symlink() else os.fsencode(str(file.lstat()[:4]))
            found[os.fsencode(file.relative_to(course)).decode(errors="replace")] = hashlib.sha256(data).hexdigest()
    return found


def _processes() -> set[int]:
    found = {int(name) for name in os.listdir("/proc") if name.isdigit()} - {os.getpid()}
    return {pid for pid in found if _state(pid) != "Z"}  # the cage's first process buries nobody


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace") or str(pid)
    except OSError:
        return f"{pid} (gone)"


def _of_others(root: Path) -> set[str]:
    """What lies in folders where anybody may write, made by this user."""
    found = set()
    for top in map(Path, ("/tmp", "/var/tmp", "/dev/shm")):
        for file in top.glob("*"):
            try:
                if file.lstat().st_uid == os.getuid() and not root.is_relative_to(file):
                    found.add(str(file))
            except OSError:
                continue
    return found


def _leaks(small: Small, student: str, secret: dict[str, str]) -> list[str]:
    """Secrets that stand in what the trainee would get back: all but the test cells, which only the trainer sees."""
    folder = small.folders.course / "autograded" / student / NAME
    found = set()
    for file in folder.rglob("*") if folder.is_dir() else ():
        if not file.is_file():
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        if file == folder / f"{NAME}.ipynb":
            cells = json.loads(text)["cells"]
            text = json.dumps([each for each in cells if not each["metadata"].get("nbgrader", {}).get("grade")])
        found |= {name for name, value in secret.items() if value in text}
    return sorted(found)


def _seen(small: Small, student: str) -> dict[str, Any]:
    """Of each test: the errors that its cell shows."""
    file = small.folders.course / "autograded" / student / NAME / f"{NAME}.ipynb"
    if not file.is_file():
        return {}
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    return {
        each["metadata"]["nbgrader"]["grade_id"]: [
            f"{output['ename']}: {output['evalue']}"[:300]
            for output in each.get("outputs", ()) if output["output_type"] == "error"
        ]
        for each in cells if "nbgrader" in each["metadata"]
    }  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
