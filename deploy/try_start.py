"""The README's first command in a checkout without an environment: `try_start.py`, run by the Python that a person has.

Prints how long installation takes (reach: under 90 s) and how long after it the landing page answers (reach: 20 s);
fails when no page answers, or when Ctrl-C leaves a process behind.
"""

from __future__ import annotations

import socket
import sys
import tempfile
import time
from pathlib import Path

from started import LINK, Started

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 900


def main() -> None:
    """Run all of it; any failure ends with an exception."""
    assert not (ROOT / ".venv").exists(), "there is an environment already; try this in a fresh clone"
    command = [sys.executable, "toolkit/run.py", "start", "--no-browser", "--port", str(_free_port())]
    with tempfile.TemporaryDirectory() as folder, Started(command, ROOT, log := Path(folder) / "start.log") as platform:
        begun = time.monotonic()
        platform.wait_for("Ready after", PATIENCE)
        installed = time.monotonic()
        link = platform.wait_for(LINK, PATIENCE)
        linked = time.monotonic()
        page = platform.page(link)
        answered = time.monotonic()
        left = platform.stop()
        said = log.read_text(encoding="utf-8")
    print(f"installation: {installed - begun:.1f} s (reach: under 90 s)")
    print(f"link: {linked - installed:.1f} s after it, landing page {answered - installed:.1f} s (reach: within 20 s)")
    assert "uv did not succeed" not in said, said
    assert "Belajar" in page, "the landing page has no door to the lessons"
    assert not left, "Ctrl-C left processes behind:\n" + "\n".join(left)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
