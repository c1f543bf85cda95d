"""The whole bot as a colleague meets it in the browser: what is clicked, written or waited for shows on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from sandbox.server import PracticeWorkspace
from tests.page.conftest import Opens
from tests.page.desk import Desk
from tests.sandbox import chromium

pytestmark = pytest.mark.skipif(chromium.found() is None, reason="no Chromium on this machine")

PHONE = {"width": 390, "height": 844}


def actions(message: Locator) -> Locator:
    """The plain buttons of a message."""
    return message.locator("[data-action-id]:not([role=menuitem])")


# Taking a case


def test_claim_by_button_makes_the_case_mine(desk: Desk) -> None:
    desk.press(desk.card(), "claim")
    expect(desk.card()).to_contain_text("@Ana Ortega has it · call or write by today at 10:45 (in 45 minutes)")
    expect(actions(desk.card())).to_have_text(["Contacted", "Add a promise"])
    expect(desk.whispers()).to_contain_text("clara.nystroem@example.org")
    expect(desk.shown("card")).to_have_count(1)


@pytest.mark.long
def test_eyes_claim_and_taking_them_back_releases(desk: Desk) -> None:
    desk.react(desk.card(), "eyes")
    expect(desk.card()).to_contain_text("@Ana Ortega has it")
    desk.card().get_by_role("button", name="eyes, 1: you").click()
    expect(desk.card()).to_contain_text("Needs an owner")
    expect(actions(desk.card())).to_have_text(["Claim"])
    expect(desk.card().get_by_test_id("reaction")).to_have_count(0)


@pytest.mark.long
def test_whoever_comes_second_is_told_who_has_it(desk: Desk, opens: Opens) -> None:
    ben = opens("ben")
    desk.press(desk.card(), "claim")
    expect(ben.card()).to_contain_text("@Ana Ortega has it")
    ben.write("/case claim 1")
    expect(ben.whispers()).to_contain_text("@Ana Ortega has had this one since today at 10:00.")
    expect(desk.whispers()).to_have_count(1)  # her own contact details, and no word of Ben's attempt


def test_button_is_what_it_was_when_it_was_pressed(desk: Desk, opens: Opens) -> None:
    """News that came while the mouse was down made another button of it, or moved it away: the click was lost, or meant the other."""
    ben = opens("ben")
    desk.card().locator("[data-action-id=claim]").hover()
    desk.page.mouse.down()
    with desk.page.expect_response("**/page/screen*"):
        ben.write("/case claim 1")
    expect(ben.card()).to_contain_text("@Ben Okafor has it")
    desk.page.mouse.up()
    expect(desk.on("toast")).to_contain_text("claim")  # it is not there any more, and nothing else was clicked
    expect(desk.card()).to_contain_text("@Ben Okafor has it")


@pytest.mark.long
def test_switching_person_leaves_private_answers_behind(desk: Desk) -> None:
    desk.press(desk.card(), "claim")
    expect(desk.whispers()).to_have_count(1)
    desk.become("ben")
    expect(desk.whispers()).to_have_count(0)
    desk.become("ana")
    expect(desk.whispers()).to_have_count(1)


@pytest.mark.long
def test_guest_outside_the_team_is_turned_away(desk: Desk) -> None:
    desk.become("max")
    desk.press(desk.card(), "claim")
    expect(desk.whispers()).to_contain_text("This is for the team that looks after unhappy customers.")
    expect(desk.card()).to_contain_text("Needs an owner")


# Reaching the customer


@pytest.mark.long
def test_contacted_form_tells_the_card_and_the_thread(desk: Desk) -> None:
    desk.press(desk.card(), "claim")
    desk.press(desk.card(), "contacted")
    desk.fill(way="phone", text="She would like to order by telephone")
    expect(desk.card()).to_contain_text("called today at 10:00 · waits for the customer")
    expect(actions(desk.card())).to_have_text(["Close"])
    desk.open_thread()
    expect(desk.in_thread("note").last).to_contain_text("by phone: She would like to order by telephone")


ANSWER = (
    "Hello Clara Nyström,\n\nI am sorry: I was cold to you on the telephone and sent you to the website, when you only asked how "
    "to order a box for your husband's birthday. You rang for help and got none. I have put one aside for you, "
    "and it can be with him two days before his birthday. Would you like it gift-wrapped?\n\nI will call you tomorrow at 15:00.\n\nAna Ortega"
)


def test_scaffold_is_filled_in_edited_and_approved(desk: Desk) -> None:
    desk.open_thread()
    draft = desk.in_thread("draft")
    expect(draft).to_contain_text("It was for your husband's birthday on 14 January.")
    expect(actions(draft)).to_have_text(["Edit", "Put aside"])
    desk.press(draft, "edit")
    body = desk.on("modal").locator("[name='body/body']").input_value()
    desk.save(body=body)
    expect(desk.on("modal")).to_contain_text("Something only a person knows is still missing here.")
    desk.fill(body=ANSWER)
    expect(draft).to_contain_text("Edited by @Ana Ortega.")
    expect(actions(draft)).to_have_text(["Edit", "Approve", "Put aside"])
    desk.press(draft, "approve")
    desk.on("confirm-yes").click()
    expect(draft).to_contain_text("@Ana Ortega approved this text today at 10:00, word for word.")
    expect(actions(draft)).to_have_text(["Send", "I have sent it", "Edit again"])


@pytest.mark.long
def test_wish_for_no_contact_waits_for_a_decision(opens: Opens, practice: PracticeWorkspace) -> None:
    desk = opens()
    practice.customers["wrong-bill"].send()
    expect(desk.card()).to_contain_text("Asked not to be contacted. Please decide before anyone writes.")
    desk.open_thread()
    expect(desk.in_thread("draft")).to_contain_text("there is no draft yet")
    desk.press(desk.card(), "draft")
    desk.fill(text="We owe him the money back")
    expect(desk.card()).to_contain_text("We decided to write all the same: We owe him the money back")
    expect(desk.in_thread("draft")).to_contain_text("Hello Walter,")


# Letters


def test_letter_is_answered_in_the_customers_mailbox(desk: Desk) -> None:
    desk.press(desk.card(), "claim")
    desk.open_thread()
    desk.sends_reply(ANSWER)
    desk.jump("1h")
    expect(desk.in_thread("draft")).to_contain_text("Our mail server has taken it.")
    expect(desk.on("place-direct").get_by_test_id("unread")).to_have_count(0)  # nobody is reminded of whom it reached
    expect(desk.on("unread-mail")).to_have_text("1")
    desk.open_mail("Clara Nyström")
    expect(desk.on("unread-mail")).to_have_count(0)
    expect(desk.letters()).to_contain_text("I am sorry: I was cold to you on the telephone")
    expect(desk.on("letters")).to_contain_text("Clara answers today at 11:4")
    desk.on("answers-now").click()
    expect(desk.letters()).to_have_count(2)
    expect(desk.letters().last).to_contain_text("It was a woman, on Thursday around four.")
    expect(desk.card()).to_contain_text("It was a woman, on Thursday around four.")
    desk.on("answer").locator("textarea").fill("Oh, and one thing more: <b>thank you</b>")
    desk.on("answer").get_by_role("button", name="Send as Clara").click()
    expect(desk.letters().last).to_contain_text("<b>thank you</b>")
    expect(desk.on("answer").locator("textarea")).to_have_value("")
    expect(desk.card()).to_contain_text("<b>thank you</b>")


def _jump_until_shown(desk: Desk, picture: Locator) -> None:
    """Each step of a file's way may be put off by some seconds, and the practice clock stands still: whichever is due next comes due."""
    for _ in range(6):
        desk.jump("5m")
        try:
            picture.wait_for(timeout=15_000)
        except PlaywrightTimeout:
            continue
        return


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_customers_photo_is_shown_in_the_thread_when_asked_for(opens: Opens, scheme: str) -> None:
    desk = opens(color_scheme=scheme)
    desk.next_customer(1)
    desk.open_mail("Clara Nyström")
    desk.on("answer").locator("textarea").fill("The vase came broken, too. Look at it!")
    desk.on("with-photo").check()
    desk.on("answer").get_by_role("button", name="Send as Clara").click()
    expect(desk.letters().last).to_contain_text("With a photo of the vase")
    expect(desk.card()).to_contain_text("the-vase.png (image/png, 1 kB)")
    desk.press(desk.card(), "show_attachments")
    desk.open_thread()
    shown = desk.in_thread("note").filter(has_text="From the customer’s letter, shown by Ana")
    expect(shown).to_be_visible()
    picture = shown.locator("img")
    _jump_until_shown(desk, picture)
    expect(picture).to_have_attribute("alt", "the-vase.png, which came with the customer’s letter")
    expect(picture).to_have_js_property("naturalWidth", 320)
    expect(desk.card().locator("[data-action-id=show_attachments]")).to_have_count(0)


