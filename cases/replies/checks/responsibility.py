"""Whether somebody owns the failure in the active voice, or points elsewhere (A5, E1, E2)."""

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
_BEYOND = re.compile(
    r"\b(?:(?:beyond|outside|out of) (?:our|my|anyone's) (?:control|hands|influence)|(?:unforeseen|exceptional) circumstances|(?:operational|technical) (?:reasons|difficulties|issues?|problems?)"
    r"|could(?:n't| not) have (?:foreseen|known|prevented)|can(?:'t|not) be helped|(?:these|such) things happen|one of those things"
    r"|as (?:stated|set out|described|mentioned|outlined) (?:in|on) (?:our|the|your) [\w ]{0,20}(?:terms|conditions|policy|contract|website|rules|booklet)"
    r"|(?:per|according to|in line with) (?:our|the) (?:\w+ )?(?:terms|policy|policies|rules|conditions)"
    r"|(?:short-?staffed|understaffed|off sick|called in sick|high (?:call )?(?:volumes?|demand)|staff (?:shortage|sickness)))\b"
)
_SUPPOSED = re.compile(r"\b(?:if|should|whether|in case|unless)\b[^\n,;]*$")
_CLAUSE = 80  # characters
_WORD = re.compile(r"[\w'-]+")
_NEAR = 5  # words
_FAILED = frozenset({"does", "failed", "never", "could"})
_LEADS = words("the a an this that your our my his her their")  # "the broken one" is a thing, and nothing that was done
_HELPFUL = words(
    "had collected picked confirmed fixed called arrived promised returned refunded replaced agreed checked repaired updated paid"
)

_EXPLAINS = re.compile(
    r"\b(?:because(?! of (?:it|us|me|this|that|my|our))|due to|owing to|caused by|as a result of|the reason (?:is|was|for|why)|that(?:'s| is| was) why|resulted from"
    r"|since (?:we|our|i|the|it)|on account of|stemmed from|(?:what|this) happened (?:is|was)?)\b"
)
_DOUBTS = re.compile(
    r"\b(?:our|my|the|his|her) (?:\w+ )?(?:records?|system|logs?|data|tracking|tracker|driver|gps|files?|camera|database|computer|app|courier|staff|chef|colleague|vehicle's tracker)"
    r" (?:shows?|indicates?|says?|confirms?|suggests?|states?|insists?|has no|is (?:certain|sure|adamant))\b"
    r"|\byou (?:must|may|might|probably|clearly|obviously)(?: well)? (?:have )?(?:\w+ly )?(?:mis\w+|overlooked|confused|forgotten|entered|missed|been mistaken)\b"
    r"|\byou should have (?!been|had|heard|received|got|found|seen|it\b|your\b|them\b|an?\b|the\b)\w+|\bas you (?:know|are aware|were told|agreed)\b|\bno record of\b"
    r"|\b(?:no ?one|nobody) else (?:has )?(?:reported|complained|mentioned|noticed|had)\b|\b(?:that|this|it)(?:'s| is| was)(?: not|n't) (?:our|my) (?:fault|problem|responsibility)\b"
    r"|\b(?:did you (?:actually|really|even)|are you (?:quite |really )?sure)\b|\b(?:that|this|it)(?:'s| is) your own fault\b|\byou(?:'re| are| were)(?: \w+)? (?:rude|unreasonable|aggressive)\b"
)


def not_owned(reading: Reading) -> Iterator[Span]:
    """A5: a few lines in public may put it right instead."""
    if reading.in_public and reading.mends:
        return
    if reading.absences_count and not reading.owns and not reading.apologised_before:
        yield MISSING


def shifts_blame(reading: Reading) -> Iterator[Span]:
    """E1: an outside cause, an outsider who did something, or doubt of the customer, unless the writer goes on to own it.

    "But choosing him was my mistake" owns it.

    Who owns it in a letter that tells what happened at length explains, and hides behind nobody.
    """
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
    for pattern in (_CAUSE, _BEYOND, _DOUBTS):
        yield from (match.span() for match in pattern.finditer(sentence))


def _culprits(sentence: str) -> Iterator[Span]:
    """An outsider with a verb of the past close behind: "the courier who had your box lost it"."""
    for part in re.finditer(r"(?:(?!\band\b)[^,;:()])+", sentence):
        said = [(word[0], part.start() + word.start(), part.start() + word.end()) for word in _WORD.finditer(part[0])]
        for number, (noun, start, _) in enumerate(said):
            after = said[number : number + 1 + _NEAR] if noun in OUTSIDERS else []
            failed = next(
                (end for (led, *_), (verb, _, end) in pairwise(after) if led not in _LEADS and _failed(verb)), None
            )
            if failed:
                yield start, failed


def _failed(verb: str) -> bool:
    return (is_past(verb) or verb in _FAILED or verb.endswith("n't")) and verb not in _HELPFUL


def explains(reading: Reading) -> Iterator[Span]:
    """E2."""
    return (match.span() for match in _EXPLAINS.finditer(reading.text)) if reading.given.strict else iter(())


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
        why="It points at somebody else, or doubts the customer’s word; excuse and denial lower trust.",
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
            "I'm sorry. I sent your soup out cold and an hour late. The courier waited by the door in the rain for most of "
            "that hour, and had nothing from me to carry. I have refunded it, and the next one goes into his hands by six.\nTom",
        ),
        tone=True,
        find=shifts_blame,
    ),
    Rule(
        id="E2",
        name="Explains, in strict mode",
        severity="block",
        why="In strict mode a reply gives no cause at all: explanations read as excuses.",
        fix="Leave the cause out; say what you did wrong and what you do about it.",
        source="The founders' rule; Kapeš et al. 2022: excuses lower trust",
        bad=(_EXPLAINED,),
        good=(_OWNED,),
        given={"strict": True},
        find=explains,
    ),
)
