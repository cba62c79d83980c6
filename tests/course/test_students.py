"""Lists of participants, good and bad."""

from __future__ import annotations

import struct
import subprocess
import zipfile

import openpyxl
import pytest

from mutu.course import names, students
from mutu.course.nbgrader import Folders, Trainee, add_trainees
from mutu.course.nbgrader.enrolled import enrolled
from mutu.course.nbgrader.results import results
from mutu.errors import ReadError
from mutu.locale import use

GOOD = "id;nama;e-mail\n198501012010011001;Siti  Aminah;siti@contoh.id\nk-02;Budi;\n"


@pytest.fixture(autouse=True)
def _english():
    with use("en"):
        yield


def _csv(tmp_path, text, encoding="utf-8"):
    file = tmp_path / "peserta.csv"
    file.write_bytes(text.encode(encoding))
    return file


def test_a_semicolon_file_with_long_ids_is_read(tmp_path):
    assert students.read(_csv(tmp_path, GOOD, "utf-8-sig")) == (
        Trainee("198501012010011001", "Siti Aminah", "siti@contoh.id"),
        Trainee("k-02", "Budi", ""),
    )


def test_an_excel_file_with_a_title_above_the_header_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Daftar peserta"], [], ["No", "NIP", "Nama Lengkap"], [1, 42, "Ani Yudhi"], [], [2, "a.b", "Oki"]):
        book.active.append(row)
    book.save(tmp_path / "peserta.xlsx")
    assert students.read(tmp_path / "peserta.xlsx") == (Trainee("42", "Ani Yudhi"), Trainee("a.b", "Oki"))


def test_an_id_that_excel_has_rounded_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "nama"])
    book.active.append([198501012010011001, "Siti"])
    book.save(tmp_path / "peserta.xlsx")
    with pytest.raises(ReadError, match=r"Row 2: .*15 digits"):
        students.read(tmp_path / "peserta.xlsx")


def test_every_bad_row_is_named_by_its_number(tmp_path):
    rows = "id,nama,email\na1,Ani,ani@contoh.id\n../x,Budi,\na1,Cici,\n,Dedi,\nb2,,\nc3,Evi,evi\n"
    with pytest.raises(ReadError) as caught:
        students.read(_csv(tmp_path, rows))
    assert [line.split(":")[0] for line in str(caught.value).splitlines()[1:]] == [f"Row {n}" for n in range(3, 8)]
    assert "already in row 2" in str(caught.value)


def test_a_list_saved_as_unicode_text_by_excel_is_read(tmp_path):
    names = "ID\tNama\r\nk-02\tSiti Aminah\r\n"
    assert students.read(_csv(tmp_path, names, "utf-16")) == (Trainee("k-02", "Siti Aminah"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nomor hp;alamat\n1;2\n", "no header"),
        (b"id;nama\n", "no participants"),
        (b"PK\x03\x04 broken", "not a readable Excel file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "not a readable Excel file"),
        (b"", "no header"),
        (b"\x00\x01\x02", "no header"),
        (b"id,nama\n" + b"a,b\n" * 600_000, "larger than"),
    ],
)
def test_a_wrong_file_gets_a_sentence(tmp_path, content, said):
    file = tmp_path / "salah"
    file.write_bytes(content)
    with pytest.raises(ReadError, match=said):
        students.read(file)


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    with pytest.raises(ReadError, match="cannot be opened"):
        students.read(tmp_path / "tidak-ada.csv")


def test_an_archive_that_unpacks_too_far_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bom.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (students.MAX_UNPACKED + 1))
    with pytest.raises(ReadError, match="unpacks to more"):
        students.read(tmp_path / "bom.xlsx")


def test_an_archive_that_lies_about_its_size_is_counted(tmp_path):
    with zipfile.ZipFile(tmp_path / "asli.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 2**22)
    whole = (tmp_path / "asli.xlsx").read_bytes()
    (tmp_path / "bohong.xlsx").write_bytes(whole.replace(struct.pack("<I", 2**22), struct.pack("<I", 10)))
    with pytest.raises(ReadError, match="not a readable Excel file"):
        students.read(tmp_path / "bohong.xlsx")


def test_a_cell_in_the_last_corner_of_the_sheet_costs_no_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["id", "nama"])
    book.active.append(["a1", "Ani"])
    book.active.cell(1_048_576, 16_384, " ")
    book.save(tmp_path / "peserta.xlsx")
    with pytest.raises(ReadError, match="far outside the list"):
        students.read(tmp_path / "peserta.xlsx")


