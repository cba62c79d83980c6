"""What a submission prints is stored harmless; what honest work prints is stored byte for byte."""

from __future__ import annotations

import base64
import copy
import io
import json
import re
from html.parser import HTMLParser

import matplotlib
import nbformat
import pandas as pd
import payloads
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutu.course import harmless
from mutu.course.harmless import data, drawing, markdown, markup, words
from mutu.locale import use

matplotlib.use("agg")


def _notebook(*outputs, **metadata):
    cell = {"cell_type": "code", "id": "a", "source": "1", "metadata": {}, "execution_count": 1,
            "outputs": list(outputs)}  # fmt: skip
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]}


def _display(bundle, metadata=None):
    return {"output_type": "display_data", "data": bundle, "metadata": metadata or {}}


def _stream(text):
    return {"output_type": "stream", "name": "stdout", "text": text}


def _stored(*outputs):
    """What is stored of outputs, and the kinds of what changed."""
    made = harmless.outputs(_notebook(*outputs))
    return made.notebook["cells"][0]["outputs"], [change.kind for change in made.changed]


def _figure(kind):
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(4, 2))
    axes[0].plot([1, 2, 3], marker="o", label="a < b & c")
    axes[0].legend()
    axes[0].set_title("Waktu -- $x^2$")
    axes[1].imshow([[1, 2], [3, 4]])
    file = io.BytesIO()
    figure.savefig(file, format=kind)
    plt.close(figure)
    return file.getvalue()


TABLE = pd.DataFrame({"unsur": ["Waktu", "Biaya"], "nilai": [2.71, 3.4]})
HONEST = {
    "a frame": {"text/html": TABLE._repr_html_(), "text/plain": repr(TABLE)},
    "a long frame": {"text/html": pd.DataFrame({"a": range(500)})._repr_html_()},
    "groups": {"text/html": TABLE.groupby("unsur").agg(["mean", "count"])._repr_html_()},
    "a styled frame": {"text/html": TABLE.style.highlight_max(subset="nilai").bar(subset="nilai")._repr_html_()},
    "a frame in colours": {
        "text/html": TABLE.style.background_gradient(subset="nilai")
        .set_caption("Nilai")
        .set_properties(**{"font-weight": "bold", "border": "1px solid #ccc", "text-align": "left"})
        .set_sticky(axis="index")
        .format(precision=2)
        .hide(axis="index")
        .set_table_styles([{"selector": "th", "props": [("text-transform", "uppercase")]}])
        ._repr_html_()
    },
    "to_html": {"text/html": TABLE.to_html(border=0, classes="table table-striped")},
    "a figure": {
        "image/png": base64.encodebytes(_figure("png")).decode(),
        "text/plain": "<Figure size 400x200 with 2 Axes>",
    },
    "a drawn figure": {"image/svg+xml": _figure("svg").decode()},
    "a formula": {"text/latex": r"$\displaystyle \sum_{i=1}^{n} \frac{x_i}{\sqrt{n}} \le \text{batas} \quad \alpha$"},
    "text": {"text/markdown": "# Waktu\n\n**2,71** di [BPS](https://bps.go.id/?x=1) $x<y$\n\n| a |\n|---|\n| 1 |"},
    "a chart": {
        "application/vnd.vegalite.v6+json": {
            "data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}},
        },
        "text/plain": "<altair>",
    },
    "a control": {
        "application/vnd.jupyter.widget-view+json": {"model_id": "a" * 32, "version_major": 2, "version_minor": 0},
        "text/plain": "IntSlider(value=0)",
    },
    "data": {"application/json": {"a": [1, None, "<b>"]}},
}  # fmt: skip


@pytest.mark.parametrize("what", HONEST)
def test_honest_outputs_are_stored_byte_for_byte(what):
    notebook = _notebook(_display(HONEST[what]))
    made = harmless.outputs(notebook)
    assert made.notebook is notebook
    assert made.changed == ()


