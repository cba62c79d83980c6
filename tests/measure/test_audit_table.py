"""Published tables: what their own numbers say of the index printed with them."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from audit_kit import CODES, frame, nrrs, survey, written
from published import agrees

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure import skm
from mutu.measure.audit import Row, Table, explain, printed

SATUKAN = "hanzo-asashi/satukan, NATIONAL_INTEGRATION.md"
SUMBAR = "dpmptsp.sumbarprov.go.id, news 82 (index of semester I)"
# element, NRR, weighted NRR as printed there
OF_SATUKAN = list(
    zip(
        CODES,
        ["3,32", "3,20", "3,05", "3,90", "3,40", "3,35", "3,42", "3,10", "3,25"],
        ["0,369", "0,355", "0,339", "0,433", "0,377", "0,372", "0,380", "0,344", "0,361"],
        strict=True,
    )
)
OF_SUMBAR = [
    ("Persyaratan", 3.2, 0.355),
    ("Prosedur", 3.216, 0.357),
    ("Waktu pelayanan", 2.936, 0.326),
    ("Biaya/tarif", 3.53, 0.392),
    ("Produk layanan", 3.136, 0.348),
    ("Kompetensi pelaksana", 3.2, 0.355),
    ("Perilaku pelaksana", 3.316, 0.368),
    ("Pungutan Tidak Resmi", 3.916, 0.435),
    ("Penanganan Pengaduan", 3.323, 0.369),
]
OF_GASPUL = list(
    zip(
        CODES,
        ["3.6207", "3.4828", "3.4483", "4.0000", "3.5172", "3.6207", "3.6552", "3.6207", "3.9655"],
        ["0.3983", "0.3831", "0.3793", "0.4400", "0.3869", "0.3983", "0.4021", "0.3983", "0.4362"],
        strict=True,
    )
)


def columns(rows, **more):
    names, nrr, weighted = zip(*rows, strict=True)
    return pl.DataFrame({"unsur": names, "nrr": nrr, "weighted": weighted} | more, strict=False)


def codes(found):
    return [[cause.code for cause in trial.causes] for trial in found.explanations]


def test_the_table_of_an_app_follows_0_11_although_it_states_0_1111():
    found = explain(columns(OF_GASPUL, weight=["0.1111"] * 9, n=[29] * 9), "90.56")

    agrees("audit.explain, table of NRRs", "rennn9/GASPUL_BACKEND, table of quarter III", "91.48", float(found))
    assert codes(found) == [["weight"]]
    (finding,) = found.findings
    assert finding.kind == "weight"
    assert "0,11," in finding.text
    assert "0,1111" in finding.text


def test_n_makes_printed_nrrs_exact():
    without = explain(columns(OF_GASPUL))
    with_n = explain(columns(OF_GASPUL, n=[29] * 9))

    assert float(with_n) == pytest.approx(955 / (29 * 9) * 25, abs=1e-12)
    assert float(without) != pytest.approx(955 / (29 * 9) * 25, abs=1e-6)
    assert with_n.trials.right.slack == 0 < without.trials.right.slack


def test_the_documentation_of_an_app_prints_another_index_than_its_elements_give():
    found = explain(columns(OF_SATUKAN), "82.50", grade="B")

    agrees("audit.explain, example of a table", SATUKAN, "83.31", float(found.rounded))
    assert found.status == "explained"
    # 29,99 × 0,11 × 25 = 82,47, and NRRs of two decimals leave 82,35 to 82,60 open: possible, not certain
    assert codes(found) == [["weight"]]
    assert not found.explanations[0].gives(found.published)
    assert found.chance > 0.05
    with use("en"):
        assert "within the rounding of the printed NRRs" in found.sentence()
        assert "coincidence" in found.sentence()


def test_an_index_within_the_rounding_of_the_nrrs_is_no_proof_of_a_mistake():
    found = explain(columns(OF_SATUKAN), "83,25")

    assert found.status == "open"
    assert ["column"] not in codes(found) or len(codes(found)) == 1
    with use("en"):
        assert "can be right" in found.sentence()


def test_the_index_of_the_other_column_is_named():
    rows = [(code, "3,3333", "0,36") for code in CODES]
    found = explain(columns(rows), "81,00")
    assert codes(found) == [["column"]]


def test_a_published_table_that_nothing_explains_is_said_to_be_so():
    found = explain(columns(OF_SUMBAR), "81,71", grade="B")

    agrees("audit.explain, unexplained table: right index", SUMBAR, "82.7", float(found))
    weights = {trial.causes[0].fields.get("weight"): float(trial.index) for trial in found.trials.singles}
    agrees("audit.explain, unexplained table: with 0.11", SUMBAR, "81.88", weights[Decimal("0.11")])
    agrees("audit.explain, unexplained table: with 0.111", SUMBAR, "82.62", weights[Decimal("0.111")])
    assert (found.status, found.explanations) == ("unexplained", ())
    assert found.grade.holds
    with use("en"):
        assert "0.99 points below" in found.sentence()
        assert "The nearest: the weight 0.11 instead of 1/9 (81.88), still 0.17 points away" in found.sentence()


def test_an_element_that_was_not_asked_leaves_the_denominator():
    rows = [("Persyaratan", "3,20", None), ("Biaya", None, None), ("Waktu", "3,00", None), ("Sarana", "0", None)]
    found = explain(columns(rows), written(3.1 * 2 / 9 * 25))
    assert float(found) == pytest.approx(77.5)
    assert codes(found)[0] == ["fixed"]


def test_elements_with_fewer_answers_tell_missing_from_zero():
    table = pl.DataFrame({"unsur": ["a", "b", "c"], "nrr": ["3.5000", "3.2500", "3.0000"], "n": [40, 36, 20]})
    zero = (3.5 + 3.25 * 36 / 40 + 3.0 * 20 / 40) / 3 * 25
    cells = (3.5 * 40 + 3.25 * 36 + 3.0 * 20) / 96 * 25

    assert codes(explain(table, written(zero))) == [["zero"]]
    assert codes(explain(table, written(cells))) == [["cells"]]


def test_fourteen_elements_with_the_weight_of_2004():
    table = pl.DataFrame({"unsur": [f"e{i}" for i in range(14)], "nrr": ["3.1234"] * 14})
    found = explain(table, written(3.1234 * 14 * 0.071 * 25))
    assert found.explanations[0].causes[0].fields["weight"] == Decimal("0.071")


def test_a_scale_of_five_times_20():
    table = pl.DataFrame({"unsur": ["a", "b"], "nrr": ["4.2345", "4.1234"]})
    found = explain(table, written((4.2345 + 4.1234) / 2 * 20), scale=(1, 5))
    assert codes(found) == [["top"]]
    assert found.findings == ()


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (Row("Waktu", printed("3,00"), 29), ""),
        (Row("Waktu", printed("3,02"), 29), "sum_of_answers"),
        (Row("Waktu", printed("3,00"), None, printed("1,500")), ""),
        (Row("Waktu", printed("3,00"), None, printed("1,600")), "weighted"),
    ],
)
def test_a_table_that_does_not_agree_with_itself_is_told(row, kind):
    weighted = printed("1,600") if row.weighted else None
    found = explain(Table((Row("Syarat", printed("3,20"), row.n and 5, weighted), row)))
    assert [finding.kind for finding in found.findings] == ([kind] if kind else [])
    if kind:
        assert "Waktu" in found.findings[0].text
        assert found.findings[0].text in found.sentence()


def test_weights_of_the_table_that_differ_are_the_cause():
    weights = ["0,3", "0,2", "0,5"]
    rows = [
        Row(name, printed(nrr), weight=printed(weight))
        for name, nrr, weight in zip("abc", ("3,1000", "3,5000", "3,9000"), weights, strict=True)
    ]
    found = explain(Table(tuple(rows)), "89,50")  # 0.93 + 0.70 + 1.95 = 3.58

    assert codes(found) == [["stated"]]
    assert [finding.kind for finding in found.findings] == ["weight"]
    same = Table(tuple(Row(row.name, row.nrr, weight=printed("0,333")) for row in rows))
    assert not any(cause.code == "stated" for trial in explain(same).trials.singles for cause in trial.causes)


def test_elements_of_an_offices_own_are_named_and_the_nine_tried_without_them():
    nine = tuple(Row(code, printed(f"3,{place}000"), kode=code) for place, code in enumerate(CODES))
    table = Table((*nine, Row("Integritas", printed("3,9500"))))
    found = explain(table, "85,00")  # mean of 3.0 to 3.8

    assert codes(found) == [["nine"]]
    (finding,) = found.findings
    assert finding.kind == "elements"
    assert "«Integritas»" in finding.text
    eight = explain(Table((*nine[:8], Row("Maklumat", printed("3,5000")))))
    assert "U9" in eight.findings[0].text
    assert not any(cause.code == "nine" for trial in eight.trials.singles for cause in trial.causes)
    assert explain(Table(tuple(Row(name, printed("3,20")) for name in "abc"))).findings == ()


@pytest.mark.parametrize("nrr", ["4,20", "0,90", "-3,20"])
def test_an_nrr_outside_the_scale_gives_no_index(nrr):
    with pytest.raises(InputError, match="outside 1 to 4, so no index follows"):
        explain(Table((Row("Syarat", printed("3,20")), Row("Waktu", printed(nrr)))), "82,50")


@pytest.mark.parametrize(
    ("said", "letter"),
    [
        ("Sangat Baik", "A"), ("SANGAT  BAIK", "A"), ("A (Sangat Baik)", "A"), ("A/Sangat baik", "A"), ("a", "A"),
        ("B - Baik", "B"), ("Kurang Baik", "C"), ("tidak baik (D)", "D"), ("X", "-"), ("Very good", "A"),
        ("A (Baik)", None), ("Cukup", None), ("81,78", None),
    ],
)  # fmt: skip
def test_a_grade_in_words_is_read_and_one_that_cannot_be_is_named(said, letter):
    rows = (Row("Syarat", printed("3,20")), Row("Waktu", printed("3,40")))
    found = explain(Table(rows, index=printed("82,50"), grade=said))

    assert (found.grade.given if found.grade else None) == letter
    assert [finding.kind for finding in found.findings] == ([] if letter else ["grade"])
    assert letter or f"«{said}»" in found.sentence()


def test_an_index_of_the_table_that_is_none_is_refused_as_one_that_is_given():
    rows = (Row("Syarat", printed("3,20")), Row("Waktu", printed("3,40")))
    with pytest.raises(SettingError, match=r"817,8 is not an index"):
        explain(Table(rows, index=printed("817,8")))


def test_an_index_without_a_grade_does_not_speak_of_that_grade():
    rows = (Row("Syarat", printed("3,20")), Row("Waktu", printed("3,40")))
    with use("id"):
        found = explain(Table(rows, index=printed("82,50"), grade="-"))
        assert "tetapi mutunya tidak dicantumkan" in found.sentence()
        assert "utu itu" not in found.sentence()


def test_a_scale_of_five_is_multiplied_by_20_in_words():
    rows = (Row("Syarat", printed("4,20")), Row("Waktu", printed("4,40")))
    with use("id"):
        assert "dikalikan 20" in explain(Table(rows), "86", scale=(1, 5)).sentence()


def test_a_sum_and_an_index_that_do_not_follow_are_told():
    rows = tuple(Row(name, printed("3,20"), None, printed("1,600")) for name in ("Syarat", "Waktu"))
    found = explain(Table(rows, index=printed("80,00"), total=printed("3,300")))

    assert found.status == "agrees"
    assert [finding.kind for finding in found.findings] == ["total", "index"]


def test_the_index_and_grade_printed_in_the_table_are_audited():
    rows = tuple(Row(name, printed("3,20")) for name in ("Syarat", "Waktu"))
    found = explain(Table(rows, index=printed("70,00"), grade="B"))
    assert found.published.value == 70
    assert not found.grade.holds
    assert explain(Table(rows, index=printed("70,00"), grade="B"), "80", grade="B").status == "agrees"


def test_nrrs_of_a_survey_never_accuse_it():
    found = set()
    for seed in range(200):
        result = skm.score(pl.DataFrame(frame(survey(seed, n=20 + seed, missing=0.03 * (seed % 3)))))
        digits = 2 + seed % 3
        columns_ = {
            "unsur": [unsur.kode for unsur in result.unsur],
            "nrr": [written(float(unsur.nrr), digits) for unsur in result.unsur],
        }
        if seed % 2:
            columns_["n"] = [unsur.n for unsur in result.unsur]
        if seed % 5 == 0:
            columns_["weighted"] = [written(float(unsur.nrr_tertimbang), 3) for unsur in result.unsur]
        audit = explain(pl.DataFrame(columns_), str(result.rounded), grade=result.mutu)
        found.add(audit.status)
        assert audit.status in ("agrees", "open"), (seed, audit.sentence())
        assert audit.findings == (), seed
        assert audit.grade.holds
    assert found == {"agrees", "open"}


def test_every_kind_of_frame_gives_the_same_answer(make):
    columns_ = {"nrr": [3, 3, 4], "n": [10, 20, 30]}
    assert explain(make(columns_)).as_json() == explain(pl.DataFrame(columns_)).as_json()


@pytest.mark.parametrize(
    ("table", "error", "says"),
    [
        ({"nrr": []}, InputError, "0 elements"),
        ({"nrr": [None, None]}, InputError, "0 elements"),
        ({"nrr": ["3,2"]}, InputError, "1 elements"),
        ({"nrr": ["3,2", "baik"]}, AnswerError, r"nrr holds «baik» in row 2"),
        ({"nrr": ["3,2", "-3"]}, AnswerError, "row 2"),
        ({"nrr": [3.2, float("inf")]}, AnswerError, "row 2"),
        ({"nrr": [3.2, 3.1], "n": [20, 2.5]}, AnswerError, "n holds «2.5» in row 2"),
        ({"nrr": [3.2, 3.1], "unsur": ["Waktu", "waktu"]}, InputError, "stands twice"),
        ({"nrr": [3.2, 3.1], "bobot": [1, 2]}, InputError, "«bobot» is not known"),
    ],
)
def test_tables_that_are_none_are_refused(table, error, says):
    with pytest.raises(error, match=says):
        explain(pl.DataFrame(table, strict=False))


def test_the_second_way_of_the_right_index():
    rows = survey(2)
    table = pl.DataFrame({"unsur": CODES, "nrr": [written(mean, 6) for mean in nrrs(rows)]})
    assert float(explain(table)) == pytest.approx(sum(nrrs(rows)) / 9 * 25, abs=2e-5)


def test_rounded_nrrs_are_said_to_tell_the_index_only_so_far():
    rounded = explain(columns(OF_SATUKAN), "80,00")
    assert rounded.status == "unexplained"
    with use("en"):
        said = explain(columns(OF_SATUKAN), "82,50").sentence()
        exact = explain(columns(OF_GASPUL, n=[29] * 9), "90.56").sentence()
    assert "only to within 0.13 points" in said  # half of 0.01 × 25
    assert "Publish 91.48 (grade A)." in exact


def test_indices_of_elements_in_place_of_nrrs_are_refused():
    with pytest.raises(InputError, match="indices of the elements"):
        explain(pl.DataFrame({"nrr": ["80,5", "92,0"]}))
