"""A change between two periods is given with its interval, or with the reason why there is none."""

import json

import polars as pl
import pytest
from published import agrees
from scipy import stats

from mutu.errors import InputError
from mutu.locale import use
from mutu.measure import skm

BEFORE = {"U1": [3, 3, 2, 4, 3, 3], "U2": [3, 2, 3, 3, 4, None]}
NOW = {"U1": [4, 4, 3, 4, 4], "U2": [4, 3, 4, 4, 4]}


def scored(columns, **options):
    return skm.score(pl.DataFrame(columns), **options)


def test_its_distances_are_the_roots_of_the_two_intervals_squared_distances():
    now, before = scored(NOW), scored(BEFORE)
    step = skm.change(now, before)
    up = ((now.interval.high - float(now.ikm)) ** 2 + (float(before.ikm) - before.interval.low) ** 2) ** 0.5
    down = ((float(now.ikm) - now.interval.low) ** 2 + (before.interval.high - float(before.ikm)) ** 2) ** 0.5
    middle = float(step.difference)
    assert step.interval[:2] == pytest.approx((middle - down, middle + up), abs=0.02)


def test_of_large_symmetric_samples_it_is_welchs_interval():
    now, before = [2, 3, 4] * 100, [1, 2, 2, 3] * 60
    step = skm.change(scored({"U1": now}), scored({"U1": before}))
    welch = stats.ttest_ind(now, before, equal_var=False).confidence_interval(0.95)
    assert step.interval[:2] == pytest.approx((25 * welch.low, 25 * welch.high), abs=0.03)


# Pain after surgery of Lumley (1996), the example of Brunner & Munzel (2000), as R's lawstat documents it.
ACTIVE = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
CONTROL = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]


def test_the_order_test_gives_brunner_and_munzels_published_example():
    found = skm.change(scored({"U1": CONTROL}, scale=(1, 5)), scored({"U1": ACTIVE}, scale=(1, 5))).shift
    source = "Brunner & Munzel (2000), pain scores, as documented in R lawstat, brunner.munzel.test"
    agrees("skm.change, shift: statistic", source, "3.1375", found.statistic)
    agrees("skm.change, shift: degrees of freedom", source, "17.683", found.freedom)
    agrees("skm.change, shift: p", source, "0.005786", found.p)
    agrees("skm.change, shift: P(before < now) + P(equal) / 2", source, "0.788961", found.value)
    assert found.clear


def test_each_respondent_a_cluster_gives_nearly_the_test_without_clusters():
    plain = skm.change(scored(NOW), scored(BEFORE)).shift
    each = skm.change(scored(NOW, cluster=list(range(5))), scored(BEFORE, cluster=list(range(6)))).shift
    assert (each.value, each.statistic) == pytest.approx((plain.value, plain.statistic))
    assert each.method == "brunner-munzel-clustered"


def test_alike_clusters_count_as_few_people():
    now, before = {"U1": [4] * 20 + [3] * 21}, {"U1": [3] * 20 + [2] * 21}
    mixed = [*"ab" * 20, "a"]
    alike = [*"a" * 20, *"b" * 21]
    assert skm.change(scored(now, cluster=mixed), scored(before, cluster=mixed)).shift.clear
    assert not skm.change(scored(now, cluster=alike), scored(before, cluster=alike)).shift.clear


def test_the_order_test_says_how_many_of_100_pairs_and_what_is_not_known():
    with use("en"):
        assert "in 93.3 (ties count half)" in skm.change(scored(NOW), scored(BEFORE)).sentence()
        same = skm.change(scored({"U1": [3, 3]}), scored({"U1": [3, 3]})).shift
        assert "vary too little" in same.sentence()
    assert same.p is None
    assert skm.change(scored(NOW), skm.saved(scored(BEFORE).as_json())).shift is None
    assert skm.change(scored(NOW), scored({"U1": [5, 3]}, scale=(1, 5))).shift is None


