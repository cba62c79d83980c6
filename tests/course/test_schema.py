"""The gradebook's version, asked in this process, is what nbgrader's own program says."""

import subprocess
import sys
from pathlib import Path

from mutu.course.nbgrader.schema import newest


def test_the_version_equals_what_the_program_alembic_answers():
    from nbgrader.dbutil import _temp_alembic_ini

    with _temp_alembic_ini("sqlite://") as settings:
        command = [Path(sys.executable).with_name("alembic"), "-c", settings, "heads"]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert newest() == said.split()[0]
