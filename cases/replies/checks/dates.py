"""Which words pin a promise to an instant, and which only sound as if they did."""

from __future__ import annotations

import re

from cases.spoken.instants import names_instant

_AT_ONCE = re.compile(
    r"\b(?:this (?:very )?(?:minute|moment|hour)|right now|right away|straight ?away|immediately|at once|on the spot)\b"
)
RANGE_OF_HOURS = re.compile(r"\b\d+ ?(?:-|to|or) ?\d+ (?:working |business )?(?:hours|hrs)\b")
VAGUE = re.compile(
    r"\b(?:tomorrow|next (?:week|month|few \w+|couple of \w+)|this (?:week|month|weekend)|(?:early|later|some ?time|over) (?:this|next|the) (?:week|month|weekend)"
    r"|end of (?:the|this|next) (?:week|month|year)|a fortnight|a few (?:days|weeks)|(?:the )?coming (?:days|weeks)|one of these days"
    r"|(?:in|within|over|during|after) (?:the (?:next|coming|following) )?(?:(?:a |the )?(?:few|couple of|several|some|coming|next|following)|\d+(?: ?(?:-|to|or) ?\d+)?"
    r"|a|one|two|three|four|five|six|seven|ten|fourteen|up to \w+)(?: (?:to|or) \w+)? ?(?:working |business )*(?:days?|weeks?|months?)"
    r"|\d+ ?(?:-|to) ?\d+ (?:working |business )?(?:days|weeks|hours|hrs))\b"
)
INDEFINITE = re.compile(
    r"\b(?:as (?:soon|quickly|fast|promptly|early) as (?:possible|i can|we can)|shortly|in due course|at (?:our|the|my) earliest|in the near future|at some point|in good time"
    r"|without delay|(?<!too )(?<!so )(?<!how )(?<!as )soon(?! as| enough))\b"
)
_PASSED = re.compile(
    r"\b(?:was|were|went|left|have|has|had|'ve|did|didn't|yesterday|ago|refunded|sent|paid|missed|forgot|told|promised"
    r"|said|\w+ed)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|shall|may|can|could|would|suit|works? for|is (?:coming|with|at|on|booked)|are (?:coming|booked)"
    r"|arrives?|leaves|goes|comes|takes|starts|opens|reach(?:es)?|by|until|'m \w+ing|am \w+ing)\b|'ll\b|\?"
)


def pins_down(sentence: str) -> bool:
    """Whether a weekday, date, clock time or a plain span of hours stands in it."""
    return (names_instant(sentence) or bool(_AT_ONCE.search(sentence))) and not RANGE_OF_HOURS.search(sentence)


def looks_ahead(sentence: str) -> bool:
    """Whether it names a day or an hour still to come: "Would Thursday at 10 suit?", not "it went out on Friday"."""
    return pins_down(sentence) and bool(_AHEAD.search(sentence) or not _PASSED.search(sentence))
