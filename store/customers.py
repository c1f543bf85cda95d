"""Who is known already, and what is looked for: the keys that each piece of feedback brought, and what has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, select

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

_PLACE = func.row_number().over(partition_by=_k.key, order_by=_k.feedback.desc()).label("place")
_NEWEST = select(_k.key, _k.feedback, _PLACE).where(_k.key.in_(bindparam("asked", expanding=True))).subquery()
_UNDER = (
    select(_NEWEST.c.key, _f.id, _f.case_number)
    .join(t.feedback, _f.id == _NEWEST.c.feedback)
    .where(_NEWEST.c.place <= MOST)
)
_BROUGHT = select(_k.feedback, _k.key).where(_k.feedback.in_(bindparam("asked", expanding=True)))
_SAID = (
    select(_f.id, _f.source, _f.content, _f.case_number, _f.received_at, _c.status)
    .outerjoin(t.cases, _c.number == _f.case_number)
    .order_by(_f.id)
)
_BY_ID = _SAID.where(_f.id.in_(bindparam("asked", expanding=True)))
_BY_CASE = _SAID.where(_f.case_number.in_(bindparam("asked", expanding=True)))


def remember(tx: Tx, keys: Mapping[int, Collection[str]]) -> None:
    """Notes what new feedback tells of its customer: id of the feedback → keys."""
    pairs = [(key, number) for number, known_by in keys.items() for key in sorted(known_by)]
    if pairs:
        inserts.insert_columns(
            tx, t.customer_keys, {"key": [key for key, _ in pairs], "feedback": [n for _, n in pairs]}
        )


def correct(tx: Tx, feedback: int, keys: Collection[str]) -> None:
    """The keys of feedback that has been amended: an address that was corrected is nobody's any more."""
    before = set(tx.scalars(select(_k.key).where(_k.feedback == feedback)))
    if gone := before - set(keys):
        tx.execute(delete(t.customer_keys).where(_k.feedback == feedback, _k.key.in_(sorted(gone))))
    remember(tx, {feedback: set(keys) - before})


def known_by(tx: Tx, keys: Collection[str]) -> list[Known]:
    """The cases, and the feedback without one, under any of these keys or those that such feedback adds; newest first.

    In a transaction that writes, nobody else opens a case for this customer before the commit.
    """
    return known_by_each(tx, [keys])[0]


def known_by_each(tx: Tx, customers: Sequence[Collection[str]]) -> list[list[Known]]:
    """As `known_by` for several customers, each with keys of their own, with as many statements as for one."""
    keys: set[str] = set().union(*customers)
    if not keys:
        return [[] for _ in customers]
    in_turn(tx, keys)
    under = _under(tx, keys)
    met = [_newest(under, each) for each in customers]
    brought: dict[int, set[str]] = defaultdict(set)
    for row in _rows(tx, _BROUGHT, {one for each in met for one in _alone(each)}):
        if not row.key.startswith(WORD):
            brought[row.feedback].add(row.key)
    added = [set().union(*(brought[one] for one in _alone(each))) for each in met]
    under |= _under(tx, set().union(*added) - keys)
    numbers = [_cases(each) | _cases(_newest(under, more)) for each, more in zip(met, added, strict=True)]
    cases = _by_case(_rows(tx, _BY_CASE, set().union(*numbers)))
    thanks = {row.id: _without_case(row) for row in _rows(tx, _BY_ID, brought)}
    return [
        [*(cases[one] for one in sorted(of, reverse=True)), *(thanks[one] for one in sorted(_alone(each)))]
        for of, each in zip(numbers, met, strict=True)
    ]


def _under(tx: Tx, keys: Collection[str]) -> dict[str, dict[int, int | None]]:
    """The newest feedback under each of these keys, by its id, and the case that it belongs to."""
    under: dict[str, dict[int, int | None]] = defaultdict(dict)
    for row in _rows(tx, _UNDER, keys):
        under[row.key][row.id] = row.case_number
    return under


def _newest(under: Mapping[str, Mapping[int, int | None]], keys: Collection[str]) -> dict[int, int | None]:
    """The newest under any of these."""
    found = {one: case for key in keys if key in under for one, case in under[key].items()}
    return found if len(found) <= MOST else {one: found[one] for one in sorted(found, reverse=True)[:MOST]}


def _alone(found: Mapping[int, int | None]) -> list[int]:
    return [one for one, case in found.items() if case is None]


def _cases(found: Mapping[int, int | None]) -> set[int]:
    return {case for case in found.values() if case is not None}


def _rows(tx: Tx, query: Select[Any], asked: Collection[Any]) -> Iterator[Row[Any]]:
    """What a query finds for these, so many at once that no database minds."""
    listed = sorted(asked)
    for start in range(0, len(listed), _AT_ONCE):
        yield from tx.execute(query, {"asked": listed[start : start + _AT_ONCE]})


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


def _by_case(rows: Iterable[Any]) -> dict[int, Known]:
    said: dict[tuple[int, str], list[tuple[Feedback, datetime]]] = defaultdict(list)
    for row in rows:
        said[row.case_number, row.status].append((read_kept(row.content, row.source), row.received_at))
    return {
        number: Known(number, Status(status), tuple(words for words, _ in came), max(at for _, at in came))
        for (number, status), came in said.items()
    }


def _without_case(row: Any) -> Known:
    return Known(None, None, (read_kept(row.content, row.source),))


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
        rows = tx.execute(_BY_ID, {"asked": ids[start : start + _AT_ONCE]}).all()
        remember(tx, {row.id: _all_keys(row, region) for row in rows})
    facts.remember(tx, _FACT, dict(form))


def _all_keys(row: Any, region: str | None) -> frozenset[str]:
    said = read_kept(row.content, row.source)
    return looked_up_by(said, region) | (search_keys(said) if row.case_number is not None else frozenset())
