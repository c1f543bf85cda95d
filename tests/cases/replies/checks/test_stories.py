"""The founders' five stories: the replies that won somebody back pass, the others are blocked for the right reason."""

from __future__ import annotations

from typing import Any

import pytest

from cases.model import Customer, Feedback, Severity
from cases.replies.checks import check_reply, ok


def _feedback(comment: str, name: str = "Helen Marsh", order_ref: str | None = None) -> Feedback:
    return Feedback(external_id="s", source="form", customer=Customer(name=name), comment=comment, order_ref=order_ref)


SO_SO = 0.0  # how the letter reads as a whole: neither like good ones, nor like those that leave a customer alone


def _blocking(reply: str, feedback: Feedback | None, **given: Any) -> set[str]:
    return {
        finding.rule for finding in check_reply(reply, feedback, line=SO_SO, **given) if finding.severity == "block"
    }


GIFT = _feedback(
    "I only wanted to know how to order a box for my husband's birthday. The person on the phone was cold and sent me "
    "to the website. I will not order again."
)
FIRST = (
    "Dear Helen,\n\nI read your note an hour ago and it stung, because you're right. You rang us about a birthday box and "
    "we sent you away to a website. I am sorry; we should have taken the order there and then.\n\nMay I ask whom you spoke "
    "with, and did you find what you needed for your husband in the end? I would very much like to win you back.\n\n"
    "Paul Winter"
)
SECOND = "Dear Helen, thank you, that was generous. I have read your words out to everybody here. A happy birthday to him. Paul"
THANKS = _feedback("Thank you for such a kind answer. I have everything I need now.")


def test_the_gift_shop_owners_first_reply_passes() -> None:
    assert _blocking(FIRST, GIFT, signed_by="Paul Winter") == set()


@pytest.mark.parametrize("feedback", [THANKS, GIFT, None])
def test_his_two_lines_of_thanks_pass_afterwards(feedback: Feedback | None) -> None:
    assert _blocking(SECOND, feedback, signed_by="Paul", earlier_replies=[FIRST]) == set()


def test_a_thank_you_needs_no_apology_even_unasked() -> None:
    assert ok(check_reply(SECOND, THANKS))


def test_thanks_alone_do_not_answer_a_complaint() -> None:
    assert _blocking(SECOND, GIFT) >= {"A1", "R1"}


MEAL_BOX = _feedback("My box for Monday never came, and I have sent you the order confirmation again.", "Priya Nair")


def test_you_never_ordered_doubts_the_meal_box_customer() -> None:
    reply = "Hello Priya, there is no record of an order from you. Did you actually finish the checkout? Lou"
    assert _blocking(reply, MEAL_BOX) >= {"A1"}
    assert "E1" in {finding.rule for finding in check_reply(reply, MEAL_BOX)}


def test_a_bug_in_our_system_excuses_and_repairs_nothing() -> None:
    reply = "Hello Priya, a bug in our system swallowed the order. Shall we put you down for next week's box? Lou"
    assert _blocking(reply, MEAL_BOX) >= {"E1", "A1"}


REGRET = "We are sorry that we did not let you know earlier that your cot will come later than we had said."


def test_the_retailers_second_identical_sentence_is_blocked() -> None:
    feedback = _feedback("The cot slips again, another week now, and again nobody told me.", "Lena Vogt")
    again = f"Dear Lena, {REGRET} It arrives on Friday 4 April by noon and I have sent you 40 euros back. Ben"
    assert _blocking(again, feedback, earlier_replies=[f"Dear Lena, {REGRET} Ben"]) == {"P2"}


CUPS = _feedback("You promised the cups in 24 hours. It is my daughter's birthday tomorrow.", "Marta Silva")


@pytest.mark.parametrize(
    "reply",
    [
        "Busy times may take longer. Rosa",
        "Marta, stop messaging me. You are being rude and I have cancelled your order. Rosa",
        "I have a lot of customers and they are all more patient than you. Rosa",
    ],
)
def test_the_sellers_rudeness_is_blocked_in_every_form(reply: str) -> None:
    assert _blocking(reply, CUPS) >= {"A1"}


def test_calling_the_customer_rude_is_named_as_such() -> None:
    reply = "I'm sorry, I missed my date for the cups. But you were rude, so please stop writing to me. Refunded. Rosa"
    assert "E1" in {finding.rule for finding in check_reply(reply, CUPS)}


BILL = _feedback("You billed me 400 dollars for a debt of 9. Don't bother to call, you are idiots.", "Gordon Pike")


def test_the_wrong_bill_put_right_at_once_passes() -> None:
    reply = (
        "Mr Pike, I'm sorry. You owed 9 dollars and we billed you 400. That bill is cancelled as of today. Janet Carter"
    )
    assert _blocking(reply, BILL, signed_by="Janet Carter") == set()


def test_strict_mode_blocks_what_is_otherwise_one_explanation() -> None:
    reply = "Mr Pike, I'm sorry. We billed you 400 because I mistyped the reading. It is cancelled today. Janet"
    assert _blocking(reply, BILL) == set()
    assert _blocking(reply, BILL, strict=True) == {"E1"}


def test_after_a_broken_promise_kindness_alone_is_blocked() -> None:
    reply = "Marta, I'm sorry, I broke my promise about the cups. They leave today at 4, may I bring them to you? Rosa"
    assert _blocking(reply, CUPS) == set()
    assert _blocking(reply, CUPS, promise_broken=True) == {"T4"}


@pytest.mark.parametrize(
    ("greeted", "words", "signed", "rules"),
    [
        ("Dear Helen", "I have refunded it.", "Sue", set()),
        ("Dear Sue", "I have refunded it.", "Tom", set()),
        ("Dear Helen", "I have refunded it, and Sue will ring you today at five.", "Tom", set()),
        ("Dear Helen", "I have refunded it. Sue will ring you today at five.", "Sue Berry", set()),
        ("Dear Helen", "I have refunded it. Please do not sue us.", "Sue", {"S2"}),
    ],
)
def test_name_that_is_also_a_word_of_law_is_a_name(greeted: str, words: str, signed: str, rules: set[str]) -> None:
    reply = f"{greeted},\nI'm sorry, we sent your box to the wrong house. {words}\n{signed}"
    assert _blocking(reply, None, signed_by=signed) == rules


def test_only_the_leads_approval_lifts_the_safety_rule() -> None:
    harmed = _feedback("There was glass in the salad and my mouth was bleeding, I had to see a doctor.")
    reply = "Dear Helen, I'm sorry, we served you a salad with glass in it. It is refunded. Tom"
    assert _blocking(reply, harmed, severity=Severity.CRITICAL) == {"S2"}
    assert _blocking(reply, harmed, severity=Severity.CRITICAL, lead_approved=True) == set()


def test_a_reply_in_another_language_is_marked_unread() -> None:
    reply = "Liebe Helen, es tut mir leid, dass wir Sie am Telefon so kurz abgefertigt haben. Ich rufe Sie morgen um zehn an. Paul"
    assert {finding.rule for finding in check_reply(reply, GIFT)} >= {"L4"}
    assert ok(check_reply(reply, GIFT))
