"""A case begins, whichever road its feedback came by: its number, the channel it stands in, and all that is owed for it at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cases.arrivals.decision import Opens
from cases.arrivals.hearing import new_case
from cases.model import Case
from cases.nudges.waits import held_for_words
from handlers.change import opened_together
from handlers.rights import learn_channels
from handlers.world import World
from store import cases
from store.engine import Tx


def open_cases(
    world: World, tx: Tx, decided: Sequence[Opens], heard_at: datetime, *, by_colleague: bool = False
) -> list[Case]:
    """A new case of each, in their order, its card and draft owed: the one place where cases and their cards are made.

    Clocks and waits run from when they were heard; a card may wait a moment for words, where its source sends them after the rating.
    """
    learn_channels(world, tx)
    numbers = cases.new_numbers(tx, len(decided))
    new = [
        new_case(one, number, channel_for(world, one.feedback.source, one.channel), heard_at)
        for one, number in zip(decided, numbers, strict=True)
    ]
    now, second = world.now(), world.writer is not None
    shown = {number: now + held_for_words(one, world.policy) for one, number in zip(decided, numbers, strict=True)}
    if not new:
        return []
    return opened_together(tx, new, world.policy, now, second_opinion=second, by_colleague=by_colleague, shown_at=shown)


def channel_for(world: World, source: str, told: str = "") -> str:
    """Where a case of this source stands, as far as that is known without asking Slack: where it was `told` to, if it was."""
    return world.directory.known(told or world.policy.channel_of(source))
