"""Which promises need a date, which words are one, and where it may stand."""

from __future__ import annotations

import pytest

from cases.replies.checks import check_reply


def _tripped(reply: str) -> set[str]:
    return {finding.rule for finding in check_reply(reply)} & {"T1"}


DATED = """
I will call you by Friday at 5 pm.
I'll send it on 24 November.
I will ring you today by 6.
I'll be round this afternoon before four.
I will call you within the hour.
I'll phone at half past six.
We will replace it on Monday, 3 March.
I'll write to you on 2026-03-04.
I will refund it tomorrow, Tuesday, by noon.
I'll bring it tomorrow at 10.
We'll ship it at 15:30.
I'm going to collect it on the 14th.
I will look into it. You will hear from me by Friday at noon.
I'd like to come myself. I'll bring a new one. Would Thursday at 10 suit you?
I will call you in ten minutes.
""".strip().splitlines()

NO_PROMISE = """
They will charge no late fee.
Our accounts will take nothing off your card.
I will be happy to help.
I'll be here.
You will not be charged.
I will not ask for anything.
If you like, I will call you.
I am calling you now.
Tell me the sum and I'll pay it.
I'll come whenever it suits you.
Shall I call you?
I have refunded you.
Get well soon.
I misspelt a name she'll carry on her wall.
I hope to see you soon.
It happened too soon.
We will do better.
I'll fetch it at a time you choose.
Your refund may take three to five days to show on your card.
""".strip().splitlines()

UNDATED = """
I will look into it.
I'll get back to you.
We'll send you a new one.
I am going to check with the warehouse.
Our team will be in touch.
Someone will call you.
We are looking into it.
I'll let you know when it arrives.
Your refund will be issued as soon as possible.
I will contact you shortly.
We'll replace it in due course.
I’ll call you.
We refunded one today. I will find out about the other.
""".strip().splitlines()

VAGUE = """
I will refund you in the next few days.
I'll send the photos by the end of the week.
I'll send an engineer tomorrow.
We'll correct the bill within 3-5 business days.
I'll fix it early next week.
I will call you over the coming days.
You will receive it in 5 to 7 working days.
We will answer within 24-48 hours.
I'll pop round in a couple of days.
I'll write next month.
""".strip().splitlines()


@pytest.mark.parametrize("promise", DATED)
def test_a_day_or_an_hour_makes_a_promise_sound(promise: str) -> None:
    assert _tripped(promise) == set()


@pytest.mark.parametrize("sentence", NO_PROMISE)
def test_offers_conditions_and_deeds_owe_no_date(sentence: str) -> None:
    assert _tripped(sentence) == set()


@pytest.mark.parametrize("promise", UNDATED)
def test_an_act_promised_without_a_date_blocks(promise: str) -> None:
    assert _tripped(promise) == {"T1"}


@pytest.mark.parametrize("promise", VAGUE)
def test_a_date_that_names_no_instant_blocks(promise: str) -> None:
    assert _tripped(promise) == {"T1"}
