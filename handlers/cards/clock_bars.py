"""A clock as a bar of text: how much of its working time is left, or by how much it is over."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from cases.policy.working_time import NOTHING, Calendar
from cases.spoken.durations import say_duration
from handlers.cards import words
from handlers.cards.mrkdwn import Mrkdwn, fill

CELLS = 5


def bar(name: str, since: datetime, due_at: datetime, now: datetime, calendar: Calendar) -> Mrkdwn:
    """ "Owner ▰▰▱▱▱ 6 min left": `name` of the clock, and where it stands at `now`. It is over from `due_at` on."""
    left = calendar.between(now, due_at)
    if now >= due_at:
        sentence = words.BAR_OVER if left else words.BAR_OVER_NOW
        return fill(sentence, clock=name, bar=words.BAR_EMPTY * CELLS, length=say_duration(left))
    whole = calendar.between(since, due_at)
    full = min(max(ceil(left / whole * CELLS), 1), CELLS) if whole > NOTHING else CELLS
    cells = words.BAR_FULL * full + words.BAR_EMPTY * (CELLS - full)
    return fill(words.BAR_LEFT, clock=name, bar=cells, length=say_duration(left))
