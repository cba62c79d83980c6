"""The landing page in a real browser, in front of a real platform."""

import re

import pytest
from running import Platform, free_port

from mutu.course.nbgrader import Trainee, add_trainees
from mutu.course.workspace import folders
from mutu.store import open_store


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    with Platform(tmp_path_factory.mktemp("landing") / "kerja", "--port", str(free_port())) as running:
        yield running


def _wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("path", ["/mutu", "/mutu/bantuan", "/mutu/bantuan-menilai", "/mutu/penilaian"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_on_the_page_and_it_fits_a_phone(platform, page, phone, axe, path, language):
    for shown in (page, phone):
        shown.goto(platform.link)
        shown.goto(f"{platform.base}{path}?lang={language}")
        assert shown.locator("html").get_attribute("lang") == language
        assert _wide(shown) == 0
        axe(shown)
    page.goto(f"{platform.base}/mutu?lang=id")


def test_three_doors_in_order_and_the_token_leaves_the_address_line(platform, page):
    page.goto(platform.link)
    assert page.locator(".door h2").all_inner_texts() == ["Belajar", "Menilai", "Penilaian mandiri"]
    assert page.url == f"{platform.base}/mutu"
    page.reload()
    assert page.locator(".door").count() == 3


def test_the_language_switch_turns_the_page_and_stays(platform, page):
    page.goto(platform.link)
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "What would you like to do?"
    page.goto(f"{platform.base}/mutu")
    assert page.locator("h1").inner_text() == "What would you like to do?"
    page.get_by_role("link", name="Bahasa Indonesia").click()
    assert page.locator("h1").inner_text() == "Apa yang ingin Anda kerjakan?"


def test_the_page_works_without_scripts_and_with_the_keyboard_alone(platform, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    try:
        page = context.new_page()
        page.goto(platform.link)
        assert page.locator(".door").count() == 3
    finally:
        context.close()
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(platform.link)
        reached = []
        for _step in range(12):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        assert reached[0] == "Langsung ke isi"
        assert {"Buka pelajaran", "Buka formgrader", "Mulai PEKPPP"} <= set(reached)
    finally:
        context.close()


def test_every_target_is_large_enough_for_a_finger(platform, phone):
    phone.goto(platform.link)
    heights = {
        item.inner_text(): item.bounding_box()["height"]
        for item in phone.locator(".door .action a, .languages a, .foot a").all()
    }
    assert len(heights) >= 6
    assert {name: height for name, height in heights.items() if height < 44} == {}


def test_a_visitor_without_the_link_sees_a_designed_refusal(platform, page, axe, problems):
    page.goto(f"{platform.base}/mutu")
    assert page.locator("h1").inner_text() == "Halaman ini terkunci"
    axe(page)
    assert any("403" in said for said in problems)
    problems.clear()


def test_the_last_door_leads_to_both_pages_and_to_what_was_saved(platform, page):
    with open_store(platform.folder / "mutu.sqlite") as store:
        token = store.create("pekppp", "2025.1", "Puskesmas Contoh")
        store.save(token, "1", score=3)
    page.goto(platform.link)
    for name, slug in (("Mulai PEKPPP", "pekppp"), ("Olah berkas survei", "skm")):
        with page.expect_navigation(url=re.compile(rf":\d+/{slug}"), wait_until="commit") as going:
            page.get_by_role("link", name=name).click()
        assert going.value.ok
        page.goto(f"{platform.base}/mutu")
    link = page.get_by_role("link", name="PEKPPP · Puskesmas Contoh")
    assert link.get_attribute("href").endswith(f"/pekppp?lang=id#{token}")
    assert "1 dari 30 butir, tersimpan" in page.locator("#mandiri").locator("xpath=ancestor::section").inner_text()


def test_ids_that_are_not_in_the_list_lead_to_the_help_and_fit_a_phone(platform, phone, axe):
    add_trainees(folders(platform.folder), [Trainee("p04", "Ana Sari")])
    for who in ("p04", "P04", "p77", "x" * 80):
        (platform.folder / "kursus" / "submitted" / who / "skm").mkdir(parents=True)
    phone.goto(platform.link)
    link = phone.get_by_role("link", name="3 ID tidak ada dalam daftar peserta: P04, p77, xxx")
    assert link.bounding_box()["height"] >= 44
    assert _wide(phone) == 0
    axe(phone)
    link.click()
    assert phone.url == f"{platform.base}/mutu/bantuan-menilai"
