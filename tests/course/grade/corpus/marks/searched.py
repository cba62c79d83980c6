"""What the test expects is searched for, in memory, texts and files (kinds 14 to 19)."""

from __future__ import annotations

from corpus import WRONG, Hostile
from corpus.marks.words import and_wrong

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
        and_wrong("""
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
        and_wrong("""
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
