"""A customer who says that it is right now has confirmed the contact; a kind answer alone has not."""

import pytest

from cases.judgement.settled import says_it_is_right
from cases.model import Feedback, Rating

RIGHT = (
    "Thank you, all is well now!",
    "It works again, thanks for your call.",
    "Thanks for sorting it out so quickly.",
    "The new box arrived this morning, lovely.",
    "Problem solved. Many thanks!",
    "You have put it right, thank you.",
    "I got the refund, thank you very much.",
    "Everything's fine, thank you Ana.",
    "We're happy again!",
    "The boiler is finally working.",
    "My money is back, cheers",
    "It has been replaced, and the new one is beautiful",
    "All sorted, thank you so much!",
    "Perfect now, thanks",
    "The shower runs hot again. Thank you!",
    "Thanks, everything has arrived.",
    "I'm happy with how you solved this",
    "Your colleague repaired the oven, it works like new.",
    "The issue is resolved, great service",
)
ONLY_KIND = (
    "All right, see you then.",
    "That is all right, these things happen",
    "OK, I received your letter",
    "Thanks, that works for me",
    "I'd be happy with a refund, thank you",
    "Great, looking forward to the replaced lamp",
    "Thank you for your call.",
    "That is very kind of you, thanks!",
    "Thanks, I will wait for the refund.",
    "Lovely as always, thank you",
    "I hope it will be fixed soon, thanks anyway",
    "Thank you, I look forward to the new box that comes on Friday.",
    "Once it works again I will write to you. Thanks!",
    "Good to hear from you, thank you.",
    "Thanks for the apology, I appreciate that.",
    "Tomorrow is fine for me, thank you.",
    "It is not solved yet, but thank you for calling.",
    "I was told that my order arrived, thank you",
    "Thanks for the email saying it was fixed; I will check.",
    "",
)


@pytest.mark.parametrize(
    ("comment", "right"), [*((each, True) for each in RIGHT), *((each, False) for each in ONLY_KIND)]
)
def test_words_say_whether_it_is_right_now(comment: str, right: bool) -> None:
    assert says_it_is_right(Feedback(external_id="1", source="mail", comment=comment)) is right


@pytest.mark.parametrize(
    ("rating", "before", "right"),
    [
        (Rating(5, 5), None, True),
        (Rating(5, 5), Rating(2, 5), True),
        (Rating(5, 5), Rating(5, 5), False),
        (Rating(4, 5), Rating(2, 5), False),
        (Rating(0, 0), None, False),
        (None, None, False),
    ],
)
def test_best_rating_confirms_where_it_is_new(rating: Rating | None, before: Rating | None, right: bool) -> None:
    assert says_it_is_right(Feedback(external_id="1", source="mail", rating=rating), before) is right
