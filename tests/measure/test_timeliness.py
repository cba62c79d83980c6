"""Due dates, the curve of open cases, the legal limit and the backlog agree with printed numbers or a second way."""

import math
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import agrees
from result_kit import ONE_COLUMN, shows_itself

from mutu.errors import AnswerError, InputError, MutuError, ReadError, SettingError
from mutu.locale import use
from mutu.measure import timeliness
from mutu.measure.intervals import wilson
from mutu.measure.timeliness import Calendar, backlog, due_date, kaplan_meier, within_limit, working_days
from mutu.regulations import holidays, known_years
from mutu.regulations.holidays import Holidays
from mutu.regulations.load import DATA, read

# --- working days ------------------------------------------------------------------------------------------------


def test_the_tenth_working_day_after_24_march_2025_without_and_with_joint_leave():
    """Counted on the calendar by hand: the difference between late and in time for a request for information."""
    assert due_date(date(2025, 3, 24), 10).due == date(2025, 4, 9)
    assert due_date(date(2025, 3, 24), 10, Calendar(cuti_bersama=True)).due == date(2025, 4, 16)


def test_a_due_date_says_what_the_other_choice_would_give():
    with use("en"):
        assert "If joint leave were free, it would be 16 April 2025." in due_date(date(2025, 3, 24), 10).sentence()
        free = Calendar(cuti_bersama=True)
        assert "counted as working days, it would be 9 April 2025." in due_date(date(2025, 3, 24), 10, free).sentence()
        assert "joint leave were" not in due_date(date(2025, 7, 1), 3).sentence()


def test_skipped_days_are_named_and_a_weekend_is_not_among_them():
    with use("en"):
        found = due_date(date(2025, 3, 24), 10)
    assert [day for day, _name in found.skipped] == [date(2025, 3, 31), date(2025, 4, 1)]
    assert all("Eid" in name for _day, name in found.skipped)


def test_a_week_of_six_days_and_local_days_move_the_date():
    monday = date(2025, 7, 7)
    assert due_date(monday, 10).due == date(2025, 7, 21)
    assert due_date(monday, 10, Calendar(week=6)).due == date(2025, 7, 18)
    assert due_date(monday, 10, Calendar(local_days=(date(2025, 7, 10),))).due == date(2025, 7, 22)


def test_the_day_of_receipt_does_not_count_even_when_it_is_free():
    assert due_date(date(2025, 7, 11), 1).due == date(2025, 7, 14)  # Friday
    assert due_date(date(2025, 7, 12), 1).due == date(2025, 7, 14)  # Saturday
    assert due_date(date(2025, 1, 1), 1).due == date(2025, 1, 2)  # a holiday at the edge of what is known


def test_a_limit_that_runs_into_the_next_year_uses_its_holidays():
    found = due_date(date(2025, 12, 24), 10)
    assert found.due == date(2026, 1, 9)
    assert date(2026, 1, 1) in dict(found.skipped)


CALENDARS = st.builds(
    Calendar,
    week=st.sampled_from([5, 6]),
    cuti_bersama=st.booleans(),
    local_days=st.lists(st.dates(date(2025, 1, 1), date(2026, 11, 1)), max_size=4).map(tuple),
)
STARTS = st.dates(date(2025, 1, 1), date(2026, 6, 1))


def is_working(day, calendar):
    known = holidays(day.year)
    free = {holiday.date for holiday in known.national} | set(calendar.local_days)
    if calendar.cuti_bersama:
        free |= {leave.date for leave in known.joint_leave}
    return day.weekday() < calendar.week and day not in free


@given(STARTS, st.integers(1, 60), CALENDARS)
def test_a_due_date_is_what_counting_day_by_day_gives(start, days, calendar):
    day, counted = start, 0
    while counted < days:
        day += timedelta(days=1)
        counted += is_working(day, calendar)
    found = due_date(start, days, calendar)
    assert found.due == day
    assert working_days([start], [found.due], calendar).tolist() == [days]


@given(STARTS, st.integers(0, 100), CALENDARS)
def test_working_days_are_what_counting_day_by_day_gives(start, length, calendar):
    expected = sum(is_working(start + timedelta(days=step), calendar) for step in range(1, length + 1))
    assert working_days([start], [start + timedelta(days=length)], calendar).tolist() == [expected]


RECEIVED = [date(2025, 3, 24), date(2025, 12, 24), date(2026, 2, 13)]
ANSWERED = [date(2025, 4, 9), date(2026, 1, 9), date(2026, 2, 13)]


