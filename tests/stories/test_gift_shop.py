"""Gift shop: a buyer was brushed off on the telephone; the owner answers in person, and she comes back."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Outcome, Severity, Way
from sandbox.people.reading import menu, plain
from tests.stories.stage import Stage, buttons

HOUR = timedelta(hours=1)


def test_brushed_off_gift_buyer_is_won_back(stage: Stage) -> None:
    ana, ben = stage.person("ana"), stage.person("ben")

    assert stage.hears_from("gift-shop").status == 201
    card = plain(stage.card())
    assert card.startswith("🟠 #1 · High")  # a birthday is at stake
    assert "the woman I spoke to on the phone was so cold" in card
    assert "Clara Nyström" in card
    assert "husband's birthday on Wednesday, January 14th, 2026" in card
    assert "Needs an owner" in card
    assert "clara.nystroem@example.org" not in card
    assert buttons(stage.card()) == ["claim", "more"]
    assert "⟨" in plain(stage.draft())

    ana.click(stage.card(), "claim")
    assert f"<@{ana.id}> has it" in plain(stage.card())
    assert buttons(stage.card()) == ["contacted", "promise", "more"]
    assert "clara.nystroem@example.org" in ana.sees()[-1]
    assert ben.sees() == []

    stage.pass_time(minutes=40)
    assert stage.nudged() == ["Mon 10:30 ana"]  # a quarter of an hour before first contact is due
    ana.click(stage.nudges("ana")[0], "contacted")
    ana.submit({"way": "email", "text": "Asked whom she spoke with, and whether she got what she needed."})
    assert "wrote an e-mail" in plain(stage.card())
    assert buttons(stage.card()) == ["close", "more"]
    assert stage.standing() == []
    assert "✅" in stage.in_thread(kind="note")[-1]

    stage.pass_time(minutes=50)
    assert stage.hears_from("gift-shop").status == 200
    assert "reads kindly" in stage.in_thread(kind="note")[-1]
    assert "did it end well?" in plain(stage.card())

    ana.click(stage.card(), "close")
    ana.submit(
        {"outcome": "won_back", "went_wrong": "We send callers to the website.", "learned": "Gifts have a date."}
    )
    assert "Closed: won back" in plain(stage.card())
    assert "Learned: Gifts have a date." in plain(stage.card())
    assert stage.in_thread(kind="note")[-1].startswith("🎉 Closed: won back")
    assert stage.case().outcome is Outcome.WON_BACK

    stage.pass_time(days=2, step=HOUR)
    assert stage.nudged() == ["Mon 10:30 ana", "Mon 11:30 ana"]  # the second asks whether that was the end of it
    assert {"Reopen", "Read it all", "Add a note"} <= set(menu(stage.card()))


def test_occasion_with_date_makes_case_urgent(stage: Stage) -> None:
    stage.hears_from("gift-shop")
    case = stage.case()
    assert case.severity is Severity.HIGH
    assert case.claim_due_at - case.opened_at == timedelta(minutes=10)
    assert case.contact_due_at - case.opened_at == timedelta(minutes=45)


def test_telephone_call_counts_as_contact_as_well(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hears_from("gift-shop")
    ana.command("/case", "contacted 1 phone She will order again")
    assert stage.case().contacted_how is Way.PHONE
    assert "She will order again" in stage.in_thread(kind="note")[-1]
    assert "Add a promise" in menu(stage.card())
    stage.pass_time(hours=7, step=HOUR)
    assert stage.nudged() == []
