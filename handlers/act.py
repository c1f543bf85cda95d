"""A colleague acts: the one road on which emoji, button, slash command, mention and modal change a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cases.acts.act import Act, ActionName, Change, Decision, NotAllowed, Unchanged
from cases.acts.actions import ACTIONS, UNDO, decide, take_back
from cases.acts.contact import as_said, is_tick
from cases.acts.refusals import RefusalName
from cases.may import What
from cases.messages import intents
from cases.messages.intents import Intent
from cases.messages.kinds import Answer, AskHow, Contact, Notice
from cases.messages.notes import note_of
from cases.messages.payload import Payload
from cases.model import UNCONTACTED, Case, Grade, Status, Via
from cases.policy.limits import limits_of
from cases.replies.drafts import Draft, DraftState
from cases.replies.promises import Promised, promised, zone_of
from cases.replies.written_dates import superseded
from handlers.aloud import tell
from handlers.cards import contact_lines, private, words
from handlers.cards.message import Message, line
from handlers.cards.mrkdwn import Mrkdwn, fill
from handlers.change import changed, show_draft
from handlers.nameless import colleagues, of_nobody
from handlers.rights import may
from handlers.slack.members import is_direct
from handlers.world import World
from store import cases, drafts, lessons, messages, people, timeline
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Place:
    """Where a private answer goes: a channel, perhaps in a thread. `name` tells answers to one gesture apart from others.

    `refusals` is False where the caller tells of a refusal itself. `emoji` was reacted with. `said_in` names the message that asks for something.
    """

    channel: str
    thread_ts: str | None = None
    name: str = ""
    refusals: bool = True
    emoji: str | None = None
    said_in: str | None = None


@dataclass(frozen=True, slots=True)
class Acted:
    """What became of an act. `case` is the case as it is now, None when there is no such case; `said` is the act as it was taken."""

    decision: Decision
    case: Case | None
    said: Act


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """Slack delivered an event again whose effect is already durable, or one that has been taken back since."""


def act(
    world: World,
    number: int,
    wanted: Act,
    *,
    place: Place | None = None,
    event_id: str | None = None,
    undo: bool = False,
    shows_details: bool = False,
    overtaken: Callable[[Tx], bool] = lambda _: False,
) -> Acted | SeenBefore:
    """Does what a colleague wants, or refuses it; durable when this returns.

    `place` is where the answers Slack does not carry back by itself go (None: the caller answers). `undo` takes the
    reaction of that action back, or what entered by itself. `shows_details`: the caller shows whoever takes the case how to reach the customer.
    Nothing is done where `overtaken` says, once the case is held, that this has happened.
    """
    asked = _Asked(number, wanted, place, undo, shows_details, _unfit(world, number, wanted))
    known = colleagues(world, wanted, number)

    def acted(tx: Tx) -> Acted | SeenBefore:
        if not timeline.first_time(tx, event_id, world.now()):
            return SeenBefore()
        before = cases.hold(tx, number)
        if overtaken(tx):
            return SeenBefore()
        return _acted(world, tx, replace(asked, wanted=of_nobody(as_said(wanted), before, known)), before)

    return world.store.write(acted)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a colleague asks for, as `act` was told of it; `unfit` is why nothing can be given to whom they named."""

    number: int
    wanted: Act
    place: Place | None
    undo: bool
    shows_details: bool
    unfit: NotAllowed | None


def _unfit(world: World, number: int, wanted: Act) -> NotAllowed | None:
    """To whom nothing can be given; asked before the transaction, since Slack may have to be asked."""
    refusal = may(world, wanted.to, What.ACT, number) if wanted.to not in (None, wanted.actor) else None
    return NotAllowed(_NOT_TO.get(refusal.reason, "not_a_person"), {"to": wanted.to}) if refusal else None


_NOT_TO: Mapping[RefusalName, RefusalName] = {"not_known_now": "to_waits", "not_in_channel": "to_not_in_channel"}