@pytest.mark.parametrize("kind", ONE_COLUMN)
def test_dates_of_every_kind_of_column_count_alike(kind):
    make = ONE_COLUMN[kind]
    assert working_days(make(RECEIVED), make(ANSWERED)).tolist() == [10, 10, 0]


@pytest.mark.parametrize("unit", ["D", "s", "ms", "us", "ns"])
def test_points_in_time_count_as_their_day(unit):
    began = np.array(["2025-03-24T16:59"], dtype=f"datetime64[{unit}]")
    assert working_days(began, [datetime(2025, 4, 9, 7, 30)]).tolist() == [10]
    assert working_days(pd.Series(began.astype("datetime64[ns]")), [date(2025, 4, 9)]).tolist() == [10]


@pytest.mark.parametrize(
    ("wrong", "error", "named"),
    [
        (lambda: due_date("24/03/2025", 10), InputError, "24/03/2025"),
        (lambda: due_date("2025-02-30", 10), InputError, "2025-02-30"),
        (lambda: due_date(20250324, 10), InputError, "20250324"),
        (lambda: due_date(np.datetime64("NaT"), 10), InputError, "not a date"),
        (lambda: due_date(pd.Timestamp("2025-03-24 23:30", tz="UTC"), 10), InputError, r"UTC\+00:00.*Asia/Jakarta"),
        (lambda: Calendar(zone="Asia/Singapore"), SettingError, "Asia/Singapore.*WIB"),
        (lambda: working_days(utc("2025-03-24 20:00"), wib("2025-03-25 20:00")), InputError, "several time zones"),
        (lambda: working_days(utc("2025-03-24 20:00"), [date(2025, 3, 25)]), InputError, "where a day begins"),
        (lambda: due_date(date(2025, 3, 24), 0), SettingError, "at least one"),
        (lambda: due_date(date(2025, 3, 24), 2.5), SettingError, "2.5"),
        (lambda: due_date(date(2019, 3, 24), 10), InputError, "2019.*2024, 2025, 2026, 2027.*Calendar"),
        (lambda: due_date(date(2027, 12, 28), 10), InputError, "2028"),
        (lambda: Calendar(week=7), SettingError, "5 or 6"),
        (lambda: Calendar(local_days=("10 Juli",)), InputError, "10 Juli"),
        (lambda: working_days([], []), InputError, "no case"),
        (lambda: working_days(RECEIVED, ANSWERED[:2]), InputError, "3 dates of start and 2"),
        (lambda: working_days(ANSWERED, RECEIVED), AnswerError, "row 1"),
        (lambda: working_days([date(2025, 3, 24), None], ANSWERED[:2]), AnswerError, "row 2"),
        (lambda: working_days(pd.Series([pd.NaT]), ANSWERED[:1]), AnswerError, "row 1"),
        (lambda: working_days(["kemarin"], ANSWERED[:1]), AnswerError, "kemarin"),
    ],
)
def test_dates_of_nonsense_are_refused_with_a_sentence(wrong, error, named):
    with use("en"), pytest.raises(error, match=named):
        wrong()


def utc(*times):
    return pd.Series(pd.to_datetime(list(times)).tz_localize("UTC"))


def wib(*times):
    return pd.Series(pd.to_datetime(list(times)).tz_localize("Asia/Jakarta"))


def test_days_begin_in_the_zone_of_the_calendar():
    """20.00 UTC is 03.00 of the next day in Jakarta, the day on which the case also ended."""
    began, ended, jakarta = utc("2025-03-24 20:00"), wib("2025-03-25 20:00"), Calendar(zone="Asia/Jakarta")
    assert working_days(began, ended, jakarta).tolist() == [0]
    assert working_days(began.dt.tz_convert("Asia/Jakarta"), ended).tolist() == [0]
    assert due_date(pd.Timestamp("2025-03-24 16:30", tz="UTC"), 1, jakarta).start == date(2025, 3, 24)
    assert due_date(pd.Timestamp("2025-03-24 16:30", tz="UTC"), 1, Calendar(zone="WIT")).start == date(2025, 3, 25)
    assert due_date("2025-03-24T17:30:00Z", 1, jakarta).start == date(2025, 3, 25)
    assert due_date(datetime(2025, 3, 24, 23, 30), 1, jakarta).start == date(2025, 3, 24)  # a clock on the wall


