"""Half of the time that Jupyter and nbgrader need to start, saved."""

import sys


def without_grammars() -> None:
    """Call this before Jupyter or nbgrader is imported.

    jsonschema builds forty grammars for checking IRIs as soon as it finds `rfc3987_syntax`, which takes more time than
    the rest of Jupyter together. No schema of Jupyter asks for them, and jsonschema goes without when the import fails.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
