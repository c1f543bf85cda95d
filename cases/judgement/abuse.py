"""Words of abuse, in the languages we speak to customers in: what no title and no reply says back."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Whatever stands around them, they abuse somebody.
_ALWAYS = (
    r"idiots?|morons?|imbeciles?|cretins?|bastards?|assholes?|arseholes?|wankers?|scumbags?|dickheads?|twats?|pricks?|bitch(?:es)?|cunts?"
    r"|f\*+\w*|fuck\w*|shit\w*|bullshit|crap|wtf|idioten|arschl[oö]ch\w*|schei(?:ss|ß)\w*|verdammt\w*|connards?|salauds?|merde"
    r"|idiotas?|imb[eé]cil\w*|mierda|gilipollas|idioti?|stronz\w*|cretin[oi]|klootzak\w*|sukkels?|merda"
)
# Words with an honest sense too ("the clown costume"): abuse where somebody is called that.
_CALLED = (
    r"clowns?|jokes?|liars?|thieves|crooks?|scammers?|scum|losers?|fools?|muppets?|jokers?|amateurs?|betr[uü]ger\w*|abzocker\w*|voleurs?"
    r"|ladron\w*|ladri|burros?|oplichters?"
)
_LED = r"(?:you(?:'re| are| people are| lot are)?|are|these|(?:a )?bunch of|complete|absolute|utter|total|such|seid|sind|êtes|sois|son|siete|zijn)"
_STRONGER = r"(?:you|these|such|(?:a )?bunch of|complete|absolute|utter|total|fucking|bloody|stupid|damn|effing)"
ABUSE = re.compile(
    rf"\b(?:{_STRONGER} ){{0,3}}(?:{_ALWAYS})\b|\b(?:{_STRONGER} ){{0,3}}{_LED} (?:\w+ )?(?:{_CALLED})\b(?! \w*(?:costume|suit|fish))",
    re.IGNORECASE,
)
_WORD = re.compile(rf"\b(?:{_ALWAYS}|{_CALLED})\b", re.IGNORECASE)


def said_back(reply: str, complaint: str) -> Iterator[tuple[int, int]]:
    """Where a reply repeats a word by which the customer abused somebody."""
    theirs = {word[0].casefold() for abuse in ABUSE.finditer(complaint) for word in _WORD.finditer(abuse[0])}
    return (word.span() for word in _WORD.finditer(reply) if word[0].casefold() in theirs)
