"""As what the letters that came in were taken, written down one by one, and said to whoever asks at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cases.letters.tally import Kind, Lot, Taken, Tally, as_json, of_json, passed_over, with_one
from cases.policy.page import Policy
from cases.spoken.durations import say_duration
from handlers.cards import words
from handlers.world import World
from store import facts
from store.engine import Tx, in_turn

_FACT = "letters.taken"  # by door; of what was in the letters nothing


def count(world: World, door: str, kind: Kind, name: str) -> None:
    """One letter more; `name` is its Message-ID."""
    world.store.write(lambda tx: _add(tx, door, kind, name, world.now()))


def _add(tx: Tx, door: str, kind: Kind, name: str, now: datetime) -> None:
    in_turn(tx, [_FACT])
    kept = facts.recall(tx, _FACT) or {}
    facts.remember(tx, _FACT, kept | {door: as_json(with_one(of_json(kept.get(door, {})), kind, name, now))})


def letters_taken(tx: Tx) -> dict[str, Tally]:
    """The tally of each door that letters come through: the mailbox's by the name of its source."""
    return {door: of_json(kept) for door, kept in (facts.recall(tx, _FACT) or {}).items()}


def in_words(tally: Tally, policy: Policy, now: datetime) -> Iterator[str]:
    """How many were read and as what they were taken, then a line for each reason why some were not; each with the last one's name."""
    read = {kind: lot for kind, lot in tally.items() if isinstance(kind, Taken)}
    parts = [f"{lot.seen.count} {words.LETTERS_TAKEN[kind]}" for kind, lot in read.items()]
    total = sum(lot.seen.count for lot in tally.values())
    yield f"{words.plural(total, '1 letter', f'{total} letters')} of late: {', '.join(parts) or 'none that a person wrote'}"
    for mark, lot in passed_over(tally):
        yield f"passed over {_often(lot)} since {lot.seen.since.astimezone(policy.zone):%a %d %b %H:%M}, last {_last(lot, now)}: {words.PASSED_OVER[mark]}"


def _often(lot: Lot) -> str:
    return words.plural(lot.seen.count, "once", f"{lot.seen.count} times")


def _last(lot: Lot, now: datetime) -> str:
    named = f" ({lot.last})" if lot.last else ""
    return f"{say_duration(now - lot.seen.last_at)} ago{named}"
