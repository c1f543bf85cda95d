"""The line by which letters in any language are read is the one that its examples and its engine make."""

from __future__ import annotations

import numpy as np
import pytest

from cases.replies.checks.sound import SOUND
from handlers.judging import engine, letters
from handlers.judging.letters import learnt
from tests.evaluation.letters import Letter, fingerprint, known_letters, line

needs_engine = pytest.mark.skipif(not engine.is_here(), reason="the engine cannot be used here")


def test_line_was_learnt_from_the_letters_as_they_stand() -> None:
    assert learnt()["fingerprint"] == fingerprint(known_letters()), "a letter changed: run `make weights`"
    assert learnt()["engine"] == engine.NAME, "another engine: run `make weights`"


@needs_engine
@pytest.mark.parametrize(
    ("letter", "alone"),
    [
        ("Szanowny Kliencie, dziękujemy za opinię. Pana uwagi przekazaliśmy do działu. Z poważaniem, Obsługa", True),
        ("Hej Nils, jag glömde ditt bord i går. Förlåt. Pengarna är tillbaka, och jag ringer dig kl. 10. Vera", False),
    ],
)
def test_letter_in_no_language_of_the_rules_is_read(letter: str, alone: bool) -> None:
    assert (letters.line(letter) >= SOUND) is alone


def test_line_hints_at_few_good_letters_and_most_bad_ones() -> None:
    """Learnt from what no engine made, for that takes minutes: 400 letters whose first number tells, among noise."""
    known = [Letter("", good=number % 2 == 0, author=str(number // 80)) for number in range(400)]
    seen = np.random.default_rng(1).normal(size=(400, 8))
    seen[:, 0] += [0.0 if letter.good else 3.0 for letter in known]
    bias, weights = line(known, seen / np.linalg.norm(seen, axis=1, keepdims=True))
    anew = np.random.default_rng(2).normal(size=(400, 8))
    anew[:, 0] += [0.0 if letter.good else 3.0 for letter in known]
    hinted = bias + anew / np.linalg.norm(anew, axis=1, keepdims=True) @ weights > 0
    assert hinted[::2].mean() <= 0.1
    assert hinted[1::2].mean() >= 0.6
