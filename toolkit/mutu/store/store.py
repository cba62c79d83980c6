"""The store: create, read, save item by item, delete for good."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from mutu.errors import N_, InputError, WorkspaceError
from mutu.store.database import connect, mark_for_wiping, migrate, reading, size, wipe, writing
from mutu.store.tables import answers as answer_table
from mutu.store.tables import assessments

LIMITS: Final = {"label": 200, "note": 4_000, "evidence": 4_000}  # characters
MOST_ASSESSMENTS, MOST_BYTES = 20_000, 2**30
_TOKEN_BYTES = 24
_CODE = 64


class _Unchanged(Enum):
    UNCHANGED = "unchanged"


UNCHANGED: Final = _Unchanged.UNCHANGED


@dataclass(frozen=True)
class Answer:
    """The answer to one item: a level or none, a note, and where the evidence is."""

    score: int | None = None
    note: str = ""
    evidence: str = ""
    changed: datetime | None = None


@dataclass(frozen=True)
class Record:
    """A whole assessment; `weights` is "" while the instrument's default convention holds."""

    slug: str
    version: str
    label: str = ""
    weights: str = ""
    created: datetime | None = None
    changed: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def scores(self) -> dict[str, int]:
        """Item code -> level, for those that have one."""
        return {code: answer.score for code, answer in self.answers.items() if answer.score is not None}


@dataclass(frozen=True)
class Summary:
    """One line of the list of all assessments."""

    token: str
    slug: str
    version: str
    label: str
    answered: int
    changed: datetime


def open_store(url_or_path: str | Path) -> Store:
    """Open a store, made or brought up to date first.

    Parameters
    ----------
    url_or_path : path of an SQLite file, or postgresql://user@host/name

    Raises
    ------
    WorkspaceError : it cannot be opened or was written by a newer mutu
    MissingPart : the driver of the database is not installed
    """
    engine = connect(url_or_path)
    try:
        migrate(engine)
    except Exception:
        engine.dispose()
        raise
    return Store(engine)


