"""Private words: contact details for the owner alone, one line for what was done, one for what could not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.acts.act import Act, NotAllowed
from cases.acts.actions import ACTIONS
from cases.model import Case, Customer, Feedback, Grade, Status, Via
from handlers.cards import contact_lines, private
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines, shown


def did(action: str, case: Case) -> str:
    return shown(private.done(Act(action, ex.ANA, Via.BUTTON), case).text)


def test_the_owner_is_shown_how_to_reach_the_customer() -> None:
    assert lines(private.contact_details(ex.CLAIMED, ex.POLICY).blocks) == [
        "*How to reach Dora Quint* (#12)",
        "E-mail: dora@example.org",
        "Phone: +44 20 7946 0018",
        "Customer id: c-77",
        "Order: 8812",
    ]


def test_addresses_and_numbers_can_be_clicked() -> None:
    text = private.contact_details(ex.CLAIMED, ex.POLICY).text
    assert "<mailto:dora@example.org|dora@example.org>" in text
    assert "<tel:+442079460018|+44 20 7946 0018>" in text


@pytest.mark.parametrize("address", ["dora at example", "a@b.example|evil", "<!channel>@x.example", "x@y"])
def test_an_address_that_is_none_is_no_link(address: str) -> None:
    customer = Customer("Dora", address, "ring <!here>")
    case = replace(ex.CLAIMED, feedback=(replace(ex.FEEDBACK, customer=customer),))
    assert "<" not in private.contact_details(case, ex.POLICY).text


def test_an_unreachable_customer_is_told_of_plainly() -> None:
    nobody = replace(ex.CLAIMED, feedback=(Feedback(external_id="1", source="x", comment="Cold", order_ref="8812"),))
    assert lines(private.contact_details(nobody, ex.POLICY).blocks)[:3] == [
        "*How to reach the customer* (#12)",
        "We have no e-mail address and no phone number. The order or the review may lead to the customer.",
        "Order: 8812",
    ]


def test_details_come_with_the_wish_for_no_contact() -> None:
    said = lines(private.contact_details(ex.HELD, ex.POLICY).blocks)
    assert said[-1] == "✋ The customer asked not to be contacted. Please decide that first."


def test_who_ticks_is_asked_how_in_one_message_of_buttons() -> None:
    ticked = replace(ex.CLAIMED, evidence=Grade.CLICKED, evidence_at=ex.NOW, evidence_by=ex.ANA, rests_until=ex.NOW)
    said, buttons = lines(contact_lines.ask_how(ticked).blocks)
    assert said.startswith(
        "How did it go with Dora Quint (#12)? Until you say, it counts as a tick and not as a contact;"
    )
    assert buttons == (
        "[By phone] [By e-mail] [By chat] [In person] [Public reply] [By letter] [Otherwise] [Not reached] [Say how it went]"
    )
    counted = replace(ticked, status=Status.CONTACTED, rests_until=None)
    assert (
        lines(contact_lines.ask_how(counted).blocks)[0] == "Thank you for contacting Dora Quint (#12). How did it go?"
    )


@pytest.mark.parametrize(
    ("action", "case", "sentence"),
    [
        ("claim", ex.CLAIMED, "#12 is yours. Thank you."),
        ("release", ex.UNCLAIMED, "#12 is free again."),
        ("give", ex.TAKEN_OVER, "#12 is now with @ben."),
        ("snooze", ex.SNOOZED, "No reminders about #12 until today at 12:00."),
        ("contacted", ex.CONTACTED, "Thank you. #12 is marked as contacted."),
        (
            "promise",
            ex.PROMISED,
            "Noted for #12: “send the refund”, by tomorrow at 09:00. I will remind its owner in time.",
        ),
        ("close", ex.CLOSED, "#12 is closed: won back. Thank you."),
        ("reopen", ex.CLAIMED, "#12 is open again."),
        ("dismiss", ex.CLOSED, "#12 is closed: not a complaint."),
        ("note", ex.CLAIMED, "Noted on #12."),
        ("draft", ex.CLAIMED, "The draft for #12 is on its way to its thread."),
    ],
)
def test_what_was_done_is_said_in_one_line(action: str, case: Case, sentence: str) -> None:
    assert did(action, case) == sentence


@pytest.mark.parametrize("case", ex.SITUATIONS.values(), ids=ex.SITUATIONS.keys())
def test_a_confirmation_never_leaves_a_blank(case: Case) -> None:
    said = {action: did(action, case).replace("{date_long_pretty}", "") for action in ACTIONS}
    assert [words for words in said.items() if "None" in words[1] or "{" in words[1]] == []


def test_doing_the_same_twice_is_mostly_silent() -> None:
    assert private.unchanged(Act("contacted", ex.ANA, Via.SLASH), ex.CONTACTED) is None
    twice = private.unchanged(Act("claim", ex.ANA, Via.SLASH), ex.CLAIMED)
    assert twice is not None
    assert twice.text == "You already hold #12."


def test_a_case_opened_by_hand_is_named_with_its_card() -> None:
    message = private.opened(ex.UNCLAIMED, ex.CARD)
    assert message.text == f"Thank you for bringing it. The case is open: <{ex.CARD}|#12 · Soup cold, an hour late>"


def test_a_refusal_is_one_private_sentence() -> None:
    refusal = NotAllowed("held", {"owner": ex.BEN, "since": ex.NOW})
    assert lines(private.refused(refusal, ex.CLAIMED).blocks) == [
        "@ben has had this one since today at 09:00. Ask them first, or take over and say why: `/case takeover 12 A WORD`."
    ]


def test_number_of_a_case_is_said_once_in_each_line() -> None:
    answers = [private.done(Act(name, ex.ANA, Via.BUTTON), ex.CLAIMED) for name in ("claim", "contacted")]
    assert lines(private.of_each([(12, answer) for answer in answers]).blocks) == [
        "#12 is yours. Thank you.",
        "*#12*: Noted for #12.",
    ]
