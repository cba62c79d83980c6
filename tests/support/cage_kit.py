"""Rooms for tests: code of strangers in a real one, and that in an outer cage that would hold if a wall of ours fell.

The outer cage is made of the system's own programs: a pid namespace whose processes all end with it, hard limits, and
for the case of an ordinary user the user nobody. Nobody may not enter a home folder in which Python lies; `open` makes
the ways there in the cage's own mounts.

    cage_kit.py open NEEDED ... -- COMMAND ...    in the outer cage, as root: ways to these folders, then the command
    cage_kit.py room                              the trusted side: request on stdin, what was seen on stdout
"""
# ruff: noqa: T201

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from select import select

from mutu.kernels import cage

if __name__ != "__main__":
    import pytest

    IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
    # root shows both
    USERS = ["ordinary", "root"] if IS_ROOT else ["ordinary"]
    needs_cage = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
    each_user = pytest.mark.parametrize("user", USERS)

OUTER_PROCESSES = 300
_OUTER = [f"--nproc={OUTER_PROCESSES}", f"--as={8 << 30}", f"--fsize={1 << 30}", "--nofile=1024"]
_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
_PATIENCE = 120
_MOST_OUTPUT = 4 << 20
_HERE = str(Path(__file__).resolve())


@dataclass(frozen=True)
class Request:
    """What is to happen: `code` runs in M. `until` is a text in the output after which the loaded process is killed."""

    code: str
    limits: dict[str, int] = field(default_factory=dict)
    masked: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    seconds: float = 100
    until: str = ""


@dataclass(frozen=True)
class Seen:
    """What happened, told by the trusted side.

    `status` is M's exit code, negative for a signal; None if the loaded process ended before it could tell. `closed`
    says whether every process of the room was gone after that one, `others` whether a process beside the room still
    ran.
    """

    output: str
    status: int | None
    killed: str
    seconds: float
    most: int
    closed: bool
    others: bool

    @property
    def said(self):
        """The last line of the output, as data."""
        try:
            return json.loads(self.output.splitlines()[-1])
        except (ValueError, IndexError):
            raise AssertionError(self) from None


def room(code: str, user: str = "ordinary", **request) -> Seen:
    """Run code in a room that this user has made."""
    wanted = Request(textwrap.dedent(code), **request)
    done = in_outer_cage([sys.executable, _HERE, "room"], user, json.dumps(asdict(wanted)), wanted.shown)
    try:
        return Seen(**json.loads(done.stdout))
    except ValueError:
        raise AssertionError(f"the trusted side said: {done.stdout}\n{done.stderr}") from None


def in_outer_cage(
    command: list[str], user: str = "ordinary", said: str = "", needed=(), patience: int = _PATIENCE
) -> subprocess.CompletedProcess:
    """Run a command in the outer cage alone."""
    return subprocess.run(
        [*_outer(user, needed, patience), *command],
        input=said,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=cage.environment(cage.Place(shown=tuple(map(Path, needed)))),
        cwd="/",
        timeout=patience + 30,
    )


def _outer(user: str, needed, patience: int) -> list[str]:
    limits = ["timeout", "--signal=KILL", str(patience), "prlimit", *_OUTER]
    spaces = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if not IS_ROOT:
        return [*spaces, "--user", "--map-current-user", *limits]
    if user == "root":
        return [*spaces, *limits]
    ways = [sys.prefix, sys.base_prefix, str(Path(cage.__file__).parents[3]), str(Path(_HERE).parent), *needed]
    return [*spaces, sys.executable, _HERE, "open", *ways, "--", *_NOBODY, *limits]


