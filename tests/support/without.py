"""A Python environment that lacks a distribution: everything of the present one in it except that one's files."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from importlib.metadata import distribution
from pathlib import Path


class Incomplete:
    """An environment of links to the packages of the one that runs the tests.

    Parameters
    ----------
    folder : where to make it
    """

    def __init__(self, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
        self.python = folder / Path(sys.executable).relative_to(sys.prefix)
        self._packages = folder / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
        self._present = Path(sysconfig.get_path("purelib"))
        for entry in self._present.iterdir():
            self._link(entry.name)

    def remove(self, name: str) -> None:
        """Take a distribution away."""
        for entry in self._entries(name):
            (self._packages / entry).unlink()

    def bring_back(self, name: str) -> None:
        """Undo `remove`."""
        for entry in self._entries(name):
            self._link(entry)

    def _link(self, entry: str) -> None:
        (self._packages / entry).symlink_to(self._present / entry)

    @staticmethod
    def _entries(name: str) -> set[str]:
        """What of a distribution lies in the folder of packages itself."""
        tops = {file.parts[0] for file in distribution(name).files or ()}
        return {top for top in tops if top not in {"..", "__pycache__"}}
