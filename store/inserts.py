"""Rows as both databases take them best: many at once, as quickly as the driver can, or one whose key may be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from operator import is_
from typing import Any

from sqlalchemy import Column, Dialect, Insert, Row, Select, Table, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from store.engine import Tx

Values = Mapping[str, Any]


def insert_all(tx: Tx, table: Table, rows: Sequence[Values]) -> None:
    """Inserts rows that all name the same columns. None is NULL, in a column of JSON too.

    SQLAlchemy's own way asks anew, for every value of every row, what is to be done with it: that takes longer than
    SQLite takes to write the row. Here it is asked once for each table and done column by column, and columns that no row
    fills are left out.
    """
    if rows:
        insert_columns(tx, table, {name: [row[name] for row in rows] for name in rows[0]})


def insert_columns(tx: Tx, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """As `insert_all`, of one row at least, by the name of each column its values in all rows."""
    filled = [name for name, values in columns.items() if values[0] is not None or values.count(None) < len(values)]
    into = _insertion(tx.dialect, table, tuple(filled))
    tx.exec_driver_sql(into.statement, into.parameters(columns))


def new_numbers(tx: Tx, table: Table, count: int) -> list[int]:
    """Numbers for so many rows to be inserted into a table that numbers its rows, in this transaction, rising."""
    number: Column[int] = next(iter(table.primary_key))
    if tx.dialect.name == "sqlite":  # nobody else writes meanwhile
        first = int(tx.scalar(_last(number)) or 0) + 1
        return list(range(first, first + count))
    return list(tx.scalars(_NEXT, {"table": table.name, "number": number.name, "count": count}))


@lru_cache
def _last(number: Column[int]) -> Select[Any]:
    return select(func.max(number))


_SEQUENCE = func.pg_get_serial_sequence(bindparam("table"), bindparam("number"))
_NEXT = select(func.nextval(_SEQUENCE)).select_from(func.generate_series(1, bindparam("count")))


@dataclass(frozen=True, slots=True)
class _Insertion:
    """An INSERT as the driver takes it, and what makes each value one that the driver takes."""

    statement: str
    columns: tuple[tuple[str, Callable[[Any], Any] | None], ...]
    positional: bool

    def parameters(self, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        """Of each row, from the values of all rows by the name of their column."""
        rows = zip(*[_taken(columns[name], process) for name, process in self.columns], strict=True)
        names = [name for name, _ in self.columns]
        return list(rows) if self.positional else [dict(zip(names, row, strict=True)) for row in rows]


def _taken(values: Sequence[Any], process: Callable[[Any], Any] | None) -> Sequence[Any]:
    """The values of a column as the driver takes them; what all rows share, as the instant of their coming, is looked at once."""
    if process is None:
        return values
    first = values[0]
    if all(map(is_, values, repeat(first))):
        return [None if first is None else process(first)] * len(values)
    return [value if value is None else process(value) for value in values]


@lru_cache(maxsize=64)
def _insertion(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Insertion:
    statement = insert(table).values({name: bindparam(name) for name in names}).inline()
    compiled = statement.compile(dialect=dialect)
    order = compiled.positiontup or names
    processors = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
    return _Insertion(str(compiled), tuple((name, processors[name]) for name in order), dialect.positional)


def insert_once(tx: Tx, table: Table, row: Values) -> Row[Any] | None:
    """The primary key of the row just inserted; None when another row has one of its unique keys, and nothing changes.

    Whatever else is wrong with it raises IntegrityError. No savepoint is needed: the database sees no mistake.
    """
    return tx.execute(_once(tx.dialect.name, table), row).first()


@cache
def _once(dialect: str, table: Table) -> Insert:
    into = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return into(table).on_conflict_do_nothing().returning(*table.primary_key)
