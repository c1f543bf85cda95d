"""Erasing feedback by its ids: the one way by which customers' words and names leave the database, whoever asks for it.

What was said and by whom goes from every table; numbers, times, ratings and outcomes stay. Why something is to be erased,
because a customer wants to be forgotten or because it has been kept long enough, is not known here.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Table, and_, bindparam, delete, or_, select, update

from cases.acts.act import Act
from cases.acts.lesson import LINES
from cases.arrivals.feedback import read_kept
from cases.lessons.nameless import unquoted
from cases.messages import intents
from cases.messages.kinds import KINDS, Kind, Said, payload_of
from cases.messages.payload import as_facts, free_text, without_words
from cases.model import Customer, Feedback
from cases.text import ERASED as ERASED
from store import attached, floods, messages, timeline
from store import tables as t
from store.engine import Store, Tx
from store.feedback import words_of
from store.seals import Seal, sealing

Json: TypeAlias = dict[str, Any]

_KEPT = ("external_id", "source", "rating", "locale", "contact_ok", "occurred_at")
_IDENTIFYING = ("name", "email", "phone", "id")
# What a line of the timeline keeps of an act, or of the model's opinion, is named as the act and the note about it name it.
_TOLD: tuple[type[Any], ...] = (Act, *KINDS[Kind.NOTE].carries)
_FREE_TEXT = frozenset(name for each in _TOLD for name in free_text(each))
_SAID = [kind for kind, treated in KINDS.items() if issubclass(treated.carries[0], Said)]
_VIEWS = [kind for kind, treated in KINDS.items() if treated.is_view]
_SHORTEST_NAME = 3  # letters; shorter parts of a name stand in too many other words
_NUMBER = re.compile(r"#(\d{1,15})")
_COLLEAGUES_WROTE = ("snooze_reason", "remedy_granted", "remedy_cost")
_c, _f, _m = t.cases.c, t.feedback.c, t.messages.c


@dataclass(frozen=True, slots=True)
class Erased:
    """What has been erased: feedback by id, the cases whose words went with it, by number, and how many files."""

    feedback: frozenset[int] = frozenset()
    cases: frozenset[int] = frozenset()
    files: int = 0


def erase(tx: Tx, ids: Collection[int], now: datetime, *, told: bool = True) -> Erased:
    """Erases these pieces of feedback, with all that was said and written about them; has Slack show what is left.

    Of a case they belong to every word goes: its notes and drafts may speak of any of its customers. What others said in the
    same case stays, and so do the keys they are known by. What has been erased before is passed over, and is no part of the
    answer. In the caller's transaction; after its commit comes `empty_log`. Not `told`: no colleague has been told of any of
    it, so that what the bot said in private need not be looked through.
    """
    if tx.dialect.name == "sqlite":
        tx.exec_driver_sql("PRAGMA secure_delete=ON")  # else the words stay legible in the file's free pages
    rows = _feedback(tx, _f.id.in_(sorted(ids)) & t.is_kept) if ids else []
    if not rows:
        return Erased()
    numbers = sorted({n for row in rows for n in (row.case_number, *(row.once_in or ())) if n is not None})
    names = sorted(_names(map(_customer, rows)), key=len, reverse=True)
    seal = sealing(tx)
    kept_as = {row.external_id: seal(row.external_id) for row in rows}
    _each(tx, t.feedback, _f.id.in_([row.id for row in rows]), lambda row: _feedback_erased(row, seal, now))
    spoken = [read_kept(row.content, row.source) for row in rows]
    _each(tx, t.cases, _c.number.in_(numbers), lambda row: _case_erased(row, _without(names), spoken))
    with timeline.rewriting(tx):
        _each(tx, t.timeline, t.timeline.c.case_number.in_(numbers), lambda row: _line_erased(row, kept_as))
    _each(tx, t.messages, _m.case_number.in_(numbers), lambda row: {"facts": _renamed(_message_erased(row), kept_as)})
    if told:
        _each(tx, t.messages, _said_in_private(), lambda row: _answer_erased(row, names, numbers, now))
    _erase_drafts(tx, numbers)
    files = attached.erase(tx, [row.id for row in rows], now)
    tx.execute(delete(t.customer_keys).where(t.customer_keys.c.feedback.in_([row.id for row in rows])))
    _show_anew(tx, numbers, now)
    return Erased(frozenset(row.id for row in rows), frozenset(numbers), files)


def empty_log(store: Store) -> None:
    """SQLite's write-ahead log keeps earlier pages until it is written back; readers at work may put that off."""
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _feedback(tx: Tx, which: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return tx.execute(select(t.feedback).where(which)).all()


def _customer(row: Row[Any]) -> Customer:
    return Customer(**{name: row.content["customer"].get(name) for name in _IDENTIFYING})


def _names(customers: Iterable[Customer]) -> Iterator[str]:
    """What the customers are called, whole and in parts."""
    for customer in customers:
        yield from (value for value in (customer.name, customer.email, customer.phone, customer.id) if value)
        yield from (part for part in (customer.name or "").split() if len(part) >= _SHORTEST_NAME)


def _each(tx: Tx, table: Table, which: ColumnElement[bool], erased: Callable[[Row[Any]], Json]) -> None:
    """Changes rows by their values, all at once: JSON cannot be rewritten in place in the same way on every database."""
    key = next(iter(table.primary_key.columns))
    changes: dict[frozenset[str], list[Json]] = defaultdict(list)
    for row in tx.execute(select(table).where(which)).all():
        if values := erased(row):
            changes[frozenset(values)].append(values | {"the_key": row._mapping[key.name]})
    for columns, rows in changes.items():
        values = {name: bindparam(name, type_=table.c[name].type) for name in columns}
        tx.execute(update(table).where(key == bindparam("the_key")).values(values), rows)


def _feedback_erased(row: Row[Any], seal: Seal, now: datetime) -> Json:
    """A rating says nothing of a person. What was erased says so, wherever it is shown.

    Name and words stay as seals, so that what a vendor sends once more is known again and dropped.
    """
    content = {name: row.content.get(name) for name in _KEPT} | {"external_id": seal(row.external_id)}
    content["customer"] = dict.fromkeys(_IDENTIFYING)
    content["comment"] = ERASED
    assessment = row.assessment | {"reasons": [reason | {"detail": ""} for reason in row.assessment["reasons"]]}
    assessment.pop("pending", None)  # without its words nobody can judge it any more
    return {
        "external_id": seal(row.external_id),
        "content": content,
        "assessment": assessment,
        **dict.fromkeys(("events", "score", "unscored_since", "pending_since", "decided")),
        "erased_at": now,
        "erased_words": seal(words_of(row.content.get("comment"))),
    }


def _case_erased(row: Row[Any], without: Callable[[str | None], str | None], spoken: Sequence[Feedback]) -> Json:
    """The title and the reasons quote the customer. What colleagues wrote stays, without the customer's name; and a lesson,
    which outlives the case, without words of theirs too."""
    own = {name: (said := row._mapping[name]) and without(unquoted(said, spoken)) for name in LINES}
    own |= {name: without(row._mapping[name]) for name in _COLLEAGUES_WROTE}
    return own | {
        "evidence_by": without(row.evidence_by),
        "evidence_from": None,  # what another program calls the contact may hold a number
        "contact_decision": row.contact_decision and ERASED,
        "remedy_wanted": row.remedy_wanted and ERASED,
        "promises": [[without(what), *rest] for what, *rest in row.promises],
        "title": "",
        "reasons": [[code, ""] for code, _ in row.reasons],
        "revision": row.revision + 1,
    }


def _either(names: Iterable[str]) -> str:
    """A pattern of any of these names where they stand as words; of none, where there are none."""
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w)"


