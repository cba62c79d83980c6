"""Install the built wheels into an empty environment in an empty folder and use them: `try_wheel.py DIST FOLDER`.

Shows that mutu works outside a checkout: it scores a survey, opens the platform, says how to get the trainer's part
where that is missing, and offers it once it is installed.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import venv
from pathlib import Path

SURVEY = "U1;U2;U3;U4;U5;U6;U7;U8;U9\n4;3;4;4;3;3;4;4;3\n3;3;3;4;3;4;3;4;3\n4;4;4;4;4;4;4;4;4\n"
EXPECTED = 90.74  # (32 + 30 + 36) answers' sum 98 / 27 × 25


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
    log = folder / "start.log"
    with log.open("w", encoding="utf-8") as out:
        command = [programs / "mutu", "start", "--no-browser"]
        platform = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)
    try:
        link = _wait_for_link(log, platform)
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(link, timeout=20) as answer:
            return answer.read().decode()
    finally:
        platform.send_signal(signal.SIGINT)
        platform.wait(timeout=30)


def _wait_for_link(log: Path, platform: subprocess.Popen[bytes]) -> str:
    for _ in range(240):
        if found := re.search(r"http://127\.0\.0\.1:\d+/mutu\S*token=\w+", log.read_text(encoding="utf-8")):
            return found[0]
        if platform.poll() is not None:
            break
        time.sleep(0.25)
    raise SystemExit(f"mutu start printed no link:\n{log.read_text(encoding='utf-8')}")


if __name__ == "__main__":
    main()
