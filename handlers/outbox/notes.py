"""What a note in a case's thread says, worked out from the case and what the note carries: one function for each Say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cases.acts.act import ActionName
from cases.arrivals.feedback import identity
from cases.letters.attached import State
from cases.messages.notes import (
    Acted,
    Attachments,
    Broken,
    Heard,
    LetGo,
    Lettered,
    NearLessons,
    Note,
    RatingChanged,
    Regrouped,
    Reported,
    Rerouted,
    Say,
    SecondOpinion,
)
from cases.model import Case, Rating
from handlers.cards import thread_notes
from handlers.cards.message import Message
from handlers.nameless import known_colleagues, shown
from handlers.outbox.links import links
from handlers.world import World
from store import attached, cases, lessons
from store.engine import Tx


def said_by(world: World, tx: Tx, case: Case, note: Note) -> Message | None:
    """The words of a note; None where there is nothing to say any more."""
    if isinstance(note, Acted):
        return thread_notes.of_action(case, note, world.directory.name_of)
    return NOTE_RENDERERS[note.say](world, tx, case, note)


def files_of(tx: Tx, case: Case, note: Note) -> tuple[str, ...]:
    """What no block can show."""
    if not isinstance(note, Attachments):
        return ()
    found = attached.in_thread(tx, case.number, note.feedback)
    return tuple(each.file for each in found if each.file and each.state is State.SHOWN and not each.stands_in_block)


def _heard(world: World, tx: Tx, case: Case, note: Heard) -> Message:
    said = next((f for f in case.feedback if identity(f) == (note.source, note.external_id)), None)
    if said is None:
        return thread_notes.heard_elsewhere()
    if note.say is Say.JOINED:
        return thread_notes.joined(case.number, said, case.severity)
    if note.say is Say.REPORTED:
        return thread_notes.reported_again(case.number, said)
    return thread_notes.wrote_again(case.number, said, kindly=note.say is Say.KIND_WORD)


def _rating_changed(world: World, tx: Tx, case: Case, note: RatingChanged) -> Message:
    return thread_notes.rating_changed(Rating(*note.before) if note.before else None, Rating(*note.after))


def _let_go(world: World, tx: Tx, case: Case, note: LetGo) -> Message:
    return thread_notes.let_go(case, note.before)


def _broken(world: World, tx: Tx, case: Case, note: Broken) -> Message:
    return thread_notes.promise_broken(case, note)


def _second_opinion(world: World, tx: Tx, case: Case, note: SecondOpinion) -> Message:
    return thread_notes.second_opinion(note.before, note.severity, note.why)


def _regrouped(world: World, tx: Tx, case: Case, note: Regrouped) -> Message:
    return thread_notes.regrouped(note, world.directory.name_of)


def _rerouted(world: World, tx: Tx, case: Case, note: Rerouted) -> Message:
    return thread_notes.rerouted(note)


def _lettered(world: World, tx: Tx, case: Case, note: Lettered) -> Message:
    return thread_notes.lettered(case, note)


def _near_lessons(world: World, tx: Tx, case: Case, note: NearLessons) -> Message | None:
    """As they are now; of those that are gone nothing."""
    there, known = lessons.of_cases(tx, note.cases), known_colleagues(world)
    of = {each.number: each for each in cases.load_many(tx, there)}
    addresses = links(world, tx, there)
    near = [(shown(there[each], of[each], known), addresses.get(each)) for each in note.cases if each in there]
    return thread_notes.near_lessons(near) if near else None


def _attachments(world: World, tx: Tx, case: Case, note: Attachments) -> Message:
    return thread_notes.attachments(
        attached.in_thread(tx, case.number, note.feedback), world.directory.name_of(note.actor)
    )


def _reported(world: World, tx: Tx, case: Case, note: Reported) -> Message:
    return thread_notes.reported(note)


NOTE_RENDERERS: Mapping[Say | ActionName, Callable[[World, Tx, Case, Any], Message | None]] = {
    Say.NEAR_LESSONS: _near_lessons,
    Say.ATTACHMENTS: _attachments,
    Say.SEEN: _reported,
    Say.SEEN_TRYING: _reported,
    Say.SEEN_DOUBTED: _reported,
    Say.BOUNCED: _reported,
    Say.ORDERED: _reported,
    Say.LETTER_REFUSED: _lettered,
    Say.LETTER_LOST: _lettered,
    Say.LETTER_UNKNOWN: _lettered,
    Say.LETTER_STOPPED: _lettered,
    Say.JOINED_CASE: _regrouped,
    Say.GONE_INTO: _regrouped,
    Say.MOVED_AWAY: _regrouped,
    Say.REROUTED: _rerouted,
    Say.JOINED: _heard,
    Say.REPORTED: _heard,
    Say.WROTE_AGAIN: _heard,
    Say.KIND_WORD: _heard,
    Say.RATING_CHANGED: _rating_changed,
    Say.LET_GO: _let_go,
    Say.PROMISE_BROKEN: _broken,
    Say.SECOND_OPINION: _second_opinion,
}
