"""Whether somebody owns the failure in the active voice, or points elsewhere (A5, E1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cases.replies.checks.clauses import OUTSIDERS, is_past
from cases.replies.checks.deeds import owns
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.spoken.english import words

_CAUSE = re.compile(
    r"\b(?:due to|because of|owing to|caused by|as a result of|on account of|thanks to|down to (?:the|a|an)|triggered by|because (?:the|a|an|your|their)|in view of) "
    rf"(?!me\b|us\b|(?:my|our) (?!(?:\w+ )?(?:{'|'.join(sorted(OUTSIDERS))})\b)|you\b|it\b|this\b|that\b)[\w' -]{{3,60}}"
)
_SUPPOSED = re.compile(r"\b(?:if|should|whether|in case|unless)\b[^\n,;]*$")
_CLAUSE = 80  # characters
_WORD = re.compile(r"[\w'-]+")
_NEAR = 5  # words
_FAILED = frozenset({"does", "failed", "never", "could"})
# Behind these stands no deed that was done: "the broken one" is a thing, and "the courier will put it there" is to come.
_NO_DEED = words("the a an this that your our my his her their to will shall can may might must would should")
_HELPFUL = words(
    "had collected picked confirmed fixed called arrived promised returned refunded replaced agreed checked repaired updated paid"
)

_EXPLAINS = re.compile(
    r"\b(?:because(?! of (?:it|us|me|this|that|my|our))|due to|owing to|caused by|as a result of|the reason (?:is|was|for|why)|that(?:'s| is| was) why|resulted from"
    r"|since (?:we|our|i|the|it)|on account of|stemmed from|(?:what|this) happened (?:is|was)?)\b"
)
_DOUBTS = re.compile(
    r"\b(?:our|my|the) (?:\w+ )?(?:records?|system|logs?|tracking|driver|courier|staff) (?:shows?|indicates?|says?|confirms?|insists?)\b|\bno record of\b"
    r"|\byou (?:must|may|might|probably) (?:have )?(?:mis\w+|overlooked|forgotten|missed)\b|\bas you (?:know|are aware)\b|\byou(?:'re| are| were) (?:rude|unreasonable|aggressive)\b"
)


def not_owned(reading: Reading) -> Iterator[Span]:
    """A5: a few lines in public may put it right instead."""
    if reading.in_public and reading.mends:
        return
    if reading.absences_count and not reading.owns and not reading.apologised_before:
        yield MISSING


def shifts_blame(reading: Reading) -> Iterator[Span]:
    """E1: an outside cause, an outsider who did something, or doubt of the customer; in strict mode any cause at all.

    "But choosing him was my mistake" owns it. Who owns it in a letter that tells what happened at length explains, and
    hides behind nobody.
    """
    if reading.given.strict:
        yield from (match.span() for match in _EXPLAINS.finditer(reading.text))
    if reading.owns and reading.tells:
        return
    for number, sentence in enumerate(reading.sentences):
        start = reading.letter.span(number)[1] - len(sentence)
        blames = ((at, end) for at, end in (*_causes(sentence), *_culprits(sentence)) if not _supposed(sentence, at))
        at, end = next(blames, MISSING)
        if end and not owns(sentence[end:]):
            yield start + at, start + end


def _supposed(sentence: str, at: int) -> bool:
    """ "If the bank has charged you, I'll pay it" accuses nobody."""
    return bool(_SUPPOSED.search(sentence, max(0, at - _CLAUSE), at))


def _causes(sentence: str) -> Iterator[Span]:
    for pattern in (_CAUSE, _DOUBTS):
        yield from (match.span() for match in pattern.finditer(sentence))


def _culprits(sentence: str) -> Iterator[Span]:
    """An outsider with a verb of the past close behind: "the courier who had your box lost it"."""
    for part in re.finditer(r"(?:(?!\band\b)[^,;:()])+", sentence):
        said = [(word[0], part.start() + word.start(), part.start() + word.end()) for word in _WORD.finditer(part[0])]
        for number, (noun, start, _) in enumerate(said):
            after = said[number : number + 1 + _NEAR] if noun in OUTSIDERS else []
            failed = next(
                (end for (led, *_), (verb, _, end) in pairwise(after) if led not in _NO_DEED and _failed(verb)), None
            )
            if failed:
                yield start, failed


def _failed(verb: str) -> bool:
    return (is_past(verb) or verb in _FAILED or verb.endswith("n't")) and verb not in _HELPFUL


_OWNED = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it.\nTom"
_EXPLAINED = "I'm sorry. I sent your soup out cold because I forgot to call the driver. I have refunded it.\nTom"

RULES = (
    Rule(
        id="A5",
        name="Nobody owns it",
        severity="warn",
        tone=True,
        why="No sentence says in the first person what you did wrong, the part of an apology that counts most.",
        fix="Add one: “I sent it late”, “we forgot you”, “that was my mistake”.",
        source="Lewicki, Polin & Lount 2016, two studies, 755 people; Kapeš et al. 2022, n = 435",
        bad=("I'm sorry about your cold soup. You have a refund.\nTom",),
        good=(
            _OWNED,
            "Sorry about the cold soup, that's on me. Refunded.\nTom",
            "I'm sorry for keeping you waiting an hour for soup.\nTom",
        ),
        find=not_owned,
    ),
    Rule(
        id="E1",
        name="Blames or doubts somebody",
        severity="block",
        why="It points at somebody else, or doubts the customer’s word; excuse and denial lower trust. Strict mode allows no cause at all.",
        fix="Leave the others out, believe the customer, and say what you could have done and did not.",
        source="Kapeš et al. 2022, THM 28(1), n = 435: denial and excuse lower trust",
        bad=(
            "I'm sorry your soup was cold. The courier let us down.\nTom",
            "I'm sorry about the soup. Due to high demand it was late.\nTom",
            "I'm sorry about the soup. Our records show it left here hot.\nTom",
        ),
        good=(
            _EXPLAINED,
            "You should have heard from me. I'm sorry, I sent the soup late. Refunded.\nTom",
            "I'm sorry about the cold soup. The courier was slow, but choosing him was my mistake. Refunded.\nTom",
            "I'm sorry. I sent your soup out cold and an hour late. It is refunded, and the courier will put a fresh one at the "
            "back door on Friday by 6 pm.\nTom",
        ),
        tone=True,
        find=shifts_blame,
    ),
)