def _without(names: Iterable[str]) -> Callable[[str | None], str | None]:
    """Text → the same text with every one of these names replaced, whatever their capitals."""
    pattern = re.compile(_either(names), re.IGNORECASE)
    return lambda text: None if text is None else pattern.sub(ERASED, text)


def _line_erased(row: Row[Any], kept_as: Mapping[str, str]) -> Json:
    facts = _renamed(row.facts, kept_as) | {name: ERASED for name in _FREE_TEXT if row.facts.get(name)}
    return {"facts": facts} if facts != row.facts else {}


def _renamed(facts: Json, kept_as: Mapping[str, str]) -> Json:
    """Feedback is spoken of by the name that it has now: an id may hold an address."""
    name = str(facts.get("external_id"))
    return facts | {"external_id": kept_as[name]} if name in kept_as else facts


def _message_erased(row: Row[Any]) -> Json:
    """What its kind does not know goes too, and where nobody can tell what it carries, nothing of it stays."""
    try:
        return as_facts(without_words(payload_of(Kind(row.kind), row.facts), ERASED))
    except ValueError:
        return {}


def _said_in_private() -> ColumnElement[bool]:
    """Answers carry their words with them, and may be about anybody."""
    return and_(_m.kind.in_(_SAID), _m.case_number.is_(None))


