"""A reply is proposed: whether a model may be asked about the case, what it is told, and what stands in for it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from cases.model import Case
from cases.policy.page import Remedies
from cases.policy.values import LANGUAGES
from cases.policy.working_time import calendar_of
from cases.replies.checks import Finding
from cases.replies.conversation import Talk
from cases.replies.drafts import Draft, DraftState, Origin, Reply
from cases.replies.notes import is_team_only
from cases.replies.promises import clock_of
from cases.replies.scaffold import following, is_grave, scaffold
from handlers.cards import draft_card
from handlers.reply.check import hear, judge
from handlers.reply.conversation import talk_of
from handlers.reply.notes import notes
from handlers.reply.voice import examples
from handlers.world import World
from prompts.writer import Brief, Call, WriterFailed, Written
from store import opinions

log = logging.getLogger(__name__)

_LEAST_FOR_ANOTHER = 4.0  # seconds below which a second try is not worth beginning
_TAKES = 3  # how often a draft is taken up with a model; what ended none of them well will not end the next one


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed reply, who made it, why a model did not, and what the calls cost."""

    reply: Reply
    origin: Origin
    failure: str | None = None
    calls: tuple[Call, ...] = ()

    @property
    def prompt_hash(self) -> str | None:
        """The wording of the prompt it comes from."""
        return self.calls[-1].prompt_hash if self.calls and self.origin is Origin.MODEL else None


def not_to_ask(world: World, case: Case) -> str | None:
    """Why no model is told of this case, None when one may be. What holds for a draft holds for a second opinion."""
    drafts = world.policy.drafts
    if (never := never_to_ask(world, case)) is not None:
        return never
    if drafts.tokens_per_day and _spent_today(world) >= drafts.tokens_per_day:
        return "budget"
    return None


Never: TypeAlias = Literal["safety", "no_model", "switched_off"]


def never_to_ask(world: World, case: Case) -> Never | None:
    """Why no model will ever be told of this case as things stand; None where one may be, today or another day."""
    if is_grave(case):
        return "safety"
    if world.writer is None:
        return "no_model"
    if {feedback.source for feedback in case.feedback} & set(world.policy.drafts.model_off_for):
        return "switched_off"
    return None


def _spent_today(world: World) -> int:
    calendar, now = calendar_of(world.policy), world.now()
    midnight: datetime = calendar.start_of_day(calendar.local_date(now))
    return world.store.read(lambda tx: opinions.tokens_since(tx, midnight))


def proposed(world: World, case: Case, draft: Draft) -> Proposal:
    """The model's words, checked, or the scaffold and why the model's are missing; in the time that policy gives a model."""
    talk = world.store.read(lambda tx: talk_of(tx, case))
    reason = not_to_ask(world, case)
    if reason is None and draft.attempts >= _TAKES:
        reason = "malformed"
    if reason is not None:
        return by_rules(world, case, talk, None if reason == "no_model" else reason)
    try:
        brief = brief_of(world, case, draft, _name(world, case.owner))
        return _by_model(world, case, draft, replace(brief, examples=examples(world, case)))
    except WriterFailed as failed:
        log.warning("the model wrote no draft for case %s: %s", case.number, failed)
        return by_rules(world, case, talk, failed.reason)


def by_rules(world: World, case: Case, talk: Talk, failure: str | None) -> Proposal:
    """The scaffold of the first letter, or of one that follows, and why it stands where a model's words might."""
    policy = world.policy
    if talk.has_begun:
        reply = following(case, talk, policy.team, clock_of(case, policy), world.now())
    else:
        reply = scaffold(case, policy.team)
    return Proposal(reply, Origin.SCAFFOLD, failure)


def _by_model(world: World, case: Case, draft: Draft, brief: Brief) -> Proposal:
    """What blocks goes back to the model once, with the findings; what remains then is shown."""
    assert world.writer is not None
    first = world.writer.draft(brief)
    blocking = _blocking(world, case, draft, first.value)
    left = world.policy.drafts.model_within.total_seconds() - first.call.latency_ms / 1000
    if not blocking or left < _LEAST_FOR_ANOTHER:
        return Proposal(first.value, Origin.MODEL, None, (first.call,))
    try:
        second = world.writer.draft(_mending(brief, first, blocking), timeout=left)
    except WriterFailed as failed:
        log.info("the model did not mend its draft for case %s: %s", case.number, failed)
        return Proposal(first.value, Origin.MODEL, None, (first.call,))
    better = len(_blocking(world, case, draft, second.value)) < len(blocking)
    return Proposal((second if better else first).value, Origin.MODEL, None, (first.call, second.call))


def _blocking(world: World, case: Case, draft: Draft, reply: Reply) -> list[Finding]:
    """What blocks a model's reply. It is drawn as its card will be, too: what cannot be shown is better not kept."""
    hear(world, reply, None)
    told = world.store.read(lambda tx: judge(world, tx, case, reply))
    shown = replace(draft, reply=reply, state=DraftState.READY, origin=Origin.MODEL)
    draft_card.draft(case, shown, told.findings, told.promises)
    return list(told.blocking)


def _mending(brief: Brief, first: Written[Reply], blocking: list[Finding]) -> Brief:
    faults = "\n".join(f"- {f.why} {f.fix}{f' It is about: {f.quote}' if f.quote else ''}" for f in blocking)
    wish = f"Mend this and keep the rest:\n{faults}"
    return replace(brief, previous=first.value, instruction=f"{brief.instruction}\n{wish}".strip())


def _name(world: World, person: str | None) -> str:
    member = world.directory.member(person) if person else None
    return member.name if member else ""


def brief_of(world: World, case: Case, draft: Draft, signed_by: str) -> Brief:
    """What a model is told when it is to write or to judge a reply."""
    policy, clock = world.policy, clock_of(case, world.policy)
    said, talk = world.store.read(lambda tx: (notes(tx, case.number), talk_of(tx, case)))
    return Brief(
        case=case,
        team=policy.team,
        language=LANGUAGES[policy.language],
        signed_by="\n".join(filter(None, (signed_by, policy.drafts.signature))),
        voice=policy.drafts.voice,
        may_offer=may_offer(policy.remedies),
        now=world.now().astimezone(clock.zone),
        clock=clock,
        talk=talk,
        thread=tuple(note.text for note in said if not is_team_only(note.text)),
        instruction=draft.instruction or "",
        previous=draft.reply if draft.instruction else None,
    )


def may_offer(remedies: Remedies) -> tuple[str, ...]:
    """What an owner may offer without asking, in words for the model."""
    ceilings = {"a refund": remedies.refund_up_to, "a voucher, a discount or a gift": remedies.voucher_up_to}
    sums = [what if most == "any" else f"{what} of up to {most}" for what, most in ceilings.items() if most]
    free = {"a replacement": remedies.replacement, "a telephone call": remedies.call}
    return (*sums, *(what for what, allowed in free.items() if allowed))
