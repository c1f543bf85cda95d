"""Which sentences own a failure or put it right, and which only sound as if they did."""

from __future__ import annotations

import pytest

from cases.replies.checks import check_reply
from cases.replies.checks.deeds import mends, owns
from cases.replies.checks.letter import letter

OWNED = """
We sent the soup late and have refunded it.
I sent you the wrong size.
We got this wrong.
That's on me.
I should have called you.
I dropped the ball on your order.
We left you waiting.
We let it slip.
My fault.
You should not have had to ask twice.
I’m sorry we didn’t tell you sooner.
This was entirely our mistake.
We forgot you.
I was rude to you.
I wasn't paying attention.
We failed to check the box.
We charged you twice.
Sorry for keeping you waiting.
I apologise for not answering.
Sorry about my tone on the phone.
The blame is mine.
I take full responsibility for this.
The mistake was ours and nobody else's.
I own this one.
We messed up.
I've let you down.
Our kitchen sent it out cold.
My crew got careless.
It slipped through our fingers, and that's down to us.
We made a hash of your booking.
I gave you the wrong date.
I had promised to ring and never did.
We kept you in the dark.
I misread your order.
We were too slow.
No excuse, I just forgot.
I can only blame myself.
We treated you badly.
I hold my hands up.
We dropped a clanger there.
I ought to have read your note.
We ran late and told nobody.
We promised you Friday and it came on Monday.
Nobody here picked up the phone.
I double-booked the slot.
It was careless of me.
That was thoughtless of us.
We took your money and gave you nothing for it.
We could have warned you and did not.
I put the label on the wrong box.
We simply didn't listen.
It's my job to see that, and I didn't.
We've been slow to answer.
I haven't kept my word.
Our mistake, plain and simple.
We have no one to blame but ourselves.
I cooked it too early.
We misjudged how long it would take.
We wasted your morning.
I overlooked your message.
You waited because of me.
We were supposed to call and we did not.
I never passed your note on.
We've clearly not looked after you.
I fell asleep at the wheel on this.
We owe you an apology.
I was meant to be there at eight and I wasn't.
You answered twice and we attached neither letter.
Our reminder wasn't sent.
Closing your claim was wrong.
""".strip().splitlines()

UNOWNED = """
I am sorry your soup was cold.
Mistakes were made.
Your order was delayed.
It was not our fault.
We did nothing wrong.
We have received your complaint.
I have spoken with the kitchen.
I refunded you this morning.
We sent you a new one today.
We have never had this problem.
We always do our best.
I understand how you feel.
We value your feedback.
The courier lost your parcel.
Our courier lost your parcel.
Our system did not save your order.
Our records show that it was on time.
I have read your message.
We tried to call you.
I checked with my colleagues.
We are sorry for the inconvenience.
I am sorry to hear this.
We have passed it on.
We looked into the matter.
There was an error in the invoice.
The message got lost.
I called the driver.
We hope to see you again.
I asked the team to be more careful.
We did not mean to upset you.
I was sorry to read your message.
We will do better next time.
Something went wrong with your booking.
We strive to be on time.
I do not know what happened.
A mix-up happened in the warehouse.
We gave you a refund today.
We were very busy that evening.
I noticed that the parcel is late.
We did everything we could.
We had no record of your call.
We had your complaint checked.
The orders we had it was hard to pack.
Our kitchen was not informed.
We were not told.
There was no fault in our work.
It was not a mistake in our books.
It was a bug in our new system.
The parcel is from our supplier.
You were disappointed with our service.
Sending it by post was not our decision.
That is our policy.
That was unfortunate and we are sorry.
That's frustrating, and I'm sorry.
""".strip().splitlines()


MENDS = """
You will get no more calls from us.
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


@pytest.mark.parametrize("sentence", OWNED)
def test_the_first_person_with_a_fault_owns(sentence: str) -> None:
    assert any(map(owns, letter(sentence).text.splitlines()))


@pytest.mark.parametrize("sentence", UNOWNED)
def test_regret_passives_and_good_deeds_own_nothing(sentence: str) -> None:
    assert not any(map(owns, letter(sentence).text.splitlines()))


@pytest.mark.parametrize("sentence", MENDS)
def test_deeds_offers_and_questions_mend(sentence: str) -> None:
    assert any(map(mends, letter(sentence).text.splitlines()))


@pytest.mark.parametrize("sentence", TALKS)
def test_listening_and_good_intentions_mend_nothing(sentence: str) -> None:
    assert not any(map(mends, letter(sentence).text.splitlines()))


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
