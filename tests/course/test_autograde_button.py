"""What formgrader gets to show when its button Autograde is pressed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from grade_kit import NAME, Small
from running import environment

from mutu.course.nbgrader import Trainee, add_trainees
from mutu.kernels import cage

pytestmark = pytest.mark.skipif(cage.lacking() is not None, reason=str(cage.lacking()))

# as formgrader's handler calls it, in a process of its own since nbgrader's class is replaced in it
PRESS = """
import json, sys
from mutu.course.grade.button import run
from mutu.course.nbgrader import take_over
take_over(run)
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
config = Config({"CourseDirectory": {"root": sys.argv[1], "db_url": sys.argv[2]}})
api = NbGraderAPI(CourseDirectory(config=config), config=config)
print(json.dumps([api.autograde(sys.argv[3], student) for student in sys.argv[4:]]))
"""


def test_an_empty_file_is_one_sentence_and_no_traceback(tmp_path):
    small = Small(tmp_path)
    add_trainees(small.folders, [Trainee("agus", "Agus Pratama"), Trainee("nluh", "Ni Luh Sari")])
    (small.hand_in("agus") / f"{NAME}.ipynb").write_bytes(b"")
    small.hand_in("nluh")
    words = [str(small.folders.course), small.folders.gradebook, NAME, "agus", "nluh"]
    done = subprocess.run(
        [sys.executable, "-c", PRESS, *words],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    agus, nluh = json.loads(done.stdout.splitlines()[-1])
    assert agus == {
        "success": False,
        "log": "[ERROR] Tidak dapat dinilai: Agus Pratama (agus). Berkas ini kosong. Mintalah sekali lagi.\n",
    }
    assert nluh == {"success": True, "log": "[INFO] Ni Luh Sari (nluh): 10,00 / 10,00\n"}
