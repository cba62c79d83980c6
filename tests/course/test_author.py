"""A module's text becomes notebooks: parsed, translated, numbered, built, read."""

from __future__ import annotations

import json

import nbformat
import pytest

from mutu.course import author
from mutu.course.author import prose, translate
from mutu.course.author.parse import Cell, parse
from mutu.errors import InputError, MissingPart, ReadError
from mutu.locale import use


def again(module):
    """The module as it is read anew from its files."""
    return author.find(module.slug, module.path.parent)


def test_a_cell_without_its_points_is_named():
    with pytest.raises(ReadError, match=r"test cell that begins «periksa\(a\)» has no points"):
        parse('# %% kind="test" id="tes-a"\nperiksa(a)\n', "x.py")


def test_two_cells_with_one_id_are_refused():
    twice = '# %% kind="answer" id="a"\n1\n\n# %% kind="answer" id="a"\n2\n'
    with pytest.raises(ReadError, match="two cells have the id «a»"):
        parse(twice, "x.py")


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(ReadError, match=r"«tets» is unknown.*quiz.*reflection"):
        parse('# %% kind="tets" id="a"\n1\n', "x.py")


def test_every_paragraph_comment_and_marked_string_is_a_text(small):
    assert small.texts() == [
        "# Pelajaran kecil",
        "Jumlahnya {{jumlah}} dan rata-ratanya {{rata|1}}.",
        "tiga orang",
        "Judul gambar",
        "id",
        "Kalikan dua.",
        "Jawaban acuan.",
    ]


