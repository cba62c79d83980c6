"""An examiner takes one submission after the other: none finds what another left, and it stands behind walls too."""

import json
from pathlib import Path

import pytest
from grade_kit import RIGHT, Small, answer, check, given

from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
ANSWER = "def kuadrat(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"
HELPER = "seen = []\n"
LEAVES = """
import builtins, math, os, statistics, sys
import pembantu
left = [
    hasattr(math, "bekas"), hasattr(builtins, "bekas"), "BEKAS" in os.environ, os.path.exists("bekas.txt"),
    os.path.exists("folder"), bool(pembantu.seen), "bekas" in globals(), open("data.csv").read() != "1,2",
    os.getcwd() != sys.path[0] and sys.path[0] != "", "bekas" in sys.path, statistics.mean is None,
]
assert not any(left), left
math.bekas = builtins.bekas = bekas = 1
os.environ["BEKAS"] = "1"
open("bekas.txt", "w").write("x")
open("data.csv", "w").write("3,4")
os.mkdir("folder")
os.chdir("folder")
pembantu.seen.append(1)
sys.path.append("bekas")
statistics.mean = None
assert kuadrat(2) == 4
"""


SETTINGS = """
import decimal, gc, locale, logging, os, resource, signal, sys, tempfile, threading, time, types
import numpy as np
import pandas as pd
import pembantu
from alat import fungsi
scratch = tempfile.gettempdir() + "/bekas"  # another folder where Python itself lies in /tmp
left = {
    "umask": os.umask(0o022) != 0o022, "recursion": sys.getrecursionlimit() == 500,
    "switch": sys.getswitchinterval() > 0.4, "collector": not gc.isenabled(), "locale": locale.setlocale(0) == "C",
    "precision": decimal.getcontext().prec == 5, "signal": callable(signal.getsignal(signal.SIGUSR1)),
    "logging": (logging.root.level, len(logging.root.handlers), logging.root.manager.disable) == (10, 1, 50),
    "pandas": pd.get_option("display.precision") == 2, "numpy": np.get_printoptions()["precision"] == 2,
    "errors": np.geterr()["divide"] == "raise", "clock": time.tzname[0] == "WIB",
    "module": "palsu" in sys.modules, "folder": bool(fungsi.seen), "temporary": os.path.exists(scratch),
    "shared": os.path.exists("/dev/shm/bekas"), "deep": os.path.exists("data/bekas.txt"),
    "link": os.path.lexists("tautan"), "folder in place": os.path.isdir("data.csv"),
    "helper": not pembantu.was_whole, "limit": resource.getrlimit(resource.RLIMIT_FSIZE)[0] == 1 << 20,
    "mode": not os.access("data", os.W_OK),
}
assert not any(left.values()), left
os.umask(0o077)
sys.setrecursionlimit(500)
sys.setswitchinterval(0.5)
gc.disable()
locale.setlocale(locale.LC_ALL, "C")
decimal.getcontext().prec = 5
signal.signal(signal.SIGUSR1, lambda *_: None)
logging.basicConfig(level=10)
logging.disable(50)
pd.set_option("display.precision", 2)
np.set_printoptions(precision=2)
np.seterr(all="raise")
os.environ["TZ"] = "WIB-7"
time.tzset()
sys.modules["palsu"] = types.ModuleType("palsu")
fungsi.seen.append(1)
for path in (scratch, "/dev/shm/bekas", "data/bekas.txt"):
    with open(path, "w") as file:
        file.write("x")
os.symlink("/tmp", "tautan")
os.remove("data.csv")
os.mkdir("data.csv")
os.chmod("data", 0)
os.chmod(".", 0o500)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
pembantu.spoil()
assert kuadrat(2) == 4
"""
SPOILS = """
import textwrap
was_whole = textwrap.dedent is not None
def spoil():
    textwrap.dedent = None
"""


def _course(root, test, files):
    small = Small(root, (answer("kuadrat", ANSWER), check("tes-kuadrat", test, 2)))
    source = small.folders.course / "source" / "ps1"
    for name, text in files.items():
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    return small


def test_no_submission_finds_what_the_tests_left_of_another(tmp_path):
    small = _course(tmp_path, LEAVES, {"pembantu.py": HELPER, "data.csv": "1,2"})
    for name in "abcd":
        small.hand_in(name, {"kuadrat": RIGHT["kuadrat"]})
    graded = small.report(jobs=1)
    assert graded.beside == {}
    assert [small.scores()[name] for name in "abcd"] == [{"tes-kuadrat": 2.0}] * 4


def test_no_submission_finds_settings_and_files_that_the_tests_left_elsewhere(tmp_path):
    own = {"pembantu.py": SPOILS, "alat/fungsi.py": "seen = []\n", "data/isi.txt": "x", "data.csv": "1,2"}
    small = _course(tmp_path, SETTINGS, own)
    for name in "abc":
        small.hand_in(name, {"kuadrat": RIGHT["kuadrat"]})
    graded = small.report(jobs=1)
    assert graded.beside == {}
    assert [small.scores()[name] for name in "abc"] == [{"tes-kuadrat": 2.0}] * 3