def _acted(world: World, tx: Tx, asked: _Asked, before: Case | None) -> Acted:
    now, number, place = world.now(), asked.number, asked.place
    wanted = replace(asked.wanted, limits=limits_of(world.policy))
    wanted = replace(wanted, is_repeated=_comes_again(tx, number, wanted, now))
    decision = asked.unfit or _not_here(tx, wanted, now) or _decision(before, number, wanted, now, undo=asked.undo)
    if isinstance(decision, NotAllowed):  # what it tells people to type names the case
        decision = replace(decision, facts={"number": number, **decision.facts})
    after = before
    if isinstance(decision, Change) and before is not None:
        after = _carry_out(world, tx, before, decision, wanted, now, undo=asked.undo, shown=asked.shows_details)
        _tell_owner(tx, before, after, place, now)
        _tell_former_owner(tx, before, after, wanted, now)
        _is_back(tx, after, wanted, place, now)
        if not asked.undo:
            _ask_how(tx, after, wanted, place, now)
            _remark(tx, after, wanted, place, now)
            _tell_owner_of_tick(tx, before, after, wanted, now)
    acted = Acted(decision, after, wanted)
    if place is not None:
        _say_why_not(tx, asked, place, before, acted, now)
    return acted


def _say_why_not(tx: Tx, asked: _Asked, place: Place, before: Case | None, acted: Acted, now: datetime) -> None:
    """Where nothing was changed, whoever asked for it is told as much as they would miss."""
    decision, wanted = acted.decision, acted.said
    if isinstance(decision, NotAllowed) and place.refusals:
        answer(tx, wanted.actor, place, private.refused(decision, before, place.emoji), now)
    if not isinstance(decision, Unchanged):
        return
    if not asked.undo and _claims_again(before, wanted, now):
        tell_details(tx, asked.number, wanted.actor, place, now)
    if asked.undo and _is_of_before(before, wanted):
        answer(tx, wanted.actor, place, line(Mrkdwn(words.CHECK_OF_BEFORE)), now)
    if asked.undo and _has_told(before, wanted):
        answer(tx, wanted.actor, place, line(fill(words.CHECK_IS_TOLD, number=asked.number)), now)


_LATELY = timedelta(days=30)
_DOUBLE_CLICK = timedelta(seconds=10)


def _comes_again(tx: Tx, number: int, wanted: Act, now: datetime) -> bool:
    return bool(wanted.cause) and lessons.comes_again(tx, wanted.cause or "", now - _LATELY, number)


def _claims_again(case: Case | None, wanted: Act, now: datetime) -> bool:
    """Who takes a case that is theirs already wants to know what they were told when they took it, unless they clicked twice."""
    if case is None or case.owner != wanted.actor or wanted.action not in (ActionName.CLAIM, ActionName.TAKEOVER):
        return False
    return wanted.via is not Via.BUTTON or case.claimed_at is None or now - case.claimed_at > _DOUBLE_CLICK


def _has_told(case: Case | None, wanted: Act) -> bool:
    """Who ticked and then told how it went takes only the tick back; what they told stands."""
    told = case is not None and case.status is Status.CONTACTED and case.contacted_by == wanted.actor
    return told and wanted.action == ActionName.CONTACTED


def _is_of_before(case: Case | None, wanted: Act) -> bool:
    """An old ✅ was taken off a case that has opened again since; one that never counted says nothing."""
    reopened = case is not None and case.status in UNCONTACTED and case.heard_at > case.opened_at
    return reopened and wanted.action == ActionName.CONTACTED


def _not_here(tx: Tx, wanted: Act, now: datetime) -> NotAllowed | None:
    """Nothing is given to somebody who could not look after it."""
    until = people.load(tx, wanted.to).away_until if wanted.to else None
    return NotAllowed("away", {"to": wanted.to, "until": until}) if until and now < until else None


def _decision(before: Case | None, number: int, wanted: Act, now: datetime, *, undo: bool) -> Decision:
    if before is None:
        return NotAllowed("no_such_case", {"number": number})
    return take_back(before, wanted, now) if undo else decide(before, wanted, now)


def _carry_out(
    world: World, tx: Tx, before: Case, decision: Change, wanted: Act, now: datetime, *, undo: bool, shown: bool
) -> Case:
    after = changed(
        tx,
        before,
        decision.case,
        world.policy,
        now,
        actor=wanted.actor,
        action=f"{UNDO}{wanted.action}" if undo else wanted.action,
        via=wanted.via,
        facts=decision.facts,
        shown=shown,
    )
    ended_before = before.status is Status.CLOSED and wanted.action == ActionName.CLOSE
    if undo or ended_before:
        _withdraw_notes(tx, before, after, now)
    else:
        _tell_thread(world, tx, before, after, decision, wanted)
    _mind_draft(tx, before, after, wanted, now)
    if wanted.action == ActionName.CONTACTED and wanted.text and not undo:
        return enter_promises(world, tx, after, wanted.text, wanted.actor, wanted.via)
    return after


