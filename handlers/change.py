"""What every change of a case has in common: plan it, save it, note it down, and owe Slack what now looks different."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.model import Case, Via
from cases.nudges.ladder import planned, planned_together
from cases.policy.page import Policy
from cases.replies.drafts import DraftState
from store import cases, drafts, messages, opinions, timeline
from store.engine import Tx


class ChangedMeanwhile(RuntimeError):
    """Somebody else changed the case between our reading and our writing; the caller begins again."""


def card_intent(number: int) -> str:
    """The name under which a case's card is owed."""
    return f"card:{number}"


def draft_intent(number: int) -> str:
    """The name under which a case's draft message is owed."""
    return f"draft:{number}"


def opened(tx: Tx, case: Case, policy: Policy, now: datetime, *, second_opinion: bool) -> Case:
    """Opens a case, which has its number, and owes its card, its draft and (with a model) a second opinion."""
    return opened_together(tx, [case], policy, now, second_opinion=second_opinion)[0]


def opened_together(tx: Tx, new: Sequence[Case], policy: Policy, now: datetime, *, second_opinion: bool) -> list[Case]:
    """As `opened` for several cases, with one statement for each table however many they are."""
    opened = planned_together(new, policy)
    cases.open_together(tx, opened)
    messages.owe_together(tx, [_card_of(case, now) for case in opened])
    drafts.begin_together(
        tx, {case.number: DraftState.HELD if case.held else DraftState.WANTED for case in opened}, now
    )
    for case in opened:
        if case.held:
            show_draft(tx, case, now)
    if second_opinion:
        opinions.want_together(tx, [case.number for case in opened], now)
    return opened


def _card_of(case: Case, now: datetime) -> dict[str, Any]:
    intent = card_intent(case.number)
    return messages.new(intent=intent, kind="card", channel=case.channel, case_number=case.number, now=now)


def changed(
    tx: Tx,
    before: Case,
    after: Case,
    policy: Policy,
    now: datetime,
    *,
    actor: str | None,
    action: str,
    via: Via,
    facts: Mapping[str, Any] | None = None,
) -> Case:
    """Saves `after` in place of `before`. Raises ChangedMeanwhile when `before` is no longer what is stored."""
    after = planned(replace(after, revision=before.revision + 1), policy)
    if not cases.save(tx, after, before=before):
        raise ChangedMeanwhile(f"case {before.number}")
    timeline.note_down(tx, after.number, now, actor, action, via, facts)
    if replace(after, revision=before.revision) != before:  # a note alone changes nothing to look at
        messages.want_again(tx, card_intent(after.number), now)
    if (before.status, before.owner, before.asked_at) != (after.status, after.owner, after.asked_at):
        messages.outdate_nudges(tx, after.number, now)
        for person in {before.owner, after.owner, actor} - {None}:
            messages.want_again(tx, f"home:{person}", now)
    return after


def in_thread(tx: Tx, case: Case, kind: str, intent: str, now: datetime, facts: Mapping[str, Any]) -> int | None:
    """Owes a message in the thread of the case's card."""
    return messages.owe(
        tx,
        intent=intent,
        kind=kind,
        channel=case.channel,
        case_number=case.number,
        thread_of=messages.by_intent(tx, card_intent(case.number)),
        facts=facts,
        now=now,
    )


def note(tx: Tx, case: Case, say: str, now: datetime, **facts: Any) -> None:
    """Owes a short note in the case's thread; `say` names its words in the catalogue. Once for each revision."""
    in_thread(tx, case, "note", f"note:{case.number}:{case.revision}:{say}", now, {"say": say, **facts})


def show_draft(tx: Tx, case: Case, now: datetime) -> None:
    """The draft has changed: show it, or show it anew."""
    if not messages.want_again(tx, draft_intent(case.number), now):
        in_thread(tx, case, "draft", draft_intent(case.number), now, {})
