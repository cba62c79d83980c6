"""Reach, representativeness and level of participation agree with printed numbers, or with a second way to them."""

import json

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from published import agrees
from result_kit import ONE_COLUMN, shows_itself

from mutu.errors import AnswerError, InputError, MutuError, SettingError
from mutu.locale import use
from mutu.measure.intervals import wilson
from mutu.measure.participation import dissimilarity, level, parties, reach, representativeness, rubric
from mutu.measure.withhold import withheld

# --- reach -------------------------------------------------------------------------------------------------------


def test_people_who_come_twice_count_once_and_entries_without_a_name_are_an_upper_end():
    found = reach(["Ani", "Budi", " Ani ", None, float("nan"), ""], 40)
    assert (found.people, found.most, found.unnamed, found.n) == (2, 5, 3, 6)
    assert found.interval is None
    with use("en"):
        assert "no interval is needed" in found.sentence()
        assert "Entries without a name: 3; with them it may be up to 5 people." in found.sentence()


def test_the_interval_of_a_survey_solves_the_score_equation_with_the_finite_correction():
    """The second way: at both ends the score statistic is the normal quantile."""
    found = reach([1] * 30 + [0] * 70 + [None] * 5, 400, rests_on="survey")
    assert (found.n, found.unnamed, found.share) == (100, 5, 0.3)
    for end in found.interval[:2]:
        error = np.sqrt(end * (1 - end) / 100 * (400 - 100) / (400 - 1))
        assert abs(0.3 - end) / error == pytest.approx(1.959964, abs=1e-5)


def test_a_survey_that_asked_everybody_has_no_interval():
    found = reach([True, False, True, True], 4, rests_on="survey")
    assert (found.interval, found.method, found.people) == (None, "census", 3)
    shows_itself(found)


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_lists_surveys_and_forums_of_every_kind_give_the_same_answer(kind):
    make = ONE_COLUMN[kind]
    names, flags, groups = ["a", "b", "a", "c"], [1, 0, 1, 1, 0], ["desa"] * 7 + ["kota"] * 8
    assert reach(make(names), 10) == reach(names, 10)
    assert reach(make(flags), 90, rests_on="survey") == reach(flags, 90, rests_on="survey")
    assert representativeness(make(groups), {"desa": 3, "kota": 1}) == representativeness(
        groups, {"desa": 3, "kota": 1}
    )


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: reach([], 10), InputError),
        (lambda: reach([None, None], 10), InputError),
        (lambda: reach(["a", "b", "c"], 2), InputError),
        (lambda: reach([1, 0, 1], 2, rests_on="survey"), InputError),
        (lambda: reach(["ya"], 10, rests_on="survey"), AnswerError),
        (lambda: reach([float("inf")], 10, rests_on="survey"), AnswerError),
        (lambda: reach([None], 10, rests_on="survey"), InputError),
        (lambda: reach([1, 0, 1, 0], 1000), SettingError),
        (lambda: reach([1.0, 0.0, None], 1000), SettingError),
        (lambda: reach([True, False], 1000), SettingError),
        (lambda: reach(["Ya", "tidak "], 1000), SettingError),
        (lambda: reach(["a"], 0), SettingError),
        (lambda: reach(["a"], 10.5), SettingError),
        (lambda: reach(["a"], 10, rests_on="guess"), SettingError),
    ],
)
def test_a_reach_of_nonsense_is_refused(wrong, error):
    with pytest.raises(error):
        wrong()


# --- representativeness ------------------------------------------------------------------------------------------


def test_the_test_is_the_one_r_prints_for_three_groups():
    source = "R 4.2.2, stats::chisq.test, example x <- c(A = 20, B = 15, C = 25)"
    found = representativeness(["A"] * 20 + ["B"] * 15 + ["C"] * 25, {"A": 1, "B": 1, "C": 1})
    agrees("participation.representativeness, chi-square", source, "2.5", found.fit.chi_square)
    agrees("participation.representativeness, degrees of freedom", source, "2", found.fit.freedom)
    agrees("participation.representativeness, p", source, "0.2865", found.fit.p)
    assert not found.unlike


def test_statistics_and_p_are_those_of_scipy():
    from scipy import stats

    counts, shares = np.array([89, 37, 30, 28]), np.array([0.42, 0.21, 0.21, 0.16])
    found = representativeness(np.repeat(list("abcd"), counts), dict(zip("abcd", shares, strict=True)))
    for ours, test in ((found.fit.chi_square, "pearson"), (found.fit.g, "log-likelihood")):
        assert ours == pytest.approx(stats.power_divergence(counts, counts.sum() * shares, lambda_=test).statistic)
    assert found.fit.p == pytest.approx(stats.chisquare(counts, counts.sum() * shares).pvalue)


