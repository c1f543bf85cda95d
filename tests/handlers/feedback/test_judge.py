"""What owes a score is judged a moment after it came, once, and whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from cases.arrivals.feedback import Arriving
from cases.model import Case, Customer, Feedback, Rating, Score, Status
from handlers.feedback import judge as judging
from handlers.feedback.intake import Arrival, arrived
from handlers.feedback.judge import LEFT_BEHIND, Judging, judge, judge_owed
from handlers.judging.unscored import NEAR, Unscored, at_leisure
from handlers.world import World
from sandbox.server import PracticeWorkspace
from store import cases, feedback
from store.erasing import erase
from tests.elapsing import PATIENCE
from tests.scoring import GLAD, SORRY, QuickJudge
from tests.store.rows import said

COLD, KIND = "Soup cold, an hour late", "Lovely, thank you!"


@pytest.fixture
def learned() -> QuickJudge:
    return QuickJudge()


@pytest.fixture
def world(world: World, learned: QuickJudge) -> World:
    return replace(world, judge=learned)


def words(comment: str = COLD, external_id: str = "f-1", **fields: Any) -> Feedback:
    return said(external_id, **{"comment": comment, "rating": None} | fields)


def comes(world: World, heard: Feedback) -> Arrival:
    return arrived(world, Arriving(heard))


def case(world: World, number: int = 1) -> Case | None:
    return world.store.read(lambda tx: cases.load(tx, number))


def owing(world: World) -> int:
    return world.store.read(feedback.how_many_unscored)


def other_process(world: World) -> World:
    """Another process on the same database, which knows nothing of what this one has taken in."""
    return replace(world, unscored=Unscored())


def test_unhappy_words_open_a_case_a_moment_later(world: World) -> None:
    taken = comes(world, words())
    assert (taken.status, taken.case, taken.assessment.pending) == (202, None, True)
    assert judge_owed(world) == 1
    assert taken.verdict is not None
    verdict = taken.verdict.result(0)
    assert (verdict.status, verdict.case, verdict.feedback) == (201, 1, taken.feedback)
    assert (verdict.assessment.negative, verdict.assessment.score) == (True, SORRY)
    assert owing(world) == 0


def test_kind_words_are_recorded_and_no_more(world: World) -> None:
    taken = comes(world, words(KIND))
    judge_owed(world)
    assert taken.verdict is not None
    verdict = taken.verdict.result(0)
    assert (verdict.status, verdict.case, verdict.assessment.score) == (202, None, GLAD)
    assert (owing(world), judge_owed(world)) == (0, 0)


def test_low_star_waits_for_nobody_and_is_scored_after_the_others(world: World, learned: QuickJudge) -> None:
    assert comes(world, words(external_id="f-1", rating=Rating(1, 5), comment="Bad")).status == 201
    comes(world, words("Fine", "f-2"))
    assert (judge_owed(world), judge_owed(world)) == (1, 1)
    assert learned.asked == ["Fine", "Bad"]
    assert world.store.read(lambda tx: feedback.scores_of_case(tx, 1))[1].unhappy == GLAD
    opened = case(world)
    assert opened is not None
    assert opened.status is Status.UNCLAIMED


def test_clause_is_looked_for_when_nobody_waits_any_more(world: World, learned: QuickJudge) -> None:
    learned.reads_on = True
    taken = comes(world, words())
    judge_owed(world)
    assert taken.verdict is not None
    assert taken.verdict.result(0).case == 1
    before, since = case(world), owing(world)
    assert (since, judge_owed(world), owing(world), judge_owed(world)) == (1, 1, 0, 0)
    score = world.store.read(lambda tx: feedback.scores_of_case(tx, 1))[1]
    assert score.clause == COLD
    assert before is not None


def test_reading_at_leisure_gives_way_to_who_waits(world: World, learned: QuickJudge) -> None:
    learned.reads_on = True
    low = comes(world, words("Bad", rating=Rating(1, 5)))
    learned.knows["Bad"] = Score(0.97, clause="Bad")
    world.unscored.take(1)
    comes(world, words(KIND, "f-2"))
    assert judge(world, [low.feedback])[low.feedback].case == 1
    assert owing(world) == 2  # the reading was broken off, and is owed still
    assert [judge_owed(world) for _ in range(3)] == [1, 1, 0]
    assert world.store.read(lambda tx: feedback.scores_of_case(tx, 1))[1].clause == "Bad"


def test_two_processes_that_judge_the_same_open_one_case(world: World) -> None:
    taken = comes(world, words())
    assert judge_owed(other_process(world)) == 1
    assert judge_owed(world) == 1
    assert case(world, 2) is None
    assert taken.verdict is not None
    assert taken.verdict.result(0).case == 1


def test_what_a_killed_process_left_is_judged_at_the_next_start(world: World, learned: QuickJudge) -> None:
    for number in range(12):
        comes(world, words(COLD, f"f-{number}", customer=Customer(email=f"{number}@example.org")))
    started = other_process(world)
    while judge_owed(started):
        pass
    assert (owing(world), len(learned.asked)) == (0, 12)


def test_what_others_took_in_is_left_to_them_for_a_while(world: World, practice: PracticeWorkspace) -> None:
    helper = other_process(world)
    assert judge_owed(helper) == 0
    comes(world, words())
    assert judge_owed(helper) == 0
    practice.clock.jump(LEFT_BEHIND)
    assert judge_owed(helper) == 1


def test_case_of_words_judged_late_waits_since_they_were_heard(world: World, practice: PracticeWorkspace) -> None:
    heard_at = world.now()
    comes(world, words(occurred_at=None))
    practice.clock.jump(LEFT_BEHIND * 6)
    judge_owed(other_process(world))
    opened = case(world)
    assert opened is not None
    assert (opened.heard_at, opened.waiting_since, opened.unclaimed_since) == (heard_at,) * 3


def test_text_that_breaks_the_judge_hurts_no_other(
    world: World, learned: QuickJudge, caplog: pytest.LogCaptureFixture
) -> None:
    learned.breaks_at = "quibble"
    comes(world, words(f"{COLD}, quibble", "f-1"))
    comes(world, words(KIND, "f-2"))
    assert judge_owed(world) == 2
    assert owing(world) == 0
    assert case(world) is not None  # judged without a score
    assert caplog.text.count("cannot be scored") == 1
    assert "quibble" not in caplog.records[0].getMessage()


def test_words_that_come_meanwhile_are_scored_themselves(world: World, learned: QuickJudge) -> None:
    taken = comes(world, words(KIND))

    def interrupted(said: Sequence[Feedback], *, hurry: Callable[[], bool] = at_leisure) -> Sequence[Score | None]:
        comes(world, words(COLD))
        return learned(said)

    told = judge(replace(world, judge=interrupted), [taken.feedback])
    assert told[taken.feedback].assessment.pending
    while judge_owed(world):
        pass
    assert learned.asked == [KIND, COLD]
    assert (owing(world), case(world) is not None) == (0, True)


def test_forgotten_meanwhile_opens_nothing(world: World) -> None:
    taken = comes(world, words())
    world.store.write(lambda tx: erase(tx, [taken.feedback], world.now()))
    judge_owed(world)
    assert (owing(world), case(world)) == (0, None)


def test_what_cannot_be_carried_out_is_left_alone_for_an_hour(
    world: World, monkeypatch: pytest.MonkeyPatch, practice: PracticeWorkspace
) -> None:
    def breaks(*_: Any) -> Arrival:
        raise ValueError("a fault of ours")

    taken = comes(world, words())
    with monkeypatch.context() as patched:
        patched.setattr(judging, "_settle", breaks)
        judge_owed(world)
    assert (owing(world), judge_owed(world)) == (1, 0)
    assert taken.verdict is not None
    assert taken.verdict.result(0).assessment.pending
    practice.clock.jump(LEFT_BEHIND * 6 * 60)
    assert judge_owed(world) == 1
    assert case(world) is not None


def test_two_complaints_of_one_customer_become_one_case(world: World) -> None:
    comes(world, words(COLD, "f-1"))
    comes(world, words("And the driver was rude", "f-2"))
    judge_owed(world)
    opened = case(world)
    assert opened is not None
    assert [each.external_id for each in opened.feedback] == ["f-1", "f-2"]
    assert case(world, 2) is None


def test_without_a_judge_nothing_waits(world: World) -> None:
    taken = comes(replace(world, judge=None), words())
    assert (taken.status, taken.verdict, owing(world)) == (201, None, 0)


def test_what_waits_when_the_judge_is_taken_away_is_judged_without(world: World) -> None:
    comes(world, words())
    assert judge_owed(replace(world, judge=None)) == 1
    assert (owing(world), case(world) is not None) == (0, True)


def test_crowd_waits_for_no_verdicts_but_the_first(world: World) -> None:
    taken = [comes(world, words(KIND, f"f-{number}")) for number in range(NEAR + 3)]
    assert [one.verdict is not None for one in taken] == [True] * NEAR + [False] * 3


@pytest.fixture
def thread(world: World) -> Iterator[Judging]:
    thread = Judging(world)
    thread.start()
    yield thread
    thread.stop()


def test_verdict_comes_by_itself_from_a_thread_beside(world: World, thread: Judging) -> None:
    thread.start()  # once is enough
    taken = comes(world, words())
    assert taken.verdict is not None
    assert taken.verdict.result(PATIENCE).case == 1
    assert thread.stop()
