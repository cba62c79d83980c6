"""Write requirements.lock and requirements-dev.lock from pyproject.toml (with the uv of requirements-dev.lock).

Universal lists with hashes and without addresses: uv or plain pip installs from them whatever index a place
reaches. Their first line carries a digest of the dependency tables, by which a test sees that they are stale.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# not in pyproject.toml's [tool.uv]: uv would then refuse to install from a lock with hashes
CONSTRAINTS = ROOT / "toolkit" / "constraints.txt"
LOCKS = {"requirements.lock": ["install"], "requirements-dev.lock": ["install", "dev"]}
_OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--python-version",
    "3.11",
    "--quiet",
    "--no-header",
    "--constraint",
    CONSTRAINTS.relative_to(ROOT).as_posix(),
)


def digest() -> str:
    """A digest of what the locks are made from, constraints too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tables = [project["project"]["dependencies"], project["dependency-groups"], CONSTRAINTS.read_text(encoding="utf-8")]
    return hashlib.sha256(json.dumps(tables).encode()).hexdigest()


def header() -> str:
    """The first line of a lock."""
    return f"# made by toolkit/lock.py from pyproject.toml, dependencies {digest()}\n"


def main() -> None:
    """Compile both locks; the second holds the first's versions."""
    for name, groups in LOCKS.items():
        chosen = [option for group in groups for option in ("--group", group)]
        held = [] if name == "requirements.lock" else ["-c", "requirements.lock"]
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            *_OPTIONS,
            *held,
            "pyproject.toml",
            *chosen,
            "-o",
            name,
        ]
        subprocess.run(command, cwd=ROOT, check=True)
        lock = ROOT / name
        lock.write_text(header() + lock.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main()
