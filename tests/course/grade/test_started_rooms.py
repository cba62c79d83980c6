"""Rooms whose processes are started, as on Windows: the marks of forked ones, and nothing left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
import windows_like
from grade_kit import NAME, RIGHT, Small, answer, check, given
from running import run, until

from mutu.course.grade import processes, rooms
from mutu.course.grade.needs import Needs
from mutu.course.grade.room import interrupt, meeting, started, wire
from mutu.course.nbgrader import configuration
from mutu.errors import MachineError
from mutu.kernels import cage

pytestmark = pytest.mark.alone
QUEUE = """\
class Antrean:
    def __init__(self):
        self.isi = []
    def masuk(self, x):
        self.isi.append(x)"""
CELLS = (
    given("alat", "import math\nfrom pembantu import sama"),
    answer("kuadrat", f"### BEGIN SOLUTION\n{RIGHT['kuadrat']}\n### END SOLUTION"),
    check("tes-kuadrat", "assert kuadrat(2) == 4\n### BEGIN HIDDEN TESTS\nassert sama(kuadrat(7), 49)\n"
                         "### END HIDDEN TESTS", 5),
    answer("antrean", f"### BEGIN SOLUTION\n{QUEUE}\n### END SOLUTION"),
    check("tes-antrean", "antrean = Antrean()\nantrean.masuk(3)\nassert antrean.isi == [3]"),
    check("tes-lagi", "antrean.masuk(4)\nassert antrean.isi == [3, 4]"),  # needs what the test before it has made
    answer("berkas", "### BEGIN SOLUTION\nisi = open('data.csv').read()\n### END SOLUTION"),
    check("tes-berkas", "assert isi == 'a,é'"),
)  # fmt: skip
GOOD = {"kuadrat": RIGHT["kuadrat"], "antrean": QUEUE, "berkas": "isi = open('data.csv').read()"}
FULL = {"tes-kuadrat": 5.0, "tes-antrean": 1.0, "tes-lagi": 1.0, "tes-berkas": 1.0}
FOREVER = "while True:\n    pass"
DEAF = f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{FOREVER}"
LEFT = f"4217.{os.getpid()}"  # seconds that a program sleeps which is left behind, like no other on the machine
LEAVES = f"""\
import subprocess
subprocess.Popen(['sleep', '{LEFT}'], start_new_session=True)
subprocess.run(['sh', '-c', 'setsid sleep {LEFT} &'])
"""
# what stands in the cell where the square belongs
INSTEAD = {
    "benar": GOOD["kuadrat"],
    "cetak": f"{GOOD['kuadrat']}\nimport subprocess\nprint('halo')\nsubprocess.run(['echo', 'dari program'])",
    "tinggal": LEAVES + GOOD["kuadrat"],
    "contoh": "def kuadrat(x):\n    return 4",
    "lama": FOREVER,
    "bandel": DEAF,
    "tanpa-akhir": "def kuadrat(x):\n    while True:\n        pass",
    "mati": "import os\nos._exit(0)",
}
HONEST = ("benar", "cetak", "tinggal")
MARKS = {name: FULL if name in HONEST else FULL | {"tes-kuadrat": 0.0} for name in INSTEAD}
MARKS["kosong"] = dict.fromkeys(FULL, 0.0)


def _class(root: Path, names=tuple(INSTEAD)) -> Small:
    small = Small(root, CELLS, {"Execute": {"timeout": 4}})
    source = small.folders.course / "source" / NAME
    source.joinpath("pembantu.py").write_text("def sama(a, b):\n    return a == b", encoding="utf-8")
    source.joinpath("data.csv").write_text("a,é", encoding="utf-8")
    for name in names:
        small.hand_in(name, GOOD | {"kuadrat": INSTEAD[name]}, files={"data.csv": b"x", "pembantu.py": b"1 / 0"})
    small.hand_in("kosong", {})
    return small


@dataclass
class Seen:
    """A class that was graded, and what that left."""

    small: Small
    report: Any
    left: list[str]

    @property
    def graded(self) -> dict[str, Any]:
        """By name."""
        return {each.student: each for each in self.report.submissions}


@pytest.fixture(scope="module", params=["forked", "started"])
def seen(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        temporary = tmp_path_factory.mktemp("sementara")
        patch.setattr(tempfile, "tempdir", str(temporary))
        if request.param == "started":
            patch.setattr(rooms, "can_fork", lambda: False)
        elif cage.lacking() is not None:
            pytest.skip("cannot fork")
        small = _class(tmp_path_factory.mktemp("kelas"))
        report = small.report(caged=False)
        return Seen(small, report, [each.name for each in temporary.glob("mutu-*")])


def test_everybody_gets_what_they_earn(seen):
    assert seen.small.scores() == MARKS
    assert (seen.report.isolated, seen.report.beside) == (False, {})


def test_who_was_stopped_or_ended_the_process_is_told_which_cell_it_was(seen):
    reasons = {name: each.reason for name, each in seen.graded.items() if each.reason}
    assert set(reasons) == {"lama", "tanpa-akhir", "bandel", "mati"}
    assert all("kuadrat" in reason for reason in reasons.values())


def test_what_cells_show_is_kept(seen):
    outputs = [each for cell in seen.small.graded("cetak").cells for each in cell.outputs]
    texts = "".join(each.get("text", "") for each in outputs)
    assert "halo\n" in texts
    assert "dari program\n" in texts
    assert [error.ename for error in seen.small.outputs("lama", "kuadrat")] == ["KeyboardInterrupt", "CellTimeoutError"]


def test_nothing_is_left(seen):
    assert until(
        lambda: not [each for each in psutil.process_iter(["cmdline"]) if LEFT in (each.info["cmdline"] or ())]
    )
    assert seen.left == []
    assert started_rooms() == []


def test_what_a_class_shows_does_not_depend_on_how_rooms_are_opened(tmp_path, monkeypatch):
    shown = []
    for can_fork in (True, False):
        monkeypatch.setattr(rooms, "can_fork", lambda can_fork=can_fork: can_fork)
        small = _class(tmp_path / str(can_fork), ("benar", "contoh"))
        small.grade(caged=False, jobs=1)
        cells = [cell for name in ("benar", "contoh", "kosong") for cell in small.graded(name).cells]
        shown.append([(cell.execution_count, cell.outputs) for cell in cells])
    assert shown[0] == shown[1]


def test_without_forking_nothing_is_isolated_and_that_has_to_be_said(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "can_fork", lambda: False)
    small = _class(tmp_path, ())
    with pytest.raises(MachineError):
        small.report()


def started_rooms():
    """Of the processes that this one started, those of the engine: the browser of other tests is none of it."""
    return [each for each in psutil.Process().children() if started.__name__ in " ".join(each.cmdline())]


@pytest.fixture
def house(monkeypatch):
    monkeypatch.setattr(rooms, "can_fork", lambda: False)
    with rooms.House(caged=False, jobs=1) as house:
        house.load(Needs(("statistics",)))
        yield house
    assert started_rooms() == []


def _visited(house, *sources):
    cells = [{"index": at, "source": source} for at, source in enumerate(sources)]
    room = house.open({"mode": "exam", "timeout": 20, "given": {}, "cells": cells}, {}, {}, 60)
    room.go()
    while not room.read():
        pass
    room.close()
    return room


def test_a_room_that_was_ended_while_it_waited_is_left_out(house):
    for waiting in started_rooms():
        waiting.kill()
        waiting.wait(10)
    assert _visited(house).ended


def test_what_is_loaded_later_is_there_in_the_next_room(house):
    ask = "import sys\n'numpy' in sys.modules"
    assert _visited(house, ask).told[0].result == "False"
    house.load(Needs(("numpy",)))
    assert _visited(house, ask).told[0].result == "True"


def test_the_candidate_imports_from_its_own_folder_and_the_examiner_does_not(house):
    told = _visited(house, "open('alat.py', 'w').write('a = 1')", "import alat\nalat.a").told
    assert told[1].result == "1"


def test_whatever_ends_who_grades_ends_the_rooms(tmp_path):
    ask = """
