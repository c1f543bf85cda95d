"""A reply is proposed, edited and approved: by rules or by a model; what goes out is decided by a person, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cases.drafts import Origin
from cases.model import Severity
from sandbox.reading import buttons, plain
from store import drafts
from tests.prompts.stand_in import KEY, MODEL, StandIn, standing_in
from tests.stories.stage import Actor, Stage, payload, says_when

TEXT = "Dear Priya,\n\nI am sorry: we told you that you never ordered. Your money is on its way back.\n\nAna"
MODELS = {
    "subject": "Your missing box",
    "body": "Priya, I am sorry that no box came. I will call you today at 15:00. Ana",
    "questions": ["What would help tonight?"],
    "promises": ["I will call you today at 15:00."],
    "remedy": "the price of the box back",
}
OPINION = {
    "negative": True,
    "severity": "high",
    "title": "Meal box missing, told she never ordered",
    "why": "no dinner",
}


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, with a fresh case and its draft before her."""
    stage.hears_from("box-not-delivered")
    return stage.person("ana")


def edit(stage: Stage, who: Actor, body: str = TEXT) -> dict[str, str]:
    who.click(stage.draft(), "edit")
    refused: dict[str, str] = who.submit({"body": body})
    return refused


def said(stage: Stage) -> Any:
    draft = stage.world.store.read(lambda tx: drafts.load(tx, 1))
    assert draft is not None
    return draft


# By rules and by hand


def test_scaffold_is_labelled_and_shows_its_blanks(stage: Stage, ana: Actor) -> None:
    shown = plain(stage.draft())
    assert "Scaffold, not a draft" in shown
    assert "Priya Raman" in shown
    assert "⟨what we did wrong" in shown
    assert buttons(stage.draft()) == ["edit", "drop_draft"]  # another try needs a model


def test_edit_form_starts_from_the_scaffolds_words(stage: Stage, ana: Actor) -> None:
    ana.click(stage.draft(), "edit")
    body = ana.modal().view["blocks"][1]["element"]["initial_value"]
    assert body == said(stage).reply.body


def test_edited_version_replaces_scaffold_in_place(stage: Stage, ana: Actor) -> None:
    before = stage.draft()
    assert edit(stage, ana) == {}
    assert stage.draft().ts == before.ts
    assert f"Edited by <@{ana.id}>" in plain(stage.draft())
    assert "Your money is on its way back." in plain(stage.draft())
    assert said(stage).origin is Origin.PERSON