def _open(needed: list[str], command: list[str]) -> None:
    """Let nobody reach folders that lie in closed ones, and nothing beside them; then become the command."""
    from mutu.kernels.cage import system

    closed: dict[Path, list[Path]] = {}
    for path in {Path(each).resolve() for each in needed}:
        barred = [each for each in reversed(path.parents) if not each.stat().st_mode & 0o001]
        if barred:
            closed.setdefault(barred[0], []).append(path)
    for barred, paths in closed.items():
        trees = [(path, system.clone_tree(path)) for path in paths]
        system.mount("tmpfs", barred, options="mode=755")
        for path, tree in trees:
            _stand_in(path, is_file=not Path(f"/proc/self/fd/{tree}").is_dir())
            system.attach(tree, str(path))
    os.execvp(command[0], command)  # noqa: S606


def _stand_in(path: Path, *, is_file: bool) -> None:
    (path.parent if is_file else path).mkdir(parents=True, exist_ok=True)
    if is_file:
        path.touch()


def _trusted(request: Request) -> Seen:
    """The side of the one who grades: has a process prepared from which M is forked, watches, counts what is left."""
    place = cage.Place(masked=tuple(map(Path, request.masked)), shown=tuple(map(Path, request.shown)))
    beside = subprocess.Popen(["sleep", "1000"])
    began = time.monotonic()
    (output, theirs), (told, telling) = os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(output)
        os.close(told)
        _loaded(request, place, theirs, telling)
    os.close(theirs)
    os.close(telling)
    text, killed, most = _watch(pid, output, request)
    closed = _ended(output)
    os.waitpid(pid, 0)
    said = os.read(told, 100)
    others = beside.poll() is None
    beside.kill()
    beside.wait()
    seconds = time.monotonic() - began
    return Seen(text, int(said) if said else None, killed, seconds, most, closed, others)


def _loaded(request: Request, place: cage.Place, output: int, telling: int) -> None:
    """Prepare, fork M, tell how it ended."""
    try:
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)
        cage.prepare(place)
        pid = cage.fork()
        if pid == 0:
            _candidate(request.code, cage.Limits(**request.limits), telling)
        _pid, status = os.waitpid(pid, 0)
        os.write(telling, str(os.waitstatus_to_exitcode(status)).encode())
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(0)


def _candidate(code: str, limits: cage.Limits, telling: int) -> None:
    status = 1
    try:
        os.close(telling)
        cage.enter(limits)
        exec(compile(code, "<candidate>", "exec"), {"__name__": "__main__"})  # noqa: S102
        status = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _watch(pid: int, output: int, request: Request) -> tuple[str, str, int]:
    """Read what the room says until the loaded process ends; kill that when there is a reason."""
    descriptor = os.pidfd_open(pid)
    text, killed, most = b"", "", 0
    most_allowed = cage.Limits(**request.limits).resident
    deadline = time.monotonic() + request.seconds
    heard = [output, descriptor]
    while True:
        ready = select(heard, [], [], 0.02)[0]
        if output in ready:
            more = os.read(output, 65536)
            text += more[: _MOST_OUTPUT - len(text)]
            heard = heard if more else [descriptor]
        most = max(most, cage.resident(pid))
        reasons = {
            "time": time.monotonic() > deadline,
            "memory": most > most_allowed,
            "until": bool(request.until) and request.until.encode() in text,
        }
        killed = killed or next((name for name, holds in reasons.items() if holds), "")
        if killed:
            os.kill(pid, signal.SIGKILL)
        if descriptor in ready:
            break
    os.set_blocking(output, False)
    while len(text) < _MOST_OUTPUT and (more := _more(output)):
        text += more
    os.close(descriptor)
    return text.decode(errors="replace"), killed, most


def _more(output: int) -> bytes:
    try:
        return os.read(output, 65536)
    except BlockingIOError:
        return b""


def _ended(output: int) -> bool:
    """Whether nobody holds the other end of the output any more, soon."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if select([output], [], [], 0.1)[0] and not _more(output):
            return True
    return False


if __name__ == "__main__":
    if sys.argv[1] == "open":
        split = sys.argv.index("--")
        _open(sys.argv[2:split], sys.argv[split + 1 :])
    else:
        print(json.dumps(asdict(_trusted(Request(**json.load(sys.stdin))))))
