"""The noise budget holds: three weeks of a team's complaints, played with fixed dice; `make noise` plays the year."""

from __future__ import annotations

import pytest

from tests.bench.noise import Noise, Share, measured
from tests.bench.team_year import LEAD, OWNERS


@pytest.fixture(scope="module")
def noise() -> Noise:
    return measured(21)


def test_well_handled_case_is_one_post_and_its_broadcasts(noise: Noise) -> None:
    posts, aloud = noise.in_channel("well"), noise.aloud("well")
    assert len(posts) > 20
    assert all(seen <= 1 + said for seen, said in zip(posts, aloud, strict=True))


def test_person_gets_three_direct_messages_a_day_at_most(noise: Noise) -> None:
    days = Share("", noise.a_day([*OWNERS, LEAD]))
    assert max(days.counted) > 0
    assert days.at(0.95) <= 3


def test_nobody_is_reminded_after_the_customer_was_contacted(noise: Noise) -> None:
    assert noise.reminders
    assert noise.after_contact() == 0
