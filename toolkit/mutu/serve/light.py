"""Import this before Jupyter or nbgrader: it halves the time they need to start.

jsonschema builds forty grammars for checking IRIs as soon as it finds `rfc3987_syntax`, which takes more time than the
rest of Jupyter together. No schema of Jupyter asks for them, and jsonschema goes without when the import fails.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
