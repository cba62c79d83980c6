"""Where a room is and what is around a process in it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from mutu.kernels.cage import parts

_TEMPORARY = "/tmp"  # noqa: S108 - the one of the room


@dataclass(frozen=True)
class Place:
    """What a room shows.

    Parameters
    ----------
    work : working directory and home of the room, private and empty at first
    masked : files and folders that are empty in the room though they lie inside something it shows
    shown : further files and folders, to be read only, at their own paths
    """

    work: Path = Path("/home/peserta")
    masked: tuple[Path, ...] = ()
    shown: tuple[Path, ...] = ()


def temporary(place: Place | None = None) -> str:
    """The folder for temporary files: /tmp, unless Python or the toolkit lie in it and would be covered."""
    covered = any(each.resolve().is_relative_to(_TEMPORARY) for each in parts.shown((place or Place()).shown))
    return f"/var{_TEMPORARY}" if covered else _TEMPORARY


def environment(place: Place | None = None) -> dict[str, str]:
    """The variables of a process that is to be forked into rooms, and no others."""
    work = str((place or Place()).work)
    programs = [str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]
    return {
        "PATH": os.pathsep.join(dict.fromkeys(programs)),
        "HOME": work,
        "TMPDIR": temporary(place),
        "LANG": "C.UTF-8",
        "USER": "peserta",
        "LOGNAME": "peserta",
        "MPLBACKEND": "Agg",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "POLARS_MAX_THREADS": "1",
        # every further arena of malloc reserves 64 MiB of address space
        "MALLOC_ARENA_MAX": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        # nothing is imported from the current folder: the candidate may write there
        "PYTHONSAFEPATH": "1",
        "IPYTHONDIR": f"{work}/.ipython",
    }
