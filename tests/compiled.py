"""Statements are compiled once for a whole run: every story has an engine of its own, and would compile all of them anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Dialect, create_engine
from sqlalchemy.util import LRUCache

import store.engine
import store.inserts


class _ByKindOfDatabase(LRUCache[Any, Any]):
    """What an engine looks up names its own dialect first; all those of one kind of database write the same SQL."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_without_engine(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_without_engine(key), value)


def _without_engine(key: Any) -> Any:
    dialect, *rest = key
    return dialect.name, *rest


def once() -> None:
    """From now on, in this process. The option is SQLAlchemy's own (Connection.execution_options, `compiled_cache`)."""
    compiled = _ByKindOfDatabase(capacity=2_000)
    store.engine.create_engine = partial(create_engine, execution_options={"compiled_cache": compiled})
    store.inserts._insertion = _by_kind_of_database(store.inserts._insertion.__wrapped__)


def _by_kind_of_database(compile_for: Callable[..., Any]) -> Callable[..., Any]:
    """The same for the rows of many columns that are inserted without SQLAlchemy's own way."""
    known: dict[Any, Any] = {}

    def compiled(dialect: Dialect, *which: Any) -> Any:
        key = (dialect.name, *which)
        return known[key] if key in known else known.setdefault(key, compile_for(dialect, *which))

    return compiled