def test_files_that_tests_leave_open_cost_nobody_anything(tmp_path):
    """More than a process may have open, over all submissions."""
    opens = "import tempfile\nfor _ in range(40):\n    tempfile.mkstemp()\nassert kuadrat(2) == 4"
    small = _course(tmp_path, opens, {})
    names = "abcdefghijklmnop"
    for name in names:
        small.hand_in(name, {"kuadrat": RIGHT["kuadrat"]})
    graded = small.report(jobs=1)
    assert graded.beside == {}
    assert [small.scores()[name] for name in names] == [{"tes-kuadrat": 2.0}] * len(names)
    assert [each.questions for each in graded.submissions] == [()] * len(names)


def test_what_a_cell_sets_for_its_context_lasts_as_in_a_kernel_and_no_longer(tmp_path):
    """The precision of decimals, and how numpy prints: for later cells and functions that are asked, not for others."""
    cells = (
        given("alat", "import decimal\nimport numpy as np"),
        check("awal", "assert decimal.getcontext().prec == 28\nassert np.get_printoptions()['precision'] == 8"),
        answer(
            "atur",
            "### BEGIN SOLUTION\ndecimal.getcontext().prec = 5\nnp.set_printoptions(precision=2)\n### END SOLUTION",
        ),
        answer(
            "bagi",
            "### BEGIN SOLUTION\ndef bagi(x):\n    return str(decimal.Decimal(1) / x)\n"
            "def tulis():\n    return str(np.array([1 / 3]))\n### END SOLUTION",
        ),
        check(
            "tes",
            "assert bagi(3) == '0.33333', bagi(3)\nassert tulis() == '[0.33]', tulis()\n"
            "decimal.getcontext().prec = 9\nnp.set_printoptions(precision=3)",
        ),
        check("akhir", "assert decimal.getcontext().prec == 9\nassert np.get_printoptions()['precision'] == 3"),
    )
    small = Small(tmp_path, cells)
    solution = {
        cell.id: cell.source.replace("### BEGIN SOLUTION\n", "").replace("### END SOLUTION", "") for cell in cells[2:4]
    }
    for name in "ab":
        small.hand_in(name, solution)
    graded = small.report(jobs=1)
    assert graded.beside == {}
    assert [small.scores()[name] for name in "ab"] == [{"awal": 1.0, "tes": 1.0, "akhir": 1.0}] * 2


def test_wrong_work_between_right_work_changes_nothing(tmp_path):
    """One that hangs in the test, one that ends its process, one whose test raises: the next has a whole examiner."""
    small = _course(tmp_path, "assert kuadrat(2) == 4\nassert kuadrat(3) == 9", {})
    small.settings = {"Execute": {"timeout": 2}}
    answers = (
        "return x * x",
        "while True: pass",
        "return x * x",
        "import os; os._exit(3)",
        "return x * x",
        "return 1/0",
    )
    for name, body in zip("abcdef", answers, strict=True):
        small.hand_in(name, {"kuadrat": f"def kuadrat(x):\n    {body}"})
    small.grade(jobs=1)
    assert [small.scores()[name]["tes-kuadrat"] for name in "abcdef"] == [2, 0, 2, 0, 2, 0]


def test_the_trainers_tests_reach_nothing_outside_either(tmp_path):
    (tmp_path / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    closed = [str(tmp_path / "rahasia.txt"), str(tmp_path / "kursus"), str(Path.home() / ".ssh")]
    look = f"""
import os, socket, json
found = [path for path in {json.dumps(closed)}
         if os.path.exists(path)]
try:
    socket.create_connection(("127.0.0.1", 22), 1)
    found.append("network")
except OSError:
    pass
try:
    os.mkdir("/usr/baru")
    found.append("writes")
except OSError:
    pass
assert found == [], found
assert kuadrat(2) == 4
"""
    small = _course(tmp_path, look, {})
    small.hand_in("a", {"kuadrat": RIGHT["kuadrat"]})
    graded = small.report()
    assert graded.beside == {}
    assert small.scores() == {"a": {"tes-kuadrat": 2.0}}


def test_what_a_test_prints_stands_there_once_though_it_is_asked_twice(tmp_path):
    """An answer that changes the test's data unasked has to pass with unchanged data too."""
    solution = "def jumlah(data):\n    ### BEGIN SOLUTION\n    return sum(data)\n    ### END SOLUTION"
    cells = (answer("jumlah", solution), check("tes-jumlah", "data = [1, 2]\nprint('lihat')\nassert jumlah(data) == 3"))
    small = Small(tmp_path, cells)
    small.hand_in("a", {"jumlah": "def jumlah(data):\n    total = sum(data)\n    data.append(0)\n    return total"})
    small.grade()
    assert small.scores() == {"a": {"tes-jumlah": 1.0}}
    assert [output.text for output in small.outputs("a", "tes-jumlah")] == ["lihat\n"]
