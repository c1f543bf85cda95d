"""Very many phrases looked for at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.judgement.grave import STAKES
from cases.spoken.matters import MATTERS
from cases.spoken.phrases import Phrases, beginnings
from cases.spoken.plain import any_of, read

GRAVE = [stake.in_any_language for stake in STAKES]
NAMED = [[naming.words] for matter in MATTERS for naming in matter.by_language.values()]
WORDS = sorted({word for group in [*GRAVE, *NAMED] for phrase in group for word in re.findall(r"[a-z]+", phrase)})

BEGINNINGS = [
    # phrase, by which beginnings it is found: four letters, or a shorter word with the space behind it
    ("food poisoning", {"food"}),
    ("in court", {"in "}),
    ("umbringen", {"umbr"}),
    ("va* ~ police", {"va"}),
    ("(my|our|an?) ~ lawyers?", {"my ", "our ", "a ", "an "}),
    ("(straf)?anzeige ~ (erstatt*|raus)", {"stra", "anze"}),
    ("(me |se )?quitar", {"me ", "se ", "quit"}),
    ("[7-9]0 ?jahr*", {"70 ", "80 ", "90 ", "70ja", "80ja", "90ja"}),
    ("((is|are) lost|so (?!a)late)", {"is ", "are ", "so "}),
    (r"\w+ late", {""}),
]


@pytest.mark.parametrize(("phrase", "found_by"), BEGINNINGS)
def test_phrase_is_found_by_its_first_letters(phrase: str, found_by: set[str]) -> None:
    assert beginnings(phrase) == found_by


def test_bracket_that_nothing_opens_is_no_phrase() -> None:
    with pytest.raises(ValueError, match="no phrase"):
        beginnings("(my|our)) lawyer")


@pytest.mark.parametrize("groups", [GRAVE, NAMED], ids=["grave", "named"])
@given(said=st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from([".", ",", "an", "80", "x"])), max_size=40))
def test_finds_what_one_expression_of_all_phrases_finds(groups: list[list[str]], said: list[str]) -> None:
    text = read(" ".join(said))
    found = {place: (sentence, match.span()) for place, (sentence, match) in _phrases(groups).first(text).items()}
    expected = {}
    for place, pattern in enumerate(_patterns(groups)):
        matches = ((sentence, match.span()) for sentence in text if (match := pattern.search(sentence.plain)))
        if (first := next(matches, None)) is not None:
            expected[place] = first
    assert list(found.items()) == list(expected.items())


_made: dict[int, tuple[Phrases, list[re.Pattern[str]]]] = {}


def _both(groups: list[list[str]]) -> tuple[Phrases, list[re.Pattern[str]]]:
    if id(groups) not in _made:
        _made[id(groups)] = Phrases(groups), [any_of(*group) for group in groups]
    return _made[id(groups)]


def _phrases(groups: list[list[str]]) -> Phrases:
    return _both(groups)[0]


def _patterns(groups: list[list[str]]) -> list[re.Pattern[str]]:
    return _both(groups)[1]
