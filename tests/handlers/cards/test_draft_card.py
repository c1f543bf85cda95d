"""A draft says who wrote it, shows its words exactly, and is never more than a proposal until a person approves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.replies.checks import Finding
from cases.replies.drafts import Draft, DraftState, Origin, Reply, Version, Versions
from cases.replies.promises import Promised
from handlers.cards.draft_card import draft
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

REWORD = "[…: Shorter, Warmer, Say it differently…]"
EXCUSE = Finding("E1", "block", "the courier was late", "It blames somebody else.", "Leave it out.")
BLAND = Finding("A6", "block", "", "Nothing in it says sorry.", "Say it.")
LONG = Finding("L1", "warn", "", "It is too long.", "Halve it.")
DUE = Promised("I will ring you on Tuesday at 10:00.", "ring you", ex.NOW + timedelta(days=1, hours=1))


def read(
    of: Draft,
    *findings: Finding,
    promises: Sequence[Promised] = (),
    model: bool = True,
    now: datetime | None = None,
) -> list[str]:
    return lines(draft(ex.CLAIMED, of, findings, promises, model=model, now=now).blocks)


def test_a_draft_by_the_model_reads_from_top_to_bottom() -> None:
    assert read(ex.BY_MODEL) == [
        "*Draft by the model:* read it before you use it.",
        "Your cold soup on Monday",
        "| Dear Dora,",
        "| ",
        "| I sent your soup an hour late, and it was cold. I am sorry.",
        "| ",
        "| Do you want it again, or your money?",
        "| ",
        "| Ana",
        "  Asks: Do you want it again, or your money?",
        "  The model says it promises: I will ring you on Tuesday at 10:00",
        "  The model says it offers: Soup again, or the money back",
        "[Edit] [New suggestion] [Approve] [Put aside] […: Shorter, Warmer, Say it differently…]",
    ]


@pytest.mark.parametrize(
    ("of", "label"),
    [
        (ex.SCAFFOLD, ["*An outline:* fill in the ⟨blanks⟩ before you use it."]),
        (
            replace(ex.SCAFFOLD, failure="timeout"),
            [
                "The model did not answer in time. Here is an outline.",
                "*An outline:* fill in the ⟨blanks⟩ before you use it.",
            ],
        ),
        (
            replace(ex.SCAFFOLD, failure="bad_request"),
            [
                "The model could not write this one. Here is an outline.",
                "*An outline:* fill in the ⟨blanks⟩ before you use it.",
            ],
        ),
        (ex.BY_PERSON, ["*Edited by @ana.*"]),
        (replace(ex.BY_PERSON, author=None), ["*Edited by hand.*"]),
        (ex.APPROVED, ["✅ @ben approved this text today at 09:20, word for word. Sending it is up to you."]),
    ],
)
def test_the_label_says_who_wrote_the_words(of: Draft, label: list[str]) -> None:
    assert read(of)[: len(label)] == label
    assert "Dear Dora," in read(of)[len(label) + 1]


@pytest.mark.parametrize(
    ("of", "model", "offered"),
    [
        (ex.SCAFFOLD, False, "[*Edit*] [Put aside]"),
        (ex.SCAFFOLD, True, f"[*Edit*] [New suggestion] [Put aside] {REWORD}"),
        (ex.BY_PERSON, False, "[Edit] [Approve] [Put aside]"),
        (replace(ex.SCAFFOLD, origin=Origin.PERSON), False, "[*Edit*] [Put aside]"),
        (ex.APPROVED, True, "[*I have sent it*] [Edit again]"),
        (ex.DRAFTS["dropped"], True, "[Bring it back]"),
        (ex.DRAFTS["dropped"], False, "[Bring it back]"),
        (ex.DRAFTS["held"], True, "[Decide about contact]"),
    ],
)
def test_a_draft_offers_only_what_can_be_done_now(of: Draft, model: bool, offered: str) -> None:
    assert read(of, model=model)[-1] == offered


def test_a_half_edited_draft_names_its_open_blanks() -> None:
    assert "  Still open: ⟨what we did wrong⟩ · ⟨your name⟩" in read(replace(ex.SCAFFOLD, origin=Origin.PERSON))
    assert not any("Still open" in line for line in read(ex.SCAFFOLD) + read(ex.BY_PERSON))


def test_a_draft_on_its_way_offers_nothing_yet() -> None:
    assert read(Draft(case=12)) == ["A draft is being written."]
    assert read(replace(ex.BY_MODEL, state=DraftState.WANTED)) == ["A draft is being written."]


def test_a_wish_for_no_contact_hides_any_reply() -> None:
    said = lines(draft(ex.HELD, ex.BY_MODEL, model=True).blocks)
    assert said == [
        "The customer asked not to be contacted, so the draft is held back. "
        "Decide whether somebody should write; the reason stays with the case.",
        "[Decide about contact]",
    ]


def test_the_decision_to_write_brings_the_reply_back() -> None:
    assert "| Dear Dora," in lines(draft(ex.DECIDED, ex.BY_MODEL).blocks)


def test_the_approved_words_are_shown_exactly_as_they_are() -> None:
    body = "Dear *Dora* & <co>,\n\n  `two spaces` &lt;kept&gt;\n" + "x" * 2900
    assert ex.APPROVED.reply is not None
    shown = draft(ex.CLAIMED, replace(ex.APPROVED, reply=replace(ex.APPROVED.reply, body=body)))
    assert shown.blocks[1]["elements"][1]["elements"] == [{"type": "text", "text": body}]


def test_approving_asks_back_before_it_counts() -> None:
    row = draft(ex.CLAIMED, ex.BY_MODEL).blocks[-1]["elements"]
    approve = next(element for element in row if element["action_id"] == "approve")
    assert approve["value"] == "v1:12"
    assert "Nothing is sent by itself." in approve["confirm"]["text"]["text"]


def test_the_reply_is_rich_text_in_every_state() -> None:
    for of in ex.DRAFTS.values():
        reply = next(block for block in draft(ex.CLAIMED, of).blocks if block["block_id"] == "reply")
        assert reply["type"] == "rich_text"


def test_a_reply_without_subject_begins_with_its_body() -> None:
    assert ex.BY_MODEL.reply is not None
    bare = replace(ex.BY_MODEL, origin=Origin.PERSON, author=ex.ANA, reply=replace(ex.BY_MODEL.reply, subject=" "))
    assert read(bare)[1] == "| Dear Dora,"


def test_what_blocks_a_draft_stands_under_its_words() -> None:
    assert read(ex.BY_MODEL, LONG, EXCUSE)[-4:-1] == [
        "  *The checks would not send this yet:*",
        "  ⛔ “the courier was late”: It blames somebody else.",
        "  ⚠️ It is too long.",
    ]


def test_a_warning_alone_leaves_the_decision_open() -> None:
    assert read(ex.BY_MODEL, LONG)[-3:-1] == ["  *Before you approve it:*", "  ⚠️ It is too long."]


def test_what_its_form_tells_the_thread_only_counts() -> None:
    """first day B12: the same lecture in the form and in the thread."""
    assert read(ex.BY_PERSON, LONG, EXCUSE, BLAND)[-2] == (
        "  *The checks would not send this yet:* 3 things; *Edit* shows them, the gravest first."
    )
    assert read(ex.BY_PERSON, LONG)[-2] == "  *Before you approve it:* one thing; *Edit* shows it."


def version(number: int, origin: Origin, body: str, author: str | None = None) -> Version:
    reply = Reply(subject="", body=body)
    return Version(version=number, at=ex.NOW, origin=origin, reply=reply, author=author)


def test_a_models_words_stand_beside_a_persons() -> None:
    offered = version(3, Origin.MODEL, "Dear Dora, shorter.")
    shown = draft(ex.CLAIMED, ex.BY_PERSON, versions=Versions((offered,), beside=offered), model=True)
    read_out = lines(shown.blocks)
    assert read_out[0] == "*Edited by @ana.*"
    assert read_out[-3:] == [
        "*Another suggestion, by the model.* The words above stay unless you take this one.",
        "| Dear Dora, shorter.",
        "[Use this one instead]",
    ]
    assert shown.blocks[-1]["block_id"] == "version-3"


def test_somebodys_words_of_before_are_a_click_away() -> None:
    before = version(1, Origin.PERSON, "Dear Dora, mine.", ex.BEN)
    there_are = Versions((before,), before=before)
    named = draft(ex.CLAIMED, ex.BY_MODEL, versions=there_are, name_of=lambda _: "Ben Okafor")
    assert lines(named.blocks)[-1] == "[Bring back Ben Okafor's version]"
    assert named.blocks[-1]["block_id"] == "version-1"
    unknown = draft(ex.CLAIMED, ex.BY_MODEL, versions=there_are, name_of=lambda _: None)
    assert lines(unknown.blocks)[-1] == "[Bring back the edited version]"
    assert lines(draft(ex.CLOSED, ex.BY_MODEL, versions=there_are).blocks)[-1] != "[Bring back the edited version]"


@pytest.mark.parametrize("of", [ex.BY_PERSON, replace(ex.APPROVED, origin=Origin.MODEL)])
def test_a_persons_words_stay_while_another_try_is_made(of: Draft) -> None:
    """first day A5: the letter was gone at one click."""
    waiting = read(replace(of, state=DraftState.WANTED))
    assert waiting[0] == "Another suggestion is being written. These words stay as they are."
    assert "| Dear Dora," in waiting
    failed = read(replace(of, failure="timeout"))
    assert failed[0] == "The model did not answer in time. These words stay as they are."


def test_what_was_sent_is_not_asked_about_again() -> None:
    assert lines(draft(ex.CLAIMED, ex.APPROVED, sent=True).blocks)[-1] == "[Edit again]"


@pytest.mark.parametrize("of", [ex.SCAFFOLD, ex.APPROVED])
def test_a_scaffold_and_an_approved_text_are_not_scolded(of: Draft) -> None:
    assert not any("courier" in line for line in read(of, EXCUSE))


def test_an_overruled_check_names_who_and_why() -> None:
    overruled = replace(ex.APPROVED, override="He asked for the courier's name", overruled_by=ex.BEN)
    assert "  @ben overruled the checks: He asked for the courier's name" in read(overruled, EXCUSE)


def test_a_dated_promise_is_shown_as_one_instant() -> None:
    assert "  Promised: “ring you”, by tomorrow at 10:00" in read(ex.BY_PERSON, promises=[DUE])


def test_date_that_has_passed_says_so_before_anybody_approves() -> None:
    said = read(ex.BY_PERSON, promises=[DUE], now=DUE.due_at)
    assert (
        "  Promised: “ring you”, by tomorrow at 10:00. That has passed: mend the date, or I cannot keep it in mind."
        in said
    )


def test_letter_whose_dates_nobody_reads_says_how_to_keep_one() -> None:
    assert ex.BY_PERSON.reply is not None
    body = "Liebe Ana,\n\nes tut mir leid, dass die Suppe kalt war. Ich rufe Sie morgen um 15 Uhr an.\n\nBen"
    german = replace(ex.BY_PERSON, reply=replace(ex.BY_PERSON.reply, body=body))
    assert any("`/case promise 12 friday 17:00: WHAT`" in line for line in read(german))
    assert not any("I read dates in English only" in line for line in read(ex.BY_PERSON))


def test_the_gist_of_a_foreign_reply_is_the_models_word() -> None:
    assert ex.BY_MODEL.reply is not None
    german = replace(ex.BY_MODEL, reply=replace(ex.BY_MODEL.reply, translation="Sorry for the soup; I ring on Tuesday"))
    assert "  The model says: Sorry for the soup; I ring on Tuesday" in read(german)
    assert not any("The model says:" in line for line in read(ex.BY_MODEL))


def test_rewording_is_offered_only_with_a_model() -> None:
    assert REWORD in read(ex.BY_PERSON, model=True)[-1]
    assert REWORD not in read(ex.BY_PERSON, model=False)[-1]


def test_nothing_can_be_done_once_the_case_is_closed() -> None:
    assert not any(line.startswith("[") for line in lines(draft(ex.CLOSED, ex.BY_PERSON).blocks))
