"""What holds in CI: browser and classroom tests are run there, and the setup and the tests find the same browser."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import chromium
import pytest

TESTS = Path(__file__).parents[1]
INSIDE = """
import pytest

@pytest.fixture
def missing():
    pytest.skip("not here")

@pytest.mark.browser
def test_browser(missing): ...

@pytest.mark.classroom
def test_classroom():
    pytest.skip("not here")

@pytest.mark.browser
@pytest.mark.skipif(True, reason="never")
def test_marked(): ...

@pytest.mark.browser
@pytest.mark.xfail(reason="known")
def test_known():
    assert False

@pytest.mark.skip(reason="may be")
def test_plain(): ...

@pytest.mark.browser
def test_good(): ...
"""
WHOLE_FILE = 'import pytest\npytest.importorskip("no_such_module_at_all")\ndef test_inside(): ...\n'


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Run small tests under the project's own conftest; name -> outcome, as CI or not."""
    folder = tmp_path_factory.mktemp("ci")
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "browser").mkdir()
    (folder / "browser" / "test_whole.py").write_text(WHOLE_FILE, encoding="utf-8")
    (folder / "test_inside.py").write_text(INSIDE, encoding="utf-8")

    def run(ci):
        report = folder / "report.xml"
        outside = {name: value for name, value in os.environ.items() if name != "CI"} | ({"CI": ci} if ci else {})
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            TESTS.parent / "pyproject.toml",
        ]
        ended = subprocess.run(
            [*command, "--rootdir", folder, f"--junitxml={report}", "--continue-on-collection-errors", folder],
            cwd=folder, env=outside, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        cases = {
            case.get("name"): next((part.tag for part in case if part.tag in {"failure", "error", "skipped"}), "passed")
            for case in ET.parse(report).iter("testcase")  # noqa: S314
        }
        return ended.returncode, cases, ended.stdout

    return run


@pytest.mark.parametrize("ci", ["true", "1"])
def test_with_ci_a_skipped_browser_or_classroom_test_fails_and_says_why(outcomes, ci):
    code, cases, said = outcomes(ci)
    failed = {name for name, outcome in cases.items() if outcome in {"failure", "error"}}
    assert failed == {"test_browser", "test_classroom", "test_marked", "browser.test_whole"}
    assert cases["test_known"] == cases["test_plain"] == "skipped"
    assert cases["test_good"] == "passed"
    assert code == 1
    assert "test_classroom was skipped in CI: Skipped: not here" in said
    assert "was skipped in CI: Skipped: could not import 'no_such_module_at_all'" in said


@pytest.mark.parametrize("ci", [None, "false"])
def test_on_a_persons_machine_it_is_skipped(outcomes, ci):
    code, cases, _said = outcomes(ci)
    assert set(cases.values()) == {"passed", "skipped"}
    assert code == 0


def test_the_setup_looks_for_the_browser_that_the_tests_find(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("bootstrap", TESTS.parent / "toolkit" / "run.py")
    bootstrap = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bootstrap)
    assert chromium.NAMES == bootstrap.BROWSERS
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("MUTU_CHROMIUM", raising=False)
    assert (chromium.find(), bootstrap.has_browser()) == (None, False)
    with pytest.raises(FileNotFoundError, match="apt-get install chromium"):
        chromium.launch(None)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are looked for where Linux lists them")
def test_what_ctrl_c_leaves_behind_is_seen(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(TESTS.parent / "deploy")
    started = importlib.import_module("started")
    for script, left in (("echo up; sleep 60", 0), ("setsid sleep 60 & sleep 1; echo up; wait", 1)):
        with started.Started(["bash", "-c", script], tmp_path) as running:
            running.wait_for("up", 20)
            found = running.stop()
            assert [line.partition(" ")[2] for line in found] == ["sleep 60"] * left
            for line in found:
                os.kill(int(line.split()[0]), signal.SIGKILL)
    with pytest.raises(SystemExit, match="not printed:\ndown"), started.Started(["echo", "down"], tmp_path) as running:
        running.wait_for(started.LINK, 20)
