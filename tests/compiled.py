"""Statements are compiled once for a whole run: every story has an engine of its own, and would compile all of them anew."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.util import LRUCache

import store.engine


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
