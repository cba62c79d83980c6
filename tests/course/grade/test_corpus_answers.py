"""Wrong answers that would pass tests of a certain form: those that compare, iterate, change or run what they get."""

import pytest
from cage_kit import needs_cage
from grade_kit import Small, answer, check

pytestmark = needs_cage


def graded(tmp_path, test, reference, **answers):
    """Beside, and marks by trainee, of one test of one function `f`."""
    body = reference.replace("\n", "\n    ")
    solution = f"def f(x):\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION"
    small = Small(tmp_path, (answer("f", solution), check("tes", test)))
    for name, text in answers.items():
        small.hand_in(name, {"f": text})
    report = small.report()
    marks = {name: each["tes"] for name, each in small.scores().items()}
    return tuple(report.beside), marks, {each.student: each.questions for each in report.submissions}


SAME = "class S:\n    def __eq__(self, other): return True\ndef f(x):\n    return S()"


def test_two_answers_that_are_compared_with_each_other_have_to_be_plain(tmp_path):
    """Where both sides are the trainee's, an object that equals everything would pass."""
    beside, marks, said = graded(
        tmp_path,
        "assert f(3) == f(-3)\nassert f(2) == f(-2)",
        "return x * x",
        benar="def f(x):\n    return x * x",
        sama=SAME,
    )
    assert (beside, marks) == ((), {"benar": 1.0, "sama": 0.0})
    assert "plain data" in said["sama"][0] or "data biasa" in said["sama"][0]


def test_own_objects_are_compared_where_the_task_asks_for_them(tmp_path):
    beside, marks, _said = graded(
        tmp_path, "assert f(3) == f(3)\nassert f(3) != f(4)",
        "class P:\n    def __init__(self): self.x = x\n    def __eq__(self, o): return self.x == o.x\nreturn P()",
        benar="class P:\n    def __init__(self, x): self.x = x\n    def __eq__(self, o): return self.x == o.x\n"
        "def f(x):\n    return P(x)",
        sama=SAME,
    )  # fmt: skip
    assert (beside, marks) == ((), {"benar": 1.0, "sama": 0.0})


CHANGED = "data = [3, 5, 4]\nassert f(data) == sum(data) / len(data)"


def test_an_answer_that_is_right_only_by_changing_the_tests_data_gets_nothing(tmp_path):
    beside, marks, said = graded(
        tmp_path, CHANGED, "return sum(x) / len(x)",
        benar="def f(x):\n    return sum(x) / len(x)",
        urut="def f(x):\n    x.sort()\n    return sum(x) / len(x)",
        curang="def f(x):\n    x[:] = [0]\n    return 0",
    )  # fmt: skip
    assert (beside, marks) == ((), {"benar": 1.0, "urut": 1.0, "curang": 0.0})
    assert said["urut"] == ()
    assert "changes the data" in said["curang"][0] or "mengubah data" in said["curang"][0]


def test_the_end_of_an_iteration_does_not_end_one_of_the_tests(tmp_path):
    beside, marks, _said = graded(
        tmp_path, "assert all(map(lambda n: f(n) == n * n, (2, 3)))", "return x * x",
        benar="def f(x):\n    return x * x", henti="def f(x):\n    raise StopIteration",
    )  # fmt: skip
    assert (beside, marks) == ((), {"benar": 1.0, "henti": 0.0})


@pytest.mark.parametrize(
    ("test", "reference"),
    [
        ("assert eval(f(2)) == 4", "return str(x * x)"),
        ("assert __import__('ast').literal_eval(f(2)) == 4", "return str(x * x)"),
        ("import pickle\nassert pickle.loads(f(2)) == 4", "import pickle\nreturn pickle.dumps(x * x)"),
    ],
)
def test_a_test_that_could_run_an_answer_is_not_examined_from_outside(tmp_path, test, reference):
    """Else the trainee's code would run where it is judged."""
    beside, marks, _said = graded(tmp_path, test, reference, salah="def f(x):\n    return '5'")
    assert (beside, marks) == (("tes",), {"salah": 0.0})


LIES = """
class A:
    @property
    def __array_interface__(self):
        return {'data': (id(49) + 24, False), 'shape': (1,), 'typestr': '<u4', 'version': 3}
    def __array__(self, *args, **kwargs):
        return __import__('numpy').array([49])
def f(x):
    return A()
"""


@pytest.mark.parametrize("test", ["np.testing.assert_allclose(f(7), 49)", "assert np.isclose(f(7), 49).all()"])
def test_an_answer_does_not_say_where_in_the_examiners_memory_it_lies(tmp_path, test):
    beside, marks, said = graded(
        tmp_path, f"import numpy as np\n{test}", "return x * x", benar="def f(x):\n    return x * x", letak=LIES
    )
    assert (beside, marks) == ((), {"benar": 1.0, "letak": 0.0})
    assert "plain data" in said["letak"][0] or "data biasa" in said["letak"][0]
