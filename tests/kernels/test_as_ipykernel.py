"""A warm kernel is an ordinary ipykernel: every behaviour of both, side by side."""

import asyncio
import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from jupyter_client.ioloop import AsyncIOLoopKernelManager
from kernel_kit import SECONDS, Kernel, set_provisioner, surroundings
from running import until

from mutu.kernels.choice import ORDINARY, WARM, provisioner

pytestmark = pytest.mark.skipif(provisioner() != WARM, reason="this system cannot fork a loaded process")
BOTH = pytest.mark.parametrize("name", [ORDINARY, WARM])


@pytest.fixture(scope="module", params=[ORDINARY, WARM])
def kernel(request):
    with Kernel(request.param) as running:
        assert type(running.process).__name__ == {ORDINARY: "Popen", WARM: "Forked"}[request.param]
        yield running


@pytest.fixture(scope="module")
def pair():
    with Kernel(ORDINARY) as ordinary, Kernel(WARM) as warm:
        yield ordinary, warm


def test_what_it_writes_comes_back(kernel):
    said = kernel.run("import sys; print('keluar'); print('galat', file=sys.stderr); 6 * 7")
    assert (said.out, said.err, said.data[0]["text/plain"]) == ("keluar\n", "galat\n", "42")


def test_an_error_comes_back(kernel):
    said = kernel.run("1 / 0")
    assert (said.status, said.error) == ("error", "ZeroDivisionError: division by zero")


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.system('echo anak')",
        "import subprocess; subprocess.run(['echo', 'anak'])",
        "import os; os.write(1, b'anak\\n')",
        "!echo anak",
        "%%bash\necho anak",
    ],
)
def test_output_below_python_is_captured(kernel, code):
    said = kernel.run(code).out
    # what a process writes may arrive with the next cell
    assert until(lambda: "anak" in said or "anak" in kernel.run("import time; time.sleep(0.1)").out)


def test_it_asks_for_input(kernel):
    assert kernel.run("print(input('nama? ') + '!')", answer="Sari").out.endswith("Sari!\n")
    assert kernel.run("from getpass import getpass; print(len(getpass()))", answer="rahasia").out.endswith("7\n")


def test_an_interrupt_ends_the_cell_and_nothing_else(kernel):
    code = "import time; print('mulai', flush=True)\nfor _ in range(300): time.sleep(0.1)"
    waiting = kernel.client.execute(code, stop_on_error=False)  # else what is sent a moment later is aborted with it
    assert until(lambda: "mulai" in kernel.client.get_iopub_msg(timeout=SECONDS)["content"].get("text", ""), SECONDS)
    kernel.manager.interrupt_kernel()
    reply = kernel.client.get_shell_msg(timeout=SECONDS)
    assert reply["parent_header"]["msg_id"] == waiting
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.value("1 + 1") == "2"


def test_an_interrupt_reaches_the_processes_of_a_cell(kernel):
    code = "import subprocess, signal\nprocess = subprocess.Popen(['sleep', '60'])"
    kernel.run(code)
    kernel.manager.interrupt_kernel()
    assert kernel.run("print(process.wait(20))").out.strip() == str(-signal.SIGINT)


def test_threads_and_processes_work(kernel):
    code = """
import threading, multiprocessing, concurrent.futures
found = []
threads = [threading.Thread(target=lambda: found.append(threading.get_ident())) for _ in range(5)]
[each.start() for each in threads]; [each.join() for each in threads]
def twice(number): return 2 * number
with multiprocessing.get_context('fork').Pool(2) as pool: doubled = pool.map(twice, [1, 2, 3])
with concurrent.futures.ThreadPoolExecutor() as pool: also = list(pool.map(twice, [4, 5]))
print(len(found), doubled, also)
"""
    assert kernel.run(code).out == "5 [2, 4, 6] [8, 10]\n"


def test_a_cell_may_await(kernel):
    code = "import asyncio\ntask = asyncio.create_task(asyncio.sleep(0.01, 'siap'))\nprint(await task)"
    assert kernel.run(code).out == "siap\n"
    assert "True" in kernel.run("print(asyncio.get_running_loop().is_running())").out


def test_linear_algebra_uses_the_cores_it_may(pair):
    code = "len(__import__('os').listdir('/proc/self/task'))"
    for kernel in pair:
        kernel.run("import numpy; a = numpy.ones((600, 600)); b = a @ a")
    before = [kernel.value("b[0, 0]") for kernel in pair]
    assert before == ["600.0", "600.0"]
    counts = [int(kernel.value(code)) for kernel in pair]
    assert abs(counts[0] - counts[1]) <= 1


