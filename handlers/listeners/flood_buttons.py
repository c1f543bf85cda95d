"""A colleague clicks on a card that many cases share: takes the next of them, or has one shown by a card of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from cases.acts.act import Act, ActionName
from cases.messages.flood import alike
from cases.model import Via
from handlers.act import Acted, act, answer
from handlers.cards import words
from handlers.cards.message import line
from handlers.cards.mrkdwn import Mrkdwn, fill
from handlers.change import brought_out
from handlers.listeners.click import Click
from handlers.world import World
from store import floods
from store.engine import Tx

_TRIES = 5  # of as many who click at the same moment each gets another case


def _takes(world: World, click: Click) -> None:
    """The worst that nobody has."""
    waiting = world.store.read(lambda tx: floods.waiting(tx, click.number, world.now(), _TRIES))
    if _claimed(world, click, waiting) is None:
        world.store.write(lambda tx: _say(tx, world, click, Mrkdwn(words.FLOOD_EMPTY)))


def _takes_another(world: World, click: Click) -> None:
    """The worst that nobody has of those like the one that the button names, which may have been answered already."""
    number = _claimed(world, click, world.store.read(lambda tx: _like(world, tx, click.number)))
    said = Mrkdwn(words.FLOOD_NO_MORE) if number is None else fill(words.FLOOD_TAKEN, number=number)
    world.store.write(lambda tx: _say(tx, world, click, said))


def _like(world: World, tx: Tx, number: int) -> list[int]:
    flood = floods.of_case(tx, number)
    if flood is None:
        return []
    those = alike(floods.members(tx, flood), number)
    return [each for each in floods.waiting(tx, flood, world.now()) if each in those][:_TRIES]


def _claimed(world: World, click: Click, numbers: Sequence[int]) -> int | None:
    """Which of these is now theirs: who was beaten to one by a colleague gets the one after it."""

    def is_gone(number: int, tx: Tx) -> bool:
        return number not in floods.standing(tx, [number])

    for number in numbers:
        claim = Act(ActionName.CLAIM, click.person, Via.BUTTON)
        taken = act(world, number, claim, place=click.place, overtaken=partial(is_gone, number))
        if isinstance(taken, Acted):
            return number
    return None


def _shows_next(world: World, click: Click) -> None:
    def work(tx: Tx) -> None:
        number = next(iter(floods.waiting(tx, click.number, world.now(), 1)), None)
        if number is None:
            _say(tx, world, click, Mrkdwn(words.FLOOD_EMPTY))
        else:
            _show(world, tx, number, click)

    world.store.write(work)


def _opens(world: World, click: Click) -> None:
    world.store.write(lambda tx: _show(world, tx, click.number, click))


def _show(world: World, tx: Tx, number: int, click: Click) -> None:
    """Of several who want the same at once one is first, and all are told that it comes."""
    shown = brought_out(tx, number, click.person, world.now())
    _say(tx, world, click, fill(words.FLOOD_SHOWN if shown else words.FLOOD_SHOWN_BEFORE, number=number))


def _say(tx: Tx, world: World, click: Click, said: Mrkdwn) -> None:
    place = replace(click.place, name=f"{click.place.name}:flood")
    answer(tx, click.person, place, line(said), world.now())


ON_FLOOD: Mapping[str, Callable[[World, Click], None]] = {
    "flood_take": _takes,
    "flood_like": _takes_another,
    "flood_show": _shows_next,
    "flood_open": _opens,
}
