"""Birthday order: a date that cannot be moved, a customer who asks twice, and a shop that must own its slip."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Outcome, Severity
from sandbox.people.reading import plain
from tests.stories.stage import Stage, buttons

HOUR = timedelta(hours=1)


def test_birthday_is_saved_by_whoever_takes_over(stage: Stage) -> None:
    ana, ben = stage.person("ana"), stage.person("ben")

    assert stage.hears_from("birthday-order").status == 201
    assert "birthday on Wednesday, January 7th, 2026" in plain(stage.card())
    ana.react(stage.card(), "eyes")
    ana.command("/case", "note 1 The printer is broken")
    ana.choose(stage.card(), "more", "Release")
    assert buttons(stage.card()) == ["claim", "more"]

    stage.pass_time(minutes=15)
    assert stage.nudged() == ["Mon 10:10 thread"]
    assert stage.hears_from("birthday-order").content()["case"] == 1
    assert plain(stage.card()).startswith("🔴 #1 · Critical")
    assert stage.nudged() == ["Mon 10:10 thread", "Mon 10:15 thread"]  # graver now, so it is said again
    assert "yes or no?" in plain(stage.card())

    ben.click(stage.nudges("thread")[-1], "claim")
    assert f"<@{ben.id}> has it" in plain(stage.card())
    assert "hannah.moreau@example.org" in ben.sees()[-1]
    assert "hannah.moreau@example.org" not in ana.sees()[-1]
    assert stage.standing() == []

    ben.say(stage.card(), "@amends contacted phone Printed elsewhere, a courier brings them tomorrow")
    ben.say(stage.card(), "@amends promise tomorrow 17:00: the toppers at her door")
    assert "the toppers at her door" in plain(stage.card())
    stage.pass_time(days=1, hours=4, step=HOUR)
    stage.pass_time(hours=1)
    assert stage.nudged()[2:] == ["Tue 15:00 ben"]

    ben.say(
        stage.card(),
        "@amends close satisfied promise kept / Promised what we could not print / Set a new date before the old one",
    )
    assert stage.case().outcome is Outcome.SATISFIED
    assert "Thank you, Ben Okafor." in stage.in_thread(kind="note")[-1]
    stage.pass_time(days=2, step=HOUR)
    assert stage.nudged()[2:] == ["Tue 15:00 ben"]


def test_saying_it_in_public_makes_it_critical(stage: Stage) -> None:
    stage.hears_from("birthday-order")
    assert stage.case().severity is Severity.HIGH
    stage.hears_from("birthday-order")
    assert stage.case().severity is Severity.CRITICAL
    assert "Hello Hannah," in plain(stage.draft())
    assert "E-5561" not in plain(stage.draft())  # strangers read along there


def test_birthday_nobody_minds_climbs_to_lead(stage: Stage) -> None:
    stage.hears_from("birthday-order")
    stage.pass_time(minutes=40)
    assert stage.nudged() == ["Mon 10:10 thread", "Mon 10:40 lea"]
    stage.person("lea").click(stage.nudges("lea")[0], "claim")
    assert stage.standing() == []
