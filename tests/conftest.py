"""What all tests share: no deadline for generated examples, and in CI no browser or classroom test may be skipped."""

import os

import pytest
from hypothesis import settings

settings.register_profile("mutu", deadline=None)
settings.load_profile("mutu")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI=true a skipped browser or classroom test is a failure: what it guards must have been shown."""
    report = yield
    must_run = any(item.get_closest_marker(name) for name in ("browser", "classroom"))
    if report.skipped and must_run and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped in CI: {report.longrepr[-1]}"
    return report
