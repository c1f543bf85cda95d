"""Whether somebody owns the failure in the active voice, or points elsewhere (A4, A5, E1 to E3)."""

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

_SLIP = r"mistakes?|errors?|oversights?|mix-?ups?|mis-?communications?|misunderstandings?|confusion|problems?|issues?|glitch|delays?|failures?|discrepancy|miscount"
_HARMED = (
    r"delayed|lost|misplaced|damaged|sent|charged|billed|cancelled|canceled|forgotten|missed|mixed up|misrouted|overlooked|overcharged|handled"
    r"|delivered|broken|served|packed|treated|blocked|dispensed|followed|not \w+"
)
_PASSIVE = re.compile(
    rf"\b(?:{_SLIP}) (?:was|were|has been|have been|had been|got|has|have)?(?: \w+ly)? ?(?:made|committed|occurred|happened|arose|arisen|crept in|took place|taken place)\b"
    rf"|\b(?:there|here) (?:was|has been|were|have been|had been|(?:seems|appears) to (?:have been|be)) (?:a|an|some|several)(?: \w+){{0,2}} (?:{_SLIP})\b"
    r"|\b(?:something|things|it|this)(?: \w+)? (?:has |have )?(?:\w+ly )?(?:went|gone|go) wrong\b"
    rf"|\b(?:your|the|an?|it|this|they)(?: [\w-]+){{0,3}} (?:was|were|got|has been|have been|had been|had to be|must have been)(?: \w+ly)? (?:{_HARMED})\b"
)
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
    r"(?: \w+)? (?:shows?|indicates?|says?|confirms?|suggests?|states?|insists?|has no|is (?:certain|sure|adamant))\b"
    r"|\byou (?:must|may|might|probably|clearly|obviously)(?: well)? (?:have )?(?:\w+ly )?(?:mis\w+|overlooked|confused|forgotten|entered|missed|been mistaken)\b"
    r"|\byou should have (?!been|had|heard|received|got|found|seen)\w+|\bas you (?:know|are aware|were told|agreed)\b|\bno record of\b"
    r"|\b(?:no ?one|nobody) else (?:has )?(?:reported|complained|mentioned|noticed|had)\b|\b(?:that|this|it)(?:'s| is| was)(?: not|n't) (?:our|my) (?:fault|problem|responsibility)\b"
    r"|\b(?:did you (?:actually|really|even)|are you (?:quite |really )?sure)\b|\b(?:that|this|it)(?:'s| is) your own fault\b|\byou(?:'re| are| were)(?: \w+)? (?:rude|unreasonable|aggressive)\b"
)


def agentless(reading: Reading) -> Iterator[Span]:
    """A4: only where nobody owns it elsewhere in the reply; beside an "I sent it late" a passive is harmless."""
    if reading.owns or reading.apologised_before or not reading.absences_count:
        return
    if match := _PASSIVE.search(reading.text):
        yield match.span()


def not_owned(reading: Reading) -> Iterator[Span]:
    """A5."""
    if reading.absences_count and not reading.owns and not reading.apologised_before:
        yield MISSING


def shifts_blame(reading: Reading) -> Iterator[Span]:
    """E1: an outside cause, or an outsider who did something, unless the writer goes on to own it: "but choosing him was my mistake".

    Who owns it in a letter that tells what happened at length explains, and hides behind nobody.
    """
    if reading.owns and reading.personal:
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
    for pattern in (_CAUSE, _BEYOND):
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


def doubts(reading: Reading) -> Iterator[Span]:
    """E3."""
    return (match.span() for match in _DOUBTS.finditer(reading.text))


_OWNED = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it.\nTom"
_EXPLAINED = "I'm sorry. I sent your soup out cold because I forgot to call the driver. I have refunded it.\nTom"

RULES = (
    Rule(
        id="A4",
        name="Agentless passive",
        severity="block",
        public_severity="warn",
        personal_severity="warn",
        why="“Mistakes were made” hides who made them.",
        fix="Name the doer in the first person: “I forgot”, “we sent the wrong one”.",
        source="Lewicki, Polin & Lount 2016: acknowledging responsibility weighs most",
        bad=("I'm sorry. Mistakes were made with your soup. It has been refunded.\nTom",),
        good=(_OWNED, "I'm sorry, your soup was delayed because I forgot to send it. Refunded.\nTom"),
        find=agentless,
    ),
    Rule(
        id="A5",
        name="Nobody owns it",
        severity="block",
        public_severity="warn",
        personal_severity="warn",
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
        name="Blame shifting",
        severity="block",
        why="It points at somebody or something else; an excuse lowers trust.",
        fix="Leave the outside cause out, or say what you could have done and did not.",
        source="Kapeš et al. 2022, THM 28(1), n = 435: denial and excuse lower trust",
        bad=(
            "I'm sorry your soup was cold. The courier let us down.\nTom",
            "I'm sorry about the soup. Due to high demand it was late.\nTom",
        ),
        good=(
            _EXPLAINED,
            "I'm sorry about the cold soup. The courier was slow, but choosing him was my mistake. Refunded.\nTom",
            "I'm sorry. I sent your soup out cold and an hour late. The courier waited by the door in the rain for most of "
            "that hour, and had nothing from me to carry. I have refunded it, and the next one goes into his hands by six.\nTom",
        ),
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
    Rule(
        id="E3",
        name="Doubts the customer",
        severity="hint",
        why="It sets our word against theirs; who complains wants to be believed.",
        fix="Believe them, and check your own side in silence.",
        source="Kapeš et al. 2022, THM 28(1), n = 435: denial lowers trust",
        bad=("I'm sorry about the soup. Our records show it left here hot.\nTom",),
        good=(_OWNED, "You should have heard from me. I'm sorry, I sent the soup late. Refunded.\nTom"),
        find=doubts,
    ),
)