def test_the_difference_is_that_of_the_published_numbers():
    now, before = scored({"U1": [4, 3, 3]}), scored({"U1": [3, 3, 2]})  # 83.333… and 66.666…
    assert str(skm.change(now, before).difference) == "16.66"  # 83.33 - 66.67, as the reader subtracts


def test_a_saved_result_gives_the_same_change_as_the_result_itself():
    now, before = scored(NOW), scored(BEFORE)
    direct = skm.change(now, before)
    saved = skm.change(now, skm.saved(json.loads(json.dumps(before.as_json()))))
    assert (saved.index, saved.unsur) == (direct.index, direct.unsur)
    assert set(direct.unsur) == {"U1", "U2"}


def test_the_opposite_way_gives_the_opposite_change():
    forth, back = skm.change(scored(NOW), scored(BEFORE)), skm.change(scored(BEFORE), scored(NOW))
    assert forth.difference == -back.difference
    assert forth.interval[:2] == pytest.approx((-back.interval.high, -back.interval.low))


def test_a_result_saved_without_interval_has_a_change_but_no_interval():
    old = scored(BEFORE).as_json()
    del old["interval"]
    step = skm.change(scored(NOW), skm.saved(old))
    assert (step.interval, step.clear) == (None, False)
    assert "tidak dapat dikatakan" in step.sentence()
    assert step.as_json()["interval"] is None


def test_the_sentence_says_rise_fall_or_neither():
    with use("en"):
        assert "risen" in skm.change(scored(NOW), scored(BEFORE)).sentence()
        assert "fallen" in skm.change(scored(BEFORE), scored(NOW)).sentence()
        same = skm.change(scored(NOW), scored(NOW)).sentence()
    assert "cannot be told from chance" in same


def test_what_makes_two_numbers_hard_to_compare_is_said():
    nine = {f"U{q}": [4, 3, 4] for q in range(1, 10)}
    eight = {f"U{q}": [5, 3, 4] for q in range(1, 9)}
    step = skm.change(scored(nine, weights="0.11"), scored(eight, scale=(1, 5)))
    with use("en"):
        said = step.sentence()
    assert "printed weight 0.11" in said
    assert "different scales" in said
    assert "same elements" in said
    assert (step.interval, step.clear, step.comparable) == (None, False, False)
    assert set(step.unsur) == set(eight)


def test_a_single_respondent_is_named_as_the_reason():
    with use("en"):
        assert "with a single respondent" in skm.change(scored(NOW), scored({"U1": [4], "U2": [3]})).sentence()


def test_one_row_an_element_and_one_for_the_index():
    rows = skm.change(scored(NOW), scored(BEFORE)).rows()
    assert [next(iter(row.values())) for row in rows] == ["U1", "U2", "IKM"]


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        (lambda d: d.pop("ikm"), "ikm"),
        (lambda d: d.update(ikm="tinggi"), "ikm"),
        (lambda d: d.update(ikm=float("nan")), "ikm"),
        (lambda d: d.update(ikm=1e9), "ikm"),
        (lambda d: d.update(n=0), "n"),
        (lambda d: d.update(n=2.5), "n"),
        (lambda d: d.update(interval={"low": 1}), "interval"),
        (lambda d: d.update(interval={"low": 9, "high": 1, "level": 0.95}), "interval"),
        (lambda d: d.update(scale=[1]), "scale"),
        (lambda d: d.update(unsur=[{"kode": "U1"}]), "unsur"),
        (lambda d: d.update(unsur=3), "unsur"),
    ],
)
def test_a_json_that_is_no_result_is_answered_with_the_key_that_is_wrong(damage, key):
    document = scored(BEFORE).as_json()
    damage(document)
    with pytest.raises(InputError, match=f"«{key}»"):
        skm.saved(document)


def test_another_json_document_altogether_is_refused():
    with pytest.raises(InputError, match="«ikm»"):
        skm.saved(["a list"])
