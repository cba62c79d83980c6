"""The store keeps what it acknowledged, item by item, and forgets for good what is deleted."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutu.errors import InputError
from mutu.locale import say, use
from mutu.store import LIMITS, Answer, Record, open_store

WRITER = Path(__file__).parent / "writer.py"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mutu.sqlite"


@pytest.fixture
def store(path):
    with open_store(path) as opened:
        yield opened


def test_a_token_cannot_be_guessed(store):
    tokens = {store.create("pekppp", "1") for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) >= 32 for token in tokens)  # 24 random bytes


def test_what_is_saved_is_read_again(store):
    token = store.create("pekppp", "2025.1", "PEKPPP 2026")
    before = datetime.now(UTC)
    saved = store.save(token, "1", score=4, note="Catatan «baru»\n=1+1", evidence="SK 12/2026")
    record = store.get(token)
    assert (record.slug, record.version, record.label, record.weights) == ("pekppp", "2025.1", "PEKPPP 2026", "")
    assert record.answers == {"1": Answer(4, "Catatan «baru»\n=1+1", "SK 12/2026", saved)}
    assert record.changed == saved
    assert before - timedelta(seconds=1) < record.created <= saved
    assert record.scores == {"1": 4}


def test_a_save_leaves_the_other_fields_of_its_item(store):
    token = store.create("pekppp", "1")
    store.save(token, "1", note="tetap")
    store.save(token, "1", score=3)
    store.save(token, "1", evidence="foto")
    assert store.get(token).answers["1"].note == "tetap"
    store.save(token, "1", score=None)
    answer = store.get(token).answers["1"]
    assert (answer.score, answer.note, answer.evidence) == (None, "tetap", "foto")


def test_two_pages_of_one_assessment_do_not_overwrite_each_others_items(path):
    with open_store(path) as first, open_store(path) as second:
        token = first.create("pekppp", "1")
        first.get(token), second.get(token)
        first.save(token, "1", score=1)
        second.save(token, "2", score=2)
        first.save(token, "3", note="dari halaman pertama")
        second.save(token, "3", score=5)
        answers = first.get(token).answers
    assert {code: answer.score for code, answer in answers.items()} == {"1": 1, "2": 2, "3": 5}
    assert answers["3"].note == "dari halaman pertama"


def test_many_pages_save_at_once(path):
    with open_store(path) as store:
        token = store.create("pekppp", "1")
        failures = []

        def work(name):
            try:
                with open_store(path) as own:
                    for number in range(15):
                        own.save(token, f"{name}-{number}", score=number % 6)
                        own.save(token, "bersama", note=f"{name}-{number}")
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not failures
        assert len(store.get(token).answers) == 61


def test_settings_are_kept(store):
    token = store.create("pekppp", "1")
    moment = store.settings(token, weights="equal")
    store.settings(token, label="Nama lain")
    record = store.get(token)
    assert (record.label, record.weights) == ("Nama lain", "equal")
    assert record.changed >= moment


def test_the_list_shows_the_last_changed_first(store):
    old = store.create("pekppp", "1", "lama")
    new = store.create("pekppp", "1", "baru")
    store.save(new, "1", score=0)
    store.save(new, "2", note="tanpa nilai")
    assert [(line.token, line.label, line.answered) for line in store.all()] == [(new, "baru", 1), (old, "lama", 0)]
    store.save(old, "1", score=3)
    assert [line.token for line in store.all()] == [old, new]


@pytest.mark.parametrize("act", ["get", "save", "settings", "delete"])
def test_an_unknown_token_is_refused_with_a_sentence(store, act):
    for token in ("tidak-ada", "", "' OR 1=1 --"):
        arguments = {"get": {}, "delete": {}, "save": {"code": "1", "score": 1}, "settings": {"label": "x"}}[act]
        with pytest.raises(InputError, match="no assessment behind this link"):
            getattr(store, act)(token, **arguments)
    assert store.all() == []


@pytest.mark.parametrize("name", ["note", "evidence"])
def test_a_text_that_is_too_long_is_refused_whole(store, name):
    token = store.create("pekppp", "1")
    longest = "x" * LIMITS[name]
    store.save(token, "7", **{name: longest})
    with use("id"), pytest.raises(InputError) as caught:
        store.save(token, "7", **{name: longest + "x"})
    assert "butir 7" in say(caught.value)
    assert str(LIMITS[name] + 1) in say(caught.value)
    assert getattr(store.get(token).answers["7"], name) == longest
    with pytest.raises(InputError, match="201 characters"):
        store.settings(token, label="x" * 201)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_a_character_no_database_keeps_is_refused(store, text):
    token = store.create("pekppp", "1")
    with pytest.raises(InputError, match="character that cannot be kept"):
        store.save(token, "1", note=text)
    assert store.get(token).answers == {}


def test_a_loaded_record_becomes_a_new_assessment(store):
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    record = Record("pekppp", "1", "lama", "equal", moment, moment, {"1": Answer(3, "n", "e", moment)})
    token = store.add(record)
    kept = store.get(token)
    assert kept.answers == record.answers
    assert (kept.created, kept.weights) == (moment, "equal")
    with pytest.raises(InputError):
        store.add(Record("pekppp", "1", answers={"1": Answer(note="x" * 5000)}))
    assert len(store.all()) == 1


texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=60)


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.text("abc123", min_size=1, max_size=5), st.tuples(st.none() | st.integers(0, 5), texts, texts))
)
def test_any_text_comes_back_as_it_was_given(tmp_path_factory, answers):
    path = tmp_path_factory.getbasetemp() / "any.sqlite"
    with open_store(path) as store:
        token = store.create("pekppp", "1")
        for code, (score, note, evidence) in answers.items():
            store.save(token, code, score=score, note=note, evidence=evidence)
        kept = store.get(token).answers
    assert {code: (answer.score, answer.note, answer.evidence) for code, answer in kept.items()} == answers


def test_what_is_deleted_leaves_no_trace_in_the_files(path, tmp_path):
    with open_store(path) as store, open_store(path) as other_page:
        kept = store.create("pekppp", "1", "TETAP-DISIMPAN")
        gone = store.create("pekppp", "1", "RAHASIA-NAMA")
        for number in range(1, 31):
            store.save(gone, str(number), note="RAHASIA-CATATAN " * 200, evidence="RAHASIA-BUKTI")
            other_page.save(kept, str(number), note="TETAP-CATATAN " * 50)
        store.save(gone, "1", note="pendek")  # what was overwritten must go too
        store.delete(gone)
        files = sorted(tmp_path.iterdir())
        content = b"".join(file.read_bytes() for file in files)
        assert path in files
        assert b"TETAP-CATATAN" in content
        assert b"RAHASIA" not in content
        assert gone.encode() not in content
        assert [line.token for line in other_page.all()] == [kept]
        with pytest.raises(InputError):
            store.get(gone)


def test_a_killed_process_loses_nothing_it_acknowledged(path):
    with open_store(path) as store:
        token = store.create("pekppp", "1")
    acknowledged = {}
    for name, enough in (("a", 30), ("b", 5), ("c", 60)):
        process = subprocess.Popen(
            [sys.executable, WRITER, path, token, name], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        try:
            for _ in range(enough):
                code, number = process.stdout.readline().split()
                acknowledged[code] = int(number)
        finally:
            process.kill()
        rest, _ = process.communicate(timeout=30)
        for line in rest.splitlines(keepends=True):
            if line.endswith("\n"):
                code, number = line.split()
                acknowledged[code] = int(number)
    assert len(acknowledged) >= 7 + 5 + 7
    with open_store(path) as store:
        answers = store.get(token).answers
    for code, number in acknowledged.items():
        kept = int(answers[code].note.removeprefix("catatan "))
        # the one save that was on its way when the process died may have arrived without its acknowledgement
        assert kept in (number, number + 7)
        assert answers[code].score == kept % 6
