"""The engine as a trainer meets it: a course, submissions, marks in the gradebook, notebooks with outputs."""

import contextlib
import json
import os
import signal
import sqlite3
import threading
import time

import psutil
import pytest
from grade_kit import NAME, RIGHT, Small, answer, check, given
from nbconvert.filters import strip_ansi

from mutu.course.grade.room import walls
from mutu.course.grade.submission import RECORD
from mutu.errors import InputError
from mutu.kernels import cage
from mutu.locale import use

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
FULL = {"tes-kuadrat": 5.0, "tes-akar": 5.0}


@pytest.fixture
def small(tmp_path):
    return Small(tmp_path)


def test_right_and_wrong_answers_get_what_they_earn(small):
    small.hand_in("benar")
    small.hand_in("contoh", RIGHT | {"kuadrat": "def kuadrat(x):\n    return 4"})
    small.hand_in("kosong", {})
    graded = small.grade()
    assert small.scores() == {
        "benar": FULL,
        "contoh": FULL | {"tes-kuadrat": 0.0},  # the visible test passes, the hidden one does not
        "kosong": dict.fromkeys(FULL, 0.0),
    }
    assert [graded[name].score for name in ("benar", "contoh", "kosong")] == [10, 5, 0]
    assert not any(each.mended or each.reason for each in graded.values())
    assert {name: len(each.questions) for name, each in graded.items()} == {"benar": 0, "contoh": 0, "kosong": 1}


def test_a_time_that_is_missing_is_asked_about_where_somebody_could_be_late(small):
    (small.hand_in("a") / "timestamp.txt").unlink()
    small.hand_in("b")
    assert small.grade()["a"].questions == ()
    with sqlite3.connect(small.folders.course / "gradebook.db") as book:
        book.execute("update assignment set duedate = '2026-11-19 00:00:00.000000'")
    with use("en"):
        graded = small.grade(force=True)
    assert graded["a"].questions == ("It has no timestamp.txt, so it counts as handed in on time; please check it.",)
    assert graded["b"].questions == ()


def test_tests_are_examined_from_outside(small):
    small.hand_in("benar")
    assert small.report().beside == {}


def test_what_cells_print_show_and_raise_is_kept(small):
    small.hand_in("benar", RIGHT | {"akar": RIGHT["akar"] + "\nprint('halo')\n1 + 1"})
    small.hand_in("salah", {"kuadrat": "def kuadrat(x):\n    return 1 / 0"})
    small.grade()
    stream, result = small.outputs("benar", "akar")
    assert (stream.text, result.data["text/plain"]) == ("halo\n", "2")
    (error,) = small.outputs("salah", "tes-kuadrat")
    assert error.ename == "ZeroDivisionError"
    assert "kuadrat(x)" in strip_ansi("".join(error.traceback))  # the trainee's own line, as nbgrader shows it


def test_a_package_that_is_not_here_is_a_question(small):
    """It is no zero in silence, be it imported by a cell or by the answer itself; a lie about one is no question."""
    small.hand_in("sel", RIGHT | {"kuadrat": f"import tiada.sekali\n{RIGHT['kuadrat']}"})
    small.hand_in("jawaban", RIGHT | {"kuadrat": "def kuadrat(x):\n    from salah_ketik import f\n    return f(x)"})
    small.hand_in("bohong", {"kuadrat": "import json\nraise ModuleNotFoundError(\"No module named 'json'\")"})
    with use("en"):
        graded = small.grade()
    for name, package in (("sel", "tiada"), ("jawaban", "salah_ketik")):
        (question,) = graded[name].questions
        assert question.startswith(f"It imports what is not installed here: «{package}».")
    assert graded["bohong"].questions == ()
    assert small.scores()["sel"] == FULL | {"tes-kuadrat": 0.0}


def test_where_time_ran_out_is_said_and_waited_for_once(tmp_path):
    """A loop in a cell, and one in an answer that a test asks; the count of cells goes on as in one kernel."""
    small = Small(tmp_path)
    small.settings = {"Execute": {"timeout": 2}}
    small.hand_in("sel", RIGHT | {"kuadrat": f"{RIGHT['kuadrat']}\nwhile True: pass"})
    small.hand_in("jawaban", RIGHT | {"kuadrat": "def kuadrat(x):\n    while True: pass"})
    small.hand_in("benar")
    with use("en"):
        graded = small.grade(jobs=2)
    says = "Time was up (2 seconds for each cell) in cell «{}»"
    assert str(graded["sel"].reason).startswith(says.format("kuadrat"))
    assert str(graded["jawaban"].reason).startswith(says.format("tes-kuadrat"))
    assert graded["benar"].reason is None
    assert [small.scores()[name] for name in ("sel", "jawaban")] == [FULL, FULL | {"tes-kuadrat": 0.0}]
    counts = {name: [cell.execution_count for cell in small.graded(name).cells if "outputs" in cell] for name in graded}
    assert counts["jawaban"] == counts["benar"]
    (error,) = small.outputs("jawaban", "tes-kuadrat")
    assert error.ename in ("CellTimeoutError", "KeyboardInterrupt")


