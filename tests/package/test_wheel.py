"""The wheels hold what git holds, plus what is built; solutions and hidden tests are in the trainers' one alone."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = {
    r"mutu/locale/id/\w+\.[0-9a-f]{12}\.mo",
    r"mutu/content/courses/_build/(lessons|release)/.+",
}
# What of the checkout's content a person outside it does not need: sources of courses hold the solutions.
SOURCES = {"toolkit/mutu/": "mutu/", "assessments/": "mutu/content/assessments/"}
REGION = re.compile(
    r"^[ #]*### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)^[ #]*### END (?:SOLUTION|HIDDEN TESTS)$", re.M | re.S
)


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    """Folder with both wheels, made as a release makes them."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([Path(sys.executable).with_name("mutu"), "course", "build"], cwd=ROOT, check=True)
    for project in (ROOT, ROOT / "deploy/pengajar"):
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(project)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out


def _files(folder: Path, pattern: str) -> dict[str, bytes]:
    (wheel,) = folder.glob(pattern)
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}


def _expected() -> set[str]:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return {
        name.replace(source, target, 1)
        for name in tracked
        for source, target in SOURCES.items()
        if name.startswith(source)
    }


def _secrets() -> list[str]:
    """Every line of a solution or hidden test that says something of its own, from the courses' sources."""
    regions = [
        region
        for source in sorted(ROOT.glob("courses/[0-9]*/exercise.py"))
        for region in REGION.findall(source.read_text(encoding="utf-8"))
    ]
    assert len(regions) >= 12, "the courses have at least six tasks, each with a solution and hidden tests"
    lines = {line.strip("# ") for region in regions for line in region.splitlines()}
    return sorted(line for line in lines if len(line) > 25)


def test_the_public_wheel_is_what_git_tracks_plus_what_is_built(wheels):
    names = set(_files(wheels, "mutu-0*.whl"))
    built = {name for name in names if any(re.fullmatch(pattern, name) for pattern in BUILT)}
    assert names - built == _expected()
    for pattern in BUILT:
        assert any(re.fullmatch(pattern, name) for name in built), pattern


def test_no_solution_and_no_hidden_test_is_in_the_public_wheel(wheels):
    texts = [content.decode("utf-8", "replace") for content in _files(wheels, "mutu-0*.whl").values()]
    texts += [
        "".join(_cells(content)) for name, content in _files(wheels, "mutu-0*.whl").items() if name.endswith(".ipynb")
    ]
    secrets = _secrets()
    assert len(secrets) > 20
    assert [line for line in secrets if any(line in text for text in texts)] == []


def test_the_trainers_wheel_brings_them(wheels):
    files = _files(wheels, "mutu_pengajar-*.whl")
    assert {"mutu_pengajar/source/skm/skm.ipynb", "mutu_pengajar/source/skm-en/skm-en.ipynb"} <= set(files)
    text = "".join(_cells(files["mutu_pengajar/source/skm/skm.ipynb"]))
    assert "### BEGIN HIDDEN TESTS" in text


def _cells(notebook: bytes) -> list[str]:
    return ["".join(cell["source"]) + "\n" for cell in json.loads(notebook)["cells"]]