def test_p_from_random_forums_is_near_the_exact_one():
    """The second way: the exact binomial probability of an equally bad split, where few are expected."""
    from scipy import stats

    found = representativeness(["a"] * 15 + ["b"] * 5, {"a": 0.95, "b": 0.05})
    worse = [k for k in range(21) if abs(k - 1) >= 4]
    exact = sum(stats.binom.pmf(k, 20, 0.05) for k in worse)
    assert found.fit.drawn
    assert found.fit.p == pytest.approx(exact, abs=0.002)


def test_the_mean_dissimilarity_of_random_forums_is_the_exact_one():
    from scipy import stats

    found = representativeness(["a"] * 12 + ["b"] * 12, {"a": 0.5, "b": 0.5})
    exact = sum(stats.binom.pmf(k, 24, 0.5) * abs(k / 24 - 0.5) for k in range(25))
    assert found.fit.by_chance == pytest.approx(exact, abs=0.003)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=8))
def test_dissimilarity_is_what_two_distributions_do_not_share(groups):
    counts, sizes = (np.array(column, dtype=float) for column in zip(*groups, strict=True))
    assume(counts.sum() > 0)
    forum, population = counts / counts.sum(), sizes / sizes.sum()
    assert dissimilarity(forum, population) == pytest.approx(1 - np.minimum(forum, population).sum(), abs=1e-12)


def test_under_represented_groups_are_named_with_a_ratio_and_its_interval():
    people = ["pria"] * 34 + ["wanita"] * 6
    found = representativeness(people, {"pria": 4900, "wanita": 5100})
    women = found.groups[1]
    assert found.under == ("wanita",)
    assert women.ratio == pytest.approx(6 / 40 / 0.51)
    around = wilson(6 / 40, 40, 0.975)
    assert women.interval[:2] == pytest.approx((around.low / 0.51, around.high / 0.51))
    assert found.groups[0].verdict == "over"
    with use("en"):
        assert "Under-represented: wanita." in found.sentence()
        assert "chance does not explain this" in found.sentence()


def test_a_group_that_sent_nobody_is_shown_with_zero():
    found = representativeness(["a"] * 60 + ["b"] * 40, {"a": 45, "b": 40, "difabel": 15})
    assert found.groups[2][:3] == ("difabel", 0, 0.15)
    assert found.under == ("difabel",)
    assert found.hidden == ()


def test_small_groups_cannot_be_worked_out_and_can_still_be_too_few():
    people = ["a"] * 60 + ["b"] * 33 + ["c"] * 3
    found = representativeness(people, {"a": 40, "b": 35, "c": 25})
    assert [group.label for group in found.hidden] == ["b", "c"]
    assert found.under == ("c",)
    assert found.fit.freedom == 1
    told = f"{found.as_json()['groups']} {found.rows()}"
    assert "33" not in told.replace("0.33", "")
    assert found.hidden[1].n is None
    assert found.hidden[1].ratio is None
    # only what is known of c without its count: at most four of 96
    assert wilson(4 / 96, 96, 1 - 0.05 / 3).high < 0.25
    with use("en"):
        assert "give those away: b, c." in found.sentence()


def test_two_groups_of_which_one_is_small_are_refused_with_the_finding():
    with use("en"), pytest.raises(InputError) as caught:
        representativeness(["pria"] * 20 + ["wanita"] * 3, {"pria": 1, "wanita": 1})
    assert caught.value.fields["groups"] == "wanita"


