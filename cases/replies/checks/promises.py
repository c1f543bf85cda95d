"""Whether what is promised to the customer has a date one can hold it to (T1, T6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cases.replies.checks.clauses import Clause, clauses_of
from cases.replies.checks.dates import INDEFINITE, VAGUE, looks_ahead, pins_down
from cases.replies.checks.finding import Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.spoken.english import words
from cases.spoken.instants import muddled

# What we will be, keep, or remember is no act with a date.
_NO_ACT = words(
    "be have keep remember do see understand need like love want pay try hope know ask charge miss lose go happily gladly stay owe "
    "learn improve train take stand answer happen cover"
)
_UNDER_WAY = words("looking working investigating reviewing chasing checking following recording")
_STILL_AN_ACT = re.compile(
    r"(?:(?:in touch|back|with you|sending|refunding|calling|contacting|getting|looking|replacing|round|over)\b"  # we will be
    r"|(?:a look|care|it up|another look|this up|that up|your|a word)\b"  # we will take, have
    r"|(?:what|about)\b|(?:it|this|that|things|the|them|everything) (?:right|good|up|again)\b|an? (?:new|appointment)\b|it\b)"
)
_NO_DEED = re.compile(r"(?:sure|certain|every|no|good|up)\b")  # with "make"
_OTHERS_WILL = re.compile(
    r"\b(?:(?:our|my|the|a|an|your)(?: (?!(?:i|he|she|we|they|you)\b)[\w-]+){1,3}?|(?:someone|somebody)(?: \w+)?|(?:^|[,;:.-] |(?:and|then|that|so|but) )(?:he|she|they)(?: \w+)?)(?:'ll| will| is going to| are going to)"
    r" (?!be (?:happy|glad|here|there|free|yours)|not\b|never\b|have\b|show\b|take\b)\w+\b(?! (?:no|nothing|nobody)\b)"
    r"|\b(?:is|are|still) (?:\w+ly )?(?:working on|looking into|investigating)\b"
)
_FUTURE = re.compile(r"(?:\b(?:will|shall|going to|should|(?:is|are) being|on (?:its|the) way)\b|'ll\b)")
# "If you like I'll call", "tell me the sum and I'll pay it": theirs to set going, so no date is owed.
_THEIR_MOVE = re.compile(
    r"\b(?:if|whichever|whatever|whenever|wherever|unless|should) (?:you|your|the bank|anything|something|anyone|that|it|this|suits|he|she|they|any|one)\b"
    r"|\b(?:once|when|as soon as|the (?:moment|minute|day|same day)|any ?time|any day) (?:you|your|it suits|suits)\b"
    r"|\bwhichever|\bwhenever|\bnext time\b|\bany (?:time|day)\b|\bsame (?:day|hour)\b|\byou (?:choose|pick|decide|prefer|say|name)\b|\bof your (?:choice|choosing|own)\b"
    r"|\b(?:tell|let|send|bring|give|ring|reply|say|name|choose|pick|drop|show|call|text|write)\b[^\n]{0,60}(?:,| and| -|;) (?:\w+ )?(?:i|we)(?:'ll| will)|\buntil\b|\bfrom (?:now|here) on\b|\bas long as\b"
)


def undated(reading: Reading) -> Iterator[Span]:
    """T1: an act promised, "soon", "tomorrow" or "in a few days", with nothing in its sentence or beside it that names the day."""
    for number, sentence in enumerate(reading.sentences):
        promise = _vague(sentence) or _promise(sentence)
        if promise and not _dated(reading, number):
            yield _placed(reading, number, promise)


def _vague(sentence: str) -> Span | None:
    match = VAGUE.search(sentence)
    return match.span() if match and _is_ours(sentence) else None


def _promise(sentence: str) -> Span | None:
    if "?" in sentence or _THEIR_MOVE.search(sentence):
        return None
    for clause in clauses_of(sentence):
        act = (clause.tense == "future" and _is_act(clause)) or (
            clause.tense == "present" and clause.verb in _UNDER_WAY
        )
        if clause.who == "us" and not clause.denied and act:
            return clause.place
    if match := _OTHERS_WILL.search(sentence):
        return match.span()
    soon = INDEFINITE.search(sentence) if _FUTURE.search(sentence) else None
    return soon.span() if soon else None


def _is_act(clause: Clause) -> bool:
    if clause.verb == "make":
        return not _NO_DEED.match(clause.rest)
    return clause.verb not in _NO_ACT or bool(_STILL_AN_ACT.match(clause.rest))


def _dated(reading: Reading, number: int) -> bool:
    """A date in the sentence, or in a neighbour that does not speak of the past: "Would Thursday at 10 suit?"."""
    beside = (*reading.sentences[max(0, number - 1) : number], *reading.sentences[number + 1 : number + 3])
    return pins_down(reading.sentences[number]) or any(map(looks_ahead, beside))


def contradictory(reading: Reading) -> Iterator[Span]:
    """T6: "Tuesday, 3 December" where that is a Thursday; of dates gone by, the year before is meant too."""
    for number, sentence in enumerate(reading.sentences if reading.given.today else ()):
        if reading.given.today and (found := muddled(sentence, reading.given.today)):
            yield _placed(reading, number, (min(found.spans)[0], max(found.spans)[1]))


def _is_ours(sentence: str) -> bool:
    if "?" in sentence or _THEIR_MOVE.search(sentence):
        return False
    return bool(_FUTURE.search(sentence))


def _placed(reading: Reading, number: int, span: Span) -> Span:
    start = reading.letter.span(number)[1] - len(reading.sentences[number])
    return start + span[0], start + span[1]


_START = "I'm sorry. I sent your soup out cold and an hour late. "

RULES = (
    Rule(
        id="T1",
        name="Promise without a date",
        severity="block",
        why="A wait without an end feels longer, “in a few days” means something else to each of you, and nobody can keep either.",
        fix="Name one instant: “by Friday at 5 pm”.",
        source="Maister, The Psychology of Waiting Lines: told 30 minutes, served in 35, feels cheated",
        bad=(
            _START + "I'll look into it and get back to you.\nTom",
            _START + "A refund will be sent to you as soon as possible.\nTom",
            _START + "I'll send a new one tomorrow.\nTom",
        ),
        good=(
            _START + "I'll call you on Friday at 5 pm.\nTom",
            _START + "I'll refund you tomorrow, Tuesday, by noon.\nTom",
            _START + "If you like, I'll bring another. Refunded.\nTom",
        ),
        tone=True,
        find=undated,
    ),
    Rule(
        id="T6",
        name="A day that cannot be",
        severity="warn",
        why="No calendar has this day, or it falls on another weekday than the letter says.",
        fix="Look it up, and name the day that you mean.",
        source="Our own: a promise with two dates is broken on one of them",
        bad=(
            _START + "I'll refund you by Tuesday, 3 December 2026.\nTom",
            _START + "I'll refund you by 31 November.\nTom",
        ),
        good=(_START + "I'll refund you by Thursday, 3 December 2026.\nTom",),
        given={"today": date(2026, 11, 24)},
        find=contradictory,
    ),
)