from mutu.course.grade import rooms
from mutu.course.grade.needs import Needs
rooms.can_fork = lambda: False
house = rooms.House(caged=False)
house.load(Needs())
cells = [{"index": 0, "source": "open('mulai', 'w').close()\\nwhile True: pass"}]
room = house.open({"mode": "exam", "timeout": 200, "given": {}, "cells": cells}, {}, {}, 60)
room.go()
room.read()
room.read()
"""
    environment = {"TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", ask], env=environment) as process:
        assert until(lambda: list(tmp_path.glob("mutu-*/peserta/mulai")), 60)
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    assert len(family) == 4
    assert until(lambda: not [each for each in family if each.is_running() and each.status() != "zombie"])


def test_memory_is_counted_for_all_that_a_process_has_started(monkeypatch):
    ask = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'a = bytes(range(256)) * 300_000; input()'])"
    with subprocess.Popen([sys.executable, "-c", ask], stdin=subprocess.PIPE) as process:
        monkeypatch.setattr(sys, "platform", "darwin")
        try:
            assert until(lambda: processes.held(process.pid) > 70_000_000)
        finally:
            monkeypatch.undo()
            processes.end(process.pid)


def test_who_does_not_know_the_word_is_not_let_in():
    place = meeting.Meeting()
    stranger = meeting.go({**place.place, "word": "salah"})
    silent = socket.create_connection(("127.0.0.1", place.place["port"]))
    friend = meeting.go(place.place)
    with place.wait(30, lambda: True) as channel, friend, silent, stranger:
        wire.send(friend, {"a": 1})
        assert wire.receive(channel) == {"a": 1}
        with pytest.raises(wire.WireError):
            wire.receive(stranger, time.monotonic() + 5)
    with pytest.raises(ConnectionRefusedError):
        meeting.go(place.place)


def test_nobody_is_waited_for_who_has_ended():
    with pytest.raises(meeting.AbsentError):
        meeting.Meeting().wait(60, lambda: False)


@pytest.fixture
def in_background():
    """Programs that a script starts with «&» ignore SIGINT, and so does whatever they start."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("in_background")
