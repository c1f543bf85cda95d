"""Whether a customer asks to be left alone: a refusal, as against a wish for another time or another way."""

from __future__ import annotations

from cases.judgement.patterns import compiled
from cases.judgement.tongues import TONGUES

_REACH = "(call|phone|ring|contact|email|text|write|message|mail|reply|respond|answer|get in touch|get back|reach out|follow up|(bother|disturb) (me|us)|chase|pester|approach|telephone|speak|talk)"
_REACHING = "(calling|phoning|ringing|contacting|emailing|texting|writing|messaging|mailing|bothering|pestering|replying|chasing|sending|spamming|harassing|hounding)"
_CONTACT = "(calls?|call back|callback|reply|response|answer|contact|emails?|follow up|phone calls?|texts?|messages?|surveys?|callbacks?)"
# An imperative stands at the start of its phrase; "you do not reply" and "why do you not call" are complaints.
_START = "([.,?]|please|and|so|just|but|kindly|also|ever|again|or|then|thanks|therefore|because|obviously|better|you can|to) "

_REFUSAL = compiled(
    f"{_START}(do not|never|no longer) (you |ever |even |please |try to |dare |dare to |bother to |need to )*{_REACH}( to| back| me| us| again| with)*",
    f"{_START}do not (even )?bother( <1>{_REACHING}| (to )?{_REACH}| with (a |the )?(reply|response|apology|call)| me)?(?= [.,?])",
    f"{_START}do not (even )?bother <1>({_REACHING}|{_REACH})",
    f"(refrain|desist|abstain) from <1>({_REACHING}|{_CONTACT})",
    f"(stop|cease|quit) <1>{_REACHING}( me| us| to)?",
    f"(no need|not necessary|unnecessary|no point|no reason|not need|not required|do not have|does not need) (for you |you |for anyone |anyone )?(to |in )?({_REACH}|{_REACHING}|(for )?<1>{_CONTACT})",
    f"no <2>{_CONTACT} (is |are )?<1>(needed|necessary|required|please|wanted|expected)",
    "leave (me|us) (alone|in peace|be)",
    f"(do not|no longer|would rather not|prefer not to|rather not|not|never) (ever )?(want|wish|like|care|need|expect|be|interested) <3>({_CONTACT}|(to )?(be )?(contacted|called|phoned|emailed|rung|messaged|disturbed|bothered|approached)|hear from|speak (to|with)|talk (to|with)|you (to|calling|contacting) <1>)",
    "(prefer|rather|wish|ask|asked) <2>not (to )?(be )?(contacted|called|phoned|emailed|hear from|bothered|contact|call)",
    "(prefer|rather) (that )?(you|nobody|no one) (did not|do not|not|never)? ?(call|contact|phone|email|called|contacted|emailed)",
    "(take|remove|delete) (me|my (email|number|name|address|details)) <2>(off|from) <4>",
    "lose my (number|email|address)",
    "(unsubscribe|opt) (me|out)",
)  # fmt: skip

# What follows makes it a wish about when or how, not a refusal.
_TERMS = compiled(
    "(before|after|until|till|between|during|while|when|on (mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|weekends|weekdays|(this|that|my|the) (number|landline|phone|line|mobile)|my work)"
    "|at (work|night|home|lunch|the office|[0-9]+|weekends|the weekend|my old)|in the (morning|mornings|evening|evenings|afternoon|afternoons|middle|night)|by (phone|telephone|post)|past|earlier|later than|this (week|morning)|today|tonight|tomorrow"
    "|(my|the|our) (landline|work|office|home|old|mobile|husband|wife|bell|door|neighbours?)|instead|rather|too early|so late|unless|the doorbell)"
)
_OTHER_WAY = compiled(
    "(email|text|write|message|mail|whatsapp|call|phone) (me |us )?(instead|only|is better|is fine|is best|please|at|on)",
    "(by|via|through) (email|text|post|whatsapp|chat|sms|mail) (only|please|instead|is)?",
)


def asks_no_contact(plain: str, tongue: str) -> tuple[int, int] | None:
    """Where in the plain text a wish to be left alone stands, or None."""
    for match in _REFUSAL.finditer(" ." + plain):
        rest = plain[match.end() - 2 :]
        phrase = rest.split(" . ")[0].split(" ? ")[0][:60] + " "
        if not _TERMS.match(phrase) and not _OTHER_WAY.search(phrase):
            start, end = match.span()
            return max(0, start - 2), end - 2
    abroad = TONGUES[tongue].no_contact.pattern.search(plain) if tongue in TONGUES else None
    return abroad.span() if abroad else None
