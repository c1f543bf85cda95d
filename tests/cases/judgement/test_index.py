"""The index of cues leaves out only what cannot match, and what is left matches as one pattern of all would."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.judgement import idioms
from cases.judgement import mood as moods
from cases.judgement.index import Index
from cases.judgement.needs import needs
from cases.judgement.patterns import Phrase, matches, phrases
from cases.judgement.tone import CUES
from cases.judgement.wording import read
from tests.evaluate_triage import examples

NAMED: list[tuple[str, Sequence[Phrase]]] = [(f"{number} {cue.code}", cue.phrases) for number, cue in enumerate(CUES)]
NAMED += idioms.IDIOMS.items()
INDEX = Index(NAMED)
TOGETHER = {name: Phrase("|".join(phrase.source for phrase in several)) for name, several in NAMED}
PHRASES = [phrase for _, several in NAMED for phrase in several]
WORDS = sorted({word.replace("*", "ed") for phrase in PHRASES for need in needs(phrase.source) for word in need})
CORPUS = [
    read(example.feedback.comment or "").plain
    for split in ("tuning", "held_out", "second_look")
    for example in examples(split)
]
written = st.lists(st.sampled_from([*WORDS, *["not", "never", "the", "my", "it", ".", ",", "?"] * 60]), max_size=40)
plains = written.map(lambda words: f" {' '.join(words)} . ")


def needed(source: str) -> set[frozenset[str]]:
    (phrase,) = phrases(source)
    return set(needs(phrase.source))


def spans(found: Any) -> list[tuple[int, int]]:
    return [match.span() for match in found]


# --- what a phrase needs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "needs_of_it"),
    [
        ("never again", [{"never"}, {"again"}]),
        ("(not|never) <3>arriv*", [{"not", "never"}, {"arriv*"}]),
        ("refunds?", [{"refund", "refunds"}]),
        ("repl(y|ies|ied) (to )?me", [{"reply", "replies", "replied"}, {"me"}]),
        ("(turned up|came) late", [{"turned", "came"}, {"late"}]),
        ("(very |so )*(rude|cold)", [{"rude", "cold"}]),
        ("soo+ late", [{"late"}]),
        ("apologi[sz]ed", [{"apologised", "apologized"}]),
        ("[7-9]/10", [{"7/10", "8/10", "9/10"}]),
        ("waste of time( <2>)?", [{"waste"}, {"of"}, {"time"}]),
        ("again(?= [.?])", [{"again"}]),
        ("(?<!not )worth it", [{"worth"}, {"it"}]),
        ("bed ?bugs", [{"bedbugs", "bugs"}]),
        ("(no|nobody) \\.", [{"no", "nobody"}, {"."}]),
    ],
)
def test_a_phrase_needs_words_of_every_part(source: str, needs_of_it: list[set[str]]) -> None:
    assert needed(source) == {frozenset(need) for need in needs_of_it}


@pytest.mark.parametrize("source", ["\\w\\w+ed", "(late)?", "<2>", "[^ ]+", "(late|)", "(very )*(a|<1>)", "^.$"])
def test_nothing_is_needed_where_nothing_is_certain(source: str) -> None:
    assert needed(source) == set()


def test_parts_too_many_to_list_are_not_needed() -> None:
    assert needed("[0-9][0-9][0-9] days") == {frozenset({"days"})}


def test_the_rarest_need_of_a_phrase_stands_first() -> None:
    assert needs("(?:the|a|my) chandelier")[0] == {"chandelier"}


@pytest.mark.parametrize("source", ["(?P<who>she)", "a*?", "a++", "a{,3}", "(a", "a)", "(?i)a", "?a"])
def test_expressions_of_another_kind_are_refused(source: str) -> None:
    with pytest.raises(ValueError, match="no expression for a cue"):
        needs(source)


# --- the index --------------------------------------------------------------------------------------------------


def test_only_phrases_whose_needs_are_met_remain() -> None:
    index = Index([("rude", phrases("very rude", "so rude")), ("late", phrases("never <2>arriv*", "late"))])
    assert index.candidates(" so rude . never arrived . ") == [
        ("rude", [*phrases("so rude")]),
        ("late", [*phrases("never <2>arriv*")]),
    ]


def test_a_phrase_that_needs_nothing_always_remains() -> None:
    anything = phrases("\\w\\w+ed")
    assert Index([("told", anything)]).candidates(" soup . ") == [("told", [*anything])]


def test_every_cue_needs_some_word_or_other() -> None:
    assert [phrase.source for phrase in PHRASES if not needs(phrase.source)] == []


@given(st.data())
def test_a_phrase_in_a_text_is_never_skipped(data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(PHRASES))
    plain = f" {data.draw(st.from_regex(phrase.source, fullmatch=True))} . "
    assume(phrase.pattern.search(plain))
    assert phrase in [candidate for _, candidates in INDEX.candidates(plain) for candidate in candidates]


def as_one_pattern(plain: str) -> dict[str, list[tuple[int, int]]]:
    found = {name: spans(together.pattern.finditer(plain)) for name, together in TOGETHER.items()}
    return {name: places for name, places in found.items() if places}


def by_the_index(plain: str) -> dict[str, list[tuple[int, int]]]:
    found = {name: spans(matches(candidates, plain)) for name, candidates in INDEX.candidates(plain)}
    return {name: places for name, places in found.items() if places}


def test_the_index_changes_no_match_in_the_corpus() -> None:
    assert [plain for plain in CORPUS if by_the_index(plain) != as_one_pattern(plain)] == []


@given(plains)
def test_the_index_changes_no_match_in_any_text(plain: str) -> None:
    assert by_the_index(plain) == as_one_pattern(plain)


@given(st.text("ab ", max_size=30), st.lists(st.sampled_from(["a", "a b", "b a*", "(?<!b )a a", "b"]), min_size=1))
def test_many_phrases_match_as_one_pattern_would(text: str, sources: list[str]) -> None:
    plain = f" {' '.join(text.split())} . "
    together = re.compile(f" (?:{'|'.join(phrase.source for phrase in phrases(*sources))})(?= )")
    assert spans(matches(phrases(*sources), plain)) == spans(together.finditer(plain))


def masked_one_by_one(plain: str) -> str:
    for kind in idioms.IDIOMS:
        plain = TOGETHER[kind].pattern.sub(lambda match, kind=kind: f" {kind}".ljust(len(match[0]), "_"), plain)
    return plain


@given(plains | st.sampled_from(CORPUS))
def test_idioms_are_masked_as_two_patterns_would(plain: str) -> None:
    assert idioms.masked(plain) == masked_one_by_one(plain)


# --- moods ------------------------------------------------------------------------------------------------------

FELT = "lovely awful thanks not never no so this without doubt least very barely but kind of soup ? ! 143% $182 😡 ℌappy :-("
felt = st.lists(st.sampled_from(FELT.split())).map(" ".join)


@given(st.text(max_size=60) | felt | st.sampled_from(CORPUS))
def test_a_clause_sounds_as_the_analyser_hears_it(text: str) -> None:
    plain = read(text).plain.strip(" ,.?")
    assert moods.mood(plain) == moods._analyser().polarity_scores(plain)["compound"]