def _withdraw_notes(tx: Tx, before: Case, after: Case, now: datetime) -> None:
    """A note of what was taken for a promise no longer says that it is kept in mind, nor asks; that of an end says by what it is known."""
    if (before.promises, before.sign) != (after.promises, after.sign):
        messages.show_notes_anew(tx, after.number, now)


def _tell_thread(world: World, tx: Tx, before: Case, after: Case, decision: Change, wanted: Act) -> None:
    """Notes typed in the thread stand there already, and an emoji on the card is seen by everybody, but not what is still owed."""
    owes = after.status is Status.CLOSED and bool(after.owed)
    seen = wanted.via is Via.THREAD or (wanted.via is Via.REACTION and not owes)
    if not ACTIONS[wanted.action].told_in_thread or seen:
        return
    told = note_of({"say": wanted.action, "actor": wanted.actor, **timeline.plain(decision.facts)})
    tell(world, tx, before, after, told)


def enter_promises(
    world: World, tx: Tx, case: Case, written: str, by: str, via: Via, *, found: Sequence[Promised] | None = None
) -> Case:
    """What was written to the customer, and promises something by a date, is kept in mind; what is known already once.

    Two promises for the same instant are one: somebody typed it by hand, or the same words were approved twice. Where the
    date of an open promise is named beside a new one, that promise has moved.
    """
    now, policy = world.now(), world.policy
    found = promised(written, now, zone_of(case, policy)) if found is None else found
    moved = superseded(written, case.owed, {each.due_at for each in found}, zone_of(case, policy))
    for each in found:
        if any(known.due_at == each.due_at for known in case.promises):
            continue
        decision = decide(
            case, Act(ActionName.PROMISE, by, via, text=moved.what if moved else each.what, until=each.due_at), now
        )
        if not isinstance(decision, Change):
            continue  # its date has passed: the draft's card says so
        facts = {**decision.facts, "found": moved is None}
        moved = None
        after = changed(tx, case, decision.case, policy, now, actor=by, action=ActionName.PROMISE, via=via, facts=facts)
        tell(world, tx, case, after, note_of({"say": ActionName.PROMISE, "actor": by, **timeline.plain(facts)}))
        case = after
    return case


def _mind_draft(tx: Tx, before: Case, after: Case, wanted: Act, now: datetime) -> None:
    """A draft nobody has seen yet is not needed once the customer has been reached; one that was held is released by a decision."""
    draft = drafts.load(tx, after.number)
    if draft is None:
        return
    if draft.state is DraftState.WANTED and after.status not in UNCONTACTED:
        drafts.want_none(tx, draft)
    elif _fits_no_more(before, after, draft):
        drafts.renew(tx, draft, now)
        show_draft(tx, after, now)
    elif draft.reply is not None and (_looks_different(before, after) or _may_be_sent(draft, wanted)):
        show_draft(tx, after, now)


def _fits_no_more(before: Case, after: Case, draft: Draft) -> bool:
    """Whether a draft is to be written anew: it was held or put aside until now, or it does not know what makes it right."""
    if before.held and not after.held:
        return True
    if before.status is Status.CLOSED and after.status in UNCONTACTED and draft.state is DraftState.DROPPED:
        return True
    return draft.stands and not draft.is_a_persons and _made_right(before) != _made_right(after)


def _made_right(case: Case) -> tuple[object, ...]:
    """What a letter says of what would make it right; of a cost it says nothing."""
    return case.remedy, case.remedy_wanted, case.remedy_granted


def _may_be_sent(draft: Draft, wanted: Act) -> bool:
    return draft.approved_by is not None and wanted.action == ActionName.CONTACTED


def _looks_different(before: Case, after: Case) -> bool:
    """A closed case's draft has no buttons, and who owns a case signs its reply."""
    ended = Status.CLOSED in (before.status, after.status) and before.status is not after.status
    return ended or before.owner != after.owner


