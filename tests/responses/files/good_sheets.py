"""Good files, part 2: sheets typed by hand in an office, and other programs' CSV (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

from kit import (
    CODES,
    GOOD,
    MODEL_ORDER,
    NAMES,
    OPTIONS,
    Table,
    book,
    cell,
    good,
    maker,
    numbered,
    plain_sheet,
    put,
    ratings,
    rng,
    save,
    style_head,
    survey,
    widths,
)  # fmt: skip
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

NAMED = [NAMES[c] for c in CODES]


def titles(ws, lines: list[str]) -> None:
    for row, text in enumerate(lines, 1):
        ws.cell(row, 1, text).font = Font(bold=True, size=12)


def total_rows(ws, first: int, last: int, start: int, n: int) -> None:
    """The recap below the data, with live formulas as offices have them."""
    names = ["Jumlah nilai per unsur", "NRR per unsur", "NRR tertimbang per unsur"]
    for k, name in enumerate(names, 1):
        ws.cell(last + k, 1, name).font = Font(bold=True)
    for j in range(n):
        col = get_column_letter(start + j)
        ws.cell(last + 1, start + j, f"=SUM({col}{first}:{col}{last})")
        ws.cell(last + 2, start + j, f"=AVERAGE({col}{first}:{col}{last})").number_format = "0.000"
        ws.cell(last + 3, start + j, f"={col}{last + 2}/{n}").number_format = "0.000"
    a, b = ws.cell(last + 3, start).coordinate, ws.cell(last + 3, start + n - 1).coordinate
    ws.cell(last + 4, 1, "IKM Unit Pelayanan").font = Font(bold=True)
    ws.cell(last + 4, start, f"=SUM({a}:{b})*25").number_format = "0.00"


@survey(
    "ketik-judul-jumlah.xlsx", 31,
    "typed sheet: title above the header, U1…U9, empty cells, total and average rows with formulas below",
    computed=True, codes_sure=False, rejected_may=[cell("around", i, None, "Olah Data") for i in (1, 2, 3, 4, 37, 38, 39, 40)],
    notes="the recap rows are no respondents (listing them as left out is allowed); names of U8 and U9 are not certain; a row total «Jumlah» stands at the right",
)  # fmt: skip
def typed(_r, people):
    wb, ws = book("Olah Data")
    titles(ws, [
        "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT",
        "PER RESPONDEN DAN PER UNSUR PELAYANAN",
        "UNIT LAYANAN CONTOH (DATA SINTETIS) SEMESTER I TAHUN 2026",
    ])  # fmt: skip
    put(ws, 5, ["No. Resp", *CODES, "Jumlah"])
    style_head(ws, range(5, 6), 11)
    for i, c in ((3, "U3"), (11, "U8"), (12, "U8"), (20, "U1")):
        people[i][c] = None
    for i, p in enumerate(people):
        put(ws, 6 + i, [i + 1, *[p[c] for c in CODES], f"=SUM(B{6 + i}:J{6 + i})"])
    total_rows(ws, 6, 36, 2, 9)
    widths(ws, [26, *[6] * 9, 9])
    return wb


@survey(
    "sel-gabung.xlsx", 27, "merged title, header over two rows: groups above, names below",
    rejected_may=[cell("around", i, None, "Sheet1") for i in (1, 2)],
)  # fmt: skip
def merged_groups(r, people):
    wb, ws = book("Sheet1")
    ws["A1"] = "REKAPITULASI KUESIONER SKM (DATA SINTETIS)"
    ws["A1"].alignment, ws["A1"].font = Alignment(horizontal="center"), Font(bold=True, size=13)
    put(ws, 3, ["NO", "DATA RESPONDEN", None, None, None, "NILAI UNSUR PELAYANAN"])
    put(ws, 4, [None, "Jenis Kelamin", "Umur", "Pendidikan", "Pekerjaan", *NAMED])
    style_head(ws, range(3, 5), 14)
    for merged in ("A1:N1", "A3:A4", "B3:E3", "F3:N3"):
        ws.merge_cells(merged)
    for i, p, q in numbered(r, people):
        put(ws, 4 + i, [i, q["sex"], q["age"], q["school"], q["work"], *[p[c] for c in CODES]])
    widths(ws, [5, 13, 7, 12, 18, *[13] * 9])
    return wb


@survey(
    "dua-baris-kepala.xlsx", 34, "header over three rows, codes above names, in the questionnaire's order", level=0.72,
    notes="the column coded U8 is named Sarana dan prasarana, U9 is Penanganan pengaduan: words win",
)  # fmt: skip
def two_row_codes(_r, people):
    wb, ws = book("Data")
    put(ws, 1, ["No", "Unsur", *[None] * 8])
    put(ws, 2, [None, *CODES])
    put(ws, 3, [None, *[NAMES[c] for c in MODEL_ORDER]])
    style_head(ws, range(1, 4), 10)
    for merged in ("A1:A3", "B1:J1"):
        ws.merge_cells(merged)
    for i, p in enumerate(people, 4):
        put(ws, i, [i - 3, *[p[c] for c in MODEL_ORDER]])
    widths(ws, [5, *[14] * 9])
    return wb


@survey("beberapa-lembar.xlsx", 29, "several sheets: instructions and recap before the data, an empty one after")
def several_sheets(r, people):
    wb, ws = book("Petunjuk")
    lines = ["Petunjuk pengisian (sintetis)", "1. Isi lembar Data Responden, satu baris satu responden."]
    for i, line in enumerate([*lines, "2. Nilai 1 sampai 4."], 1):
        ws.cell(i, 1, line)
    recap = wb.create_sheet("Rekap")
    put(recap, 1, ["Unsur", "NRR"])
    for i, c in enumerate(CODES, 2):
        put(recap, i, [NAMES[c], round(sum(p[c] for p in people) / 29, 3)])
    head = ["No", "Jenis Kelamin", "Umur", *[f"{c} ({NAMES[c]})" for c in CODES]]
    rows = [[i, q["sex"], q["age"], *[p[c] for c in CODES]] for i, p, q in numbered(r, people)]
    plain_sheet(wb.create_sheet("Data Responden"), head, rows)
    wb.create_sheet("Grafik")
    return wb


@maker
def two_periods() -> None:
    f = "dua-semester.xlsx"
    r = rng(f)
    first, second = ratings(r, 26, level=0.68), ratings(r, 32, level=0.82)
    wb, ws = book("Semester I")
    for sheet, people in ((ws, first), (wb.create_sheet("Semester II"), second)):
        plain_sheet(sheet, ["No", *NAMED], [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)])
    save(wb, GOOD / f)
    good(f, "two sheets with data, the one wanted is named", second, options=["--sheet", "Semester II"])
    good(f, "two sheets with data, the first is named", first, options=["--sheet", "Semester I"])


@survey(
    "titik-koma.csv", 37, "semicolon CSV with decimal commas («4,0»)",
    notes="the column «Lama menunggu (jam)» is no element",
)  # fmt: skip
def semicolons(r, people):
    rows = []
    for i, p, q in numbered(r, people):
        waited = f"{r.randint(1, 30) / 10:.1f}".replace(".", ",")
        rows.append([i, q["sex"], q["age"], waited, *[f"{p[c]},0" if r.random() < 0.7 else p[c] for c in CODES]])
    rows[14][7] = ""
    people[14]["U4"] = None
    return Table(["No", "Jenis Kelamin", "Umur", "Lama menunggu (jam)", *NAMED], rows, sep=";")


@survey("windows-1252.csv", 30, "Windows-1252 CSV with a dash in the headers and curly quotes in a comment")
def windows(r, people):
    rows = [[i, q["sex"], *[OPTIONS[c][p[c] - 1] for c in CODES], q["remark"]] for i, p, q in numbered(r, people)]
    rows[4][-1] = "Kafé di lobi “bagus”, harga ± wajar…"
    head = ["No", "Jenis kelamin", *[f"{name} – nilai" for name in NAMED], "Saran"]
    return Table(head, rows, sep=";", enc="cp1252")


@survey("utf8-bom.csv", 33, "UTF-8 with BOM, the first column is an element")
def bom(r, people):
    rows = [[*[p[c] for c in CODES], q["sex"], q["remark"]] for _i, p, q in numbered(r, people)]
    return Table([*NAMED, "Jenis kelamin", "Saran"], rows, enc="utf-8-sig")


@survey(
    "baris-contoh.xlsx", 28, "example row left from the template", level=0.7,
    rejected=[cell("trial", 2, None, "Import")], absent=["Responden 1", "Responden 28"],
)  # fmt: skip
def example_row(r, people):
    example = ["contoh", "Contoh pengisian", "Laki-laki", 30, *[4] * 9, "hapus baris ini"]
    rows = [[i, f"Responden {i}", q["sex"], q["age"], *[p[c] for c in CODES], None] for i, p, q in numbered(r, people)]
    return Table(["No", "Nama", "Jenis Kelamin", "Umur", *NAMED, "Keterangan"], [example, *rows], "Import")


@survey(
    "baris-uji.csv", 32, "rows marked as a test, beside ordinary remarks with the same words", level=0.7,
    rejected=[cell("trial", 2), cell("trial", 3), cell("trial", 36)], absent=["Inisial-01", "Inisial-32", "Testi"],
    notes="remarks «Tes kesehatan sebaiknya pagi hari» and «Bisa jadi contoh bagi unit lain» are ordinary answers and count, so does «Testi»",
)  # fmt: skip
def marked_rows(r, people):
    rows = []
    for i, p in enumerate(people):
        clock = f"{8 + i % 8:02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}"
        who = [f"2026-03-{1 + i // 8:02d} {clock}", f"Inisial-{i + 1:02d}", r.randint(18, 60)]
        rows.append([*who, *[p[c] for c in CODES], ""])
    rows[6][-1] = "Tes kesehatan sebaiknya pagi hari"
    rows[9][-1] = "Bisa jadi contoh bagi unit lain"
    rows[13][1] = "Testi"  # a person may be called so
    tests = [
        ["2026-02-27 15:00:01", "TEST", 30, *[4] * 9, ""],
        ["2026-02-27 15:02:40", "tes", 30, *[1] * 9, "uji coba formulir"],
    ]
    last = ["2026-03-31 09:00:00", "admin", 40, *[4] * 9, "uji coba"]
    return Table(["Timestamp", "Nama (boleh inisial)", "Usia", *NAMED, "Saran dan masukan"], [*tests, *rows, last])


@survey("kolom-kosong-u10-u15.xlsx", 41, "u1…u15 from an application's export, u10 to u15 empty", codes_sure=False)
def empty_columns(r, people):
    head = ["id", "tanggal", "jk", "umur", *[f"u{i}" for i in range(1, 16)], "saran"]
    rows = []
    for i, p, q in numbered(r, people):
        who = [i, f"2026-02-{1 + i % 27:02d}", q["sex"], q["age"]]
        rows.append([*who, *[p[c] for c in CODES], *[None] * 6, q["remark"] or None])
    return Table(head, rows, "export")
