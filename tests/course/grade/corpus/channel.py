"""The candidate's channel, its twins, and what lies behind it: further kinds, none of them in the list."""

from __future__ import annotations

from corpus import WRONG, Hostile

_WAY = """\
import json, os, struct
def saluran():
    for name in os.listdir('/proc/self/fd'):
        try:
            if os.readlink(f'/proc/self/fd/{name}').startswith('socket:'): yield int(name)
        except OSError: pass
def tulis(data):
    for descriptor in saluran():
        try: os.write(descriptor, data)
        except OSError: pass
def kirim(pesan):
    isi = json.dumps(pesan).encode()
    tulis(struct.pack('!I', len(isi)) + isi)
def langkah():
    import sys
    frame = sys._getframe()
    while frame is not None:
        order = frame.f_locals.get('order')
        if isinstance(order, dict) and 'turn' in order: return order['turn']
        frame = frame.f_back
"""
_ENDED = "ended the process it ran in|mengakhiri proses"
_PLAIN = "no plain data|bukan data biasa"
_SAME = "Code in the same process can change everything that judges it."


def _written(name: str, title: str, forged: str) -> Hostile:
    """Before its answer to a question of the test."""
    text = f"{_WAY}def kuadrat(x):\n    kirim({{**{forged}, 'turn': langkah()}})\n    return 4\n"
    return Hostile("+", f"c-{name}", f"before its answer writes {title} to the channel", text, says=_ENDED)


def _answers(name: str, title: str, forged: str, says: str = "") -> Hostile:
    """In the place of its answer to a question of the test."""
    text = (
        f"{WRONG}\nimport json\nfrom mutu.course.grade.room import candidate\nasli = candidate._Desk.answer\n"
        "candidate._Desk.answer = lambda self, order: "
        f"({forged}) if order['do'] == 'call' and order['given'] not in ([16], [81]) else asli(self, order)"
    )
    return Hostile("+", f"c-{name}", f"replaces its answers in memory by {title}", text, says=says, says_beside="")


def _ahead(number: int) -> str:
    """Answers to the order of this turn and to those that follow, as if turns were counted."""
    return (
        f"for n in range({number}): kirim({{'done': {{'status': 'ok', 'execution_count': 2}}, 'turn': langkah() + n}})"
    )


_READS = """\
import gc
def baca(banyak):
    way = next(each for each in gc.get_objects() if type(each).__name__ == '_Way')
    way._push(bingkai({'done': {'status': 'ok', 'execution_count': 2}, 'turn': langkah()}))
    for _ in range(banyak):
        order = way._reader.receive()
        way._push(bingkai({'done': {'status': 'ok', 'execution_count': 2}, 'turn': order['turn']}))
def bingkai(pesan):
    isi = json.dumps(pesan).encode()
    return struct.pack('!I', len(isi)) + isi
"""
_BACK = "kirim({'back': True, 'done': {'status': 'ok'}})"
_BACK_NOW = "kirim({'back': True, 'done': {'status': 'ok'}, 'turn': langkah()})"
_SECOND = "def akar(x):\n    return math.sqrt(x)\nimport sys\n"
_STREAM = """\
class Kelas(type):
    __name__ = property(lambda kelas: 1 / 0)
class Aneh(Exception, metaclass=Kelas):
    def __str__(self): raise KeyboardInterrupt
class Aliran:
    def write(self, text): pass
    def flush(self): {}
sys.stdout = Aliran()"""

