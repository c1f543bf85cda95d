"""A customer who says that it is right now has confirmed the contact; a kind answer alone has not."""

import pytest

from cases.judgement.settled import only_thanks, says_it_is_right
from cases.model import Customer, Feedback, Rating

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


@pytest.mark.parametrize(
    "comment",
    [
        "Thank you so much, Ana!",
        "Thanks Ana",
        "Dear Ana,\n\nthank you for your quick reply.\n\nBest wishes\nPriya Nair",
        "Thanks. The new one arrived.",
        "Thank you for writing to me yourself, and so quickly. That was kind, and I am glad you asked. I got what I needed.",
        "Vielen Dank für Ihre schnelle Antwort, Frau Brandt!",
        "Danke, alles gut.",
        "Merci beaucoup pour votre réponse.",
        "Muchas gracias por su ayuda",
        "Grazie mille!",
        "Muito obrigada pela ajuda.",
        "Hartelijk dank voor uw reactie",
    ],
)
def test_mere_thanks_wait_for_no_answer(comment: str) -> None:
    assert only_thanks(Feedback(external_id="1", source="e-mail", comment=comment, customer=Customer("Priya Nair")))


@pytest.mark.parametrize(
    "comment",
    [
        "Thanks for nothing",
        "Thanks for nothing.",
        "No, thanks.",
        "No thank you",
        "Thank you. Please call me tomorrow at 5.",
        "Thanks, I will go elsewhere",
        "Thanks. I want my money back.",
        "Thank you. The second one is broken, too.",
        "Thanks, it works again but the lid is scratched.",
        "All is fine now. I would like a refund.",
        "Thanks. Refund!",
        "Danke für nichts",
        "Vielen Dank für Nichts!",
        "Nein danke.",
        "Danke. Bitte rufen Sie mich an.",
        "Merci pour rien",
        "Non merci",
        "Gracias por nada",
        "Grazie di niente",
        "Grazie per niente",
        "Obrigado por nada",
        "Não, obrigada",
        "Bedankt voor niets",
        "Nee, bedankt",
        "Thank you?",
        "OK",
        "",
    ],
)
def test_thanks_that_say_more_wait_for_an_answer(comment: str) -> None:
    assert not only_thanks(Feedback(external_id="1", source="e-mail", comment=comment))