@pytest.mark.long
def test_colleague_writes_from_her_own_mail_program(desk: Desk) -> None:
    desk.open_mail("Clara Nyström")
    desk.on("own-program").locator("summary").click()
    desk.on("from-program").get_by_role("button", name="Send from Ana’s mail program").click()
    expect(desk.letters()).to_contain_text("Written in Ana’s own mail program; Slack had no part in it.")
    expect(desk.card()).to_contain_text("The mail server took an e-mail of today at 10:00")
    expect(desk.card()).to_contain_text("waits for the customer")


@pytest.mark.long
def test_letter_that_bounces_comes_back_to_the_thread(desk: Desk) -> None:
    desk.press(desk.card(), "claim")
    desk.open_thread()
    desk.sends_reply(ANSWER)
    desk.jump("5m")
    desk.open_mail("Clara Nyström")
    desk.on("bounce").click()
    expect(desk.letters()).to_contain_text("no such mailbox. Clara never saw it.")
    expect(desk.on("bounce")).to_have_count(0)
    expect(desk.in_thread().last).to_contain_text("What was sent by e-mail came back: it has not reached the customer")
    expect(desk.card()).to_contain_text("Tried once: by e-mail")


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mailboxes_fit_a_phone_and_close_with_escape(opens: Opens, scheme: str) -> None:
    desk = opens(viewport=PHONE, color_scheme=scheme)
    desk.next_customer(1)
    desk.open_mail("Clara Nyström")
    assert beyond_the_edge(desk) == []
    desk.on("own-program").locator("summary").click()
    assert beyond_the_edge(desk) == []
    desk.page.keyboard.press("Escape")
    expect(desk.on("answer")).to_have_count(0)
    expect(desk.card()).to_be_visible()