def test_a_warning_of_honest_work_costs_nothing(small):
    small.hand_in("p", RIGHT | {"akar": "import sys\ndef akar(x):\n    sys.stderr.write('!')\n    return x ** 0.5"})
    small.grade()
    assert small.scores()["p"] == FULL


def test_only_what_changed_is_graded_again(small):
    small.hand_in("a")
    small.hand_in("b")
    small.grade()
    small.hand_in("b", {})
    graded = small.grade()
    assert (graded["a"].again, graded["a"].score) == (False, 10)
    assert (graded["b"].again, graded["b"].score) == (True, 0)
    assert all(each.again for each in small.grade(force=True).values())


def test_an_interrupted_batch_goes_on_where_it_was(small, tmp_path):
    small.hand_in("a")
    small.grade()
    small.hand_in("b")
    (small.folders.course / "autograded" / "b").mkdir()  # what an interrupted run may leave
    graded = small.grade()
    assert [each.again for each in graded.values()] == [False, True]


def test_points_by_hand_stay_and_are_looked_at_again_where_the_answer_changed(small):
    small.hand_in("a")
    small.grade()
    with sqlite3.connect(small.folders.course / "gradebook.db") as book:
        book.execute("update grade set manual_score = 3 where auto_score = 5")
    graded = small.grade(force=True)
    assert (graded["a"].score, graded["a"].needs_manual) == (6, False)
    small.hand_in("a", RIGHT | {"akar": RIGHT["akar"] + "  # lain"})
    graded = small.grade()
    assert (graded["a"].score, graded["a"].needs_manual) == (6, True)


@pytest.mark.parametrize("victim", ["candidate", "examiner", "loaded", "waiting"])
def test_a_process_that_is_killed_loses_nothing(small, victim):
    slow = RIGHT | {"akar": RIGHT["akar"] + "\nimport time\ntime.sleep(1.5)"}
    for name in "abc":
        small.hand_in(name, slow)
    killed = []
    killer = threading.Thread(target=_kill_one, args=(victim, killed))
    killer.start()
    graded = small.grade(jobs=2)
    killer.join()
    assert killed == [victim]
    assert small.scores() == dict.fromkeys("abc", FULL)
    assert not any(each.reason for each in graded.values())


def test_a_cell_that_ends_its_process_twice_is_left_out(small):
    small.hand_in("a", RIGHT | {"kuadrat": RIGHT["kuadrat"] + "\nimport os\nos._exit(0)"})
    with use("en"):
        (graded,) = small.grade().values()
    assert small.scores() == {"a": FULL | {"tes-kuadrat": 0.0}}
    assert graded.reason.startswith("The cell «kuadrat» ended the process it ran in;")


def _kill_one(victim, killed):
    """Kill one process of the engine as the system might, when memory is short."""
    me = psutil.Process()
    for _attempt in range(400):
        time.sleep(0.05)
        with contextlib.suppress(psutil.NoSuchProcess, IndexError, StopIteration):
            waiting = next(each for each in me.children() if walls.__name__ in " ".join(each.cmdline()))
            loaded = waiting.children()[0]
            rooms = sorted(loaded.children(), key=psutil.Process.create_time)
            if len(rooms) >= 4:  # an examiner that was there when the class began, two candidates, their other examiner
                time.sleep(0.5)
                known = {"waiting": waiting, "loaded": loaded, "examiner": rooms[0], "candidate": rooms[1]}
                os.kill(known[victim].pid, signal.SIGKILL)
                killed.append(victim)
                return


def test_nothing_is_left_running(small):
    small.hand_in(
        "a",
        RIGHT
        | {"akar": RIGHT["akar"] + "\nimport subprocess\nsubprocess.Popen(['sleep', '300'], start_new_session=True)"},
    )
    small.grade()
    assert [each for each in psutil.Process().children(recursive=True) if "sleep" in each.name()] == []


QUEUE = """\
class Antrean:
    ### BEGIN SOLUTION
    def __init__(self):
        self.isi = []
    def masuk(self, x):
        self.isi.append(x)
        return self
    ### END SOLUTION"""