@pytest.mark.parametrize("lacks", [(), ("pthread_kill", "setitimer")])
def test_an_interrupt_comes_while_an_order_is_carried_out_and_at_no_other_time(monkeypatch, lacks):
    for name in lacks:
        monkeypatch.delattr(signal, name)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        bell = interrupt.Bell(theirs)
        with bell:
            bell.begin(1)
        with bell:
            bell.end()
        interrupt.ring(ours, 1)
        with bell:
            bell.begin(2)
        time.sleep(0.2)
        with pytest.raises(KeyboardInterrupt):
            _ring_and_wait(ours)
        with pytest.raises(KeyboardInterrupt), interrupt.bounded(0.2):
            _wait()
        ours.shutdown(socket.SHUT_RDWR)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signals that can be held back")
@pytest.mark.usefixtures("in_background")
def test_an_interrupt_that_another_thread_takes_waits_too():
    end = threading.Event()
    other = threading.Thread(target=end.wait, daemon=True)
    other.start()
    hold = interrupt.Signals()
    with hold:  # too late for the order before
        _interrupted(hold, reached := [])
        hold.begin(1)
    with pytest.raises(KeyboardInterrupt), hold:
        _interrupted(hold, reached)
    assert reached == [1, 1]
    with pytest.raises(KeyboardInterrupt):
        _interrupted(hold, reached)
    assert reached == [1, 1]
    end.set()
    other.join()


def _interrupted(hold, reached):
    os.kill(os.getpid(), signal.SIGINT)
    assert until(lambda: hold._is_kept)
    reached.append(1)


@pytest.mark.usefixtures("in_background")
def test_a_cell_is_stopped_in_time_in_the_background_too(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "can_fork", lambda: False)
    small = Small(tmp_path, settings={"Execute": {"timeout": 2}})
    small.hand_in("lama", RIGHT | {"akar": RIGHT["akar"] + "\nx = 1\nwhile x:\n    pass"})
    (graded,) = small.report(caged=False).submissions
    # what stood before the loop lasts, as the cell was only interrupted
    assert small.scores() == {"lama": {"tes-kuadrat": 5.0, "tes-akar": 5.0}}
    assert "«akar»" in graded.reason


def _ring_and_wait(channel):
    interrupt.ring(channel, 2)
    _wait()


def _wait():
    end = time.monotonic() + 20
    while time.monotonic() < end:
        pass


def test_where_python_lacks_what_it_lacks_on_windows_the_marks_are_the_same(tmp_path):
    names = ("benar", "contoh", "lama", "bandel", "mati")
    small = _class(tmp_path / "kelas", names)
    lacks = "import os, signal\nassert not hasattr(os, 'fork') and not hasattr(signal, 'setitimer')\n"
    small.hand_in("kurang", GOOD | {"kuadrat": lacks + GOOD["kuadrat"]})
    course = small.folders.course
    (course / "nbgrader_config.py").write_text(
        configuration(course, small.folders.exchange) + "\nc.Execute.timeout = 4\n", encoding="utf-8"
    )
    command = ("course", "grade", NAME, "--course-dir", str(course), "--jobs", "2")
    lacking = windows_like.folder(tmp_path / "windows")
    refused = run(*command, "--lang", "en", PYTHONPATH=lacking)
    assert refused.returncode != 0
    assert "add --no-isolation" in refused.stderr
    done = run(*command, "--no-isolation", "--json", PYTHONPATH=lacking, timeout=200)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["isolated"] is False
    assert small.scores() == {name: MARKS[name] for name in (*names, "kosong")} | {"kurang": FULL}


MODULES = (
    "mutu.kernels.cage",
    "mutu.kernels.choice",
    "mutu.kernels.warm",
    "mutu.course.grade",
    "mutu.course.grade.button",
    "mutu.course.grade.room.started",
    "mutu.course.grade.room.visit",
    "mutu.course.grade.room.candidate",
    "mutu.course.grade.room.examiner",
    "mutu.cli.course_grade",
)
IMPORTS = f"""
import importlib, sys
for name in {MODULES}:
    importlib.import_module(name)
for name in [name for name in sys.modules if name.partition(".")[0] == "mutu" and not name.endswith(".loaded")]:
    del sys.modules[name]
sys.platform = "win32"
for name in {MODULES}:
    importlib.import_module(name)
from mutu.kernels import cage
print(cage.lacking())
"""


def test_every_module_is_imported_under_the_name_of_windows(tmp_path):
    """What others wrote is loaded before: it goes by the name too, and would look for Windows itself."""
    environment = {"PYTHONPATH": windows_like.folder(tmp_path / "windows")}
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, env=environment, timeout=120)
    assert (done.stdout, done.stderr) == ("Isolation needs Linux. On Windows, grade inside WSL.\n", "")
