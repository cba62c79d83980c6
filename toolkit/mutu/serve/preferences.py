"""What a person chose on the landing page and expects to find again: the language."""

from __future__ import annotations

from mutu.locale import LANGUAGES, current
from mutu.serve import jupyter
from mutu.serve.workspace import Workspace, write_text

_FILE = "language"


def language(workspace: Workspace) -> str:
    """The language chosen in this workspace, else the one `mutu` was started in."""
    try:
        chosen = (workspace.private / _FILE).read_text(encoding="utf-8").strip()
    except OSError:
        chosen = ""
    return chosen if chosen in LANGUAGES else current()


def choose(workspace: Workspace, wanted: str) -> None:
    """Remember the language; JupyterLab speaks it too from its next page on."""
    if wanted != language(workspace):
        write_text(workspace.private / _FILE, wanted + "\n")
        jupyter.speak(workspace, wanted)
