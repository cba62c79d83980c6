"""What code in a room can reach: nothing of the machine, of its owner, or of the network."""

import json
import os
import shutil
import socket
import stat
import sys
from pathlib import Path

import pytest
from cage_kit import IS_ROOT, OUTER_PROCESSES, USERS, each_user, in_outer_cage, needs_cage, room

from mutu.kernels import cage
from mutu.kernels.cage import calls

pytestmark = needs_cage

CHECKOUT = Path(cage.__file__).parents[4]
HIDDEN = "rahasia-yang-tidak-boleh-terlihat"


def test_the_outer_cage_bites_by_itself():
    """Else the hostile tests below would be no safer than without it."""
    forks = """
import json, os, time
made = 0
try:
    while made < 2000:
        if os.fork() == 0:
            time.sleep(1000)
        made += 1
except OSError:
    pass
print(json.dumps([made, os.getpid() < 100]))
"""
    made, few_processes_are_seen = json.loads(in_outer_cage([sys.executable, "-c", forks]).stdout)
    assert 0 < made <= OUTER_PROCESSES
    assert few_processes_are_seen


@each_user
def test_nothing_of_the_machine_or_its_owner_is_seen(tmp_path, monkeypatch, user):
    (tmp_path / "nilai.txt").write_text(HIDDEN, encoding="utf-8")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", HIDDEN)
    closed = [tmp_path, Path.home() / ".bashrc", Path.home() / ".gitconfig", CHECKOUT / "courses", CHECKOUT / ".git"]
    closed += [
        CHECKOUT / "tests",
        CHECKOUT / "pyproject.toml",
        *map(Path, ("/etc/shadow", "/sys", "/boot", "/var/log")),
    ]
    closed += [Path("/run"), Path("/etc/hostname.d"), Path("/dev/tty"), Path("/dev/mem"), Path("/dev/vda")]
    seen = room(
        f"""
        import glob, json, os
        found = [path for path in {[str(each) for each in closed]!r} if os.path.lexists(path)]
        texts = []
        for path in [*glob.glob("/proc/*/environ"), *glob.glob("/proc/*/cmdline")]:
            texts.append(open(path, "rb").read().decode())
        pids = [name for name in os.listdir("/proc") if name.isdigit()]
        users = open("/etc/passwd").read()
        known = {HIDDEN!r} in "".join(texts) + str(os.environ)
        print(json.dumps([found, known, pids, users.count("\\n"), os.getcwd()]))
        """,
        user,
    )
    assert seen.said == [[], False, ["1"], 2, "/home/peserta"]


@each_user
def test_only_private_folders_can_be_written(user):
    seen = room(
        """
        import json, os, sys, tempfile
        written = []
        for folder in ["/", "/usr", "/usr/lib", "/etc", "/dev", "/root", "/home", "/proc", sys.prefix, *sys.path]:
            for name in ("baru", "conftest.py"):
                try:
                    open(os.path.join(folder, name), "w").close()
                    written.append(folder)
                except OSError:
                    pass
        import mutu.errors
        for path in (mutu.errors.__file__, "/etc/passwd", "/proc/self/oom_score_adj", "/proc/sys/kernel/core_pattern"):
            try:
                open(path, "r+").close()
                written.append(path)
            except OSError:
                pass
        for folder in (tempfile.gettempdir(), "/dev/shm", os.path.expanduser("~")):
            open(os.path.join(folder, "baru"), "w").close()
        print(json.dumps(written))
        """,
        user,
    )
    assert seen.said == []


@each_user
def test_masked_files_and_folders_are_empty_though_what_is_around_them_is_shown(tmp_path, user):
    tmp_path.chmod(0o755)
    shown = tmp_path / "kursus"
    (shown / "solusi").mkdir(parents=True)
    for name in ("data.csv", "kunci.txt", "solusi/a.py"):
        (shown / name).write_text(HIDDEN, encoding="utf-8")
    seen = room(
        f"""
        import json, os
        os.chdir({str(shown)!r})
        sizes = [os.path.getsize(name) for name in ("data.csv", "kunci.txt")]
        print(json.dumps([sizes, os.listdir("solusi")]))
        """,
        user,
        shown=[str(shown)],
        masked=[str(shown / "solusi"), str(shown / "kunci.txt"), str(tmp_path / "tidak-ada")],
    )
    assert seen.said == [[len(HIDDEN), 0], []]


