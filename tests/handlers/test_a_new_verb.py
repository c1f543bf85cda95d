"""A new verb that is no action: whoever forgets where it is listed, told of or done is told so in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cases.acts.actions import named
from cases.acts.verbs import ABOUT_ONESELF, DONE, REGROUPING, SEND, TAKE_BACK, verbs
from cases.may import asked_for
from handlers.cards import words
from handlers.listeners.questions import QUESTIONS

_ON_ITS_OWN = {DONE, SEND, TAKE_BACK, "new"}  # each has a function in handlers/listeners/commands.py


def missing(name: str) -> Iterator[str]:
    """What a verb still lacks; an action's has all its words in its own row."""
    if asked_for(name) is None:
        yield f"{name} is refused to everybody: list it in cases/may.py"
    if named(name) is not None:
        return
    if name not in words.HELP_OF_VERBS:
        yield f"{name} is not in the help: give it a line in HELP_OF_VERBS, handlers/cards/words/answers.py"
    if name not in {*QUESTIONS, *REGROUPING, *ABOUT_ONESELF, *_ON_ITS_OWN}:
        yield f"{name} does nothing: answer it in QUESTIONS, handlers/listeners/questions.py, or in commands.py beside it"


@pytest.mark.parametrize("name", verbs())
def test_every_verb_is_listed_told_of_and_done(name: str) -> None:
    assert list(missing(name)) == []


def test_verb_that_is_nowhere_is_told_all_that_it_lacks() -> None:
    assert list(missing("probe")) == [
        "probe is refused to everybody: list it in cases/may.py",
        "probe is not in the help: give it a line in HELP_OF_VERBS, handlers/cards/words/answers.py",
        "probe does nothing: answer it in QUESTIONS, handlers/listeners/questions.py, or in commands.py beside it",
    ]


def test_help_tells_of_no_verb_that_is_gone() -> None:
    assert {*words.HELP_OF_VERBS, *words.HELP_DAILY} - set(verbs()) == set()
