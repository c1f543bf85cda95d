"""Letters after the first answer are proposed: that a promise comes late, what came of it, and whether it ended well; by rules alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.acts.act import NotAllowed, Unchanged
from cases.model import Case
from cases.replies.drafts import Draft, Origin, Reply
from cases.replies.promises import clock_of
from cases.replies.scaffold import later, look_back, result
from handlers.change import next_letter
from handlers.reply.edit import Revision, same_words
from handlers.world import World
from store import drafts, replies, timeline
from store.engine import Tx


def comes_late(world: World) -> Revision:
    """The letter that admits that the promise which falls due first is not kept in time, and sets a new date."""

    def letter(tx: Tx, case: Case, now: datetime) -> Reply | None:
        promise, policy = case.promised, world.policy
        return later(case, promise, policy.team, clock_of(case, policy), now) if promise else None

    return _proposed(letter)


def tells_the_result(world: World, due: datetime | None) -> Revision:
    """The letter that says what came of the promise for that instant, once it is kept; None: of the last that was."""

    def letter(tx: Tx, case: Case, now: datetime) -> Reply | None:
        promised = timeline.kept(tx, case.number, due)
        return result(case, promised, world.policy.team) if promised else None

    return _proposed(letter)


def asks_how_it_ended(world: World) -> Revision:
    """The short letter of the look back."""
    return _proposed(lambda tx, case, now: look_back(case, world.policy.team))


def _proposed(letter: Callable[[Tx, Case, datetime], Reply | None]) -> Revision:
    """Such a letter is the draft where nobody wrote one, or what they wrote has gone out; it stands beside other words of a person.

    The same is said once.
    """

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
        if case.held:
            return NotAllowed("contact_held")
        reply = letter(tx, case, now)
        if reply is None:
            return NotAllowed("nothing_promised", {"number": case.number})
        newest = next(iter(drafts.versions(tx, case.number)), None)
        if newest and draft.stands and newest.version >= draft.version and same_words(newest.reply, reply):
            return Unchanged()
        if draft.approved_by is not None and replies.is_sent(tx, case.number, draft.version):
            next_letter(tx, case.number, draft.version, now)
            draft = drafts.load(tx, case.number) or draft
        if draft.stands and draft.is_a_persons:
            drafts.offer(tx, draft, reply, now, origin=Origin.SCAFFOLD)
            return None
        return None if drafts.write(tx, draft, reply, Origin.SCAFFOLD, now) else NotAllowed("draft_outdated")

    return revision
