"""Emoji, button, overflow, slash command, mention, form, thread, nudge and Home: whatever one uses, the case is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from cases.acts.act import ActionName
from cases.acts.actions import ACTIONS, Action, named
from cases.model import Attempt, Outcome, Status, Way
from sandbox.clock import MONDAY_MORNING
from sandbox.demo.cast import ANA, BEN
from tests.stories.stage import Actor, Stage

Gesture = Callable[[Stage, Actor], Any]
TOMORROW_NOON = MONDAY_MORNING + timedelta(days=1, hours=2)  # 12:00 in Berlin
PROMISED = {"text": "A new box", "until": int(TOMORROW_NOON.timestamp())}


def emoji(name: str) -> Gesture:
    return lambda stage, who: who.react(stage.card(), name)


def slash(text: str) -> Gesture:
    return lambda stage, who: who.command("/case", text)


def mention(text: str) -> Gesture:
    return lambda stage, who: who.say(stage.card(), f"@amends {text}")


def button(action: str, **form: Any) -> Gesture:
    return lambda stage, who: _filled(who.click(stage.card(), action), who, form)


def overflow(label: str, **form: Any) -> Gesture:
    return lambda stage, who: _filled(who.choose(stage.card(), "more", label), who, form)


def beside(label: str, **form: Any) -> Gesture:
    return lambda stage, who: _filled(who.choose(stage.card(), "about", label), who, form)


def emoji_told(name: str, label: str) -> Gesture:
    """The emoji, then one click on the question that it brings."""

    def gesture(stage: Stage, who: Actor) -> None:
        who.react(stage.card(), name)
        who.click(who.private_messages()[-1], f"how_{label.removeprefix('By ')}")

    return gesture


def by_refusal(emoji: str, action: str, **form: Any) -> Gesture:
    """Who is refused has a button for what to do instead."""

    def gesture(stage: Stage, who: Actor) -> None:
        who.react(stage.card(), emoji)
        _filled(who.click(who.private_messages()[-1], action), who, form)

    return gesture


def _filled(_: object, who: Actor, form: dict[str, Any]) -> None:
    if who.modal() is not None:
        assert who.submit(form) == {}


def claim_at_home(stage: Stage, who: Actor) -> None:
    who.open_home()
    who.click(who.home(), "claim")


def claim_on_nudge(stage: Stage, who: Actor) -> None:
    stage.pass_time(minutes=15)
    who.click(stage.nudges("thread")[0], "claim")


def still_on_nudge(stage: Stage, who: Actor) -> None:
    stage.pass_time(hours=2)
    who.click(stage.nudges("ana")[-1], "still")


def still_at_home(stage: Stage, who: Actor) -> None:
    stage.pass_time(hours=2)
    who.open_home()
    who.click(who.home(), "still")


def reply(stage: Stage, who: Actor) -> None:
    who.say(stage.card(), "Two boxes were empty")


@dataclass(frozen=True)
class Told:
    """One action: which commands come before it, what it makes of the case, and all the ways to ask for it."""

    becomes: dict[str, Any]
    ways: dict[str, Gesture]
    before: tuple[str, ...] = ()
    customer: str = "box-not-delivered"


CONTACTED = ("claim 1", "contacted 1 phone")
TABLE = {
    "claim": Told(
        {"status": Status.CLAIMED, "owner": ANA},
        {
            "emoji": emoji("eyes"),
            "button": button("claim"),
            "slash": slash("claim 1"),
            "mention": mention("claim"),
            "home": claim_at_home,
            "nudge": claim_on_nudge,
        },
    ),
    "release": Told(
        {"status": Status.UNCLAIMED, "owner": None},
        {
            "emoji": emoji("wave"),
            "overflow": overflow("Release"),
            "slash": slash("release 1"),
            "mention": mention("release"),
        },
        before=("claim 1",),
    ),
    "give": Told(
        {"status": Status.CLAIMED, "owner": BEN},
        {
            "overflow": overflow("Give to someone", to="ben"),
            "slash": slash("give 1 @ben"),
            "mention": mention("give @ben"),
        },
    ),
    "takeover": Told(
        {"status": Status.CLAIMED, "owner": ANA},
        {
            "refusal": by_refusal("eyes", "takeover", text="I know them"),
            "slash": slash("takeover 1 I know them"),
            "mention": mention("take over I know them"),
        },
        before=("give 1 @ben",),
    ),
    "still": Told(
        {"status": Status.CLAIMED, "owner": ANA, "asked_at": None},
        {
            "slash": slash("still 1"),
            "mention": mention("still"),
            "nudge": still_on_nudge,
            "home": still_at_home,
        },
        before=("claim 1",),
    ),
    "snooze": Told(
        {"status": Status.UNCLAIMED, "snoozed_until": MONDAY_MORNING + timedelta(hours=1)},
        {
            "emoji": emoji("zzz"),
            "overflow": overflow("Snooze", length="1h"),
            "slash": slash("snooze 1 1h"),
            "mention": mention("snooze 11:00"),
        },
    ),
    "contacted": Told(
        {"status": Status.CONTACTED, "owner": ANA, "contacted_by": ANA, "contacted_at": MONDAY_MORNING},
        {
            "emoji": emoji_told("white_check_mark", "By phone"),
            "overflow": overflow("Contacted", way="phone"),
            "slash": slash("contacted 1 phone"),
            "mention": mention("contacted by phone"),
        },
    ),
    "tried": Told(
        {
            "status": Status.CLAIMED,
            "owner": ANA,
            "contacted_at": None,
            "tries": (Attempt(MONDAY_MORNING, ANA, Way.PHONE),),
        },
        {
            "overflow": overflow("Not reached", way="phone"),
            "slash": slash("tried 1 phone"),
            "mention": mention("tried phone no answer"),
            "denied": slash("contacted 1 phone, left a voicemail"),
        },
        before=("claim 1",),
    ),
    "promise": Told(
        {"status": Status.CONTACTED, "promise_due_at": TOMORROW_NOON},
        {
            "overflow": overflow("Add a promise", **PROMISED),
            "slash": slash("promise 1 tomorrow 12:00: A new box"),
            "mention": mention("promise A new box by tomorrow 12:00"),
        },
        before=CONTACTED,
    ),
    "kept": Told(
        {"status": Status.CONTACTED, "promises": ()},
        {
            "button": button("kept"),
            "slash": slash("kept 1"),
            "mention": mention("kept box"),
        },
        before=(*CONTACTED, "promise 1 tomorrow 12:00: A new box"),
    ),
    "remedy": Told(
        {"status": Status.CONTACTED, "remedy_wanted": "A new box", "remedy_granted": "One on Friday", "remedy_by": ANA},
        {
            "overflow": beside("What makes it right", text="A new box", granted="One on Friday"),
            "slash": slash("remedy 1 A new box / One on Friday"),
            "mention": mention("makes it right: A new box / One on Friday"),
        },
        before=CONTACTED,
    ),
    "close": Told(
        {"status": Status.CLOSED, "outcome": Outcome.WON_BACK, "closed_by": ANA},
        {
            "emoji": emoji("tada"),
            "button": button("close", outcome="won_back"),
            "slash": slash("close 1 won back"),
            "mention": mention("close won_back"),
        },
        before=CONTACTED,
    ),
    "reopen": Told(
        {"status": Status.CLAIMED, "owner": ANA, "outcome": None, "contacted_at": None},
        {
            "overflow": overflow("Reopen", text="It broke again"),
            "slash": slash("reopen 1"),
            "mention": mention("reopen"),
        },
        before=(*CONTACTED, "close 1 lost"),
    ),
    "dismiss": Told(
        {"status": Status.CLOSED, "outcome": Outcome.NOT_A_COMPLAINT},
        {
            "emoji": emoji("no_entry_sign"),
            "overflow": overflow("Not a complaint"),
            "slash": slash("not a complaint 1"),
            "mention": mention("dismiss"),
        },
    ),
    "lesson": Told(
        {"learned": "Ring before noon", "status": Status.CLOSED},
        {
            "overflow": overflow("What we learned", learned="Ring before noon"),
            "slash": slash("lesson 1 Ring before noon"),
            "mention": mention("lesson Ring before noon"),
        },
        before=("contacted 1 phone spoke", "close 1 satisfied"),
    ),
    "note": Told(
        {"status": Status.UNCLAIMED, "revision": 2},
        {
            "overflow": overflow("Add a note", text="Two boxes were empty"),
            "slash": slash("note 1 Two boxes were empty"),
            "mention": mention("note Two boxes were empty"),
            "thread": reply,
        },
    ),
    "draft": Told(
        {"contact_decision": "We owe him that", "held": False},
        {
            "button": button("draft", text="We owe him that"),
            "slash": slash("draft 1 We owe him that"),
            "mention": mention("draft We owe him that"),
        },
        customer="wrong-bill",
    ),
}


@pytest.mark.few(3)
@pytest.mark.parametrize(("action", "way"), [(action, way) for action, told in TABLE.items() for way in told.ways])
def test_every_way_of_asking_ends_alike(stage: Stage, action: str, way: str) -> None:
    told, ana = TABLE[action], stage.person("ana")
    stage.hears_from(told.customer)
    for text in told.before:
        ana.command("/case", text)

    told.ways[way](stage, ana)

    case = stage.case()
    assert {name: getattr(case, name) for name in told.becomes} == told.becomes
    assert stage.history()[-1] == action


def missing(name: str, action: Action) -> Iterator[str]:
    """What this table still lacks of an action, in words for whoever adds it."""
    told = TABLE.get(name)
    if told is None:
        yield f"{name} has no row in TABLE: what comes before it, what it makes of the case, and the ways to ask for it"
        return
    for way in ("slash", "mention", *(("emoji",) if action.emoji else ())):
        if way not in told.ways:
            yield f"{name} can be asked for by {way}: its row in TABLE needs that among its ways"
    if not action.emoji and "emoji" in told.ways:
        yield f"{name} has no emoji of its own: its row in TABLE cannot be asked for by one"


def test_every_action_stands_in_this_table_with_its_ways() -> None:
    assert [each for name, action in ACTIONS.items() for each in missing(name, action)] == []
    assert [name for name in TABLE if named(name) is None] == [], "rows of actions that are no more"


def test_action_without_a_row_is_told_of_in_words() -> None:
    bare = replace(ACTIONS[ActionName.NOTE], emoji=("test_tube",))
    assert [*missing("probe", bare), *missing("note", bare)] == [
        "probe has no row in TABLE: what comes before it, what it makes of the case, and the ways to ask for it",
        "note can be asked for by emoji: its row in TABLE needs that among its ways",
    ]
