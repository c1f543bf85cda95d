"""A replay says what the bot itself does: the same weeks, played by the whole bot in the practice workspace and on paper."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from cases.acts.act import ActionName
from cases.arrivals.columns import Accepted
from cases.arrivals.feedback import read_arriving
from cases.model import Case
from cases.policy.page import Policy
from cases.replay.figures import figures_of
from cases.replay.people import People
from cases.replay.play import CHANNEL, Did, Play
from cases.replay.rows import in_order
from sandbox.demo.cast import ANA, BEN, LEA
from store import nudges
from store import tables as t
from tests.stories.stage import Stage, policy

FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)  # a Monday
M, DAY = timedelta(minutes=1), timedelta(days=1)
SAID: tuple[tuple[str, float | None], ...] = (
    ("My order never arrived.", 1),
    ("The soup was cold and the lid was broken.", None),
    ("I am really angry: this is the second time I ask, and nobody has answered me.", 2),
    ("There was glass in the soup and my child is in hospital.", 1),
    ("Not what I hoped for.", 3),
    ("", 1),
    ("Thank you, all is well!", 5),
    ("Lovely, we will come again.", None),
)
TOLD = {
    ActionName.CLAIM: "claim {}",
    ActionName.CONTACTED: "contacted {} phone: spoke with them",
    ActionName.STILL: "still {}",
    ActionName.CLOSE: "close {} satisfied",
}
SAME = (
    *("status", "severity", "unsure", "owner", "opened_at", "unclaimed_since", "waiting_since", "heard_at", "evidence"),
    *("claim_due_at", "contact_due_at", "claimed_at", "contacted_at", "closed_at", "nudge_seq", "nudged_until"),
    *("next_nudge_at", "look_back_at", "flood"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast(People):
    """Those two of the practice workspace who own cases."""

    def named(self) -> tuple[str, ...]:
        return (ANA, BEN)


def weeks(many: int) -> list[dict[str, Any]]:
    """So many pieces of feedback over two weeks, at any hour; some customers come back, and some say more of the same."""
    dice = random.Random(7)
    times = sorted(FIRST + dice.randrange(1, 14 * 24 * 60) * M for _ in range(many))
    return [one_said(dice, place, at) for place, at in enumerate(times)]


def one_said(dice: random.Random, place: int, at: datetime) -> dict[str, Any]:
    comment, stars = dice.choice(SAID)
    who = dice.randrange(place, place + 4) // 4 if dice.random() < 0.5 else place + 1000
    again = place > 3 and dice.random() < 0.1
    return {
        "external_id": f"f-{place - 3 if again else place}",
        "customer": {"email": f"customer{who}@example.org"},
        "comment": comment or None,
        "rating": {"value": stars, "scale": 5} if stars else None,
        "occurred_at": at.isoformat(),
    }


def on_paper(said: list[dict[str, Any]], policy: Policy) -> Play:
    rows = [Accepted(n, read_arriving(data, route="generic")) for n, data in enumerate(said)]
    play = Play(policy, Cast(team=2))
    for arriving in in_order(rows, policy.zone, FIRST + 400 * DAY).arriving:
        play.hears(arriving)
    play.until(None)
    return play


def in_the_workspace(stage: Stage, said: list[dict[str, Any]], did: list[Did]) -> None:
    """Turns the clock to whatever is next: a look at some case, then what people do, then what customers say."""
    people = {ANA: stage.person("ana"), BEN: stage.person("ben")}
    steps = [
        *(
            (one.at, 0, lambda one=one: people[one.person].command("/case", TOLD[one.action].format(one.case)))
            for one in did
        ),
        *((datetime.fromisoformat(data["occurred_at"]), 1, lambda data=data: stage.receives(**data)) for data in said),
    ]
    for at, _, step in sorted(steps, key=lambda each: each[:2]):
        while (look := next_look(stage)) is not None and look <= at:
            stage.jump(max(look - stage.now, timedelta()))
        stage.jump(at - stage.now)
        step()


def next_look(stage: Stage) -> datetime | None:
    at: datetime | None = stage.world.store.read(
        lambda tx: tx.execute(select(func.min(t.cases.c.next_nudge_at))).scalar_one()
    )
    return at


def told_in(stage: Stage, number: int) -> list[tuple[Any, ...]]:
    given = stage.world.store.read(lambda tx: nudges.given(tx, number))
    return sorted((each.at, each.told, each.when, each.occurrence) for each in given)


def like(case: Case) -> dict[str, Any]:
    same = {name: getattr(case, name) for name in SAME}
    return same | {"reasons": [reason.code for reason in case.reasons], "said": len(case.feedback)}


PAGES: dict[str, dict[str, Any]] = {
    "usual": {"reminders": {"lead_rounds": ["10:30", "13:30", "16:30"]}},
    "flooded": {"flood": {"cards": 2, "within": "4d"}, "clocks": {"normal": {"claim": "5m", "contact": "30m"}}},
}
LONG = [pytest.mark.long, pytest.mark.timeout(0)]


@pytest.mark.few(1)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("many", [8, pytest.param(60, marks=LONG)])
def test_replay_says_what_the_bot_itself_does(stage: Stage, many: int, page: str) -> None:
    stage.restart(policy=policy(lead=LEA, **PAGES[page]))
    said = weeks(many)
    play = on_paper(said, stage.settings.policy)
    in_the_workspace(stage, said, play.did)
    assert next_look(stage) is None, "and nothing is left to be done"

    numbers = range(1, len(play.cases) + 1)
    assert {number: like(stage.case(number)) for number in numbers} == {n: like(case) for n, case in play.cases.items()}
    told = {
        n: sorted((each.at, each.address, each.when, each.count) for each in play.told if each.case == n)
        for n in numbers
    }
    for number in numbers:
        assert told_in(stage, number) == told[number]

    figures = figures_of(play, FIRST)
    for person, name in ((ANA, "ana"), (BEN, "ben"), (LEA, "lea")):
        assert len(stage.nudges(name)) == sum(figures.messages[person].counts)
    in_channel = [m for m in stage.practice.messages() if m.channel == stage.settings.slack_channel and is_seen(m)]
    assert len(in_channel) == sum(figures.messages[CHANNEL].counts)
    assert figures.cases > many / 3
    assert figures.long_waits > 0


def is_seen(message: Any) -> bool:
    """Whether the channel sees it, and not only the thread; the digest comes besides."""
    return message.kind in ("card", "flood", "nudge", "note") and (message.thread_ts is None or message.broadcast)
