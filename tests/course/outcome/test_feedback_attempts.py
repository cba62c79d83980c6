"""A second attempt with the better mark, in a gradebook that nbgrader's own engine fills."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path

import feedback_kit as kit
import pytest
from nbgrader.api import Gradebook

from mutu.course.nbgrader import Folders, Waiting, autograde, waiting
from mutu.course.nbgrader.results import results
from mutu.course.outcome import attempts
from mutu.course.outcome.feedback.write import write
from mutu.errors import SettingError, WorkspaceError
from mutu.locale import use

pytestmark = [pytest.mark.classroom, pytest.mark.timeout(300)]
GOOD = {"luas": "def luas(p, l):\n    return p * l", "keliling": "def keliling(p, l):\n    return 2 * (p + l)"}
WORSE = GOOD | {"luas": "def luas(p, l):\n    return p + l"}
REASON = {"alasan": "Karena sisi."}
THIRD = "2026-11-25 03:00:00.000000 UTC"


@dataclass
class Course:
    """A course with second attempts, and how its trainer grades."""

    folders: Folders
    who: str = "p01"

    @property
    def graded(self) -> Path:
        """The folder that nbgrader's autograde writes."""
        return self.folders.course / "autograded" / self.who / "ukur"

    def grade(self, answers: dict[str, str], time: str = kit.FIRST) -> attempts.Tried | None:
        """Hand in and grade as the engine does: `before`, nbgrader's autograde, `after`."""
        kit.hand_in(self.folders, "ukur", self.who, answers, time)
        return self.again()

    def again(self) -> attempts.Tried | None:
        """Grade what is handed in."""
        attempts.before(self.folders, self.who, "ukur")
        autograde(self.folders, "ukur")
        return attempts.after(self.folders, self.who, "ukur")

    def by_hand(self, points: float) -> None:
        """Give the last task points, and the first a comment, as formgrader does."""
        with Gradebook(self.folders.gradebook, "mutu") as book:
            grade = book.find_grade("alasan", "ukur", "ukur", self.who)
            grade.manual_score, grade.needs_manual_grade = points, False
            book.find_comment("luas", "ukur", "ukur", self.who).manual_comment = f"Nilai {points}"
            book.db.commit()

    @property
    def held(self):
        """The submission in the gradebook."""
        return results(self.folders).submissions[self.who, "ukur"]

    @property
    def answer(self) -> str:
        """What the graded notebook has for the first task."""
        return (self.graded / "ukur.ipynb").read_text(encoding="utf-8")

    def history(self) -> list[tuple[str, float, bool, bool]]:
        """Day, points, whether they count, whether some wait for a person."""
        return [(f"{each.handed_in:%d}", each.score, each.counts, each.waits)
                for each in attempts.history(self.folders, self.held)]  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return kit.plain_course(tmp_path_factory.mktemp("dua") / "asal")


@pytest.fixture
def course(empty, tmp_path):
    shutil.copytree(empty.course, tmp_path / "kursus")
    (tmp_path / "kursus" / "mutu.toml").write_text('second_attempt = "better"\n')
    return Course(Folders(tmp_path / "kursus", tmp_path / "exchange"))


def test_without_the_setting_the_latest_counts_and_nothing_is_kept(course):
    (course.folders.course / "mutu.toml").unlink()
    course.grade(GOOD | REASON)
    assert course.grade(WORSE, kit.SECOND) is None
    assert course.held.score == 2
    assert not (course.folders.course / "attempts").exists()


def test_a_first_attempt_is_kept_nowhere_and_shown_alone(course):
    assert course.grade(GOOD) is None
    assert course.again() is None
    assert course.history() == []
    assert not (course.folders.course / "attempts").exists()


def test_a_worse_second_attempt_does_not_count(course):
    course.grade(GOOD | REASON)
    course.by_hand(3)
    best = course.grade(WORSE, kit.SECOND)
    assert (best.score, f"{best.handed_in:%d}") == (9, "20")
    assert course.held.score == 9
    assert [comment.manual_comment for comment in course.held.notebooks[0].comments] == ["Nilai 3"]
    assert "return p * l" in course.answer
    # nbgrader asks for points by hand again where there were some; here they cannot make it the better one
    assert course.history() == [("20", 9, True, False), ("24", 2, False, True)]
    assert [attempt.waits for attempt in write(course.folders, "ukur", "p01")[0].page.attempts] == [False, False]
    assert (course.graded / "timestamp.txt").read_text() == kit.SECOND
    assert waiting(course.folders) == Waiting()  # formgrader does not ask to grade it once more


def test_a_better_second_attempt_counts_and_the_first_is_kept_with_its_files_and_points(course):
    course.grade(WORSE)
    best = course.grade(GOOD, kit.SECOND)
    assert (best.score, course.held.score) == (6, 6)
    assert course.history() == [("20", 2, False, False), ("24", 6, True, False)]
    (kept,) = (course.folders.course / "attempts" / "p01" / "ukur").glob("2026-11-20*")
    assert "return p + l" in (kept / "ukur.ipynb").read_text()
    assert (kept / "timestamp.txt").read_text() == kit.FIRST


def test_of_equal_attempts_the_newer_counts(course):
    course.grade(GOOD)
    assert f"{course.grade(GOOD, kit.SECOND).handed_in:%d}" == "24"


