"""A draft, a second opinion or the reading of a reply is owed: the model is asked, outside any transaction, and rules stand in where it cannot answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import TypeVar

from cases.judgement.grave import CRITICAL_STAKES
from cases.messages import intents
from cases.messages.kinds import Notice
from cases.messages.notes import SecondOpinion
from cases.model import OPEN, Assessment, Case, Reason, Severity
from cases.policy.working_time import calendar_of
from cases.replies.drafts import Draft, DraftState, Origin
from cases.replies.scaffold import is_grave
from handlers.aloud import seen_again
from handlers.cards import private
from handlers.change import show_draft
from handlers.guard import POISONED, unit_of_work
from handlers.reply import near_lessons
from handlers.reply.acquaintance import acquainted
from handlers.reply.conversation import talk_of
from handlers.reply.propose import Proposal, by_rules, not_to_ask, proposed
from handlers.reply.second_reader import keep_reading, owe_reading, read_reply, to_read
from handlers.rights import holder
from handlers.world import World
from prompts.writer import Call, Opinion, WriterFailed, Written
from store import cases, drafts, messages, opinions
from store.engine import Tx

log = logging.getLogger(__name__)
T = TypeVar("T")
_BESIDES = timedelta(seconds=45)  # what a lease has beyond the time a model may take
_BY_RULES = timedelta(seconds=5)  # the lease of a scaffold, which takes milliseconds
_ATTEMPTS = 4
_LONGEST_WAIT = 86_400.0  # seconds that a server may send us away for


def write_drafts(world: World, writers: ThreadPoolExecutor | None = None) -> int:
    """Writes the drafts that are owed; returns how many were taken on."""
    if not world.store.read(lambda tx: drafts.any_wanted(tx, world.now())):
        return 0
    wanted = world.store.write(lambda tx: drafts.take_wanted(tx, world.now(), _lease(world)))
    with acquainted(world):
        return _each(wanted, lambda draft: _write_one(world, draft), writers)


def give_opinions(world: World, writers: ThreadPoolExecutor | None = None) -> int:
    """Gives the opinions that are owed, on cases and on replies; returns how many were taken on."""
    if world.writer is None or not world.store.read(lambda tx: opinions.any_wanted(tx, world.now())):
        return 0
    wanted = world.store.write(lambda tx: opinions.take_wanted(tx, world.now(), _lease(world)))
    with acquainted(world):
        return _each(wanted, lambda row: _judge_one(world, *row), writers)


def _each(rows: list[T], work: Callable[[T], None], workers: ThreadPoolExecutor | None) -> int:
    if workers is None:
        for row in rows:
            work(row)
    else:
        list(workers.map(work, rows))
    return len(rows)


def _lease(world: World) -> timedelta:
    return world.policy.drafts.model_within + _BESIDES if world.writer else _BY_RULES


def _write_one(world: World, draft: Draft) -> None:
    """Whatever breaks on the way to a draft, rules write it at once; only what breaks them too has to wait."""

    def by_rules_alone() -> None:
        world.store.write(lambda tx: _keep_scaffold(world, tx, draft))

    def put_off() -> None:
        wait = min(POISONED, timedelta(seconds=10 * 4 ** min(draft.attempts, 8)))
        world.store.write(lambda tx: drafts.put_off(tx, draft.case, world.now() + wait))

    what = f"the draft of case {draft.case}"
    with unit_of_work(f"{what}, a scaffold of rules alone,", put_off), unit_of_work(what, by_rules_alone):
        _write(world, draft)


def _judge_one(world: World, number: int, attempt: int) -> None:
    def put_off() -> None:
        world.store.write(lambda tx: _another_time(tx, number, attempt, world.now() + POISONED))

    with unit_of_work(f"the model's opinion on case {number}", put_off):
        _ask(world, number, attempt)


def _ask(world: World, number: int, attempt: int) -> None:
    """One question, for which the lease is long enough; the reading of a reply comes first, as somebody may wait for it."""

    def owed(tx: Tx) -> tuple[Case | None, Draft | None, bool]:
        case = cases.load(tx, number)
        return case, to_read(world, tx, case) if case else None, opinions.is_given(tx, number)

    case, unread, given = world.store.read(owed)
    if case is not None and unread is not None:
        _read(world, case, unread)
    elif not given:
        _judge(world, number, attempt)
    else:
        world.store.write(lambda tx: opinions.leave(tx, number))


def _read(world: World, case: Case, unread: Draft) -> None:
    assert unread.reply is not None
    reading = read_reply(world, case, unread.reply)

    def kept(tx: Tx) -> None:
        if reading.call is not None:
            _record(tx, case.number, world, reading.call)
        keep_reading(world, tx, case.number, unread, reading)

    world.store.write(kept)


def _another_time(tx: Tx, number: int, attempt: int, at: datetime) -> None:
    if attempt >= _ATTEMPTS:
        opinions.give(tx, number, None)
        opinions.leave(tx, number)
    else:
        opinions.put_off(tx, number, at)


def _write(world: World, draft: Draft) -> None:
    case = world.store.read(lambda tx: cases.load(tx, draft.case))
    if case is None or case.status not in OPEN:
        world.store.write(lambda tx: drafts.want_none(tx, draft))
        return
    lead = holder(world, "lead", case.channel)
    proposal = proposed(world, case, draft)
    lessons = _near_lessons(world, case) if draft.version == 0 else ()

    def kept(tx: Tx) -> None:
        _keep(world, tx, case, draft, proposal, lead)
        near_lessons.tell(tx, case, lessons, world)

    world.store.write(kept)


def _near_lessons(world: World, case: Case) -> tuple[int, ...]:
    """A draft does not wait for what breaks here."""
    with unit_of_work(f"looking for the lessons near case {case.number}"):
        return near_lessons.near(world, case)
    return ()


def _keep_scaffold(world: World, tx: Tx, draft: Draft) -> None:
    """Asks nobody: neither a model nor Slack."""
    case = cases.load(tx, draft.case)
    if case is not None:
        _keep(world, tx, case, draft, by_rules(world, case, talk_of(tx, case), "broke"), None)


def _keep(world: World, tx: Tx, case: Case, draft: Draft, proposal: Proposal, lead: str | None) -> None:
    now = world.now()
    for call in proposal.calls:
        _record(tx, case.number, world, call)
    current, standing = cases.load(tx, case.number), drafts.load(tx, case.number)
    if standing is None or (standing.version, standing.state) == (draft.version, DraftState.READY):
        return  # another process was quicker
    if current is None or current.feedback != case.feedback:  # the customer wrote meanwhile: this answers old words
        if standing.state is DraftState.WANTED:
            drafts.want(tx, case.number, now, draft.instruction)
        return
    if _placed(tx, draft, standing, proposal, now):
        owe_reading(world, tx, case, now)
        show_draft(tx, case, now)
    if lead is not None and proposal.failure in _FOR_THE_LEAD:
        _tell_lead(world, tx, case, lead, proposal.failure)


def _placed(tx: Tx, asked: Draft, standing: Draft, proposal: Proposal, now: datetime) -> bool:
    """Puts a proposal where it belongs; beside the words of a person, also where they wrote them while it was being written."""
    if not standing.is_a_persons:
        kept = {"failure": proposal.failure, "prompt_hash": proposal.prompt_hash}
        return drafts.write(tx, asked, proposal.reply, proposal.origin, now, **kept)
    if not standing.stands:
        return False
    if proposal.origin is Origin.MODEL:
        drafts.offer(tx, standing, proposal.reply, now, proposal.prompt_hash)
    else:
        drafts.stand(tx, standing.case, proposal.failure if standing.state is DraftState.WANTED else standing.failure)
    return True


_FOR_THE_LEAD = frozenset({"budget", "safety"})


def _tell_lead(world: World, tx: Tx, case: Case, lead: str, failure: str) -> None:
    """The lead is called once to each grave case, and told once a day that the model is silent."""
    number: int | None = None
    if failure == "safety":
        intent, message, number = intents.lead_called(case.number), private.lead_called(case), case.number
    else:
        day = calendar_of(world.policy).local_date(world.now())
        intent, message = intents.budget(day), private.budget_spent(world.policy.drafts.tokens_per_day)
    notice = Notice(message.text, message.blocks)
    messages.owe(tx, notice, intent=intent, channel=lead, case_number=number, now=world.now())


def _judge(world: World, number: int, attempt: int) -> None:
    case = world.store.read(lambda tx: cases.load(tx, number))
    if case is None or world.writer is None:
        return
    if not_to_ask(world, case) is not None:
        world.store.write(lambda tx: opinions.give(tx, number, None))
        return
    rules_say = Assessment(negative=True, unsure=case.unsure, severity=case.severity, reasons=case.reasons)
    try:
        opinion = world.writer.second_opinion(case.feedback[0], rules_say, world.policy.language)
    except WriterFailed as failed:
        _ask_again(world, number, attempt, failed)
    else:
        world.store.write(lambda tx: _take_in(world, tx, number, opinion))


def _ask_again(world: World, number: int, attempt: int, failed: WriterFailed) -> None:
    log.warning("no second opinion on case %s: %s", number, failed.reason)
    attempts = _ATTEMPTS if failed.reason in ("refused", "bad_request") else attempt
    wait = timedelta(seconds=min(failed.retry_after or 5 * 4**attempt, _LONGEST_WAIT))
    world.store.write(lambda tx: _another_time(tx, number, attempts, world.now() + wait))


def _take_in(world: World, tx: Tx, number: int, written: Written[Opinion]) -> None:
    """The title goes on the card; a graver severity counts, a milder one does not: the rules' alarm is never called off."""
    opinion = written.value
    _record(tx, number, world, written.call)
    case = cases.hold(tx, number)
    if not opinions.give(tx, number, asdict(opinion)) or case is None:
        return
    owe_reading(world, tx, case, world.now())
    severity = case.severity.at_least(opinion.severity or Severity.NORMAL)
    grave = opinion.severity is Severity.CRITICAL and not is_grave(case)
    reasons = (*case.reasons, Reason(CRITICAL_STAKES)) if grave else case.reasons
    after = replace(case, title=case.title or opinion.title, severity=severity, reasons=reasons)
    told = SecondOpinion(before=case.severity, severity=severity if opinion.negative else None, why=opinion.why)
    seen_again(world, tx, case, after, told)


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