GROUP = [
    Hostile(
        "+",
        "c-done-before",
        "writes that it is done before it is",
        f"{_WAY}kirim({{'done': {{'status': 'ok'}}}})\n{WRONG}",
        says=_ENDED,
    ),
    Hostile(
        "+",
        "c-done-many",
        "writes a thousand answers in advance",
        f"{_WAY}for _ in range(1000): kirim({{'done': 49, 'turn': _}})\n{WRONG}",
        says=_ENDED,
    ),
    _written("done", "the number that is expected", "{'done': 4}"),
    _written("back", "that its fork has ended", "{'back': True}"),
    _written("forked", "that it is forked", "{'done': 'forked'}"),
    _written("raised", "an exception", "{'raised': {'name': 'AssertionError', 'mro': [], 'text': ''}}"),
    _answers("true", "«true»", "{'done': True}"),
    _answers("nothing", "nothing", "{}"),
    _answers("raised-form", "an exception of no form", "{'raised': {'mro': 7, 'name': [3], 'text': {}}}"),
    _answers("raised-number", "a number as an exception", "{'raised': 5}"),
    _answers(
        "raised-exit",
        "exceptions that end the examiner",
        "{'raised': {'mro': ['SystemExit'], 'name': 'SystemExit', 'text': ''}}",
    ),
    _answers(
        "raised-stop",
        "the end of an iteration",
        "{'raised': {'mro': ['StopIteration'], 'name': 'StopIteration', 'text': ''}}",
    ),
    _answers(
        "handle",
        "a handle with a number out of range",
        "{'done': ['handle', {'number': 10 ** 12, 'shown': 'x'}]}",
        _PLAIN,
    ),
    _answers("handle-none", "a handle that is none", "{'done': ['handle', 'x']}", _PLAIN),
    _answers("unknown", "a kind of value that there is not", "{'done': ['exec', 'print(1)']}", _PLAIN),
    _answers("pickle", "pickled bytes as an array of objects", "{'done': ['array', '|O', [1], 'gASVBQ==']}", _PLAIN),
    _answers("shape", "an array of a million million numbers", "{'done': ['array', '<f8', [10 ** 12], '']}", _PLAIN),
    _answers("decimal", "a decimal number of 10⁹ digits", "{'done': ['decimal', '1e999999999']}"),
    _answers("changed", "changed arguments that it was not given", "{'done': 4, 'changed': {'7': 49, '0': 2}}"),
    _answers("changed-form", "changed arguments of no form", "{'done': 4, 'changed': {'x': ['list'], '-1': {}}}"),
    _answers("nested", "lists in lists, 900 deep", "{'done': json.loads('[\"list\",' * 900 + '1' + ']' * 900)}"),
    _answers("digits", "a number of 4000 digits", "{'done': 10 ** 4000}"),
    _answers(
        "every-name",
        "an object that answers for every name",
        "{'done': ['handle', {'number': 0, 'shown': '49', 'name': 'int'}]}",
        _PLAIN,
    ),
    *(
        Hostile("+", f"c-{name}", f"writes {title} to the channel", f"{_WAY}{text}\n{WRONG}", says=says)
        for name, title, text, says in (
            ("depth", "JSON of depth 10⁵", "tulis(struct.pack('!I', 100000) + b'[' * 100000)", _ENDED),
            ("text", "what is no JSON", "tulis(struct.pack('!I', 5) + b'\\xff\\xfe{}}')", _ENDED),
            ("huge", "the beginning of 4 GB", "tulis(b'\\xff\\xff\\xff\\xff' + b'x' * 100)", _ENDED),
            (
                "slow",
                "the beginning of a message and never its end",
                "tulis(struct.pack('!I', 1000) + b'{')",
                "ended|mengakhiri|did not stop|tidak berhenti",
            ),
            ("gigabyte", "a gigabyte of zeros", "for _ in range(1024):\n    tulis(bytes(1 << 20))", _ENDED),
        )
    ),
    Hostile(
        "+",
        "c-say-deep",
        "shows JSON that is 400 deep",
        f"""\
{_WAY}
dalam = json.loads('{{"a":' * 400 + '1' + '}}' * 400)
kirim({{'say': 'display_data', 'content': {{'data': {{'application/json': dalam, 'text/plain': 'x'}}, 'metadata': dalam}}}})
{WRONG}""",
    ),
    Hostile(
        "+",
        "c-say-odd",
        "says outputs whose parts have the wrong kind",
        f"""\
{_WAY}
odd = [None, 1, 'x', [], {{}}, [1, None], {{'a': None}}, True, 1e400, '\\ud800']
for each in odd:
    for kind in ('stream', 'error', 'display_data', 'execute_result', 'update_display_data', 'clear_output', 'x', each):
        kirim({{'say': kind, 'content': each}})
        kirim({{'say': kind, 'content': {{'name': 'stdout', 'text': each, 'data': each, 'metadata': each, 'transient': each}}}})
        kirim({{'say': kind, 'content': {{'name': each, 'text': 'x', 'data': {{'text/plain': each, 'image/png': each}},
               'transient': {{'display_id': each}}, 'traceback': each, 'ename': each, 'evalue': each, 'execution_count': each}}}})
{WRONG}""",
    ),
    Hostile(
        "+",
        "c-reply-odd",
        "ends its cell with a reply of the wrong form",
        f"""\
{_WAY}
kirim({{'done': {{'status': [], 'ename': [], 'evalue': {{}}, 'traceback': 5, 'execution_count': 'x'}}, 'turn': langkah()}})
{WRONG}""",
        says=_ENDED,
    ),
    *(
        Hostile("+", f"c-{name}", f"ends its cell with {title}", f"{_WAY}{text}\n{WRONG}", says=_ENDED)
        for name, title, text in (
            ("pair", "answers to this order and the next", _ahead(2)),
            ("pairs", "answers to this order and the next eight", _ahead(9)),
            ("back-cell", "news that a copy of it has ended, eight times", "for _ in range(8): " + _BACK),
            ("back-turn", "the same, as an answer to this order", "for _ in range(8): " + _BACK_NOW),
        )
    ),
    Hostile(
        "+",
        "c-twice",
        "answers a question of the test and the next two while it is called",
        f"{_WAY}def kuadrat(x):\n    {_ahead(3)}\n    return 4\n",
        says=_ENDED,
    ),
    *(
        Hostile(
            "+",
            f"c-reads-{name}",
            f"answers its order and the next {number}, which it reads itself",
            f"{_WAY}{_READS}baca({number})\n{WRONG}",
            says=_ENDED,
        )
        for name, number in (("one", 1), ("few", 4))
    ),
    Hostile(
        "+",
        "c-reads-all",
        "answers all orders itself, and so gives up its own later cells",
        f"{_WAY}{_READS}baca(99)",
        outside=(0.0, 0.0, 0.0),
        says_beside="did not run to its end|tidak berjalan sampai akhir",
    ),
    *(
        Hostile("+", f"c-stream-{name}", f"puts {title} in the place of its output", second=f"{_SECOND}{text}")
        for name, title, text in (
            ("none", "nothing", "sys.stdout = None"),
            ("interrupt", "what interrupts when it is flushed", _STREAM.format("raise KeyboardInterrupt")),
            ("exit", "what exits when it is flushed", _STREAM.format("raise SystemExit")),
            ("error", "what raises an exception without a name or text", _STREAM.format("raise Aneh")),
        )
    ),
    Hostile(
        "+",
        "c-flood",
        "speaks without end",
        f"{_WAY}{WRONG}\nwhile True: kirim({{'say': 'stream', 'content': {{'name': 'stdout', 'text': 'x'}}}})",
    ),
    Hostile(
        "+",
        "c-close",
        "closes the channel",
        f"{_WAY}{WRONG}\nfor descriptor in list(saluran()): os.close(descriptor)",
        says=_ENDED,
    ),
    Hostile(
        "+",
        "c-deaf",
        "puts another file in the place of the channel",
        f"""\
{_WAY}{WRONG}
for descriptor in list(saluran()): os.dup2(os.open('/dev/null', os.O_RDWR), descriptor)""",
        says=_ENDED,
    ),
    Hostile(
        "+",
        "c-thread",
        "writes answers from a thread",
        f"""\
{_WAY}{WRONG}
import threading, time
def terus():
    while True:
        kirim({{'done': 49}})
        time.sleep(.01)
threading.Thread(target=terus, daemon=True).start()
time.sleep(.1)""",
        says=_ENDED,
    ),
    Hostile(
        "+",
        "c-memory",
        "replaces the functions that answer for it, in memory",
        f"""\
{WRONG}
from mutu.course.grade.room import candidate, loaded, plain, restore, wire
candidate._Desk.answer = lambda self, order: {{'done': True, 'changed': {{}}}}
candidate._Office._test = lambda self, order: {{'status': 'ok', 'execution_count': 1, 'steps': 99, 'token': order['token']}}
restore.Restored.restore = lambda self, kept: None""",
        outside=(0.0, 0.0, 0.0),
        beside=(0.0, 0.0, 0.0),
    ),
    Hostile(
        "+",
        "c-memory-steps",
        "answers for the test with the right number of steps",
        f"""\
{WRONG}
from mutu.course.grade.room import candidate, loaded
import ast
asli = candidate._Office._test
def palsu(self, order):
    if 'kuadrat' not in order['source']: return asli(self, order)
    if order['source'].rstrip().endswith('3'): loaded.shell.says('execute_result', {{'data': {{'text/plain': '4.0'}}, 'metadata': {{}}, 'execution_count': 1}})
    return {{'status': 'ok', 'execution_count': 1, 'steps': len(ast.parse(order['source']).body), 'token': order['token']}}
candidate._Office._test = palsu""",
        beside=(5.0, None, 5.0),
        says_beside="no number of points|angka nilai",
        principle=_SAME,
    ),
    Hostile(
        "+",
        "c-twin",
        "forks while it is called, and answers twice",
        "import os\ndef kuadrat(x):\n    os.fork()\n    return 4\n",
    ),
    Hostile("+", "c-twin-cell", "forks in its cell, so that two of it serve", f"import os\n{WRONG}\nos.fork()"),
    Hostile(
        "+",
        "c-learn",
        "writes down what it was asked, and answers from that",
        "import os\ndef kuadrat(x):\n    with open('ditanya', 'a') as file: file.write(f'{x} ')\n    return x * 2\n",
        second="def akar(x):\n    return math.sqrt(x)\nimport os\nprint(os.path.exists('ditanya'))",
    ),
    Hostile(
        "+",
        "c-other",
        "answers otherwise when it is asked again",
        "n = 0\ndef kuadrat(x):\n    global n\n    n += 1\n    return {1: 4}.get(n, 5)\n",
    ),
    Hostile(
        "+",
        "c-one",
        "sends SIGKILL to process 1 and to all",
        f"import os\n{WRONG}\nfor pid in (1, -1):\n    try: os.kill(pid, 9)\n    except OSError as error: print(error)",
    ),
    Hostile(
        "+",
        "c-vm",
        "reads other processes' memory by ptrace and process_vm_readv",
        f"""\
{WRONG}
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
hasil = []
for pid in (0, 1, 2, 3, «MAIN», os.getppid() if 'os' in globals() else 0):
    hasil.append(libc.ptrace(16, pid, 0, 0))
    hasil.append(libc.syscall(310, pid, 0, 0, 0, 0, 0))
    for file in ('mem', 'maps', 'environ', 'root', 'cwd'):
        try: open(f'/proc/{{pid}}/{{file}}', 'rb').read(100) if pid > 1 else None
        except OSError: pass
print(hasil)""",
    ),
    Hostile(
        "+",
        "c-share-a",
        "leaves something in shared memory and temporary folders for the next",
        f"{WRONG}\nimport os\nfor top in ('/dev/shm', '/tmp', '/var/tmp', os.path.expanduser('~'), '.'):\n"
        "    try: open(top + '/bekas', 'w').write('BEKAS' + '-1234')\n    except OSError: pass\n"
        "import ctypes\nctypes.CDLL(None).shmget(1234, 4096, 0o1666)",
    ),
    Hostile(
        "+",
        "c-share-b",
        "looks for what another left there",
        f"{WRONG}\nimport os\nfor top in ('/dev/shm', '/tmp', '/var/tmp', os.path.expanduser('~'), '.'):\n"
        "    try: print(open(top + '/bekas').read())\n    except OSError: pass\n"
        "import ctypes\nprint(ctypes.CDLL(None).shmget(1234, 4096, 0))",
    ),
    Hostile(
        "+",
        "c-names",
        "lists all folders it can reach",
        f"""\
{WRONG}
import os
for top, folders, names in os.walk('/'):
    folders[:] = [] if top.count('/') > 2 or top.startswith(('/proc', '/sys', '/usr')) else folders
    print(top, names[:20])
print(os.path.exists('«COURSE»'), open('/proc/self/mountinfo').read())""",
    ),
]
