"""One set of colours: what is made takes every colour from the tokens, and no file beside them names one."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from matplotlib.colors import to_hex
from pypdf import PdfReader
from survey_kit import NAMES, as_csv, respondents

import mutu
from mutu import instruments, responses
from mutu.locale import use
from mutu.look import css, tokens
from mutu.measure import skm
from mutu.report import figures
from mutu.report import skm as reports
from mutu.report.office import Office
from mutu.serve.landing import views
from mutu.widgets import bundle

PACKAGE = Path(mutu.__file__).parent
HEX = re.compile(r"(?:#|%23)([0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})(?![\w-])")
NUMBERS = re.compile(r"\b(?:rgba?|hsla?|oklch|oklab|lab|lch|luma|cmyk)\([^)]*\d")
WORDS = re.compile(
    r"(?<![\w.-])(?:white|black|gr[ae]y|silver|red|green|blue|navy|teal|orange|yellow|purple|brown)(?![\w-])"
)
PRINTED = re.compile(rb"(?<![\d.])([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN|sc|SC)\b")
CACHES = (css, bundle.page_style, bundle.lab_style, views._css, views._templates)


def _named(text, words):
    found = [match.group() for pattern in (HEX, NUMBERS) for match in pattern.finditer(text)]
    return found + (WORDS.findall(text) if words else [])


def test_no_file_beside_the_tokens_names_a_colour():
    kinds = (".py", ".css", ".js", ".j2", ".html", ".typ", ".svg", ".tpl")
    files = [file for file in PACKAGE.rglob("*") if file.suffix in kinds and "_build" not in file.parts]
    assert len(files) > 100
    named = {}
    for file in files:
        found = _named(file.read_text(encoding="utf-8"), file.suffix in (".css", ".typ", ".svg"))
        if found:
            named[file.relative_to(PACKAGE).as_posix()] = found
    assert named == {}


@pytest.mark.parametrize(
    "text", ["#1F2933", "#fff", "stroke='%23fff'", "rgb(31 41 51/.06)", "fill: white", "luma(40%)"]
)
def test_the_search_finds_what_it_looks_for(text):
    assert _named(text, words=True)


@pytest.fixture
def palette(monkeypatch):
    """The same tokens with every colour another one, which nothing but the tokens can know."""
    told, used = tokens(), set()

    def other(code):
        changed = f"#{int(code[1:7], 16) ^ 0x0A1B2C:06X}"
        used.add(changed.lower())
        return changed + code[7:]

    for group in (told["colour"], told["shade"], *told["grade"].values()):
        for name, code in list(group.items()):
            monkeypatch.setitem(group, name, other(code))
    for made in CACHES:
        made.cache_clear()
    yield used
    for made in CACHES:
        made.cache_clear()


@pytest.fixture
def survey():
    return responses.read(as_csv([NAMES, *respondents(40)]), name="survei.csv")


@pytest.fixture
def assessment():
    instrument = instruments.load("pekppp")
    return instruments.score(instrument, {item.code: 3 for item in instrument.items})


def test_a_figure_takes_its_colours_from_the_tokens(palette, survey, assessment):
    result = skm.score(survey.answers)
    with use("id"):
        for svg in (figures.elements_svg(result), figures.aspects_svg(assessment)):
            assert {code.lower() for code in re.findall(r"#[0-9A-Fa-f]{6}", svg)} <= palette
        for figure in (figures.elements(result), figures.aspects(assessment), figures.profile([("X", [("a", 3)])], 3)):
            drawn = figures.to_svg(figure).decode()
            codes = {code.lower() for code in re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", drawn)}
            assert codes
            assert codes <= palette
            assert to_hex(figure.get_facecolor()) in palette


def test_pages_take_their_colours_from_the_tokens(palette):
    for style in (bundle.page_style(), bundle.lab_style(), views._css()):
        codes = {f"#{code[:6].lower()}" for code in HEX.findall(style)}
        assert len(codes) > 10
        assert codes <= palette
    with use("id"):
        page = views.locked("/")
    assert {f"#{code[:6].lower()}" for code in HEX.findall(page)} <= palette


def test_report_and_poster_take_their_colours_from_the_tokens(palette, survey, tmp_path):
    with use("id"):
        office = Office(name="Kantor Contoh", unit="Unit Contoh", report_url="https://contoh.example/skm")
        files = reports.write(skm.score(survey.answers), survey, tmp_path, office=office)
    with zipfile.ZipFile(files["docx"]) as word:
        for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
            if part in word.namelist():
                codes = set(re.findall(r'w:(?:fill|color|val)="([0-9A-F]{6})"', word.read(part).decode()))
                assert {f"#{code.lower()}" for code in codes} <= palette, part
        assert tokens()["colour"]["primary-dark"][1:] in word.read("word/styles.xml").decode()
    for kind in ("pdf", "poster_pdf"):
        codes = set()
        for page in PdfReader(files[kind]).pages:
            codes |= {_code(match) for match in PRINTED.findall(page.get_contents().get_data())}
        assert len(codes) > 3, kind
        assert codes <= palette, kind


def _code(parts):
    return "#" + "".join(f"{round(float(part) * 255):02x}" for part in parts)
