"""Figures for the screen: the same data as on paper, nothing fetched, and a picture where nothing draws them."""

from __future__ import annotations

import base64
import json
import re

import figure_kit
import nbformat
import pytest
from nbconvert import HTMLExporter

from mutu.locale import use
from mutu.look import tokens
from mutu.report import figures
from mutu.report.figures.register import spec
from mutu.report.figures.screen.offline import MIME
from mutu.report.figures.spec import Curve, Grid, Heat, Network, Rows

NAMES = list(figure_kit.CASES)


def both(name):
    """What a figure shows, and the chart of it, as JSON."""
    result, (_make, view) = figure_kit.result(name), figure_kit.CASES[name]
    return spec(result, view), figures.chart(result, view).to_dict()


def data_of(chart, field):
    """The rows of data that have a field: the whole set, of which some layers have a part."""
    return max((rows for rows in chart["datasets"].values() if field in rows[0]), key=len, default=[])


def all_of(chart, field):
    """The rows of all sets that have a field."""
    return [row for rows in chart["datasets"].values() for row in rows if field in row]


@pytest.mark.parametrize("name", NAMES)
def test_paper_and_screen_show_the_same_numbers(name):
    found, chart = both(name)
    if isinstance(found, Rows):
        rows = data_of(chart, "label")
        assert [row["label"] for row in rows] == [row.label for row in found.rows]
        assert [row["value"] for row in rows] == [row.value for row in found.rows]
        assert [row["shown"] for row in rows] == [row.shown for row in found.rows]
        assert [row["tick"] for row in rows] == [row.tick for row in found.rows]
        for row, drawn in zip(found.rows, rows, strict=True):
            low, high = row.interval or (None, None)
            assert (drawn["low"], drawn["high"]) == (low, high)
            assert drawn["tips"] == (dict(row.tips) or {"": f"{row.label}: {row.shown}"})
        assert {row["value"] for row in all_of(chart, "dash")} >= {line.value for line in found.lines}
    elif isinstance(found, Curve):
        drawn = {(row["x"], row["y"]) for row in all_of(chart, "x") if "y" in row}
        for series in found.series:
            assert set(series.points) <= drawn
        assert {(mark.x, mark.y) for mark in found.marks} <= drawn
        bands = {(row["x"], row["low"], row["high"]) for row in all_of(chart, "low") if "x" in row}
        for series in found.series:
            wanted = zip(series.points, series.band, strict=False)
            assert {(x, *ends) for (x, _y), ends in wanted if ends is not None} <= bands
    elif isinstance(found, Grid):
        rows = data_of(chart, "number")
        for spot, row in zip(found.spots, rows, strict=True):
            assert (row["label"], row["x"], row["y"]) == (spot.label, spot.x, spot.y)
            assert (row["left"], row["right"], row["low"], row["high"]) == (*spot.x_interval, *spot.y_interval)
    elif isinstance(found, Heat):
        shown = {(row["column"], row["shown"], row["strength"]) for row in data_of(chart, "strength")}
        assert shown == {(cell.column, cell.shown, cell.strength) for cell in found.cells}
    else:
        assert isinstance(found, Network)
        assert [(row["label"], row["x"], row["y"]) for row in data_of(chart, "label")] == [
            (node.label, node.x, node.y) for node in found.nodes
        ]
        assert len(data_of(chart, "x2")) == len(found.links)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_texts_of_the_chart_are_those_on_paper_in_the_language_in_use(name, language):
    with use(language):
        found, chart = both(name)
    assert chart["description"] == found.alt
    words = "".join(json.dumps(chart, ensure_ascii=False).replace("\\\\", "\\").replace("\\n", " ").split())
    for text in (*found.note.split(), *found.title.split()):
        assert text in words.replace("\u00a0", "")
    axes = [getattr(found, part) for part in ("axis", "x", "y") if hasattr(found, part)]
    for axis in axes:
        texts = [text for _place, text in axis.ticks]
        assert "".join(json.dumps(texts, ensure_ascii=False).split()).replace('"', '\\"') in words or not texts


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_fetched_to_draw_a_chart(name):
    """The only address is that of `$schema`, which names the format and is not fetched; data and texts are inside."""
    data, _metadata = figures.chart(figure_kit.result(name), figure_kit.CASES[name][1])._repr_mimebundle_()
    assert set(data) == {MIME, "image/png", "text/plain"}
    written = json.dumps(data[MIME])
    assert re.findall(r"https?://[^\"]+|//cdn[^\"]*", written) == [data[MIME]["$schema"]]
    assert data[MIME]["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json"
    assert '"url"' not in written
    assert "<script" not in written
    assert data["text/plain"] == data[MIME]["description"]


@pytest.mark.parametrize("name", NAMES)
def test_colours_of_a_chart_are_those_of_the_look(name):
    palette = {code.lower() for code in re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(tokens()))}
    used = {code.lower() for code in re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(both(name)[1]))}
    assert used
    assert used <= palette


def _notebook(*names):
    cells = []
    for name in names:
        data, metadata = figures.chart(figure_kit.result(name), figure_kit.CASES[name][1])._repr_mimebundle_()
        cell = nbformat.v4.new_code_cell(f"# {name}")
        cell.outputs = [nbformat.v4.new_output("display_data", data=data, metadata=metadata)]
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize("template", ["lab", "classic"])
def test_a_static_page_shows_the_figure_for_paper_in_its_place(template):
    with use("id"):
        page, _more = HTMLExporter(template_name=template).from_notebook_node(_notebook("elements"))
        said = figures.alt(figure_kit.result("elements"))
        png = figures.to_png(figures.draw(figure_kit.result("elements")), dpi=110)
    pictures = re.findall(r'<img[^>]*src="data:image/png;base64,([^"]+)"', page.replace("\n", ""))
    assert [base64.b64decode(picture) for picture in pictures] == [png]
    assert "vegalite" not in page
    if template == "classic":
        assert said in page


def test_a_chart_that_was_changed_brings_no_picture_of_the_one_before():
    chart = figures.chart(figure_kit.result("elements"))
    wider = chart.properties(height=500)
    assert type(wider) is type(chart)
    assert set(wider._repr_mimebundle_()) == {MIME, "text/plain"}


def test_a_chart_of_altair_shows_itself_as_before():
    """Ours decide for themselves; the renderer that a person chose for other charts stays theirs."""
    import altair

    before = altair.renderers.active
    figures.chart(figure_kit.result("elements"))._repr_mimebundle_()
    assert altair.renderers.active == before
