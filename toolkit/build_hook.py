"""What a build makes before it packs: the compiled catalogues. Built lessons must be there already."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """Compile every .po beside itself; refuse a wheel whose lessons have not been built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the files are collected; `version` is "editable" for a checkout's own install."""
        root = Path(self.root)
        # mutu itself cannot be imported before it is installed: it asks for its own version
        build = runpy.run_path(str(root / "toolkit/mutu/locale/compiled.py"))["build"]
        for source in sorted((root / "toolkit/mutu/locale").glob("*/*.po")):
            build(source)
        if self.target_name == "wheel" and version != "editable" and not (root / "courses/_build/release").is_dir():
            raise SystemExit("The lessons are not built yet. Run `mutu course build`, then build the wheel again.")
