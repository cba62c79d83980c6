"""Each cause is found in a number made by the arithmetic of the app that does it, written here a second time."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest
from audit_kit import (
    CODES,
    best_first,
    best_last,
    frame,
    krejcie_morgan,
    nrrs,
    rounded,
    survey,
    written,
)
from published import agrees

from mutu.errors import AnswerError, InputError, ScaleError, SettingError
from mutu.locale import number, use
from mutu.measure import skm
from mutu.measure.audit import Row, Table, explain, printed
from mutu.measure.audit.bands import others

GASPUL = "rennn9/GASPUL_BACKEND, rumus_perhitungan_ikm_lengkap.md"
FULL = survey(7)
GAPS = survey(11, missing=0.08)
FREE = survey(5, elements=8)


def codes(found):
    return [[cause.code for cause in trial.causes] for trial in found.explanations]


def first(rows, published, **settings):
    """The causes of the first explanation of a published index."""
    found = explain(pl.DataFrame(frame(rows)), published, **settings)
    assert found.status == "explained", found.sentence()
    return codes(found)[0], found


def zero(rows):
    return [sum(answer or 0 for answer in column) / len(rows) for column in zip(*rows, strict=True)]


def sisukma(rows, order, size, digits=None):
    """The sample of SISUKMA: sorted from high to low, the first so many."""
    means = nrrs(order(rows)[:size])
    if digits is None:
        return sum(means) / 9 * 25
    return rounded(sum(rounded(mean, digits) for mean in means) / 9, digits) * 25


def of_rows(rows, digits=None):
    means = [sum(known) / len(known) for row in rows if (known := [answer for answer in row if answer is not None])]
    return sum(means if digits is None else [rounded(mean, digits) for mean in means]) / len(means)


BY_APPS = {
    "0.11 (tjitrowardojo, galeeh16, fariez11)": (FULL, sum(mean * 0.11 for mean in nrrs(FULL)) * 25, ["weight"]),
    "0.111 (contohprogramweb)": (FULL, sum(mean * 0.111 for mean in nrrs(FULL)) * 25, ["weight"]),
    "0.1111": (FULL, sum(mean * 0.1111 for mean in nrrs(FULL)) * 25, ["weight"]),
    "1/10 (list of mistakes of GASPUL)": (FULL, sum(nrrs(FULL)) / 10 * 25, ["weight"]),
    "0.11 for eight elements": (FREE, sum(mean * 0.11 for mean in nrrs(FREE)) * 25, ["fixed"]),
    "0.111 for eight elements": (FREE, sum(mean * 0.111 for mean in nrrs(FREE)) * 25, ["fixed"]),
    "1/9 for eight elements": (FREE, sum(nrrs(FREE)) / 9 * 25, ["fixed"]),
    "divided by respondents (fachiri)": (GAPS, sum(zero(GAPS)) / 9 * 25, ["zero"]),
    "divided by respondents, 0.11 (luluergaa)": (GAPS, sum(m * 0.11 for m in zero(GAPS)) * 25, ["zero", "weight"]),
    "divided by respondents, 0.111 (WahyuExam)": (GAPS, sum(m * 0.111 for m in zero(GAPS)) * 25, ["zero", "weight"]),
    "divided by today's questions (destyavinka)": (
        GAPS, sum(sum((a or 0) * 25 for a in row) / 9 for row in GAPS) / len(GAPS), ["zero"],
    ),
    "mean of all cells (chandraes)": (
        GAPS, (lambda cells: sum(cells) / len(cells) * 25)([a for row in GAPS for a in row if a]), ["cells"],
    ),
    "mean of row means": (GAPS, of_rows(GAPS) * 25, ["rows"]),
    "row means of two decimals": (GAPS, of_rows(GAPS, 2) * 25, ["rounded_rows"]),
    "mean rounded to two decimals, × 25 (rcz87)": (FULL, rounded(of_rows(FULL), 2) * 25, ["round_mean"]),
    "NRRs of two decimals": (FULL, sum(rounded(mean, 2) for mean in nrrs(FULL)) / 9 * 25, ["round_nrr"]),
    "NRRs of one decimal (list of mistakes of GASPUL)": (
        FULL, sum(rounded(mean, 1) for mean in nrrs(FULL)) / 9 * 25, ["round_one"],
    ),
    "weighted NRRs of two decimals": (FULL, sum(rounded(mean / 9, 2) for mean in nrrs(FULL)) * 25, ["round_weighted"]),
    "0.111, weighted NRRs of two decimals": (
        FULL, sum(rounded(mean * 0.111, 2) for mean in nrrs(FULL)) * 25, ["round_weighted"],
    ),
    "best answers (sisukmav2, IkmManager)": (FULL, sisukma(FULL, best_first, krejcie_morgan(150)), ["best"]),
    "best 96 % (sisukmav2, IkmCounter)": (FULL, sisukma(FULL, best_last, round(3.841 * 150 * 0.25)), ["best"]),
    "best 96 %, three decimals (sisukmav2, Helpers)": (
        FULL, sisukma(FULL, best_first, round(3.841 * 150 * 0.25), 3), ["best", "round_both"],
    ),
    "best answers and 0.11": (FULL, sisukma(FULL, best_first, krejcie_morgan(150)) * 0.99, ["best", "weight"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_APPS)
def test_the_arithmetic_of_an_app_is_named(name):
    rows, published, expected = BY_APPS[name]
    right = sum(nrrs(rows)) / len(rows[0]) * 25
    found = explain(pl.DataFrame(frame(rows)), written(published, 4 if len(expected) > 1 else 2))

    assert float(found) == pytest.approx(right)
    assert found.status == "explained", found.sentence()
    assert expected in codes(found)


def test_the_best_answers_and_something_else_are_named_only_where_that_is_no_coincidence():
    exact = sisukma(FULL, best_first, krejcie_morgan(150)) * 0.99
    found = {digits: explain(pl.DataFrame(frame(FULL)), written(exact, digits)) for digits in (2, 4)}

    assert (found[2].status, found[2].explanations) == ("unexplained", ())
    assert codes(found[4]) == [["best", "weight"]]
    assert found[4].chance < 0.01
    with use("id"):
        said = found[4].sentence()
    assert "hanya 108 dari 150 responden, yaitu yang nilainya tertinggi (urut U1, U2, …), dan bobot 0,11" in said
    assert "dapat menghasilkan angka itu" in said
    assert "bukan alasan" not in said


def test_a_choice_of_answers_is_no_reproach_where_many_numbers_would_match():
    published = written(sisukma(FULL, best_first, krejcie_morgan(150)), 1)
    found = explain(pl.DataFrame(frame(FULL)), published)

    assert ["best"] in codes(found)
    assert found.chance >= 0.05
    with use("id"):
        said = found.sentence()
    assert "di atas indeks yang benar" in said
    assert "bukan alasan" not in said


def test_the_chance_is_that_of_the_side_of_the_published_index():
    trials = explain(pl.DataFrame(frame(FULL))).trials
    right = float(trials.right.index)
    above, below = (float(trials.chance(printed(written(right + side)), 1, loosely=False)) for side in (0.5, -0.5))
    inside = [float(trial.index) - right for trial in trials.singles if abs(trial.index - trials.right.index) < 3]

    assert above != below
    assert above <= 0.01 / 3 * sum(gap > -0.005 for gap in inside)
    assert below <= 0.01 / 3 * sum(gap < 0.005 for gap in inside)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", ["0.11", "best", "zero", "fixed"])
def test_large_causes_are_found_in_every_survey_and_alone(name, seed):
    rows = survey(
        100 + seed, n=60 + 20 * seed, missing=0.05 if name == "zero" else 0, elements=8 if name == "fixed" else 9
    )
    published = {
        "0.11": lambda: sum(nrrs(rows)) * 0.11 * 25,
        "best": lambda: sisukma(rows, best_first, krejcie_morgan(len(rows))),
        "zero": lambda: sum(zero(rows)) / 9 * 25,
        "fixed": lambda: sum(nrrs(rows)) * 0.111 * 25,
    }[name]()
    causes, _found = first(rows, written(published))
    assert causes == [{"0.11": "weight"}.get(name, name)]


def test_the_example_of_an_app_is_explained_by_0_11(case):
    _content, columns = case("twenty-nine-respondents")
    found = explain(pl.DataFrame(columns), "90,56", grade="A")

    agrees("audit.explain, right index", GASPUL, "91.48", float(found.rounded))
    agrees("audit.explain, index explained by the weight 0.11", GASPUL, "90.56", float(found.explanations[0].index))
    assert codes(found) == [["weight"]]
    assert found.explanations[0].causes[0].fields["weight"] == Decimal("0.11")
    assert found.chance < Fraction(1, 20)
    assert found.grade.holds
    with use("id"):
        assert "bobot 0,11, bukan 1/9" in found.sentence()
        assert "Publikasikan 91,48 (mutu A)." in found.sentence()
        assert "kebetulan" not in found.sentence()


def test_all_questions_alike_is_named_in_a_report_of_eight_elements_and_22_questions(case):
    content, columns = case("eight-elements-many-questions")
    source = "surveiku_sprs, report of a court's quarter"
    frame_ = pl.DataFrame(columns)
    found = explain(frame_, "86,56")

    agrees("audit.explain, right index of 8 elements in 22 questions", source, "87.092", float(found))
    assert content["index_printed"] == 87.092
    assert codes(found)[0] == ["questions"]
    assert explain(frame_, "87,092").status == "agrees"
    assert explain(frame_, written(87.092 * 8 / 9)).explanations[0].causes[0].code == "fixed"


def test_the_best_answers_of_each_month_are_named():
    rows = survey(3, n=200)
    months = [place % 3 for place in range(200)]
    parts = [[row for row, month in zip(rows, months, strict=True) if month == chosen] for chosen in range(3)]
    kept = [row for part in parts for row in best_first(part)[: krejcie_morgan(len(part))]]
    causes, found = first(rows, written(sum(nrrs(kept)) / 9 * 25), by={"bulan": months})

    assert causes == ["best_part"]
    assert found.explanations[0].causes[0].fields["kept"] == len(kept)


def test_the_mean_of_the_services_is_named_also_of_the_best_of_each():
    rows = survey(4, n=120)
    services = ["KTP" if place < 90 else "KK" for place in range(120)]
    parts = [rows[:90], rows[90:]]
    mean = sum(sum(nrrs(part)) / 9 * 25 for part in parts) / 2
    best = sum(sum(nrrs(best_last(part)[: round(3.841 * len(part) * 0.25)])) / 9 * 25 for part in parts) / 2

    assert first(rows, written(mean), by={"layanan": services})[0] == ["parts"]
    assert ["best_part", "parts"] in codes(
        explain(pl.DataFrame(frame(rows)), written(best, 4), by={"layanan": services})
    )


@pytest.mark.parametrize("place", range(9))
def test_an_element_that_was_left_out_is_named(place):
    means = nrrs(FULL)
    found = explain(pl.DataFrame(frame(FULL)), written((sum(means) - means[place]) / 8 * 25, 4))
    alike = [cause for trial in found.explanations for cause in trial.causes if cause.code == "left_out"]
    named = [cause.fields["element"].split()[0] for cause in alike]
    assert named == [code for code, mean in zip(CODES, means, strict=True) if mean == means[place]]
    if len(found.explanations) == 1:
        with use("id"):
            assert "dapat menghasilkan angka itu" in found.sentence()
            assert "Tanyakan bagaimana indeks itu dihitung." in found.sentence()


def test_only_those_who_answered_everything_are_named():
    rows = survey(12, n=140, missing=0.06)
    full = [row for row in rows if None not in row]
    causes, found = first(rows, written(sum(nrrs(full)) / 9 * 25, 3))
    assert causes == ["complete"]
    assert found.explanations[0].causes[0].fields == {"kept": len(full), "n": 140}
    assert not any(cause.code == "complete" for trial in explain(pl.DataFrame(frame(FULL))).trials.singles
                   for cause in trial.causes)  # fmt: skip


def test_means_of_groups_can_be_tried_without_the_best_of_each():
    units = {"unit": ["A" if place < 110 else "B" for place in range(150)]}
    found = explain(pl.DataFrame(frame(FULL)), by=units, best_of_groups=False)
    used = {cause.code for trial in found.trials.singles for cause in trial.causes}
    assert "parts" in used
    assert "best_part" not in used


@pytest.mark.parametrize("top", [5, 6])
def test_a_wider_scale_times_100_over_its_top_is_named(top):
    rows = survey(9, top=top)
    by_hand = sum(nrrs(rows)) / 9 * (20 if top == 5 else 25 / 1.5)
    causes, found = first(rows, written(by_hand), scale=(1, top))

    assert causes == ["top"]
    assert found.ikm == skm.score(pl.DataFrame(frame(rows)), scale=(1, top)).ikm


def test_an_index_that_was_cut_is_named_where_rounding_would_show():
    rows = [[4, 4, 4], [3, 3, 3], [3, 4, 4], [4, 3, 4], [3, 3, 4], [3, 4, 3], [4, 4, 3]]
    right = sum(nrrs(rows)) / 3 * 25  # 88.095238…
    assert ["cut"] in codes(explain(pl.DataFrame(frame(rows)), "88,09"))
    assert explain(pl.DataFrame(frame(rows)), written(right)).status == "agrees"


def test_an_index_on_1_to_4_was_not_multiplied(case):
    _content, columns = case("twenty-nine-respondents")
    assert codes(explain(pl.DataFrame(columns), "3,6590")) == [["not_multiplied"]]


def test_a_figure_that_a_library_fills_in_is_known():
    found = explain(pl.DataFrame(frame(FULL)), "88,50", grade="A")
    assert ["placeholder"] in codes(found)
    assert ["placeholder"] not in codes(explain(pl.DataFrame(frame(FULL)), "88,50", grade="B"))
    assert [(entry.index, entry.respondents) for entry in others().placeholders] == [(Decimal("88.50"), 371)]


def test_decimals_printed_say_how_exact_an_index_is():
    frame_ = pl.DataFrame({"U1": [4, 4, 4, 3], "U2": [3, 4, 3, 3]})  # 87.5
    assert explain(frame_, "87,5").status == "agrees"
    assert explain(frame_, 87.5).status == "agrees"
    assert explain(frame_, "87,54").status != "agrees"
    assert explain(frame_, "88").status == "agrees"  # 87,5 may be rounded up
    assert explain(frame_, "87").status == "agrees"  # or, by half to even, to 87… a tie may go either way
    assert explain(frame_, "66.78571428571429").status == "unexplained"


@pytest.mark.parametrize(
    ("index", "grade", "tables"),
    [
        ("70,00", "B", {"2004", "66.14"}),
        ("85,00", "A", {"2004"}),
        ("76,30", "B", {"2004", "66.14", "76.01"}),
        ("76,63", "C", {"88.76", "76.67"}),
        ("88,50", "B", {"88.76"}),
    ],
)
def test_a_grade_of_other_bands_is_traced_to_their_table(index, grade, tables):
    known = {str(table.name): table.code for table in others().tables}
    found = explain(pl.DataFrame({"U1": [3, 4]}), index, grade=grade).grade

    assert not found.holds
    assert {known[reason] for reason in found.reasons} == tables


def test_a_band_looked_up_before_rounding_leaves_a_hole_or_a_grade_less():
    # 88.3058… is 88.31 and A; unrounded it lies between 88.30 and 88.31
    table = Table((Row("U1", printed("3.5322368")), Row("U2", printed("3.5322368"))))
    hole = explain(table, "88,31", grade="-").grade
    lower = explain(table, "88,31", grade="B").grade

    assert (hole.due, lower.due) == ("A", "A")
    assert "88,3059" in hole.reasons[0]
    assert "88,3059" in lower.reasons[0]


def test_a_grade_that_is_due_is_not_commented_on():
    found = explain(pl.DataFrame({"U1": [3, 3, 4]}), "83,33", grade="baik")
    assert found.grade.holds
    assert found.grade.given == "B"
    assert found.sentence().endswith("(mutu B).")


@pytest.mark.parametrize(("n", "says"), [(9, "without a grade, as fewer than 10 people answered."), (10, "(grade B).")])
def test_too_few_answers_are_published_without_a_grade(n, says):
    rows = [[3, 3, 4]] * n
    with use("en"):
        found = explain(pl.DataFrame(frame(rows)), "83,25").sentence()
    assert found.endswith(says)


def test_without_a_published_index_the_conventions_are_listed_with_their_grades():
    found = explain(pl.DataFrame(frame(FULL)))
    said = found.as_json()

    assert (found.status, found.published, found.chance) == ("listed", None, None)
    named = {cause["code"] for trial in said["conventions"] for cause in trial["causes"]}
    assert {"weight", "best", "round_nrr", "round_weighted", "round_mean"} <= named
    assert {"zero", "cells", "rows"} <= {cause["code"] for cause in said["no_difference"]}  # nothing is missing
    assert {trial["mutu"] for trial in said["conventions"] if trial["ikm"] >= 25} <= set("ABCD")
    assert found.rows()[0]["Indeks"] == number(found.rounded)


def test_what_does_not_show_in_two_decimals_is_not_listed():
    found = explain(pl.DataFrame(frame(FULL)))
    assert all(row["Indeks"] != number(found.rounded) for row in found.rows()[1:])


def test_every_kind_of_frame_gives_the_same_answer(make):
    rows = survey(21, n=80)
    reference = explain(pl.DataFrame(frame(rows)), written(sisukma(rows, best_first, krejcie_morgan(80))))
    found = explain(make(frame(rows)), str(reference.published).replace(".", ","))

    assert found.as_json() == reference.as_json()


def test_the_right_index_is_the_one_that_score_gives():
    for seed in range(5):
        data = pl.DataFrame(frame(survey(seed, missing=0.1)))
        assert explain(data).ikm == skm.score(data).ikm


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (pl.DataFrame(), InputError),
        (pl.DataFrame({"U1": []}, schema={"U1": pl.Int64}), InputError),
        (pl.DataFrame({"U1": [None, None]}, schema={"U1": pl.Int64}), InputError),
        (pl.DataFrame({"U1": ["baik", "buruk"]}), AnswerError),
        (pl.DataFrame({"U1": [1, 5]}), ScaleError),
        (pl.DataFrame({"U1": [1.5, 2]}), AnswerError),
        (pl.DataFrame({"U1": [float("inf"), 2]}), ScaleError),
        (pl.DataFrame({"Umur": [1, 2]}), InputError),
        ("survei.xlsx", InputError),
        (None, InputError),
    ],
)
def test_answers_that_are_none_are_refused(data, error):
    with pytest.raises(error):
        explain(data, "88,50")


def test_columns_that_stand_twice_are_refused():
    import pandas as pd

    with pytest.raises(InputError, match="twice"):
        explain(pd.DataFrame([[1, 2]], columns=["U1", "U1"]), "88,50")


@pytest.mark.parametrize("rows", [[[3] * 9], [[4] * 9] * 30])
def test_one_respondent_and_a_constant_survey_have_an_answer(rows):
    found = explain(pl.DataFrame(frame(rows)), written(rows[0][0] * 25))
    assert found.status == "agrees"


@pytest.mark.parametrize("published", ["", "B", "88,5,0", "0", "-3", "101", "1e2", "nan", float("inf"), True, "88..5"])
def test_a_published_index_that_is_none_is_refused(published):
    with pytest.raises(SettingError, match=r"not an index|not a number"):
        explain(pl.DataFrame({"U1": [3, 4]}), published)


@pytest.mark.parametrize("settings", [{"grade": "E"}, {"grade": ""}, {"population": 0}, {"scale": (4, 1)}])
def test_settings_that_cannot_be_are_refused(settings):
    with pytest.raises(SettingError):
        explain(pl.DataFrame({"U1": [3, 4]}), "88,50", **settings)
