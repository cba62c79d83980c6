"""What is otherwise than in nbgrader on purpose, one test each; and what is kept of it beyond nbgrader's own tests."""

from __future__ import annotations

import json
import logging
import shutil
import stat

import pytest
from grade_kit import NAME, RIGHT, Small, answer, check

from mutu.course.grade.button import run
from mutu.course.grade.submission import RECORD
from mutu.course.nbgrader import Asked, autograde
from mutu.errors import InputError
from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))
FULL = {"tes-kuadrat": 5.0, "tes-akar": 5.0}
WRONG = RIGHT | {"kuadrat": "def kuadrat(x):\n    return 0"}


@pytest.fixture
def small(tmp_path):
    return Small(tmp_path)


def _ids(notebook):
    return {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}


# otherwise on purpose


def test_a_time_that_cannot_be_read_is_asked_about(small):
    small.hand_in("a").joinpath("timestamp.txt").write_text("kemarin sore")
    graded = small.grade()["a"]
    assert (small.scores()["a"], len(graded.questions)) == (FULL, 1)
    assert "timestamp.txt" in graded.questions[0]


def test_what_the_code_writes_stays_in_its_room(small):
    small.hand_in("a", RIGHT | {"akar": RIGHT["akar"] + "\nopen('hasil.txt', 'w').write('x')"})
    small.grade()
    assert small.scores()["a"] == FULL
    assert not list(small.root.rglob("hasil.txt"))


def test_a_foreign_notebook_spoils_no_other(small):
    def foreign(notebook):
        for cell in notebook.cells:
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader.grade_id += "-asing"
                cell.source = "pass"

    small.hand_in("asing", {}, foreign)
    small.hand_in("benar")
    graded = small.grade()
    assert small.scores() == {"asing": dict.fromkeys(FULL, 0.0), "benar": FULL}
    assert graded["asing"].mended or graded["asing"].questions
    assert (graded["benar"].mended, graded["benar"].questions) == ((), ())


def test_a_kernel_that_is_not_there_is_not_needed(small):
    def strange(notebook):
        notebook.metadata.kernelspec = {"name": "blarg", "language": "blarg", "display_name": "Blarg"}

    small.hand_in("a", RIGHT, strange)
    assert small.grade()["a"].score == 10
    assert small.graded("a").metadata.kernelspec.language == "python"


def test_tests_that_never_ran_give_no_marks(tmp_path):
    small = Small(tmp_path, settings={"Execute": {"enabled": False}, "ClearOutput": {"enabled": False}})
    small.hand_in("a", WRONG)
    with pytest.raises(InputError, match=r"ClearOutput.enabled, Execute.enabled"):
        small.grade()
    assert small.scores() == {}


@pytest.mark.parametrize("given", ["6", "-1", "float('nan')", "float('inf')"])
def test_more_points_than_there_are_go_to_a_person(tmp_path, given):
    small = Small(tmp_path, (answer("nilai", "### BEGIN SOLUTION\nn = 3\n### END SOLUTION"), check("tes", "n", 5)))
    small.hand_in("a", {"nilai": f"n = {given}"})
    graded = small.grade()["a"]
    assert (small.scores()["a"], graded.needs_manual, len(graded.questions)) == ({"tes": None}, True, 1)


def test_a_warning_on_stderr_costs_no_marks(small):
    small.hand_in("a", RIGHT | {"akar": RIGHT["akar"] + "\nimport warnings\nwarnings.warn('usang')"})
    small.hand_in(
        "b", RIGHT | {"akar": "import sys\ndef akar(x):\n    print('!', file=sys.stderr)\n    return x ** .5"}
    )
    small.grade()
    assert small.scores() == {"a": FULL, "b": FULL}


def test_a_test_cell_that_was_deleted_or_copied_is_rebuilt(small):
    def without(notebook):
        notebook.cells = [cell for cell in notebook.cells if cell is not _ids(notebook)["tes-kuadrat"]]

    def copied(notebook):
        at = notebook.cells.index(_ids(notebook)["tes-kuadrat"])
        notebook.cells.insert(at, json.loads(json.dumps(notebook.cells[at])))

    small.hand_in("hapus", RIGHT, without)
    small.hand_in("salin", RIGHT, copied)
    small.hand_in("lain")
    small.grade()
    assert small.scores() == dict.fromkeys(("hapus", "lain", "salin"), FULL)


def test_a_notebook_that_cannot_be_read_is_no_zero(small):
    small.hand_in("rusak").joinpath(f"{NAME}.ipynb").write_bytes(b"")
    small.hand_in("benar")
    graded = small.grade()
    assert (graded["rusak"].score, graded["benar"].score) == (None, 10)
    assert graded["rusak"].reason
    assert small.scores() == {"benar": FULL}
    assert not run(small.course, Asked(NAME), logging.getLogger(__name__))  # nbgrader's command ends with an error


def test_a_changed_submission_is_graded_again_though_its_time_is_the_same(small):
    small.hand_in("a")
    small.grade()
    small.hand_in("a", WRONG)
    assert (small.grade()["a"].score, small.grade()["a"].again) == (5, False)


