"""What a workspace gets, and what is never written over."""

from __future__ import annotations

import re
import shutil
from ast import literal_eval

import pytest

from mutu.course import author, workspace
from mutu.course.nbgrader import configuration
from mutu.errors import InputError, MissingPart, WorkspaceError


@pytest.fixture
def courses(small):
    """A folder of modules with the small one in it."""
    return small.path.parent


@pytest.fixture
def without_sources(small):
    """The same as an installation for learners has it: built, and neither sources nor solutions."""
    courses = small.path.parent
    author.build(courses=courses)
    shutil.rmtree(small.path)
    shutil.rmtree(courses / "_build" / "source")
    return courses


def test_a_new_workspace_has_lessons_exercise_course_exchange_and_settings(courses, tmp_path):
    from nbgrader.api import Gradebook

    place = tmp_path / "kerja"
    assert workspace.prepare(place, courses) == ()
    for name in (
        "belajar/01-kecil/kecil.ipynb",
        "belajar/01-kecil/kecil-en.ipynb",
        "belajar/01-kecil/latihan/kecil.ipynb",
        "kursus/source/kecil/kecil.ipynb",
        "kursus/release/kecil-en/kecil-en.ipynb",
        "kursus/gradebook.db",
        "jupyter_config/nbgrader_config.py",
    ):
        assert (place / name).is_file(), name
    assert (place / "exchange").is_dir()
    with Gradebook(workspace.folders(place).gradebook) as book:
        assert sorted(assignment.name for assignment in book.assignments) == ["kecil", "kecil-en"]


def test_what_the_user_changed_stays_and_the_new_version_lies_beside_it(courses, small, tmp_path):
    place = tmp_path / "kerja"
    workspace.prepare(place, courses)
    mine = place / "belajar/01-kecil/kecil.ipynb"
    mine.write_text("my notes")
    assert workspace.prepare(place, courses) == ()
    lesson = small.path / "lesson.py"
    lesson.write_text(lesson.read_text().replace("[4, 3, 2]", "[5, 2, 2]"))
    assert workspace.prepare(place, courses) == (mine.with_name("kecil-versi-2.ipynb"),)
    assert mine.read_text() == "my notes"
    assert "[5, 2, 2]" in (place / "belajar/01-kecil/kecil-versi-2.ipynb").read_text()
    assert "[5, 2, 2]" in (place / "belajar/01-kecil/kecil-en.ipynb").read_text()
    assert workspace.prepare(place, courses) == ()


def test_a_new_version_of_a_changed_source_does_not_become_part_of_the_assignment(courses, small, tmp_path):
    place = tmp_path / "kerja"
    workspace.prepare(place, courses)
    source = place / "kursus/source/kecil/kecil.ipynb"
    source.write_text(source.read_text().replace("2 * nilai", "nilai * 2"))
    exercise = small.path / "exercise.py"
    exercise.write_text(exercise.read_text().replace("dua, 5, expect=10", "dua, 6, expect=12"))
    assert workspace.prepare(place, courses) == (place / "kursus/versi-baru/source/kecil/kecil-versi-2.ipynb",)
    assert [file.name for file in source.parent.glob("*.ipynb")] == ["kecil.ipynb"]


def test_without_the_trainers_part_only_lessons_and_releases_are_laid_down(without_sources, tmp_path):
    assert not workspace.has_trainer_part(without_sources)
    workspace.prepare(tmp_path / "kerja", without_sources)
    assert (tmp_path / "kerja/belajar/01-kecil/kecil.ipynb").exists()
    assert (tmp_path / "kerja/kursus/release/kecil/kecil.ipynb").exists()
    assert not (tmp_path / "kerja/kursus/source").exists()
    assert not (tmp_path / "kerja/kursus/gradebook.db").exists()


def test_where_no_lessons_are_installed_the_sentence_says_so(tmp_path):
    (tmp_path / "courses").mkdir()
    with pytest.raises(MissingPart, match="Install mutu again"):
        workspace.prepare(tmp_path / "kerja", tmp_path / "courses")


def test_a_folder_that_cannot_be_written_gets_a_sentence(courses, tmp_path):
    (tmp_path / "kerja").write_text("a file, not a folder")
    with pytest.raises(WorkspaceError, match="--dir"):
        workspace.prepare(tmp_path / "kerja", courses)


@pytest.mark.parametrize(
    ("file", "who", "what"),
    [
        ("/x/198501012010011001_skm.ipynb", "198501012010011001", "skm"),
        ("/x/k-02_skm-en.ipynb", "k-02", "skm-en"),
        ("C:\\x\\siti_aminah_skm (1).ipynb", "siti_aminah", "skm"),
    ],
)
def test_names_of_handed_in_files_say_who_and_what(tmp_path, file, who, what):
    line = next(line for line in configuration(tmp_path, tmp_path).splitlines() if "named_regexp" in line)
    found = re.match(literal_eval(line.split(" = ", 1)[1]), file)
    assert found
    assert found.groupdict() == {"student_id": who, "file_id": what}


def test_a_module_is_handed_out_by_any_of_its_names(courses, tmp_path):
    workspace.prepare(tmp_path / "kerja", courses)
    for which in ("01-kecil", "01", "1", "kecil", ""):
        assert sorted(workspace.assignments_of(which, courses)) == ["kecil", "kecil-en"]
    with pytest.raises(InputError, match=r"no module «99».*01-kecil"):
        workspace.assignments_of("99", courses)


def test_handing_out_without_the_trainers_part_says_what_to_install(without_sources, tmp_path):
    with pytest.raises(MissingPart, match="mutu-pengajar"):
        workspace.hand_out(tmp_path / "kerja", "kecil", without_sources)
