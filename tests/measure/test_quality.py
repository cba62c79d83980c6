"""Signs of answers that people did not give themselves: each check by itself, on honest and on forged surveys."""

import itertools
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pytest
from published import agrees
from result_kit import ONE_COLUMN, shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure import quality
from mutu.measure.frames import matrix
from mutu.measure.quality.expected import expected

CUTS = {"mostly threes": (-2.0, -1.0, 0.6), "mostly fours": (-2.5, -1.8, -0.3)}
SURVEYS = 60


def answers(rng, n, items=9, shared=0.45, cuts=CUTS["mostly threes"], apart=0.0):
    """Honest answers on 1-4; `apart` is how far two in five respondents, served elsewhere, lie above the others."""
    trait = rng.standard_normal((n, 1)) + apart * (rng.random((n, 1)) < 0.4)
    latent = np.sqrt(shared) * trait + np.sqrt(1 - shared) * rng.standard_normal((n, items))
    return 1.0 + sum(latent > cut for cut in cuts)


def visits(rng, n, days=15, company=0.3):
    """When honest people answered: busy hours, quiet ones, and some in company."""
    shares = np.array([1, 3, 4, 3, 1.5, 2, 3, 1.5])
    found = []
    while len(found) < n:
        day, hour = int(rng.integers(days)), 8 + int(rng.choice(8, p=shares / shares.sum()))
        start = datetime(2026, 3, 2, hour) + timedelta(days=day, seconds=float(rng.uniform(0, 3600)))
        found += [start + timedelta(seconds=float(each)) for each in rng.uniform(0, 300, 1 + rng.poisson(company))]
    return found[:n]


def honest(seed, n=200):
    """One of many kinds of honest surveys."""
    rng = np.random.default_rng(seed)
    kind = {
        "cuts": list(CUTS.values())[seed % 2],
        "apart": (0.0, 1.0)[seed // 2 % 2],
        "shared": (0.3, 0.6)[seed // 4 % 2],
    }
    return rng, answers(rng, n, **kind)


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("straight", lambda _rng, given: quality.straight_lines(given)),
        ("copies", lambda _rng, given: quality.duplicates(given)),
        ("speed", lambda rng, given: quality.speeding(np.exp(rng.normal(5, rng.choice([0.35, 0.6]), len(given))))),
        ("bursts", lambda rng, given: quality.bursts(visits(rng, len(given)))),
    ],
)
def test_honest_surveys_show_hardly_a_sign(name, check):
    found = [float(check(*honest(seed))) for seed in range(SURVEYS)]
    assert np.mean(np.array(found) > 0) <= 0.07, name  # at most 1 % is meant, plus chance and models that are not true
    assert np.mean(found) / 200 <= 0.004, name


def _found(check, forged, n, surveys=SURVEYS):
    """Share of forged rows found, and of honest rows accused, over all surveys."""
    caught, accused = [], []
    for seed in range(surveys):
        rows, made = forged(np.random.default_rng(seed))
        signs = set(check(made).rows_found)
        caught.append(len(signs & rows) / len(rows))
        accused.append(len(signs - rows) / (n - len(rows)))
    return np.mean(caught), np.mean(accused)


def test_forged_lines_of_an_unusual_answer_are_found():
    def forged(rng):
        given = answers(rng, 300)
        rows = rng.choice(300, 9, replace=False)
        given[rows] = 1
        return set((rows + 1).tolist()), given

    caught, accused = _found(quality.straight_lines, forged, 300)
    assert caught >= 0.95
    assert accused <= 0.001


def test_forged_lines_that_lift_the_index_are_found():
    def forged(rng):
        given = answers(rng, 300)
        rows = rng.choice(300, 30, replace=False)
        given[rows] = 4
        return set((rows + 1).tolist()), given

    caught, accused = _found(quality.straight_lines, forged, 300)
    assert caught >= 0.9
    assert accused <= 0.04  # honest people with the same answers, among whom they hide


def test_forged_lines_of_the_commonest_answer_cannot_be_told_and_are_not_claimed():
    def forged(rng):
        given = answers(rng, 300, cuts=CUTS["mostly fours"])
        rows = rng.choice(300, 30, replace=False)
        given[rows] = 4
        return set((rows + 1).tolist()), given

    caught, accused = _found(quality.straight_lines, forged, 300)
    assert caught + accused <= 0.05


