"""The grammar of commands. It is Tuesday 24 November 2026, 10:00 in Berlin (09:00 UTC)."""

import inspect
import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.acts.act import Act, NotAllowed
from cases.acts.actions import ACTIONS
from cases.acts.commands import Command, Misread, parse, plain, read_act, read_until
from cases.acts.verbs import ALIASES, verbs
from cases.model import Outcome, Sign, Via, Way

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FRIDAY_15 = datetime(2026, 11, 27, 14, tzinfo=UTC)

PARSED = [
    ("", None, Command("help")),
    ("   ", 7, Command("help")),
    ("help", None, Command("help")),
    ("?", None, Command("help")),
    ("show Priya", None, Command("find", None, "Priya")),
    ("show Priya", 7, Command("show", 7, "Priya")),
    ("look for Priya", None, Command("find", None, "Priya")),
    ("claim 12", None, Command("claim", 12)),
    ("claim #12", None, Command("claim", 12)),
    ("claim №12", None, Command("claim", 12)),
    ("claim no. 12", None, Command("claim", 12)),
    ("claim#12", None, Command("claim", 12)),
    ("CLAIM: 12!", None, Command("claim", 12)),
    ("claim", 7, Command("claim", 7)),
    ("claim 12", 7, Command("claim", 12)),
    ("take 12", None, Command("claim", 12)),
    ("done 12 phone", None, Command("done", 12, "phone")),
    ("not a complaint 12 only praise", None, Command("dismiss", 12, "only praise")),
    ("12", None, Command("show", 12)),
    ("#12", 7, Command("show", 12)),
    ("claim case 12", None, Command("claim", 12)),
    ("mine", 7, Command("mine")),
    ("list", None, Command("list")),
    ("new Ana called: 3 boxes", 7, Command("new", None, "Ana called: 3 boxes")),
    ("snooze 12 2h", None, Command("snooze", 12, "2h")),
    ("snooze 2 hours", 7, Command("snooze", 7, "2 hours")),
    ("snooze #12 2 hours", 7, Command("snooze", 12, "2 hours")),
    ("promise 24.11. 15:00: call", 7, Command("promise", 7, "24.11. 15:00: call")),
    ("note 3 boxes were empty", 7, Command("note", 7, "3 boxes were empty")),
    ("note 12 3 boxes were empty", None, Command("note", 12, "3 boxes were empty")),
    ("give <@U2|ben>", 7, Command("give", 7, "<@U2|ben>")),
    ("give 12 <@U2>", 7, Command("give", 12, "<@U2>")),
    ("away until Monday 3 days off", 7, Command("away", None, "until Monday 3 days off")),
    ("quiet 2h", None, Command("quiet", None, "2h")),
    ("back", 7, Command("back")),
    ("<@UAMENDS01> claim", 7, Command("claim", 7)),
    ("<@UAMENDS01|amends>: note it was the courier", 7, Command("note", 7, "it was the courier")),
    ("<@UAMENDS01>", 7, Command("help")),
]


@pytest.mark.parametrize(("text", "thread", "command"), PARSED, ids=[f"{row[0]} in {row[1]}" for row in PARSED])
def test_a_command_is_verb_number_and_rest(text: str, thread: int | None, command: Command) -> None:
    assert parse(text, thread) == command


MISREAD = [
    ("claim", Misread("which_case", {"verb": "claim"})),
    ("take", Misread("which_case", {"verb": "claim"})),
    ("snooze 15:00", Misread("which_case", {"verb": "snooze"})),  # a time, not case 15
    (
        "promiss 12 friday: call her",
        Misread("unknown_verb", {"verb": "promiss", "nearest": "promise", "meant": "promise 12 friday: call her"}),
    ),
    ("fnd Priya", Misread("unknown_verb", {"verb": "fnd", "nearest": "find", "meant": "find Priya"})),
    ("promiss friday", Misread("unknown_verb", {"verb": "promiss", "nearest": "promise"})),  # of which case?
    ("calim 12", Misread("unknown_verb", {"verb": "calim", "nearest": "claim"})),
    ("tak 12", Misread("unknown_verb", {"verb": "tak", "nearest": "claim"})),  # nearest is an alias: its verb is told
    ("Frobnicate 12", Misread("unknown_verb", {"verb": "frobnicate", "nearest": None})),
    ("&lt;script&gt; 12", Misread("unknown_verb", {"verb": "<script>", "nearest": None})),
]


