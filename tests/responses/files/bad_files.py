"""Broken files and wrong options: each must be answered with one Indonesian sentence that names the place."""

# ruff: noqa: E501
from __future__ import annotations

import io
import struct
import zipfile

import kit
from kit import BAD, CODES, GOOD, MAPS, NAMES, Table, bad, maker, ratings, rng, write  # fmt: skip

HEADS = [NAMES[c] for c in CODES]
SCALE = ["--scale", ["skala", "1-4", "1–4", "1 sampai 4"]]


def respondents(people: list[dict], sheet: str = "Data") -> Table:
    return Table(["No", *HEADS], [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)], sheet)


def table(file: str, content: Table, trait: str, says: list, notes: str = "") -> None:
    """A file that is a table, but not one of answers."""
    write(BAD / file, content)
    bad(file, trait, [file, *says], notes=notes)


@maker
def per_office() -> None:
    f = "satu-baris-per-kantor.xlsx"
    r = rng(f)
    wb, ws = kit.book("Rekap Unit")
    kit.put(ws, 1, ["REKAPITULASI IKM UNIT PELAYANAN (DATA SINTETIS)"])
    rows = []
    for i in range(1, 15):
        nrr = [round(r.uniform(2.9, 3.8), 3) for _ in CODES]
        rows.append([i, f"Unit {chr(64 + i)}", r.randint(30, 250), *nrr, round(sum(nrr) / 9 * 25, 2), "B"])
    kit.put(ws, 3, ["No", "Unit Kerja", "Jumlah Responden", *[f"U{i}" for i in range(1, 10)], "IKM", "Mutu"])
    kit.style_head(ws, range(3, 4), 14)
    for i, row in enumerate(rows, 4):
        kit.put(ws, i, row)
    kit.save(wb, BAD / f)
    bad(f, "one row per office: means with decimals, number of respondents, index", [f, "audit"])

    f = "satu-baris-per-kantor-kata.csv"
    r = rng(f)
    rows = [
        [f"Unit {chr(65 + i)}", *[f"{r.uniform(2.9, 3.8):.2f}".replace(".", ",") for _ in CODES]] for i in range(12)
    ]
    trait = "one row per office in a semicolon CSV, element names, no count and no index"
    table(f, Table(["Nama OPD", *HEADS], rows, sep=";"), trait, ["audit"])


@maker
def scales() -> None:
    f = "skala-1-5-tanpa-opsi.csv"
    table(f, respondents(ratings(rng(f), 40, top=5)), "scale 1 to 5 without saying so", SCALE)

    f = "nilai-0-100.xlsx"
    r = rng(f)
    rows = [[i, *[r.choice([60, 65, 70, 75, 80, 85, 90, 95, 100]) for _ in CODES]] for i in range(1, 31)]
    table(f, Table(["No", *HEADS], rows, "Nilai"), "marks from 0 to 100", SCALE)

    f = "skala-0-3.csv"
    lower = [{c: v - 1 for c, v in p.items()} for p in ratings(rng(f), 40, level=0.5)]
    table(f, respondents(lower), "answers coded 0 to 3: more than 2 % of the cells are 0", SCALE)


@maker
def containers() -> None:
    whole = BAD / "terpotong.xlsx"
    write(whole, respondents(ratings(rng("utuh"), 60)))
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) * 2 // 3])
    bad(
        "terpotong.xlsx",
        "download broken off: zip cut at two thirds",
        ["terpotong.xlsx", ["rusak", "tidak lengkap", "tidak dapat dibuka", "tidak bisa dibuka", "terpotong", "unduh"]],
    )

    locked = BAD / "berkata-sandi.xlsx"
    if not locked.exists():  # the salt is random: made once
        import msoffcrypto.format.ooxml as ooxml

        out = io.BytesIO()
        ooxml.OOXMLFile(io.BytesIO(data)).encrypt("rahasia", out)
        locked.write_bytes(out.getvalue())
    bad(
        "berkata-sandi.xlsx",
        "workbook with a password",
        ["berkata-sandi.xlsx", ["sandi", "password", "terenkripsi", "terkunci"]],
        notes="an OLE container, like an old .xls; better named as protected than as broken",
    )

    inside = BAD / "isi-rusak.xlsx"
    with zipfile.ZipFile(io.BytesIO(data)) as src, zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as dst:
        for name in src.namelist():
            raw = src.read(name)
            dst.writestr(
                zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), raw[:900] if name.endswith("sheet1.xml") else raw
            )
    bad("isi-rusak.xlsx", "whole zip, the sheet inside it cut off", ["isi-rusak.xlsx"])

    letter = BAD / "surat.xlsx"
    with zipfile.ZipFile(letter, "w") as dst:
        for name, text in (("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")):
            dst.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    bad("surat.xlsx", "a Word file renamed .xlsx: a zip without a workbook", ["surat.xlsx"])


