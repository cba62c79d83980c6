"""Files as they come: odd encodings, damaged JSON, old formats, wrong shapes, and what is no notebook at all."""

from __future__ import annotations

import io
import json
import zipfile

import nbformat
import pytest
from nbformat import v3, v4

from mutu.course.grade.mend import read, shape
from mutu.course.grade.mend.read import LARGEST, MOST_CELLS, too_large
from mutu.locale import use

CELLS = [
    {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Judul «é»"},
    {"cell_type": "code", "id": "b", "metadata": {}, "source": "x = 1\ny = 2", "outputs": [], "execution_count": None},
]
NOTEBOOK = {"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
TEXTS = [cell["source"] for cell in CELLS]


def dumped(notebook: object = NOTEBOOK, **options) -> str:
    return json.dumps(notebook, ensure_ascii=False, **options)


def texts(done) -> list[str]:
    nbformat.validate(done.notebook)
    return [cell["source"] for cell in done.notebook["cells"]]


def codes(done) -> list[str]:
    return [note.code for note in done.mended]


def with_cell(**changes) -> bytes:
    return dumped({**NOTEBOOK, "cells": [CELLS[0], {**CELLS[1], **changes}]}).encode()


def test_a_regular_notebook_is_read_as_it_is():
    done = read(dumped().encode())
    assert (done.notebook, done.mended, done.reason) == (NOTEBOOK, (), None)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (dumped().encode("utf-8-sig"), []),
        (dumped().encode("utf-16"), ["encoding"]),
        (dumped().encode("utf-16-le"), ["encoding"]),
        (dumped().encode("utf-16-be"), ["encoding"]),
        (dumped().encode("utf-32"), ["encoding"]),
        (dumped().encode("cp1252"), ["encoding"]),
        (dumped(indent=1).replace("\n", "\r\n").encode(), []),
        (b"\n\n  " + dumped().encode() + b"\x00\x00\x00", []),
        (dumped().encode() + b'{"cells": []}', ["tail"]),
    ],
    ids=["bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "windows", "crlf", "padded", "tail"],
)
def test_however_it_was_written_the_texts_are_the_same(data, said):
    done = read(data)
    assert (texts(done), codes(done)) == (TEXTS, said)


def test_a_damaged_byte_costs_one_letter():
    done = read(dumped().encode().replace("é".encode(), b"\xff\xc3\xa9"))
    assert texts(done)[0] == "# Judul «\ufffdé»"
    assert codes(done) == ["bytes"]


def test_line_ends_of_windows_within_a_cell_are_evened():
    assert texts(read(with_cell(source="x = 1\r\ny = 2\rz = 3")))[1] == "x = 1\ny = 2\nz = 3"


def test_nul_and_half_characters_are_taken_out_and_said():
    done = read(dumped().replace("x = 1", "x\\u0000 = '\\ud800'").encode())
    assert texts(done)[1] == "x = '\ufffd'\ny = 2"
    assert str(done.mended[0]) == "Sel 2 memuat karakter yang tidak sah dalam teks; karakter itu dihapus."


def test_two_halves_of_a_character_are_one():
    assert texts(read(dumped().replace("x = 1", "x = '\\ud83d\\ude00'").encode()))[1].startswith("x = '😀'")


def test_of_names_that_stand_twice_the_last_counts_and_it_is_said():
    done = read(dumped().replace('"source": "x', '"source": "z = 0", "source": "x').encode())
    assert texts(done) == TEXTS
    assert (
        str(done.mended[0])
        == "Berkas ini menyebut hal yang sama dua kali di satu tempat («source»); yang terakhir dipakai."
    )


def test_numbers_that_do_not_exist_become_nothing():
    file = dumped().replace('"metadata": {}, "nbformat"', '"metadata": {"a": NaN, "b": [1e999, -Infinity]}, "nbformat"')
    assert read(file.encode()).notebook["metadata"] == {"a": None, "b": [None, None]}


def test_a_truncated_file_keeps_the_cells_before_the_cut():
    file = dumped({**NOTEBOOK, "cells": [*CELLS, {**CELLS[1], "id": "c", "source": "terpotong"}]})
    done = read(file[: file.index("terpotong") + 4].encode())
    assert texts(done) == TEXTS
    with use("en"):
        assert str(done.mended[0]) == (
            "The file is cut off after cell 2; what stood before was kept. Ask for it again if answers are missing."
        )


def test_a_file_that_is_cut_within_a_letter_is_read():
    file = dumped({"cells": [CELLS[1], {**CELLS[0], "source": "é"}]}).encode()
    assert texts(read(file[: file.index("é".encode()) + 1])) == [TEXTS[1]]


@pytest.mark.parametrize("depth", [500, 5_000, 100_000])
def test_depth_costs_only_what_is_deep(depth):
    deep = "[" * depth + "]" * depth
    outputs = dumped().replace('"outputs": []', f'"outputs": {deep}')
    assert texts(read(outputs.encode())) == TEXTS
    metadata = dumped().replace('"metadata": {}, "source": "x', f'"metadata": {{"d": {deep}}}, "source": "x')
    done = read(metadata.encode())
    assert texts(done) == TEXTS
    assert done.notebook["cells"][1]["metadata"] == {}


def test_a_comma_too_many_costs_nothing():
    assert texts(read(dumped().replace('"# Judul «é»"}', '"# Judul «é»",}').encode())) == TEXTS


def test_a_damaged_cell_does_not_cost_the_others():
    done = read(
        dumped({**NOTEBOOK, "cells": [CELLS[0], {"x": "RUSAK"}, CELLS[1]]}).replace('"RUSAK"', "RUSAK").encode()
    )
    assert texts(done) == TEXTS
    assert codes(done) == ["broken"]


def test_a_number_of_a_million_digits_is_left_out():
    assert (
        texts(read(dumped().replace('"execution_count": null', '"execution_count": ' + "9" * 1_000_000).encode()))
        == TEXTS
    )


def test_the_third_format_becomes_the_fourth_as_nbformat_does_it():
    sheet = v3.new_worksheet(cells=[
        v3.new_heading_cell("Judul", level=2), v3.new_text_cell("markdown", "teks"),
        v3.new_code_cell("x = 1", prompt_number=3, outputs=[]), v3.new_text_cell("raw", "mentah"),
    ])  # fmt: skip
    old = json.loads(json.dumps(v3.new_notebook(worksheets=[sheet])))
    wanted = v4.upgrade(nbformat.from_dict(old))
    done = read(json.dumps(old).encode())
    assert [(cell["cell_type"], cell["source"]) for cell in done.notebook["cells"]] == [
        (cell.cell_type, cell.source) for cell in wanted.cells
    ]
    assert [str(note) for note in done.mended] == [
        "Berkas ini memakai format notebook lama, versi 3; isinya telah dibaca ke format sekarang."
    ]


def test_the_second_format_is_read():
    sheet = {"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}, {"cell_type": "text", "source": "teks"}]}
    done = read(json.dumps({"nbformat": 2, "worksheets": [sheet]}).encode())
    assert texts(done) == ["x = 1\ny = 2", "teks"]


@pytest.mark.parametrize(
    ("version", "said"),
    [(None, "format"), (5, "format"), ("4", "format"), (4.2, "format"), (4, None), (True, "format")],
)
def test_a_format_that_is_missing_or_newer_is_read_by_its_contents(version, said):
    done = read(dumped({**NOTEBOOK, "nbformat": version, "nbformat_minor": 99}).encode())
    assert (texts(done), codes(done)) == (TEXTS, [said] if said else [])


@pytest.mark.parametrize(
    "changes",
    [
        {"metadata": [1, 2]}, {"metadata": None}, {"metadata": "x"}, {"id": 7}, {"id": "a"}, {"id": "x y"}, {"id": ""},
        {"outputs": "x"}, {"outputs": None}, {"execution_count": "drei"}, {"execution_count": -1},
        {"source": ["x = 1\n", "y = 2"]}, {"source": [["x = 1\n"], ["y = 2"]]}, {"cell_type": "kode"},
        {"cell_type": None}, {"cell_type": ["code"]}, {"attachments": 3}, {"extra": {}},
        {"metadata": {"tags": ["a", "a"], "name": "", "collapsed": 3, "scrolled": "x", "jupyter": 1, "execution": []}},
    ],
    ids=str,
)  # fmt: skip
def test_a_cell_of_a_wrong_shape_is_a_cell_all_the_same(changes):
    done = read(with_cell(**changes))
    assert texts(done) == TEXTS
    assert [cell["cell_type"] for cell in done.notebook["cells"]] == ["markdown", "code"]


@pytest.mark.parametrize("lacking", ["id", "metadata", "outputs", "execution_count", "cell_type"])
def test_a_cell_that_lacks_a_field_is_a_cell_all_the_same(lacking):
    cell = {key: value for key, value in CELLS[1].items() if key != lacking}
    assert texts(read(dumped({**NOTEBOOK, "cells": [CELLS[0], cell]}).encode())) == TEXTS


def test_what_is_no_cell_is_kept_as_text_and_named():
    done = read(dumped({**NOTEBOOK, "cells": ["catatan saya", 3, *CELLS]}).encode())
    assert texts(done) == ["catatan saya", "", *TEXTS]
    assert [(note.code, note.position) for note in done.mended] == [("odd-cell", 1), ("odd-cell", 2)]


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Berkas ini kosong. Mintalah sekali lagi."),
        (b"\x00" * 100, "Berkas ini kosong. Mintalah sekali lagi."),
        (b" \r\n", "Berkas ini kosong. Mintalah sekali lagi."),
        (packed("word/document.xml"), "Berkas ini dokumen Word, bukan notebook."),
        (packed("xl/workbook.xml"), "Berkas ini buku kerja Excel, bukan notebook."),
        (packed("skm.ipynb"), "Berkas ini arsip ZIP, bukan notebook."),
        (b"PK\x03\x04broken", "Berkas ini arsip ZIP, bukan notebook."),
        (b"%PDF-1.7", "Berkas ini dokumen PDF, bukan notebook."),
        (b"\x89PNG\r\n", "Berkas ini gambar, bukan notebook."),
        (b"<!DOCTYPE html><html>", "Berkas ini halaman web (HTML), bukan notebook."),
        (b"import pandas as pd\nx = 1\n", "Berkas ini skrip Python, bukan notebook."),
        (b"halo", "Berkas ini bukan notebook, atau tidak satu pun selnya dapat dibaca."),
        (b"[1, 2]", "Berkas ini bukan notebook, atau tidak satu pun selnya dapat dibaca."),
        (b'{"a": 1}', "Berkas ini bukan notebook, atau tidak satu pun selnya dapat dibaca."),
        (b'{"cells": []}', "Berkas ini bukan notebook, atau tidak satu pun selnya dapat dibaca."),
        (b'{"cells": {"a": 1}}', "Berkas ini bukan notebook, atau tidak satu pun selnya dapat dibaca."),
        (b'{"cells": [' + b"[" * 100_000, "Berkas ini bukan notebook, atau tidak satu pun selnya dapat dibaca."),
        (b"{" * 5_000_000, "Berkas ini memuat terlalu banyak bagian untuk dibaca."),
    ],
    ids=range(18),
)  # fmt: skip
def test_what_is_no_notebook_says_what_it_is(data, sentence):
    done = read(data)
    assert done.notebook is None
    assert str(done.reason).startswith(sentence)


