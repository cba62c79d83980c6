"""Every test that the page on security names is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
FILES = [
    *(ROOT / "tests" / "serve").glob("test_*.py"),
    *(ROOT / "tests" / "responses").glob("test_hostile.py"),
    *(ROOT / "tests" / "browser").glob("test_page_*.py"),
    *(ROOT / "tests" / "course" / "collect").glob("test_hostile.py"),
    *(ROOT / "tests" / "course").glob("test_harmless.py"),
    *(ROOT / "tests" / "course" / "grade").glob("test_corpus*.py"),
    *(ROOT / "tests" / "browser").glob("test_formgrader_canary.py"),
    *(ROOT / "tests" / "kernels").glob("test_cage_*.py"),
    *(ROOT / "tests" / "course" / "grade").glob("test_examiners.py"),
    *(ROOT / "tests" / "course" / "outcome").glob("**/test_*.py"),
]


def _tests() -> set[str]:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in FILES]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+)`", TEXT))))
def test_a_named_test_is_there(name):
    assert name in _tests()


def test_the_page_names_tests():
    assert len(re.findall(r"`(test_\w+)`", TEXT)) > 40
