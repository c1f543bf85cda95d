"""Who does what, and when: what the rules are told of a sentence."""

from __future__ import annotations

import pytest

from cases.replies.checks.clauses import Clause, clauses
from cases.replies.checks.letter import letter


def told(sentence: str) -> list[str]:
    """ "us past forgot", with "not" where it is denied and "done to" where it is passive."""
    return [_in_words(clause) for clause in clauses(letter(sentence))]


def _in_words(clause: Clause) -> str:
    parts = (clause.who, clause.tense, "not" * clause.denied, "done to" * clause.passive, clause.verb)
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("We forgot you.", ["us past forgot"]),
        ("We've forgotten you.", ["us perfect forgotten"]),
        ("We won't forget you.", ["us future not forget"]),
        ("We're going to call you.", ["us future call"]),
        ("I'd like to come.", ["us offer like"]),
        ("May I ring you tonight?", ["us offer ring"]),
        ("We should have told you.", ["us duty told"]),
        ("I should say that at once.", ["us present say"]),
        ("You should never have paid for that.", ["you duty not paid"]),
        ("We were told nothing.", ["us past done to told"]),
        ("I wasn't there.", ["us past not be"]),
        ("I did not even look.", ["us past not look"]),
        ("We couldn't even answer.", ["us past not answer"]),
        ("I'm looking into it.", ["us present looking"]),
        ("Our new baker left it out.", ["us past left"]),
        ("Our courier lost it.", ["others past lost"]),
        ("Nobody here rang you.", ["us past not rang"]),
        ("No one at our desk called.", ["us past not called"]),
        (
            "I took two others first, let you sit there and said nothing.",
            ["us past took", "us past let", "us past said"],
        ),
        ("I told you Friday and never rang.", ["us past told", "us past not rang"]),
        ("It was cold.", []),
        ("", []),
    ],
)
def test_a_sentence_is_read_as_who_does_what(sentence: str, clauses: list[str]) -> None:
    assert told(sentence) == clauses


def test_greeting_and_signature_hold_no_clauses() -> None:
    assert told("Dear We Were Late,\n\nI forgot.\n\nKind regards\nTom, You Were Right Ltd") == ["us past forgot"]
