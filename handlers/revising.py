"""A colleague works on a draft: edits it, asks for another, puts it aside, or approves exactly that text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from cases.actions import NotAllowed
from cases.drafts import Draft, DraftState, Origin, Reply, Use, use_of
from cases.model import OPEN, Case, Via
from cases.scaffold import blanks
from handlers.acting import Place, answer
from handlers.cards import words
from handlers.cards.message import line
from handlers.changing import show_draft
from handlers.judging import Judgement, judge
from handlers.world import World
from store import cases, drafts, replies, timeline
from store.engine import Tx

Revision = Callable[[Tx, Case, Draft, str, datetime], NotAllowed | None]


def revise(
    world: World, number: int, person: str, action: str, revision: Revision, place: Place | None = None
) -> NotAllowed | None:
    """Does one thing to a case's draft, or says privately at `place` why it cannot be done; returns the refusal."""
    outside = world.directory.is_outside(person, world.policy)

    def work(tx: Tx) -> NotAllowed | None:
        now = world.now()
        refusal = NotAllowed("outside_team") if outside else _revised(tx, number, person, action, revision, now)
        if refusal is not None and place is not None:
            answer(tx, person, place, line(words.refusal(refusal.reason, refusal.facts)), now)
        return refusal

    return world.store.write(work)


def _revised(tx: Tx, number: int, person: str, action: str, revision: Revision, now: datetime) -> NotAllowed | None:
    case = cases.hold(tx, number)
    if case is None:
        return NotAllowed("no_such_case", {"number": number})
    if case.status not in OPEN:
        return NotAllowed("closed", {"number": number, "outcome": case.outcome, "at": case.closed_at})
    draft = drafts.load(tx, number)
    if draft is None:
        return NotAllowed("no_draft", {"number": number})
    refusal = revision(tx, case, draft, person, now)
    if refusal is None:
        timeline.note_down(tx, number, now, person, action, Via.BUTTON, {"version": draft.version})
        show_draft(tx, case, now)
    return refusal


def edited(reply: Reply, version: int) -> Revision:
    """A person's own words become the next version after `version`, the one they saw; the same words are no version."""

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
        if not reply.body.strip():
            return NotAllowed("reply_what")
        if case.held:
            return NotAllowed("contact_held")
        if draft.version != version:
            return NotAllowed("draft_outdated")
        if draft.origin is Origin.PERSON and draft.reply == reply:
            return None
        written = drafts.write(tx, draft, reply, Origin.PERSON, now, author=person)
        return None if written else NotAllowed("draft_outdated")

    return revision


def another_try(instruction: str | None = None) -> Revision:
    """Another version is asked for, perhaps with a wish for it."""

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
        if case.held:
            return NotAllowed("contact_held")
        if draft.state is not DraftState.WANTED:
            drafts.want(tx, case.number, now, instruction)
        return None

    return revision


def dropped(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
    """Nobody needs the draft."""
    drafts.drop(tx, case.number)
    return None


def approved(world: World, version: int | None, reason: str | None = None) -> Revision:
    """Exactly the text that the approver saw is approved, and kept; a text with blanks in it never is.

    `version` is the one whose button they clicked, None where that is not known. `reason` is why they overrule the
    findings that block, if they may.
    """
    may = _overrulers(world)

    def revision(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | None:
        if (refusal := _not_to_approve(case, draft, person, version)) is not None or draft.reply is None:
            return refusal or NotAllowed("no_draft", {"number": case.number})
        if draft.approved_by is not None:
            return None
        judgement = judge(world, tx, case, draft.reply)
        if (refusal := _blocked(judgement, person, reason, may)) is not None:
            return refusal
        overruled = reason if judgement.blocked else None
        if not drafts.approve(tx, case.number, draft.version, person, now, overruled):
            return NotAllowed("draft_outdated")
        _keep(tx, case, draft, draft.reply, judgement, person, now)
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
    if blanks(f"{draft.reply.subject}\n{draft.reply.body}"):
        return NotAllowed("blanks_left")
    return None


def _overrulers(world: World) -> dict[str, str | None]:
    """Who may lift what blocks: approval → a person's id. Asked before the transaction: it may ask Slack."""
    policy = world.policy
    named = {"beyond": policy.remedies.beyond or policy.lead, "override": policy.drafts.may_override or policy.lead}
    return {approval: world.directory.person(name) if name else None for approval, name in named.items()}


def may_lift(world: World, judgement: Judgement, person: str) -> Literal["tick", "reason"] | None:
    """What this person can do to approve the reply as it stands: tick a box, give a reason, or nothing but mend it."""
    if not judgement.blocked:
        return "tick"
    if _overrulers(world)[judgement.approval] != person:
        return None
    return "tick" if judgement.approval == "beyond" else "reason"


def _blocked(judgement: Judgement, person: str, reason: str | None, may: Mapping[str, str | None]) -> NotAllowed | None:
    if not judgement.blocked:
        return None
    who = may[judgement.approval]
    if person != who:
        facts = {"to": who, "faults": [f.why for f in judgement.findings if f.severity == "block"]}
        return NotAllowed("beyond_policy" if judgement.approval == "beyond" else "reply_blocked", facts)
    if judgement.approval == "override" and not (reason or "").strip():
        return NotAllowed("overrule_why")
    return None


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
        promises=[{"words": p.quote, "what": p.what, "due_at": p.due_at.isoformat()} for p in judgement.promises],
        prompt_hash=draft.prompt_hash,
        use=use_of(proposed.body, reply.body) if proposed else Use.WRITTEN,
    )
    replies.keep(tx, kept)
