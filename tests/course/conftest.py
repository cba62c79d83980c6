"""A small module of its own, so that building can be tried without the real lessons."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutu.course import author

LESSON = """\
# %% [markdown]
# # Pelajaran kecil
#
# Jumlahnya {{jumlah}} dan rata-ratanya {{rata|1}}.

# %%
jawaban = [4, 3, 2]  # tiga orang
jumlah = sum(jawaban)
rata = jumlah / 3
judul = _("Judul gambar")

# %% kind="fact"
assert jumlah == 9
"""

EXERCISE = """\
# %% kind="given" id="alat"
from mutu.course.outcome import Checker

periksa = Checker(_("id"))

# %% kind="answer" id="dua"
def dua(nilai):
    ### BEGIN SOLUTION
    return 2 * nilai
    ### END SOLUTION

# %% kind="test" id="tes-dua" points=2
periksa(dua, 2, expect=4)
### BEGIN HIDDEN TESTS
periksa(dua, 5, expect=10, otherwise=_("Kalikan dua."))
### END HIDDEN TESTS

# %% [markdown] kind="reflection" id="refleksi" points=1
# Jawaban acuan.
"""

ENGLISH = {
    "# Pelajaran kecil": "# A small lesson",
    "Jumlahnya {{jumlah}} dan rata-ratanya {{rata|1}}.": "The sum is {{jumlah}} and the mean {{rata|1}}.",
    "tiga orang": "three people",
    "Judul gambar": "Title of the figure",
    "id": "en",
    "Kalikan dua.": "Multiply by two.",
    "Jawaban acuan.": "Reference answer.",
}


@pytest.fixture
def small(tmp_path: Path) -> author.Module:
    """A module with a lesson and an exercise of one task, translated."""
    from mutu.course.author import translate

    folder = tmp_path / "courses" / "01-kecil"
    folder.mkdir(parents=True)
    (folder / "module.toml").write_text('slug = "kecil"\njp = 1\n[title]\nid = "Kecil"\nen = "Small"\n')
    (folder / "lesson.py").write_text(LESSON, encoding="utf-8")
    (folder / "exercise.py").write_text(EXERCISE, encoding="utf-8")
    (folder / "en.po").write_text(translate.merged(ENGLISH, ENGLISH), encoding="utf-8")
    return author.find("kecil", tmp_path / "courses")
