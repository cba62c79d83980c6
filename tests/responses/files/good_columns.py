"""Good files, part 6: columns that sound like an element and are none, and elements that do not sound like one."""

# ruff: noqa: E501
from __future__ import annotations

from kit import CODES, MAPS, QUESTIONS, Table, book, cell, put, ratings, style_head, survey, widths

OFFICIAL = {
    "U1": "Persyaratan",
    "U2": "Sistem, mekanisme dan prosedur",
    "U3": "Waktu penyelesaian",
    "U4": "Biaya/tarif",
    "U5": "Produk spesifikasi jenis pelayanan",
    "U6": "Kompetensi pelaksana",
    "U7": "Perilaku pelaksana",
    "U8": "Penanganan pengaduan, saran dan masukan",
    "U9": "Sarana dan prasarana",
}
REMARKS = ["parkir sempit", "antrean lama", "tolong ditambah kursi", "semoga lebih baik", "petugas ramah sekali"]


def beside(people: list[dict], heads: list[str], cells, names: dict[str, str] = OFFICIAL) -> Table:
    """A number, the elements by name, and further columns: `cells` gives a row's, from its place."""
    asked = [c for c in CODES if c in people[0]]
    rows = [[i, *[p[c] for c in asked], *cells(i)] for i, p in enumerate(people, 1)]
    return Table(["No", *[names[c] for c in asked], *heads], rows)


@survey("saran-tidak-ada.csv", 36, "a column of remarks of which two in three say «Tidak ada»")
def remarks(_r, people):
    return beside(people, ["Saran dan masukan"], lambda i: ["Tidak ada" if i % 3 else REMARKS[i % 5]])


@survey(
    "saran-tanpa-pengaduan.csv", 33, "complaints were not asked, and the remarks say «Tidak ada»",
    named=["U8 Penanganan pengaduan"], notes="eight elements; the remarks are no answer to the missing one",
)  # fmt: skip
def remarks_instead(_r, people):
    for p in people:
        del p["U8"]
    return beside(people, ["Saran"], lambda i: ["Tidak ada" if i % 4 else ""])


@survey(
    "kode-dan-saran.csv", 34, "U1 to U9 beside remarks in words that are options elsewhere", codes_sure=False,
    named=["«Saran»"], notes="the coded column U8 is never displaced by a worded one",
)  # fmt: skip
def coded_beside_remarks(_r, people):
    names = {c: c for c in CODES}
    return beside(people, ["Saran"], lambda i: ["Tidak ada" if i % 3 else "Baik"], names)


@survey("saran-per-unsur.xlsx", 30, "a column of remarks after every question", named=["«Saran untuk persyaratan»"])
def remarks_per_question(_r, people):
    head = [name for c in CODES for name in (OFFICIAL[c], f"Saran untuk {OFFICIAL[c].lower()}")]
    said = ["baik", "tidak ada", "cukup"]
    rows = [[i, *[v for c in CODES for v in (p[c], said[i % 3])]] for i, p in enumerate(people, 1)]
    return Table(["No", *head], rows)


PERSONAL_WORDS = {
    "U3": "Apakah KTP selesai tepat waktu?",
    "U5": "Bagaimana pendapat Saudara tentang kesesuaian KTP/KK/Akta yang diterima?",
    "U7": "Bagaimana sikap dan tutur kata petugas loket?",
    "U8": "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan (nomor WA, telepon, e-mail, kotak saran)?",
    "U9": "Alamat kantor mudah ditemukan dan tempatnya nyaman",
}


@survey(
    "kata-data-pribadi.csv", 36, "questions that mention KTP, telephone, WA, e-mail, an address or the staff",
    absent=["Warga Rekaan"], notes="answers are no personal data; the column of names is",
)  # fmt: skip
def personal_words(_r, people):
    names = OFFICIAL | PERSONAL_WORDS
    rows = [[f"Warga Rekaan {i:02d}", *[p[c] for c in CODES]] for i, p in enumerate(people, 1)]
    return Table(["Nama petugas", *[names[c] for c in CODES]], rows)


@survey("kata-profil.csv", 31, "questions that mention the occupation or the kind of service")
def profile_words(_r, people):
    names = OFFICIAL | {
        "U5": "Jenis pelayanan yang diterima sesuai standar",
        "U6": "Apakah petugas menguasai pekerjaan?",
    }
    return beside(people, ["Pekerjaan"], lambda i: [["Petani", "PNS"][i % 2]], names)


