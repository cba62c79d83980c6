"""The questionnaire: its form for KoBo and ODK, its sheet on paper, its workbook, and that all of it can be read."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import docx
import lxml.etree as etree
import openpyxl
import pypdf
import pytest
from pyxform.xls2xform import convert
from survey_kit import as_csv, as_xlsx, mutu

from mutu.errors import WorkspaceError
from mutu.instruments.questionnaire import questionnaire
from mutu.locale import use
from mutu.regulations import skm
from mutu.report import questionnaire as writing
from mutu.report.office import Office
from mutu.report.xlsform import LANGUAGES
from mutu.responses import read

ASKED = questionnaire()
CODES = [question.kode for question in ASKED.questions]
OFFICE = Office(
    name="Dinas Kependudukan dan Pencatatan Sipil Kabupaten Contoh",
    unit="Mal Pelayanan Publik",
    services=("Pembuatan KTP-el", "Akta kelahiran", "Surat pindah antarkabupaten", "=1+1 & <b>${saran}</b>"),
)
XHTML = {"f": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}
NEEDS_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice lays the Word file out here")
CHANCE = random.Random(7)
PEOPLE = [[CHANCE.choice((1, 2, 3, 4)) for _code in CODES] for _person in range(30)]
COUNTED = {code: sum(row[place] for row in PEOPLE) / len(PEOPLE) for place, code in enumerate(CODES)}


@pytest.fixture(scope="module", params=["id", "en"])
def made(request, tmp_path_factory):
    with use(request.param):
        return request.param, writing.write(tmp_path_factory.mktemp("kuesioner"), office=OFFICE)


@pytest.fixture(scope="module")
def form(made):
    """The form as pyxform makes it of the workbook, and what it warns of."""
    result = convert(str(made[1]["xlsform"]), validate=False)
    return etree.fromstring(result.xform.encode()), result.warnings


def texts(form, language):
    """Id of a text -> what it says in a language."""
    found = form.findall(f".//f:translation[@lang='{LANGUAGES[language]}']/f:text", XHTML)
    return {text.get("id"): "".join(text.find("f:value", XHTML).itertext()) for text in found}


def questions(form):
    """Path of every question that is answered or read -> the ids of its options."""
    binds = [bind.get("nodeset") for bind in form.findall(".//f:bind", XHTML)]
    lists = {
        control.get("ref"): re.search(r"instance\('(\w+)'\)", control.find("f:itemset", XHTML).get("nodeset"))[1]
        for control in form.findall(".//f:select1", XHTML)
    }
    items = {
        instance.get("id"): [
            (item.findtext("f:name", namespaces=XHTML), item.findtext("f:itextId", namespaces=XHTML))
            for item in instance.findall("f:root/f:item", XHTML)
        ]
        for instance in form.findall(".//f:instance[@id]", XHTML)
    }
    return {path: items.get(lists.get(path, ""), []) for path in binds}


def exported(form, heads, shows):
    """A table as the servers export it: one column a question, one row a submission, their own columns around."""
    asked = questions(form)
    paths = [path for path in asked if not path.endswith(("/isi", "/survei", "instanceID"))]
    table = [[heads(path) for path in paths] + ["_id", "_uuid", "_submission_time", "_status", "_index"]]
    for number, answers in enumerate([*PEOPLE, None], 1):
        stamp = f"2026-11-{number % 28 + 1:02d}T09:{number:02d}:30"
        given = chosen(asked, number, answers)
        row = [shows(path, asked[path][given[path]]) if path in given else "" for path in paths]
        row[:2] = [f"{stamp}.000+07:00"] * 2
        table.append([*row, 1000 + number, f"{number:08d}-0000-4000-8000-000000000000", stamp, "", number])
    return table


def chosen(asked, number, answers):
    """Path -> place of the option that one person chooses; who does not consent chooses nothing else."""
    listed = [path for path in asked if asked[path]]
    if answers is None:
        return {listed[0]: 1}
    profile = {path: (number + place) % len(asked[path]) for place, path in enumerate(listed)}
    elements = {path: answers[int(path.rpartition("/u")[2][0]) - 1] - 1 for path in listed if re.search(r"/u\d_", path)}
    return profile | elements | {listed[0]: 0}


def checked(path, table, tmp_path):
    """The command's result for a table, after what must hold for every one of them."""
    file = tmp_path / path
    file.write_bytes(as_csv(table) if path.endswith("csv") else as_xlsx(table))
    code, out, err = mutu("skm", "score", str(file), "--json")
    assert code == 0, err
    said = json.loads(out)
    assert said["n"] == len(PEOPLE)
    assert {unsur["kode"]: unsur["nrr"] for unsur in said["unsur"]} == {
        code: pytest.approx(mean, abs=1e-6) for code, mean in COUNTED.items()
    }
    elements = [entry for entry in said["mapping"] if entry["unsur"] in CODES]
    assert [entry["unsur"] for entry in elements] == CODES
    assert all(entry["sure"] and entry["how"] == "words" for entry in elements)
    assert {entry["unsur"] for entry in said["mapping"]} >= {
        "jenis_kelamin",
        "usia",
        "pendidikan",
        "pekerjaan",
        "layanan",
    }
    return said