def test_classes_are_examined_too(tmp_path):
    small = Small(tmp_path, (
        answer("kelas", QUEUE),
        check("tes", "a = Antrean()\nassert isinstance(a.masuk(3), Antrean)\nassert a.isi == [3]"),
    ))  # fmt: skip
    small.hand_in("benar", {"kelas": QUEUE.replace("self.isi.append(x)", "self.isi += [x]")})
    small.hand_in("salah", {"kelas": "class Antrean:\n    def masuk(self, x):\n        return self"})
    report = small.report()
    assert report.beside == {}
    assert small.scores() == {"benar": {"tes": 1.0}, "salah": {"tes": 0.0}}


def test_what_cannot_be_examined_runs_beside_the_code_and_is_named(tmp_path):
    small = Small(tmp_path, (
        answer("f", "def f(x):\n    ### BEGIN SOLUTION\n    return [g(1) for g in x]\n    ### END SOLUTION"),
        check("tes", "import inspect\nassert 'return' in inspect.getsource(f)\nassert f([lambda a: a + 1]) == [2]"),
    ))  # fmt: skip
    small.hand_in("benar", {"f": "def f(x):\n    return [h(1) for h in x]"})
    small.hand_in("salah", {"f": "def f(x):\n    return [3]"})
    report = small.report()
    assert tuple(report.beside) == ("tes",)
    assert small.scores() == {"benar": {"tes": 1.0}, "salah": {"tes": 0.0}}


def test_a_test_that_the_trainers_own_solution_does_not_pass_is_named_with_what_it_raises(tmp_path):
    small = Small(tmp_path, (
        answer("f", "def f():\n    ### BEGIN SOLUTION\n    return 3\n    ### END SOLUTION"),
        check("tes", "assert f() == 4, 'bukan empat'"),
    ))  # fmt: skip
    small.hand_in("benar", {"f": "def f():\n    return 4"})
    with use("en"):
        report = small.report()
    assert report.beside == {
        "tes": "«tes»: your own solution does not pass this test (AssertionError: bukan empat). "
               "Correct the test or the solution."
    }  # fmt: skip


def test_part_of_the_points_is_what_the_test_gives_back(tmp_path):
    small = Small(tmp_path, (
        answer("f", "def f():\n    ### BEGIN SOLUTION\n    return 5\n    ### END SOLUTION"),
        check("tes", "min(f(), 5)", 5),
    ))  # fmt: skip
    for name, value in {"tiga": "3", "lima": "9", "rugi": "-1", "bukan": "float('nan')"}.items():
        small.hand_in(name, {"f": f"def f():\n    return {value}"})
    graded = small.grade()
    assert {name: each["tes"] for name, each in small.scores().items()} == {
        "tiga": 3,
        "lima": 5,
        "rugi": None,
        "bukan": None,
    }
    assert all(graded[name].needs_manual and graded[name].questions for name in ("rugi", "bukan"))


def test_a_list_that_a_function_changes_is_changed_for_the_test_as_well(tmp_path):
    small = Small(tmp_path, (
        answer("f", "def f(x):\n    ### BEGIN SOLUTION\n    x.sort()\n    ### END SOLUTION"),
        check("tes", "x = [3, 1]\nf(x)\nassert x == [1, 3]"),
    ))  # fmt: skip
    small.hand_in("benar", {"f": "def f(x):\n    x.sort()"})
    assert small.report().beside == {}
    assert small.scores() == {"benar": {"tes": 1.0}}


def test_a_helper_of_the_trainers_that_is_replaced_is_not_asked(tmp_path):
    small = Small(tmp_path, (
        given("alat", "def sama(a, b):\n    return a == b"),
        answer("f", "def f():\n    ### BEGIN SOLUTION\n    return 4\n    ### END SOLUTION"),
        check("tes", "assert sama(f(), 4)"),
    ))  # fmt: skip
    small.hand_in("curang", {"f": "def f():\n    return 5\ndef sama(a, b):\n    return True"})
    small.grade()
    assert small.scores() == {"curang": {"tes": 0.0}}


