"""Catalogues in the form gettext reads (.mo): made by a build, found by what their text says, not by when.

The build hook runs this file by its path, before mutu is installed; it imports nothing of mutu.
"""

from __future__ import annotations

import hashlib
import os
from io import BytesIO
from pathlib import Path


def compiled(source: Path) -> bytes:
    """The GNU .mo of a .po file: the built one of exactly this text, else compiled now (a checkout being worked on)."""
    try:
        return _built(source).read_bytes()
    except FileNotFoundError:
        return _compile(source)


def build(source: Path) -> None:
    """Write the .mo of a .po file beside it, and remove those of earlier texts; others may read meanwhile."""
    built = _built(source)
    new = built.with_suffix(f".{os.getpid()}")
    new.write_bytes(_compile(source))
    new.replace(built)
    for old in set(source.parent.glob(f"{source.stem}.*mo")) - {built}:
        old.unlink(missing_ok=True)


def _built(source: Path) -> Path:
    """Where the .mo of the present text is: a stale one has another name."""
    return source.with_suffix(f".{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}.mo")


def _compile(source: Path) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = BytesIO()
    with source.open("rb") as text:
        write_mo(out, read_po(text, locale=source.parent.name))
    return out.getvalue()
