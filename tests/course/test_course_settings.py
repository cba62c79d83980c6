"""What a course means without settings, which is known here without loading nbgrader, is what nbgrader says."""

from __future__ import annotations

import pytest
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets.config import Config

from mutu.course.nbgrader import Course, Folders, configuration
from mutu.course.nbgrader.course import _DEFAULTS, _STEPS
from mutu.course.nbgrader.takeover import _COURSE


@pytest.fixture
def both(tmp_path):
    """A course of ours without settings, and nbgrader's own course and autograder in the same folder."""
    config = Config({"CourseDirectory": {"root": str(tmp_path)}})
    place = CourseDirectory(config=config)
    return Course(config), place, Autograde(coursedir=place, config=config)


def test_the_settings_that_are_known_are_nbgraders_own(both):
    _ours, place, _autograde = both
    assert {name: getattr(place, name) for name in _DEFAULTS} == _DEFAULTS


def test_a_course_without_settings_has_nbgraders_folders_and_limits(both):
    ours, place, autograde = both
    assert (str(ours.root), ours.database) == (place.root, place.db_url)
    for step in ("source", "release", "submitted", "autograded", "feedback"):
        assert str(ours.folder(step, "a", "b")) == place.format_path(step, "a", "b")
    assert (ours.is_shared, place.student_id_exclude) == (place.groupshared, "")
    assert ours.timeout == Execute().timeout
    assert ours.permissions == int(str(autograde.permissions), 8)
    assert ours.setting("Autograde", "create_student", True) is autograde.create_student


def test_every_setting_that_is_known_is_taken_along_when_nbgrader_is_asked_to_grade():
    assert set(_DEFAULTS) <= set(_COURSE) <= set(CourseDirectory.class_trait_names())


def test_the_steps_that_cannot_be_left_out_are_nbgraders(both):
    autograde = both[2]
    steps = {step.__name__ for step in [*autograde.sanitize_preprocessors, *autograde.autograde_preprocessors]}
    assert set(_STEPS) <= steps


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("", False),
        ("c.CourseDirectory.db_url = 'postgresql://kantor/nilai'", True),
        ("c.CourseDirectory.db_url = 'sqlite:////data/bersama.db'", True),
    ],
)
def test_a_gradebook_in_the_settings_is_believed_where_somebody_has_written_it_there(tmp_path, line, kept):
    file = tmp_path / "nbgrader_config.py"
    file.write_text(configuration(tmp_path / "dulu", tmp_path / "ex") + line + "\n", encoding="utf-8")
    folders = Folders(tmp_path / "sekarang", tmp_path / "exchange")
    found = Course.of(folders, file).database
    assert found == (line.split("'")[1] if kept else folders.gradebook)


def test_settings_written_on_windows_are_known_to_be_of_another_place(tmp_path):
    file = tmp_path / "nbgrader_config.py"
    text = "c = get_config()\nc.CourseDirectory.root = 'C:\\\\kerja\\\\kursus'\n"
    file.write_text(f"{text}c.CourseDirectory.db_url = 'sqlite:///C:/kerja/kursus/gradebook.db'\n", encoding="utf-8")
    folders = Folders(tmp_path / "sekarang", tmp_path / "exchange")
    assert Course.of(folders, file).database == folders.gradebook