@pytest.mark.parametrize(
    "magic",
    ["%pwd", "%who", "%timeit -n1 -r1 pass", "%%capture taken\nprint(1)", "%lsmagic", "%config", "%pip --version"],
)  # fmt: skip
def test_magics_work(kernel, magic):
    assert kernel.run(magic).status == "ok"


def test_figures_appear_by_themselves_and_by_magic(kernel):
    said = kernel.run("import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);")
    assert [set(data) for data in said.data] == [{"image/png", "text/plain"}]
    assert kernel.value("__import__('matplotlib').get_backend()") in (
        "inline",
        "module://matplotlib_inline.backend_inline",
    )
    said = kernel.run("%matplotlib inline\n%config InlineBackend.figure_formats = ['svg']\nplt.plot([1, 2]);")
    assert "image/svg+xml" in said.data[0]


def test_widgets_speak_with_the_page(kernel):
    said = kernel.run("import ipywidgets\nslider = ipywidgets.IntSlider(3)\ndisplay(slider)")
    assert [each["target_name"] for each in said.comms] == ["jupyter.widget"] * 3
    assert "application/vnd.jupyter.widget-view+json" in said.data[0]
    comm = kernel.value("slider.comm.comm_id")
    _send(kernel, "comm_msg", {"comm_id": comm, "data": {"method": "update", "state": {"value": 8}}})
    assert until(lambda: kernel.value("slider.value") == "8")


