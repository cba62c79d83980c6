"""Score card and report card agree with printed numbers, or with a second way to reach them."""

import numpy as np
import polars as pl
import pytest
from frame_kit import FRAMES
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure.intervals import wilson
from mutu.measure.participation import newcombe, report_card, score_card
from mutu.measure.participation.differences import median

# --- score card --------------------------------------------------------------------------------------------------

VOTES = {
    "kelompok": ["ibu"] * 6 + ["pemuda"] * 5 + ["petugas"] * 5,
    "antrean": [1, 2, 2, 1, 2, 1, 2, 3, 2, 2, 1, 4, 4, 5, 4, 4],
    "obat": [3, 3, 4, 3, 3, 2, 4, 3, 3, 4, 3, 3, 2, 3, 3, 4],
    "ramah": [5, 4, 4, 5, 4, 5, 4, 4, 5, 5, 4, 5, 5, 5, 4, 5],
}
COLUMNS = ["antrean", "obat", "ramah"]


def card(votes=VOTES, **options):
    return score_card(pl.DataFrame(votes), COLUMNS, **{"group": "kelompok", "providers": ["petugas"]} | options)


def test_the_matrix_holds_means_and_the_gap_is_welchs_interval_of_scipy():
    from scipy import stats

    found = card()
    users, staff = np.array(VOTES["antrean"][:11]), np.array(VOTES["antrean"][11:])
    first = found.indicators[0]
    assert [cell.mean for cell in first.cells] == pytest.approx([1.5, 2.0, 4.2])
    assert (first.users.n, first.providers.n) == (11, 5)
    assert first.gap == pytest.approx(users.mean() - staff.mean())
    around = stats.ttest_ind(users, staff, equal_var=False).confidence_interval(1 - 0.05 / 3)
    assert first.interval[:2] == pytest.approx((around.low, around.high))
    assert first.users.agreement == pytest.approx(1 - users.var(ddof=1) / 2)
    assert float(found) == pytest.approx(np.mean([np.mean(VOTES[name][:11]) for name in COLUMNS]))


def test_the_plan_starts_with_the_lowest_score_and_invents_nothing():
    plan = {"antrean": {"action": "dua loket pada hari Senin", "who": "kepala puskesmas"}}
    found = card(plan=plan)
    assert [step.indicator for step in found.plan] == ["antrean", "obat", "ramah"]
    assert [step.priority for step in found.plan] == [1, 2, 3]
    assert found.plan[0][3:] == ("dua loket pada hari Senin", "kepala puskesmas", "")
    assert found.plan[1][3:] == ("", "", "")
    with use("en"):
        assert found.plan_rows()[1]["Action"] == ""
        assert "Users score lower than providers: antrean." in found.sentence()


def test_equal_scores_share_a_priority():
    same = VOTES | {"obat": VOTES["antrean"]}
    assert [step.priority for step in card(same).plan] == [1, 1, 3]


def test_small_groups_are_left_out_of_every_number():
    two_more = {"kelompok": ["tokoh"] * 2, "antrean": [5, 5], "obat": [5, 5], "ramah": [1, 1]}
    small = {name: cells + two_more[name] for name, cells in VOTES.items()}
    found, without = card(small), card()
    assert found.withheld == ("tokoh",)
    assert [item.users for item in found.indicators] == [item.users for item in without.indicators]
    assert all(row["tokoh"] == "–" for row in found.rows())
    with use("en"):
        assert "Not shown, as fewer than 5 people: tokoh." in found.sentence()


def test_providers_too_few_to_be_shown_are_not_compared():
    few = {name: cells[:13] for name, cells in VOTES.items()}
    found = card(few)
    assert all(item.gap is None and item.providers is None for item in found.indicators)
    with use("en"):
        assert "Providers cannot be compared" in found.sentence()
    shows_itself(found)


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_of_every_kind_give_the_same_cards(kind):
    votes = FRAMES[kind](VOTES)
    assert score_card(votes, COLUMNS, group="kelompok", providers=["petugas"]) == card()
    answers = FRAMES[kind](REPORTED)
    assert report_card(answers, ASKED, service="layanan") == report_card(
        pl.DataFrame(REPORTED), ASKED, service="layanan"
    )


