"""Answers to `/case`: short, private, with links, and honest about what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from cases.acts.actions import ACTIONS, UNDO
from cases.acts.verbs import verbs
from cases.policy.hours import Hours
from cases.policy.page import Policy, Slack
from handlers.cards import answers
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines
from tests.owing import owing

LINKS = {12: ex.CARD}
ALWAYS = Policy(lead=ex.LEA, hours=Hours(always=True))


@dataclass(frozen=True)
class Line:
    """A timeline entry, its facts as the timeline keeps them."""

    action: str
    actor: str | None = ex.ANA
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: datetime = ex.NOW


def entry(action: str, actor: str | None = ex.ANA, **facts: Any) -> list[str]:
    message = answers.show(ex.CLAIMED, [Line(action, actor, facts)], ex.POLICY, None)
    return lines(message.blocks)[-1:]


def test_the_list_names_every_open_case_with_its_link() -> None:
    message = answers.list_cases([ex.UNCLAIMED, replace(ex.CONTACTED, number=7)], LINKS)
    assert lines(message.blocks) == [
        "*2 open cases, worst first*",
        "🟡 #12 · Soup cold, an hour late · Dora Quint · waiting for an owner since today at 09:00",
        "🟢 #7 · Soup cold, an hour late · Dora Quint · waiting for the customer since today at 09:30 · @ana",
    ]
    assert f"<{ex.CARD}|#12" in message.text


def test_list_names_what_closed_cases_still_owe() -> None:
    late = replace(ex.CLOSED, number=7, promises=owing("call her", ex.NOW), promise_broken_at=ex.NOW)
    kept_in_sight = (
        "⚪ #7 · Soup cold, an hour late · Dora Quint · 💔 broken promise, due today at 09:00: “call her” · @ana"
    )
    assert lines(answers.list_cases([], {}, owing=[late]).blocks) == ["*Closed, and still promised*", kept_in_sight]
    both = lines(answers.mine([replace(ex.PROMISED, number=9)], {}, [late]).blocks)
    assert both[1].endswith("Dora Quint · promised, due tomorrow at 09:00: “send the refund” · @ana")
    assert both[2:] == ["*Closed, and still promised*", kept_in_sight]


def test_a_long_list_is_cut_and_counted() -> None:
    said = lines(answers.list_cases([replace(ex.UNCLAIMED, number=n) for n in range(40)], {}).blocks)
    assert said[0] == "*40 open cases, worst first*"
    assert len(said) == 1 + 15 + 1
    assert said[-1] == "  … and 25 more."


def test_nothing_open_is_said_with_a_smile() -> None:
    assert answers.list_cases([], {}).text == "No open cases. ☕"
    assert answers.mine([], {}).text == "You hold no cases just now. `/case list` shows who is waiting."


def test_one_case_of_mine_is_spoken_of_as_one() -> None:
    assert lines(answers.mine([ex.CLAIMED], LINKS).blocks)[0] == "*One case is yours*"


def test_show_is_the_card_with_what_happened() -> None:
    timeline = [Line("opened", None), Line("claim"), Line("note", facts={"text": "left a voicemail"})]
    said = lines(answers.show(ex.CLAIMED, timeline, ex.POLICY, ex.CARD).blocks)
    assert said[0] == "🟡 #12 · Soup cold, an hour late"
    assert said[-4:] == [
        "*What happened* (#12)",
        "Today at 09:00 · the case was opened",
        "Today at 09:00 · @ana · claimed it",
        "Today at 09:00 · @ana · noted: “left a voicemail”",
    ]


def test_a_long_history_shows_its_latest_entries() -> None:
    said = lines(answers.show(ex.CLAIMED, [Line("claim")] * 30, ex.POLICY, None).blocks)
    assert "… 18 earlier entries" in said
    assert sum("claimed it" in line for line in said) == 12


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (entry("give", owner=ex.BEN, before=ex.ANA), "Today at 09:00 · @ana · gave it to @ben"),
        (
            entry("contacted", way="phone", text="she wants it again", at="2026-01-05T09:00:00+00:00"),
            "Today at 09:00 · @ana · contacted the customer by phone: “she wants it again”",
        ),
        (entry("contacted"), "Today at 09:00 · @ana · contacted the customer"),
        (
            entry("snooze", until="2026-01-05T12:00:00+00:00"),
            "Today at 09:00 · @ana · snoozed it until today at 12:00",
        ),
        (
            entry("promise", until="2026-01-06T09:00:00+00:00", text="send the refund"),
            "Today at 09:00 · @ana · promised something by tomorrow at 09:00: “send the refund”",
        ),
        (entry("close", outcome="won_back"), "Today at 09:00 · @ana · closed it, won back"),
        (entry("close"), "Today at 09:00 · @ana · closed it"),
        (entry("joined", None, source="survey"), "Today at 09:00 · the customer complained again"),
        (entry("scored", None), "Today at 09:00 · the words were read more closely"),
        (entry("undo_claim"), "Today at 09:00 · @ana · took the claim back"),
        (entry("redraft"), "Today at 09:00 · @ana · asked for a new suggestion"),
        (entry("takeover", before=ex.BEN), "Today at 09:00 · @ana · took it over from @ben"),
        (entry("takeover"), "Today at 09:00 · @ana · took it over from the team"),
        (entry("moved_house"), "Today at 09:00 · @ana · moved house"),
    ],
)
def test_each_entry_of_the_history_reads_plainly(said: list[str], read: str) -> None:
    assert said == [read]


@pytest.mark.parametrize("action", [*ACTIONS, *(f"{UNDO}{name}" for name in ACTIONS)])
def test_no_entry_of_the_history_needs_a_fact(action: str) -> None:
    """A case that nobody held may be taken over, and older entries know less."""
    (said,) = entry(action)
    assert said.startswith("Today at 09:00 · @ana · ")


def test_help_lists_every_verb_and_every_emoji() -> None:
    said = "\n".join(lines(answers.help_(ex.POLICY).blocks))
    assert all(f"`/case {name}" in said for name in verbs())
    assert ":eyes: Claim, :wave: Release, :zzz: Snooze, :white_check_mark: Contacted" in said
    assert ":tada: Close as won back" in said
    assert "it never reaches the customer" in said


def test_every_verb_is_helped_with_in_one_line() -> None:
    said = [line for line in lines(answers.help_(ex.POLICY).blocks) if line.startswith("`/case ")]
    assert len(said) == len(verbs())
    assert "`/case snooze 12 UNTIL [REASON]` no nudges until then" in said
    assert "`/case list [overdue | critical | unclaimed | mine]` every open case, worst first" in said


def test_help_names_the_emoji_the_team_chose() -> None:
    own = Policy(slack=Slack(emoji={"raised_hand": "claim", "memo": "note"}))
    said = "\n".join(lines(answers.help_(own).blocks))
    assert ":raised_hand: Claim" in said
    assert ":memo: Add a note" in said
