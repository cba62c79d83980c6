"""What submissions import is seen in their files, before they are read, and in their cells."""

import json

import pytest

from mutu.course.grade.needs import Needs, imported

CELL = "# hitung\nfrom mutu.measure import skm\nimport pandas as pd\n    import numpy.linalg"


@pytest.mark.parametrize("source", [CELL, CELL.splitlines(keepends=True)], ids=["one text", "lines"])
def test_a_file_shows_what_its_cells_import(source):
    assert imported(json.dumps({"cells": [{"source": source}]})) == {"mutu.measure", "pandas", "numpy"}


def test_only_what_some_import_makes_a_difference():
    needs = Needs(("mutu",), {"pandas": ("pandas",), "mutu.measure": ("mutu.measure.skm", "pandas")})
    assert needs.more == ("pandas", "mutu.measure.skm")
    assert [needs.has_more([text]) for text in ("import pandas", "import os", "import numpy", CELL)] == [
        True, False, False, True,
    ]  # fmt: skip
