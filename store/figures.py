"""Figures counted in the database, so that a digest reads rows of an index and not every case there ever was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, or_, select, type_coerce, union_all

from cases.figures.digest import Recovery
from cases.figures.stats import Contact
from cases.model import GOOD_ENDS, UNCONTACTED, Grade, Outcome, Severity, Sign
from store import contacts as first_contacts
from store import tables as t
from store.engine import Tx
from store.open_cases import worst_first
from store.scope import ALL, Scope

_c = t.cases.c
_n = t.nudges.c
_waits = _c.status.in_(list(UNCONTACTED))
_clicked = _c.evidence == Grade.CLICKED
_more_than_clicked = func.coalesce(_c.evidence, Grade.TOLD) != Grade.CLICKED
_REASONS_READ = 2_000  # cases of a week whose reasons are read: more of them do not change what was most frequent


def _within(column: ColumnElement[Any], start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return column >= start, column < end


def _count(tx: Tx, *conditions: ColumnElement[bool]) -> int:
    return tx.execute(select(func.count()).select_from(t.cases).where(*conditions)).scalar_one()


# What is so now


def channels_with_open_cases(tx: Tx) -> set[str]:
    """Where cases stand that are open or still owe something, as their rows name it: an id, or a name for the default one."""
    in_hand = (t.is_open, t.is_planned)  # an index for each
    return {channel for each in in_hand for channel in tx.scalars(select(_c.channel).where(each).distinct())}


def channels_told_of(tx: Tx, since: datetime) -> set[str]:
    """Where cases stand of which anything is still to be told: those in hand, and those that were closed after this instant."""
    closed_lately = select(_c.channel).where(_c.closed_at > since).distinct()
    return channels_with_open_cases(tx) | set(tx.scalars(closed_lately))


def waiting_count(tx: Tx, scope: Scope = ALL) -> int:
    """How many open cases have a customer whom nobody has contacted."""
    return _count(tx, t.is_open, _waits, *scope.conditions())


def worst_waiting(tx: Tx, limit: int, now: datetime, scope: Scope = ALL) -> list[int]:
    """The numbers of the first uncontacted cases, worst first."""
    query = select(_c.number).where(t.is_open, _waits, *scope.conditions())
    return list(tx.scalars(query.order_by(*worst_first(now)).limit(limit)))


def waiting_for(tx: Tx) -> list[tuple[str, bool, int]]:
    """(status, whether something is promised, how many) of the open cases."""
    promised = _c.promise_due_at.is_not(None)
    query = select(_c.status, promised, func.count()).where(t.is_open, t.is_real).group_by(_c.status, promised)
    return [(status, bool(some), count) for status, some, count in tx.execute(query)]


def clicked_count(tx: Tx, scope: Scope = ALL) -> int:
    """Of how many open cases nothing more is known than a click."""
    return _count(tx, t.is_open, _clicked, *scope.conditions())


def reminders(tx: Tx, numbers: Collection[int]) -> dict[int, int]:
    """How often each of these was reminded of since we heard what its customer waits for; only those that were."""
    query = select(_n.case_number, func.count()).join(t.cases, _c.number == _n.case_number)
    query = query.where(_n.case_number.in_(numbers), _n.at >= _c.heard_at).group_by(_n.case_number)
    return {row[0]: row[1] for row in tx.execute(query)}


def held(tx: Tx, scope: Scope = ALL) -> list[tuple[str, int]]:
    """(owner, case number) of every open case that somebody holds."""
    query = select(_c.owner, _c.number).where(t.is_open, _c.owner.is_not(None), *scope.conditions())
    return [(owner, number) for owner, number in tx.execute(query)]


def promised_before(tx: Tx, end: datetime, scope: Scope = ALL) -> list[int]:
    """The numbers of open cases with a promise that is due before `end`, earliest first."""
    due, number = _c.promise_due_at, _c.number
    query = select(due, number).where(due < end, *scope.conditions())
    # A closed case is only planned on while it owes something; each has an index of its own.
    found = {tuple(row) for where in (t.is_open, t.is_planned) for row in tx.execute(query.where(where))}
    return [number for _, number in sorted(found)]


def has_open(tx: Tx, scope: Scope = ALL) -> bool:
    """Whether any case is open."""
    return tx.execute(select(_c.number).where(t.is_open, *scope.conditions()).limit(1)).first() is not None


# What happened in a time, from `start` to `end` (excluded)


def opened(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> int:
    """How many cases were opened."""
    return _count(tx, *_within(_c.opened_at, start, end), *scope.conditions())


def contacted(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> int:
    """How many first contacts were made: one for each time that a customer waited anew."""
    there = first_contacts.within(start, end, scope)
    return sum(
        tx.execute(select(func.count()).select_from(kept.of).where(*which)).scalar_one() for kept, which in there
    )


def contacts(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> list[Contact]:
    """Every first contact."""
    found = []
    for kept, which in first_contacts.within(start, end, scope):
        c = kept.rows
        told = (c.waiting_since, c.heard_at, c.contacted_at, c.contacted_at <= c.contact_due_at, c.severity, c.evidence)
        found += [Contact(*row) for row in tx.execute(select(*told).select_from(kept.of).where(*which))]
    return found


def claims(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> list[timedelta]:
    """How long each claim that still counts had been waited for.

    What was claimed in that time is open still, or was closed since. A reopened case that kept its owner was claimed
    before its clock started, and one that somebody opened by hand as it started: they have no time to claim.
    """
    claimed = (*_within(_c.claimed_at, start, end), _c.claimed_at > _c.unclaimed_since, *scope.conditions())
    took = _milliseconds(_c.unclaimed_since, _c.claimed_at)
    either = (t.is_open, _c.closed_at >= start)  # an index for each; one condition with "or" would read every case
    query = union_all(*(select(took).where(*claimed, part) for part in either))
    return [timedelta(milliseconds=length) for length in tx.scalars(query)]


def _milliseconds(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[int]:
    return type_coerce(end, BigInteger) - type_coerce(start, BigInteger)


def ended(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> Mapping[Outcome, int]:
    """How many cases were closed with each outcome that occurred."""
    query = select(_c.outcome, func.count()).where(*_within(_c.closed_at, start, end), *scope.conditions())
    found = {outcome: count for outcome, count in tx.execute(query.group_by(_c.outcome)) if outcome is not None}
    return {outcome: found[outcome] for outcome in Outcome if outcome in found}


def good_ends(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> Mapping[Sign, int]:
    """How many cases ended well, by what that is known; of older ones it is our own word."""
    sign = func.coalesce(_c.sign, Sign.OUR_WORD)
    well = (*_within(_c.closed_at, start, end), _c.outcome.in_(list(GOOD_ENDS)), *scope.conditions())
    found = {Sign(sign): count for sign, count in tx.execute(select(sign, func.count()).where(*well).group_by(sign))}
    return {sign: found[sign] for sign in Sign if sign in found}


def contacted_by(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> list[str]:
    """Everybody who made a first contact of which more is known than a click, in the order of their ids."""
    found: set[str | None] = set()
    for kept, which in first_contacts.within(start, end, scope):
        by, known = kept.rows.contacted_by, func.coalesce(kept.rows.evidence, Grade.TOLD) != Grade.CLICKED
        found.update(tx.scalars(select(by).select_from(kept.of).where(*which, known).distinct()))
    return sorted(person for person in found if person is not None)


def sources(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> list[tuple[str, int]]:
    """Where the cases that were opened came from, by their first feedback, most frequent first: (source, cases)."""
    f, count = t.feedback.c, func.count()
    firsts = select(func.min(f.id)).join(t.cases, _c.number == f.case_number)
    firsts = firsts.where(*_within(_c.opened_at, start, end), *scope.conditions()).group_by(f.case_number)
    query = select(f.source, count).where(f.id.in_(firsts)).group_by(f.source)
    return [(source, number) for source, number in tx.execute(query.order_by(count.desc(), f.source))]


def reasons(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> list[tuple[int, list[str]]]:
    """(case number, codes of its reasons) of the cases opened, newest first; of very many only the newest."""
    query = select(_c.number, _c.reasons).where(*_within(_c.opened_at, start, end), *scope.conditions())
    rows = tx.execute(query.order_by(_c.opened_at.desc()).limit(_REASONS_READ))
    return [(number, [code for code, _ in given]) for number, given in rows]


def best_recovery(tx: Tx, start: datetime, end: datetime, scope: Scope = ALL) -> Recovery | None:
    """Who won a customer back: of several the gravest case, then the fastest contact. Else the fastest good contact.

    A contact is only thanked for if more is known of it than a click, if it was within its clock, really took some time,
    and did not end badly since.
    """
    won = (*_within(_c.closed_at, start, end), _c.outcome == Outcome.WON_BACK, _c.contacted_at.is_not(None))
    grave = case(*((_c.severity == severity, rank) for rank, severity in enumerate(Severity)), else_=0)
    return _recovery(tx, _recoveries(*won, scope=scope).order_by(grave.desc(), _took, _c.number)) or _recovery(
        tx, _recoveries(*_good_contact(start, end), scope=scope).order_by(_took, _c.number)
    )


_took = _milliseconds(_c.waiting_since, _c.contacted_at)


def _good_contact(start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    in_time = (_c.contacted_at > _c.waiting_since, _c.contacted_at <= _c.contact_due_at)
    no_bad_end = or_(_c.outcome.is_(None), _c.outcome.in_([Outcome.WON_BACK, Outcome.SATISFIED]))
    return *_within(_c.contacted_at, start, end), *in_time, no_bad_end


def _recoveries(*conditions: ColumnElement[bool], scope: Scope) -> Select[Any]:
    query = select(_c.number, _c.contacted_by, _c.contacted_at, _c.waiting_since, _c.outcome)
    return query.where(*conditions, _c.contacted_by.is_not(None), _more_than_clicked, *scope.conditions())


def _recovery(tx: Tx, query: Select[Any]) -> Recovery | None:
    row = tx.execute(query.limit(1)).first()
    if row is None:
        return None
    number, person, contacted_at, waiting_since, outcome = row
    return Recovery(number, person, contacted_at - waiting_since, outcome == Outcome.WON_BACK)
