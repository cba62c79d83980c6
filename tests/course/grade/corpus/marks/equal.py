"""Answers are objects that are equal to everything (kinds 4 and 5)."""

from __future__ import annotations

from corpus import FULL, Hostile
from corpus.marks.words import EQUAL, PLAIN

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


def _liar(base: str, made: str) -> str:
    return _LIAR.format(base=base, made=made)


def _equal(kind: str, name: str, tries: str, first: str) -> Hostile:
    """Such a submission: only examined from outside its answer is seen to be no plain data."""
    return Hostile(kind, name, tries, first, beside=FULL, says=PLAIN, says_beside="", principle=EQUAL)


GROUP = [
    _equal("4", "k04-sama", "gives back an object that is equal to everything", _liar("", "")),
    *(
        _equal("5", f"k05-{name}", f"gives back a {title} that is equal to everything", _liar(f"({base})", made))
        for name, title, base, made in (
            ("int", "whole number", "int", "4"),
            ("float", "number", "float", "4.0"),
            ("str", "text", "str", "'4'"),
        )
    ),
    _equal(
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
    ),
    _equal(
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
    ),
    _equal(
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
    ),
]
