"""Whether the reply says sorry, and whether it takes the sorry back in the same breath (A1-A8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.plausible import CONTRITE
from cases.replies.checks.reading import APOLOGY, Reading

_SORRY = r"\b(?:sorry|apolog\w+|regret(?:s|ted)?)\b"
_THEIR_CHOICE = (
    r"(?:you(?:'d|'ll|'re)?(?: \w+)? (?:tell|let|send|prefer|like|call|reply|would|need|want|could|can|decide|rather"
    r"|have time|are free|agree|allow|give|choose|wish)"
    r"|(?:i|we)(?:'d)? (?:can|could|may|call|send|bring|come|phone|ring)"
    r"|(?:it|that|this|anything)(?: \w+)? (?:is easier|is ok|helps|suits|works|can't be|cannot be))"
)
_IF = rf"(?<!\bas )(?<!even )(?<!what )(?<!ask )(?<!see )(?<!know )(?<!wonder )(?<!check )\bif\b(?! (?:{_THEIR_CHOICE})\b)"
_SHOULD = (
    r"\bshould (?:the|this|that|you|your|it|any|anything|our|there|what)\b(?! (?:wish|prefer|want|like|need|decide))"
)
_HEDGE = (
    r"\b(?:to (?:the|any|whatever) (?:extent|degree)|in (?:the )?(?:case|event)|insofar|inasmuch|in so far|(?:may"
    r"|might) (?:have"
    r"|well have)|perceived)\b"
)
_HARMS = (
    r"upset|distress|trouble|offen[cs]e|disappointment|confusion|frustration|misunderstandings?|hurt|discomfort"
    r"|annoyance|problems?|hassle|delays?|"
    r"impoliteness|rudeness|shortcomings?|mistakes?|errors?|issues?|harm|stress|bother"
)
CONDITIONAL = re.compile(
    rf"{_SORRY}[^\n.;:]{{0,80}}?(?:{_IF}|{_SHOULD}|{_HEDGE})"
    rf"|\b(?:sorry|apolog\w+)\b[^\n.;:]{{0,25}}\b(?:for|about) (?:any|whatever) (?:\w+ ){{0,2}}(?:{_HARMS})\b"
    rf"|\bany (?:\w+ )?(?:{_HARMS}|inconvenience)(?: \w+)? (?:that )?(?:i|we|this|it|the \w+) (?:may|might"
    r"|could) (?:have )?"
    r"|\b(?:if|should|to the extent|in case|insofar as)\b(?! (?:you(?:'d| would)?(?: \w+)? (?:like|want|prefer|wish"
    rf"|need|let|tell)))[^\n.;:?]{{3,110}}?[, ]+(?:then )?(?:(?:i|we)(?:'m|'re| am| are| do| can only| must| would"
    rf"| want to)?(?: \w+){{0,2}} |(?:my|our)(?: \w+)? |please accept )"
    r"(?:sorry|apolog\w+|regret)\b"
)

_FEELING = (
    r"upset|offended|disappointed|unhappy|frustrated|dissatisfied|unsatisfied|displeased|annoyed|angry|inconvenienced"
    r"|bothered|distressed|aggrieved|"
    r"not (?:satisfied|happy|pleased)|less than (?:satisfied|happy)|disheartened|cross"
)
THEIR_FEELING = re.compile(
    rf"{_SORRY}(?: (?:to (?:hear|learn|read|see|know)|about|for|the way|the fact|that|how|if|so|very|truly"
    rf"|deeply)){{0,4}} you(?:'re|'ve| guys)?(?: \w+ly)? ?"
    r"(?:(?:are|were|have been|had been|have|had|got|remain|left|came away|found)? ?(?:\w+ly |so |very |left |been "
    rf"|feeling |made |this |that |a bit ){{0,3}}(?:{_FEELING})\b"
    r"|(?:have |had )?found (?:[\w-]+ ){1,5}?(?:frustrating|disappointing|unsatisfactory|upsetting|unpleasant"
    r"|offensive|annoying|confusing|difficult|rude|cold|lacking|unacceptable|hard|too \w+|to be)\b"
    r"|(?:have |had )?(?:feel|felt|feeling)\b(?! (?:ill|sick|dizzy|unwell|faint))"
    r"|(?:did not|didn't|do not|don't|have not|haven't) (?:\w+ )?(?:enjoy|like|appreciate|love|find)"
    r"|(?:had|have had) (?:a|an|such a) (?:\w+ )?(?:bad|negative|poor|unpleasant|disappointing|unsatisfactory|less) )"
    r"|\b(?:pity|shame|unfortunate|regrettable|too bad) (?:that )?you(?:'re| are| were| weren't| aren't| feel| felt"
    r"| did not| didn't)\b"
    rf"|{_SORRY}(?: that| the fact that)? (?!i\b|we\b)(?:the|this|it|that|your|our)\b[^\n.;:]{{0,50}} (?:left"
    rf"|made) you (?:feel(?:ing)?\b|(?:\w+ )?(?:{_FEELING}))"
    rf"|{_SORRY}[^\n.;:]{{0,30}}\b(?:for|about|to hear (?:about|of)|to (?:read|see)|of) your (?:\w+ )?(?:feelings?"
    r"|disappointment|dissatisfaction|displeasure|frustration|annoyance|unhappiness|upset|anger)\b"
    rf"|{_SORRY}[^\n.;:]{{0,60}}\b(?:not|\w+n't) (?:feel|seem|appear|prove) [^\n.;:]{{0,40}}\b(?:as|what|how) you\b"
    rf"|{_SORRY}[^\n.;:]{{0,50}}\b(?:too \w+|not to your (?:taste|liking)|not (?:\w+ )?enough) (?:for you\b(?=[.,;]))"
    rf"|{_SORRY}(?: that| how)?(?: \w+)? you(?:'ve| have)? (?:experienced|perceived|saw|took|received"
    rf"|interpreted) [^\n.;:]{{1,50}}\b(?:as|that way|like that)\b"
    rf"|{_SORRY}[^\n.;:]{{0,50}}\bnot (?:been )?to your (?:taste|liking|satisfaction)\b"
    rf"|{_SORRY}[^\n.;:]{{0,60}}\b(?:did not|didn't|failed to|not) (?:meet|live up to|match|fulfil"
    r"|satisfy) your (?:\w+ )?expectations"
    rf"|{_SORRY}[^\n.;:]{{0,20}}\bthat (?:it|this|the \w+)(?: \w+){{0,3}} (?:upset|offended|disappointed|annoyed"
    r"|bothered) you\b"
)
_OWNED_FEELING = re.compile(
    r"[^\n]{0,40}\b(?:by (?:us|me|my|our)|because (?:i|we|of us|of me)|and (?:rightly|you had|you have|you were right"
    r"|with good|i (?:don't|do not) blame))\b"
)

_BUT = (
    r"(?:but|however|although|though|that said|having said that|nevertheless|nonetheless|yet|then again"
    r"|on the other hand|still,|at the same time|even so)"
)
_CANCEL = re.compile(
    rf"\b(?:sorry|apolog\w+|regret)\b[^\n.;]{{0,100}}?(?:(?:,|;| -|\.\.\.)\s*|\s){_BUT}\b,?"
    rf"|\b(?:sorry|apolog\w+)\b[^\n]{{0,120}}\n[\s\"']*{_BUT}\b,?"
)
_SOUND_AFTER_BUT = re.compile(
    r"\s*(?:i|we|my|our|let me|please (?!understand|note|bear|be aware|remember|keep in|consider|see it|don't|do not"
    r"|appreciate|accept that)|glad|happy|sorry|an apology|apologies|words|saying|none of|no excuse|that is no"
    r"|that's no|that (?:does|doesn't|won't|will|isn't|is not|alone|"
    r"cannot|can't)|it (?:does|doesn't|won't|isn't enough|is not enough|will|cannot)|this (?:does|doesn't|won't"
    r"|is no)|the (?:fault|blame|mistake|refund|money|new|good)|you (?:have (?:mine|it|ours)|should|deserve|were right"
    r"|are right|'re right"
    r"|had every|had a right|told|never|still|"
    r"shouldn't|didn't deserve)|not (?:sorry|enough|for)|what (?:i"
    r"|we)|here|there is no excuse|there's no excuse|nothing|more than|first|i'm|in the meantime|even more|also"
    r"|especially|above all|mostly)\b"
)
_UNSOUND_FIRST_PERSON = re.compile(
    r"[^\n]{0,60}\b(?:cannot|can't|can not|unable|couldn't|could not|won't be able|don't (?:think|believe|offer|give"
    r"|do|accept|have)|do not (?:think|believe|offer|give|do|accept|have)|"
    r"busy|policy|policies|terms|only human"
    r"|did (?:tell|warn|say|explain|inform|mention)"
    r"|have to (?:follow|say|point|ask|charge|insist)|must (?:point|say|insist)|had no (?:choice|way)|"
    r"never|always|was told|were told|think you|believe you|feel (?:you|that you)|assure"
    r"|disagree)\b|\s*our (?:\w+ )?(?:records|policy|terms|system|courier|supplier|prices)"
)

_PLEAD = re.compile(
    r"\b(?:please|kindly|hope (?:that )?(?:you|we)|beg you to|ask you to|can you|could you|will you"
    r"|find it in your heart)[^\n.;]{0,30}\b(?:forgive|forgiveness|pardon|excuse) ?(?:me|us)?\b"
    r"|\b(?:beg|ask|asking)[^\n.;]{0,20} (?:for )?(?:your )?forgiveness"
)
MANY_SORRIES = 3


def conditional(reading: Reading) -> Iterator[Span]:
    """A1."""
    return (match.span() for match in CONDITIONAL.finditer(reading.text))


def sorry_for_their_feeling(reading: Reading) -> Iterator[Span]:
    """A2."""
    for match in THEIR_FEELING.finditer(reading.text):
        if not _OWNED_FEELING.match(reading.text, match.end()):
            yield match.span()


def cancelled(reading: Reading) -> Iterator[Span]:
    """A3: what follows "but" decides; "but that is no excuse" and "but I can bring one today" cancel nothing."""
    for match in _CANCEL.finditer(reading.text):
        if _cancels(reading.text, match.end()):
            yield match.span()


def _cancels(text: str, position: int) -> bool:
    if not _SOUND_AFTER_BUT.match(text, position):
        return text[position : position + 1] not in ("", "\n")
    return bool(_UNSOUND_FIRST_PERSON.match(text, position)) and not re.match(
        r"\s*(?:none|no|that|it|this|words|you|there)\b", text[position:]
    )


def missing(reading: Reading) -> Iterator[Span]:
    """A6: an earlier apology to the same customer, kept, is enough; so is shame without the word, where it is owned."""
    if not reading.absences_count or reading.apology is not None or reading.apologised_before:
        return
    if not (reading.owns and CONTRITE.search(reading.text)):
        yield MISSING


def overdone(reading: Reading) -> Iterator[Span]:
    """A7: from the third word of apology on, or the first one only after half the reply."""
    sorries = list(APOLOGY.finditer(reading.text))
    if len(sorries) >= MANY_SORRIES:
        yield sorries[MANY_SORRIES - 1].span()
    elif sorries and len(reading.text) > 200 and sorries[0].start() > len(reading.text) * 0.6:
        yield sorries[0].span()


def pleading(reading: Reading) -> Iterator[Span]:
    """A8."""
    return (match.span() for match in _PLEAD.finditer(reading.text))


_FIRM = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. May I bring a fresh one on Friday at 7 pm?\nTom"

RULES = (
    Rule(
        id="A1",
        name="Conditional apology",
        severity="block",
        why="A sorry with an “if” in it doubts that anything went wrong.",
        fix="Say what happened as a fact: “I am sorry that your soup was cold.”",
        source="M. McCarthy & S. Ingall, SorryWatch; Lewicki, Polin & Lount 2016",
        bad=(
            "I'm sorry if the soup was cold. I sent it late and have refunded you.\nTom",
            "If your soup was cold, we apologise.\nTom",
        ),
        good=(_FIRM, "I am sorry; I can refund the cold soup now if you prefer.\nTom"),
        find=conditional,
    ),
    Rule(
        id="A2",
        name="Sorry for their feeling",
        severity="block",
        why="It makes the customer's feeling the problem, not what was done.",
        fix="Be sorry for what you did: “I am sorry that we kept you waiting.”",
        source="SorryWatch; collections of non-apologies",
        bad=("I'm sorry you feel that way about the soup.\nTom", "We regret that you were disappointed.\nTom"),
        good=(_FIRM, "I'm sorry we disappointed you with cold soup.\nTom"),
        find=sorry_for_their_feeling,
    ),
    Rule(
        id="A3",
        name="Apology cancelled",
        severity="block",
        why="What follows “but” takes the apology back.",
        fix="End the sentence after the apology and leave the “but” out.",
        source="Yoshino & Glasgow, Say the Right Thing, 2023",
        bad=(
            "I'm sorry, but it was a busy night and the soup was late.\nTom",
            "I apologise. However, our policy is clear.\nTom",
        ),
        good=(_FIRM, "I'm sorry the soup was cold, but sorry is not enough: I have refunded you.\nTom"),
        find=cancelled,
    ),
    Rule(
        id="A6",
        name="No apology",
        severity="block",
        why="Nothing in it says sorry, which is the first thing most unhappy customers wait for.",
        fix="Begin with one plain “I am sorry” or “I apologise”.",
        source="CCMC/ASU Customer Rage 2013: 76% wanted an apology, 32% got one; Kador, Effective Apology, 2009",
        bad=("We sent your soup out late. It is refunded.\nTom",),
        good=(_FIRM, "My apologies, we sent the soup out cold. It is refunded.\nTom"),
        find=missing,
    ),
    Rule(
        id="A7",
        name="Apology overdose",
        severity="warn",
        why="After the first apology more of them lower satisfaction; what helps is solving the problem.",
        fix="Keep one apology near the start and use the room for the remedy.",
        source="Singh et al., “Sorry” is not enough, HBR 2018: 111 videos of service encounters",
        bad=("Sorry! I'm so sorry about the soup, really sorry, I sent it late. Refunded.\nTom",),
        good=(_FIRM,),
        find=overdone,
    ),
    Rule(
        id="A8",
        name="Begs forgiveness",
        severity="hint",
        why="Asking to be forgiven adds least to an apology and asks the customer for yet another favour.",
        fix="Leave it out, or say instead what you have changed.",
        source="Lewicki, Polin & Lount 2016: the one component that can be left out",
        bad=("I'm sorry I sent the soup late. Please forgive us. It is refunded.\nTom",),
        good=(_FIRM,),
        find=pleading,
    ),
)
