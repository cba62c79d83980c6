"""The database is made, upgraded, copied and refused; every failure is a sentence."""

import os
import sqlite3
from contextlib import closing

import pytest

from mutu.errors import MissingPart, WorkspaceError
from mutu.locale import say, use
from mutu.store import Answer, database, open_store, state
from mutu.store.database import connect, upgrade, writing
from mutu.store.tables import metadata


@pytest.fixture
def path(tmp_path):
    return tmp_path / "mutu.sqlite"


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


def make_version_1(path):
    """A store as version 1 made it: its own migration, then rows written as it wrote them."""
    engine = connect(path)
    with writing(engine) as connection:
        upgrade(connection, "1")
        moment = "2026-01-02 03:04:05.000006"
        connection.exec_driver_sql(
            "INSERT INTO assessment VALUES ('t1', 'pekppp', '1', 'lama', ?, ?)", (moment, moment)
        )
        connection.exec_driver_sql("INSERT INTO answer VALUES ('t1', '4', 3, 'catatan', 'bukti', ?)", (moment,))
    engine.dispose()


def test_version_1_is_upgraded_and_keeps_its_answers(path):
    make_version_1(path)
    with open_store(path) as store:
        record = store.get("t1")
        assert record.weights == ""
        assert (record.label, record.answers["4"].score, record.answers["4"].note) == ("lama", 3, "catatan")
        assert record.created.isoformat() == "2026-01-02T03:04:05.000006+00:00"
        store.settings("t1", weights="equal")
        store.save("t1", "5", score=1)
        assert store.get("t1").weights == "equal"
    assert version(path) == "2"


def test_the_migrations_lead_to_the_tables_the_code_uses(path):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    open_store(path).close()
    engine = connect(path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_an_upgrade_that_fails_changes_nothing(path, monkeypatch):
    make_version_1(path)
    before = sqlite3.connect(path).execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()

    def fail_after(connection):
        upgrade(connection)
        raise RuntimeError("cut off")

    monkeypatch.setattr(database, "upgrade", fail_after)
    with pytest.raises(RuntimeError):
        open_store(path)
    assert sqlite3.connect(path).execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall() == before
    assert version(path) == "1"
    monkeypatch.undo()
    with open_store(path) as store:
        assert store.get("t1").answers["4"].score == 3


def test_a_newer_store_is_refused_and_left_alone(path):
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '99'")
    with use("id"), pytest.raises(WorkspaceError) as caught:
        open_store(path)
    assert "mutu yang lebih baru" in say(caught.value)
    assert version(path) == "99"


def test_how_a_store_stands_is_said_without_changing_it(path):
    assert state(path) == "new"
    assert not path.exists()
    make_version_1(path)
    assert state(path) == "older"
    assert version(path) == "1"
    open_store(path).close()
    assert state(path) == "current"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '99'")
        connection.commit()
    assert state(path) == "newer"


def test_acknowledged_saves_are_synced(path):
    open_store(path).close()
    engine = connect(path)
    with engine.connect() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000
    engine.dispose()


def test_a_file_that_is_no_database_is_refused(path):
    path.write_bytes(b"PK\x03\x04 this is a zip, not a database" * 100)
    with pytest.raises(WorkspaceError, match="is not a store of mutu"):
        open_store(path)
    assert path.read_bytes().startswith(b"PK")


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(WorkspaceError, match="Check that the folder exists"):
        open_store(tmp_path / "nothing" / "mutu.sqlite")


def test_a_store_held_by_another_writer_is_refused_after_a_wait(path, monkeypatch):
    open_store(path).close()
    monkeypatch.setattr(database, "_PATIENCE", 0.2)
    holder = sqlite3.connect(path)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceError, match="is busy"):
        open_store(path)
    holder.rollback()
    open_store(path).close()


def test_traces_left_by_an_interrupted_deletion_are_wiped_at_the_next_start(path, monkeypatch, tmp_path):
    monkeypatch.setattr(database, "_PATIENCE", 0.2)
    store = open_store(path)
    token = store.create("pekppp", "1")
    store.save(token, "1", note="RAHASIA " * 400)
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM answer").fetchone()
    with pytest.raises(WorkspaceError, match="next time"):
        store.delete(token)
    assert store.all() == []
    reader.close()
    store.close()
    open_store(path).close()
    assert b"RAHASIA" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (0,)


def test_an_address_that_cannot_be_read_or_has_no_driver_is_refused():
    with pytest.raises(WorkspaceError, match="cannot be read"):
        open_store("://")
    with pytest.raises(MissingPart, match="driver"):
        open_store("nosuchbase://host/name")


@pytest.mark.skipif("MUTU_TEST_POSTGRES" not in os.environ, reason="MUTU_TEST_POSTGRES names no database")
def test_postgresql_keeps_the_same_promises():
    with open_store(os.environ["MUTU_TEST_POSTGRES"]) as store, open_store(os.environ["MUTU_TEST_POSTGRES"]) as other:
        token = store.create("pekppp", "1", "nama")
        saved = store.save(token, "1", score=4, note="a")
        other.save(token, "1", evidence="b")
        record = store.get(token)
        assert (record.answers["1"].score, record.answers["1"].note, record.answers["1"].evidence) == (4, "a", "b")
        assert record.answers["1"].changed >= saved
        assert record.answers == {"1": Answer(4, "a", "b", record.answers["1"].changed)}
        assert [line.answered for line in store.all() if line.token == token] == [1]
        store.delete(token)
        assert token not in [line.token for line in other.all()]
