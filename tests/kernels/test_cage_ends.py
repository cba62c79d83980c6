"""A room ends as a whole, and nothing in it ends anything outside."""

from cage_kit import each_user, needs_cage, room

pytestmark = needs_cage

LINGER = """
    import ctypes, os, signal, time
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(1000)
        os._exit(0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.waitpid(child, 0)
"""


@each_user
def test_a_daemon_ends_with_the_candidate(user):
    """setsid, two forks, every signal ignored."""
    seen = room(LINGER + "    print(1)", user)
    assert (seen.said, seen.status, seen.closed) == (1, 0, True)


@each_user
def test_a_room_ends_with_the_process_that_made_it(user):
    """Killed from outside; the candidate has ignored all signals and asked not to be told of its parent's end."""
    seen = room(LINGER + "    print('siap', flush=True)\n    time.sleep(1000)", user, until="siap")
    assert (seen.killed, seen.status, seen.closed) == ("until", None, True)


@each_user
def test_signals_to_everybody_reach_only_the_room(user):
    seen = room(
        """
        import os, signal
        sent = 0
        for pid in [-1, 0, *range(2, 3000)]:
            try:
                if pid:
                    os.kill(pid, signal.SIGKILL)
                sent += 1
            except OSError:
                pass
        print(sent)
        """,
        user,
    )
    assert seen.said <= 2
    assert (seen.status, seen.others, seen.closed) == (0, True, True)


@each_user
def test_ends_of_every_kind_are_told(user):
    ends = {
        "import os; os._exit(7)": 7,
        "import ctypes; ctypes.string_at(0)": -11,
        "import os; os.abort()": -11,  # the first process of a pid namespace does not hear SIGABRT
        "import sys; sys.setrecursionlimit(10**9); f = lambda x: sorted([1], key=f); f(1)": -11,
    }
    seen = {code: room(code, user).status for code in ends}
    assert seen == ends


@each_user
def test_closing_and_writing_every_descriptor_harms_nobody(user):
    seen = room(
        """
        import os
        for descriptor in range(256):
            try:
                os.write(descriptor, b"99")
                os.close(descriptor)
            except OSError:
                pass
        """,
        user,
    )
    assert (seen.status, seen.closed, seen.others) == (0, True, True)
