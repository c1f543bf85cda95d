"""Whoever has a new case reads in its thread what was learned from cases like it: once, with the first proposal of a reply."""

from __future__ import annotations

from collections.abc import Callable

from cases.judgement.heads import words_of
from cases.lessons.lesson import Lesson
from cases.lessons.near import LEAST_BY_WORDS, alike_by_words, nearest
from cases.messages import intents
from cases.messages.notes import NearLessons
from cases.model import Case
from handlers.change import in_thread
from handlers.judging import engine
from handlers.judging.likeness import LEAST_ALIKE, alike
from handlers.world import World
from store import cases, lessons
from store.engine import Tx
from store.scope import Scope

_BY_WORDS, _BY_MEANING = 200, 40  # of the latest lessons; an embedding takes 25 ms where it is not remembered


def near(world: World, case: Case) -> tuple[int, ...]:
    """The cases of the same channel whose lessons are nearest to what this customer says; by meaning, where the engine works."""
    said = _said(case)
    if case.is_practice or not said:
        return ()
    by_meaning = world.judge is not None
    known = world.store.read(lambda tx: _told(tx, case, _BY_MEANING if by_meaning else _BY_WORDS))
    if not known:
        return ()
    by_meaning = by_meaning and engine.is_here()
    likeness: Callable[[str, str], float] = alike if by_meaning else alike_by_words
    found = {lesson.case: max(likeness(said, text) for text in texts) for lesson, texts in known}
    return nearest(found, LEAST_ALIKE if by_meaning else LEAST_BY_WORDS)


def tell(tx: Tx, case: Case, numbers: tuple[int, ...], world: World) -> None:
    """Owes the note in the thread, once for each case; it calls nobody."""
    if numbers:
        in_thread(tx, case, NearLessons(cases=numbers), intents.near_lessons(case.number), world.now())


def _told(tx: Tx, case: Case, most: int) -> list[tuple[Lesson, list[str]]]:
    """Each lesson with what it is known by: its own words, and what its customer said, as long as that is kept."""
    latest = [each for each in lessons.latest(tx, most, Scope(only=case.channel)) if each.case != case.number]
    of = {each.number: each for each in cases.load_many(tx, [each.case for each in latest])}
    return [(each, list(filter(None, (each.text, _said(of[each.case]))))) for each in latest if each.case in of]


def _said(case: Case) -> str:
    return "\n".join(filter(None, map(words_of, case.feedback)))
