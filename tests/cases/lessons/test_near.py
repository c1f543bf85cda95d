"""Which lessons are near a new case: by words, by what both complain of, and the nearest two by any likeness."""

from __future__ import annotations

import pytest

from cases.lessons.near import LEAST_BY_WORDS, alike_by_words, nearest

COURIER = "The courier had no slot, so the birthday parcel came two days late. Book the slot when the order comes in."
SOUP = "The soup got cold because the bag stood an hour at the counter. Call the courier before plating."
BILL = "A decimal point slipped in the billing system. Check bills over ten times the usual."


@pytest.mark.parametrize(
    ("said", "lesson"),
    [
        ("my parcel for my son's birthday arrived too late", COURIER),
        ("The food was stone cold when it finally came", SOUP),
        ("la soupe était froide à l'arrivée", SOUP),
    ],
)
def test_cases_of_one_kind_are_alike(said: str, lesson: str) -> None:
    assert alike_by_words(said, lesson) >= LEAST_BY_WORDS
    assert alike_by_words(said, lesson) == alike_by_words(lesson, said)
    assert max((COURIER, SOUP, BILL), key=lambda each: alike_by_words(said, each)) == lesson


@pytest.mark.parametrize(
    "said",
    [
        "Your colleague shouted at my son",
        "The app crashes when I log in",
        "wifi did not work during the stay",
        "it was the best that we have had",
        "",
        "late",
    ],
)
def test_what_shares_little_words_is_not_alike(said: str) -> None:
    assert max(alike_by_words(said, each) for each in (COURIER, SOUP, BILL)) < LEAST_BY_WORDS


def test_same_words_are_as_alike_as_can_be() -> None:
    assert alike_by_words(COURIER, COURIER) == pytest.approx(1)


@pytest.mark.parametrize(
    ("likeness", "shown"),
    [
        ({}, ()),
        ({1: 0.2, 2: 0.29}, ()),
        ({1: 0.3}, (1,)),
        ({1: 0.4, 2: 0.9, 3: 0.5, 4: 0.1}, (2, 3)),
        ({1: 0.5, 2: 0.5, 3: 0.5}, (3, 2)),  # of equals the newer ones
    ],
)
def test_two_nearest_are_shown_and_none_too_far(likeness: dict[int, float], shown: tuple[int, ...]) -> None:
    assert nearest(likeness, 0.3) == shown