HTML_HEAD = b'<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><title>%s</title></head><body>\n'


@maker
def not_sheets() -> None:
    cells = "".join(
        f"<tr><td>{i}</td>" + "".join(f"<td>{p[c]}</td>" for c in CODES) + "</tr>\n"
        for i, p in enumerate(ratings(rng("html"), 30), 1)
    )
    head = "<tr><th>No</th>" + "".join(f"<th>{h}</th>" for h in HEADS) + "</tr>\n"
    (BAD / "tabel-web.xls").write_bytes(
        HTML_HEAD % b"Rekap (sintetis)" + f"<table border=1>\n{head}{cells}</table></body></html>\n".encode()
    )
    bad(
        "tabel-web.xls",
        "an application's HTML table saved as .xls",
        ["tabel-web.xls", ["html", "halaman web"]],
        notes="Excel opens such files; a reader that reads it rightly is as good as one that says what it is (n = 30)",
    )
    (BAD / "halaman-masuk.xls").write_bytes(
        HTML_HEAD % b"Masuk"
        + b"<p>Sesi Anda telah berakhir, silakan masuk kembali.</p><form><input name=user></form></body></html>\n"
    )
    bad("halaman-masuk.xls", "a log-in page saved as .xls instead of the export", ["halaman-masuk.xls"])

    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    (BAD / "sebenarnya-pdf.xlsx").write_bytes(pdf)
    bad("sebenarnya-pdf.xlsx", "a PDF renamed .xlsx", ["sebenarnya-pdf.xlsx"], notes="naming PDF would help")
    r = rng("biner")
    (BAD / "biner.csv").write_bytes(bytes(r.getrandbits(8) for _ in range(4096)))
    bad("biner.csv", "random bytes named .csv", ["biner.csv"])
    (BAD / "kosong.csv").write_bytes(b"")
    bad("kosong.csv", "empty file", ["kosong.csv", "kosong"])
    (BAD / "kosong.xlsx").write_bytes(b"")
    bad("kosong.xlsx", "file of 0 bytes", ["kosong.xlsx", "kosong"])
    wb, _ = kit.book("Sheet1")
    kit.save(wb, BAD / "tanpa-isi.xlsx")
    bad(
        "tanpa-isi.xlsx",
        "a whole workbook with an empty sheet",
        ["tanpa-isi.xlsx", ["kosong", "tidak ada", "tidak berisi", "tidak ditemukan"]],
    )
    bad("tidak-ada.xlsx", "a file that does not exist", ["tidak-ada.xlsx", ["tidak ada", "tidak ditemukan"]], [1, 2])


