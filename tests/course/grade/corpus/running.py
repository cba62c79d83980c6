"""Work that does not end, ends too much, or goes on (kinds 31 to 46)."""

from __future__ import annotations

from corpus import WRONG, Hostile

_STAYS = "did not stop when its time was up|tidak berhenti saat waktunya"
_ENDED = "ended the process it ran in|mengakhiri proses"
_DEAF = "import signal\nfor each in (signal.SIGINT, signal.SIGTERM): signal.signal(each, signal.SIG_IGN)\n"

GROUP = [
    Hostile("31", "k31-loop", "loops without end in its cell", f"{WRONG}\nwhile True: pass"),
    Hostile("31", "k31-call", "loops without end when it is called", "def kuadrat(x):\n    while True: pass"),
    Hostile("31", "k31-print", "prints without end", f"{WRONG}\nwhile True: print('x' * 1000)"),
    Hostile(
        "31",
        "k31-yes",
        "starts a program that prints without end",
        f"{WRONG}\nimport subprocess\nsubprocess.Popen(['yes'])",
    ),
    Hostile("32", "k32-deaf", "loops and ignores SIGINT and SIGTERM", f"{_DEAF}{WRONG}\nwhile True: pass", says=_STAYS),
    Hostile(
        "32",
        "k32-deaf-call",
        "loops and ignores them when it is called",
        f"{_DEAF}def kuadrat(x):\n    while True: pass",
        says=_STAYS,
    ),
    Hostile(
        "32",
        "k32-catch",
        "catches every interruption",
        f"{WRONG}\nwhile True:\n    try:\n        while True: pass\n    except BaseException: pass",
        says="",
    ),
    Hostile("33", "k33-c", "loops in C, where no interrupt reaches", f"{WRONG}\nsum(range(10 ** 13))"),
    Hostile(
        "33",
        "k33-regex",
        "searches with a regular expression that never ends",
        f"{WRONG}\nimport re\nre.match(r'(a|a)*$', 'a' * 60 + 'b')",
    ),
    Hostile("34", "k34-exit", "ends its process", f"{WRONG}\nimport os\nos._exit(0)", says=_ENDED),
    Hostile("34", "k34-segfault", "reads address 0", f"{WRONG}\nimport ctypes\nctypes.string_at(0)", says=_ENDED),
    Hostile("34", "k34-abort", "aborts when it is called", "import os\ndef kuadrat(x):\n    os.abort()", says=_ENDED),
    Hostile(
        "35",
        "k35-thread",
        "a thread changes names while tests run",
        f"""\
{WRONG}
import threading, time, builtins
def ganti():
    while True:
        globals()['sum'] = lambda *args: 3
        globals()['benar'] = 3
        time.sleep(.001)
threading.Thread(target=ganti, daemon=True).start()""",
        beside_or=(0.0, 4.0, 5.0),
        principle="A thread of the same process can change a test's names while it runs.",
    ),
    Hostile(
        "36",
        "k36-session",
        "starts a process in a session of its own",
        f"{WRONG}\nimport subprocess\nsubprocess.Popen(['sleep', '987'], start_new_session=True)",
    ),
    Hostile(
        "36",
        "k36-twice",
        "forks twice, so that nobody knows the grandchild",
        f"{WRONG}\nimport os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(987)\n    os._exit(0)",
    ),
    Hostile(
        "37",
        "k37-after",
        "acts at its end: atexit, __del__, alarm",
        f"""\
{WRONG}
import atexit, os, signal
def nanti(*args): open('/tmp/nanti', 'w').close()
atexit.register(nanti)
class Akhir:
    def __del__(self): nanti()
akhir = Akhir()
signal.signal(signal.SIGALRM, nanti); signal.alarm(1)""",
    ),
    Hostile(
        "38",
        "k38-forks",
        "a fork bomb",
        f"{WRONG}\nimport os\nwhile True:\n    try: os.fork()\n    except BaseException: pass",
        says=".",
    ),
    Hostile(
        "38",
        "k38-threads",
        "starts threads until it may not",
        f"{WRONG}\nimport threading, time\ntry:\n    while True: threading.Thread(target=time.sleep, args=(900,), daemon=True).start()\n"
        "except RuntimeError as error: print(error)",
    ),
    Hostile(
        "39", "k39-memory", "takes memory bit by bit", f"{WRONG}\nx = []\nwhile True: x.append(bytearray(10 << 20))"
    ),
    Hostile("39", "k39-once", "takes 100 GB at once", f"{WRONG}\nbytearray(100 << 30)"),
    Hostile(
        "39",
        "k39-processes",
        "takes memory in many processes",
        f"""\
{WRONG}
import os, time
for n in range(20):
    if os.fork() == 0:
        x = bytearray(120 << 20)
        for at in range(0, len(x), 4096): x[at] = 1
        time.sleep(900)
time.sleep(900)""",
        says="memory|memori",
    ),
    Hostile(
        "39",
        "k39-shm",
        "fills shared memory",
        f"""\
{WRONG}
import mmap, os
try:
    for n in range(100):
        file = os.open(f'/dev/shm/{{n}}', os.O_RDWR | os.O_CREAT)
        os.ftruncate(file, 16 << 20)
        mmap.mmap(file, 16 << 20).write(bytes(16 << 20))
except (OSError, ValueError) as error: print(error)""",
        says=".",
    ),
    Hostile(
        "40",
        "k40-deep",
        "recurses beyond every limit",
        f"{WRONG}\nimport sys\nsys.setrecursionlimit(10 ** 9)\ndef dalam(n): return dalam(n + 1)\ndalam(0)",
        says=".",
    ),
    Hostile("40", "k40-call", "recurses without end when it is called", "def kuadrat(x):\n    return kuadrat(x)"),
    Hostile(
        "41",
        "k41-kill",
        "sends signals to every process",
        f"{WRONG}\nimport os, signal\nfor number in (15, 19, 9):\n    for pid in (os.getppid(), -1, *range(2, 500), «MAIN»):\n"
        "        try: os.kill(pid, number)\n        except OSError: pass",
    ),
    Hostile("41", "k41-group", "sends SIGKILL to its group", f"{WRONG}\nimport os\nos.killpg(0, 9)\nos.kill(0, 9)"),
    Hostile(
        "42", "k42-close", "closes all file descriptors", f"{WRONG}\nimport os\nos.closerange(0, 256)", says=_ENDED
    ),
    Hostile("43", "k43-exit", "calls exit()", f"{WRONG}\nexit()"),
    *(
        Hostile(
            "43",
            f"k43-{name.lower()}",
            f"raises {name} when it is called and in its cell",
            f"def kuadrat(x):\n    raise {name}\nraise {name}",
        )
        for name in ("SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "StopIteration")
    ),
    Hostile("44", "k44-input", "asks for input", f"{WRONG}\ninput('?')"),
    Hostile(
        "44",
        "k44-call",
        "asks for input, a password and a debugger when it is called",
        "def kuadrat(x):\n    import getpass\n    try: input()\n    except Exception: pass\n"
        "    try: getpass.getpass()\n    except Exception: pass\n    breakpoint()\n    return 4",
    ),
    Hostile(
        "44",
        "k44-debug",
        "opens the debugger",
        f"{WRONG}\n1 / 0\n",
        second="def akar(x):\n    return math.sqrt(x)\n%debug",
    ),
    Hostile("45", "k45-await", "awaits what never comes", f"{WRONG}\nimport asyncio\nawait asyncio.Event().wait()"),
    Hostile(
        "45",
        "k45-loop",
        "stops and closes the event loop",
        f"{WRONG}\nimport asyncio\nloop = asyncio.get_event_loop()\nloop.stop()\nloop.close = lambda: None\nawait asyncio.sleep(0)",
        says_beside=None,
    ),
    Hostile(
        "+",
        "r-twin",
        "forks past Python, so that two of it read the orders",
        f"{WRONG}\nimport ctypes\nctypes.CDLL(None).fork()",
        beside_or=(0.0, 0.0, 0.0),
    ),
    Hostile(
        "+",
        "r-stop",
        "stops itself, its group and its parent",
        "import os\ndef kuadrat(x):\n    if os.fork() == 0:\n        os.kill(os.getppid(), 19)\n        os._exit(0)\n"
        "    os.wait()\n    os.kill(0, 19)\n    return 4",
    ),
    Hostile(
        "+",
        "r-few",
        "takes away its own files, memory and processes",
        f"{WRONG}\nimport resource\nfor each in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE):\n"
        "    resource.setrlimit(each, (3, 3))\nresource.setrlimit(resource.RLIMIT_AS, (1 << 20, 1 << 20))",
    ),
    Hostile(
        "46",
        "k46-sleep",
        "sleeps just below the limit in every cell",
        "import time\ntime.sleep(3)\ndef kuadrat(x):\n    time.sleep(3)\n    return 4",
    ),
]
