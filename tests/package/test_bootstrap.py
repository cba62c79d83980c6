"""toolkit/run.py on machines unlike this one: an externally managed Python, no uv, no ensurepip, no Chromium.

The real script sets up a project of three files, with wheels made here; no package index is asked.
"""

import ast
import base64
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from mutu.content import is_checkout

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "toolkit" / "run.py"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="programs of this test are shell scripts")
# notes what it was told, and fails, as a uv without a way out does
UV = """#!/bin/sh
[ "$*" = --version ] || { printf '%s\\n' "$@" >> "$UV_TOLD"; exit 1; }
"""
# a build backend whose editable wheel is the program `mutu`, which notes its arguments
BACKEND = """
import zipfile

PROGRAM = '''
import json, pathlib, sys
def main():
    with open(pathlib.Path(__file__).with_name("told.txt"), "a") as told:
        told.write(json.dumps(sys.argv[1:]) + chr(10))
'''

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "mutu-1.0-py3-none-any.whl"
    about = "mutu-1.0.dist-info/"
    files = {
        "mutu_program.py": PROGRAM,
        about + "METADATA": "Metadata-Version: 2.1\\nName: mutu\\nVersion: 1.0\\n",
        about + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        about + "entry_points.txt": "[console_scripts]\\nmutu = mutu_program:main\\n",
        about + "RECORD": "",
    }
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def _wheel(folder, name, version, files):
    """Write a wheel; returns its entry in a lock."""
    about = f"{name}-{version}.dist-info"
    files = files | {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    hashes = {path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for path, text in files.items()}
    record = "".join(f"{path},sha256={found.decode().rstrip('=')},\n" for path, found in hashes.items())
    file = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as wheel:
        for path, text in (files | {f"{about}/RECORD": f"{record}{about}/RECORD,,\n"}).items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (0o100755 if "/scripts/" in path else 0o100644) << 16
            wheel.writestr(entry, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


def _managed_python(folder):
    """This Python once more, as a distribution that manages its packages itself installs it."""
    base = Path(sys._base_executable).resolve()
    library = Path(sysconfig.get_path("stdlib"))
    (folder / "bin").mkdir(parents=True)
    shutil.copy2(base, folder / "bin" / base.name)
    there = folder / library.relative_to(sys.base_prefix)
    there.mkdir(parents=True)
    for entry in library.iterdir():
        if entry.name not in {"site-packages", "EXTERNALLY-MANAGED"}:
            (there / entry.name).symlink_to(entry)
    (there / "EXTERNALLY-MANAGED").write_text("[externally-managed]\nError=apt install python3-xyz\n", encoding="utf-8")
    return folder / "bin" / base.name


class Machine:
    """A checkout of a very small project on a machine with nothing but a Python."""

    def __init__(self, folder):
        self.project, self.wheels, self.told = folder / "ruang proyek", folder / "wheels", folder / "uv-told.txt"
        self.python = _managed_python(folder / "usr")
        (self.project / "toolkit").mkdir(parents=True)
        self.wheels.mkdir()
        shutil.copy(SCRIPT, self.project / "toolkit")
        (self.project / "backend.py").write_text(BACKEND, encoding="utf-8")
        (self.project / "pyproject.toml").write_text(
            PROJECT + '[project]\nname = "mutu"\nversion = "1.0"\n', encoding="utf-8"
        )
        satu = _wheel(self.wheels, "satu", "1.0", {"satu.py": "HERE = True\n"})
        uv = _wheel(self.wheels, "uv", "0.9.0", {"uv-0.9.0.data/scripts/uv": UV})
        (self.project / "requirements.lock").write_text(f"# made by a test\n{satu}{uv}", encoding="utf-8")
        self.surroundings = {
            "HOME": str(folder), "PATH": str(folder / "nothing"), "UV_TOLD": str(self.told),
            "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels),
        }  # fmt: skip

    def run(self, *words):
        """The script with arguments, to its end."""
        return subprocess.run(
            [self.python, self.project / "toolkit" / "run.py", *words],
            cwd=self.project.parent, env=self.surroundings, capture_output=True, text=True, timeout=240,
        )  # fmt: skip

    @property
    def environment(self):
        """The Python of the environment that the script made."""
        return self.project / ".venv" / "bin" / "python"

    def has(self, module):
        """Whether a module is installed in that environment."""
        return subprocess.run([self.environment, "-c", f"import {module}"], stderr=subprocess.DEVNULL).returncode == 0

    def program_told(self):
        """The arguments of every call of the installed program."""
        (file,) = self.environment.parents[1].glob("lib/python*/site-packages/told.txt")
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    pytest.importorskip("ensurepip")
    return Machine(tmp_path_factory.mktemp("machine"))


@pytest.fixture(scope="module")
def set_up(machine):
    return machine.run("setup")


@POSIX
def test_a_managed_python_without_uv_gets_an_environment_of_its_own(machine, set_up):
    """Its own uv comes from the lock by pip; that uv fails, so pip installs the rest."""
    mark = "import pathlib, sysconfig; print(pathlib.Path(sysconfig.get_path('stdlib'), 'EXTERNALLY-MANAGED').exists())"
    assert subprocess.run([machine.python, "-c", mark], capture_output=True, text=True).stdout == "True\n"
    assert set_up.returncode == 0, set_up.stderr
    assert machine.has("satu")
    prefix = [machine.environment, "-c", "import sys; print(sys.base_prefix, sys.prefix)"]
    found = subprocess.run(prefix, capture_output=True, text=True, check=True).stdout.strip()
    assert found == f"{machine.python.parents[1]} {machine.project / '.venv'}"
    assert not list(machine.python.parents[1].glob("lib/python*/site-packages"))
    assert "uv did not succeed; trying pip." in set_up.stdout
    assert machine.program_told() == [["course", "build"]]
    for language in ("Siap setelah", "Ready after"):
        assert language in set_up.stdout


@POSIX
def test_uv_is_told_what_pip_is_told_about_indexes_and_asked_for_hashes(machine, set_up):
    command = machine.told.read_text(encoding="utf-8").splitlines()
    assert command[:2] == ["pip", "install"]
    assert command[command.index("--python") + 1] == str(machine.environment)
    assert command[command.index("--find-links") + 1] == str(machine.wheels)
    assert "--no-index" in command
    assert "--require-hashes" in command
    assert command[-2:] == ["-r", str(machine.project / "requirements.lock")]


@pytest.fixture
def without_satu(machine, set_up):
    """The environment with one package taken out of it."""
    removal = [machine.environment, "-m", "pip", "uninstall", "-q", "-y", "satu"]
    subprocess.run(removal, env=machine.surroundings, check=True, timeout=60)


@POSIX
def test_setup_installs_again_what_went_missing_and_start_does_not_look(machine, without_satu):
    before = len(machine.program_told())
    started = machine.run("start", "--no-browser", "--port", "8899")
    assert (started.returncode, started.stdout) == (0, "")
    assert machine.program_told()[before:] == [["start", "--no-browser", "--port", "8899"]]
    assert not machine.has("satu")
    assert machine.run("setup").returncode == 0
    assert machine.has("satu")


@POSIX
def test_a_wheel_that_was_changed_is_not_installed(machine, without_satu):
    lock = machine.project / "requirements.lock"
    before = lock.read_text(encoding="utf-8")
    lock.write_text(re.sub(r"(satu==1.0 .\n *--hash=sha256:)\w{4}", r"\g<1>0000", before), encoding="utf-8")
    try:
        done = machine.run("start")
    finally:
        lock.write_text(before, encoding="utf-8")
    assert done.returncode != 0
    assert "The setup failed at the step above." in done.stderr
    assert not machine.has("satu")
    assert machine.run("setup").returncode == 0


@pytest.fixture
def script(tmp_path, monkeypatch):
    """The script as a module, on a path on which there is nothing, told nothing about indexes."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name in [*os.environ]:
        if name.startswith(("PIP_", "XDG_CONFIG", "MUTU_", "CI")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    return module


def _program(folder, name, text):
    file = folder / "bin" / name
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@POSIX
@pytest.mark.parametrize(("ci", "code"), [(None, 0), ("true", 1), ("1", 1)])
def test_without_chromium_a_person_reads_its_package_and_ci_fails(script, tmp_path, monkeypatch, capsys, ci, code):
    """An ordinary account: apt-get is there and not called."""
    called = tmp_path / "called"
    _program(tmp_path, "apt-get", f"echo $* >> {called}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    if ci:
        monkeypatch.setenv("CI", ci)
    assert script.ensure_browser() == code
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert all(line.endswith(": sudo apt install chromium") for line in said)
    assert not called.exists()


@POSIX
def test_as_root_chromium_is_installed(script, tmp_path, monkeypatch, capsys):
    called = tmp_path / "called"
    browser = tmp_path / "bin" / "chromium"
    _program(tmp_path, "apt-get", f'echo $* >> {called}\ncase "$*" in *install*) /bin/cp "$0" {browser};; esac')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert script.ensure_browser() == 0
    assert [line.split()[-1] for line in called.read_text().splitlines()] == ["update", "chromium"]
    assert capsys.readouterr().err == ""
    assert script.ensure_browser() == 0
    assert len(called.read_text().splitlines()) == 2, "what is there is not installed again"


@POSIX
@pytest.mark.parametrize("name", ["chromium", "google-chrome", "named"])
def test_a_browser_that_is_there_is_enough(script, tmp_path, monkeypatch, capsys, name):
    browser = _program(tmp_path, name, "exit 0")
    if name == "named":
        monkeypatch.setenv("MUTU_CHROMIUM", str(browser))
    assert script.ensure_browser() == 0
    assert capsys.readouterr().err == ""


@POSIX
@pytest.mark.parametrize(
    ("says", "taken"), [("uv 0.9.2 (abc 2026-01-01)", True), ("uv 0.4.30", False), ("uv", False), ("", False)]
)
def test_a_uv_of_the_machine_is_taken_when_it_is_new_enough(script, tmp_path, says, taken):
    uv = _program(tmp_path, "uv", f"echo '{says}'")
    assert script.system_uv() == (str(uv) if taken else None)


def test_settings_are_looked_for_where_pip_looks(script, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "debug"], capture_output=True, text=True, timeout=60
    )
    places = [line.partition(", exists:")[0].strip() for line in listed.stdout.splitlines() if ", exists:" in line]
    own = str(Path(sys.prefix, "pip.conf"))
    ours = script.pip_settings()
    assert len(places) >= 4
    assert set(places) <= set(ours)
    assert [place for place in ours if place in places] == [place for place in places if place != own] + [own]
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    assert script.pip_settings() == [], "pip then reads none"


def test_settings_of_pip_are_said_to_uv(script, tmp_path, monkeypatch):
    """What stands in a file, and then in the variables, which go before it."""
    monkeypatch.setattr(script, "pip_settings", lambda: [str(tmp_path / "pip.conf")])
    (tmp_path / "pip.conf").write_text(
        "[global]\nindex-url = https://a.invalid/simple\nextra-index-url = https://b.invalid/s\n  https://c.invalid/s\n"
        "trusted-host = a.invalid\n[install]\nfind-links = /wheels\n",
        encoding="utf-8",
    )
    assert script.index_options() == [
        *("--default-index", "https://a.invalid/simple", "--index", "https://b.invalid/s"),
        *("--index", "https://c.invalid/s", "--find-links", "/wheels", "--allow-insecure-host", "a.invalid"),
        *("--index-strategy", "unsafe-best-match"),
    ]
    monkeypatch.setenv("PIP_INDEX_URL", "https://d.invalid/simple")
    monkeypatch.setenv("PIP_NO_INDEX", "true")
    options = script.index_options()
    assert options[options.index("--default-index") + 1] == "https://d.invalid/simple"
    assert "--no-index" in options
    assert "https://a.invalid/simple" not in options


def test_a_damaged_file_of_pip_does_not_stop_the_setup(script, tmp_path, monkeypatch):
    monkeypatch.setattr(script, "pip_settings", lambda: [str(tmp_path / "pip.conf")])
    (tmp_path / "pip.conf").write_bytes(b"[global\nindex-url = \xff\n")
    assert script.index_options() == ["--index-strategy", "unsafe-best-match"]


def test_the_entry_of_a_package_is_its_version_with_all_hashes(script):
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    first, *hashes = script.entry("uv", lock).splitlines()
    assert first.startswith("uv==")
    assert len(hashes) > 5
    assert all(line.strip().startswith("--hash=sha256:") for line in hashes)
    assert not hashes[-1].endswith("\\")


def test_it_parses_where_it_refuses():
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_gets_one_sentence_in_both_languages():
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['run.py', 'start']; "
        f"runpy.run_path({str(SCRIPT)!r}, run_name='__main__')"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", timeout=30)
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "mutu memerlukan Python 3.11 atau yang lebih baru; ini Python 3.9.2. Jalankan dengan Python yang lebih baru.",
        "mutu needs Python 3.11 or newer; this is Python 3.9.2. Run it with a newer Python.",
    ]


@pytest.mark.skipif(not is_checkout(), reason="the bootstrap is for checkouts")
def test_a_python_without_ensurepip_names_the_package(tmp_path):
    """A copy of the bootstrap beside nothing else, run by a Python in which ensurepip cannot be imported."""
    (tmp_path / "toolkit").mkdir()
    shutil.copy(SCRIPT, tmp_path / "toolkit")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    code = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['run.py', 'setup']; "
        f"runpy.run_path({str(tmp_path / 'toolkit' / 'run.py')!r}, run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, encoding="utf-8", timeout=60,
        env=os.environ | {"PATH": str(tmp_path)},
    )  # fmt: skip
    assert ended.returncode == 1
    package = f"python3.{sys.version_info.minor}-venv"
    assert f"sudo apt install {package}" in ended.stderr
    assert not (tmp_path / ".venv").exists()
