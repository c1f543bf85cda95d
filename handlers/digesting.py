"""Time passes: the day's digest is owed once for each channel and local date, whatever restarts."""

from __future__ import annotations

from datetime import datetime

from cases.digest import digest_due
from handlers.world import World
from store import facts, messages

_INSTALLED = "installed_at"


def owe_digest(world: World) -> bool:
    """Owes today's digest if its hour has come and it is not owed yet; True when it was owed just now."""
    due = digest_due(world.now(), world.policy)
    channel = world.directory.channel_id()  # its name would be another key than its id
    if due is None or channel is None:
        return False
    day, since = due
    intent = f"digest:{channel}:{day.isoformat()}"
    if world.store.read(
        lambda tx: messages.by_intent(tx, intent) is not None or _younger_than(since, facts.recall(tx, _INSTALLED))
    ):
        return False
    owed = world.store.write(
        lambda tx: messages.owe(
            tx, intent=intent, kind="digest", channel=channel, now=world.now(), facts={"day": day.isoformat()}
        )
    )
    return owed is not None


def _younger_than(hour: datetime, installed: str | None) -> bool:
    """A bot installed after the digest's hour has nothing to tell of a morning it was not there."""
    return installed is not None and datetime.fromisoformat(installed) > hour


def remember_installation(world: World) -> None:
    """Notes when this installation first ran."""
    if world.store.read(lambda tx: facts.recall(tx, _INSTALLED)) is None:
        world.store.write(lambda tx: facts.remember(tx, _INSTALLED, world.now().isoformat()))
