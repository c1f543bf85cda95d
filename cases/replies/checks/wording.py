"""Stock phrases, belittling, policy talk, jargon and length (P1, E4 to E6, L1, L2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.judgement.abuse import said_back
from cases.model import Severity
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.spoken.seen import seen

_THEIR_WORDS = r"(?:feedback|comments?|opinion|review|input|remarks|concerns?|message|enquiry|inquiry|suggestions?)"
_PRIZED = (
    r"(?:important|valuable|valued|invaluable|appreciated|of (?:the )?(?:utmost|great|highest) \w+|paramount|precious"
    r"|welcome)"
)
BOILERPLATE = re.compile(
    rf"\b(?:{_THEIR_WORDS}|business|satisfaction|experience|loyalty|call|patronage|custom|trust|comfort) (?:is"
    rf"|are)(?: \w+){{0,2}} {_PRIZED}"
    r"|\b(?:highly |truly |greatly |very much |really |sincerely )?(?:value"
    rf"|appreciate) your (?:\w+ )?(?:{_THEIR_WORDS}|business|patience|understanding|loyalty|custom|cooperation"
    r"|patronage|support|time)\b"
    rf"|\b(?:thanks?(?: you)?|grateful|we appreciate you)(?: \w+){{0,2}} for (?:your )?(?:(?:\w+ )?(?:{_THEIR_WORDS}\b"
    r"|patience|understanding|loyalty|cooperation|continued|bearing with|time and)|taking the time|reaching out"
    r"|contacting|getting in touch with (?:us|our)|bringing|sharing|making us aware|choosing|being a)"
    r"|\bvalued? (?:customer|guest|client|member|patient|passenger|partner|user|patron)s?\b"
    r"|\b(?:take|treat|takes)[^\n.]{0,45}\b(?:very|extremely|so|most|incredibly|really)? ?seriously\b"
    r"|\b(?:any|the|this|your|all|for) (?:\w+ )?inconveniences?\b|\bregret the inconvenience"
    r"|\bplease accept our sincere(?:st)? apologies for any\b"
    r"|\b(?:rest|be|please be|you can be) assured\b"
    r"|\b(?:always |constantly |continually )?striv(?:e|es|ing) (?:to|for)\b"
    r"|\bpride (?:ourselves|myself) (?:on|in)\b"
    r"|\bcommitted to (?:\w+ ){0,2}(?:providing|delivering|excellence|offering|ensuring|quality|improving|customer"
    r"|giving|maintaining|the highest|your|our)\b"
    r"|\bdedicated to (?:providing|delivering|our)\b"
    r"|\b(?:top|utmost|highest|number one) (?:priority|importance|concern)\b|\bgo(?:ing)? above and beyond\b"
    r"|\b(?:exceed|meet) your expectations\b"
    r"|\b(?:customer|guest|client) satisfaction\b"
    r"|\bhope (?:that )?(?:this|it|the \w+|our \w+) (?:does|will|did|has)(?:n't| not) (?:affect|affected|change|spoil"
    r"|spoilt|cloud|put you off|deter|shake|damage)\b"
    r"|\bendeavou?r(?:s|ing)?\b|\bbest possible (?:\w+ )?(?:service|experience|care|quality|standard|solution)\b"
    r"|\bat the (?:very )?heart of (?:everything|all|what|our)\b"
    r"|\bopportunit(?:y|ies) (?:to|for) (?:improv|learn|grow|do better)\w*"
    r"|\b(?:we|i) aim to (?:offer|provide|give|deliver|make|ensure|be|meet)\b"
    r"|\b(?:continu(?:e|ing|ally|ously|ous)|constantly|always|constant)(?: \w+){0,3} (?:to )?improv\w+\b"
    r"|\b(?:trust|hope|hoping)(?: that)? you(?:'ll| will)(?: \w+){0,5} (?:opportunity|chance)\b"
    r"|\b(?:restore|regain|rebuild|earn back) your (?:trust|confidence|faith) in (?:us|our)\b"
    r"|\b(?:shared|passed|forwarded|relayed|escalated|conveyed|raised|brought|share|pass|forward|relay|flagged"
    r"|communicated)[^\n.]{0,45}\b(?:with|to|on to|onto) (?:the|our|all|my) (?:appropriate|relevant|responsible"
    r"|concerned|respective|right|correct|proper|senior|management|competent) ?(?:team|department|manager|management"
    r"|staff|colleagues|people|parties|person|persons|teams|departments)?\b"
    r"|\b(?:look(?:ing)? forward|hope|hoping|like|love) to (?:\w+ )?(?:serv(?:e|ing)|welcom(?:e|ing)) you\b(?! (?:on"
    r"|at|with a|tomorrow))"
    r"|\blook(?:ing)? forward to (?:seeing|hearing from|having) you\b(?: \w+)?(?=[.!,\n]| again| soon)"
    r"|\bwe hope to see you (?:again|soon|back)\b"
    r"|\b(?:another|an?) (?:chance|opportunity) to (?:serve|welcome|regain)\b"
    r"|\bhope (?:that )?you(?:'ll| will) (?:give us another|continue|choose us|consider us)"
    r"|\b(?:bring|brought|bringing|brings|drawing|drew)(?: \w+){1,4} (?:to|into) (?:our|my) (?:attention|notice)\b"
    r"|\b(?:do not|don't) hesitate to\b"
    r"|\b(?:please )?feel free to (?:contact|reach|get in touch|let us know)\b"
    r"|\b(?:any )?(?:further|other|additional) (?:questions|queries|concerns|assistance)\b"
    r"|\bto better (?:serve|assist|help)\b|\b(?:serve|assist) you better\b"
    rf"|\byour (?:{_THEIR_WORDS}|complaint|case|request|ticket|e-?mail) (?:has|have|is|was|were|will)(?: been| be"
    r"| being)? (?:\w+ly )?(?:noted|registered|logged|received|escalated|forwarded|recorded|taken on board|processed"
    r"|passed|reviewed|dealt|handled|assigned)\b"
    r"|\b(?:acknowledge|confirm) (?:the )?receipt\b|\b(?:this is an|sent) automat(?:ed|ic)"
    r"|\bticket (?:has been |is )?closed\b|\bknown issue\b"
    rf"|\b(?:taken|take) (?:your|these|all|this|it)[^\n.]{{0,20}} on board\b"
    r"|\b(?:isolated|one-off) (?:incident|case|event)\b"
    r"|\bnot (?:the|a) (?:level|standard|kind|type|quality|experience|service) (?:of [\w ]{3,30} )?(?:we|that we"
    r"|our)\b"
    r"|\b(?:not|does not|doesn't) (?:reflect|representative|indicative|reflective|represent)(?: of)? (?:our|the|how we"
    r"|what we)\b"
    r"|\bhigh(?:est)? (?:quality )?standards\b"
    r"|\bdoing (?:everything|all|our best|our utmost|the best) (?:we|in our|to)\b|\b(?:world|first)-class\b"
    r"|\bvaluable (?:feedback|insight)\b|\b(?:relevant|appropriate|responsible|proper|correct) (?:people|persons?"
    r"|teams?|departments?|colleagues|quarters|channels|parties|managers?|authorities)\b"
    r"|\bnothing (?:matters|is) more (?:important )?to us\b|\bnothing (?:matters|is) more important\b"
    r"|\bmeans? (?:everything|the world|a (?:great deal|lot)) to us\b"
    r"|\bhere at [\w' ]{2,30}, (?:we|our|nothing|every|you)\b|\b(?:appropriate|corrective|necessary|relevant|suitable"
    r"|all due) (?:measures|steps|actions?)\b"
    r"|\bhelps? us (?:to )?(?:improve|grow|learn|get better|become|do better|serve)\b|\b(?:usual|normal|customary"
    r"|expected|exacting) (?:high )?standards?\b"
    r"|\bput(?:ting)? (?:our )?(?:customers|guests|patients|clients|you) (?:first(?! on\b| in\b)|at the)\b"
    r"|\bevery (?:customer|guest|client|patient|passenger|member) (?:matters|counts|is important)\b"
    r"|\bwe (?:apologi[sz]e|are sorry) for the (?:experience|situation|matter)\b|\b(?:we|i) (?:hear"
    r"|see) you\b(?=[.,!\n])|\bwhile we (?:always|do our)\b"
    r"|\bexceptional (?:service|experience)s?\b"
    r"|\bon behalf of (?:the )?(?:entire |whole )?(?:team|everyone|company|management)\b"
)
TEMPLATE_MARK = re.compile(
    r"\[[a-z][a-z _'/-]{1,30}\]|\{\{|\{[a-z_]+\}|<(?:name|first|last|order|date|customer|insert|amount)[^>\n]{0,20}>"
    r"|%[a-z_]{3,20}%|_{4,}|\bx{3,}\b"
)

_MINIMISING = re.compile(
    r"\b(?:small|little|slight|minor|tiny|bit of a|brief|short|unfortunate|rare|simple|mere) (?:\w+ )?(?:hiccups?"
    r"|delays?|issues?|problems?|incidents?|mix-?ups?|mistakes?|errors?|misunderstandings?|glitch|inconveniences?"
    r"|setbacks?|oversights?|slips?|upset|confusion|mishaps?|matter|thing)\b|\bhiccups?\b|\binconvenienc\w+"
    r"|\bunfortunate (?:incident|situation|event|circumstances|experience)\b|"
    r"\b(?:only|just|merely) (?:a|an|one|some|\d+|a few|a couple) (?:\w+ )?(?:minutes?|hours?|days?|mistake|error"
    r"|hiccup|little|small|bit)\b|\bit(?:'s| is| was) (?:just|only) a\b"
    r"|\bnot (?:that|so) (?:bad|serious|big)\b"
)
_SHIELD = re.compile(
    r"\b(?:per|under|against|according to|due to|following|in line with|it(?:'s| is)) (?:our|company|store|house|the"
    r"|shop) (?:\w+ )?(?:policy|policies|rules|guidelines|procedures?)\b"
    r"|\b(?:we|i)(?:'re| are| am|'m) (?:unfortunately |sadly |afraid |not |un)*(?:unable|not able|not in a position"
    r"|not allowed|not permitted) to\b"
    r"|\bunfortunately,? (?:we|i|it|this|that|there)(?: \w+)? (?:cannot|can't|can not|unable|isn't|is not|won't"
    r"|will not|don't|do not|no)\b|\bour hands are tied\b"
    r"|\b(?:we|i) (?:cannot|can't|can not|don't|do not) (?:offer|give|accept|issue|make|process|provide|refund"
    r"|exchange)\b"
)
_OFFER = re.compile(
    r"\b(?:but|instead|what (?:i|we) can|(?:i|we)(?:'ll| will| can| could|'ve| have)|would you|shall i|may i)\b"
)
_JARGON = re.compile(
    r"\b(?:going forward|moving forward|touch base|reach out|circle back|stakeholders?|synergy|leverage|utili[sz]e"
    r"|escalat(?:e|ed|ion)|kpi|sla|end-to-end|customer journey|touchpoints?|pain points?|learnings|action(?:ed|ing)"
    r"|deep dive|root cause|proactive(?:ly)?|at this (?:point|moment) in time|with regards? to|herewith|hereby"
    r"|aforementioned|the above-mentioned|pursuant|revert back|facilitate)\b"
)
_SHOUT = re.compile(
    r"\b(?!(?:AM|PM|UTC|EUR|USD|GBP|CSV|PDF|FAQ|VAT|DHL|UPS|GPS|SMS|ASAP|NOT)\b)[A-Z]{4,}\b(?:[ ,!]+[A-Z]{2,}\b)*"
    r"|!{2,}|[\U0001f300-\U0001faff\u2600-\u27bf]"
)

LONG_WORDS, SHORT_WORDS, STORE_CHARS = 180, 60, 350


def boilerplate(reading: Reading) -> Iterator[Span]:
    """P1: stock phrases, and the marks of a template that nobody filled in."""
    for pattern in (BOILERPLATE, TEMPLATE_MARK):
        yield from (match.span() for match in pattern.finditer(reading.text))


def minimises(reading: Reading) -> Iterator[Span]:
    """E4."""
    return (match.span() for match in _MINIMISING.finditer(reading.text))


def hides_behind_policy(reading: Reading) -> Iterator[Span]:
    """E5: a refusal with no alternative in its own sentence or the next."""
    for match in _SHIELD.finditer(reading.text):
        number = reading.letter.sentence(match.start())
        rest = reading.text[match.end() : reading.letter.span(number)[1]]
        if not _OFFER.search(rest) and not _OFFER.search(reading.letter.words_of(number + 1)):
            yield match.span()


def says_abuse_back(reading: Reading) -> Iterator[Span]:
    """E6: in quotation marks or without, and in whatever language it was said."""
    theirs = "\n".join(each.comment for each in reading.given.heard if each.comment)
    return said_back(reading.letter.original, seen(theirs))


def misjudges_length(reading: Reading) -> Iterator[Span]:
    """L1: severe harm deserves more than a line, small harm less than a page; Google Play cuts replies at 350 characters."""
    feedback, severity, words = reading.given.feedback, reading.given.severity, len(reading.letter.body.split())
    in_app_store = feedback is not None and "play" in feedback.source.lower()
    too_short = severity in (Severity.HIGH, Severity.CRITICAL) and words < SHORT_WORDS
    too_long = severity is Severity.NORMAL and words > LONG_WORDS
    if too_short or too_long or (in_app_store and len(reading.letter.original) > STORE_CHARS):
        yield MISSING


def jargon(reading: Reading) -> Iterator[Span]:
    """L2."""
    yield from (match.span() for match in _JARGON.finditer(reading.text))
    yield from (match.span() for match in _SHOUT.finditer(reading.letter.original))


_PLAIN = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. May I bring another on Friday at 7 pm?\nTom"


RULES = (
    Rule(
        id="P1",
        name="Boilerplate",
        severity="block",
        why="Stock phrases tell the customer that nobody in particular is answering.",
        fix="Delete the phrase, or say the same in your own words about their case.",
        source="Packard & Berger 2021, JCR; Min, Lim & Magnini 2015, Cornell HQ 56(2)",
        bad=(
            "I'm sorry I sent the soup late. It is refunded. Your feedback is important to us.\nTom",
            "Dear [Name], I'm sorry I sent the soup late.\nTom",
        ),
        good=(_PLAIN, "Thank you for telling me about the soup. I'm sorry, I sent it late. Refunded.\nTom"),
        find=boilerplate,
    ),
    Rule(
        id="E4",
        name="Minimising",
        severity="warn",
        why="It makes small what was not small to them.",
        fix="Use their word for it, or a plain one.",
        source="SorryWatch on minimising; Kapeš et al. 2022",
        bad=("I'm sorry for the small hiccup with your soup, I sent it late. It's refunded.\nTom",),
        good=(_PLAIN,),
        find=minimises,
    ),
    Rule(
        id="E5",
        name="Policy as a shield",
        severity="warn",
        why="A no with nothing beside it ends the conversation.",
        fix="Say what you can do in the same breath.",
        source="Singh et al., HBR 2018: options raise satisfaction; Dixon, Freeman & Toman, HBR 2010",
        bad=("I'm sorry I sent the soup late. Unfortunately we cannot refund it.\nTom",),
        good=("I'm sorry I sent the soup late. Unfortunately I can't undo it, but I have refunded it.\nTom",),
        find=hides_behind_policy,
    ),
    Rule(
        id="E6",
        name="Says their abuse back",
        severity="block",
        why="It repeats a word that they said in anger, and reads as if we held it against them.",
        fix="Name what went wrong instead, in our words.",
        source="Ours: a customer read his own insult in our letter",
        bad=(
            "Hello Ana, you told us: “Soup cold, you are idiots”. I'm sorry, I sent it late. I have refunded it.\nTom",
            "Hello Ana, I'm sorry, I sent your soup out cold. We are no idiots, all the same. I have refunded it.\nTom",
        ),
        good=("Hello Ana, I'm sorry, I sent your soup out cold. I have refunded it.\nTom",),
        given={"comment": "Soup cold, you are idiots"},
        find=says_abuse_back,
    ),
    Rule(
        id="L1",
        name="Length does not fit",
        severity="warn",
        why="Grave harm deserves more than a line, and a small matter less than a page.",
        fix="At least 60 words when much is at stake, at most 180 otherwise; 350 characters on Google Play.",
        source="Fehr & Gelfand 2010: longer apologies help more when harm is severe; limits are ours",
        bad=("I'm sorry, I sent the soup late. Refunded.\nTom",),
        good=(" ".join([_PLAIN] * 3),),
        given={"severity": Severity.HIGH},
        find=misjudges_length,
    ),
    Rule(
        id="L2",
        name="Jargon, capitals, exclamation marks, emoji",
        severity="warn",
        why="Office words and loud marks sound careless to somebody who is upset.",
        fix="Use the words you would use on the telephone.",
        source="Style",
        bad=("I'm sorry!! I sent the soup late. Going forward we'll leverage more drivers.\nTom",),
        good=(_PLAIN,),
        find=jargon,
    ),
)
