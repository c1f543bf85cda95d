"""The team's voice for a model that drafts: approved letters, nearest in meaning where the engine is at hand, else in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from operator import mul

from cases.model import Case
from cases.replies.voice import Sample, fitting, likeness_by_words, nearest, voices
from handlers.judging import engine
from handlers.world import World
from store import cases, replies
from store.engine import Tx

_LOOKED_AT = 200  # letters that tell which words are everybody's
_COMPARED = 24  # of those that may go along, the newest: each takes 25 ms, the first time
_NOT_OLDER = timedelta(days=365)


def examples(world: World, case: Case) -> tuple[str, ...]:
    """Letters to others that go along with a draft for this case, every fact taken out; none where policy wants none."""
    most = world.policy.drafts.examples
    if not most:
        return ()
    among = world.store.read(lambda tx: _samples(world, tx))
    may = fitting(among, case)[:_COMPARED]
    return voices(nearest(may, _likeness(world, case, may), most), among)


def _samples(world: World, tx: Tx) -> list[Sample]:
    """Of sources that no model is told of, none."""
    written = replies.latest_written(tx, _LOOKED_AT, world.now() - _NOT_OLDER)
    silent = set(world.policy.drafts.model_off_for)
    found = {case.number: case for case in cases.load_many(tx, {number for number, _, _ in written})}
    told = {number: case for number, case in found.items() if silent.isdisjoint(f.source for f in case.feedback)}
    return [Sample(told[number], by, body) for number, by, body in written if number in told]


def _likeness(world: World, case: Case, samples: Sequence[Sample]) -> list[float]:
    said = "\n".join(each.comment or each.subject or "" for each in case.feedback)
    if world.judge is None or not engine.is_here():
        return likeness_by_words(said, samples)
    mine = _place(said)
    return [sum(map(mul, mine, _place(each.body))) for each in samples]


@lru_cache(maxsize=512)
def _place(text: str) -> tuple[float, ...]:
    (embedding,) = engine.embed([text])
    return tuple(embedding)
