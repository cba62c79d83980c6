"""Times as R survival and lifelines estimate them, and working days as numpy counts them with the package holidays."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from published import agrees

from mutu.measure import timeliness
from mutu.measure.timeliness import Calendar

R = "R survival 3.5-3, survfit with conf.type = log-log"
MAINTAINED = ([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1])
NOT_MAINTAINED = ([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])


def lifelines_curve(durations, still_open):
    from lifelines import KaplanMeierFitter
    from lifelines.utils import median_survival_times

    fitted = KaplanMeierFitter().fit(durations, 1 - np.asarray(still_open, dtype=int))
    low, high = median_survival_times(fitted.confidence_interval_).iloc[0]
    return fitted, float(low), float(high)


def test_r_survival_example_aml_curve_of_the_maintained():
    found = timeliness.kaplan_meier(*MAINTAINED)
    printed = {
        9: ("0.9090909", "0.08667842", "0.50808021", "0.9866738"),
        18: ("0.7159091", "0.13966497", "0.35019039", "0.8990240"),
        34: ("0.3681818", "0.16266889", "0.09282957", "0.6570408"),
        48: ("0.1840909", "0.15349275", "0.01173848", "0.5250148"),
    }
    steps = {step.time: step for step in found.steps}
    for time, numbers in printed.items():
        step = steps[time]
        ours = (step.share, step.se, step.interval.low, step.interval.high)
        for what, published, value in zip(("share", "standard error", "low", "high"), numbers, ours, strict=True):
            agrees(f"timeliness.kaplan_meier, aml maintained, {what} at {time}", f"{R}, data aml", published, value)


@pytest.mark.parametrize(
    ("name", "cases", "median", "low", "high"),
    [("maintained", MAINTAINED, "31", "13", None), ("not maintained", NOT_MAINTAINED, "23", "5", "33")],
)
def test_r_survival_example_aml_medians(name, cases, median, low, high):
    found = timeliness.kaplan_meier(*cases)
    agrees(f"timeliness.kaplan_meier, aml {name}, median", f"{R}, data aml", median, found.median)
    agrees(f"timeliness.kaplan_meier, aml {name}, median, low", f"{R}, data aml", low, found.interval.low)
    if high is None:
        assert found.interval.high == float("inf"), "R prints NA"
    else:
        agrees(f"timeliness.kaplan_meier, aml {name}, median, high", f"{R}, data aml", high, found.interval.high)


def test_r_survival_example_lung():
    from lifelines.datasets import load_lung

    lung = load_lung()
    assert (len(lung), int(lung["status"].sum())) == (228, 165)
    found = timeliness.kaplan_meier(lung["time"], lung["status"] == 0)
    agrees("timeliness.kaplan_meier, lung, median", f"{R}, data lung", "310", found.median)
    agrees("timeliness.kaplan_meier, lung, median, low", f"{R}, data lung", "284", found.interval.low)
    agrees("timeliness.kaplan_meier, lung, median, high", f"{R}, data lung", "361", found.interval.high)
    for time, share, se in ((100, "0.863968967645", "0.0227102304342"), (500, "0.293269193712", "0.0350778184986")):
        agrees(f"timeliness.kaplan_meier, lung, share at {time}", f"{R}, data lung", share, found.still_open(time))
        step = [step for step in found.steps if step.time <= time][-1]
        agrees(f"timeliness.kaplan_meier, lung, standard error at {time}", f"{R}, data lung", se, step.se)


@pytest.mark.parametrize("seed", range(6))
def test_lifelines_curves_and_medians_with_ties_and_open_cases(seed):
    rng = np.random.default_rng(seed)
    durations, still_open = rng.integers(1, 15, 60), rng.random(60) < 0.3
    theirs, low, high = lifelines_curve(durations, still_open)
    found = timeliness.kaplan_meier(durations, still_open)
    assert (found.median, found.interval.low, found.interval.high) == (theirs.median_survival_time_, low, high)
    for step in found.steps:
        assert step.share == pytest.approx(float(theirs.predict(step.time)), abs=1e-12)
        if step.interval is not None:
            assert list(step.interval[:2]) == pytest.approx(
                theirs.confidence_interval_.loc[step.time].tolist(), abs=1e-9
            )


@pytest.mark.parametrize("seed", range(4))
def test_lifelines_share_within_the_limit(seed):
    rng = np.random.default_rng(seed)
    durations, still_open = rng.integers(1, 20, 80), rng.random(80) < 0.25
    theirs, _low, _high = lifelines_curve(durations, still_open)
    assert float(timeliness.within_limit(durations, 9, still_open)) == pytest.approx(1 - float(theirs.predict(9)))


def days_off(categories, week):
    import holidays

    years = [2025, 2026]
    return {
        "weekmask": "1111100" if week == 5 else "1111110",
        "holidays": [
            np.datetime64(day)
            for category in categories
            for day in holidays.country_holidays("ID", years=years, categories=(category,))
        ],
    }


@pytest.mark.parametrize("week", [5, 6])
@pytest.mark.parametrize("joint", [False, True])
def test_numpy_counts_the_same_working_days_with_the_days_of_the_package_holidays(week, joint):
    off = days_off(("public", "government") if joint else ("public",), week)
    calendar = Calendar(week=week, cuti_bersama=joint)
    rng = np.random.default_rng(7)
    starts = [date(2025, 1, 1) + timedelta(days=int(day)) for day in rng.integers(0, 600, 80)]
    ends = [start + timedelta(days=int(more)) for start, more in zip(starts, rng.integers(0, 100, 80), strict=True)]
    tomorrow = np.timedelta64(1, "D")
    first, last = (np.array(days, dtype="datetime64[D]") + tomorrow for days in (starts, ends))
    counted = np.busday_count(first, last, **off)
    assert timeliness.working_days(starts, ends, calendar).tolist() == counted.tolist()
    for start in starts[:20]:
        theirs = np.busday_offset(np.datetime64(start), 10, roll="backward", **off)
        assert timeliness.due_date(start, 10, calendar).due == theirs.item()
