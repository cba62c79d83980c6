"""What a build makes before it packs: the compiled catalogues. Built lessons must be there already."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):
    """Compile every .po beside itself; refuse a wheel whose lessons have not been built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before the files are collected; `version` is "editable" for a checkout's own install."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "toolkit"))
        from mutu.locale.catalogue import compile_catalogue

        for source in sorted((root / "toolkit/mutu/locale").glob("*/*.po")):
            source.with_suffix(".mo").write_bytes(compile_catalogue(source))
        if self.target_name == "wheel" and version != "editable" and not (root / "courses/_build/release").is_dir():
            raise SystemExit("The lessons are not built yet. Run `mutu course build`, then build the wheel again.")
