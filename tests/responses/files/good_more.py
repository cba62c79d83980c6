"""Good files, part 5: traits that sit between those the issue names, and two mixtures (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

import datetime as dt

from kit import (
    CODES,
    GOOD,
    MODEL_ORDER,
    NAMES,
    OPTIONS,
    QUESTIONS,
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
    times,
    widths,
)


def letters_reversed() -> None:
    f = "huruf-terbalik.csv"
    r = rng(f)
    people, ts = ratings(r, 30, level=0.72), times(r, 30)
    rows = [
        [f"{t:%d/%m/%Y %H:%M:%S}", *[f"{'dcba'[p[c] - 1]}. {OPTIONS[c][p[c] - 1]}" for c in CODES]]
        for t, p in zip(ts, people, strict=True)
    ]
    save_csv(GOOD / f, ["Timestamp", *[QUESTIONS[c] for c in CODES]], rows)
    note = "a is the best here («a. Sangat sesuai»): the words say what a letter means"
    good(f, "lettered answers from best to least", people, notes=note)


def digits_and_words() -> None:
    f = "angka-dan-kata.xlsx"
    r = rng(f)
    people = ratings(r, 36)
    head = ["No", *[f"{u}. {NAMES[c]}" for u, c in zip([f"U{i}" for i in range(1, 10)], CODES, strict=True)]]
    ways = [lambda c, v: v, lambda c, v: str(v), lambda c, v: f"{v} ", lambda c, v: float(v), lambda c, v: f"{v},0"]
    rows = []
    for i, p in enumerate(people, 1):
        how = r.choice(ways) if i < 20 else lambda c, v: OPTIONS[c][v - 1]
        rows.append([i, *[how(c, p[c]) for c in CODES]])
    wb, ws = book("Entri")
    plain_sheet(ws, head, rows)
    save(wb, GOOD / f)
    good(f, "paper entered as digits (some as text, «4 », «4,0»), the online half pasted below in words", people)


def repeated_header() -> None:
    f = "judul-berulang.xlsx"
    r = rng(f)
    people = ratings(r, 40)
    head = ["No", "Jenis Kelamin", *[NAMES[c] for c in MODEL_ORDER]]
    wb, ws = book("Data")
    row, heads, blanks = 1, [], []
    for block in range(2):
        if block:
            blanks.append(row)
            row += 1
            heads.append(row)
        put(ws, row, head)
        style_head(ws, range(row, row + 1), len(head))
        row += 1
        for i in range(20 * block, 20 * block + 20):
            put(ws, row, [i + 1, profile(r)["sex"], *[people[i][c] for c in MODEL_ORDER]])
            row += 1
    widths(ws, [5, 14, *[14] * 9])
    save(wb, GOOD / f)
    may = [cell(i, None, "Data") for i in heads + blanks]
    good(f, "two blocks for two pages: an empty row and the header again in the middle", people, rejected_may=may)


def unicode_text() -> None:
    f = "teks-unicode.csv"
    r = rng(f)
    people = ratings(r, 30)
    rows = [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)]
    save_csv(GOOD / f, ["No", *[NAMES[c] for c in CODES]], rows, sep="\t", enc="utf-16")
    note = "not named in the issue: Excel's «Unicode text»; a clear refusal (exit 1) would be fair as well"
    good(f, "UTF-16 with tabs", people, optional=True, notes=note)


def google_mixture() -> None:
    f = "google-campuran.xlsx"
    r = rng(f)
    people, ts = ratings(r, 50, level=0.74), times(r, 50)
    head = [
        "Timestamp",
        "Email Address",
        "Nama (opsional)",
        "Nomor HP (opsional)",
        "Jenis Kelamin",
        "Umur",
        "Layanan yang diterima",
    ]
    first = len(head)
    head += [f"{i}. {QUESTIONS[c]} *" for i, c in enumerate(MODEL_ORDER, 1)] + ["Saran", "Kolom 1"]
    rows = []
    for i, (t, p) in enumerate(zip(ts, people, strict=True), 1):
        q = profile(r)
        who = [
            f"warga{i:02d}@contoh.invalid",
            f"Warga Rekaan {i:02d}" if i % 3 else None,
            f"0000 1111 {i:04d}" if i % 4 == 0 else None,
        ]
        said = [OPTIONS[c][p[c] - 1] for c in MODEL_ORDER]
        rows.append(
            [t, *who, q["sex"], q["age"], r.choice(["Layanan A", "Layanan B"]), *said, q["remark"] or None, None]
        )
    for i, c in ((9, "U8"), (21, "U4")):
        rows[i][first + MODEL_ORDER.index(c)] = None
        people[i][c] = None
    odd = 29  # an answer of one's own
    rows[odd][first + MODEL_ORDER.index("U4")] = "tidak tahu"
    people[odd]["U4"] = None
    trial = list(rows[0])
    trial[0], trial[1], trial[2] = dt.datetime(2026, 1, 2, 16, 0, 5), "admin@contoh.invalid", "TES"
    rows = [trial, *rows[:40], list(rows[39]), *rows[40:]]
    wb, ws = book("Form Responses 1")
    plain_sheet(ws, head, rows, google=True)
    save(wb, GOOD / f)
    s = "Form Responses 1"
    column = head[first + MODEL_ORDER.index("U4")]
    rejected = [cell(2, None, s), cell(odd + 3, column, s), cell(43, None, s)]
    note = "row 2 is a trial (name «TES»), row 43 repeats row 42, «tidak tahu» is a rejected cell; questionnaire's order; an empty «Kolom 1»"
    absent = ["contoh.invalid", "Warga Rekaan", "0000 1111"]
    good(
        f,
        "Google Forms as it is after a quarter: trial, double, gaps, an answer of one's own, personal data",
        people,
        rejected=rejected,
        absent=absent,
        notes=note,
    )


def make() -> None:
    for step in (letters_reversed, digits_and_words, repeated_header, unicode_text, google_mixture):
        step()
