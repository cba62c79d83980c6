"""Good files, part 2: sheets typed by hand in an office, and other programs' CSV (all synthetic)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path

from kit import (
    CODES,
    GOOD,
    MAPS,
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
    for i, t in enumerate(("PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT", "PER RESPONDEN DAN PER UNSUR PELAYANAN", "UNIT LAYANAN CONTOH (DATA SINTETIS) SEMESTER I TAHUN 2026"), 1):
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
    good(f, "typed sheet: title above the header, U1…U9, empty cells, total and average rows with formulas below", people, codes_sure=False, rejected_may=may, notes=note)


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
    for i, t in enumerate(("Petunjuk pengisian (sintetis)", "1. Isi lembar Data Responden, satu baris satu responden.", "2. Nilai 1 sampai 4."), 1):
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
        rows.append([i, q["sex"], q["age"], f"{r.randint(1, 30) / 10:.1f}".replace(".", ","), *[f"{p[c]},0" if r.random() < 0.7 else p[c] for c in CODES]])
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
    good(f, "example row left from the template", people, rejected=[cell(2, None, "Import")], absent=["Responden 1", "Responden 28"])


def test_rows() -> None:
    f = "baris-uji.csv"
    r = rng(f)
    people = ratings(r, 32, level=0.7)
    head = ["Timestamp", "Nama (boleh inisial)", "Usia", *[NAMES[c] for c in CODES], "Saran dan masukan"]
    rows = []
    for i, p in enumerate(people):
        rows.append([f"2026-03-{1 + i // 8:02d} {8 + i % 8:02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}", f"Inisial-{i + 1:02d}", r.randint(18, 60), *[p[c] for c in CODES], ""])
    rows[6][-1] = "Tes kesehatan sebaiknya pagi hari"
    rows[9][-1] = "Bisa jadi contoh bagi unit lain"
    counted = list(people)
    rows[13][1] = "Testi"  # a person may be called so
    tests = [["2026-02-27 15:00:01", "TEST", 30, *[4] * 9, ""], ["2026-02-27 15:02:40", "tes", 30, *[1] * 9, "uji coba formulir"]]
    rows = [*tests, *rows, ["2026-03-31 09:00:00", "admin", 40, *[4] * 9, "uji coba"]]
    save_csv(GOOD / f, head, rows)
    rejected = [cell(2, None), cell(3, None), cell(len(rows) + 1, None)]
    note = "remarks «Tes kesehatan sebaiknya pagi hari» and «Bisa jadi contoh bagi unit lain» are ordinary answers and count, so does «Testi»"
    good(f, "rows marked as a test, beside ordinary remarks with the same words", counted, rejected=rejected, absent=["Inisial-01", "Inisial-32", "Testi"], notes=note)


def empty_columns() -> None:
    f = "kolom-kosong-u10-u15.xlsx"
    r = rng(f)
    people = ratings(r, 41)
    head = ["id", "tanggal", "jk", "umur", *[f"u{i}" for i in range(1, 16)], "saran"]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append([i, f"2026-02-{1 + i % 27:02d}", q["sex"], q["age"], *[p[c] for c in CODES], *[None] * 6, q["remark"] or None])
    wb, ws = book("export")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    good(f, "u1…u15 from an application's export, u10 to u15 empty", people, codes_sure=False)


def gap() -> None:
    f = "nomor-bolong.xlsx"
    r = rng(f)
    people = ratings(r, 36)
    heads = ["P1", "P2", *[f"P{i}" for i in range(4, 11)]]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append([i, q["sex"], q["age"], *[p[c] for c in CODES]])
    wb, ws = book("Data")
    plain_sheet(ws, ["No", "JK", "Umur", *heads], rows)
    save(wb, GOOD / f)
    note = "nine columns of answers are the nine elements in their order; the index does not depend on the names, it does depend on all nine being read"
    good(f, "a gap in the numbering: P1, P2, P4 … P10", people, codes_sure=False, notes=note)


def messy_profile() -> None:
    f = "profil-berantakan.xlsx"
    r = rng(f)
    people = ratings(r, 40)
    male, female = ["Laki - Laki", "laki-laki", "Laki-laki ", "LAKI-LAKI", "Laki laki"], ["Perempuan", "perempuan", " Perempuan", "PEREMPUAN"]
    head = ["No", "Jenis Kelamin", "Umur", "Pendidikan", *[NAMES[c] for c in CODES]]
    rows, groups = [], {"Laki-laki": [], "Perempuan": []}
    for i, p in enumerate(people, 1):
        q = profile(r)
        groups[q["sex"]].append(p)
        rows.append([i, r.choice(male if q["sex"] == "Laki-laki" else female), q["age"], q["school"], *[p[c] for c in CODES]])
    rows[7][2], rows[22][2] = 0, 1121212
    wb, ws = book("Data")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    from kit import result

    want = [{"value": k, **{x: result(v)[x] for x in ("n", "ikm", "mutu")}} for k, v in groups.items()]
    rejected = [cell(9, "Umur", "Data"), cell(24, "Umur", "Data")]
    note = "the group's label may be spelled as the reader likes (compare letters only, without case); both ages are listed, their answers count"
    good(f, "profile mess: «Laki - Laki», ages 0 and 1121212", people, options=["--by", "Jenis Kelamin"], rejected=rejected, groups=want, notes=note)


def importance() -> None:
    f = "kepentingan-dan-kepuasan.xlsx"
    r = rng(f)
    people, other = ratings(r, 35, level=0.7), ratings(r, 35, level=0.95)
    head = ["No"]
    for c in CODES:
        head += [f"{NAMES[c]} (tingkat kepentingan)", f"{NAMES[c]} (tingkat kepuasan)"]
    rows = []
    for i, (p, o) in enumerate(zip(people, other, strict=True), 1):
        row = [i]
        for c in CODES:
            row += [o[c], p[c]]
        rows.append(row)
    wb, ws = book("Data")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    good(f, "importance columns beside satisfaction columns; importance does not count", people)

    f = "harapan-dua-baris.xlsx"
    r = rng(f)
    people, other = ratings(r, 30, level=0.74), ratings(r, 30, level=0.95)
    wb, ws = book("Data")
    put(ws, 1, ["No", "KEPUASAN", *[None] * 8, "KEPENTINGAN"])
    put(ws, 2, [None, *[NAMES[c] for c in CODES] * 2])
    style_head(ws, range(1, 3), 19)
    for m in ("A1:A2", "B1:J1", "K1:S1"):
        ws.merge_cells(m)
    for i, (p, o) in enumerate(zip(people, other, strict=True), 1):
        put(ws, 2 + i, [i, *[p[c] for c in CODES], *[o[c] for c in CODES]])
    widths(ws, [5, *[13] * 18])
    save(wb, GOOD / f)
    good(f, "the same nine names twice under merged KEPUASAN and KEPENTINGAN; importance does not count", people)


def free_service() -> None:
    f = "layanan-gratis.xlsx"
    r = rng(f)
    people = ratings(r, 30)
    people = [{c: v for c, v in p.items() if c != "U4"} for p in people]
    asked = [c for c in CODES if c != "U4"]
    wb, ws = book("Data")
    plain_sheet(ws, ["No", *[NAMES[c] for c in asked]], [[i, *[p[c] for c in asked]] for i, p in enumerate(people, 1)])
    save(wb, GOOD / f)
    good(f, "free service: biaya/tarif not asked, weight 1/8", people)

    f = "tarif-kosong.csv"
    r = rng(f)
    people = [p | {"U4": None} for p in ratings(r, 30)]
    save_csv(GOOD / f, ["No", *[f"{u} {NAMES[c]}" for u, c in zip(UNSUR, CODES, strict=True)]], [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)])
    good(f, "free service: the column biaya/tarif is there and empty, weight 1/8", people)


def typing_slips() -> None:
    f = "salah-ketik.xlsx"
    r = rng(f)
    people = ratings(r, 60)
    head = ["No", "Jenis Kelamin", "Umur", *[NAMES[c] for c in CODES]]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        rows.append([i, q["sex"], q["age"], *[p[c] for c in CODES]])
    slips = [(4, "U2", 5), (17, "U6", 5), (17, "U7", 0), (33, "U9", 44), (40, "U1", 0), (52, "U3", "?"), (58, "U8", 5)]
    rejected = []
    for i, c, v in slips:
        rows[i][3 + CODES.index(c)] = v
        people[i][c] = None
        rejected.append(cell(i + 2, NAMES[c], "Data"))
    wb, ws = book("Data")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    good(f, "six of 540 answers at 5, 0 or 44 (1.1 %) and a «?»: rejected cells, the rest of the row counts", people, rejected=rejected)


def five_points() -> None:
    f = "skala-1-5.xlsx"
    r = rng(f)
    people = ratings(r, 45, top=5)
    people[5]["U3"] = None
    head = ["No", *[NAMES[c] for c in CODES]]
    wb, ws = book("Data")
    plain_sheet(ws, head, [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)])
    save(wb, GOOD / f)
    done = [{c: None if v is None else 1 + Fraction(3, 4) * (v - 1) for c, v in p.items()} for p in people]
    good(f, "scale 1 to 5, converted because the user says so", done, options=["--scale", "1-5"], converted=True, notes="x → 1 + (x − 1) × 3/4")


def old_formats() -> None:
    for f, kind in (("lama.xls", "xls"), ("libreoffice.ods", "ods")):
        r = rng(f)
        people = ratings(r, 30)
        head = ["No", "Jenis Kelamin", "Umur", *[NAMES[c] for c in MODEL_ORDER], "Saran"]
        rows = []
        for i, p in enumerate(people, 1):
            q = profile(r)
            rows.append([i, q["sex"], q["age"], *[p[c] for c in MODEL_ORDER], q["remark"] or None])
        rows[8][6] = None
        people[8][MODEL_ORDER[3]] = None
        wb, ws = book("Data")
        plain_sheet(ws, head, rows)
        office(wb, GOOD / f, kind)
        good(f, f"made by LibreOffice as .{kind}, questionnaire's order, one empty cell", people)


def half() -> None:
    f = "tepat-setengah.csv"
    total = {c: 41 for c in CODES}  # n = 40, total 9 × 41 = 369: one 2 per element, the rest 1
    people = [{c: 2 if i == CODES.index(c) else 1 for c in CODES} for i in range(40)]
    if sum(total.values()) != sum(v for p in people for v in p.values()):
        raise AssertionError(total)
    save_csv(GOOD / f, ["No", *[NAMES[c] for c in CODES]], [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)])
    good(f, "the design's own example: n = 40, total 369, 25.625 is 25.63", people, notes="31 rows agree with one another and all count")


def mapped() -> None:
    f = "kolom-singkatan.csv"
    r = rng(f)
    people = ratings(r, 30)
    heads = dict(zip(CODES, ["syr", "alur", "cepat", "rp", "hasil", "mampu", "ramah", "lapor", "gedung"], strict=True))
    order = ["U9", "U3", "U1", "U8", "U2", "U7", "U4", "U6", "U5"]
    rows = [[i, *[p[c] for c in order], r.randint(1, 4)] for i, p in enumerate(people, 1)]
    save_csv(GOOD / f, ["urut", *[heads[c] for c in order], "kesan umum"], rows)
    lines = ["# data sintetis", "[columns]", *[f'"{h}" = "{c}"' for c, h in heads.items()], '"kesan umum" = "ignore"']
    (MAPS / "kolom-singkatan.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    good(f, "office's own abbreviations, mapped by a file, one column ignored", people, options=["--map", "{files}/maps/kolom-singkatan.toml"])

    f = "dua-tanya-satu-unsur.csv"
    r = rng(f)
    people, extra = ratings(r, 30), ratings(r, 30, level=0.6)
    rows = [[*[p[c] for c in CODES], e["U6"]] for p, e in zip(people, extra, strict=True)]
    save_csv(GOOD / f, [*[f"Soal {c[1]}" for c in CODES], "Soal tambahan"], rows)
    lines = ["[columns]", *[f'"Soal {c[1]}" = "{c}"' for c in CODES], '"Soal tambahan" = "U6"']
    (MAPS / "dua-tanya.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    both = [p | {"U6": [p["U6"], e["U6"]]} for p, e in zip(people, extra, strict=True)]
    good(f, "map with two headers for one element: U6 is the mean of its two questions", both, options=["--map", "{files}/maps/dua-tanya.toml"])


def personal() -> None:
    f = "data-pribadi.xlsx"
    r = rng(f)
    people = ratings(r, 34)
    head = ["No", "Nama Lengkap", "NIK", "No. HP/WA", "Alamat e-mail", "Alamat", "Jenis Kelamin", "Umur", *[NAMES[c] for c in CODES], "Nama petugas yang melayani"]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        who = [f"Responden Fiktif {i:02d}", f"00009999000099{i:02d}", f"0000-0000-{i:04d}", f"responden{i:02d}@contoh.invalid", f"Jalan Tiada No. {i}"]
        rows.append([i, *who, q["sex"], q["age"], *[p[c] for c in CODES], "Petugas Rekaan"])
    rows[11][8 + 2] = 9
    people[11]["U3"] = None
    rows[19][7] = 1121212
    rows[25][3] = "tidak punya"
    wb, ws = book("Responden")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    rejected = [cell(13, NAMES["U3"], "Responden"), cell(21, "Umur", "Responden")]
    absent = ["Responden Fiktif", "0000999900", "0000-0000", "contoh.invalid", "Petugas Rekaan"]
    good(f, "names, NIK, telephone, e-mail beside the answers: none of them comes out anywhere", people, rejected=rejected, absent=absent)


def office_mixture() -> None:
    f = "campuran-kantor.xlsx"
    r = rng(f)
    people = ratings(r, 45)
    wb, ws = book("Rekap Nilai")
    put(ws, 1, ["Unsur", "NRR", "Keterangan"])
    for i, c in enumerate(MODEL_ORDER, 2):
        put(ws, i, [NAMES[c], None, "diisi setelah olah data"])
    ws = wb.create_sheet("Entri Kuesioner")
    ws["A1"] = "ENTRI KUESIONER SKM TRIWULAN I 2026 (DATA SINTETIS)"
    ws["A1"].font = Font(bold=True, size=13)
    ws.merge_cells("A1:O1")
    put(ws, 3, ["NO", "TANGGAL", "IDENTITAS RESPONDEN", None, None, "NILAI JAWABAN PER PERTANYAAN", *[None] * 8, "SARAN"])
    put(ws, 4, [None, None, "L/P", "UMUR", "LAYANAN", *[f"{i}. {NAMES[c]}" for i, c in enumerate(MODEL_ORDER, 1)]])
    style_head(ws, range(3, 5), 15)
    for m in ("A3:A4", "B3:B4", "C3:E3", "F3:N3", "O3:O4"):
        ws.merge_cells(m)
    put(ws, 5, ["cth", "2026-01-01", "L", 25, "Layanan A", *[3] * 9, "contoh pengisian"])
    people[10]["U8"] = people[11]["U8"] = people[30]["U4"] = None
    for i, p in enumerate(people):
        sex = r.choice(["L", "P"])
        put(ws, 6 + i, [i + 1, f"2026-{1 + i // 15:02d}-{2 + i % 15:02d}", sex, r.randint(18, 65), r.choice(["Layanan A", "Layanan B ", "layanan a"]), *[p[c] for c in MODEL_ORDER], None])
    ws.cell(21, 4, 0)
    ws.cell(36, 6 + MODEL_ORDER.index("U5"), 11)  # a key that stuck
    people[30]["U5"] = None
    for k, name in enumerate(("JUMLAH", "RATA-RATA")):
        ws.cell(51 + k, 1, name).font = Font(bold=True)
        for j in range(9):
            col = get_column_letter(6 + j)
            ws.cell(51 + k, 6 + j, f"={('SUM', 'AVERAGE')[k]}({col}6:{col}50)")
    ws.cell(54, 11, "Mengetahui,")
    ws.cell(55, 11, "Kepala Unit (nama rekaan)")
    widths(ws, [9, 12, 6, 8, 12, *[12] * 9, 22])
    office(wb, GOOD / f)
    s = "Entri Kuesioner"
    rejected = [cell(5, None, s), cell(21, "UMUR", s), cell(36, f"5. {NAMES['U5']}", s)]
    may = [cell(i, None, s) for i in (1, 2, 51, 52, 53, 54, 55)]
    note = "sheet 2 of 2; title; two-row merged header; example row 5; age 0; a cell 11; total and average rows; a signature block; questionnaire's order"
    good(f, "a realistic mixture as an office keeps it", people, rejected=rejected, rejected_may=may, notes=note)


def make() -> None:
    for step in (typed, merged_groups, two_row_codes, several_sheets, two_periods, semicolons, windows, bom):
        step()
    for step in (example_row, test_rows, empty_columns, gap, messy_profile, importance, free_service):
        step()
    for step in (typing_slips, five_points, old_formats, half, mapped, personal, office_mixture):
        step()
