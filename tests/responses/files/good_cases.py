"""Good files, part 4: respondent files built from the counts of ../shared/cases (rows are invented)."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

from kit import CODES, GOOD, HERE, NAMES, book, good, plain_sheet, rng, save

CASES = Path(os.environ.get("MUTU_CASES", HERE.parents[3] / "shared" / "cases"))


def spread(r, counts_1_to_4: list[int]) -> list[int]:
    """The counts as a column in random order: who answered what is not known, only how many."""
    column = [v for v, k in enumerate(counts_1_to_4, 1) for _ in range(k)]
    r.shuffle(column)
    return column


def gaspul() -> None:
    f = "gaspul-triwulan-3.xlsx"
    case = json.loads((CASES / "gaspul-triwulan-3.json").read_text())
    r = rng(f)
    columns = [spread(r, d[::-1]) for d in case["distribution_4_3_2_1"]]
    if [sum(c) for c in columns] != case["total"]:
        raise AssertionError("counts and totals differ")
    codes = [*CODES[:7], "U9", "U8"]  # the case names sarana eighth, pengaduan ninth
    people = [dict(zip(codes, row, strict=True)) for row in zip(*columns, strict=True)]
    wb, ws = book("Triwulan 3")
    plain_sheet(ws, ["No", *case["unsur"]], [[i, *row] for i, row in enumerate(zip(*columns, strict=True), 1)])
    save(wb, GOOD / f)
    good(f, "counts of gaspul-triwulan-3.json, exact weights", people)
    for w in ("0.11", "0.111", "0.1111"):
        good(f, f"counts of gaspul-triwulan-3.json, weight {w}", people, options=["--weights", w], weight=Fraction(w))


def eight() -> None:
    f = "delapan-unsur-22-pertanyaan.xlsx"
    case = json.loads((CASES / "eight-elements-many-questions.json").read_text())
    r = rng(f)
    codes = [*CODES[:7], "U9"]  # the case has positions only; eight names are chosen here, pengaduan not asked
    head, columns, owner = ["No"], [], []
    for code, element in zip(codes, case["elements"], strict=True):
        for q, counts in enumerate(element["questions_counts_1_2_3_4"], 1):
            head.append(f"{NAMES[code]} - pertanyaan {q}")
            columns.append(spread(r, counts))
            owner.append(code)
    people = []
    for row in zip(*columns, strict=True):
        p: dict = {}
        for code, v in zip(owner, row, strict=True):
            p.setdefault(code, []).append(v)
        people.append(p)
    wb, ws = book("Kuesioner")
    plain_sheet(ws, head, [[i, *row] for i, row in enumerate(zip(*columns, strict=True), 1)])
    save(wb, GOOD / f)
    note = "mean of element means, each the mean of its questions (no answer is missing); all 22 alike would give 86.56"
    good(
        f,
        "several questions per element, eight elements: counts of eight-elements-many-questions.json",
        people,
        notes=note,
    )


def make() -> None:
    gaspul()
    eight()
