"""What messages carry survives the row it is kept in, today's and yesterday's, and tells what is to be forgotten."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.acts.act import Act, ActionName, Change
from cases.acts.actions import decide
from cases.messages.kinds import KINDS, Answer, Digest, Heading, Home, Kind, Nudges, Reminder, kind_of, payload_of
from cases.messages.notes import (
    NOTES,
    Acted,
    Heard,
    LetGo,
    Note,
    RatingChanged,
    Say,
    SecondOpinion,
    note_of,
)
from cases.messages.payload import Payload, as_facts, free_text, without_words
from cases.model import Case, Grade, Outcome, Severity, Way
from cases.nudges.routing import Route
from cases.occasions import When
from store import timeline
from tests.cases.acts.test_actions import ANA, BEN, LATER, NOW, TOMORROW, act, claimed, closed, contacted, unclaimed
from tests.owing import owing

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
PAYLOADS = [payload for treated in KINDS.values() for payload in treated.carries]
BLOCKS = st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()))


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Values that this annotation allows; instants are aware."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return of_type(parts[0])
    if origin in (Union, UnionType):
        return st.one_of([of_type(part) for part in parts])
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is tuple and parts[-1] is not Ellipsis:
        return st.tuples(*(of_type(part) for part in parts))
    if origin is tuple:
        return st.lists(of_type(parts[0]), max_size=3).map(tuple)
    if origin is dict:
        return BLOCKS
    if is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint, include_extras=True)
        return st.builds(hint, **{each.name: of_type(hints[each.name]) for each in fields(hint)})
    return plain(hint)


def plain(hint: Any) -> st.SearchStrategy[Any]:
    if hint is datetime:
        return st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))
    return st.floats(allow_nan=False, allow_infinity=False) if hint is float else st.from_type(hint)


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.__name__)
@given(data=st.data())
def test_whatever_is_carried_comes_back_from_its_row(payload: type[Payload], data: st.DataObject) -> None:
    carried = data.draw(of_type(payload))
    kept = json.loads(json.dumps(as_facts(carried)))
    assert payload_of(kind_of(carried), kept) == carried


# Rows as earlier versions wrote them.
OLD = [
    (Kind.CARD, {}, KINDS[Kind.CARD].carries[0]()),
    (Kind.ANSWER, {"text": "Hello", "blocks": [{"type": "divider"}]}, Answer("Hello", ({"type": "divider"},))),
    (Kind.HOME, {"outside": True}, Home()),
    (Kind.DIGEST, {"day": "2026-01-05", "but": ["C1"]}, Digest(day=date(2026, 1, 5), but=("C1",))),
    (
        Kind.NOTE,
        {"say": "joined", "source": "form", "external_id": "7", "before": None, "after": [1.0, 5.0]},
        Heard(say=Say.JOINED, source="form", external_id="7"),
    ),
    (
        Kind.NOTE,
        {"say": "rating_changed", "source": "form", "external_id": "7", "before": [2.0, 5.0], "after": [1.0, 5.0]},
        RatingChanged(before=(2, 5), after=(1, 5)),
    ),
    (
        Kind.NOTE,
        {"say": "give", "actor": "UANA", "owner": "UBEN", "before": "UANA"},
        Acted(say=ActionName.GIVE, actor="UANA", owner="UBEN", before="UANA"),
    ),
    (Kind.NOTE, {"say": "let_go", "before": "UANA", "broadcast": True}, LetGo(before="UANA")),
    (
        Kind.NOTE,
        {"say": "promise", "actor": "UANA", "text": "a call", "until": "2026-01-05T09:00:00+00:00", "before": None},
        Acted(say=ActionName.PROMISE, actor="UANA", text="a call", until=AT),
    ),
    (
        Kind.NOTE,
        {"say": "second_opinion", "before": "normal", "severity": "high", "why": "They were hurt"},
        SecondOpinion(before=Severity.NORMAL, severity=Severity.HIGH, why="They were hurt"),
    ),
]
OLD_NUDGE = {
    "case": 7,
    "rung": 0,
    "when": "unclaimed",
    "tell": "thread",
    "due_at": "2026-01-05T09:00:00+00:00",
    "count": 1,
    "last": False,
    "overdue": True,
    "owner": None,
}
NUDGE = Reminder(
    case=7, rung=0, when=When.UNCLAIMED, tell="thread", due_at=AT, count=1, last=False, overdue=True, owner=None
)


@pytest.mark.parametrize(("kind", "facts", "carried"), OLD, ids=lambda each: getattr(each, "value", None))
def test_rows_of_earlier_versions_are_read_as_before(kind: Kind, facts: dict[str, Any], carried: Payload) -> None:
    assert payload_of(kind, facts) == carried


def test_reminders_of_earlier_versions_keep_their_routes() -> None:
    way = {"person": None, "call": "UBEN", "instead_of": "UANA", "because": "away", "heir": None}
    told = payload_of(Kind.NUDGE, {"nudges": [OLD_NUDGE | {"route": way}]})
    assert isinstance(told, Nudges)
    assert told.nudges[0].route == Route(call="UBEN", instead_of="UANA", because="away")


def test_reminders_besides_the_ladder_keep_their_heading() -> None:
    heading = {"say": "offered", "person": "UANA", "until": "2026-01-05T09:00:00+00:00"}
    told = payload_of(Kind.NUDGE, {"nudges": [OLD_NUDGE], "heading": heading})
    assert told == Nudges((NUDGE,), Heading("offered", "UANA", AT))


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (Kind.NOTE, {"say": "gossip"}),
        (Kind.NOTE, {}),
        (Kind.NOTE, {"say": "let_go"}),
        (Kind.DIGEST, {"day": "tomorrow"}),
    ],
)
def test_row_that_tells_of_nothing_raises_value_error(kind: Kind, facts: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        payload_of(kind, facts)


# Forgetting


def test_words_about_customers_go_and_the_rest_stays() -> None:
    note = Acted(say=ActionName.NOTE, actor="UANA", text="Mrs Ruiz likes tea")
    assert without_words(note, "(erased)") == Acted(say=ActionName.NOTE, actor="UANA", text="(erased)")
    assert without_words(Answer("Mrs Ruiz", ({"type": "divider"},)), "(erased)") == Answer("(erased)", ())


def test_words_that_were_never_said_stay_unsaid() -> None:
    given = Acted(say=ActionName.GIVE, owner="UBEN")
    assert without_words(given, "(erased)") == given


# Texts that name a person of the team, a channel, a file or a source, and the words of a picture of figures.
NO_CUSTOMER_IN = {
    "actor",
    "before",
    "call",
    "holder",
    "owner",
    "source",
    "external_id",
    "only",
    "picture",
    "alt",
    "channel",
    "elsewhere",
}


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.__name__)
def test_text_is_forgotten_unless_known_to_be_harmless(payload: type[Payload]) -> None:
    texts = {name for name, hint in get_type_hints(payload).items() if hint in (str, str | None)}
    unsaid = texts - set(free_text(payload)) - NO_CUSTOMER_IN
    assert not unsaid, (
        f"{payload.__name__}: words of a customer are `Words` (cases/text.py); what names none stands in NO_CUSTOMER_IN"
    )


def test_every_note_there_is_has_its_own_payload() -> None:
    assert set(NOTES) == set(Say)


# What the thread hears of an act: the facts that the act leaves behind make up the note.


@pytest.mark.parametrize(
    ("case", "one", "note"),
    [
        (unclaimed(), act("give", to=BEN, text="hers"), Acted(say=ActionName.GIVE, actor=ANA, owner=BEN, text="hers")),
        (claimed(), act("takeover", BEN), Acted(say=ActionName.TAKEOVER, actor=BEN, before=ANA, owner=BEN)),
        (contacted(promises=owing("a call", LATER)), act("promise", text="a box", until=TOMORROW),
            Acted(say=ActionName.PROMISE, actor=ANA, text="a box", until=TOMORROW)),
        (claimed(), act("snooze", until=LATER), Acted(say=ActionName.SNOOZE, actor=ANA, until=LATER)),
        (claimed(), act("contacted", way=Way.PHONE), Acted(say=ActionName.CONTACTED, actor=ANA, way=Way.PHONE, grade=Grade.TOLD)),
        (contacted(), act("close", outcome=Outcome.LOST, learned="call"), Acted(say=ActionName.CLOSE, actor=ANA)),
        (closed(), act("reopen", text="still cold"), Acted(say=ActionName.REOPEN, actor=ANA, text="still cold")),
    ],
)  # fmt: skip
def test_note_of_an_act_is_made_of_its_facts(case: Case, one: Act, note: Note) -> None:
    decision = decide(case, one, NOW)
    assert isinstance(decision, Change)
    assert note_of({"say": one.action, "actor": one.actor, **timeline.plain(decision.facts)}) == note
