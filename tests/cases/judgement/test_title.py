"""A title names the matter in the customer's own words: what went wrong, on one line, and nothing that they did not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.judgement import assess
from cases.judgement.title import LONGEST, in_their_words
from cases.model import Customer, Feedback, Rating, Score


def titled(comment: str | None, subject: str | None = None, clause: str = "") -> str:
    said = Feedback(external_id="1", source="shop", comment=comment, subject=subject, rating=Rating(1, 5))
    return in_their_words((said,), assess(said, Score(0.9, clause=clause or comment or "")).reasons)


NAMED = [
    ("The box itself was fine. But the ribbon I paid extra for was missing!", "The ribbon I paid extra for was missing"),
    ("Hello team, I am very disappointed that my parcel never arrived.", "My parcel never arrived"),
    ("The dentist was kind, but I waited an hour and a half past my appointment and nobody said a word.",
     "I waited an hour and a half past my appointment"),
    ("You people are a joke. The parcel was thrown over the fence into the pond.",
     "The parcel was thrown over the fence into the pond"),
    ("My laptop was sent in for a battery change last week and it was returned to me with a cracked screen.",
     "It was returned to me with a cracked screen"),
    ("Just wanted to say that the flowers I sent to my aunt's funeral were pink balloons.",
     "The flowers I sent to my aunt's funeral were pink balloons"),
    ("You sent me a size 8, I ordered a 12.", "You sent me a size 8, I ordered a 12"),
    ('So much for "99.9% uptime".', "So much for 99.9% uptime"),
    ("I am writing to express my dissatisfaction with the conduct of your surveyor, who walked mud through the whole of our new hall.",
     "The conduct of your surveyor, who walked mud through the whole of our new hall"),
    ("Still waiting for my delivery...", "Still waiting for my delivery"),
    ("No reply, no refund.", "No reply, no refund"),
    ("The stairlift dropped with my dad on it.", "The stairlift dropped with my dad on it"),
    ("late", "Late"),
    ("Guten Tag, eine der Lampen kam zerbrochen an. Auf meine Mails reagiert niemand.", "Eine der Lampen kam zerbrochen an"),
    ("Hola, compré dos entradas y me cobraron cuatro. Llevo diez días escribiendo.", "Compré dos entradas y me cobraron cuatro"),
    ("スープが冷たかった。一時間も遅れました。", "スープが冷たかった"),
]  # fmt: skip


@pytest.mark.parametrize(("comment", "title"), NAMED, ids=[title for _, title in NAMED])
def test_the_clause_that_tells_what_went_wrong_names_it(comment: str, title: str) -> None:
    """first day B4: "Did not arrive, does not work", of a bug; and the whole comment twice where it was not English."""
    assert titled(comment) == title


UNHAPPIEST = [
    ("I don't usually write reviews. The sofa is lovely but the delivery men dragged it across our new oak floor.",
     "The sofa is lovely but the delivery men dragged it across our new oak floor."),
    ("We have had the cards printed for years. This time the photograph was of somebody else. We needed them on Monday.",
     "This time the photograph was of somebody else."),
    ("Wir kommen seit zehn Jahren. Diesmal sass ein anderer Gast in unserem Zimmer. Wir sind dann gefahren.",
     "Diesmal sass ein anderer Gast in unserem Zimmer."),
    ("Buona la pizza. Il cameriere ci ha fatto alzare per dare il tavolo ad altri.",
     "Il cameriere ci ha fatto alzare per dare il tavolo ad altri."),
]  # fmt: skip


@pytest.mark.parametrize(("comment", "clause"), UNHAPPIEST, ids=[clause for _, clause in UNHAPPIEST])
def test_what_sounds_unhappiest_names_a_matter_without_words(comment: str, clause: str) -> None:
    assert titled(comment, clause=clause) == clause.removesuffix(".")


LEFT_OUT = [
    ("Don't bother, you are idiots. You billed me $400 for a debt of $9.", "You billed me $400 for a debt of $9"),
    ("Write to ana@example.org, my order #8812-77 came smashed.", "My order came smashed"),
    ("The box with number AB123456 came smashed.", "The box with number came smashed"),
    ("Ring me on 030 5550 1234, the soup was cold.", "The soup was cold"),
    ("What a bunch of clowns.", ""),
    ("(The soup was cold.)", "The soup was cold"),
    ("The soup was cold (again).", "The soup was cold (again)"),
    ("[7] The soup was cold.", "[7] The soup was cold"),
    ("😡😡😡", ""),
    ("", ""),
]


@pytest.mark.parametrize(("comment", "title"), LEFT_OUT, ids=[title or "nothing" for _, title in LEFT_OUT])
def test_abuse_and_what_identifies_are_left_out(comment: str, title: str) -> None:
    assert titled(comment) == title


SUBJECTS = [
    ("Cold soup and no spoon", "Cold soup and no spoon"),
    ("Re: Fwd: Broken vase", "Broken vase"),
    ("Complaint", "It came in pieces"),
    ("Re: your order 8812", "It came in pieces"),
    ("New message from contact form", "It came in pieces"),
    ("Reklamation zu meiner Bestellung", "It came in pieces"),
    (None, "It came in pieces"),
]


@pytest.mark.parametrize(("subject", "title"), SUBJECTS, ids=[str(subject) for subject, _ in SUBJECTS])
def test_a_subject_wins_when_it_says_something(subject: str | None, title: str) -> None:
    assert titled("It came in pieces.", subject) == title


RUN_ON = (
    "so we went there on saturday with the whole family and it was my dads birthday and we had booked weeks ago " * 3
)


def test_a_text_without_full_stops_is_named_as_well() -> None:
    assert "food was cold" in titled(f"{RUN_ON} and then the food was cold {RUN_ON}")


@pytest.mark.parametrize("odd", ["- ", "you you ", "<", "a@", "1 ", "([{", "so very "])
def test_thousands_of_odd_signs_take_no_time(odd: str) -> None:
    assert len(titled(odd * 6000)) <= LONGEST + 2


@given(st.text(max_size=600), st.none() | st.text(max_size=80))
def test_any_words_give_one_line_of_theirs(comment: str, subject: str | None) -> None:
    said = Feedback(external_id="1", source="shop", customer=Customer(), comment=comment, subject=subject)
    title = in_their_words((said,), assess(said).reasons)
    assert len(title) <= LONGEST + 2
    assert "\n" not in title
