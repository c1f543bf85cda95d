"""A reply is approved: exactly the words that a person saw, by whoever policy lets approve them as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cases.acts.act import NotAllowed, Unchanged
from cases.acts.refusals import RefusalName
from cases.may import What
from cases.model import Case, Via
from cases.replies.checks import Finding
from cases.replies.drafts import Draft, DraftState, Reply, Use, as_shown, is_too_long, use_of
from cases.replies.limits import Approval
from cases.replies.scaffold import blanks
from handlers.act import enter_promises
from handlers.cards.modals import Lift
from handlers.reply.check import Judgement, judge, read_as_a_whole
from handlers.reply.edit import Revision
from handlers.rights import channel_of, holder, may, titles
from handlers.world import World
from store import drafts, replies, timeline
from store.engine import Tx

_SAID_FIRST = 2  # faults named in a refusal; more would be a wall of text


@dataclass(frozen=True, slots=True)
class Authority:
    """Whom policy names: `beyond` may offer more, `override` may overrule the checks, with a reason. Ids, None for nobody."""

    lead: str | None
    beyond: str | None
    override: str | None

    def who_lifts(self, judgement: Judgement) -> str | None:
        """The person who can approve a reply that is blocked; None for nobody: a blank has to be filled."""
        if judgement.unfinished:
            return None
        return {"nobody": None, "beyond": self.beyond, "override": self.override}[judgement.approval]

    def lift(self, judgement: Judgement, person: str) -> Lift:
        """How this person can approve the reply as it stands; None: they cannot."""
        if judgement.unfinished or (judgement.approval != "nobody" and self.who_lifts(judgement) != person):
            return None
        asked = _BY_APPROVAL[judgement.approval]
        if judgement.unread:
            return ("reason", "reads") if asked == "reason" else ("reads",)
        return (asked,)


_BY_APPROVAL: dict[Approval, Literal["tick", "reason"]] = {"nobody": "tick", "beyond": "tick", "override": "reason"}


def authority(world: World, number: int) -> Authority:
    """Whom policy names where a case stands, looked up outside any transaction: it may ask Slack."""
    lead = holder(world, "lead", channel_of(world, number) or "")
    beyond, override = (
        holder(world, title) if titles(world.policy)[title] else lead for title in ("beyond", "may_override")
    )
    return Authority(lead, beyond, override)


def approved(
    world: World, number: int, by: str, version: int | None, reason: str | None = None, *, reads: bool = False
) -> Revision:
    """Exactly the text that the approver saw is approved, and kept; a text with blanks in it never is.

    `by` is the approver, `version` the one whose button they clicked, None where that is not known. `reason` is why they
    overrule the findings that block, if they may; `reads`: they say that they read the language it is in.
    """
    read_as_a_whole(world, number)
    named = authority(world, number)
    waits = may(world, by, What.OVERRULE, number)

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
        if (refusal := _not_to_approve(case, draft, person, version)) is not None or draft.reply is None:
            return refusal or NotAllowed("no_draft", {"number": case.number})
        if draft.approved_by is not None:
            return Unchanged()
        seen = as_shown(draft.reply)
        judgement = judge(world, tx, case, seen, lead_approved=person == named.lead)
        refusal = _blocked(judgement, person, reason, reads, named) or (waits if judgement.read().blocked else None)
        if refusal is not None:
            return refusal
        read, judgement = judgement.unread, judgement.read()
        overruled = reason if judgement.blocked else None
        if not drafts.approve(tx, case.number, draft.version, person, now, overruled):
            return NotAllowed("draft_outdated")
        _keep(tx, case, draft, seen, judgement, person, now)
        enter_promises(world, tx, case, seen.body, person, Via.BUTTON, found=judgement.promises)
        if read:
            timeline.note_down(tx, case.number, now, person, "read_language", Via.BUTTON, {"version": draft.version})
        return None

    return revision


def _not_to_approve(case: Case, draft: Draft, person: str, version: int | None) -> NotAllowed | None:
    if case.held:
        return NotAllowed("contact_held")
    if version not in (None, draft.version):
        return NotAllowed("draft_outdated")
    if draft.approved_by not in (None, person):
        return NotAllowed("already_approved", {"by": draft.approved_by, "at": draft.approved_at})
    if draft.reply is None or draft.state is not DraftState.READY:
        return NotAllowed("no_draft", {"number": case.number})
    if is_too_long(
        draft.reply
    ):  # kept by an earlier version: the card leaves out its end, so nobody has seen all of it
        return NotAllowed("reply_too_long")
    if blanks(f"{draft.reply.subject}\n{draft.reply.body}"):
        return NotAllowed("blanks_left")
    return None


def _blocked(judgement: Judgement, person: str, reason: str | None, reads: bool, named: Authority) -> NotAllowed | None:
    lift = named.lift(judgement, person)
    if lift is None:
        refused: RefusalName = "beyond_policy" if judgement.approval == "beyond" else "reply_blocked"
        return NotAllowed(refused, {"to": named.who_lifts(judgement), "faults": _faults(judgement.blocking)})
    if "reason" in lift and not (reason or "").strip():
        return NotAllowed("overrule_why")
    return NotAllowed("read_language") if "reads" in lift and not reads else None


def _faults(blocking: Sequence[Finding]) -> list[tuple[str, str]]:
    """(quote, why) of what weighs most, each reason once."""
    by_reason = {finding.why: finding for finding in reversed(blocking)}
    return [(finding.quote, why) for why, finding in reversed(by_reason.items())][:_SAID_FIRST]


def _keep(tx: Tx, case: Case, draft: Draft, reply: Reply, judgement: Judgement, person: str, now: datetime) -> None:
    """The exact words go where later replies are held against them, with the dates that they promise."""
    proposed = drafts.proposal(tx, case.number)
    kept = replies.Approved(
        case=case.number,
        version=draft.version,
        at=now,
        by=person,
        subject=reply.subject,
        body=reply.body,
        promises=judgement.promises,
        prompt_hash=draft.prompt_hash,
        use=use_of(proposed.body, reply.body) if proposed else Use.WRITTEN,
    )
    replies.keep(tx, kept)
