"""Homes: the objects of a body by their paths, and what it tells of an answer in which of them it stands: what it is, whose, and beside what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import TypeVar

from cases.arrivals.answers import Answer, Nature
from cases.arrivals.labels import is_of_the_house, letters, may_be_the_houses, meanings
from cases.arrivals.told import Means
from cases.spoken.english import words

_T = TypeVar("_T")
WHO = (Means.NAME, Means.FIRST_NAME, Means.LAST_NAME, Means.EMAIL, Means.PHONE, Means.CUSTOMER_ID)
"""What tells who somebody is."""
_LONGEST = 500  # characters of a path or a question that are looked at and remembered
# What stands in these is no answer of the customer's: things, and people of ours with what they said.
_ASIDE = words(
    "attachments files photos pictures images media headers repliedby closedby resolvedby handledby postedby assignedto"
)
_PEOPLE = words(
    "agent agents operator operators admin admins assignee assignees staff staffmember teammate teammates teammember accountmanager"
)
_REPLIES = words("reply replies businessreply ownerreply ownerresponse developerresponse merchantreply")
_HELD = frozenset(["value", "label"])  # {"firstname": {"value": "Mo"}}
_ENVELOPE = "data"  # which is a date in two languages, and here never one
_CUSTOMERS = words(
    "customer client guest consumer reviewer contact requester visitor respondent buyer patient subscriber enduser"
)
_OR_OURS = words("user author sender owner createdby")  # the customer to some programs, somebody of ours to others


def _steps(path: str) -> list[str]:
    """The names of the objects on a path, by what counts of them."""
    return [letters(step) for step in path[-_LONGEST:].split(".")]


@lru_cache(maxsize=2048)
def is_aside(key: str) -> bool:
    """Whether what has this path stands in an object that holds nothing of the customer's, as far as names tell: see `asked_beside`."""
    above = key[-_LONGEST:].split(".")[:-1]
    return any((name := letters(step)) in _ASIDE or name in _PEOPLE or is_of_the_house(step) for step in above)


def asked_for(each: Answer) -> tuple[Means, ...]:
    """What the question of an answer asks for; a key tells where the title does not. The same for every row of a table."""
    told = (each.key[-_LONGEST:], each.label[:_LONGEST], *(name[:_LONGEST] for name in each.also_called[:5]))
    return _asked(*told)


def asked_beside(answers: Sequence[Answer]) -> dict[str, tuple[Means, ...]]:
    """What some of the questions ask for when they are seen beside the others, by their keys.

    Notes, replies and comments on a review are the house's own, where they stand beside the customer's words: no more than a
    rating, as French has "Note". What is called "staff" or "agent" is somebody of ours where it tells who; where it holds a rating, or
    nothing but words, the customer speaks of them.
    """
    told = "\n".join([f"{each.key} {each.label}" for each in answers])
    return (_said_of_people(answers) if _OF_PEOPLE.search(told) else {}) | (
        _noted(answers) if _NOTED.search(told) else {}
    )


def _said_of_people(answers: Sequence[Answer]) -> dict[str, tuple[Means, ...]]:
    """What the customer says of people of ours, each in an object that is called as they are."""
    within: dict[str, dict[str, tuple[Means, ...]]] = {}
    for each in answers:
        above, _, last = each.key.rpartition(".")
        if letters(above.rpartition(".")[2]) in _PEOPLE and not is_aside(above):
            within.setdefault(above, {})[each.key] = meanings(last)
    said = [
        asked for asked in within.values() if _is_said_of_them({means for each in asked.values() for means in each})
    ]
    return {
        key: tuple(means for means in each if means in _SAID) or (Means.NOTHING,)
        for asked in said
        for key, each in asked.items()
    }


def _is_said_of_them(asked: Set[Means]) -> bool:
    return Means.RATING in asked or (Means.COMMENT in asked and asked.isdisjoint({*WHO, Means.EXTERNAL_ID}))


_SAID = (Means.RATING, Means.SCALE, Means.COMMENT)


