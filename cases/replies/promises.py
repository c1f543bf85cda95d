"""Promises with a date in a reply, and the instant each falls due on the customer's own clock; English, no clock of ours.

What is promised without a date, or with a vague one, is left to the reply check T1, which blocks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers import timezone as phone_zones

from cases.model import Case
from cases.policy.page import Policy
from cases.replies.checks.letter import Letter, letter
from cases.replies.written_dates import Clock
from cases.spoken.english import words
from cases.spoken.instants import Deadline, deadline
from cases.spoken.spots import Span

_VERBS = (
    "call phone telephone ring send resend bring refund come deliver write pay post ship drive collect replace repair fix "
    "visit transfer credit reply answer check tell drop e-?mail confirm hand book pick sort"
)
_DEEDS = rf"(?:{_VERBS.replace(' ', '|')}|let you know|get back)"
_DOING = rf"(?:{'|'.join(verb.removesuffix('e') for verb in _VERBS.split())})p?(?:ing|ed)\b"
# Who will: the writer, the house ("your refund will be with you"), the customer only where something comes to them. What
# somebody else does has its subject in the deed; what the writer does needs none.
_OURS = (
    r"\b(?:i|we)(?:'ll| will| shall|'m going to|'re going to| am going to| are going to)(?! (?:not|never|be sorry)\b)"
    r"|\b(?:i|we)(?:'m| am|'re| are)(?= (?:\w+ly |also |now |just )?(?!writing|hoping|looking|answering|replying|feeling|thinking"
    r"|going|being|apologi|asking|wondering|working|making sure|trying)[a-z]+ing\b)"
    rf"|(?<!may )(?<!can )(?<!shall )(?<!could )(?<!should )(?<!would )(?<!might )(?<!did )(?<!that )\b(?:i|we)(?= {_DEEDS}\b)"
    r"|\bexpect(?= (?:a|my|our|the|it|your)\b)|\b(?:i|we) (?:promise|plan|intend|mean|undertake)(?: you)? to\b"
    r"|\b(?:i|we)(?:'ve| have) (?:booked|arranged|reserved)(?= [^;\n]{1,60} for )|\b(?:promises?|plan|next steps?):"
)
_THEIRS_TO_HAVE = (
    r"\byou(?:'ll| will| are going to)(?= (?:\w+ly )?(?:have|get|hear|receive|find|be (?:called|refunded|contacted|paid|told)|see|know)\b)"
    r"|\byou(?= (?:get|receive) (?:your|it|the|all|every|a)\b)"
)
_NOBODY = (
    r"\b(?!(?:you|i|we|they|nobody|nothing|that|what|who|which|if|bank|weather|shop|store|office)\b)\w[\w'.-]{0,30}+,?"
)
_COMES = rf"(?:arrives|leaves|goes out|comes|reaches your?|lands|gets to you|{_DEEDS}s)\b"
_SOMEBODYS = (
    rf"{_NOBODY}(?P<verb>(?:'ll| will)(?! (?:not|never|you|i|we|it)\b)(?= \w)| (?:is|are|gets?)(?= (?:\w+ly )?(?:back|ready|with you|due|on (?:its|the|their) way"
    rf"|{_DOING}|paid|sent|done)\b)| {_COMES})|\b{_COMES}"
)
_PROMISE = re.compile(rf"(?P<ours>{_OURS})|(?:{_THEIRS_TO_HAVE}|{_SOMEBODYS})")
_PIECE = re.compile(
    r"(?<=[,;:]) "
)  # "Your money, 49.90, is back": what stands between two commas belongs to the word before
_LEAD = re.compile(r".*\b(?:that|because) |\W*(?:(?:and|but|so|then|also|now)\b,? ?)*")
_SAID = r"said|promised|told you|wrote|thought|believed|claimed|was told|were told"
_DENIED = re.compile(rf"\b(?:{_SAID}|why|whether|how|before)(?: you)?(?: that)? $")
_REPORTED = re.compile(
    rf"\b(?:{_SAID})(?: you)?(?: that)?(?: [\w'-]+){{0,3}} ?$"
)  # "you wrote that the box comes on Friday"
# "If you like I'll call on Friday": theirs to set going. "If anything else is wrong" sets nothing going.
_THEIR_MOVE = re.compile(
    r"\b(?:if|whenever|whichever|once|as soon as|when) (?:you(?:'d|r)?|that|it|this|he|she|they|any)\b(?! (?:need|have any|notice))"
    r"|(?<!'ll )(?<!will )\b(?:tell|let|send|give|ring|call|write|say|name)(?: \w+){0,5} and (?:i|we)(?:'ll| will)"
)
# "… to say when it arrives", "let you know if it is the pump": what will be told, and nobody waits for it; nor for "… or
# sooner, if it comes before".
_TOLD_OF = re.compile(
    r"\b(?:say|tell(?: \w+)?|know|see|check|find out|ask|hear|explain|confirm|report|show(?: \w+)?|sure|learn|understand|decide|about"
    r"|or (?:earlier|sooner|before(?: that)?|at once|later)),?(?: (?:exactly|just|even|also|both|precisely))? $"
)
_TOLD_LATER = re.compile(r"\b(?:let (?:you|her|him|them) know|tell you|know|find out) [^,;:\n]{2,40} $")
# "A box on Thursday, and a call at ten": a second thing begins only behind a day.
_CLAUSE = re.compile(
    rf";|:(?= (?:it|they|you|i|we)(?:'ll| will)\b)|(?:(?<=day)|(?<=row)),? and (?=(?:an?|my|our|your|the)\b)|,? (?:and|but),? (?=(?:if|when|once|whenever|as soon as|should)\b)|,? (?:and|but|then|and then) (?=(?:i|we|you)(?:'ll| will|'m| am|'re| are)\b|(?:will )?{_DEEDS}(?: you| the| a| it| your)\b"
    r"|will\b|(?:arrives|leaves|comes|reaches|is (?:with you|due|coming))\b|(?:on|by|at|until|before|within|in) [^,;\n]{1,40} (?:i|we|you)(?:'ll| will)\b)"
)
_THEN = re.compile(r"\b(?:then|(?:on )?that day)\b")  # the day that the sentence has named
# A date in front of the promise belongs to it only where the sentence begins with it.
_FRONT = re.compile(
    r"\W*(?:(?:and|so|then|also|but|now|first|please note|latest)\b,? ?)*(?:by|on|at|before|until|within|in|inside|this|next|from"
    r"|no later than|between|today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the day after|\d)\b"
)
_LEFTOVER = re.compile(
    r"(?:[\s,(-]*\b(?:by|on|at|before|until|till|within|in|for|around|between|no later than|or|from|the|this|it is|latest|and|but|then)\b)*[\s,()-]*$"
)
_BY_CLOCK = re.compile(  # "at 17:00 (Berlin time)": whose clock it is belongs to the time
    r" ?\(?(?:(?:[Yy]|[Oo])our|[Mm]y|[A-Z][\w.]+(?: [A-Z][\w.]+)?)(?: local)? time\b\)?"
)
_PARTED = re.compile(r" ([,;:])")  # the words before a sign are gone
_WORD = re.compile(r"\w+")
_POINTING = words("it them this that the a an to will be is myself then there with for")
_REGION = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})(?![A-Za-z])")
_SAMPLED_YEAR = 2026  # zones of one country that agree in every month of a year keep one clock


@dataclass(frozen=True, slots=True)
class Promised:
    """`quote` is the whole sentence, `what` the deed in its own words without the time, `due_at` aware UTC."""

    quote: str
    what: str
    due_at: datetime


def promised(text: str, now: datetime, zone: ZoneInfo) -> tuple[Promised, ...]:
    """Every dated promise of a reply, in order; never raises, whatever the text.

    `zone` is the customer's, see `zone_of`; how days and hours are read is told at `deadline`. A promise that waits for the
    customer's word ("if you like") is none yet. Two deeds with a date each are two promises; one that is said again is one.
    """
    read, found = letter(text), list[Promised]()
    for number in range(len(read.starts)):
        for each in _in_sentence(read, number, now, zone):
            if any(_says_no_more(each, before) for before in found):
                continue
            again = next((at for at, before in enumerate(found) if _says_no_more(before, each)), None)
            if again is None:
                found.append(each)
            else:
                found[again] = each
    return tuple(found)


def _says_no_more(one: Promised, other: Promised) -> bool:
    """At the same instant, in words that the other has all of: "bring it", beside "bring the cot"."""
    said, all_of_it = (set(_WORD.findall(each.what.lower())) - _POINTING for each in (one, other))
    return one.due_at == other.due_at and bool(said) and said <= all_of_it


def _in_sentence(read: Letter, number: int, now: datetime, zone: ZoneInfo) -> Iterator[Promised]:
    sentence = read.words_of(number)
    verb = _PROMISE.search(sentence)
    if verb is None or (_DENIED if verb["ours"] else _REPORTED).search(sentence, 0, verb.start()):
        return
    moves, subject = _their_moves(sentence), ""
    day: tuple[Deadline | None, int] = None, 0  # that the sentence has named, and where what was read of it began
    read_to = 0
    for clause in _clauses(sentence):
        if any(move[0] < verb.start() or (move[0] < clause[1] and clause[0] < move[1]) for move in moves):
            continue
        own = _PROMISE.search(sentence, *clause)
        if own is None and (clause[0] < verb.start() or sentence.endswith("?")):
            continue
        told = own.end() if own else clause[0]
        what, due, offset = (told, clause[1]), deadline(sentence[told : clause[1]], now, zone), told
        named = ""
        if own and own["ours"]:
            subject = ""
        elif own:
            named, what = _named(read, number, clause, own)
            subject = named or subject
        if due is None and own and _FRONT.match(sentence, *clause):
            due, offset = deadline(sentence[clause[0] : own.start()], now, zone), clause[0]
        if due is None and own and _THEN.search(sentence, *clause):
            found = deadline(sentence[read_to : own.start()], now, zone)
            day, read_to = (found, read_to) if found else day, own.start()
            due, offset = day
        if due:
            deed = _deed(read, number, what, due, offset)
            yield Promised(
                read.quote(read.span(number)), deed if named or not subject else f"{subject} {deed}", due.due_at
            )


def _named(read: Letter, number: int, clause: Span, own: re.Match[str]) -> tuple[str, Span]:
    """Who or what does it where it is not the writer, and where the deed begins that names it."""
    end = own.start("verb") if own["verb"] else own.start()
    pieces = _PIECE.split(own.string[clause[0] : end])
    begin = end - len(" ".join(pieces[-2:] if pieces[-1].endswith(",") else pieces[-1:]))
    if lead := _LEAD.match(own.string, begin, end):
        begin = lead.end()
    at = read.span(number)[0]
    return read.quote((at + begin, at + end)), (begin, clause[1])


def _their_moves(sentence: str) -> list[Span]:
    """Where it is said what has to come from the customer, or to happen, first: before the promise it governs all of it."""
    return [
        move.span() for move in _THEIR_MOVE.finditer(sentence) if not _is_told_of(sentence[: move.start()], move[0])
    ]


def _is_told_of(before: str, move: str) -> bool:
    """Between "let you know" and its "if it is" a date may stand; "if you like" keeps to the verb beside it."""
    return _TOLD_OF.search(before) is not None or (" you" not in move and _TOLD_LATER.search(before) is not None)


def _clauses(sentence: str) -> Iterator[Span]:
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    return ((start, end) for start, end in pairwise(cuts) if start < end)


def _deed(read: Letter, number: int, what: Span, due: Deadline, offset: int) -> str:
    """The words of the deed as they were written, with the time and what led to it cut out."""
    at = read.span(number)[0]
    cuts = [(offset + start, offset + end) for start, end in due.spans]
    pieces, position = [], what[0]
    for start, end in [cut for cut in cuts if what[0] <= cut[0] < what[1]] + [(what[1], what[1])]:
        pieces.append(_LEFTOVER.sub("", read.quote((at + position, at + max(position, start)))))
        named = _BY_CLOCK.match(read.original, at + end, at + what[1])
        position = max(position, named.end() - at if named else end)
    return _PARTED.sub(r"\1", " ".join(" ".join(filter(None, pieces)).split())).strip(" .,;:!")


def zone_of(case: Case, policy: Policy) -> ZoneInfo:
    """The time zone that what we write to this customer is read by: theirs, else the policy's."""
    return customers_zone(case) or policy.zone


