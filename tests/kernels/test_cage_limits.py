"""What code in a room can use up: its share, and nothing of the machine's."""

import json
import sys

import pytest
from cage_kit import each_user, in_outer_cage, needs_cage, room

from mutu.kernels import cage

pytestmark = [needs_cage, pytest.mark.alone]

MIB = 1 << 20


@each_user
def test_a_fork_bomb_is_bounded_and_gone_afterwards(user):
    seen = room(
        """
        import os, time
        made = 0
        try:
            while True:
                if os.fork() == 0:
                    time.sleep(1000)
                made += 1
        except OSError as error:
            print("[%d, %d]" % (made, error.errno))
        """,
        user,
        limits={"processes": 20},
    )
    assert seen.said == [19, 11]
    assert seen.closed
    assert seen.others


@each_user
def test_a_bomb_that_forks_on_and_on_ends_with_its_time(user):
    seen = room("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", user, seconds=2)
    assert (seen.killed, seen.status, seen.closed, seen.others) == ("time", None, True, True)


def test_threads_count_as_processes():
    seen = room(
        """
        import threading
        wait, made = threading.Event(), 0
        try:
            while True:
                threading.Thread(target=wait.wait, daemon=True).start()
                made += 1
        except RuntimeError:
            print(made)
        """,
        limits={"processes": 20},
    )
    assert seen.said == 19


@each_user
@pytest.mark.parametrize(
    "bomb",
    [
        "bytearray(3 << 30)",
        "[bytearray(1 << 20) for _ in range(5000)]",
        "import mmap; mmap.mmap(-1, 3 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)",
        "import numpy; numpy.ones(400_000_000)",
        "'x' * 10**10",
    ],
    ids=["at once", "bit by bit", "mapped", "numpy", "text"],
)
def test_a_memory_bomb_is_an_error_in_the_room(user, bomb):
    seen = room(
        f"""
        import json
        try:
            kept = exec({bomb!r})
            print(json.dumps("all of it"))
        except (MemoryError, OSError):
            print(json.dumps("refused"))
        """,
        user,
        limits={"memory": 1024 * MIB},
    )
    assert seen.said == "refused"
    assert seen.closed


@each_user
def test_memory_of_many_processes_ends_the_room(user):
    seen = room(
        """
        import os, time
        for _ in range(6):
            if os.fork() == 0:
                kept = bytearray(os.urandom(1 << 20) * 100)
                time.sleep(1000)
        time.sleep(1000)
        """,
        user,
        limits={"resident": 300 * MIB},
    )
    assert (seen.killed, seen.closed, seen.others) == ("memory", True, True)
    assert 300 * MIB < seen.most < 1200 * MIB


@each_user
def test_no_memory_is_had_that_no_process_is_charged_for(user):
    """Shared anonymous memory, files in memory and System V segments stay when a process has let go of their pages."""
    seen = room(
        """
        import json, mmap, os
        had = []
        def have(name, way):
            try:
                way()
                had.append(name)
            except OSError:
                pass
        have("shared", lambda: mmap.mmap(-1, 4096))
        have("memfd", lambda: os.memfd_create("x"))
        zero = os.open("/dev/zero", os.O_RDWR)
        have("zero", lambda: mmap.mmap(zero, 4096))
        print(json.dumps([had, os.read(zero, 3).hex(), len(mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | 0x20))]))
        """,
        user,
    )
    assert seen.said == [[], "000000", 4096]


@each_user
def test_a_room_does_not_take_the_file_watches_of_its_users_other_programs(user):
    """A user has 128 of them by default, his rooms included: editors and servers could not watch files any more."""
    seen = room(
        """
        import ctypes, errno, json
        libc = ctypes.CDLL(None, use_errno=True)
        answers = [(ask(0), errno.errorcode[ctypes.get_errno()]) for ask in (libc.inotify_init, libc.inotify_init1)]
        print(json.dumps(answers))
        """,
        user,
    )
    assert seen.said == [[-1, "ENOSYS"]] * 2


@each_user
def test_sockets_count_as_what_can_lie_in_them(user):
    seen = room(
        """
        import os, socket, time
        one = socket.socketpair()[0]
        usual = one.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)
        print(one.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) == usual, flush=True)
        kept = []
        for _ in range(5):
            if os.fork() == 0:
                try:
                    while True:
                        kept += socket.socketpair()
                except OSError:
                    time.sleep(1000)
        time.sleep(1000)
        """,
        user,
        limits={"resident": 200 * MIB, "files": 256},
    )
    assert seen.output == "True\n"
    assert (seen.killed, seen.closed, seen.others) == ("memory", True, True)


