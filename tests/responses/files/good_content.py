"""Good files, part 3: what stands in the cells: scales, slips, profiles, maps, personal data, a mixture (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

from fractions import Fraction

from good_sheets import UNSUR, office
from kit import (
    CODES,
    GOOD,
    MAPS,
    MODEL_ORDER,
    NAMES,
    book,
    cell,
    good,
    plain_sheet,
    profile,
    put,
    ratings,
    result,
    rng,
    save,
    save_csv,
    style_head,
    widths,
)
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter


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
    male, female = (
        ["Laki - Laki", "laki-laki", "Laki-laki ", "LAKI-LAKI", "Laki laki"],
        ["Perempuan", "perempuan", " Perempuan", "PEREMPUAN"],
    )
    head = ["No", "Jenis Kelamin", "Umur", "Pendidikan", *[NAMES[c] for c in CODES]]
    rows, groups = [], {"Laki-laki": [], "Perempuan": []}
    for i, p in enumerate(people, 1):
        q = profile(r)
        groups[q["sex"]].append(p)
        rows.append(
            [i, r.choice(male if q["sex"] == "Laki-laki" else female), q["age"], q["school"], *[p[c] for c in CODES]]
        )
    rows[7][2], rows[22][2] = 0, 1121212
    wb, ws = book("Data")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    want = [{"value": k, **{x: result(v)[x] for x in ("n", "ikm", "mutu")}} for k, v in groups.items()]
    rejected = [cell(9, "Umur", "Data"), cell(24, "Umur", "Data")]
    note = "the group's label may be spelled as the reader likes (compare letters only, without case); both ages are listed, their answers count"
    good(
        f,
        "profile mess: «Laki - Laki», ages 0 and 1121212",
        people,
        options=["--by", "Jenis Kelamin"],
        rejected=rejected,
        groups=want,
        notes=note,
    )


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
    save_csv(
        GOOD / f,
        ["No", *[f"{u} {NAMES[c]}" for u, c in zip(UNSUR, CODES, strict=True)]],
        [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)],
    )
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
    good(
        f,
        "six of 540 answers at 5, 0 or 44 (1.1 %) and a «?»: rejected cells, the rest of the row counts",
        people,
        rejected=rejected,
    )


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
    good(
        f,
        "scale 1 to 5, converted because the user says so",
        done,
        options=["--scale", "1-5"],
        converted=True,
        notes="x → 1 + (x − 1) × 3/4",
    )


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
    total = dict.fromkeys(CODES, 41)  # n = 40, total 9 × 41 = 369: one 2 per element, the rest 1
    people = [{c: 2 if i == CODES.index(c) else 1 for c in CODES} for i in range(40)]
    if sum(total.values()) != sum(v for p in people for v in p.values()):
        raise AssertionError(total)
    save_csv(
        GOOD / f, ["No", *[NAMES[c] for c in CODES]], [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)]
    )
    good(
        f,
        "the design's own example: n = 40, total 369, 25.625 is 25.63",
        people,
        notes="31 rows agree with one another and all count",
    )


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
    good(
        f,
        "office's own abbreviations, mapped by a file, one column ignored",
        people,
        options=["--map", "{files}/maps/kolom-singkatan.toml"],
    )

    f = "dua-tanya-satu-unsur.csv"
    r = rng(f)
    people, extra = ratings(r, 30), ratings(r, 30, level=0.6)
    rows = [[*[p[c] for c in CODES], e["U6"]] for p, e in zip(people, extra, strict=True)]
    save_csv(GOOD / f, [*[f"Soal {c[1]}" for c in CODES], "Soal tambahan"], rows)
    lines = ["[columns]", *[f'"Soal {c[1]}" = "{c}"' for c in CODES], '"Soal tambahan" = "U6"']
    (MAPS / "dua-tanya.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    both = [p | {"U6": [p["U6"], e["U6"]]} for p, e in zip(people, extra, strict=True)]
    good(
        f,
        "map with two headers for one element: U6 is the mean of its two questions",
        both,
        options=["--map", "{files}/maps/dua-tanya.toml"],
    )


def personal() -> None:
    f = "data-pribadi.xlsx"
    r = rng(f)
    people = ratings(r, 34)
    head = [
        "No",
        "Nama Lengkap",
        "NIK",
        "No. HP/WA",
        "Alamat e-mail",
        "Alamat",
        "Jenis Kelamin",
        "Umur",
        *[NAMES[c] for c in CODES],
        "Nama petugas yang melayani",
    ]
    rows = []
    for i, p in enumerate(people, 1):
        q = profile(r)
        who = [
            f"Responden Fiktif {i:02d}",
            f"00009999000099{i:02d}",
            f"0000-0000-{i:04d}",
            f"responden{i:02d}@contoh.invalid",
            f"Jalan Tiada No. {i}",
        ]
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
    good(
        f,
        "names, NIK, telephone, e-mail beside the answers: none of them comes out anywhere",
        people,
        rejected=rejected,
        absent=absent,
    )


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
    put(
        ws,
        3,
        ["NO", "TANGGAL", "IDENTITAS RESPONDEN", None, None, "NILAI JAWABAN PER PERTANYAAN", *[None] * 8, "SARAN"],
    )
    put(ws, 4, [None, None, "L/P", "UMUR", "LAYANAN", *[f"{i}. {NAMES[c]}" for i, c in enumerate(MODEL_ORDER, 1)]])
    style_head(ws, range(3, 5), 15)
    for m in ("A3:A4", "B3:B4", "C3:E3", "F3:N3", "O3:O4"):
        ws.merge_cells(m)
    put(ws, 5, ["cth", "2026-01-01", "L", 25, "Layanan A", *[3] * 9, "contoh pengisian"])
    people[10]["U8"] = people[11]["U8"] = people[30]["U4"] = None
    for i, p in enumerate(people):
        sex = r.choice(["L", "P"])
        put(
            ws,
            6 + i,
            [
                i + 1,
                f"2026-{1 + i // 15:02d}-{2 + i % 15:02d}",
                sex,
                r.randint(18, 65),
                r.choice(["Layanan A", "Layanan B ", "layanan a"]),
                *[p[c] for c in MODEL_ORDER],
                None,
            ],
        )
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
    for step in (gap, messy_profile, importance, free_service, typing_slips, five_points):
        step()
    for step in (old_formats, half, mapped, personal, office_mixture):
        step()