@pytest.mark.parametrize(
    ("votes", "options", "error"),
    [
        ({name: [] for name in VOTES}, {}, InputError),
        ({name: cells[:1] for name, cells in VOTES.items()}, {}, InputError),
        ({name: cells[6:] for name, cells in VOTES.items()}, {"least": 9}, InputError),
        (VOTES, {"providers": ["dokter"]}, InputError),
        (VOTES, {"providers": []}, InputError),
        (VOTES, {"providers": ["ibu", "pemuda", "petugas"]}, InputError),
        (VOTES, {"scale": (1, 4)}, AnswerError),
        (VOTES, {"plan": {"toilet": {}}}, SettingError),
        (VOTES, {"plan": {"obat": {"budget": "1"}}}, SettingError),
        (VOTES, {"least": 2}, SettingError),
        (VOTES | {"obat": ["baik"] * 16}, {}, AnswerError),
        (VOTES | {"obat": [None] * 16}, {}, InputError),
        (VOTES | {"obat": [float("inf")] * 16}, {}, AnswerError),
    ],
)
def test_a_score_card_of_nonsense_is_refused(votes, options, error):
    with pytest.raises(error):
        card(votes, **options)


# --- report card -------------------------------------------------------------------------------------------------

REPORTED = {
    "layanan": ["air"] * 12 + ["jalan"] * 12,
    "memakai": [1] * 10 + [0] * 2 + [1] * 12,
    "puas": [1, 1, 1, 0, 0, 1, 1, 0, 1, 1, 1, None, *([0] * 8), 1, 1, 0, None],
    "masalah": [1, 0] * 6 + [1] * 7 + [0] * 5,
    "selesai": [1, None] * 6 + [1, 0, 0, 1, 0, 0, 1] + [None] * 5,
    "bayar": [5000.0, 0, 2000, None, 1000, 3000, 0, 0, 4000, 2500, 9000, 1] + [100.0] * 12,
}
ASKED = {
    "usage": "memakai",
    "satisfaction": "puas",
    "problem": "masalah",
    "resolution": "selesai",
    "cost": "bayar",
}


def test_newcombes_interval_is_the_one_of_his_paper():
    source = "Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10"
    for (a, n, b, m), low, high in (((56, 70, 48, 80), "0.0524", "0.3339"), ((9, 10, 3, 10), "0.1705", "0.8090")):
        found = newcombe((a / n, n), (b / m, m), 0.95, 0.95)
        agrees(f"participation.newcombe, {a}/{n} and {b}/{m}, low", source, low, found.low)
        agrees(f"participation.newcombe, {a}/{n} and {b}/{m}, high", source, high, found.high)


def test_services_are_compared_as_in_newcombes_paper_when_there_are_two():
    answers = pl.DataFrame({"s": ["a"] * 70 + ["b"] * 80, "y": [1] * 56 + [0] * 14 + [1] * 48 + [0] * 32})
    source = "Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10"
    found = report_card(answers, {"satisfaction": "y"}, service="s").differences[0]
    agrees("participation.report_card, difference of 56/70 and 48/80, low", source, "0.0524", found.interval.low)
    agrees("participation.report_card, difference of 56/70 and 48/80, high", source, "0.3339", found.interval.high)


def test_each_aspect_counts_only_those_it_asks():
    found = report_card(pl.DataFrame(REPORTED), ASKED, service="layanan")
    cells = {(share.service, share.aspect): (share.n, share.share) for share in found.shares}
    assert cells["air", "usage"] == (12, pytest.approx(10 / 12))
    assert cells["air", "satisfaction"] == (10, 0.7)  # the two who did not use it are left out
    assert cells["jalan", "satisfaction"] == (11, pytest.approx(2 / 11))
    assert cells["air", "problem"] == (10, 0.5)
    assert cells["air", "resolution"] == (5, 1.0)
    assert cells["jalan", "resolution"] == (7, pytest.approx(3 / 7))
    assert found.paid[0].n == 9
    assert found.paid[0].median == 2000
    assert found.shares[0].interval == wilson(10 / 12, 12, 0.95)


