"""The loaded process behind warm kernels: what it hides, what it costs to lose it, what is not forked."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from kernel_kit import Kernel, surroundings
from running import until

from mutu.kernels import provisioner as warm
from mutu.kernels import standby as at_hand
from mutu.kernels.choice import ORDINARY, WARM, provisioner
from mutu.kernels.order import LAUNCHER, order, recipe
from mutu.kernels.standby import Forked, standby

pytestmark = pytest.mark.skipif(provisioner() != WARM, reason="this system cannot fork a loaded process")


@pytest.fixture
def loaded():
    """A loaded process, ready; another after a test that ended it."""
    warm.warm_up(surroundings())
    found = standby.begin(recipe((), warm.PRELOAD, surroundings()))
    assert found is not None
    assert found.is_ready()
    return found


def _is_forked(kernel):
    return isinstance(kernel.process, Forked)


def test_it_has_one_thread_and_no_debugged_or_shown_figure(loaded):
    assert len(list(Path(f"/proc/{loaded.pid}/task").iterdir())) == 1
    with Kernel(WARM) as kernel:
        assert _is_forked(kernel)
        assert kernel.value("__import__('os').getppid()") == str(loaded.pid)
        assert kernel.value("'matplotlib_inline.backend_inline' in __import__('sys').modules") == "False"
    assert len(list(Path(f"/proc/{loaded.pid}/task").iterdir())) == 1


def test_what_pandas_and_figures_take_is_there_before_the_first_cell(loaded):
    with Kernel(WARM) as kernel:
        names = ["pandas", "numpy", "matplotlib.pyplot", "ipywidgets"]
        assert kernel.value(f"[name in __import__('sys').modules for name in {names}]") == str([True] * 4)


def test_chance_differs_from_kernel_to_kernel(loaded):
    code = (
        "(__import__('random').random(), __import__('numpy').random.rand(), __import__('uuid').uuid4(), "
        "__import__('uuid').uuid1(), __import__('secrets').token_hex(8), __import__('tempfile').mktemp(), "
        "__import__('numpy').random.default_rng().random(), "
        "bytes(__import__('multiprocessing').current_process().authkey))"
    )
    with Kernel(WARM) as first, Kernel(WARM) as second:
        assert _is_forked(first)
        assert _is_forked(second)
        pairs = zip(*(eval(_quoted(kernel.value(code))) for kernel in (first, second)), strict=True)  # noqa: S307
        assert all(one != other for one, other in pairs)
        # one interpreter was started for both, so strings have the same hashes: named in docs/kernels.md
        assert first.value("hash('mutu')") == second.value("hash('mutu')")


def _quoted(text):
    return text.replace("UUID(", "str(")


NOTE = "catatan-kantor-90417-rahasia"
# it is spelt backwards, so that the search does not find itself
LOOK = """
wanted = bytes(reversed({backwards!r}))
count = 0
with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:
    for line in maps:
        span, rights, *_ = line.split()
        first, last = (int(number, 16) for number in span.split('-'))
        if not rights.startswith('r') or '[v' in line: continue
        try:
            memory.seek(first)
            count += memory.read(last - first).count(wanted)
        except (OSError, OverflowError): continue