# --- what is asked --------------------------------------------------------------------------------------------------


def test_the_wording_is_our_own_and_the_options_are_the_regulations():
    model = ("bagaimana pendapat saudara", "bagaimana pemahaman saudara", "pengguna layanan", "kesesuaian persyaratan")
    asked = [question.text.id.casefold() for question in ASKED.questions]
    assert not [text for text in model for question in asked if text in question]
    assert all(ASKED.options(question) == skm().element(question.kode).options for question in ASKED.questions)


# --- the form of KoBo and ODK ---------------------------------------------------------------------------------------


def test_pyxform_converts_the_form_without_error_or_warning(form):
    _tree, warnings = form
    assert warnings == []


def test_the_form_is_one_page_in_two_languages_that_needs_no_network(form):
    tree, _warnings = form
    groups = {group.get("ref"): group.get("appearance") for group in tree.findall(".//f:group", XHTML)}
    assert groups == {"/data/survei": "field-list", "/data/survei/isi": None}
    outside = [path for path in questions(tree) if not path.startswith(("/data/survei", "/data/meta"))]
    assert outside == ["/data/start", "/data/end"]
    assert {each.get("lang") for each in tree.findall(".//f:translation", XHTML)} == set(LANGUAGES.values())
    assert texts(tree, "id").keys() == texts(tree, "en").keys()
    assert not re.search(rb"src=|jr://|pulldata|deviceid|phonenumber|geopoint", etree.tostring(tree))


def test_the_form_speaks_the_language_in_use_first(made, form):
    default = form[0].find(".//f:translation[@default='true()']", XHTML)
    assert default.get("lang") == LANGUAGES[made[0]]


def test_nothing_is_asked_of_people_who_do_not_consent(form):
    binds = {bind.get("nodeset"): bind for bind in form[0].findall(".//f:bind", XHTML)}
    assert binds["/data/survei/isi"].get("relevant").replace(" ", "") == "/data/survei/persetujuan='ya'"
    free = ("start", "end", "instanceID", "pengantar", "kerahasiaan", "persetujuan", "tidak_bersedia", "isi")
    assert all(path.startswith("/data/survei/isi/") for path in binds if path.rpartition("/")[2] not in free)


def test_every_element_has_its_four_options_and_must_be_answered_and_the_profile_need_not(form):
    tree, _warnings = form
    asked, said = questions(tree), texts(tree, "id")
    binds = {bind.get("nodeset"): bind for bind in tree.findall(".//f:bind", XHTML)}
    for question in ASKED.questions:
        path = f"/data/survei/isi/{question.name}"
        assert [(name, said[key]) for name, key in asked[path]] == [
            (str(value), text.id) for value, text in enumerate(ASKED.options(question), 1)
        ]
        assert binds[path].get("required") == "true()"
        assert question.text.id in said[f"{path}:label"]
    assert all(binds[f"/data/survei/isi/{part.code}"].get("required") is None for part in ASKED.profile)


def test_services_of_the_office_are_options_and_no_text_of_theirs_is_markup_or_a_reference(form):
    tree, _warnings = form
    said = texts(tree, "id")
    options = [said[key] for _name, key in questions(tree)["/data/survei/isi/jenis_layanan"]]
    assert options == [*OFFICE.services[:3], "=1+1 & <b>$ {saran}</b>", "Lainnya"]


