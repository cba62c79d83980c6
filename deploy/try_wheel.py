"""Install the built wheels into an empty environment in an empty folder and use them: `try_wheel.py DIST FOLDER`.

Shows that mutu works outside a checkout: it scores a survey, opens the platform, says how to get the trainer's part
where that is missing, offers it once it is installed, and names a part that went missing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from started import LINK, Started

SURVEY = "U1;U2;U3;U4;U5;U6;U7;U8;U9\n4;3;4;4;3;3;4;4;3\n3;3;3;4;3;4;3;4;3\n4;4;4;4;4;4;4;4;4\n"
EXPECTED = 90.74  # (32 + 30 + 36) answers' sum 98 / 27 × 25
PATIENCE = 120


def main() -> None:
    """Run all of it; any failure ends with an exception."""
    dist, folder = (Path(name).resolve() for name in sys.argv[1:3])
    folder.mkdir(parents=True)
    programs = _environment(folder / "env", dist, "mutu-0*.whl")
    _score(programs, folder)
    page = _landing(programs, folder)
    assert "mutu-pengajar" in page, "the landing page does not say how to get the trainer's part"
    assert "/formgrader" not in page
    _install(programs, dist, "mutu_pengajar-*.whl", "--no-deps")
    assert "/formgrader" in _landing(programs, folder)
    _lose_a_part(programs, folder)
    print("the wheel works outside the checkout: survey scored, landing page with and without the trainer's part")


def _environment(place: Path, dist: Path, wheel: str) -> Path:
    venv.create(place, with_pip=True)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    _install(programs, dist, wheel)
    return programs


def _install(programs: Path, dist: Path, wheel: str, *options: str) -> None:
    (file,) = dist.glob(wheel)
    subprocess.run([programs / "python", "-m", "pip", "install", "-q", *options, file], check=True)


def _score(programs: Path, folder: Path) -> None:
    (folder / "survei.csv").write_text(SURVEY, encoding="utf-8")
    command = [programs / "mutu", "skm", "score", "survei.csv", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    ikm = json.loads(done.stdout)["ikm"]
    assert ikm == EXPECTED, ikm


def _landing(programs: Path, folder: Path) -> str:
    """The landing page as text, from a platform started here and ended again."""
    with Started([programs / "mutu", "start", "--no-browser"], folder) as platform:
        return platform.page(platform.wait_for(LINK, PATIENCE))


def _lose_a_part(programs: Path, folder: Path) -> None:
    subprocess.run([programs / "python", "-m", "pip", "uninstall", "-q", "-y", "voila"], check=True)
    command = [programs / "mutu", "start", "--no-browser"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
    said = done.stderr.strip()
    assert (done.returncode, len(said.splitlines())) == (1, 1), said
    assert "voila" in said, said
    assert said.endswith("pip install mutu"), said


if __name__ == "__main__":
    main()
