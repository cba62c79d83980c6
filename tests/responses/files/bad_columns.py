"""Broken files, part 2: tables whose columns do not tell which respondent or which element an answer belongs to."""

from __future__ import annotations

import kit
from good_columns import OFFICIAL
from kit import BAD, CODES, Table, bad, maker, ratings, rng, write  # fmt: skip


def table(file: str, content: Table, trait: str, says: list, notes: str = "") -> None:
    write(BAD / file, content)
    bad(file, trait, [file, *says], notes=notes)


@maker
def unknown_columns() -> None:
    says = ["Orang di loket depan", "Kesan pertama", "U7 Perilaku pelaksana", "--map"]
    bad("good/kolom-tak-dikenal.csv", "an element is missing while two columns of answers are not read", says)


RULE_OF_2004 = ["Prosedur pelayanan", "Persyaratan pelayanan", "Kejelasan petugas pelayanan"]
RULE_OF_2004 += ["Kedisiplinan petugas pelayanan", "Tanggung jawab petugas pelayanan", "Kemampuan petugas pelayanan"]
RULE_OF_2004 += ["Kecepatan pelayanan", "Keadilan mendapatkan pelayanan", "Kesopanan dan keramahan petugas"]
RULE_OF_2004 += ["Kewajaran biaya pelayanan", "Kepastian biaya pelayanan", "Kepastian jadwal pelayanan"]
RULE_OF_2004 += ["Kenyamanan lingkungan", "Keamanan pelayanan"]


@maker
def former_rule() -> None:
    f = "empat-belas-unsur.csv"
    r = rng(f)
    rows = [[i, *[r.randint(2, 4) for _ in RULE_OF_2004]] for i in range(1, 31)]
    table(f, Table(["No", *RULE_OF_2004], rows), "the 14 elements of 2004", ["Kepmenpan 25/2004", "tidak berlaku"])


@maker
def blocks_side_by_side() -> None:
    f = "dua-blok-loket.xlsx"
    r = rng(f)
    left, right = ratings(r, 30), ratings(r, 30)
    wb, ws = kit.book("Data")
    kit.put(ws, 1, ["No", "LOKET A", *[None] * 8, "LOKET B"])
    kit.put(ws, 2, [None, *[OFFICIAL[c] for c in CODES] * 2])
    kit.style_head(ws, range(1, 3), 19)
    for merged in ("A1:A2", "B1:J1", "K1:S1"):
        ws.merge_cells(merged)
    for i, (a, b) in enumerate(zip(left, right, strict=True), 1):
        kit.put(ws, 2 + i, [i, *[a[c] for c in CODES], *[b[c] for c in CODES]])
    kit.save(wb, BAD / f)
    bad(f, "two counters side by side: two respondents a row", [f, "LOKET A", "LOKET B", "berdampingan"])

    f = "judul-ganda.csv"
    r = rng(f)
    pairs = zip(ratings(r, 30), ratings(r, 30), strict=True)
    rows = [[i, *[a[c] for c in CODES], *[b[c] for c in CODES]] for i, (a, b) in enumerate(pairs, 1)]
    table(f, Table(["No", *CODES, *CODES], rows), "U1 to U9 twice side by side", ["U1 [B]", "U1 [K]"])


@maker
def another_order_below() -> None:
    f = "urutan-berubah.xlsx"
    people = ratings(rng(f), 36)
    wb, ws = kit.book("Data")
    row = 1
    for order, first in ((CODES, 0), ([*CODES[:7], "U9", "U8"], 18)):
        kit.put(ws, row, ["No", *[OFFICIAL[c] for c in order]])
        for i, p in enumerate(people[first : first + 18], 1):
            kit.put(ws, row + i, [first + i, *[p[c] for c in order]])
        row += 20
    kit.save(wb, BAD / f)
    says = [f, "21", OFFICIAL["U8"], OFFICIAL["U9"]]
    bad(f, "the header again in row 21 with elements 8 and 9 changed over", says)


@maker
def two_series() -> None:
    f = "dua-deret.csv"
    r = rng(f)
    pairs = zip(ratings(r, 30), ratings(r, 30), strict=True)
    rows = [[i, *[a[c] for c in CODES], *[b[c] for c in CODES]] for i, (a, b) in enumerate(pairs, 1)]
    head = ["No", *[f"H{i}" for i in range(1, 10)], *[f"K{i}" for i in range(1, 10)]]
    table(f, Table(head, rows), "H1 to H9 and K1 to K9: nothing says which asks what", ["H1", "K1", "--map"])
