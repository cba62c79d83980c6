"""The self-assessment page as an office uses it, in a real browser against the real process and store."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from pathlib import Path

import pytest
from docx import Document
from page_kit import heading_in_focus, heard, listen, tab_to

from mutu import instruments
from mutu.locale import number, use
from mutu.store import open_store

LEVELS = [3, 4, 2, 5, 1]


def begin(page, server, label="Kantor Contoh (data sintetis)", query=""):
    page.goto(f"{server.url}/pekppp{query}", wait_until="commit")
    page.fill("#label", label)
    page.click("[data-form=create] button")
    page.wait_for_selector("#item-1 label")


def choose(page, code, level):
    page.click(f"#item-{code} .levels label:nth-child({level + 1})")


def go(page, view):
    """Through the list of parts, which is folded on a phone."""
    page.evaluate("() => { document.querySelector('[data-nav]').open = true }")
    page.click(f"nav [data-go={view}]")


def saved(page):
    page.wait_for_selector("[data-saved][data-tone=good]")


def answer_all(page):
    """Every item, as fast as a script can click; returns what was chosen."""
    chosen = {item.code: LEVELS[place % 5] for place, item in enumerate(instruments.load("pekppp").items)}
    clicks = "(levels) => Object.entries(levels).forEach(([code, level]) => document.querySelector("
    page.evaluate(clicks + "`[name=level-${code}][value='${level}']`).click())", chosen)
    saved(page)
    return chosen


def token_of(page):
    page.wait_for_function("() => location.hash.length > 16")
    return page.url.partition("#")[2]


def leave(page, problems):
    """Close a page whose server was taken away: the browser has named every connection that failed."""
    page.goto("about:blank")
    problems.clear()


def record(server, page):
    with open_store(server.workspace / "mutu.sqlite") as store:
        return store.get(token_of(page))


def test_an_answer_is_saved_at_once_and_a_reload_shows_it(page, pages):
    begin(page, pages)
    choose(page, "1", 3)
    saved(page)
    assert record(pages, page).scores == {"1": 3}
    page.click("#item-1 details[data-notes] summary")
    page.fill("#note-1", "Ditetapkan 2025; <b>bukan</b> markah")
    saved(page)
    page.wait_for_timeout(900)
    saved(page)
    page.reload()
    page.wait_for_selector("#item-1 [value='3']:checked")
    assert page.input_value("#note-1") == "Ditetapkan 2025; <b>bukan</b> markah"
    assert "1 dari 30 butir" in page.inner_text("[data-bar]")


def test_evidence_that_is_typed_is_kept(page, pages):
    begin(page, pages)
    page.click("#item-3 details[data-notes] summary")
    page.fill("#evidence-3", "SK 12/2025, rak <3>")
    page.wait_for_function("() => document.querySelector('[data-saved]').textContent.startsWith('tersimpan')")
    assert record(pages, page).answers["3"].evidence == "SK 12/2025, rak <3>"
    page.reload()
    page.wait_for_selector("#evidence-3")  # what has been written is unfolded
    assert page.input_value("#evidence-3") == "SK 12/2025, rak <3>"
    assert page.input_value("#note-3") == ""


def test_the_first_question_needs_no_kernel_and_its_answer_is_kept(page, serve_pages, problems):
    server = serve_pages()
    page.add_init_script("WebSocket = class { constructor() { throw new Error('none') } }")
    begin(page, server)
    choose(page, "1", 4)
    assert "jawaban Anda aman di perangkat ini" in page.inner_text("[data-saved]")
    assert json.loads(page.evaluate("localStorage.getItem('mutu:pekppp:draft')")) == {"1": {"score": 4}}
    leave(page, problems)


def test_nothing_acknowledged_or_chosen_is_lost_when_the_server_is_killed(page, serve_pages, problems):
    server = serve_pages()
    begin(page, server)
    choose(page, "1", 5)
    saved(page)
    server.stop(hard=True)
    choose(page, "2", 4)
    page.wait_for_selector("[data-saved][data-tone=bad]")
    assert "belum tersimpan" in page.inner_text("[data-saved]")
    assert "jawaban Anda aman di perangkat ini" in page.inner_text("[data-saved]")
    server.start()
    page.wait_for_selector("[data-saved][data-tone=good]", timeout=60_000)
    assert record(server, page).scores == {"1": 5, "2": 4}
    leave(page, problems)


def test_two_tabs_of_one_assessment_keep_and_show_each_others_answers(page, serve_pages, problems):
    server = serve_pages()
    begin(page, server)
    choose(page, "1", 5)
    saved(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#item-1 [value='5']:checked", state="attached", timeout=60_000)
    server.stop(hard=True)
    for tab, code in ((page, "2"), (other, "3")):
        choose(tab, code, 4)
        tab.wait_for_selector("[data-saved][data-tone=bad]")
    kept = json.loads(page.evaluate(f"localStorage.getItem('mutu:pekppp:{token_of(page)}')"))
    assert kept == {"2": {"score": 4}, "3": {"score": 4}}
    server.start()
    for tab in (page, other):
        tab.wait_for_selector("[data-saved][data-tone=good]", timeout=60_000)
    assert record(server, page).scores == {"1": 5, "2": 4, "3": 4}
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when the tab is looked at again
    page.wait_for_selector("#item-3 [value='4']:checked")
    leave(page, problems)


def test_a_store_that_is_busy_loses_nothing(page, pages):
    begin(page, pages)
    choose(page, "1", 5)
    saved(page)
    with contextlib.closing(sqlite3.connect(pages.workspace / "mutu.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        choose(page, "2", 4)
        page.wait_for_selector("[data-saved][data-tone=bad]")
        assert "jawaban Anda aman di perangkat ini" in page.inner_text("[data-saved]")
        assert str(pages.workspace) not in page.inner_text("body")
        other.execute("ROLLBACK")
    saved(page)
    assert record(pages, page).scores == {"1": 5, "2": 4}


def test_on_a_slow_line_the_first_question_is_read_at_once_and_its_answer_saved(page, pages):
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 300, "downloadThroughput": 187_500, "uploadThroughput": 187_500}
    line.send("Network.emulateNetworkConditions", slow)
    begin(page, pages)
    choose(page, "1", 4)
    saved(page)
    assert record(pages, page).scores == {"1": 4}


def test_a_page_that_slept_too_long_wakes_with_its_next_answer(page, serve_pages, problems):
    server = serve_pages("--after-idle", "3")
    begin(page, server)
    choose(page, "1", 2)
    saved(page)
    assert server.without_kernels()
    choose(page, "2", 3)
    page.wait_for_function("() => !document.querySelector('[data-saved]').textContent.startsWith('tersimpan')")
    saved(page)
    assert record(server, page).scores == {"1": 2, "2": 3}
    leave(page, problems)


def test_closing_the_page_ends_its_kernel_at_once(browser, serve_pages):
    server = serve_pages()
    context = browser.new_context()
    page = context.new_page()
    begin(page, server)
    choose(page, "1", 2)
    saved(page)
    assert len(server.kernels()) == 1
    page.goto("about:blank")
    assert server.without_kernels()  # long before the minute that a lost page gets
    context.close()


@pytest.mark.parametrize("weights", ["published", "equal"])
def test_the_result_is_that_of_the_instrument_and_names_its_weights(page, pages, weights):
    begin(page, pages)
    chosen = answer_all(page)
    go(page, "review")
    assert page.is_visible("[data-complete]")
    page.check(f"[name=weights][value={weights}]")
    page.click("[data-view=review] [data-go=result]")
    page.wait_for_selector("[data-result] .answer")
    instrument = instruments.load("pekppp")
    expected = instruments.score(instrument, chosen, weights)
    text = page.inner_text("[data-result]")
    with use("id"):
        assert expected.sentence() in text
    assert page.inner_text(".figure-value") == f"{expected.rounded}".replace(".", ",")
    assert "Penilaian mandiri, bukan IPP resmi" in text
    assert instrument.regulation in text
    assert "Yang paling menaikkan indeks" in page.locator("[data-result] h3").all_inner_texts()
    plan = page.locator("[data-result] .plan li")
    assert plan.count() == 5
    assert expected.plan[0].criterion.id in plan.first.inner_text()


def test_the_aspects_are_a_chart_with_a_text_for_those_who_cannot_see_it(page, pages):
    begin(page, pages)
    chosen = answer_all(page)
    go(page, "result")
    chart = page.locator("[data-result] .chart-wide svg")
    chart.wait_for()
    aspects = instruments.score(instruments.load("pekppp"), chosen).aspects
    with use("id"):
        values = {str(aspect.name): number(aspect.index) for aspect in aspects}
    assert chart.get_attribute("role") == "img"
    assert all(f"{name} {value}" in chart.get_attribute("aria-label") for name, value in values.items())
    assert "pada skala 0 sampai 5" in chart.get_attribute("aria-label")
    texts = chart.locator("text").all_text_contents()
    assert set(values.values()) <= set(texts)
    widths = [float(bar.get_attribute("width")) for bar in chart.locator("rect").all()]
    assert len(widths) == 6
    assert widths == sorted(widths)
    longest = max(float(aspect.index) for aspect in aspects)
    assert widths[-1] / widths[0] == pytest.approx(longest / min(float(aspect.index) for aspect in aspects), rel=0.01)


def test_what_happens_is_announced(page, serve_pages, problems):
    server = serve_pages()
    begin(page, server)
    listen(page)
    choose(page, "1", 3)
    heard(page, "tersimpan ")
    go(page, "result")
    with use("id"):
        heard(page, instruments.score(instruments.load("pekppp"), {"1": 3}).sentence())
    go(page, "aspect-1")
    server.stop(hard=True)
    choose(page, "2", 2)
    heard(page, "belum tersimpan: ")
    server.start()
    saved(page)
    page.goto(f"{server.url}/pekppp")
    page.wait_for_selector("[data-form=open] [data-wait]:enabled", state="attached")
    listen(page)
    page.click("[data-view=start] details summary")
    page.fill("#link", "bukan tautan")
    page.click("[data-form=open] button")
    heard(page, page.inner_text("[data-form=open] [data-form-error]"))
    leave(page, problems)


def test_an_unfinished_assessment_says_what_is_missing_and_leads_there(page, pages):
    begin(page, pages)
    choose(page, "1", 2)
    go(page, "review")
    assert "29 dari 30 butir belum dijawab" in page.inner_text("[data-incomplete]")
    page.click("[data-item-link='17']")
    assert page.is_visible("#item-17")
    assert page.evaluate("document.activeElement.name") == "level-17"
    go(page, "result")
    page.wait_for_selector("[data-result] .answer")
    assert page.locator(".figure-value").count() == 0
    titles = page.locator("[data-result] h3").all_inner_texts()
    assert "Dari butir yang sudah dijawab: yang paling menaikkan indeks" in titles
    assert "Yang paling menaikkan indeks" not in titles
    assert "29 dari 30" in page.inner_text("[data-result]")


def test_word_and_json_are_taken_away_and_the_json_comes_back(page, pages, tmp_path):
    begin(page, pages, label="Kantor Contoh & <i>Uji</i>")
    chosen = answer_all(page)
    first = token_of(page)
    go(page, "result")
    page.wait_for_selector("[data-result] .answer")
    assert page.locator("[data-result] i").count() == 0
    for what in ("word", "json"):
        with page.expect_download() as download:
            page.click(f"[data-do={what}]")
        download.value.save_as(tmp_path / what)
    words = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "word")).paragraphs)
    assert "bukan IPP resmi" in words
    assert first not in (tmp_path / "json").read_text(encoding="utf-8")
    page.goto(f"{pages.url}/pekppp")
    page.click("[data-view=start] details summary")
    page.set_input_files(
        "#file", {"name": "j.json", "mimeType": "application/json", "buffer": Path(tmp_path / "json").read_bytes()}
    )
    page.click("[data-form=load] button")
    page.wait_for_selector("[data-view=review] [data-complete]:not([hidden])")
    assert token_of(page) != first
    assert record(pages, page).scores == chosen
    assert record(pages, page).label == "Kantor Contoh & <i>Uji</i>"


@pytest.mark.parametrize("content", ["{", "[]", '{"format": "other"}', '{"1": 9}', '{"99": 1}', "x" * 2000])
def test_a_wrong_file_is_answered_with_a_sentence(page, pages, content):
    page.goto(f"{pages.url}/pekppp")
    page.click("[data-view=start] details summary")
    page.set_input_files("#file", {"name": "j.json", "mimeType": "application/json", "buffer": content.encode()})
    page.click("[data-form=load] button")
    page.wait_for_selector("[data-form=load] [data-form-error]:not([hidden])")
    said = page.inner_text("[data-form=load] [data-form-error]")
    assert said.endswith(".")
    assert not re.search("Traceback|Error", said)


def test_a_wrong_file_on_a_phone_is_refused_next_to_its_button_and_in_sight(phone, pages):
    phone.set_viewport_size({"width": 360, "height": 640})
    phone.goto(f"{pages.url}/pekppp")
    phone.click("[data-view=start] details summary")
    excel = {"name": "peserta.xlsx", "mimeType": "application/x", "buffer": b"PK\3\4" + bytes(range(256))}
    phone.set_input_files("#file", excel)
    phone.click("[data-form=load] button")
    error = phone.locator("[data-form=load] [data-form-error]")
    error.wait_for()
    assert (
        error.inner_text()
        == "peserta.xlsx bukan berkas jawaban. Pilih berkas .json yang Anda unduh dari halaman Hasil."
    )
    assert phone.evaluate("document.activeElement.matches('[data-form=load] [data-form-error]')")
    place = error.bounding_box()
    assert 0 <= place["y"] <= 640 - place["height"]
    phone.fill("#link", "bukan tautan")
    phone.click("[data-form=open] button")
    assert phone.is_visible("[data-form=open] [data-form-error]")
    assert error.is_hidden()  # one error at a time


def test_an_unknown_link_is_answered_with_a_sentence(page, pages):
    page.goto(f"{pages.url}/pekppp#{'x' * 32}")
    page.wait_for_selector("[data-start-error]:not([hidden])")
    assert page.is_visible("[data-view=start]")


def test_deleting_takes_the_word_and_then_is_for_good(page, pages):
    begin(page, pages)
    choose(page, "1", 1)
    saved(page)
    token = token_of(page)
    go(page, "result")
    page.click("[data-do=ask-delete]")
    page.fill("#typed", "ya")
    page.click("[data-form=delete] [type=submit]")
    page.wait_for_selector("[data-delete-error]:not([hidden])")
    assert record(pages, page).scores == {"1": 1}
    page.fill("#typed", "HAPUS")
    page.click("[data-form=delete] [type=submit]")
    page.wait_for_selector("[data-view=start]:not([hidden])")
    with open_store(pages.workspace / "mutu.sqlite") as store:
        assert token not in [summary.token for summary in store.all()]
    assert "#" not in page.url


def test_the_keyboard_alone_is_enough(page, pages):
    page.goto(f"{pages.url}/pekppp")
    first, second = (str(aspect.name) for aspect in instruments.load("pekppp").aspects[:2])
    tab_to(page, "#label")
    page.keyboard.type("Dengan papan ketik")
    page.keyboard.press("Enter")
    page.wait_for_selector("#item-1 label")
    assert heading_in_focus(page) == first
    tab_to(page, "[name=level-1]")
    page.keyboard.press("Space")
    for _turn in range(3):
        page.keyboard.press("ArrowDown")
    saved(page)
    assert record(pages, page).scores == {"1": 3}
    tab_to(page, "[data-view=aspect-1] .actions .main")
    page.keyboard.press("Enter")
    assert page.is_visible("[data-view=aspect-2]")
    assert heading_in_focus(page) == second
    page.go_back()
    page.wait_for_selector("[data-view=aspect-1]:not([hidden])")


def test_no_view_has_an_accessibility_problem_or_leaves_the_phones_width(phone, pages, axe):
    phone.goto(f"{pages.url}/pekppp")
    axe(phone)
    begin(phone, pages)
    choose(phone, "1", 3)
    saved(phone)
    for view in ("aspect-1", "aspect-6", "review", "result"):
        go(phone, view)
        if view == "result":
            phone.wait_for_selector("[data-result] .answer")
            phone.click("[data-do=ask-delete]")
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.get_attribute("[data-live]", "role") == "status"


@pytest.mark.parametrize("width", [360, 390])
def test_no_column_of_the_result_is_cut_off_on_a_phone(phone, pages, width):
    phone.set_viewport_size({"width": width, "height": 740})
    begin(phone, pages)
    answer_all(phone)
    go(phone, "result")
    phone.wait_for_selector("[data-result] tr.total")
    place, table = phone.eval_on_selector(
        "[data-result] .scroll", "(place) => [place.clientWidth, place.querySelector('table').offsetWidth]"
    )
    assert table <= place


def test_touch_targets_are_large_enough(phone, pages):
    begin(phone, pages)
    small = phone.evaluate(
        """() => [...document.querySelectorAll('button, summary, .levels label, input:not([type=radio]), .top a')]
        .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 43.5)
        .map((each) => each.outerHTML)"""
    )
    assert small == []


def test_the_language_can_be_switched_and_the_answers_stay(page, pages):
    begin(page, pages)
    choose(page, "1", 3)
    saved(page)
    token = token_of(page)
    page.click("[data-keep-fragment]")
    page.wait_for_selector("html[lang=en]")
    page.wait_for_selector("#item-1 [value='3']:checked")
    assert token_of(page) == token
    assert "1 of 30 items" in page.inner_text("[data-bar]")
    choose(page, "2", 3)
    page.wait_for_selector("[data-saved][data-tone=good]")
    assert page.inner_text("[data-saved]").startswith("saved ")
    problemless = page.evaluate("[...document.querySelectorAll('h2,legend,button')].map((e) => e.innerText).join(' ')")
    assert "Jawaban" not in problemless


def test_the_printed_result_is_whole_and_without_controls(page, pages, tmp_path):
    from pypdf import PdfReader

    begin(page, pages)
    answer_all(page)
    go(page, "result")
    page.wait_for_selector("[data-result] .answer")
    page.pdf(path=tmp_path / "hasil.pdf", format="A4")
    sheets = PdfReader(tmp_path / "hasil.pdf").pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert "bukan IPP resmi" in text
    assert "Hapus penilaian" not in text
    assert "Salin tautan" not in text
    assert abs(float(sheets[0].mediabox.width) - 595) < 2
