"""Colleagues as rows: what each of them has told the bot about themselves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from cases.people import Person
from store import tables as t
from store.engine import Tx

_WISHES = [f.name for f in fields(Person) if f.name != "id"]
_p = t.people.c
_PEOPLE = select(t.people).where(_p.person.in_(bindparam("people", expanding=True)))


def load(tx: Tx, person: str) -> Person:
    """One colleague's wishes; who has never said anything has the usual ones."""
    return load_many(tx, [person])[person]


def load_many(tx: Tx, people: Collection[str]) -> dict[str, Person]:
    """The wishes of some colleagues, by id, also of those who have never said anything."""
    found = {person: Person(id=person) for person in people}
    for row in tx.execute(_PEOPLE, {"people": sorted(found)}):
        found[row.person] = Person(id=row.person, **{name: getattr(row, name) for name in _WISHES})
    return found


def change(tx: Tx, person: str, **wishes: Any) -> tuple[Person, Person]:
    """Keeps some wishes and leaves the others as they are; returns what was and what is. Unknown names raise TypeError."""
    before = load(tx, person)
    after = replace(before, **wishes)
    keep(tx, after)
    return before, after


def keep(tx: Tx, person: Person) -> None:
    """Keeps all of somebody's wishes as they are now."""
    row = {name: getattr(person, name) for name in _WISHES}
    if not tx.execute(update(t.people).where(t.people.c.person == person.id).values(row)).rowcount:
        tx.execute(insert(t.people), {"person": person.id, **row})


def away(tx: Tx, now: datetime) -> list[Person]:
    """Who is away at `now`, who is back soonest first."""
    query = select(t.people.c.person).where(t.people.c.away_until > now).order_by(t.people.c.away_until)
    ids = tx.scalars(query).all()
    known = load_many(tx, ids)
    return [known[person] for person in ids]
