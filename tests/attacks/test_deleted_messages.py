"""Messages that are deleted in Slack: what is needed comes back, and nothing of a case is said outside its thread."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest

from handlers.overdue import overdue
from sandbox.api.faults import ApiCall
from sandbox.demo import cast
from sandbox.people.reading import plain
from sandbox.workspace import Message
from tests.stories.stage import Stage, buttons, payload
from tests.stories.test_delivering import OfKind

MINUTE = timedelta(minutes=1)


def in_channel(stage: Stage) -> list[str | None]:
    """The kinds of what was ever said in the channel outside a thread, whether it was taken back or not; broadcasts are in one."""
    said = stage.practice.workspace.channels[cast.CARE].messages
    return [m.kind for m in said if m.user == cast.BOT_USER and m.thread_ts is None and m.ephemeral_to is None]


def standing(stage: Stage, kind: str) -> list[Message]:
    return [m for m in stage.practice.messages(kind) if not m.deleted]


def silently(message: Message) -> None:
    """As when Slack's event is lost, or was sent while we were down."""
    message.deleted = True


@pytest.mark.long
def test_deleted_card_comes_back_at_once_with_its_thread(stage: Stage) -> None:
    """reports F3 c: a card with replies, of which Slack says that a tombstone stands in its place."""
    stage.receives()
    stage.jump(15 * MINUTE)
    first, draft = stage.card(), stage.draft()
    assert stage.told(stage.nudges()[0]) == "thread"
    stage.person("lea").remove(first)
    (card,) = standing(stage, "card")
    assert card.ts != first.ts
    assert sorted(str(m.kind) for m in stage.practice.thread(card)) == ["draft", "nudge"]
    assert draft.deleted
    assert len(standing(stage, "draft")) == 1


def test_deleted_card_without_replies_comes_back_at_once(stage: Stage) -> None:
    """reports F3 c: message_deleted."""
    stage.practice.faults.refuse("chat.getPermalink", "fatal_error", count=3)  # its draft is not there yet
    stage.receives()
    stage.person("lea").remove(stage.card())
    assert len(standing(stage, "card")) == 1
    stage.pass_time(minutes=1, step=timedelta(seconds=5))
    assert stage.draft().thread_ts == stage.card().ts


@pytest.mark.long
def test_card_deleted_again_and_again_comes_back(stage: Stage) -> None:
    """reports F3 c"""
    stage.receives()
    for _ in range(3):
        stage.person("lea").remove(stage.card())
    assert stage.draft().thread_ts == stage.card().ts
    assert in_channel(stage) == ["card"] * 4


@pytest.mark.parametrize("how", ["note", "nudge", "draft"])
def test_reply_waits_for_its_card_that_nobody_told_us_is_gone(stage: Stage, how: str) -> None:
    """reports F3 c: what is owed to a thread meets its deleted card first; no event of it has come."""
    owing: dict[str, Callable[[], object]] = {
        "note": lambda: stage.person("ana").command("/case", "note 1 called, engaged"),
        "nudge": lambda: stage.jump(15 * MINUTE),
        "draft": lambda: stage.person("ana").command("/case", "claim 1"),  # who owns a case signs its reply
    }
    stage.receives()
    first = stage.card()
    silently(first)
    silently(stage.practice.messages("draft")[0])
    owing[how]()
    (card,) = standing(stage, "card")
    assert [m.kind for m in stage.practice.thread(card)].count(how) == 1
    assert in_channel(stage) == ["card", "card"]


def test_reply_that_slack_has_put_into_the_channel_is_taken_back(stage: Stage) -> None:
    """reports F3 c: the card is deleted between our look at it and the post below it."""
    stage.receives()
    first = stage.card()

    def delete(call: ApiCall) -> None:
        if call.method == "chat.getPermalink":
            first.deleted = True

    stage.practice.faults.on_call.append(delete)
    stage.jump(15 * MINUTE)
    (card,) = standing(stage, "card")
    assert sorted(str(m.kind) for m in stage.practice.thread(card)) == ["draft", "nudge"]
    told = stage.practice.workspace.channels[cast.CARE].messages
    assert [m.kind for m in told if m.thread_ts is None and not m.deleted and m.user == cast.BOT_USER] == ["card"]


def test_reply_of_unknown_fate_is_taken_back_from_the_channel(stage: Stage) -> None:
    """reports F3 c: the answer that would have told us is lost as well."""
    stage.receives()
    first = stage.card()

    def delete(call: ApiCall) -> None:
        if call.method == "chat.getPermalink" and not first.deleted:
            first.deleted = True
            stage.practice.faults.drop_after("chat.postMessage")

    stage.practice.faults.on_call.append(delete)
    stage.jump(15 * MINUTE)
    stage.pass_time(minutes=5)
    (card,) = standing(stage, "card")
    assert sorted(str(m.kind) for m in stage.practice.thread(card)) == ["draft", "nudge"]
    told = stage.practice.workspace.channels[cast.CARE].messages
    assert [m.kind for m in told if m.thread_ts is None and not m.deleted and m.user == cast.BOT_USER] == ["card"]


