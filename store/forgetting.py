"""Forgetting a customer: everything that leads back to one person is found, and erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from cases.arrivals.feedback import customer_keys
from cases.model import Customer
from store import tables as t
from store.engine import Store, Tx
from store.erasing import empty_log, erase

_IDENTIFYING = ("name", "email", "phone", "id")
_f = t.feedback.c


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


def forget(store: Store, email: str, now: datetime) -> Traces:
    """Erases the customer in one transaction, has Slack show it, and returns what was found. Twice changes nothing more."""

    def work(tx: Tx) -> Traces:
        found = traces_of(tx, email)
        erase(tx, found.feedback, now)
        return found

    found = store.write(work)
    empty_log(store)
    return found
