"""What has to be installed for mutu: which parts are missing, and the sentence that says so.

Nothing but Python itself is needed to say it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from pathlib import Path

from mutu import content
from mutu.errors import N_, MissingPart

# distributions whose module has another name
_MODULES = {
    "ipython": "IPython",
    "jupyterlab-language-pack-id-id": "jupyterlab_language_pack_id_ID",
    "pillow": "PIL",
    "python-docx": "docx",
}


def required() -> dict[str, str]:
    """Distribution -> module of everything that mutu itself asks for."""
    try:
        found = requires("mutu") or []
    except PackageNotFoundError:  # the source alone is on the path
        return {}
    names = [re.split(r"[^\w.-]", text, maxsplit=1)[0].lower() for text in found]
    return {name: _MODULES.get(name, name.replace("-", "_")) for name in names}


def require() -> None:
    """Look for every part without loading it, in a hundredth of a second.

    Raises
    ------
    MissingPart : names what is not there
    """
    absent = [name for name, module in required().items() if find_spec(module) is None]
    if absent:
        raise _missing(", ".join(absent))


def explained(error: ImportError) -> MissingPart | None:
    """The sentence for an import that failed; None when mutu's own code is to blame."""
    module = next(_modules(error), "").partition(".")[0]
    if module in ("", "mutu"):
        return None
    if module in sys.stdlib_module_names:
        return MissingPart(
            N_("This Python was made without its own module {name}. Install a complete Python, then mutu again."),
            name=module,
        )
    names = {imported: name for name, imported in required().items()}
    return _missing(names.get(module, module))


def _modules(error: BaseException | None) -> Iterator[str]:
    """What could not be imported; libraries wrap the error in one of their own without a name."""
    while error is not None:
        if isinstance(error, ImportError) and error.name:
            yield error.name
        error = error.__cause__ or error.__context__


def _missing(names: str) -> MissingPart:
    return MissingPart(
        N_("A part that mutu needs is not installed: {names}. Install it with: {command}"),
        names=names, command=command(),
    )  # fmt: skip


def command() -> str:
    """What installs every part, typed in any folder."""
    if not content.is_checkout():
        return "pip install mutu"
    python = "py" if sys.platform == "win32" else "python3"
    script = content.find("courses").parent / "toolkit" / "run.py"
    if script.is_relative_to(Path.cwd()):
        script = script.relative_to(Path.cwd())
    return f'{python} "{script}" setup' if " " in str(script) else f"{python} {script} setup"
