"""What an owed message says, worked out from the case at the moment it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cases.acts.act import NotAllowed
from cases.letters.attached import File
from cases.may import may_reach
from cases.messages.kinds import Digest, Flood, Kind, Letter, Nudges, Said
from cases.messages.notes import (
    note_of,
)
from cases.messages.payload import from_facts
from cases.model import UNCONTACTED, Case, Grade, Status
from cases.nudges.ladder import applies
from cases.nudges.next_step import next_step
from cases.occasions import OCCASIONS
from cases.policy.working_time import calendar_of
from cases.replies.conversation import spoke_last
from cases.replies.drafts import Reply, versions_of
from cases.urgency import urgency
from handlers.cards import (
    case_card,
    contact_lines,
    digest_card,
    draft_card,
    flood_card,
    home,
    nudge_card,
    private,
    thread_notes,
    words,
)
from handlers.cards.message import Message, View
from handlers.digest.figures import digest_of
from handlers.digest.owe import home_address, scope_of
from handlers.letters.send import may_send
from handlers.outbox.links import links
from handlers.outbox.notes import files_of, said_by
from handlers.reminders.plan import as_it_will_be
from handlers.reply.check import judged
from handlers.reply.conversation import spoken
from handlers.reply.second_reader import is_reading
from handlers.reply.shown import draft_shown, versions
from handlers.rights import by_name, knows_channel
from handlers.team.home import tab_of
from handlers.team.rota import suggestion
from handlers.world import World
from store import attached, cases, floods, letters, nudges, replies, timeline
from store.engine import Tx
from store.messages import Owed
from store.scope import Scope


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready for Slack, or a `view` for somebody's Home tab; `metadata` joins what every message carries.

    `settled` says that these are its last words, whatever becomes of the case. `files` are Slack's ids of those that it has besides.
    """

    message: Message = field(default_factory=lambda: Message(""))
    view: View = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    broadcast: bool = False
    settled: bool = False
    files: tuple[str, ...] = ()

    def attached(self) -> dict[str, Any]:
        """The arguments of chat.update alone that add files; chat.postMessage takes none."""
        return {"file_ids": list(self.files)} if self.files else {}

    def content(self) -> dict[str, Any]:
        """The arguments of chat.postMessage and chat.update that say something."""
        return {"text": self.message.text, "blocks": list(self.message.blocks)}


def refused(owed: Owed, refusal: NotAllowed) -> Rendered | None:
    """What is shown to whoever alone was to see a message and may not: a Home tab says so, all else is not said."""
    return Rendered(view=home.for_others(refusal)) if owed.kind is Kind.HOME else None


def render(world: World, tx: Tx, owed: Owed, hidden: tuple[str, ...] = ()) -> Rendered | None:
    """The message as it should look now; None when there is no longer any reason to say it.

    `hidden` are the channels of whose cases the reader of a Home tab may not know.
    """
    if owed.kind is Kind.HOME:
        return _home(world, tx, owed, hidden)
    return RENDERERS[owed.kind](world, tx, owed)


def _case(tx: Tx, owed: Owed) -> Case | None:
    return cases.load(tx, owed.case_number or 0)


