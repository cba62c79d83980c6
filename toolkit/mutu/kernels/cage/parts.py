"""What a room shows of the system: the parts that Python needs, and nothing that lies beside them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
_SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives", "/etc/mime.types")


def shown(further: Iterable[Path] = ()) -> list[Path]:
    """Folders and files to show, each after those it may lie in; all exist."""
    wanted = [Path(each) for each in (*_SYSTEM, *_SETTINGS)]
    wanted += [Path(each) for each in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)]
    wanted += [Path(sys.executable), *_imported_from(), *further]
    return sorted({each for each in wanted if each.exists()}, key=lambda each: (len(each.resolve().parts), str(each)))


def _imported_from() -> list[Path]:
    """Folders that modules come from: never one that holds the checkout, the home folder or the current one."""
    toolkit = Path(__file__).resolve().parents[3]
    closed = [Path.cwd(), Path.home(), toolkit.parent / "courses"]
    folders = [Path(each) for each in sys.path if each and Path(each).is_absolute()]
    return [each for each in [toolkit, *folders] if not any(_holds(each, one) for one in closed)]


def _holds(folder: Path, path: Path) -> bool:
    """Whether a path is the folder or lies in it, whatever symbolic links say."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