def test_names_come_into_the_gradebook_and_are_updated(tmp_path):
    from nbgrader.api import Gradebook

    folders = Folders(tmp_path / "kursus", tmp_path / "exchange")
    assert add_trainees(folders, [Trainee("a", "Siti Aminah", "s@x.id"), Trainee("b", "Budi")]) == (2, 0, 0)
    assert add_trainees(folders, [Trainee("b", "Budi Santoso"), Trainee("c", "Cici")]) == (1, 1, 0)
    with Gradebook(folders.gradebook) as book:
        found = {s.id: (s.first_name, s.last_name, s.email) for s in book.students}
    assert found == {"a": ("Siti", "Aminah", "s@x.id"), "b": ("Budi", "Santoso", None), "c": ("Cici", "–", None)}


def test_names_with_many_degrees_do_not_make_a_comma_the_mark_between_cells(tmp_path):
    rows = "NIP;Nama\nk-01;Ir. Budi, S.Sos., M.Si., Ph.D.\nk-02;Siti, S.Pd., M.Pd., M.M.\n"
    assert [each.name for each in students.read(_csv(tmp_path, rows))] == [
        "Ir. Budi, S.Sos., M.Si., Ph.D.", "Siti, S.Pd., M.Pd., M.M.",
    ]  # fmt: skip


def test_headers_and_ids_as_people_write_them_are_taken(tmp_path):
    rows = "No.;N I P;NAMA PESERTA *;E-Mail\n1;'198501012010011001 ;  Siti\u00a0Aminah ;\n"
    rows += "2;19850101 201001 1 002;Budi; b@x.id \n"
    assert students.read(_csv(tmp_path, rows)) == (
        Trainee("198501012010011001", "Siti Aminah"),
        Trainee("198501012010011002", "Budi", "b@x.id"),
    )


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_lists_of_other_spreadsheets_are_read_with_the_title_above(tmp_path, kind):
    book = openpyxl.Workbook()
    for row in (["DAFTAR HADIR"], [], ["No", "NIP", "Nama", "Surel"], [1, "198501012010011001", "Siti", "s@x.id"]):
        book.active.append(row)
    book.save(tmp_path / "kelas.xlsx")
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "kelas.xlsx"], check=True, capture_output=True)
    assert students.read(tmp_path / f"kelas.{kind}") == (Trainee("198501012010011001", "Siti", "s@x.id"),)