def _bomb(path, size: int) -> None:
    """A workbook whose sheet unpacks to `size` bytes of white space between two rows."""
    wb, ws = kit.book("Data")
    kit.plain_sheet(ws, ["No", *HEADS], respondents(ratings(rng("bom"), 12)).rows)
    raw = io.BytesIO()
    wb.save(raw)
    with zipfile.ZipFile(raw) as src, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as dst:
        for name in src.namelist():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            data = src.read(name)
            if not name.endswith("sheet1.xml"):
                dst.writestr(info, data)
                continue
            at = data.index(b"</sheetData>")
            with dst.open(info, "w", force_zip64=False) as out:
                out.write(data[:at])
                for _ in range(size // 1_000_000):
                    out.write(b" " * 1_000_000)
                out.write(data[at:])


@maker
def bombs() -> None:
    _bomb(BAD / "bom-zip.xlsx", 400_000_000)
    size = ["MB", "megabyte", "terlalu besar", "batas", "GB"]
    bad(
        "bom-zip.xlsx",
        "about 0.4 MB, unpacks to 400 MB",
        ["bom-zip.xlsx", size],
        notes="must answer at once and without filling the memory (suggested: under 5 s, under 300 MB)",
    )

    liar = BAD / "bom-zip-bohong.xlsx"
    _bomb(liar, 200_000_000)
    data = bytearray(liar.read_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as z:
        info = next(i for i in z.infolist() if i.filename.endswith("sheet1.xml"))
    central = data.index(b"PK\x01\x02")
    while data[central + 46 : central + 46 + len(info.filename)] != info.filename.encode():
        central = data.index(b"PK\x01\x02", central + 4)
    struct.pack_into("<I", data, central + 24, 4096)
    struct.pack_into("<I", data, info.header_offset + 22, 4096)
    liar.write_bytes(data)
    bad(
        "bom-zip-bohong.xlsx",
        "the same with 200 MB, and the directory says 4096 bytes",
        ["bom-zip-bohong.xlsx"],
        notes="as above; calling it broken is right too",
    )


@maker
def no_answers() -> None:
    f = "hanya-kepala.xlsx"
    empty = Table(["No", "Jenis Kelamin", "Umur", *HEADS], [], "Data Responden")
    table(f, empty, "headers without a single respondent", [["responden", "jawaban", "baris"]])

    guests = [[f"{i:02d}/02/2026", f"Responden {i}", "Konsultasi", "selesai"] for i in range(1, 21)]
    says = [["unsur", "kolom"], ["--map", "U1"]]
    book_of_guests = Table(["Tanggal", "Nama", "Keperluan", "Status"], guests)
    note = "names must not be echoed"
    table("tanpa-unsur.csv", book_of_guests, "a guest book: no column of answers", says, note)

    f = "jawaban-tak-dikenal.xlsx"
    r, said = rng(f), ["Mantap", "Oke lah", "Biasa aja", "Hmm"]
    rows = [[i, *[r.choice(said) for _ in CODES]] for i in range(1, 26)]
    note = "should name the sheet or a column too"
    table(f, Table(["No", *HEADS], rows, "Jawaban"), "no answer is one of a known scale", [said], note)

    blank = Table(["No", "Umur", *HEADS], [[i, 20 + i, *[""] * 9] for i in range(1, 21)])
    table("semua-kosong.csv", blank, "twenty rows, no answer in any", [["jawaban", "responden", "kosong"]])


WRONG_MAPS = {
    "kepala-tak-dikenal": '[columns]\n"Persyaratan administrasi" = "U1"\n',
    "unsur-tak-dikenal": '[columns]\n"Persyaratan" = "U12"\n',
    "kunci-ganda": '[columns]\n"Persyaratan" = "U1"\n"Prosedur" = "U2"\n"Persyaratan" = "U3"\n',
    "tanpa-columns": '"Persyaratan" = "U1"\n',
}


def _map(name: str) -> list[str]:
    return ["--map", f"{{files}}/maps/{name}.toml"]


# file, what is wrong, what must be said, options, note
SHEETS, CSV, FREE = "good/beberapa-lembar.xlsx", "good/utf8-bom.csv", "good/layanan-gratis.xlsx"
WRONG_OPTIONS = [
    (SHEETS, "a sheet that does not exist", ["Januari", "Data Responden"], ["--sheet", "Januari"],
     "says which sheets there are"),
    (CSV, "--sheet for a CSV file", [["csv", "lembar", "sheet"]], ["--sheet", "Data"],
     "exit 0 with a hint would also be fair"),
    (CSV, "a map that names an unknown header", ["Persyaratan administrasi", "kepala-tak-dikenal.toml"],
     _map("kepala-tak-dikenal"), ""),
    (CSV, "a map to an element that does not exist", ["U12", "Persyaratan"], _map("unsur-tak-dikenal"), ""),
    (CSV, "a map that gives one header twice (no valid TOML)",
     ["kunci-ganda.toml", ["4", "Persyaratan", "dua kali", "ganda"]], _map("kunci-ganda"), ""),
    (CSV, "a map without its table", ["tanpa-columns.toml", "columns"], _map("tanpa-columns"), ""),
    (CSV, "a map file that is not there", ["tidak-ada.toml"], _map("tidak-ada"), ""),
    (FREE, "weight 0.11 with eight elements", [["0,11", "0.11"], ["9", "sembilan"]], ["--weights", "0.11"], ""),
    (CSV, "a scale that is none", ["--scale", "besar"], ["--scale", "besar"], ""),
    (CSV, "a scale of one point", ["--scale", ["5-5", "5–5"]], ["--scale", "5-5"], ""),
    (CSV, "a column to group by that is not there", ["Kecamatan"], ["--by", "Kecamatan"], ""),
    (CSV, "a population smaller than the respondents", ["10", "33"], ["--population", "10"], ""),
]  # fmt: skip


@maker
def wrong_options() -> None:
    for name, text in WRONG_MAPS.items():
        (MAPS / f"{name}.toml").write_text(text, encoding="utf-8")
    for file, trait, says, options, notes in WRONG_OPTIONS:
        if not (GOOD.parent / file).exists():
            raise AssertionError(f"make {file} first")
        bad(file, trait, says, 2 if "besar" in options else [1, 2], options, notes)
