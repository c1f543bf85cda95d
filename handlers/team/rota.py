"""Whose turn on the rota an unclaimed case would be: policy's list or a user group, without those who cannot take it."""

from __future__ import annotations

from collections.abc import Sequence

from cases.may import Standing
from cases.model import Case, Status
from cases.nudges.rota import on_rota, suggested
from handlers.slack.directory import Directory
from handlers.slack.members import is_person
from handlers.world import World
from store import people
from store.engine import Tx


def suggestion(world: World, tx: Tx, case: Case) -> str | None:
    """A person's id, or their name as policy.toml writes it while Slack does not tell the id; None where nobody is due.

    What has to be asked of Slack is asked once in ten minutes, and left out if it does not answer: cards do not wait.
    """
    if case.status is not Status.UNCLAIMED or case.is_practice:
        return None
    directory, now = world.directory, world.now()
    named = on_rota(world.policy, now, lambda group: _members(directory, group))
    if not named:
        return None
    team = [who for name in named if (who := _meant(directory, name))]
    absent = {person.id for person in people.away(tx, now)}
    while (turn := suggested(team, case.number, absent)) is not None and _is_outside(directory, turn):
        absent.add(turn)
    return turn


def _members(directory: Directory, group: str) -> Sequence[str]:
    found = directory.group(group)
    return directory.group_members(found) if found else ()


def _meant(directory: Directory, name: str) -> str | None:
    """An id as it is, a name's id, the name itself while Slack does not tell, or None where it gives nobody a right."""
    if is_person(name):
        return name
    found = directory.fits(name)
    if found is None:
        return name
    return found.person.id if found.person else None


def _is_outside(directory: Directory, person: str) -> bool:
    member = directory.member(person) if is_person(person) else None
    return member is not None and member.standing is not Standing.MEMBER
