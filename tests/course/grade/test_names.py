"""What a cell makes and needs, and how tests are planned from it."""

import pytest

from mutu.course.grade.names import BUILTINS, Text
from mutu.course.grade.plan import SourceCell, Way, plan


@pytest.mark.parametrize(
    ("source", "makes", "needs"),
    [
        ("x = y + 1", {"x"}, {"y"}),
        ("x = x + 1", {"x"}, {"x"}),
        ("x += 1", {"x"}, {"x"}),
        ("for a in b:\n    print(a)", {"a"}, {"b"}),
        ("import pandas as pd\npd.DataFrame(data)", {"pd"}, {"data"}),
        ("from a.b import c as d, e", {"d", "e"}, set()),
        ("def f(x, y=k):\n    z = 1\n    return x + g + z", {"f"}, {"k", "g"}),
        ("class A(B):\n    c = d", {"A"}, {"B", "d"}),
        ("[i for i in xs if i > t]", set(), {"xs", "t"}),
        ("with open(p) as f:\n    f.read()", {"f"}, {"p"}),
        ("def f():\n    global n\n    n = 1\nf()", {"f"}, {"n"}),
        ("%matplotlib inline\nx = y", {"x"}, {"y"}),
        ("f(x)\ndef f(a):\n    return a", {"f"}, {"f", "x"}),
        ("this is no Python", set(), set()),
    ],
)
def test_names(source, makes, needs):
    text = Text(source)
    assert text.makes == makes
    assert text.needs - BUILTINS == needs


def test_what_can_be_run_again_are_imports_functions_and_classes():
    text = Text("import math\nx = expensive()\ndef f():\n    return 1\nprint(x)")
    assert text.defines == "import math\ndef f():\n    return 1"


CELLS = (
    SourceCell("import math\nfrom helper import periksa"),
    SourceCell("data = periksa.data()"),
    SourceCell("def f(x):\n    return math.sqrt(x)", answer=True),
    SourceCell("assert f(data[0]) == batas", test="t1"),
    SourceCell("batas = 3\ndef sum(x):\n    return 0", answer=True),
    SourceCell("for n in data:\n    periksa(f, n, sum([batas]))", test="t2"),
)


def test_the_trainers_names_come_from_his_own_cells_and_the_trainees_from_the_candidate():
    tests = plan(CELLS)
    assert tests["t1"].ways == (Way((0, 1), ("batas", "f")), Way((0, 1), ("batas", "data", "f")))
    assert tests["t2"].ways[0] == Way((0, 1), ("batas", "f", "sum"))
    assert tests["t2"].kept == ("sum",)
    assert tests["t1"].again == ("import math\nfrom helper import periksa",)


def test_a_name_that_a_later_cell_reads_is_needed():
    cells = (SourceCell("from a import b\nx = 1", test="t"), SourceCell("y = x", answer=True))
    assert plan(cells)["t"].is_needed
    assert not plan((cells[0], SourceCell("y = 2", answer=True)))["t"].is_needed
