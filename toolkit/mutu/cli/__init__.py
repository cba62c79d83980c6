"""The command line: one module a noun; errors become a sentence and an exit code in one place."""

try:
    from mutu.cli.app import main
except KeyboardInterrupt:  # too early for a sentence
    raise SystemExit(130) from None

__all__ = ["main"]
