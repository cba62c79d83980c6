"""Good files, part 4: further traits, and what a form looks like after a quarter (all synthetic)."""

# ruff: noqa: E501
from __future__ import annotations

import datetime as dt

from kit import (
    CODES,
    MODEL_ORDER,
    NAMES,
    OPTIONS,
    QUESTIONS,
    Table,
    book,
    cell,
    profile,
    put,
    stamped,
    style_head,
    survey,
    times,
    widths,
)


@survey(
    "huruf-terbalik.csv", 30, "lettered answers from best to least", level=0.72,
    notes="a is the best here («a. Sangat sesuai»): the words say what a letter means",
)  # fmt: skip
def letters_reversed(r, people):
    rows = [
        [f"{t:%d/%m/%Y %H:%M:%S}", *[f"{'dcba'[p[c] - 1]}. {OPTIONS[c][p[c] - 1]}" for c in CODES]]
        for t, p in zip(times(r, people), people, strict=True)
    ]
    return Table(["Timestamp", *[QUESTIONS[c] for c in CODES]], rows)


@survey(
    "angka-dan-kata.xlsx", 36,
    "paper entered as digits (some as text, «4 », «4,0»), the online half pasted below in words",
)  # fmt: skip
def digits_and_words(r, people):
    ways = [lambda c, v: v, lambda c, v: str(v), lambda c, v: f"{v} ", lambda c, v: float(v), lambda c, v: f"{v},0"]
    rows = []
    for i, p in enumerate(people, 1):
        how = r.choice(ways) if i < 20 else lambda c, v: OPTIONS[c][v - 1]
        rows.append([i, *[how(c, p[c]) for c in CODES]])
    return Table(["No", *[f"{c}. {NAMES[c]}" for c in CODES]], rows, "Entri")


@survey("judul-berulang.xlsx", 40, "two blocks for two pages: an empty row and the header again in the middle")
def repeated_header(r, people):
    head = ["No", "Jenis Kelamin", *[NAMES[c] for c in MODEL_ORDER]]
    wb, ws = book("Data")
    for top, first in ((1, 0), (23, 20)):
        put(ws, top, head)
        style_head(ws, range(top, top + 1), len(head))
        for i in range(first, first + 20):
            put(ws, top + 1 + i - first, [i + 1, profile(r)["sex"], *[people[i][c] for c in MODEL_ORDER]])
    widths(ws, [5, 14, *[14] * 9])
    return wb, {"rejected_may": [cell("header", 23, None, "Data")]}


@survey(
    "teks-unicode.csv", 30, "UTF-16 with tabs", optional=True,
    notes="Excel's «Unicode text»; a clear refusal (exit 1) would be fair as well",
)  # fmt: skip
def unicode_text(_r, people):
    rows = [[i, *[p[c] for c in CODES]] for i, p in enumerate(people, 1)]
    return Table(["No", *[NAMES[c] for c in CODES]], rows, sep="\t", enc="utf-16")


WHO = ["Email Address", "Nama (opsional)", "Nomor HP (opsional)"]


def _who(i: int) -> list:
    return [
        f"warga{i:02d}@contoh.invalid",
        f"Warga Rekaan {i:02d}" if i % 3 else None,
        f"0000 1111 {i:04d}" if i % 4 == 0 else None,
    ]


@survey(
    "google-campuran.xlsx", 50,
    "Google Forms as it is after a quarter: trial, double, gaps, an answer of one's own, personal data", level=0.74,
    absent=["contoh.invalid", "Warga Rekaan", "0000 1111"],
    notes="row 2 is a trial (name «TES»), row 43 repeats row 42, «tidak tahu» is a rejected cell; questionnaire's order; an empty «Kolom 1»",
)  # fmt: skip
def google_mixture(r, people):
    sheet = "Form Responses 1"
    head = ["Timestamp", *WHO, "Jenis Kelamin", "Umur", "Layanan yang diterima"]
    place = {c: len(head) + i for i, c in enumerate(MODEL_ORDER)}
    head += [f"{i}. {QUESTIONS[c]} *" for i, c in enumerate(MODEL_ORDER, 1)] + ["Saran", "Kolom 1"]
    rows = []
    for i, p, q, t in stamped(r, people):
        service = r.choice(["Layanan A", "Layanan B"])
        said = [OPTIONS[c][p[c] - 1] for c in MODEL_ORDER]
        rows.append([t, *_who(i), q["sex"], q["age"], service, *said, q["remark"] or None, None])
    own = 29  # gives an answer of one's own
    for i, c, said in ((9, "U8", None), (21, "U4", None), (own, "U4", "tidak tahu")):
        rows[i][place[c]] = said
        people[i][c] = None
    trial = [dt.datetime(2026, 1, 2, 16, 0, 5), "admin@contoh.invalid", "TES", *rows[0][3:]]
    rejected = [
        cell("trial", 2, None, sheet),
        cell("no answer", own + 3, head[place["U4"]], sheet),
        cell("double", 43, None, sheet),
    ]
    return Table(head, [trial, *rows[:40], list(rows[39]), *rows[40:]], sheet, google=True), {"rejected": rejected}
