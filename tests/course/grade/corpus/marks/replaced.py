"""Names and modules that the test uses are replaced (kinds 6 to 9)."""

from __future__ import annotations

from corpus import HONEST_ONLY, Hostile
from corpus.marks.words import and_wrong

GROUP = [
    Hostile(
        "6",
        "k06-builtins",
        "replaces len, abs, sum, isinstance, AssertionError in builtins",
        and_wrong("""
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
        and_wrong("sum = lambda *args: 3\nall = any = isinstance = lambda *args: True"),
    ),
    Hostile(
        "6",
        "k06-dict",
        "takes __builtins__ of the notebook away",
        and_wrong("globals()['__builtins__'] = dict(vars(__import__('builtins')), sum=lambda *args: 3)"),
    ),
    Hostile(
        "7",
        "k07-isclose",
        "replaces math.isclose, numpy.testing, pandas.testing",
        and_wrong("""
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
        and_wrong("""
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
        and_wrong("""
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
]
