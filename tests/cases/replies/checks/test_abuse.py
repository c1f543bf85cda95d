"""A reply never says a customer's abuse back; an honest word that can abuse as well is left alone."""

import pytest

from cases.model import Feedback
from cases.replies.checks import check_reply

LETTER = "Hello Ana,\n\nI'm sorry: I sent your soup out cold. {said} I have refunded it.\n\nTom"
SAID_BACK = [
    ("You absolute clowns, the soup was cold.", "You wrote “You absolute clowns, the soup was cold”.", True),
    ("Cold soup. Liars, you are all liars.", "We are no liars.", True),
    ("Ihr seid Betrüger, die Suppe war kalt.", "Sie nannten uns „Betrüger“.", True),
    ("Cold soup, what a load of bullshit.", "I can see why you called it bullshit.", True),
    ("The clown costume came torn.", "The clown costume was torn.", False),
    ("You absolute clowns, the soup was cold.", "The soup was cold.", False),
    ("The soup was cold.", "We were fools to send it.", False),  # of ourselves, and in our own words
]


@pytest.mark.parametrize(("complaint", "said", "found"), SAID_BACK, ids=[said for _, said, _ in SAID_BACK])
def test_a_word_of_their_abuse_is_found_again(complaint: str, said: str, found: bool) -> None:
    """first day A8: the checks let a letter pass that called its writers idiots."""
    feedback = Feedback(external_id="1", source="form", comment=complaint)
    rules = {finding.rule for finding in check_reply(LETTER.format(said=said), feedback)}
    assert ("S1" in rules) is found
