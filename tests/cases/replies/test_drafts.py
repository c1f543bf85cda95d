"""How much of a proposal is in the reply that was approved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.replies.drafts import LONGEST_BODY, Use, _in_common, use_of
from tests.elapsing import RUNAWAY, dearer

TEN = "I am sorry that your soup came an hour late"
WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


@pytest.mark.parametrize(
    ("approved", "use"),
    [
        (TEN, Use.USED),
        (f"  {TEN}\n", Use.USED),
        (f"Dear Ana, {TEN}, and cold", Use.EDITED),
        ("late hour an came soup your that sorry am I", Use.REWRITTEN),
        ("We have sent your money back", Use.REWRITTEN),
        ("", Use.REWRITTEN),
    ],
)
def test_use_is_told_by_words_in_the_same_order(approved: str, use: Use) -> None:
    assert use_of(TEN, approved) is use


@given(WORDS, WORDS)
def test_words_in_common_are_the_longest_common_subsequence(one: list[str], other: list[str]) -> None:
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, mine in enumerate(one):
        for j, theirs in enumerate(other):
            table[i + 1][j + 1] = table[i][j] + 1 if mine == theirs else max(table[i][j + 1], table[i + 1][j])
    assert _in_common(one, other) == table[-1][-1]


@pytest.mark.parametrize(
    ("proposed", "approved"), [("a b c d e ", "b a d c e "), ("so very ", "very so "), ("a ", "b a ")]
)
def test_words_that_come_again_and_again_keep_nobody_waiting(proposed: str, approved: str) -> None:
    def of(length: int) -> Use:
        return use_of((proposed * length)[:length], (approved * length)[:length])

    assert dearer(lambda: of(LONGEST_BODY // 8), lambda: of(LONGEST_BODY)) < RUNAWAY
