"""Who is known already, and what is looked for: the keys that each piece of feedback brought, and what has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, select

from cases.arrivals.customers import FORM, Known, looked_up_by
from cases.arrivals.feedback import read_kept
from cases.arrivals.on_paper import MOST
from cases.arrivals.search import WORD, search_keys
from cases.model import UNCONTACTED, Feedback, Status
from store import facts, inserts
from store import tables as t
from store.engine import Store, Tx, in_turn

_k, _f, _c = t.customer_keys.c, t.feedback.c, t.cases.c

_AT_ONCE = 500
_FACT = "customer_keys"

_THERE = select(_k.key).where(_k.key.in_(bindparam("keys", expanding=True))).distinct()
_UNDER = (
    select(_f.id, _f.case_number)
    .join(t.customer_keys, _k.feedback == _f.id)
    .where(_k.key.in_(bindparam("keys", expanding=True)))
    .order_by(_f.id.desc())
    .limit(MOST)
)
_OTHER_KEYS = select(_k.key).where(_k.feedback.in_(bindparam("ids", expanding=True)))
_SAID = (
    select(_f.id, _f.source, _f.content, _f.case_number, _f.received_at, _c.status)
    .outerjoin(t.cases, _c.number == _f.case_number)
    .order_by(_f.id)
)
_BY_ID = _SAID.where(_f.id.in_(bindparam("ids", expanding=True)))
_BY_CASE = _SAID.where(_f.case_number.in_(bindparam("numbers", expanding=True)))


def remember(tx: Tx, keys: Mapping[int, Collection[str]]) -> None:
    """Notes what new feedback tells of its customer: id of the feedback → keys."""
    rows = [{"key": key, "feedback": number} for number, known_by in keys.items() for key in sorted(known_by)]
    inserts.insert_all(tx, t.customer_keys, rows)


def correct(tx: Tx, feedback: int, keys: Collection[str]) -> None:
    """The keys of feedback that has been amended: an address that was corrected is nobody's any more."""
    before = set(tx.scalars(select(_k.key).where(_k.feedback == feedback)))
    if gone := before - set(keys):
        tx.execute(delete(t.customer_keys).where(_k.feedback == feedback, _k.key.in_(sorted(gone))))
    remember(tx, {feedback: set(keys) - before})


def known_keys(tx: Tx, keys: Collection[str]) -> set[str]:
    """Those of these keys that somebody is known by; nobody else is known by them meanwhile."""
    in_turn(tx, keys)
    return set(tx.scalars(_THERE, {"keys": list(keys)}))


def known_by(tx: Tx, keys: Collection[str]) -> list[Known]:
    """The cases, and the feedback without one, under any of these keys or those that such feedback adds; newest first.

    In a transaction that writes, nobody else opens a case for this customer before the commit.
    """
    if not keys:
        return []
    in_turn(tx, keys)
    found = tx.execute(_UNDER, {"keys": sorted(keys)}).all()
    if alone := [row.id for row in found if row.case_number is None]:
        others = {key for key in tx.scalars(_OTHER_KEYS, {"ids": alone}) if not key.startswith(WORD)}
        more = others - set(keys)
        found = [*found, *tx.execute(_UNDER, {"keys": sorted(more)})]
    said = tx.execute(_BY_CASE, {"numbers": sorted({row.case_number for row in found} - {None})}).all()
    return [*_by_case(said), *_without_case(tx.execute(_BY_ID, {"ids": alone}) if alone else ())]


def found(tx: Tx, ways: Iterable[Collection[str]], limit: int) -> list[int]:
    """The numbers of cases that have all keys of one of these ways, newest first; at most so many of each way."""
    numbers = {number for keys in ways for number in tx.scalars(_having(keys).limit(limit))}
    return sorted(numbers, reverse=True)[:limit]


def addresses_waiting(tx: Tx) -> tuple[dict[str, datetime], datetime | None]:
    """The addresses, in small letters, of customers who wait for contact, each since when; and since when the first of them does."""
    case = t.cases.c
    waits = select(_k.key, func.min(case.waiting_since).label("since")).join(t.feedback, _k.feedback == _f.id)
    waits = waits.join(t.cases, _f.case_number == case.number).group_by(_k.key)
    waits = waits.where(case.status.in_(sorted(UNCONTACTED)), _k.key.startswith("email:"))
    found = {row.key.removeprefix("email:").lower(): row.since for row in tx.execute(waits)}
    return found, min(found.values(), default=None)


def _having(keys: Collection[str]) -> Select[Any]:
    query = select(_f.case_number).join(t.customer_keys, _k.feedback == _f.id)
    query = query.where(_k.key.in_(sorted(keys)), _f.case_number.is_not(None)).group_by(_f.case_number)
    return query.having(func.count(_k.key.distinct()) == len(keys)).order_by(_f.case_number.desc())


def _by_case(rows: Iterable[Any]) -> list[Known]:
    said: dict[tuple[int, str], list[tuple[Feedback, datetime]]] = defaultdict(list)
    for row in rows:
        said[row.case_number, row.status].append((read_kept(row.content, row.source), row.received_at))
    return [
        Known(number, Status(status), tuple(words for words, _ in came), max(at for _, at in came))
        for (number, status), came in sorted(said.items(), reverse=True)
    ]


def _without_case(rows: Iterable[Any]) -> Iterator[Known]:
    return (Known(None, None, (read_kept(row.content, row.source),)) for row in rows)


def keep_up(store: Store, region: str | None) -> None:
    """Makes the keys of all feedback anew, if they were made by other rules or for another region; cheap if not."""
    form = {"form": FORM, "region": region}
    if store.read(lambda tx: facts.recall(tx, _FACT)) != form:
        store.write(lambda tx: _made_anew(tx, form, region))


def _made_anew(tx: Tx, form: Mapping[str, Any], region: str | None) -> None:
    in_turn(tx, [_FACT])
    if facts.recall(tx, _FACT) == form:
        return  # another process was quicker
    tx.execute(delete(t.customer_keys))
    ids = tx.scalars(select(_f.id).where(_f.erased_at.is_(None))).all()
    for start in range(0, len(ids), _AT_ONCE):
        rows = tx.execute(_BY_ID, {"ids": ids[start : start + _AT_ONCE]}).all()
        remember(tx, {row.id: _all_keys(row, region) for row in rows})
    facts.remember(tx, _FACT, dict(form))


def _all_keys(row: Any, region: str | None) -> frozenset[str]:
    said = read_kept(row.content, row.source)
    return looked_up_by(said, region) | (search_keys(said) if row.case_number is not None else frozenset())