def test_what_is_shown_by_way_of_links_is_found_by_the_same_way(tmp_path):
    """Absolute and relative links, as in environments whose Python lies elsewhere."""
    tmp_path.chmod(0o755)
    for folder in ("a/versi", "b"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "a/versi/data.txt").write_text("isi", encoding="utf-8")
    (tmp_path / "a/tetangga.txt").write_text(HIDDEN, encoding="utf-8")
    (tmp_path / "a/kini").symlink_to("versi")
    (tmp_path / "b/jauh").symlink_to("../a/kini")
    (tmp_path / "luar").symlink_to(tmp_path / "b/jauh")
    seen = room(
        f"""
        import json, os
        os.chdir({str(tmp_path)!r})
        texts = [open(f"{{way}}/data.txt").read() for way in ("luar", "b/jauh", "a/kini", "a/versi")]
        print(json.dumps([texts, os.listdir("a")]))
        """,
        USERS[-1],
        shown=[str(tmp_path / "luar")],
    )
    texts, beside = seen.said
    assert texts == ["isi"] * 4
    assert sorted(beside) == ["kini", "versi"]


@each_user
def test_there_is_no_network(tmp_path, user):
    """Real listeners outside: none is reached by address, by name, by abstract or by ordinary unix socket."""
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as named:
        named.bind(f"\0mutu-{os.getpid()}")
        named.listen()
        seen = room(
            f"""
            import json, socket
            reached = []
            def reach(name, family, address, kind=socket.SOCK_STREAM):
                try:
                    with socket.socket(family, kind) as one:
                        one.settimeout(3)
                        one.connect(address)
                    reached.append(name)
                except OSError:
                    pass
            reach("outside", socket.AF_INET, ("127.0.0.1", {tcp.getsockname()[1]}))
            reach("metadata", socket.AF_INET, ("169.254.169.254", 80))
            reach("datagram", socket.AF_INET, ("169.254.169.254", 53), socket.SOCK_DGRAM)
            reach("six", socket.AF_INET6, ("::1", {tcp.getsockname()[1]}))
            reach("abstract", socket.AF_UNIX, "\\0mutu-{os.getpid()}")
            reach("bus", socket.AF_UNIX, "/run/dbus/system_bus_socket")
            for family in (16, 17, 31, 38, 40):  # netlink, packet, Bluetooth, the kernel's ciphers, the virtual host
                try:
                    socket.socket(family, socket.SOCK_RAW).close()
                    reached.append(family)
                except OSError:
                    pass
            try:
                reached.append(socket.getaddrinfo("example.org", 80))
            except OSError:
                pass
            devices = [line.split(":")[0].strip() for line in open("/proc/net/dev") if ":" in line]
            print(json.dumps([reached, devices, socket.gethostname()]))
            """,
            user,
        )
        assert _reachable(tcp), "the listener itself works"
    reached, devices, name = seen.said
    assert (reached, name) == ([], "localhost")
    assert "lo" in devices
    assert not [each for each in devices if each.startswith(("eth", "en", "wl"))]


def _reachable(listener):
    with socket.create_connection(listener.getsockname(), timeout=3):
        return True


@each_user
def test_forbidden_system_calls_are_refused(user):
    """Asked of the kernel itself, with arguments that would be valid or refused for another reason."""
    known = calls.of(os.uname().machine)
    seen = room(
        f"""
        import ctypes, errno, json
        libc = ctypes.CDLL(None, use_errno=True)
        def ask(number, *arguments):
            ctypes.set_errno(0)
            result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(each) for each in arguments])
            return errno.errorcode.get(ctypes.get_errno()) if result == -1 else result
        numbers = {known.numbers!r}
        forbidden = {{number: ask(number, 0, 0, 0, 0, 0, 0) for number in {known.forbidden!r}}}
        absent = {{number: ask(number, 0, 0, 0, 0, 0, 0) for number in {known.absent!r}}}
        NEWUSER, NEWPID, SIGCHLD = 0x10000000, 0x20000000, 17
        decided = [
            ask(numbers["clone"], NEWUSER | SIGCHLD, 0, 0, 0, 0),
            ask(numbers["clone"], NEWPID | SIGCHLD, 0, 0, 0, 0),
            ask(numbers["personality"], 0x0040000),
            ask(numbers["ioctl"], 0, 0x5412, 0),
            ask(numbers["ioctl"], 0, 0x541C, 0),
            ask(numbers["prctl"], 1, 0),
            ask(numbers["mmap"], 0, 4096, 3, 0x21, -1, 0),
        ]
        beyond = [ask(463), ask(999), ask(0x40000000 + 39)]
        answers = [sorted(set(map(str, each.values()))) for each in (forbidden, absent)]
        print(json.dumps([*answers, decided, beyond]))
        """,
        user,
    )
    assert seen.said == [["EPERM"], ["ENOSYS"], ["EPERM"] * 7, ["ENOSYS"] * 3]


