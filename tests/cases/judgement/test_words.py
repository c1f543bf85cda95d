"""What is judged of a feedback: the customer's words, and not the subject that we wrote."""

import pytest

from cases.judgement.heads import words_of
from cases.model import Customer, Feedback

WORDS = [
    ("Broken lid", "It came so.", "Broken lid\nIt came so."),
    ("Re: How was your order?", "Soup cold, an hour late", "Soup cold, an hour late"),
    ("AW: Ihre Bestellung 8812", "Die Suppe war kalt", "Die Suppe war kalt"),
    ("RE: Re[2]: Welcome!", "My parcel never came", "My parcel never came"),
    ("回复：您的订单", "快递太慢了没人管", "快递太慢了没人管"),
    ("Re: my broken lid", "Any news?", "Re: my broken lid\nAny news?"),
    ("Re: my broken lid", None, "Re: my broken lid"),
    ("Regarding the lid: it broke", "Please send a new one", "Regarding the lid: it broke\nPlease send a new one"),
    (None, None, ""),
]


@pytest.mark.parametrize(("subject", "comment", "words"), WORDS)
def test_subject_of_an_answer_is_not_judged_beside_words(subject: str | None, comment: str | None, words: str) -> None:
    said = Feedback(external_id="1", source="mail", customer=Customer(), comment=comment, subject=subject)
    assert words_of(said) == words
