"""The locks: in step with pyproject.toml, without addresses, and installable on Windows."""

import importlib.util
import re
import subprocess
import sys
import sysconfig
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def _lock_module():
    spec = importlib.util.spec_from_file_location("lock", ROOT / "toolkit" / "lock.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _locked(name: str) -> dict[str, set[str]]:
    """Name -> locked versions (several where they depend on the Python version)."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", line):
            found.setdefault(match[1], set()).add(match[2])
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_made_from_the_present_dependencies(name):
    first = (ROOT / name).read_text(encoding="utf-8").splitlines(keepends=True)[0]
    assert _lock_module().header() == first, "run `python toolkit/lock.py`"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_hashes_everything(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert len(entries) > 100
    assert all("--hash=sha256:" in entry for entry in entries)


def test_every_dependency_is_locked_at_a_version_it_allows():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = _locked("requirements.lock")
    for text in project["project"]["dependencies"]:
        wanted = Requirement(text)
        versions = locked[wanted.name.lower()]
        assert all(wanted.specifier.contains(version) for version in versions), text


def test_the_development_lock_holds_the_same_versions():
    run_time, development = _locked("requirements.lock"), _locked("requirements-dev.lock")
    assert {name: development[name] for name in run_time} == run_time


@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="not the environment that toolkit/run.py makes")
def test_the_environment_holds_what_the_development_lock_says_and_nothing_else():
    lines = re.findall(r"^([a-z0-9].*?)\s*\\?$", (ROOT / "requirements-dev.lock").read_text(encoding="utf-8"), re.M)
    wanted = [Requirement(line) for line in lines]
    locked = {item.name: str(item.specifier) for item in wanted if item.marker is None or item.marker.evaluate()}
    # setuptools puts packages of its own on the path of whoever imports it; only the environment's are meant
    installed = distributions(path=[sysconfig.get_path("purelib")])
    there = {canonicalize_name(found.metadata["Name"]): f"=={found.version}" for found in installed}
    assert len(locked) > 150
    assert {name: version for name, version in there.items() if name not in {"mutu", "pip"}} == locked


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_every_locked_dependency_has_a_wheel_for_windows(python, tmp_path):
    """Asks the package index this machine uses; resolves only, installs nothing."""
    command = [sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--no-deps", "--only-binary", ":all:"]
    command += ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", python]
    command += ["--target", str(tmp_path), "-r", str(ROOT / "requirements.lock")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n + ") > 100
    assert "pywinpty" in done.stderr  # Windows' own terminal: shows that the markers were Windows'
