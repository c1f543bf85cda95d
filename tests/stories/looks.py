"""One look instead of one for each worker: whether any of them would find something to do.

Most of what a stage asks of its workers is whether they have anything to do, and mostly they have not.
"""

from __future__ import annotations

from sqlalchemy import Exists, Select, or_, select

from cases.nudges.sweep import AT_ONCE
from handlers.letters.carry import lost_by
from handlers.world import World
from store import attached, cases, drafts, letters, opinions
from store.messages import leasing

# What each worker asks the database first of all, word for word; test_looks.py holds that there is nothing else.
FIRST_LOOKS: tuple[Select[tuple[object]], ...] = (
    cases._PEOPLE_DUE,
    drafts._ANY_DUE,
    opinions._ANY_DUE,
    letters._SOUGHT_IN_VAIN,
    letters._ANY_DUE,
    leasing._ANY_DUE,
    attached._ANY_DUE,
)


def _finds(look: Select[tuple[object]]) -> object:
    """Most are SELECT EXISTS (…) themselves."""
    (first, *_) = look.selected_columns
    return first if isinstance(first, Exists) else look.exists()


_ANYTHING_DUE = select(or_(*map(_finds, FIRST_LOOKS)))  # type: ignore[arg-type]


def anything_due(world: World) -> bool:
    """Whether a round of the workers would do more than look."""
    now = world.now()
    given = {"now": now, "until": lost_by(now), "most": AT_ONCE}
    return bool(world.store.read(lambda tx: tx.execute(_ANYTHING_DUE, given).scalar_one()))
