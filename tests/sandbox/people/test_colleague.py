"""What a colleague does, and what the bot and everybody else then see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from sandbox.api.views import TROUBLE
from sandbox.demo.cast import ANA, BEN, BOT_USER, CARE
from sandbox.lines.requests import INTERACTION
from sandbox.people.colleague import Colleague
from sandbox.people.forms import NotThere
from sandbox.server import PracticeWorkspace
from sandbox.workspace import SLACKBOT, Channel, Message
from tests.sandbox.conftest import ScriptedBot


@pytest.fixture
def ana(practice: PracticeWorkspace) -> Colleague:
    return practice.person("ana")


def plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def asking(name: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": f"{name}_block",
        "label": plain(name),
        "element": element | {"action_id": name},
        **more,
    }


CHOICES = [{"text": plain("Won back"), "value": "won_back"}, {"text": plain("Lost"), "value": "lost"}]
FORM = {
    "type": "modal",
    "callback_id": "close",
    "private_metadata": "12",
    "title": plain("Close the case"),
    "submit": plain("Close"),
    "blocks": [
        asking("outcome", {"type": "static_select", "options": CHOICES}),
        asking("lesson", {"type": "plain_text_input", "min_length": 3, "max_length": 20}),
        asking("owner", {"type": "users_select", "initial_user": BEN}, optional=True),
        asking("tags", {"type": "checkboxes", "options": CHOICES}, optional=True),
        asking("due", {"type": "datetimepicker"}, optional=True),
        asking(
            "amount",
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "99"},
            optional=True,
        ),
        asking("mail", {"type": "email_text_input"}, optional=True),
    ],
}
FILLED = {"outcome": "Won back", "lesson": "Call back"}


@pytest.fixture
def form(practice: PracticeWorkspace, slack: WebClient, bot: ScriptedBot) -> ScriptedBot:
    """ana has the form before her."""
    slack.views_open(trigger_id=practice.triggers.issue(ANA), view=FORM)
    return bot


def submitted(bot: ScriptedBot) -> dict[str, Any]:
    """The values of the last form sent off, action id -> value."""
    values = bot.heard_of("view_submission")[-1]["view"]["state"]["values"]
    return {action: entry for block in values.values() for action, entry in block.items()}


# Clicking and choosing


def test_click_tells_the_bot_who_what_and_where(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    assert ana.click(card, "claim").ok
    [click] = bot.heard_of("block_actions")
    [action] = click["actions"]
    assert (action["action_id"], action["value"], action["block_id"]) == ("claim", "v1:12", "acts")
    assert (click["user"]["id"], click["channel"]["id"], click["message"]["ts"]) == (ANA, CARE, card.ts)
    assert click["container"]["is_ephemeral"] is False


def test_click_brings_a_trigger_that_opens_a_modal(
    ana: Colleague, bot: ScriptedBot, slack: WebClient, card: Message
) -> None:
    bot.answers("block_actions", lambda click: slack.views_open(trigger_id=click["trigger_id"], view=FORM) and None)
    ana.click(card, "claim")
    view = ana.modal()
    assert view is not None
    assert view.view["private_metadata"] == "12"


@pytest.mark.parametrize("choice", ["dismiss", "Not a complaint"])
def test_menu_is_chosen_from_by_value_or_label(ana: Colleague, bot: ScriptedBot, card: Message, choice: str) -> None:
    ana.choose(card, "more", choice)
    [action] = bot.heard_of("block_actions")[0]["actions"]
    assert action["selected_option"] == {"text": plain("Not a complaint"), "value": "dismiss"}


def test_select_in_a_message_carries_action_and_state(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, slack: WebClient
) -> None:
    who = {"type": "actions", "block_id": "who", "elements": [{"type": "users_select", "action_id": "give"}]}
    slack.chat_postMessage(channel=CARE, text="x", blocks=[who])
    ana.select(practice.channel("care").last(), "give", "ben")
    [heard] = bot.heard_of("block_actions")
    assert heard["actions"][0]["selected_user"] == BEN
    assert heard["state"]["values"] == {"who": {"give": {"type": "users_select", "selected_user": BEN}}}


def test_clicking_what_is_not_there_names_what_is(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    with pytest.raises(NotThere, match="no control 'contacted' here; there are: claim, more"):
        ana.click(card, "contacted")
    with pytest.raises(NotThere, match="'more' has no option 'burn'; it has: 'Snooze', 'Not a complaint'"):
        ana.choose(card, "more", "burn")
    with pytest.raises(NotThere, match="'more' is of type overflow"):
        ana.click(card, "more")
    assert bot.heard == []


def test_nobody_clicks_what_only_others_see(practice: PracticeWorkspace, slack: WebClient, card: Message) -> None:
    slack.chat_postEphemeral(channel=CARE, user=ANA, text="x", blocks=card.blocks)
    private = practice.person("ana").private_messages()[0]
    with pytest.raises(NotThere, match="ben does not see the message"):
        practice.person("ben").click(private, "claim")
    slack.chat_delete(channel=CARE, ts=card.ts)
    with pytest.raises(NotThere, match="ana does not see the message"):
        practice.person("ana").click(card, "claim")


@pytest.mark.parametrize("gesture", ["click", "command", "shortcut"])
def test_slackbot_says_privately_that_nobody_answered(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, card: Message, gesture: str
) -> None:
    for kind in ("block_actions", "command", "message_action"):
        bot.fails(kind)
    do: dict[str, Any] = {
        "click": lambda: ana.click(card, "claim"),
        "command": lambda: ana.command("/case", "claim 12"),
        "shortcut": lambda: ana.shortcut("open_case", card),
    }
    do[gesture]()
    [note] = ana.private_messages()
    assert note.user == SLACKBOT
    assert note.text.endswith("failed because Amends did not respond")
    assert note not in practice.visible_to("ben", "care")


# Reacting and writing


def test_reaction_and_its_undoing_reach_the_bot(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    ana.react(card, "eyes")
    assert card.reactions == {"eyes": [ANA]}
    ana.unreact(card, "eyes")
    assert card.reactions == {}
    [added], [removed] = bot.heard_of("reaction_added"), bot.heard_of("reaction_removed")
    assert added["event"]["item"] == removed["event"]["item"] == {"type": "message", "channel": CARE, "ts": card.ts}


def test_same_reaction_twice_is_told_once(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    ana.react(card, "eyes")
    ana.react(card, "eyes")
    assert len(bot.heard_of("reaction_added")) == 1


def test_reaction_never_made_cannot_be_taken_back(ana: Colleague, card: Message) -> None:
    with pytest.raises(NotThere, match="ana has not reacted with :eyes:"):
        ana.unreact(card, "eyes")


def test_words_in_a_thread_belong_to_its_parent(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    reply = ana.say(card, "I rang her")
    again = ana.say(reply, "and wrote")
    assert (reply.thread_ts, again.thread_ts) == (card.ts, card.ts)
    heard = bot.heard_of("message")[-2]["event"]
    assert (heard["text"], heard["thread_ts"], heard["channel_type"]) == ("I rang her", card.ts, "channel")


def test_mention_reaches_the_bot_as_a_second_event(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    ana.say(card, "@Amends claim")
    [mention] = bot.heard_of("app_mention")
    [message] = [heard for heard in bot.heard_of("message") if heard["event"]["user"] == ANA]
    assert mention["event"]["text"] == message["event"]["text"] == f"<@{BOT_USER}> claim"
    assert mention["event_id"] != message["event_id"]


def test_typed_text_is_escaped_as_slack_does(ana: Colleague) -> None:
    said = ana.say("care", "a < b & @ben, mail me@example.org <!here>")
    assert said.text == f"a &lt; b &amp; <@{BEN}>, mail me@example.org <!here>"


def test_words_to_the_bot_stay_between_the_two(practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot) -> None:
    ana.say("@amends", "hello")
    assert [message.text for message in practice.dms("ana")] == ["hello"]
    assert practice.dms("ben") == []
    assert bot.heard_of("message")[0]["event"]["channel_type"] == "im"


def test_nobody_writes_into_channels_they_are_not_in(practice: PracticeWorkspace, ana: Colleague) -> None:
    practice.workspace.channels["CBOSS0001"] = Channel("CBOSS0001", "boss", {BEN})
    with pytest.raises(NotThere, match="ana is in no channel 'boss'"):
        ana.say("boss", "x")


def test_change_of_own_words_tells_old_and_new(practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot) -> None:
    said = ana.say("care", "hte parcel")
    ana.edit(said, "the parcel")
    [changed] = [heard["event"] for heard in bot.heard_of("message") if heard["event"].get("subtype")]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("hte parcel", "the parcel")
    assert changed["message"]["edited"]["user"] == ANA


def test_own_words_can_be_taken_back_only(practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot) -> None:
    said = ana.say("care", "oops")
    with pytest.raises(NotThere, match="ben did not write"):
        practice.person("ben").delete(said)
    ana.delete(said)
    assert bot.heard_of("message")[-1]["event"]["subtype"] == "message_deleted"
    assert practice.channel("care").messages() == []


# Commands and shortcuts


@pytest.mark.parametrize(
    "said", ["Yours now", {"text": "Yours now"}, {"response_type": "ephemeral", "text": "Yours now"}]
)
def test_answer_to_a_command_is_private(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, said: Any
) -> None:
    bot.answers("command", lambda _: said)
    answer = ana.command("/case", "claim 12")
    assert answer is not None
    assert (answer.text, answer.ephemeral_to) == ("Yours now", ANA)
    assert practice.channel("care").messages() == []


def test_command_carries_what_was_typed_and_where(ana: Colleague, bot: ScriptedBot) -> None:
    assert ana.command("/case", "give 12 @ben", channel="general") is None
    [heard] = bot.heard_of("command")
    assert (heard["command"], heard["text"], heard["user_id"]) == ("/case", f"give 12 <@{BEN}|ben>", ANA)
    assert heard["channel_name"] == "general"


def test_command_may_answer_the_whole_channel(practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot) -> None:
    bot.answers("command", lambda _: {"response_type": "in_channel", "text": "For all"})
    assert ana.command("/case", "digest") is None
    assert practice.channel("care").last().text == "For all"


def test_private_post_during_a_command_is_its_answer(ana: Colleague, bot: ScriptedBot, slack: WebClient) -> None:
    bot.answers("command", lambda _: slack.chat_postEphemeral(channel=CARE, user=ANA, text="Here") and None)
    answer = ana.command("/case", "list")
    assert answer is not None
    assert answer.text == "Here"


def test_shortcuts_tell_their_callback_and_their_message(ana: Colleague, bot: ScriptedBot) -> None:
    said = ana.say("care", "A customer rang")
    ana.shortcut("open_case", said)
    ana.shortcut("new_case")
    [on_message], [anywhere] = bot.heard_of("message_action"), bot.heard_of("shortcut")
    assert (on_message["callback_id"], on_message["message"]["text"]) == ("open_case", "A customer rang")
    assert (anywhere["callback_id"], "response_url" in anywhere) == ("new_case", False)


# Response URLs


def respond(bot: ScriptedBot, **said: Any) -> httpx2.Response:
    url = [heard["response_url"] for _, heard in bot.heard if "response_url" in heard][-1]
    return httpx2.post(url, json=said, trust_env=False)


def test_response_url_answers_privately_by_default(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    ana.click(card, "claim")
    assert respond(bot, text="Only you").text == "ok"
    [note] = ana.private_messages()
    assert (note.text, note.ephemeral_to) == ("Only you", ANA)


def test_response_url_may_replace_or_delete_the_original(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, slack: WebClient, card: Message
) -> None:
    slack.chat_postEphemeral(channel=CARE, user=ANA, text="How?", blocks=card.blocks)
    private = ana.private_messages()[0]
    ana.click(private, "claim")
    respond(bot, replace_original=True, text="By phone")
    assert (private.text, private.blocks) == ("By phone", [])
    respond(bot, delete_original=True)
    assert ana.private_messages() == []


def test_response_url_is_good_for_five_uses(ana: Colleague, bot: ScriptedBot, card: Message) -> None:
    ana.click(card, "claim")
    statuses = [respond(bot, text="x").status_code for _ in range(6)]
    assert statuses == [200] * 5 + [404]


def test_response_url_is_good_for_half_an_hour(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, card: Message
) -> None:
    ana.click(card, "claim")
    practice.clock.jump(timedelta(minutes=31))
    assert respond(bot, text="x").json()["error"] == "expired_url"


@pytest.mark.parametrize(
    ("said", "error"), [({}, "no_text"), ({"text": "x", "blocks": [{"type": "poem"}]}, "invalid_blocks")]
)
def test_response_url_refuses_what_a_post_would(
    ana: Colleague, bot: ScriptedBot, card: Message, said: Any, error: str
) -> None:
    ana.click(card, "claim")
    assert respond(bot, **said).json()["error"] == error


# Modals


def test_filled_form_arrives_in_slacks_shape(ana: Colleague, form: ScriptedBot) -> None:
    given = FILLED | {"owner": "lea", "tags": ["lost", "Won back"], "due": 1767607200, "amount": "40"}
    assert ana.submit(given) == {}
    assert submitted(form) == {
        "outcome": {"type": "static_select", "selected_option": CHOICES[0]},
        "lesson": {"type": "plain_text_input", "value": "Call back"},
        "owner": {"type": "users_select", "selected_user": "ULEA00001"},
        "tags": {"type": "checkboxes", "selected_options": [CHOICES[1], CHOICES[0]]},
        "due": {"type": "datetimepicker", "selected_date_time": 1767607200},
        "amount": {"type": "number_input", "value": "40"},
        "mail": {"type": "email_text_input", "value": None},
    }
    assert ana.modal() is None


def test_field_left_alone_keeps_its_initial_value(ana: Colleague, form: ScriptedBot) -> None:
    ana.submit(FILLED)
    assert submitted(form)["owner"] == {"type": "users_select", "selected_user": BEN}


def test_field_may_be_named_by_its_block(ana: Colleague, form: ScriptedBot) -> None:
    assert ana.submit({"outcome_block": "lost", "lesson_block": "Ask first"}) == {}
    assert submitted(form)["lesson"]["value"] == "Ask first"


@pytest.mark.parametrize(
    ("given", "block", "words"),
    [
        ({"outcome": "lost"}, "lesson_block", "Please complete this required field."),
        ({"outcome": "lost", "lesson": ""}, "lesson_block", "Please complete this required field."),
        (FILLED | {"lesson": "ok"}, "lesson_block", "Please use at least 3 characters."),
        (FILLED | {"lesson": "x" * 21}, "lesson_block", "Please use at most 20 characters."),
        (FILLED | {"amount": "many"}, "amount_block", "Please enter a valid number."),
        (FILLED | {"amount": "100"}, "amount_block", "Please enter a number of at most 99."),
        (FILLED | {"amount": "0"}, "amount_block", "Please enter a number of at least 1."),
        (FILLED | {"mail": "me"}, "mail_block", "Please enter a valid email address."),
    ],
)
def test_client_keeps_back_what_is_plainly_wrong(
    ana: Colleague, form: ScriptedBot, given: dict[str, Any], block: str, words: str
) -> None:
    assert ana.submit(given) == {block: words}
    assert form.heard_of("view_submission") == []
    assert ana.modal() is not None


def test_unknown_fields_people_and_options_are_errors(ana: Colleague, form: ScriptedBot) -> None:
    with pytest.raises(NotThere, match="no field 'mood'; it has: outcome, lesson"):
        ana.submit({"mood": "fine"})
    with pytest.raises(NotThere, match="nobody called 'zoe'"):
        ana.submit(FILLED | {"owner": "zoe"})
    with pytest.raises(NotThere, match="no option 'draw'"):
        ana.submit(FILLED | {"outcome": "draw"})


def test_errors_from_the_bot_stand_beside_the_fields(ana: Colleague, form: ScriptedBot) -> None:
    form.answers("view_submission", lambda _: {"response_action": "errors", "errors": {"lesson_block": "Say more"}})
    assert ana.submit(FILLED) == {"lesson_block": "Say more"}
    view = ana.modal()
    assert view is not None
    assert view.errors == {"lesson_block": "Say more"}
    form.answers("view_submission", lambda _: None)
    assert ana.submit(FILLED) == {}


@pytest.mark.parametrize("errors", [{"elsewhere": "Say more"}, {}, None])
def test_errors_that_stand_beside_no_field_cannot_be_shown(
    ana: Colleague, form: ScriptedBot, errors: dict[str, str] | None
) -> None:
    form.answers("view_submission", lambda _: {"response_action": "errors", "errors": errors})
    assert TROUBLE in ana.submit(FILLED)[""]


def test_bot_may_update_push_or_clear_on_submit(practice: PracticeWorkspace, ana: Colleague, form: ScriptedBot) -> None:
    form.answers("view_submission", lambda _: {"response_action": "push", "view": FORM | {"title": plain("Second")}})
    ana.submit(FILLED)
    form.answers("view_submission", lambda _: {"response_action": "update", "view": FORM | {"title": plain("Third")}})
    ana.submit(FILLED)
    assert [v.view["title"]["text"] for v in practice.workspace.modals[ANA]] == ["Close the case", "Third"]
    form.answers("view_submission", lambda _: {"response_action": "clear"})
    ana.submit(FILLED)
    assert ana.modal() is None


def test_unfit_view_in_an_answer_is_an_error(ana: Colleague, form: ScriptedBot) -> None:
    form.answers("view_submission", lambda _: {"response_action": "update", "view": FORM | {"title": plain("x" * 25)}})
    assert "invalid_arguments" in ana.submit(FILLED)[""]


def test_form_stays_when_the_bot_does_not_answer(ana: Colleague, form: ScriptedBot) -> None:
    form.fails("view_submission")
    assert ana.submit(FILLED) == {"": "We had some trouble connecting. Try again?"}
    assert ana.modal() is not None


@pytest.mark.parametrize(("notify", "heard"), [(True, 1), (False, 0)])
def test_closing_is_told_only_when_asked_for(
    practice: PracticeWorkspace, slack: WebClient, ana: Colleague, bot: ScriptedBot, notify: bool, heard: int
) -> None:
    slack.views_open(trigger_id=practice.triggers.issue(ANA), view=FORM | {"notify_on_close": notify})
    ana.close_modal()
    assert len(bot.heard_of("view_closed")) == heard
    assert ana.modal() is None


def test_without_a_modal_nothing_can_be_submitted(ana: Colleague) -> None:
    with pytest.raises(NotThere, match="ana has no modal open"):
        ana.submit({})
    with pytest.raises(NotThere, match="ana has no modal open"):
        ana.close_modal()


# Home


def test_opening_home_lets_the_bot_publish_it(ana: Colleague, bot: ScriptedBot, slack: WebClient) -> None:
    button = {"type": "button", "action_id": "mine", "text": plain("My cases")}
    view = {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]}
    bot.answers("app_home_opened", lambda e: slack.views_publish(user_id=e["event"]["user"], view=view) and None)
    home = ana.open_home()
    assert home is not None
    ana.click(home, "mine")
    [heard] = bot.heard_of("block_actions")
    assert (heard["view"]["type"], heard["container"]["type"]) == ("home", "view")


def test_nobody_clicks_in_another_persons_view(practice: PracticeWorkspace, ana: Colleague, form: ScriptedBot) -> None:
    view = ana.modal()
    assert view is not None
    with pytest.raises(NotThere, match="ben does not have this view open"):
        practice.person("ben").click(view, "outcome")


def test_select_in_a_modal_carries_the_view(ana: Colleague, form: ScriptedBot) -> None:
    view = ana.modal()
    assert view is not None
    ana.select(view, "outcome", "lost")
    [heard] = form.heard_of("block_actions")
    assert heard["view"]["state"]["values"]["outcome_block"]["outcome"]["selected_option"]["value"] == "lost"


def test_unknown_people_and_channels_are_named(practice: PracticeWorkspace) -> None:
    with pytest.raises(NotThere, match="nobody called 'zoe'"):
        practice.person("zoe")
    with pytest.raises(NotThere, match="no channel 'attic'"):
        practice.channel("attic")


def test_interactions_are_never_sent_twice(
    practice: PracticeWorkspace, ana: Colleague, bot: ScriptedBot, card: Message
) -> None:
    bot.fails("block_actions")
    ana.click(card, "claim")
    practice.delivery.retry_due(at_once=True)
    assert [parcel.kind for parcel, _ in practice.delivery.sent].count(INTERACTION) == 1


def test_private_message_is_gone_when_its_reader_reloads(practice: PracticeWorkspace, ana: Colleague) -> None:
    """first-day A4: the practice page kept it, which hid that Slack does not."""
    ben = practice.person("ben")
    for person in (ana, ben):
        practice.workspace.post(CARE, BOT_USER, "Only you", ephemeral_to=person.id)
    ana.reloads()
    assert ana.private_messages() == []
    assert len(ben.private_messages()) == 1


def test_deleted_message_with_replies_leaves_a_tombstone(ana: Colleague, bot: ScriptedBot) -> None:
    parent = ana.say("care", "first")
    ana.say(parent, "second")
    ana.delete(parent)
    told = bot.heard_of("message")[-1]["event"]
    assert (told["subtype"], told["message"]["subtype"], told["message"]["user"]) == (
        "message_changed",
        "tombstone",
        "USLACKBOT",
    )
