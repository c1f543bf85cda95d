"""The line by which letters in any language are read is the one that its examples and its engine make."""

from __future__ import annotations

import pytest

from handlers.judging import engine
from handlers.judging.letters import learnt, leaves_alone
from tests.evaluation.letters import embedded, fingerprint, known_letters, line

needs_engine = pytest.mark.skipif(not engine.is_here(), reason="the engine has no wheel for this platform")


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
    assert leaves_alone(letter) is alone


@pytest.mark.long
@needs_engine
def test_letters_and_engine_make_the_very_same_line() -> None:
    known = known_letters()
    bias, weights = line(known, embedded(known))
    assert bias == pytest.approx(learnt()["bias"], abs=0.1)
    assert weights == pytest.approx(learnt()["weights"], abs=0.1)  # processors round differently
