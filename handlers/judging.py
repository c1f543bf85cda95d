"""A proposed reply is judged: the reply checks, what policy lets us offer, and whether the same words were sent before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cases.bounds import Approval, bounds, needs
from cases.drafts import Reply
from cases.model import Case
from cases.promise_dates import Promised, promised, zone_of
from cases.reply_checks import Finding, check_reply
from handlers.cards import words
from handlers.world import World
from prompts.brief import prompt_texts
from store import replies
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a reply, whose approval would lift what blocks, and what the reply promises by when."""

    findings: tuple[Finding, ...]
    promises: tuple[Promised, ...]

    @property
    def blocked(self) -> bool:
        """True while a finding blocks it."""
        return any(finding.severity == "block" for finding in self.findings)

    @property
    def approval(self) -> Approval:
        """Whose word lifts what blocks."""
        return needs(self.findings)


def judge(world: World, tx: Tx, case: Case, reply: Reply) -> Judgement:
    """Judges a reply to the customer of this case as things stand now; asks neither Slack nor a model."""
    policy, now = world.policy, world.now()
    told = replies.to_customer(tx, (*case.earlier, case.number))
    findings = check_reply(
        reply.body,
        case.feedback[-1],
        signed_by=world.directory.known_name(case.owner) if case.owner else None,
        promise_broken=case.promise_due_at is not None and case.promise_due_at <= now,
        earlier_replies=told,
        severity=case.severity,
        strict=policy.drafts.strict,
    )
    copies = replies.near_copies(tx, reply.body, but_not_of=(*case.earlier, case.number))
    out_of_bounds = bounds(reply, case, policy, prompt_texts=_prompts())
    return Judgement(
        (*findings, *(_copied(number) for number, _ in copies[:1]), *out_of_bounds),
        promised(reply.body, now, zone_of(case, policy)),
    )


def _copied(number: int) -> Finding:
    return Finding("P2", "block", "", words.COPIED_WHY.format(number=number), words.COPIED_FIX)


@lru_cache(maxsize=1)
def _prompts() -> tuple[str, ...]:
    return prompt_texts()
