"""A delivery that failed comes again, perhaps after the event that followed it: what was taken back stays taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import build_world
from cases.model import Status
from handlers.listeners.events import heard
from handlers.slack.directory import Seen
from sandbox.events import reaction
from tests.stories.stage import Stage


def _first_heard_now(stage: Stage, parcel: Any) -> None:
    """Delivers an event as if its earlier deliveries had never reached the bot."""
    stage.practice.delivery.send(replace(parcel, payload={**parcel.payload, "event_id": "EvLATE0001"}))
    stage.settle()


@pytest.mark.few(1)
def test_claim_that_its_removal_overtook_claims_nothing(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    claimed, _ = stage.practice.delivery.sent[-1]
    ana.unreact(stage.card(), "eyes")
    _first_heard_now(stage, claimed)
    assert stage.case().status is Status.UNCLAIMED
    assert stage.case().owner is None


@pytest.mark.few(1)
def test_removal_while_claim_is_being_heard_prevails(stage: Stage) -> None:
    """Slack has given up waiting for the process that hears the claim, and tells another one of the removal."""
    stage.receives()
    ana, other = stage.practice.person("ana"), build_world(stage.settings, stage.practice.clock.now)
    asks = stage.world.directory.seen

    def slowly(*about: Any) -> Seen:
        stage.world.directory.seen = asks  # type: ignore[method-assign]
        stage.practice.clock.jump(timedelta(seconds=3))
        stage.practice.workspace.unreact(stage.card(), "eyes", ana.id)
        heard(other, reaction(stage.practice.workspace, "reaction_removed", stage.card(), "eyes", ana.id), "EvBACK0001")
        return asks(*about)

    stage.world.directory.seen = slowly  # type: ignore[method-assign]
    ana.react(stage.card(), "eyes")
    stage.settle()
    assert stage.case().owner is None
    other.store.close()


@pytest.mark.few(1)
def test_claim_made_after_taking_one_back_counts(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    ana.unreact(stage.card(), "eyes")
    ana.react(stage.card(), "eyes")
    assert stage.case().owner == ana.id


@pytest.mark.few(1)
def test_removal_by_one_leaves_late_claim_of_another(stage: Stage) -> None:
    stage.receives()
    ana, ben = stage.person("ana"), stage.person("ben")
    ana.react(stage.card(), "eyes")
    claimed, _ = stage.practice.delivery.sent[-1]
    ana.command("/case", "release 1")
    ben.react(stage.card(), "eyes")
    ben.unreact(stage.card(), "eyes")
    _first_heard_now(stage, claimed)
    assert stage.case().owner == ana.id
