"""Parsers written in C or Rust may die of a broken file; they are tried in a process of their own."""

from __future__ import annotations

import subprocess
import sys

from mutu.kernels.ceiling import lower

_SECONDS = 120


def limit(memory: int, seconds: int) -> None:
    """No file is worth more memory (bytes) and time than a large survey takes; Windows has no such limits."""
    lower({"RLIMIT_AS": memory, "RLIMIT_CPU": seconds, "RLIMIT_CORE": 0})


def said(module: str, raw: bytes, *arguments: str) -> bytes:
    """What a module of this room prints that is run as a program and given a file.

    Raises
    ------
    subprocess.SubprocessError : it died, or took too long
    """
    command = (sys.executable, "-P", "-m", f"mutu.responses.{module}", *arguments)
    return subprocess.run(command, input=raw, capture_output=True, timeout=_SECONDS, check=True).stdout
