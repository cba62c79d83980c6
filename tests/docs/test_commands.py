"""Every command that README, docs, the platform's pages and the lessons show is run, as it stands there.

What takes minutes (`toolkit/run.py start` in a fresh clone, all tests, both wheels) is run by `.ci/run`; here those
lines are tried as far as the script that they call.
"""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import shown
from running import Platform, environment, free_port
from terminal import opened

from mutu.course import author

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("**/*.md"))]
LESSONS = sorted(path for end in ("*.py", "*.po") for path in ROOT.glob(f"courses/[0-9]*/{end}"))
SURVEY = ROOT / "tests/responses/files/good/campuran-kantor.xlsx"
PROGRAM = str(Path(sys.executable).with_name("mutu"))
ANSWERS = '{"1": 3, "2": 4}'
# runs until it is stopped; tests/serve starts it for real
UNTIL_STOPPED = "mutu start"
Typed = Callable[[str], None]
SERVED = ("/mutu", "/mutu/bantuan", "/mutu/bantuan-menilai")


def _shown(pages: list[Path]) -> list[tuple[str, str]]:
    return [
        (page.relative_to(ROOT).as_posix(), command)
        for page in pages
        for command in shown.in_markdown(page.read_text(encoding="utf-8"))
        if not command.startswith(UNTIL_STOPPED) and not re.search(r"[\[|…«]", command)
    ]


OURS = [(page, command) for page, command in _shown(PAGES) if command.startswith("mutu ")]
OTHERS = [(page, command) for page, command in _shown(PAGES) if not command.startswith("mutu ")]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder with the files that the pages name."""
    folder = tmp_path_factory.mktemp("kantor")
    for name in ("survei.xlsx", "FILE", "triwulan-lalu.xlsx"):
        shutil.copy(SURVEY, folder / (name if "." in name else "FILE.xlsx"))
    (folder / "jawaban.json").write_text(ANSWERS, encoding="utf-8")
    _write_names(folder)
    with zipfile.ZipFile(folder / "kiriman.zip", "w") as packed:
        packed.write(author.built() / "release/skm/skm.ipynb", "p01_skm.ipynb")
    for name in ("docs/img/office.toml", "tests/responses/files/good/campuran-kantor.xlsx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


def _write_names(folder: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "nama", "e-mail"], ["p01", "Peserta Satu", "p01@contoh.invalid"]):
        book.active.append(row)
    book.save(folder / "peserta.xlsx")


@pytest.fixture(scope="module")
def platform(office):
    """The pages show their commands to people whose platform runs, with a list of names and a file handed in."""
    with Platform(office / "mutu-kerja", "--port", str(free_port())) as running:
        _write_names(running.folder)
        for name in ("skm", "skm-en"):
            handed_in = running.folder / "kursus/downloaded" / name / "archive" / f"p01_{name}.ipynb"
            shutil.copy(author.built() / "release" / name / f"{name}.ipynb", handed_in)
        yield running


@pytest.fixture(scope="module")
def typed(platform):
    """Type a command as a page shows it in JupyterLab's terminal; what several pages show is typed once."""
    known = set()
    with opened(platform) as terminal:

        def run(command):
            if command not in known:
                known.add(command)
                code, said = terminal.run(_filled(command))
                assert (code, "Traceback" in said) == (0, False), f"{command}\n{said}"

        yield run


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of the repository."""
    folder = tmp_path_factory.mktemp("clone") / "mutu"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True, timeout=60)
    return folder


def _filled(command: str) -> str:
    """The command with placeholders filled in."""
    file = "peserta.xlsx" if "students" in command else "jawaban.json" if "assess" in command else "FILE.xlsx"
    filled = {
        "FILE": file,
        "FROM": "kiriman.zip",
        "BERKAS": file,
        "DIR": "laporan-en",
        "OUT": "hasil",
        "OUT.zip": "cadangan.zip",
        "ANSWERS.json": "jawaban.json",
    }
    return shlex.join(filled.get(word, word) for word in shlex.split(command))


def test_the_pages_show_commands():
    assert len(OURS) >= 8
    assert len(OTHERS) >= 10


@pytest.mark.parametrize(("page", "command"), OURS)
def test_a_command_of_the_docs_runs(page, command, office, platform, monkeypatch):
    monkeypatch.setenv("MUTU_HOME", str(platform.folder))
    words = shlex.split(_filled(command))[1:]
    done = subprocess.run([PROGRAM, *words], cwd=office, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, f"{page}: {command}\n{done.stderr}"


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_the_platforms_pages_show_runs_in_its_terminal(language, platform, typed):
    pages = [platform.get(f"{path}?lang={language}")[1] for path in SERVED]
    commands = [command for page in pages for command in shown.in_html(page)]
    assert {" ".join(command.split()[:2]) for command in commands} >= {
        "mutu backup", "mutu restore", "mutu doctor", "mutu course", "nbgrader zip_collect",
    }  # fmt: skip
    for command in commands:
        typed(command)
    assert list(platform.folder.glob("kursus/submitted/p01/skm/skm.ipynb"))
    beside = platform.folder.parent
    for left in (*beside.glob("*.zip"), *beside.glob("new-folder"), *beside.glob("folder-*")):
        (shutil.rmtree if left.is_dir() else os.unlink)(left)


def test_what_the_lessons_show_runs_in_the_terminal_too(typed):
    for _page, command in _shown(LESSONS):
        typed(command)


def test_what_the_workspaces_own_page_shows_brings_the_work_back(platform, tmp_path):
    text = (platform.folder / "BACA-SAYA.md").read_text(encoding="utf-8")
    backup, restore = (found for found in shown.in_markdown(text) if not found.startswith(UNTIL_STOPPED))
    for command, home in ((backup, platform.folder), (restore, tmp_path / "baru")):
        there = environment(MUTU_HOME=str(home))
        done = subprocess.run(
            [PROGRAM, *shlex.split(command)[1:]], cwd=tmp_path, env=there, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert (tmp_path / "baru" / "BACA-SAYA.md").read_text(encoding="utf-8") == text


def _bootstrap(command: str, clone: Path, _typed: Typed) -> None:
    """Clone where the line clones, and call the script that it calls: the script must know the word behind its name."""
    line, word = re.fullmatch(r"(.* toolkit[/\\]run\.py) (\w+)(?: OUT)?", command).groups()
    asked = re.sub(r"(python3|py) toolkit[/\\]run\.py", f"{shlex.quote(sys.executable)} toolkit/run.py --help", line)
    asked = re.sub(r"git clone \S+", f"git clone --quiet {shlex.quote(str(ROOT))}", asked)
    begun = clone.with_name(f"first-{len(list(clone.parent.iterdir()))}") if "git clone" in line else clone
    begun.mkdir(exist_ok=True)
    done = subprocess.run(["bash", "-c", asked], cwd=begun, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert f"toolkit/run.py {word}" in done.stdout


def _nbgrader(command: str, _clone: Path, typed: Typed) -> None:
    typed(command)


def _locks(_command: str, clone: Path, _typed: Typed) -> None:
    """The locks of the repository are what the command writes: run again it changes nothing."""
    subprocess.run([sys.executable, "toolkit/lock.py"], cwd=clone, check=True, timeout=120)
    subprocess.run(["git", "diff", "--exit-code", "--", "*.lock"], cwd=clone, check=True, timeout=60)


def _tests(command: str, _clone: Path, _typed: Typed) -> None:
    """The tests are there; running them is what this is."""
    command = [sys.executable, "-m", *shlex.split(command), "-q", "--collect-only", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def _validation(command: str, clone: Path, _typed: Typed) -> None:
    """The page of published numbers is what the tests write: written again it does not change."""
    words = [sys.executable, "-m", *shlex.split(command), "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(words, cwd=clone, capture_output=True, text=True, timeout=1500)
    assert done.returncode == 0, done.stdout
    subprocess.run(
        ["git", "diff", "--exit-code", "--", "docs/validation", "docs/api"], cwd=clone, check=True, timeout=60
    )


def _benchmark(command: str, clone: Path, _typed: Typed) -> None:
    """It takes minutes to hours: it is there, and knows every option of the line."""
    _python, script, *options = shlex.split(command)
    asked = [sys.executable, script, "--help"]
    done = subprocess.run(asked, cwd=clone, env=environment(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert all(option in done.stdout for option in options if option.startswith("--"))


def _check(command: str, _clone: Path, _typed: Typed) -> None:
    """One of the checks of `toolkit/run.py test`, word for word."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "toolkit" / "run.py")
    bootstrap = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bootstrap)
    assert shlex.split(command) in [words for _name, words in bootstrap.CHECKS]


