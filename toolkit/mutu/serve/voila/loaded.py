"""Loaded once, for every page's kernel to be forked from: what answering a page takes, and no debugger."""

from __future__ import annotations

from importlib import import_module

from mutu.assess.pages import front, slugs
from mutu.locale import LANGUAGES
from mutu.serve.voila.kernel import without_debugger

without_debugger()
for _name in (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "mutu.widgets.page",
    "mutu.assess.pages.assessment",
    "mutu.assess.pages.skm",
    "mutu.assess.report",
    "mutu.store",
    "sqlalchemy.dialects.sqlite",
    "mutu.responses.reader",
    "mutu.measure.skm",
    "mutu.report.skm",
    "mutu.report.svg",
):
    import_module(_name)
# what a page is made of is kept by who makes it first: its instrument, its template
for _slug in slugs():
    for _language in LANGUAGES:
        front(_slug, _language)
