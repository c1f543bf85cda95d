"""What a gesture may cost, counted in the database's statements: they take most of a click's time, and counts do not waver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from tests.stories.stage import Stage

Gesture = Callable[[Stage, int], Any]

GESTURES: dict[str, tuple[Gesture, int]] = {
    "claims by button": (lambda stage, n: stage.practice.person("ana").click(stage.card(n), "claim"), 14),
    "claims by emoji": (lambda stage, n: stage.practice.person("ana").react(stage.card(n), "eyes"), 18),
    "claims by command": (lambda stage, n: stage.practice.person("ana").command("/case", f"claim {n}"), 11),
    "asks to see a case": (lambda stage, n: stage.practice.person("ana").command("/case", f"show {n}"), 5),
}


@pytest.fixture
def two_cases(stage: Stage) -> Stage:
    for number in (1, 2):
        stage.receives(external_id=f"f-{number}", customer={"email": f"c{number}@example.org"})
    return stage


@contextmanager
def statements(stage: Stage) -> Iterator[list[Any]]:
    """The executions that follow, each as its context: what SQLAlchemy made of the statement, and whether it knew it."""
    seen: list[Any] = []

    def note(_connection: Any, _cursor: Any, _text: str, _values: Any, context: Any, _many: bool) -> None:
        seen.append(context)

    engine = stage.world.store.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.few(1)
@pytest.mark.parametrize("name", GESTURES)
def test_gesture_asks_the_database_only_so_often(two_cases: Stage, name: str) -> None:
    gesture, most = GESTURES[name]
    with statements(two_cases) as seen:
        gesture(two_cases, 1)
    assert 0 < len(seen) <= most, [context.statement for context in seen]


@pytest.mark.few(1)
@pytest.mark.parametrize("name", GESTURES)
def test_no_statement_is_compiled_a_second_time(two_cases: Stage, name: str) -> None:
    gesture, _ = GESTURES[name]
    gesture(two_cases, 1)
    with statements(two_cases) as seen:
        gesture(two_cases, 2)
    built = [context for context in seen if context.compiled is not None]
    assert len(built) > 1
    assert not [context.statement for context in built if context.cache_hit is not CacheStats.CACHE_HIT]
