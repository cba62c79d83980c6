"""The tables as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, Integer, MetaData, String, Table, Text, TypeDecorator

metadata = MetaData()


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write as UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read as UTC."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC)


assessments = Table(
    "assessment",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("slug", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("label", Text, nullable=False),
    Column("weights", String(64), nullable=False),
    Column("created", Moment, nullable=False),
    Column("changed", Moment, nullable=False),
)

answers = Table(
    "answer",
    metadata,
    Column("token", String(64), ForeignKey("assessment.token", ondelete="CASCADE"), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("score", Integer),
    Column("note", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("changed", Moment, nullable=False),
)
