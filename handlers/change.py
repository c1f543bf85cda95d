"""What every change of a case has in common: plan it, save it, note it down, and owe Slack what now looks different."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from cases.acts.act import ActionName
from cases.acts.contact import contact_before
from cases.messages import flood, intents
from cases.messages.intents import Intent
from cases.messages.kinds import Card, Draft, Flood, Letter
from cases.messages.notes import Note, Say
from cases.messages.payload import Payload
from cases.model import Case, Severity, Via
from cases.nudges.ladder import planned, planned_together
from cases.nudges.waits import graver_for_its_wait
from cases.policy.page import Policy
from cases.replies.drafts import DraftState
from store import cases, contacts, drafts, floods, messages, opinions, timeline
from store.engine import Tx


class ChangedMeanwhile(RuntimeError):
    """Somebody else changed the case between our reading and our writing; the caller begins again."""


_SPOKEN = frozenset({ActionName.CONTACTED, Say.SEEN})  # who spoke last stands on the card
_SHOWN_EVERY = timedelta(seconds=5)  # a shared card that grows


def opened_together(
    tx: Tx,
    new: Sequence[Case],
    policy: Policy,
    now: datetime,
    *,
    second_opinion: bool,
    by_colleague: bool = False,
    shown_at: Mapping[int, datetime] = MappingProxyType({}),
) -> list[Case]:
    """Opens cases, which have their numbers, and owes for each its card, its draft and (with a model) a second opinion.

    With one statement for each table however many they are. Of too many at once most share a card; who opened one
    themselves looks for its own. `shown_at`: by case, when a card of its own may be shown; left out: now.
    """
    opened = planned_together([graver_for_its_wait(case, policy) for case in new], policy)
    gathered = {} if by_colleague else _gathered(tx, opened, policy, now)
    cases.open_together(tx, opened)
    for channel, numbers in gathered.items():
        _gather(tx, channel, numbers, now - policy.flood.within, now)
    shares = {number for numbers in gathered.values() for number in numbers}
    _begin(tx, [case for case in opened if case.number not in shares], now, shown_at)
    if second_opinion:
        opinions.want_together(tx, [case.number for case in opened], now)
    return opened


def _gathered(tx: Tx, new: Sequence[Case], policy: Policy, now: datetime) -> dict[str, list[int]]:
    """The numbers of those that share a card, by channel: of the new ones, and of others that a graver one goes before.

    What Slack has begun to show stays where it is.
    """
    cards, since = policy.flood.cards, now - policy.flood.within
    found: dict[str, list[int]] = {}
    for channel in {case.channel for case in new} if cards else ():
        before = floods.opened_since(tx, channel, since, cards)
        share = flood.together([case for case in new if case.channel == channel], before, cards)
        graver = flood.go_before(share)
        back = floods.give_way(tx, channel, since, len(graver)) if graver else []
        stay = {case.number for case in graver[: len(back)]}
        if numbers := [*back, *(case.number for case in share if case.number not in stay)]:
            found[channel] = numbers
    return found


def _gather(tx: Tx, channel: str, numbers: Sequence[int], since: datetime, now: datetime) -> None:
    """They have neither a card nor a draft until somebody works on them; they come with the flood that goes on, or begin one."""
    came_with = floods.going_on(tx, channel, since) or numbers[0]
    floods.gather(tx, dict.fromkeys(numbers, came_with))
    intent = intents.flood(came_with)
    if messages.owe(tx, Flood(came_with), intent=intent, channel=channel, now=now) is None:
        messages.want_soon(tx, intent, now, now + _SHOWN_EVERY)


def _begin(
    tx: Tx, alone: Sequence[Case], now: datetime, shown_at: Mapping[int, datetime] = MappingProxyType({})
) -> None:
    """Each is owed a card and a draft."""
    messages.owe_together(tx, [_card_of(case, now, shown_at.get(case.number, now)) for case in alone])
    drafts.begin_together(tx, {case.number: DraftState.HELD if case.held else DraftState.WANTED for case in alone}, now)
    for case in alone:
        if case.held:
            show_draft(tx, case, now)


def own_card(tx: Tx, case: Case, now: datetime) -> Case:
    """The case with a card and a draft of its own, if it shared a card until now."""
    if case.flood is not None and floods.come_out(tx, case.number, now):
        _begin(tx, [case], now)
        messages.below_another(tx, case.number, intents.flood(case.flood), intents.card(case.number))
        messages.want_again(tx, intents.flood(case.flood), now)
    return replace(case, flood=None)


def brought_out(tx: Tx, number: int, person: str, now: datetime) -> bool:
    """Somebody wants to look at a case: whether it shared a card until now, and so gets one of its own, in which there is room."""
    case = cases.hold(tx, number)
    if case is None or case.flood is None:
        return False
    own_card(tx, case, now)
    timeline.note_down(tx, number, now, person, "card_shown", Via.BUTTON)
    return True


def _card_of(case: Case, now: datetime, shown_at: datetime) -> dict[str, Any]:
    intent, number = intents.card(case.number), case.number
    urgent = case.severity is Severity.CRITICAL
    return messages.new(
        Card(), intent=intent, channel=case.channel, case_number=number, now=now, not_before=shown_at, urgent=urgent
    )


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
    shown: bool = False,
) -> Case:
    """Saves `after` in place of `before`. Raises ChangedMeanwhile when `before` is no longer what is stored.

    `shown`: the answer shows whoever acted how to reach the customer.
    """
    after = planned(replace(after, revision=before.revision + 1), policy)
    if not cases.save(tx, after, before=before):
        raise ChangedMeanwhile(f"case {before.number}")
    timeline.note_down(tx, after.number, now, actor, action, via, facts, shown=shown)
    if (first := contact_before(before, after, action)) is not None:
        contacts.remember(tx, after.number, first)
    if flood.comes_out(before, after, action, by_colleague=actor is not None):
        after = own_card(tx, after, now)
    same = replace(after, revision=before.revision) == before
    if same and action not in _SPOKEN:  # a note alone changes nothing to look at
        return after
    outdated = [intents.card(after.number)]
    if _asks(before) != _asks(after):
        messages.outdate_nudges(tx, after.number, now)
        concerned = {each for each in (before.owner, after.owner, actor) if each}
        outdated += [intents.home(person) for person in sorted(concerned)]
    messages.want_of_case(tx, after.number, outdated, now)
    if after.held and not before.held:
        show_draft(tx, after, now)  # it may stand there, with buttons that send it
    return after


def _asks(case: Case) -> tuple[object, ...]:
    """What its reminders hang on, besides clocks."""
    return case.status, case.owner, case.asked_at, case.promises, case.changes, case.lesson_due_at


def in_thread(tx: Tx, case: Case, payload: Payload, intent: Intent, now: datetime) -> int | None:
    """Owes a message in the thread of the case's card. Without a card there is none, and the card will say it all."""
    card = messages.replied_to(tx, intents.card(case.number), now)
    if card is None:
        return None
    return messages.owe(
        tx, payload, intent=intent, channel=case.channel, case_number=case.number, thread_of=card, now=now
    )


def note(tx: Tx, case: Case, told: Note, now: datetime) -> None:
    """Owes a short note in the case's thread, once for each revision."""
    in_thread(tx, case, told, intents.note(case.number, case.revision, told.say), now)


def next_letter(tx: Tx, number: int, answered: int, now: datetime) -> None:
    """Our letter of that version has gone out, and another follows: it stays where it stands, and the next one gets a message of its own."""
    letter = intents.letter(number, answered)
    messages.become(tx, intents.draft(number), Letter(answered), letter, now)
    drafts.want_next(tx, number, now)


def show_draft(tx: Tx, case: Case, now: datetime) -> None:
    """The draft has changed: show it, or show it anew."""
    intent = intents.draft(case.number)
    if not messages.want_again(tx, intent, now):
        in_thread(tx, case, Draft(), intent, now)