@pytest.mark.parametrize("cuts", CUTS.values(), ids=CUTS)
def test_contented_or_hasty_people_who_answer_alike_throughout_are_no_sign(cuts):
    found = []
    for seed in range(SURVEYS):
        rng = np.random.default_rng(seed)
        given = answers(rng, 300, cuts=cuts)
        hasty = rng.random(300) < 0.4
        given[hasty] = given[hasty][:, [0]]
        found.append(float(quality.straight_lines(given)) > 0)
    assert np.mean(found) <= 0.05


def test_one_form_copied_eight_times_is_mostly_found():
    def forged(rng):
        given = answers(rng, 300)
        rows = rng.choice(300, 8, replace=False)
        given[rows] = rng.permutation([4, 4, 3, 3, 3, 2, 3, 4, 2])  # of the usual answers
        return set((rows + 1).tolist()), given

    caught, accused = _found(quality.duplicates, forged, 300)
    assert caught >= 0.85
    assert accused <= 0.002


def test_copies_of_a_long_form_with_three_changes_are_found_with_their_models():
    def forged(rng):
        given = answers(rng, 200, items=40)
        rows, models = np.split(rng.choice(200, 24, replace=False), 2)
        given[rows] = given[models]
        for row in rows:
            given[row, rng.choice(40, 3, replace=False)] = rng.integers(1, 5, 3)
        return set((np.concatenate([rows, models]) + 1).tolist()), given

    caught, accused = _found(quality.duplicates, forged, 200, surveys=20)
    assert caught >= 0.9
    assert accused <= 0.001


def test_forms_filled_in_within_seconds_are_found():
    def forged(rng):
        seconds = np.exp(rng.normal(5, 0.4, 300))
        rows = rng.choice(300, 12, replace=False)
        seconds[rows] = rng.uniform(8, 35, 12)
        return set((rows + 1).tolist()), seconds

    caught, accused = _found(quality.speeding, forged, 300)
    assert caught >= 0.9
    assert accused <= 0.005


def test_fifteen_forms_within_six_minutes_are_found():
    def forged(rng):
        sent = visits(rng, 300)
        rows = rng.choice(300, 15, replace=False)
        start = datetime(2026, 3, 2, 9) + timedelta(days=int(rng.integers(15)), minutes=int(rng.integers(300)))
        for row in rows:
            sent[row] = start + timedelta(seconds=float(rng.uniform(0, 360)))
        return set((rows + 1).tolist()), sent

    caught, accused = _found(quality.bursts, forged, 300)
    assert caught >= 0.95
    assert accused <= 0.01


@pytest.mark.parametrize("cuts", CUTS.values(), ids=CUTS)
@pytest.mark.parametrize("shared", [0.2, 0.45])
def test_what_is_expected_is_what_simulated_people_give(cuts, shared):
    given = answers(np.random.default_rng(5), 60_000, shared=shared, cuts=cuts)
    model = expected(matrix(given))
    for place, answer in enumerate(model.values):
        seen = (given == answer).all(axis=1).mean()
        assert model.run(place, 9) == pytest.approx(seen, rel=0.3, abs=4e-4)
        runs = np.array(
            [
                max((len(list(run)) for value, run in itertools.groupby(row) if value == answer), default=0)
                for row in given[:20_000]
            ]
        )
        assert model.run(place, 7) == pytest.approx((runs >= 7).mean(), rel=0.2, abs=2e-3)
    patterns, counts = np.unique(given, axis=0, return_counts=True)
    often = np.argsort(-counts)[:10]
    chances = model.pattern(np.searchsorted(model.values, patterns[often]))
    assert chances == pytest.approx(counts[often] / 60_000, rel=0.25)
    one = np.searchsorted(model.values, patterns[often[[4]]])
    agreeing = (given == patterns[often[4]]).sum(axis=1)
    for least in (5, 7):
        assert model.agreement(one, np.array([least]))[0] == pytest.approx(
            (agreeing >= least).mean(), rel=0.1, abs=2e-3
        )


def test_the_longest_run_by_plain_counting():
    rng = np.random.default_rng(6)
    given = rng.integers(1, 4, (200, 12)).astype(float)
    plain = [max(len(list(run)) for _answer, run in itertools.groupby(row)) for row in given]
    assert quality.longstring(given).tolist() == plain
    assert quality.longstring([[3, 3, None, 3, 3, 3], [1, 2, 3, 4, 1, 1]]).tolist() == [3, 2]


