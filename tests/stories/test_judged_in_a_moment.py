"""Feedback whose words alone can tell is judged a moment after it came: nobody is lost in between, whatever happens there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cases.model import Score, Severity, Status
from sandbox.people.reading import plain
from sandbox.server import PracticeWorkspace
from store import feedback
from store import tables as t
from tests.scoring import QuickJudge
from tests.stories.stage import Stage, policy

COLD, RUDE, KIND = "Soup cold, an hour late", "And your driver was rude to me", "All is well again, thank you!"
ANA = {"name": "Ana Ruiz", "email": "ana@example.org"}


@pytest.fixture
def stage(served: PracticeWorkspace, database_url: str) -> Iterator[Stage]:
    served.reset()
    stage = Stage(served, database_url, judge=QuickJudge())
    yield stage
    stage.close()


@pytest.fixture
def busy(stage: Stage) -> Stage:
    """The judge has not come to what arrives yet, and does so with `judged`."""
    stage.judges = False
    return stage


def judged(stage: Stage) -> None:
    stage.judges = True
    stage.settle()
    assert stage.world.store.read(feedback.how_many_unscored) == 0


def says(stage: Stage, **data: Any) -> Any:
    """Ana's words arrive; a star is given only where a story says so."""
    return stage.receives(**{"comment": COLD, "customer": ANA} | data).content()


def numbers(stage: Stage) -> list[int]:
    return list(stage.world.store.read(lambda tx: tx.scalars(t.cases.select().with_only_columns(t.cases.c.number))))


def heard_by(stage: Stage, number: int = 1) -> list[str]:
    return [said.external_id for said in stage.case(number).feedback]


def test_sender_hears_of_the_case_that_words_opened(stage: Stage) -> None:
    assert says(stage)["case"] == 1
    assert COLD in str(stage.card().blocks)
    assert says(stage, external_id="f-2", comment=KIND, customer=None)["case"] is None


def test_why_names_the_example_that_the_words_are_like(stage: Stage) -> None:
    judge = stage.world.judge
    assert isinstance(judge, QuickJudge)
    judge.knows[COLD] = Score(0.9, clause="an hour late", like="The starter was cold and the main never came.")
    says(stage)
    told = plain(stage.person("ana").command("/case", "why 1"))
    assert "It sounds like an example that I have learnt from: “The starter was cold and the main never came.”" in told


def test_words_that_wait_are_no_case_and_then_one(busy: Stage) -> None:
    assert says(busy)["assessment"]["pending"]
    assert numbers(busy) == []
    heard_at = busy.now
    busy.jump(busy.settings.policy.clocks.normal.claim)
    judged(busy)
    assert (busy.case().heard_at, busy.case().waiting_since) == (heard_at, heard_at)
    assert len(busy.nudges()) == 1  # nobody has claimed it since they spoke


def test_process_that_ended_before_the_verdict_gives_it_later(busy: Stage) -> None:
    says(busy)
    busy.judges = True
    busy.is_down(minutes=10)
    assert busy.case().status is Status.UNCLAIMED
    assert len(busy.practice.messages("card")) == 1


def test_second_complaint_before_the_first_verdict_joins_it(busy: Stage) -> None:
    says(busy)
    says(busy, external_id="f-2", comment=RUDE)
    judged(busy)
    assert (numbers(busy), heard_by(busy)) == ([1], ["f-1", "f-2"])


@pytest.mark.long
def test_low_star_meanwhile_opens_the_case_that_words_join(busy: Stage) -> None:
    says(busy)
    says(busy, external_id="f-2", comment="Bad", rating={"value": 1, "scale": 5})
    assert heard_by(busy) == ["f-2"]
    judged(busy)
    assert (numbers(busy), heard_by(busy)) == ([1], ["f-1", "f-2"])


def test_words_corrected_before_the_verdict_are_judged_as_corrected(busy: Stage) -> None:
    says(busy)
    says(busy, comment=KIND)
    judged(busy)
    assert numbers(busy) == []


@pytest.mark.long
def test_customer_who_writes_again_waits_anew_once_judged(busy: Stage) -> None:
    says(busy, rating={"value": 1, "scale": 5})
    judged(busy)
    busy.person("ana").command("/case", "contacted 1 phone")
    busy.judges = False
    says(busy, comment=RUDE, rating={"value": 1, "scale": 5})
    assert busy.case().status is Status.CLAIMED  # again: a low star waits for nobody
    assert any(RUDE in note for note in busy.in_thread())


@pytest.mark.long
def test_answer_of_the_customer_reopens_once_its_words_are_judged(busy: Stage) -> None:
    says(busy)
    judged(busy)
    busy.person("ana").command("/case", "contacted 1 phone")
    busy.judges = False
    says(busy, comment=RUDE)
    assert busy.case().status is Status.CONTACTED
    judged(busy)
    assert busy.case().status is not Status.CONTACTED
    assert "wrote_again" in busy.history()


