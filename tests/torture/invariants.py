"""What must be so at the end, whatever happened on the way: one function for each invariant, in one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from cases.messages.kinds import KINDS, Kind
from sandbox.people.reading import plain
from tests.torture.evidence import Evidence, about

_NEVER_NEEDED = frozenset({"moot", "forgotten"})
_FATE_UNKNOWN = "fate unknown"  # a private message cannot be found again: better never than twice
_PRIVATE = frozenset({"answer", "contact", "ask_how"})


def feedback_has_the_case_it_was_told(e: Evidence) -> Iterator[str]:
    """Every accepted feedback is one row, of the case that every answer named."""
    rows = Counter(row.external_id for row in e.feedback)
    case_of = {row.external_id: row.case_number for row in e.feedback}
    for external_id, answers in e.accepted.items():
        told = {answer.content()["case"] for answer in answers}
        if rows[external_id] != 1:
            yield f"feedback {external_id} was accepted and is there {rows[external_id]} times"
        elif told != {case_of[external_id]}:
            yield f"feedback {external_id} belongs to case {case_of[external_id]}, and the answers said {told}"


def customer_has_one_open_case(e: Evidence) -> Iterator[str]:
    """Somebody who writes again while their case is open is joined to it."""
    open_of: dict[str, set[int]] = {}
    for row in e.feedback:
        case = e.cases.get(row.case_number)
        if case is not None and case.status != "closed":
            open_of.setdefault(row.content["customer"]["email"], set()).add(case.number)
    yield from (f"{email} has the open cases {sorted(n)}" for email, n in open_of.items() if len(n) > 1)


def case_has_one_card(e: Evidence) -> Iterator[str]:
    """Every case has one card in Slack, or shares one, and every card a case."""
    cards = Counter(about(m)["case"] for found in e.standing.values() for m in found if m.kind == "card")
    for number in e.cases:
        if cards[number] != (number not in e.together):
            yield f"case {number} has {cards[number]} cards, and shares {e.together.get(number)}"
    yield from (f"the card of case {number} has no case" for number in cards if number not in e.cases)
    shared = {row.intent for row in e.of_kind("flood") if row.id in e.standing}
    open_ones = {flood for number, flood in e.together.items() if e.cases[number].status != "closed"}
    yield from (f"the card of flood {flood} is not there" for flood in open_ones if f"flood:{flood}" not in shared)


def message_stands_once(e: Evidence) -> Iterator[str]:
    """Nothing the bot says stands twice: card, draft, note, nudge or digest."""
    for number, found in e.standing.items():
        if len(found) > 1:
            yield f"message {number} ({found[0].kind}, case {about(found[0])['case']}) stands {len(found)} times"


def message_has_a_row(e: Evidence) -> Iterator[str]:
    """What stands in Slack is known, and known to stand where it stands."""
    for number, found in e.standing.items():
        row = e.messages.get(number)
        if row is None:
            yield f"message {number} stands in Slack and has no row"
        elif (row.posted_in, row.ts) not in {(m.channel, m.ts) for m in found}:
            yield f"message {number} ({row.intent}) is thought to stand at {row.posted_in} {row.ts}"


def lost(e: Evidence) -> list[Any]:
    """The rows of messages for all to see that stand nowhere, though they are owed and nobody has let them go."""
    return [
        row
        for row in e.messages.values()
        if row.dead is None and row.only_for is None and row.kind != "home" and row.id not in e.standing
        if not (KINDS[Kind(row.kind)].may_return and row.ts is None and row.shown == row.wanted)  # nobody needs it now
    ]


def row_stands_in_slack(e: Evidence) -> Iterator[str]:
    """What was owed and is for all to see is there, and as it should be."""
    yield from (f"message {row.id} ({row.intent}) is lost" for row in lost(e))
    for row in e.messages.values():
        if row.dead is None and row.shown < row.wanted:
            yield f"message {row.id} ({row.intent}) is still owed after {row.attempts} attempts"


def dead_message_has_its_reason(e: Evidence) -> Iterator[str]:
    """Only what nobody needs any more was given up, and private words of unknown fate."""
    for row in e.messages.values():
        private = row.kind in _PRIVATE and row.dead == _FATE_UNKNOWN
        if row.dead is not None and row.dead not in _NEVER_NEEDED and not private:
            yield f"message {row.id} ({row.intent}) was given up: {row.dead}"


def card_says_what_the_database_says(e: Evidence) -> Iterator[str]:
    """The card names the owner and the status that the case has."""
    for row in e.of_kind("card"):
        case = e.cases[row.case_number]
        for card in e.standing.get(row.id, ()):
            shown = about(card)["status"], about(card)["owner"]
            if shown != (case.status, case.owner):
                yield f"the card of case {case.number} says {shown}, the case is {(case.status, case.owner)}"
            elif case.status == "claimed" and f"<@{case.owner}>" not in plain(card):
                yield f"the card of case {case.number} does not name its owner {case.owner}"


_TAKES = frozenset({"claim", "takeover"})
_LETS_GO = frozenset({"release", "undo_claim"})


def claim_has_one_owner(e: Evidence) -> Iterator[str]:
    """Nobody claims what somebody holds: the first of two wins, and who that was is who has it in the end."""
    for number, lines in e.timeline.items():
        owner: str | None = None
        by_contact = False
        for line in lines:
            if line.action == "claim" and owner is not None:
                yield f"case {number} was claimed by {line.actor} while {owner} had it"
            if line.action in _TAKES or (line.action == "contacted" and owner is None):
                owner, by_contact = line.actor, line.action == "contacted"
            elif line.action in _LETS_GO or (line.action == "undo_contacted" and by_contact):
                owner = None
        if owner != e.cases[number].owner:
            yield f"case {number} belongs to {e.cases[number].owner}, by its timeline to {owner}"


def claimant_hears_what_became(e: Evidence) -> Iterator[str]:
    """Whoever reached for a card by emoji has the case, had it, or was told who has."""
    cards = {m.ts: about(m)["case"] for found in e.standing.values() for m in found if m.kind == "card"}
    claims = {(number, line.actor) for number, lines in e.timeline.items() for line in lines if line.actor}
    intents = {row.intent for row in e.messages.values()}
    for payload in e.acted("reaction_added"):
        event, number = payload["event"], cards.get(payload["event"]["item"]["ts"])
        if number is None or event["reaction"] != "eyes":
            continue
        told = f"answer:{event['user']}:{payload['event_id']}" in intents
        taken_back = f"claim {event['user']} {event['item']['channel']} {event['item']['ts']}" in e.seen_events
        if not (told or taken_back or (number, event["user"]) in claims):
            yield f"{event['user']} reached for case {number} ({payload['event_id']}) and nothing came of it"


def claim_by_reaction_has_its_reaction(e: Evidence) -> Iterator[str]:
    """What was claimed by an emoji that was taken back is not claimed any more."""
    case_of = {m.ts: about(m)["case"] for found in e.standing.values() for m in found}
    reached = {(case_of.get(ts), person) for ts, emoji, person in e.reactions if emoji == "eyes"}
    for case in e.cases.values():
        action, person, *_ = [*(case.by_reaction or "").split(" "), ""]
        if action == "claim" and (case.number, person) not in reached:
            yield f"case {case.number} is {case.owner}'s by an emoji that is not there"


def timeline_has_no_doubles(e: Evidence) -> Iterator[str]:
    """Opened once, and each word of a customer once; notes that were taken once, others at most once."""
    for number, lines in e.timeline.items():
        opened = [line for line in lines if line.action == "opened"]
        if len(opened) != 1:
            yield f"case {number} was opened {len(opened)} times"
        joined = Counter(line.facts["external_id"] for line in lines if line.action == "joined")
        yield from (f"{who} joined case {number} {count} times" for who, count in joined.items() if count > 1)
    said = [str(line.facts.get("text")) for lines in e.timeline.values() for line in lines if line.action == "note"]
    for word, taken in e.noted.items():
        count = sum(word in text for text in said)
        if count > 1 or (taken and count == 0):
            yield f"the note {word} stands {count} times in the timeline"


def nudge_is_one_message(e: Evidence) -> Iterator[str]:
    """Each occurrence was given once, in one message that stands in Slack, or was no longer needed."""
    given = Counter((row.case_number, row.seq, row.told) for row in e.nudges)
    yield from (f"nudge {nudge} was given {count} times" for nudge, count in given.items() if count > 1)
    for row in e.nudges:
        message = e.messages.get(row.message)
        if message is None:
            yield f"the nudge {row.seq} of case {row.case_number} has no message"
    calm = {number for number, lines in e.timeline.items() if {line.action for line in lines} == {"opened"}}
    rungs = Counter((r.case_number, r.rung, r.occurrence) for r in e.nudges if r.case_number in calm)
    yield from (f"rung {rung} was climbed {count} times" for rung, count in rungs.items() if count > 1)


def digest_comes_once_a_day(e: Evidence) -> Iterator[str]:
    """One for each channel and date."""
    days: Counter[Any] = Counter((row.channel, row.facts["day"]) for row in e.of_kind("digest"))
    yield from (f"the digest of {day} was owed {count} times" for day, count in days.items() if count > 1)
    if not days:
        yield "no digest came"


def case_has_one_draft(e: Evidence) -> Iterator[str]:
    """A draft that was written stands in the thread."""
    shown = Counter(about(m)["case"] for found in e.standing.values() for m in found if m.kind == "draft")
    yield from (f"case {number} has {count} drafts" for number, count in shown.items() if count > 1)
    for number, draft in e.drafts.items():
        if draft.state == "ready" and not shown[number]:
            yield f"the draft of case {number} is written and not shown"


_GONE, _ASKED, _TAKEN_BACK = "sent", "unknown", "taken_back"


def letter_goes_once(e: Evidence) -> Iterator[str]:
    """What the mail server took was approved, and once; what is called sent was taken, and of all else a person is asked or took it back."""
    yield from (f"the letter {name} is nobody's" for name in e.received if name not in e.letters)
    for name, row in e.letters.items():
        often = e.received.get(name, 0)
        if often > 1:
            yield f"the letter {name} of case {row.case_number} was received {often} times"
        if row.state not in (_GONE, _ASKED, _TAKEN_BACK):
            yield f"the letter {name} of case {row.case_number} is {row.state}: {row.why}"
        elif row.state != _ASKED and often != (row.state == _GONE):
            yield f"the letter {name} of case {row.case_number} is {row.state} and was received {often} times"


def letter_is_contact_once(e: Evidence) -> Iterator[str]:
    """A letter that went out stands in the history of its case as contact, once."""
    for name, row in e.letters.items():
        lines = [line for line in e.timeline[row.case_number] if line.action == "contacted"]
        told = sum(line.facts.get("version") == row.version for line in lines)
        if told != (row.state == _GONE):
            yield f"the letter {name} of case {row.case_number} is {row.state} and was told of {told} times"


def answer_is_heard_once(e: Evidence) -> Iterator[str]:
    """What a customer answers is one feedback, and stands once in the history of one case."""
    lines = [line for lines in e.timeline.values() for line in lines]
    for word in e.answered:
        rows = [row for row in e.feedback if word in str(row.content)]
        told = [line for row in rows for line in lines if line.facts.get("external_id") == row.external_id]
        if (len(rows), len(told)) != (1, 1):
            yield f"the answer {word} is there {len(rows)} times, and was told {len(told)} times"


INVARIANTS: tuple[Callable[[Evidence], Iterator[str]], ...] = (
    feedback_has_the_case_it_was_told,
    customer_has_one_open_case,
    case_has_one_card,
    message_stands_once,
    message_has_a_row,
    row_stands_in_slack,
    dead_message_has_its_reason,
    card_says_what_the_database_says,
    claim_has_one_owner,
    claimant_hears_what_became,
    claim_by_reaction_has_its_reaction,
    timeline_has_no_doubles,
    nudge_is_one_message,
    digest_comes_once_a_day,
    case_has_one_draft,
    letter_goes_once,
    letter_is_contact_once,
    answer_is_heard_once,
)


def broken(e: Evidence) -> list[str]:
    """Every invariant that does not hold, in words, with the case it is about."""
    return [f"{check.__name__.replace('_', ' ')}: {finding}" for check in INVARIANTS for finding in check(e)]
