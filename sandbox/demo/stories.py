"""The five unhappy customers of the stories: who they are, what they write, and what they write later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.demo.customers import Customer, Words
from sandbox.demo.intake import Intake
from sandbox.mail.letters import Said


def story_customers(now: Callable[[], datetime], intake: Intake) -> dict[str, Customer]:
    """The five, by key, in the order in which they arrive. Addresses and numbers are reserved for fiction."""
    told = (_gift_shop, _lost_order, _box_not_delivered, _wrong_bill, _birthday_order)
    return {customer.key: customer for customer in (tell(now, intake) for tell in told)}


def _gift_shop(now: Callable[[], datetime], intake: Intake) -> Customer:
    return Customer(
        key="gift-shop",
        line="Clara wanted a birthday box for her husband and was brushed off on the phone.",
        name="Clara Nyström",
        email="clara.nystroem@example.org",
        customer_id="c-2041",
        words=(
            Words(
                "form-7731",
                "The box itself was fine. But the woman I spoke to on the phone was so cold. I only asked how to order "
                "one for my husband's birthday and she told me to look at the website. I will not order again.",
                rating=2,
                source="after-delivery-form",
                order_ref="GB-5120",
                occasion="husband's birthday",
                occasion_in=timedelta(days=9),
            ),
            Words(
                "mail-7790",
                "Thank you for writing to me yourself, and so quickly. That was kind, and I am glad you asked. "
                "I got what I needed in the end.",
                negative=False,
                source="e-mail",
                subject="Re: Your call with us",
                order_ref="GB-5120",
            ),
        ),
        answers=(
            Said(
                "Thank you for writing to me yourself, and so quickly. It was a woman, on Thursday around four. "
                "Yes, I got what I needed in the end.",
                timedelta(minutes=40),
            ),
            Said(
                "I telephoned this morning, and your colleague was so kind. The box for my husband's birthday is "
                "ordered. Thank you.",
                timedelta(hours=23),
            ),
        ),
        now=now,
        intake=intake,
    )


def _lost_order(now: Callable[[], datetime], intake: Intake) -> Customer:
    complaint = (
        "My sandwich order was lost at the counter. I had to ask twice before anybody made it, waited twenty-five "
        "minutes, and nobody said sorry."
    )
    return Customer(
        key="lost-order",
        line="Douglas telephones head office: his order was lost, and made only when he asked a second time.",
        name="Douglas Achebe",
        email="douglas.achebe@example.org",
        phone="+44 20 7946 0123",
        words=(
            Words("call-0418", complaint, source="phone", order_ref="till-3-0418"),
            Words(
                "call-0419",
                "Calling for the second time about the lost order at your counter. Still waiting for anybody to "
                "call back.",
                source="phone",
                order_ref="till-3-0418",
            ),
        ),
        by_hand={
            "name": "Douglas Achebe",
            "email": "douglas.achebe@example.org",
            "phone": "+44 20 7946 0123",
            "comment": complaint,
            "order_ref": "till-3-0418",
            "source": "phone",
        },
        answers=(Said("That is kind of you. Thank you very much, all is well now.", timedelta(hours=2)),),
        now=now,
        intake=intake,
    )


def _box_not_delivered(now: Callable[[], datetime], intake: Intake) -> Customer:
    return Customer(
        key="box-not-delivered",
        line="Priya's meal box never came, and the first answer was that she had never ordered it.",
        name="Priya Raman",
        email="priya.raman@example.org",
        customer_id="c-3307",
        words=(
            Words(
                "order-8812",
                "My meal box for this week has not arrived. Your chat told me I never ordered one, and here is my "
                "confirmation number. What do I cook tonight?",
                rating=1,
                source="help-form",
                subject="Box not delivered",
                order_ref="8812",
            ),
            Words(
                "order-8812-b",
                "Now I am told it was a bug in your system and do I want a box next week. No sorry, no refund, no plan. "
                "Still no dinner. This is ridiculous.",
                rating=1,
                source="help-form",
                subject="Re: Box not delivered",
                order_ref="8812",
            ),
        ),
        answers=(
            Said(
                "Thank you. I am at home that day from noon on. Can it be left at the back door?",
                timedelta(minutes=30),
            ),
            Said(
                "That is fine. Thank you for writing to me so quickly.",
                timedelta(hours=1),
            ),
            Said("Thank you for writing to me again. That is fine.", timedelta(hours=1)),
        ),
        now=now,
        intake=intake,
    )


def _wrong_bill(now: Callable[[], datetime], intake: Intake) -> Customer:
    return Customer(
        key="wrong-bill",
        line="Walter was billed $400 instead of $9, and says not to bother calling him.",
        name="Walter Lindqvist",
        email="walter.lindqvist@example.org",
        phone="+1 202 555 0142",
        customer_id="c-1188",
        words=(
            Words(
                "survey-220",
                "Billed $400 when I owed $9. Should we call you back? Don't bother, you are idiots.",
                rating=1,
                source="survey",
                order_ref="INV-90417",
                contact_ok=False,
            ),
        ),
        answers=(Said("Thank you for calling, and for putting it right. It is all settled now.", timedelta(hours=1)),),
        now=now,
        intake=intake,
    )


def _birthday_order(now: Callable[[], datetime], intake: Intake) -> Customer:
    return Customer(
        key="birthday-order",
        line="Hannah was promised delivery within 24 hours; her daughter's birthday is in two days.",
        name="Hannah Moreau",
        email="hannah.moreau@example.org",
        customer_id="c-4520",
        words=(
            Words(
                "shop-5561",
                "You promised the cake toppers within 24 hours. That was three days ago and they have not been sent. "
                "My daughter's birthday is the day after tomorrow.",
                rating=2,
                source="shop-messages",
                subject="Where is my order?",
                order_ref="E-5561",
                occasion="birthday",
                occasion_in=timedelta(days=2),
            ),
            Words(
                "shop-5561-b",
                "This is the second time asking. Being told that busy times may take longer is no answer. "
                "Will they be here for the birthday, yes or no?",
                rating=1,
                source="shop-messages",
                subject="Re: Where is my order?",
                order_ref="E-5561",
                occasion="birthday",
                occasion_in=timedelta(days=2),
                public_url="https://reviews.example.org/shops/5561",
            ),
        ),
        answers=(
            Said(
                "Thank you for a straight answer. The evening before is in time. Will the courier ring, or leave them at "
                "the door?",
                timedelta(minutes=20),
            ),
            Said("My order came this morning, and everything is fine now. Thank you so much.", timedelta(hours=20)),
        ),
        now=now,
        intake=intake,
    )
