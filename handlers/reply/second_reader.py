"""A model as second reader: which replies it has still to read, and what becomes of what it remarks on.

It reads what somebody may approve next, each text once. Nobody waits for it, and where it has no answer nothing changes.
"""

from __future__ import annotations

import logging
from datetime import datetime

from cases.model import OPEN, Case
from cases.replies.checks import Finding
from cases.replies.drafts import Draft, Origin, Reply, digest_of
from cases.replies.scaffold import blanks
from handlers.change import show_draft
from handlers.reply.check import judge
from handlers.reply.propose import brief_of, never_to_ask, not_to_ask
from handlers.world import World
from prompts.writer import Remark, WriterFailed, Written
from store import cases, drafts, opinions
from store.engine import Tx

log = logging.getLogger(__name__)


def to_read(world: World, tx: Tx, case: Case) -> Draft | None:
    """The draft of this case whose words a model has still to read; None where there is none, or none may be told of it."""
    if not world.policy.drafts.second_reader or case.held or case.status not in OPEN:
        return None
    draft = drafts.load(tx, case.number)
    if draft is None or draft.reply is None or not draft.stands or draft.approved_by is not None:
        return None
    if draft.origin is Origin.SCAFFOLD or blanks(f"{draft.reply.subject}\n{draft.reply.body}"):
        return None  # an outline is our own, and a letter with blanks will be another one before it is approved
    if never_to_ask(world, case) is not None or digest_of(draft.reply) in opinions.readings(tx, case.number):
        return None
    return draft


def owe_reading(world: World, tx: Tx, case: Case, now: datetime) -> None:
    """Has the model read the draft as it stands from now on, where that is to be."""
    if to_read(world, tx, case) is not None:
        opinions.want_again(tx, case.number, now)


def is_reading(world: World, tx: Tx, case: Case) -> bool:
    """Whether what a person wrote is still being read: whoever is about to approve it may want to wait."""
    draft = to_read(world, tx, case)
    return draft is not None and draft.origin is Origin.PERSON and opinions.is_wanted(tx, case.number)


def read_reply(world: World, case: Case, draft: Draft) -> Written[tuple[Remark, ...]] | None:
    """What the model remarks on; None, and a line in the log, where it may not be asked any more or has no answer."""
    assert world.writer is not None
    assert draft.reply is not None
    if not_to_ask(world, case) is not None:
        return None
    told = [f"{each.why} {each.quote}".strip() for each in _by_rules(world, case, draft.reply)]
    try:
        return world.writer.judge_reply(brief_of(world, case, draft, ""), draft.reply, told)
    except WriterFailed as failed:
        log.warning("no second reading of the reply to case %s: %s", case.number, failed)
        return None


def _by_rules(world: World, case: Case, reply: Reply) -> tuple[Finding, ...]:
    return world.store.read(lambda tx: judge(world, tx, case, reply)).findings


def keep_reading(world: World, tx: Tx, number: int, draft: Draft, remarks: tuple[Remark, ...] | None) -> None:
    """What was read is kept by the digest of the words, and shown where they still stand."""
    assert draft.reply is not None
    now, digest, case = world.now(), digest_of(draft.reply), cases.hold(tx, number)
    found = None if remarks is None else [(remark.quote, remark.why) for remark in remarks]
    opinions.keep_reading(tx, number, digest, found)
    if case is None:
        return
    owe_reading(world, tx, case, now)
    standing = drafts.load(tx, number)
    if standing and standing.reply and digest_of(standing.reply) == digest and (found or draft.is_a_persons):
        show_draft(tx, case, now)
