"""One look instead of one for each worker: which of them would find something to do.

Most of what a stage asks of its workers is whether they have anything to do, and mostly they have not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Exists, Select, or_, select

from cases.nudges.sweep import AT_ONCE
from handlers.letters.carry import carry_letters, lost_by
from handlers.outbox.attach import attach_files
from handlers.outbox.deliver import deliver
from handlers.reminders.sweep import sweep
from handlers.reply.write import give_opinions, write_drafts
from handlers.world import World
from store import attached, cases, drafts, letters, opinions
from store.messages import leasing

Worker = Callable[[World], int]

# What each worker asks the database first of all, word for word; test_looks.py holds that there is nothing else.
FIRST_LOOKS: Mapping[Worker, tuple[Select[Any], ...]] = {
    sweep: (cases._PEOPLE_DUE,),
    write_drafts: (drafts._ANY_DUE,),
    give_opinions: (opinions._ANY_DUE,),
    carry_letters: (letters._SOUGHT_IN_VAIN, letters._ANY_DUE),
    deliver: (leasing._ANY_DUE,),
    attach_files: (attached._ANY_DUE,),
}


def _finds(look: Select[Any]) -> Any:
    """Most are SELECT EXISTS (…) themselves."""
    (first, *_) = look.selected_columns
    return first if isinstance(first, Exists) else look.exists()


_WHOSE = select(*(or_(*map(_finds, looks)) for looks in FIRST_LOOKS.values()))


def with_work(world: World) -> list[Worker]:
    """The workers that would do more than look."""
    now = world.now()
    given = {"now": now, "until": lost_by(now), "most": AT_ONCE}
    row = world.store.read(lambda tx: tx.execute(_WHOSE, given).one())
    return [worker for worker, found in zip(FIRST_LOOKS, row, strict=True) if found]
