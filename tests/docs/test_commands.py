"""Every `mutu …` command that README and docs show is run, as it stands there, in a folder with the files it names."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from running import Platform, free_port

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
SURVEY = ROOT / "tests/responses/files/good/campuran-kantor.xlsx"
PROGRAM = str(Path(sys.executable).with_name("mutu"))
ANSWERS = '{"1": 3, "2": 4}'
# runs until it is stopped; tests/serve starts it for real
UNTIL_STOPPED = {"mutu start"}


def _commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        inline = re.findall(r"`(?:\.venv/bin/)?(mutu [^`\n]+)`", text)
        blocks = [line for block in re.findall(r"```\w*\n(.*?)```", text, re.S) for line in block.splitlines()]
        shown = [line.split("#")[0].strip() for line in blocks if line.strip().startswith("mutu ")]
        found += [(page.relative_to(ROOT).as_posix(), command) for command in dict.fromkeys([*inline, *shown])]
    return [(page, command) for page, command in found if not _is_not_run(command)]


def _is_not_run(command: str) -> bool:
    words = " ".join(command.split()[:2])
    return words in UNTIL_STOPPED or bool(re.search(r"[\[|…«]", command))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder with the files that the pages name, and a workspace of its own."""
    folder = tmp_path_factory.mktemp("kantor")
    for name in ("survei.xlsx", "FILE", "triwulan-lalu.xlsx"):
        shutil.copy(SURVEY, folder / (name if "." in name else "FILE.xlsx"))
    (folder / "jawaban.json").write_text(ANSWERS, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (["id", "nama", "e-mail"], ["p01", "Peserta Satu", "p01@contoh.invalid"]):
        book.active.append(row)
    book.save(folder / "peserta.xlsx")
    with Platform(folder / "mutu-kerja", "--port", str(free_port())):
        pass  # the pages show their commands to people whose platform has run
    for name in ("docs/img/office.toml", "tests/responses/files/good/campuran-kantor.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def _words(command: str, folder: Path) -> list[str]:
    """The command's words with capital placeholders filled in."""
    file = "peserta.xlsx" if "students" in command else "jawaban.json" if "assess" in command else "FILE.xlsx"
    filled = {
        "FILE": file,
        "DIR": "laporan-en",
        "OUT": "hasil",
        "OUT.zip": "cadangan.zip",
        "ANSWERS.json": "jawaban.json",
    }
    return [filled.get(word, word) for word in shlex.split(command)[1:]]


def test_the_pages_show_commands():
    assert len(_commands()) >= 8


@pytest.mark.parametrize(("page", "command"), _commands())
def test_a_command_of_the_docs_runs(page, command, office, monkeypatch):
    monkeypatch.setenv("MUTU_HOME", str(office / "mutu-kerja"))
    done = subprocess.run([PROGRAM, *_words(command, office)], cwd=office, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, f"{page}: {command}\n{done.stderr}"