def test_what_waits_for_a_person_stays_for_them_as_long_as_it_may_be_the_better(course):
    course.grade(GOOD)  # 6 points, its reflection is as it was handed out
    course.grade(WORSE | REASON, kit.SECOND)  # 2 points, and up to 3 by hand: 5 at most
    assert course.history()[0] == ("20", 6, True, False)
    course.grade(GOOD | REASON, THIRD)  # 6 points, up to 9
    assert course.history()[2] == ("25", 6, True, True)
    assert course.held.needs_manual_grade
    course.by_hand(2)
    assert attempts.settle(course.folders, "p01", "ukur").score == 8
    assert [each[:3] for each in course.history()] == [("20", 6, False), ("24", 2, False), ("25", 8, True)]


def test_points_by_hand_may_bring_the_first_attempt_back(course):
    course.grade(GOOD | REASON)
    course.by_hand(1)  # 7
    course.grade(WORSE | {"alasan": "Karena sisi dan bukti.", "luas": GOOD["luas"]}, kit.SECOND)  # 6, up to 9
    assert course.history()[1] == ("24", 6, True, True)
    course.by_hand(0)
    with use("en"):
        (written,) = write(course.folders, "ukur", "p01")
    assert written.page.score == course.held.score == 7
    assert f"{written.page.handed_in:%d}" == "20"
    text = written.file.read_text(encoding="utf-8")
    assert "The better one counts. This page is about that one." in text
    assert "20 November 2026, 10:00 WIB" in text
    assert "24 November 2026, 10:00 WIB" in text


def test_a_forced_grading_of_the_same_submission_makes_no_attempt_of_it(course):
    course.grade(GOOD)
    course.grade(WORSE, kit.SECOND)
    shutil.rmtree(course.graded)
    course.again()
    assert course.history() == [("20", 6, True, False), ("24", 2, False, False)]
    assert course.held.score == 6


def test_nbgraders_own_autograde_in_between_loses_nothing(course):
    course.grade(GOOD)
    course.grade(WORSE, kit.SECOND)
    shutil.rmtree(course.graded)
    autograde(course.folders, "ukur")  # formgrader's button: the newest is in the gradebook again
    assert course.held.score == 2
    assert attempts.settle(course.folders, "p01", "ukur").score == 6
    assert course.history() == [("20", 6, True, False), ("24", 2, False, False)]


def test_an_exchange_that_was_interrupted_is_finished_the_next_time(course, monkeypatch):
    course.grade(GOOD)
    with monkeypatch.context() as broken:
        broken.setattr(attempts, "_swap", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
        with pytest.raises(WorkspaceError, match=r"attempts.* the disk is full"):
            course.grade(WORSE, kit.SECOND)
    assert course.held.score == 6  # the points are there, the notebook is not
    assert "return p + l" in course.answer
    attempts.settle(course.folders, "p01", "ukur")
    assert "return p * l" in course.answer
    assert course.history() == [("20", 6, True, False), ("24", 2, False, False)]


def test_the_notes_on_grading_are_those_of_the_attempt_that_counts(course):
    course.grade(GOOD)
    (course.graded / ".mutu-grade.json").write_text('{"mended": ["Yang pertama."], "reason": null}')
    attempts.before(course.folders, "p01", "ukur")
    course.grade(WORSE, kit.SECOND)
    (course.graded / ".mutu-grade.json").write_text('{"mended": ["Yang kedua."], "reason": null}')
    assert write(course.folders, "ukur", "p01")[0].page.mended == ("Yang pertama.",)


def test_attempts_without_a_time_are_told_apart_by_what_was_written(course):
    course.grade(GOOD)
    for place in ("submitted", "autograded"):
        (course.folders.course / place / "p01" / "ukur" / "timestamp.txt").unlink()
    assert attempts.before(course.folders, "p01", "ukur") is None
    kit.hand_in(course.folders, "ukur", "p01", WORSE)
    (course.folders.course / "submitted" / "p01" / "ukur" / "timestamp.txt").unlink()
    kept = attempts.before(course.folders, "p01", "ukur")
    assert kept.name.startswith("tanpa-waktu-")


@pytest.mark.parametrize(
    ("text", "said"), [('second_attempt = "best"', "second_attempt is «best»"), ("second", "cannot be read")]
)
def test_a_wrong_setting_is_named(course, text, said):
    (course.folders.course / "mutu.toml").write_text(text)
    with pytest.raises(SettingError, match=said):
        attempts.before(course.folders, "p01", "ukur")


def test_points_by_hand_of_the_attempt_that_does_not_count_are_there_when_it_is_graded_again(course):
    course.grade(GOOD | REASON)
    course.by_hand(3)
    course.grade(WORSE | {"alasan": "Lain sama sekali."}, kit.SECOND)  # 2, up to 5: the first counts with 9
    assert course.history()[0][1:] == (9, True, False)
    place = course.folders.course / "attempts" / "p01" / "ukur"
    (newest,) = place.glob("2026-11-24*")
    course.again()
    kept = [each for each in attempts._kept(place) if each.name == newest.name]
    assert course.held.score == 9
    assert kept[0].score == 2