@pytest.mark.parametrize("stubborn", ["", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"])
def test_a_cell_that_never_ends_costs_its_own_task_only(tmp_path, stubborn):
    small = Small(tmp_path, settings={"Execute": {"timeout": 2}})
    small.hand_in("lama", RIGHT | {"kuadrat": f"{stubborn}while True:\n    pass"})
    graded = small.grade()
    assert small.scores() == {"lama": FULL | {"tes-kuadrat": 0.0}}
    assert "«kuadrat»" in graded["lama"].reason


def test_a_function_that_never_ends_costs_its_own_task_only(tmp_path):
    small = Small(tmp_path, settings={"Execute": {"timeout": 2}})
    small.hand_in("lama", RIGHT | {"kuadrat": "def kuadrat(x):\n    while True:\n        pass"})
    small.grade()
    assert small.scores() == {"lama": FULL | {"tes-kuadrat": 0.0}}


def test_a_cell_that_ends_the_process_costs_its_own_task_only(small):
    small.hand_in("mati", RIGHT | {"kuadrat": "import os\nos._exit(0)"})
    graded = small.grade()
    assert small.scores() == {"mati": FULL | {"tes-kuadrat": 0.0}}
    assert "kuadrat" in graded["mati"].reason


def test_files_of_the_submission_and_of_the_trainer_are_there(tmp_path):
    small = Small(tmp_path, (
        answer("f", "def f():\n    ### BEGIN SOLUTION\n    return open('data.csv').read()\n    ### END SOLUTION"),
        check("tes", "assert f() == 'a,b'"),
    ))  # fmt: skip
    (small.folders.course / "source" / NAME / "data.csv").write_text("a,b")
    small.hand_in(
        "p", {"f": "def f():\n    return open('data.csv').read()"}, files={"data.csv": b"x", "sendiri.txt": b"1"}
    )
    small.grade()
    assert small.scores() == {"p": {"tes": 1.0}}
    left = small.folders.course / "autograded" / "p" / NAME
    assert (left / "data.csv").read_text() == "a,b"  # the trainer's over the trainee's, as nbgrader does
    assert (left / "sendiri.txt").exists()


def test_what_was_found_is_kept_beside_the_notebook(small):
    small.hand_in("a")
    small.grade()
    record = json.loads((small.folders.course / "autograded" / "a" / NAME / RECORD).read_text())
    assert {"score", "mended", "reason", "needs_manual"} <= set(record)


def test_an_assignment_that_was_not_released_is_said_to_be(small):
    from mutu.course.grade.engine import grade
    from mutu.course.grade.options import Options

    with pytest.raises(InputError, match="ps9"):
        grade(small.course, "ps9", Options())


def test_steps_of_the_courses_own_are_refused_aloud(tmp_path):
    small = Small(tmp_path, settings={"Autograde": {"sanitize_preprocessors": []}})
    small.hand_in("a")
    with pytest.raises(InputError, match="sanitize_preprocessors"):
        small.grade()


def test_without_isolation_it_works_as_well_and_says_so(small):
    small.hand_in("a")
    report = small.report(caged=False)
    assert (report.submissions[0].score, report.isolated) == (10, False)


def test_helpers_and_data_of_the_trainers_are_his_own_when_he_examines(tmp_path):
    """A notebook imports from its own folder; what a trainee writes there is not what a test reads."""
    small = Small(tmp_path, (
        given("alat", "from pembantu import sama"),
        answer("f", "def f():\n    ### BEGIN SOLUTION\n    return int(open('data.csv').read())\n    ### END SOLUTION"),
        check("tes", "assert sama(f(), int(open('data.csv').read()))"),
    ))  # fmt: skip
    source = small.folders.course / "source" / NAME
    (source / "pembantu.py").write_text("def sama(a, b):\n    return a == b")
    (source / "data.csv").write_text("7")
    spoil = "open('data.csv', 'w').write('1')\nopen('pembantu.py', 'w').write('def sama(a, b):\\n    return True')\n"
    small.hand_in("benar", {"f": "def f():\n    return int(open('data.csv').read())"})
    small.hand_in("curang", {"f": f"{spoil}def f():\n    return 1"})
    report = small.report()
    assert report.beside == {}
    assert small.scores() == {"benar": {"tes": 1.0}, "curang": {"tes": 0.0}}


def test_an_exception_reaches_the_test_as_it_was_raised(tmp_path):
    small = Small(tmp_path, (
        answer("f", "def f(x):\n    ### BEGIN SOLUTION\n    return {'a': 1}[x]\n    ### END SOLUTION"),
        check("tes", "try:\n    f('b')\nexcept KeyError as error:\n    assert error.args == ('b',)\n"
                     "    assert str(error) == repr('b')\nelse:\n    raise AssertionError"),
    ))  # fmt: skip
    small.hand_in("benar", {"f": "class Salah(KeyError):\n    pass\ndef f(x):\n    raise Salah(x)"})
    small.hand_in("salah", {"f": "def f(x):\n    raise ValueError(x)"})
    report = small.report()
    assert report.beside == {}
    assert small.scores() == {"benar": {"tes": 1.0}, "salah": {"tes": 0.0}}


def test_of_two_attempts_the_better_one_counts_where_the_course_says_so(small):
    (small.folders.course / "mutu.toml").write_text('second_attempt = "better"\n')
    small.hand_in("a")
    small.grade()
    worse = small.hand_in("a", {})
    (worse / "timestamp.txt").write_text("2026-11-21 03:00:00.000000 UTC")
    graded = small.grade()
    assert (graded["a"].again, graded["a"].score) == (True, 10)
    assert small.scores() == {"a": FULL}
    assert [each.again for each in small.grade().values()] == [False]
