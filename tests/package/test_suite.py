"""How all tests are run: side by side, the marked ones alone, and what fails once more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = """
[tool.pytest.ini_options]
testpaths = ["tests"]
markers = ["alone: by itself"]
"""
SIDE_BY_SIDE = """
import os
def test_has_a_worker():
    assert {jobs} == 1 or os.environ["PYTEST_XDIST_WORKER"]
"""
ALONE = """
import os, pytest
@pytest.mark.alone
def test_has_none():
    assert "PYTEST_XDIST_WORKER" not in os.environ
"""
UNSTABLE = """
from pathlib import Path
def test_passes_the_second_time():
    seen = Path(__file__).with_name("seen")
    if not seen.exists():
        seen.touch()
        raise AssertionError("disturbed")
"""
WRONG = "def test_fails():\n    assert False"
BROKEN = "import no_such_module_at_all"


def _suite(folder, *texts):
    (folder / "tests").mkdir()
    (folder / "toolkit").mkdir()
    (folder / "toolkit" / "run.py").write_bytes((ROOT / "toolkit" / "run.py").read_bytes())
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / ".venv").symlink_to(sys.prefix)
    for number, text in enumerate((SIDE_BY_SIDE.format(jobs=os.cpu_count()), ALONE, *texts)):
        (folder / "tests" / f"test_{number}.py").write_text(text, encoding="utf-8")
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ended = subprocess.run(
        [sys.executable, "-c", "import run; raise SystemExit(run.suite())"],
        cwd=folder / "toolkit", env=outside, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return ended.returncode, ended.stdout.count("== pytest"), ended.stdout + ended.stderr


@pytest.mark.parametrize(
    ("texts", "code", "runs"),
    [((), 0, 2), ((UNSTABLE,), 0, 3), ((UNSTABLE, WRONG), 1, 3)],
    ids=["good", "unstable", "wrong"],
)
def test_what_fails_has_one_more_chance_alone(tmp_path, texts, code, runs):
    assert _suite(tmp_path, *texts)[:2] == (code, runs)


def test_what_is_no_test_that_failed_has_none(tmp_path):
    code, _runs, said = _suite(tmp_path, BROKEN)
    assert code != 0, said