def test_without_services_people_write_which_one_they_mean(tmp_path):
    result = convert(str(writing.write(tmp_path)["xlsform"]), validate=False)
    assert result.warnings == []
    tree = etree.fromstring(result.xform.encode())
    assert questions(tree)["/data/survei/isi/jenis_layanan"] == []


HEADS = {
    "kobo, names": lambda path: path.rpartition("/")[2],
    "kobo, groups": lambda path: path.removeprefix("/data/"),
    "odk central": lambda path: path.removeprefix("/data/").replace("/", "-"),
}


@pytest.mark.parametrize("style", HEADS)
def test_an_export_by_names_is_read_with_every_element_for_certain(style, form, tmp_path):
    table = exported(form[0], HEADS[style], lambda _path, option: option[0])
    said = checked("ekspor.csv", table, tmp_path)
    assert [cell["row"] for cell in said["rejected"]] == [len(PEOPLE) + 2]
    with use("en"):
        survey = read(tmp_path / "ekspor.csv")
    assert set(survey.profile["usia"]) == {"≤ 17", "18–25", "26–35", "36–45", "46–55", "56–65", "≥ 66"}
    assert set(survey.profile["pekerjaan"]) > {"PNS/ASN", "TNI", "Ibu rumah tangga"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_export_by_labels_is_read_with_every_element_for_certain(language, form, tmp_path):
    said = texts(form[0], language)
    table = exported(
        form[0],
        lambda path: said.get(f"{path}:label", path.rpartition("/")[2]),
        lambda _path, option: said[option[1]],
    )
    assert checked("ekspor.xlsx", table, tmp_path)["kind"] == "kobo"


# --- on paper -------------------------------------------------------------------------------------------------------


def _office(path: Path, tmp_path: Path) -> pypdf.PdfReader:
    """A Word file as a word processor prints it."""
    own = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = ("soffice", own, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path)
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return pypdf.PdfReader(tmp_path / f"{path.stem}.pdf")


def _said(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def _asks_everything(said: str, language: str) -> None:
    for question in ASKED.questions:
        assert question.text.in_language(language) in said
        for option in ASKED.options(question):
            assert option.in_language(language) in said
    for text in (ASKED.consent.paper, ASKED.remark, ASKED.privacy, *(part.question for part in ASKED.profile)):
        assert text.in_language(language) in said


def test_the_pdf_is_one_sheet_of_a4_with_every_question_and_a_tagged_structure(made):
    language, files = made
    reader = pypdf.PdfReader(files["pdf"])
    assert len(reader.pages) == 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    _asks_everything(_said(reader), language)
    assert OFFICE.full_name in _said(reader)


@NEEDS_OFFICE
def test_the_word_file_prints_as_one_sheet_of_a4_with_every_question(made, tmp_path):
    language, files = made
    reader = _office(files["docx"], tmp_path)
    assert len(reader.pages) == 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    _asks_everything(_said(reader), language)
    headings = [each.text for each in docx.Document(str(files["docx"])).paragraphs if each.style.name == "Heading 2"]
    assert headings == [ASKED.about_you.in_language(language), ASKED.your_rating.in_language(language)]


@NEEDS_OFFICE
def test_long_names_and_many_services_stay_on_one_sheet(tmp_path):
    office = Office(
        name="Badan Pengelola Pelayanan Terpadu " * 4, unit="Unit Pelaksana Teknis Daerah Pelayanan " * 3,
        services=tuple(f"Surat keterangan nomor {number}" for number in range(5)),
    )  # fmt: skip
    files = writing.write(tmp_path, office=office)
    assert len(pypdf.PdfReader(files["pdf"]).pages) == 2
    assert len(_office(files["docx"], tmp_path).pages) == 2
    many = Office(services=tuple(f"Layanan {number}" for number in range(60)))
    files = writing.write(tmp_path, office=many)
    said = _said(pypdf.PdfReader(files["pdf"]))
    assert len(pypdf.PdfReader(files["pdf"]).pages) == 2
    assert "Layanan 59" not in said


def test_boxes_on_paper_are_large_enough_to_cross(made):
    tables = docx.Document(str(made[1]["docx"])).tables
    boxes = [row.height.mm for table in tables for row in table.rows for cell in row.cells[:1] if cell.text == "1"]
    assert len(boxes) == len(CODES)
    assert min(boxes) > 8.9


# --- to type in -----------------------------------------------------------------------------------------------------


def _typed(path: Path, people: list[list[int]]) -> bytes:
    """The workbook with answers typed in, as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[1]
    head = [cell.value for cell in sheet[1]]
    first = next(place for place, name in enumerate(head) if name.startswith("U1 "))
    for number, answers in enumerate(people, 1):
        sheet.cell(number + 1, 1, number)
        sheet.cell(number + 1, 3, ("Perempuan", "Laki-laki")[number % 2])
        for place, answer in enumerate(answers):
            sheet.cell(number + 1, first + place + 1, answer)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("count", [1, 30])
def test_what_is_typed_into_the_workbook_is_read_for_certain(count, made, tmp_path):
    file = tmp_path / "isian.xlsx"
    file.write_bytes(_typed(made[1]["template"], PEOPLE[:count]))
    survey = read(file)
    assert survey.answers.astype(int).to_numpy().tolist() == PEOPLE[:count]
    assert list(survey.answers) == CODES
    assert all(mapped.sure for mapped in survey.mapping)
    assert survey.rejected == ()


@pytest.mark.parametrize("verb", ["score", "audit"])
def test_an_empty_workbook_is_no_survey_and_gets_a_sentence(made, verb):
    code, out, err = mutu("skm", verb, str(made[1]["template"]), "--lang", "en")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "isian-skm.xlsx" in err
    assert "holds no answers yet" in err
    assert "below the header in row 1" in err


def test_excel_takes_only_one_to_four_and_the_options_of_the_list(made):
    sheet = openpyxl.load_workbook(made[1]["template"]).worksheets[1]
    rules = {str(rule.sqref).partition(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    columns = {cell.value: f"{cell.column_letter}2" for cell in sheet[1]}
    for name, place in columns.items():
        if re.match(r"U\d ", name):
            assert (rules[place].type, rules[place].formula1, rules[place].formula2) == ("whole", "1", "4")
            assert rules[place].prompt.count("\n") == 3
    lists = [rule for rule in rules.values() if rule.type == "list"]
    assert len(lists) == len(ASKED.profile)
    hidden = openpyxl.load_workbook(made[1]["template"]).worksheets[2]
    assert hidden.sheet_state == "hidden"
    assert [cell.value for cell in hidden["F"]][:4] == list(OFFICE.services)


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_writes_four_files_and_says_what_each_is_for(tmp_path):
    code, out, err = mutu("skm", "form", "--out", str(tmp_path / "baru"), "--lang", "en")
    assert (code, err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "baru").iterdir())
    assert names == ["isian-skm.xlsx", "kuesioner-skm.docx", "kuesioner-skm.pdf", "skm-xlsform.xlsx"]
    assert all(str(tmp_path / "baru" / name) in out for name in names)
    assert "KoBoToolbox" in out
    code, out, _err = mutu("skm", "form", "--out", str(tmp_path / "baru"), "--json")
    assert {Path(path).name for path in json.loads(out)["files"].values()} == set(names)


def test_a_folder_that_cannot_be_made_gets_a_sentence_and_nothing_is_left(tmp_path):
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="berkas"):
        writing.write(tmp_path / "berkas" / "kuesioner")
    (tmp_path / "ada" / "kuesioner-skm.pdf").mkdir(parents=True)
    with pytest.raises(WorkspaceError, match="nothing was changed"):
        writing.write(tmp_path / "ada")
    assert [path.name for path in (tmp_path / "ada").iterdir()] == ["kuesioner-skm.pdf"]
    code, _out, err = mutu("skm", "form", "--out", str(tmp_path / "berkas" / "x"), "--lang", "en")
    assert code == 1
    assert err.count("\n") == 1


def test_the_office_of_a_profile_stands_on_the_sheet(tmp_path):
    profile = tmp_path / "office.toml"
    profile.write_text('unit = "Puskesmas Contoh"\nservices = ["Gigi", "KIA"]\n', encoding="utf-8")
    assert mutu("skm", "form", "--out", str(tmp_path), "--profile", str(profile))[0] == 0
    said = _said(pypdf.PdfReader(tmp_path / "kuesioner-skm.pdf"))
    assert "Puskesmas Contoh" in said
    assert "KIA" in said