print(count)
"""


def test_a_kernel_finds_nothing_of_another_in_its_memory(loaded):
    look = LOOK.format(backwards=NOTE.encode()[::-1])
    with (
        Kernel(WARM, env=surroundings(KANTOR=NOTE)) as first,
        Kernel(WARM, env=surroundings(KANTOR="lain")) as second,
    ):
        assert _is_forked(first)
        assert _is_forked(second)
        # what is looked for is itself in memory, once
        assert int(first.run(look).out) > 1
        assert int(second.run(look).out) == 1


def test_a_kernel_sees_no_descriptor_or_variable_of_the_server(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_TOKEN", "token-of-the-server")
    secret = tmp_path / "secret"
    secret.write_text("x", encoding="utf-8")
    fresh = at_hand.Standby()
    monkeypatch.setattr(warm, "standby", fresh)
    with secret.open("rb") as file, socket.create_server(("127.0.0.1", 0)) as server:
        for each in (file.fileno(), server.fileno()):
            os.set_inheritable(each, True)
        try:
            warm.warm_up(surroundings())
            assert fresh.begin(recipe((), warm.PRELOAD, surroundings())).is_ready()
            env = {name: value for name, value in surroundings().items() if name != "JUPYTER_TOKEN"}
            with Kernel(WARM, env=env) as kernel:
                assert _is_forked(kernel)
                pid, port = kernel.process.pid, server.getsockname()[1]
                opened = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()}
                assert str(secret) not in opened
                assert port not in {each.laddr.port for each in psutil.Process(pid).net_connections("inet")}
                for process in (pid, fresh._loaded.pid):
                    assert b"token-of-the-server" not in Path(f"/proc/{process}/environ").read_bytes()
                assert kernel.value("'JUPYTER_TOKEN' in __import__('os').environ") == "False"
        finally:
            fresh.close()


def test_when_the_loaded_process_dies_kernels_live_on_and_the_next_are_started_all_the_same(loaded):
    with Kernel(WARM) as kernel:
        kernel.run("kept = 17")
        os.kill(loaded.pid, signal.SIGKILL)
        with Kernel(WARM) as ordinary:
            assert not _is_forked(ordinary)
            assert ordinary.value("1 + 1") == "2"
        assert kernel.value("kept") == "17"
        again = standby.begin(recipe((), warm.PRELOAD, surroundings()))
        assert again is not loaded
        assert again.is_ready()
        with Kernel(WARM) as forked:
            assert _is_forked(forked)
        assert kernel.value("kept") == "17"
        process = kernel.process
        kernel.manager.shutdown_kernel()
        assert process.poll() is not None


def test_a_loaded_process_that_dies_again_and_again_is_not_made_again(monkeypatch):
    monkeypatch.setattr(at_hand, "_KERNEL", "mutu.kernels.there_is_none")
    fresh = at_hand.Standby()
    wanted = recipe((), ("json",), surroundings())
    made = []
    for _attempt in range(12):
        loaded = fresh.begin(wanted)
        if loaded is None:
            break
        made.append(loaded)
        assert not loaded.is_ready()
        assert until(lambda each=loaded: each.is_gone)
    assert len(made) == at_hand._ATTEMPTS
    assert fresh.begin(wanted) is None


def test_installed_packages_make_a_new_loaded_process_and_leave_kernels_alone(loaded, monkeypatch):
    with Kernel(WARM) as kernel:
        kernel.run("kept = 5")
        monkeypatch.setattr(at_hand, "installed", lambda: (1, 2, 3))
        newer = standby.begin(recipe((), warm.PRELOAD, surroundings()))
        assert newer is not loaded
        assert newer.is_ready()
        assert kernel.value("kept") == "5"
        assert not loaded.is_gone
        kernel.manager.shutdown_kernel()
    assert loaded.is_gone  # with its last kernel
    monkeypatch.undo()
    assert standby.begin(recipe((), warm.PRELOAD, surroundings())) is not newer


def test_a_kernel_whose_fork_fails_is_an_ordinary_one(loaded, monkeypatch):
    monkeypatch.setattr(at_hand, "_KERNEL", "mutu.kernels.there_is_none")
    with Kernel(WARM) as kernel:
        assert not _is_forked(kernel)
        assert kernel.value("2 + 2") == "4"


SUPPORT = str(Path(__file__).parents[1] / "support")
SERVER = """
import sys, time
from jupyter_client.manager import KernelManager
from kernel_kit import Kernel
kernel = Kernel(sys.argv[1])
print(kernel.process.pid, kernel.value("__import__('os').getppid()"), type(kernel.process).__name__, flush=True)
time.sleep(600)
"""


MANY = """
import os, resource
resource.setrlimit(resource.RLIMIT_NOFILE, (1300, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(1100)]
from kernel_kit import Kernel, surroundings
from mutu.kernels import provisioner as warm
from mutu.kernels.order import recipe
from mutu.kernels.standby import standby
warm.warm_up(surroundings())
print(standby.begin(recipe((), warm.PRELOAD, surroundings())).is_ready())
with Kernel("mutu-warm") as kernel:
    print(kernel.value("6 * 7"), type(kernel.process).__name__)
"""


def test_a_server_may_have_more_descriptors_open_than_select_knows():
    done = subprocess.run(
        [sys.executable, "-c", MANY], env={**os.environ, "PYTHONPATH": SUPPORT}, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "42", "Forked"], done.stderr


@pytest.mark.parametrize("name", [ORDINARY, WARM])
@pytest.mark.parametrize("first", ["server", "loaded process"])
def test_a_kernel_goes_with_its_server(name, first):
    env = surroundings(PYTHONPATH=SUPPORT)
    server = subprocess.Popen([sys.executable, "-c", SERVER, name], stdout=subprocess.PIPE, text=True, env=env)
    try:
        kernel, parent, kind = server.stdout.readline().split()
        assert kind == {ORDINARY: "Popen", WARM: "Forked"}[name]
        process, above = psutil.Process(int(kernel)), psutil.Process(int(parent))
        if first == "loaded process" and name == WARM:
            above.kill()
            assert until(lambda: not above.is_running() or above.status() == "zombie")
            assert process.is_running()
        server.kill()
        server.wait()
        _gone, left = psutil.wait_procs([process, *([above] if name == WARM else [])], timeout=20)
        assert left == []
    finally:
        server.kill()


def test_nothing_is_left_when_a_server_ends_in_good_order():
    code = textwrap.dedent("""
        import sys
        from kernel_kit import Kernel
        with Kernel("mutu-warm") as kernel:
            print(kernel.process.pid, kernel.value("__import__('os').getppid()"), flush=True)
    """)
    env = surroundings(PYTHONPATH=SUPPORT)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, env=env, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert not any(psutil.pid_exists(int(pid)) for pid in done.stdout.split())


PYTHON = sys.executable
COMMAND = [PYTHON, "-m", LAUNCHER, "-f", "x.json"]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["R", "--slave", "-e", "IRkernel::main()", "--args", "x.json"], {}),
        (["/usr/bin/python3", *COMMAND[1:]], {}),
        ([PYTHON, "-m", "xeus_python", "-f", "x.json"], {}),
        ([PYTHON, "-i", *COMMAND[1:]], {}),
        ([PYTHON, "start.py", *COMMAND[1:]], {}),
        ([PYTHON, "-c", "pass"], {}),
        (COMMAND, {"independent": True}),
        (COMMAND, {"preexec_fn": print}),
        (COMMAND, {"stdin": subprocess.PIPE}),
    ],
)
def test_what_is_not_an_ordinary_ipykernel_of_this_python_is_not_forked(command, told):
    assert order(command, LAUNCHER, told) is None


def test_options_of_the_interpreter_are_those_of_the_loaded_process():
    wanted = order([PYTHON, "-Xfrozen_modules=off", "-P", *COMMAND[1:]], LAUNCHER, {"env": {}})
    assert wanted.options == ("-Xfrozen_modules=off", "-P")
    assert wanted.recipe(()) != order(COMMAND, LAUNCHER, {"env": {}}).recipe(())


@pytest.mark.parametrize(
    ("variable", "matters"),
    [("PYTHONPATH", True), ("LC_ALL", True), ("OMP_NUM_THREADS", True), ("LD_PRELOAD", True),
     ("TZ", False), ("MPLBACKEND", False), ("JPY_SESSION_NAME", False), ("MUTU_LANG", False), ("IPYTHONDIR", False)],
)  # fmt: skip
def test_only_variables_that_are_read_while_loading_tell_loaded_processes_apart(variable, matters):
    assert (recipe((), (), {"HOME": "/a"}) != recipe((), (), {"HOME": "/a", variable: "x"})) is matters


def test_figures_settings_in_a_home_matter_unless_their_folder_is_given():
    assert recipe((), (), {"HOME": "/a"}) != recipe((), (), {"HOME": "/b"})
    given = {"MPLCONFIGDIR": "/m"}
    assert recipe((), (), {"HOME": "/a", **given}) == recipe((), (), {"HOME": "/b", **given})


def test_jupyter_knows_it_by_its_name():
    found = KernelProvisionerFactory().provisioners[WARM].load()
    assert found is warm.WarmProvisioner


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_elsewhere_kernels_are_ordinary(system, monkeypatch):
    monkeypatch.setattr(sys, "platform", system)
    assert provisioner() == ORDINARY


def test_without_our_entry_point_kernels_are_ordinary(monkeypatch):
    monkeypatch.setattr("mutu.kernels.choice.entry_points", lambda **_which: ())
    assert provisioner() == ORDINARY
