"""A gradebook that an older nbgrader made: copied first, then brought up to date by `mutu start`."""

import os
import re
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from running import Platform, free_port, run

from mutu.course import nbgrader
from mutu.course.nbgrader import schema
from mutu.course.workspace import folders
from mutu.serve import workspace
from mutu.serve.workspace import Workspace

# before assignments belonged to a course and students had a number in a learning management system
OLD = "167914646830"
TRAINEE = nbgrader.Trainee("p01", "Peserta Satu", "p01@contoh.invalid")


def _make_older(gradebook):
    """Take away what the two newest of nbgrader's steps brought."""
    with closing(sqlite3.connect(gradebook, isolation_level=None)) as book:
        (now,) = book.execute("SELECT sql FROM sqlite_master WHERE name = 'assignment'").fetchone()
        before = re.sub(r",\s*(course_id VARCHAR[^,]*|FOREIGN KEY\(course_id\) REFERENCES course \(id\))", "", now)
        columns = [row[1] for row in book.execute("PRAGMA table_info(assignment)") if row[1] != "course_id"]
        book.execute("PRAGMA legacy_alter_table = ON")
        book.execute("ALTER TABLE assignment RENAME TO newer")
        book.execute(before)
        book.execute(f"INSERT INTO assignment SELECT {', '.join(columns)} FROM newer")  # noqa: S608
        for line in (
            "DROP TABLE newer",
            "DROP TABLE course",
            "ALTER TABLE student DROP COLUMN lms_user_id",
            f"UPDATE alembic_version SET version_num = '{OLD}'",  # noqa: S608
        ):
            book.execute(line)


def _columns(gradebook, table):
    with closing(sqlite3.connect(gradebook)) as book:
        return {row[1] for row in book.execute(f"PRAGMA table_info({table})")}


def _rows(gradebook, what):
    with closing(sqlite3.connect(gradebook)) as book:
        return book.execute(what).fetchall()


@pytest.fixture
def place(tmp_path):
    """A workspace of this version whose gradebook, with a trainee and an assignment, is of an older nbgrader."""
    found = Workspace(tmp_path / "ruang 100% kerja")
    workspace.ensure_writable(found)
    workspace.stamp(found, None)
    gradebook = folders(found.root).course / "gradebook.db"
    nbgrader.add_trainees(folders(found.root), [TRAINEE])
    with closing(sqlite3.connect(gradebook)) as book:
        book.execute("INSERT INTO assignment (id, name, course_id) VALUES ('a1', 'tugas-lama', 'mutu')")
        book.commit()
    _make_older(gradebook)
    return found


def test_start_copies_an_older_gradebook_and_brings_it_up_to_date(place, tmp_path):
    """Started as a person does who has not activated the environment: its programs are not on the path."""
    gradebook = folders(place.root).course / "gradebook.db"
    assert _rows(gradebook, "SELECT version_num FROM alembic_version") == [(OLD,)]
    assert "lms_user_id" not in _columns(gradebook, "student")

    programs = str(Path(sys.executable).parent)
    path = os.pathsep.join(name for name in os.environ["PATH"].split(os.pathsep) if name != programs)
    with Platform(place.root, "--port", str(free_port()), PATH=path) as platform:
        said = platform.said()
        assert platform.get("/formgrader/manage_students")[0] == 200
        assert "p01" in platform.get("/formgrader/api/students")[1]

    assert _rows(gradebook, "SELECT version_num FROM alembic_version") == [(schema.newest(),)]
    assert "lms_user_id" in _columns(gradebook, "student")
    assert _rows(gradebook, "SELECT id, email FROM student") == [(TRAINEE.id, TRAINEE.email)]
    assert ("tugas-lama", 1) in _rows(gradebook, "SELECT name, count(*) FROM assignment GROUP BY name")
    (backup,) = place.backups.iterdir()
    assert str(backup) in said
    with zipfile.ZipFile(backup) as copies:
        copies.extract("kursus/gradebook.db", tmp_path)
    assert _rows(tmp_path / "kursus/gradebook.db", "SELECT version_num FROM alembic_version") == [(OLD,)]
    assert not nbgrader.is_outdated(folders(place.root))


def test_a_gradebook_that_cannot_be_brought_up_to_date_is_said_in_one_sentence_with_the_copy(place):
    gradebook = folders(place.root).course / "gradebook.db"
    with closing(sqlite3.connect(gradebook)) as book:
        book.execute("DROP TABLE assignment")
    done = run("start", "--no-browser", "--dir", str(place.root))
    assert done.returncode == 1
    assert f"Buku nilai {gradebook} tidak dapat dimutakhirkan" in done.stderr
    assert "NoSuchTableError: assignment" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    (backup,) = place.backups.iterdir()
    assert str(backup) in done.stderr
    assert _rows(gradebook, "SELECT version_num FROM alembic_version") == [(OLD,)]
    assert [file.name for file in gradebook.parent.iterdir()] == ["gradebook.db"]


def test_versions_with_a_step_onwards_are_known_without_loading_nbgrader():
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    config = Config()
    config.set_main_option("script_location", ALEMBIC_DIR)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    assert schema.superseded() == known - {schema.newest()}
    assert OLD in schema.superseded()


def test_a_gradebook_of_now_is_left_alone(tmp_path):
    course = folders(tmp_path)
    assert not nbgrader.is_outdated(course)
    nbgrader.add_trainees(course, [TRAINEE])
    assert not nbgrader.is_outdated(course)
    (course.course / "gradebook.db").write_bytes(b"not a database")
    assert not nbgrader.is_outdated(course)
