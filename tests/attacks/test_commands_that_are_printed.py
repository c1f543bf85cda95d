"""What refusals and hints tell people to type works when it is typed; what is typed for everybody to read is not lost on us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cases.acts.act import NotAllowed
from cases.acts.actions import named
from cases.acts.commands import Command, parse, read_act, read_until
from cases.acts.verbs import ABOUT_ONESELF, verbs
from cases.model import Status, Via
from cases.policy.page import Policy, read_policy
from handlers.cards import words
from handlers.cards.words import refusals
from tests.stories.stage import Actor, Stage

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
# Between the signs of code stands nothing else but what is no command: a rule of the policy, settings in it, and what is for a terminal.
SETTING = re.compile(r"(\[\w+\])? ?(\w+ = .+)")
NO_COMMANDS = {
    "{rule}",
    "hold",
    "lead_rounds",
    "check_back",
    "ask_after",
    "[contact]",
    "[clocks]",
    "[lessons]",
    "doctor",
    "bot.py sources try {source} FILE",
    "python bot.py sources again {source}",
    "--take",
    "/case {usage}",
    "/case {typed}",
    "@Amends {typed}",
    "/invite @Amends",  # Slack's own
    "{example}",
    "{typed}",
    "{address}",
}
FILLED_IN = {"12", "TEXT"}


def sentences(module: ModuleType) -> Iterator[str]:
    def within(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for each in value.values():
                yield from within(each)
        elif isinstance(value, tuple):
            for each in value:
                yield from within(each)
        elif hasattr(value, "__dataclass_fields__"):
            yield from within(tuple(getattr(value, name) for name in value.__dataclass_fields__))

    for name, value in vars(module).items():
        if not name.startswith("_"):
            yield from within(value)


CODED = sorted({coded for said in sentences(words) for coded in re.findall(r"`([^`]+)`", said)})
PRINTED = [
    coded.replace("{number}", "12")
    .replace("{of_it}", " call you on")
    .replace("{topic}", " soup")
    .replace("{page}", "2")
    for coded in CODED
    if coded not in NO_COMMANDS and not SETTING.fullmatch(coded)
]
SETTINGS = [told for coded in CODED if (told := SETTING.fullmatch(coded))]


def understood(typed: str) -> bool:
    """Whether it is a whole command: nothing of it is refused before a case is looked at."""
    command = parse(typed, thread_case=12 if typed.startswith("@") else None)
    if not isinstance(command, Command):
        return False
    if command.verb in ABOUT_ONESELF:
        return not isinstance(read_until(command, NOW, ZoneInfo("UTC"), time(9)), NotAllowed)
    action = named(command.verb)
    return action is None or not isinstance(
        read_act(command, "U1", Via.SLASH, NOW, ZoneInfo("UTC"), time(9)), NotAllowed
    )


@pytest.mark.parametrize("typed", PRINTED)
def test_every_command_of_the_catalogue_works_when_typed(typed: str) -> None:
    """first-day B1"""
    assert typed.startswith(("/case ", "@Amends "))
    assert understood(typed)


@pytest.mark.parametrize("verb", verbs())
def test_example_of_every_verb_works_when_typed(verb: str) -> None:
    assert understood(words.example(verb, 12))


@pytest.mark.parametrize("told", SETTINGS, ids=lambda told: told[0])
def test_every_setting_of_the_catalogue_is_one_of_policy(told: re.Match[str]) -> None:
    section, setting = told.groups(default="[sources.shop]")
    assert read_policy(f"{section}\n{setting}\n") != Policy()


def test_catalogue_prints_commands_at_all() -> None:
    assert len(PRINTED) > 10


@pytest.mark.parametrize("reason", sorted(refusals.REFUSALS))
def test_every_refusal_prints_whole_commands_about_its_case(reason: str) -> None:
    """first-day B1, as people read it: with its facts."""
    said = words.refusal(reason, {"number": 7, "verb": "snooze", "nearest": None, "typed": "claim 7"})
    for typed in re.findall(r"`([^`]+)`", said):
        assert typed.startswith(("/case ", "@Amends ")), typed
        assert understood(typed), typed
        command = parse(typed, 7)
        assert isinstance(command, Command)
        assert command.number in (None, 7)


def printed(said: str) -> str:
    return re.findall(r"`(/case [^`]+)`", said)[0]


@pytest.fixture
def ben(stage: Stage) -> Actor:
    stage.receives()
    stage.receives(
        external_id="f-2", comment="The cake was crushed, and nobody answers.", customer={"email": "b@example.org"}
    )
    stage.person("ana").command("/case", "claim 2")
    return stage.person("ben")


def typed_again(ben: Actor) -> None:
    ben.command("/case", printed(ben.sees()[-1]).removeprefix("/case "))


@pytest.mark.few(1)
@pytest.mark.parametrize("how", ["emoji", "button", "command", "direct message"])
def test_loser_of_a_race_takes_over_by_typing_what_is_printed(stage: Stage, ben: Actor, how: str) -> None:
    """first-day B1"""
    if how == "emoji":
        ben.react(stage.card(2), "eyes")
    elif how == "button":
        stage.person("ana").command("/case", "release 2")
        old = stage.card(2)
        stage.practice.faults.rate_limit("chat.update", retry_after=60)
        stage.person("ana").command("/case", "claim 2")
        ben.click(old, "claim")
    elif how == "command":
        ben.command("/case", "claim 2")
    if how == "direct message":
        ben.say("@amends", "claim 2")
        said = [m.text for m in stage.practice.dms("ben")][-1]
        ben.say("@amends", printed(said))
    else:
        typed_again(ben)
    assert stage.case(2).owner == ben.id


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("give 1", Status.CLAIMED),
        ("close 1 of course", Status.CLOSED),
        ("note 1", Status.UNCLAIMED),
        ("clam 1", Status.CLAIMED),
    ],
)
def test_what_a_refusal_prints_is_done_when_typed(stage: Stage, ben: Actor, typed: str, becomes: Status) -> None:
    ben.say("@amends", typed)
    ben.say("@amends", printed([m.text for m in stage.practice.dms("ben")][-1]))
    assert stage.case(1).status is becomes
    assert "note" in stage.history() or typed != "note 1"


def test_hint_without_a_number_names_a_case_that_is_there(stage: Stage, ben: Actor) -> None:
    ben.command("/case", "claim")
    assert printed(ben.sees()[-1]) == "/case claim 1"
    stage.person("ana").command("/case", "contacted")
    assert printed(stage.person("ana").sees()[-1]) == "/case contacted 2 phone"


def test_command_that_is_said_to_everybody_gets_a_private_hint(stage: Stage, ben: Actor) -> None:
    """first-day B1: it was posted as chatter, nothing happened, and nobody answered."""
    ben.say("care", "takeover 2 I know her")
    assert "`/case takeover 2 I know her`" in ben.sees()[-1]
    assert stage.case(2).owner != ben.id
    typed_again(ben)
    assert stage.case(2).owner == ben.id


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "said",
    ["claim 1", "give 1 to @lea", "snooze 1 tomorrow 9:00", "close 1 declined", "contacted 1 phone", "claim 1, 2"],
)
def test_other_commands_said_to_everybody_are_hinted_at_too(stage: Stage, ben: Actor, said: str) -> None:
    ben.say("care", said)
    assert "type `/case " in ben.sees()[-1]


@pytest.mark.parametrize(
    "said",
    [
        "good morning",
        "give 2 people a call",
        "close 2 tickets",
        "take 2 aspirin",
        "list",
        "claim 99",
        "sleep 2 hours",
        "12",
    ],
)
def test_chatter_is_left_alone(stage: Stage, ben: Actor, said: str) -> None:
    ben.say("care", said)
    assert ben.sees() == []


@pytest.mark.long
def test_command_in_a_thread_is_a_note_and_a_hint(stage: Stage, ben: Actor) -> None:
    ben.say(stage.card(1), "claim")
    assert stage.history(1)[-1] == "note"
    assert "type `@Amends claim`" in ben.sees()[-1]
    ben.say(stage.card(1), "@amends claim")
    assert stage.case(1).owner == ben.id


def test_note_in_a_thread_that_is_none_of_our_words_is_only_a_note(stage: Stage, ben: Actor) -> None:
    for said in ("called her again", "still no answer", "closed on Mondays", "promise made, see above"):
        ben.say(stage.card(1), said)
    assert ben.sees() == []


def test_stranger_is_not_answered_for_chatter(stage: Stage, ben: Actor) -> None:
    stage.person("max").say("care", "claim 1")
    assert stage.person("max").sees() == []
