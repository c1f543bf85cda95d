"""What the figures make of a click, and of a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.people.reading import plain
from tests.stories.stage import Stage, policy

MORNING = timedelta(hours=23)  # from the story's first moment to Tuesday, 09:00 in Berlin


def ticked(stage: Stage, *numbers: int) -> None:
    """So many customers complain, and Ana puts ✅ on each card at once, and says nothing."""
    for number in numbers:
        stage.receives(external_id=f"f-{number}", customer={"id": f"c-{number}"})
    for number in numbers:
        stage.person("ana").react(stage.card(number), "white_check_mark")


@pytest.mark.few(1)
@pytest.mark.parametrize("counts", ["clicked", "told"])
def test_three_clicks_are_counted_as_clicks(stage: Stage, counts: str) -> None:
    """contact P1: they were three contacts in time, within 0 s, and applause."""
    stage.restart(policy=policy(contact={"counts": counts}))
    ticked(stage, 1, 2, 3)
    stage.jump(MORNING)
    said = plain(stage.digests()[0])
    assert "3 said by a click, and nothing is known of how." in said
    assert ("3 by a click, nothing is known of how" in said) is (counts == "clicked")
    assert not [words for words in ("👏", "Time to contact", "Thank you") if words in said]
    told = plain(stage.person("ana").command("/case", "stats"))
    assert "3 said by a click, and nothing is known of how." in told
    assert "Time to contact" not in told


@pytest.mark.long
def test_told_contact_is_counted_as_told(stage: Stage) -> None:
    stage.receives()
    stage.jump(timedelta(minutes=30))
    stage.person("ana").command("/case", "contacted 1 phone she was glad")
    stage.jump(MORNING - timedelta(minutes=30))
    said = plain(stage.digests()[0])
    assert "Everybody has been contacted. 👏" in said
    assert "Contacted yesterday: 1 · 1 of 1 in time\n1 told by a colleague\nTime to contact: 30 min" in said


@pytest.mark.long
def test_customer_who_was_heard_late_waits_from_their_word(stage: Stage) -> None:
    """contact P4: the digest counted from when we heard."""
    spoke = stage.now - timedelta(hours=30)
    stage.receives(occurred_at=spoke.isoformat())
    stage.jump(MORNING)
    said = plain(stage.digests()[0])
    assert "since Sunday, January 4th, 2026" in said
    assert "(told us 1 day 6 h later)" in said


LI = {"name": "Li Wei", "email": "li@example.org"}


def answers_unhappily(stage: Stage) -> None:
    words = "The new one came broken, too. I want my money back."
    stage.receives(external_id="f-again", comment=words, customer=LI, occurred_at=stage.now.isoformat())


@pytest.mark.parametrize("contacted_again", [False, True])
def test_first_contact_counts_on_when_the_customer_answers(stage: Stage, contacted_again: bool) -> None:
    """Where they answered unhappily, only the contact after that was counted, if there was one."""
    stage.receives(customer=LI)
    stage.jump(timedelta(minutes=30))
    stage.person("ana").command("/case", "contacted 1 phone she wants a new one")
    stage.jump(timedelta(hours=2))
    answers_unhappily(stage)
    assert stage.case().contacted_at is None
    if contacted_again:
        stage.jump(timedelta(hours=1, minutes=30))
        stage.person("ana").command("/case", "contacted 1 phone the money is on its way")
    told = plain(stage.person("ana").command("/case", "stats"))
    counted, took = ("2, 1 of them", "30 min, 1 h 30 min") if contacted_again else ("1, 1 of them", "30 min")
    assert f"Contacted: {counted} in time" in told
    assert f"Time to contact: {took}\n" in told
    stage.jump(MORNING - timedelta(hours=2, minutes=30))
    counted = "2 · 1 of 2" if contacted_again else "1 · 1 of 1"
    assert f"Contacted yesterday: {counted} in time" in plain(stage.digests()[0])


def test_contact_that_was_none_counts_no_more(stage: Stage) -> None:
    stage.receives()
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone she was glad")
    ana.command("/case", "reopen 1 it was her neighbour")
    assert "in time" not in plain(ana.command("/case", "stats"))
