"""The names under which messages are owed: what has the same name is owed only once."""

from __future__ import annotations

from datetime import date, datetime
from typing import NewType

Intent = NewType("Intent", str)


def card(number: int) -> Intent:
    """A case has one card."""
    return Intent(f"card:{number}")


def flood(number: int) -> Intent:
    """A flood has one card; it goes by the number of its first case."""
    return Intent(f"flood:{number}")


def draft(number: int) -> Intent:
    """A case has one message with its draft, whatever becomes of the draft."""
    return Intent(f"draft:{number}")


def letter(number: int, version: int) -> Intent:
    """The message of a draft that has gone out; the next draft has a message of its own."""
    return Intent(f"letter:{number}:{version}")


def note(number: int, revision: int, say: str) -> Intent:
    """One change of a case is told once."""
    return Intent(f"note:{number}:{revision}:{say}")


NEAR_LESSONS = "near_lessons:"


def near_lessons(number: int) -> Intent:
    """A case's thread hears once what was learned from others like it."""
    return Intent(f"{NEAR_LESSONS}{number}")


def attachments(number: int, feedback: int) -> Intent:
    """What came with a letter is shown in its case's thread once."""
    return Intent(f"attachments:{number}:{feedback}")


def nudge(number: int, seq: int, address: str) -> Intent:
    """One address hears of one round of a case's reminders once; `number` is the first case of the message."""
    return Intent(f"nudge:{number}:{seq}:{address}")


def bundle(when: str, number: int, revision: int, address: str) -> Intent:
    """Cases that change hands together, of which this is the first, are told of once."""
    return Intent(f"{when}:{number}:{revision}:{address}")


def digest(channel: str, day: date) -> Intent:
    """A channel has one digest for each local date."""
    return Intent(f"digest:{channel}:{day.isoformat()}")


def answer(person: str, gesture: str) -> Intent:
    """One gesture is answered once."""
    return Intent(f"answer:{person}:{gesture}")


def contact(number: int, revision: int) -> Intent:
    """Whoever becomes the owner by one change is told once how to reach the customer."""
    return Intent(f"contact:{number}:{revision}")


def reach(number: int, person: str, gesture: str) -> Intent:
    """Whoever asks how to reach a customer is told once for each time they ask."""
    return Intent(f"reach:{number}:{person}:{gesture}")


def ask_how(number: int, revision: int) -> Intent:
    """How first contact went is asked once."""
    return Intent(f"ask_how:{number}:{revision}")


def ticked(number: int, revision: int) -> Intent:
    """The owner hears once that somebody else says the customer was contacted."""
    return Intent(f"ticked:{number}:{revision}")


def taken_over(number: int, revision: int) -> Intent:
    """The former owner hears once that somebody else has the case."""
    return Intent(f"taken_over:{number}:{revision}")


def lead_called(number: int) -> Intent:
    """The lead is called to a case once."""
    return Intent(f"lead_called:{number}")


def budget(day: date) -> Intent:
    """The lead hears once a day that the model is silent."""
    return Intent(f"budget:{day.isoformat()}")


def unread(source: str, day: date) -> Intent:
    """The lead hears once a day that a source sends what nobody can read."""
    return Intent(f"unread:{source}:{day.isoformat()}")


def mailbox(what: str, day: date) -> Intent:
    """The lead hears once a day that something about the mailbox costs letters."""
    return Intent(f"mailbox:{what}:{day.isoformat()}")


def shut_out(door: str, week: tuple[int, int, int]) -> Intent:
    """The lead hears once a week that a door refuses what may be a source's own."""
    return Intent(f"shut_out:{door}:{week[0]}-{week[1]}")


def scale(source: str, question: str) -> Intent:
    """The lead is asked once how many steps a question has; `question` is a digest of it."""
    return Intent(f"scale:{source}:{question}")


def channel_silent(channel: str, what: str, at: datetime) -> Intent:
    """The lead hears once an hour that a channel was archived, or that the bot is no longer in it."""
    return Intent(f"channel:{what}:{channel}:{at:%Y-%m-%dT%H}")


def channel_unusable(channel: str, what: str, since: datetime) -> Intent:
    """The lead hears once each time that new cases of a channel begin to stand elsewhere, as nothing can be said in it."""
    return Intent(f"rerouted:{what}:{channel}:{since:%Y-%m-%dT%H:%M:%S}")


def right_moved(title: str, since: str, person: str) -> Intent:
    """Who loses or gets a right hears of it once; `since` is when it was found to be the former holder's."""
    return Intent(f"right:{title}:{since}:{person}")


def welcome() -> Intent:
    """The team is greeted once, wherever its channel may be later."""
    return Intent("welcome")


def home(person: str) -> Intent:
    """Everybody has one Home tab."""
    return Intent(f"home:{person}")
