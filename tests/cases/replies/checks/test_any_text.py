"""Whatever the text, the checks answer, quickly, with words that are really in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.model import Customer, Feedback
from cases.replies.checks import RULES, check_reply
from cases.spoken.seen import seen
from tests.elapsing import RUNAWAY, dearer

FEEDBACK = Feedback(
    external_id="1", source="form", customer=Customer(name="Ana (Ruiz"), comment='Soup "cold", an hour late'
)
PIECES = [example for rule in RULES.values() for example in (*rule.bad, *rule.good)] + [
    "> quoted\n", "\u201c", "\u2019", "\x00", "\u202e", "\U0001f600", "\u0130", "\r\n", "...", "(", "[", "{{", " \t ", "1.", "- ",
]  # fmt: skip
LONG, LONGEST = 6_000, 20_000  # characters of a comment or reply that must still be judged at once


@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_at_all_is_judged_without_raising(reply: str, earlier: str) -> None:
    for finding in check_reply(
        reply, FEEDBACK, signed_by=earlier, earlier_replies=[earlier], promise_broken=True, strict=True
    ):
        assert finding.quote in seen(reply)


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_any_mixture_of_real_sentences_is_judged(reply: str) -> None:
    for finding in check_reply(reply, FEEDBACK):
        assert finding.quote in seen(reply)
        rule = RULES[finding.rule]
        together = "block" if rule.tone else None  # two that warn
        assert finding.severity in (rule.severity, rule.mild and rule.mild.severity, together)


@pytest.mark.long
@given(st.lists(st.sampled_from(PIECES), max_size=3).map("".join))
def test_the_same_text_is_always_judged_the_same(reply: str) -> None:
    assert check_reply(reply, FEEDBACK) == check_reply(reply, FEEDBACK)


REPEATED = (
    ["a", " ", "\n", ".", "...", ">", '"a', "-", "_", "sorry ", "sorry, but ", "sorry if\t", "we will ", "if you ", "because of the ", "our new ",
     "Tom Bell ", "12-", "within ", "please contact the ", "thank you for your ", "take ", "I sent you the ", "\u0130", "x, "]
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("piece", REPEATED)
def test_no_pattern_runs_away_on_long_texts(piece: str) -> None:
    assert dearness(piece, LONG) < RUNAWAY


@pytest.mark.long
@pytest.mark.parametrize("piece", REPEATED)
def test_no_pattern_runs_away_on_the_longest_texts(piece: str) -> None:
    assert dearness(piece, LONGEST) < RUNAWAY


def dearness(piece: str, length: int) -> float:
    """How many times as dear the text of that length is as an eighth of it."""
    short, long = (piece * length)[: length // 8], (piece * length)[:length]
    return dearer(lambda: check_reply(short, FEEDBACK), lambda: check_reply(long, FEEDBACK))
