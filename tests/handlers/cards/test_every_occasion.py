"""Every occasion of a reminder has its record and its row of words; the words say what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cases.may import asked_for
from cases.occasions import OCCASIONS, Occasion, When
from handlers.cards import words
from handlers.cards.words.nudge import Choice, NudgeWords


def missing(occasions: Iterable[str], records: Mapping[Any, Occasion], said: Mapping[Any, NudgeWords]) -> Iterator[str]:
    """What the tables lack of these occasions, in words."""
    for when in occasions:
        record, row = records.get(when), said.get(when)
        if record is None:
            yield f"the occasion {when} has no record in cases.occasions.OCCASIONS: nobody knows while what it stands"
        if row is None:
            yield f"the occasion {when} has no row in handlers.cards.words.nudge.NUDGES: nobody knows what to say"
        elif record is not None and record.ends_at and not row.because:
            yield f"the occasion {when} can come next, and its row does not say `because` to /case why"


def test_every_occasion_has_its_record_and_its_words() -> None:
    assert list(missing(When, OCCASIONS, words.NUDGES)) == []


def test_occasion_without_anything_is_told_of_in_words() -> None:
    assert list(missing(["probe"], OCCASIONS, words.NUDGES)) == [
        "the occasion probe has no record in cases.occasions.OCCASIONS: nobody knows while what it stands",
        "the occasion probe has no row in handlers.cards.words.nudge.NUDGES: nobody knows what to say",
    ]
    mute = replace(words.NUDGES[When.PROMISED], because="")
    assert list(missing(["probe"], {"probe": OCCASIONS[When.PROMISED]}, {"probe": mute})) == [
        "the occasion probe can come next, and its row does not say `because` to /case why"
    ]


def chosen(choice: Choice[tuple[str, ...]] | None) -> Iterator[str]:
    for name in Choice.__slots__ if choice else ():
        yield from getattr(choice, name) or ()


def test_buttons_of_reminders_are_actions_that_there_are() -> None:
    buttons = {button for row in words.NUDGES.values() for button in chosen(row.buttons)}
    assert not [each for each in buttons if asked_for(each) is None or words.button(each) == each]