def test_a_page_that_is_opened_again_gets_the_widgets_states(kernel):
    kernel.run("import ipywidgets; box = ipywidgets.Checkbox(True)")
    control = "0" * 32
    _send(
        kernel, "comm_open", {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}, version="1.0.0"
    )
    _send(kernel, "comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        message = kernel.client.get_iopub_msg(timeout=SECONDS)
        if message["msg_type"] == "comm_msg" and message["content"]["data"].get("method") == "update_states":
            states = message["content"]["data"]["states"].values()
            assert "CheckboxModel" in {state["model_name"] for state in states}
            return
    raise AssertionError("no states came")


def _send(kernel, kind, content, **metadata):
    client = kernel.client
    client.shell_channel.send(client.session.msg(kind, content, metadata=metadata))


def test_what_a_program_asks_of_its_surroundings(pair):
    for expression in (
        "__name__",
        "__import__('sys').modules['__main__'].__dict__ is globals()",
        "__import__('sys').argv[0]",
        "__import__('sys').argv[1]",
        "__import__('sys').path",
        "__import__('sys').flags",
        "__import__('sys').executable",
        "__import__('sys').warnoptions",
        "__import__('os').getcwd()",
        "sorted(__import__('os').environ)",
        "__import__('os').getpgrp() == __import__('os').getpid() == __import__('os').getsid(0)",
        "[(n, str(__import__('signal').getsignal(n))) for n in range(1, 32) if n not in (2, 17)]",
        "__import__('signal').pthread_sigmask(0, [])",
        "__import__('locale').getlocale(), __import__('sys').getfilesystemencoding()",
        "__import__('time').tzname",
        "__import__('resource').getrlimit(__import__('resource').RLIMIT_NOFILE)",
        "__import__('gc').isenabled(), __import__('gc').get_threshold()",
        "__import__('sys').getrecursionlimit(), __import__('sys').getswitchinterval()",
        "__import__('threading').current_thread() is __import__('threading').main_thread()",
        "get_ipython().__class__, get_ipython().kernel.__class__, get_ipython().parent.__class__",
        "type(__import__('asyncio').get_event_loop_policy())",
        "__import__('sys').stdin.read(1) == ''",
        "__import__('sys').stdout.__class__, __import__('sys').stderr.__class__",
        "__import__('sys').__stdout__.encoding, __import__('sys').__stderr__.errors",
    ):
        ordinary, warm = (kernel.value(expression) for kernel in pair)
        assert warm == ordinary, expression


def test_libraries_leave_the_warnings_as_they_do_elsewhere(pair):
    code = "import pandas, matplotlib.pyplot, ipywidgets, anywidget, warnings"
    for kernel in pair:
        kernel.run(code)
    ordinary, warm = (
        set(kernel.value("'\\n'.join(sorted({str(each) for each in warnings.filters}))").splitlines())
        for kernel in pair
    )
    assert warm == ordinary


def test_the_process_is_its_own_and_says_what_it_is(kernel):
    pid = int(kernel.value("__import__('os').getpid()"))
    assert pid == kernel.process.pid
    command = psutil.Process(pid).cmdline()
    assert command[1:4] == ["-m", "ipykernel_launcher", "-f"]
    assert kernel.manager.connection_file in command[4]


def test_kernel_info_is_the_same(pair):
    infos = []
    for kernel in pair:
        kernel.client.kernel_info()
        reply = kernel.client.get_shell_msg(timeout=SECONDS)
        while reply["msg_type"] != "kernel_info_reply":
            reply = kernel.client.get_shell_msg(timeout=SECONDS)
        infos.append({**reply["content"], "banner": reply["content"]["banner"].partition("Tip:")[0]})
    assert infos[0] == infos[1]


@BOTH
def test_folder_environment_and_zone_are_those_it_was_given(name, tmp_path):
    (tmp_path / "tetangga.py").write_text("answer = 42\n", encoding="utf-8")
    env = surroundings(TZ="Asia/Jakarta", KANTOR="Dinas é")
    with Kernel(name, cwd=str(tmp_path), env=env) as kernel:
        assert kernel.value("__import__('os').getcwd()") == str(tmp_path)
        assert kernel.value("__import__('os').environ['KANTOR']") == "Dinas é"
        assert kernel.value("__import__('time').strftime('%Z', __import__('time').localtime(0))") == "WIB"
        assert kernel.value("__import__('tetangga').answer") == "42"
        assert kernel.run("!echo $KANTOR").out.strip() == "Dinas é"
        assert "PATH" not in env or kernel.value("__import__('os').environ['PATH']") == env["PATH"]


@BOTH
@pytest.mark.parametrize(
    ("variable", "value", "expression", "expected"),
    [
        ("PYTHONWARNINGS", "error", "'error' in {each[0] for each in __import__('warnings').filters}", "True"),
        ("PYTHONHASHSEED", "7", "__import__('os').environ['PYTHONHASHSEED'], hash('mutu')", None),
        ("PYTHONOPTIMIZE", "1", "__debug__", "False"),
        ("LC_ALL", "C", "__import__('locale').setlocale(0)", "C"),
        ("OPENBLAS_NUM_THREADS", "1", "__import__('os').environ['OPENBLAS_NUM_THREADS']", "1"),
        ("MPLBACKEND", "svg", "__import__('matplotlib').get_backend()", "svg"),
    ],
)
def test_variables_that_are_read_once_are_honoured(name, variable, value, expression, expected):
    with Kernel(name, env=surroundings(**{variable: value})) as kernel:
        found = kernel.value(expression)
    hash_of_mutu = "('7', " + _hash_with_seed(value) + ")" if expected is None else expected
    assert found == hash_of_mutu


def _hash_with_seed(seed):
    import subprocess

    code = "print(hash('mutu'))"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@BOTH
def test_a_module_of_that_name_in_the_folder_is_found_first(name, tmp_path):
    (tmp_path / "pandas.py").write_text("mine = True\n", encoding="utf-8")
    with Kernel(name, cwd=str(tmp_path)) as kernel:
        assert kernel.value("__import__('pandas').mine") == "True"


@BOTH
def test_settings_for_figures_in_the_folder_are_read(name, tmp_path):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7.5\n", encoding="utf-8")
    with Kernel(name, cwd=str(tmp_path)) as kernel:
        assert kernel.value("__import__('matplotlib').rcParams['lines.linewidth']") == "7.5"


@BOTH
def test_changed_modules_are_loaded_again(name, tmp_path):
    module = tmp_path / "berubah.py"
    module.write_text("def said(): return 'lama'\n", encoding="utf-8")
    with Kernel(name, cwd=str(tmp_path)) as kernel:
        kernel.run("%load_ext autoreload\n%autoreload 2\nimport berubah")
        assert kernel.value("berubah.said()") == "lama"
        module.write_text("def said(): return 'yang baru'\n", encoding="utf-8")
        os.utime(module, (time.time() + 5, time.time() + 5))
        assert kernel.value("berubah.said()") == "yang baru"


@BOTH
def test_history_is_kept(name, tmp_path):
    env = surroundings(IPYTHONDIR=str(tmp_path))
    with Kernel(name, env=env) as kernel:
        kernel.run("nilai = 25 * 4")
        assert "nilai = 25 * 4" in kernel.run("%history").out
        kernel.manager.shutdown_kernel()
    with Kernel(name, env=env) as kernel:
        assert "nilai = 25 * 4" in kernel.run("%history -g nilai").out


@BOTH
def test_startup_files_run_and_may_choose_a_backend(name, tmp_path):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "10.py").write_text("import matplotlib; matplotlib.use('pdf'); sejak_awal = 1\n", encoding="utf-8")
    with Kernel(name, env=surroundings(IPYTHONDIR=str(tmp_path))) as kernel:
        assert kernel.value("sejak_awal, __import__('matplotlib').get_backend()") == "(1, 'pdf')"


