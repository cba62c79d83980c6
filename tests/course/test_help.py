"""The help page beside formgrader."""

from __future__ import annotations

import re
from pathlib import Path

import nbgrader

from mutu.course.help import parts

_FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"


def test_every_column_of_formgraders_tables_is_explained():
    known = {label for part in parts() for label, _does in part.buttons}
    for name in ("manage_assignments.tpl", "manage_submissions.tpl"):
        heads = re.findall(r"<th[^>]*>([^<]+)</th>", (_FORMGRADER / "templates" / name).read_text())
        missing = {head for head in heads if head not in known | {"Student Name", "Timestamp"}}
        assert heads
        assert not missing


def test_every_explained_label_exists_in_formgrader():
    sources = [*_FORMGRADER.rglob("*.tpl"), *_FORMGRADER.rglob("*.j2"), *_FORMGRADER.rglob("static/js/*.js")]
    everything = " ".join(file.read_text(encoding="utf-8") for file in sources)
    labels = {label for part in parts() for label, _does in part.buttons if " / " not in label}
    assert not {label for label in labels if label.rstrip(".") not in everything}
