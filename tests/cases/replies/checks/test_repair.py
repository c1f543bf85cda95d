"""What counts as putting it right, and what is only talk about it."""

from __future__ import annotations

import pytest

from cases.replies.checks import check_reply
from cases.replies.checks.letter import letter
from cases.replies.checks.repair import offers_repair

MENDS = """
I have refunded you.
I've sent a new one.
Your refund is on its way.
A new one leaves today.
I will bring another on Friday at six.
Would you like the money back or a new one?
Shall I call you?
May I ask whom you spoke with?
The money is back on your card.
There is no charge for this visit.
It's on the house.
Refund's done.
Which evening suits you?
I'm coming round with it tonight at eight.
We've taken 40 off your bill.
Your account is open again.
The export works again.
You will not pay a cent.
I am calling you at four.
Keep the box, there is nothing to send back.
Please tell me which colour you want.
We pay for the repair.
Both amounts have been repaid.
A replacement pair was posted this morning.
I'd like to cook for you again.
Dinner is on me.
The fine is cancelled.
The bill is 80 again and 110 has gone back to you.
Your seat on Thursday is reserved.
I have extended your access to July.
Let me make you a new one on Saturday at ten.
We would be glad to have you back for a free cut.
I'll have it collected on Monday at nine.
I've knocked the fee off.
You'll find 30 euros back in your account.
I can offer you a full refund or a second visit.
Ready for you on Monday at nine.
The corrected invoice is attached.
I've moved you to the front of the queue.
What would make this right for you?
""".strip().splitlines()

TALKS = """
I have spoken with the kitchen.
We will do better.
We have learnt from this.
That should not happen.
I feel terrible about it.
We are reviewing how we plan our visits.
I hope your niece still enjoyed it.
We have raised it at the meeting.
I will remind my team.
I understand your anger.
We sent you the wrong one.
We gave you a cold soup.
We cannot refund you.
We take this to heart.
I have had a word with the person.
We are working on it.
We know how hard that was.
I have shared your note with everyone.
We are training our staff.
This is not how we want to work.
We will learn from it.
I have noted your words.
No refund is possible.
We are sorry.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", MENDS)
def test_deeds_offers_and_questions_count_as_repair(sentence: str) -> None:
    assert offers_repair(letter(sentence).text)


@pytest.mark.parametrize("sentence", TALKS)
def test_regret_meetings_and_good_intentions_repair_nothing(sentence: str) -> None:
    assert not offers_repair(letter(sentence).text)


@pytest.mark.parametrize(
    ("remedy", "enough"),
    [
        ("I have refunded the 40 euros.", True),
        ("The next one is free.", True),
        ("We will not charge you for it.", True),
        ("Here is a voucher for the wait.", True),
        ("I am chasing the refund I promised you.", False),
        ("It comes on Friday at noon.", False),
    ],
)
def test_a_broken_promise_needs_something_of_value(remedy: str, enough: bool) -> None:
    findings = check_reply(f"I'm sorry, I broke my promise. {remedy}", promise_broken=True)
    assert ("T4" not in {finding.rule for finding in findings}) is enough


def test_a_broken_promise_needs_an_apology_as_well() -> None:
    findings = check_reply("I broke my promise. I have refunded the 40 euros.", promise_broken=True)
    assert "T4" in {finding.rule for finding in findings}
