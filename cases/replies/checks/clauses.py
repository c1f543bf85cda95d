"""Who does what to whom, and when: the clauses of a letter whose subject is the house or the customer, read once.

No parser: after "I", "we", "you" or "our kitchen" come auxiliaries, denials, adverbs and a verb, which is enough English to
tell "we forgot you" from "we will not forget you", "we were told" and "our courier forgot you". The rules put their
questions to these clauses; they hold no sentences of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from cases.replies.checks.letter import Letter, Span
from cases.spoken.english import words

Who: TypeAlias = Literal["us", "you", "others"]
Tense: TypeAlias = Literal["past", "perfect", "present", "future", "offer", "duty"]
"""`offer` is can, could, would, may and let me; `duty` is should have and could have."""

OUTSIDERS = words(
    "courier couriers carrier supplier suppliers manufacturer wholesaler vendor contractor contractors subcontractor "
    "provider partner partners agency factory importer distributor reseller broker dealer franchisee landlord insurer "
    "bank council government airport venue hospital lab printer printers post postman dhl ups fedex dpd hermes gls evri "
    "usps stripe paypal google apple microsoft weather traffic snow rain storm strike "
    "system systems software website app database records record data logs tracking tracker gps scanner policy terms "
    "trainee apprentice intern temp temps"
)
"""Whom a letter may point at: others' firms, forces of nature, machines, and the scapegoats within."""

_IRREGULAR = words(
    "was were had did went came sent gave sold left kept took put got gotten let lost broke forgot forgotten fell fallen blew "
    "hid hidden ran cut set hit hurt shut shrank burnt spoilt misread misled mistook hung stuck overdid threw drove wore chose "
    "chosen lay lied lain stole stolen tore torn swept overslept slept held said made told spoke spoken wrote written led stood "
    "built bought brought cost caught taught thought knew known saw seen found heard read felt met paid spent sat began "
    "begun become became drew drawn grew flew dug rang rung given taken done gone been eaten ate drank shaken swung spun "
    "bet lent bit bitten driven thrown broken worn meant understood understood misunderstood kept sprang sank rose woke"
)
_WILL = words("will shall wo")
_MAY = words("would can could may might ca")
_DUTY = words("should ought could might would")
_HAVE = words("have has had")
_BE = words("am are is was were be been being")
_DO = words("do does did")
AUXILIARY = _WILL | _MAY | _DUTY | _HAVE | _BE | _DO | {"must"}
_DENIAL = words("not never no nothing nobody neither hardly")
_ADVERB = words(
    "also then even just simply really still already now both all only always once again first too very so quite rather "
    "today here to too far well instead therefore yesterday twice actually ever double plain"
)
_WORD = re.compile(r"[\w-]+(?:'(?!(?:ll|ve|re|d|m|s)\b)\w+)?|'(?:ll|ve|re|d|m|s)\b|[,;:.?!()]")
_THINGS = words("that this it both")
_FROM = words("from in at of on")
_JOINS = frozenset({"and", "but", "then", ","})
_SHORT = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am"}
_NOT_PAST = words("need indeed feed speed seed bed red shed breed exceed proceed")
_FAR = 200  # characters that may say what a verb is about; it bounds the time on a sentence without an end
_WIDEST = 3  # words between "our" and the verb: "our new head baker forgot"


@dataclass(frozen=True, slots=True)
class Clause:
    """One subject and its verb. `denied`: not, never. `passive`: it was done to them. `rest`: what follows the verb.

    `noun` is what is ours where the subject is "our kitchen", else empty; `place` is where in the text it stands.
    """

    who: Who
    tense: Tense
    verb: str
    rest: str
    place: Span
    noun: str = ""
    denied: bool = False
    passive: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int


def clauses(letter: Letter) -> tuple[Clause, ...]:
    """Those of the body, in the order of their subjects; never raises, whatever the text."""
    last = letter.signature[0]
    spans = (letter.span(number) for number in range(len(letter.starts)))
    return tuple(
        clause
        for start, end in spans
        if start < last
        for clause in clauses_of(letter.text, max(start, letter.greeting[1]), min(end, last))
    )


def clauses_of(text: str, start: int = 0, end: int | None = None) -> list[Clause]:
    """Those of one sentence in small letters, which stands from `start` to `end` in the text."""
    tokens = list(_tokens(text, start, len(text) if end is None else end))
    found: list[Clause] = []
    subjects = list(_subjects(tokens))
    for number, (at, verb_at, who, noun) in enumerate(subjects):
        stop = subjects[number + 1][0] if number + 1 < len(subjects) else len(tokens)
        found += _verbs(text, tokens, at, verb_at, stop, who, noun)
    return found


def is_past(word: str) -> bool:
    """Whether a verb has the shape of the past or of its participle."""
    return word in _IRREGULAR or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST)


def _tokens(text: str, start: int, end: int) -> Iterator[_Token]:
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if word.endswith("n't") and len(word) > 3:
            yield _Token(word[:-3], match.start(), match.end())
            yield _Token("not", match.start(), match.end())
        else:
            yield _Token(_SHORT.get(word, word), match.start(), match.end())


