"""Sentences that each trip one rule, in British and American English and in several trades."""

from __future__ import annotations

import pytest

from cases.replies.checks import check_reply

FAULTS = {
    "A1": """
I'm sorry if the soup was cold.
Apologies should this have upset you.
To the extent that you were let down, we apologize.
If we caused you any trouble, I apologise.
We are sorry for any upset this may have caused.
I apologise if I came across as rude.
Sorry if you had to wait.
We\u2019re sorry in case the parcel was damaged.
I apologize for whatever may have gone wrong.
I'm sorry you feel that way.
I am sorry you were upset by this.
Sorry you're unhappy with the cut.
We apologise that you felt ignored.
I am so sorry to hear that you are dissatisfied.
We\u2019re sorry you didn\u2019t enjoy your stay.
I'm sorry that your stay did not meet your expectations.
I am sorry about your frustration.
I'm sorry, but it was a busy night.
I apologise; however, policy is policy.
We are sorry. But the terms are clear.
Sorry about that, although it happens everywhere.
I'm sorry but we cannot refund opened boxes.
My apologies, but you signed for it.
""",
    "E1": """
The courier let us down.
Our supplier ran out of it.
It was late due to high demand.
The system did not save it.
Because of the snow nothing moved.
We were late because the driver got lost.
DHL lost it.
The new trainee packed it.
Owing to staff shortages we could not come.
The delay was caused by our software provider.
Unfortunately the manufacturer sent us the wrong part.
Our records show it was on time.
You may have misunderstood.
As you know, we close at six.
We have no record of your call.
""",
    "P1": """
Your feedback is important to us.
We take this very seriously.
We apologize for any inconvenience.
It has been shared with the appropriate team.
We hope to serve you again.
Thank you for bringing this to our attention.
Rest assured that we care.
We always strive to do better.
Please do not hesitate to contact us.
We appreciate your patience.
""",
    "P4": """
Dear [Name], hello.
Hello {{customer}}, hello.
""",
    "R5": """
Please contact our support line.
Please fill in this form.
You will need to open a ticket.
Kindly call our customer service.
You can return it to any shop with the receipt.
Just submit a claim through the portal.
Please visit our website for the refund.
If you change your review I will refund you today.
""",
    "S1": """
Kevin in the kitchen forgot it.
Our driver Paul was rude to you, I am told.
It went to another customer, Mrs Green.
See ticket #48213.
This is INC-20331 with us.
""",
    "S2": """
We accept no liability.
Our lawyers will look at it.
""",
}


@pytest.mark.parametrize(
    ("rule", "sentence"), [(rule, line) for rule, lines in FAULTS.items() for line in lines.strip().splitlines()]
)
def test_the_sentence_is_found_and_its_words_quoted(rule: str, sentence: str) -> None:
    found = [finding for finding in check_reply(sentence) if finding.rule == rule]
    assert found
    assert found[0].severity == "block"
    assert found[0].quote
    assert found[0].quote in sentence


@pytest.mark.parametrize("rule", ["A1", "P1"])
def test_the_same_words_quoted_from_the_customer_pass(rule: str) -> None:
    quoted = "".join(f"> {line}\n" for line in FAULTS[rule].strip().splitlines())
    assert rule not in {finding.rule for finding in check_reply(quoted + "I'm sorry, we sent it late.")}
