"""Letters come in: an answer joins its case, a letter that came back starts the clock again, and a stranger's is feedback like any other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from cases.arrivals.decision import LETTERS
from cases.arrivals.feedback import BadFeedback
from cases.letters.incoming import Automatic, Incoming, read_letter
from cases.letters.returned import Bounce
from handlers.feedback.intake import arrived
from handlers.feedback.letters import came_in
from handlers.feedback.unread import keep_unread
from handlers.guard import unit_of_work
from handlers.letters.imap import INBOX, arrived_since, first_since, folders, state_of
from handlers.world import World
from store import facts
from store.engine import Tx

_PLACE = "inbox:"
_A_DAY = timedelta(days=1)  # servers have days of their own
_RENAMED = timedelta(days=14)  # after so long nobody waits any more for what is in a folder
_AT_ONCE = 20  # letters of a folder at one look: the rest waits for the next one


@dataclass(frozen=True, slots=True)
class Found:
    """A letter as it lay in a folder, without so many bytes at its end; `place` and `after` are where the next look begins, once this letter is taken in."""

    content: bytes
    left_out: int
    place: str
    after: dict[str, Any]


def look_into(world: World, box: Any) -> Iterator[Found]:
    """What has come into the folders of `[mail] inbox` since the last look. At the first one nothing: what lies there is older than we are."""
    there = {_place(folder): folder for folder in folders(box, world.policy.mail.inbox, INBOX)}
    for place, folder in there.items():
        numbering, following = state_of(box, folder)
        known = world.store.read(lambda tx, place=place: facts.recall(tx, place))  # type: ignore[misc]
        begins = {"numbering": numbering, "next": following, "on": world.now().date().isoformat()}
        if known is None:
            if (gone := world.store.read(lambda tx: _left(tx, there, world.now().date() - _RENAMED))) is not None:
                begins = _from_that_day(world, box, folder, gone, begins)
            # Two processes may look for the first time at once.
            known = world.store.write(lambda tx, place=place, begins=begins: facts.first(tx, place, begins))  # type: ignore[misc]
        if known["numbering"] != numbering:
            known = _from_that_day(world, box, folder, known, begins)
            _note(world, place, known)
        has_come, today = False, begins["on"]
        for number, content, left_out in arrived_since(box, folder, known["next"], _AT_ONCE):
            has_come = True
            yield Found(content, left_out, place, {"numbering": numbering, "next": number + 1, "on": today})
        if not has_come and known.get("on") != today:
            _note(world, place, known | {"on": today})


def _place(folder: str) -> str:
    return f"{_PLACE}{blake2b(folder.encode(), digest_size=16).hexdigest()}"


def _left(tx: Tx, there: Collection[str], since: date) -> dict[str, Any] | None:
    """Where we were last in a folder that was read since then and is no more: one that is read for the first time may be the same by another name."""
    known = [each for place, each in facts.recall_all(tx, _PLACE).items() if place not in there and "on" in each]
    gone = [each for each in known if date.fromisoformat(each["on"]) >= since]
    return max(gone, key=lambda each: str(each["on"]), default=None)


def _from_that_day(
    world: World, box: Any, folder: str, known: dict[str, Any], begins: dict[str, Any]
) -> dict[str, Any]:
    """Letters may have come since we looked last: read from that day on, as a letter that is read twice does no harm."""
    if "on" not in known:
        return begins
    first = first_since(box, folder, date.fromisoformat(known["on"]) - _A_DAY)
    return begins | {"next": first or begins["next"]}


def take_in(world: World, found: Found, server: str | None) -> bool:
    """One letter, which is not read again and again whatever breaks in it; `server` is whose word counts on who wrote it.

    False where it broke, or where the database is away and it is to be read again: those that follow wait for the next look.
    """

    def noted() -> None:
        _note(world, found.place, found.after)

    with unit_of_work("a letter that came in", noted):
        _heard(world, read_letter(found.content, found.left_out), found.content, server)
        noted()
        return True
    return False


def _heard(world: World, letter: Incoming | Bounce | Automatic, content: bytes, server: str | None) -> None:
    try:
        for arriving in came_in(world, letter, world.policy.told_of(LETTERS), server):
            arrived(world, arriving)
    except BadFeedback as unreadable:
        keep_unread(world, LETTERS, content[:20_000], blake2b(content, digest_size=16).hexdigest(), unreadable)


def _note(world: World, place: str, state: dict[str, Any]) -> None:
    world.store.write(lambda tx: facts.remember(tx, place, state))