@pytest.mark.parametrize(("text", "misread"), MISREAD, ids=[row[0] for row in MISREAD])
def test_what_cannot_be_understood_is_a_value(text: str, misread: Misread) -> None:
    assert parse(text) == misread


@given(st.text(), st.none() | st.integers(1, 99))
def test_any_text_is_a_command_or_misread(text: str, thread: int | None) -> None:
    read = parse(text, thread)
    if isinstance(read, Command):
        assert read.verb in verbs()
        assert not verbs()[read.verb].needs_number or read.number is not None


def test_every_verb_of_the_house_is_there() -> None:
    others = "show find list mine lessons why digest stats new help away back quiet join move send takeback done"
    assert set(verbs()) == {*ACTIONS, *others.split()}


@pytest.mark.parametrize(
    ("text", "thread", "number", "rest"),
    [
        ("join 12 13", None, 12, "13"),
        ("join #12 #13", None, 12, "#13"),
        ("join 12, 13", 7, 12, "13"),
        ("join 13", 12, 12, "13"),
        ("join 12", None, 12, ""),
        ("move 12 order-77", None, 12, "order-77"),
        ("move 12 – 34", None, 12, "34"),
        ("move order-77", 12, 12, "order-77"),
    ],
)
def test_what_follows_a_case_that_is_joined_or_parted(text: str, thread: int | None, number: int, rest: str) -> None:
    command = parse(text, thread)
    assert isinstance(command, Command)
    assert (command.number, command.words, command.also) == (number, rest, ())


def test_aliases_hide_no_verb_and_lead_somewhere() -> None:
    assert not set(ALIASES) & set(verbs())
    assert set(ALIASES.values()) <= set(verbs())


UNTIL = [
    ("until friday 15:00 wedding", (FRIDAY_15, "wedding")),
    ("3d", (datetime(2026, 11, 27, 9, tzinfo=UTC), None)),
    ("until Monday", (datetime(2026, 11, 30, 8, tzinfo=UTC), None)),
    ("2h. At the dentist", (datetime(2026, 11, 24, 11, tzinfo=UTC), "At the dentist")),
    ("", (None, None)),
    ("off", (None, None)),
    ("Off.", (None, None)),
    ("until 31 November", NotAllowed("no_such_day", {"day": "31 November"})),
    ("until the cows come home", NotAllowed("not_readable_time", {"said": "until the cows come home"})),
]


@pytest.mark.parametrize(("rest", "read"), UNTIL, ids=[row[0] for row in UNTIL])
def test_a_time_about_oneself_is_read_with_its_reason(rest: str, read: Any) -> None:
    assert read_until(Command("away", None, rest), NOW, ZoneInfo("Europe/Berlin"), time(9)) == read


ESCAPED = [
    ("salt &amp; pepper &lt;5 €&gt;", "salt & pepper <5 €>"),
    ("&amp;lt; stays", "&lt; stays"),  # unescaped once only
    ("ask <@U2|ben> or <@U3>", "ask @ben or @U3"),
    ("in <#C1|care>", "in #care"),
    ("<!here> <!subteam^S1|@care-team>", "@here @care-team"),
    ("<https://a.example/?x=1&amp;y=2|a.example>", "https://a.example/?x=1&y=2"),
    ("<mailto:ana@example.org|ana@example.org>", "ana@example.org"),
]


@pytest.mark.parametrize(("text", "seen"), ESCAPED)
def test_escaped_text_reads_as_it_was_typed(text: str, seen: str) -> None:
    assert plain(text) == seen