def test_forums_drawn_at_random_are_seldom_called_unlike():
    """1 000 seeded forums of 60: at most 5 % (+ Monte-Carlo error) are unlike, or have any group called too few."""
    rng = np.random.default_rng(4)
    shares = {"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1}
    unlike = wrong = 0
    for _ in range(1000):
        people = np.repeat(list(shares), rng.multinomial(60, list(shares.values())))
        found = representativeness(people, shares)
        unlike += found.unlike
        wrong += any(group.verdict in ("under", "over") for group in (*found.groups, *found.hidden))
    assert unlike <= 65
    assert wrong <= 65


def test_the_five_groups_of_the_community_are_there_or_missing():
    came = ["users", "users", "media", "experts", None] * 4
    found = representativeness(["a", "b"] * 10, {"a": 1, "b": 1}, parties=came)
    assert {seat.code: seat.there for seat in found.seats} == {
        "users": True,
        "experts": True,
        "agencies": False,
        "civil_society": False,
        "media": True,
    }
    with use("en"):
        said = found.sentence()
    assert "were there: 3 of 5. Missing: related agencies; civil society organisations." in said
    with pytest.raises(InputError, match="pers"):
        representativeness(["a", "b"] * 10, {"a": 1, "b": 1}, parties=["pers"])


def test_participants_without_a_group_are_left_out_and_counted():
    found = representativeness(["a", "b", None, ""] * 10, {"a": 1, "b": 1})
    assert (found.n, found.left_out) == (20, 20)
    with use("en"):
        assert "Left out, as they have no group: 20." in found.sentence()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: representativeness([], {"a": 1, "b": 1}), InputError),
        (lambda: representativeness(["a"], {"a": 1, "b": 1}), InputError),
        (lambda: representativeness([None] * 9, {"a": 1, "b": 1}), InputError),
        (lambda: representativeness(["a"] * 9, {"a": 1}), SettingError),
        (lambda: representativeness(["a"] * 9, {"a": 1, "b": 0}), SettingError),
        (lambda: representativeness(["a"] * 9, {"a": 1, "b": "banyak"}), SettingError),
        (lambda: representativeness(["a"] * 9, {"a": 1, "b": float("inf")}), SettingError),
        (lambda: representativeness(["c"] * 9, {"a": 1, "b": 1}), InputError),
        (lambda: representativeness(["a"] * 9, {"a": 1, "b": 1}, least=2), SettingError),
        (lambda: representativeness(["a"] * 9, ["a", "b"]), SettingError),
    ],
)
def test_a_forum_of_nonsense_is_refused(wrong, error):
    with pytest.raises(error):
        wrong()


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=2), st.integers(5, 8))
def test_what_is_withheld_does_not_follow_from_the_whole(sizes, least):
    hidden = withheld(sizes, least)
    rest = [label for label, n in sizes.items() if n > 0 and label not in hidden]
    assert all(label in hidden for label, n in sizes.items() if 0 < n < least)
    if hidden and rest:
        assert len(hidden) > 1
        assert sum(sizes[label] for label in hidden) >= least


# --- level -------------------------------------------------------------------------------------------------------

ALL = rubric().codes


def test_a_level_needs_all_evidence_up_to_it():
    assert level(dict.fromkeys(ALL, True)).level == 5
    assert level(dict.fromkeys(ALL, False)).level == 0
    for step in rubric().levels:
        for missing in step.evidence:
            found = level({code: code != missing.code for code in ALL})
            assert found.level == step.level - 1
            assert [item.code for item in found.missing] == [missing.code]


def test_votes_without_information_do_not_count_and_are_said():
    found = level({"1a": False, "4a": True, "4b": 1, "4c": True, "2a": None})
    assert (found.level, found.name) == (0, str(rubric().none))
    assert [item.code for item in found.beyond] == ["4a", "4b", "4c"]
    assert "2a" in found.unanswered
    with use("en"):
        assert "counts only when the levels below are complete" in found.sentence()
        assert {row["There"] for row in found.rows()} == {"yes", "no", "not answered"}


@pytest.mark.parametrize(
    ("evidence", "error", "named"),
    [
        ({}, InputError, "1a"),
        ({"9z": True}, InputError, "9z"),
        ({"1a": "ya"}, AnswerError, "1a"),
        ({"1a": 2}, AnswerError, "2"),
    ],
)
def test_evidence_of_nonsense_is_refused(evidence, error, named):
    with use("en"), pytest.raises(error) as caught:
        level(evidence)
    assert named in str(caught.value)


def test_levels_and_groups_are_data_with_sources_and_a_version_and_copy_no_licensed_words():
    """The names of the spectrum and of the ladder's rungs are theirs; here each level has a name of its own."""
    for material in (rubric(), parties()):
        assert material.version.year == 2026
        assert material.sources
        assert str(material.note)
    theirs = {"inform", "consult", "involve", "collaborate", "empower", "manipulation", "therapy", "placation"}
    assert not theirs & {step.name.en for step in rubric().levels}
    assert json.loads(json.dumps(rubric().model_dump(mode="json")))["levels"][0]["code"] == "told"


RESULTS = [
    reach(["Ani", "Budi", None], 40),
    reach([1, 0, 0, 1, None], 400, rests_on="survey"),
    representativeness(["a"] * 15 + ["b"] * 5, {"a": 1, "b": 1}),
    representativeness(["a"] * 60 + ["b"] * 33 + ["c"] * 3 + [None], {"a": 40, "b": 35, "c": 25}, parties=["users"]),
    level({"1a": True, "1b": True, "1c": True, "5a": True}),
    level(dict.fromkeys(ALL, True)),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)


def test_errors_are_of_the_package():
    with pytest.raises(MutuError):
        rubric("levels-1899")
