"""A course with two exercises that have the same grade ids, a class, and notebooks to hand in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from collect_kit import CLASS

from mutu.course import author
from mutu.course.collect import collect
from mutu.locale import use


@pytest.fixture(autouse=True)
def _english():
    with use("en"):
        yield


@pytest.fixture
def course(tmp_path) -> Path:
    """Nbgrader's course as a trainer has it after a release."""
    folder = tmp_path / "kursus"
    if not (author.built() / "source" / "skm-en").is_dir():
        author.build()
    for name in ("skm", "skm-en"):
        shutil.copytree(author.built() / "release" / name, folder / "release" / name)
        shutil.copytree(author.built() / "source" / name, folder / "source" / name)
    return folder


@pytest.fixture
def notebook(course):
    """Make the text of a notebook that somebody handed in."""

    def make(answer: str = "", name: str = "skm", **metadata) -> str:
        content = json.loads((course / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
        for cell in content["cells"]:
            if cell.get("id") == "refleksi":
                cell["source"] = answer
        content["metadata"] |= metadata
        return json.dumps(content)

    return make


@pytest.fixture
def collected(course):
    """Collect something; returns the report as JSON."""

    def run(source, trainees=CLASS, **settings):
        return collect(source, course, trainees, **settings).as_json()

    return run


@pytest.fixture
def sent(tmp_path):
    """Write files into a folder: name -> text or bytes."""

    def make(files, folder: str = "masuk") -> Path:
        place = tmp_path / folder
        for name, content in files.items():
            file = place / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return place

    return make