def own_words(verb: str, rest: str) -> dict[str, Any]:
    """What the act says beyond who and how; a refusal as {"refused": reason, …}."""
    act = read_act(Command(verb, 12, rest), "U1", Via.SLASH, NOW, ZoneInfo("Europe/Berlin"), time(9))
    if isinstance(act, NotAllowed):
        return {"refused": act.reason, **act.facts}
    assert (act.action, act.actor, act.via, act.is_lead) == (verb, "U1", Via.SLASH, False)
    names = ("to", "text", "until", "way", "at", "outcome", "sign", "granted", "cost", "went_wrong", "learned")
    return {name: value for name in names if (value := getattr(act, name)) is not None}


@pytest.mark.parametrize("said", ["tomorrow morning", "next morning", "the next working morning", "wednesday morning"])
def test_snooze_to_a_free_morning_goes_to_the_next(said: str) -> None:
    wednesday = datetime(2026, 11, 25, 8, tzinfo=UTC)  # a day off; the team is back on Thursday
    act = read_act(
        Command("snooze", 12, f"until {said}: she sleeps till morning."),
        "U1",
        Via.SLASH,
        NOW,
        ZoneInfo("Europe/Berlin"),
        time(9),
        next_open=lambda at: at + timedelta(days=1) if at == wednesday else at,
    )
    assert isinstance(act, Act)
    assert (act.until, act.text) == (wednesday + timedelta(days=1), "she sleeps till morning")


