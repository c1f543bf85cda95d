"""Modals and the Home tab through the Web API: triggers, stacks, hashes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.demo.cast import ANA
from sandbox.server import PracticeWorkspace


def modal(words: str = "Words", **more: Any) -> dict[str, Any]:
    title = {"type": "plain_text", "text": "Case"}
    return {
        "type": "modal",
        "title": title,
        "blocks": [{"type": "section", "text": {"type": "plain_text", "text": words}}],
        **more,
    }


HOME = {"type": "home", "blocks": [{"type": "divider"}]}


def refused(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


@pytest.fixture
def trigger(practice: PracticeWorkspace) -> str:
    """The trigger id of a gesture ana has just made."""
    return practice.triggers.issue(ANA)


def shown(practice: PracticeWorkspace) -> str | None:
    """The words of the modal ana has before her."""
    view = practice.person("ana").modal()
    return view.view["blocks"][0]["text"]["text"] if view else None


def test_modal_opens_for_whoever_made_the_gesture(practice: PracticeWorkspace, slack: WebClient, trigger: str) -> None:
    view = slack.views_open(trigger_id=trigger, view=modal(private_metadata="12"))["view"]
    assert shown(practice) == "Words"
    assert practice.person("ben").modal() is None
    assert (view["private_metadata"], view["root_view_id"], view["state"]) == ("12", view["id"], {"values": {}})


def test_trigger_is_good_for_one_modal_only(slack: WebClient, trigger: str) -> None:
    slack.views_open(trigger_id=trigger, view=modal())
    assert refused(slack.views_open, trigger_id=trigger, view=modal()) == "exchanged_trigger_id"


def test_trigger_expires_however_the_practice_clock_stands(
    practice: PracticeWorkspace, slack: WebClient, trigger: str
) -> None:
    practice.triggers.expire()
    assert refused(slack.views_open, trigger_id=trigger, view=modal()) == "expired_trigger_id"


def test_unknown_trigger_opens_nothing(practice: PracticeWorkspace, slack: WebClient) -> None:
    assert refused(slack.views_open, trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"
    assert practice.person("ana").modal() is None


def test_refused_view_does_not_use_up_the_trigger(slack: WebClient, trigger: str) -> None:
    assert refused(slack.views_open, trigger_id=trigger, view=modal(colour="red")) == "invalid_arguments"
    assert slack.views_open(trigger_id=trigger, view=modal())["ok"]


def test_home_view_cannot_be_opened_as_modal(slack: WebClient, trigger: str) -> None:
    assert refused(slack.views_open, trigger_id=trigger, view=HOME) == "invalid_arguments"


def test_oversized_view_is_refused_by_its_name(slack: WebClient, trigger: str) -> None:
    big = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}
    assert refused(slack.views_open, trigger_id=trigger, view=modal(blocks=[big] * 90)) == "view_too_large"


def test_update_replaces_the_modal_and_its_hash(practice: PracticeWorkspace, slack: WebClient, trigger: str) -> None:
    opened = slack.views_open(trigger_id=trigger, view=modal("Loading"))["view"]
    updated = slack.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("Here it is"))["view"]
    assert shown(practice) == "Here it is"
    assert updated["hash"] != opened["hash"]


def test_update_with_a_stale_hash_is_a_conflict(practice: PracticeWorkspace, slack: WebClient, trigger: str) -> None:
    opened = slack.views_open(trigger_id=trigger, view=modal("one"))["view"]
    slack.views_update(view_id=opened["id"], view=modal("two"))
    stale = {"view_id": opened["id"], "hash": opened["hash"], "view": modal("three")}
    assert refused(slack.views_update, **stale) == "hash_conflict"
    assert shown(practice) == "two"


def test_closed_modal_can_no_longer_be_updated(practice: PracticeWorkspace, slack: WebClient, trigger: str) -> None:
    opened = slack.views_open(trigger_id=trigger, view=modal())["view"]
    practice.person("ana").close_modal()
    assert refused(slack.views_update, view_id=opened["id"], view=modal()) == "not_found"


def test_external_id_finds_the_modal_and_is_unique(practice: PracticeWorkspace, slack: WebClient, trigger: str) -> None:
    slack.views_open(trigger_id=trigger, view=modal(external_id="case-12"))
    slack.views_update(external_id="case-12", view=modal("found", external_id="case-12"))
    assert shown(practice) == "found"
    again = {"trigger_id": practice.triggers.issue(ANA), "view": modal(external_id="case-12")}
    assert refused(slack.views_push, **again) == "duplicate_external_id"


def test_stack_of_modals_is_three_deep(practice: PracticeWorkspace, slack: WebClient, trigger: str) -> None:
    root = slack.views_open(trigger_id=trigger, view=modal("1"))["view"]["id"]
    second = slack.views_push(trigger_id=practice.triggers.issue(ANA), view=modal("2"))["view"]
    slack.views_push(trigger_id=practice.triggers.issue(ANA), view=modal("3"))
    assert (second["previous_view_id"], second["root_view_id"]) == (root, root)
    fourth = {"trigger_id": practice.triggers.issue(ANA), "view": modal("4")}
    assert refused(slack.views_push, **fourth) == "push_limit_reached"


def test_nothing_can_be_pushed_on_no_modal(slack: WebClient, trigger: str) -> None:
    assert refused(slack.views_push, trigger_id=trigger, view=modal()) == "not_found"


def test_home_tab_is_published_to_one_person(practice: PracticeWorkspace, slack: WebClient) -> None:
    slack.views_publish(user_id=ANA, view=HOME)
    assert practice.home("ana") is not None
    assert practice.home("ben") is None


def test_home_tab_keeps_its_id_and_checks_its_hash(slack: WebClient) -> None:
    first = slack.views_publish(user_id=ANA, view=HOME)["view"]
    second = slack.views_publish(user_id=ANA, view=HOME, hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    assert refused(slack.views_publish, user_id=ANA, view=HOME, hash=first["hash"]) == "hash_conflict"


@pytest.mark.parametrize(
    ("user", "view", "error"), [("UNOBODY01", HOME, "user_not_found"), (ANA, modal(), "invalid_arguments")]
)
def test_home_tab_needs_a_person_and_a_home_view(slack: WebClient, user: str, view: Any, error: str) -> None:
    assert refused(slack.views_publish, user_id=user, view=view) == error
