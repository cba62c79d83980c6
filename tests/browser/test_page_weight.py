"""What a first visit costs on the wire: requests, and bytes as the benchmark counts them. No times."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

MOST_REQUESTS, MOST_BYTES = 8, 60_000
SURVEY = "U1,U2,U3,U4,U5,U6,U7,U8,U9\\n" + "4,4,3,4,4,3,4,4,4\\n" * 12
SURVEY_STEPS = {
    "first": f"""(() => {{ const submit = document.querySelector('[data-form=survey] [type=submit]');
      if (!submit || found.shown) return submit;
      const files = new DataTransfer();
      files.items.add(new File(["{SURVEY}"], "survei.csv"));
      document.querySelector('#file').files = files.files;
      return submit; }})()""",
    "last": "document.querySelector('[data-result] h2')",
    "counted": "document.querySelector('.figure-value')",
}


@pytest.fixture
def benchmark(monkeypatch):
    path = Path(__file__).parents[2] / "benchmarks" / "pages.py"
    spec = importlib.util.spec_from_file_location("benchmarks_pages", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("slug", ["pekppp", "skm"])
def test_a_first_visit_is_light(browser, pages, benchmark, slug):
    steps = {"pekppp": benchmark.OUR_STEPS, "skm": SURVEY_STEPS}[slug]
    visit = benchmark.visit(browser, benchmark.Contender("mutu", pages.port, f"/{slug}", steps))
    assert 4 <= visit.requests <= MOST_REQUESTS  # page, style, script, connection: fewer were not counted
    assert 5_000 < visit.wire <= MOST_BYTES
