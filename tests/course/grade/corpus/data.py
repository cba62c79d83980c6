"""Data that is not the trainee's: the gradebook, the source, files of the course and of the machine (kinds 20 to 30)."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from corpus import LEFT_OUT, WRONG, Hostile

_COURSE = "«COURSE»"


def _course(place: Path) -> Path:
    return place.parents[2]


def _links(place: Path) -> None:
    (place / "data.txt").symlink_to("/etc/passwd")
    (place / "rahasia.txt").symlink_to(_course(place) / "rahasia.txt")
    (place / "sumber").symlink_to(_course(place) / "source")
    (place / "proses").symlink_to("/proc/self/environ")


def _notebook_is_link(place: Path) -> None:
    (place / "ps1.ipynb").unlink()
    (place / "ps1.ipynb").symlink_to(_course(place) / "source" / "ps1" / "ps1.ipynb")


def _odd_files(place: Path) -> None:
    os.link(_course(place) / "rahasia.txt", place / "keras.txt")
    os.mkfifo(place / "pipa")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(place / "s"))


def _odd_names(place: Path) -> None:
    for name in (
        b"..x",
        b"a\nb",
        b"\xe2\x80\xaegpj.exe",
        b"x" * 255,
        b"\xff\xfe",
        b"-rf",
        b"<img src=x onerror=alert(1)>.txt",
    ):
        (place / os.fsdecode(name)).write_bytes(b"x")
    deep = place
    for _each in range(14):
        deep = deep / ("d" * 200)
    deep.mkdir(parents=True)
    (deep / "x").write_bytes(b"x")


def _folders_as_files(place: Path) -> None:
    """Folders where the engine has files of its own."""
    (place / "ps1.ipynb").rename(place / "PS1 (1).ipynb")
    for name in ("ps1.ipynb", ".mutu-grade.json", "timestamp.txt"):
        (place / name).unlink(missing_ok=True)
        (place / name).mkdir()
        (place / name / "x").write_bytes(b"x")


def _large(size: int):
    def make(place: Path) -> None:
        with (place / "besar.bin").open("wb") as file:
            file.truncate(size)

    return make


def _many(place: Path) -> None:
    for number in range(3000):
        (place / f"{number}.txt").write_bytes(b"")


_CONFIG = (
    "nbgrader_config.py", "ipython_config.py", "ipython_kernel_config.py", "jupyter_config.py", "sitecustomize.py",
    "usercustomize.py", "x.pth", ".ipython/profile_default/startup/00.py", ".local/lib/python3.11/site-packages/x.pth",
    "matplotlibrc", ".matplotlib/matplotlibrc",
)  # fmt: skip
_STARTED = (
    b"import os\nopen('/tmp/dimulai', 'w')\nimport builtins\nbuiltins.AssertionError = type('Diam', (Exception,), {})\n"
)


GROUP = [
    Hostile(
        "20",
        "k20-gradebook",
        "writes gradebook.db",
        f"""\
{WRONG}
import sqlite3, glob
for place in ('{_COURSE}/gradebook.db', '../gradebook.db', '../../gradebook.db', '../../../gradebook.db'):
    try:
        with sqlite3.connect(place) as book: book.execute('update grade set manual_score = 10')
    except Exception as error: print(type(error).__name__)""",
    ),
    Hostile(
        "21",
        "k21-read",
        "reads source/, the gradebook and other submissions",
        f"""\
{WRONG}
import glob, os
for top in ('{_COURSE}', '..', '../..', '/root', '/home', '/work', '/srv'):
    for file in glob.glob(top + '/**/*', recursive=True)[:2000]:
        if os.path.isfile(file):
            try: print(file, open(file, errors='replace').read()[:20000])
            except OSError: pass""",
    ),
    Hostile(
        "22",
        "k22-delete",
        "deletes the course and whatever else it may",
        f"""\
{WRONG}
import shutil, os, mutu
for top in ('{_COURSE}', os.path.dirname(mutu.__file__), '/home', '/tmp', '/var', '/etc', '/work', '.'):
    shutil.rmtree(top, ignore_errors=True)""",
    ),
    Hostile(
        "22",
        "k22-write",
        "writes over files of the course and of the system",
        f"""\
{WRONG}
import mutu, os
for file in ('{_COURSE}/source/ps1/ps1.ipynb', '{_COURSE}/nbgrader_config.py', mutu.__file__, '/etc/passwd', os.__file__):
    try: open(file, 'w').write('x')
    except OSError as error: print(error)""",
    ),
    Hostile(
        "23", "k23-links", "hands in symbolic links to files and folders", place=_links, says="link or a device|tautan"
    ),
    Hostile(
        "23",
        "k23-notebook",
        "hands in its notebook as a link to the solution",
        place=_notebook_is_link,
        outside=LEFT_OUT,
        says="link or a device|tautan",
    ),
    Hostile(
        "23",
        "k23-later",
        "makes links in its folder while it runs",
        f"""\
{WRONG}
import os
for name, to in (('timestamp.txt', '/etc/passwd'), ('hasil', '{_COURSE}/source'), ('p', '/proc/1')):
    try: os.path.exists(name) and os.unlink(name); os.symlink(to, name)
    except OSError: pass""",
    ),
    Hostile(
        "24", "k24-odd", "hands in a hard link, a pipe and a socket", place=_odd_files, says="second name|nama kedua"
    ),
    Hostile(
        "25",
        "k25-names",
        "hands in files with line breaks, marks that turn, broken letters and markup in their names",
        place=_odd_names,
    ),
    Hostile("+", "k25-folders", "hands in folders where the engine writes files", place=_folders_as_files, says="."),
    Hostile(
        "26",
        "k26-zip",
        "unpacks a bomb and files that lead out",
        f"""\
{WRONG}
import io, zipfile
buffer = io.BytesIO()
with zipfile.ZipFile(buffer, 'w', zipfile.ZIP_DEFLATED) as archive:
    archive.writestr('../../../../tmp/keluar', 'x')
    for n in range(30): archive.writestr(f'bom{{n}}', bytes(20 << 20))