def test_formulas_rules_and_marks_of_nbgrader_need_no_translation():
    cells = [
        Cell("markdown", "$$\\text{IKM} = 25 x$$\n\n---\n\n12,5"),
        Cell("code", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
    ]
    assert translate.texts(cells) == []


def test_a_long_message_is_broken_into_lines_a_phone_shows():
    code = 'periksa(\n    nrr,\n    mistakes=[(2, _("pendek"))],\n    otherwise=_("pendek juga"),\n)'
    said = {"pendek": "word " * 30, "pendek juga": "other " * 30}
    (cell,) = translate.translated([Cell("code", code)], said)
    assert max(map(len, cell.source.splitlines())) <= 79
    names: dict = {"nrr": None}
    names["periksa"] = lambda *args, **kw: names.update(kw)
    exec(cell.source, names)  # noqa: S102  code written above
    assert (names["mistakes"], names["otherwise"]) == ([(2, said["pendek"])], said["pendek juga"])


def test_quotation_marks_and_backslashes_survive_translation():
    (cell,) = translate.translated([Cell("code", 'x = _("a")')], {"a": 'a "quoted" \\ word\nline'})
    names: dict = {}
    exec(cell.source, names)  # noqa: S102  code written above
    assert names["x"] == 'a "quoted" \\ word\nline'


def test_a_missing_translation_fails_the_build_and_names_the_text(small):
    source = small.path / "lesson.py"
    source.write_text(source.read_text() + "\n# %% [markdown]\n# Kalimat yang baru sama sekali.\n")
    with pytest.raises(InputError, match=r"No English yet for «Kalimat yang baru sama sekali\.»"), use("en"):
        author.build([again(small)])


def test_a_translation_older_than_its_text_is_told_from_a_missing_one(small):
    source = small.path / "lesson.py"
    source.write_text(source.read_text().replace("tiga orang", "tiga orang saja"))
    with use("en"):
        found = translate.problems(again(small).texts(), again(small).catalogue)
    assert found == ["The English is older than its text: «tiga orang saja» used to be «tiga orang»."]


def test_a_translation_that_loses_a_number_is_found(small):
    said = small.catalogue | {"Jumlahnya {{jumlah}} dan rata-ratanya {{rata|1}}.": "The sum is {{jumlah}}."}
    with use("en"):
        assert "other numbers" in translate.problems(small.texts(), said)[0]


def test_a_left_over_translation_is_found(small):
    with use("en"):
        assert translate.problems(small.texts(), small.catalogue | {"Sudah tidak ada di mana pun": "gone"}) == [
            "The English of «Sudah tidak ada di mana pun» has no text any more; delete it."
        ]


def test_the_updated_catalogue_marks_changed_texts_as_uncertain(small):
    source = small.path / "lesson.py"
    source.write_text(source.read_text().replace("tiga orang", "tiga orang saja"))
    assert author.update_catalogue(again(small)) == ["tiga orang saja"]
    assert '#, fuzzy\nmsgid "tiga orang saja"\nmsgstr "three people"' in (small.path / "en.po").read_text()


def _notebook(module, kind, name):
    return nbformat.read(author.built(module.path.parent) / kind / name, as_version=4)


@pytest.fixture
def made(small):
    author.build([small])
    return small


def test_numbers_in_the_prose_come_from_the_code_in_the_language_of_the_reader(made):
    indonesian = _notebook(made, "lessons", "01-kecil/kecil.ipynb")
    english = _notebook(made, "lessons", "01-kecil/kecil-en.ipynb")
    assert indonesian.cells[0].source.endswith("Jumlahnya 9 dan rata-ratanya 3,0.")
    assert english.cells[0].source.endswith("The sum is 9 and the mean 3.0.")


def test_both_languages_come_from_one_code(made):
    indonesian = _notebook(made, "lessons", "01-kecil/kecil.ipynb").cells[1].source
    english = _notebook(made, "lessons", "01-kecil/kecil-en.ipynb").cells[1].source
    assert english == indonesian.replace("tiga orang", "three people").replace("Judul gambar", "Title of the figure")


def test_facts_are_checked_and_left_out(made):
    assert len(_notebook(made, "lessons", "01-kecil/kecil.ipynb").cells) == 2
    lesson = made.path / "lesson.py"
    lesson.write_text(lesson.read_text().replace("jumlah == 9", "jumlah == 10"))
    with pytest.raises(InputError, match=r"cell 2 .*AssertionError"):
        author.build([again(made)])


def test_solutions_and_hidden_tests_are_in_the_source_and_not_in_the_release(made):
    source = json.dumps(_notebook(made, "source", "kecil/kecil.ipynb"))
    release = json.dumps(_notebook(made, "release", "kecil/kecil.ipynb"))
    for secret in ("2 * nilai", "Kalikan dua", "Jawaban acuan", "HIDDEN TESTS"):
        assert secret in source
        assert secret not in release
    assert "NotImplementedError" in release


def test_grade_ids_and_points_are_the_same_in_both_languages(made):
    roles = [
        [dict(cell.metadata.nbgrader) for cell in _notebook(made, "source", f"{name}/{name}.ipynb").cells]
        for name in ("kecil", "kecil-en")
    ]
    assert roles[0] == roles[1]


def test_an_unchanged_module_is_not_built_again_and_a_changed_one_is(made):
    assert [done.written for done in author.build([again(made)])] == [False]
    source = made.path / "exercise.py"
    source.write_text(source.read_text().replace("2, expect=4", "3, expect=6"))
    assert author.is_stale(again(made))


def test_building_twice_gives_the_same_bytes(made):
    out = author.built(made.path.parent)
    first = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
    author.build([again(made)], force=True)
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == first


def test_a_failed_build_leaves_the_old_one(made):
    lesson = made.path / "lesson.py"
    lesson.write_text(lesson.read_text().replace("sum(jawaban)", "summ(jawaban)"))
    with pytest.raises(InputError, match="NameError"):
        author.build([again(made)])
    assert _notebook(made, "lessons", "01-kecil/kecil.ipynb").cells[1].source.count("sum(jawaban)") == 1
    assert not list(author.built(made.path.parent).glob(".new-*"))


def test_a_module_is_found_by_folder_number_and_slug(small):
    courses = small.path.parent
    assert {author.find(name, courses).name for name in ("01-kecil", "01", "1", "kecil")} == {"01-kecil"}
    with pytest.raises(InputError, match=r"no module «99».*01-kecil"):
        author.find("99", courses)


def test_without_sources_the_sentence_says_where_they_are(tmp_path):
    with pytest.raises(MissingPart, match="checkout"):
        author.find("02", tmp_path)


def test_long_sentences_and_cells_are_found():
    cells = [
        Cell("markdown", "Pendek saja. " + "kata " * 25 + "akhir."),
        Cell("code", "\n".join(f"x{n} = {n}" for n in range(13))),
    ]
    with use("en"):
        found = prose.problems(cells, "x.py")
    assert [said.split(",")[0] for said in found] == [
        "x.py: a sentence has 26 words",
        "x.py: the cell «x0 = 0» has 13 lines",
    ]


def test_tables_formulas_and_code_are_no_sentences():
    text = "| " + "sel " * 30 + "|\n\n```\n" + "perintah " * 30 + "\n```\n\nSatu kalimat."
    assert list(prose.sentences(text)) == ["Satu kalimat"]
