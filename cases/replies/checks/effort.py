"""Whether the reply hands the work back to the customer (R5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.finding import Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading

_EFFORT = re.compile(
    # an imperative: after "please", "you will need to", or at the start of a clause
    r"\b(?:(?:please|kindly|just|simply|and|you (?:can|may|will need to|need to|must|should|have to|will have to"
    r"|are welcome to|would need to|could)|ask you to|advise you to|suggest you|request you to)"
    r" (?:also |then |first |directly )?|(?<!\w ))"
    r"(?:(?:contact|call|phone|ring|write to|e-?mail|message|get in touch with|reach out to|speak (?:to|with)|turn to"
    r"|approach|refer to|consult|check with|take (?:it|this) up with|raise (?:it|this) with)(?! (?:me"
    r"|my)\b)(?: \w+){0,3}? (?:customer"
    r"|support|service|team|line|help ?(?:desk|line|centre)?|hotline|department|desk|office|centre|center|carrier"
    r"|courier|manufacturer|supplier|bank|insurer|branch|neighbours|post office|airline|complaints|shop|store"
    r"|reception|provider|dhl|ups|fedex|contact form)\b"
    r"|(?:fill (?:in|out)|complete|submit|use|fill)(?: \w+){0,6}? (?:form|ticket|claim|questionnaire|survey|portal"
    r"|request|app)\b"
    r"|(?:open|raise|log|create|file|lodge|start)(?: \w+){0,3}? (?:ticket|case|claim|request|dispute|complaint)\b"
    r"|log ?in to"
    r"|(?:visit|go to|see|check|log in to|log into|look at|have a look at) (?:our|the) (?:\w+ )?(?:website|web site"
    r"|faqs?|help pages?|help centre|help center|portal|app|page|terms|account page|support page)"
    r"|(?:resubmit|re-submit|start over|start again|try again|order again|reorder|apply again|call back"
    r"|contact us again|write again)\b)"
    r"|\b(?<!nothing )(?<!all )(?<!what )(?<!anything )(?<!if )(?:you(?:'ll| will| would|'d) (?:have|need) to|(?:^|\n"
    r"|[,.;:] |but |and |so |first |unfortunately )you (?:have|need) to) (?!do (?:nothing|anything)|worry|pay nothing"
    r"|wait (?:any|no)|be (?:at home|in)|lift|say)\w+"
    r"|\b(?:make|book) (?:a|an|another) (?:\w+ )?(?:appointment|slot|visit) (?:online|on our|via|through|with our)"
    r"|\bvia (?:our|the) (?:website|app|form|portal)\b"
    r"|\b(?:send|upload|provide|attach|e-?mail|post|submit)(?: me| us)? (?:a |the |your |both )?(?:\w+ )?(?:cop(?:y"
    r"|ies) of|proof of|bank details|id\b|evidence)"
    r"|\bask your (?:bank|insurer|doctor|neighbours?|courier|landlord) to\b"
    r"|\b(?:return|bring)(?: \w+){0,4}? (?:with|together with) (?:the|your) (?:original )?(?:receipt|packaging"
    r"|invoice)|\bwith the (?:original )?receipt\b|\bat your own (?:cost|expense)\b|\bpress (?:one|two|\d)\b"
    r"|\byou (?:can|could|may) (?:also )?(?:reach|contact|call) (?:our|the)\b"
)
_ASKS_KNOWN = re.compile(
    r"\b(?:reply|send|provide|give|quote|confirm|share|tell|forward|include|need|have|answer|get back"
    r"|respond|line|mail)\b[^\n.?]{0,40}\b(?:your|the) (?:\w+ )?(?P<what>order (?:number|id|reference)|order no"
    r"|booking (?:number"
    r"|reference|code)|reference(?: number)?|claim number|e-?mail(?: address)?|phone number|telephone number"
    r"|customer number)\b"
)
_NUMBERED = re.compile(
    r"\b(?:order|booking|ref\w*|claim)\W{1,3}(?:no\W{0,2}|number |nr\W{0,2})?[a-z-]{0,4}\d", re.IGNORECASE
)


def pushes_effort(reading: Reading) -> Iterator[Span]:
    """R5: sends them elsewhere, or asks for what the case already holds."""
    yield from (match.span() for match in _EFFORT.finditer(reading.text))
    yield from (match.span() for match in _ASKS_KNOWN.finditer(reading.text) if _known(reading, match["what"]))


def _known(reading: Reading, what: str) -> bool:
    feedback = reading.given.feedback
    if feedback is None:
        return False
    if "mail" in what:
        return feedback.customer.email is not None
    if "phone" in what:
        return feedback.customer.phone is not None
    return feedback.order_ref is not None or bool(_NUMBERED.search(reading.complaint))


_MENDED = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. Which evening may I cook you another?\nTom"

RULES = (
    Rule(
        id="R5",
        name="Pushes the work to the customer",
        severity="block",
        why="It sends the customer to another desk or a form, or asks for what you already know.",
        fix="Do it for them, and say that it is done.",
        source="Dixon, Freeman & Toman, HBR 2010: repeat contact and transfers drive customers away",
        bad=("I'm sorry, we sent the soup late. Please contact our support line for a refund.\nTom",),
        good=(_MENDED, "I'm sorry, I sent the soup late. Call me on my own line, or reply here. Refunded.\nTom"),
        find=pushes_effort,
    ),
)
