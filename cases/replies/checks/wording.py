"""Stock phrases (P1), and what does not reach a customer as it was written (L1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.dates import pins_down
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.replies.links import links

# Those that bad letters use most; what they read like otherwise, M2 knows. One phrase a line; "…" is up to three words, THEIRS what a customer gives us.
_THEIRS = r"(?:feedback|comments?|opinion|review|input|remarks|concerns?|message|enquiry|inquiry|suggestions?|thoughts|business|patience|understanding|loyalty|custom|patronage)"
_PHRASES = r"""
(?:THEIRS|satisfaction|experience|call|trust|comfort|safety) … (?:is|are|comes?) … (?:important|valuable|valued|invaluable|appreciated|priority|paramount|welcome|before everything|first)
(?:value|appreciate) (?:your|you) … (?:THEIRS|patient|bearing)
(?:thanks?|thank you|grateful|appreciate) … for … THEIRS
(?:thanks?|thank you) … for (?:taking the time|reaching out|contacting|bringing|sharing|making us aware|choosing|being a|flying|staying)
(?:take|takes|taking|treat) … … seriously
(?:any|the|this|your|all|for) (?:\w+ )?inconveniences?
(?:rest|be|please be|you can be) assured
(?:striv(?:e|es|ing)|endeavou?r(?:s|ing)?|aim) (?:to|for) … (?:offer|provide|give|deliver|ensure|improve|meet|do|be|the|every|make|excellence|better)
(?:top|utmost|highest|number one) (?:priority|importance|concern|standards?|quality)
(?:exceed|meet|met|live up to) your expectations
(?:continu\w+|constantly|always|constant) … improv\w+
(?:shared|passed|forwarded|relayed|escalated|conveyed|raised|flagged|communicated) … (?:with|to|on to|onto|in) … (?:appropriate|relevant|responsible|concerned|respective|right|proper|senior|management|competent)
(?:look(?:ing)? forward|hope|hoping) to … (?:serv(?:e|ing)|welcom(?:e|ing)) you(?! (?:on|at|with a|tomorrow))
look(?:ing)? forward to (?:seeing|hearing from|having|welcoming) you
hope (?:to see you|you(?:'ll| will)) (?:again|soon|back|give us|continue|choose|consider|return)
(?:bring|brought|bringing|drawing|drew) … to (?:our|my) (?:attention|notice)
(?:do not|don't) hesitate to (?!(?:call|ring|phone|text|write to) me)
your (?:THEIRS|complaint|case|request|ticket|report|e-?mail) … (?:has|have|is|was|were|will) (?:been |be |being )?(?:\w+ly )?(?:noted|registered|logged|received|escalated|forwarded|recorded|processed|passed|reviewed|dealt|handled|discussed)
(?:not|n't) (?:the|a) (?:level|standard|kind|type|quality|experience|service) … (?:we|our)
(?:relevant|appropriate|responsible|proper) (?:people|persons?|teams?|departments?|colleagues|quarters|channels|parties|managers?|authorities)
helps? us (?:to )?(?:improve|grow|learn|get|become|do better|serve)
"""
_BOILERPLATE = re.compile(
    "|".join(
        rf"\b(?:{line})\b".replace("THEIRS", _THEIRS).replace(" …", r"(?: [\w'-]+){0,3}?")
        for line in _PHRASES.strip().splitlines()
    )
)
STORE_CHARS = 350  # of a reply on Google Play


def boilerplate(reading: Reading) -> Iterator[Span]:
    """P1: stock phrases. "I hope to see you again on Friday" is meant."""
    for match in _BOILERPLATE.finditer(reading.text):
        hoped = match[0].startswith(("hope", "hoping", "look"))
        if not (hoped and pins_down(reading.letter.words_of(reading.letter.sentence(match.start())))):
            yield match.span()


def changed_on_its_way(reading: Reading) -> Iterator[Span]:
    """L1: too long for Google Play; "soup.Thank you", of which a mail program makes a link. What may as well be an address is B2's."""
    feedback = reading.given.feedback
    if feedback is not None and "play" in feedback.source.lower() and len(reading.letter.original) > STORE_CHARS:
        yield MISSING
    for link in links(reading.letter.original):
        if not link.sure and (at := reading.letter.original.find(link.written)) >= 0:
            yield at, at + len(link.written)


_PLAIN = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. May I bring another on Friday at 7 pm?\nTom"


RULES = (
    Rule(
        id="P1",
        name="Boilerplate",
        severity="block",
        why="Stock phrases tell the customer that nobody in particular is answering.",
        fix="Delete the phrase, or say the same in your own words about their case.",
        source="Packard & Berger 2021, JCR; Min, Lim & Magnini 2015, Cornell HQ 56(2)",
        bad=("I'm sorry I sent the soup late. It is refunded. Your feedback is important to us.\nTom",),
        good=(_PLAIN, "Thank you for telling me about the soup. I'm sorry, I sent it late. Refunded.\nTom"),
        tone=True,
        find=boilerplate,
    ),
    Rule(
        id="L1",
        name="Changed on its way",
        severity="warn",
        why="Google Play cuts a reply at 350 characters, and a mail program may make a stranger's link of two words without a space between them.",
        fix="Say the rest in a letter; put a space after the full stop.",
        source="Google Play: replies to reviews; ours",
        bad=(" ".join([_PLAIN] * 3), "I'm sorry. I sent your soup out cold.So I have refunded it.\nTom"),
        good=(
            _PLAIN,
            "I'm sorry. I sent your soup out cold, e.g. without its lid, Mr.Smith. So I have refunded it.\nTom",
        ),
        given={"source": "google_play"},
        find=changed_on_its_way,
    ),
)
