"""The Binder environment is the same one: its files, followed as repo2docker does, give the lock; mutu runs there."""

import os
import re
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
START = re.compile(r"http://127\.0\.0\.1:\d+/mutu\?token=\w+")


def _locked() -> set[str]:
    """`name==version` of the lock, as far as it is for this platform and Python."""
    lines = re.findall(r"^([a-z0-9].*?)\s*\\?$", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.M)
    wanted = [Requirement(line) for line in lines]
    return {f"{r.name}{r.specifier}" for r in wanted if r.marker is None or r.marker.evaluate()}


@pytest.fixture(scope="module")
def binder(tmp_path_factory):
    """A clone with its binder files followed in an empty environment; returns (clone, its programs)."""
    folder = tmp_path_factory.mktemp("binder")
    clone, env = folder / "repo", folder / "env"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True, timeout=120)
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--seed", str(env)], check=True, timeout=120)
    install = [*uv, "pip", "install", "--python", str(env / "bin/python"), "-r", "binder/requirements.txt"]
    subprocess.run(install, cwd=clone, check=True, timeout=300)
    there = {**os.environ, "PATH": f"{env / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["bash", "binder/postBuild"], cwd=clone, env=there, check=True, timeout=300)
    return clone, env / "bin"


def test_the_named_python_is_one_that_mutu_supports():
    name, version = (ROOT / "binder/runtime.txt").read_text(encoding="utf-8").strip().split("-")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert name == "python"
    assert SpecifierSet(project["requires-python"]).contains(version)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform == "win32", reason="Binder runs Linux")
def test_the_environment_equals_the_lock_and_the_platform_starts_in_it(binder, tmp_path):
    clone, programs = binder
    command = [sys.executable, "-m", "uv", "pip", "freeze", "--python", str(programs / "python")]
    frozen = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.split("\n")
    installed = {line.strip().lower() for line in frozen if "==" in line}
    extra_seed = {line for line in installed if line.split("==")[0] in {"pip", "wheel"}}
    assert installed - extra_seed == {line.lower() for line in _locked()}
    log = tmp_path / "start.log"
    with log.open("w", encoding="utf-8") as out:
        start = [programs / "mutu", "start", "--no-browser", "--dir", str(tmp_path / "kerja")]
        platform = subprocess.Popen(start, cwd=clone, stdout=out, stderr=subprocess.STDOUT)
    try:
        with urllib.request.urlopen(_link(log, platform), timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
    finally:
        platform.terminate()
        platform.wait(timeout=30)


def _link(log: Path, platform: subprocess.Popen) -> str:
    for _ in range(300):
        if found := START.search(log.read_text(encoding="utf-8")):
            return found[0]
        assert platform.poll() is None, log.read_text(encoding="utf-8")
        try:
            platform.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(log.read_text(encoding="utf-8"))
