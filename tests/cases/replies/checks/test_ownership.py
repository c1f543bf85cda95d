"""Which sentences own a failure, and which only sound as if they did."""

from __future__ import annotations

import pytest

from cases.replies.checks.letter import letter
from cases.replies.checks.ownership import owns

OWNED = """
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
You deserved better from us.
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
I'm the one who lost it.
I double-booked the slot.
It was careless of me.
That was thoughtless of us.
We took your money and gave you nothing for it.
We could have warned you and did not.
I put the label on the wrong box.
We simply didn't listen.
It's my job to see that, and I didn't.
This happened on my watch.
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
The error sits with us.
We've clearly not looked after you.
I fell asleep at the wheel on this.
We owe you an apology.
I was meant to be there at eight and I wasn't.
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
""".strip().splitlines()


@pytest.mark.parametrize("sentence", OWNED)
def test_the_first_person_with_a_fault_owns(sentence: str) -> None:
    assert owns(letter(sentence).text)


@pytest.mark.parametrize("sentence", UNOWNED)
def test_regret_passives_and_good_deeds_own_nothing(sentence: str) -> None:
    assert not owns(letter(sentence).text)