@survey(
    "kode-harapan-persepsi.xlsx", 35, "expectation beside perception, the word in brackets behind the code",
    level=0.7, codes_sure=False, named=["«U1 (Harapan)»"],
)  # fmt: skip
def expectation_in_brackets(r, people):
    other = ratings(r, 35, level=0.95)
    head = [f"{c} ({what})" for what in ("Harapan", "Persepsi") for c in CODES]
    rows = [
        [i, *[o[c] for c in CODES], *[p[c] for c in CODES]]
        for i, (p, o) in enumerate(zip(people, other, strict=True), 1)
    ]
    return Table(["No", *head], rows)


@survey(
    "harapan-persepsi-nomor.xlsx", 30, "merged HARAPAN and PERSEPSI, each over the numbers 1 to 9",
    level=0.72, codes_sure=False, named=["HARAPAN / 1"],
)  # fmt: skip
def expectation_above_numbers(r, people):
    other = ratings(r, 30, level=0.95)
    wb, ws = book("Data")
    put(ws, 1, ["No", "HARAPAN", *[None] * 8, "PERSEPSI"])
    put(ws, 2, [None, *range(1, 10), *range(1, 10)])
    style_head(ws, range(1, 3), 19)
    for merged in ("A1:A2", "B1:J1", "K1:S1"):
        ws.merge_cells(merged)
    for i, (p, o) in enumerate(zip(people, other, strict=True), 1):
        put(ws, 2 + i, [i, *[o[c] for c in CODES], *[p[c] for c in CODES]])
    widths(ws, [5, *[7] * 18])
    return wb


SPAK = [
    "Petugas tidak diskriminatif dalam pelayanan",
    "Tidak ada pelayanan di luar prosedur / kecurangan",
    "Tidak ada penerimaan imbalan uang/barang di luar biaya resmi",
    "Tidak ada pungutan liar (pungli)",
    "Tidak ada percaloan",
]


@survey("skm-dan-spak.csv", 37, "the items of the anti-corruption survey beside the nine elements", named=SPAK)
def integrity(r, people):
    return beside(people, SPAK, lambda _i: [r.randint(3, 4) for _ in SPAK])


@survey(
    "ya-dan-tidak.csv", 32, "yes-and-no questions about complaints and payments beside the nine elements",
    named=["Apakah membayar biaya di luar tarif resmi?"],
)  # fmt: skip
def yes_and_no(_r, people):
    head = ["Pernah menyampaikan pengaduan?", "Apakah membayar biaya di luar tarif resmi?"]
    return beside(people, head, lambda i: ["Ya" if i % 5 == 0 else "Tidak", "Ya" if i % 9 == 0 else "Tidak"])


FACTS = [
    "Biaya yang dikeluarkan (1 <50rb 2 50-100rb 3 >100rb)",
    "Media pengaduan yang Anda ketahui (1-4)",
    "Sarana informasi yang dipakai",
    "Prosedur yang dipilih (1 daring, 2 luring)",
    "Sarana transportasi menuju kantor (1 jalan kaki 2 motor 3 mobil 4 angkot)",
    "Berapa kali datang",
]


@survey(
    "kovariat.csv", 38, "facts in numbers that sound like elements: what was paid, which way, which means", named=FACTS
)
def facts(r, people):
    return beside(
        people,
        FACTS,
        lambda _i: [*[r.randint(1, 4) for _ in FACTS[:3]], r.randint(1, 2), r.randint(1, 4), r.randint(1, 4)],
    )


@survey(
    "perilaku-lama.csv",
    29,
    "last year's answers left in a column of the same name",
    named=["Perilaku pelaksana (lama)"],
)
def earlier(_r, people):
    return beside(people, ["Perilaku pelaksana (lama)"], lambda _i: [1])


@survey(
    "pertanyaan-kedua.csv", 30, "a question of an office's own beside the official one, about the same element",
    named=["«Kebersihan toilet»"], notes="the official question is the element; the other one is named",
)  # fmt: skip
def second_question(r, people):
    return beside(people, ["Kebersihan toilet"], lambda _i: [r.randint(1, 3)])


SLIPS = {
    "U1": "Persaratan",
    "U2": "Prosedure",
    "U3": "Wkt penyelesaian",
    "U4": "Byaya/Tarip",
    "U6": "Kompetnsi pelaksana",
    "U7": "Prilaku pelaksana",
    "U8": "Pengaduan & saran",
    "U9": "Sarpras",
}


