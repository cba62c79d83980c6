"""What importing costs, and that the examples in the docstrings are true."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest
from measures_kit import HOUSES

import mutu.measure
import mutu.regulations
import mutu.responses

HEAVY = (
    "pandas", "polars", "pyarrow", "duckdb", "dask", "scipy", "statsmodels", "networkx", "matplotlib", "altair",
    "pyreadstat", "IPython", "sqlalchemy",
)  # fmt: skip
MODULES = [
    name
    for room in (mutu.measure, mutu.regulations, mutu.responses)
    for _, name, _ in pkgutil.walk_packages(room.__path__, room.__name__ + ".")
]


@pytest.mark.parametrize("module", ["mutu", "mutu.responses", *(f"mutu.measure.{house}" for house in HOUSES)])
def test_importing_brings_no_heavy_library(module):
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_brings_nothing_but_itself():
    code = "import sys; before = set(sys.modules); import mutu; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() in ("['__future__', 'mutu']", "['mutu']")


def test_every_measure_is_looked_at():
    here = {name for _, name, package in pkgutil.iter_modules(mutu.measure.__path__) if package}
    assert here <= set(HOUSES)


def test_scoring_a_polars_frame_imports_no_pandas():
    code = (
        "import sys, polars, mutu.measure.skm as skm; skm.score(polars.DataFrame({'U1': [4, 3]}), by={'g': [1, 2]});"
        "print([name for name in ('pandas', 'scipy.stats') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_there_are_examples_to_run():
    finder = doctest.DocTestFinder()
    examples = [
        example for name in MODULES for test in finder.find(importlib.import_module(name)) for example in test.examples
    ]
    assert len(examples) >= 10
