"""What colleagues said on a case, read back from its timeline: for the model that writes, and for the checks that guard it."""

from __future__ import annotations

from dataclasses import dataclass

from cases.acts.act import ActionName
from store import timeline
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Note:
    """One word of a colleague's, and who said it (a Slack id). `promised`: it was said to the customer as well."""

    by: str
    text: str
    promised: bool


def notes(tx: Tx, number: int) -> tuple[Note, ...]:
    """Oldest first."""
    return tuple(
        Note(entry.actor, str(entry.facts["text"]), entry.action == ActionName.PROMISE)
        for entry in timeline.history(tx, number)
        if entry.actor and entry.facts.get("text")
    )
