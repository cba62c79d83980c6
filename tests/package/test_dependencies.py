"""What the code imports is declared; what is declared for running is used."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
# Used without an import: JupyterLab's language pack and pages, the widgets' front end, Excel files read by lessons.
WITHOUT_IMPORT = {"jupyterlab-language-pack-id-id", "ipywidgets", "jupyterlab", "openpyxl"}
OURS = {"mutu", "hatchling"}


def _declared(*groups: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = [project["project"]["dependencies"], *(project["dependency-groups"][group] for group in groups)]
    return {Requirement(text).name.lower() for requirements in lists for text in requirements}


def _imported(folder: str) -> set[str]:
    """Distributions of the packages that modules under a folder import, anywhere in them."""
    roots: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                roots |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                roots.add(node.module.split(".")[0])
    by_package = packages_distributions()
    third = roots - set(sys.stdlib_module_names) - OURS
    return {re.sub(r"[_.]+", "-", by_package[name][0].lower()) for name in third if name in by_package}


def test_every_package_the_toolkit_imports_is_declared():
    assert _imported("toolkit") - _declared() == set()


def test_every_declared_package_is_used():
    assert _declared() - WITHOUT_IMPORT - _imported("toolkit") == set()


def test_every_package_the_tests_import_is_declared():
    assert _imported("tests") - _declared("dev", "install") - {"msoffcrypto-tool"} == set()
