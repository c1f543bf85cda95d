"""What comes to each door, counted in memory and written down now and then; the lead hears where somebody may be shut out."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

from cases.arrivals.deliveries import Deliveries, Outcome, Seen, as_json, is_shut_out, of_json, refused, together
from cases.messages import intents
from cases.messages.kinds import Notice
from cases.policy.working_time import calendar_of
from handlers.cards import private
from handlers.doors import secret_env
from handlers.rights import lead_of_source
from handlers.world import World
from store import facts, messages
from store.engine import AWAY, Tx, in_turn, what_is_away

log = logging.getLogger(__name__)
_FACT = "deliveries"  # by door: what became of requests, and when; nothing that was in them


class Witness:
    """Counts what becomes of requests, from any thread. However many come, `write` makes one small change of one row."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = threading.Lock()
        self._seen: dict[str, dict[Outcome, Seen]] = {}

    def saw(self, door: str, outcome: Outcome) -> None:
        """One request more; nothing waits for it."""
        now = self._world.now()
        with self._lock:
            self._seen[door] = together(self._seen.get(door, {}), {outcome: Seen(1, now, now)})

    def write(self) -> None:
        """What was seen since the last time. A database that is away is told of it later."""
        with self._lock:
            more, self._seen = self._seen, {}
        if not more:
            return
        try:
            leads = {door: lead_of_source(self._world, door) for door in more}
            self._world.store.write(lambda tx: _add(self._world, tx, more, leads))
        except AWAY as away:
            log.warning("what came to the doors is written down later, %s", what_is_away(away))
            with self._lock:
                newer = self._seen
                self._seen = {door: together(more.get(door, {}), newer.get(door, {})) for door in {*more, *newer}}


def deliveries(tx: Tx) -> dict[str, dict[Outcome, Seen]]:
    """What has come to each door, by its name."""
    return {door: of_json(kept) for door, kept in (facts.recall(tx, _FACT) or {}).items()}


def _add(world: World, tx: Tx, more: Mapping[str, Deliveries], leads: Mapping[str, str]) -> None:
    in_turn(tx, [_FACT])
    before = deliveries(tx)
    after = before | {door: together(before.get(door, {}), seen) for door, seen in more.items()}
    facts.remember(tx, _FACT, {door: as_json(seen) for door, seen in after.items()})
    for door, seen in more.items():
        if is_shut_out(before.get(door, {}), seen):
            _tell(world, tx, door, after[door], leads[door])


def _tell(world: World, tx: Tx, door: str, seen: Deliveries, lead: str) -> None:
    """Once a week for each door: a stranger can knock at any, and is not to fill anybody's day."""
    week = calendar_of(world.policy).local_date(world.now()).isocalendar()
    refusals = refused(seen, world.now())
    told = private.shut_out(door, secret_env(door), refusals, seen.get(Outcome.RECEIVED))
    messages.owe(tx, Notice(told.text, told.blocks), intent=intents.shut_out(door, week), channel=lead, now=world.now())