class Store:
    """Assessments by their tokens; whoever has a token has the assessment."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def create(self, slug: str, version: str, label: str = "") -> str:
        """Begin an assessment; returns its token."""
        return self.add(Record(slug=slug, version=version, label=label))

    def add(self, record: Record) -> str:
        """Keep a whole record (a loaded export) as a new assessment; returns its token."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), _now()
        rows = [
            {"token": token, "code": _checked_code(code), "changed": answer.changed or now, **_fields(answer, code)}
            for code, answer in record.answers.items()
        ]
        head = {"slug": record.slug, "version": record.version, "weights": record.weights}
        with writing(self._engine) as connection:
            _check_room(connection)
            connection.execute(
                insert(assessments).values(
                    token=token,
                    label=_checked_text("label", record.label),
                    created=record.created or now,
                    changed=now,
                    **head,
                )
            )
            if rows:
                connection.execute(insert(answer_table), rows)
        return token

    def get(self, token: str) -> Record:
        """The assessment behind a token.

        Raises
        ------
        InputError : there is none
        """
        with reading(self._engine) as connection:
            head = connection.execute(select(assessments).where(assessments.c.token == token)).one_or_none()
            if head is None:
                raise _unknown()
            rows = connection.execute(select(answer_table).where(answer_table.c.token == token)).all()
        return Record(
            slug=head.slug,
            version=head.version,
            label=head.label,
            weights=head.weights,
            created=head.created,
            changed=head.changed,
            answers={row.code: Answer(row.score, row.note, row.evidence, row.changed) for row in rows},
        )

    def save(
        self,
        token: str,
        code: str,
        *,
        score: int | _Unchanged | None = UNCHANGED,
        note: str | _Unchanged = UNCHANGED,
        evidence: str | _Unchanged = UNCHANGED,
    ) -> datetime:
        """Keep what was changed in one item and leave the rest of it; returns the time once it is on the disk.

        Raises
        ------
        InputError : no such assessment, or a text that is too long
        WorkspaceError : it could not be saved
        """
        given: dict[str, Any] = {} if score is UNCHANGED else {"score": score}
        given |= {
            name: _checked_text(name, value, code)
            for name, value in (("note", note), ("evidence", evidence))
            if not isinstance(value, _Unchanged)
        }
        now = _now()
        with writing(self._engine) as connection:
            self._touch(connection, token, changed=now)
            self._upsert(connection, {"token": token, "code": _checked_code(code), "changed": now}, given)
        return now

    def settings(self, token: str, *, label: str | None = None, weights: str | None = None) -> datetime:
        """Keep the label or the convention of weights; returns the time once it is on the disk."""
        given = {} if label is None else {"label": _checked_text("label", label)}
        given |= {} if weights is None else {"weights": weights}
        now = _now()
        with writing(self._engine) as connection:
            self._touch(connection, token, changed=now, **given)
        return now

    def delete(self, token: str) -> None:
        """Delete an assessment for good: neither its row nor its text stays in the database's files.

        Raises
        ------
        InputError : there is none
        WorkspaceError : it is deleted, but others hold the store, so that the next start wipes its traces
        """
        with writing(self._engine) as connection:
            connection.execute(delete(answer_table).where(answer_table.c.token == token))
            if not connection.execute(delete(assessments).where(assessments.c.token == token)).rowcount:
                raise _unknown()
            mark_for_wiping(connection)
        wipe(self._engine)

    def all(self) -> list[Summary]:
        """All assessments, the one changed last first."""
        answered = func.count(answer_table.c.score).label("answered")
        columns = (assessments.c.token, assessments.c.slug, assessments.c.version, assessments.c.label)
        query = (
            select(*columns, answered, assessments.c.changed)
            .select_from(assessments.outerjoin(answer_table))
            .group_by(*columns, assessments.c.changed)
            .order_by(assessments.c.changed.desc())
        )
        with reading(self._engine) as connection:
            return [Summary(*row) for row in connection.execute(query)]

    def _touch(self, connection: Connection, token: str, **values: Any) -> None:
        if not connection.execute(update(assessments).where(assessments.c.token == token).values(**values)).rowcount:
            raise _unknown()

    def _upsert(self, connection: Connection, key: dict[str, Any], given: dict[str, Any]) -> None:
        """One statement, so that two pages that save the same new item at once do not collide."""
        dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        row = {"score": None, "note": "", "evidence": ""} | key | given
        statement = dialect.insert(answer_table).values(row)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["token", "code"], set_={"changed": key["changed"]} | given)
        )


def _now() -> datetime:
    return datetime.now(UTC)


def _check_room(connection: Connection) -> None:
    """Refuse a new assessment when there are too many: those who have one can go on, and the disk is not filled."""
    many = (connection.execute(select(func.count()).select_from(assessments)).scalar() or 0) >= MOST_ASSESSMENTS
    if many or size(connection) >= MOST_BYTES:
        raise WorkspaceError(
            N_("No new assessment can be begun: the store is full. Delete assessments that nobody needs any more.")
        )


def _unknown() -> InputError:
    return InputError(
        N_("There is no assessment behind this link. It may have been deleted; check the link or begin a new one.")
    )


def _checked_code(code: str) -> str:
    if not 0 < len(code) <= _CODE:
        raise InputError(N_("The item code «{code}» is too long or empty. Check it."), code=code[:_CODE])
    return code


def _fields(answer: Answer, code: str) -> dict[str, Any]:
    texts = {name: _checked_text(name, getattr(answer, name), code) for name in ("note", "evidence")}
    return {"score": answer.score, **texts}


def _checked_text(name: str, value: str, code: str = "") -> str:
    """`value` as it can be kept; nothing is cut silently."""
    if len(value) > LIMITS[name]:
        raise InputError(
            {
                "label": N_("The name is {length} characters long; at most {limit} can be kept. Shorten it."),
                "note": N_(
                    "The note of item {code} is {length} characters long; at most {limit} can be kept. Shorten it."
                ),
                "evidence": N_(
                    "The evidence of item {code} is {length} characters long; at most {limit} can be kept. Shorten it."
                ),
            }[name],
            code=code,
            length=len(value),
            limit=LIMITS[name],
        )
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InputError(
            N_("The text of {place} contains a character that cannot be kept. Type it again instead of pasting it."),
            place=code or name,
        )
    return value