def _answer_erased(row: Row[Any], names: Collection[str], numbers: Collection[int], now: datetime) -> Json:
    """By a name in it, or by the case's number, which every answer that tells of a case tells. What was whispered has passed."""
    if not any(_mentions(html.unescape(text), names, numbers) for text in _texts(row.facts)):
        return {}
    gone: Json = {"facts": _message_erased(row)}
    if row.ts is not None and row.only_for is None:  # it stands in a direct message, and is edited there
        return gone | {"wanted": row.wanted + 1, "owed_since": now, "next_attempt_at": now}
    return gone if row.shown >= row.wanted else gone | {"dead": "forgotten"}


def _mentions(text: str, names: Collection[str], numbers: Collection[int]) -> bool:
    if not {int(number) for number in _NUMBER.findall(text)}.isdisjoint(numbers):
        return True
    folded = text.casefold()
    near = [name for name in names if name.casefold() in folded]  # most texts are done with here, and quickly
    return bool(near) and re.search(_either(near), text, re.IGNORECASE) is not None


def _texts(facts: Any) -> Iterator[str]:
    """Every text in JSON, as it was before it was written as JSON."""
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, Mapping | list):
        for part in facts.values() if isinstance(facts, Mapping) else facts:
            yield from _texts(part)


def _erase_drafts(tx: Tx, numbers: list[int]) -> None:
    empty = ("reply", "instruction", "approved_by", "approved_at", "override", "overruled_by", "lease_until")
    gone: Json = {"state": "dropped", **dict.fromkeys(empty)}
    tx.execute(update(t.drafts).where(t.drafts.c.case_number.in_(numbers)).values(gone))
    approved = select(t.replies.c.id).where(t.replies.c.case_number.in_(numbers))
    tx.execute(delete(t.reply_bands).where(t.reply_bands.c.reply.in_(approved)))
    tx.execute(delete(t.replies).where(t.replies.c.case_number.in_(numbers)))
    tx.execute(delete(t.letters).where(t.letters.c.case_number.in_(numbers)))
    tx.execute(delete(t.draft_versions).where(t.draft_versions.c.case_number.in_(numbers)))
    tx.execute(delete(t.opinions).where(t.opinions.c.case_number.in_(numbers)))


def _recalling(tx: Tx, numbers: Collection[int]) -> list[int]:
    """The cases in whose threads a lesson of these stands."""
    taught = select(_c.number).where(_c.number.in_(numbers), t.has_lesson)
    if tx.scalar(taught.limit(1)) is None:
        return []
    notes = select(_m.case_number, _m.facts).where(_m.intent.startswith(intents.NEAR_LESSONS))
    return [row.case_number for row in tx.execute(notes) if not set(numbers).isdisjoint(row.facts.get("cases", ()))]


def _show_anew(tx: Tx, numbers: list[int], now: datetime) -> None:
    """Whatever stands in Slack about these cases is drawn again from what is left; so is every Home tab."""
    nudges = select(t.nudges.c.message).where(t.nudges.c.case_number.in_(numbers))
    cards = {intents.flood(each) for each in floods.standing(tx, numbers).values()}  # that they share with others
    recalled = [intents.near_lessons(number) for number in _recalling(tx, numbers)]
    about = or_(_m.case_number.in_(numbers), _m.id.in_(nudges), _m.intent.in_([*cards, *recalled]))
    # A post of unknown fate may stand there with the old words: it is looked for when its time comes, then edited.
    unsure = _m.posting_since.is_not(None)
    standing = and_(about, _m.only_for.is_(None), or_(_m.ts.is_not(None), unsure))
    shown = and_(_m.dead.is_(None), or_(standing, _m.kind.in_(_VIEWS)))
    tx.execute(update(t.messages).where(shown).values(messages.anew(now)))
