"""The page: what it says in both languages, that a telephone reads its code, and that long names and lists fit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from mutu.course.nbgrader.results import Person
from mutu.course.outcome.certificate import page
from mutu.course.outcome.certificate.decide import Earned
from mutu.course.outcome.certificate.facts import Facts
from mutu.course.outcome.certificate.keys import signing_key
from mutu.course.outcome.certificate.seal import code, seal
from mutu.course.outcome.certificate.taught import Taught
from mutu.locale import use

LONG = (
    "Dr. Ir. Raden Mas Bambang Kusumowardhani Adiningrat Soerjodiningrat Wiryokusumo Danuningrat, S.Kom., M.T.I., Ph.D."
)
TITLE = "Keterbukaan informasi publik dan pengelolaan pengaduan masyarakat: dari permohonan sampai sengketa"
NAMES = ("mulai", "konsep", "skm", "yakin", "harapan", "kapasitas", "partisipasi", "informasi", "inisiatif",
         "studi-kasus", "tantangan", "proyek")  # fmt: skip


def _made(training, tmp_path, name=LONG, modules=1, language="id", title=TITLE):
    """The sealed PDF, the text of its code, its facts."""
    taught = [Taught(slug, title, 2, Decimal(70), (slug,)) for slug in NAMES[:modules]]
    marks = tuple((module, Decimal(f"87.{place:02}")) for place, module in enumerate(taught))
    facts = Facts(
        no="012/SKM/XI/2026", name=name, id="198501012010011001", of=training.training, by=training.organiser,
        jp=2 * modules, marks={module.name: float(mark) for module, mark in marks},
        start=training.start, end=training.end, on=training.date,
    )  # fmt: skip
    key = signing_key(tmp_path / "kunci")
    text = code(facts, key)
    with use(language):
        pdf = page.pdf(Earned(Person("p", "a", "b"), marks), facts, training, text, key.public)
    return seal(pdf, text, key), text, facts


def _drawn(pdf: bytes, dots: int):
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dots / 72).to_pil().convert("L")


@pytest.mark.parametrize("modules", [1, 12])
@pytest.mark.parametrize("dots", [100, 150, 300])
def test_the_code_is_read_from_the_page_as_it_is_printed(training, tmp_path, modules, dots):
    pdf, text, _facts = _made(training, tmp_path, modules=modules)
    found = zxingcpp.read_barcodes(_drawn(pdf, dots))
    assert [one.text for one in found] == [text]
    (place,) = [one.position for one in found]
    width = (place.top_right.x - place.top_left.x) / dots * 25.4
    assert width >= 30, "millimetres on paper"


def test_a_code_stays_coarse_enough_for_a_cheap_telephone(training, tmp_path):
    import segno

    _pdf, text, _facts = _made(training, tmp_path, modules=12)
    made = segno.make(text, error="m", micro=False)
    assert made.version <= 20
    assert 42 / (made.symbol_size()[0]) >= 0.38, "millimetres a module, quiet zone included"


def test_a_code_is_read_from_a_copy_that_is_soiled(training, tmp_path):
    from PIL import ImageDraw, ImageFilter

    pdf, text, _facts = _made(training, tmp_path)
    image = _drawn(pdf, 300)
    (place,) = [one.position for one in zxingcpp.read_barcodes(image)]
    across = place.bottom_right.x - place.top_left.x
    at = (place.top_left.x + across // 2, place.top_left.y + across // 2)
    ImageDraw.Draw(image).ellipse((*at, at[0] + across // 8, at[1] + across // 8), fill=255)
    assert [one.text for one in zxingcpp.read_barcodes(image.filter(ImageFilter.GaussianBlur(2)))] == [text]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["SERTIFIKAT", "Nomor: 012/SKM/XI/2026", "diberikan kepada", "NIP 198501012010011001", "87,00",
                "2 jam pelajaran (JP", "1 November 2026 sampai dengan 20 November 2026", "Rekaan, 25 November 2026",
                "mutu course certificate --verify BERKAS."]),
        ("en", ["CERTIFICATE", "Number: 012/SKM/XI/2026", "is given to", "87.00", "2 hours of training (JP",
                "1 November 2026 to 20 November 2026", "mutu course certificate --verify FILE."]),
    ],
)  # fmt: skip
def test_the_page_says_everything_in_the_language(training, tmp_path, language, said):
    pdf, _text, facts = _made(training, tmp_path, name="Siti Aminah", language=language, title="Dari kuesioner ke IKM")
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == 1
    (width, height) = reader.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (842, 595), "A4, landscape"
    shown = " ".join(reader.pages[0].extract_text().split())
    common = [facts.name, training.training, training.organiser, training.head, training.position,
              "NIP 197001011995032001", "Dari kuesioner ke IKM"]  # fmt: skip
    title, *rest = said
    assert title in shown.replace(" ", "")  # its letters stand apart
    assert [part for part in (*rest, *common) if part not in shown] == []
    assert reader.trailer["/Root"]["/Lang"] == language
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize(("modules", "pages"), [(1, 1), (2, 2), (12, 2)])
def test_a_list_that_does_not_fit_stands_overleaf_with_number_and_name(training, tmp_path, modules, pages):
    pdf, _text, facts = _made(training, tmp_path, modules=modules)
    reader = PdfReader(BytesIO(pdf))
    assert len(reader.pages) == pages
    shown = " ".join(reader.pages[-1].extract_text().split())
    assert shown.count("Keterbukaan informasi publik") == modules
    assert facts.no in shown
    assert f"Jumlah dan rata-rata {2 * modules}" in shown


def test_three_titles_of_two_or_three_lines_stay_on_the_front_and_no_line_holds_one_word(training, tmp_path):
    organiser = "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Penajam Paser Utara Provinsi Kalimantan Timur"
    title = "Ekuitas dan kelompok rentan dalam survei kepuasan"
    pdf, _text, _facts = _made(replace(training, organiser=organiser), tmp_path, modules=3, title=title)
    (shown,) = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    lines = [line.strip() for line in shown.splitlines()]
    assert "Penajam Paser Utara Provinsi Kalimantan Timur" in lines
    assert shown.count("Ekuitas dan kelompok rentan") == 3


@pytest.mark.parametrize("name", [LONG, "A", "Ąžūölas Ñandú", "W" * 300, "kata " * 59 + "akhir"])
def test_any_name_stays_inside_the_frame(training, tmp_path, name):
    wide = replace(training, training="Pelatihan " * 19 + "akhir", organiser="Dinas " * 30, unit="Bidang " * 25,
                   position="Kepala " * 25, head="Nama " * 35, kind="Jenis " * 30)  # fmt: skip
    pdf, _text, _facts = _made(replace(wide, organiser=wide.organiser.strip()), tmp_path, name=name)
    assert len(pypdfium2.PdfDocument(pdf)) <= 2
    image = _drawn(pdf, 50)
    outside = image.copy()
    edge = round(6.5 / 25.4 * 50)
    outside.paste(255, (edge, edge, image.width - edge, image.height - edge))
    assert outside.getextrema() == (255, 255), "ink beyond the frame"


def test_the_logo_of_the_organiser_is_on_the_page(training, tmp_path):
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, "PNG")
    pdf, _text, _facts = _made(replace(training, logo=out.getvalue()), tmp_path)
    drawn = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    assert (255, 0, 0) in {colour for _count, colour in drawn.getcolors(1 << 20)}
