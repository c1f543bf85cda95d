"""Small lasting facts about this installation, by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, insert, select, update

from store import tables as t
from store.engine import Tx
from store.inserts import insert_once

_RECALL = select(t.facts.c.content).where(t.facts.c.name == bindparam("name"))
_REPLACE = update(t.facts).where(t.facts.c.name == bindparam("the_name"))
_ADD = insert(t.facts)


def recall(tx: Tx, name: str) -> Any | None:
    """What was remembered under that name, or None."""
    return tx.execute(_RECALL, {"name": name}).scalar_one_or_none()


def recall_all(tx: Tx, beginning: str) -> dict[str, Any]:
    """What was remembered under names that begin so, by name."""
    named = t.facts.c.name.startswith(beginning, autoescape=True)
    return {row.name: row.content for row in tx.execute(select(t.facts.c.name, t.facts.c.content).where(named))}


def remember(tx: Tx, name: str, content: Any) -> None:
    """Sets or replaces a fact; `content` is JSON."""
    if tx.execute(_REPLACE, {"the_name": name, "content": content}).rowcount == 0:
        tx.execute(_ADD, {"name": name, "content": content})


def first(tx: Tx, name: str, content: Any) -> Any:
    """Sets a fact unless another process was quicker; what it is now."""
    insert_once(tx, t.facts, {"name": name, "content": content})
    return recall(tx, name)