def clock_of(case: Case, policy: Policy) -> Clock:
    """The clock by which a letter to this customer tells a time."""
    theirs = customers_zone(case)
    return Clock(zone=theirs or policy.zone, ours=policy.zone, is_theirs=theirs is not None)


def customers_zone(case: Case) -> ZoneInfo | None:
    """The time zone the customer lives by: their phone's, else their locale's country's; None where neither tells.

    A number in international form tells its country, and often its region (tables of the phonenumbers library). A
    country with several clocks, such as Spain or the United States, tells nothing by itself: a locale says what language
    somebody reads, a telephone where they live. Prefixes of mobile numbers say where the number was bought, which is where
    most people stay.
    """
    region = _region(case)
    number = _parsed(case.customer.phone, region)
    if number is not None:
        return _phone_zone(number)
    return _country_zone(region) if region else None


def _region(case: Case) -> str | None:
    """The country of the latest locale that names one: "en-GB" → "GB"."""
    locales = (_REGION.match(each.locale) for each in reversed(case.feedback) if each.locale)
    return next((match[1].upper() for match in locales if match), None)


def _parsed(phone: str | None, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(phone, region) if phone else None
    except phonenumbers.NumberParseException:
        return None


def _phone_zone(number: phonenumbers.PhoneNumber) -> ZoneInfo | None:
    """By the number itself; one that no country has issued tells its country only."""
    by_number = _one_clock(phone_zones.time_zones_for_number(number))
    return by_number or _country_zone(phonenumbers.region_code_for_country_code(number.country_code or 0))


def _country_zone(region: str) -> ZoneInfo | None:
    """The zones listed for a country's calling code; several countries that share one code are taken together."""
    code = phonenumbers.country_code_for_region(region)
    nowhere = phonenumbers.PhoneNumber(country_code=code, national_number=0)
    return _one_clock(phone_zones.time_zones_for_geographical_number(nowhere)) if code else None


@lru_cache(maxsize=512)
def _one_clock(names: tuple[str, ...]) -> ZoneInfo | None:
    """The zone of these names where they all show the same time all year; None where they differ or are unknown."""
    try:
        zones = [ZoneInfo(name) for name in names]
    except (ZoneInfoNotFoundError, ValueError):
        return None
    clocks = {tuple(_offset(zone, month) for month in range(1, 13)) for zone in zones if zone.key != "Etc/Unknown"}
    return zones[-1] if len(clocks) == 1 else None


def _offset(zone: ZoneInfo, month: int) -> object:
    return datetime(_SAMPLED_YEAR, month, 15, 12, tzinfo=UTC).astimezone(zone).utcoffset()
