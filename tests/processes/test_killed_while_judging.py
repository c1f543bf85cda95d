"""kill -9 between taking in and judging: whatever was accepted is judged after the restart, and once."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from store import feedback
from store import tables as t
from tests.processes.harness import House, until

SENDERS = 24
SORRY = "The parcel was left in the rain, everything in it is soaked, and nobody answers me."


def sent(house: House, accepted: set[str], name: str) -> None:
    """One unhappy customer's words, without a star."""
    if house.receives(name, comment=SORRY, customer={"email": f"{name}@example.org"}).status in (200, 201, 202):
        accepted.add(name)


def crowd(house: House, killing: random.Random, accepted: set[str]) -> None:
    """So many at once write to a process that is killed while it judges."""
    bot, before = house.runs(), len(accepted)
    enough = killing.randrange(SENDERS // 3, SENDERS // 2)
    with ThreadPoolExecutor(SENDERS) as senders:
        for number in range(SENDERS):
            senders.submit(sent, house, accepted, f"f-{before}-{number}")
        until(lambda: len(accepted) >= before + enough)
        bot.kill()


@pytest.mark.long
@pytest.mark.parametrize("kills", [1, pytest.param(8, marks=[pytest.mark.long, pytest.mark.bulk])])
def test_accepted_words_are_judged_after_a_kill(build: Callable[..., House], kills: int) -> None:
    house, accepted, killing = build(learned=True), set[str](), random.Random(1)
    left = 0
    for _ in range(kills):
        crowd(house, killing, accepted)
        left += house.asks(feedback.how_many_unscored)
    assert left > 0  # the kill came between
    house.runs()
    until(lambda: house.asks(feedback.how_many_unscored) == 0)
    of_case = select(t.feedback.c.external_id, t.feedback.c.case_number)
    cases = house.asks(lambda tx: {row.external_id: row.case_number for row in tx.execute(of_case)})
    assert accepted <= set(cases)
    assert None not in cases.values()
    assert len(set(cases.values())) == len(cases)
    assert house.asks(lambda tx: tx.scalar(select(func.count()).select_from(t.cases))) == len(cases)
