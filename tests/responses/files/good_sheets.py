"""Good files, part 2: sheets typed by hand in an office, and other programs' CSV (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from kit import (
    CODES,
    GOOD,
    MODEL_ORDER,
    NAMES,
    OPTIONS,
    book,
    cell,
    good,
    plain_sheet,
    profile,
    put,
    ratings,
    rng,
    save,
    save_csv,
    style_head,
    widths,
)
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

UNSUR = [f"U{i}" for i in range(1, 10)]


def office(wb, target: Path, kind: str = "xlsx") -> None:
    """Open and save in LibreOffice (not byte for byte repeatable): computes formulas, or writes .xls/.ods."""
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8"}
    with tempfile.TemporaryDirectory() as tmp:
        src = Path(tmp) / "in" / f"{target.stem}.xlsx"
        src.parent.mkdir()
        save(wb, src)
        run = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp}/profile", "--convert-to", filters[kind]]
        subprocess.run([*run, "--outdir", tmp, str(src)], check=True, capture_output=True)
        shutil.move(Path(tmp) / f"{target.stem}.{kind}", target)


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


def typed() -> None:
    f = "ketik-judul-jumlah.xlsx"
    r = rng(f)
    people = ratings(r, 31)
    wb, ws = book("Olah Data")
    for i, t in enumerate(
        (
            "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT",
            "PER RESPONDEN DAN PER UNSUR PELAYANAN",
            "UNIT LAYANAN CONTOH (DATA SINTETIS) SEMESTER I TAHUN 2026",
        ),
        1,
    ):
        ws.cell(i, 1, t).font = Font(bold=True, size=12)
    put(ws, 5, ["No. Resp", *UNSUR, "Jumlah"])
    style_head(ws, range(5, 6), 11)
    for i, c in ((3, "U3"), (11, "U8"), (12, "U8"), (20, "U1")):
        people[i][c] = None
    for i, p in enumerate(people):
        put(ws, 6 + i, [i + 1, *[p[c] for c in CODES], f"=SUM(B{6 + i}:J{6 + i})"])
    total_rows(ws, 6, 36, 2, 9)
    widths(ws, [26, *[6] * 9, 9])
    office(wb, GOOD / f)
    may = [cell(i, None, "Olah Data") for i in (1, 2, 3, 4, 37, 38, 39, 40)]
    note = "the recap rows are no respondents (listing them as left out is allowed); names of U8 and U9 are not certain; a row total «Jumlah» stands at the right"
    good(
        f,
        "typed sheet: title above the header, U1…U9, empty cells, total and average rows with formulas below",
        people,
        codes_sure=False,
        rejected_may=may,
        notes=note,
    )


def merged_groups() -> None:
    f = "sel-gabung.xlsx"
    r = rng(f)
    people = ratings(r, 27)
    wb, ws = book("Sheet1")
    ws["A1"] = "REKAPITULASI KUESIONER SKM (DATA SINTETIS)"
    ws.merge_cells("A1:N1")
    ws["A1"].alignment, ws["A1"].font = Alignment(horizontal="center"), Font(bold=True, size=13)
    put(ws, 3, ["NO", "DATA RESPONDEN", None, None, None, "NILAI UNSUR PELAYANAN"])
    put(ws, 4, [None, "Jenis Kelamin", "Umur", "Pendidikan", "Pekerjaan", *[NAMES[c] for c in CODES]])
    style_head(ws, range(3, 5), 14)
    for m in ("A3:A4", "B3:E3", "F3:N3"):
        ws.merge_cells(m)
    for i, p in enumerate(people):
        q = profile(r)
        put(ws, 5 + i, [i + 1, q["sex"], q["age"], q["school"], q["work"], *[p[c] for c in CODES]])
    widths(ws, [5, 13, 7, 12, 18, *[13] * 9])
    save(wb, GOOD / f)
    may = [cell(i, None, "Sheet1") for i in (1, 2)]
    good(f, "merged title, header over two rows: groups above, names below", people, rejected_may=may)


def two_row_codes() -> None:
    f = "dua-baris-kepala.xlsx"
    r = rng(f)
    people = ratings(r, 34, level=0.72)
    wb, ws = book("Data")
    put(ws, 1, ["No", "Unsur", *[None] * 8])
    put(ws, 2, [None, *UNSUR])
    put(ws, 3, [None, *[NAMES[c] for c in MODEL_ORDER]])
    style_head(ws, range(1, 4), 10)
    ws.merge_cells("A1:A3")
    ws.merge_cells("B1:J1")
    for i, p in enumerate(people):
        put(ws, 4 + i, [i + 1, *[p[c] for c in MODEL_ORDER]])
    widths(ws, [5, *[14] * 9])
    save(wb, GOOD / f)
    note = "the column coded U8 is named Sarana dan prasarana, U9 is Penanganan pengaduan: words win"
    good(f, "header over three rows, codes above names, in the questionnaire's order", people, notes=note)


def several_sheets() -> None:
    f = "beberapa-lembar.xlsx"
    r = rng(f)
    people = ratings(r, 29)
    wb, ws = book("Petunjuk")
    for i, t in enumerate(
        (
            "Petunjuk pengisian (sintetis)",
            "1. Isi lembar Data Responden, satu baris satu responden.",
            "2. Nilai 1 sampai 4.",
        ),
        1,
    ):
        ws.cell(i, 1, t)
    rek = wb.create_sheet("Rekap")
    put(rek, 1, ["Unsur", "NRR"])
    for i, c in enumerate(CODES, 2):
        put(rek, i, [NAMES[c], round(sum(p[c] for p in people) / 29, 3)])
    data = wb.create_sheet("Data Responden")
    head = ["No", "Jenis Kelamin", "Umur", *[f"{u} ({NAMES[c]})" for u, c in zip(UNSUR, CODES, strict=True)]]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append([i, q["sex"], q["age"], *[p[c] for c in CODES]])
    plain_sheet(data, head, rows)
    wb.create_sheet("Grafik")
    save(wb, GOOD / f)
    good(f, "several sheets: instructions and recap before the data, an empty one after", people)


def two_periods() -> None:
    f = "dua-semester.xlsx"
    r = rng(f)
    first, second = ratings(r, 26, level=0.68), ratings(r, 32, level=0.82)
    wb, ws = book("Semester I")
    head = ["No", *[NAMES[c] for c in CODES]]
    plain_sheet(ws, head, [[i, *[p[c] for c in CODES]] for i, p in enumerate(first, 1)])
    plain_sheet(wb.create_sheet("Semester II"), head, [[i, *[p[c] for c in CODES]] for i, p in enumerate(second, 1)])
    save(wb, GOOD / f)
    good(f, "two sheets with data, the one wanted is named", second, options=["--sheet", "Semester II"])
    good(f, "two sheets with data, the first is named", first, options=["--sheet", "Semester I"])


def semicolons() -> None:
    f = "titik-koma.csv"
    r = rng(f)
    people = ratings(r, 37)
    head = ["No", "Jenis Kelamin", "Umur", "Lama menunggu (jam)", *[NAMES[c] for c in CODES]]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append(
            [
                i,
                q["sex"],
                q["age"],
                f"{r.randint(1, 30) / 10:.1f}".replace(".", ","),
                *[f"{p[c]},0" if r.random() < 0.7 else p[c] for c in CODES],
            ]
        )
    rows[14][7] = ""
    people[14]["U4"] = None
    save_csv(GOOD / f, head, rows, sep=";")
    note = "the column «Lama menunggu (jam)» is no element"
    good(f, "semicolon CSV with decimal commas («4,0»)", people, notes=note)


def windows() -> None:
    f = "windows-1252.csv"
    r = rng(f)
    people = ratings(r, 30)
    head = ["No", "Jenis kelamin", *[f"{NAMES[c]} – nilai" for c in CODES], "Saran"]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append([i, q["sex"], *[OPTIONS[c][p[c] - 1] for c in CODES], q["remark"]])
    rows[4][-1] = "Kafé di lobi “bagus”, harga ± wajar…"
    save_csv(GOOD / f, head, rows, sep=";", enc="cp1252")
    good(f, "Windows-1252 CSV with a dash in the headers and curly quotes in a comment", people)


def bom() -> None:
    f = "utf8-bom.csv"
    r = rng(f)
    people = ratings(r, 33)
    head = [NAMES[c] for c in CODES] + ["Jenis kelamin", "Saran"]
    rows = []
    for p in people:
        q = profile(r)
        rows.append([*[p[c] for c in CODES], q["sex"], q["remark"]])
    save_csv(GOOD / f, head, rows, enc="utf-8-sig")
    good(f, "UTF-8 with BOM, the first column is an element", people)


def example_row() -> None:
    f = "baris-contoh.xlsx"
    r = rng(f)
    people = ratings(r, 28, level=0.7)
    head = ["No", "Nama", "Jenis Kelamin", "Umur", *[NAMES[c] for c in CODES], "Keterangan"]
    rows = [["contoh", "Contoh pengisian", "Laki-laki", 30, *[4] * 9, "hapus baris ini"]]
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append([i, f"Responden {i}", q["sex"], q["age"], *[p[c] for c in CODES], None])
    wb, ws = book("Import")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    good(
        f,
        "example row left from the template",
        people,
        rejected=[cell(2, None, "Import")],
        absent=["Responden 1", "Responden 28"],
    )


def test_rows() -> None:
    f = "baris-uji.csv"
    r = rng(f)
    people = ratings(r, 32, level=0.7)
    head = ["Timestamp", "Nama (boleh inisial)", "Usia", *[NAMES[c] for c in CODES], "Saran dan masukan"]
    rows = []
    for i, p in enumerate(people):
        rows.append(
            [
                f"2026-03-{1 + i // 8:02d} {8 + i % 8:02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}",
                f"Inisial-{i + 1:02d}",
                r.randint(18, 60),
                *[p[c] for c in CODES],
                "",
            ]
        )
    rows[6][-1] = "Tes kesehatan sebaiknya pagi hari"
    rows[9][-1] = "Bisa jadi contoh bagi unit lain"
    counted = list(people)
    rows[13][1] = "Testi"  # a person may be called so
    tests = [
        ["2026-02-27 15:00:01", "TEST", 30, *[4] * 9, ""],
        ["2026-02-27 15:02:40", "tes", 30, *[1] * 9, "uji coba formulir"],
    ]
    rows = [*tests, *rows, ["2026-03-31 09:00:00", "admin", 40, *[4] * 9, "uji coba"]]
    save_csv(GOOD / f, head, rows)
    rejected = [cell(2, None), cell(3, None), cell(len(rows) + 1, None)]
    note = "remarks «Tes kesehatan sebaiknya pagi hari» and «Bisa jadi contoh bagi unit lain» are ordinary answers and count, so does «Testi»"
    good(
        f,
        "rows marked as a test, beside ordinary remarks with the same words",
        counted,
        rejected=rejected,
        absent=["Inisial-01", "Inisial-32", "Testi"],
        notes=note,
    )


def empty_columns() -> None:
    f = "kolom-kosong-u10-u15.xlsx"
    r = rng(f)
    people = ratings(r, 41)
    head = ["id", "tanggal", "jk", "umur", *[f"u{i}" for i in range(1, 16)], "saran"]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append(
            [
                i,
                f"2026-02-{1 + i % 27:02d}",
                q["sex"],
                q["age"],
                *[p[c] for c in CODES],
                *[None] * 6,
                q["remark"] or None,
            ]
        )
    wb, ws = book("export")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    good(f, "u1…u15 from an application's export, u10 to u15 empty", people, codes_sure=False)


def make() -> None:
    for step in (typed, merged_groups, two_row_codes, several_sheets, two_periods, semicolons, windows, bom):
        step()
    for step in (example_row, test_rows, empty_columns):
        step()
