"""What an owed message says, worked out from the case at the moment it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases.digest import digest, span
from cases.model import OPEN, UNCONTACTED, Case, Feedback, Rating, Severity, Status
from cases.nudges import Nudge
from handlers.cards import case_card, digest_card, draft_card, home, nudge_card, private, thread_notes
from handlers.cards.message import Message, View
from handlers.judging import judged
from handlers.world import World
from store import cases, drafts, feedback, messages
from store.engine import Tx
from store.messages import Owed


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready for Slack, or a `view` for somebody's Home tab; `metadata` joins what every message carries.

    `settled` says that these are its last words, whatever becomes of the case.
    """

    message: Message = field(default_factory=lambda: Message(""))
    view: View = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    broadcast: bool = False
    settled: bool = False

    def content(self) -> dict[str, Any]:
        """The arguments of chat.postMessage and chat.update that say something."""
        return {"text": self.message.text, "blocks": list(self.message.blocks)}


def render(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    """The message as it should look now; None when there is no longer any reason to say it."""
    return _RENDERERS[owed.kind](world, tx, owed)


def links(world: World, tx: Tx, numbers: Iterable[int]) -> dict[int, str]:
    """Addresses of the cards of these cases, as far as they stand in Slack."""
    places = messages.places(tx, set(numbers))
    known = {number: world.directory.link(channel, ts) for number, (channel, ts) in places.items()}
    return {number: address for number, address in known.items() if address}


def _case(tx: Tx, owed: Owed) -> Case | None:
    return cases.load(tx, owed.case_number or 0)


def _card(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case = _case(tx, owed)
    if case is None:
        return None
    return Rendered(case_card.card(case, world.policy), metadata={"status": case.status, "owner": case.owner})


def _draft(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case, draft = _case(tx, owed), drafts.load(tx, owed.case_number or 0)
    if case is None or draft is None:
        return None
    told = judged(world, tx, case, draft)
    sendable = draft.reply is not None and not case.held and not told.blocked
    message = draft_card.draft(case, draft, told.findings, told.promises, model=world.writer is not None)
    return Rendered(message, metadata={"sendable": sendable})


def _note(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case = _case(tx, owed)
    return None if case is None else Rendered(_NOTES[owed.facts["say"]](tx, case, owed.facts))


def _heard(tx: Tx, case: Case, facts: Mapping[str, Any]) -> Feedback:
    known = feedback.known(tx, facts["source"], facts["external_id"])
    return known[2] if known else case.feedback[-1]


_NOTES: dict[str, Callable[[Tx, Case, Mapping[str, Any]], Message]] = {
    "joined": lambda tx, case, facts: thread_notes.joined(_heard(tx, case, facts), case.severity),
    "wrote_again": lambda tx, case, facts: thread_notes.wrote_again(_heard(tx, case, facts)),
    "kind_word": lambda tx, case, facts: thread_notes.wrote_again(_heard(tx, case, facts), kindly=True),
    "rating_changed": lambda tx, case, facts: thread_notes.rating_changed(
        Rating(*facts["before"]) if facts["before"] else None, Rating(*facts["after"])
    ),
    "give": lambda tx, case, facts: thread_notes.owner_changed(facts.get("before"), facts["owner"]),
    "takeover": lambda tx, case, facts: thread_notes.owner_changed(
        facts.get("before"), facts["owner"], facts.get("text")
    ),
    "close": lambda tx, case, facts: thread_notes.closed(case),
    "dismiss": lambda tx, case, facts: thread_notes.closed(case),
    "reopen": lambda tx, case, facts: thread_notes.reopened(case, facts.get("text")),
    "note": lambda tx, case, facts: thread_notes.noted(facts["actor"], facts["text"]),
    "promise": lambda tx, case, facts: thread_notes.promised(facts["actor"], facts["text"], _at(facts["until"])),
    "snooze": lambda tx, case, facts: thread_notes.snoozed(facts["actor"], _at(facts["until"]), facts.get("text")),
    "contacted": lambda tx, case, facts: thread_notes.contacted(facts["actor"], facts.get("way"), facts.get("text")),
    "second_opinion": lambda tx, case, facts: thread_notes.second_opinion(
        Severity(facts["before"]), Severity(facts["severity"]) if facts.get("severity") else None, facts["why"]
    ),
}


def _at(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def as_facts(nudge: Nudge) -> dict[str, Any]:
    """A nudge as its message's row keeps it."""
    return {name: getattr(nudge, name) for name in Nudge.__slots__} | {"due_at": nudge.due_at.isoformat()}


def _nudge(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    """A nudge that no longer applies is not posted; one that stands in Slack says that it is over."""
    told = [Nudge(**facts | {"due_at": _at(facts["due_at"])}) for facts in owed.facts["nudges"]]
    about = {case.number: case for case in cases.load_many(tx, {nudge.case for nudge in told})}
    addresses = links(world, tx, about)
    told = [nudge for nudge in told if nudge.case in about]
    items = [(about[n.case], n, addresses.get(n.case)) for n in told if _applies(world, about[n.case], n, owed)]
    if items:
        first = items[0][1]
        in_channel = owed.parent_ts is not None and first.when == "unclaimed" and first.count == 1
        # Nobody follows the thread of a case that nobody has claimed: once, the channel must see it too.
        return Rendered(nudge_card.nudges(items, world.policy), broadcast=in_channel)
    if owed.ts is None or not told:
        return None
    return Rendered(nudge_card.nudge_over(about[told[0].case], addresses.get(told[0].case)), settled=True)


def _applies(world: World, case: Case, nudge: Nudge, owed: Owed) -> bool:
    if owed.ts is None and case.snoozed_until is not None and case.snoozed_until > world.now():
        return False
    if nudge.tell == "owner" and case.owner != owed.channel:
        return False
    if nudge.when == "promised":
        return case.status in OPEN and case.promise_due_at is not None
    return case.status is Status.UNCLAIMED if nudge.when == "unclaimed" else case.status in UNCONTACTED


def todays_digest(world: World, tx: Tx) -> Rendered:
    """The digest of today's local date, as it is now."""
    now = world.now()
    figures = _digest_figures(world, tx, now)
    mentioned = {case.number for case in (*figures.waiting, *figures.promises_today)}
    mentioned |= {number for _, numbers in figures.holds for number in numbers}
    return Rendered(digest_card.digest(figures, links(world, tx, mentioned), world.policy))


def _digest_figures(world: World, tx: Tx, now: datetime) -> Any:
    rough = digest((), (), (), now, world.policy)
    since, until = span(rough.day, world.policy)
    reached, ended = cases.contacted_between(tx, since, until), cases.closed_between(tx, since, until)
    return digest(cases.open_cases(tx), reached, ended, now, world.policy)


def _digest(world: World, tx: Tx, owed: Owed) -> Rendered:
    return todays_digest(world, tx)


def _answer(world: World, tx: Tx, owed: Owed) -> Rendered:
    return Rendered(Message(owed.facts["text"], tuple(owed.facts["blocks"])))


def _contact(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    """How to reach the customer is for the owner's eyes: somebody who no longer holds the case is not told."""
    case = _case(tx, owed)
    return None if case is None or case.owner != owed.only_for else Rendered(private.contact_details(case))


def _ask_how(world: World, tx: Tx, owed: Owed) -> Rendered | None:
    case = _case(tx, owed)
    return None if case is None or case.contacted_at is None else Rendered(private.ask_how(case))


def _home(world: World, tx: Tx, owed: Owed) -> Rendered:
    mine, team = cases.of_owner(tx, owed.channel), cases.open_cases(tx, limit=home.MOST_SHOWN * 2)
    addresses = links(world, tx, {case.number for case in (*mine, *team)})
    return Rendered(view=home.home(mine, team, cases.open_count(tx), addresses, world.policy))


_RENDERERS: dict[str, Callable[[World, Tx, Owed], Rendered | None]] = {
    "card": _card,
    "draft": _draft,
    "note": _note,
    "nudge": _nudge,
    "digest": _digest,
    "answer": _answer,
    "notice": _answer,
    "contact": _contact,
    "ask_how": _ask_how,
    "home": _home,
}
