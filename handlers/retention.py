"""Time passes: every night, in small steps, what has been kept for as long as the policy says is erased."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from cases.policy.page import Policy
from handlers.world import World
from store import facts, retention
from store.engine import Tx, in_turn
from store.erasing import empty_log, erase
from store.retention import Over, Since

log = logging.getLogger(__name__)
_BEGINS = time(3)  # on the team's clock, when hardly anybody writes
# In one transaction. Each case is some ten edits in Slack, which takes fifty a minute: the next wait until these are made.
_CASES, _FEEDBACK, _ROWS = 5, 50, 500
_FACT = "retention"
_TURN = "retention"


def since(policy: Policy, now: datetime) -> Since:
    """From when on things are kept, as of now."""
    kept = policy.privacy
    return Since(now - kept.keep_words, now - kept.keep_harmless, now - kept.keep_answers)


def retire(world: World) -> bool:
    """One step of tonight's work; True when there may be more at once. A bot that was down at night begins when it is back."""
    night = _night(world)
    if world.store.read(lambda tx: _progress(tx, night)["done"]):
        return False
    gone = world.store.write_aside(lambda tx: _step(world, tx, night))
    if gone is None:
        empty_log(world.store)
    return bool(gone)


def _night(world: World) -> date:
    local = world.now().astimezone(world.policy.zone)
    return (local - timedelta(hours=_BEGINS.hour)).date()


def _step(world: World, tx: Tx, night: date) -> Over | None:
    """What went in this transaction; None when it was the last of the night."""
    in_turn(tx, [_TURN])
    now = world.now()
    kept, progress = since(world.policy, now), _progress(tx, night)
    if progress["done"]:  # another process was quicker
        return Over()
    busy = retention.still_showing(tx)
    gone = _erase(tx, kept, now, 0 if busy else _CASES)
    so_far = dict(Counter(asdict(gone)) + Counter(progress["gone"]))
    done = not gone and not busy
    facts.remember(tx, _FACT, {"night": night.isoformat(), "done": done, "at": now.isoformat(), "gone": so_far})
    if done:
        log.info("retention: erased tonight: %s", in_words(Over(**so_far)))
        return None
    return gone


def _erase(tx: Tx, kept: Since, now: datetime, cases: int) -> Over:
    numbers = retention.closed_cases(tx, kept, cases) if cases else []
    erase(tx, retention.feedback_of(tx, numbers), now)
    retention.show_last(tx, numbers)
    harmless = retention.harmless(tx, kept, _FEEDBACK)
    erase(tx, harmless, now, told=False)
    pruned = retention.prune(tx, kept, now, _ROWS)
    return Over(len(numbers), len(harmless), pruned.answers, pruned.others)


def _progress(tx: Tx, night: date) -> dict[str, Any]:
    said = last(tx)
    fresh = {"night": night.isoformat(), "done": False, "gone": {}}
    return said if said and said["night"] == night.isoformat() else fresh


def last(tx: Tx) -> dict[str, Any] | None:
    """What the latest night's work has come to: `night`, `done`, `at`, and in `gone` the numbers of `Over`; None: never any."""
    said: dict[str, Any] | None = facts.recall(tx, _FACT)
    return said


_NAMED = {
    "cases": ("closed case", "closed cases"),
    "harmless": ("piece of feedback that opened none", "pieces of feedback that opened none"),
    "answers": ("private answer", "private answers"),
    "others": ("row that nobody asks for", "rows that nobody asks for"),
}


def in_words(gone: Over) -> str:
    """As the log and the doctor tell it."""
    counts = asdict(gone)
    return ", ".join(f"{count} {_NAMED[what][count != 1]}" for what, count in counts.items() if count) or "nothing"
