"""Sentences of good replies that come close to a rule and must not trip it."""

from __future__ import annotations

import pytest

from cases.model import Customer, Feedback
from cases.replies.checks import check_reply

SOUND = """
I am sorry; I can refund it now if you prefer.
I'm sorry. If you'd rather have the money, tell me.
Sorry, I handed it back as if nothing had happened.
I'm sorry, and if it can't be mended I'll pay for a new one.
Sorry doesn't bring the evening back, but I want to try.
I know that an apology is not enough.
I'm sorry, but that is no excuse and I won't offer one.
I'm sorry we upset you.
I'm sorry we left you waiting and feeling ignored.
I'm sorry you had to ask twice.
I'm sorry you were left standing in the rain.
I'm sorry you got the wrong size.
I am sorry that you found a hair in your soup.
I'm sorry to hear about your mother.
He would like to say sorry to you himself, but only if you want that.
She asked me to say sorry, but she is off until Monday and I did not want to wait.
You felt ignored, and you were.
Because I forgot to call the driver, you ate cold soup.
You missed your train because of us.
It was late because we packed it late.
The courier collects it today at four.
The courier has it now.
The courier takes the broken one with him.
You'll have your money back within three days.
A courier brings the router today.
I have told the courier to ring you first.
I've asked the supplier for the new part and it comes on Friday.
The bank's receipt is attached.
Our website now says so too.
The system is fixed as of ten this morning.
I gave the driver the wrong address.
I chose that courier, so it's mine to put right.
The supplier was late, but I should have told you so.
You should have heard from me on Monday.
You should have been told.
You should never have had to write twice.
You could have had a hot dinner if I had called.
You were right to complain.
I'd be happy to review your bill with you on Friday at 5 pm.
I'm glad you wrote this review.
You're right, and I was wrong.
You were not wrong.
Are you at home at six?
Are you free on Thursday at ten?
Did you get what you needed in the end?
Have you had to buy another one?
Perhaps you would rather have the money?
Maybe you'd like to choose one yourself.
You know best what would help.
Nobody told you, and that was wrong.
Nobody should have to wait that long.
That's not how we should treat anybody.
This should not have happened.
Thank you for telling me.
Thank you for writing to me about it.
Thanks for being so frank.
I'd love to see you again.
I'd like to welcome you on Saturday at seven, at my expense.
I take that to heart.
I have shared your words with everybody here.
I've talked to the kitchen about it.
I passed your note on to Maria, who runs the workshop.
It matters to me that you can rely on us.
Please tell me which one you want.
Please keep the first one.
Please send the receipt whenever it suits you and I'll pay it.
Call me on my own number.
You can reach me on my mobile until eight.
Reply to this e-mail and it comes straight to me.
You don't need to do anything.
You needn't send anything back.
There is nothing you need to fill in.
You will not be charged.
I will not ask you for anything.
I'll be glad to help.
I will pay whatever it cost you.
I'll remember this one.
If you'd like, I'll call you.
I am calling you now.
The refund may take three days to show on your card.
Your new one arrives on Friday by noon.
A technician, Pete, is with you at 8:30 on Thursday.
Mick will be with you on Friday at eight.
Maria in the workshop will finish it on Thursday at noon.
My colleague Ana will take your call until six today.
Your order 8812 is refunded.
The invoice INV-2031 is cancelled and credit note CN-88 is attached.
We're open on Sunday from ten.
I work from the office on Mill Street.
In your place I would be angry too.
It took us far too long to answer.
I don't want to make excuses.
I can't give you that evening back.
Unfortunately I cannot undo it, but I can pay for it.
No one else will call you about this; I will, on Friday at ten.
We do not deserve your patience.
Most of all I am sorry about the silence.
I can see why you are angry.
I do not doubt a word of it.
I believe you.
It was our system, and it's our job to check it.
I had promised you Friday.
I've set the alarm for six to be on time tomorrow, Thursday, at eight.
It is a shame, and it's our shame.
You asked a fair question.
We told you the wrong thing twice.
I'm the only one who can fix it and I have.
If the bank has charged you anything, I'll pay it.
Should anything still look wrong, I will answer my own phone.
She can mend it and I'll pay her. Would you prefer that or its value?
That is exactly what our tent was supposed to spare you.
We let you ring three times to prove it.
Call me on the shop line until eight.
Our page said delivered, and we believed the page.
No apology is large enough, but you have mine.
With respect, Thomas Berg
They have put you first on the list.
I did say Friday, and I did not come.
I'm sorry, I know you don't like to make a fuss.
I must say it again: I am sorry.
To be honest, I forgot.
It is our bug.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", SOUND)
def test_a_sound_sentence_trips_no_blocking_rule(sentence: str) -> None:
    """One sentence alone lacks most of a letter; what is missing has no words to quote."""
    found = check_reply(sentence, line=0.0)
    assert not {finding.rule: finding.quote for finding in found if finding.severity == "block" and finding.quote}


@pytest.mark.parametrize(
    ("greeting", "customer", "wrong"),
    [
        ("", "Ana Ruiz", False),
        ("Dear Eva, ", "Ana Ruiz", True),
        ("Dear customer, ", "Ana Ruiz", True),
        ("Hi there, ", "Ana Ruiz", False),
        ("Hello Rob, ", "Robert Hall", False),
        ("Dear Mr and Mrs Hall, ", "The Halls", False),
        ("Dear Mrs Shah, ", "Priya", False),
        ("Dear Ms Lind, ", "Lind Bikes GmbH", False),
        ("Dear Bo, ", "skater99", False),
        ("Dear Mr Mueller, ", "Jens Müller", False),
        ("Dear customer, ", None, False),
        ("Dear Li Ming, ", "李明", False),
        ("Dear Giorgos, ", "Γιώργος Παππάς", False),
        ("Dear customer, ", "李明", True),
        ("Dear Łukasz, ", "Lukasz Nowak", False),
        ("Dear Oyvind, ", "Øyvind Berg", False),
    ],
)
def test_only_another_name_than_theirs_is_wrong(greeting: str, customer: str | None, wrong: bool) -> None:
    told = Feedback(external_id="1", source="form", customer=Customer(name=customer), comment="Cold soup. Bo")
    found = check_reply(
        f"{greeting}You waited an hour for cold soup. I'm sorry, we let you down. Refunded.\nMaya", told
    )
    assert ("P4" in {finding.rule for finding in found}) is wrong
