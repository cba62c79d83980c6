"""The page of published numbers is the same on every processor, and new where a number is."""

from __future__ import annotations

import published
import pytest

ROW = published.Row("skm, indeks", "buku, hlm. 1", "19.5570293212", "19.557029321165600", "-0.000000000034400")


@pytest.mark.parametrize(("ours", "is_kept"), [("19.557029321165900", True), ("19.557029321265600", False)])
def test_a_row_is_written_anew_when_its_number_is(ours, is_kept, tmp_path, monkeypatch):
    monkeypatch.setattr(published, "PAGE", tmp_path / "measures.md")
    new = published.Row(*ROW.key, ours, ROW.difference)
    for row in (ROW, new):
        monkeypatch.setattr(published, "compared", [row])
        published.write()
    assert published.PAGE.read_text("utf-8") == published.HEAD + (ROW if is_kept else new).line() + "\n"