def test_variability_of_curran_2016():
    rows = [
        [3] * 10,
        [1, 2, 3, 4, 5] * 2,
        [1] * 5 + [5] * 5,
    ]  # his three respondents, as the tests of careless have them
    found = quality.variability(rows)
    assert found == pytest.approx(np.std(rows, axis=1, ddof=1), abs=1e-12)
    source = "R careless, tests of irv with the respondents of Curran (2016): √(Σ(x-m)²/9)"
    for value, printed in zip(found, ("0.0000", "1.4907", "2.1082"), strict=True):
        agrees("quality.variability", source, printed, value)
    gaps = quality.variability([[1.0, None, 3.0], [2.0, None, None], [1.0, 1.0, 1.0]])
    assert gaps[[0, 2]] == pytest.approx([np.sqrt(2), 0])
    assert np.isnan(gaps[1])


def test_percent_match_by_plain_counting():
    rng = np.random.default_rng(7)
    given = rng.integers(1, 4, (60, 7)).astype(float)
    given[rng.random(given.shape) < 0.1] = np.nan
    plain = [
        max(sum(a == b for a, b in zip(row, other, strict=True)) for j, other in enumerate(given) if j != i) / 7
        for i, row in enumerate(given)
    ]
    assert quality.percent_match(given) == pytest.approx(plain)


def test_the_two_kinds_of_copies_say_what_they_are():
    rng = np.random.default_rng(8)
    short = np.vstack([answers(rng, 150), np.tile([2, 4, 3, 1, 4, 2, 3, 4, 2], (5, 1))])
    found = quality.duplicates(short)
    assert [sign.kind for sign in found.signs] == ["copies"]
    assert found.note == "few_questions"
    assert found.signs[0].expected < 0.1
    with use("en"):
        assert "5 respondents gave exactly the same answers to all 9 questions" in found.signs[0].question()
        assert "near copies cannot be told apart" in found.sentence()
    shows_itself(found)
    long = answers(rng, 100, items=30)
    long[7] = long[60]
    long[7, 3] = 5 - long[60, 3]
    near = quality.duplicates(long)
    assert (near.rows_found, near.note) == ((8, 61), "")
    with use("en"):
        assert "agree with another in 97% or more of 30 questions" in near.signs[0].question()
    assert quality.duplicates(long, share=1.0).signs == ()


def test_a_line_in_three_quarters_of_a_long_form_counts():
    rng = np.random.default_rng(9)
    given = answers(rng, 120, items=20)
    given[:5, :16] = 1
    found = quality.straight_lines(given)
    assert found.rows_found == (1, 2, 3, 4, 5)
    assert found.signs[0].facts["length"] == quality.longstring(given)[:5].min()
    with use("en"):
        assert "of 20 questions in a row" in found.signs[0].question()
    assert quality.longstring(given)[:5].tolist() == [
        16 + sum(1 for _ in itertools.takewhile(lambda x: x == 1, row)) for row in given[:5, 16:]
    ]
    shows_itself(found)


def test_a_single_furious_respondent_is_no_sign():
    given = answers(np.random.default_rng(10), 150)
    given[:2] = 1
    assert quality.straight_lines(given).signs == ()


def test_what_counters_can_serve_decides_where_it_is_named():
    start = datetime(2026, 3, 2, 8)
    sent = [start + timedelta(minutes=12 * each) for each in range(20)] + [
        start + timedelta(minutes=60.5, seconds=s) for s in range(4)
    ]
    found = quality.bursts(sent, capacity=4)
    assert found.method == "capacity"
    assert found.rows_found == (6, 21, 22, 23, 24)
    assert found.signs[0].expected is None
    with use("en"):
        assert (
            "Around 2 March 2026 at 09:00, 5 came within 10 minutes; the counters can serve 4."
            in found.signs[0].question()
        )
    assert quality.bursts(sent, capacity=5).signs == ()
    shows_itself(found)


def test_more_in_one_minute_than_anybody_serves_is_a_sign_however_few_days_were_seen():
    found = quality.bursts(["2026-03-04 10:00"] * 60)
    assert found.rows_found == tuple(range(1, 61))
    with use("en"):
        assert "60 came within 1 minutes; hardly any office serves more than 20" in found.signs[0].question()
    shows_itself(found)
    assert quality.bursts(["2026-03-04 10:00:07"] * 20).signs == ()
    assert quality.bursts(["2026-03-04 10:00:07"] * 21).rows_found == tuple(range(1, 22))


