"""The noise budget holds: days of a team's complaints, played with fixed dice, and three weeks in `make test-long`; `make noise` plays the year."""

from __future__ import annotations

import pytest

from tests.bench.noise import Noise, Share, measured
from tests.bench.team_year import LEAD, OWNERS


@pytest.fixture(scope="module", params=[9, pytest.param(21, marks=pytest.mark.long)])
def noise(request: pytest.FixtureRequest) -> Noise:
    return measured(request.param)


@pytest.mark.long
def test_well_handled_case_is_one_post_and_its_broadcasts(noise: Noise) -> None:
    posts, aloud = noise.in_channel("well"), noise.aloud("well")
    assert len(posts) > 10
    assert all(seen <= 1 + said for seen, said in zip(posts, aloud, strict=True))


def test_person_gets_three_direct_messages_a_day_at_most(noise: Noise) -> None:
    days = Share("", noise.a_day([*OWNERS, LEAD]))
    assert max(days.counted) > 0
    assert days.at(0.95) <= 3


def test_nobody_is_reminded_after_the_customer_was_contacted(noise: Noise) -> None:
    assert noise.reminders
    assert noise.after_contact() == 0
