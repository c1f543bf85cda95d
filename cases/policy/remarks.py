"""What a policy may say and hardly can mean: nothing that is refused, but worth a word before it is missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cases.model import Severity
from cases.occasions import When
from cases.policy.clocks import Clock
from cases.policy.page import Policy


@dataclass(frozen=True, slots=True)
class Remark:
    """What is odd about a policy, and what would mend it."""

    found: str
    fix: str


def remarks(policy: Policy) -> Iterator[Remark]:
    """Everything odd about it, the gravest first."""
    yield from _lost_cases(policy)
    yield from _told_to_nobody(policy)
    if policy.slack.members and policy.slack.who != "members":
        found = f'slack: members lists people, and who = "{policy.slack.who}" asks nobody about the list'
        yield Remark(found, 'write who = "members" in policy.toml, or take the list out')
    for severity in Severity:
        yield from _late_claim(f"clocks.{severity}", policy.clocks.of(severity))
        for source, clocks in policy.clocks.source.items():
            if severity in clocks:
                yield from _late_claim(f"clocks.source.{source}.{severity}", policy.clocks.of(severity, source))


def _lost_cases(policy: Policy) -> Iterator[Remark]:
    """Every uncontacted case must reach somebody besides its owner: the lead, somebody else, or all in the thread."""
    reached = {rung.when for rung in policy.nudges if rung.tell != "owner"}
    # Who is asked and does not answer gives the case back, and then the ladder of an unclaimed one holds.
    silent = When.NOT_CONTACTED not in reached and not (policy.ownership.ask and When.UNCLAIMED in reached)
    if reached.isdisjoint({When.UNCLAIMED, When.NOT_CONTACTED}):
        yield Remark("ladder: a case that nobody claims is told to nobody", _STEP.format(when=When.UNCLAIMED))
    if silent:
        yield Remark("ladder: a case with a silent owner is told to nobody else", _STEP.format(when=When.NOT_CONTACTED))


_STEP = 'add a step to policy.toml: [[nudges]] with when = "{when}", after = "1h", tell = "lead"'


def _told_to_nobody(policy: Policy) -> Iterator[Remark]:
    for place, rung in enumerate(policy.nudges, start=1):
        if rung.when is When.UNCLAIMED and rung.tell == "owner":
            found = f"ladder: step {place} tells the owner of a case that has none yet, so it tells nobody"
            yield Remark(found, 'write tell = "thread" or "lead" there, or when = "not_contacted"')


def _late_claim(where: str, clock: Clock) -> Iterator[Remark]:
    if clock.claim > clock.contact:
        found = f"{where}: an owner may be found later than the customer is to be contacted"
        yield Remark(found, "make claim shorter than contact in policy.toml")
