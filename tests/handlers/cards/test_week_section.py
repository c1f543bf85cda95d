"""Once a week the digest tells how the week went, what it was about and what was learned, and thanks everybody alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

from cases.figures.digest import Digest, Tally, Week
from cases.figures.stats import Contacts
from cases.figures.themes import Theme
from cases.lessons.lesson import Lesson
from cases.model import Grade
from handlers.cards import digest_card, week_section
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines, shown
from tests.handlers.cards.test_digest_card import NAMES

MONDAY = date(2026, 1, 5)
WEEK = Week(
    end=MONDAY,
    now=Tally(41, 40, 8, 2),
    before=Tally(35, 33, 5, 4),
    contacts=Contacts(count=40, by_grade=((Grade.CLICKED, 2), (Grade.TOLD, 30), (Grade.SEEN, 8))),
    themes=(Theme("late", 12, (12, 9)), Theme("wrong_item", 1, (8,))),
    lessons=(
        Lesson(12, learned="Ring before the hour is up"),
        Lesson(3, went_wrong="Nobody looked", learned="Two pairs of eyes on each box"),
    ),
    causes=(("Delivery", 4), ("Something else", 1)),
    changes=(Lesson(7, learned="Print allergies in bold", change_by=ex.BEN, change_due_at=ex.NOW),),
    people=(ex.ANA, ex.BEN),
)


def read(week: Week) -> list[str]:
    return shown(week_section.week(week, {12: ex.CARD})).split("\n")


def test_the_week_is_told_in_nine_lines() -> None:
    assert read(WEEK) == [
        "*The week to Sunday, January 4th, 2026* (in brackets the week before)",
        "New 41 (35) · contacted 40 (33) · won back 8 (5) · lost 2 (4)",
        "2 by a click, nothing is known of how · 30 told by a colleague · 8 seen by a system",
        "*What it was about:* late 12 (#12 #9 and others) · got the wrong thing 1 (#8)",
        "*What we learned:* “Ring before the hour is up” (#12) · “Two pairs of eyes on each box” (#3)",
        "*Most often it came from:* Delivery (4 of 5)",
        "*To change:*",
        "🌱 “Print allergies in bold” · due today at 09:00 · @ben (#7)",
        "Thank you for every call and every letter: @ana, @ben",
    ]


def test_cause_of_one_case_alone_is_no_news() -> None:
    week = Week(end=MONDAY, now=Tally(1, 0, 0, 0), before=Tally(), causes=(("Delivery", 1),))
    assert not any("Delivery" in said for said in read(week))


def test_what_there_is_not_takes_no_line() -> None:
    assert read(Week(end=MONDAY, now=Tally(1, 0, 0, 0), before=Tally()))[1:] == [
        "New 1 (0) · contacted 0 (0) · won back 0 (0)"
    ]


def test_two_weeks_without_anything_are_not_told() -> None:
    assert week_section.week(Week(end=MONDAY, now=Tally(), before=Tally()), {}) == ""


def test_week_stands_in_the_digest_after_the_day() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    digest = Digest(day=MONDAY, since=at, until=at, quiet=True, week=WEEK)
    said = lines(digest_card.digest(digest, {}, ex.POLICY, NAMES.get).blocks)
    assert said[1].startswith("Nobody is waiting")
    assert said[2].startswith("*The week to")
    assert digest_card.mentioned(digest) == {12, 9, 8, 7, 3}
