"""The words commands are made of: verbs (every action by its name, and a few questions) and outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from cases.acts.act import Wants
from cases.acts.actions import ACTIONS
from cases.model import Outcome


@dataclass(frozen=True, slots=True)
class Verb:
    """One word of the grammar. `needs_number`: it is about a case; `takes_words`: what follows may be free text.

    `with_another`: what follows the case's number is one more, and in a case's thread it is the only one. `or_finds`: where
    no number follows, what does is looked for.
    """

    name: str
    needs_number: bool = True
    takes_words: bool = False
    with_another: bool = False
    or_finds: bool = False


_QUESTIONS = (
    Verb("show", or_finds=True),
    Verb("find", needs_number=False, takes_words=True),
    Verb("list", needs_number=False),
    Verb("mine", needs_number=False),
    Verb("lessons", needs_number=False, takes_words=True),
    Verb("why"),
    Verb("digest", needs_number=False),
    Verb("stats", needs_number=False),
    Verb("new", needs_number=False, takes_words=True),
    Verb("help", needs_number=False),
)
DONE = "done"  # may mean three things, and is asked about
SEND = "send"  # the approved reply
TAKE_BACK = "takeback"  # the letter that waits to go
_REGROUPING = (Verb("join", with_another=True), Verb("move", with_another=True))
REGROUPING = frozenset(verb.name for verb in _REGROUPING)
_ABOUT_ONESELF = (
    Verb("away", needs_number=False, takes_words=True),
    Verb("back", needs_number=False),
    Verb("quiet", needs_number=False, takes_words=True),
)
ABOUT_ONESELF = frozenset(verb.name for verb in _ABOUT_ONESELF)
_WITHOUT_WORDS = frozenset({Wants.NOTHING, Wants.PERSON})  # a number in front of these is always the case's


def verbs() -> dict[str, Verb]:
    """Every verb by its name: each action is one; then the questions, and what one says of oneself."""
    actions = (Verb(name, takes_words=action.wants not in _WITHOUT_WORDS) for name, action in ACTIONS.items())
    return {
        verb.name: verb
        for verb in (
            *actions,
            *_REGROUPING,
            Verb(DONE, takes_words=True),
            Verb(SEND),
            Verb(TAKE_BACK),
            *_QUESTIONS,
            *_ABOUT_ONESELF,
        )
    }


ALIASES = {
    "not a complaint": "dismiss",
    "take over": "takeover",
    **dict.fromkeys(("take back", "take it back", "take the letter back", "take back the letter", "unsend"), TAKE_BACK),
    "take": "claim",
    "drop": "release",
    "assign": "give",
    "sleep": "snooze",
    "resolve": "close",
    **dict.fromkeys(("make it right", "makes it right", "make right"), "remedy"),
    "ls": "list",
    **dict.fromkeys(("search", "look for", "lookup"), "find"),
}
# What may follow "list", beside the filters of cases/people.py; anything else is looked for.
MINE = frozenset({"mine", "my", "my cases", "me"})

OUTCOMES = {
    **{outcome.value: outcome for outcome in Outcome},
    **{outcome.value.replace("_", " "): outcome for outcome in Outcome},
    **{outcome.value.replace("_", "-"): outcome for outcome in Outcome},
    "won": Outcome.WON_BACK,
    **dict.fromkeys(("happy", "resolved", "solved"), Outcome.SATISFIED),
    **dict.fromkeys(("no answer", "silent"), Outcome.NO_REPLY),
    **dict.fromkeys(("gone", "churned"), Outcome.LOST),
    "refused": Outcome.DECLINED,
}
