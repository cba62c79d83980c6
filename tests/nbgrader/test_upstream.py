"""nbgrader's own tests of grading, unchanged, with this engine in the place of its own (`in_place`)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mutu.kernels import cage

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "grading.md"
MINUTES = 30

# file of nbgrader's tests -> which of them, and how many these are; without a choice, all
FILES = {
    "apps.test_nbgrader_autograde": ("", 42),
    "apps.test_nbgrader_generate_feedback": ("", 15),
    "apps.test_api": ("test_autograde or feedback", 4),
    "preprocessors.test_saveautogrades": ("", 10),
    "preprocessors.test_limitoutput": ("", 2),
    "preprocessors.test_ignorepattern": ("", 2),
    "utils.test_utils": ("determine_grade or compute_checksum", 15),
}
# those that nbgrader itself does not run
SKIPPED = {"test_many_students", "test_infinite_loop_with_output"}
# what is otherwise on purpose -> the test in test_on_purpose.py that shows it
ON_PURPOSE = {
    "test_grade_empty_timestamp": "test_a_time_that_cannot_be_read_is_asked_about",
    "test_side_effects": "test_what_the_code_writes_stays_in_its_room",
    "test_handle_failure": "test_a_foreign_notebook_spoils_no_other",
    "test_handle_failure_single_notebook": "test_a_foreign_notebook_spoils_no_other",
    "test_missing_source_kernelspec": "test_a_kernel_that_is_not_there_is_not_needed",
    "test_no_execute": "test_tests_that_never_ran_give_no_marks",
    "test_determine_grade_code_partial_credit": "test_more_points_than_there_are_go_to_a_person",
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(MINUTES * 60),
    pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking())),
]


def _outcomes(tmp_path: Path, module: str, chosen: str) -> dict[str, str]:
    """Test -> "passed", "failed" or "skipped", from a process of its own."""
    report = tmp_path / "report.xml"
    words = [sys.executable, "-m", "pytest", "-p", "in_place", "--pyargs", f"nbgrader.tests.{module}", "-q"]
    words += ["-p", "no:cacheprovider", "-p", "no:xdist", "--rootdir", str(tmp_path), "--junitxml", str(report)]
    words += ["-k", chosen] if chosen else []
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {HERE}\n", encoding="utf-8")
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=MINUTES * 60, check=False)
    assert report.is_file(), done.stdout + done.stderr
    found: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it
        ended = {child.tag for child in case} & {"failure", "error", "skipped"}
        found[case.attrib["name"]] = ended.pop() if ended else "passed"
    return found


@pytest.mark.parametrize("module", FILES)
def test_nbgraders_own_tests_pass(module, tmp_path):
    chosen, count = FILES[module]
    found = _outcomes(tmp_path, module, chosen)
    assert len(found) == count
    mine = {name for name in found if name in ON_PURPOSE}
    assert {name: end for name, end in found.items() if end != "passed"} == (
        dict.fromkeys(mine, "failure") | dict.fromkeys(SKIPPED & found.keys(), "skipped")
    )


def test_every_exception_has_a_test_of_ours_and_stands_in_the_docs():
    tree = ast.parse((HERE / "test_on_purpose.py").read_text(encoding="utf-8"))
    ours = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert set(ON_PURPOSE.values()) <= ours
    assert set(re.findall(r"`(test_\w+)`", PAGE.read_text(encoding="utf-8"))) == set(ON_PURPOSE)