@pytest.mark.parametrize(
    "sent",
    [
        ["2026-03-04"] * 60,
        ["2026-03-04"] * 30 + ["2026-03-05"] * 30,
        ["2026-03-04 10:00"] * 30 + ["2026-03-04 11:00"] * 30,
        ["2026-03-04 10:15"] * 30 + ["2026-03-04 10:30"] * 30,
        [datetime(2026, 3, 4, 10, minute) for minute in range(6) for _ in range(20)],
    ],
    ids=["one day", "days", "hours", "quarters", "twenty a minute"],
)
def test_times_too_coarse_to_tell_minutes_apart_are_no_burst(sent):
    assert quality.bursts(sent).signs == ()


def test_a_burst_that_is_known_already_is_named_once():
    sent = visits(np.random.default_rng(3), 300)
    sent[:60] = [datetime(2026, 3, 5, 9, 0, 0)] * 60
    assert [sign.facts["minutes"] for sign in quality.bursts(sent).signs] == [10]


def test_few_days_are_named_as_such():
    rng = np.random.default_rng(11)
    found = quality.bursts(visits(rng, 60, days=2))
    assert found.note == "few_days"
    with use("en"):
        assert "Three days or fewer were seen" in found.sentence()


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_times_seconds_and_devices_of_every_kind_of_column(kind):
    rng = np.random.default_rng(12)
    sent = [moment.replace(microsecond=0) for moment in visits(rng, 80)]
    sent[:12] = [datetime(2026, 3, 5, 10, 0, second) for second in range(12)]
    seconds = [*rng.integers(120, 300, 60).tolist(), 5, 6]
    labels = ["a"] * 12 + ["b"] * 5 + ["c"] * 10
    make = ONE_COLUMN[kind]
    assert set(range(1, 13)) <= set(quality.bursts(make(sent)).rows_found)
    assert quality.bursts(make(sent)).rows_found == quality.bursts([str(moment) for moment in sent]).rows_found
    assert quality.speeding(make(seconds)).rows_found == (61, 62)
    assert quality.devices(make(labels)).rows_found == (*range(1, 13), *range(18, 28))


def test_answers_of_every_kind_of_frame(make):
    given = answers(np.random.default_rng(13), 60).astype(int)
    given[:6] = 1
    frame = make({f"U{place}": column.tolist() for place, column in enumerate(given.T, 1)})
    assert quality.straight_lines(frame).rows_found == (1, 2, 3, 4, 5, 6)
    assert quality.duplicates(frame).rows_found == quality.duplicates(given).rows_found
    assert quality.percent_match(frame).tolist() == quality.percent_match(given).tolist()
    assert quality.variability(frame).tolist() == quality.variability(given).tolist()


def test_a_lent_device_and_known_ones_are_no_sign():
    counter = quality.devices(["tablet"] * 40 + ["x"] * 15 + list("abcdefg"))
    assert (counter.rows_found, counter.note) == (tuple(range(41, 56)), "one_device")
    assert quality.devices(["tablet"] * 40 + ["x"] * 15 + list("abcdefg"), known=["x"]).signs == ()
    assert quality.devices([7] * 12 + [8] * 12, known=[7]).rows_found == tuple(range(13, 25))
    assert quality.devices(["x", None, "x", "y"], least=2).rows_found == ()
    with use("en"):
        assert "a counter lends its tablet" in counter.sentence()
        assert "15 answers (24%) came from one device, device 2" in counter.signs[0].question()
    assert "x" not in str(counter.as_json()["signs"][0]["facts"])
    shows_itself(counter)


def test_speed_says_what_is_usual():
    found = quality.speeding([*[100.0 + each for each in range(40)], 3, 4])
    assert found.rows_found == (41, 42)
    assert found.signs[0].expected < 0.1
    assert quality.speeding([100.0] * 30).signs == ()
    assert quality.speeding([*[100.0] * 30, 20, None, 0]).rows_found == (31, 33)
    shows_itself(found)
    shows_itself(quality.speeding([100.0] * 30))


