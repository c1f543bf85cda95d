"""A reply is scaffolded by rules, edited and approved by hand: what goes out is decided by a person, word for word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.model import Status, Way
from cases.replies.drafts import Origin
from sandbox.people.reading import buttons, plain
from store import drafts
from tests.stories.stage import Actor, Stage, payload, says_when

TEXT = (
    "Dear Priya,\n\nI am sorry: your meal box did not arrive, and we told you that you never ordered it. You had nothing to "
    "cook tonight. I have refunded the box this morning. Would you like a new one on Wednesday, or dinner tonight?\n\n"
    "I will call you today at 15:00.\n\nAna Ortega"
)


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


def test_scaffold_is_labelled_and_shows_its_blanks(stage: Stage, ana: Actor) -> None:
    shown = plain(stage.draft())
    assert "*An outline:*" in shown
    assert "Hello Priya," in shown
    assert "⟨what we did wrong" in shown
    assert buttons(stage.draft()) == ["edit", "drop_draft"]
    assert payload(stage.draft())["sendable"] is False


def test_edit_form_starts_from_the_scaffolds_words(stage: Stage, ana: Actor) -> None:
    ana.click(stage.draft(), "edit")
    body = ana.modal().view["blocks"][1]["element"]["initial_value"]
    assert body == said(stage).reply.body


def test_edited_version_replaces_scaffold_in_place(stage: Stage, ana: Actor) -> None:
    before = stage.draft()
    assert edit(stage, ana) == {}
    assert stage.draft().ts == before.ts
    assert f"Edited by <@{ana.id}>" in plain(stage.draft())
    assert "I have refunded the box this morning." in plain(stage.draft())
    assert said(stage).origin is Origin.PERSON


def test_edit_form_starts_from_the_latest_version(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ben = stage.person("ben")
    ben.click(stage.draft(), "edit")
    assert ben.modal().view["blocks"][1]["element"]["initial_value"] == TEXT


def test_reply_with_blanks_left_is_not_approved(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, "Dear Priya, I am sorry that we ⟨what we did⟩.")
    assert payload(stage.draft())["sendable"] is False
    assert "approve" not in buttons(stage.draft())
    edit(stage, ana)
    assert "approve" in buttons(stage.draft())
    assert payload(stage.draft())["sendable"] is True


def test_approval_holds_for_exactly_that_text(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    assert (said(stage).approved_by, said(stage).reply.body) == (ana.id, TEXT)
    assert "word for word" in plain(stage.draft())
    assert says_when(stage.draft(), stage.now)
    assert payload(stage.draft())["sendable"] is True
    assert buttons(stage.draft()) == ["sent", "edit", "more"]


def test_edit_after_approval_takes_approval_away(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    edit(stage, ana, TEXT.replace("15:00", "16:00"))
    assert said(stage).approved_by is None
    assert "approve" in buttons(stage.draft())
    assert payload(stage.draft())["sendable"] is True  # nobody has read the first one yet: these are no words again


def test_who_saves_second_sees_the_first_version(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ben.click(stage.draft(), "edit")
    edit(stage, ana)
    assert ben.submit({"body": "Something else"}) == {}
    assert said(stage).reply.body == TEXT
    read = plain(ben.modal())
    assert f"<@{ana.id}> saved this while you were writing:" in read
    assert "I have refunded the box this morning." in read
    assert ben.submit({"body": "Something else"}) == {}
    assert said(stage).reply.body == "Something else"
    ben.click(stage.draft(), "bring_back")
    assert (said(stage).reply.body, said(stage).author) == (TEXT, ana.id)


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
    edit(stage, ana)
    ana.click(stage.draft(), "drop_draft")
    ana.command("/case", "draft 1")
    assert said(stage).reply.body == TEXT


def test_scaffold_is_signed_by_whoever_has_the_case(stage: Stage, ana: Actor) -> None:
    """first day C13: it kept ⟨your name⟩ after the claim."""
    assert "⟨your name⟩" in plain(stage.draft())
    ana.command("/case", "claim 1")
    assert "Ana Ortega, Hearth & Ribbon" in plain(stage.draft())
    ana.click(stage.draft(), "edit")
    assert "Ana Ortega, Hearth" in ana.modal().view["blocks"][1]["element"]["initial_value"]
    stage.person("ben").command("/case", "takeover 1 I know her")
    assert "Ben Okafor, Hearth & Ribbon" in plain(stage.draft())
    stage.person("ben").command("/case", "release 1")
    assert "⟨your name⟩" in plain(stage.draft())


def test_without_a_model_there_is_no_other_try(stage: Stage, ana: Actor) -> None:
    """first day A5: the letter was replaced by the scaffold of before."""
    edit(stage, ana)
    assert "redraft" not in buttons(stage.draft())
    ana.command("/case", "draft 1 shorter")
    assert "No model is set up" in ana.sees()[-1]
    assert said(stage).reply.body == TEXT


def test_versions_are_listed_and_brought_back(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    edit(stage, ana, TEXT.replace("15:00", "16:00"))
    ana.choose(stage.draft(), "more", "Earlier versions…")
    listed = ana.modal()
    assert "I will call you today at 15:00." in plain(listed)
    ana.click(listed, "bring_back", block_id="version-2")
    assert said(stage).reply.body == TEXT
    assert "at 16:00" in plain(ana.modal())  # and that can be brought back in turn
    ana.click(ana.modal(), "bring_back", block_id="version-3")
    assert "16:00" in said(stage).reply.body


def test_form_says_what_esc_throws_away(stage: Stage, ana: Actor) -> None:
    ana.click(stage.draft(), "edit")
    assert "Esc or Cancel throws away" in str(ana.modal().view["blocks"])


def test_approved_words_are_sent_at_one_click(stage: Stage, ana: Actor) -> None:
    """first day B11: copy, mail program, find the card, Contacted, choose e-mail."""
    ana.command("/case", "claim 1")
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    stage.person("ben").click(stage.draft(), "sent")
    assert stage.case().status is Status.CLAIMED
    ana.click(stage.draft(), "sent")
    assert (stage.case().status, stage.case().contacted_how) == (Status.CONTACTED, Way.EMAIL)
    assert "The approved reply, word for word." in stage.in_thread(1, "note")[-1]
    assert "sent" not in buttons(stage.draft())


def test_without_an_address_no_mail_link_is_missed(stage: Stage) -> None:
    stage.receives(customer={"name": "Rosa Blum"})
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    edit(
        stage,
        ana,
        "Dear Rosa,\n\nI am sorry: I forgot your order, so it never arrived. I have sent a new one today. Does Tuesday suit you?\n\nAna Ortega",
    )
    ana.click(stage.draft(), "approve")
    assert "We have no e-mail address for this customer" in ana.sees()[-1]
    ana.click(stage.draft(), "sent")  # how it went out is not ours to guess
    assert ana.modal().view["callback_id"] == "contacted"


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


def test_same_words_saved_again_are_no_version(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    edit(stage, stage.person("ben"))
    assert (said(stage).version, said(stage).approved_by) == (2, ana.id)


def test_approving_twice_is_noted_down_once(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    seen = stage.draft().blocks
    ana.click(stage.draft(), "approve")
    stage.draft().blocks = seen
    ana.click(stage.draft(), "approve")
    assert stage.history().count("approve") == 1


def test_owner_gets_approved_words_to_copy_and_mail(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "claim 1")
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    assert TEXT in ana.sees()[-1]
    assert "mailto:" in ana.sees()[-1]
    assert "%0D%0A%0D%0AI%20am%20sorry" in ana.sees()[-1]  # RFC 6068


def test_only_the_owner_sees_the_customers_address(stage: Stage, ana: Actor) -> None:
    edit(stage, ana)
    ana.click(stage.draft(), "approve")
    assert TEXT in ana.sees()[-1]
    assert "mailto:" not in ana.sees()[-1]
    assert "Whoever claims the case" in ana.sees()[-1]


@pytest.mark.long
def test_promise_keeps_the_instant_it_was_approved_for(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, TEXT.replace("today at 15:00", "tomorrow at 15:00"))
    ana.click(stage.draft(), "approve")
    due = stage.now.replace(hour=14, minute=0) + timedelta(days=1)
    assert says_when(stage.draft(), due)
    stage.jump(timedelta(days=2))
    ana.command("/case", "note 1 still nothing")
    ana.command("/case", "close 1 unreachable")
    assert says_when(stage.draft(), due)
