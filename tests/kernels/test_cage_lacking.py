"""What a machine lacks is found by trying, and said in a sentence that names the way out."""

import subprocess
import sys
from pathlib import Path

import pytest
from cage_kit import IS_ROOT, needs_cage

import mutu
from mutu.errors import MachineError
from mutu.kernels import cage
from mutu.kernels.cage import parts
from mutu.locale import say, use

ASK = "from mutu.kernels import cage; print(cage.lacking())"


def asked(*wrapped):
    done = subprocess.run([*wrapped, sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@needs_cage
def test_nothing_is_lacking_where_the_other_tests_run():
    assert asked() == "None"
    assert cage.lacking() is None


@needs_cage
def test_nothing_is_lacking_where_files_are_for_their_owner_alone():
    """As where the platform runs: its umask is 077."""
    assert asked("sh", "-c", 'umask 077 && exec "$@"', "sh") == "None"


@needs_cage
def test_user_namespaces_that_are_switched_off():
    """Switched off in a user namespace: that is where a container's root stands."""
    off = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"'
    said = asked("unshare", "--user", "--map-root-user", "sh", "-c", off, "sh")
    assert said.endswith("Ask for: sysctl user.max_user_namespaces=10000")


@needs_cage
def test_a_proc_that_is_partly_covered_as_in_a_container():
    cover = 'mount -t tmpfs tmpfs /proc/sys && mount -t tmpfs tmpfs /proc/irq && exec "$@"'
    said = asked("unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork", "sh", "-c", cover, "sh")
    assert said == "A new /proc may not be mounted here; in a container, parts of its own are covered."


@needs_cage
@pytest.mark.skipif(not IS_ROOT, reason="only root can have fewer rights than root")
def test_root_who_may_not_mount_is_not_put_into_a_room_as_root():
    said = asked("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin")
    assert said.startswith("This machine does not allow namespaces of one's own")


def test_another_system_is_named(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    sentence = cage.lacking.__wrapped__()
    assert sentence == "Isolation needs Linux. On Windows, grade inside WSL."
    with use("id"):
        assert say(MachineError(sentence)).startswith("Isolasi memerlukan Linux")


def test_only_what_python_needs_is_shown(monkeypatch, tmp_path):
    """The checkout, the home folder and the current one are not, though modules may be imported from them."""
    checkout = Path(mutu.__file__).parents[2]
    monkeypatch.setattr(sys, "path", [*sys.path, "", str(tmp_path), str(checkout), str(Path.home()), "/", "relative"])
    monkeypatch.chdir(tmp_path)
    shown = parts.shown()
    assert {checkout / "toolkit", Path(sys.prefix), Path("/usr")} <= set(shown)
    assert not {checkout, checkout / "courses", Path.home(), tmp_path, Path("/"), Path("relative")} & set(shown)


def test_an_environment_around_the_checkout_is_shown_in_parts(monkeypatch):
    checkout = Path(mutu.__file__).parents[2]
    monkeypatch.setattr(sys, "prefix", str(checkout))
    monkeypatch.setattr(sys, "exec_prefix", str(checkout))
    shown = set(parts.shown([checkout / "README.md"]))
    assert {checkout / "toolkit", checkout / "README.md"} <= shown
    assert not {checkout, checkout / "courses"} & shown


def test_the_environment_holds_nothing_of_the_persons(monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "rahasia")
    here = cage.environment()
    assert "rahasia" not in str(here)
    assert here["HOME"] == str(cage.Place().work)
