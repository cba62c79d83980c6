"""The help page beside formgrader."""

from __future__ import annotations

import re
from pathlib import Path

import nbgrader

from mutu.course import help as help_page
from mutu.course.help.texts import parts
from mutu.locale import use

_FORMGRADER = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"


def test_what_is_to_be_typed_stands_apart_from_the_sentence():
    with use("id"):
        page = help_page.body()
    assert "<code>mutu course students BERKAS</code>" in page
    assert "`" not in page


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