def _hooks(command: str, clone: Path, _typed: Typed) -> None:
    program = Path(sys.executable).with_name("pre-commit")
    subprocess.run([program, *shlex.split(command)[1:]], cwd=clone, check=True, capture_output=True, timeout=60)
    assert (clone / ".git/hooks/pre-commit").exists()


def _pictures(_command: str, clone: Path, _typed: Typed) -> None:
    """The one that needs no browser, made in a copy of what stands here."""
    copy = clone.with_name("copy")
    for name in ("docs", "tests/support", "tests/responses/files/good"):
        shutil.copytree(ROOT / name, copy / name)
    before = (copy / "docs/img/poster.png").stat().st_mtime_ns
    made = [sys.executable, "docs/img/make.py", "poster"]
    done = subprocess.run(made, cwd=copy, env=environment(), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (copy / "docs/img/poster.png").stat().st_mtime_ns > before


RUN = {
    r".* toolkit[/\\]run\.py \w+( OUT)?": _bootstrap,
    r"nbgrader .*": _nbgrader,
    r"python toolkit/lock\.py": _locks,
    r"pytest \S+": _tests,
    r"pytest \S+ --write-validation": _validation,
    r"python benchmarks/\w+\.py( .+)?": _benchmark,
    r"ruff check \.|mypy|lint-imports": _check,
    r"pre-commit install": _hooks,
    r"\.venv/bin/python docs/img/make\.py": _pictures,
}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("page", "command"), OTHERS)
def test_a_command_of_another_program_runs(page, command, clone, typed):
    run = next((run for pattern, run in RUN.items() if re.fullmatch(pattern, command)), None)
    assert run, f"{page}: nothing here runs `{command}`"
    run(command, clone, typed)


def test_what_takes_minutes_is_run_by_ci():
    ci = (ROOT / ".ci/run").read_text(encoding="utf-8")
    for step in ("deploy/try_start.py", "toolkit/run.py test", "toolkit/run.py wheel"):
        assert f"python3 {step}" in ci


@pytest.mark.parametrize("script", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.name)
def test_a_benchmark_starts_and_names_itself_as_it_is_called(script):
    done = subprocess.run([sys.executable, script, "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert f"python benchmarks/{script.name}" in done.stdout
