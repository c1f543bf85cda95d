"""Forms ask little, prefill what is known, and read back by field name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import pytest

from cases.acts.act import Act, ActionName, NotAllowed
from cases.acts.actions import ACTIONS, decide
from cases.model import Case, Outcome, Via
from cases.policy.page import Policy
from cases.replies.checks import Finding
from cases.replies.drafts import Origin, Reply, Version, Versions
from handlers.cards import modals, words
from handlers.cards.message import View
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

OPTIONAL, REQUIRED = True, False


def fields(view: View) -> dict[str, bool]:
    """Field name → optional."""
    return {block["block_id"]: block["optional"] for block in view["blocks"] if block["type"] == "input"}


CAUSES = Policy().lessons.causes


def submitted(view: View, **typed: dict[str, Any]) -> View:
    """The view as Slack sends it back, with what was typed."""
    values = {name: {name: {"type": "x", **typed.get(name, {})}} for name in fields(view)}
    return {**view, "state": {"values": values}}


@pytest.mark.parametrize(
    ("action", "case", "asked"),
    [
        ("contacted", ex.CLAIMED, {"way": OPTIONAL, "at": OPTIONAL, "text": OPTIONAL}),
        ("contacted", ex.CONTACTED, {"way": OPTIONAL, "text": OPTIONAL}),
        ("close", ex.CONTACTED, {"outcome": REQUIRED, "cause": OPTIONAL, "went_wrong": OPTIONAL, "learned": OPTIONAL}),
        (
            "lesson",
            ex.CLOSED,
            dict.fromkeys(("cause", "expected", "happened", "went_wrong", "learned", "to", "until"), OPTIONAL),
        ),
        ("snooze", ex.CLAIMED, {"length": REQUIRED, "until": OPTIONAL, "text": OPTIONAL}),
        ("give", ex.CLAIMED, {"to": REQUIRED}),
        ("note", ex.CLAIMED, {"text": REQUIRED}),
        ("promise", ex.CLAIMED, {"text": REQUIRED, "until": REQUIRED}),
        ("takeover", ex.CLAIMED, {"text": OPTIONAL}),
        ("draft", ex.HELD, {"text": REQUIRED}),
    ],
)
def test_each_form_asks_only_what_the_action_needs(action: str, case: Case, asked: dict[str, bool]) -> None:
    view = modals.form(action, case, CAUSES)
    assert fields(view) == asked
    assert view["callback_id"] == action
    assert modals.case_of(view) == 12


def test_lesson_is_prefilled_with_all_that_is_known_of_it() -> None:
    view = modals.form(ActionName.LESSON, replace(ex.CHANGING, cause="Delivery"), CAUSES)
    chosen = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert chosen["cause"]["initial_option"]["value"] == "Delivery"
    assert chosen["went_wrong"]["initial_value"] == ex.CHANGING.went_wrong
    assert chosen["to"]["initial_user"] == ex.BEN
    assert chosen["until"]["initial_date_time"] == int((ex.NOW + timedelta(days=8)).timestamp())


def test_cause_that_policy_no_longer_has_is_not_chosen() -> None:
    view = modals.form(ActionName.LESSON, replace(ex.CHANGING, cause="The weather"), CAUSES)
    assert "initial_option" not in view["blocks"][0]["element"]


def test_no_cause_is_asked_for_where_policy_has_none() -> None:
    assert "cause" not in fields(modals.form(ActionName.CLOSE, ex.CONTACTED, ()))


@pytest.mark.parametrize("action", [name for name, action in ACTIONS.items() if action.at_once])
def test_what_is_done_at_once_has_no_form(action: ActionName) -> None:
    with pytest.raises(KeyError):
        modals.form(action, ex.CLAIMED)


def test_block_and_action_are_both_called_by_the_field() -> None:
    for action in ex.WITH_FORM:
        for block in modals.form(action, ex.CONTACTED)["blocks"]:
            if block["type"] == "input":
                assert block["element"]["action_id"] == block["block_id"]


@pytest.mark.parametrize("case", [ex.CLAIMED, ex.CONTACTED])
@pytest.mark.parametrize("outcome", Outcome)
def test_only_outcomes_that_the_rules_allow_are_offered(case: Case, outcome: Outcome) -> None:
    offered = {option["value"] for option in modals.form("close", case)["blocks"][0]["element"]["options"]}
    decision = decide(case, Act("close", ex.ANA, Via.MODAL, outcome=outcome), ex.NOW)
    # What needs more attempts first is offered: the refusal beside the field says how many, and by which ways.
    possible = not isinstance(decision, NotAllowed) or decision.reason == "tried_too_little"
    assert (outcome.value in offered) == possible


def test_what_is_already_known_is_filled_in() -> None:
    contacted = modals.form("contacted", ex.CONTACTED)["blocks"][0]["element"]
    assert contacted["initial_option"]["value"] == "phone"
    closing = lines(modals.form("close", ex.CLOSED)["blocks"])
    assert closing[1].endswith("'The oven timer was off'")
    assert lines(modals.form("promise", ex.PROMISED)["blocks"])[0].endswith("'send the refund'")


def test_the_draft_is_edited_from_its_latest_words() -> None:
    view = modals.edit_draft(ex.CLAIMED, ex.BY_PERSON)
    assert fields(view) == {"subject": OPTIONAL, "body": REQUIRED}
    assert view["blocks"][1]["element"]["initial_value"].startswith("Dear Dora,\n\nI sent your soup")
    assert (modals.case_of(view), modals.draft_version(view)) == (12, 2)


EXCUSE = Finding("E1", "block", "the courier", "It blames somebody else.", "Leave it out.")
LONG = Finding("L1", "warn", "", "It is too long.", "Halve it.")


def test_the_findings_stand_under_the_words_at_first() -> None:
    read = lines(modals.edit_draft(ex.CLAIMED, ex.BY_PERSON, [LONG, EXCUSE])["blocks"])
    assert read[-3:] == [
        "*What the checks say of it:*",
        "⛔ “the courier”: It blames somebody else. _Leave it out._",
        "⚠️ It is too long. _Halve it._",
    ]


def test_a_form_just_opened_offers_no_approval() -> None:
    view = modals.edit_draft(ex.CLAIMED, ex.BY_PERSON, [LONG])
    assert list(fields(view)) == ["subject", "body"]
    assert view["close"]["text"] == "Cancel"


@pytest.mark.parametrize(("lift", "asked"), [("tick", "anyway"), ("reason", "overrule"), ("reads", "reads")])
def test_a_saved_text_can_be_approved_by_whoever_may(lift: Literal["tick", "reason", "reads"], asked: str) -> None:
    view = modals.edit_draft(ex.CLAIMED, ex.BY_PERSON, [EXCUSE], modals.Saved(lift=(lift,)))
    assert fields(view) == {"subject": OPTIONAL, "body": REQUIRED, asked: OPTIONAL}
    assert lines(view["blocks"])[0] == "*Saved, and not approved yet.* The checks found:"
    assert (view["submit"]["text"], view["close"]["text"]) == ("Save again", "Close")


def test_everybody_else_hears_whom_they_can_ask() -> None:
    view = modals.edit_draft(ex.CLAIMED, ex.BY_PERSON, [EXCUSE], modals.Saved(asks=ex.LEA))
    assert list(fields(view)) == ["subject", "body"]
    assert lines(view["blocks"])[-1] == "Change it and save again, or ask @lea to approve it as it stands."


def test_a_refusal_stands_above_everything_else() -> None:
    refused = modals.Saved(lift=("reason",), refusal=NotAllowed("draft_outdated"))
    read = lines(modals.edit_draft(ex.CLAIMED, ex.BY_PERSON, [EXCUSE], refused)["blocks"])
    assert read[0].startswith("The draft has changed since you looked at it.")


def test_an_overtaken_writer_sees_both_versions() -> None:
    view = modals.overtaken(ex.CLAIMED, ex.BY_PERSON, Reply(subject="Mine", body="What I typed."))
    read = lines(view["blocks"])
    assert read[0] == "*@ana saved this while you were writing:*"
    assert "| Dear Dora," in read
    assert view["blocks"][-1]["element"]["initial_value"] == "What I typed."
    assert modals.draft_version(view) == 2  # saved again it comes after the version that was read


def test_every_other_version_can_be_brought_back() -> None:
    kept = [Version(version=n, at=ex.NOW, origin=Origin.PERSON, reply=Reply(subject="", body=f"No. {n}"), author=ex.BEN)
            for n in range(40, 0, -1)]  # fmt: skip
    view = modals.versions(12, Versions(tuple(kept)))
    buttons = [b["block_id"] for b in view["blocks"] if b["type"] == "actions"]
    assert buttons[:2] == ["version-40", "version-39"]
    assert len(view["blocks"]) <= 100
    assert lines(view["blocks"])[-1] == "… and 15 older ones"
    assert lines(view["blocks"])[:2] == ["Today at 09:00 · *Edited by @ben.*", "| No. 40"]
    assert "submit" not in view
    assert lines(modals.versions(12, Versions())["blocks"]) == ["There is no other version any more."]


def test_a_ticked_box_is_read_as_yes() -> None:
    view = modals.edit_draft(ex.CLAIMED, ex.BY_PERSON, [LONG], modals.Saved(lift=("tick",)))
    ticked = {"selected_options": [{"text": {"text": "Approve it"}, "value": "yes"}]}
    assert modals.read_view(submitted(view, anyway=ticked))["anyway"] == "yes"
    assert modals.read_view(submitted(view, anyway={"selected_options": []}))["anyway"] is None


def test_overruling_shows_the_faults_and_wants_a_reason() -> None:
    view = modals.overrule(ex.CLAIMED, ex.BY_PERSON, [EXCUSE], ("reason",))
    assert fields(view) == {"overrule": REQUIRED}
    assert (modals.case_of(view), modals.draft_version(view)) == (12, 2)
    assert "It blames somebody else." in lines(view["blocks"])[1]


def test_a_wish_for_the_next_version_is_asked_in_words() -> None:
    view = modals.differently(12)
    assert fields(view) == {"instruction": REQUIRED}
    assert (modals.case_of(view), view["callback_id"]) == (12, "differently")


def test_a_draft_without_words_opens_an_empty_form() -> None:
    view = modals.edit_draft(ex.CLAIMED, replace(ex.SCAFFOLD, reply=None))
    assert all("initial_value" not in block["element"] for block in view["blocks"])


def test_a_new_case_can_be_opened_with_words_alone() -> None:
    view = modals.new_case("My order never came")
    assert [name for name, optional in fields(view).items() if optional is REQUIRED] == ["comment"]
    assert lines(view["blocks"])[0] == (
        "What happened, in the customer's words? (plain_text_input, required) 'My order never came'"
    )
    assert modals.case_of(view) is None
    assert modals.draft_version(view) is None


def test_a_new_case_has_a_field_for_everything_worth_knowing() -> None:
    assert list(fields(modals.new_case())) == [
        "comment",
        "name",
        "phone",
        "email",
        "order_ref",
        "rating",
        "occasion",
        "occasion_at",
        "source",
    ]


@pytest.mark.parametrize("metadata", ["", "v0:12", "v2:12", "nonsense", "v1:", "v1:twelve", None])
def test_a_form_of_another_version_names_no_case(metadata: str | None) -> None:
    assert modals.case_of({"callback_id": "close", "private_metadata": metadata}) is None


def test_a_submitted_view_is_read_by_field_name() -> None:
    view = submitted(
        modals.form("contacted", ex.CLAIMED),
        way={"selected_option": {"text": {"text": "By phone"}, "value": "phone"}},
        at={"selected_date_time": 1767607200},
        text={"value": "  she wants it again \n"},
    )
    assert modals.read_view(view) == {"way": "phone", "at": 1767607200, "text": "she wants it again"}


def test_people_and_days_are_read_as_plain_values() -> None:
    given = submitted(modals.form("give", ex.CLAIMED), to={"selected_user": ex.BEN})
    assert modals.read_view(given) == {"to": ex.BEN}
    new = submitted(modals.new_case(), occasion_at={"selected_date": "2026-01-07"}, rating={"selected_option": None})
    assert modals.read_view(new)["occasion_at"] == "2026-01-07"
    assert modals.read_view(new)["rating"] is None


def test_fields_left_empty_are_read_as_none() -> None:
    view = submitted(modals.form("close", ex.CONTACTED), learned={"value": None}, went_wrong={"value": "   "})
    assert modals.read_view(view) == {"outcome": None, "went_wrong": None, "learned": None}
    assert modals.read_view({}) == {}


def test_the_reason_for_writing_all_the_same_is_asked() -> None:
    assert lines(modals.form("draft", ex.HELD)["blocks"]) == [
        "✋ *Asked not to be contacted.* Please decide before anyone writes.",
        "Why write to somebody who asked us not to? (plain_text_input, required)",
    ]


def test_snoozing_offers_the_usual_lengths_first() -> None:
    chosen = modals.form("snooze", ex.CLAIMED)["blocks"][0]["element"]
    assert [option["value"] for option in chosen["options"]] == list(words.SNOOZES)
    assert chosen["initial_option"]["value"] == "1h"


@pytest.mark.parametrize("number", [1, 12, 99_999, 999_999_999])
def test_titles_keep_the_whole_case_number(number: int) -> None:
    for action in ex.WITH_FORM:
        title = modals.form(action, replace(ex.CLAIMED, number=number))["title"]["text"]
        assert f"#{number}" in title
        assert len(title) <= 24
