"""Good files, part 3: what stands in the cells: scales, slips, profiles, maps, personal data, a mixture (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

from fractions import Fraction

from good_sheets import NAMED
from kit import (
    CODES,
    GOOD,
    MAPS,
    MODEL_ORDER,
    NAMES,
    Table,
    book,
    cell,
    good,
    in_libreoffice,
    maker,
    numbered,
    plain_sheet,
    put,
    ratings,
    result,
    rng,
    style_head,
    survey,
    widths,
    write,
)  # fmt: skip
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter


def plain(people: list[dict], order: list[str] = CODES) -> Table:
    """Nothing but a number and the answers."""
    rows = [[i, *[p[c] for c in order]] for i, p in enumerate(people, 1)]
    return Table(["No", *[NAMES[c] for c in order]], rows)


def with_profile(r, people: list[dict], heads: list[str], names: list[str]) -> Table:
    """A number, sex and age, and the answers."""
    rows = [[i, q["sex"], q["age"], *[p[c] for c in CODES]] for i, p, q in numbered(r, people)]
    return Table([*heads, *names], rows)


@survey(
    "nomor-bolong.xlsx", 36, "a gap in the numbering: P1, P2, P4 … P10", codes_sure=False,
    notes="nine columns of answers are the nine elements in their order; the index does not depend on the names, it does depend on all nine being read",
)  # fmt: skip
def gap(r, people):
    return with_profile(r, people, ["No", "JK", "Umur"], ["P1", "P2", *[f"P{i}" for i in range(4, 11)]])


SPELT = {
    "Laki-laki": ["Laki - Laki", "laki-laki", "Laki-laki ", "LAKI-LAKI", "Laki laki"],
    "Perempuan": ["Perempuan", "perempuan", " Perempuan", "PEREMPUAN"],
}


@survey(
    "profil-berantakan.xlsx", 40, "profile mess: «Laki - Laki», ages 0 and 1121212",
    options=["--by", "Jenis Kelamin"], rejected=[cell("age", 9, "Umur", "Data"), cell("age", 24, "Umur", "Data")],
    notes="the group's label may be spelled as the reader likes (compare letters only, without case); both ages are listed, their answers count",
)  # fmt: skip
def messy_profile(r, people):
    rows, groups = [], {sex: [] for sex in SPELT}
    for i, p, q in numbered(r, people):
        groups[q["sex"]].append(p)
        rows.append([i, r.choice(SPELT[q["sex"]]), q["age"], q["school"], *[p[c] for c in CODES]])
    rows[7][2], rows[22][2] = 0, 1121212
    found = {sex: result(those) for sex, those in groups.items()}
    want = [{"value": sex, **{key: found[sex][key] for key in ("n", "ikm", "mutu")}} for sex in found]
    return Table(["No", "Jenis Kelamin", "Umur", "Pendidikan", *NAMED], rows), {"groups": want}


@survey(
    "kepentingan-dan-kepuasan.xlsx", 35, "importance columns beside satisfaction columns; importance does not count",
    level=0.7,
)  # fmt: skip
def importance(r, people):
    other = ratings(r, 35, level=0.95)
    head = [f"{name} (tingkat {what})" for name in NAMED for what in ("kepentingan", "kepuasan")]
    rows = [
        [i, *[v for c in CODES for v in (o[c], p[c])]] for i, (p, o) in enumerate(zip(people, other, strict=True), 1)
    ]
    return Table(["No", *head], rows)


@survey(
    "harapan-dua-baris.xlsx", 30,
    "the same nine names twice under merged KEPUASAN and KEPENTINGAN; importance does not count", level=0.74,
)  # fmt: skip
def importance_above(r, people):
    other = ratings(r, 30, level=0.95)
    wb, ws = book("Data")
    put(ws, 1, ["No", "KEPUASAN", *[None] * 8, "KEPENTINGAN"])
    put(ws, 2, [None, *NAMED * 2])
    style_head(ws, range(1, 3), 19)
    for merged in ("A1:A2", "B1:J1", "K1:S1"):
        ws.merge_cells(merged)
    for i, (p, o) in enumerate(zip(people, other, strict=True), 1):
        put(ws, 2 + i, [i, *[p[c] for c in CODES], *[o[c] for c in CODES]])
    widths(ws, [5, *[13] * 18])
    return wb


@survey("layanan-gratis.xlsx", 30, "free service: biaya/tarif not asked, weight 1/8")
def free_service(_r, people):
    for p in people:
        del p["U4"]
    return plain(people, [c for c in CODES if c != "U4"])


@survey("tarif-kosong.csv", 30, "free service: the column biaya/tarif is there and empty, weight 1/8")
def no_fee(_r, people):
    for p in people:
        p["U4"] = None
    return Table(["No", *[f"{c} {NAMES[c]}" for c in CODES]], plain(people).rows)


@survey(
    "salah-ketik.xlsx",
    60,
    "six of 540 answers at 5, 0 or 44 (1.1 %) and a «?»: rejected cells, the rest of the row counts",
)
def typing_slips(r, people):
    table = with_profile(r, people, ["No", "Jenis Kelamin", "Umur"], NAMED)
    slips = [(4, "U2", 5), (17, "U6", 5), (17, "U7", 0), (33, "U9", 44), (40, "U1", 0), (52, "U3", "?"), (58, "U8", 5)]
    for i, c, v in slips:
        table.rows[i][3 + CODES.index(c)] = v
        people[i][c] = None
    return table, {
        "rejected": [cell("no answer" if v == "?" else "outside", i + 2, NAMES[c], "Data") for i, c, v in slips]
    }


@survey(
    "skala-1-5.xlsx", 45, "scale 1 to 5, converted because the user says so", top=5, options=["--scale", "1-5"],
    converted=True, notes="x → 1 + (x − 1) × 3/4",
)  # fmt: skip
def five_points(_r, people):
    people[5]["U3"] = None
    done = [{c: None if v is None else 1 + Fraction(3, 4) * (v - 1) for c, v in p.items()} for p in people]
    return plain(people), {"people": done}


@maker
def old_formats() -> None:
    for f in ("lama.xls", "libreoffice.ods"):
        r = rng(f)
        people = ratings(r, 30)
        head = ["No", "Jenis Kelamin", "Umur", *[NAMES[c] for c in MODEL_ORDER], "Saran"]
        rows = [
            [i, q["sex"], q["age"], *[p[c] for c in MODEL_ORDER], q["remark"] or None]
            for i, p, q in numbered(r, people)
        ]
        rows[8][6] = None
        people[8][MODEL_ORDER[3]] = None
        wb, ws = book("Data")
        plain_sheet(ws, head, rows)
        in_libreoffice(GOOD / f, wb)
        good(f, f"made by LibreOffice as .{f.rpartition('.')[2]}, questionnaire's order, one empty cell", people)


@maker
def half() -> None:
    f = "tepat-setengah.csv"
    people = [{c: 2 if i == CODES.index(c) else 1 for c in CODES} for i in range(40)]  # one 2 per element, the rest 1
    write(GOOD / f, plain(people))
    trait = "the design's own example: n = 40, total 369, 25.625 is 25.63"
    good(f, trait, people, notes="31 rows agree with one another and all count")


SHORT = dict(zip(CODES, ["syr", "alur", "cepat", "rp", "hasil", "mampu", "ramah", "lapor", "gedung"], strict=True))


@survey(
    "kolom-singkatan.csv", 30, "office's own abbreviations, mapped by a file, one column ignored",
    options=["--map", "{files}/maps/kolom-singkatan.toml"],
)  # fmt: skip
def mapped(r, people):
    order = ["U9", "U3", "U1", "U8", "U2", "U7", "U4", "U6", "U5"]
    lines = ["# data sintetis", "[columns]", *[f'"{h}" = "{c}"' for c, h in SHORT.items()], '"kesan umum" = "ignore"']
    (MAPS / "kolom-singkatan.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [[i, *[p[c] for c in order], r.randint(1, 4)] for i, p in enumerate(people, 1)]
    return Table(["urut", *[SHORT[c] for c in order], "kesan umum"], rows)


@survey(
    "dua-tanya-satu-unsur.csv", 30, "map with two headers for one element: U6 is the mean of its two questions",
    options=["--map", "{files}/maps/dua-tanya.toml"],
)  # fmt: skip
def two_for_one(r, people):
    extra = ratings(r, 30, level=0.6)
    lines = ["[columns]", *[f'"Soal {c[1]}" = "{c}"' for c in CODES], '"Soal tambahan" = "U6"']
    (MAPS / "dua-tanya.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [[*[p[c] for c in CODES], e["U6"]] for p, e in zip(people, extra, strict=True)]
    both = [p | {"U6": [p["U6"], e["U6"]]} for p, e in zip(people, extra, strict=True)]
    return Table([*[f"Soal {c[1]}" for c in CODES], "Soal tambahan"], rows), {"people": both}


def _person(i: int) -> list[str]:
    return [
        f"Responden Fiktif {i:02d}",
        f"00009999000099{i:02d}",
        f"0000-0000-{i:04d}",
        f"responden{i:02d}@contoh.invalid",
        f"Jalan Tiada No. {i}",
    ]


@survey(
    "data-pribadi.xlsx", 34, "names, NIK, telephone, e-mail beside the answers: none of them comes out anywhere",
    rejected=[cell("outside", 13, NAMES["U3"], "Responden"), cell("age", 21, "Umur", "Responden")],
    absent=["Responden Fiktif", "0000999900", "0000-0000", "contoh.invalid", "Petugas Rekaan"],
)  # fmt: skip
def personal(r, people):
    head = ["No", "Nama Lengkap", "NIK", "No. HP/WA", "Alamat e-mail", "Alamat", "Jenis Kelamin", "Umur"]
    rows = [
        [i, *_person(i), q["sex"], q["age"], *[p[c] for c in CODES], "Petugas Rekaan"]
        for i, p, q in numbered(r, people)
    ]
    rows[11][len(head) + 2] = 9
    people[11]["U3"] = None
    rows[19][7] = 1121212
    rows[25][3] = "tidak punya"
    return Table([*head, *NAMED, "Nama petugas yang melayani"], rows, "Responden")


def _entry_sheet(ws, r, people: list[dict]) -> None:
    """The sheet of the mixture below: title, merged header over two rows, an example, the answers."""
    ws["A1"] = "ENTRI KUESIONER SKM TRIWULAN I 2026 (DATA SINTETIS)"
    ws["A1"].font = Font(bold=True, size=13)
    groups = ["NO", "TANGGAL", "IDENTITAS RESPONDEN", None, None, "NILAI JAWABAN PER PERTANYAAN", *[None] * 8, "SARAN"]
    put(ws, 3, groups)
    put(ws, 4, [None, None, "L/P", "UMUR", "LAYANAN", *[f"{i}. {NAMES[c]}" for i, c in enumerate(MODEL_ORDER, 1)]])
    style_head(ws, range(3, 5), 15)
    for merged in ("A1:O1", "A3:A4", "B3:B4", "C3:E3", "F3:N3", "O3:O4"):
        ws.merge_cells(merged)
    put(ws, 5, ["cth", "2026-01-01", "L", 25, "Layanan A", *[3] * 9, "contoh pengisian"])
    for i, p in enumerate(people):
        who = [i + 1, f"2026-{1 + i // 15:02d}-{2 + i % 15:02d}", r.choice(["L", "P"]), r.randint(18, 65)]
        service = r.choice(["Layanan A", "Layanan B ", "layanan a"])
        put(ws, 6 + i, [*who, service, *[p[c] for c in MODEL_ORDER], None])
    widths(ws, [9, 12, 6, 8, 12, *[12] * 9, 22])


def _sums_and_signature(ws) -> None:
    for k, (name, function) in enumerate((("JUMLAH", "SUM"), ("RATA-RATA", "AVERAGE"))):
        ws.cell(51 + k, 1, name).font = Font(bold=True)
        for j in range(9):
            col = get_column_letter(6 + j)
            ws.cell(51 + k, 6 + j, f"={function}({col}6:{col}50)")
    ws.cell(54, 11, "Mengetahui,")
    ws.cell(55, 11, "Kepala Unit (nama rekaan)")


MIXED = "Entri Kuesioner"


@survey(
    "campuran-kantor.xlsx", 45, "a realistic mixture as an office keeps it", computed=True,
    rejected=[
        cell("trial", 5, None, MIXED), cell("age", 21, "UMUR", MIXED),
        cell("outside", 36, f"5. {NAMES['U5']}", MIXED),
    ],
    rejected_may=[cell("around", i, None, MIXED) for i in (1, 2, 51, 52, 53, 54, 55)],
    notes="sheet 2 of 2; title; two-row merged header; example row 5; age 0; a cell 11; total and average rows; a signature block; questionnaire's order",
)  # fmt: skip
def office_mixture(r, people):
    wb, ws = book("Rekap Nilai")
    put(ws, 1, ["Unsur", "NRR", "Keterangan"])
    for i, c in enumerate(MODEL_ORDER, 2):
        put(ws, i, [NAMES[c], None, "diisi setelah olah data"])
    people[10]["U8"] = people[11]["U8"] = people[30]["U4"] = None
    ws = wb.create_sheet(MIXED)
    _entry_sheet(ws, r, people)
    ws.cell(21, 4, 0)
    ws.cell(36, 6 + MODEL_ORDER.index("U5"), 11)  # a key that stuck
    people[30]["U5"] = None
    _sums_and_signature(ws)
    return wb
