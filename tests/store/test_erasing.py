"""Erasing takes every word of the feedback it is given, and leaves the words of everybody else whole."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from cases.arrivals.before import Before
from cases.messages.kinds import Answer
from cases.model import Customer, Remedy, Status, Via
from store import cases, customers, feedback, timeline
from store import tables as t
from store.engine import Store
from store.erasing import ERASED, erase
from tests.store.rows import NOW, heard, opened, owe, read, said, write

QUIRINA = Customer("Quirina Zabel & Sons", "quirina@example.org", "+49 30 5550199", "c-4711")
BEN = Customer("Ben Other", "ben@example.org")
WORDS = ("quirina", "zabel", "5550199", "4711", "trifle")


def has_said(store: Store, external_id: str, customer: Customer, number: int | None, **fields: Any) -> int:
    """The id of new feedback of this customer, in that case."""
    told = said(external_id, customer=customer, **fields)
    return int(write(store, feedback.record, heard(told), number, NOW))


def everything(store: Store) -> str:
    """All that every table holds, as text."""
    return str([read(store, lambda tx, i=i: tx.execute(select(i)).all()) for i in t.metadata.sorted_tables]).casefold()


def left_of(store: Store) -> list[str]:
    return [word for word in WORDS if word in everything(store)]


def test_words_and_names_go_and_numbers_stay(store: Store) -> None:
    number = write(
        store, opened, title="A trifle for Quirina", status=Status.CLOSED, learned="Call Zabel sooner"
    ).number
    also = (("Who ate the trifle?", "Zabel"),)
    mine = has_said(store, "f-1", QUIRINA, number, comment="The trifle collapsed.", also_answered=also)
    write(store, timeline.note_down, number, NOW, "UANA", "note", Via.THREAD, {"text": "Quirina likes trifle"})
    gone = write(store, erase, [mine], NOW)
    assert (gone.feedback, gone.cases) == ({mine}, {number})
    assert left_of(store) == []
    case = read(store, cases.load, number)
    assert (case.status, case.feedback[0].rating, case.learned) == (
        Status.CLOSED,
        said().rating,
        f"Call {ERASED} sooner",
    )


def test_whatever_a_case_holds_in_words_is_without_the_customer(store: Store) -> None:
    """A column that is new has to be named in store/erasing.py."""
    number = write(store, opened).number
    mine = has_said(store, "f-1", QUIRINA, number)
    words = [column.name for column in t.cases.c if isinstance(column.type, t.Prose)]
    filled = update(t.cases).where(t.cases.c.number == number).values(dict.fromkeys(words, "of Zabel's"))
    write(store, lambda tx: tx.execute(filled))
    write(store, erase, [mine], NOW)
    row = read(store, lambda tx: tx.execute(select(t.cases).where(t.cases.c.number == number)).one())
    left = {name: said for name in words if "zabel" in (said := str(row._mapping[name])).casefold()}
    assert not left, "say in store/erasing.py what becomes of words in that column"
    assert len(words) > 5


def test_what_would_make_it_right_goes_with_the_rest(store: Store) -> None:
    told = {"remedy_wanted": "A new trifle", "remedy_granted": "One for Quirina", "remedy_cost": "Zabel's 25 EUR"}
    number = write(store, opened, remedy_asked_at=NOW, remedy_by="UANA", **told).number
    mine = has_said(store, "f-1", QUIRINA, number)
    facts = {"remedy": "granted", "text": "A new trifle", "granted": "One for Quirina", "cost": "Zabel's 25 EUR"}
    write(store, timeline.note_down, number, NOW, "UANA", "remedy", Via.MODAL, facts)
    write(store, erase, [mine], NOW)
    assert left_of(store) == []
    case = read(store, cases.load, number)
    assert (case.remedy, case.remedy_by, case.remedy_granted) == (Remedy.GRANTED, "UANA", f"One for {ERASED}")


def test_lesson_stays_without_the_words_of_its_customer(store: Store) -> None:
    told = {
        "cause": "Delivery",
        "expected": "A whole one: “the trifle that I ordered collapsed” is what we read.",
        "happened": "It collapsed.",
        "learned": "Carry it level.",
        "change_by": "UBEN",
        "change_due_at": NOW,
        "lesson_at": NOW,
    }
    number = write(store, opened, status=Status.CLOSED, **told).number
    mine = has_said(store, "f-1", QUIRINA, number, comment="Sadly the trifle that I ordered collapsed on the way.")
    write(store, erase, [mine], NOW)
    assert left_of(store) == []
    case = read(store, cases.load, number)
    assert {name: getattr(case, name) for name in told} == told | {
        "expected": f"A whole one: “{ERASED}” is what we read."
    }


def test_what_others_said_in_the_same_case_stays(store: Store) -> None:
    number = write(store, opened, title="A trifle").number
    mine = has_said(store, "f-1", QUIRINA, number, comment="The trifle collapsed.")
    has_said(store, "f-2", BEN, number, comment="Mine came late.")
    write(store, erase, [mine], NOW)
    assert left_of(store) == []
    case = read(store, cases.load, number)
    assert case.feedback[1] == said("f-2", customer=BEN, comment="Mine came late.")
    assert [each.number for each in read(store, customers.known_by, ["email:ben@example.org"])] == [number]
    assert read(store, customers.known_by, ["email:quirina@example.org", "phone:+49305550199"]) == []


def test_private_answers_go_by_the_name_or_the_case_they_tell_of(store: Store) -> None:
    number = write(store, opened).number
    mine = has_said(store, "f-1", QUIRINA, number)
    block = {"type": "section", "text": {"type": "mrkdwn", "text": f"Found:\nQuirina Zabel &amp; Sons, *#{number}*"}}
    told = [
        Answer("See below.", (block,)),
        Answer(f"#{number}: the trifle, an hour late", ()),
        Answer(f"#{number}9 has a manager who is no quiring; 14711 too", ()),
    ]
    answers = [write(store, owe, f"answer:{i}", each, only_for="UANA") for i, each in enumerate(told)]
    write(store, erase, [mine], NOW)
    texts = [
        read(store, lambda tx, i=i: tx.scalar(select(t.messages.c.facts).where(t.messages.c.id == i)))["text"]
        for i in answers
    ]
    assert texts == [ERASED, ERASED, told[2].text]


def test_feedback_without_a_case_goes_alone(store: Store) -> None:
    mine = has_said(store, "f-1", QUIRINA, None, comment="Lovely trifle!")
    other = has_said(store, "f-2", BEN, None)
    assert write(store, erase, [mine], NOW).cases == frozenset()
    assert left_of(store) == []
    assert read(store, feedback.known, said("f-2")) == (other, Before(said("f-2", customer=BEN), None))
