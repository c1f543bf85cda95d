"""A draft or a second opinion is owed: the model is asked, outside any transaction, and rules stand in where it cannot answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TypeVar

from cases.drafts import Draft, Origin, Reply
from cases.model import OPEN, UNCONTACTED, Assessment, Case, Severity, Via
from cases.scaffold import scaffold
from handlers.changing import changed, note, show_draft
from handlers.world import World
from prompts.writer import Brief, Call, Opinion, WriterFailed, Written
from store import cases, drafts, opinions, timeline
from store.engine import AWAY, Tx, what_is_away

log = logging.getLogger(__name__)
T = TypeVar("T")
_LEASE = timedelta(seconds=60)  # longer than a model may take
_BY_RULES = timedelta(seconds=5)  # the lease of a scaffold, which takes milliseconds
_POISONED = timedelta(hours=1)
_ATTEMPTS = 4
_NO_MODEL = frozenset({"safety", "legal"})  # what a lawyer or a doctor may read later is not for a model to phrase


def write_drafts(world: World, writers: ThreadPoolExecutor | None = None) -> int:
    """Writes the drafts that are owed; returns how many were taken on."""
    if not world.store.read(lambda tx: drafts.any_wanted(tx, world.now())):
        return 0
    lease = _LEASE if world.writer else _BY_RULES
    wanted = world.store.write(lambda tx: drafts.take_wanted(tx, world.now(), lease))
    return _each(wanted, lambda draft: _guarded(world, draft), writers)


def give_opinions(world: World, writers: ThreadPoolExecutor | None = None) -> int:
    """Asks the model about cases that are owed a second opinion; returns how many were taken on."""
    if world.writer is None or not world.store.read(lambda tx: opinions.any_wanted(tx, world.now())):
        return 0
    wanted = world.store.write(lambda tx: opinions.take_wanted(tx, world.now(), _LEASE))
    return _each(wanted, lambda row: _judge(world, *row), writers)


def _each(rows: list[T], work: Callable[[T], None], workers: ThreadPoolExecutor | None) -> int:
    if workers is None:
        for row in rows:
            work(row)
    else:
        list(workers.map(work, rows))
    return len(rows)


def _guarded(world: World, draft: Draft) -> None:
    try:
        _write(world, draft)
    except AWAY as away:
        log.error("the draft of case %s waits for its lease to end, %s", draft.case, what_is_away(away))
    except Exception:
        log.exception("the draft of case %s could not be written; it is tried again in an hour", draft.case)
        world.store.write(lambda tx: drafts.put_off(tx, draft.case, world.now() + _POISONED))


def _write(world: World, draft: Draft) -> None:
    case = world.store.read(lambda tx: cases.load(tx, draft.case))
    if case is None or case.status not in OPEN:
        world.store.write(lambda tx: drafts.drop(tx, draft.case))
        return
    reply, origin, failure, call = _words(world, case, draft)

    def keep(tx: Tx) -> None:
        if call is not None:
            _record(tx, case.number, world, call)
        if drafts.write(tx, draft, reply, origin, world.now(), failure=failure):
            show_draft(tx, case, world.now())

    world.store.write(keep)


def _words(world: World, case: Case, draft: Draft) -> tuple[Reply, Origin, str | None, Call | None]:
    """The model's words, or the scaffold and why the model's are missing."""
    signed_by = _name(world, case.owner)
    made_by_rules = scaffold(case, signed_by, world.policy.team)
    if world.writer is None or _NO_MODEL & {reason.code for reason in case.reasons}:
        return made_by_rules, Origin.SCAFFOLD, None, None
    try:
        written = world.writer.draft(_brief(world, case, draft, signed_by))
    except WriterFailed as failed:
        log.warning("the model wrote no draft for case %s: %s", case.number, failed.reason)
        return made_by_rules, Origin.SCAFFOLD, failed.reason, None
    return written.value, Origin.MODEL, None, written.call


def _name(world: World, person: str | None) -> str:
    member = world.directory.member(person) if person else None
    return member.name if member else ""


def _brief(world: World, case: Case, draft: Draft, signed_by: str) -> Brief:
    history = world.store.read(lambda tx: timeline.history(tx, case.number))
    said = tuple(str(entry.facts["text"]) for entry in history if entry.actor and entry.facts.get("text"))
    return Brief(
        case=case,
        team=world.policy.team,
        language=world.policy.language,
        signed_by=signed_by,
        now=world.now().astimezone(world.policy.zone),
        thread=said,
        instruction=draft.instruction or "",
        previous=draft.reply,
    )


def _judge(world: World, number: int, attempt: int) -> None:
    case = world.store.read(lambda tx: cases.load(tx, number))
    if case is None or world.writer is None:
        return
    rules_say = Assessment(negative=True, unsure=case.unsure, severity=case.severity, reasons=case.reasons)
    try:
        opinion = world.writer.second_opinion(case.feedback[0], rules_say, world.policy.language)
    except WriterFailed as failed:
        _ask_again(world, number, attempt, failed)
    except Exception:
        log.exception("no second opinion on case %s; it is asked for again in an hour", number)
        world.store.write(lambda tx: opinions.put_off(tx, number, world.now() + _POISONED))
    else:
        world.store.write(lambda tx: _take_in(world, tx, number, opinion))


def _ask_again(world: World, number: int, attempt: int, failed: WriterFailed) -> None:
    log.warning("no second opinion on case %s: %s", number, failed.reason)
    if attempt >= _ATTEMPTS or failed.reason in ("refused", "bad_request"):
        world.store.write(lambda tx: opinions.give(tx, number, None))
        return
    wait = timedelta(seconds=failed.retry_after or 5 * 4**attempt)
    world.store.write(lambda tx: opinions.put_off(tx, number, world.now() + wait))


def _take_in(world: World, tx: Tx, number: int, written: Written[Opinion]) -> None:
    """The title goes on the card; a graver severity counts, a milder one does not: the rules' alarm is never called off."""
    now, opinion = world.now(), written.value
    _record(tx, number, world, written.call)
    case = cases.hold(tx, number)
    if not opinions.give(tx, number, asdict(opinion)) or case is None:
        return
    severity = case.severity.at_least(opinion.severity or Severity.NORMAL)
    after = replace(case, title=case.title or opinion.title, severity=severity)
    facts = {"before": case.severity, "severity": severity if opinion.negative else None, "why": opinion.why}
    after = changed(
        tx, case, after, world.policy, now, actor=None, action="second_opinion", via=Via.ARRIVAL, facts=facts
    )
    kindly = not opinion.negative and case.unsure
    if case.status in UNCONTACTED and (kindly or severity is not case.severity):
        note(tx, after, "second_opinion", now, **timeline.plain(facts))


def _record(tx: Tx, number: int, world: World, call: Call) -> None:
    opinions.record_call(
        tx,
        number,
        world.now(),
        prompt=call.prompt,
        prompt_hash=call.prompt_hash,
        model=call.model,
        input_tokens=call.input_tokens,
        output_tokens=call.output_tokens,
        latency_ms=call.latency_ms,
    )
