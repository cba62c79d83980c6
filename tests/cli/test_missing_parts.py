"""An installation that lacks a package: one sentence that names it and the command that installs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from running import environment
from without import Incomplete

from mutu import content
from mutu.serve import parts

ROOT = Path(__file__).parents[2]
SURVEY = ROOT / "tests/responses/files/good/campuran-kantor.xlsx"
PROGRAM = "from mutu.cli import main; main()"
INSTALLS = f"{'py' if sys.platform == 'win32' else 'python3'} {ROOT / 'toolkit' / 'run.py'} setup"
SENTENCE = "Bagian yang diperlukan mutu tidak terpasang: {}. Pasanglah dengan: {}\n"

pytestmark = pytest.mark.skipif(not content.is_checkout(), reason="the command is that of a checkout")


@pytest.fixture(scope="module")
def incomplete(tmp_path_factory):
    return Incomplete(tmp_path_factory.mktemp("python") / "env")


@pytest.fixture
def lacking(incomplete, tmp_path):
    """Run the program in an environment that lacks a distribution."""
    removed = []

    def run(name, *words, before=""):
        incomplete.remove(name)
        removed.append(name)
        command = [incomplete.python, "-c", before + PROGRAM, *map(str, words)]
        return subprocess.run(
            command, cwd=tmp_path, env=environment(), capture_output=True, text=True, encoding="utf-8", timeout=120
        )

    yield run
    for name in removed:
        incomplete.bring_back(name)


@pytest.mark.parametrize(
    "name",
    [
        "jupyter-server", "jupyterlab", "jupyterlab-language-pack-id-id", "voila", "nbgrader", "ipykernel",
        "ipywidgets", "python-docx", "typst", "matplotlib", "openpyxl", "typer",
    ],
)  # fmt: skip
def test_start_names_what_is_missing_before_it_makes_anything(lacking, tmp_path, name):
    done = lacking(name, "start", "--no-browser")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", SENTENCE.format(name, INSTALLS))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("python-calamine", ("skm", "score", SURVEY)),
        ("pandas", ("skm", "score", SURVEY)),
        ("python-docx", ("skm", "report", SURVEY, "--out", "laporan")),
        ("typst", ("skm", "report", SURVEY, "--out", "laporan")),
        ("matplotlib", ("skm", "report", SURVEY, "--out", "laporan")),
        ("xlsxwriter", ("skm", "report", SURVEY, "--out", "laporan")),
        ("pydantic", ("assess", "pekppp", "jawaban.json")),
        ("nbgrader", ("course", "students", "peserta.csv", "--dir", ".")),
        ("jupytext", ("course", "build", "--force")),
    ],
)
def test_a_command_names_what_it_misses(lacking, tmp_path, name, words):
    (tmp_path / "jawaban.json").write_text('{"1": 3}', encoding="utf-8")
    (tmp_path / "peserta.csv").write_text("id,nama,e-mail\np01,Peserta Satu,\n", encoding="utf-8")
    (tmp_path / "kursus").mkdir()
    done = lacking(name, *words)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(SENTENCE.partition("{}")[0] + name + ". ")
    assert "Traceback" not in done.stderr


def test_without_what_makes_catalogues_the_sentence_is_said_all_the_same(lacking):
    done = lacking("babel", "start")
    assert done.returncode == 1
    assert ": babel. " in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_doctor_examines_an_incomplete_installation(lacking):
    done = lacking("nbgrader", "doctor", "--json")
    found = {item["name"]: item for item in json.loads(done.stdout)["findings"]}
    assert (done.returncode, done.stderr) == (1, "")
    assert found["jupyter"]["state"] == found["packages"]["state"] == "bad"
    assert "nbgrader" in found["jupyter"]["text"]
    assert found["jupyter"]["text"].endswith(INSTALLS)


def test_a_module_of_python_itself_is_not_blamed_on_a_package(lacking):
    done = lacking("typst", "doctor", before="import sys; sys.modules['_sqlite3'] = None; ")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Python ini dibuat tanpa modul _sqlite3")
    assert len(done.stderr.splitlines()) == 1


def test_an_error_of_our_own_code_keeps_its_traceback():
    assert parts.explained(ImportError("no such name", name="mutu.report")) is None
    assert parts.explained(ImportError("no name at all")) is None


def test_a_complete_installation_lacks_nothing():
    """Also: every dependency's module has the name that is looked for."""
    assert "jupyter-server" in parts.required()
    parts.require()


def test_the_command_is_the_shortest_that_works_where_one_is(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert parts.command() == INSTALLS.replace(str(ROOT / "toolkit"), "toolkit")
    monkeypatch.setattr(content, "is_checkout", lambda: False)
    assert parts.command() == "pip install mutu"