def test_small_cells_are_withheld():
    few = {name: cells[:12] + cells[12:16] for name, cells in REPORTED.items()}
    found = report_card(pl.DataFrame(few), ASKED, service="layanan")
    assert found.withheld == 5
    assert not found.differences
    with use("en"):
        assert "Cells of fewer than 5 people, not shown: 5." in found.sentence()


def test_three_services_are_compared_at_a_third_of_the_error():
    answers = pl.DataFrame({"s": np.repeat(["a", "b", "c"], 40), "y": [1] * 30 + [0] * 10 + [1] * 20 + [0] * 60})
    found = report_card(answers, {"bribe": "y"}, service="s")
    assert [(one.first, one.second) for one in found.differences] == [("a", "b"), ("a", "c"), ("b", "c")]
    each = newcombe((0.75, 40), (0.5, 40), 1 - 0.05 / 3, 0.95)
    assert found.differences[0].interval == each
    with use("en"):
        assert "a and c (were asked for money without a receipt)" in found.sentence()


def test_services_that_are_alike_are_seldom_called_different():
    """1 000 seeded surveys of four services: at most 5 % (+ Monte-Carlo error) call any pair different."""
    rng = np.random.default_rng(11)
    names = np.repeat(list("abcd"), 40)
    wrong = sum(
        any(
            one.clear
            for one in report_card(
                pl.DataFrame({"s": names, "y": (rng.random(160) < 0.8).astype(int)}), {"satisfaction": "y"}, service="s"
            ).differences
        )
        for _ in range(1000)
    )
    assert wrong <= 65


@pytest.mark.parametrize("n", [5, 6, 9, 10, 25, 40])
def test_the_interval_of_the_median_holds_by_the_binomial_distribution(n):
    """The second way: the exact coverage of the two order statistics, and that a closer pair would hold less."""
    from scipy import stats

    _, interval = median(np.arange(1.0, n + 1), 0.95)
    if interval is None:
        assert 1 - 2 * 0.5**n < 0.95
        return
    low, high = int(interval.low), int(interval.high)
    assert low + high == n + 1
    assert 1 - 2 * stats.binom.cdf(low - 1, n, 0.5) >= 0.95
    assert 1 - 2 * stats.binom.cdf(low, n, 0.5) < 0.95


def test_one_service_needs_no_column_and_cost_alone_is_enough():
    found = report_card(pl.DataFrame(REPORTED), {"cost": "bayar"})
    assert found.services == ("",)
    assert float(found) == pytest.approx(np.nanmedian(np.array(REPORTED["bayar"], dtype=float)))
    shows_itself(found)


@pytest.mark.parametrize(
    ("answers", "columns", "error"),
    [
        (REPORTED, {}, SettingError),
        (REPORTED, {"beauty": "puas"}, SettingError),
        (REPORTED, {"quality": "mutu"}, InputError),
        (REPORTED | {"puas": ["ya"] * 24}, {"satisfaction": "puas"}, AnswerError),
        (REPORTED | {"puas": [3] * 24}, {"satisfaction": "puas"}, AnswerError),
        (REPORTED | {"puas": [None] * 24}, {"satisfaction": "puas"}, InputError),
        (REPORTED | {"bayar": [-1.0] * 24}, {"cost": "bayar"}, AnswerError),
        (REPORTED | {"bayar": [float("inf")] * 24}, {"cost": "bayar"}, AnswerError),
        (REPORTED | {"bayar": ["gratis"] * 24}, {"cost": "bayar"}, AnswerError),
        (REPORTED | {"layanan": [None] * 24}, {"satisfaction": "puas"}, InputError),
        ({name: cells[:3] for name, cells in REPORTED.items()}, {"satisfaction": "puas"}, InputError),
        ({name: [] for name in REPORTED}, {"satisfaction": "puas"}, InputError),
    ],
)
def test_a_report_card_of_nonsense_is_refused(answers, columns, error):
    with pytest.raises(error):
        report_card(pl.DataFrame(answers), columns, service="layanan")


RESULTS = [
    card(),
    card(plan={"obat": {"action": "stok", "who": "apotek", "when": "Mei"}}),
    report_card(pl.DataFrame(REPORTED), ASKED, service="layanan"),
    report_card(pl.DataFrame(REPORTED), ASKED),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)
