"""Slack is slow, busy, away or silent: what is owed is shown in the end, and once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.model import Status
from cases.policy.page import Delivery
from sandbox.api.faults import Fault
from store import messages, tables
from tests.stories.stage import POLICY, Stage, payload

SECOND = timedelta(seconds=1)


@dataclass
class OfKind(Fault):
    """A fault of chat.postMessage that hits messages of one kind only: "card", "draft" …"""

    of: str = ""

    def hits(self, method: str, arguments: dict[str, object]) -> bool:
        return super().hits(method, arguments) and self.of in str(arguments.get("metadata"))


def loses(stage: Stage, kind: str, how: str) -> None:
    stage.practice.faults.arm(OfKind(how, "chat.postMessage", status=0, of=kind))


def brought_about(stage: Stage, kind: str) -> None:
    """A complaint arrives, and time passes until a message of this kind is due."""
    stage.receives()
    if kind == "nudge":
        stage.jump(timedelta(minutes=15))
    elif kind == "digest":
        stage.jump(timedelta(hours=23))


def owed(stage: Stage) -> dict[str, int]:
    return stage.world.store.read(messages.counts)


def shown(stage: Stage, kind: str) -> int:
    return len(stage.practice.messages(kind))


# Busy


def test_busy_slack_is_left_alone_and_told_later(stage: Stage) -> None:
    faults = stage.practice.faults
    faults.rate_limit("chat.postMessage", retry_after=30)
    stage.receives()
    stage.pass_time(seconds=29, step=SECOND)
    assert (faults.count("chat.postMessage"), shown(stage, "card")) == (1, 0)
    stage.pass_time(seconds=2, step=SECOND)
    assert (shown(stage, "card"), shown(stage, "draft")) == (1, 1)


def test_pause_for_a_channel_holds_all_of_it(stage: Stage) -> None:
    faults = stage.practice.faults
    faults.rate_limit("chat.postMessage", retry_after=30)
    stage.receives()
    stage.receives(external_id="f-2")
    stage.restart()
    assert faults.count("chat.postMessage") == 1
    stage.pass_time(minutes=2)
    assert shown(stage, "card") == 2


def test_several_changes_in_a_row_are_one_edit(stage: Stage) -> None:
    stage.receives()
    ana, faults = stage.person("ana"), stage.practice.faults
    faults.rate_limit("chat.update", retry_after=20)
    for text in ("claim 1", "snooze 1 2h", "give 1 @ben", "release 1", "claim 1"):
        ana.command("/case", text)
    before = faults.count("chat.update")
    stage.pass_time(seconds=30)
    edits = [call for call in faults.made("chat.update")[before:] if call.arguments["ts"] == stage.card().ts]
    assert len(edits) == 1
    assert payload(stage.card())["status"] == stage.case().status


def test_channel_keeps_pace_of_one_a_second(stage: Stage) -> None:
    paced = Delivery.model_validate({"per_channel": "1s"})
    stage.restart(policy=POLICY.model_copy(update={"delivery": paced}))
    for number in range(3):
        stage.receives(external_id=f"f-{number}")
    assert shown(stage, "card") == 1
    stage.pass_time(seconds=1)
    assert shown(stage, "card") == 2  # cards first; the drafts in their threads can wait
    stage.pass_time(seconds=10, step=SECOND)
    assert (shown(stage, "card"), shown(stage, "draft")) == (3, 3)


def test_person_with_whom_slack_opens_no_conversation_is_given_up(stage: Stage) -> None:
    faults = stage.practice.faults
    faults.refuse("conversations.open", "user_disabled", count=100)
    stage.receives()
    stage.person("ana").click(stage.card(), "claim")
    stage.jump(timedelta(hours=1))
    asked = faults.count("conversations.open")
    assert asked > 0
    assert owed(stage)["owed"] == 0
    stage.pass_time(minutes=20)
    assert faults.count("conversations.open") == asked


@pytest.mark.parametrize("who", ["a bot", "one whom Slack does not show"])
def test_answer_that_slack_shows_to_nobody_is_no_trouble(stage: Stage, who: str) -> None:
    """Whoever may do nothing here hears why; where it is a workflow that reacted, nobody is there to hear it."""
    stage.practice.faults.refuse("chat.postEphemeral", "user_not_in_channel")
    stage.practice.faults.refuse("conversations.open", {"a bot": "cannot_dm_bot"}.get(who, "user_not_visible"))
    stage.receives()
    stage.person("max").react(stage.card(), "eyes")
    stage.pass_time(minutes=5)
    assert owed(stage) == {"owed": 0, "dead": 0}
    assert stage.world.store.read(lambda tx: messages.given_up(tx, stage.world.now())) == []


# Silent


@pytest.mark.few(1)
@pytest.mark.parametrize("kind", ["card", "draft", "nudge", "digest"])
def test_message_whose_answer_was_lost_is_adopted(stage: Stage, kind: str) -> None:
    loses(stage, kind, "drop_after")
    brought_about(stage, kind)
    assert shown(stage, kind) == 1
    stage.pass_time(seconds=59, step=timedelta(seconds=20))
    assert owed(stage)["owed"] > 0  # the lease is waited out before anybody looks
    stage.pass_time(minutes=2, step=SECOND * 30)
    assert shown(stage, kind) == 1
    assert owed(stage) == {"owed": 0, "dead": 0}


@pytest.mark.few(1)
@pytest.mark.parametrize("kind", ["card", "draft", "nudge", "digest"])
def test_message_that_never_landed_is_posted_again(stage: Stage, kind: str) -> None:
    loses(stage, kind, "drop_before")
    brought_about(stage, kind)
    stage.pass_time(seconds=59, step=timedelta(seconds=20))
    assert shown(stage, kind) == 0
    stage.pass_time(minutes=2, step=SECOND * 30)
    assert shown(stage, kind) == 1
    assert owed(stage) == {"owed": 0, "dead": 0}


def test_server_error_may_have_landed_so_it_waits(stage: Stage) -> None:
    stage.practice.faults.http_error("chat.postMessage", status=500)
    stage.receives()
    assert shown(stage, "card") == 0
    stage.pass_time(minutes=2)
    assert shown(stage, "card") == 1


def test_adopted_card_is_brought_up_to_date(stage: Stage) -> None:
    loses(stage, "card", "drop_after")
    stage.receives()
    stage.person("ben").command("/case", "claim 1")
    assert payload(stage.card())["status"] == "unclaimed"
    stage.pass_time(minutes=2)
    assert payload(stage.card())["status"] == "claimed"


def test_process_that_died_after_posting_posts_once(stage: Stage) -> None:
    loses(stage, "card", "drop_after")
    stage.receives()
    stage.is_down(minutes=5)
    assert (shown(stage, "card"), shown(stage, "draft")) == (1, 1)


def test_lost_edit_is_simply_made_again(stage: Stage) -> None:
    stage.receives()
    stage.practice.faults.drop_before("chat.update")
    stage.person("ana").command("/case", "claim 1")
    stage.pass_time(minutes=1, step=SECOND * 10)
    assert payload(stage.card())["status"] == "claimed"


# Away, refusing, deleted


def test_slack_away_loses_no_case_at_all(stage: Stage) -> None:
    stage.practice.faults.away()
    answers = [stage.receives(external_id=f"f-{number}") for number in range(3)]
    assert [answer.status for answer in answers] == [201, 201, 201]
    stage.pass_time(minutes=10)
    assert shown(stage, "card") == 0
    stage.practice.faults.back()
    stage.pass_time(minutes=10)
    assert [payload(card)["case"] for card in stage.practice.messages("card")] == [1, 2, 3]
    assert shown(stage, "draft") == 3


def test_message_refused_for_good_is_buried_by_name(stage: Stage) -> None:
    stage.practice.faults.refuse("chat.postMessage", "invalid_blocks")
    stage.receives()
    stage.pass_time(minutes=10)
    buried = select(tables.messages.c.kind, tables.messages.c.dead).where(tables.messages.c.dead.is_not(None))
    assert stage.world.store.read(lambda tx: tx.execute(buried).all()) == [("card", "invalid_blocks")]
    tried = [call for call in stage.practice.faults.made("chat.postMessage") if "'card'" in repr(call.arguments)]
    assert len(tried) == 1


@pytest.mark.parametrize("word", ["org_login_required", "restricted_action", "a_word_of_2031"])
def test_refusal_that_passes_delays_a_case_and_loses_nothing(stage: Stage, word: str) -> None:
    stage.practice.faults.refuse("chat.postMessage", word)
    stage.receives()
    assert shown(stage, "card") == 0
    stage.pass_time(minutes=1, step=SECOND * 10)
    draft = stage.draft()  # in the thread of its card
    assert (shown(stage, "card"), draft.thread_ts) == (1, stage.card().ts)
    assert owed(stage) == {"owed": 0, "dead": 0}


def test_one_poisoned_message_holds_up_no_other(stage: Stage) -> None:
    stage.practice.faults.refuse("chat.postMessage", "invalid_blocks")
    stage.receives()
    stage.receives(external_id="f-2")
    assert [payload(card)["case"] for card in stage.practice.messages("card")] == [2]


def test_bot_not_yet_invited_waits_for_it(stage: Stage) -> None:
    channel = stage.practice.workspace.channels[stage.settings.slack_channel]
    channel.members.remove(stage.practice.workspace.app.user)
    stage.receives()
    assert shown(stage, "card") == 0
    channel.members.add(stage.practice.workspace.app.user)
    stage.pass_time(minutes=10)
    assert shown(stage, "card") == 1


def test_deleted_card_is_posted_anew_when_needed(stage: Stage) -> None:
    stage.receives()
    first = stage.card()
    first.deleted = True
    stage.person("ana").command("/case", "claim 1")
    assert stage.card().ts != first.ts
    assert payload(stage.card())["owner"] == stage.person("ana").id
    stage.person("ana").react(stage.card(), "wave")
    assert stage.case().status is Status.UNCLAIMED


@pytest.mark.parametrize("word", ["cant_update_message", "edit_window_closed"])
def test_card_that_can_no_longer_be_edited_does_not_stand_twice(stage: Stage, word: str) -> None:
    stage.receives()
    stage.practice.faults.refuse("chat.update", word)
    stage.person("ana").click(stage.card(), "claim")
    stage.pass_time(minutes=1)
    assert payload(stage.card())["owner"] == stage.person("ana").id  # of one card


@pytest.mark.few(1)
@pytest.mark.parametrize("deleted", [True, False], ids=["deleted", "of an earlier installation"])
def test_draft_that_cannot_be_edited_is_posted_anew(stage: Stage, deleted: bool) -> None:
    stage.receives()
    stage.person("ana").click(stage.card(), "claim")
    first = stage.draft()
    if deleted:
        first.deleted = True
        stage.person("ben").command("/case", "takeover 1 I know them")  # whoever has a case signs its letter
    else:
        stage.practice.faults.refuse("chat.update", "cant_update_message")
        stage.person("ana").click(first, "drop_draft")
    stage.pass_time(minutes=1)
    drafts = [m for m in stage.practice.thread(stage.card()) if m.kind == "draft" and m.ts != first.ts]
    assert len(drafts) == 1