def test_files_beyond_measure_are_refused_in_a_sentence():
    assert too_large(LARGEST) is None
    assert str(too_large(LARGEST + 1)) == (
        "Ukuran berkas 101 MB; lebih dari 100 MB tidak dibaca. Mintalah sekali lagi tanpa keluaran (Clear All Outputs)."
    )
    many = read(dumped({**NOTEBOOK, "cells": [{"source": "1"}] * (MOST_CELLS + 1)}).encode())
    assert str(many.reason).startswith("Berkas ini memuat 2001 sel; lebih dari 2000 tidak dibaca.")
    assert read(with_cell(source="x" * 11_000_000)).reason.code == "too-long"


def test_a_large_picture_among_the_outputs_does_not_matter():
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 20_000_000}}
    assert texts(read(with_cell(outputs=[picture]))) == TEXTS


ODD = {"tags": ["a\x00", "a"], "name": "\x00", "widgets\x00": {}, "nbgrader\x00": {"grade_id": "x"}, "n": float("nan")}


@pytest.mark.parametrize("value", [ODD, {"tags\x00": 3}, {"jupyter\x00": [], "title\x00": 1, "authors\x00": 2}])
def test_what_was_read_is_regular_also_where_texts_were_cleaned(value):
    """So that mending need not look at it again."""
    cells = [{"cell_type": kind, "metadata": value, "source": "a\x00\r\n\ud800"} for kind in ("code", "raw", "heading")]
    raw = {"cells": cells, "metadata": value, "nbformat": 4, "nbformat_minor": 5}
    found = read(json.dumps(raw).encode()).notebook
    assert shape.regular(found) == (found, [])
