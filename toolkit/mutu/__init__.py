"""mutu: measuring and improving the quality of public services.

The rooms, top to bottom. A room imports only from lines below its own; rooms on one line do not know each other:

    cli
    serve
    assess | course
    widgets
    report
    responses | store
    instruments
    measure | kernels
    regulations
    locale | look | content
    errors

docs/architecture.md says what each is for; the import contract in pyproject.toml checks it.
"""

from __future__ import annotations

__version__: str


def __getattr__(name: str) -> str:
    """The version, looked up when somebody asks: reading it takes twenty times as long as the rest of the import."""
    if name == "__version__":
        from importlib.metadata import version

        found: str = globals().setdefault(name, version("mutu"))
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
