"""What a room shows of the system: the parts that Python needs, and nothing that lies beside them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
_SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives", "/etc/mime.types")
_PARTS = ("bin", "include", "lib", "lib64", "libexec", "share", "pyvenv.cfg")
_TOOLKIT = Path(__file__).resolve().parents[3]


def shown(further: Iterable[Path] = ()) -> list[Path]:
    """Folders and files to show, each after those it may lie in; all exist."""
    wanted = [Path(each) for each in (*_SYSTEM, *_SETTINGS, sys.executable)]
    wanted += [
        part for each in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix) for part in _of(each)
    ]
    wanted += [*_imported_from(), *further]
    return sorted({each for each in wanted if each.exists()}, key=lambda each: (len(each.resolve().parts), str(each)))


def _of(prefix: str) -> list[Path]:
    """An installation of Python: the folder, or only its own parts where other things lie in it too."""
    folder = Path(prefix)
    return [folder / part for part in _PARTS] if _holds_closed(folder) else [folder]


def _imported_from() -> list[Path]:
    """Folders that modules come from: never one in which the checkout, a home folder or the current one lies."""
    folders = [Path(each) for each in sys.path if each and Path(each).is_absolute()]
    return [_TOOLKIT, *(each for each in folders if not _holds_closed(each))]


def _holds_closed(folder: Path) -> bool:
    """Whether what nobody may see is the folder or lies in it, whatever symbolic links say."""
    closed = [os.path.expanduser("~"), _registered_home(), str(_TOOLKIT.parent / "courses"), *_current()]  # noqa: PTH111
    return any(Path(os.path.realpath(each)).is_relative_to(os.path.realpath(folder)) for each in closed)


def _registered_home() -> str:
    """The home folder as the system knows it; the variable may already be the room's."""
    if sys.platform == "win32":
        return os.path.expanduser("~")  # noqa: PTH111
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return os.path.expanduser("~")  # noqa: PTH111


def _current() -> list[str]:
    try:
        return [os.getcwd()]  # noqa: PTH109
    except FileNotFoundError:
        return []
