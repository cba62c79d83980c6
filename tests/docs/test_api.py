"""docs/api shows every public name with an example that runs, and is no older than the docstrings."""

import doctest
import re

import api
import pytest
from measures_kit import HOUSES

WRITE = "older than the docstrings: run `pytest tests/docs/test_api.py --write-validation`"
NAMES = [name for house in api.HOUSES for name in api.names(house)]


def _id(name):
    return f"{name.house}.{name.name}"


@pytest.fixture(scope="module")
def pages():
    """What the pages should say."""
    return api.pages()


def test_the_pages_are_no_older_than_the_docstrings(pages, request):
    if request.config.getoption("--write-validation"):
        api.write()
    there = {path.name: path.read_text(encoding="utf-8") for path in api.FOLDER.iterdir()}
    assert there.keys() == pages.keys(), WRITE
    assert [file for file, text in pages.items() if there[file] != text] == [], WRITE


def test_every_measure_has_a_page():
    assert set(HOUSES) == api.HOUSES.keys() - {"responses"}


@pytest.mark.parametrize("name", [name for name in NAMES if name.is_function], ids=_id)
def test_a_function_is_documented(name):
    doc = name.doc
    assert doc.first.endswith((".", ":"))
    assert ">>>" in doc.sections["Examples"]
    needed = api.parameters(name.found)
    said = ", ".join(entry for entry, _text in doc.entries("Parameters") + doc.entries("Parameters, Raises"))
    given = {word.strip() for word in said.split(",")}
    assert [each for each in needed if each not in given] == [] or "Parameters, Raises" in doc.sections


@pytest.mark.parametrize("name", NAMES, ids=_id)
def test_a_name_is_explained_and_its_example_runs_as_it_stands_on_the_page(name, pages):
    assert name.doc.first
    example = name.example
    assert f"```pycon\n{example}\n```" in pages[f"{name.house}.md"]
    test = doctest.DocTestParser().get_doctest(example + "\n", {}, name.name, None, 0)
    assert test.examples
    said = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert not said, "".join(said)


def test_the_links_of_the_index_lead_somewhere(pages):
    links = re.findall(r"\]\((\w+\.md)#([\w-]+)\)", pages["README.md"])
    assert len(links) == len(set(links)) == len(NAMES)
    for file, anchor in links:
        name, _, again = anchor.partition("-")
        headings = re.findall(rf"^## {name}$", pages[file], re.MULTILINE | re.IGNORECASE)
        assert len(headings) > int(again or 0), (file, anchor)
