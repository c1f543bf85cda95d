"""Each text is read as a whole once, though its clauses are read later; and what it is taken for in plain cases."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cases.judgement.heads import OPENS
from cases.model import Feedback
from handlers.judging import engine, scorer
from handlers.judging.unscored import at_once

pytestmark = pytest.mark.skipif(not engine.is_here(), reason="the engine cannot be used here")

SAID = [
    Feedback(external_id=str(number), source="set", comment=f"Soup cold. We waited {number} hours.")
    for number in range(3)
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine reads."""
    read: list[str] = []

    def embed(texts: Sequence[str]) -> list[list[float]]:
        read.extend(texts)
        return [[float(len(text) % (at + 3)) for at in range(384)] for text in texts]

    monkeypatch.setattr(engine, "embed", embed)
    monkeypatch.setattr(scorer, "_READ_ON", 0.0)
    scorer._wholes.clear()
    return read


def test_clauses_are_read_later_and_the_whole_not_again(read: list[str]) -> None:
    first = scorer.scores(SAID[:1], hurry=at_once)
    assert read == [SAID[0].comment]
    again = scorer.scores(SAID[:1])
    assert read == [SAID[0].comment, "Soup cold.", "We waited 0 hours."]
    assert [score and score.unhappy for score in first] == [score and score.unhappy for score in again]


def test_what_was_read_is_forgotten_as_more_comes(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer, "REMEMBERED", 2)
    scorer.scores([*SAID, *SAID[:1]], hurry=at_once)
    assert read == [each.comment for each in (*SAID, SAID[0])]


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("Don't bother, you are idiots. I was billed $400 for a debt of $9.", True),
        ("Soup was cold. Do not call me.", True),
        ("Leave me alone!", True),
        ("Lassen Sie mich bitte in Ruhe.", True),
        ("Deixem-me em paz.", True),
        ("Please don't call before 5pm.", False),
        ("Why do you not call me back?", False),
        ("Bitte nicht vor 18 Uhr anrufen.", False),
        ("Nadie me ha llamado.", False),
        ("ne m'appelez pas, écrivez-moi", False),
    ],
)
def test_a_wish_for_another_way_is_no_wish_for_silence(words: str, alone: bool) -> None:
    [score] = scorer.scores([Feedback(external_id="1", source="set", comment=words)])
    assert score
    assert (score.no_contact >= OPENS) is alone