@pytest.mark.parametrize(
    "start",
    [
        "2025-03-24",
        " 2025-03-24 ",
        "2025-03-24 08:15",
        np.datetime64("2025-03-24"),
        np.datetime64("2025-03-24T08:15", "ns"),
    ],
)
def test_a_day_may_be_a_text_or_a_time_stamp_of_numpy(start):
    assert due_date(start, 10).due == date(2025, 4, 9)
    assert working_days([start], ["2025-04-09"]).tolist() == [10]
    assert Calendar(local_days=(start,)).local_days == (date(2025, 3, 24),)


def test_a_year_that_is_not_known_counts_by_the_holidays_that_are_given():
    given = Calendar(holidays=["2028-01-03", date(2028, 1, 5)])
    found = due_date(date(2027, 12, 28), 5, given)
    assert found.due == date(2028, 1, 6)  # 29, 30, 31 December, 4 and 6 January
    assert found.other is None
    assert {date(2028, 1, 3), date(2028, 1, 5)} <= set(dict(found.skipped))
    with use("en"):
        assert "2 holidays as given are free" in found.sentence()


def test_holidays_that_are_given_for_a_known_year_come_on_top():
    assert due_date("2025-03-24", 1, Calendar(holidays=["2025-03-25"])).due == date(2025, 3, 26)
    assert due_date("2025-03-24", 10, Calendar(holidays=["2025-04-02"])).due == date(2025, 4, 10)


def test_a_due_date_in_a_known_year_stands_although_the_other_choice_leaves_it():
    found = due_date(date(2027, 12, 21), 8)
    assert found.due == date(2027, 12, 31)
    assert found.other is None


# --- the data file of the holidays -------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "national", "joint"), [(2024, 19, 10), (2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_as_many_days_as_the_decrees_announce(year, national, joint):
    """SKB of 12 Sep 2023: 17 and 10, and two election days by presidential decree; of 14 Oct 2024: 17 and 10, and one
    more on 7 Aug 2025; of 19 Sep 2025: 17 and 8; of 15 Sep 2026: 18 and 8.
    """
    found = holidays(year)
    assert (len(found.national), len(found.joint_leave)) == (national, joint)
    assert found.status.as_of >= found.decrees[-1].date


def test_no_joint_leave_lies_on_a_weekend_and_each_names_its_decree():
    for year in known_years():
        for leave in holidays(year).joint_leave:
            assert leave.date.weekday() < 5
            assert leave.decree.startswith("SKB ")


def test_the_late_decree_of_2025_is_told_apart():
    late = [leave for leave in holidays(2025).joint_leave if leave.decree == holidays(2025).decrees[1].number]
    assert [leave.date for leave in late] == [date(2025, 8, 18)]


@pytest.mark.parametrize("year", known_years())
def test_the_package_holidays_has_the_same_days(year):
    package = pytest.importorskip("holidays")
    for category, days in (("public", holidays(year).national), ("government", holidays(year).joint_leave)):
        theirs = package.country_holidays("ID", years=year, categories=(category,))
        assert sorted(theirs) == [day.date for day in days]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"date": "2026-02-16"', '"date": "2026-02-17"'),
        ('"date": "2026-02-16"', '"date": "2027-02-16"'),
        ('"number": "SKB 1497', '"number": "SKB 1498'),
        ('"year": 2026,', ""),
    ],
)
def test_a_broken_file_of_holidays_is_refused(tmp_path, old, new):
    text = (DATA / "holidays-2026.json").read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "holidays-2026.json"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReadError):
        read(broken, Holidays)


# --- the curve ---------------------------------------------------------------------------------------------------

# remission in weeks under 6-MP, Freireich et al. (1963), in Klein & Moeschberger (2003), section 1.2
WEEKS = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
IN_REMISSION = [0] * 9 + [1] * 12
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_freireich_1963_shares_and_greenwood_errors_as_r_survival_prints_them():
    source = "R survival, summary(survfit(Surv(t2, relapse) ~ 1, KMsurv::drug6mp))"
    printed = [
        (6, 21, 3, "0.857", "0.0764"),
        (7, 17, 1, "0.807", "0.0869"),
        (10, 15, 1, "0.753", "0.0963"),
        (13, 12, 1, "0.690", "0.1068"),
        (16, 11, 1, "0.627", "0.1141"),
        (22, 7, 1, "0.538", "0.1282"),
        (23, 6, 1, "0.448", "0.1346"),
    ]
    found = kaplan_meier(WEEKS, IN_REMISSION).steps
    assert [(step.time, step.at_risk, step.done) for step in found] == [row[:3] for row in printed]
    for step, (time, _risk, _done, share, se) in zip(found, printed, strict=True):
        agrees(f"timeliness.kaplan_meier, 6-MP, share at {time}", source, share, step.share)
        agrees(f"timeliness.kaplan_meier, 6-MP, standard error at {time}", source, se, step.se)


