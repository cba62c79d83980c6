"""A new instrument costs a data file: one of another scale, alone in its folder, is a page, a result and a command."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document
from running import Platform, environment, free_port

import mutu
from mutu.store import open_store

FILE = Path(__file__).parents[1] / "instruments" / "data" / "small.json"
CHOSEN = {"a1": 4, "a2": 2, "b1": 1}
# by hand: A = 0.70 × 4 + 0.30 × 2 = 3.4, B = 1, index = 0.60 × 3.4 + 0.40 × 1 = 2.44
SENTENCE = "Indeks Uji Kecil (IUK): 2,44 dari 4, kategori II (setengah rapi); bobot panel uji."
DISCLAIMER = "Contoh sintetis, bukan indeks resmi siapa pun."


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the checkout with that data file added to assessments/."""
    root, checkout = tmp_path_factory.mktemp("rumah"), Path(mutu.__file__).parents[2]
    for part in ("toolkit/mutu", "assessments", "courses"):
        shutil.copytree(checkout / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(checkout / "pyproject.toml", root / "pyproject.toml")
    (root / "assessments" / "uji-kecil").mkdir()
    shutil.copyfile(FILE, root / "assessments" / "uji-kecil" / "instrument.json")
    return root


@pytest.fixture(scope="module")
def platform(house, tmp_path_factory):
    place, port = tmp_path_factory.mktemp("kerja"), str(free_port())
    with Platform(place / "kerja", "--port", port, HOME=str(place), PYTHONPATH=str(house / "toolkit")) as running:
        yield running


def answered(page, platform):
    """The page, opened from the front page, with every item answered and saved."""
    page.goto(platform.link)
    page.click("text=Mulai Uji Kecil")
    page.fill("#label", "Kantor Contoh (data sintetis)")
    page.click("[data-form=create] button")
    for code, level in CHOSEN.items():
        if not page.is_visible(f"#item-{code}"):
            page.click("[data-view^=aspect-]:not([hidden]) .actions .main")
        page.check(f"[name=level-{code}][value='{level}']")
    page.wait_for_selector("[data-saved][data-tone=good]")


def result(page):
    page.click("nav [data-go=result]")
    page.wait_for_selector("[data-result] .answer")


def test_its_form_is_reached_from_the_front_page_and_keeps_answers(page, platform):
    answered(page, platform)
    assert page.title() == "Uji Kecil · mutu"
    assert "3 dari 3 butir" in page.inner_text("[data-bar]")
    assert page.locator("#item-a1 .levels input").evaluate_all("all => all.map((each) => each.value)") == [*"1234"]
    token = page.url.partition("#")[2]
    with open_store(platform.folder / "mutu.sqlite") as store:
        assert (store.get(token).slug, store.get(token).scores) == ("uji-kecil", CHOSEN)
    page.reload()
    page.wait_for_selector("#item-a1 [value='4']:checked")
    page.goto(platform.link)
    assert "Uji Kecil · Kantor Contoh" in page.inner_text("[aria-labelledby=mandiri]")


def test_its_result_speaks_its_own_words_on_its_own_scale(page, platform, axe):
    answered(page, platform)
    result(page)
    text = page.inner_text("[data-result]")
    assert SENTENCE in text
    assert DISCLAIMER in text
    assert "Peraturan Uji 1/2026" in text
    assert "IPP" not in page.content()
    assert "PEKPPP" not in page.content()
    chart = page.locator(".chart-wide svg")
    assert "skala 1 sampai 4" in chart.get_attribute("aria-label")
    assert "Buku tamu 1,00; Rak berkas 3,40" in chart.get_attribute("aria-label")
    assert [said for said in chart.locator("text").all_text_contents() if said.isdigit()][-1] == "4"
    plan = page.locator("[data-result] .plan li").first.inner_text()
    assert "Tamu dicatat" in plan
    assert "Catatan: sebagian" in plan
    axe(page)


def test_its_report_and_its_answers_are_taken_away_and_the_command_agrees(page, platform, house, tmp_path):
    answered(page, platform)
    result(page)
    for what in ("word", "json"):
        with page.expect_download() as download:
            page.click(f"[data-do={what}]")
        download.value.save_as(tmp_path / what)
    document = Document(str(tmp_path / "word"))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert SENTENCE in words
    assert DISCLAIMER in words
    assert "Bernilai di atas 1, tetapi buktinya belum dicatat: a1, a2." in words
    alts = [each.get("descr") for each in document.element.iter() if each.tag.endswith("}docPr")]
    assert any("skala 1 sampai 4" in alt for alt in alts if alt)
    exported = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    assert (exported["instrument"], exported["answers"]["a1"]["score"]) == ("uji-kecil", 4)
    assert exported["disclaimer"] == DISCLAIMER

    program = "from mutu.cli import main; main()"
    said = subprocess.run(
        [sys.executable, "-c", program, "assess", "uji-kecil", str(tmp_path / "json"), "--json"],
        env=environment(PYTHONPATH=str(house / "toolkit")), capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert (found["index"], found["category"], found["weights"]) == (2.44, "II", "panel")
    assert [aspect["index"] for aspect in found["aspects"]] == [3.4, 1]
    assert found["plan"][0]["code"] == "b1"
    assert found["disclaimer"] == DISCLAIMER