@each_user
def test_disk_inodes_file_size_and_descriptors_are_bounded(user):
    seen = room(
        """
        import errno, itertools, json, os, tempfile
        def until_refused(step):
            done = 0
            try:
                for at in itertools.count():
                    step(at)
                    done += 1
            except OSError as error:
                return [done, errno.errorcode[error.errno]]
        mib = bytes(1 << 20)
        folders = [tempfile.gettempdir(), "/dev/shm", os.path.expanduser("~")]
        def fill(at):
            with open(os.path.join(folders[at % 3], f"isi{at}"), "wb") as file:
                file.write(mib)
        filled = until_refused(fill)
        for folder in folders:
            for name in os.listdir(folder):
                os.remove(os.path.join(folder, name))
        named = until_refused(lambda at: os.symlink("x", f"nama{at}"))
        for name in os.listdir("."):
            os.remove(name)
        with open("besar", "wb", buffering=0) as file:
            grown = until_refused(lambda at: file.write(mib) == len(mib) or file.write(mib))
        opened = until_refused(lambda at: os.open("/dev/null", os.O_RDONLY))
        print(json.dumps([filled, named, grown, opened]))
        """,
        user,
        limits={"disk": 24 * MIB, "inodes": 500, "file_size": 8 * MIB, "files": 50},
    )
    (filled, full), (named, no_more), (grown, too_large), (opened, too_many) = seen.said
    assert (full, no_more, too_large, too_many) == ("ENOSPC", "ENOSPC", "EFBIG", "EMFILE")
    assert 20 <= filled <= 24
    assert 400 <= named <= 500
    assert grown == 8
    assert opened <= 50


@each_user
def test_limits_cannot_be_raised_again(user):
    seen = room(
        """
        import json, resource
        raised = []
        for kind in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE,
                     resource.RLIMIT_FSIZE, resource.RLIMIT_CPU):
            soft, hard = resource.getrlimit(kind)
            try:
                resource.setrlimit(kind, (soft, hard + 1))
                raised.append(kind)
            except (OSError, ValueError):
                pass
        print(json.dumps(raised))
        """,
        user,
        limits={"cpu": 20},
    )
    assert seen.said == []


def test_processor_time_is_bounded():
    seen = room("sum(range(10**12))", limits={"cpu": 1})
    assert (seen.status, seen.killed, seen.closed) == (-9, "", True)


@each_user
def test_a_crash_leaves_no_core(user):
    seen = room(
        """
        import json, os
        if (pid := os.fork()) == 0:
            os.abort()
        _pid, status = os.waitpid(pid, 0)
        print(json.dumps([os.WTERMSIG(status), os.WCOREDUMP(status), os.listdir(".")]))
        """,
        user,
    )
    assert seen.said == [6, False, []]


def test_pages_shared_after_a_fork_count_once_and_own_ones_each():
    """The watcher's sum, taken of a family whose memory is known."""
    script = """
import json, os, sys, time
from mutu.kernels import cage
kept = bytearray(os.urandom(1 << 20) * 300)
alone = cage.resident(os.getpid())
reading, writing = os.pipe()
for own in (0, 0, 100):
    if os.fork() == 0:
        more = bytearray(os.urandom(1 << 20) * own)
        os.write(writing, b"x")
        time.sleep(1000)
for _ in range(3):
    os.read(reading, 1)
print(json.dumps([alone, cage.resident(os.getpid())]))
"""
    done = in_outer_cage([sys.executable, "-c", script])
    alone, family = json.loads(done.stdout)
    assert alone > 300 * MIB
    assert alone + 95 * MIB < family < alone + 200 * MIB


def test_the_limits_of_a_room_are_enough_for_what_lessons_load():
    """All of it at once, in less than half of the default address space and memory."""
    limits = cage.Limits()
    seen = room(
        """
        import json
        import IPython, matplotlib.pyplot, numpy, pandas, scipy.stats, statsmodels.api
        matplotlib.pyplot.plot([1, 2])
        matplotlib.pyplot.savefig("a.png")
        fields = dict(line.split(":", 1) for line in open("/proc/self/status"))
        print(json.dumps([int(fields[name].split()[0]) * 1024 for name in ("VmPeak", "VmHWM")]))
        """
    )
    space, memory = seen.said
    assert space < limits.memory / 2
    assert memory < limits.resident / 2
