"""The practice workspace as a newcomer meets it in the browser, with a scripted stand-in for the bot."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from slack_sdk import WebClient

from sandbox.demo.cast import ANA, BEN, CARE, GENERAL
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from tests.elapsing import PATIENCE
from tests.sandbox import chromium

pytestmark = [
    pytest.mark.skipif(chromium.found() is None, reason="no Chromium on this machine"),
    pytest.mark.long,  # what a day's work needs of the page, tests/page/ tries with the bot
]

Payload = dict[str, Any]
Bot = Any  # conftest's ScriptedBot
Opens = Callable[..., Page]

MODAL: Payload = {
    "type": "modal",
    "callback_id": "contacted",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Contacted"},
    "submit": {"type": "plain_text", "text": "Record it"},
    "blocks": [
        {
            "type": "input",
            "block_id": "how",
            "label": {"type": "plain_text", "text": "How"},
            "element": {
                "type": "static_select",
                "action_id": "value",
                "options": [
                    {"text": {"type": "plain_text", "text": word}, "value": word.lower()}
                    for word in ("E-mail", "Phone")
                ],
            },
        },
        {
            "type": "input",
            "block_id": "when",
            "label": {"type": "plain_text", "text": "When"},
            "element": {"type": "datetimepicker", "action_id": "value", "initial_date_time": 1767603600},
        },
        {
            "type": "input",
            "block_id": "said",
            "optional": True,
            "label": {"type": "plain_text", "text": "What was said"},
            "element": {"type": "plain_text_input", "action_id": "value", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "tags",
            "optional": True,
            "label": {"type": "plain_text", "text": "Tags"},
            "element": {
                "type": "checkboxes",
                "action_id": "value",
                "options": [
                    {"text": {"type": "plain_text", "text": word}, "value": word} for word in ("gift", "repeat")
                ],
            },
        },
    ],
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Windows:
    """The browser's windows. The first is kept for the whole session, because opening one takes longer than most tests."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        expect.set_options(timeout=PATIENCE * 1000)
        self.errors: list[str] = []
        self.first = self._new()
        self.more: list[Page] = []
        self.used = False

    def open(self, address: str, **options: Any) -> Page:
        if self.used or options:
            self.more.append(self._new(**options))
            page = self.more[-1]
        else:
            self.used, page = True, self.first
        page.goto(address)
        return page

    def clear(self) -> list[str]:
        """Leave the workspace, and answer which script errors there were."""
        self.first.goto("about:blank")
        for page in self.more:
            page.close()
        self.more, self.used, errors, self.errors = [], False, self.errors, []
        return errors

    def _new(self, **options: Any) -> Page:
        page = self.browser.new_page(**options)
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(f"a script opened a dialog: {dialog.message}"))
        return page


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
def opened(windows: Windows, practice: PracticeWorkspace) -> Iterator[Opens]:
    """Opens the page as somebody; a script error in it fails the test."""

    def open_page(who: str = ANA, place: str = CARE, thread: str = "", **options: Any) -> Page:
        return windows.open(f"{practice.base_url}/?as={who}&in={place}&thread={thread}", **options)

    yield open_page
    assert windows.clear() == []


def message(page: Page, shown: Message, scope: str = "m") -> Locator:
    return page.locator(f"#{scope}-{shown.ts.replace('.', '-')}")


def on(page: Page, name: str) -> Locator:
    return page.get_by_test_id(name)


def write(page: Page, words: str, box: str = "composer") -> None:
    on(page, box).locator("textarea").fill(words)
    on(page, box).locator("textarea").press("Enter")


def open_modal_on(bot: Bot, slack: WebClient, kind: str = "block_actions") -> None:
    bot.answers(kind, lambda payload: slack.views_open(trigger_id=payload["trigger_id"], view=MODAL) and None)


def claim_updates_card(bot: Bot, slack: WebClient) -> None:
    """The stand-in answers a click as the bot would: by editing the card in place."""

    def clicked(payload: Payload) -> None:
        button = {"type": "button", "action_id": "contacted", "text": {"type": "plain_text", "text": "Contacted"}}
        words = {"type": "mrkdwn", "text": f"Taken by <@{payload['user']['id']}>"}
        blocks = [{"type": "section", "text": words}, {"type": "actions", "elements": [button]}]
        slack.chat_update(channel=CARE, ts=payload["message"]["ts"], text="A card", blocks=blocks)

    bot.answers("block_actions", clicked)


# What stands there


def test_banner_says_that_nothing_leaves_this_machine(opened: Opens) -> None:
    expect(on(opened(), "banner")).to_contain_text("Practice workspace: nothing leaves this machine.")


def test_page_asks_no_other_machine_for_anything(opened: Opens, practice: PracticeWorkspace, card: Message) -> None:
    page = opened()
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert asked
    assert all(address.startswith(practice.base_url) for address in asked)


