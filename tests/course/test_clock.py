"""The course's clock does not depend on the computer's."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from mutu.course import clock
from mutu.locale import use


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system keeps one zone")
@pytest.mark.parametrize("computer", ["UTC", "Asia/Jayapura", "America/Phoenix"])
@pytest.mark.parametrize(
    ("zone", "indonesian"),
    [
        ("WIB", "17 Agustus 2026, 10.05 WIB"),
        ("WITA", "17 Agustus 2026, 11.05 WITA"),
        ("WIT", "17 Agustus 2026, 12.05 WIT"),
    ],
)
def test_a_time_is_the_courses_and_names_its_zone(monkeypatch, computer, zone, indonesian):
    monkeypatch.setenv("TZ", computer)
    time.tzset()
    when = datetime(2026, 8, 17, 3, 5, tzinfo=UTC)
    try:
        with use("id"), clock.use(zone):
            assert clock.moment(when) == indonesian
            local = when.astimezone(clock.ZONES[zone]).replace(tzinfo=None)
            assert clock.aware(local) == when
            assert clock.aware(when) is when
    finally:
        monkeypatch.undo()
        time.tzset()
