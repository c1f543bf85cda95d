"""A proposed reply is judged: by the one verdict of cases.replies, by whether the same words were sent before, and by a second reader.

Whoever that is has read it before (handlers/reply/second_reader.py), and how it reads as a whole was asked before: judging
waits for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from cases.model import Case, Status
from cases.replies.checks import Finding, Given, check_reply
from cases.replies.checks.language import UNREAD
from cases.replies.drafts import Draft, Origin, Reply, as_shown, digest_of
from cases.replies.limits import Approval, needs
from cases.replies.promises import Promised, promised, zone_of
from cases.replies.verdict import BY_MODEL, verdict
from handlers.cards import words
from handlers.judging.letters import PATIENCE
from handlers.reply.notes import notes
from handlers.rights import by_name
from handlers.world import World
from prompts.brief import prompt_texts
from store import drafts, opinions, replies
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong with a reply, whose approval would lift what blocks, and what the reply promises by when.

    `read_by`: who approved it and said that they read its language, which the checks do not.
    """

    findings: tuple[Finding, ...] = ()
    promises: tuple[Promised, ...] = ()
    read_by: str | None = None

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
    def unread(self) -> bool:
        """True while nobody has said that they read its language."""
        return any(finding.rule == UNREAD for finding in self.blocking)

    @property
    def approval(self) -> Approval:
        """Whose word lifts what blocks, whoever reads the language."""
        return needs(self.findings)

    def read(self) -> Judgement:
        """The same, once somebody has said that they read the language."""
        return replace(self, findings=tuple(finding for finding in self.findings if finding.rule != UNREAD))


def judge(world: World, tx: Tx, case: Case, reply: Reply, *, lead_approved: bool = False) -> Judgement:
    """Judges a reply to the customer of this case as things stand now; asks neither Slack nor a model.

    `lead_approved`: it is the lead who wants to approve it, which the checks ask for where safety or the law is at stake.
    """
    policy = by_name(world, case.channel)
    copies = replies.near_copies(tx, reply.body, but_not_of=(*case.earlier, case.number), most=1)
    given = replace(_given(world, tx, case), lead_approved=lead_approved, line=world.lines.known(as_shown(reply).body))
    findings = _verdict(reply, given, policy)
    return Judgement(
        (*(_copied(number) for number, _ in copies), *findings, *_by_second_reader(tx, case, reply)),
        promised(reply.body, world.now(), zone_of(case, policy)),
    )


def _by_second_reader(tx: Tx, case: Case, reply: Reply) -> Iterator[Finding]:
    """What was remarked on when exactly these words were read; nothing while they have not been."""
    for quote, why in opinions.readings(tx, case.number).get(digest_of(reply), ()):
        if why:  # earlier versions kept an empty remark
            yield Finding(BY_MODEL, "warn", quote, why, "")


def read_as_a_whole(world: World, number: int, patience: float | None = PATIENCE) -> None:
    """Asks how the reply that stands reads as a whole, so that `judge` knows within a transaction; where it does not, it is lenient.

    An outline is our own, and nobody can approve it; what was approved is judged no more.
    """
    draft = world.store.read(lambda tx: drafts.load(tx, number))
    if draft and draft.reply and draft.approved_at is None and draft.origin is not Origin.SCAFFOLD:
        hear(world, draft.reply, patience)


def hear(world: World, reply: Reply, patience: float | None = PATIENCE) -> None:
    """The same of a reply at hand."""
    world.lines.ask(as_shown(reply).body, patience)


# Kept a while: the same draft is judged again whenever its case is shown.
_verdict = lru_cache(maxsize=128)(verdict)


def _given(world: World, tx: Tx, case: Case) -> Given:
    """Everything that the checks may ask about a case."""
    known_name, zone = world.directory.known_name, zone_of(case, world.policy)
    said = [note for note in notes(tx, case.number) if not note.promised]
    return Given(
        feedback=case.feedback[-1],
        earlier_feedback=case.feedback[:-1],
        signed_by=known_name(case.owner) if case.owner else None,
        promise_broken=_amends_owed(tx, case, world.now()),
        promises=tuple(replace(each, due_at=each.due_at.astimezone(zone)) for each in case.owed),
        reached=case.status is Status.CONTACTED,
        earlier_replies=tuple(replies.to_customer(tx, case)),
        severity=case.severity,
        prompts=_prompts(),
        notes=tuple(note.text for note in said),
        colleagues=tuple(filter(None, map(known_name, dict.fromkeys(note.by for note in said)))),
        today=world.now().astimezone(zone).date(),
    )


_AMENDS = "T4"


def _amends_owed(tx: Tx, case: Case, now: datetime) -> bool:
    """Whether a dated promise to this customer has passed unkept, in this case or an earlier one, and nobody has made it good.

    Only a reply with an apology and amends, approved since, does: keeping it late, or another date, is not enough.
    """
    numbers = (case.number, *case.earlier)
    broken = [each.due_at for each in case.promises if each.due_at <= now]
    broken += filter(None, (case.promise_broken_at, replies.broken_before(tx, case.earlier)))
    return bool(broken) and not any(map(_makes_amends, replies.approved_since(tx, numbers, max(broken))))


def _makes_amends(body: str) -> bool:
    return all(each.rule != _AMENDS for each in check_reply(body, promise_broken=True))


def judged(world: World, tx: Tx, case: Case, draft: Draft) -> Judgement:
    """What is to be said of a draft: of an approved one only what it promised, dated from the day of its approval."""
    if draft.reply is None:
        return Judgement()
    if draft.approved_at is not None:
        promises = replies.promises(tx, case.number, draft.version)
        return Judgement(promises=promises, read_by=replies.language_read_by(tx, case.number, draft.version))
    return judge(world, tx, case, draft.reply)


def _copied(number: int) -> Finding:
    return Finding("P2", "block", "", words.COPIED_WHY.format(number=number), words.COPIED_FIX)


@lru_cache(maxsize=1)
def _prompts() -> tuple[str, ...]:
    return prompt_texts()
