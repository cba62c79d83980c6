"""nbgrader's own commands, from the first release to the feedback, in a workspace that `mutu` prepared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest

from mutu.course import author, workspace
from mutu.course.author.variants import submitted, variants
from mutu.course.nbgrader import Waiting, marks, waiting

pytestmark = [pytest.mark.classroom, pytest.mark.slow, pytest.mark.timeout(900)]
FULL = 15


@dataclass
class Room:
    """A workspace, and what every command said."""

    place: Path
    said: dict[str, str] = field(default_factory=dict)

    @property
    def course(self) -> Path:
        """The course of nbgrader."""
        return self.place / "kursus"

    def nbgrader(self, *words: str, ends: int = 0) -> str:
        """Run a command as a person would in a terminal with the workspace's settings."""
        env = os.environ | {
            "JUPYTER_CONFIG_DIR": str(workspace.config_folder(self.place)),
            "JUPYTER_DATA_DIR": str(self.place / "jupyter_data"),
            "PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]]),
        }
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *words],
            cwd=self.course, env=env, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        text = done.stdout + done.stderr
        assert done.returncode == ends, text[-3000:]
        self.said[words[0]] = text
        return text


def mutu(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `mutu` as a process."""
    return subprocess.run(
        [sys.executable, "-c", "from mutu.cli import main; main()", *words],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The whole way once: names, release, fetch, validate, submit, collect, files, autograde, feedback."""
    if sys.platform == "win32":
        pytest.skip("nbgrader's exchange does not run on Windows")
    root = tmp_path_factory.mktemp("kelas")
    room = Room(root / "kerja")
    names = root / "peserta.csv"
    names.write_text("id,nama,e-mail\np01,Siti Aminah,siti@contoh.id\np02,Budi,\n", encoding="utf-8")
    released = mutu("course", "release", "02", "--dir", str(room.place))
    assert released.returncode == 0, released.stderr
    assert str(room.course / "release" / "skm" / "skm.ipynb") in released.stdout, "the file to hand out"
    assert released.stdout.endswith(f"`mutu course collect DARI --dir {room.place}`\n")
    room.said["mutu students"] = mutu("course", "students", str(names), "--dir", str(room.place)).stdout
    _through_the_exchange(room)
    _as_files(room)
    room.nbgrader("autograde", "skm")
    room.nbgrader("generate_feedback", "skm")
    room.nbgrader("release_feedback", "skm")
    room.nbgrader("fetch_feedback", "skm")
    return room


def _through_the_exchange(room: Room) -> None:
    room.nbgrader("list")
    room.nbgrader("fetch_assignment", "skm")
    notebook = room.place / "skm" / "skm.ipynb"
    room.nbgrader("validate", str(notebook))
    room.said["validate untouched"] = room.said.pop("validate")
    answered = _answers(room, "reference")
    (reflection,) = [cell for cell in answered.cells if cell.id == "refleksi"]
    reflection.source = "Waktu paling lemah, NRR 2,7."
    nbformat.write(answered, notebook)
    room.nbgrader("validate", str(notebook))
    room.nbgrader("submit", "skm")
    room.nbgrader("collect", "skm")


def _as_files(room: Room) -> None:
    archive = workspace.folders(room.place).handed_in("skm")
    nbformat.write(_answers(room, "bobot-011"), archive / "p01_skm.ipynb")
    nbformat.write(_answers(room, "reference"), archive / "p02_skm.ipynb")
    os.utime(archive / "p02_skm.ipynb", (0, 0))
    nbformat.write(_answers(room, "untouched"), archive / "p02_skm (1).ipynb")
    (archive / "tanpa nama.ipynb").write_text("{}")
    room.nbgrader("zip_collect", "skm", "--force")


def _answers(room: Room, name: str):
    module = author.find("02")
    source, release = (
        nbformat.read(room.course / kind / "skm" / "skm.ipynb", as_version=4) for kind in ("source", "release")
    )
    (variant,) = [known for known in variants(module) if known.name == name]
    return submitted(variant, source, release)


@pytest.fixture
def given(room):
    """Trainee -> grade id -> points."""
    return marks(workspace.folders(room.place), "skm")


def test_what_was_handed_out_is_listed_in_both_languages(room):
    assert "mutu skm\n" in room.said["list"] + "\n"
    assert "mutu skm-en" in room.said["list"]


def test_an_untouched_notebook_validates_with_a_friendly_sentence(room):
    assert "Bagian ini masih kosong" in room.said["validate untouched"]
    assert "Traceback" not in room.said["validate untouched"]


def test_the_reference_validates(room):
    assert "Success" in room.said["validate"]


def test_a_notebook_handed_in_through_the_exchange_is_graded_in_full(room, given):
    (trainee,) = set(given) - {"p01", "p02"}  # the exchange knows people by their account
    assert sum(points or 0 for points in given[trainee].values()) == FULL


def test_a_notebook_handed_in_as_a_file_goes_to_the_person_in_its_name(given):
    assert sum(points or 0 for points in given["p01"].values()) == FULL - 4
    assert (given["p01"]["tes-bobot"], given["p01"]["tes-ikm"]) == (0, 0)


def test_of_two_files_of_a_person_the_newer_counts_whatever_a_browser_added_to_its_name(given):
    assert sum(points or 0 for points in given["p02"].values()) == 0


def test_a_file_without_an_id_is_left_out_and_named(room):
    assert "tanpa nama.ipynb" in room.said["zip_collect"]
    assert sorted(path.name for path in (room.course / "submitted").iterdir())[:2] == ["p01", "p02"]


def test_the_reflection_waits_for_a_person_and_an_empty_one_is_zero(room, given):
    (trainee,) = set(given) - {"p01", "p02"}
    assert given["p02"]["refleksi"] == 0
    assert given[trainee]["refleksi"] is None


def test_a_newer_submission_waits_for_the_machine_again_and_no_longer_for_a_person(room, given):
    folders = workspace.folders(room.place)
    assert waiting(folders) == Waiting(automatic=0, by_hand=1)
    (trainee,) = set(given) - {"p01", "p02"}
    time = room.course / "submitted" / trainee / "skm" / "timestamp.txt"
    kept = time.read_bytes()
    for newer in (b"2031-01-01 08:00:00.0 UTC", b"\xff", b"soon", b"9" * 400):
        time.write_bytes(newer)
        assert waiting(folders) == Waiting(automatic=1, by_hand=0)
    time.write_bytes(kept)
    assert waiting(folders) == Waiting(automatic=0, by_hand=1)


def test_names_are_in_the_gradebook(room):
    from nbgrader.api import Gradebook

    assert "Peserta: 2 ditambahkan" in room.said["mutu students"]
    with Gradebook(workspace.folders(room.place).gradebook) as book:
        found = {student.id: student.last_name for student in book.students}
    assert (found["p01"], found["p02"]) == ("Aminah", "–")


def test_names_for_a_folder_without_a_course_are_refused_and_the_folder_named(room, tmp_path):
    names = room.place.parent / "peserta.csv"
    done = mutu("course", "students", str(names), "--dir", str(tmp_path / "lain"))
    assert done.returncode == 1
    assert f"Belum ada kursus di {tmp_path / 'lain'}" in done.stderr
    assert not (tmp_path / "lain").exists()


def test_feedback_says_what_is_missing_and_reaches_the_trainee(room):
    page = (room.course / "feedback" / "p01" / "skm" / "skm.html").read_text(encoding="utf-8")
    assert "Itu bobot 0,11. Di sini empat unsur" in page
    assert "satu persen indeks hilang" not in page  # a hidden test says that
    assert list((room.place / "skm" / "feedback").rglob("skm.html"))


def test_feedback_for_files_is_left_to_be_sent_and_stops_nobody_elses(room):
    assert "sent as a file" in room.said["release_feedback"]
    assert "feedback/p01/skm" in room.said["release_feedback"]


def test_a_bad_list_of_names_leaves_the_gradebook_as_it_was(room, tmp_path):
    bad = tmp_path / "salah.csv"
    bad.write_text("id,nama\np09,Baru\n..,Salah\n", encoding="utf-8")
    done = mutu("course", "students", str(bad), "--dir", str(room.place))
    assert done.returncode == 1
    assert "Baris 3" in done.stderr
    from nbgrader.api import Gradebook

    with Gradebook(workspace.folders(room.place).gradebook) as book:
        assert "p09" not in {student.id for student in book.students}


def test_starting_again_keeps_submissions_and_marks(room, given):
    before = set((room.course / "submitted").rglob("*.ipynb"))
    workspace.prepare(room.place)
    assert set((room.course / "submitted").rglob("*.ipynb")) == before
    assert marks(workspace.folders(room.place), "skm") == given


def test_formgraders_own_generate_makes_the_same_release(room):
    release = room.course / "release" / "skm" / "skm.ipynb"
    before = release.read_bytes()
    shutil.rmtree(room.course / "release" / "skm")
    room.nbgrader("generate_assignment", "skm", "--force")
    assert release.read_bytes() == before
