"""Forgetting a customer: whom an address, a number, an id or a case stands for, without taking a neighbour along."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, or_, select

from cases.arrivals.customers import customer_keys, email_key, id_key, people, phone_key
from cases.arrivals.feedback import read_kept
from cases.model import Feedback
from store import tables as t
from store.engine import Store, Tx
from store.erasing import empty_log, erase
from store.seals import sealing, sealing_if_any

_f, _k = t.feedback.c, t.customer_keys.c
_MOST = 200
_CASE = re.compile(r"(?:#|case\s*#?)\s*([0-9]{1,9})", re.IGNORECASE)


class Through(StrEnum):
    """By what somebody was found."""

    EMAIL = "the e-mail address"
    PHONE = "the telephone number"
    ID = "the customer id"
    FEEDBACK = "the id of their feedback"
    CASE = "the case"


@dataclass(frozen=True, slots=True)
class Trace:
    """What there is of one person: initials, by what they were found, feedback by id and cases by number."""

    initials: str
    through: Through
    feedback: frozenset[int]
    cases: frozenset[int]


@dataclass(frozen=True, slots=True)
class Traces:
    """The people that somebody may mean; and `beside` those who share an id, a number or a case with one of them."""

    people: tuple[Trace, ...] = ()
    beside: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is kept of an erasure: its number, when, and how much it was; not whose."""

    number: str
    at: datetime
    feedback: int
    cases: int
    files: int = 0


class SeveralPeople(ValueError):
    """Not one person alone is meant; nothing was erased."""


def traces_of(tx: Tx, who: str, region: str | None = None) -> Traces:
    """Whom `who` stands for: an e-mail address, a telephone number, a customer's or a feedback's id, or "#12", a case.

    All words of one person are found, also those that share nothing with `who` but an address with the others. What is
    erased already is not found again.
    """
    how, matching = _meant(tx, who.strip(), region)
    meant = {row.id for row in matching}
    found = {row.id: row for row in matching}
    while True:
        groups = [[found[number] for number in group] for group in _people(found, region)]
        theirs = [group for group in groups if meant & {row.id for row in group}]
        reached = _sharing([row for group in theirs for row in group], region, tx)
        if reached.keys() <= found.keys():
            break
        found |= reached
    own = [row for group in theirs for row in group]
    return Traces(
        tuple(_trace(group, how) for group in theirs),
        tuple(_trace(group, _shared(group, own, region)) for group in groups if group not in theirs),
    )


def _meant(tx: Tx, who: str, region: str | None) -> tuple[Through, Sequence[Row[Any]]]:
    """What carries this address, number or id; the first kind of which there is something."""
    for how, which in _kinds(who, region):
        if rows := _rows(tx, which):
            return how, rows
    return Through.EMAIL, ()


def _kinds(who: str, region: str | None) -> Iterable[tuple[Through, ColumnElement[bool]]]:
    if case := _CASE.fullmatch(who):
        yield Through.CASE, _f.case_number == int(case[1])
        return
    if address := email_key(who):
        yield Through.EMAIL, _under([f"email:{address}"])
    if number := phone_key(who, region):
        yield Through.PHONE, _under([f"phone:{number}"])
    if own := id_key(who):
        yield (
            Through.ID,
            _f.id.in_(select(_k.feedback).where(_k.key.like("id:%"), _k.key.endswith(f":{own}", autoescape=True))),
        )
    yield Through.FEEDBACK, _f.external_id == who


def _under(keys: Iterable[str]) -> ColumnElement[bool]:
    return _f.id.in_(select(_k.feedback).where(_k.key.in_(sorted(keys))))


def _people(found: Mapping[int, Row[Any]], region: str | None) -> list[list[int]]:
    numbers = sorted(found)
    return [[numbers[place] for place in group] for group in people([_said(found[n]) for n in numbers], region)]


def _sharing(rows: Sequence[Row[Any]], region: str | None, tx: Tx) -> dict[int, Row[Any]]:
    """All that shares a key or a case with these; a key of very many people leads to nobody."""
    keys = {key for row in rows for key in customer_keys(_said(row), region)}
    query = select(_k.key).where(_k.key.in_(sorted(keys))).group_by(_k.key).having(func.count() <= _MOST)
    numbers = {row.case_number for row in rows if row.case_number is not None}
    shared = or_(_under(tx.scalars(query)), _f.case_number.in_(sorted(numbers)))
    return {row.id: row for row in _rows(tx, shared)}


def _shared(rows: Sequence[Row[Any]], own: Sequence[Row[Any]], region: str | None) -> Through:
    """What these have in common with the people meant."""
    theirs, ours = ({key for row in each for key in customer_keys(_said(row), region)} for each in (rows, own))
    kinds = {key.partition(":")[0] for key in theirs & ours}
    return next((Through[kind.upper()] for kind in ("email", "phone", "id") if kind in kinds), Through.CASE)


def _rows(tx: Tx, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return tx.execute(select(t.feedback).where(which, _f.erased_at.is_(None)).order_by(_f.id)).all()


def _said(row: Row[Any]) -> Feedback:
    return read_kept(row.content, row.source)


def _trace(rows: Sequence[Row[Any]], how: Through) -> Trace:
    names = [_said(row).customer.name for row in rows]
    return Trace(
        initials=" ".join(f"{word[0].upper()}." for word in (next(filter(None, names), None) or "").split()),
        through=how,
        feedback=frozenset(row.id for row in rows),
        cases=frozenset(row.case_number for row in rows if row.case_number is not None),
    )


def forget(store: Store, who: str, now: datetime, region: str | None = None) -> Receipt | None:
    """Erases what there is of the person meant, in one transaction, and has Slack show it; None where nothing is known.

    Raises SeveralPeople where more than one person can be meant. Twice changes nothing more.
    """

    def work(tx: Tx) -> Receipt | None:
        found = traces_of(tx, who, region).people
        if len(found) > 1:
            raise SeveralPeople(f"{len(found)} people")
        return _erased(tx, who, found[0], now) if found else None

    receipt = store.write(work)
    empty_log(store)
    return receipt


def _erased(tx: Tx, who: str, trace: Trace, now: datetime) -> Receipt:
    erased = erase(tx, trace.feedback, now)
    receipt = Receipt(secrets.token_hex(6), now, len(erased.feedback), len(erased.cases), erased.files)
    tx.execute(insert(t.erasures), asdict(receipt) | {"of": sealing(tx)(_meaning(who))})
    return receipt


def receipts(tx: Tx, who: str) -> list[Receipt]:
    """The receipts of whom these words have stood for, oldest first."""
    seal = sealing_if_any(tx)
    e = t.erasures.c
    query = select(e.number, e.at, e.feedback, e.cases, e.files).order_by(e.at)
    return [Receipt(*row) for row in tx.execute(query.where(e.of == seal(_meaning(who))))] if seal else []


def _meaning(who: str) -> str:
    return " ".join(who.split()).casefold()
