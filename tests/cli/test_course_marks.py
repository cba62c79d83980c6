"""`mutu course marks` from outside, and nbgrader's own exporter on the same gradebook."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import sysconfig

import openpyxl
import pytest
from running import run


def _marks(place, *words):
    return run("course", "marks", *words, "--dir", str(place))


def test_excel_csv_and_moodle_are_written(place, tmp_path):
    for name, more in (("a.xlsx", ()), ("a.CSV", ("02",)), ("m.csv", ("skm", "--for", "moodle"))):
        done = _marks(place, *more, "--out", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
    reason = "Daftar kelas tidak memuat surelnya. Tambahkan, atau pakai --identify-by id."
    assert done.stderr == f"Tidak Kirim: tidak disertakan. {reason}\n"
    count, step = done.stdout.splitlines()
    assert count == f"Peserta dalam {tmp_path / 'm.csv'}: 5."
    assert step.endswith(f"(Manual Grading), lalu jalankan `mutu course feedback skm --dir {place}`")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["nilai", "penjelasan"]
    assert (tmp_path / "m.csv").read_text(encoding="utf-8").splitlines()[0] == "Email address,skm"


def test_any_course_of_nbgrader_is_read(place, tmp_path):
    done = run("course", "marks", "--course-dir", str(place / "kursus"), "--out", str(tmp_path / "x.csv"))
    assert (done.returncode, done.stderr) == (0, "")
    assert len((tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()) == 7


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--out", "x.ods"), 2, "harus berakhiran .xlsx atau .csv"),
        (("--out", "x.csv", "--for", "canvas"), 2, "«canvas»"),
        (("--out", "x.xlsx", "--for", "moodle"), 2, "Moodle mengimpor CSV"),
        (("--out", "x.csv", "--for", "moodle", "--identify-by", "nik"), 2, "«nik»"),
        (("99", "--out", "x.csv"), 1, "«99»"),
        (("--out", "tidak/ada/x.xlsx"), 1, "tidak dapat ditulis"),
    ],
)
def test_wrong_use_is_one_sentence(place, words, code, sentence):
    done = _marks(place, *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_nbgraders_own_exporter_gives_the_same_totals(place, tmp_path):
    env = os.environ | {"PATH": os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])}
    theirs = tmp_path / "theirs.csv"
    database = f"sqlite:///{place / 'kursus' / 'gradebook.db'}"
    words = ("export", "--db", database, "--course", "mutu", "--to", str(theirs))
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    ours = tmp_path / "ours.csv"
    assert _marks(place, "02", "--out", str(ours)).returncode == 0
    totals = {row["ID"]: row["poin (10)"] for row in csv.DictReader(ours.open(encoding="utf-8-sig"))}
    with theirs.open(encoding="utf-8") as file:
        next(file)
        # its writer puts no quotation marks around a name that holds a comma: the numbers are the last four fields
        scores = [(row[0], row[3], float(row[-2])) for row in (line.rstrip().split(",") for line in file)]
    for student, total in totals.items():
        if total:
            assert float(total) == max(score for _assignment, who, score in scores if who == student)
