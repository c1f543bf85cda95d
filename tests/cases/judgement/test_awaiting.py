"""What is decided at once, and what waits for the score of its words."""

from __future__ import annotations

import pytest

from cases.judgement import awaits_score
from cases.model import Feedback, Rating


def _given(comment: str | None, stars: float | None = None, subject: str | None = None) -> Feedback:
    rating = None if stars is None else Rating(stars, 5)
    return Feedback(external_id="1", source="form", comment=comment, subject=subject, rating=rating)


@pytest.mark.parametrize(
    ("comment", "stars"),
    [("Soup cold, an hour late", None), ("Lovely, thank you", 5), ("It was all right", 3), ("😡", None)],
)
def test_words_without_low_star_wait_for_their_score(comment: str, stars: float | None) -> None:
    assert awaits_score(_given(comment, stars))


def test_a_subject_alone_waits_for_its_score_too() -> None:
    assert awaits_score(_given(None, subject="Where is my order"))


@pytest.mark.parametrize(
    ("comment", "stars"),
    [
        ("Lovely, thank you", 1),
        ("Soup cold, an hour late", 2),
        (None, 3),
        (" \n", None),
        ("My solicitor will write to you next week.", None),
        ("Somebody found glass in the soup, and her mouth was bleeding.", 3),
    ],
)
def test_low_star_grave_word_or_silence_decides_at_once(comment: str | None, stars: float | None) -> None:
    assert not awaits_score(_given(comment, stars))
