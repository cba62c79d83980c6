"""Typst: a template of ours and data from anywhere become PDF or PNG; no text of a user is ever markup."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mutu.look import FONTS, tokens

_TEMPLATES = Path(__file__).parent / "templates"


@contextmanager
def typeset(template: str, data: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Any]:
    """A compiler holding the template with its data; made in a folder of its own that goes afterwards.

    Parameters
    ----------
    template : name of a file in `templates`
    data : what the template reads as `sys.inputs.data`, plain JSON
    files : pictures by the name the template knows them by
    """
    import typst

    with TemporaryDirectory(prefix="mutu-") as folder:
        main = Path(folder) / template
        main.write_bytes((_TEMPLATES / template).read_bytes())
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        inputs = {"data": json.dumps({**data, "look": tokens(), "fonts": list(FAMILIES)}, ensure_ascii=False)}
        yield typst.Compiler(main, root=folder, font_paths=_fonts(), sys_inputs=inputs)


FAMILIES = (tokens()["font"]["print"], "DejaVu Sans")
"""The print font, then one that knows Arabic and more symbols for what users may have typed."""


@cache
def _fonts() -> Any:
    """The fonts of mutu first, matplotlib's DejaVu Sans next, the system's for what is left."""
    import matplotlib
    import typst

    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(FONTS), str(dejavu)])


def tagged_pdf(compiler: Any) -> bytes:
    """The PDF, following PDF/UA-1; without that claim when a character has no glyph in any font of the machine."""
    import typst

    try:
        return bytes(compiler.compile(format="pdf", pdf_standards=["ua-1"]))
    except typst.TypstError:
        return bytes(compiler.compile(format="pdf"))
