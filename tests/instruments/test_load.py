"""Instrument files: the shipped one is whole, a wrong one is refused with its place."""

import json
from pathlib import Path

import pytest

from mutu.errors import ReadError, SettingError
from mutu.instruments import load, read, slugs
from mutu.locale import say, use

SECOND = Path(__file__).parent / "data" / "second.json"


def test_pekppp_is_there_and_complete_in_both_languages():
    instrument = load("pekppp")
    assert "pekppp" in slugs()
    assert len(instrument.items) == 30
    assert len(instrument.aspects) == 6
    for item in instrument.items:
        assert [level.score for level in item.levels] == [0, 1, 2, 3, 4, 5]
        assert item.evidence
        assert item.sources
        for language in ("id", "en"):
            texts = [level.text.in_language(language) for level in item.levels]
            assert len(set(texts)) == 6, item.code
            assert item.name.in_language(language)


def test_cases_the_sources_do_not_decide_are_said():
    items = {item.code: item for item in load("pekppp").items}
    for code in ("9", "15", "16", "29"):
        assert "tingkat yang lebih rendah" in items[code].remark.id
        assert "lower level" in items[code].remark.en
    assert "90% dihitung tingkat 5" in items["28"].remark.id
    assert items["22"].remark.id.startswith("Sumber berbeda")
    assert "sumber sekunder" in load("pekppp").status.id
    assert "bukan IPP resmi" in load("pekppp").disclaimer.id


def test_an_unknown_instrument_is_refused_with_those_that_exist():
    with pytest.raises(SettingError, match="pekppp"):
        load("../../etc")


def test_an_instrument_is_called_like_its_folder(tmp_path, monkeypatch):
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain" / "instrument.json").write_bytes(SECOND.read_bytes())
    monkeypatch.setattr("mutu.content.find", lambda _kind: tmp_path)
    with use("id"), pytest.raises(ReadError) as caught:
        load("lain")
    assert "«uji»" in say(caught.value)
    assert "«lain»" in say(caught.value)


def spoiled(tmp_path, change):
    data = json.loads(SECOND.read_text(encoding="utf-8"))
    change(data)
    file = tmp_path / "spoiled.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(schema_version=2), ["2", "1"]),
        (lambda d: d.update(schema_version=0), ["0", "1"]),
        (lambda d: d.pop("schema_version"), ["schema_version"]),
        (lambda d: d["aspects"][1]["items"][0].pop("name"), ["aspects[1].items[0].name"]),
        (lambda d: d["aspects"][0].update(colour="red"), ["aspects[0].colour"]),
        (lambda d: d["aspects"][0].update(weight="much"), ["aspects[0].weight"]),
        (lambda d: d["aspects"][0].update(weight=60), ["aspects", "97.5", "100"]),
        (lambda d: d["aspects"][0]["items"][0]["weight"].update(panel=33), ["A.items", "panel", "99.7"]),
        (lambda d: d["aspects"][0]["items"][0]["weight"].update(other=1), ["a1", "other, panel"]),
        (lambda d: d["aspects"][0].update(weight=-1), ["aspects", "0"]),
        (lambda d: d["aspects"][0]["items"][1].update(code="a1"), ["a1", "items"]),
        (lambda d: d["aspects"][0]["items"][1]["levels"].pop(), ["a2", "1", "4"]),
        (lambda d: d["aspects"][0]["items"][0].update(sources=["X"]), ["a1", "X"]),
        (lambda d: d["categories"].reverse(), ["kategori"]),
        (lambda d: d["categories"].pop(), ["1"]),
        (lambda d: d.update(scale=[4, 1]), ["4", "1"]),
        (lambda d: d.update(aspects=[]), ["aspects"]),
        (lambda d: d["aspects"][1].update(items=[]), ["B.items"]),
        (lambda d: d.update(slug="Uji/../x"), ["slug"]),
        (lambda d: d["aspects"][0]["items"][0].update(code='a"1'), ["aspects[0].items[0].code"]),
        (lambda d: d["aspects"][0]["items"][0].update(code="a" * 21), ["aspects[0].items[0].code"]),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, change, words):
    with use("id"), pytest.raises(ReadError) as caught:
        read(spoiled(tmp_path, change))
    sentence = say(caught.value)
    assert "spoiled.json" in sentence
    assert all(word in sentence for word in words), sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"schema_version": 1,\n "slug": }', ["2", "10"]),
        (b"\xff\xfe\x00", ["UTF-8"]),
        (b"[1, 2]", ["schema_version"]),
        (b"[" * 100_000, ["terlalu dalam"]),
        (b'{"schema_version": ' + b"9" * 5000 + b"}", ["angka"]),
    ],
)
def test_a_file_that_is_no_json_is_refused(tmp_path, content, words):
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    with use("id"), pytest.raises(ReadError) as caught:
        read(file)
    assert all(word in say(caught.value) for word in words), say(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReadError, match=r"nothing\.json"):
        read(tmp_path / "nothing.json")