def test_an_honest_notebook_is_the_same_object_as_nbformats_node_too():
    outputs = [
        _stream("halo \x1b[1;31mmerah\x1b[0m\r50%\x1b[A\t✓ \u202bשלום\u202c\n"),
        {"output_type": "error", "ename": "ValueError", "evalue": "x < y", "traceback": ["\x1b[0;31m---\x1b[0m", "a"]},
        {"output_type": "execute_result", "data": {"text/plain": ["1,\n", "2"]}, "metadata": {}, "execution_count": 1},
        _display({"image/png": payloads.PNG}, {"image/png": {"width": 640, "height": 480.5}}),
    ]
    notebook = nbformat.from_dict(_notebook(*outputs))
    made = harmless.outputs(notebook)
    assert made.notebook is notebook
    assert made.changed == ()


class _Reads(HTMLParser):
    """Another reader than the two that judge."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def _assert_quiet(text):
    read = _Reads(text)
    assert read.tags <= words.TAGS | {"style"}
    names = {name for name, _value in read.attributes}
    assert not {name for name in names if name.startswith(("on", "data-", "form"))} | (names & {"srcdoc", "background"})
    for name, value in read.attributes:
        assert name not in ("href", "src") or (value or "").startswith(
            ("https://", "#", "data:image/", "x.png", "lewat")
        )
        assert name != "style" or "url" not in value
    assert "@" not in "".join(re.findall(r"<style.*?</style>", text, re.DOTALL))


@pytest.mark.parametrize("name", payloads.markup())
def test_markup_that_acts_is_cleaned_and_said(name):
    (output,), kinds = _stored(_display({"text/html": payloads.markup()[name]}))
    assert kinds[-1] == "markup"
    _assert_quiet(output["data"].get("text/html", ""))


@pytest.mark.parametrize("name", payloads.markup() | payloads.texts())
def test_markdown_that_acts_is_stored_as_what_is_left_of_it(name):
    given = (payloads.markup() | payloads.texts())[name]
    (output,), _kinds = _stored(_display({"text/markdown": given}))
    _assert_quiet(markdown.as_html(given).text)
    _assert_quiet(output["data"].get("text/html", ""))


@pytest.mark.parametrize("name", payloads.drawings())
def test_drawings_that_act_are_cleaned(name):
    outputs, kinds = _stored(_display({"image/svg+xml": payloads.drawings()[name]}))
    left = outputs[0]["data"].get("image/svg+xml", "")
    assert kinds == ["markup"]
    assert not re.search(r"script|onload|onerror|onbegin|http://kenari|foreignObject|javascript|ENTITY", left)


def test_a_drawing_is_no_bomb_of_copies():
    inner = '<g id="a0"><path d="M0 0"/></g>'
    for level in range(1, 30):
        inner += f'<g id="a{level}">' + f'<use href="#a{level - 1}"/>' * 10 + "</g>"
    cleaned = drawing.clean(f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>')
    assert cleaned.removed == ("use",)
    assert cleaned.text.count("<use") == 10


@pytest.mark.parametrize("name", sorted(payloads.formulas().keys() - {"formula-text"}))
def test_formulas_that_define_or_link_are_text(name):
    (output,), kinds = _stored(_display({"text/latex": payloads.formulas()[name]}))
    assert (list(output["data"]), kinds) == (["text/plain"], ["formula"])


def test_what_nobody_can_judge_goes_and_its_text_stays():
    bundle = {"application/javascript": "a()", "application/vnd.plotly.v1+json": {}, "text/vnd.mermaid": "x",
              "application/xhtml+xml": "<a/>", "text/plain": "teks"}  # fmt: skip
    (output,), kinds = _stored(_display(bundle))
    assert output["data"] == {"text/plain": "teks"}
    assert set(kinds) == {"type"}


def test_a_chart_that_loads_or_computes_goes():
    (output,), kinds = _stored(_display({"application/vnd.vegalite.v5+json": payloads.chart(), "text/plain": "x"}))
    assert (output["data"], kinds) == ({"text/plain": "x"}, ["chart"])


def test_stored_state_of_controls_goes():
    notebook = _notebook(widgets={"application/vnd.jupyter.widget-state+json": payloads.widget_state()}, title="x")
    made = harmless.outputs(notebook)
    assert made.notebook["metadata"] == {"title": "x"}
    assert [change.kind for change in made.changed] == ["widgets"]


@pytest.mark.parametrize("view", [{}, {"model_id": "../x"}, {"model_id": "a", "state": {}}, "a", {"version_major": 2}])
def test_a_reference_to_a_control_is_nothing_more(view):
    assert not data.is_widget(view)


def test_pictures_are_what_they_say_and_not_too_large():
    bomb = base64.b64decode(payloads.PNG)
    bomb = base64.b64encode(bomb[:16] + (60_000).to_bytes(4, "big") * 2 + bomb[24:]).decode()
    assert data.is_picture("image/png", payloads.PNG)
    for wrong in ("QUFB", "bukan base64", "", bomb, base64.b64encode(b"<svg/>").decode()):
        outputs, kinds = _stored(_display({"image/png": wrong, "text/plain": "x"}))
        assert (outputs[0]["data"], kinds) == ({"text/plain": "x"}, ["picture"])
    outputs, kinds = _stored(_display({"image/jpeg": payloads.PNG}))
    assert kinds == ["picture"]


def test_what_an_output_says_of_itself_is_numbers_and_words():
    hostile = {"image/png": {"width": "1 onerror=a()", "height": 10}, "filenames": {"image/png": "x"}, "isolated": True}
    (output,), kinds = _stored(_display({"image/png": payloads.PNG}, hostile))
    assert output["metadata"] == {"image/png": {"height": 10}}
    assert kinds == ["type"]


def test_terminals_are_not_steered_and_halves_of_letters_can_be_written():
    hostile = (
        "a\x00b\x1b]8;;http://kenari.invalid\x07klik\x1b]8;;\x07\x1bPq\x1b\\\x9b31m\ud800 \x1b[31mmerah\x1b[0m\x08"
    )
    (stream, error, shown), kinds = _stored(
        _stream(hostile),
        {"output_type": "error", "ename": hostile, "evalue": hostile, "traceback": [hostile]},
        _display({"text/plain": hostile, "application/json": {hostile: [hostile]}}),
    )
    for text in (stream["text"], error["evalue"], error["traceback"][0], shown["data"]["text/plain"]):
        assert text == "abklik31m\ufffd \x1b[31mmerah\x1b[0m\x08"
    json.dumps(shown, ensure_ascii=False).encode("utf-8")
    assert set(kinds) == {"control"}


def test_colours_without_end_are_left_out_before_they_keep_a_page_busy():
    (output,), kinds = _stored(_stream("\x1b[31mx" * 100_000 + "\x00"))
    assert (output["text"], kinds) == ("x" * 100_000, ["control"])


def test_sizes_have_limits():
    outputs, kinds = _stored(_stream("x" * 3_000_000), _display({"image/png": "A" * 6_000_000}))
    assert len(outputs[0]["text"]) < 1_100_000
    assert list(outputs[1]["data"]) == ["text/plain"]
    assert kinds == ["long", "large"]


def test_a_notebook_in_all_has_a_limit():
    outputs, kinds = _stored(*[_stream("x" * 900_000)] * 30)
    assert sum(len(output["text"]) for output in outputs) < 21_000_000
    assert set(kinds) == {"full"}


def test_outputs_have_a_number_and_errors_are_kept():
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    outputs, kinds = _stored(*[_stream("x")] * 100_000, error)
    assert len(outputs) == 502
    assert outputs[-2] == error
    assert kinds == ["many"]


@pytest.mark.parametrize(
    "broken",
    [7, None, {}, {"output_type": "x"}, {"output_type": "stream"}, {"output_type": "stream", "name": "x", "text": 7},
     {"output_type": "error"}, {"output_type": "error", "ename": 1, "evalue": [], "traceback": "abc"},
     {"output_type": "display_data", "data": 7, "metadata": 8},
     {"output_type": "display_data", "data": {"text/html": 7}},
     {"output_type": "execute_result", "data": {"text/plain": "x"}, "execution_count": "<b>"},
     {"output_type": "stream", "name": "stdout", "text": "x", "svg_filename": "javascript:a()"}],
)  # fmt: skip
def test_damaged_outputs_are_mended_or_left_out(broken):
    outputs, kinds = _stored(broken, _stream("tetap"))
    assert outputs[-1] == _stream("tetap")
    assert "damaged" in kinds
    given = nbformat.from_dict(_notebook(*outputs))
    nbformat.validate(given)


def test_the_given_notebook_and_the_trainees_own_cells_stay():
    more = {"attachments": {"a": {"b": "c"}}}
    cells = [{"cell_type": "markdown", "id": "m", "source": text, "metadata": {"x": text}} | more
             for text in payloads.markup().values()]  # fmt: skip
    notebook = _notebook(_display({"text/html": payloads.markup()["script"]}))
    notebook["cells"] = [*cells, *notebook["cells"]]
    before = copy.deepcopy(notebook)
    made = harmless.outputs(notebook)
    assert notebook == before
    assert made.notebook["cells"][:-1] == cells


def test_a_sentence_names_the_cell_and_what_went():
    notebook = _notebook(_display({"text/html": payloads.markup()["onerror"]}))
    notebook["cells"][0]["metadata"] = {"nbgrader": {"grade_id": "tabel"}}
    (change,) = harmless.outputs(notebook).changed
    assert change.sentence() == (
        "Dibuang dari keluaran sel 1 (tabel) karena dapat bertindak di peramban Anda: «src», «onerror»."
    )
    with use("en"):
        assert change.sentence().startswith("Removed from the output of cell 1 (tabel)")


def test_markup_that_can_be_read_in_two_ways_is_written_anew_and_nothing_is_missing():
    (output,), kinds = _stored(_display({"text/html": "<table><tr><td>1 < 2<td>3</table>"}))
    assert kinds == ["anew"]
    assert "1 &lt; 2" in output["data"]["text/html"]


@pytest.mark.parametrize(
    ("address", "opens"),
    [("https://www.bps.go.id/id?x=1#a", True), ("mailto:a@b.go.id", True), ("#bab", True),
     ("http://127.0.0.1:8888/", False),
     ("http://localhost/formgrader?path=/x", False), ("http://2130706433/", False), ("http://0x7f.1/", False),
     ("http://[::1]/", False), ("http://a@127.0.0.1/", False), ("http://%31%32%37.0.0.1/", False),
     ("http://\uff11\uff12\uff17.0.0.1/", False), ("http://hub.local/", False), ("/logout", False),
     ("kenari.html", False),
     ("//a.id/x", False), ("ftp://a.id", False), ("javascript:a()", False), ("java\nscript:a()", False)],
)  # fmt: skip
def test_a_link_leads_to_the_web_and_never_to_the_trainers_own_machine(address, opens):
    assert words.is_link(address) == opens


@pytest.mark.parametrize(
    ("address", "shows"),
    [("data:image/png;base64,AAAA", True), ("gambar.png", True), ("hasil/gambar 1.svg", True), ("../gambar.png", False),
     ("/logout", False), ("logout", False), ("https://a.id/a.png", False), ("data:text/html,x", False),
     ("a/../../b.png", False), ("//a.id/b.png", False), ("files:a.png", False)],
)  # fmt: skip
def test_a_picture_brings_itself_or_lies_in_the_submission(address, shows):
    assert words.is_picture(address) == shows


@pytest.mark.parametrize(
    "css",
    ["body{display:none}", "#notebook{color:red}", ".score{color:red}", "#T_a{position:fixed}", "#T_a{margin-top:-9em}",
     "#T_a{background:url(x)}", "#T_a{background:image-set('x' 1x)}", "#T_a{color:\\75rl(x)}", "@import 'x';",
     "@font-face{src:url(x)}", "@media print{#T_a{color:red}}", "#T_a,body{color:red}", "#T_a{z-index:9999}",
     "#T_a{behavior:x}", "#T_a{-moz-binding:x}", "#T_a:has(x){}</style><script>", "#T_a{content:'x'}",
     "#T_a{background:linear-gradient(url(x), red)}", "#T_a{width:expression(a())}", "#T_a{color:red", "*{color:red}"],
)  # fmt: skip
def test_a_style_sheet_stays_with_its_table(css):
    if css == "#T_a{color:red":  # what is not closed is closed by its end
        assert markup.is_harmless(f"<style>{css}</style>")
    else:
        assert not markup.is_harmless(f"<style>{css}</style>")


@pytest.mark.parametrize(
    "name",
    [
        "modal-backdrop",
        "navbar-fixed-top",
        "full-credit",
        "btn",
        "jp-Cell",
        "lm-Widget",
        "hidden",
        "comment",
        "MathJax",
    ],
)
def test_a_class_of_the_trainers_pages_is_not_worn(name):
    assert markup.clean(f'<b class="data {name}">a</b>').text == "<b>a</b>"


@pytest.mark.parametrize(
    "text",
    ["<" * 150_000, "<a " * 4_900, "<b>" * 4_900, "<a" + " " * 190_000, "<script" * 4_900, "<!--" * 4_900,
     "&" * 190_000,
     "<b><i><u><p>" * 1_200, "<p>" * 150 + "<table>" * 4_000, '<a b="' * 4_900, "<x" + " a" * 90_000, "]]>" * 60_000],
)  # fmt: skip
@pytest.mark.timeout(60)
def test_intricate_markup_ends_and_is_quiet(text):
    _assert_quiet(markup.clean(text).text)


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "*a" * 40_000, "> " * 40_000, "$" * 90_000, "`" * 90_000, "- " * 50_000]
)
@pytest.mark.timeout(60)
def test_intricate_markdown_ends(text):
    assert markdown.as_html(text).text


_ALPHABET = st.sampled_from(
    ["<", ">", "/", "'", '"', "=", " ", "\n", "\x0c", "&lt;", "&", "!", "--", "script", "style", "svg", "math", "img",
     "a", "b", "table", "td", "onerror", "href", "src", "javascript:", "x", "]]>", "<![CDATA[", "\x00", "é", "{", "}",
     "url(",
     "title", "textarea", "noscript", "template", "iframe", "srcdoc", "</", "<!--", "-->", "id", "class", "#T_a",
     ";", ":"]
)  # fmt: skip


@given(st.lists(_ALPHABET, max_size=40).map("".join))
def test_whatever_is_printed_the_stored_markup_is_quiet_and_cleaning_it_again_changes_nothing(text):
    cleaned = markup.clean(text)
    _assert_quiet(cleaned.text)
    assert markup.clean(cleaned.text).text == cleaned.text


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["output_type", "data", "metadata", "text", "name", "traceback", "text/html", "text/plain",
                         "image/png", "image/svg+xml", "text/latex", "ename", "evalue", "x"]), inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
def test_whatever_an_output_is_it_can_be_stored(output):
    made = harmless.outputs(_notebook(output, output))
    json.dumps(made.notebook, ensure_ascii=False).encode("utf-8")
    for change in made.changed:
        assert change.sentence()


def test_names_show_what_they_hide():
    assert harmless.name("laporan\u202egnp.exe") == "laporan‹U+202E›gnp.exe"
    assert harmless.name("a\u200b\nb") == "a‹U+200B›‹U+000A›b"
    assert len(harmless.name("x" * 5000)) == 120
