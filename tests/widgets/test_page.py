"""The widget: what a browser writes into its state changes nothing; JupyterLab gets the same view as our pages."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mutu import instruments
from mutu.assess import limits
from mutu.assess.pages import assessment, front
from mutu.assess.pages.assessment import Assessment
from mutu.assess.pages.skm import SHOWN, Begin, OfficeForm, Piece, Report, Score, SurveyPage, Take
from mutu.locale import use
from mutu.serve.voila import channel
from mutu.store import LIMITS
from mutu.widgets import bundle, markup
from mutu.widgets.page import Page


@pytest.fixture
def page(tmp_path):
    _title, script, html = assessment.front("pekppp")
    return Page(html, script, Assessment("pekppp", tmp_path).desk("id"))


def _message(data):
    return {"content": {"data": data}, "buffers": []}


def test_a_browsers_writes_to_the_state_change_nothing(page):
    before = page.get_state()
    for state in ({"html": "x"}, {"_esm": "x"}, {"tabbable": True}, {"nothing": 1}, {"_css": ""}):
        page._handle_msg(_message({"method": "update", "state": state, "buffer_paths": []}))
        page.set_state(state)
    assert page.get_state() == before


@pytest.mark.parametrize("data", [None, [], "x", {}, {"method": []}, {"method": "custom"}, {"method": "update"}])
def test_a_malformed_widget_message_raises_and_changes_nothing(page, data):
    before = page.get_state()
    page._handle_msg(_message(data))
    page._handle_msg({"content": {}})
    assert page.get_state() == before


def test_the_view_of_jupyterlab_touches_nothing_outside_itself():
    style = bundle.lab_style()
    nested = style[style.index("\n.mutu{") :]
    outside = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", bundle._read("view.css"))
    assert nested
    for rule in re.findall(r"(?:^|\})\s*([^{}@]+)\{", outside):
        assert all(part.strip().startswith((".mutu", "to", "from")) for part in rule.split(",") if "(" not in rule), (
            rule
        )


def test_a_render_module_is_one_file_that_loads_nothing():
    for name in bundle.SCRIPTS:
        script = bundle.script(name)
        assert script.count("export default") == 1
        assert not re.search(r"\bimport\b[ (]|https?://", script)


def test_a_json_block_cannot_be_ended_from_inside():
    assert "<" not in markup.json_block({"a": "</script><script>alert(1)</script>"})


def test_the_limits_of_the_form_are_those_of_the_store():
    assert {"label": limits.NAME, "note": limits.TEXT, "evidence": limits.TEXT} == LIMITS


def test_a_file_that_a_page_loads_fits_in_one_message():
    assert limits.FILE_ON_PAGE < channel.LARGEST


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_source_an_item_names_stands_in_its_aspect(language):
    sections = front("pekppp", language).html.split('<section data-view="')
    instrument = instruments.load("pekppp")
    for place, aspect in enumerate(instrument.aspects, 1):
        text = next(section for section in sections if section.startswith(f"aspect-{place}"))
        titles = {source.code: source.title for source in instrument.sources}
        named = {code for item in aspect.items for code in item.sources}
        assert named
        assert all(f"<li>{code}: {escape(titles[code])}" in text for code in named)


def test_a_group_that_is_withheld_shows_neither_value_nor_exact_size(tmp_path):
    file = tmp_path / "survei.csv"
    women, men = ["Perempuan,4,4"] * 12, ["Laki-laki,1,1"] * 3
    file.write_text("\n".join(["Jenis kelamin,U1,U2", *women, *men]), encoding="utf-8")
    page = SurveyPage()
    page.begin(Begin(name=file.name, size=file.stat().st_size), [])
    page.piece(Piece(start=0), [file.read_bytes()])
    with use("id"):
        html = page.score(Score(by="jenis_kelamin"), [])["html"]
    groups = html[html.index("Menurut kelompok") : html.index("Cara berkas dibaca")]
    assert "&lt; 5</td>" in groups
    assert "Kelompok dengan kurang dari 5 responden tidak ditampilkan" in groups
    assert "lewat pengurangan" in groups
    assert not re.search(r">(3|12)</td>|100,00|25,00", groups)


def test_what_the_page_leaves_out_of_a_long_list_stands_in_the_recap(tmp_path):
    file = tmp_path / "survei.csv"
    file.write_text("\n".join(["U1,U2", *["4,tidak tahu"] * (SHOWN + 30), "3,3"]), encoding="utf-8")
    page = SurveyPage()
    page.begin(Begin(name=file.name, size=file.stat().st_size), [])
    page.piece(Piece(start=0), [file.read_bytes()])
    with use("id"):
        html = page.score(Score(), [])["html"]
        page.report(Report(office=OfficeForm()), [])
        recap = page.take(Take(what="xlsx"), [])["files"]["rekap-skm.xlsx"]
    assert html.count("menyatakan tidak ada jawaban") == SHOWN
    assert f"Ditampilkan {SHOWN} yang pertama; rekap Excel pada laporan memuat semuanya." in html
    assert load_workbook(BytesIO(recap))["ditolak"].max_row == 1 + SHOWN + 30


@pytest.mark.parametrize("slug", ["pekppp", "skm"])
def test_a_page_speaks_one_language_at_a_time(slug):
    for language, foreign in (("id", "Download"), ("en", "Unduh")):
        with use(language):
            assert foreign not in front(slug, language).html
