"""Erasing a customer: what they said and who they are goes from every table; numbers, times and outcomes stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Table, and_, delete, func, or_, select, update

from cases.acts.act import Act
from cases.arrivals.feedback import customer_keys
from cases.messages.kinds import KINDS, Kind, Said, payload_of
from cases.messages.payload import as_facts, free_text, without_words
from cases.model import Customer
from store import messages
from store import tables as t
from store.engine import Store, Tx

Json: TypeAlias = dict[str, Any]

ERASED = "(erased)"
_KEPT = ("external_id", "source", "rating", "locale", "contact_ok", "occurred_at")
_IDENTIFYING = ("name", "email", "phone", "id")
# What a line of the timeline keeps of an act, or of the model's opinion, is named as the act and the note about it name it.
_TOLD: tuple[type[Any], ...] = (Act, *KINDS[Kind.NOTE].carries)
_FREE_TEXT = frozenset(name for each in _TOLD for name in free_text(each))
_SAID = [kind for kind, treated in KINDS.items() if issubclass(treated.carries[0], Said)]
_VIEWS = [kind for kind, treated in KINDS.items() if treated.is_view]
_SHORTEST_NAME = 3  # letters; shorter parts of a name stand in too many other words
_c, _f, _m = t.cases.c, t.feedback.c, t.messages.c


@dataclass(frozen=True, slots=True)
class Traces:
    """What there is of one customer: feedback and cases by number, and what they are known by."""

    feedback: frozenset[int] = frozenset()
    cases: frozenset[int] = frozenset()
    keys: frozenset[str] = field(default=frozenset(), repr=False)
    customers: frozenset[Customer] = field(default=frozenset(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.feedback or self.cases)


def traces_of(tx: Tx, email: str) -> Traces:
    """Everything of the customer with this address, and what their telephone number or id in turn leads to.

    One of these in common is what made the bot take two feedbacks for one customer's, so it decides here too.
    """
    given = Customer(email=email.strip())
    found = Traces(keys=customer_keys(given), customers=frozenset([given]))
    while (more := _one_step_further(tx, found)) != found:
        found = more
    return found


def _one_step_further(tx: Tx, found: Traces) -> Traces:
    known = select(t.customer_keys.c.case_number).where(t.customer_keys.c.key.in_(sorted(found.keys)))
    numbers = found.cases.union(tx.scalars(known))
    named = [match for customer in found.customers for match in _named_in_feedback(customer)]
    rows = tx.execute(select(t.feedback).where(or_(_f.case_number.in_(sorted(numbers)), *named))).all()
    customers = {Customer(**{name: row.content["customer"].get(name) for name in _IDENTIFYING}) for row in rows}
    return Traces(
        feedback=frozenset(row.id for row in rows),
        cases=numbers.union(row.case_number for row in rows if row.case_number is not None),
        keys=found.keys.union(*(customer_keys(customer) for customer in customers)),
        customers=found.customers | customers,
    )


def _named_in_feedback(customer: Customer) -> Iterator[ColumnElement[bool]]:
    """Feedback that opened no case has no keys: it is found by what stands in it."""
    for name in ("email", "phone", "id"):
        if value := getattr(customer, name):
            yield func.lower(_f.content["customer"][name].as_string()) == value.lower()


def _names(customers: Iterable[Customer]) -> Iterator[str]:
    for customer in customers:
        yield from (value for value in (customer.name, customer.email, customer.phone, customer.id) if value)
        yield from (part for part in (customer.name or "").split() if len(part) >= _SHORTEST_NAME)


def forget(store: Store, email: str, now: datetime) -> Traces:
    """Erases the customer in one transaction, has Slack show it, and returns what was found. Twice changes nothing more."""

    def work(tx: Tx) -> Traces:
        if tx.dialect.name == "sqlite":
            tx.exec_driver_sql("PRAGMA secure_delete=ON")  # else the words stay legible in the file's free pages
        found = traces_of(tx, email)
        if found:
            _erase(tx, found, now)
        return found

    found = store.write(work)
    if store.engine.dialect.name == "sqlite":
        _empty_log(store)
    return found


def _empty_log(store: Store) -> None:
    """The write-ahead log keeps earlier pages until it is written back; readers at work may put that off."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _erase(tx: Tx, found: Traces, now: datetime) -> None:
    numbers, names = sorted(found.cases), sorted(_names(found.customers), key=len, reverse=True)
    without = _without(names)
    _each(tx, t.feedback, _f.id.in_(sorted(found.feedback)), _feedback_erased)
    _each(tx, t.cases, _c.number.in_(numbers), lambda row: _case_erased(row, without))
    _each(tx, t.timeline, t.timeline.c.case_number.in_(numbers), _line_erased)
    _each(tx, t.messages, _m.case_number.in_(numbers), lambda row: {"facts": _message_erased(row)})
    _each(tx, t.messages, _said_in_private(), lambda row: _answer_erased(row, names))
    _erase_drafts(tx, numbers)
    tx.execute(delete(t.customer_keys).where(t.customer_keys.c.case_number.in_(numbers)))
    _show_anew(tx, numbers, now)


