"""One picture of the rooms: in the package's docstring, in the import contract, on the architecture page."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import mutu

ROOT = Path(__file__).parents[2]


def _layers() -> list[set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = next(c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    return [{room.strip() for room in layer.split("|")} for layer in rooms["layers"]]


def test_docstring_contract_and_page_show_the_same_rooms():
    drawn = [line.strip() for line in mutu.__doc__.splitlines() if line.startswith("    ")]
    assert [set(re.split(r"\s*\|\s*", line)) for line in drawn] == _layers()
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `([a-z` |]+)` \|", page, re.M)
    assert [set(re.findall(r"[a-z]+", row)) for row in table] == _layers()


def test_every_room_is_a_folder_or_module_of_the_package():
    package = ROOT / "toolkit/mutu"
    rooms = set.union(*_layers())
    here = {path.stem for path in package.iterdir() if not path.name.startswith("_")}
    assert here == rooms


def test_imports_keep_the_contract():
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