# Words


@pytest.mark.long
def test_why_in_message_box_answers_only_me(desk: Desk, opens: Opens) -> None:
    ben = opens("ben")
    desk.write("/case why 1")
    expect(desk.whispers()).to_contain_text("The next reminder about #1 comes today at 10:10")
    expect(desk.whispers()).to_contain_text("Only visible to you")
    expect(ben.card()).to_be_visible()
    expect(ben.whispers()).to_have_count(0)


@pytest.mark.long
def test_reply_in_thread_becomes_a_note(desk: Desk) -> None:
    desk.open_thread()
    desk.reply("The colleague on the phone was new")
    expect(desk.in_thread().last).to_contain_text("The colleague on the phone was new")
    desk.write("/case show 1")
    expect(desk.whispers()).to_contain_text("@Ana Ortega · noted: “The colleague on the phone was new”")


@pytest.mark.long
def test_mention_in_thread_acts_on_its_case(desk: Desk) -> None:
    desk.open_thread()
    desk.reply("@Amends claim")
    expect(desk.card()).to_contain_text("@Ana Ortega has it")


@pytest.mark.long
def test_telephone_complaint_is_opened_by_hand(opens: Opens) -> None:
    desk = opens()
    desk.write("/case new")
    desk.fill(comment="The soup was cold and nobody said sorry", name="Douglas Achebe", rating="1", source="phone")
    expect(desk.card()).to_contain_text("The soup was cold and nobody said sorry")
    expect(desk.card()).to_contain_text("Douglas Achebe · by phone · taken down by Ana Ortega · rated 1 of 5")


# Time


def test_clock_jumps_and_the_nudge_is_seen(desk: Desk) -> None:
    desk.press(desk.card(), "claim")
    expect(desk.card()).to_contain_text("has it")
    desk.jump("1h")
    expect(desk.on("place-direct").get_by_test_id("unread")).to_be_visible()
    desk.go("direct")
    nudge = desk.shown("nudge").last
    expect(nudge).to_contain_text("Clara Nyström has not heard from us; first contact was due today at 10:45")
    expect(nudge).to_contain_text("✅ on the card, and a click on how you reached them, ends these reminders.")
    desk.press(nudge, "contacted")
    desk.fill(way="email")
    expect(nudge).to_contain_text("Done: the customer has been contacted. Thank you, @Ana Ortega.")
    expect(actions(nudge)).to_have_count(0)


