"""A lesson's gist, and which lessons are about a topic."""

from __future__ import annotations

import pytest

from cases.lessons.lesson import Lesson, about

SLOT = Lesson(1, cause="Delivery", went_wrong="No slot was booked", learned="Book the courier early")
BILL = Lesson(2, cause="A bill or a payment", happened="Zweimal abgebucht, für Lieferungen", went_wrong="Nobody checks")
CAFE = Lesson(3, learned="Close the café door")


@pytest.mark.parametrize(
    ("lesson", "gist"),
    [
        (SLOT, "Book the courier early"),
        (BILL, "Nobody checks"),
        (Lesson(4, expected="Cake", learned="  "), "Cake"),
        (Lesson(5, cause="Delivery"), ""),
    ],
)
def test_gist_is_what_helps_whoever_comes_next(lesson: Lesson, gist: str) -> None:
    assert lesson.gist == gist


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("", [1, 2, 3]),
        ("  ?! ", [1, 2, 3]),
        ("delivery", [1]),
        ("DELIV", [1]),
        ("courier early", [1]),
        ("early courier", [1]),
        ("courier late", []),
        ("lieferung", [2]),
        ("fur", [2]),
        ("cafe", [3]),
        ("ook", []),  # words are known by how they begin
    ],
)
def test_topic_is_found_by_the_beginnings_of_its_words(topic: str, found: list[int]) -> None:
    assert [lesson.case for lesson in about([SLOT, BILL, CAFE], topic)] == found
