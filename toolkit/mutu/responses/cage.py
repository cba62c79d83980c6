"""Parsers written in C or Rust may die of a broken file; they are tried in a process of their own."""

from __future__ import annotations

import subprocess
import sys

_SECONDS = 120


def limit(memory: int, seconds: int) -> None:
    """No file is worth more memory (bytes) and time than a large survey takes; Windows has no such limits."""
    if sys.platform != "win32":
        import resource

        for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
            _soft, hard = resource.getrlimit(kind)
            lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (lower, lower))


def said(module: str, raw: bytes, *arguments: str) -> bytes:
    """What a module of this room prints that is run as a program and given a file.

    Raises
    ------
    subprocess.SubprocessError : it died, or took too long
    """
    command = (sys.executable, "-P", "-m", f"mutu.responses.{module}", *arguments)
    return subprocess.run(command, input=raw, capture_output=True, timeout=_SECONDS, check=True).stdout
