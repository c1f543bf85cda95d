"""Letters that are to go are handed to the mail server, once each, and what becomes of them is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from cases.acts.act import ActionName
from cases.acts.contact import Contact, known, tried
from cases.acts.hands import held_by, looked_after
from cases.acts.remedy import asked
from cases.letters.compose import NoAddress, composed, is_message_id
from cases.letters.letter import (
    LOOKED_FOR,
    LOOKED_FOR_AT_MOST,
    Answer,
    Envelope,
    Letter,
    LetterState,
    Refused,
    Unknown,
    answered,
    is_still_wanted,
)
from cases.messages.notes import Lettered, LetteredSay, Say
from cases.model import OPEN, Case, Grade, Status, Via, Way
from cases.policy.limits import limits_of
from cases.replies.scaffold import asks_what_makes_it_right
from handlers.aloud import tell
from handlers.cards import words
from handlers.change import changed, show_draft
from handlers.guard import POISONED, unit_of_work
from handlers.world import World
from store import cases, letters, replies, timeline
from store.engine import Tx

# Longer than a mail server may take over one letter: nobody else takes it up while it is in somebody's hands.
_LEASE = timedelta(minutes=5)
_BATCH = 4


def carry_letters(world: World, carriers: ThreadPoolExecutor | None = None) -> int:
    """Hands over one batch of letters, returns how many were tried; none where there is no mail server, or policy stops them."""
    ask_for_lost(world, lost_by(world.now()))
    if world.post is None or not world.policy.mail.send:
        return 0
    if not world.store.read(lambda tx: letters.any_due(tx, world.now())):
        return 0
    batch = world.store.write(lambda tx: letters.take_due(tx, world.now(), _LEASE, _BATCH))
    if carriers is None:
        for letter in batch:
            _carry_one(world, letter)
    else:
        list(carriers.map(lambda letter: _carry_one(world, letter), batch))
    return len(batch)


def lost_by(now: datetime) -> datetime:
    """A letter that was to be found among the sent ones by then, and was not, is asked about now."""
    return now - (LOOKED_FOR_AT_MOST - LOOKED_FOR)


def _carry_one(world: World, letter: Letter) -> None:
    attempt = letter.attempts + 1

    def put_off() -> None:
        """What broke before a word left waits an hour; what had begun is found as of unknown fate when its lease ends."""
        later = replace(letter, attempts=attempt, next_attempt_at=world.now() + POISONED, why=words.LETTER_BROKE)
        if letter.begun_at is None:
            world.store.write(lambda tx: _put_off(tx, later, attempt))

    with unit_of_work(f"the letter of case {letter.case}", put_off):
        if letter.begun_at is not None:  # whoever had it in hand fell silent while its words were leaving
            _take_in(world, letter, attempt, Unknown(words.LETTER_FELL_SILENT))
            return
        try:
            envelope = _envelope(world, letter)
        except NoAddress as none:
            _take_in(world, letter, attempt, Refused(str(none)))
            return
        if envelope is None:
            world.store.write(lambda tx: _not_wanted(world, tx, letter, attempt))
        else:
            _take_in(world, letter, attempt, _handed_over(world, letter, attempt, envelope))


def _put_off(tx: Tx, later: Letter, attempt: int) -> None:
    now = letters.in_hand(tx, later, attempt)
    if now is not None and now.begun_at is None:
        letters.save(tx, later)


def _envelope(world: World, letter: Letter) -> Envelope | None:
    """The letter as the mail server wants it; None where it is to go no more: the case is over, or its words are erased."""
    found = world.store.read(lambda tx: _words_of(tx, letter))
    if found is None:
        return None
    assert world.post is not None
    subject, body, references = found
    content = composed(
        subject,
        body,
        to=letter.address,
        sender=world.post.sender,
        colleague=world.directory.name_of(letter.sent_by),
        team=world.policy.team,
        message_id=letter.message_id,
        token=letter.token,
        at=world.now().astimezone(world.policy.zone),
        references=references,
    )
    return Envelope(world.post.sender.address, letter.address, content)


def _words_of(tx: Tx, letter: Letter) -> tuple[str, str, list[str]] | None:
    case, approved = cases.load(tx, letter.case), replies.words(tx, letter.case, letter.version)
    if case is None or approved is None or not is_still_wanted(case):
        return None
    return *approved, followed_by(tx, case)


def followed_by(tx: Tx, case: Case) -> list[str]:
    """What the next letter follows: the Message-IDs of what was written so far, by them and by us, oldest first."""
    theirs = [(each.occurred_at or case.opened_at, each.external_id) for each in case.feedback]
    ours = letters.message_ids(tx, case.number)
    return [name for _, name in sorted([*theirs, *ours]) if is_message_id(name)]


def _handed_over(world: World, letter: Letter, attempt: int, envelope: Envelope) -> Answer:
    assert world.post is not None
    return world.post.carry(
        envelope, lambda: world.store.write(lambda tx: letters.begin(tx, letter, attempt, world.now()))
    )


def _take_in(world: World, letter: Letter, attempt: int, answer: Answer) -> None:
    world.store.write(lambda tx: _taken_in(world, tx, letter, attempt, answer))


def _taken_in(world: World, tx: Tx, letter: Letter, attempt: int, answer: Answer) -> None:
    """What a letter has come to, in one transaction with what is known of the contact by it."""
    case, standing = cases.hold(tx, letter.case), letters.in_hand(tx, letter, attempt)
    if case is None or standing is None:  # somebody else has taken it up, or its words are erased
        return
    after = answered(standing, answer, world.now(), world.policy.mail.retry, can_look=world.inbox is not None)
    letters.save(tx, after)
    match after.state:
        case LetterState.SENT:
            case = _contacted(world, tx, case, after)
        case LetterState.UNKNOWN:
            case = _told(world, tx, case, case, after, Lettered(say=Say.LETTER_UNKNOWN, why=after.why))
        case LetterState.REFUSED:
            tells: LetteredSay = Say.LETTER_REFUSED if isinstance(answer, Refused) else Say.LETTER_LOST
            in_vain = tried(case, _contact_by(after, world.now()))
            case = _told(world, tx, case, in_vain, after, Lettered(say=tells, why=after.why))
    show_draft(tx, case, world.now())


def found_sent(world: World, letter: Letter) -> None:
    """A letter of unknown fate stands among those that were sent: it has gone out, and that is contact."""
    world.store.write(lambda tx: _found_sent(world, tx, letter))


def _found_sent(world: World, tx: Tx, letter: Letter) -> None:
    case, standing = cases.hold(tx, letter.case), letters.load(tx, letter.case, letter.version)
    if case is None or standing is None or not standing.is_in_doubt:
        return
    letters.save(tx, replace(standing, state=LetterState.SENT, why=None))
    show_draft(tx, _contacted(world, tx, case, standing), world.now())


def ask_for_lost(world: World, until: datetime) -> None:
    """A letter of unknown fate that was not found among the sent ones by then: only a person can tell what has become of it."""
    for letter in world.store.read(lambda tx: letters.sought_in_vain(tx, until)):
        world.store.write(lambda tx, letter=letter: _ask_for_lost(world, tx, letter))  # type: ignore[misc]


def _ask_for_lost(world: World, tx: Tx, letter: Letter) -> None:
    case, standing = cases.hold(tx, letter.case), letters.load(tx, letter.case, letter.version)
    if case is None or standing is None or standing.state is not LetterState.SOUGHT:
        return
    after = replace(standing, state=LetterState.UNKNOWN)
    letters.save(tx, after)
    case = _told(world, tx, case, case, after, Lettered(say=Say.LETTER_UNKNOWN, why=after.why))
    show_draft(tx, case, world.now())


def _told(world: World, tx: Tx, before: Case, after: Case, letter: Letter, note: Lettered) -> Case:
    """What did not go as it should stands in the case's history, and its thread hears of it, each time."""
    now, facts = world.now(), {"version": letter.version, "text": note.why}
    after = changed(
        tx, before, after, world.policy, now, actor=letter.sent_by, action=note.say, via=Via.CLOCK, facts=facts
    )
    tell(world, tx, before, after, note)
    return after


