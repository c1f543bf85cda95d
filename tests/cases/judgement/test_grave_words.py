"""No word leaves the table of grave words unnoticed: each has a row that finds it gone, and none is found by another phrase too."""

from __future__ import annotations

from collections import defaultdict

import pytest

from cases.judgement.grave import at_stake
from cases.spoken.plain import read
from tests.cases.judgement.grave_words import ROWS, needing, phrases, words

rows = [line.split("\t") for line in ROWS.read_text("utf-8").splitlines()]


@pytest.mark.long
def test_each_row_of_grave_words_is_found() -> None:
    missed = [(lang, code, text) for lang, code, text in rows if code not in {r.code for _, r in at_stake(read(text))}]
    assert not missed


def test_each_grave_word_has_a_row_that_needs_it() -> None:
    """Where one fails: write a row for it, or, where another phrase finds the same, take the word out."""
    by = defaultdict(list)
    for lang, code, text in rows:
        by[code, lang].append(text)
    unneeded = [
        (code, lang, only)
        for code, lang, phrase in phrases()
        for without, only in words(phrase)
        if not any(needing(without, text, code, phrase) for text in by[code, lang])
    ]
    assert not unneeded


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("gas leak", [None]),
        ("(a|b) leak", ["(b) leak", "(a) leak"]),
        ("a (b(c|d)|e)", ["a (b(d)|e)", "a (b(c)|e)", "a (b(c|d))"]),
        ("(the )?gas", [None]),
    ],
)
def test_a_phrase_is_told_without_each_of_its_words(phrase: str, left: list[str | None]) -> None:
    assert [without for without, _ in words(phrase)] == left