def test_freireich_1963_log_log_intervals_and_median_as_printed():
    source = "The Gehan data in survkit's walkthrough (log-log as R's conf.type), checked there against lifelines"
    found = kaplan_meier(WEEKS, IN_REMISSION)
    for step, low, high in zip(found.steps, ("0.6197", "0.5631"), ("0.9516", "0.9228"), strict=False):
        agrees(f"timeliness.kaplan_meier, 6-MP, low at {step.time:.0f}", source, low, step.interval.low)
        agrees(f"timeliness.kaplan_meier, 6-MP, high at {step.time:.0f}", source, high, step.interval.high)
    agrees("timeliness.kaplan_meier, 6-MP, median", source, "23", float(found))
    agrees("timeliness.kaplan_meier, 6-MP, median, low", source, "13", found.interval.low)
    assert found.interval.high == math.inf  # printed «inf»


def test_freireich_1963_placebo_as_stata_lists_it():
    source = "Stata sts list, in G. Rodríguez, Demographic Methods (Princeton), Kaplan-Meier, control group"
    printed = [("0.9048", "0.0641", "0.6700", "0.9753"), ("0.8095", "0.0857", "0.5689", "0.9239")]
    for step, (share, se, low, high) in zip(kaplan_meier(PLACEBO).steps, printed, strict=False):
        at = f"placebo, at {step.time:.0f}"
        agrees(f"timeliness.kaplan_meier, {at}, share", source, share, step.share)
        agrees(f"timeliness.kaplan_meier, {at}, standard error", source, se, step.se)
        agrees(f"timeliness.kaplan_meier, {at}, low", source, low, step.interval.low)
        agrees(f"timeliness.kaplan_meier, {at}, high", source, high, step.interval.high)


CASES = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=2, max_size=60)


@given(CASES)
def test_each_open_case_hands_its_weight_to_those_that_lasted_longer(cases):
    """The second way: redistribution to the right (Efron 1967), instead of the product of conditional shares."""
    ordered = sorted(cases)  # at the same time, done (False) comes before open (True)
    weights = [1 / len(ordered)] * len(ordered)
    for place, (_time, is_open) in enumerate(ordered):
        later = len(ordered) - place - 1
        if is_open and later:
            for other in range(place + 1, len(ordered)):
                weights[other] += weights[place] / later
            weights[place] = 0.0
    found = kaplan_meier(*zip(*cases, strict=True))
    for step in found.steps:
        done = sum(w for w, (time, is_open) in zip(weights, ordered, strict=True) if not is_open and time <= step.time)
        assert step.share == pytest.approx(1 - done, abs=1e-9)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=60))
def test_without_open_cases_the_curve_is_the_plain_share_and_its_binomial_error(durations):
    n = len(durations)
    for step in kaplan_meier(durations).steps:
        longer = sum(duration > step.time for duration in durations) / n
        assert step.share == pytest.approx(longer)
        assert step.se == pytest.approx(math.sqrt(longer * (1 - longer) / n))


def test_the_median_is_the_first_day_by_which_half_are_done():
    assert kaplan_meier([1, 2, 3, 4]).median == 2
    assert kaplan_meier([1, 2, 3]).median == 2
    assert kaplan_meier([3] * 49 + [9] * 49).median == 3  # one half but for rounding


def test_where_half_are_not_done_no_median_is_invented():
    found = kaplan_meier([5, 6, 7, 8], [1, 1, 1, 0])
    assert found.median == 8
    open_only = kaplan_meier([5, 6, 7, 8], [1, 1, 1, 1])
    assert open_only.median is None
    assert open_only.interval is None
    assert math.isinf(float(open_only))
    assert open_only.still_open(100) == 1
    with use("en"):
        assert "cannot be said yet" in open_only.sentence()
        for durations in ([3, 3], [5] * 50, [1] + [5] * 99):
            assert "more than half of the cases took equally long" in kaplan_meier(durations).sentence()
        assert "confidence interval from 1 days on" in kaplan_meier([1, 1, 1, 2, 2, 2, 3, 3, 3]).sentence()


