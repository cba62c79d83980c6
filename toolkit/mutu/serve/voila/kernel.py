"""The kernel process of one page: an ordinary ipykernel, without what a page has no use for.

Forked from a loaded process (`mutu.kernels`), which then calls `prepare`, or started with `-m`.
"""

from __future__ import annotations

import sys
from typing import Any

from mutu.kernels.ceiling import lower

MEMORY = 4 * 2**30  # bytes of addresses; reading a table of 4.9 million cells takes 2 GiB


def without_debugger() -> None:
    """Importing it costs 0.4 s, and nobody debugs a page."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]


def prepare() -> None:
    """What comes before the kernel."""
    lower({"RLIMIT_AS": MEMORY})  # a hostile file costs its own kernel, not the machine
    without_debugger()


def main() -> None:
    """Run a kernel; the command line is ipykernel's own."""
    prepare()
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    app.start()


if __name__ == "__main__":
    main()