@pytest.mark.long
def test_closed_card_that_somebody_tidies_away_stays_away(stage: Stage) -> None:
    """An end of F3: nobody needs it, until the customer does."""
    stage.receives()
    ana = stage.person("ana")
    ana.command("/case", "dismiss 1")
    stage.person("lea").remove(stage.card())
    stage.pass_time(hours=2)
    assert standing(stage, "card") == []
    ana.command("/case", "note 1 seen again")
    assert "seen again" in " ".join(stage.in_thread())
    stage.person("lea").remove(stage.card())
    ana.command("/case", "reopen 1")
    assert payload(stage.card())["status"] == "unclaimed"


@pytest.mark.long
def test_nudge_that_is_deleted_comes_back_while_it_applies(stage: Stage) -> None:
    """reports F3: whatever is gone and still needed, whatever its kind."""
    stage.receives()
    stage.jump(15 * MINUTE)
    stage.person("lea").remove(stage.nudges()[0])
    (nudge,) = standing(stage, "nudge")
    assert buttons(nudge)
    stage.person("ana").click(stage.card(), "claim")
    stage.person("lea").remove(nudge)
    assert standing(stage, "nudge") == []


def test_digest_that_is_deleted_comes_back_on_its_day(stage: Stage) -> None:
    """reports F3: whatever is gone and still needed, whatever its kind."""
    stage.receives()
    stage.jump(timedelta(hours=23))
    stage.person("lea").remove(stage.digests()[-1])
    assert len(standing(stage, "digest")) == 1


def test_note_that_somebody_takes_away_stays_away(stage: Stage) -> None:
    """A word that should not have been said is not said again."""
    stage.receives()
    stage.person("ana").command("/case", "note 1 her card is 4111")
    (note,) = standing(stage, "note")
    stage.person("lea").remove(note)
    stage.person("lea").remove(stage.card())
    assert standing(stage, "note") == []


def test_message_of_others_that_is_deleted_means_nothing(stage: Stage) -> None:
    stage.receives()
    said = stage.person("ana").say("care", "good morning")
    stage.person("ana").delete(said)
    assert in_channel(stage) == ["card"]


@pytest.mark.parametrize("kind", ["card", "nudge", "note", "draft"])
def test_message_of_any_kind_that_is_given_up_is_reported(stage: Stage, kind: str) -> None:
    """reports F3: /readyz and the audit looked at cards alone."""
    stage.practice.faults.arm(
        OfKind("refuse", "chat.postMessage", 99, status=200, error="invalid_blocks", of=f"'{kind}'")
    )
    stage.receives()
    stage.person("ana").command("/case", "note 1 engaged")
    stage.jump(15 * MINUTE)
    given_up = [problem for problem in overdue(stage.world) if "cannot be shown" in problem]
    assert given_up == [f"the {kind} of case 1 cannot be shown, Slack says invalid_blocks"]


def test_message_that_was_given_up_is_tried_again_when_it_is_wanted(stage: Stage) -> None:
    """reports F3: a buried row is woken; the fault may have been in what it said."""
    stage.practice.faults.refuse("chat.postMessage", "invalid_blocks")
    stage.receives()
    assert standing(stage, "card") == []
    stage.person("ana").command("/case", "claim 1")
    assert payload(stage.card())["owner"] == cast.ANA
    assert overdue(stage.world) == []
    assert "never arrived" in plain(stage.card())


def test_reply_that_nobody_needs_any_more_is_let_go_with_its_card(stage: Stage) -> None:
    """Its fate is unknown, its card is deleted, and the case is claimed meanwhile."""
    stage.receives()
    stage.practice.faults.arm(OfKind("drop_before", "chat.postMessage", status=0, of="'nudge'"))
    stage.jump(15 * MINUTE)
    silently(stage.card())
    stage.person("ana").command("/case", "claim 1")
    stage.pass_time(minutes=5)
    assert overdue(stage.world) == []
    assert standing(stage, "nudge") == []


@pytest.mark.long
def test_passing_refusal_is_tried_again_within_seconds_then_ever_slower(stage: Stage) -> None:
    """reports F3: first within a minute, whatever the word."""
    faults = stage.practice.faults
    faults.refuse("chat.postMessage", "channel_is_limited_access", count=100)
    stage.receives()
    stage.pass_time(hours=1, step=timedelta(seconds=1))
    at = [call.at for call in faults.made("chat.postMessage") if "'card'" in str(call.arguments["metadata"])]
    waits = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(at)]
    assert waits[0] <= 5
    assert sum(waits[:5]) <= 60
    assert waits == sorted(waits)
    assert max(waits) == 300
