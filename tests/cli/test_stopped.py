"""Ctrl-C: one sentence and 130, whatever a command is doing, and never Python's own lines."""

from __future__ import annotations

import subprocess
import sys

import pytest
from book_kit import skm_class
from running import environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")

_WHEN_IMPORTED = """
import os, signal, sys

at = sys.argv.pop(1)

class Hand:
    def find_spec(self, name, path=None, target=None):
        if name == at:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Hand())
from mutu.cli import main
main()
"""
SENTENCE = "Dihentikan. Yang sudah ditulis tetap ada; jalankan lagi perintah yang sama.\n"


def _stopped(at, *words):
    return subprocess.run(
        [sys.executable, "-c", _WHEN_IMPORTED, at, *words], env=environment(), capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize("module", ["mutu.cli.app", "mutu.errors", "mutu.locale.numbers"])
def test_before_the_program_can_speak_it_ends_without_a_word(module):
    done = _stopped(module, "course", "marks", "--out", "n.csv")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("module", ["mutu.cli.nouns", "typer", "mutu.cli.course_marks"])
def test_while_it_loads_it_says_so(module):
    done = _stopped(module, "course", "marks", "--out", "n.csv", "--lang", "id")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", SENTENCE)
    english = _stopped(module, "course", "marks", "--out", "n.csv", "--lang", "en")
    assert english.stderr == "Stopped. What has been written so far stays; run the same command again.\n"


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("mutu.course.outcome.marks.delimited", ("marks", "--out", "{out}/n.csv")),
        ("mutu.course.outcome.insight.page", ("insight", "02", "--out", "{out}/w.html")),
        ("mutu.course.outcome.feedback.page", ("feedback", "02")),
        ("mutu.course.outcome.certificate.page", ("certificate", "02", "--out", "{out}")),
        ("mutu.course.students", ("students", "{out}/peserta.csv")),
        ("mutu.course.collect", ("collect", "{out}")),
    ],
)
def test_each_command_says_it(tmp_path, module, words):
    skm_class(tmp_path / "kerja")
    done = _stopped(
        module, "course", *(word.format(out=tmp_path / "out") for word in words), "--dir", str(tmp_path / "kerja")
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", SENTENCE)
    assert not (tmp_path / "out").exists()
