"""Where a new case stands, and who leads there, in a process that has not looked for the channel itself."""

from __future__ import annotations

from dataclasses import replace

from cases.arrivals.feedback import Arriving
from cases.model import Feedback, Rating
from cases.policy.page import Policy, read_policy
from handlers.feedback.intake import arrived
from handlers.rights import holder
from handlers.slack.directory import Directory
from handlers.world import World
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from store import cases, channels

BERLIN = "CBERLIN01"
PAGE = '[sources.berlin]\nchannel = "#care-berlin"\n[channels."#care-berlin"]\nlead = "@lea"'


def beside(world: World, policy: Policy) -> World:
    """A process that only answers, while another one looks after channels."""
    directory = Directory(world.slack, cast.CARE, world.now, policy.named_channels)
    return replace(world, policy=policy, directory=directory)


def test_channel_that_another_process_has_found_is_known_here(world: World, practice: PracticeWorkspace) -> None:
    web = beside(world, read_policy(PAGE))
    world.store.write(lambda tx: channels.remember(tx, "care-berlin", BERLIN))
    assert holder(web, "lead", BERLIN) == cast.LEA
    said = Feedback(external_id="f-1", source="berlin", rating=Rating(1, 5))
    taken = arrived(beside(world, read_policy(PAGE)), Arriving(said))
    assert world.store.read(lambda tx: cases.channel(tx, taken.case or 0)) == BERLIN
    assert not [call for call in practice.faults.calls if "conversations.list" in str(call)]
