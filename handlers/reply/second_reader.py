"""A second reader: which replies it has still to read, and what becomes of what it remarks on.

It is a model, where one may be asked. It reads what somebody may approve next, each text once. Nobody waits for it, and where
it has no answer nothing changes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from cases.model import OPEN, Case
from cases.replies.checks import Finding
from cases.replies.drafts import Draft, Origin, Reply, digest_of
from cases.replies.scaffold import blanks
from handlers.change import show_draft
from handlers.reply.check import judge
from handlers.reply.propose import brief_of, never_to_ask, not_to_ask
from handlers.world import World
from prompts.writer import Call, Remark, WriterFailed, Written
from store import cases, drafts, opinions
from store.engine import Tx

log = logging.getLogger(__name__)


def to_read(world: World, tx: Tx, case: Case) -> Draft | None:
    """The draft of this case whose words are still to be read; None where there is none, or nobody to read it."""
    if not world.policy.drafts.second_reader or case.held or case.status not in OPEN:
        return None
    draft = drafts.load(tx, case.number)
    if draft is None or draft.reply is None or not draft.stands or draft.approved_by is not None:
        return None
    if draft.origin is Origin.SCAFFOLD or blanks(f"{draft.reply.subject}\n{draft.reply.body}"):
        return None  # an outline is our own, and a letter with blanks will be another one before it is approved
    if digest_of(draft.reply) in opinions.readings(tx, case.number) or never_to_ask(world, case) is not None:
        return None
    return draft


def owe_reading(world: World, tx: Tx, case: Case, now: datetime) -> None:
    """Has the draft read as it stands from now on, where that is to be."""
    if to_read(world, tx, case) is not None:
        opinions.want_again(tx, case.number, now)


def is_reading(world: World, tx: Tx, case: Case) -> bool:
    """Whether what a person wrote is still being read by a model: whoever is about to approve it may want to wait."""
    draft = to_read(world, tx, case)
    return draft is not None and draft.origin is Origin.PERSON and opinions.is_wanted(tx, case.number)


@dataclass(frozen=True, slots=True)
class Reading:
    """(quote, why) of what is remarked on, as it is kept; None where nobody had an answer. `call`: what a model cost."""

    remarks: tuple[tuple[str, str], ...] | None = None
    call: Call | None = None


def read_reply(world: World, case: Case, reply: Reply) -> Reading:
    """Reads a reply. A model that fails leaves a line in the log."""
    written = _by_model(world, case, reply) if not_to_ask(world, case) is None else None
    if written is None:
        return Reading()
    return Reading(tuple((remark.quote, remark.why) for remark in written.value), written.call)


def _by_model(world: World, case: Case, reply: Reply) -> Written[tuple[Remark, ...]] | None:
    assert world.writer is not None
    told = [f"{each.why} {each.quote}".strip() for each in _by_rules(world, case, reply)]
    try:
        return world.writer.judge_reply(brief_of(world, case, Draft(case=case.number), ""), reply, told)
    except WriterFailed as failed:
        log.warning("no second reading of the reply to case %s: %s", case.number, failed)
        return None


def _by_rules(world: World, case: Case, reply: Reply) -> tuple[Finding, ...]:
    return world.store.read(lambda tx: judge(world, tx, case, reply)).findings


def keep_reading(world: World, tx: Tx, number: int, draft: Draft, reading: Reading) -> None:
    """What was read is kept by the digest of the words, and shown where they still stand."""
    assert draft.reply is not None
    now, digest, case = world.now(), digest_of(draft.reply), cases.hold(tx, number)
    opinions.keep_reading(tx, number, digest, reading.remarks)
    if case is None:
        return
    owe_reading(world, tx, case, now)
    standing = drafts.load(tx, number)
    if standing and standing.reply and digest_of(standing.reply) == digest and (reading.remarks or draft.is_a_persons):
        show_draft(tx, case, now)
