"""Lost order: a customer telephones head office, a colleague notes it down, and the customer has to ask again."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Outcome, Severity
from sandbox.people.reading import menu, plain
from tests.stories.stage import Actor, Stage, payload

HOUR = timedelta(hours=1)


def note_down(ben: Actor) -> None:
    ben.command("/case", "new")
    told = ben.stage.practice.customers["lost-order"].by_hand
    assert ben.submit(told) == {}


def test_lost_order_is_noted_down_and_made_good(stage: Stage) -> None:
    ana, ben = stage.person("ana"), stage.person("ben")

    note_down(ben)
    assert "#1" in ben.sees()[-1]
    card = plain(stage.card())
    assert "My sandwich order was lost at the counter." in card
    assert "Douglas Achebe · by phone" in card
    assert "+44 20 7946 0123" not in card
    assert payload(stage.card())["owner"] is None

    stage.pass_time(minutes=25)
    assert stage.nudged() == ["Mon 10:15 thread"]
    assert "Nobody has it." in plain(stage.nudges("thread")[0])

    ana.click(stage.nudges("thread")[0], "claim")
    assert payload(stage.card())["owner"] == ana.id
    assert "+44 20 7946 0123" in ana.sees()[-1]
    assert stage.standing() == []
    assert f"Taken by <@{ana.id}>" in plain(stage.nudges("thread")[0])

    ana.react(stage.card(), "white_check_mark")
    assert "how it went" in ana.sees()[-1]
    ana.click(ana.private_messages()[-1], "contacted")
    assert ana.submit({"way": "phone", "text": "Said sorry; his next lunch is on us."}) == {}
    assert "by phone" in plain(stage.card())

    ana.command("/case", "close 1 satisfied Orders get lost in a rush / Say sorry at the counter")
    assert "Closed: satisfied" in plain(stage.card())
    assert "What we learned: Say sorry at the counter" in stage.in_thread(kind="note")[-1]

    stage.pass_time(days=1, step=HOUR)
    assert stage.nudged() == ["Mon 10:15 thread"]


def test_asking_a_second_time_makes_it_worse(stage: Stage) -> None:
    stage.hears_from("lost-order")
    assert stage.case().severity is Severity.NORMAL
    assert plain(stage.card()).startswith("🟡 #1")

    stage.pass_time(minutes=5)
    answer = stage.hears_from("lost-order")
    assert (answer.status, answer.content()["case"]) == (200, 1)
    assert stage.case().severity is Severity.CRITICAL
    assert plain(stage.card()).startswith("🔴 #1 · Critical")
    assert "The case is now critical" in stage.in_thread(kind="note")[-1].replace("*", "")
    assert "Calling for the second time about the lost order" in plain(stage.card())


def test_colleague_who_noted_it_may_find_it_unreachable(stage: Stage) -> None:
    ben = stage.person("ben")
    note_down(ben)
    ben.click(stage.card(), "claim")
    ben.choose(stage.card(), "more", "Close")
    assert "“/case tried 1 phone”" in ben.submit({"outcome": "unreachable"})["outcome"]
    for said in ("phone, no answer", "letter", "phone"):
        ben.command("/case", f"tried 1 {said}")
        stage.pass_time(minutes=20)
    ben.choose(stage.card(), "more", "Close")
    assert ben.submit({"outcome": "unreachable"}) == {}
    assert stage.case().outcome is Outcome.UNREACHABLE
    assert menu(stage.card()) == ["Reopen", "Read it all", "How to reach them", "What we learned", "Add a note"]
