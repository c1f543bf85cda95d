"""What the bot says in a thread: short, the customer's words as they are, and thanks where thanks are due."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cases.acts.act import ActionName
from cases.messages.notes import Acted, RatingChanged
from cases.model import Feedback, Outcome, Rating, Severity, Way
from handlers.cards import thread_notes as notes
from handlers.cards.message import Message
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

AGAIN = Feedback(external_id="2", source="phone", comment="Second time asking.\nStill nothing.")
KIND = Feedback(external_id="3", source="survey", comment="Thank you, all is well now.")


def of(action: str, **facts: Any) -> Message:
    """What the thread hears of something that Ana did to her case."""
    return notes.of_action(ex.CLAIMED, Acted(say=ActionName(action), actor=ex.ANA, **facts))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (notes.wrote_again(12, AGAIN), ["✉️ The customer wrote again:", "| Second time asking.", "| Still nothing."]),
        (
            notes.wrote_again(12, KIND, kindly=True),
            ["💛 The customer wrote again, and it reads kindly:", "| Thank you, all is well now."],
        ),
        (
            notes.wrote_again(12, replace(AGAIN, comment=None, rating=Rating(1, 5))),
            ["✉️ The customer wrote again:", "No words, only the rating 1 of 5."],
        ),
        (
            notes.wrote_again(12, replace(AGAIN, comment=" ")),
            ["✉️ The customer wrote again:", "The customer left no words."],
        ),
        (
            notes.joined(12, AGAIN, Severity.HIGH),
            [
                "✉️ The same customer complained again (by phone). The case is now *high*:",
                "| Second time asking.",
                "| Still nothing.",
            ],
        ),
        (
            notes.rating_changed(Rating(4, 5), Rating(1.5, 5)),
            ["The customer changed the rating from 4 of 5 to 1.5 of 5."],
        ),
        (notes.rating_changed(None, Rating(2, 10)), ["The customer added a rating: 2 of 10."]),
        (of("give", before=ex.ANA, owner=ex.BEN), ["@ana gave it to @ben."]),
        (of("takeover", before=ex.ANA, owner=ex.BEN), ["@ben has taken over from @ana."]),
        (of("reopen", text="she rang"), ["Open again: she rang"]),
        (notes.owner_changed(None, ex.ANA), ["@ana has it."]),
        (notes.owner_changed(ex.ANA, ex.BEN), ["@ben has taken over from @ana."]),
        (notes.given(ex.ANA, ex.ANA, ex.BEN), ["@ana gave it to @ben."]),
        (notes.given(ex.LEA, None, ex.BEN, "you know her"), ["@lea gave it to @ben: you know her"]),
        (notes.given(ex.ANA, None, ex.ANA), ["@ana has it."]),
        (notes.given(None, ex.ANA, ex.LEA), ["@ana is no longer here, so @lea has it now."]),
        (
            notes.let_go(ex.HELD, ex.ANA),
            [
                "I have not heard from @ana, so this one is free again. "
                "Somebody has to decide whether we write to Dora Quint all the same."
            ],
        ),
        (
            notes.let_go(ex.UNCLAIMED, ex.ANA),
            ["I have not heard from @ana, so this one is free again. Dora Quint is still waiting."],
        ),
        (notes.reopened(), ["Open again: the customer is waiting."]),
        (notes.reopened("she wrote again"), ["Open again: she wrote again"]),
        (of("note", text="left a voicemail"), ["📝 @ana notes: left a voicemail"]),
        (
            of("promise", text="send the refund", until=ex.NOW),
            ["🤝 @ana promised the customer, by today at 09:00: “send the refund”"],
        ),
        (of("snooze", until=ex.NOW), ["💤 @ana asks for quiet until today at 09:00."]),
        (
            of("snooze", until=ex.NOW, text="on a train"),
            ["💤 @ana asks for quiet until today at 09:00: on a train"],
        ),
        (of("contacted"), ["✅ @ana contacted the customer."]),
        (
            of("contacted", way=Way.PHONE, text="she wants it again"),
            ["✅ @ana contacted the customer by phone: she wants it again"],
        ),
        (
            notes.second_opinion(Severity.NORMAL, Severity.CRITICAL, "She mentions an allergy."),
            ["On a second reading this looks critical rather than normal: She mentions an allergy."],
        ),
        (
            notes.second_opinion(Severity.NORMAL, None, "It is thanks"),
            ["On a second reading this may not be a complaint: It is thanks. Please have a look."],
        ),
    ],
)
def test_each_note_says_its_one_thing(note: Message, said: list[str]) -> None:
    assert lines(note.blocks) == said


def test_a_closed_case_is_thanked_for_and_remembered() -> None:
    assert lines(notes.closed(ex.CLOSED).blocks) == [
        "🎉 Closed: won back. Thank you, @ana.",
        "  What went wrong: The oven timer was off",
        "  What we learned: Ring before the hour is up",
    ]


@pytest.mark.parametrize(
    ("outcome", "owner", "said"),
    [
        (Outcome.LOST, ex.ANA, "Closed: lost. Thank you, @ana."),
        (Outcome.SATISFIED, ex.BEN, "🎉 Closed: satisfied. Thank you, @ben."),
        (Outcome.NOT_A_COMPLAINT, None, "Closed: not a complaint. Thank you."),
    ],
)
def test_only_a_happy_end_is_celebrated(outcome: Outcome, owner: str | None, said: str) -> None:
    case = replace(ex.CLOSED, outcome=outcome, owner=owner, went_wrong=None, learned=None)
    assert lines(notes.closed(case).blocks) == [said]


# Said in the channel too


@pytest.mark.parametrize(
    ("call", "holder", "says"),
    [
        (ex.ANA, ex.ANA, "@ana has it."),
        (None, ex.ANA, "Ana Ortega has it."),
        (ex.LEA, ex.ANA, "Ana Ortega has it, but wants quiet just now. @lea, can you help?"),
        (ex.LEA, None, "@lea, nobody has it. Who takes it?"),
        (None, None, "Nobody has it: who takes it?"),
    ],
)
def test_what_is_said_aloud_names_case_and_who(call: str | None, holder: str | None, says: str) -> None:
    told = RatingChanged(after=(1, 5), broadcast=True, call=call, holder=holder)
    said = notes.aloud(ex.UNCLAIMED, told, notes.rating_changed(None, Rating(1, 5)), lambda _: "Ana Ortega")
    assert lines(said.blocks) == [
        "*🟡 #12 · Soup cold, an hour late · Dora Quint*",
        "The customer added a rating: 1 of 5.",
        says,
    ]


@pytest.mark.parametrize(("call", "first"), [(ex.ANA, "@ana, this one is with you."), (ex.LEA, None), (None, None)])
def test_word_in_the_thread_calls_the_owner_alone(call: str | None, first: str | None) -> None:
    told = RatingChanged(after=(1, 5), call=call, holder=ex.ANA)
    said = lines(notes.aloud(ex.CLAIMED, told, notes.rating_changed(None, Rating(1, 5)), lambda _: None).blocks)
    assert said == [*([first] if first else []), "The customer added a rating: 1 of 5."]