@pytest.mark.long
def test_thanks_in_an_update_reopen_nothing(busy: Stage) -> None:
    says(busy)
    judged(busy)
    busy.person("ana").command("/case", "contacted 1 phone")
    busy.judges = False
    says(busy, comment=KIND)
    judged(busy)
    assert busy.case().status is Status.CONTACTED
    assert "kind_word" in busy.history()


@pytest.mark.long
def test_words_moved_before_their_verdict_are_heard_where_they_went(busy: Stage) -> None:
    says(busy)
    says(busy, external_id="f-2", comment=RUDE)
    judged(busy)
    busy.judges = False
    says(busy, external_id="f-2", comment="Still no answer to that")
    busy.person("ana").command("/case", "move 1 f-2")
    judged(busy)
    assert (heard_by(busy, 1), heard_by(busy, 2)) == (["f-1"], ["f-2"])
    assert "wrote_again" in busy.history(2)


@pytest.mark.long
def test_cases_joined_before_a_verdict_hear_it_together(busy: Stage) -> None:
    says(busy)
    says(busy, external_id="f-2", customer={"email": "other@example.com"}, comment=RUDE)
    judged(busy)
    busy.judges = False
    says(busy, external_id="f-2", customer={"email": "other@example.com"}, comment="Still no answer to that")
    busy.person("ana").command("/case", "join 1 2")
    judged(busy)
    assert "wrote_again" in busy.history(1)


def test_danger_told_calmly_under_one_star_becomes_critical_aloud(busy: Stage) -> None:
    calm = "After the second dose my son had some trouble getting air"
    assert isinstance(busy.judge, QuickJudge)
    busy.judge.knows[calm] = Score(0.6, danger=0.9, clause=calm)
    assert says(busy, comment=calm, rating={"value": 1, "scale": 5})["case"] == 1
    assert busy.case().severity is not Severity.CRITICAL
    judged(busy)
    assert busy.case().severity is Severity.CRITICAL
    assert "second_opinion" in busy.history()
    (note,) = busy.in_thread(kind="note")
    assert "critical" in note
    assert calm in note  # the clause that tells it


@pytest.mark.parametrize("by", ["command", "menu"])
def test_what_may_be_a_danger_is_not_put_aside_unasked(busy: Stage, by: str) -> None:
    calm, ana = "After the second dose my son had some trouble getting air", busy.person("ana")
    assert isinstance(busy.judge, QuickJudge)
    busy.judge.knows[calm] = Score(0.6, danger=0.9, clause=calm)
    says(busy, comment=calm, rating={"value": 1, "scale": 5})
    judged(busy)
    if by == "command":
        ana.command("/case", "dismiss 1")
    else:
        ana.choose(busy.card(), "more", "Not a complaint")
    busy.settle()
    asked = ana.private_messages()[-1]
    assert busy.case().status is Status.UNCLAIMED
    ana.click(asked, "dismiss")
    assert busy.case().status is Status.CLOSED


def test_who_says_why_it_is_no_complaint_is_not_asked(busy: Stage) -> None:
    says(busy, rating={"value": 1, "scale": 5})
    busy.person("ana").command("/case", "dismiss 1 our own test")
    assert busy.case().status is Status.CLOSED


def test_what_a_colleague_notes_down_is_a_case_at_once(busy: Stage) -> None:
    ana = busy.person("ana")
    ana.command("/case", "new")
    ana.submit({"comment": KIND})
    assert (busy.case().status, busy.case().owner) == (Status.UNCLAIMED, None)
    judged(busy)
    assert busy.case().status is Status.UNCLAIMED


def test_wish_that_is_heard_later_holds_the_draft_back(busy: Stage) -> None:
    says(busy, rating={"value": 1, "scale": 5})
    assert "An outline" in plain(busy.draft())
    assert isinstance(busy.world.judge, QuickJudge)
    busy.world.judge.knows[COLD] = Score(0.97, no_contact=0.99, clause=COLD)
    judged(busy)
    assert busy.case().held
    assert "An outline" not in plain(busy.draft())


@pytest.mark.parametrize("said", [{"external_id": "f-1"}, {"external_id": "f-2", "rating": None}])
def test_words_that_a_card_was_held_for_are_judged_first(stage: Stage, said: dict[str, Any]) -> None:
    stage.restart(policy=policy(sources={"form": {"hold": "60s"}}, triage={"learned": True}))
    says(stage, source="form", comment=None, rating={"value": 3, "scale": 5})
    stage.pass_time(seconds=20)
    says(stage, source="form", **{"rating": {"value": 3, "scale": 5}} | said)
    assert COLD in plain(stage.card())
    assert (stage.in_thread(kind="note"), stage.case().severity, numbers(stage)) == ([], Severity.NORMAL, [1])