def test_leaving_open_cases_out_would_make_the_office_look_faster():
    durations, still = [2, 3, 4, 5, 20, 25, 30, 35], [0, 0, 0, 0, 1, 1, 1, 1]
    assert kaplan_meier(durations, still).median == 5
    assert kaplan_meier(durations[:4]).median == 3


# --- the limit ---------------------------------------------------------------------------------------------------


def test_wilson_intervals_as_the_r_package_cicalc_prints_them():
    source = "R package cicalc, snapshot of ci_prop_wilson (stats::prop.test)"
    for share, n, level, low, high in (
        (0.5, 10, 0.9, "0.2693", "0.7307"),
        (1.0, 32, 0.95, "0.8928", "1"),
        (0.0, 32, 0.95, "0", "0.1072"),
    ):
        found = wilson(share, n, level)
        agrees(f"timeliness.within_limit, Wilson, {share:.1f} of {n}, low", source, low, found.low)
        agrees(f"timeliness.within_limit, Wilson, {share:.1f} of {n}, high", source, high, found.high)


@given(st.floats(0, 1), st.floats(1, 1e5), st.floats(0.5, 0.999))
def test_the_ends_of_wilsons_interval_are_the_shares_that_a_score_test_just_allows(share, n, level):
    """The second way: |share - p| = z √(p (1 - p) / n) at both ends."""
    found = wilson(share, n, level)
    z = math.sqrt(2) * _erfinv(level)
    assert 0 <= found.low <= share + 1e-9
    assert share - 1e-9 <= found.high <= 1
    for end in (found.low, found.high):
        if 0 < end < 1:
            assert abs(share - end) == pytest.approx(z * math.sqrt(end * (1 - end) / n), abs=1e-6)


def _erfinv(value):
    from scipy.special import erfinv

    return float(erfinv(value))


@given(st.lists(st.integers(0, 30), min_size=2, max_size=60), st.integers(1, 30))
def test_with_all_cases_done_the_share_is_the_plain_one(durations, limit):
    found = within_limit(durations, limit)
    assert found.method == "wilson"
    assert found.share == pytest.approx(sum(duration <= limit for duration in durations) / len(durations))
    assert found.effective == pytest.approx(len(durations))
    assert found.interval.low <= found.share + 1e-12
    assert found.share <= found.interval.high + 1e-12


@given(CASES, st.integers(1, 30))
def test_the_states_add_up_and_the_share_is_that_of_the_curve(cases, limit):
    durations, still = zip(*cases, strict=True)
    try:
        found = within_limit(durations, limit, still)
    except InputError:
        assert max(durations) < limit
        return
    assert found.in_time + found.late + found.undecided == found.n
    assert found.share == pytest.approx(1 - kaplan_meier(durations, still).still_open(limit))
    assert found.effective <= found.n * (1 + 1e-9)
    assert 0 <= found.interval.low <= found.interval.high <= 1


def test_open_beyond_the_limit_is_late_and_open_at_the_limit_is_not():
    found = within_limit([10, 11, 11, 3], 10, [1, 1, 0, 0])
    assert (found.in_time, found.late, found.undecided) == (1, 2, 1)


def test_leaving_out_the_undecided_would_flatter():
    """Half of all cases take 2 days and half 20, one comes in each day: on day 12 only the quick ones are done."""
    arrived = range(12)
    length = [2 if day % 2 else 20 for day in arrived]
    waited = [12 - day for day in arrived]
    durations = [min(takes, waits) for takes, waits in zip(length, waited, strict=True)]
    still = [takes > waits for takes, waits in zip(length, waited, strict=True)]
    found = within_limit(durations, 10, still)
    naive = found.in_time / (found.in_time + found.late)
    assert naive > 0.7
    assert float(found) < 0.6
    assert found.interval.low < 0.5 < found.interval.high
    assert found.effective < found.n


def test_rothmans_interval_of_late_cases_holds_what_it_promises():
    """Coverage of the share in time with a third still open, 2 000 seeded counts; Monte-Carlo error 0.5 points."""
    rng = np.random.default_rng(11)
    true = 1 - math.exp(-10 / 12)
    held = 0
    for _ in range(2000):
        takes, waits = rng.exponential(12, 60), rng.uniform(0, 40, 60)
        found = within_limit(np.minimum(takes, waits), 10, takes > waits)
        held += found.interval.low <= true <= found.interval.high
    assert 0.93 <= held / 2000 <= 0.975


# --- the backlog -------------------------------------------------------------------------------------------------


