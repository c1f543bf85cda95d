"""A proposed reply is judged: the reply checks, what policy lets us offer, and whether the same words were sent before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cases.model import Case
from cases.replies.checks import Finding, check_reply
from cases.replies.drafts import Draft, Reply
from cases.replies.limits import Approval, bounds, needs
from cases.replies.promises import Promised, promised, zone_of
from handlers.cards import words
from handlers.world import World
from prompts.brief import prompt_texts
from store import replies
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a reply, whose approval would lift what blocks, and what the reply promises by when."""

    findings: tuple[Finding, ...] = ()
    promises: tuple[Promised, ...] = ()

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings for which it cannot be sent as it stands."""
        return tuple(finding for finding in self.findings if finding.severity == "block")

    @property
    def blocked(self) -> bool:
        """True while a finding blocks it."""
        return bool(self.blocking)

    @property
    def unfinished(self) -> bool:
        """True while a blank is left, which nobody can approve away."""
        return any(finding.rule == "B5" for finding in self.findings)

    @property
    def approval(self) -> Approval:
        """Whose word lifts what blocks."""
        return needs(self.findings)


def judge(world: World, tx: Tx, case: Case, reply: Reply, *, lead_approved: bool = False) -> Judgement:
    """Judges a reply to the customer of this case as things stand now; asks neither Slack nor a model.

    `lead_approved`: it is the lead who wants to approve it, which the checks ask for where safety or the law is at stake.
    """
    policy, now = world.policy, world.now()
    findings = check_reply(
        reply.body,
        case.feedback[-1],
        signed_by=world.directory.known_name(case.owner) if case.owner else None,
        promise_broken=case.promise_due_at is not None and case.promise_due_at <= now,
        earlier_replies=replies.to_customer(tx, case),
        severity=case.severity,
        strict=policy.drafts.strict,
        lead_approved=lead_approved,
    )
    copies = replies.near_copies(tx, reply.body, but_not_of=(*case.earlier, case.number), most=1)
    out_of_bounds = bounds(reply, case, policy, prompt_texts=_prompts())
    return Judgement(
        # What could do harm stands before what is merely badly said: a screen shows only the first few.
        (*out_of_bounds, *(_copied(number) for number, _ in copies), *findings),
        promised(reply.body, now, zone_of(case, policy)),
    )


def judged(world: World, tx: Tx, case: Case, draft: Draft) -> Judgement:
    """What is to be said of a draft: of an approved one only what it promised, dated from the day of its approval."""
    if draft.reply is None:
        return Judgement()
    if draft.approved_at is not None:
        return Judgement(promises=replies.promises(tx, case.number, draft.version))
    return judge(world, tx, case, draft.reply)


def _copied(number: int) -> Finding:
    return Finding("P2", "block", "", words.COPIED_WHY.format(number=number), words.COPIED_FIX)


@lru_cache(maxsize=1)
def _prompts() -> tuple[str, ...]:
    return prompt_texts()
