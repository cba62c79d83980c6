"""The database behind the store: how it is opened, brought up to date, copied and wiped."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from mutu.errors import N_, MissingPart, WorkspaceError

_MIGRATIONS = Path(__file__).parent / "migrations"
_PATIENCE = 10  # seconds a writer waits for another one
_ADVISORY = 0x6D757475  # "mutu": one process at a time migrates a PostgreSQL database

State = Literal["new", "older", "current", "newer"]


def address(url_or_path: str | Path) -> URL:
    """The URL of a database; anything without «://» is the path of an SQLite file.

    Raises
    ------
    WorkspaceError : the URL cannot be read
    """
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return URL.create("sqlite", database=str(Path(url_or_path).absolute()))
    try:
        url = make_url(url_or_path)
    except ArgumentError:
        raise WorkspaceError(
            N_("The address of the database cannot be read. Write postgresql://user@host/name.")
        ) from None
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def connect(url_or_path: str | Path) -> Engine:
    """An engine whose transactions begin when we say so, and whose SQLite commits survive a power cut.

    Raises
    ------
    MissingPart : the driver of the database is not installed
    """
    url = address(url_or_path)
    if _is_sqlite(url) and url.database:
        _for_the_owner(Path(url.database))
    try:
        engine = create_engine(url, **({"connect_args": {"timeout": _PATIENCE}} if _is_sqlite(url) else {}))
    except (ModuleNotFoundError, NoSuchModuleError):
        raise MissingPart(
            N_("The driver for {kind} is not installed. Install it with: pip install psycopg[binary]"),
            kind=url.drivername,
        ) from None
    if _is_sqlite(url):
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _for_the_owner(file: Path) -> None:
    """Make the file readable for its owner alone, since whoever reads it has every link; SQLite's side files follow."""
    with suppress(OSError):  # what is wrong with the place is said when the database is opened
        file.touch(mode=0o600)
        file.chmod(0o600)


def _set_up(connection: Any, _record: Any) -> None:
    """FULL: a commit in the write-ahead log is synced before it returns; secure_delete: freed pages are zeroed."""
    connection.isolation_level = None  # sqlite3 begins no transaction by itself; _begin does
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: one that reads first and writes later cannot wait for another writer."""
    connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("begin", "DEFERRED"))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; committed when the block ends, rolled back when it fails."""
    with (
        _in_a_sentence(engine),
        engine.connect().execution_options(begin="IMMEDIATE") as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, all of it at one moment."""
    with _in_a_sentence(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def _in_a_sentence(engine: Engine) -> Iterator[None]:
    """What the database says becomes a sentence for people."""
    try:
        yield
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
        place = engine.url.database or engine.url.render_as_string()
        if "locked" in reason:
            template = N_("The store {place} is busy. Wait a moment and try again.")
        elif "not a database" in reason or "malformed" in reason:
            template = N_("The file {place} is not a store of mutu or is damaged. Put back a backup with mutu restore.")
        elif "full" in reason:
            template = N_("There is no space left for the store {place}. Free some space and try again.")
        else:
            template = N_(
                "The store {place} cannot be used ({reason}). Check that the folder exists and can be written."
            )
        raise WorkspaceError(template, place=place, reason=reason) from error


def migrate(engine: Engine) -> None:
    """Bring the database to the newest version, all or nothing; wipe what an interrupted deletion left.

    Raises
    ------
    WorkspaceError : it was written by a newer mutu, or cannot be used
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY})
        found = _state(connection)
        if found == "newer":
            raise WorkspaceError(
                N_("The store {place} was written by a newer mutu. Update mutu, or use the version that wrote it."),
                place=engine.url.database,
            )
        if found != "current":
            upgrade(connection)
    if _must_be_wiped(engine):
        wipe(engine)


def upgrade(connection: Connection, target: str = "head") -> None:
    """Run the migrations up to `target` inside the connection's transaction."""
    from alembic import command  # only stores that are not up to date pay for loading it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def state(url_or_path: str | Path) -> State:
    """How a database stands to this version of mutu, without changing it; "new" when there is none yet."""
    url = address(url_or_path)
    if _is_sqlite(url) and url.database and not Path(url.database).exists():
        return "new"
    engine = connect(url_or_path)
    try:
        with reading(engine) as connection:
            return _state(connection)
    finally:
        engine.dispose()


def _state(connection: Connection) -> State:
    if not inspect(connection).has_table("alembic_version"):
        return "new"
    here = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")
    known = [file.name[1:].partition("_")[0] for file in (_MIGRATIONS / "versions").glob("v*_*.py")]
    if here == max(known, key=int):
        return "current"
    return "older" if here in known else "newer"


def size(connection: Connection) -> int:
    """Bytes of an SQLite database; 0 for others, whose room is their administrator's matter."""
    if connection.dialect.name != "sqlite":
        return 0
    return int(
        connection.exec_driver_sql("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").scalar()
        or 0
    )


def mark_for_wiping(connection: Connection) -> None:
    """Remember, in the deletion's own transaction, that traces are left to wipe."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA user_version = 1")


def _must_be_wiped(engine: Engine) -> bool:
    if engine.dialect.name != "sqlite":
        return False
    with reading(engine) as connection:
        return bool(connection.exec_driver_sql("PRAGMA user_version").scalar())


def wipe(engine: Engine) -> None:
    """Write the database anew without what was deleted; its log is emptied too.

    Raises
    ------
    WorkspaceError : others hold the store; the next start wipes
    """
    if engine.dialect.name == "postgresql":
        with _in_a_sentence(engine), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM FULL assessment"))
            connection.execute(text("VACUUM FULL answer"))
    elif not _wiped(engine):
        raise WorkspaceError(
            N_("The assessment is deleted, but the store is busy, so its traces are wiped when mutu starts next time.")
        )


def _wiped(engine: Engine) -> bool:
    """Whether the file was written anew and its log emptied; other readers and writers can prevent it."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        try:
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy:
                cursor.execute("PRAGMA user_version = 0")
        except sqlite3.OperationalError:
            return False
        return not busy
