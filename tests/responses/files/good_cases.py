"""Good files, part 5: respondent files built from the counts of published cases (who answered what is invented)."""

from __future__ import annotations

import json
from fractions import Fraction

from kit import GOOD, HERE, MODEL_ORDER, NAMES, Table, good, maker, rng, write

CASES = HERE.parents[1] / "measure" / "cases"


def counts(case: str, key: str) -> dict[str, list[int]]:
    return json.loads((CASES / f"{case}.json").read_text(encoding="utf-8"))[key]


def spread(r, counts_1_to_4: list[int]) -> list[int]:
    """The counts as a column in random order: who answered what is not known, only how many."""
    column = [v for v, k in enumerate(counts_1_to_4, 1) for _ in range(k)]
    r.shuffle(column)
    return column


CALLED = ["Persyaratan", "Prosedur", "Waktu", "Biaya/tarif", "Produk", "Kompetensi", "Perilaku"]
CALLED += ["Sarana dan prasarana", "Penanganan pengaduan"]


@maker
def twenty_nine() -> None:
    f = "gaspul-triwulan-3.xlsx"
    r, answered = rng(f), counts("twenty-nine-respondents", "counts_4_3_2_1")
    columns = [spread(r, answered[c][::-1]) for c in MODEL_ORDER]
    rows = list(zip(*columns, strict=True))
    write(GOOD / f, Table(["No", *CALLED], [[i, *row] for i, row in enumerate(rows, 1)], "Triwulan 3"))
    people = [dict(zip(MODEL_ORDER, row, strict=True)) for row in rows]
    good(f, "counts of twenty-nine-respondents.json, exact weights", people)
    for w in ("0.11", "0.111", "0.1111"):
        good(f, f"the same with the weight {w}", people, options=["--weights", w], weight=Fraction(w))


@maker
def eight_elements() -> None:
    f = "delapan-unsur-22-pertanyaan.xlsx"
    r, answered = rng(f), counts("eight-elements-many-questions", "counts_1_2_3_4")
    # the case has positions only; eight names are chosen here, pengaduan not asked
    owners = [{"U8": "U9"}.get(question[:2], question[:2]) for question in answered]
    head = [f"{NAMES[c]} - pertanyaan {owners[:i].count(c) + 1}" for i, c in enumerate(owners)]
    rows = list(zip(*[spread(r, answered[question]) for question in answered], strict=True))
    write(GOOD / f, Table(["No", *head], [[i, *row] for i, row in enumerate(rows, 1)], "Kuesioner"))
    people = [{c: [v for v, owner in zip(row, owners, strict=True) if owner == c] for c in owners} for row in rows]
    note = "mean of element means, each the mean of its questions (no answer is missing); all 22 alike would give 86.56"
    trait = "several questions per element, eight elements: counts of eight-elements-many-questions.json"
    good(f, trait, people, notes=note)
