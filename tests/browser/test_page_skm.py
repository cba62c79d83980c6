"""The survey page as an office uses it: real files, the real reader, the real report."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from page_kit import heading_in_focus, heard, listen, tab_to
from pypdf import PdfReader

from mutu import responses
from mutu.locale import use
from mutu.measure import skm

FILES = Path(__file__).parents[1] / "responses" / "files"
PATIENCE = 120_000


def compute(page, server, file, query=""):
    page.goto(f"{server.url}/skm{query}", wait_until="commit")
    page.set_input_files("#file", file)
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-result] h2, [data-error]:not([hidden])", timeout=PATIENCE)


def unfold(page):
    page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true })")


def expected(file, **options):
    survey = responses.read(file)
    with use("id"):
        return survey, skm.score(survey.answers, scale=survey.scale, **options)


@pytest.mark.parametrize("name", ["gaspul-triwulan-3.xlsx", "google-forms-kata.xlsx", "layanan-gratis.xlsx"])
def test_the_index_its_grade_and_interval_are_those_of_the_measure(page, pages, name):
    file = FILES / "good" / name
    compute(page, pages, file)
    _survey, result = expected(file)
    with use("id"):
        assert result.sentence() in page.inner_text(".answer")
        weakest = min(result.unsur, key=lambda unsur: (unsur.nrr, unsur.kode)).nama
    assert page.inner_text(".figure-value") == f"{result.rounded}".replace(".", ",")
    assert page.inner_text(".answer .grade") == result.mutu
    assert weakest in page.locator(".plan li").first.inner_text()
    assert weakest in page.get_attribute(".chart-wide svg", "aria-label")
    assert page.locator("[data-result] table").first.locator("tbody tr").count() == len(result.unsur) + 1


@pytest.mark.parametrize("kind", ["sav", "zsav"])
def test_an_spss_file_is_chosen_and_read(page, pages, tmp_path, kind):
    survey, result = expected(FILES / "good" / "gaspul-triwulan-3.xlsx")
    responses.write_sav(survey, tmp_path / f"survei.{kind}")
    compute(page, pages, tmp_path / f"survei.{kind}")
    assert f".{kind}" in page.get_attribute("#file", "accept").split(",")
    assert page.inner_text(".figure-value") == f"{result.rounded}".replace(".", ",")


def test_a_synthetic_survey_is_called_one_above_its_index(page, pages, tmp_path):
    with use("id"):
        responses.synthetic(40, index=80, seed=2).write(tmp_path / "latihan.sav")
    compute(page, pages, tmp_path / "latihan.sav")
    said = page.inner_text(".answer")
    assert said.startswith("DATA SINTETIS – buatan komputer, bukan jawaban orang")
    page.click("[data-form=report] [type=submit]")
    with page.expect_download(timeout=2 * PATIENCE) as download:
        page.click("[data-take=pdf]", timeout=2 * PATIENCE)
    download.value.save_as(tmp_path / "laporan.pdf")
    assert all("DATA SINTETIS" in one.extract_text() for one in PdfReader(tmp_path / "laporan.pdf").pages)


def test_every_rejected_cell_is_listed_with_its_row_and_reason(page, pages):
    file = FILES / "good" / "salah-ketik.xlsx"
    compute(page, pages, file)
    survey, _result = expected(file)
    assert survey.rejected
    unfold(page)
    rows = page.locator("details.card table tbody tr")
    assert rows.count() == len(survey.rejected)
    assert str(survey.rejected[0].row) in rows.first.inner_text()


def test_a_column_can_be_corrected_and_the_index_follows(page, pages, tmp_path):
    book = Workbook()
    book.active.append([f"U{place}" for place in range(1, 10)])
    for respondent in range(12):
        book.active.append([1 if place == 9 else 4 for place in range(1, 10)] if respondent % 2 else [4] * 9)
    book.save(tmp_path / "survei.xlsx")
    compute(page, pages, tmp_path / "survei.xlsx")
    before = page.inner_text(".figure-value")
    assert "periksa" in page.inner_text(".map-row.unsure >> nth=0")
    page.select_option("[data-column='8']", "ignore")
    page.click("[data-form=mapping] [type=submit]")
    page.wait_for_function("(old) => document.querySelector('.figure-value').textContent !== old", arg=before)
    assert page.inner_text(".figure-value") == "100,00"
    assert "menurut Anda" in page.inner_text("[data-form=mapping]")


def test_groups_are_compared_and_small_ones_are_not_shown(page, pages):
    compute(page, pages, FILES / "good" / "google-forms-kata.xlsx")
    unfold(page)
    choices = page.eval_on_selector_all("#by option", "options => options.map((each) => each.value)")
    page.select_option("#by", choices[1])
    page.click("[data-form=mapping] [type=submit]")
    page.wait_for_selector("text=Menurut kelompok")
    assert page.is_visible("text=Menurut kelompok")


def test_weights_and_population_are_taken_and_named(page, pages):
    page.goto(f"{pages.url}/skm")
    page.click("[data-form=survey] summary")
    page.select_option("#weights", "0.11")
    page.fill("#population", "1.250")
    file = FILES / "good" / "gaspul-triwulan-3.xlsx"
    page.set_input_files("#file", file)
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-result] h2", timeout=PATIENCE)
    assert page.inner_text(".figure-value") == "90,56"
    with use("id"):
        _survey, result = expected(file, weights="0.11", population=1250)
        assert result.sentence() in page.inner_text(".answer")


def test_the_report_is_made_and_every_file_opens(page, pages, tmp_path):
    compute(page, pages, FILES / "good" / "gaspul-triwulan-3.xlsx")
    page.fill("#office-name", "Kantor Contoh (data sintetis)")
    page.fill("#office-period", "Semester I 2026")
    page.click("[data-form=report] [type=submit]")
    page.wait_for_selector("[data-report-progress]:not([hidden])")
    assert re.search(r"[0-5] dari 5 berkas", page.inner_text("[data-report-status]"))
    page.wait_for_selector("[data-take], [data-report-error]:not([hidden])", timeout=2 * PATIENCE)
    assert page.inner_text("[data-report-error]") == ""
    names = {}
    for kind in ("docx", "pdf", "xlsx", "poster_pdf", "poster_png"):
        assert "kB" in page.inner_text(f"[data-take={kind}]")
        with page.expect_download() as download:
            page.click(f"[data-take={kind}]")
        download.value.save_as(tmp_path / kind)
        names[kind] = (download.value.suggested_filename, (tmp_path / kind).read_bytes()[:4])
    assert names["docx"] == ("laporan-skm.docx", b"PK\3\4")
    assert names["pdf"] == ("laporan-skm.pdf", b"%PDF")
    assert names["xlsx"] == ("rekap-skm.xlsx", b"PK\3\4")
    assert names["poster_png"] == ("poster-ikm.png", b"\x89PNG")
    words = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "docx")).paragraphs)
    assert "91,48" in words


def test_the_keyboard_alone_is_enough(page, pages):
    page.goto(f"{pages.url}/skm")
    tab_to(page, "#file")
    page.set_input_files("#file", FILES / "good" / "google-forms-kata.xlsx")
    tab_to(page, "[data-form=survey] summary")
    page.keyboard.press("Enter")
    tab_to(page, "#population")
    page.keyboard.type("1250")
    tab_to(page, "[data-form=survey] [type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-result] h2", timeout=PATIENCE)
    assert heading_in_focus(page) == "Hasil dari google-forms-kata.xlsx"
    before = page.inner_text(".figure-value")

    tab_to(page, "details:has([data-form=mapping]) > summary")
    page.keyboard.press("Enter")
    asked = "[data-form=mapping] select:has(option[value=U1]:checked)"
    tab_to(page, asked)
    page.keyboard.press("End")
    tab_to(page, "[data-form=mapping] [type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_function("(old) => document.querySelector('.figure-value').textContent !== old", arg=before)
    assert heading_in_focus(page) == "Hasil dari google-forms-kata.xlsx"

    tab_to(page, "#office-name")
    page.keyboard.type("Kantor Contoh (data sintetis)")
    tab_to(page, "[data-form=report] [type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-take]", timeout=2 * PATIENCE)
    assert heading_in_focus(page) == "Laporan sudah siap:"
    tab_to(page, "[data-take=xlsx]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "rekap-skm.xlsx"
    page.wait_for_function("() => document.activeElement.matches('[data-take=xlsx]:enabled')")


def test_what_happens_is_announced(page, serve_pages, problems):
    server = serve_pages()
    page.goto(f"{server.url}/skm")
    listen(page)
    page.click("[data-form=survey] [type=submit]")
    heard(page, "Pilih berkas dahulu.")
    page.set_input_files("#file", {"name": "x.xlsx", "mimeType": "application/x", "buffer": b"bukan survei"})
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-error]:not([hidden])", timeout=PATIENCE)
    heard(page, page.inner_text("[data-error]"))
    file = FILES / "good" / "google-forms-kata.xlsx"
    page.set_input_files("#file", file)
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-result] h2", timeout=PATIENCE)
    with use("id"):
        heard(page, expected(file)[1].sentence())
    page.click("[data-form=report] [type=submit]")
    page.wait_for_selector("[data-take]", timeout=2 * PATIENCE)
    heard(page, "Laporan sudah siap. Pilih berkas untuk diunduh.")
    server.stop(hard=True)
    page.wait_for_selector("[data-link]:not([hidden])")
    heard(page, page.inner_text("[data-link]"))
    page.goto("about:blank")
    problems.clear()


WRONG = (
    b"",
    b"bukan survei",
    b"PK\3\4 rusak",
    b"\x89PNG\r\n\x1a\n" + bytes(90),
    b"$FL2" + bytes(400),
    b"$FL3\xff" * 90,
)


@pytest.mark.parametrize("content", WRONG)
def test_a_wrong_file_gets_a_sentence_that_helps(page, pages, content):
    page.goto(f"{pages.url}/skm")
    page.set_input_files("#file", {"name": "survei.xlsx", "mimeType": "application/x", "buffer": content})
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-error]:not([hidden])", timeout=PATIENCE)
    said = page.inner_text("[data-error]")
    assert said.endswith(".")
    assert "Traceback" not in said
    assert page.evaluate("document.activeElement.matches('[data-error]')")


def test_an_empty_file_is_called_empty(page, pages):
    compute(page, pages, FILES / "bad" / "kosong.csv")
    assert "kosong.csv kosong" in page.inner_text("[data-error]")


@pytest.mark.parametrize("name", ["skala-0-3.csv", "tanpa-unsur.csv"])
def test_a_refusal_says_what_to_do_on_this_page(page, pages, name):
    compute(page, pages, FILES / "bad" / name)
    said = page.inner_text("[data-error]")
    assert "Skala jawaban" in said or "Di halaman ini: ubah judul kolom" in said
    assert "--scale" not in said
    assert "--map" not in said


def test_a_wrong_file_after_a_right_one_leaves_no_result_of_the_one_before(page, pages):
    compute(page, pages, FILES / "good" / "gaspul-triwulan-3.xlsx")
    index = page.inner_text(".figure-value")
    page.set_input_files("#file", FILES / "bad" / "tanpa-unsur.csv")
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-error]:not([hidden])", timeout=PATIENCE)
    assert page.is_hidden("[data-result]")
    assert page.locator(".figure-value").count() == 0
    page.set_input_files("#file", FILES / "good" / "gaspul-triwulan-3.xlsx")
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-result] h2", timeout=PATIENCE)
    assert page.inner_text(".figure-value") == index


def test_the_printed_result_is_whole_and_without_controls(page, pages, tmp_path):
    file = FILES / "good" / "gaspul-triwulan-3.xlsx"
    compute(page, pages, file)
    page.pdf(path=tmp_path / "hasil.pdf", format="A4")
    sheets = PdfReader(tmp_path / "hasil.pdf").pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    text = unicodedata.normalize("NFKC", text)  # the font joins «fi» into one letter
    _survey, result = expected(file)
    with use("id"):
        for row in result.rows():
            for cell in row.values():
                assert cell in text
    assert "Cara menghitung" in text
    assert "Permenpan RB 14/2017" in text
    for control in ("Hitung IKM", "Buat laporan", "Arti setiap kolom"):
        assert control not in text
    assert page.evaluate("""() => { const table = document.querySelector('.scroll table');
        return table.getBoundingClientRect().right <= table.parentElement.getBoundingClientRect().right + 1 }""")


def test_a_file_above_the_limit_is_refused_before_it_is_sent(page, pages):
    from mutu.responses.grid import data

    limit = data("limits")["file_bytes"]
    page.goto(f"{pages.url}/skm")
    assert f"{limit // 2**20} MB" in page.inner_text("#file-hint")
    page.evaluate(
        """(size) => { const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(size)], "besar.xlsx"));
        document.querySelector('#file').files = files.files; }""",
        limit + 1,
    )
    page.click("[data-form=survey] [type=submit]")
    page.wait_for_selector("[data-error]:not([hidden])")
    assert f"{limit // 2**20} MB" in page.inner_text("[data-error]")


def test_what_a_file_says_is_never_markup(page, pages, tmp_path):
    evil = "<img src=x onerror=\"document.title='ditembus'\">"
    book = Workbook()
    book.active.title = "<b>Lembar"
    book.active.append([*(f"U{place}" for place in range(1, 10)), evil])
    for _respondent in range(12):
        book.active.append([3] * 9 + [evil])
    book.active.append(["</script>" + evil, *[3] * 8])
    book.save(tmp_path / "x.xlsx")
    compute(page, pages, tmp_path / "x.xlsx")
    unfold(page)
    assert page.locator("[data-result] img").count() == 0
    assert page.title() != "ditembus"
    assert "<img src=x" in page.inner_text("[data-result]")


def test_no_view_has_an_accessibility_problem_or_leaves_the_phones_width(phone, pages, axe):
    phone.goto(f"{pages.url}/skm")
    axe(phone)
    compute(phone, pages, FILES / "good" / "salah-ketik.xlsx")
    unfold(phone)
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_table_wider_than_the_phone_says_that_it_can_be_swiped(phone, pages):
    phone.set_viewport_size({"width": 360, "height": 740})
    compute(phone, pages, FILES / "good" / "campuran-kantor.xlsx")
    unfold(phone)
    phone.wait_for_selector(".scroll.wider")
    hints = phone.eval_on_selector_all(
        ".scroll",
        """(places) => places.map((place) => [place.scrollWidth > place.clientWidth,
        getComputedStyle(place, '::before').content.includes('Geser tabel ke samping')])""",
    )
    assert [True, True] in hints
    assert all(wide == said for wide, said in hints)


def test_the_page_speaks_english_too(page, pages):
    file = FILES / "good" / "google-forms-kata.xlsx"
    compute(page, pages, file, "?lang=en")
    survey = responses.read(file)
    result = skm.score(survey.answers)
    with use("en"):
        assert result.sentence() in page.inner_text(".answer")
    assert "Weakest" not in page.inner_text("header")
    assert "The weakest elements" in page.inner_text("[data-result]")


def test_the_upload_goes_with_the_page(page, serve_pages):
    server = serve_pages()
    compute(page, server, FILES / "good" / "google-forms-kata.xlsx")
    (kernel,) = server.kernels()
    folder = Path(kernel.cwd())
    assert list(folder.rglob("upload"))
    page.goto("about:blank")
    assert server.without_kernels()
    end = time.monotonic() + 10
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not folder.exists()


def test_a_new_kernel_gets_the_file_again(page, serve_pages, problems):
    server = serve_pages()
    compute(page, server, FILES / "good" / "google-forms-kata.xlsx")
    index = page.inner_text(".figure-value")
    server.stop(hard=True)
    page.wait_for_selector("[data-link]:not([hidden])")
    server.start()
    page.wait_for_selector("[data-link]", state="hidden", timeout=60_000)
    unfold(page)
    page.click("[data-form=mapping] [type=submit]")
    page.wait_for_function("() => document.querySelector('[data-status]').textContent === ''", timeout=PATIENCE)
    assert page.inner_text(".figure-value") == index
    assert page.inner_text("[data-error]") == ""
    page.goto("about:blank")
    problems.clear()
