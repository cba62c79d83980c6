"""mutu: measuring and improving the quality of public services.

The rooms, top to bottom. A room imports only from lines below its own; rooms on one line do not know each other:

    cli
    serve
    assess | course
    widgets
    report
    responses | store
    instruments
    measure
    regulations
    locale | look | content
    errors

docs/architecture.md says what each is for; the import contract in pyproject.toml checks it.
"""

from importlib.metadata import version

__version__ = version("mutu")
