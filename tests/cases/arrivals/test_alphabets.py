"""Alphabets: what no single language has."""

from __future__ import annotations

import pytest

from cases.arrivals.alphabets import strangers


@pytest.mark.parametrize(
    "text",
    ["plain", "größer – „süß“", "řidič byl hrubý", "Плохо, очень", "δεν ήρθε", "荷物が届きません", "14 € für 3 Stück"],
)
def test_words_of_one_language_hold_no_strangers(text: str) -> None:
    assert strangers(text) == 0


@pytest.mark.parametrize("text", ["øidiè byl hrubý", "przysz³a", "Ïëîõî", "größer и плохо"])
def test_letters_of_two_languages_are_strange_together(text: str) -> None:
    assert strangers(text) > 0
