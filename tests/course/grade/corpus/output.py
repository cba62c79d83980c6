"""What is printed and shown (kinds 47 to 52); what a browser makes of it is tested in a browser."""

from __future__ import annotations

from typing import Any

import nbformat

from corpus import FULL, RIGHT, WRONG, Hostile

_SHOW = "from IPython.display import *\n"
_SECOND = "def akar(x):\n    return math.sqrt(x)\n"
_REMOVED = "since it could act in your browser|dapat bertindak di peramban|bisa bertindak|peramban Anda"


def _cells(notebook: Any) -> None:
    at = next(at for at, cell in enumerate(notebook.cells) if "def akar" in cell.source)
    notebook.cells[at:at] = [nbformat.v4.new_code_cell("print('x' * 9_900_000)") for _ in range(60)]


def _markup(name: str, title: str, html: str) -> Hostile:
    return Hostile("49", f"k49-{name}", f"shows {title}", f"{WRONG}\n{_SHOW}display(HTML({html!r}))", says=_REMOVED)


GROUP = [
    Hostile("47", "k47-lines", "prints 10⁶ lines", f"{WRONG}\nfor n in range(1_000_000): print(n)"),
    Hostile("47", "k47-line", "prints one line of 60 MB", f"{WRONG}\nprint('x' * 60_000_000)"),
    Hostile(
        "47",
        "k47-write",
        "writes a gigabyte to its file descriptors",
        f"{WRONG}\nimport os\nfor n in range(1024): os.write(1 + n % 2, bytes(1 << 20))",
    ),
    Hostile("47", "k47-outputs", "shows 10⁵ outputs", f"{WRONG}\n{_SHOW}for n in range(100_000): display(n)"),
    Hostile(
        "47", "k47-unicode", "prints ten million letters of four bytes", f"{WRONG}\nprint('\\U0001F600' * 10_000_000)"
    ),
    Hostile(
        "47", "k47-long", "prints one line of 70 MB in its honest answer", second=f"{_SECOND}print('x' * 70_000_000)"
    ),
    Hostile("47", "k47-cells", "prints 10 MB in each of sixty cells", change=_cells),
    Hostile(
        "47",
        "k47-raised",
        "raises an exception with a text of 12 MB",
        "def kuadrat(x): raise Exception('x' * 12_000_000)",
    ),
    Hostile(
        "+",
        "o-errors",
        "fills the outputs and shows false errors while it is called",
        f"""\
{_SHOW}
def kuadrat(x):
    print('x' * 11_000_000, flush=True)
    for n in range(30):
        get_ipython().display_pub.session.send(None, 'error', {{'ename': 'Benar', 'evalue': 'y' * 3000, 'traceback': []}})
    return 4""",
        beside=(0.0, None, 5.0),
        says_beside="no number of points|angka nilai",
    ),
    Hostile(
        "+",
        "o-deep",
        "shows data and metadata that are 900 deep",
        f"""\
{_SHOW}import sys
sys.setrecursionlimit(100_000)
dalam = None
for _ in range(900): dalam = {{'a': dalam}}
display({{'text/plain': 'x', 'application/json': dalam}}, metadata=dalam, raw=True)
{WRONG}""",
        says="metadata",
    ),
    Hostile(
        "48",
        "k48-image",
        "shows an image of 60 MB",
        f"{WRONG}\n{_SHOW}display({{'image/png': 'A' * 60_000_000}}, raw=True)",
    ),
    Hostile(
        "48",
        "k48-updates",
        "updates an output 10⁴ times",
        f"{WRONG}\n{_SHOW}h = display(0, display_id='a')\nfor n in range(10_000): h.update('x' * 2000)",
    ),
    _markup("script", "a script", "<script>alert(1)</script>"),
    _markup("onerror", "an image with onerror", "<img src=x onerror=alert(1)>"),
    _markup("javascript", "a javascript: address", "<a href='javascript:alert(1)'>x</a>"),
    Hostile(
        "49",
        "k49-svg",
        "shows SVG with a script",
        f"{WRONG}\n{_SHOW}display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>'))",
        says=".",
    ),
    Hostile("49", "k49-js", "shows JavaScript", f"{WRONG}\n{_SHOW}display(Javascript('alert(1)'))", says="."),
    Hostile(
        "49",
        "k49-widget",
        "shows the state of a widget",
        f"{WRONG}\n{_SHOW}display({{"
        "'application/vnd.jupyter.widget-view+json': {'model_id': 'x', 'version_major': 2}, 'text/plain': 'x'}, raw=True)",
        says="",
    ),
    Hostile(
        "49",
        "k49-math",
        "shows a formula that doubles itself",
        f"{WRONG}\n{_SHOW}display(Latex(r'$\\def\\a{{x}}' + ''.join(rf'\\def\\b{{n}}{{{{\\a\\a}}}}' for n in range(30)) + '$'))",
        says=".",
    ),
    Hostile(
        "49",
        "k49-error",
        "raises an exception with markup in name and text",
        f"{WRONG}\nraise type('<script>alert(1)</script>', (Exception,), {{}})('<img src=x onerror=alert(1)>')",
    ),
    Hostile(
        "50",
        "k50-bytes",
        "prints control characters, broken UTF-8, half of a pair, NUL",
        f"{WRONG}\nimport os\nprint('\\x1b[31m\\x00\\ud800\\x07\\u202e')\nos.write(1, b'\\xff\\xfe\\x00\\x1b]0;x\\x07')",
        says=".",
    ),
    Hostile(
        "51",
        "k51-clear",
        "clears the outputs and changes an earlier one while it is called",
        f"""\
{_SHOW}
awal = display('awal', display_id='awal')
def kuadrat(x):
    clear_output()
    awal.update('LULUS')
    get_ipython().kernel
    return 4""",
    ),
    Hostile(
        "51",
        "k51-comm",
        "opens a comm",
        f"{WRONG}\nfrom comm import create_comm\ncreate_comm(target_name='x', data={{'a': 1}})",
    ),
    Hostile(
        "52",
        "k52-warning",
        "honest work that warns on stderr",
        RIGHT["kuadrat"].replace(
            "return", "import sys, warnings; warnings.warn('usang'); print('!', file=sys.stderr); return"
        ),
        outside=FULL,
    ),
]
