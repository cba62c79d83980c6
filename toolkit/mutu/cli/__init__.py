"""The command line: one module a noun; errors become a sentence and an exit code in one place."""

from mutu.cli.app import main

__all__ = ["main"]
