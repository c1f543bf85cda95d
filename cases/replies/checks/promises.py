"""Whether what is promised to the customer has a date one can hold it to (T1-T3, T5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.dates import INDEFINITE, VAGUE, looks_ahead, pins_down
from cases.replies.checks.finding import Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading

_PROMISED = (
    r"look|get (?!better)|check|investigate|call|phone|telephone|ring|contact|reach|write|e-?mail|update|inform|notify"
    r"|let you know|tell you|send|resend|post|ship|deliver|bring|refund|replace|reimburse|"
    r"credit|pay|transfer|return|fix|repair|mend|sort|resolve|solve|correct|rectify|find|come|visit|drop|arrange"
    r"|organi[sz]e|book|review|follow|chase|see what|issue|process|prepare|provide"
    r"|put (?:it|this|things|that|everything|matters) right|"
    r"put right"
    r"|make (?:it|this|things|that|the|a|an|you|your)|redo|do (?:it|the|them)|exchange|collect|fetch|drive|raise"
    r"|escalate|compensate|handle|deal|work on"
    r"|take (?:a look|care|it up|another look|this up|that up)|cancel|remove|reopen|"
    r"be (?:in touch|back|with you|sending|refunding|calling|contacting|getting|looking|replacing|round|over)"
    r"|report back|revert|come back|give you|go through|respond|reply|answer|set (?:it|this|up)|reschedule|rebook"
    r"|clean|start|speak|talk|discuss|study|examine|analyse|ask|forward|pass"
)
_WILL = r"(?:'ll| will| shall|'m going to| am going to|'re going to| are going to)"
_ADVERBS = (
    r"(?: (?:also|then|now|just|both|personally|certainly|gladly|of course|definitely|surely|immediately|\w+ly"
    r"|of course|try to|do my best to|do our best to|make sure to))*"
)
_FIRST_PERSON = re.compile(
    rf"\b(?:i|we){_WILL}{_ADVERBS} (?:{_PROMISED})\b"
    r"|(?:^|(?<=[,;] )|(?<=and ))will (?:get back|let you know|look into|call|send|refund|sort|be in touch|investigate"
    r"|check|fix|update)\b"
    r"|\byou(?:'ll| will) (?:hear|be hearing|be contacted|be called|be refunded|be updated|be informed|get (?:a|an"
    r"|your|our)|receive|have (?:your|a|the|an|it))\b"
    r"|\b(?:our|my|the) (?:\w+ )?(?:team|department|colleagues?|manager|staff|people|office|accounts|engineers?"
    r"|technicians?|billing|support|desk|workshop|kitchen|warehouse)(?: \w+)? (?:will|is going to"
    r"|are going to) (?!be (?:happy|glad|here|there|trained)|not\b|never\b|have\b)\w+"
    rf"|\b(?:someone|somebody|one of (?:us|our|my) ?\w*|(?:our|my|the) (?:\w+ ){{1,3}}?|a (?:colleague|member of (?:the"
    r"|our) team|manager|supervisor|specialist|technician))(?: \w+)? ?(?:will|is going to) (?:be in touch|contact"
    r"|get back|call|reach out|look|investigate|review|get in touch|send|update|come|reply|respond|follow up"
    r"|be contacting|be calling)\b"
    rf"|\b(?:i|we)(?:'m|'re| am| are){_ADVERBS} (?:currently |still |already )?(?:looking into|working on|investigating"
    r"|following up|looking at|reviewing|chasing|checking)\b"
    rf"|\b(?:is|are|still) (?:working on|looking into|investigating)\b|\bwe'll see what\b"
)
_FUTURE = re.compile(
    r"\b(?:will|'ll|shall|going to|should|(?:i|we)(?:'m|'re| am| are) \w+ing|(?:is|are) (?:being|working|looking)"
    r"|to be|on (?:its|the|their) way|hope to|aim to|expect)\b|'ll\b"
)
_OURS = re.compile(
    r"\b(?:i|we|our team|you(?:'ll| will)|(?:they|these|it|that)(?:'ll| will)|(?:refund|replacement|parcel|order|box"
    r"|money|payment|credit|new one|report"
    r"|answer|reply) (?:will|is being|should))\b"
)
# "If you like I'll call", "tell me the sum and I'll pay it": theirs to set going, so no date is owed.
_THEIR_MOVE = re.compile(
    r"\bshould (?:anything|something|you|that|this|it)\b|\b(?:(?:if|whichever|whatever|whenever|wherever"
    r"|unless) (?:you|your|the bank|anything|something|anyone|that|it|this|suits|he|she|they|any)|(?:once|when"
    r"|as soon as|the moment|the minute|the day|the same day|any time|anytime) (?:you|your|it suits|suits|he|she))"
    r"|\bwhichever|\bwhenever"
    r"|\bat (?:a|any|the) time (?:you|that|of your|to suit)|\bany time\b"
    r"|\byou (?:choose|pick|decide|prefer|say|name)\b|\bof your choice|"
    r"\b(?:tell|let|send|bring|give|ring|reply|say|name|choose|pick|drop|show|call|text|write)(?: (?:me|us|it|her|him"
    r"|the|a|over|in|back|your|to|know|which|when|what|how|word)\b[^\n]{0,60})?(?:,| and| -|;) (?:\w+ )?(?:i|we)(?:'ll"
    r"| will)|\bjust send\b|\byour? (?:call|choice)\b|\buntil\b|\bfrom (?:now|here) on\b|\bsame day\b|\bas long as\b"
)
_CHOICE = re.compile(r"\b(?:prefer|rather|which)\b[^\n]*\bor\b[^\n]*\?|\bwhich (?:one|of|would|do|shall)\b[^\n]*\?")
_GREETS = re.compile(
    r"\b(?:see you|get well|feel(?:s|ing)? better|gets? better|speak soon|talk soon|hope (?:to|you|he|she|your|we))\b"
)
_BANK = re.compile(
    r"\b(?:bank|card|statement)\b[^\n]*\b(?:takes?|show|appear|reach)"
    r"|\b(?:takes?|show|appear|reach)\w*\b[^\n]*\b(?:bank|card|account|statement)\b"
)
_NEVER_AGAIN = re.compile(
    r"\b(?:(?:will|'ll|can|does|shall) ?(?:not|n't|never)|won't|never)(?: ever)? (?:happen|occur|repeat|be repeated"
    r"|take place)(?: \w+){0,3}? again\b|\bnever (?:happen|occur)s? again\b|\bwon't happen (?:again|twice)"
    r"|\b(?:i|we)(?: can)?(?: \w+ly)? guarantee\b|\bguaranteed\b|\bnever again will\b"
    r"|\b100 ?(?:%|percent) (?:sure|certain)"
    r"|\b(?:i|we) (?:promise|swear)(?: you)? (?:that )?(?:this|it|we|i)[^\n]{0,20}\bnever\b"
)
_TIGHT = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall)[^\n]{0,60}\b(?:within the (?:next )?hour|in (?:the next )?(?:\d|[1-5]\d|five|ten"
    r"|fifteen|twenty|thirty) ?min(?:ute)?s?|within (?:an|one|1) hour|in an hour|within minutes)\b"
)


def undated(reading: Reading) -> Iterator[Span]:
    """T1: an act promised in the first person, or "soon", with no date in its sentence or beside it."""
    for number in range(len(reading.letter.starts)):
        sentence = reading.letter.words_of(number)
        match = _promise(sentence)
        if match and not VAGUE.search(sentence) and not (_dated(reading, number) or _awaits_choice(reading, number)):
            yield _placed(reading, number, match)


def _promise(sentence: str) -> re.Match[str] | None:
    if "?" in sentence or _THEIR_MOVE.search(sentence):
        return None
    return _FIRST_PERSON.search(sentence) or _soon(sentence)


def _soon(sentence: str) -> re.Match[str] | None:
    if _GREETS.search(sentence) or not (_FUTURE.search(sentence) and _OURS.search(sentence)):
        return None
    return INDEFINITE.search(sentence)


def _awaits_choice(reading: Reading, number: int) -> bool:
    """ "I'll pay her. Would you prefer that or its value?": a date follows the answer."""
    return bool(_CHOICE.search(reading.letter.words_of(number + 1)))


def _dated(reading: Reading, number: int) -> bool:
    """A date in the sentence, or in a neighbour that does not speak of the past: "Would Thursday at 10 suit?"."""
    if pins_down(reading.letter.words_of(number)):
        return True
    return any(looks_ahead(reading.letter.words_of(beside)) for beside in (number - 1, number + 1, number + 2))


def vague(reading: Reading) -> Iterator[Span]:
    """T2: "tomorrow", "in a few days", "within 3-5 days" in a promise, with nothing beside it that names the day."""
    for number in range(len(reading.letter.starts)):
        sentence = reading.letter.words_of(number)
        match = VAGUE.search(sentence)
        if match and _is_ours(sentence) and not _dated(reading, number):
            yield _placed(reading, number, match)


def _is_ours(sentence: str) -> bool:
    if "?" in sentence or _THEIR_MOVE.search(sentence) or _BANK.search(sentence):
        return False
    return bool(_FUTURE.search(sentence) and _OURS.search(sentence))


def _placed(reading: Reading, number: int, match: re.Match[str]) -> Span:
    start = reading.letter.starts[number]
    return start + match.start(), start + match.end()


def never_again(reading: Reading) -> Iterator[Span]:
    """T3."""
    return (match.span() for match in _NEVER_AGAIN.finditer(reading.text))


def too_tight(reading: Reading) -> Iterator[Span]:
    """T5."""
    return (match.span() for match in _TIGHT.finditer(reading.text))


_START = "I'm sorry. I sent your soup out cold and an hour late. "

RULES = (
    Rule(
        id="T1",
        name="Promise without a date",
        severity="block",
        why="A wait without an end feels longer, and nobody can keep a promise that has no date.",
        fix="Add the day and the hour: “by Friday at 5 pm”.",
        source="Maister, The Psychology of Waiting Lines",
        bad=(
            _START + "I'll look into it and get back to you.\nTom",
            _START + "A refund will be sent to you as soon as possible.\nTom",
        ),
        good=(
            _START + "I'll call you on Friday at 5 pm.\nTom",
            _START + "If you like, I'll bring another. Refunded.\nTom",
        ),
        find=undated,
    ),
    Rule(
        id="T2",
        name="Vague date",
        severity="block",
        why="“In a few days” means something else to each of you, and is easily broken.",
        fix="Name one instant: the weekday or date, and a time.",
        source="Maister, The Psychology of Waiting Lines: told 30 minutes, served in 35, feels cheated",
        bad=(_START + "I'll refund you by the end of the week.\nTom", _START + "I'll send a new one tomorrow.\nTom"),
        good=(_START + "I'll refund you tomorrow, Tuesday, by noon.\nTom",),
        find=vague,
    ),
    Rule(
        id="T3",
        name="Promise nobody can keep",
        severity="warn",
        why="“Never again” cannot be kept, and the next slip will make a lie of it.",
        fix="Say what you have changed instead.",
        source="Lewicki, Polin & Lount 2016: an apology must be credible",
        bad=(_START + "It's refunded. This will never happen again.\nTom",),
        good=(_START + "It's refunded, and two drivers work on Fridays from now on.\nTom",),
        find=never_again,
    ),
    Rule(
        id="T5",
        name="No slack in the date",
        severity="hint",
        why="A promise kept early delights; the same promise five minutes late disappoints.",
        fix="Promise a little later than you hope to be done.",
        source="Maister, The Psychology of Waiting Lines",
        bad=(_START + "I'll refund you within the hour.\nTom",),
        good=(_START + "I'll refund you by 5 pm today.\nTom",),
        find=too_tight,
    ),
)
