"""How a colleague says by which way they contacted a customer, or tried: the words, and what is told besides."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cases.model import Way
from cases.spoken.signs import level

# A noun only names the way. A verb is part of what was said, and stays there unless a sign sets it apart.
WAY_NOUNS = {
    **dict.fromkeys(("phone", "telephone", "tel", "call"), Way.PHONE),
    **dict.fromkeys(("email", "e-mail", "mail"), Way.EMAIL),
    **dict.fromkeys(("chat", "sms", "whatsapp"), Way.CHAT),
    **dict.fromkeys(("in person", "in_person", "face to face"), Way.IN_PERSON),
    **dict.fromkeys(("public reply", "public_reply", "public"), Way.PUBLIC_REPLY),
    **dict.fromkeys(("letter", "post"), Way.LETTER),
    "other": Way.OTHER,
}
WAY_VERBS = {
    **dict.fromkeys(("called", "rang", "phoned", "telephoned"), Way.PHONE),
    **dict.fromkeys(("emailed", "e-mailed", "mailed"), Way.EMAIL),
    **dict.fromkeys(("chatted", "texted", "messaged"), Way.CHAT),
    **dict.fromkeys(("met", "visited"), Way.IN_PERSON),
    "replied publicly": Way.PUBLIC_REPLY,
}
# An attempt also names what answered in the customer's place.
TRIED_BY = {
    **WAY_NOUNS,
    **WAY_VERBS,
    **dict.fromkeys(("voicemail", "voice mail", "answering machine", "mailbox", "number"), Way.PHONE),
    **dict.fromkeys(("wrote", "written"), Way.EMAIL),
}
SIGNS = " \t\r\n\u00a0,:;.–—‑‒―-"


def at_front(words: Iterable[str], lead: str = "") -> re.Pattern[str]:
    """Matches any of the words at the front of a text, the longest first."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"[\"'`]?{lead}({'|'.join(map(re.escape, longest_first))})(?![\w-])[\"'`]?", re.IGNORECASE)


_NOUN = at_front(WAY_NOUNS, r"(?:(?:by|via|per)\s+)?")
_VERB = at_front(WAY_VERBS)
_TRIED = at_front(TRIED_BY, r"(?:(?:by|via|per|on|the|her|his|their|a|an|left|only|got|tried|to)\s+)*")
_BREATHS = re.compile(r"\s*(?:[,;:+&/\n]|\b(?:then|and|und|dann)\b)\s*", re.IGNORECASE)


def read_way(said: str) -> tuple[Way | None, str | None]:
    """The way that words begin with, and what else they say."""
    words = said.lstrip(SIGNS)
    if noun := _NOUN.match(level(words)):
        return WAY_NOUNS[noun[1].lower()], words[noun.end() :].strip(SIGNS) or None
    if not (verb := _VERB.match(level(words))):
        return None, words or None
    beyond = words[verb.end() :].lstrip()
    told = words if beyond and beyond[0] not in SIGNS else beyond.strip(SIGNS)
    return WAY_VERBS[verb[1].lower()], told or None


def read_ways(said: str) -> tuple[Way | None, tuple[Way, ...], str | None]:
    """Of attempts: the first way, all of them where there are several, and what is told besides."""
    ways = ways_in(said)
    way, text = read_way(said)
    return (way, (), text) if len(ways) < 2 and way else (ways[0] if ways else None, several(ways), said or None)


def several(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Where there are several."""
    return ways if len(ways) > 1 else ()


def ways_in(said: str) -> tuple[Way, ...]:
    """ "phone, voicemail then mail": every part that begins with a way is an attempt by it; one that goes on is one attempt."""
    parts = (part.strip(SIGNS) for part in _BREATHS.split(level(said)))
    ways = [TRIED_BY[found[1].lower()] for part in parts if (found := _TRIED.match(part))]
    return tuple(way for place, way in enumerate(ways) if place == 0 or ways[place - 1] is not way)
