"""The kernel process of one page: an ordinary ipykernel, without what a page has no use for."""

from __future__ import annotations

import sys
from typing import Any


def main() -> None:
    """Run a kernel; the command line is ipykernel's own."""
    # Importing the debugger costs 0.4 s a page, and nobody debugs here.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    from ipykernel.kernelapp import IPKernelApp

    app: Any = IPKernelApp.instance()
    app.initialize([*sys.argv[1:], "--HistoryManager.enabled=False"])
    app.start()


if __name__ == "__main__":
    main()