def _noted(answers: Sequence[Answer]) -> dict[str, tuple[Means, ...]]:
    perhaps = {each.key: (each, homes) for each in answers if (homes := _homes_of_ours(each.key, each.label))}
    said_in = {each.home for each in answers if each.key not in perhaps and Means.COMMENT in asked_for(each)}
    rated = {key: [means for means in asked_for(each) if means is Means.RATING] for key, (each, _) in perhaps.items()}
    return {key: (Means.NOTHING, *rated[key]) for key, (_, homes) in perhaps.items() if not said_in.isdisjoint(homes)}


# In the names of answers; most bodies have none of them, and cost one look each.
_NOTED = re.compile(r"note|repl|comment.?(?:content|text|body)", re.IGNORECASE)
_OF_PEOPLE = re.compile(r"(?:agent|operator|admin|assignee|staff|team ?mate|team ?member|manager)\w*\.", re.IGNORECASE)


@lru_cache(maxsize=2048)
def _homes_of_ours(key: str, label: str) -> frozenset[str]:
    """In which objects those stand that may be ours by their names, of an answer and what it stands in."""
    steps = key[-_LONGEST:].split(".")
    steps_ours = {".".join(steps[:at]) for at, step in enumerate(steps) if may_be_the_houses(step)}
    return frozenset(steps_ours | ({".".join(steps[:-1])} if may_be_the_houses(label) else set()))


@lru_cache(maxsize=2048)
def _asked(key: str, label: str, *also_called: str) -> tuple[Means, ...]:
    if is_aside(key):
        return (Means.NOTHING,)
    asked = [name for name in also_called if "." not in name]  # a path is an address, and asks for nothing
    *above, last = key.split(".")
    holder = [name for name in above[-1:] if last.casefold() in _HELD and name.casefold() != _ENVELOPE]
    for name in (*asked, label, last, *holder):
        if name and (found := meanings(name)):
            return found
    return ()


def is_a_customers(home: str) -> bool:
    """Whether an object is the customer, or a part of them."""
    return not _CUSTOMERS.isdisjoint(_steps(home))


def is_around(home: str, of: str) -> bool:
    """Whether an object is the one at a path, or one that it stands in."""
    return not home or of == home or of.startswith(f"{home}.")


def nearest_around(of: str, told: Iterable[tuple[str, _T]]) -> _T | None:
    """Of what several objects tell, what the innermost of those around a path does."""
    around = [(len(home), said) for home, said in told if is_around(home, of)]
    return max(around, key=lambda each: each[0])[1] if around else None


def apart(one: str, other: str) -> int:
    """How many steps lead from one object to another."""
    here, there = one.split(".") if one else [], other.split(".") if other else []
    pairs = enumerate(zip(here, there, strict=False))
    shared = next((at for at, (a, b) in pairs if a != b), min(len(here), len(there)))
    return len(here) + len(there) - 2 * shared


def without_replies(answers: Sequence[Answer]) -> list[Answer]:
    """Answers, those marked as ours that stand in a reply beside words. Most bodies have no path that could be one."""
    keys = "\n".join([each.key for each in answers]).casefold()
    if "repl" not in keys and "response" not in keys:
        return list(answers)
    asked = ((each.home, asked_for(each)) for each in answers)
    said_in = {home for home, asks in asked if Means.COMMENT in asks}

    def is_reply(each: Answer) -> bool:
        steps = each.key.split(".")
        return any(letters(step) in _REPLIES and ".".join(steps[:at]) in said_in for at, step in enumerate(steps[:-1]))

    return [each._replace(nature=Nature.OURS) if is_reply(each) else each for each in answers]


def of_ours(likely: Mapping[Means, Sequence[int]], answers: Sequence[Answer]) -> set[int]:
    """Of the answers that may tell who the customer is, and of which no vendor says that they do, those that tell of somebody of ours.

    Where an object is surely the customer, a user, an author or a sender who has nothing in common with them is somebody else.
    """
    who = {place: answers[place] for means in WHO for place in likely.get(means, ()) if answers[place].means is None}
    if len(who) < 2 or len({each.home for each in who.values()}) < 2:
        return set()
    told: dict[str, set[str]] = {}
    for each in who.values():
        for step in _steps(each.home):
            told.setdefault("customer" if step in _CUSTOMERS else step, set()).add(each.text)
    known = told.get("customer", set())
    others = {step for step in told if known and step in _OR_OURS and known.isdisjoint(told[step])}
    return {place for place, each in who.items() if not others.isdisjoint(_steps(each.home))} if others else set()
