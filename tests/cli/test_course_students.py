"""`mutu course students`: whom it enters, and whom it does not rename unasked."""

from __future__ import annotations

import pytest
from running import run


@pytest.fixture
def entered(tmp_path):
    """Enter a list into the gradebook of a workspace."""

    (tmp_path / "kerja/kursus/source").mkdir(parents=True)

    def enter(text: str, *options: str):
        file = tmp_path / "daftar.csv"
        file.write_text(f"id;nama\n{text}", encoding="utf-8")
        return run("course", "students", str(file), *options, "--dir", str(tmp_path / "kerja"))

    return enter


def test_an_id_goes_to_another_person_only_when_that_is_meant(entered):
    assert entered("p01;Budi Santoso\np02;Siti Aminah\n").returncode == 0
    done = entered("p01;Agus Salim\np02;Siti Aminnah, S.E.\np03;Baru\n")
    assert done.returncode == 1
    assert "p01: sebelumnya Budi Santoso, sekarang Agus Salim" in done.stderr
    assert "p02" not in done.stderr
    assert "--rename" in done.stderr
    assert "1 ditambahkan" in (again := entered("p01;Budi Santoso\np02;Siti Aminnah, S.E.\np03;Baru\n").stdout), again
    assert entered("p01;Agus Salim\n", "--rename").returncode == 0
