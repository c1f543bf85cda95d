"""Whether the reply says sorry, and whether it takes the sorry back in the same breath (A1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.clauses import clauses_of, is_past
from cases.replies.checks.deeds import mends, owns
from cases.replies.checks.finding import MISSING, Mild, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.spoken.english import words

_SORRY = r"\b(?:sorry|apolog\w+|regret(?:s|ted)?)\b"
# What comes before the word where it is no apology of ours: somebody else is sorry, or one was owed, or would be.
_NOT_OURS = re.compile(
    r"\b(?:(?:he|she|they|who)(?:'s|'re|'d|'ll| is| are| was| were| will| would)?(?: (?:like|wants?|wanted|wishes|hopes|asked(?: me)?) to)?(?: say| be)?"
    r"|(?:i|we)(?:'d| would) be|(?:get|got|had|have|heard?|owed?|deserved?|expect\w*|want\w*) (?:an?|the|your))"
    r"(?: \w+ly| very| so| really)?\s*\Z"
)
# "Should you have felt …": whoever it is about stands behind it; in "they should never have said it" it is no condition.
_SHOULD = r"should(?= (?:you|your|this|that|these|those|it|there|any\w*|some\w*|the|an?|our|my|we|he|she|they)\b)"
_CONDITION = re.compile(
    rf"(?<!\bas )(?<!even )(?<!what )(?<!only )(?<!ask )(?<!see )(?<!know )(?<!check )\b(?:if|in case|{_SHOULD}|in the event|to the extent)\b"
    r"(?! (?:i|we|you) (?:had|were)\b(?! to\b))(?!n't|'ve| have\b)"
)
_ANY = re.compile(rf"{_SORRY}[^\n.;:]{{0,25}}\b(?:for|about) (?:any|whatever)\b")
_LONGEST_CONDITION = 9  # words in which its verb stands
_READ_ON = 500  # characters before and behind a condition: a sentence with very many of them is read anew for each
_ALREADY = words("has have may might felt was were wasn't weren't hasn't haven't didn't")

_FEELING = (
    r"upset|offended|disappointed|unhappy|frustrated|dissatisfied|unsatisfied|displeased|annoyed|angry|bothered|distressed|cross|disheartened"
    r"|ignored|neglected|inconvenienced|not (?:\w+ )?(?:satisfied|happy|pleased)|less than \w+|that way|this way"
)
_FEELINGS = r"feelings?|disappointment|dissatisfaction|displeasure|frustration|annoyance|unhappiness|anger|taste|liking|expectations|experience"
_THEIR_FEELING = re.compile(
    rf"{_SORRY}[^\n.;:]{{0,50}}?\byou(?:'re|'ve| are| were| have| had| feel| felt| found| remain)?(?: \w+ly| been| so| left| feeling| felt| a bit| very){{0,3}} (?:{_FEELING})\b"
    rf"|{_SORRY}[^\n.;:]{{0,60}}\byour (?:\w+ )?(?:{_FEELINGS})\b(?! (?:of|with) (?:my|our))"
    rf"|{_SORRY}[^\n.;:,]{{0,20}}\b(?:that )?you (?:feel|felt|(?:did|do|have)(?: not|n't) (?:\w+ )?(?:enjoy\w*|like\w*|appreciate\w*)|(?:\w+ )?(?:perceived|saw|took|experienced|found)\b[^\n.;:]{{1,40}}\b(?:as|that way|\w+ing))\b"
)
_BUT = re.compile(r"\b(?:but|and yet|however|although|though|that said)\b,?")
_SOUND = re.compile(r"\b(?:no excuse|enough)\b|^\W*not\b")
_REMORSE = re.compile(
    r"\b(?:ashamed|embarrass\w+|mortified|gutted|appalled|horrified|your pardon|forgive|excuse (?:me|us|my|our)|mea culpa|my bad|regret|inexcusable|unforgivable|shameful"
    r"|disgraceful|unacceptable|no excuses?|(?:on|down to) (?:me|us)|(?:fault|blame) (?:is|was) (?:mine|ours)|right to be|owe you|you deserved)\b"
)


def no_plain_sorry(reading: Reading) -> Iterator[Span]:
    """A1: nothing says sorry, or what does is taken back."""
    yield from _missing(reading)
    yield from _conditional(reading)
    yield from _for_their_feeling(reading)
    yield from _cancelled(reading)


def _missing(reading: Reading) -> Iterator[Span]:
    """An earlier apology to the same customer, kept, is enough; so is shame without the word, where it is owned."""
    if not reading.absences_count or reading.apology is not None or reading.apologised_before:
        return
    if not (reading.owns and _REMORSE.search(reading.text)):
        yield MISSING


def _says_sorry(sentence: str) -> re.Match[str] | None:
    """The first word by which we say sorry ourselves."""
    said = re.finditer(rf"(?<!no ){_SORRY}(?! (?:does|do|is)(?:n't| not))", sentence)
    return next((word for word in said if not _NOT_OURS.search(sentence[: word.start()])), None)


def _conditional(reading: Reading) -> Iterator[Span]:
    """The condition is about what happened, so its verb is of the past, and nothing but the apology hangs on it.

    "Sorry, and if it cost you anything I'll pay it" and "sorry; if you prefer, I'll call" are about something else.
    """
    for number, sentence in enumerate(reading.sentences):
        start = reading.letter.span(number)[1] - len(sentence)
        sorry = _says_sorry(sentence)
        if match := _ANY.search(sentence):
            yield start + match.start(), start + match.end()
        for condition in _CONDITION.finditer(sentence) if sorry else ():
            if sorry and _is_about_what_happened(sentence, sorry, condition):
                yield start + min(sorry.start(), condition.start()), start + max(sorry.end(), condition.end())


def _is_about_what_happened(sentence: str, sorry: re.Match[str], condition: re.Match[str]) -> bool:
    between = sorted((sorry.end(), condition.end()))
    if between[1] - between[0] > _READ_ON:  # so far away nothing hangs on it
        return False
    after = sentence[condition.end() : condition.end() + _READ_ON]
    if condition.start() < sorry.start():
        after = sentence[condition.end() : sorry.start()]
    elif re.search(r"[;:]|, and|\band (?:if|should)", sentence[slice(*between)]) or any(
        each.who == "us" and each.tense in ("future", "offer", "present") for each in clauses_of(after)
    ):
        return False
    said = re.findall(r"[\w']+", re.split(r"[,;:]| but | and ", after, maxsplit=1)[0])[:_LONGEST_CONDITION]
    return not any(word == "would" or word.endswith("'d") for word in said) and any(
        word in _ALREADY or is_past(word) for word in said
    )


def _for_their_feeling(reading: Reading) -> Iterator[Span]:
    return (match.span() for match in _THEIR_FEELING.finditer(reading.text))


def _cancelled(reading: Reading) -> Iterator[Span]:
    """A "but" after the apology, in its sentence or at the start of the next, that leads to no owning and no mending."""
    for number, sentence in enumerate(reading.sentences):
        sorry = _says_sorry(sentence)
        if sorry is None:
            continue
        start = reading.letter.span(number)[1] - len(sentence)
        but = _BUT.search(sentence, sorry.end())
        if but and _takes_back(sentence[but.end() :]):
            yield start + sorry.start(), start + but.end()
        following = reading.sentences[number + 1] if number + 1 < len(reading.sentences) else ""
        at_once = re.match(rf"\W*(?:i do want to say|i (?:do )?(?:must|should) say)?\W*{_BUT.pattern}", following)
        if at_once and _takes_back(following[at_once.end() :]):
            begins = reading.letter.starts[number + 1]
            yield begins, begins + at_once.end()


def _takes_back(rest: str) -> bool:
    """Not "but I wanted to write myself"; yes "but we are busy", "but we cannot", "but I did tell you"."""
    said = clauses_of(rest)
    if (
        not rest.strip()
        or _SOUND.search(rest)
        or owns(rest)
        or (mends(rest) and any(each.who == "us" for each in said))
    ):
        return False
    first = next(iter(said), None)
    ours = first is not None and first.who == "us" and not rest[: first.place[0]].strip(" ,")
    return not (ours and first and first.tense in ("past", "perfect") and is_past(first.verb) and not first.denied)


_FIRM = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. May I bring a fresh one on Friday at 7 pm?\nTom"

RULES = (
    Rule(
        id="A1",
        name="No apology, or one that is none",
        severity="block",
        mild=Mild(
            "where a short public answer has none", lambda reading: reading.in_public and reading.apology is None
        ),
        tone=True,
        why="Most unhappy customers wait for a plain sorry first. An “if” doubts it, a “but” takes it back, and to be sorry for their feelings blames those.",
        fix="Say what you did as a fact, and stop there: “I am sorry that we kept you waiting.”",
        source="M. McCarthy & S. Ingall, SorryWatch; Yoshino & Glasgow 2023; CCMC/ASU Customer Rage 2013: 76% wanted an apology, 32% got one",
        bad=(
            "We sent your soup out late. It is refunded.\nTom",
            "I'm sorry if the soup was cold. I sent it late and have refunded you.\nTom",
            "I'm sorry you feel that way about the soup.\nTom",
            "I'm sorry, but it was a busy night and the soup was late.\nTom",
        ),
        good=(
            _FIRM,
            "My apologies, we sent the soup out cold. It is refunded.\nTom",
            "I am sorry; I can refund the cold soup now if you prefer.\nTom",
            "I'm sorry we disappointed you with cold soup, but sorry is not enough: I have refunded you.\nTom",
        ),
        find=no_plain_sorry,
    ),
)
