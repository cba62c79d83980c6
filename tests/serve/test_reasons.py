"""Why the system refused something is said in the language of the sentence, in words of our own."""

import errno
import os
import pickle
import sys

import pytest
from running import run

from mutu.errors import MachineError, reason
from mutu.locale import say, use
from mutu.serve import workspace
from mutu.serve.workspace import Workspace

USUAL = {
    errno.ENOENT: "tidak ditemukan",
    errno.EACCES: "akses ditolak",
    errno.EPERM: "tidak diizinkan",
    errno.ENOSPC: "disk penuh",
    errno.EROFS: "tempat ini hanya dapat dibaca",
    errno.ENOTDIR: "di tempat folder ada berkas",
    errno.EXDEV: "ditolak oleh sistem",
}


@pytest.mark.parametrize("number", USUAL)
def test_the_usual_reasons_speak_indonesian_and_others_do_not_speak_english(number):
    error = MachineError("{reason}", reason=reason(OSError(number, os.strerror(number))))
    with use("id"):
        assert say(error) == USUAL[number]
        assert say(pickle.loads(pickle.dumps(error))) == USUAL[number]  # noqa: S301
    with use("en"):
        assert say(error) == str(error) != USUAL[number]


def test_an_error_without_a_number_has_a_reason_too():
    with use("id"):
        assert say(MachineError("{reason}", reason=reason(OSError("timed out")))) == "ditolak oleh sistem"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other errors")
def test_commands_say_why_without_english(tmp_path):
    place = Workspace(tmp_path / "kerja")
    workspace.ensure_writable(place)
    workspace.stamp(place, None)
    (tmp_path / "berkas").write_text("", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for command, why in (
        (("backup", str(tmp_path / "berkas" / "dalam" / "a.zip"), "--dir", str(place.root)), "di tempat folder ada"),
        (("restore", str(tmp_path / "folder"), "--dir", str(tmp_path / "pulih")), "di tempat berkas ada folder"),
        (("assess", "pekppp", str(tmp_path / "tiada.json")), "tidak ditemukan"),
    ):
        ended = run(*command)
        assert ended.returncode == 1
        assert why in ended.stderr
        assert "irectory" not in ended.stderr