def _contact_by(letter: Letter, now: datetime) -> Contact:
    return Contact(grade=Grade.SEEN, at=now, by=letter.sent_by, way=Way.EMAIL)


def _contacted(world: World, tx: Tx, case: Case, letter: Letter) -> Case:
    """A mail server has the letter: that is contact, seen, by whoever sent it. A case that was closed meanwhile stays so, with a line in its history."""
    now, policy = world.now(), world.policy
    facts = {"grade": Grade.SEEN, "way": Way.EMAIL, "text": words.SENT_WORDS, "version": letter.version}
    if case.status not in OPEN:
        timeline.note_down(tx, case.number, now, letter.sent_by, ActionName.CONTACTED, Via.CLOCK, facts)
        return case
    limits = limits_of(policy)
    after = known(case, _contact_by(letter, now), limits, now)
    if (
        case.status is Status.CONTACTED and case.asked_at is not None
    ):  # whether it ended well: they are asked themselves now
        after = looked_after(after, now + limits.check_back)
    approved = replies.words(tx, letter.case, letter.version)
    if approved is not None and asks_what_makes_it_right(approved[1]):
        after = asked(after, now)
    if after.owner is None:
        after = held_by(after, letter.sent_by, now)
    return changed(
        tx, case, after, policy, now, actor=letter.sent_by, action=ActionName.CONTACTED, via=Via.CLOCK, facts=facts
    )


def _not_wanted(world: World, tx: Tx, letter: Letter, attempt: int) -> None:
    """The case was closed, or its customer asked for silence, while the letter waited: it does not go out, and the thread hears so."""
    case, standing = cases.hold(tx, letter.case), letters.in_hand(tx, letter, attempt)
    if case is None or standing is None:
        return
    letters.save(tx, replace(standing, state=LetterState.TAKEN_BACK, ended_at=world.now()))
    _told(world, tx, case, case, standing, Lettered(say=Say.LETTER_STOPPED))
    show_draft(tx, case, world.now())
