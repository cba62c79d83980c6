"""What a workspace gets, and what is never written over."""

from __future__ import annotations

import re
from ast import literal_eval

import pytest

from mutu.course import author, workspace
from mutu.course.nbgrader import assignments, configuration
from mutu.errors import InputError, MissingPart, WorkspaceError


@pytest.fixture
def courses(small, monkeypatch):
    """The small module in the place of the project's own."""
    monkeypatch.setattr("mutu.content.find", lambda kind: small.path.parent)
    monkeypatch.setattr("mutu.content.trainer_source", lambda: small.path.parent / "_build" / "source")
    return small.path.parent


def test_a_new_workspace_has_lessons_exercise_course_exchange_and_settings(courses, tmp_path):
    place = tmp_path / "kerja"
    assert workspace.prepare(place) == ()
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
    assert assignments(workspace.folders(place)) == ("kecil", "kecil-en")


def test_what_the_user_changed_stays_and_the_new_version_lies_beside_it(courses, small, tmp_path):
    place = tmp_path / "kerja"
    workspace.prepare(place)
    mine = place / "belajar/01-kecil/kecil.ipynb"
    mine.write_text("my notes")
    assert workspace.prepare(place) == ()
    lesson = small.path / "lesson.py"
    lesson.write_text(lesson.read_text().replace("[4, 3, 2]", "[5, 2, 2]"))
    assert workspace.prepare(place) == (mine.with_name("kecil-versi-2.ipynb"),)
    assert mine.read_text() == "my notes"
    assert "[5, 2, 2]" in (place / "belajar/01-kecil/kecil-versi-2.ipynb").read_text()
    assert "[5, 2, 2]" in (place / "belajar/01-kecil/kecil-en.ipynb").read_text()
    assert workspace.prepare(place) == ()


def test_a_new_version_of_a_changed_source_does_not_become_part_of_the_assignment(courses, small, tmp_path):
    place = tmp_path / "kerja"
    workspace.prepare(place)
    source = place / "kursus/source/kecil/kecil.ipynb"
    source.write_text(source.read_text().replace("2 * nilai", "nilai * 2"))
    exercise = small.path / "exercise.py"
    exercise.write_text(exercise.read_text().replace("dua, 5, expect=10", "dua, 6, expect=12"))
    assert workspace.prepare(place) == (place / "kursus/versi-baru/source/kecil/kecil-versi-2.ipynb",)
    assert [file.name for file in source.parent.glob("*.ipynb")] == ["kecil.ipynb"]


def test_without_the_trainers_part_only_lessons_and_releases_are_laid_down(courses, tmp_path, monkeypatch):
    import shutil

    author.build()
    shutil.rmtree(author.built() / "source")
    monkeypatch.setattr("mutu.content.trainer_source", lambda: None)
    monkeypatch.setattr("mutu.content.is_checkout", lambda: False)
    assert not workspace.has_trainer_part()
    workspace.prepare(tmp_path / "kerja")
    assert (tmp_path / "kerja/kursus/release/kecil/kecil.ipynb").exists()
    assert not (tmp_path / "kerja/kursus/source").exists()
    assert not (tmp_path / "kerja/kursus/gradebook.db").exists()


def test_a_folder_that_cannot_be_written_gets_a_sentence(courses, tmp_path):
    (tmp_path / "kerja").write_text("a file, not a folder")
    with pytest.raises(WorkspaceError, match="--dir"):
        workspace.prepare(tmp_path / "kerja")


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
    workspace.prepare(tmp_path / "kerja")
    for which in ("01-kecil", "01", "1", "kecil", ""):
        assert sorted(workspace.assignments_of(which)) == ["kecil", "kecil-en"]
    with pytest.raises(InputError, match=r"no module «99».*01-kecil"):
        workspace.assignments_of("99")


def test_handing_out_without_the_trainers_part_says_what_to_install(courses, tmp_path, monkeypatch):
    monkeypatch.setattr("mutu.content.trainer_source", lambda: None)
    with pytest.raises(MissingPart, match="mutu-pengajar"):
        workspace.hand_out(tmp_path / "kerja", "kecil")
