"""What all tests share: no deadline for generated examples, surroundings of their own, nothing skipped in CI."""

import os

import chromium
import pytest
from hypothesis import settings

from mutu.locale import current

settings.register_profile("mutu", deadline=None)
settings.load_profile("mutu")
# what a person has set in the shell is not what a test says it runs in
CHOSEN = ("MUTU_LANG", "MUTU_HOME")
# markers, and the folders of the same names
MUST_RUN = ("browser", "classroom")
for _name in CHOSEN:
    os.environ.pop(_name, None)


@pytest.fixture(autouse=True)
def surroundings_stay():
    """A test that leaves the language or the workspace changed fails itself, not the one that runs after it."""
    before = _surroundings()
    yield
    after = _surroundings()
    for name in CHOSEN:
        os.environ.pop(name, None)
    assert after == before, "left behind by this test"


def _surroundings():
    return {"language": current()} | {name: os.environ.get(name) for name in CHOSEN}


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, one for all tests: Playwright runs once a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        try:
            running = chromium.launch(playwright)
        except FileNotFoundError as error:
            pytest.skip(str(error))  # with CI=true that is a failure
        yield running
        running.close()


def _in_ci():
    return os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI=true a skipped browser or classroom test is a failure: what it guards must have been shown."""
    report = yield
    must_run = any(item.get_closest_marker(name) for name in MUST_RUN)
    if report.skipped and must_run and _in_ci() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped in CI: {report.longrepr[-1]}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """The same for a whole file of them, which is skipped before its tests are known."""
    report = yield
    if report.skipped and _in_ci() and collector.path.parent.name in MUST_RUN:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped in CI: {report.longrepr[-1]}"
    return report


def pytest_addoption(parser):
    parser.addoption("--write-validation", action="store_true", help="write docs/validation from what is compared")
    parser.addoption(
        "--write-submissions", action="store_true", help="write docs/security-submissions from what is graded"
    )


def pytest_collection_modifyitems(config, items):
    """Of the measures, only the tests that compare published numbers write their page."""
    if config.getoption("--write-validation"):
        import published

        items[:] = [item for item in items if "measure" not in item.path.parts or published.compares(item.function)]


def pytest_sessionfinish(session):
    if session.config.getoption("--write-validation"):
        import published

        published.write()
    if session.config.getoption("--write-submissions") and not session.testsfailed:
        from corpus import judge

        judge.write()