def _each(tx: Tx, table: Table, which: ColumnElement[bool], erased: Callable[[Row[Any]], Json]) -> None:
    """Changes rows one by one: JSON cannot be rewritten in place in the same way on every database."""
    key = next(iter(table.primary_key.columns))
    for row in tx.execute(select(table).where(which)).all():
        if values := erased(row):
            tx.execute(update(table).where(key == row._mapping[key.name]).values(values))


def _feedback_erased(row: Row[Any]) -> Json:
    """A rating says nothing of a person. A comment leaves a mark behind: without either, it would be no feedback."""
    content = {name: row.content.get(name) for name in _KEPT}
    content["customer"] = dict.fromkeys(_IDENTIFYING)
    content["comment"] = ERASED if row.content.get("comment") else None
    assessment = row.assessment | {"reasons": [reason | {"detail": ""} for reason in row.assessment["reasons"]]}
    return {"content": content, "assessment": assessment}


def _case_erased(row: Row[Any], without: Callable[[str | None], str | None]) -> Json:
    """The title and the reasons quote the customer. What colleagues wrote stays, without the customer's name."""
    own = {name: without(row._mapping[name]) for name in ("went_wrong", "learned", "promise", "snooze_reason")}
    return own | {
        "contact_decision": row.contact_decision and ERASED,
        "title": "",
        "reasons": [[code, ""] for code, _ in row.reasons],
        "revision": row.revision + 1,
    }


def _without(names: Iterable[str]) -> Callable[[str | None], str | None]:
    """Text → the same text with every one of these names replaced, whatever their capitals."""
    either = "|".join(re.escape(name) for name in names)
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    return lambda text: None if text is None else pattern.sub(ERASED, text)


def _line_erased(row: Row[Any]) -> Json:
    return {"facts": {**row.facts, **{name: ERASED for name in _FREE_TEXT if row.facts.get(name)}}}


def _message_erased(row: Row[Any]) -> Json:
    """What its kind does not know goes too, and where nobody can tell what it carries, nothing of it stays."""
    try:
        return as_facts(without_words(payload_of(Kind(row.kind), row.facts), ERASED))
    except ValueError:
        return {}


def _said_in_private() -> ColumnElement[bool]:
    """Answers carry their words with them, and may be about anybody."""
    return and_(_m.kind.in_(_SAID), _m.case_number.is_(None))


def _answer_erased(row: Row[Any], names: Iterable[str]) -> Json:
    said = str(row.facts).casefold()
    if not any(name.casefold() in said for name in names):
        return {}
    gone: Json = {"facts": _message_erased(row)}
    return gone if row.shown >= row.wanted else gone | {"dead": "forgotten"}


def _erase_drafts(tx: Tx, numbers: list[int]) -> None:
    empty = ("reply", "instruction", "approved_by", "approved_at", "override", "overruled_by", "lease_until")
    gone: Json = {"state": "dropped", **dict.fromkeys(empty)}
    tx.execute(update(t.drafts).where(t.drafts.c.case_number.in_(numbers)).values(gone))
    approved = select(t.replies.c.id).where(t.replies.c.case_number.in_(numbers))
    tx.execute(delete(t.reply_bands).where(t.reply_bands.c.reply.in_(approved)))
    tx.execute(delete(t.replies).where(t.replies.c.case_number.in_(numbers)))
    tx.execute(delete(t.draft_versions).where(t.draft_versions.c.case_number.in_(numbers)))
    tx.execute(update(t.opinions).where(t.opinions.c.case_number.in_(numbers)).values(opinion=None, done=True))


def _show_anew(tx: Tx, numbers: list[int], now: datetime) -> None:
    """Whatever stands in Slack about these cases is drawn again from what is left; so is every Home tab."""
    nudges = select(t.nudges.c.message).where(t.nudges.c.case_number.in_(numbers))
    about = or_(_m.case_number.in_(numbers), _m.id.in_(nudges))
    # A post of unknown fate may stand there with the old words: it is looked for when its time comes, then edited.
    unsure = _m.posting_since.is_not(None)
    standing = and_(about, _m.only_for.is_(None), or_(_m.ts.is_not(None), unsure))
    shown = and_(_m.dead.is_(None), or_(standing, _m.kind.in_(_VIEWS)))
    tx.execute(update(t.messages).where(shown).values(messages.anew(now)))