def test_edit_form_starts_from_the_latest_version(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ben = stage.person("ben")
    ben.click(stage.draft(), "edit")
    assert ben.modal().view["blocks"][1]["element"]["initial_value"] == TEXT


def test_reply_with_blanks_left_is_not_approved(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, "Dear Priya, I am sorry that we ⟨what we did⟩.")
    assert "approve" not in buttons(stage.draft())
    assert payload(stage.draft())["sendable"] is False
    edit(stage, ana)
    assert "approve" in buttons(stage.draft())


def test_approval_holds_for_exactly_that_text(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    assert (said(stage).approved_by, said(stage).reply.body) == (ana.id, TEXT)
    assert "word for word" in plain(stage.draft())
    assert says_when(stage.draft(), stage.now)
    assert payload(stage.draft())["sendable"] is True
    assert buttons(stage.draft()) == ["edit"]


def test_edit_after_approval_takes_approval_away(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    edit(stage, ana, TEXT + "\n\nP.S. Sorry again.")
    assert said(stage).approved_by is None
    assert payload(stage.draft())["sendable"] is False


def test_edit_of_an_outdated_version_is_refused(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.click(stage.draft(), "edit")
    edit(stage, ana)
    assert "body" in ben.submit({"body": "Something else"})
    assert said(stage).reply.body == TEXT


def test_approval_of_an_outdated_version_is_refused(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ben, seen = stage.person("ben"), stage.draft().blocks
    edit(stage, ana, "Dear Priya, the box is your own fault.")
    stage.draft().blocks = seen  # Ben's screen has not caught up
    ben.click(stage.draft(), "approve")
    assert said(stage).approved_by is None
    assert len(ben.sees()) == 1


def test_second_approver_hears_who_was_first(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ben, seen = stage.person("ben"), stage.draft().blocks
    ana.click(stage.draft(), "approve")
    stage.draft().blocks = seen
    ben.click(stage.draft(), "approve")
    assert f"<@{ana.id}>" in ben.sees()[-1]
    assert said(stage).approved_by == ana.id


def test_draft_not_needed_can_be_brought_back(stage: Stage, ana: Actor) -> None:
    ana.click(stage.draft(), "drop_draft")
    assert "put aside" in plain(stage.draft())
    ana.click(stage.draft(), "redraft")
    assert "⟨" in plain(stage.draft())


def test_new_scaffold_is_signed_by_the_owner(stage: Stage, ana: Actor) -> None:
    assert "⟨your name⟩" in plain(stage.draft())
    ana.command("/case", "claim 1")
    ana.command("/case", "draft 1")
    assert "Ana Ortega, Hearth & Ribbon" in plain(stage.draft())


def test_later_complaint_renews_scaffold_not_own_words(stage: Stage, ana: Actor) -> None:
    stage.hears_from("box-not-delivered")
    assert "You had to tell us more than once" in plain(stage.draft())
    edit(stage, ana)
    stage.receives(external_id="f-9", comment="Still nothing!", customer={"email": "priya.raman@example.org"})
    assert said(stage).reply.body == TEXT


def test_guest_can_neither_edit_nor_approve(stage: Stage, ana: Actor) -> None:
    guest = stage.person("max")
    guest.click(stage.draft(), "edit")
    edit(stage, ana)
    guest.click(stage.draft(), "approve")
    assert guest.modal() is None
    assert said(stage).approved_by is None
    assert len(guest.sees()) == 2


# With a model


@pytest.fixture
def model(stage: Stage) -> Iterator[StandIn]:
    """A model server, with the bot restarted to use it."""
    with standing_in() as server:
        stage.restart(openai_api_key=KEY, openai_base_url=server.base_url, openai_model=MODEL)
        yield server
    assert server.faults == []


def test_model_writes_draft_and_says_so(stage: Stage, model: StandIn) -> None:
    model.answers(MODELS)
    model.answers(OPINION)
    stage.hears_from("box-not-delivered")
    shown = plain(stage.draft())
    assert "Draft by the model" in shown
    assert "I am sorry that no box came." in shown
    assert "Promises: I will call you today at 15:00." in shown
    assert "Offers: the price of the box back" in shown
    assert buttons(stage.draft()) == ["edit", "redraft", "approve", "drop_draft"]


def test_another_try_asks_the_model_again(stage: Stage, model: StandIn) -> None:
    model.answers(MODELS)
    model.answers(OPINION)
    stage.hears_from("box-not-delivered")
    model.answers(MODELS | {"body": "Priya, a second try. Ana"})
    stage.person("ana").click(stage.draft(), "redraft")
    assert "a second try" in plain(stage.draft())
    assert len(stage.practice.messages("draft")) == 1


def test_model_that_declines_leaves_a_scaffold(stage: Stage, model: StandIn) -> None:
    model.refuses()
    model.answers(OPINION)
    stage.hears_from("box-not-delivered")
    assert "The model would not write this one; here is a scaffold." in plain(stage.draft())
    assert "⟨" in plain(stage.draft())


def test_wrong_key_is_named_and_hurts_nothing(stage: Stage, model: StandIn) -> None:
    model.fails(401)
    model.answers(OPINION)
    stage.hears_from("box-not-delivered")
    assert "does not accept our key" in plain(stage.draft())


def test_second_opinion_gives_title_and_raises_severity(stage: Stage, model: StandIn) -> None:
    model.answers(MODELS)
    model.answers(OPINION)
    stage.hears_from("box-not-delivered")
    assert stage.case().severity is Severity.HIGH
    assert "Meal box missing, told she never ordered" in plain(stage.card())
    assert "On a second reading this looks high rather than normal" in stage.in_thread(kind="note")[-1]


def test_second_opinion_never_calls_an_alarm_off(stage: Stage, model: StandIn) -> None:
    model.answers(MODELS)
    model.answers(OPINION | {"negative": False, "severity": None})
    stage.hears_from("gift-shop")
    assert stage.case().severity is Severity.HIGH
    assert stage.case().status == "unclaimed"


def test_card_does_not_wait_for_the_model(stage: Stage, model: StandIn) -> None:
    model.fails(400)
    model.fails(400)
    stage.hears_from("box-not-delivered")
    assert "My meal box for this week has not arrived." in plain(stage.card())
