"""Orders that are broken off outside of a cell's own code: the trainer reads by what, and no other cell pays for it."""

import pytest
from grade_kit import RIGHT, SQUARE, Small, answer, check

from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
FULL = {"tes-kuadrat": 5.0, "tes-akar": 5.0}
STREAM = (
    "\nimport sys\nclass Aliran:\n    def write(self, text): pass\n    def flush(self): raise {}\nsys.stdout = Aliran()"
)
LEFT = {
    "an interrupt": (STREAM.format("KeyboardInterrupt"), "KeyboardInterrupt: "),
    "an error": (STREAM.format("ValueError('aliran')"), "ValueError: aliran"),
    "the end": (STREAM.format("SystemExit(3)"), "SystemExit: 3"),
    "a closed file": (
        "\nimport sys\nsys.stdout = open('luar.txt', 'w')\nsys.stdout.close()",
        "ValueError: I/O operation on closed file.",
    ),
    "nothing": ("\nimport sys\nsys.stdout = None", "AttributeError: 'NoneType' object has no attribute 'flush'"),
}


@pytest.mark.parametrize("left", LEFT)
def test_what_a_cell_leaves_in_the_place_of_a_stream_costs_no_other_cell_and_is_told(tmp_path, left):
    text, told = LEFT[left]
    small = Small(tmp_path)
    small.hand_in("a", RIGHT | {"kuadrat": RIGHT["kuadrat"] + text})
    assert small.grade()["a"].reason is None
    assert small.scores()["a"] == FULL
    (error,) = small.outputs("a", "kuadrat")
    assert f"{error.ename}: {error.evalue}" == told


def test_a_cell_whose_time_is_up_when_its_code_has_ended_is_told_as_one_whose_time_was_up(tmp_path):
    endless = (
        "\nimport sys\nclass Panjang(list):\n    def __iter__(self):\n        while True: pass\n"
        "sys.stdout._parts = Panjang(['x'])"
    )
    small = Small(tmp_path, SQUARE, {"Execute": {"timeout": 2}})
    small.hand_in("a", RIGHT | {"kuadrat": RIGHT["kuadrat"] + endless})
    reason = small.grade()["a"].reason
    assert "Time was up" in reason or "Waktu" in reason
    assert small.scores()["a"] == FULL
    assert [each.ename for each in small.outputs("a", "kuadrat")] == ["CellTimeoutError"]


def test_an_alarm_that_a_cell_has_set_rings_once(tmp_path):
    """It came between an order and its answer, and the order was waited for until the time was up."""
    alarm = (
        "\nimport signal, sys, time\ndef dering(*_): raise KeyboardInterrupt\nsignal.signal(signal.SIGALRM, dering)\n"
        "class Lambat(type(sys.stdout)):\n    def flush(self):\n"
        "        signal.setitimer(signal.ITIMER_REAL, .01, .01)\n"
        "        time.sleep(5)\nsys.stdout = Lambat('stdout')"
    )
    small = Small(tmp_path, SQUARE, {"Execute": {"timeout": 4}})
    small.hand_in("a", RIGHT | {"kuadrat": RIGHT["kuadrat"] + alarm})
    assert small.grade()["a"].reason is None
    assert small.scores()["a"] == FULL


NEEDED = (
    answer("f", "def f(x):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION"),
    check("tes-f", "hasil = f(1)\nassert hasil == 2"),
    answer("g", "def g():\n    ### BEGIN SOLUTION\n    return hasil\n    ### END SOLUTION"),
    check("tes-g", "assert g() == 2"),
)
NO_FORK = (
    "def f(x):\n    return x + 1\nimport resource\nresource.setrlimit(resource.RLIMIT_NPROC, (0, 0))",
    ("BlockingIOError", "[Errno 11] Resource temporarily unavailable"),
)
ENDS = (
    "import os\nclass F:\n    def __call__(self, x): return x + 1\n    def __repr__(self): os._exit(0)\nf = F()",
    ("SystemError", "The process has ended."),
)


@pytest.mark.parametrize(("text", "told"), [NO_FORK, ENDS], ids=["none", "ended"])
def test_a_test_that_needs_a_copy_of_the_candidate_tells_why_there_is_none(tmp_path, text, told):
    small = Small(tmp_path, NEEDED)
    small.hand_in("a", {"f": text, "g": "def g():\n    return hasil"})
    assert small.grade()["a"].reason is None
    assert small.scores()["a"] == {"tes-f": 0.0, "tes-g": 1.0}
    (error,) = small.outputs("a", "tes-f")
    assert (error.ename, error.evalue) == told


def test_an_answer_that_is_too_large_to_be_told_fails_its_test_and_ends_nothing(tmp_path):
    small = Small(tmp_path)
    small.hand_in("a", RIGHT | {"kuadrat": "def kuadrat(x):\n    return 'x' * 70_000_000"})
    assert small.grade()["a"].reason is None
    assert small.scores()["a"] == FULL | {"tes-kuadrat": 0.0}
    assert [each.ename for each in small.outputs("a", "tes-kuadrat")] == ["AssertionError"]


def test_what_is_printed_is_not_kept_where_it_was_printed(tmp_path):
    """IPython keeps it for a history, until the submission has more memory than it may."""
    look = "\nimport gc\nprint(sum(type(each).__name__ == 'HistoryOutput' for each in gc.get_objects()))"
    small = Small(tmp_path)
    small.hand_in("a", RIGHT | {"kuadrat": RIGHT["kuadrat"] + "\nprint('halo')", "akar": RIGHT["akar"] + look})
    small.grade()
    (stream,) = small.outputs("a", "akar")
    assert stream.text == "0\n"


def test_what_a_test_ends_with_is_shown_though_its_outputs_are_full(tmp_path):
    full = (
        "def kuadrat(x):\n    print('x' * 11_000_000, flush=True)\n    for _ in range(9):\n"
        "        said = {'ename': 'Benar', 'evalue': '', 'traceback': []}\n"
        "        get_ipython().display_pub.session.send(None, 'error', said)\n"
        "    return 4"
    )
    small = Small(tmp_path)
    small.hand_in("a", RIGHT | {"kuadrat": full})
    small.grade()
    errors = [each.ename for each in small.outputs("a", "tes-kuadrat") if each.output_type == "error"]
    assert errors[-1] == "AssertionError"
    assert len(errors) < 9