def _card(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case = _case(tx, owed)
    if case is None:
        return None
    knows_channel(world, case.number, case.channel)  # somebody clicks on it next
    reopened = case.status in UNCONTACTED and case.heard_at > case.opened_at
    before = reopened and timeline.checked_before(tx, case.number, case.heard_at)
    comes = next_step(as_it_will_be(tx, case, world.policy, world.now()), world.policy, world.now())
    card = case_card.card(
        case,
        world.policy,
        suggestion(world, tx, case),
        checked_before=before,
        taken_down_by=reporter(world, timeline.opener(tx, case.number)),
        comes=comes,
        last=spoke_last(spoken(case, timeline.history(tx, case.number))),
        attached=attached.any_showable(tx, case.number),
    )
    told = {"status": case.status, "owner": case.owner, "evidence": case.proof}
    return Rendered(card, metadata={**told, "next_step_at": comes and comes.at.isoformat()})


def _flood(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    """Where nobody is left by the time it would first be posted, each has been told of by itself."""
    number, now = from_facts(Flood, owed.facts).number, world.now()
    came, waiting = floods.extent(tx, number), floods.waiting(tx, number, now, flood_card.CHOICES)
    if came is None or (owed.ts is None and not waiting):
        return None
    beside, first = floods.beside(tx, owed.channel, came, world.policy.flood.within)
    told = flood_card.Told(
        number=number,
        members=floods.members(tx, number),
        beside=beside,
        since=min(came.since, first or came.since),
        until=came.until,
        waiting=cases.in_order(tx, waiting),
    )
    return Rendered(flood_card.flood(told))


def reporter(world: World, person: str | None) -> str | None:
    """The name of the colleague who opened a case, if one did."""
    return (world.directory.name_of(person) or words.SOMEBODY) if person else None


def _draft(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case = _case(tx, owed)
    draft = draft_shown(world, tx, case) if case else None
    if case is None or draft is None:
        return None
    told = judged(world, tx, case, draft)
    sendable = draft.stands and not case.held and not told.blocked
    message = draft_card.draft(
        case,
        draft,
        told.findings,
        told.promises,
        model=world.writer is not None,
        reading=is_reading(world, tx, case),
        read_by=told.read_by,
        versions=versions_of(draft, versions(world, tx, case, draft)),
        sent=draft.approved_by is not None and replies.is_sent(tx, case.number, draft.version),
        name_of=world.directory.known_name,
        now=world.now(),
        letter=letters.load(tx, case.number, draft.version) if draft.approved_by else None,
        sends=may_send(world, case),
        left=floods.left(tx, case.number) if draft.approved_by else 0,
    )
    return Rendered(message, metadata={"sendable": sendable})


def _letter(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case, version = _case(tx, owed), from_facts(Letter, owed.facts).version
    if case is None:
        return None
    kept = replies.approved(tx, case.number, version)
    if kept is None:
        return Rendered(draft_card.letter_erased())
    reply = Reply(subject=kept.subject, body=kept.body)
    return Rendered(draft_card.letter(reply, kept.by, kept.at, letters.load(tx, case.number, version)))


def _note(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case, note = _case(tx, owed), note_of(owed.facts)
    if case is None:
        return None
    told = said_by(world, tx, case, note)
    if told is None:
        return None
    link = links(world, tx, {case.number}).get(case.number) if note.broadcast else None
    shown = thread_notes.aloud(case, note, told, world.directory.name_of, link)
    return Rendered(shown, broadcast=note.broadcast, files=files_of(tx, case, note))


def _nudge(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    """A nudge that no longer applies is not posted; one that stands in Slack says that it is over."""
    payload = from_facts(Nudges, owed.facts)
    about = {case.number: case for case in cases.load_many(tx, {nudge.case for nudge in payload.nudges})}
    addresses = links(world, tx, about)
    replaced, now = nudges.replaced(tx, owed.id, about), world.now()
    told = [
        nudge_card.Item(about[nudge.case], nudge, nudge.route, addresses.get(nudge.case))
        for nudge in payload.nudges
        if nudge.case in about
    ]
    items = [
        item
        for item in sorted(told, key=lambda item: urgency(item.case, now))
        if item.case.number not in replaced
        and applies(item.nudge, item.case, now, to=owed.channel, posted=owed.ts is not None)
    ]
    if items:
        in_channel = owed.parent_ts is not None and _in_channel(tx, items[0])
        message = nudge_card.nudges(items, by_name(world, items[0].case.channel), payload.heading, home_address(tx))
        return Rendered(message, broadcast=in_channel)
    if owed.ts is None or not told:
        return None
    return Rendered(nudge_card.nudges_over(told, replaced), settled=True)


def _in_channel(tx: Tx, item: nudge_card.Item) -> bool:
    """Nobody follows the thread yet; but where the channel has just heard that a case is free again, it need not hear twice."""
    nudge, case = item.nudge, item.case
    first = OCCASIONS[nudge.when].in_channel and nudge.count == 1
    return first and not timeline.was_let_go(tx, case.number, case.unclaimed_since)


def todays_digest(world: World, tx: Tx, hidden: tuple[str, ...] = ()) -> Rendered:
    """The digest of today's local date and of all channels but those that are `hidden` from whoever asks, as it is now."""
    return _digest_of(world, tx, Digest(day=calendar_of(world.policy).local_date(world.now()), but=hidden))


def _digest_of(world: World, tx: Tx, told: Digest, picture: File | None = None) -> Rendered:
    figures = digest_of(world, tx, told.day, scope_of(told))
    addresses = links(world, tx, digest_card.mentioned(figures))
    name_of = world.directory.name_of
    return Rendered(digest_card.digest(figures, addresses, world.policy, name_of, home_address(tx), picture))


def _digest(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    """Yesterday's is nobody's morning news: it is not posted a day late, nor does one that stands change over night."""
    told = from_facts(Digest, owed.facts)
    today = calendar_of(world.policy).local_date(world.now())
    return _digest_of(world, tx, told, attached.drawn(tx, owed.id)) if told.day == today else None


def _answer(world: World, tx: Tx, owed: Owed) -> Rendered:
    said = from_facts(Said, owed.facts)
    return Rendered(Message(said.text, said.blocks))


def _contact(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    """Somebody who no longer holds the case is not told."""
    case = _case(tx, owed)
    reader = owed.only_for or owed.channel  # the channel is theirs alone where it could not be whispered
    if case is None or may_reach(reader, case.owner, world.policy.slack.contact_details) is not None:
        return None
    return Rendered(private.contact_details(case, world.policy))


def _ask_how(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case = _case(tx, owed)
    unsaid = case is not None and case.evidence is Grade.CLICKED and case.status is not Status.CLOSED
    return Rendered(contact_lines.ask_how(case)) if case and unsaid else None


def _home(world: World, tx: Tx, owed: Owed, hidden: tuple[str, ...] = ()) -> Rendered:
    tab = tab_of(world, tx, owed.channel, Scope(but=hidden))
    return Rendered(view=home.home(tab, links(world, tx, tab.numbers), world.policy))


RENDERERS: Mapping[Kind, Callable[[World, Tx, Owed], Rendered | None]] = {
    Kind.CARD: _card,
    Kind.FLOOD: _flood,
    Kind.DRAFT: _draft,
    Kind.LETTER: _letter,
    Kind.NOTE: _note,
    Kind.NUDGE: _nudge,
    Kind.DIGEST: _digest,
    Kind.ANSWER: _answer,
    Kind.NOTICE: _answer,
    Kind.CONTACT: _contact,
    Kind.ASK_HOW: _ask_how,
    Kind.HOME: _home,
}
