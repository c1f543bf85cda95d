"""Rows whose key may be taken already: inserted if it is free, and no error otherwise, on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Insert, Row, Table
from sqlalchemy.dialects import postgresql, sqlite

from store.engine import Tx


def insert_once(tx: Tx, table: Table, row: Mapping[str, Any]) -> Row[Any] | None:
    """The primary key of the row just inserted; None when another row has one of its unique keys, and nothing changes.

    Whatever else is wrong with it raises IntegrityError. No savepoint is needed: the database sees no mistake.
    """
    return tx.execute(_insert(tx.dialect.name, table), row).first()


@cache
def _insert(dialect: str, table: Table) -> Insert:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing().returning(*table.primary_key)