@pytest.mark.long
def test_next_morning_brings_the_digest_to_all(desk: Desk) -> None:
    desk.jump("morning")
    expect(desk.shown("digest")).to_contain_text("One customer waits for a word from us:")
    expect(desk.shown("digest")).to_contain_text("since yesterday at 09:55 · no owner")
    expect(desk.shown("digest")).to_have_count(1)


@pytest.mark.long
def test_digest_can_be_called_for_oneself(desk: Desk) -> None:
    desk.write("/case digest")
    expect(desk.whispers()).to_contain_text("Today at Hearth & Ribbon")
    expect(desk.whispers()).to_contain_text(
        "#1 · Clara Nyström · since today at 09:55 · no owner · “The box itself was fine."
    )
    expect(desk.shown("digest")).to_have_count(0)


# The whole workspace


def test_five_customers_arrive_one_after_another(opens: Opens) -> None:
    desk = opens()
    for number in range(1, 6):
        desk.next_customer(number)
    expect(desk.shown("card")).to_have_count(5)
    expect(desk.on("next-customer")).to_have_count(0)
    for number, words in enumerate(["so cold", "sandwich", "meal box", "Billed $400", "cake toppers"], 1):
        expect(desk.card(number)).to_contain_text(words)


@pytest.mark.long
def test_second_word_joins_the_card_it_belongs_to(desk: Desk) -> None:
    desk.press(desk.card(), "claim")
    desk.press(desk.card(), "contacted")
    desk.fill(way="phone")
    desk.on("again-gift-shop").click()
    expect(desk.card()).to_contain_text("Thank you for writing to me yourself")
    desk.open_thread()
    expect(desk.in_thread().last).to_contain_text("The customer wrote again, and it reads kindly:")
    desk.press(desk.card(), "close")
    desk.fill(outcome="won_back", learned="Offer to take the order on the telephone")
    expect(desk.card()).to_contain_text("Closed: won back")
    expect(desk.card()).to_contain_text("Learned: Offer to take the order on the telephone")
    expect(desk.in_thread().last).to_contain_text("🎉 Closed: won back. Thank you, Ana Ortega.")


def test_home_tab_shows_my_cases_and_the_teams(desk: Desk) -> None:
    desk.next_customer(2)
    desk.press(desk.card(1), "claim")
    expect(desk.card(1)).to_contain_text("has it")
    desk.go("home")
    home = desk.on("home")
    expect(home).to_contain_text("Your cases")
    steps = home.locator("[data-action-id=contacted]:not([role=menuitem]), [data-action-id=claim]")
    expect(steps).to_have_text(["Contacted", "Claim"])
    desk.press(home, "claim")
    expect(steps).to_have_text(["Contacted", "Contacted"])
    expect(home).to_contain_text("No other open cases.")


@pytest.mark.long
def test_home_tab_keeps_what_is_chosen_there(desk: Desk) -> None:
    desk.go("home")
    home = desk.on("home")
    desk.press(home, "show_overdue")
    expect(home).to_contain_text("Nothing here just now.")
    desk.press(home, "remind_in_thread")
    expect(home).to_contain_text("Reminders come in the case's thread.")
    desk.page.reload()
    expect(home).to_contain_text("Nothing here just now.")


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_phone_shows_everything_without_sideways_scrolling(opens: Opens, scheme: str) -> None:
    desk = opens(viewport=PHONE, color_scheme=scheme)
    for number in range(1, 4):
        desk.next_customer(number)
    assert beyond_the_edge(desk) == []
    desk.press(desk.card(3), "claim")
    expect(desk.card(3)).to_contain_text("has it")
    desk.open_thread(3)
    assert beyond_the_edge(desk) == []
    desk.press(desk.in_thread("draft"), "edit")
    expect(desk.on("modal")).to_be_visible()
    assert beyond_the_edge(desk) == []
    desk.page.keyboard.press("Escape")
    desk.on("close-thread").click()
    desk.go("home")
    expect(desk.on("home")).to_contain_text("Your cases")
    assert beyond_the_edge(desk) == []


def beyond_the_edge(desk: Desk) -> list[str]:
    """What a reader would have to scroll sideways for."""
    found = desk.page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("#sidebar, #announcer"))
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`)"""
    )
    return [str(name) for name in found]
