"""An honest submission is sanitised as nbgrader does it, and so are the changed ones its preprocessors can take."""

from __future__ import annotations

import json

import nbformat
import pytest
from mend_kit import NBGRADER_FILES, answered, assignment, id_of, opened, skm_source
from nbgrader.nbgraderformat import MetadataValidator

from mutu.course.grade.mend import checksum, mend, read

APPS, PREPROCESSORS = "apps/files", "preprocessors/files"
SOURCES = [
    *(f"{APPS}/{name}.ipynb" for name in (
        "submitted-unchanged", "autotest-simple-unchanged", "autotest-hashed-unchanged", "autotest-multi-unchanged",
        "autotest-hidden-unchanged", "test", "test-hidden-tests", "test-with-output", "timeout",
        "validation-zero-points", "open_relative_file", "validating-environment-variable",
    )),
    *(f"{PREPROCESSORS}/{name}.ipynb" for name in (
        "submitted-unchanged", "test", "test_taskcell", "manually-graded-code-cell", "cell-type-changed",
        "no-cell-type", "infinite-recursion", "long-output",
    )),
]  # fmt: skip
CHANGED = [
    (APPS, "submitted-unchanged", (
        "submitted-changed", "submitted-cheat-attempt", "submitted-cheat-attempt-alternative",
        "submitted-grade-cell-changed", "submitted-locked-cell-changed",
    )),
    (PREPROCESSORS, "submitted-unchanged", (
        "submitted-changed", "submitted-answer-cell-type-changed", "submitted-grade-cell-type-changed",
        "submitted-grade-cell-changed", "submitted-locked-cell-changed",
    )),
    (APPS, "autotest-simple-unchanged", ("autotest-simple-changed",)),
    (APPS, "autotest-hashed-unchanged", ("autotest-hashed-changed",)),
    (APPS, "autotest-multi-unchanged", ("autotest-multi-changed",)),
    (APPS, "autotest-hidden-unchanged", ("autotest-hidden-changed-right", "autotest-hidden-changed-wrong")),
]  # fmt: skip


def through(submission: dict, truth) -> tuple[dict, list[str]]:
    """The mended notebook and the codes of what was said, of a submission read from its bytes."""
    found = read(json.dumps(submission).encode())
    done = mend(found.notebook, truth)
    nbformat.validate(done.notebook)
    return done.notebook, [note.code for note in (*found.mended, *done.mended, *done.questions)]


def cells(notebook: dict) -> list[dict]:
    """Its cells without their own ids, which old formats do not have, and without what was kept of locked ones."""
    return [
        {key: value for key, value in cell.items() if key != "id"}
        for cell in notebook["cells"]
        if "kept" not in cell["metadata"].get("mutu", {})
    ]


def same(made, submission: dict, *, with_release: bool = True) -> list[str]:
    notebook, said = through(submission, made.truth(with_release=with_release))
    wanted = made.sanitised(submission)
    assert cells(notebook) == cells(wanted)
    assert notebook["metadata"] == wanted["metadata"]
    return said


@pytest.mark.parametrize("language", ["id", "en"])
def test_our_module_is_sanitised_as_nbgrader_does(language, tmp_path):
    honest(assignment(skm_source(language), tmp_path))


@pytest.mark.parametrize("file", SOURCES)
def test_nbgraders_own_notebooks_are_sanitised_as_nbgrader_does(file, tmp_path):
    honest(assignment(opened(NBGRADER_FILES / file), tmp_path))


def honest(made) -> None:
    """Answered and untouched, with the released notebook and with the gradebook alone: the same, and nothing said."""
    for submission in (answered(made), made.release):
        for with_release in (True, False):
            assert same(made, submission, with_release=with_release) == []


@pytest.mark.parametrize(("folder", "source", "changed"), CHANGED, ids=lambda value: str(value)[:40])
def test_nbgraders_own_changed_submissions_end_as_with_nbgrader(folder, source, changed, tmp_path):
    made = assignment(opened(NBGRADER_FILES / folder / f"{source}.ipynb"), tmp_path)
    for name in changed:
        submission = opened(NBGRADER_FILES / folder / f"{name}.ipynb")
        if name.endswith("type-changed"):  # nbgrader validates a cell it retypes, and needs ids for that
            for number, cell in enumerate(submission["cells"]):
                cell["id"] = f"c{number}"
                cell["metadata"].pop("collapsed", None)  # which nbgrader takes from code only
        said = same(made, submission)
        assert bool(said) == any(word in name for word in ("grade-cell", "locked-cell", "type")), name


@pytest.mark.parametrize("version", ["v0", "v1", "v2"])
def test_marks_of_an_older_nbgrader_are_upgraded_as_nbgrader_does(version, tmp_path):
    old = opened(NBGRADER_FILES / APPS / f"test-{version}.ipynb")
    now = MetadataValidator().upgrade_notebook_metadata(nbformat.from_dict(old))
    made = assignment(json.loads(json.dumps(now)), tmp_path)
    submission = answered(made)
    known = {id_of(cell): cell["metadata"]["nbgrader"] for cell in old["cells"] if id_of(cell)}
    for cell in submission["cells"]:
        if id_of(cell) in known:
            cell["metadata"]["nbgrader"] = known[id_of(cell)]
    notebook, said = through(submission, made.truth())
    upgraded = made.sanitised(MetadataValidator().upgrade_notebook_metadata(nbformat.from_dict(answered(made))))
    assert [cell["source"] for cell in notebook["cells"]] == [cell["source"] for cell in upgraded["cells"]]
    assert [marks(cell) for cell in notebook["cells"]] == [marks(cell) for cell in upgraded["cells"]]
    assert said == ["schema"]


def marks(cell: dict) -> dict:
    return cell["metadata"].get("nbgrader", {})


def test_checksums_are_nbgraders(tmp_path):
    made = assignment(skm_source(), tmp_path)
    for cell in made.release["cells"]:
        role = cell["metadata"].get("nbgrader")
        if role:
            assert checksum(cell["source"], role, cell["cell_type"]) == role["checksum"]


def test_the_mended_notebook_passes_nbgraders_own_check(tmp_path):
    made = assignment(skm_source(), tmp_path)
    submission = answered(made)
    submission["cells"][7]["metadata"]["nbgrader"] |= {"grade_id": "lain", "points": 100, "schema_version": 9}
    submission["cells"][9]["metadata"]["nbgrader"] = {}
    submission["cells"].append(dict(submission["cells"][10]))
    notebook, _said = through(submission, made.truth())
    MetadataValidator().validate_nb(nbformat.from_dict(notebook))