# kept of nbgrader


def _by_nbgrader(small) -> None:
    autograde(small.folders, NAME)
    assert not list(small.root.rglob(RECORD))


def test_what_nbgrader_graded_is_left_as_it_is_until_it_is_newer(small):
    place = small.hand_in("a")
    _by_nbgrader(small)
    small.hand_in("a", WRONG)
    assert (small.grade()["a"].again, small.grade()["a"].score) == (False, 10)
    place.joinpath("timestamp.txt").write_text("2026-11-21 03:00:00.000000 UTC")
    assert (small.grade()["a"].again, small.scores()["a"]) == (True, FULL | {"tes-kuadrat": 0.0})


def test_what_nbgrader_graded_is_graded_again_by_force(small):
    small.hand_in("a")
    _by_nbgrader(small)
    small.hand_in("a", WRONG)
    assert small.grade(force=True)["a"].score == 5


def test_a_newer_time_alone_is_reason_enough(small):
    place = small.hand_in("a")
    small.grade()
    place.joinpath("timestamp.txt").write_text("2026-11-21 03:00:00.000000 UTC")
    assert [small.grade()["a"].again for _time in range(2)] == [True, False]


def test_what_the_gradebook_has_lost_is_graded_again(small):
    small.hand_in("a")
    small.grade()
    (small.folders.course / "gradebook.db").unlink()
    fresh = Small(small.root / "lain")
    shutil.copy(fresh.folders.course / "gradebook.db", small.folders.course)
    assert small.grade()["a"].again
    assert small.scores()["a"] == FULL


def test_only_the_notebooks_that_are_asked_for_are_graded(small):
    small.hand_in("a")
    with pytest.raises(InputError, match=NAME):
        small.grade(notebooks="lain*")
    assert small.grade(notebooks="ps*")["a"].score == 10


def test_hooks_are_called_from_the_courses_folder_and_what_fails_is_said(tmp_path):
    seen = []

    def before(**about):
        from pathlib import Path

        notebook = Path(about["notebooks"][0])
        notebook.write_text(notebook.read_text().replace("return 0", "return x * x"))
        seen.append((about["assignment"], about["student"], Path.cwd()))

    def after(**_about):
        raise RuntimeError("tidak jadi")

    small = Small(tmp_path, settings={"Autograde": {"pre_convert_hook": before, "post_convert_hook": after}})
    small.hand_in("a", WRONG)
    graded = small.grade()["a"]
    assert seen == [(NAME, "a", small.folders.course.resolve())]
    assert graded.score == 10  # what the first one put into the notebook is what was graded
    assert "tidak jadi" in graded.questions[0]


def test_a_late_penalty_of_the_courses_own_is_taken_off(tmp_path):
    (tmp_path / "kursus").mkdir()
    (tmp_path / "kursus" / "denda.py").write_text(
        "from nbgrader.plugins import BasePlugin\n\n\nclass Denda(BasePlugin):\n"
        "    def late_submission_penalty(self, student_id, score, total_seconds_late):\n        return 3\n"
    )
    small = Small(tmp_path, settings={"AssignLatePenalties": {"plugin_class": "denda.Denda"}})
    import sqlite3

    with sqlite3.connect(small.folders.course / "gradebook.db") as book:
        book.execute("update assignment set duedate = '2026-11-19 00:00:00.000000'")
    small.hand_in("a")
    assert small.grade()["a"].score == 7


def test_who_is_not_in_the_gradebook_is_refused_where_the_course_says_so(tmp_path):
    small = Small(tmp_path, settings={"Autograde": {"create_student": False}})
    small.hand_in("asing")
    graded = small.grade()["asing"]
    assert (graded.score, small.scores()) == (None, {})
    assert "asing" in graded.reason


@pytest.mark.parametrize(
    ("settings", "file", "folder"),
    [
        ({}, 0o444, None),
        ({"CourseDirectory": {"groupshared": True}}, 0o664, 0o2770),
        ({"Autograde": {"permissions": 640}}, 0o640, None),
    ],
)
def test_files_have_the_rights_that_nbgrader_gives_them(tmp_path, settings, file, folder):
    small = Small(tmp_path, settings=settings)
    small.hand_in("a")
    small.grade()
    place = small.folders.course / "autograded" / "a" / NAME
    assert stat.S_IMODE((place / f"{NAME}.ipynb").stat().st_mode) == file
    if folder is not None:
        for each in (place, place.parent, place.parent.parent):
            assert stat.S_IMODE(each.stat().st_mode) & folder == folder


def test_metadata_are_cleared_where_the_course_wants_it(tmp_path):
    small = Small(tmp_path, settings={"ClearMetadataPreprocessor": {"enabled": True}})
    small.hand_in("a", RIGHT, lambda notebook: notebook.cells[0].metadata.update(warna="merah"))
    small.grade()
    assert small.scores()["a"] == FULL
    assert small.graded("a").cells[0].metadata == {}
