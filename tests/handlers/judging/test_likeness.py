"""Which example a text is said to be like: the nearest, or one nearly as near that its writer or the team can read."""

from __future__ import annotations

from math import acos, cos, sin

import pytest

from handlers.judging.likeness import FAMILIAR, WHOLE, Learnt, read

np = pytest.importorskip("numpy")

SAID = [1.0, 0.0]
NEARLY, FARTHER = 1 - FAMILIAR / 2, 1 - FAMILIAR * 2


def knowing(*examples: tuple[str, str, float]) -> Learnt:
    """A judge of unhappy examples: the language, the words, and how like each is to what is said."""
    langs, texts, like = zip(*examples, strict=True)
    turned = [acos(each) for each in like]
    return read(
        {
            "engine": "none",
            "fingerprint": "",
            "centre": np.zeros(2),
            "axes": np.eye(2),
            "places": np.rint(np.array([[cos(each), sin(each)] for each in turned]) * WHOLE),
            "says": np.zeros((len(examples), 3)),
            "moved": np.zeros(3),
            "stretched": np.ones(3),
            "texts": np.frombuffer("\n".join(texts).encode(), np.uint8),
            "langs": np.frombuffer("".join(langs).encode(), np.uint8),
        }
    )


@pytest.mark.parametrize(
    ("lang", "quoted"),
    [
        pytest.param("da", "Suppen var kold.", id="the nearest"),
        pytest.param("de", "Die Suppe war kalt.", id="one in the writer's language, nearly as near"),
        pytest.param("fr", "Suppen var kold.", id="none that is much farther, though the team reads English"),
        pytest.param("", "Suppen var kold.", id="the nearest, where nobody knows the language"),
    ],
)
def test_an_example_in_the_writers_language_is_quoted_where_it_is_nearly_as_near(lang: str, quoted: str) -> None:
    judge = knowing(
        ("da", "Suppen var kold.", 1.0), ("de", "Die Suppe war kalt.", NEARLY), ("en", "The soup was cold.", FARTHER)
    )
    assert judge.odds_and_like("Soup.", SAID, lang)[1] == quoted


def test_an_english_example_is_quoted_to_the_team_where_it_is_nearly_as_near() -> None:
    judge = knowing(("da", "Suppen var kold.", 1.0), ("en", "The soup was cold.", NEARLY))
    assert judge.odds_and_like("Soup.", SAID, "fr")[1] == "The soup was cold."


def test_a_happy_example_is_never_quoted() -> None:
    judge = knowing(("en", "", 1.0), ("en", "The soup was cold.", FARTHER))
    assert judge.odds_and_like("Soup.", SAID, "en")[1] == "The soup was cold."