@given(CASES.filter(lambda cases: any(is_open for _time, is_open in cases)), st.integers(1, 20))
def test_every_open_case_has_one_age(cases, limit):
    durations, still = zip(*cases, strict=True)
    found = backlog(durations, still, limit)
    waiting = [time for time, is_open in cases if is_open]
    assert found.open == len(waiting) == sum(age.cases for age in found.ages)
    assert found.overdue == sum(time > limit for time in waiting)
    assert found.overdue == sum(age.cases for age in found.ages if age.above >= limit)
    assert found.oldest == max(waiting)
    for age in found.ages:
        most = math.inf if age.most is None else age.most
        low = -1 if age.above == 0 else age.above
        assert age.cases == sum(low < time <= most for time in waiting)


def test_own_bounds_of_the_ages_and_an_empty_backlog():
    assert [age.cases for age in backlog([5, 15, 25], [1, 1, 1], 10, bounds=(10, 20)).ages] == [1, 1, 1]
    nothing = backlog([5, 15], [0, 0], 10)
    assert (nothing.open, nothing.median, nothing.oldest) == (0, None, None)
    with use("en"):
        assert nothing.sentence() == "None of the 2 cases is open."
    shows_itself(nothing)


# --- data of every kind, and of none -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ONE_COLUMN)
@pytest.mark.parametrize("marks", [[bool(mark) for mark in IN_REMISSION], IN_REMISSION], ids=["bool", "0 and 1"])
def test_columns_of_every_kind_give_the_same_answer(kind, marks):
    make = ONE_COLUMN[kind]
    assert kaplan_meier(make(WEEKS), make(marks)) == kaplan_meier(WEEKS, IN_REMISSION)
    assert within_limit(make(WEEKS), 12, make(marks)) == within_limit(WEEKS, 12, IN_REMISSION)
    assert backlog(make(WEEKS), make(marks), 12) == backlog(WEEKS, IN_REMISSION, 12)


@pytest.mark.parametrize(
    ("durations", "marks", "error", "named"),
    [
        ([], [], InputError, "2 rows"),
        ([5], [0], InputError, "2 rows"),
        ([None, None], [0, 0], InputError, "no number"),
        ([5, None], [0, 0], AnswerError, "row 2"),
        ([5, -1], [0, 0], AnswerError, "row 2"),
        ([5, math.inf], [0, 0], AnswerError, "infinite"),
        ([5, "lama"], [0, 0], AnswerError, "lama"),
        ([5, 6], [0], InputError, "2 durations and 1"),
        ([5, 6], [0, None], AnswerError, "row 2"),
        ([5, 6], [0, 2], AnswerError, "row 2"),
        ([5, 6], [0, "ya"], AnswerError, "ya"),
        (pl.DataFrame({"a": [5, 6], "b": [1, 1]}), [0, 0], InputError, "One column"),
        ("lama", [0, 0], InputError, "str"),
    ],
)
def test_cases_of_nonsense_are_refused_with_a_sentence(durations, marks, error, named):
    with use("en"):
        for measure in (kaplan_meier, lambda d, m: within_limit(d, 10, m)):
            with pytest.raises(error, match=named):
                measure(durations, marks)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: within_limit([5, 6], 0),
        lambda: within_limit([5, 6], "10"),
        lambda: within_limit([5, 6], math.nan),
        lambda: within_limit([5, 6], 10, [1, 1]),
        lambda: within_limit([5, 6], 10, [0, 1]),
        lambda: backlog([5, 6], [1, 1], 10, bounds=(10, 5)),
        lambda: backlog([5, 6], [1, 1], 10, bounds=(0, 5)),
        lambda: backlog([], [], 10),
    ],
)
def test_a_limit_of_nonsense_or_one_nobody_has_reached_is_refused(wrong):
    with pytest.raises(MutuError):
        wrong()


RESULTS = [
    due_date(date(2025, 3, 24), 10, Calendar(local_days=(date(2025, 4, 2),))),
    due_date(date(2026, 12, 21), 7),
    kaplan_meier(WEEKS, IN_REMISSION),
    kaplan_meier(PLACEBO),
    kaplan_meier([5, 6], [1, 0]),
    within_limit(WEEKS, 12, IN_REMISSION),
    within_limit(PLACEBO, 12),
    backlog(WEEKS, IN_REMISSION, 12),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{type(result).__name__} {result.method}")
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)


def test_the_room_offers_what_it_names():
    assert all(hasattr(timeliness, name) for name in timeliness.__all__)