@pytest.mark.skipif(not hasattr(os, "uname") or os.uname().machine != "x86_64", reason="x86-64 has a second interface")
def test_calls_of_another_architecture_end_the_program():
    seen = room("""
        import ctypes, mmap, os
        # mov eax, 20 (getpid of i386); int 0x80; ret
        code = bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3])
        page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
        page.write(code)
        if (pid := os.fork()) == 0:
            ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
            os._exit(0)
        print(-os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """)
    assert seen.said in (11, 31)  # SIGSEGV where the kernel has no such interface, else SIGSYS


@each_user
def test_another_process_is_not_looked_into(user):
    """Not by the filtered calls, and not through /proc either: what P knows stays there."""
    seen = room(
        """
        import json, os
        pids = [name for name in os.listdir("/proc") if name.isdigit()]
        print(json.dumps([pids, os.getppid(), os.path.exists("/proc/self/task/1")]))
        """,
        user,
    )
    assert seen.said == [["1"], 0, True]


@pytest.mark.skipif(not IS_ROOT, reason="only root can make a set-uid program")
@each_user
def test_set_uid_programs_gain_nothing(tmp_path, user):
    tmp_path.chmod(0o755)
    program = tmp_path / "siapa"
    shutil.copy(shutil.which("id"), program)
    program.chmod(0o4755)
    assert program.stat().st_mode & stat.S_ISUID
    seen = room(
        f"""
        import json, subprocess
        lines = [line for line in open("/proc/self/status") if line.startswith(("Cap", "NoNew", "Seccomp:"))]
        kept = {{line.split()[0]: line.split()[1].strip("0") for line in lines}}
        who = subprocess.run([{str(program)!r}, "-u"], capture_output=True, text=True).stdout.strip()
        print(json.dumps([who, kept]))
        """,
        user,
        shown=[str(program)],
    )
    who, kept = seen.said
    assert who == "1000"
    assert kept.pop("NoNewPrivs:") == "1"
    assert kept.pop("Seccomp:") == "2"
    assert set(kept.values()) == {""}
    assert len(kept) == 5


@each_user
def test_another_user_cannot_be_become(user):
    seen = room(
        """
        import json, os
        refused = []
        for change in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgroups([0]),
                       lambda: os.setgid(0), lambda: os.chown(".", 0, 0), lambda: os.mknod("d", 0o20666, 0x101),
                       lambda: os.nice(-5), lambda: os.chroot(".")):
            try:
                change()
            except OSError:
                refused.append(True)
        print(json.dumps([len(refused), os.getresuid(), os.getgroups()]))
        """,
        user,
    )
    count, ids, groups = seen.said
    assert count == 8
    assert ids == [1000] * 3
    assert set(groups) <= {1000, 65534}


def test_an_open_folder_of_outside_does_not_come_along():
    """`..` would lead from it out of the room."""
    script = """
import json, os, sys
from mutu.kernels import cage
folder, file = os.open("/", os.O_RDONLY), os.open("/etc/passwd", os.O_RDONLY)
os.set_inheritable(folder, True)
pid = os.fork()
if pid == 0:
    cage.prepare(cage.Place())
    if (child := cage.fork()) == 0:
        cage.enter(cage.Limits())
        said = []
        for descriptor in (folder, file):
            try:
                os.fstat(descriptor)
                said.append("open")
            except OSError:
                said.append("closed")
        print(json.dumps(said), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    os._exit(0)
os.waitpid(pid, 0)
"""
    done = in_outer_cage([sys.executable, "-c", script])
    assert json.loads(done.stdout) == ["closed", "open"], done.stderr
