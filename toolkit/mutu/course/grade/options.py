"""What is asked of the engine."""

from __future__ import annotations

import os
from dataclasses import dataclass

from mutu.kernels import cage


@dataclass(frozen=True)
class Options:
    """What the caller chose.

    Attributes
    ----------
    jobs : rooms at once
    force : grade what has not changed, too
    caged : isolate submissions
    students : a pattern of ids
    notebooks : a pattern of names; the others stay as they are
    seconds : what a notebook may take in all; from the course's limit for a cell, unless given
    limits : what a room may use; the usual limits, unless given
    """

    jobs: int = 1
    force: bool = False
    caged: bool = True
    students: str = "*"
    notebooks: str = "*"
    seconds: float | None = None
    limits: cage.Limits | None = None


def processors() -> int:
    """How many rooms may be open at once where nobody says otherwise."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