ACTS: list[tuple[str, str, dict[str, Any]]] = [
    ("claim", "please", {}),
    ("release", "", {}),
    ("give", "<@U2|ben>", {"to": "U2"}),
    ("give", "to <@U2> she knows her", {"to": "U2", "text": "she knows her"}),
    ("give", "me", {"to": "U1"}),
    ("give", "@ben", {"refused": "give_to_whom", "said": "@ben", "number": 12}),
    ("give", "", {"refused": "give_to_whom", "said": "", "number": 12}),
    ("snooze", "until friday 15:00 she is away", {"until": FRIDAY_15, "text": "she is away"}),
    ("snooze", "2h", {"until": datetime(2026, 11, 24, 11, tzinfo=UTC)}),
    ("snooze", "", {}),
    (
        "snooze",
        "yesterday she said",
        {"until": NOW - timedelta(days=1), "text": "she said"},
    ),  # and is told that it has passed
    ("snooze", "a while", {"refused": "not_readable_time", "said": "a while", "number": 12}),
    ("contacted", "", {}),
    ("contacted", "phone", {"way": Way.PHONE}),
    ("contacted", "by e-mail: refund &lt;5 €&gt;", {"way": Way.EMAIL, "text": "refund <5 €>"}),
    ("contacted", "email sent the refund", {"way": Way.EMAIL, "text": "sent the refund"}),
    ("contacted", "called", {"way": Way.PHONE}),
    ("contacted", "called, she was glad", {"way": Way.PHONE, "text": "she was glad"}),
    (
        "contacted",
        "phoned an hour ago",
        {"way": Way.PHONE, "text": "phoned an hour ago", "at": NOW - timedelta(hours=1)},
    ),
    (
        "contacted",
        "phone an hour ago, she was glad",
        {"way": Way.PHONE, "text": "an hour ago, she was glad", "at": NOW - timedelta(hours=1)},
    ),
    (
        "contacted",
        "spoke with her about 20 minutes ago",
        {"text": "spoke with her about 20 minutes ago", "at": NOW - timedelta(minutes=20)},
    ),
    (
        "contacted",
        "phone: she ordered two days ago and is glad",  # her doing, not ours
        {"way": Way.PHONE, "text": "she ordered two days ago and is glad"},
    ),
    ("contacted", "phone, will be there in an hour", {"way": Way.PHONE, "text": "will be there in an hour"}),
    (
        "tried",
        "phone half an hour ago no answer",
        {"way": Way.PHONE, "text": "half an hour ago no answer", "at": NOW - timedelta(minutes=30)},
    ),
    ("contacted", "called her twice", {"way": Way.PHONE, "text": "called her twice"}),
    ("contacted", "Rang – no hard feelings", {"way": Way.PHONE, "text": "no hard feelings"}),
    ("contacted", "mailed", {"way": Way.EMAIL}),
    ("contacted", "in person", {"way": Way.IN_PERSON}),
    ("contacted", "public reply", {"way": Way.PUBLIC_REPLY}),
    ("contacted", "mailbox is full, told her mother", {"text": "mailbox is full, told her mother"}),
    ("promise", "friday 15:00: send the refund", {"until": FRIDAY_15, "text": "send the refund"}),
    ("promise", "by friday 15:00: call by phone", {"until": FRIDAY_15, "text": "call by phone"}),
    ("promise", "friday 15:00 send the refund", {"until": FRIDAY_15, "text": "send the refund"}),
    ("promise", "refund by bank by friday 15:00", {"until": FRIDAY_15, "text": "refund by bank"}),
    ("promise", "5 minutes on the phone by friday 15:00", {"until": FRIDAY_15, "text": "5 minutes on the phone"}),
    ("promise", "friday 15:00", {"until": FRIDAY_15}),
    ("promise", "friday at three: call them back", {"until": FRIDAY_15, "text": "call them back"}),
    ("promise", "call them back by Friday at 3", {"until": FRIDAY_15, "text": "call them back"}),
    (
        "promise",
        "friday: call",
        {"until": datetime(2026, 11, 27, 17, tzinfo=UTC), "text": "call"},
    ),  # the end of business
    ("snooze", "friday: her party", {"until": datetime(2026, 11, 27, 8, tzinfo=UTC), "text": "her party"}),  # its start
    ("promise", "31 November: pedal", {"refused": "no_such_day", "day": "31 November"}),
    (
        "promise",
        "pedal by Tuesday 3 December",
        {"refused": "other_weekday", "day": "3 December", "weekday": "Thursday", "said": "Tuesday"},
    ),
    (
        "snooze",
        "tuesday, 3 december: ill",
        {"refused": "other_weekday", "day": "3 december", "weekday": "Thursday", "said": "tuesday"},
    ),
    ("promise", "send the refund", {"text": "send the refund"}),
    ("promise", "", {}),
    ("close", "won back", {"outcome": Outcome.WON_BACK}),
    ("close", "won_back", {"outcome": Outcome.WON_BACK}),
    (
        "close",
        "as won-back: wrong box / check the label",
        {"outcome": Outcome.WON_BACK, "went_wrong": "wrong box", "learned": "check the label"},
    ),
    (
        "close",
        "no reply went wrong: and/or us | learned: ring sooner",
        {"outcome": Outcome.NO_REPLY, "went_wrong": "and/or us", "learned": "ring sooner"},
    ),
    (
        "close",
        "satisfied / cold soup / check the oven",
        {"outcome": Outcome.SATISFIED, "went_wrong": "cold soup", "learned": "check the oven"},
    ),
    ("close", "satisfied: cold soup", {"outcome": Outcome.SATISFIED, "went_wrong": "cold soup"}),
    (
        "close",
        "satisfied promise kept / cold / check",
        {"outcome": Outcome.SATISFIED, "went_wrong": "cold", "learned": "check"},
    ),
    (
        "close",
        "satisfied promise kept cold / check",
        {"outcome": Outcome.SATISFIED, "went_wrong": "cold", "learned": "check"},
    ),
    ("lesson", "cold soup / check the oven", {"went_wrong": "cold soup", "learned": "check the oven"}),
    ("lesson", "check the oven", {"learned": "check the oven"}),
    ("close", "satisfied / / check the oven", {"outcome": Outcome.SATISFIED, "learned": "check the oven"}),
    ("close", "won‑back – cold ／ check", {"outcome": Outcome.WON_BACK, "went_wrong": "cold", "learned": "check"}),
    ("close", "“won back”, “cold” soup", {"outcome": Outcome.WON_BACK, "went_wrong": "“cold” soup"}),
    ("snooze", "“friday 15:00”", {"until": FRIDAY_15}),
    ("snooze", "“friday 15:00” — she’s away", {"until": FRIDAY_15, "text": "she’s away"}),
    ("snooze", "friday １５：００", {"until": FRIDAY_15}),
    ("contacted", "— phone — “so glad”", {"way": Way.PHONE, "text": "“so glad”"}),
    ("contacted", "“phone”, she was glad", {"way": Way.PHONE, "text": "she was glad"}),
    ("contacted", "e‑mail: sent it", {"way": Way.EMAIL, "text": "sent it"}),
    ("give", "“<@U2|ben>”", {"to": "U2"}),
    ("promise", "“friday 15:00”: “send it”", {"until": FRIDAY_15, "text": "send it"}),
    ("promise", "friday 15:00 – send the refund", {"until": FRIDAY_15, "text": "send the refund"}),
    ("note", "“He said no” – twice", {"text": "“He said no” – twice"}),
    (
        "close",
        "won back, they ordered again / cold soup / check the oven",
        {"outcome": Outcome.WON_BACK, "sign": Sign.ORDERED, "went_wrong": "cold soup", "learned": "check the oven"},
    ),
    ("remedy", "a new box / one on Friday", {"text": "a new box", "granted": "one on Friday"}),
    ("remedy", "", {"refused": "remedy_what", "said": "", "number": 12}),
    ("close", "unreachable anyway: moved abroad", {"outcome": Outcome.UNREACHABLE, "text": "moved abroad"}),
    (
        "close",
        "unreachable because nobody answers / wrong number / ask for two",
        {
            "outcome": Outcome.UNREACHABLE,
            "text": "nobody answers",
            "went_wrong": "wrong number",
            "learned": "ask for two",
        },
    ),
    ("close", "Not a complaint", {"outcome": Outcome.NOT_A_COMPLAINT}),
    ("close", "the box was wrong", {"went_wrong": "the box was wrong"}),  # no outcome: the action will ask
    ("close", "lostness", {"went_wrong": "lostness"}),
    ("close", "", {}),
    ("reopen", "she wrote again", {"text": "she wrote again"}),
    ("dismiss", "", {}),
    ("note", "  salt &amp; pepper ", {"text": "salt & pepper"}),
    ("draft", "shorter", {"text": "shorter"}),
]


