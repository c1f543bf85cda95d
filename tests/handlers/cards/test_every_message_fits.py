"""Whatever a customer writes: Slack takes every message, and nothing in the customer's words acts on its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest

from cases.acts.act import Act, ActionName
from cases.acts.actions import ACTIONS
from cases.figures.digest import HOLDERS_SHOWN, Digest, Holding, Recovery, Tally, Week
from cases.figures.stats import Contacts, Spread
from cases.figures.themes import Theme
from cases.lessons.lesson import Lesson
from cases.letters.attached import File, State
from cases.messages.flood import Member
from cases.messages.notes import Acted, RatingChanged
from cases.model import Case, Feedback, Grade, Rating, Severity, Status, Via, Way
from cases.people import Filter, Person
from cases.policy.page import MOST_CAUSES
from cases.policy.values import LONGEST_CAUSE
from cases.replies.drafts import Origin, Reply, Version, Versions
from cases.urgency import Count
from handlers.cards import (
    answers,
    case_card,
    contact_lines,
    digest_card,
    draft_card,
    flood_card,
    home,
    lessons,
    modals,
    nudge_card,
    private,
    thread_notes,
)
from handlers.cards.message import Message, View
from sandbox.blocks.limits import block_problems, too_large, view_problems
from tests.handlers.cards import examples as ex
from tests.owing import owing

DAY = timedelta(days=1)
PICTURE = File(id=1, feedback=None, name="four-weeks.png", size=9, state=State.SHOWN, file="F0123ABC", alt="Four weeks")
TEXT_LIMIT, FORM_TEXTS = 3000, ("initial_value", "value", "action_id", "block_id", "url")
OURS = {ex.ANA, ex.BEN, ex.LEA}
HOME = "slack://app?team=T0123ABC&id=A0123ABC&tab=home"
TOKEN = re.compile(r"<[^<>]*>|[<>]")
ALLOWED = re.compile(
    r"<!date\^\d+\^[^|<>]*\|[^<>]*>|<@(?P<person>\w+)>|<(?P<address>https?://[^|<>\s]+|mailto:[^|<>\s]+|tel:\+?\d+|slack://app\?[\w&;=]+)\|[^<>]*>"
)
HARD = pytest.mark.parametrize("text", ex.NASTY.values(), ids=ex.NASTY.keys())


def texts(part: Any) -> Iterator[dict[str, Any]]:
    """Every text object and text run within blocks."""
    if isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text", "text") and isinstance(part.get("text"), str):
            yield part
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts(value)


CAUSES = ["c" * (LONGEST_CAUSE - len(str(n))) + str(n) for n in range(MOST_CAUSES)]


def assert_takeable(message: Message) -> None:
    """Slack takes the message, and no token in it comes from a stranger."""
    assert block_problems(list(message.blocks)) == []
    assert 0 < len(message.text) <= TEXT_LIMIT
    assert_inert(message.text)
    assert_texts_inert(message.blocks)


def assert_texts_inert(blocks: Any) -> None:
    json.dumps(blocks, ensure_ascii=False).encode()
    for text in texts(list(blocks)):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text["text"])
        if text["type"] == "mrkdwn":
            assert text["verbatim"] is True
            assert_inert(text["text"])


def assert_inert(text: str) -> None:
    for token in TOKEN.findall(text):
        allowed = ALLOWED.fullmatch(token)
        assert allowed, f"{token} would act"
        assert allowed["person"] in OURS | {None}


def assert_view_takeable(view: View) -> None:
    assert view_problems(view) == []
    assert not too_large(view)
    assert_texts_inert(view["blocks"])


@HARD
def test_slack_takes_every_card_whatever_is_written(text: str) -> None:
    for severity, situation in zip(cycle(Severity), ex.SITUATIONS.values()):  # every severity, each in some situations
        hard = ex.nasty(text, severity, situation)
        assert_takeable(case_card.card(hard, ex.POLICY))
        assert_takeable(case_card.card(hard, ex.IN_THE_OPEN))


@pytest.mark.parametrize("situation", ex.SITUATIONS.values(), ids=ex.SITUATIONS.keys())
def test_slack_takes_the_card_of_every_situation(situation: Case) -> None:
    assert_takeable(case_card.card(situation, ex.POLICY))


@HARD
def test_slack_takes_every_draft_whatever_it_says(text: str) -> None:
    said = {"subject": text, "body": text, "questions": (text,) * 9, "promises": (text,) * 9, "remedy": text}
    for draft in ex.DRAFTS.values():
        hard = replace(draft, reply=draft.reply and replace(draft.reply, **said))  # type: ignore[arg-type]
        kept = [
            Version(
                version=n, at=ex.NOW, origin=Origin.PERSON, reply=Reply(subject=text, body=f"{n}{text}"), author=ex.BEN
            )
            for n in range(40, 0, -1)
        ]
        there_are = Versions(tuple(kept), beside=kept[0], before=kept[1])
        shown = draft_card.draft(ex.CLAIMED, hard, model=True, versions=there_are, name_of=lambda _: text)
        assert_takeable(shown)
        assert_view_takeable(modals.edit_draft(ex.CLAIMED, hard))
        assert_view_takeable(modals.versions(12, there_are))
        assert_view_takeable(modals.overtaken(ex.CLAIMED, hard, kept[0].reply))


@HARD
@pytest.mark.parametrize("when", ["unclaimed", "not_contacted", "promised", "change", "lesson"])
def test_slack_takes_every_nudge_whatever_is_written(text: str, when: str) -> None:
    case = ex.nasty(text, Severity.HIGH, ex.CHANGING if when in ("change", "lesson") else ex.PROMISED)
    items = [
        nudge_card.Item(replace(case, number=number), ex.nudge(when, "lead"), link=ex.CARD) for number in range(60)
    ]
    assert_takeable(nudge_card.nudges(items[:1], ex.POLICY))
    assert_takeable(nudge_card.nudges(items, ex.POLICY))
    assert_takeable(nudge_card.nudges_over(items))


@pytest.mark.long
@HARD
def test_slack_takes_the_card_that_thousands_share(text: str) -> None:
    hard = ex.nasty(text, Severity.HIGH, ex.UNCLAIMED)
    members = [
        Member(n, Status.UNCLAIMED, True, text or "x", f"{n % 7}{text}", ("late", "broken"))
        for n in range(100_000, 103_000)
    ]
    told = flood_card.Told(
        number=100_000,
        members=members,
        beside=20,
        since=ex.NOW,
        until=ex.NOW + timedelta(days=9),
        waiting=[replace(hard, number=member.number) for member in members[: flood_card.CHOICES]],
    )
    assert_takeable(flood_card.flood(told))
    assert_takeable(flood_card.flood(replace(told, waiting=[], members=[replace(m, here=False) for m in members])))


@HARD
def test_slack_takes_every_thread_note_whatever_is_written(text: str) -> None:
    said = Feedback(external_id="1", source=text or "x", comment=text)
    told = Acted(say=ActionName.NOTE, actor=ex.ANA, owner=ex.BEN, before=ex.ANA, until=ex.NOW, way=Way.PHONE, text=text)
    notes = [
        thread_notes.wrote_again(12, said),
        thread_notes.wrote_again(12, replace(said, rating=Rating(1, 5)), kindly=True),
        thread_notes.joined(12, said, Severity.CRITICAL),
        thread_notes.closed(ex.nasty(text, Severity.HIGH, ex.CLOSED)),
        thread_notes.of_action(ex.nasty(text, Severity.HIGH, ex.CHANGING), replace(told, say=ActionName.LESSON)),
        thread_notes.near_lessons([(lesson(text), ex.CARD), (lesson(text), None)]),
        thread_notes.reopened(text),
        thread_notes.second_opinion(Severity.HIGH, None, text),
        *(
            thread_notes.of_action(ex.CLAIMED, replace(told, say=name))
            for name, a in ACTIONS.items()
            if a.told_in_thread
        ),
    ]
    case, heard = ex.nasty(text, Severity.NORMAL, ex.CLAIMED), told_aloud(ex.ANA)
    for note in notes:
        assert_takeable(note)
        assert_takeable(thread_notes.aloud(case, heard, note, lambda _: text or None, ex.CARD))


def lesson(text: str) -> Lesson:
    """As long as it can be, with a change to make."""
    return Lesson(100_001, text, text, text, text, text, ex.NOW, ex.BEN, ex.NOW + DAY)


@HARD
def test_slack_takes_every_page_of_lessons(text: str) -> None:
    found = [replace(lesson(text), case=100_000 + number) for number in range(500)]
    links = {each.case: ex.CARD for each in found}
    for page in (1, 100, 101, 9_999):
        assert_takeable(lessons.lessons(found, text, page, links))
    assert_takeable(lessons.lessons([], text, 1, {}))
    assert_takeable(lessons.lessons([replace(found[0], change_due_at=None, cause=None)], "", 1, {}))


def told_aloud(holder: str) -> RatingChanged:
    return RatingChanged(after=(1, 5), broadcast=True, holder=holder)


@HARD
def test_slack_takes_every_private_answer_whatever_is_written(text: str) -> None:
    case = ex.nasty(text, Severity.NORMAL, ex.PROMISED)
    many = [replace(case, number=number) for number in range(200)]
    said = [
        private.contact_details(case, ex.POLICY),
        contact_lines.ask_how(case),
        contact_lines.which(case, ex.BEN),
        contact_lines.ticked_by_other(case, ex.BEN),
        private.opened(case, ex.CARD),
        private.done(Act("promise", ex.ANA, Via.MODAL), case),
        answers.list_cases(many, {3: ex.CARD}),
        answers.mine(many, {}),
        answers.show(case, [], ex.POLICY, ex.CARD),
    ]
    for message in said:
        assert_takeable(message)


@HARD
def test_slack_takes_the_fullest_digest_there_is(text: str) -> None:
    hard = ex.nasty(text, Severity.CRITICAL, ex.UNCLAIMED)
    cases = tuple(replace(hard, number=number) for number in range(100_000, 100_005))
    spread = Spread(timedelta(days=2, hours=3), timedelta(days=20, hours=13))
    by_grade = tuple((grade, 10_000) for grade in Grade)
    digest = Digest(
        day=ex.NOW.date(),
        since=ex.NOW,
        until=ex.NOW,
        waiting=cases,
        more=400,
        promises=tuple(replace(case, promises=owing(text, ex.NOW)) for case in cases),
        more_promises=100_000,
        holds=tuple(Holding(ex.ANA, tuple(range(100_000, 100_012)), 90) for _ in range(HOLDERS_SHOWN)),
        more_holders=30,
        contacts=Contacts(30_000, 29_000, spread, Spread(spread.median, 2 * spread.ninetieth), by_grade),
        reminders={case.number: 90 for case in cases},
        clicked=30_000,
        closed=10_000,
        won_back=9_000,
        lost=1_000,
        thanks=Recovery(100_001, ex.ANA, timedelta(minutes=3), won_back=True),
        week=Week(
            end=ex.NOW.date(),
            now=Tally(10_000, 10_000, 10_000, 10_000),
            before=Tally(10_000, 10_000, 10_000, 10_000),
            themes=(Theme(text or "x", 10_000, (100_001, 100_002, 100_003)),) * 3,
            lessons=(lesson(text),) * 2,
            causes=((text or "x", 10_000),) * 20,
            changes=(lesson(text),) * 3,
            people=(ex.ANA,) * 50,
        ),
    )
    links = {number: f"{ex.CARD}{number}" for number in range(100_000, 100_100)}
    assert_takeable(digest_card.digest(digest, links, ex.POLICY, lambda _: text, HOME, PICTURE))


@HARD
@pytest.mark.parametrize("situation", [ex.HELD, ex.CLAIMED, ex.CONTACTED, ex.CLOSED])
def test_slack_takes_every_form_whatever_is_written(text: str, situation: Case) -> None:
    case = replace(ex.nasty(text, Severity.NORMAL, situation), number=2_147_483_647)
    for action in ex.WITH_FORM:
        assert_view_takeable(modals.form(action, case, CAUSES))
    assert_view_takeable(modals.new_case(text))


@HARD
def test_slack_takes_the_fullest_home_tab_there_is(text: str) -> None:
    hard = [replace(ex.nasty(text, Severity.HIGH, ex.PROMISED), number=number) for number in range(home.MINE_SHOWN)]
    others = [replace(hard[0], owner=None, number=1000 + number) for number in range(home.PAGE)]
    shown = home.Tab(
        person=Person(id=ex.ANA, away_until=ex.NOW + DAY, quiet_until=ex.NOW + DAY),
        now=ex.NOW,
        mine=hard,
        held=9000,
        wanted=Filter.ALL,
        counts={each: Count(10**9, 10**9) for each in Filter},
        team=others,
        page=1,
        pages=10**7,
    )
    assert_view_takeable(home.home(shown, {case.number: ex.CARD for case in (*hard, *others)}, ex.POLICY))


def test_a_refused_word_is_said_back_without_acting() -> None:
    from cases.acts.commands import Misread

    for text in ex.NASTY.values():
        assert_takeable(private.refused(Misread("unknown_verb", {"verb": text, "nearest": text})))