def _subjects(tokens: list[_Token]) -> Iterator[tuple[int, int, Who, str]]:
    """Where a subject stands, where its verb group begins, who it is, and what is ours."""
    taken = None
    for at, token in enumerate(tokens):
        if token.word in ("i", "we"):
            yield at, at + 1, "us", ""
        elif token.word == "you" and _begins_verb(tokens, at + 1):
            yield at, at + 1, "you", ""
        elif token.word in ("nobody", "none", "neither", "one") and _words(tokens, at + 1, 2) == ["of", "us"]:
            yield at, at + 3, "us", "nobody" if token.word != "one" else ""
        elif token.word in ("nobody", "no-one") or (token.word == "no" and _words(tokens, at + 1, 1) == ["one"]):
            widest = 2 * _WIDEST if set(_words(tokens, at + 1, 2)) & _FROM else _WIDEST
            verb_at = next((n for n in range(at + 1, at + 3 + widest) if _begins_verb(tokens, n)), None)
            if verb_at:
                taken = verb_at  # "no one at our desk called" has one subject
                yield at, verb_at, "us", "nobody"
        elif token.word in ("our", "my"):
            verb_at = next((n for n in range(at + 2, at + 2 + _WIDEST) if _begins_verb(tokens, n)), None)
            if verb_at and verb_at != taken:
                noun = tokens[verb_at - 1].word
                yield at, verb_at, ("others" if noun in OUTSIDERS else "us"), noun


def _words(tokens: list[_Token], at: int, count: int) -> list[str]:
    return [token.word for token in tokens[at : at + count]]


def _begins_verb(tokens: list[_Token], at: int) -> bool:
    return at < len(tokens) and (tokens[at].word in AUXILIARY or is_past(tokens[at].word) or tokens[at].word == "never")


def _verbs(text: str, tokens: list[_Token], at: int, verb_at: int, stop: int, who: Who, noun: str) -> Iterator[Clause]:
    """The subject's verb, and every further verb of the past that "and", "but" or a comma joins to it."""
    place, joined = verb_at, False
    turned = [token.word for token in tokens[max(0, at - 1) : at] if token.word in AUXILIARY and tokens[-1].word == "?"]
    while place < stop:
        auxiliaries, denied, begins = list(turned), noun == "nobody", place
        while (place < stop and tokens[place].word in AUXILIARY | _DENIAL | _ADVERB | {"'d"}) or (
            place < stop and tokens[place].word.endswith("ly")
        ):
            denied |= tokens[place].word in _DENIAL
            if tokens[place].word in AUXILIARY or tokens[place].word == "'d":
                auxiliaries.append(tokens[place].word)
            place += 1
        verb = tokens[place] if place < stop and tokens[place].word[0].isalpha() else None
        if joined and not auxiliaries and not (verb and is_past(verb.word)):
            break
        yield _clause(text, tokens, at if not joined else begins, place, stop, who, noun, auxiliaries, denied)
        place = next((n for n in range(place, stop) if tokens[n].word in _JOINS), stop)
        place = next((n for n in range(place, stop) if tokens[n].word not in _JOINS), stop)
        joined = True


def _clause(
    text: str,
    tokens: list[_Token],
    at: int,
    place: int,
    stop: int,
    who: Who,
    noun: str,
    auxiliaries: list[str],
    denied: bool,
) -> Clause:
    end = tokens[stop - 1].end
    word = tokens[place].word if place < stop else ""
    if word == "going" and _words(tokens, place + 1, 1) == ["to"]:
        auxiliaries, place = ["will"], min(place + 2, stop - 1)
        word = tokens[place].word
    tense, verb, passive = _tense(auxiliaries, word)
    if tense == "offer" and denied and "could" in auxiliaries:
        tense = "past"  # "we could not even answer"
    own = place if verb != word else place + 1  # "we have your bag": the bag belongs to what follows
    start = tokens[own].start if own < stop else end
    return Clause(
        who, tense, verb, text[start : min(end, start + _FAR)], (tokens[at].start, start), noun, denied, passive
    )


def _tense(auxiliaries: list[str], word: str) -> tuple[Tense, str, bool]:
    """The tense, the main verb, and whether it is passive."""
    said = set(auxiliaries)
    if said & {"should", "ought"} or (said & _DUTY and said & _HAVE):
        return ("duty" if said & _HAVE else "present"), word, False
    if said & (_WILL | _MAY) or (said == {"'d"} and not is_past(word)):
        light = auxiliaries[-1] in ("be", "do", "have") and not word.endswith("ing")
        return ("future" if said & _WILL else "offer"), (auxiliaries[-1] if light else word), False
    if said & {"was", "were", "been"}:
        passive = is_past(word)
        return (
            ("perfect" if said & {"have", "has"} else "past"),
            (word if passive or word.endswith("ing") else "be"),
            passive,
        )
    if said & {"have", "has"} and is_past(word):
        return "perfect", word, False
    if said & (_HAVE | {"'d"}):
        return ("past" if said & {"had", "'d"} else "present"), (word if is_past(word) else "had"), False
    if said & {"am", "are", "is"}:
        return "present", (word if word.endswith("ing") or is_past(word) else "be"), is_past(word)
    if "did" in said:
        return "past", ("did" if auxiliaries[-1] == "do" or word in _THINGS else word), False
    return ("past" if is_past(word) else "present"), word, False
