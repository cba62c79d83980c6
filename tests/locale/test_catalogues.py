"""Every text for people has an Indonesian translation, once, with the same fields."""

import os
import re
from collections import defaultdict
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import mutu.locale
from mutu.locale import _, ngettext, say, use
from mutu.locale.compiled import build, compiled

PACKAGE = Path(mutu.locale.__file__).parents[1]
CATALOGUES = sorted((PACKAGE / "locale" / "id").glob("*.po"))
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


def texts_of_the_code():
    """Every marked text of modules and page templates -> where it stands; the text of a plural is its pair."""
    found = defaultdict(list)
    for pattern, method in (("*.py", "python"), ("*.j2", babel_extract), ("*.html", babel_extract)):
        for path in sorted(PACKAGE.rglob(pattern)):
            # a template that does not parse must not pass as one without texts
            marked = extract_from_file(method, path, keywords=KEYWORDS, options={"silent": "false"})
            for line, text, _comments, _context in marked:
                found[text].append(f"{path.relative_to(PACKAGE)}:{line}")
    return dict(found)


def entries_of_the_catalogues():
    """Every translated text -> [(catalogue, entry)]; the head of a catalogue is no entry."""
    found = defaultdict(list)
    for path in CATALOGUES:
        with path.open("rb") as text:
            for entry in read_po(text, locale="id", abort_invalid=True):
                if entry.id:
                    found[tuple(entry.id) if isinstance(entry.id, list | tuple) else entry.id].append(
                        (path.name, entry)
                    )
    return dict(found)


CODE = texts_of_the_code()
ENTRIES = entries_of_the_catalogues()


def fields(text):
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}


def parts(text):
    return list(text) if isinstance(text, list | tuple) else [text]


def test_there_are_texts_and_catalogues_to_check():
    assert len(CODE) > 50
    assert len(CATALOGUES) >= 3


def test_every_text_of_the_code_is_translated():
    missing = {text: places for text, places in CODE.items() if text not in ENTRIES}
    assert missing == {}, "add these to locale/id/<room>.po"


def test_no_translation_is_empty_or_uncertain():
    unfinished = [
        (catalogue, text)
        for text, found in ENTRIES.items()
        for catalogue, entry in found
        if entry.fuzzy or not all(part.strip() for part in parts(entry.string))
    ]
    assert unfinished == []


def test_no_catalogue_keeps_a_text_that_the_code_no_longer_has():
    stale = [(found[0][0], text) for text, found in ENTRIES.items() if text not in CODE]
    assert stale == []


def test_every_text_is_translated_in_one_place_only():
    twice = {text: [name for name, _entry in found] for text, found in ENTRIES.items() if len(found) > 1}
    assert twice == {}, "a text that several rooms say stands in common.po only"


def test_no_catalogue_has_a_text_twice():
    # read_po would merge them silently, so the text of the file is counted
    twice = []
    for path in CATALOGUES:
        ids = re.findall(r'^msgid ((?:".*"\n?)+)', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        plain = ["".join(re.findall(r'"(.*)"', text)) for text in ids]
        twice += [(path.name, text) for text in set(plain) if plain.count(text) > 1]
    assert twice == []


def test_a_translation_has_the_fields_of_its_text():
    different = []
    for text, found in ENTRIES.items():
        wanted = set().union(*(fields(part) for part in parts(text)))
        for catalogue, entry in found:
            different += [(catalogue, text, part) for part in parts(entry.string) if fields(part) != wanted]
    assert different == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_compiles_and_says_what_it_is(path):
    with path.open("rb") as text:
        catalogue = read_po(text, abort_invalid=True)
    assert str(catalogue.locale) == "id"
    assert catalogue.charset == "utf-8"
    texts = GNUTranslations(BytesIO(compiled(path)))
    assert [texts.gettext(str(entry.id)) for entry in catalogue if entry.id and not entry.pluralizable] == [
        entry.string for entry in catalogue if entry.id and not entry.pluralizable
    ]


def test_a_catalogue_built_from_an_earlier_text_is_not_used_whatever_the_clock_says(tmp_path):
    source = tmp_path / "id" / "room.po"
    source.parent.mkdir()
    entry = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "one row"\nmsgstr "{}"\n'
    for said in ("satu baris", "sebuah baris"):
        source.write_text(entry.format(said), encoding="utf-8")
        os.utime(source, (0, 0))  # older than anything built, as a file of an archive may be
        assert GNUTranslations(BytesIO(compiled(source))).gettext("one row") == said
        build(source)
        (built,) = source.parent.glob("*.mo")
        assert compiled(source) == built.read_bytes()


def test_a_text_is_said_in_the_language_in_use():
    for language, expected in (("id", "tidak diketahui"), ("en", "unknown")):
        with use(language):
            assert _("unknown") == expected


def test_an_error_is_said_in_the_language_in_use_with_its_fields():
    from mutu.errors import InputError
    from mutu.regulations import skm

    with pytest.raises(InputError) as caught:
        skm().element("U10")
    with use("id"):
        assert say(caught.value).startswith("Unsur «U10» tidak ada")
    with use("en"):
        assert say(caught.value).startswith("There is no element «U10»")


def test_an_unknown_text_and_its_plural_come_back_as_they_are():
    with use("id"):
        assert _("no such text anywhere") == "no such text anywhere"
    with use("en"):
        assert (ngettext("one row", "rows", 1), ngettext("one row", "rows", 2)) == ("one row", "rows")
