"""Answers to what a colleague says of themselves: being away, being back, wanting quiet."""

from __future__ import annotations

from cases.people import Person
from handlers.cards import words
from handlers.cards.message import Message, line
from handlers.cards.mrkdwn import fill, join


def went_away(person: Person, offered: int) -> Message:
    """They are away; `offered` says how many cases went back to the team."""
    sentence = words.plural(offered, words.WENT_AWAY_ONE, words.WENT_AWAY_MANY) if offered else words.WENT_AWAY
    return line(join(" ", [fill(sentence, until=person.away_until, count=offered), words.WENT_AWAY_END]))


def came_back(*, was_away: bool) -> Message:
    """They are here again, or were all the time."""
    return line(words.CAME_BACK if was_away else words.WAS_NOT_AWAY)


def went_quiet(person: Person) -> Message:
    """Until when their reminders go to somebody else."""
    return line(fill(words.WENT_QUIET, until=person.quiet_until))


def quiet_ended() -> Message:
    """Their reminders come to them again."""
    return line(words.QUIET_ENDED)
