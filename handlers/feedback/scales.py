"""Ratings of which nobody said how many steps there are: the lead is asked once, and what a larger one shows is remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cases.arrivals.feedback import Arriving
from cases.arrivals.scales import SCALE_FAULT, least_scale
from cases.messages import intents
from cases.messages.kinds import Notice
from cases.model import Rating
from handlers.cards import private
from handlers.rights import lead_of_source
from handlers.world import World
from store import facts, messages
from store.engine import Tx

_FACT = "largest ratings"  # by source and question: the largest rating that came without a scale
_MOST_QUESTIONS = 100  # of one source; a body may have a key of its own each time


def with_scales(world: World, source: str, arriving: Sequence[Arriving]) -> list[Arriving]:
    """The same, each rating with its scale where a larger answer to that question has shown that it is no small one.

    Where none has, the lead is asked, once for each question. Raises one of AWAY when the database does not answer.
    """
    if not any(_question(each) for each in arriving):
        return list(arriving)
    lead = lead_of_source(world, source)
    return world.store.write(lambda tx: [_with_scale(world, tx, source, each, lead) for each in arriving])


def _question(arriving: Arriving) -> str | None:
    """Whose scale is to be asked for."""
    rating = arriving.feedback.rating
    if rating is None or rating.scale is not None:
        return None
    return next((question for field, question in arriving.taken_from if field == "rating"), None)


def _with_scale(world: World, tx: Tx, source: str, arriving: Arriving, lead: str) -> Arriving:
    question, rating = _question(arriving), arriving.feedback.rating
    if question is None or rating is None:
        return arriving
    scale = least_scale(_largest(tx, source, question, rating.value))
    if scale is None:
        said = private.scale_wanted(source, question)
        intent = intents.scale(source, hashlib.blake2b(question.encode("utf-8", "replace"), digest_size=8).hexdigest())
        messages.owe(tx, Notice(said.text, said.blocks), intent=intent, channel=lead, now=world.now())
        return arriving
    known = replace(arriving.feedback, rating=Rating(rating.value, scale))
    return replace(
        arriving, feedback=known, ignored=tuple(fault for fault in arriving.ignored if fault.field != SCALE_FAULT)
    )


def _largest(tx: Tx, source: str, question: str, value: float) -> float:
    """The largest answer to this question there has been, with this one."""
    found = facts.recall(tx, _FACT)
    seen: dict[str, dict[str, float]] = dict(found) if isinstance(found, Mapping) else {}
    largest = max(value, seen.get(source, {}).get(question, 0))
    known = seen.get(source, {})
    if largest != known.get(question) and (question in known or len(known) < _MOST_QUESTIONS):
        facts.remember(tx, _FACT, seen | {source: known | {question: largest}})
    return largest