def test_unknown_person_place_or_thread_falls_back(opened: Opens, card: Message) -> None:
    page = opened("UNOBODY", "CNOWHERE", "1.000001")
    expect(on(page, "as-ana")).to_have_attribute("aria-checked", "true")
    expect(message(page, card)).to_contain_text("Soup cold & an hour late")


def test_card_carries_its_kind_case_and_ts(opened: Opens, card: Message) -> None:
    drawn = message(opened(), card)
    attributes = [drawn.get_attribute(f"data-{name}") for name in ("kind", "case", "ts", "channel")]
    assert attributes == ["card", "12", card.ts, CARE]


def test_page_follows_the_reader_into_the_dark(opened: Opens) -> None:
    background = "getComputedStyle(document.querySelector('#main')).backgroundColor"
    assert opened(color_scheme="light").evaluate(background) == "rgb(255, 255, 255)"
    assert opened(color_scheme="dark").evaluate(background) == "rgb(26, 29, 33)"


# Buttons, menus and confirmations


def test_claim_by_button_changes_the_card_in_place(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    claim_updates_card(bot, slack)
    page = opened()
    message(page, card).locator("[data-action-id=claim]").click()
    expect(message(page, card)).to_contain_text("Taken by @Ana Ortega")
    expect(message(page, card).locator("[data-action-id=contacted]")).to_be_visible()
    expect(on(page, "message")).to_have_count(1)
    assert bot.heard_of("block_actions")[0]["actions"][0]["value"] == "v1:12"


def test_colleague_sees_the_claim_without_reloading(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    claim_updates_card(bot, slack)
    anas, bens = opened(ANA), opened(BEN)
    message(bens, card).locator("[data-action-id=claim]").click()
    expect(message(anas, card)).to_contain_text("Taken by @Ben Okafor")


def test_keyboard_alone_reaches_and_presses_a_button(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    claim_updates_card(bot, slack)
    page = opened()
    message(page, card).focus()
    page.keyboard.press("Tab")
    expect(message(page, card).locator("[data-action-id=claim]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(message(page, card)).to_contain_text("Taken by @Ana Ortega")


def test_overflow_menu_opens_and_sends_the_choice(opened: Opens, bot: Bot, card: Message) -> None:
    page = opened()
    message(page, card).get_by_test_id("overflow").click()
    with page.expect_response("**/page/gesture"):
        page.get_by_role("menuitem", name="Not a complaint").click()
    expect(on(page, "overflow-menu")).to_be_hidden()
    assert bot.heard_of("block_actions")[0]["actions"][0]["selected_option"]["value"] == "dismiss"


def test_escape_closes_an_open_overflow_menu(opened: Opens, bot: Bot, card: Message) -> None:
    page = opened()
    message(page, card).get_by_test_id("overflow").click()
    expect(on(page, "overflow-menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(on(page, "overflow-menu")).to_be_hidden()
    assert bot.heard == []


def test_confirmed_button_asks_first_and_can_be_refused(opened: Opens, bot: Bot, slack: WebClient) -> None:
    words = {name: {"type": "plain_text", "text": name.title()} for name in ("title", "text", "confirm", "deny")}
    button = {"type": "button", "action_id": "close", "text": {"type": "plain_text", "text": "Close"}, "confirm": words}
    slack.chat_postMessage(channel=CARE, text="x", blocks=[{"type": "actions", "elements": [button]}])
    page = opened()
    page.locator("[data-action-id=close]").click()
    on(page, "confirm").get_by_role("button", name="Deny").click()
    expect(on(page, "confirm")).to_be_hidden()
    assert bot.heard == []
    page.locator("[data-action-id=close]").click()
    with page.expect_response("**/page/gesture"):
        on(page, "confirm-yes").click()
    assert len(bot.heard_of("block_actions")) == 1


def test_question_outlives_news_that_replace_its_button(opened: Opens, bot: Bot, slack: WebClient) -> None:
    words = {name: {"type": "plain_text", "text": name.title()} for name in ("title", "text", "confirm", "deny")}
    button = {"type": "button", "action_id": "close", "text": {"type": "plain_text", "text": "Close"}, "confirm": words}
    row = {"type": "actions", "block_id": "buttons", "elements": [button]}
    posted = slack.chat_postMessage(channel=CARE, text="x", blocks=[row])
    page = opened()
    page.locator("[data-action-id=close]").click()
    news = {"type": "section", "text": {"type": "mrkdwn", "text": "Something new"}}
    slack.chat_update(channel=CARE, ts=posted["ts"], text="x", blocks=[news, row])
    expect(on(page, "message")).to_contain_text("Something new")
    with page.expect_response("**/page/gesture"):
        on(page, "confirm-yes").click()
    assert len(bot.heard_of("block_actions")) == 1


def test_select_inside_a_message_is_sent_at_once(opened: Opens, bot: Bot, slack: WebClient) -> None:
    select = {"type": "users_select", "action_id": "give", "placeholder": {"type": "plain_text", "text": "Give to"}}
    slack.chat_postMessage(channel=CARE, text="x", blocks=[{"type": "actions", "elements": [select]}])
    page = opened()
    with page.expect_response("**/page/gesture"):
        page.get_by_label("Give to").select_option(label="Ben Okafor")
    assert bot.heard_of("block_actions")[0]["actions"][0]["selected_user"] == BEN


# Reactions


def test_reaction_is_added_and_taken_back(opened: Opens, bot: Bot, card: Message) -> None:
    page = opened()
    message(page, card).hover()
    message(page, card).get_by_test_id("add-reaction").click()
    page.get_by_role("menuitem", name="white check mark").click()
    chip = message(page, card).get_by_test_id("reaction")
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    expect(chip).to_have_count(0)
    assert [bot.heard_of(kind)[0]["event"]["reaction"] for kind in ("reaction_added", "reaction_removed")] == [
        "white_check_mark"
    ] * 2


def test_reaction_of_a_colleague_is_joined_by_clicking(
    opened: Opens, practice: PracticeWorkspace, bot: Bot, card: Message
) -> None:
    practice.person("ben").react(card, "eyes")
    page = opened()
    chip = message(page, card).get_by_test_id("reaction")
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.click()
    expect(chip).to_contain_text("2")
    assert card.reactions == {"eyes": [BEN, ANA]}


# Words


def test_message_box_posts_what_is_typed(opened: Opens, practice: PracticeWorkspace, bot: Bot) -> None:
    page = opened()
    box = on(page, "composer").locator("textarea")
    box.fill("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    box.press("Enter")
    expect(on(page, "message")).to_contain_text("two")
    expect(box).to_have_value("")
    assert [m.text for m in practice.channel("care").everything()] == ["one\ntwo"]


def test_own_message_is_edited_and_deleted(opened: Opens, practice: PracticeWorkspace, bot: Bot, card: Message) -> None:
    page = opened()
    said = message(page, practice.person("ana").say("care", "@ben rang & left"))
    said.hover()
    said.get_by_test_id("message-menu").click()
    said.get_by_test_id("edit-message").click()
    box = said.get_by_label("Your message")
    expect(box).to_have_value("@Ben rang & left")
    box.fill("@Ben rang on Friday")
    said.get_by_role("button", name="Save").click()
    expect(said).to_contain_text("rang on Friday (edited)")
    expect(said.get_by_role("menu")).to_have_count(0)
    said.hover()
    said.get_by_test_id("message-menu").click()
    said.get_by_test_id("delete-message").click()
    expect(said).to_have_count(0)
    expect(message(page, card).get_by_test_id("delete-message")).to_have_count(0)


def test_slash_command_answers_only_the_one_who_asked(opened: Opens, bot: Bot) -> None:
    bot.answers("command", lambda payload: {"text": f"Nobody waits ({payload['text']})"})
    page = opened()
    write(page, "/case list")
    expect(on(page, "messages")).to_contain_text("Only visible to you")
    expect(on(page, "messages")).to_contain_text("Nobody waits (list)")
    on(page, "as-ben").click()
    expect(on(page, "as-ben")).to_have_attribute("aria-checked", "true")
    expect(on(page, "messages")).not_to_contain_text("Nobody waits")
    assert (bot.heard_of("command")[0]["command"], bot.heard_of("command")[0]["user_id"]) == ("/case", ANA)


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}} <!channel> \u202eabc"]
)
def test_hostile_words_stay_words_in_the_page(
    opened: Opens, practice: PracticeWorkspace, slack: WebClient, words: str
) -> None:
    part = {"type": "rich_text_quote", "elements": [{"type": "text", "text": words}]}
    slack.chat_postMessage(channel=CARE, text=words, blocks=[{"type": "rich_text", "elements": [part]}])
    slack.chat_postMessage(channel=CARE, text=words)
    page = opened()
    expect(on(page, "message")).to_have_count(2)
    expect(page.locator("blockquote")).to_have_text(words.replace("\u202e", ""))
    assert page.locator("article script, article img, article iframe").count() == 0


def test_unknown_command_is_refused_in_a_toast(opened: Opens, bot: Bot) -> None:
    page = opened()
    write(page, "/shrug hello")
    expect(on(page, "toast")).to_contain_text("/shrug is not a valid command")
    expect(on(page, "composer").locator("textarea")).to_have_value("/shrug hello")
    assert bot.heard == []


def test_bot_that_does_not_answer_is_told_about(opened: Opens, bot: Bot, card: Message) -> None:
    bot.fails("block_actions")
    page = opened()
    message(page, card).locator("[data-action-id=claim]").click()
    expect(on(page, "messages")).to_contain_text("failed because Amends did not respond")


# Threads


def test_thread_opens_at_the_side_and_takes_replies(
    opened: Opens, practice: PracticeWorkspace, bot: Bot, slack: WebClient, card: Message
) -> None:
    slack.chat_postMessage(channel=CARE, thread_ts=card.ts, text="A draft")
    page = opened()
    expect(message(page, card).get_by_test_id("replies")).to_contain_text("1 reply")
    message(page, card).get_by_test_id("replies").click()
    expect(on(page, "thread")).to_contain_text("A draft")
    write(page, "I shall ring her", "reply-composer")
    expect(on(page, "thread")).to_contain_text("I shall ring her")
    expect(message(page, card).get_by_test_id("replies")).to_contain_text("2 replies")
    expect(on(page, "messages")).not_to_contain_text("I shall ring her")
    assert practice.thread(card)[-1].user == ANA


def test_escape_closes_the_thread_and_back_reopens_it(opened: Opens, card: Message) -> None:
    page = opened()
    message(page, card).hover()
    message(page, card).get_by_test_id("reply-in-thread").click()
    expect(on(page, "thread")).to_be_visible()
    page.locator("#reply").press("Escape")
    expect(on(page, "thread")).to_have_count(0)
    page.go_back()
    expect(on(page, "thread")).to_be_visible()


def test_slash_command_in_a_thread_points_to_the_mention(opened: Opens, bot: Bot, card: Message) -> None:
    page = opened(thread=card.ts)
    write(page, "/case claim", "reply-composer")
    expect(on(page, "toast")).to_contain_text("Write “@Amends claim” there instead")
    assert bot.heard == []


def test_mention_in_a_thread_reaches_the_bot(
    opened: Opens, practice: PracticeWorkspace, bot: Bot, card: Message
) -> None:
    page = opened(thread=card.ts)
    write(page, "@Amends claim", "reply-composer")
    expect(on(page, "thread").locator(".mention")).to_have_text("@Amends")
    assert bot.heard_of("app_mention")[0]["event"]["thread_ts"] == card.ts


def test_unsent_words_stay_in_the_thread_they_belong_to(opened: Opens, slack: WebClient, card: Message) -> None:
    other = slack.chat_postMessage(channel=CARE, text="Another case")["ts"]
    page = opened(thread=card.ts)
    page.locator("#reply").fill("for Clara only")
    page.locator(f"[data-ts='{other}']").hover()
    page.locator(f"[data-ts='{other}']").get_by_test_id("reply-in-thread").click()
    expect(on(page, "thread")).to_contain_text("Another case")
    expect(page.locator("#reply")).to_have_value("")
    message(page, card).hover()
    message(page, card).get_by_test_id("reply-in-thread").click()
    expect(page.locator("#reply")).to_have_value("for Clara only")


def test_private_answer_in_a_thread_is_no_reply(opened: Opens, slack: WebClient, card: Message) -> None:
    page = opened(thread=card.ts)
    slack.chat_postEphemeral(channel=CARE, user=ANA, thread_ts=card.ts, text="Ben has it since 10:02")
    expect(on(page, "thread")).to_contain_text("Ben has it since 10:02")
    expect(on(page, "replies")).to_have_count(0)


def test_link_to_a_card_leads_there_within_the_page(
    opened: Opens, practice: PracticeWorkspace, slack: WebClient, card: Message
) -> None:
    address = slack.chat_getPermalink(channel=CARE, message_ts=card.ts)["permalink"]
    slack.chat_postMessage(channel=practice.workspace.direct(ANA).id, text=f"Clara waits: <{address}|the card>")
    page = opened(place=practice.workspace.direct(ANA).id)
    page.get_by_role("link", name="the card").click()
    expect(message(page, card)).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_contain_text("care")


def test_link_to_a_reply_opens_its_thread_from_outside(
    windows: Windows, opened: Opens, slack: WebClient, card: Message
) -> None:
    reply = slack.chat_postMessage(channel=CARE, thread_ts=card.ts, text="A draft")["ts"]
    page = windows.open(slack.chat_getPermalink(channel=CARE, message_ts=reply)["permalink"])
    expect(on(page, "thread")).to_contain_text("A draft")


@pytest.mark.parametrize(
    ("blocks", "mark"), [([], 1), ([{"type": "section", "text": {"type": "plain_text", "text": "new"}}], 0)]
)
def test_edited_mark_is_for_words_not_for_blocks(
    opened: Opens, slack: WebClient, blocks: list[Payload], mark: int
) -> None:
    ts = slack.chat_postMessage(channel=CARE, text="old")["ts"]
    slack.chat_update(channel=CARE, ts=ts, text="new", blocks=blocks or None)
    page = opened()
    expect(on(page, "message")).to_contain_text("new")
    expect(page.get_by_text("(edited)")).to_have_count(mark)


# News arrives while somebody is busy


def test_news_leaves_typed_words_and_focus_alone(opened: Opens, slack: WebClient, card: Message) -> None:
    page = opened(thread=card.ts)
    page.locator("#reply").press_sequentially("half a sen")
    slack.chat_postMessage(channel=CARE, text="A newcomer")
    expect(on(page, "messages")).to_contain_text("A newcomer")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("tence")
    expect(page.locator("#reply")).to_have_value("half a sentence")


def test_news_leaves_an_open_menu_open(opened: Opens, slack: WebClient, card: Message) -> None:
    page = opened(viewport={"width": 1200, "height": 420})
    message(page, card).get_by_test_id("overflow").click()
    for number in range(12):
        slack.chat_postMessage(channel=CARE, text=f"Line {number}")
    expect(on(page, "messages")).to_contain_text("Line 11")
    expect(message(page, card).get_by_test_id("overflow-menu")).to_be_visible()


def test_reader_of_old_messages_is_not_pulled_down(opened: Opens, slack: WebClient) -> None:
    for number in range(40):
        slack.chat_postMessage(channel=CARE, text=f"Line {number}")
    page = opened()
    position = "document.querySelector('#scroller').scrollTop"
    page.evaluate("document.querySelector('#scroller').scrollTop = 40")
    slack.chat_postMessage(channel=CARE, text="A newcomer")
    expect(page.get_by_role("button", name="New messages")).to_be_visible()
    assert page.evaluate(position) == 40
    page.get_by_role("button", name="New messages").click()
    expect(on(page, "message").get_by_text("A newcomer")).to_be_in_viewport()


def test_scrolling_away_closes_a_menu_but_a_nudge_does_not(opened: Opens, slack: WebClient) -> None:
    for number in range(40):
        slack.chat_postMessage(channel=CARE, text=f"Line {number}")
    page = opened()
    last = on(page, "message").last
    last.hover()
    last.get_by_test_id("add-reaction").click()
    menu = page.get_by_role("menu", name="Reactions")
    page.evaluate("document.querySelector('#scroller').scrollBy(0, -10)")
    expect(menu).to_be_visible()
    page.evaluate("document.querySelector('#scroller').scrollBy(0, -100)")
    expect(menu).to_have_count(0)


def test_reader_at_the_end_is_kept_there(opened: Opens, slack: WebClient) -> None:
    for number in range(40):
        slack.chat_postMessage(channel=CARE, text=f"Line {number}")
    page = opened()
    expect(page.get_by_text("Line 39")).to_be_in_viewport()
    slack.chat_postMessage(channel=CARE, text="A newcomer")
    expect(on(page, "message").get_by_text("A newcomer")).to_be_in_viewport()


def test_news_is_announced_to_screen_readers(opened: Opens, slack: WebClient) -> None:
    page = opened()
    slack.chat_postMessage(channel=CARE, text="A newcomer")
    expect(page.locator("#announcer")).to_contain_text("A newcomer")
    expect(page.locator("#announcer")).to_have_attribute("aria-live", "polite")


def test_unread_marks_show_and_go_when_read(opened: Opens, practice: PracticeWorkspace, slack: WebClient) -> None:
    page = opened()
    slack.chat_postMessage(channel=practice.workspace.direct(ANA).id, text="Clara still waits for you")
    slack.chat_postMessage(channel=practice.workspace.direct(BEN).id, text="This is for Ben")
    expect(on(page, "unread")).to_have_text("1")
    on(page, "place-direct").click()
    expect(on(page, "messages")).to_contain_text("Clara still waits for you")
    expect(on(page, "unread")).to_have_count(0)
    expect(on(page, "messages")).not_to_contain_text("This is for Ben")


def test_direct_message_to_the_bot_can_be_begun(opened: Opens, practice: PracticeWorkspace, bot: Bot) -> None:
    page = opened()
    on(page, "place-direct").click()
    expect(on(page, "messages")).to_contain_text("Nothing here yet")  # else the words go where one was before
    write(page, "are you there?")
    expect(on(page, "messages")).to_contain_text("are you there?")
    assert [m.text for m in practice.dms("ana")] == ["are you there?"]


# Modals and the Home tab


def test_modal_is_filled_in_and_sent(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    open_modal_on(bot, slack)
    page = opened()
    message(page, card).locator("[data-action-id=claim]").click()
    modal = on(page, "modal")
    modal.get_by_label("How").select_option("phone")
    modal.get_by_label("When").fill("2026-01-05T11:15")
    modal.get_by_label("What was said").fill("She was glad\nto be asked")
    modal.get_by_label("gift").check()
    on(page, "modal-submit").click()
    expect(modal).to_have_count(0)
    values = bot.heard_of("view_submission")[0]["view"]["state"]["values"]
    assert values["how"]["value"]["selected_option"]["value"] == "phone"
    assert values["when"]["value"]["selected_date_time"] == 1767608100  # 11:15 in Berlin
    assert values["said"]["value"]["value"] == "She was glad\nto be asked"
    assert [option["value"] for option in values["tags"]["value"]["selected_options"]] == ["gift"]


def test_modal_left_empty_says_so_beside_the_field(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    open_modal_on(bot, slack)
    page = opened()
    message(page, card).locator("[data-action-id=claim]").click()
    on(page, "modal").get_by_label("What was said").fill("kept")
    on(page, "modal-submit").click()
    field = on(page, "modal").locator("[data-block-id=how][data-testid=input]")
    expect(field.get_by_test_id("field-error")).to_have_text("Please complete this required field.")
    expect(field.locator("select")).to_be_focused()
    expect(on(page, "modal").get_by_label("What was said")).to_have_value("kept")
    assert bot.heard_of("view_submission") == []


def test_modal_shows_what_the_bot_refuses(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    open_modal_on(bot, slack)
    bot.answers("view_submission", lambda _: {"response_action": "errors", "errors": {"said": "A word more, please"}})
    page = opened()
    message(page, card).locator("[data-action-id=claim]").click()
    on(page, "modal").get_by_label("How").select_option("phone")
    on(page, "modal-submit").click()
    expect(on(page, "field-error")).to_have_text("A word more, please")
    expect(on(page, "modal").get_by_label("How")).to_have_value("phone")


def test_escape_closes_the_modal_and_tells_the_bot(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    open_modal_on(bot, slack)
    page = opened()
    message(page, card).locator("[data-action-id=claim]").click()
    expect(on(page, "modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(on(page, "modal")).to_have_count(0)
    assert len(bot.heard_of("view_closed")) == 1


def test_focus_goes_back_to_what_opened_a_form(opened: Opens, bot: Bot, slack: WebClient, card: Message) -> None:
    open_modal_on(bot, slack)
    page = opened()
    for opener in ("claim", "more"):
        button = message(page, card).locator(f"[data-action-id={opener}], [data-overflow={opener}]").first
        button.focus()
        page.keyboard.press("Enter")
        if opener == "more":
            expect(page.get_by_role("menuitem").first).to_be_focused()
            page.keyboard.press("Enter")
        expect(on(page, "modal")).to_be_visible()
        page.keyboard.press("Escape")
        expect(on(page, "modal")).to_have_count(0)
        expect(button).to_be_focused()
    bot.answers("command", lambda payload: slack.views_open(trigger_id=payload["trigger_id"], view=MODAL) and None)
    write(page, "/case new")
    expect(on(page, "modal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(on(page, "composer").locator("textarea")).to_be_focused()


def test_keyboard_can_skip_to_the_message_box(opened: Opens) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message box")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(on(page, "composer").locator("textarea")).to_be_focused()


def test_new_messages_stay_announced_until_they_are_read(opened: Opens, slack: WebClient) -> None:
    for number in range(40):
        slack.chat_postMessage(channel=CARE, text=f"Line {number}")
    page = opened()
    page.evaluate("document.querySelector('#scroller').scrollTop = 40")
    slack.chat_postMessage(channel=CARE, text="A newcomer")
    button = page.get_by_role("button", name="New messages")
    expect(button).to_be_visible()
    on(page, "speed-60").click()  # the page is drawn anew, and nobody has scrolled
    expect(on(page, "speed-60")).to_have_attribute("aria-checked", "true")
    expect(button).to_be_visible()
    page.evaluate("document.querySelector('#scroller').scrollTop = 1e6")
    expect(button).to_be_hidden()


def test_starting_again_asks_first_and_is_offered_where_it_works(opened: Opens, practice: PracticeWorkspace) -> None:
    expect(on(opened(), "restart")).to_have_count(0)
    begun: list[bool] = []
    practice.restart = lambda: begun.append(True)
    try:
        page = opened()
        on(page, "restart").click()
        expect(on(page, "confirm")).to_contain_text("the first customer writes anew")
        assert begun == []
        on(page, "confirm-yes").click()
        expect(on(page, "confirm")).to_be_hidden()
        expect(on(page, "restart")).to_be_enabled()
        expect(page.locator("[aria-busy]")).to_have_count(0)
        assert begun == [True]
    finally:
        practice.restart = None


@pytest.mark.parametrize(("width", "told"), [(390, "strong"), (1024, "small")])
def test_everybody_is_named_on_a_narrow_screen(opened: Opens, width: int, told: str) -> None:
    page = opened(viewport={"width": width, "height": 844})
    for name in page.locator(f".people {told}").all():
        expect(name).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_message_shortcut_opens_a_case_from_words(
    opened: Opens, practice: PracticeWorkspace, bot: Bot, slack: WebClient
) -> None:
    open_modal_on(bot, slack, "message_action")
    said = practice.person("ben").say("care", "A customer on the phone is furious")
    page = opened()
    message(page, said).hover()
    message(page, said).get_by_test_id("message-menu").click()
    page.get_by_role("menuitem", name="Open a case").click()
    expect(on(page, "modal")).to_be_visible()
    heard = bot.heard_of("message_action")[0]
    assert (heard["callback_id"], heard["message"]["ts"]) == ("open_case", said.ts)


def test_home_tab_is_asked_for_and_its_buttons_work(opened: Opens, bot: Bot, slack: WebClient) -> None:
    button = {"type": "button", "action_id": "list", "text": {"type": "plain_text", "text": "All cases"}}
    section = {"type": "section", "text": {"type": "plain_text", "text": "Good morning"}, "accessory": button}
    bot.answers(
        "app_home_opened",
        lambda payload: (
            slack.views_publish(user_id=payload["event"]["user"], view={"type": "home", "blocks": [section]}) and None
        ),
    )
    page = opened()
    on(page, "place-home").click()
    expect(on(page, "home")).to_contain_text("Good morning")
    with page.expect_response("**/page/gesture"):
        on(page, "home").locator("[data-action-id=list]").click()
    assert bot.heard_of("block_actions")[0]["view"]["type"] == "home"


# The clock and the customers


def test_jumping_the_clock_moves_dates_in_messages(
    opened: Opens, practice: PracticeWorkspace, bot: Bot, slack: WebClient
) -> None:
    due = int((practice.clock.now() + timedelta(hours=2)).timestamp())
    slack.chat_postMessage(channel=CARE, text=f"Due <!date^{due}^{{ago}} ({{date_short_pretty}})|later>")
    page = opened()
    expect(on(page, "message")).to_contain_text("Due in 2 hours (today)")
    on(page, "jump-1h").click()
    expect(on(page, "message")).to_contain_text("Due in 1 hour (today)")
    expect(on(page, "clock")).to_contain_text("11:00")
    on(page, "jump-morning").click()
    expect(on(page, "message")).to_contain_text("Due 21 hours ago (yesterday)")
    expect(on(page, "clock")).to_contain_text("09:00")
    expect(on(page, "clock")).to_contain_text("Tue 6 Jan 2026")


def test_clock_runs_fast_and_can_be_paused(opened: Opens, practice: PracticeWorkspace, bot: Bot) -> None:
    page = opened()
    expect(on(page, "speed-0")).to_have_attribute("aria-checked", "true")
    on(page, "speed-600").click()
    expect(on(page, "speed-600")).to_have_attribute("aria-checked", "true")
    expect(on(page, "clock").locator(".time")).not_to_have_text("10:00")
    on(page, "speed-0").click()
    expect(on(page, "speed-0")).to_have_attribute("aria-checked", "true")
    assert practice.clock.speed == 0
    expect(on(page, "clock").locator(".time")).to_have_text(f"{practice.clock.now() + timedelta(hours=1):%H:%M}")


def test_customers_arrive_one_after_another_and_write_again(
    opened: Opens, practice: PracticeWorkspace, bot: Bot
) -> None:
    arrived: list[str] = []

    def intake(_: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        arrived.append(json.loads(body)["data"]["external_id"])
        return 201, {}, b"{}"

    practice.connect(bot, intake)
    page = opened()
    told = list(practice.customers.values())
    for number, customer in enumerate(told, 1):
        expect(page.locator(".who")).to_contain_text(f"{number} of 5")
        expect(page.locator(".who")).to_contain_text(customer.line)
        on(page, "next-customer").click()
    expect(on(page, "next-customer")).to_have_count(0)
    on(page, f"again-{told[0].key}").click()
    expect(on(page, f"again-{told[0].key}")).to_have_count(0)
    assert arrived == [*(customer.words[0].external_id for customer in told), told[0].words[1].external_id]


def test_intake_that_does_not_answer_is_told(opened: Opens, bot: Bot) -> None:
    page = opened()
    on(page, "next-customer").click()
    expect(on(page, "toast")).to_contain_text("The bot did not take the feedback in (no answer)")


# People come, go, and want their peace


def test_quiet_hours_are_switched_on_and_off(opened: Opens, practice: PracticeWorkspace, slack: WebClient) -> None:
    page = opened()
    on(page, "quiet").click()
    expect(on(page, "quiet")).to_contain_text("Not disturbed until 09:00")
    expect(on(page, "as-ana").get_by_test_id("moon")).to_be_visible()
    assert slack.dnd_info(user=ANA)["next_dnd_end_ts"] == practice.clock.now().timestamp() + 23 * 3600
    assert slack.dnd_info(user=BEN)["dnd_enabled"] is False
    on(page, "quiet").click()
    expect(on(page, "quiet")).to_contain_text("Do not disturb until 9:00")
    expect(on(page, "moon")).to_have_count(0)
    assert slack.dnd_info(user=ANA)["dnd_enabled"] is False


def test_quiet_hours_end_when_morning_has_come(opened: Opens, practice: PracticeWorkspace) -> None:
    now = practice.clock.now()
    practice.person("ben").do_not_disturb(now - timedelta(hours=1), now + timedelta(hours=1))
    page = opened()
    expect(on(page, "as-ben").get_by_test_id("moon")).to_be_visible()
    practice.clock.jump(timedelta(hours=1))
    expect(on(page, "moon")).to_have_count(0)


def test_deactivated_person_is_nobody_to_be(opened: Opens, practice: PracticeWorkspace) -> None:
    page = opened()
    practice.person("ana").deactivated()
    expect(on(page, "as-ana")).to_have_count(0)
    expect(on(page, "as-ben")).to_have_attribute("aria-checked", "true")


def test_channel_closes_before_who_has_left_it(opened: Opens, practice: PracticeWorkspace, card: Message) -> None:
    page = opened()
    expect(message(page, card)).to_be_visible()
    practice.person("ana").leaves_channel("care")
    expect(message(page, card)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_contain_text("general")


# Small screens, files, and the ways in


def test_phone_hides_channels_behind_a_button(opened: Opens, practice: PracticeWorkspace) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    general = page.locator(f"#place-{GENERAL}")
    expect(general).not_to_be_in_viewport()
    page.get_by_role("button", name="Show channels").click()
    general.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("general")
    expect(general).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_uploaded_picture_is_shown_and_other_files_download(
    opened: Opens, practice: PracticeWorkspace, slack: WebClient
) -> None:
    slack.files_upload_v2(channel=CARE, filename="box.png", title="The box", content=PIXEL)
    slack.files_upload_v2(channel=CARE, filename="x.html", title="A page", content=b"<script>alert(1)</script>")
    page = opened()
    expect(on(page, "message").locator("img")).to_have_js_property("naturalWidth", 1)
    link = page.get_by_role("link", name="A page").get_attribute("href")
    answer = httpx2.get(f"{practice.base_url}{link}", trust_env=False)
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["content-type"] == "application/octet-stream"


def test_picture_in_a_block_is_shown_with_alt_text(opened: Opens, slack: WebClient) -> None:
    file = slack.files_upload_v2(filename="chart.png", title="Chart", content=PIXEL)["file"]["id"]
    slack.files_info(file=file)
    block = {"type": "image", "slack_file": {"id": file}, "alt_text": "Waiting per day, four weeks"}
    slack.chat_postMessage(channel=CARE, text="Digest", blocks=[block])
    shown = opened().get_by_role("img", name="Waiting per day, four weeks")
    expect(shown).to_have_js_property("naturalWidth", 1)


def test_page_forbids_whatever_is_not_its_own(practice: PracticeWorkspace) -> None:
    policy = httpx2.get(f"{practice.base_url}/", trust_env=False).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_gestures_from_another_sites_form_are_refused(practice: PracticeWorkspace, card: Message) -> None:
    gesture = json.dumps({"do": "react", "as": ANA, "channel": CARE, "ts": card.ts, "emoji": "eyes"})
    answer = httpx2.post(
        f"{practice.base_url}/page/gesture", content=gesture, headers={"content-type": "text/plain"}, trust_env=False
    )
    assert answer.status_code == 415
    assert card.reactions == {}


@pytest.mark.parametrize(
    ("gesture", "words"),
    [
        ({"do": "dance", "as": ANA}, "The page knows no gesture 'dance'."),
        ({"do": "react", "as": "UNOBODY"}, "there is nobody called 'UNOBODY'"),
        (
            {"do": "react", "as": ANA, "channel": CARE, "ts": "1.000001", "emoji": "eyes"},
            "That message is no longer there.",
        ),
        ({"do": "close_modal", "as": ANA}, "ana has no modal open"),
        ({"do": "say", "as": ANA, "in": "CNOWHERE", "text": "hello"}, "That channel is no longer there."),
        ({"do": "click", "as": ANA, "view": "home"}, "That view is no longer open."),
    ],
)
def test_impossible_gestures_are_refused_in_words(practice: PracticeWorkspace, gesture: Payload, words: str) -> None:
    answer = httpx2.post(f"{practice.base_url}/page/gesture", json=gesture, trust_env=False).json()
    assert answer == {"ok": False, "error": words}