try: zipfile.ZipFile(buffer).extractall()
except OSError as error: print(error)""",
    ),
    Hostile("27", "k27-large", "hands in a file of 900 MB", place=_large(900 << 20), says="too large|terlalu besar"),
    Hostile("27", "k27-middle", "hands in a file of 70 MB", place=_large(70 << 20)),
    Hostile("27", "k27-many", "hands in 3000 files", place=_many, says="too many|terlalu banyak"),
    Hostile(
        "27",
        "k27-disk",
        "fills its disk",
        f"""\
{WRONG}
try:
    for n in range(100): open(f'{{n}}.bin', 'wb').write(bytes(10 << 20))
except OSError as error: print(error)""",
    ),
    Hostile(
        "27",
        "k27-inodes",
        "makes files until there is no place for names",
        f"""\
{WRONG}
try:
    for n in range(1_000_000): open(f'/tmp/{{n}}', 'w').close()
except OSError as error: print(error)""",
    ),
    Hostile("28", "k28-config", "hands in configuration that is a program", files=dict.fromkeys(_CONFIG, _STARTED)),
    Hostile(
        "28",
        "k28-home",
        "writes such configuration at home while it runs",
        f"""\
{WRONG}
import os, sys, site
for name in {_CONFIG!r}:
    for top in ('.', os.path.expanduser('~'), '/tmp', os.path.dirname(sys.executable), site.getsitepackages()[0]):
        try:
            os.makedirs(os.path.dirname(f'{{top}}/{{name}}'), exist_ok=True)
            open(f'{{top}}/{{name}}', 'wb').write({_STARTED!r})
        except OSError: pass""",
    ),
    Hostile(
        "29",
        "k29-forged",
        "hands in a results file and a graded notebook",
        files={
            ".mutu-grade.json": b'{"format": 1, "fingerprint": "x", "student": "k29-forged", "score": 14, "max_score": 14}',
            "results.json": b'{"score": 14}',
            "autograded/ps1.ipynb": b"{}",
            "gradebook.db": b"SQLite format 3",
        },
    ),
    Hostile(
        "29",
        "k29-written",
        "writes results files where graders look",
        f"""\
{WRONG}
import os
for name in ('.mutu-grade.json', 'results.json', '/tmp/results.json', '/autograder/results/results.json', '.OTTER_LOG'):
    try: open(name, 'w').write('{{"score": 14}}'); os.chmod(name, 0)
    except OSError: pass""",
    ),
    Hostile(
        "30",
        "k30-pickle",
        "gives back objects that run code when they are unpickled",
        """\
class Jebakan:
    def __reduce__(self): return (exec, ("open('/tmp/' + 'terjebak', 'w').close()",))
    def __getstate__(self): raise SystemExit
    def __reduce_ex__(self, protocol): return self.__reduce__()
def kuadrat(x):
    return Jebakan()
import pickle
open('hasil.pkl', 'wb').write(pickle.dumps(Jebakan()))""",
        says="no plain data|bukan data biasa",
        says_beside="",
    ),
    Hostile(
        "30",
        "k30-array",
        "gives back an array of such objects",
        """\
import numpy as np
class Jebakan:
    def __reduce__(self): return (exec, ("open('/tmp/' + 'terjebak', 'w').close()",))
def kuadrat(x):
    return np.array([Jebakan()], dtype=object)""",
        beside=(0.0, None, 5.0),
        says="no plain data|bukan data biasa",
        says_beside="no number of points|angka nilai",
    ),
]
