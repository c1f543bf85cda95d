"""The Web API, through a real slack_sdk client over HTTP."""

from __future__ import annotations

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.demo.cast import ANA, APP_TOKEN, BEN, BOT_ID, BOT_TOKEN, BOT_USER, CARE, GENERAL
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Channel, Message

METADATA = {"event_type": "amends_message", "event_payload": {"message": 1, "case": 12, "kind": "card"}}
SECTION = [{"type": "section", "text": {"type": "mrkdwn", "text": "Words"}}]


def refused(call: Any, **arguments: Any) -> str:
    """The error name with which Slack refuses this call."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


# Tokens and scopes


def test_the_bot_token_says_who_the_bot_is(slack: WebClient) -> None:
    answer = slack.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == (BOT_USER, BOT_ID, "T0PRACTICE")


def test_granted_scopes_are_told_in_a_header(slack: WebClient) -> None:
    assert "chat:write" in str(slack.auth_test().headers["x-oauth-scopes"]).split(",")


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-other", "invalid_auth"), ("", "not_authed"), (APP_TOKEN, "not_allowed_token_type")]
)
def test_calls_without_the_right_token_are_refused(practice: PracticeWorkspace, token: str, error: str) -> None:
    client = WebClient(token=token, base_url=practice.slack_api_url, retry_handlers=[])
    assert refused(client.auth_test) == error


def test_token_may_also_stand_in_the_body(practice: PracticeWorkspace) -> None:
    answer = httpx2.post(practice.slack_api_url + "auth.test", data={"token": BOT_TOKEN}, trust_env=False)
    assert answer.json()["ok"] is True


def test_missing_scope_names_needed_and_provided_scopes(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.workspace.app.scopes.discard("chat:write")
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel=CARE, text="x")
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write")
    assert "users:read" in answer["provided"].split(",")


def test_direct_history_needs_the_scope_for_direct_messages(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.workspace.app.scopes.discard("im:history")
    direct = slack.conversations_open(users=ANA)["channel"]["id"]
    assert refused(slack.conversations_history, channel=direct) == "missing_scope"


def test_unknown_method_is_refused_by_its_name(slack: WebClient) -> None:
    assert refused(slack.api_call, api_method="chat.shout") == "unknown_method"


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
def test_bodies_that_are_no_json_object_are_refused(practice: PracticeWorkspace, body: bytes, error: str) -> None:
    headers = {"content-type": "application/json", "authorization": f"Bearer {BOT_TOKEN}"}
    answer = httpx2.post(practice.slack_api_url + "auth.test", content=body, headers=headers, trust_env=False)
    assert answer.json() == {"ok": False, "error": error}


# Posting


def test_posted_message_stands_in_the_channel(practice: PracticeWorkspace, slack: WebClient) -> None:
    answer = slack.chat_postMessage(channel=CARE, text="Hello", blocks=SECTION, metadata=METADATA)
    [message] = practice.channel("care").messages()
    assert (answer["channel"], answer["ts"]) == (CARE, message.ts)
    assert (message.text, message.user, message.kind) == ("Hello", BOT_USER, "card")


def test_answer_shows_the_message_as_a_bots(slack: WebClient) -> None:
    shown = slack.chat_postMessage(channel=CARE, text="Hello", blocks=SECTION)["message"]
    assert (shown["bot_id"], shown["user"], shown["type"]) == (BOT_ID, BOT_USER, "message")
    assert shown["blocks"][0]["block_id"]


@pytest.mark.parametrize("name", ["#care", "care", CARE])
def test_channel_may_be_given_by_id_or_name(slack: WebClient, name: str) -> None:
    assert slack.chat_postMessage(channel=name, text="x")["channel"] == CARE


def test_posting_to_a_person_opens_their_direct_conversation(practice: PracticeWorkspace, slack: WebClient) -> None:
    channel = slack.chat_postMessage(channel=ANA, text="For you")["channel"]
    assert practice.workspace.channels[channel].im_with == ANA
    assert [message.text for message in practice.dms("ana")] == ["For you"]


def test_timestamps_are_unique_rising_and_of_practice_time(slack: WebClient) -> None:
    stamps = [slack.chat_postMessage(channel=CARE, text="x")["ts"] for _ in range(3)]
    assert stamps == ["1767603600.000100", "1767603600.000200", "1767603600.000300"]


def test_form_encoded_post_is_understood_like_json(practice: PracticeWorkspace) -> None:
    form = {"token": BOT_TOKEN, "channel": CARE, "text": "By form", "blocks": json.dumps(SECTION)}
    assert httpx2.post(practice.slack_api_url + "chat.postMessage", data=form, trust_env=False).json()["ok"]
    assert practice.channel("care").last().blocks[0]["text"]["text"] == "Words"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "CNOWHERE1", "text": "x"}, "channel_not_found"),
        ({"channel": "", "text": "x"}, "channel_not_found"),
        ({"channel": GENERAL, "text": "x"}, "not_in_channel"),
        ({"channel": CARE, "text": "  "}, "no_text"),
        ({"channel": CARE, "text": "x", "thread_ts": "1.000100"}, "thread_not_found"),
        ({"channel": CARE, "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"channel": CARE, "text": "x", "metadata": {"event_payload": {}}}, "invalid_metadata_format"),
        ({"channel": CARE, "text": "x", "blocks": [{"type": "poem"}]}, "invalid_blocks"),
        ({"channel": CARE, "text": "x", "blocks": "{not json"}, "invalid_arguments"),
        ({"channel": CARE, "markdown_text": "x" * 12_001}, "msg_too_long"),
        (
            {
                "channel": CARE,
                "text": "x",
                "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2900}}] * 5,
            },
            "msg_blocks_too_long",
        ),
    ],
)
def test_unfit_posts_are_refused_by_slacks_names(slack: WebClient, arguments: Any, error: str) -> None:
    assert refused(slack.api_call, api_method="chat.postMessage", json=arguments) == error


def test_metadata_over_eight_kilobytes_is_too_large(slack: WebClient) -> None:
    metadata = {"event_type": "a", "event_payload": {"x": "y" * 8200}}
    assert refused(slack.chat_postMessage, channel=CARE, text="x", metadata=metadata) == "metadata_too_large"


def test_refused_blocks_are_named_by_json_pointer(slack: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel=CARE, text="x", blocks=[*SECTION, {"type": "header"}])
    [problem] = caught.value.response["response_metadata"]["messages"]
    assert "missing required field: text" in problem
    assert "[json-pointer:/blocks/1]" in problem


def test_text_over_forty_thousand_characters_is_cut(practice: PracticeWorkspace, slack: WebClient) -> None:
    slack.chat_postMessage(channel=CARE, text="x" * 40_001)
    assert len(practice.channel("care").last().text) == 40_000


def test_archived_channel_takes_no_more_messages(practice: PracticeWorkspace, slack: WebClient) -> None:
    stands = slack.chat_postMessage(channel=CARE, text="x")["ts"]
    practice.workspace.channels[CARE].archived = True
    assert refused(slack.chat_postMessage, channel=CARE, text="x") == "is_archived"
    assert refused(slack.chat_postEphemeral, channel=CARE, user=ANA, text="x") == "is_archived"
    assert refused(slack.chat_update, channel=CARE, ts=stands, text="y") == "is_inactive"


def test_private_channel_without_the_bot_does_not_exist(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.workspace.channels["CSECRET01"] = Channel("CSECRET01", "secret", {ANA}, is_private=True)
    assert refused(slack.chat_postMessage, channel="CSECRET01", text="x") == "channel_not_found"
    assert refused(slack.conversations_info, channel="CSECRET01") == "channel_not_found"


def test_public_scope_posts_where_the_bot_is_no_member(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.workspace.app.scopes.add("chat:write.public")
    assert slack.chat_postMessage(channel=GENERAL, text="x")["channel"] == GENERAL


def test_posts_at_the_same_time_never_share_a_timestamp(practice: PracticeWorkspace) -> None:
    def post(number: int) -> str:
        client = WebClient(token=BOT_TOKEN, base_url=practice.slack_api_url, retry_handlers=[])
        return str(client.chat_postMessage(channel=CARE, text=str(number))["ts"])

    with ThreadPoolExecutor(8) as pool:
        stamps = list(pool.map(post, range(40)))
    assert len(set(stamps)) == 40
    told = [message.ts for message in practice.channel("care").messages()]
    assert told == sorted(stamps)


# Threads, ephemerals, links


def test_reply_to_a_reply_joins_the_same_thread(practice: PracticeWorkspace, slack: WebClient, card: Message) -> None:
    first = slack.chat_postMessage(channel=CARE, text="one", thread_ts=card.ts)["ts"]
    slack.chat_postMessage(channel=CARE, text="two", thread_ts=first)
    assert [(reply.text, reply.thread_ts) for reply in practice.thread(card)] == [("one", card.ts), ("two", card.ts)]


def test_reply_to_a_deleted_message_lands_in_the_channel(
    practice: PracticeWorkspace, slack: WebClient, card: Message
) -> None:
    """As Slack does (slack-go/slack issue 1571): ok, and no thread_ts in the answer."""
    threaded = slack.chat_postMessage(channel=CARE, text="one", thread_ts=card.ts)
    assert threaded["message"]["thread_ts"] == card.ts
    card.deleted = True
    answer = slack.chat_postMessage(channel=CARE, text="two", thread_ts=card.ts, reply_broadcast=True)
    assert answer["ok"]
    assert "thread_ts" not in answer["message"]
    assert practice.channel("care").last().text == "two"


def test_ephemeral_is_seen_by_one_person_only(practice: PracticeWorkspace, slack: WebClient) -> None:
    slack.chat_postEphemeral(channel=CARE, user=ANA, text="Just you")
    assert [message.text for message in practice.visible_to("ana", "care")] == ["Just you"]
    assert practice.visible_to("ben", "care") == []


def test_ephemeral_reaches_only_members_of_the_channel(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.workspace.channels[CARE].members.discard(BEN)
    assert refused(slack.chat_postEphemeral, channel=CARE, user=BEN, text="x") == "user_not_in_channel"


def test_ephemeral_can_be_neither_updated_nor_linked(slack: WebClient) -> None:
    ts = slack.chat_postEphemeral(channel=CARE, user=ANA, text="x")["message_ts"]
    assert refused(slack.chat_update, channel=CARE, ts=ts, text="y") == "message_not_found"
    assert refused(slack.chat_getPermalink, channel=CARE, message_ts=ts) == "message_not_found"


def test_permalink_of_a_reply_names_its_thread(slack: WebClient, card: Message) -> None:
    reply = slack.chat_postMessage(channel=CARE, text="x", thread_ts=card.ts)["ts"]
    link = slack.chat_getPermalink(channel=CARE, message_ts=reply)["permalink"]
    assert link.endswith(f"/archives/{CARE}/p{reply.replace('.', '')}?thread_ts={card.ts}&cid={CARE}")


# Updating and deleting


def test_update_without_blocks_removes_the_blocks(slack: WebClient, card: Message) -> None:
    slack.chat_update(channel=CARE, ts=card.ts, text="Only words now")
    assert (card.text, card.blocks) == ("Only words now", [])


def test_update_without_metadata_keeps_the_metadata(slack: WebClient, card: Message) -> None:
    slack.chat_update(channel=CARE, ts=card.ts, text="x")
    assert card.kind == "card"


def test_update_with_metadata_puts_it_in_place(slack: WebClient, card: Message) -> None:
    metadata = {"event_type": "amends_message", "event_payload": {"kind": "digest"}}
    slack.chat_update(channel=CARE, ts=card.ts, text="x", metadata=metadata)
    assert card.kind == "digest"


def test_update_of_blocks_leaves_no_edited_mark(slack: WebClient, card: Message) -> None:
    slack.chat_update(channel=CARE, ts=card.ts, text="x", blocks=SECTION)
    assert card.edited_at is None
    slack.chat_update(channel=CARE, ts=card.ts, text="y")
    assert card.edited_at is not None


def test_refused_update_leaves_the_message_as_it_was(slack: WebClient, card: Message) -> None:
    before = list(card.blocks)
    assert refused(slack.chat_update, channel=CARE, ts=card.ts, text="x" * 4001) == "msg_too_long"
    assert refused(slack.chat_update, channel=CARE, ts=card.ts, text="x", blocks=[{"type": "?"}]) == "invalid_blocks"
    assert (card.text, card.blocks) == ("A card", before)


def test_only_own_messages_can_be_changed_or_deleted(practice: PracticeWorkspace, slack: WebClient) -> None:
    said = practice.person("ana").say("care", "Mine")
    assert refused(slack.chat_update, channel=CARE, ts=said.ts, text="x") == "cant_update_message"
    assert refused(slack.chat_delete, channel=CARE, ts=said.ts) == "cant_delete_message"


def test_deleted_message_is_gone_for_everybody(practice: PracticeWorkspace, slack: WebClient, card: Message) -> None:
    slack.chat_delete(channel=CARE, ts=card.ts)
    assert practice.channel("care").messages() == []
    assert refused(slack.chat_update, channel=CARE, ts=card.ts, text="x") == "message_not_found"


# Reading conversations


def test_history_is_newest_first_without_replies_or_ephemerals(slack: WebClient, card: Message) -> None:
    slack.chat_postMessage(channel=CARE, text="in thread", thread_ts=card.ts)
    slack.chat_postMessage(channel=CARE, text="in both", thread_ts=card.ts, reply_broadcast=True)
    slack.chat_postEphemeral(channel=CARE, user=ANA, text="private")
    slack.chat_postMessage(channel=CARE, text="newest")
    assert [m["text"] for m in slack.conversations_history(channel=CARE)["messages"]] == ["newest", "in both", "A card"]


def test_parent_in_history_counts_its_replies(slack: WebClient, card: Message) -> None:
    reply = slack.chat_postMessage(channel=CARE, text="x", thread_ts=card.ts)["ts"]
    [parent] = slack.conversations_history(channel=CARE)["messages"]
    assert (parent["thread_ts"], parent["reply_count"], parent["latest_reply"]) == (card.ts, 1, reply)


def test_metadata_comes_only_when_asked_for(slack: WebClient, card: Message) -> None:
    [without] = slack.conversations_history(channel=CARE)["messages"]
    [included] = slack.conversations_history(channel=CARE, include_all_metadata=True)["messages"]
    assert "metadata" not in without
    assert included["metadata"]["event_payload"] == {"kind": "card", "case": 12}


def test_history_pages_lead_from_one_to_the_next(slack: WebClient) -> None:
    for number in range(5):
        slack.chat_postMessage(channel=CARE, text=str(number))
    pages = [[m["text"] for m in page["messages"]] for page in slack.conversations_history(channel=CARE, limit=4)]
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


@pytest.mark.parametrize(
    ("borders", "found"),
    [
        ({"oldest": 1}, ["3", "2"]),
        ({"oldest": 1, "inclusive": True}, ["3", "2", "1"]),
        ({"latest": 2}, ["1", "0"]),
        ({"latest": 2, "inclusive": True}, ["2", "1", "0"]),
        ({"oldest": 1, "latest": 2, "inclusive": True}, ["2", "1"]),
        ({"oldest": 1, "latest": 2}, []),
    ],
)
def test_history_keeps_to_its_borders(slack: WebClient, borders: dict[str, Any], found: list[str]) -> None:
    stamps = [slack.chat_postMessage(channel=CARE, text=str(number))["ts"] for number in range(4)]
    asked = {name: stamps[at] if name != "inclusive" else at for name, at in borders.items()}
    assert [m["text"] for m in slack.conversations_history(channel=CARE, **asked)["messages"]] == found


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"cursor": "?"}, "invalid_cursor"),
        ({"limit": 2000}, "invalid_limit"),
        ({"oldest": "noon"}, "invalid_ts_oldest"),
    ],
)
def test_unreadable_borders_of_history_are_refused(slack: WebClient, arguments: Any, error: str) -> None:
    assert refused(slack.conversations_history, channel=CARE, **arguments) == error


def test_history_of_a_channel_without_the_bot_is_refused(slack: WebClient) -> None:
    assert refused(slack.conversations_history, channel=GENERAL) == "not_in_channel"


def test_replies_start_with_the_parent_and_carry_metadata(slack: WebClient, card: Message) -> None:
    slack.chat_postMessage(channel=CARE, text="draft", thread_ts=card.ts, metadata=METADATA)
    parent, reply = slack.conversations_replies(channel=CARE, ts=card.ts, include_all_metadata=True)["messages"]
    assert (parent["ts"], reply["text"], reply["parent_user_id"]) == (card.ts, "draft", BOT_USER)
    assert reply["metadata"]["event_type"] == "amends_message"


def test_replies_to_nothing_are_no_thread(slack: WebClient) -> None:
    assert refused(slack.conversations_replies, channel=CARE, ts="1.000100") == "thread_not_found"


def test_listing_shows_channels_and_whether_the_bot_is_in(slack: WebClient) -> None:
    channels = slack.conversations_list()["channels"]
    assert {channel["name"]: channel["is_member"] for channel in channels} == {"care": True, "general": False}


def test_listing_private_and_archived_goes_by_arguments(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.workspace.channels["CTEAM0001"] = Channel("CTEAM0001", "team", {ANA, BOT_USER}, is_private=True)
    practice.workspace.channels[GENERAL].archived = True
    answer = slack.conversations_list(types="public_channel,private_channel", exclude_archived=True)
    assert [channel["name"] for channel in answer["channels"]] == ["care", "team"]
    assert refused(slack.conversations_list, types="rooms") == "invalid_types"


def test_info_and_members_know_who_is_in(slack: WebClient) -> None:
    assert slack.conversations_info(channel=CARE)["channel"]["num_members"] == 5
    assert BOT_USER in slack.conversations_members(channel=CARE)["members"]


def test_opening_twice_gives_the_same_conversation(slack: WebClient) -> None:
    first = slack.conversations_open(users=ANA)["channel"]["id"]
    assert slack.conversations_open(users=[ANA], return_im=True)["channel"]["user"] == ANA
    assert slack.conversations_open(users=ANA)["channel"]["id"] == first
    assert refused(slack.conversations_open, users="UNOBODY01") == "user_not_found"


# People


def test_person_comes_with_time_zone_and_address(slack: WebClient) -> None:
    user = slack.users_info(user=ANA)["user"]
    assert (user["tz"], user["tz_offset"], user["profile"]["email"]) == ("Europe/Berlin", 3600, "ana@example.org")
    assert refused(slack.users_info, user="UNOBODY01") == "user_not_found"


def test_address_is_hidden_without_its_scope(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.workspace.app.scopes.discard("users:read.email")
    assert "email" not in slack.users_info(user=ANA)["user"]["profile"]
    assert refused(slack.users_lookupByEmail, email="ana@example.org") == "missing_scope"


def test_people_are_listed_and_found_by_address(slack: WebClient) -> None:
    assert {user["name"] for user in slack.users_list()["members"]} >= {"ana", "ben", "lea", "max", "amends"}
    assert slack.users_lookupByEmail(email="Ana@example.org")["user"]["id"] == ANA
    assert refused(slack.users_lookupByEmail, email="no@example.org") == "users_not_found"


def test_groups_are_listed_with_their_people(slack: WebClient) -> None:
    [group] = slack.usergroups_list(include_users=True, include_count=True)["usergroups"]
    assert (group["id"], group["handle"], group["user_count"]) == ("SCARE0001", "care-team", 3)
    assert slack.usergroups_users_list(usergroup=group["id"])["users"] == group["users"]
    assert refused(slack.usergroups_users_list, usergroup="SNONE") == "no_such_subteam"


def test_bot_can_be_asked_about_itself(slack: WebClient) -> None:
    assert slack.bots_info(bot=BOT_ID)["bot"]["user_id"] == BOT_USER
    assert refused(slack.bots_info, bot="BNONE") == "bot_not_found"


def test_groups_come_without_their_people_unless_asked(practice: PracticeWorkspace, slack: WebClient) -> None:
    [group] = slack.usergroups_list()["usergroups"]
    assert not {"users", "user_count"} & group.keys()
    practice.workspace.app.scopes.discard("usergroups:read")
    assert refused(slack.usergroups_list) == "missing_scope"


# Reactions


def test_reaction_is_added_once_and_taken_back_once(slack: WebClient, card: Message) -> None:
    where = {"channel": CARE, "timestamp": card.ts, "name": "eyes"}
    slack.reactions_add(**where)
    assert card.reactions == {"eyes": [BOT_USER]}
    assert refused(slack.reactions_add, **where) == "already_reacted"
    slack.reactions_remove(**where)
    assert refused(slack.reactions_remove, **where) == "no_reaction"


def test_reactions_are_counted_by_emoji(practice: PracticeWorkspace, slack: WebClient, card: Message) -> None:
    practice.person("ana").react(card, "eyes")
    practice.person("ben").react(card, "eyes")
    [eyes] = slack.reactions_get(channel=CARE, timestamp=card.ts)["message"]["reactions"]
    assert eyes == {"name": "eyes", "users": [ANA, BEN], "count": 2}


@pytest.mark.parametrize(
    ("name", "ts", "error"), [("no such!", None, "invalid_name"), ("eyes", "1.000100", "message_not_found")]
)
def test_reactions_to_nothing_or_with_nothing_are_refused(
    slack: WebClient, card: Message, name: str, ts: str | None, error: str
) -> None:
    assert refused(slack.reactions_add, channel=CARE, timestamp=ts or card.ts, name=name) == error


# Speed


@pytest.mark.long
def test_no_answer_waits_for_a_timer(slack: WebClient) -> None:
    def waited() -> float:
        """The seconds in which neither side had anything to do."""
        began, busy = time.perf_counter(), time.process_time()
        slack.chat_postMessage(channel=CARE, text="x")
        return time.perf_counter() - began - (time.process_time() - busy)

    # The quickest: other work on the machine makes some of them slow. An answer that waits for a timer waits 40 ms.
    assert min(waited() for _ in range(100)) < 0.025


def test_caller_that_hangs_up_is_no_fault(
    practice: PracticeWorkspace, slack: WebClient, caplog: pytest.LogCaptureFixture
) -> None:
    """A bot that is killed while it asks for something: what it had not finished has no effect."""
    host, port = practice.base_url.removeprefix("http://").split(":")
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        with socket.create_connection((host, int(port))) as line:
            head = (
                f"POST /api/chat.postMessage HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: 99\r\n\r\n"
            )
            line.sendall(head.encode() + b"{")
            line.shutdown(socket.SHUT_WR)
            line.recv(1000)
    assert slack.auth_test()["ok"]
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert practice.faults.count("chat.postMessage") == 0


def test_method_that_takes_forms_alone_reads_nothing_of_json(slack: WebClient) -> None:
    assert refused(slack.api_call, api_method="users.info", json={"user": ANA}) == "user_not_found"
    assert slack.api_call("users.info", data={"user": ANA})["ok"]


def test_history_gives_no_more_than_999_at_once(slack: WebClient) -> None:
    assert refused(slack.conversations_history, channel=CARE, limit=1000) == "invalid_limit"
    assert slack.conversations_history(channel=CARE, limit=999)["ok"]
