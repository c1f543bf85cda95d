"""Who is not to be named in a lesson: whom Slack knows, and whom the case is about; and what is told of it, without them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from cases.acts.act import Act
from cases.acts.lesson import LINES, telling
from cases.lessons.lesson import Lesson
from cases.lessons.nameless import Names, customers_of, nameless
from cases.model import Case
from handlers.rights import channel_of
from handlers.slack.members import Member
from handlers.world import World
from prompts.masking import mask


def colleagues(world: World, wanted: Act, number: int) -> Names:
    """The colleagues whom an act on a case may name. Asked before a transaction, since Slack may have to be asked; of an act
    that tells no lesson, nobody."""
    if not telling(wanted):
        return Names()
    channel = channel_of(world, number)
    world.directory.look_around(channel)
    return known_colleagues(world, channel)


def known_colleagues(world: World, channel: str | None = None) -> Names:
    """Whoever is in a channel, and all others, as far as that is known; asks nobody."""
    inside, others = world.directory.everybody(channel)
    handles = {each.handle for each in others if each.handle}
    return Names(colleagues=_called(inside), others=frozenset({each.name for each in others if each.name} | handles))


def _called(people: Iterable[Member]) -> frozenset[str]:
    return frozenset(name for each in people for name in (each.name, each.handle, *each.called) if name)


def of_nobody(wanted: Act, case: Case | None, known: Names) -> Act:
    """The act with what it tells of a lesson, without names, addresses and numbers."""
    if case is None or not telling(wanted):
        return wanted
    return replace(wanted, **_unnamed(wanted, _with_customers(known, case)))


def shown(lesson: Lesson, case: Case | None, known: Names) -> Lesson:
    """A lesson as it may be read: older ones were told before names were taken out."""
    return replace(lesson, **_unnamed(lesson, known if case is None else _with_customers(known, case)))


def _unnamed(told: Act | Lesson, names: Names) -> dict[str, Any]:
    return {name: _hushed(said, names) for name in LINES if (said := getattr(told, name))}


def _with_customers(known: Names, case: Case) -> Names:
    of_case = customers_of(case)
    return replace(known, customers=of_case.customers, customers_keys=of_case.customers_keys, orders=of_case.orders)


def _hushed(text: str, names: Names) -> str:
    """Whatever address or number is left is named by its kind."""
    return mask("").hushed(nameless(text, names))