@BOTH
def test_a_restart_forgets_everything_and_keeps_the_address(name):
    with Kernel(name) as kernel:
        kernel.run("x = 1")
        before, ports = kernel.process.pid, kernel.manager.ports
        kernel.manager.restart_kernel()
        kernel.again()
        assert kernel.process.pid != before
        assert kernel.manager.ports == ports
        assert kernel.value("'x' in globals()") == "False"
        assert not psutil.pid_exists(before) or psutil.Process(before).status() == "zombie"


@BOTH
def test_a_kernel_that_dies_is_started_again(name):
    async def dies_and_lives():
        manager = AsyncIOLoopKernelManager(kernel_name="python3")
        set_provisioner(manager, name)
        await manager.start_kernel()
        manager._restarter.time_to_dead = 0.2
        restarted = asyncio.Event()
        manager.add_restart_callback(restarted.set)
        manager.stop_restarter()
        manager._restarter.poll_interval = manager._restarter.time_to_dead = 0.2
        manager.start_restarter()
        before = manager.provisioner.process.pid
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=SECONDS)
        await asyncio.sleep(0.5)
        client.execute("import os; os._exit(3)")
        await asyncio.wait_for(restarted.wait(), SECONDS)
        await client.wait_for_ready(timeout=SECONDS)
        after = manager.provisioner.process.pid
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
        return before, after

    with ThreadPoolExecutor() as pool:  # in a thread of its own: a browser's loop may be running in this one
        before, after = pool.submit(asyncio.run, dies_and_lives()).result()
    assert before != after


@BOTH
@pytest.mark.parametrize(
    ("code", "status"),
    [("import os; os._exit(7)", 7), ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL)],
)
def test_how_it_ended_is_known(name, code, status):
    with Kernel(name) as kernel:
        kernel.client.execute(code)
        process = kernel.process
        assert until(lambda: process.poll() is not None)
        assert process.poll() == status


@BOTH
def test_an_orderly_end_calls_what_asked_to_be_called_and_waits_for_threads(name, tmp_path):
    code = f"""
import atexit, threading, time, pathlib
atexit.register(lambda: pathlib.Path({str(tmp_path)!r}, 'atexit').touch())
threading.Thread(target=lambda: (time.sleep(0.3), pathlib.Path({str(tmp_path)!r}, 'thread').touch())).start()
"""
    with Kernel(name) as kernel:
        kernel.run(code)
        process, file = kernel.process, kernel.manager.connection_file
        kernel.manager.shutdown_kernel()
        assert process.poll() == 0
    assert {each.name for each in tmp_path.iterdir()} == {"atexit", "thread"}
    assert not Path(file).exists()


@BOTH
def test_what_bypasses_the_kernel_goes_where_the_process_was_told(name, tmp_path):
    with (tmp_path / "out").open("wb") as out, Kernel(name, stdout=out, stderr=out) as kernel:
        kernel.run("import sys; print('langsung', file=sys.__stdout__, flush=True)")
    assert b"langsung" in (tmp_path / "out").read_bytes()


@BOTH
@pytest.mark.parametrize("manager", [{"transport": "ipc"}, {"transport_encryption": "required"}])
def test_transports(name, manager):
    with Kernel(name, manager) as kernel:
        assert kernel.value("'siap'") == "siap"


@BOTH
def test_the_debugger_answers(name):
    with Kernel(name) as kernel:
        client = kernel.client

        def ask(command, **arguments):
            content = {"type": "request", "seq": 1, "command": command, "arguments": arguments}
            message = client.session.msg("debug_request", content)
            client.control_channel.send(message)
            reply = client.control_channel.get_msg(timeout=SECONDS)
            return reply["content"]

        started = ask(
            "initialize", clientID="t", adapterID="t", pathFormat="path", linesStartAt1=True, columnsStartAt1=True
        )
        assert started["success"], started
        assert ask("attach", debugOptions=["RedirectOutput"])["success"] is True
        code = "def luas(sisi):\n    dua = sisi * sisi\n    return dua\nluas(3)"
        source = ask("dumpCell", code=code)["body"]["sourcePath"]
        points = ask("setBreakpoints", breakpoints=[{"line": 3}], source={"path": source}, sourceModified=False)
        assert points["body"]["breakpoints"][0]["verified"] is True
        assert ask("configurationDone")["success"] is True
        client.execute(code)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            message = client.get_iopub_msg(timeout=SECONDS)
            if message["msg_type"] == "debug_event" and message["content"]["event"] == "stopped":
                thread = message["content"]["body"]["threadId"]
                frames = ask("stackTrace", threadId=thread)["body"]["stackFrames"]
                assert (frames[0]["name"], frames[0]["line"]) == ("luas", 3)
                ask("continue", threadId=thread)
                return
        raise AssertionError("the debugger did not stop")
