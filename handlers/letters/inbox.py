"""Letters come in: an answer joins its case, a letter that came back starts the clock again, and a stranger's is feedback like any other."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from cases.arrivals.customers import email_key
from cases.arrivals.decision import LETTERS
from cases.arrivals.evidence import Outcome, Report
from cases.arrivals.feedback import BadFeedback
from cases.arrivals.meaning import meant
from cases.letters.incoming import Bounce, Incoming, read_letter
from cases.letters.letter import LetterState
from cases.model import Way
from handlers.change import show_draft
from handlers.feedback.evidence import case_of_reference, reported
from handlers.feedback.intake import arrived
from handlers.feedback.unread import keep_unread
from handlers.guard import unit_of_work
from handlers.letters.imap import INBOX, arrived_since, folders, state_of
from handlers.world import World
from store import cases, customers, facts, letters
from store.engine import Tx

log = logging.getLogger(__name__)
_AT_ONCE = 20  # letters of a folder at one look: the rest waits for the next one


@dataclass(frozen=True, slots=True)
class Found:
    """A letter as it lay in a folder; `place` and `after` are where the next look begins, once this letter is taken in."""

    content: bytes
    head_only: bool
    place: str
    after: dict[str, Any]


def look_into(world: World, box: Any) -> Iterator[Found]:
    """What has come into the folders of `[mail] inbox` since the last look. At the first one, and when a folder numbers its
    letters anew, nothing: what lies there is older than we are, or has been seen.
    """
    for folder in folders(box, world.policy.mail.inbox, INBOX):
        place = f"inbox:{blake2b(folder.encode(), digest_size=16).hexdigest()}"
        numbering, following = state_of(box, folder)
        known = world.store.read(lambda tx, place=place: facts.recall(tx, place))  # type: ignore[misc]
        begins = {"numbering": numbering, "next": following}
        if known is None:  # two processes may look for the first time at once
            world.store.write(lambda tx, place=place, begins=begins: facts.first(tx, place, begins))  # type: ignore[misc]
            continue
        if known["numbering"] != numbering:
            _note(world, place, begins)
            continue
        for number, content, head_only in arrived_since(box, folder, known["next"], _AT_ONCE):
            yield Found(content, head_only, place, {"numbering": numbering, "next": number + 1})


def take_in(world: World, found: Found, own: str) -> bool:
    """One letter, which is not read again and again whatever breaks in it; `own` is the team's address.

    False where it broke, or where the database is away and it is to be read again: those that follow wait for the next look.
    """

    def noted() -> None:
        _note(world, found.place, found.after)

    with unit_of_work("a letter that came in", noted):
        letter = read_letter(found.content, found.head_only)
        if isinstance(letter, Bounce):
            _came_back(world, letter)
        elif isinstance(letter, Incoming) and not _is_our_own(world, letter, own):
            _heard(world, letter, found.content)
        noted()
        return True
    return False


def _note(world: World, place: str, state: dict[str, Any]) -> None:
    world.store.write(lambda tx: facts.remember(tx, place, state))


def _is_our_own(world: World, letter: Incoming, own: str) -> bool:
    """What we send ourselves, or a copy of it, is nobody's feedback."""
    return letter.is_of_team(own) or world.store.read(lambda tx: letters.is_ours(tx, letter.name))


def _heard(world: World, letter: Incoming, content: bytes) -> None:
    told, known = world.policy.told_of(LETTERS), world.store.read(lambda tx: _known(tx, letter))
    try:
        arriving = meant(list(letter.answers(*known)), told)
    except BadFeedback as unreadable:
        keep_unread(world, LETTERS, content[:20_000], blake2b(content, digest_size=16).hexdigest(), unreadable)
        return
    arrived(world, arriving)


def _known(tx: Tx, letter: Incoming) -> tuple[list[str], bool]:
    """The addresses of the customer whose case it answers, that of our letter first; else whether somebody of its address has a case."""
    answered = letters.answered_by(tx, letter.token, letter.follows)
    if answered is None:
        return [], bool(customers.found(tx, [{f"email:{email_key(letter.address)}"}], 1))
    case = cases.load(tx, answered.case)
    others = [each.customer.email for each in case.feedback] if case else []
    return [answered.address, *(each.strip().lower() for each in others if each)], True


def _came_back(world: World, bounce: Bounce) -> None:
    """A letter that did not arrive was no contact. Which one it was is known by its name alone.

    That name is in nobody's hands but ours and those of who carried the letter, while anybody can write of an address that
    a letter to it came back.
    """
    letter = world.store.read(lambda tx: letters.answered_by(tx, None, bounce.of))
    number = letter.case if letter else world.store.read(lambda tx: case_of_reference(tx, bounce.of))
    if number is None:
        log.info("a letter came back that nobody here knows of")
        return
    reported(
        world,
        Report(
            outcome=Outcome.BOUNCED,
            case=number,
            how=Way.EMAIL,
            words=bounce.why,
            reference=bounce.name or None,
        ),
    )
    if letter is not None:
        world.store.write(lambda tx: _note_down(world, tx, letter.case, letter.version, bounce.why))


def _note_down(world: World, tx: Tx, number: int, version: int, why: str) -> None:
    letter, case = letters.load(tx, number, version), cases.load(tx, number)
    if letter is not None and letter.state in (LetterState.SENT, LetterState.UNKNOWN):
        letters.save(tx, replace(letter, state=LetterState.REFUSED, why=why))
        if case is not None:
            show_draft(tx, case, world.now())