@pytest.mark.parametrize(("verb", "rest", "own"), ACTS, ids=[f"{row[0]} {row[1]}" for row in ACTS])
def test_the_rest_becomes_the_acts_own_words(verb: str, rest: str, own: dict[str, Any]) -> None:
    assert own_words(verb, rest) == own


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_can_be_named_in_words(outcome: Outcome) -> None:
    assert own_words("close", outcome.value.replace("_", " ")) == {"outcome": outcome}


def test_a_lead_acts_as_a_lead_by_mention() -> None:
    act = read_act(Command("claim", 3), "U9", Via.MENTION, NOW, ZoneInfo("UTC"), time(9), is_lead=True)
    assert act == Act("claim", "U9", Via.MENTION, is_lead=True)


@given(st.sampled_from(sorted(ACTIONS)), st.text(max_size=60))
def test_odd_rest_is_read_or_refused_for_a_reason(verb: str, rest: str) -> None:
    assert own_words(verb, rest).get("refused") in (None, "give_to_whom", "not_readable_time")


def test_refusals_use_reasons_that_others_know() -> None:
    """The catalogue of words is tested against these codes; a new one here is a new sentence there."""
    code = Path(inspect.getfile(read_act)).read_text(encoding="utf-8")
    assert set(re.findall(r'(?:refused|Misread)\("(\w+)"', code)) == {
        "which_case",
        "one_at_a_time",
        "too_many_at_once",
        "unknown_verb",
        "give_to_whom",
        "not_readable_time",
        "remedy_what",
    }