def test_the_sheet_with_the_list_is_found(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Petunjuk pengisian"])
    for row in (["id", "nama"], ["a1", "Ani"]):
        (book["Data"] if "Data" in book.sheetnames else book.create_sheet("Data")).append(row)
    book.save(tmp_path / "peserta.xlsx")
    assert students.read(tmp_path / "peserta.xlsx") == (Trainee("a1", "Ani"),)


def test_a_list_of_names_alone_is_told_to_need_an_id(tmp_path):
    with pytest.raises(ReadError, match="no column with an id"):
        students.read(_csv(tmp_path, "No;Nama\n1;Siti\n"))


@pytest.mark.parametrize("rounded", ["1,98501E+17", "1.98E+17"])
def test_of_many_rounded_ids_the_first_rows_and_their_number_are_named(tmp_path, rounded):
    rows = "NIP;Nama\n" + "".join(f"{rounded};Orang {n}\n" for n in range(30))
    with pytest.raises(ReadError) as caught:
        students.read(_csv(tmp_path, rows))
    (line,) = str(caught.value).splitlines()[1:]
    assert line.startswith("Rows 2, 3, 4, 5, 6, and 25 more: the id is a number of more than 15 digits")


def test_one_row_twice_is_one_and_another_address_is_a_question(tmp_path):
    same = "id;nama;surel\np1;Siti;s@x.id\np1;Siti;s@x.id\n"
    assert len(students.read(_csv(tmp_path, same))) == 1
    with pytest.raises(ReadError, match=r"Row 3: .*row 2, with another e-mail"):
        students.read(_csv(tmp_path, "id;nama;surel\np1;Siti;s@x.id\np1;Siti;t@x.id\n"))


WRITTEN = {
    "a": "Ir. Budi Santoso, S.Sos., M.Si.",
    "b": "Dra. Hj. Siti Aminah, M.Pd.",
    "c": "Sukarno, S.E.",
    "d": "محمد علي",
    "e": "Nguyễn Văn Â, MBA",
    "f": "Lie Ma",
    "g": "Aminah, Siti",
}


@pytest.fixture
def class_(tmp_path):
    """A gradebook with names as offices write them."""
    folders = Folders(tmp_path / "kursus", tmp_path / "exchange")
    add_trainees(folders, [Trainee(id_, name) for id_, name in WRITTEN.items()])
    return folders


def test_degrees_are_no_family_names_in_the_gradebook(class_):
    from nbgrader.api import Gradebook

    with Gradebook(class_.gradebook) as book:
        found = {s.id: (s.first_name, s.last_name) for s in book.students}
    assert found == {
        "a": ("Budi", "Santoso"), "b": ("Siti", "Aminah"), "c": ("Sukarno", "–"), "d": ("محمد", "علي"),
        "e": ("Nguyễn Văn", "Â"), "f": ("Lie", "Ma"), "g": ("Siti", "Aminah"),
    }  # fmt: skip


def test_marks_certificates_and_collecting_have_the_names_as_they_are_written(class_):
    assert {id_: person.name for id_, person in results(class_).people.items()} == WRITTEN
    assert {person.id: person.name for person in enrolled(class_)} == WRITTEN


def test_a_name_changed_in_formgrader_is_the_new_one(class_):
    from nbgrader.api import Gradebook

    with Gradebook(class_.gradebook) as book:
        book.update_or_create_student("a", last_name="Sentosa")
    assert results(class_).people["a"].name == "Budi Sentosa"
    add_trainees(class_, [Trainee("b", "Siti Aminah")])
    assert results(class_).people["b"].name == "Siti Aminah"


@pytest.mark.parametrize("content", ["", "[]", '{"a": 3}'])
def test_without_the_written_names_those_of_the_gradebook_are_left(class_, content):
    (class_.course / "peserta.json").write_text(content, encoding="utf-8")
    assert results(class_).people["a"].name == "Budi Santoso"


def test_who_cannot_be_told_apart_is_named():
    said = students.doubtful(
        [Trainee("a", "Siti, S.E.", "s@x.id"), Trainee("b", "siti", "S@x.id"), Trainee("c", "Oki"), Trainee("d", "Ani")]
    )
    assert not any(".." in line for line in said)
    assert [line.split(".")[0] for line in said] == [
        "a, b have the same name, Siti, S",
        "a, b have the same e-mail, s@x",
    ]


def test_an_id_does_not_become_another_person_unasked(tmp_path, class_):
    other = tmp_path / "lain.csv"
    other.write_text('NIP/ID,nama\na,Agus Salim\nb,"Dra. Hj. Siti Aminnah, M.Si."\nz,Baru Sekali\n', encoding="utf-8")
    said = students.renamed(students.read(other), enrolled(class_))
    assert said == [f"a: so far {WRITTEN['a']}, now Agus Salim"]


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("Budi Santoso", "Ir. Budi Santosa, M.M.", True),
        ("Muh. Rizki", "Muhammad Rizki Hidayat", True),
        ("Sukarno", "Sukarno Putra", True),
        ("M. Rizal", "Mahmud Rizal", True),
        ("Budi Santoso", "Budi Susanto", False),
        ("Siti Aminah", "Siti Rahma", False),
        ("Siti Aminah", "Agus Salim", False),
    ],
)
def test_a_corrected_name_is_no_other_person(one, other, is_one):
    assert names.one_person(one, other) is is_one
