"""The kinds of column that our tables are made of, each the same on every database; instants are UTC epoch milliseconds there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Dialect, Index, Integer, String, Text, TypeDecorator

from cases.text import storable


def _milliseconds(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("an instant must be aware")
    return round(value.timestamp() * 1000)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime kept as epoch milliseconds: SQLite would hand aware datetimes back naive."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Naive datetimes are a mistake and raise ValueError."""
        return _milliseconds(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        """The same without a step between: of every row that is written each instant goes through here."""
        return _milliseconds

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Back to aware UTC."""
        return None if value is None else datetime.fromtimestamp(value / 1000, UTC)


class Until(Instant):
    """An instant up to which something is put off, leased or paused."""

    cache_ok = True


def _storable(value: str | None) -> str | None:
    return None if value is None else storable(value)


class Line(TypeDecorator[str]):
    """Text of a bounded length, without what PostgreSQL would refuse the whole row for."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Every road to the database leads through here: also those of texts that no reader has looked at."""
        return _storable(value)

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        """The same without a step between."""
        return _storable


class Prose(Line):
    """Text of any length."""

    impl = Text
    cache_ok = True


# SQLite numbers rows by itself only for a plain INTEGER key.
Id = BigInteger().with_variant(Integer, "sqlite")


def partial(name: str, *columns: Column[Any], where: ColumnElement[bool]) -> Index:
    """An index of the few rows that fulfil `where`, on every database."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)
