"""What the picture of a digest is: the four weeks before its day, drawn and in words."""

from __future__ import annotations

from cases.messages.kinds import Digest
from handlers.cards import chart
from handlers.digest.figures import series_before
from handlers.digest.owe import scope_of
from handlers.world import World


def drawn(world: World, told: Digest) -> tuple[bytes, str] | None:
    """The picture as PNG, and what it shows in words; None where nothing happened that could be drawn."""
    series = world.store.read(lambda tx: series_before(world, tx, told.day, scope_of(told)))
    return None if series.is_empty else (chart.draw(series), chart.alt_text(series))