def _tell_owner(tx: Tx, before: Case, after: Case, place: Place | None, now: datetime) -> None:
    """Who now holds the case is shown, alone, how to reach the customer."""
    if after.owner in (None, before.owner) or place is None or after.owner is None:
        return
    _whisper(tx, after.owner, place, Contact(), intents.contact(after.number, after.revision), now, after.number)


def _tell_former_owner(tx: Tx, before: Case, after: Case, wanted: Act, now: datetime) -> None:
    """Nobody finds out by chance that a colleague has taken a case over."""
    if wanted.action != ActionName.TAKEOVER or before.owner is None:
        return
    told = private.taken_over(after, wanted.actor, wanted.text)
    intent = intents.taken_over(after.number, after.revision)
    notice = Notice(told.text, told.blocks)
    messages.owe(tx, notice, intent=intent, channel=before.owner, case_number=after.number, now=now)


def _is_back(tx: Tx, after: Case, wanted: Act, place: Place | None, now: datetime) -> None:
    """Who takes a case is here again, whatever they said before."""
    if after.owner != wanted.actor or not people.load(tx, wanted.actor).is_away(now):
        return
    people.change(tx, wanted.actor, away_until=None)
    where = place or Place(wanted.actor, None, f"{after.number}:{after.revision}")
    answer(tx, wanted.actor, replace(where, name=f"{where.name}:back"), line(Mrkdwn(words.BACK_BY_CLAIM)), now)


def _ask_how(tx: Tx, after: Case, wanted: Act, place: Place | None, now: datetime) -> None:
    """The quick way says only that the customer was contacted; how it went is asked at once, privately."""
    if is_tick(wanted) and after.evidence is Grade.CLICKED and place is not None:
        intent = intents.ask_how(after.number, after.revision)
        _whisper(tx, wanted.actor, place, AskHow(), intent, now, after.number)


def tell_details(tx: Tx, number: int, person: str, place: Place, now: datetime) -> None:
    """Owes somebody how to reach a customer, where they are; whether they may know is asked when it is shown."""
    _whisper(
        tx, person, place, Contact(), intents.reach(number, person, place.name or str(now.timestamp())), now, number
    )


def _remark(tx: Tx, after: Case, wanted: Act, place: Place | None, now: datetime) -> None:
    """What whoever told of a contact, or of an end, should know besides, or is asked; those who typed or clicked an answer read it with what that is answered."""
    said = contact_lines.remarks(wanted, after) or private.how_won(wanted, after)
    answered = wanted.via is Via.BUTTON and not wanted.text
    if said is not None and place is not None and not answered and wanted.via not in (Via.SLASH, Via.MENTION):
        answer(tx, wanted.actor, replace(place, name=f"{place.name}:remark"), said, now, after.number)


def _tell_owner_of_tick(tx: Tx, before: Case, after: Case, wanted: Act, now: datetime) -> None:
    """A tick by somebody else may mean "seen" and no more: the owner hears of it, and can say that it is not so."""
    if not is_tick(wanted) or before.owner in (None, wanted.actor) or after.evidence_by != wanted.actor:
        return
    assert before.owner is not None
    told = contact_lines.ticked_by_other(after, wanted.actor)
    intent, notice = intents.ticked(after.number, after.revision), Notice(told.text, told.blocks)
    messages.owe(tx, notice, intent=intent, channel=before.owner, case_number=after.number, now=now)


def answer(tx: Tx, person: str, place: Place, message: Message, now: datetime, case_number: int | None = None) -> None:
    """Owes one person a private answer where they are; the same gesture is answered once.

    `case_number` is given where the answer holds a customer's words, so that they can be forgotten with the case.
    """
    intent = intents.answer(person, place.name or str(now.timestamp()))
    _whisper(tx, person, place, Answer(message.text, message.blocks), intent, now, case_number)


def _whisper(
    tx: Tx, person: str, place: Place, payload: Payload, intent: Intent, now: datetime, case_number: int | None
) -> None:
    """Owes what one person alone is to see, where they are: among others as a whisper, in a direct message as it is."""
    direct = is_direct(place.channel)
    messages.owe(
        tx,
        payload,
        intent=intent,
        channel=person if direct else place.channel,
        thread_ts=place.thread_ts,
        only_for=None if direct else person,
        case_number=case_number,
        now=now,
    )