@survey(
    "judul-salah-ketik.csv",
    36,
    "headers with slips of the pen",
    named=[f"«{SLIPS[c]}» = {c}" for c in ("U1", "U3", "U7")],
)
def misspelt(_r, people):
    return beside(people, [], lambda _i: [], OFFICIAL | SLIPS)


@survey(
    "urutan-menolong.csv", 33, "two headers that say nothing between seven that stand in order", named=["--map"],
    notes="their place tells the elements; both are unsure",
)  # fmt: skip
def told_by_their_place(_r, people):
    return beside(people, [], lambda _i: [], OFFICIAL | {"U4": "Menurut Anda wajarkah?", "U6": "Orangnya"})


@survey("judul-inggris.csv", 34, "questions in English")
def english(_r, people):
    said = ["How suitable are the requirements for the service?", "How easy is the procedure of this office?"]
    said += ["How fast is the service?", "Is the fee fair?", "Does the product match what is promised?"]
    said += ["How competent are the staff?", "How polite and friendly are the staff?", "How are complaints handled?"]
    said += ["Quality of facilities and infrastructure"]
    return beside(people, [], lambda _i: [], dict(zip(CODES, said, strict=True)))


@survey(
    "nomor-kolom-di-bawah-kode.xlsx", 30, "the official table: U1 to U9 and beneath them the columns' numbers 1 to 10",
    codes_sure=False, rejected=[cell("numbering", 5, None, "Olah Data")],
)  # fmt: skip
def numbered_columns(_r, people):
    wb, ws = book("Olah Data")
    ws.cell(1, 1, "PENGOLAHAN DATA SKM PER RESPONDEN (DATA SINTETIS)")
    put(ws, 3, ["NO. RES", "NILAI UNSUR PELAYANAN", *[None] * 8])
    put(ws, 4, [None, *CODES])
    put(ws, 5, list(range(1, 11)))
    style_head(ws, range(3, 6), 10)
    for merged in ("A3:A4", "B3:J3"):
        ws.merge_cells(merged)
    for i, p in enumerate(people, 1):
        put(ws, 5 + i, [i, *[p[c] for c in CODES]])
    widths(ws, [9, *[6] * 9])
    return wb


@survey(
    "delapan-nomor.csv", 30, "eight numbered questions: which element is missing is not known", codes_sure=False,
    named=["8 pertanyaan bernomor", "U9 Sarana dan prasarana"],
)  # fmt: skip
def eight_numbers(_r, people):
    for p in people:
        del p["U9"]
    names = {c: f"P{c[1]}" for c in CODES}
    return beside(people, [], lambda _i: [], names)


@survey("kolom-jumlah-responden.csv", 30, "a column that counts respondents", named=["«Jumlah responden»"])
def counted(_r, people):
    return beside(people, ["Jumlah responden"], lambda i: [1 + i % 4])


@survey(
    "kolom-tak-dikenal.csv", 30, "two columns of answers nobody can name, named by a map",
    options=["--map", "{files}/maps/kolom-tak-dikenal.toml"],
)  # fmt: skip
def unknown_columns(r, people):
    lines = ["[columns]", '"Orang di loket depan" = "U7"', '"Kesan pertama" = "ignore"']
    (MAPS / "kolom-tak-dikenal.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    order = [c for c in CODES if c != "U7"]
    head = ["No", *[OFFICIAL[c] for c in order], "Orang di loket depan", "Kesan pertama"]
    rows = [[i, *[p[c] for c in order], p["U7"], r.randint(1, 4)] for i, p in enumerate(people, 1)]
    return Table(head, rows)


@survey("pertanyaan-bagian.csv", 28, "an element asked in two parts of one code, «2a.» and «2b.»")
def two_parts(r, people):
    extra = ratings(r, 28, level=0.6)
    head = [
        QUESTIONS["U1"],
        "2a. Prosedur mudah dipahami",
        "2b. Prosedur mudah diikuti",
        *[QUESTIONS[c] for c in CODES[2:]],
    ]
    rows = [[p["U1"], p["U2"], e["U2"], *[p[c] for c in CODES[2:]]] for p, e in zip(people, extra, strict=True)]
    return Table(head, rows), {"people": [p | {"U2": [p["U2"], e["U2"]]} for p, e in zip(people, extra, strict=True)]}