def test_one_survey_of_all_checks_and_its_decisions():
    rng = np.random.default_rng(14)
    frame = pd.DataFrame(answers(rng, 200).astype(int), columns=[f"U{each}" for each in range(1, 10)])
    frame["lama"] = np.exp(rng.normal(5, 0.3, 200))
    frame["waktu"] = visits(rng, 200)
    frame["alat"] = ["meja"] * 120 + [f"hp{each}" for each in range(80)]
    frame["id"] = [f"r{each:03}" for each in range(200)]
    frame.loc[:7, [f"U{each}" for each in range(1, 10)]] = 1
    frame.loc[:7, "lama"] = 9.0
    frame.loc[:7, "waktu"] = [datetime(2026, 3, 4, 16, 50, second) for second in range(8)]
    found = quality.signs(frame, seconds="lama", submitted="waktu", device="alat", key="id")
    assert found.items == tuple(f"U{each}" for each in range(1, 10))
    assert found.named[:8] == tuple(f"r00{each}" for each in range(8))
    assert all(set(found.kinds[row]) >= {"straight", "speed", "burst"} for row in found.named[:8])
    assert [check.kind for check in found.checks] == ["straight", "duplicates", "speed", "burst", "device"]
    assert float(found) <= 10
    shows_itself(found)
    with use("en"):
        assert "nothing is left out until a person decides it" in found.sentence()
        assert "r000" in found.rows()[0]["Rows"]
    log = quality.decide(
        found, found.named[:8], keep=False, by="petugas data", reason="diisi sendiri", on=date(2026, 4, 1)
    )
    decided = quality.score(frame, log)
    assert (decided.everybody.n, decided.counted.n, decided.n) == (200, 192, 192)
    assert decided.counted.ikm > decided.everybody.ikm
    with use("en"):
        assert "8 of 200 respondents were left out by decision of a person" in decided.sentence()
    shows_itself(decided)
    more = pd.concat([frame.iloc[::-1], frame.iloc[:3].assign(id=["n1", "n2", "n3"])])  # the key finds rows anywhere
    assert quality.score(more, log).left_out == tuple(f"r00{each}" for each in range(7, -1, -1))
    with pytest.raises(InputError, match="decides on rows r000"):
        quality.score(frame.iloc[1:], log)


@pytest.mark.parametrize(
    ("check", "error", "said"),
    [
        (lambda: quality.straight_lines(pl.DataFrame()), InputError, "At least 3 columns"),
        (lambda: quality.straight_lines([[1, 2, 3]] * 29), InputError, "Only 29 respondents answered every item"),
        (lambda: quality.duplicates([[1, 2, 3]] * 40), InputError, "here vary 0"),
        (lambda: quality.straight_lines([[1, 2, 3]]), InputError, "At least 2 rows"),
        (lambda: quality.straight_lines([[1, "x", 3], [1, 2, 3]]), AnswerError, "«x» in row 1"),
        (lambda: quality.straight_lines([[1, 2, np.inf], [1, 2, 3]]), AnswerError, "infinite"),
        (lambda: quality.straight_lines(pd.DataFrame([[1, 2, 3]] * 3, columns=list("aab"))), InputError, "twice"),
        (lambda: quality.straight_lines([[1, 2, None], [1, 3, None]]), InputError, "3 holds no number"),
        (lambda: quality.duplicates([[1, 2, 3]] * 40, share=0), SettingError, "above 0 and at most 1"),
        (lambda: quality.speeding([1.0] * 30, share=2), SettingError, "part of the median"),
        (lambda: quality.speeding([]), InputError, "At least 20 rows"),
        (lambda: quality.speeding([60.0] * 19 + [None]), InputError, "Only 19 times are known"),
        (lambda: quality.speeding([60.0] * 20 + [-3.0]), AnswerError, "Row 21 was filled in within -3"),
        (lambda: quality.speeding(["cepat"] * 20), AnswerError, "«cepat» in row 1"),
        (lambda: quality.bursts(["kemarin"] * 20), AnswerError, "Row 1 holds «kemarin», which is no time"),
        (lambda: quality.bursts([17.0] * 20), AnswerError, "Row 1 holds «17.0»"),
        (lambda: quality.bursts([datetime(2026, 3, 2)] * 19), InputError, "Only 19 times are known"),
        (lambda: quality.bursts([datetime(2026, 3, 2)] * 20, minutes=0), SettingError, "above 0"),
        (lambda: quality.bursts([datetime(2026, 3, 2)] * 20, capacity=0), SettingError, "above 0"),
        (lambda: quality.devices([None, ""]), InputError, "No answer names its device"),
        (lambda: quality.devices(["a"], least=1), SettingError, "at least 2"),
    ],
)
def test_what_is_wrong_is_said(check, error, said):
    with pytest.raises(error, match=said):
        check()
