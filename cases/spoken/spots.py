"""Spots: where a text names days and hours, before anybody asks which instant they mean together; English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cases.spoken import days, hours
from cases.spoken.signs import level

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that name a day or an hour. `match` is of the kind's own pattern."""

    kind: str
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    @property
    def words(self) -> Span:
        """Without the point of a sentence that ends on them."""
        return self.start, self.start + len(self.match[0].rstrip("."))

    @property
    def is_day(self) -> bool:
        return self.kind in days.PATTERNS


_PATTERNS = {**days.PATTERNS, **hours.PATTERNS}
_KINDS = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_SPOT = re.compile(
    r"(?=[a-z\d])(?:(?<!\w)|(?<=\dt))(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items())
    + ")"
)
_GAP_WORDS = (
    r"(?:until|till|by|for|in|on|at|from|the|before|around|about|between|after|of|early|late|later|up to|no later than)"
)
_GAP = re.compile(rf"(?:[ ,()@]|(?<!\w){_GAP_WORDS}(?!\w))*")
RANGE = re.compile(r" ?(?:-|to|and|or|until|till)? ?")
_MOST_SPOTS = 6  # "on Friday, 27 November, between nine and eleven in the morning" has five
# "The delivery of Friday", "your party on Saturday": a day that is spoken of, not promised.
_ATTRIBUTE = re.compile(
    r"(?<!end )(?<!morning )(?<!afternoon )(?<!evening )\b(?:of|from|since|last|dated|until then|not|(?:ordered|placed|sent|bought|booked|missed|told you) (?:on|for)"
    r"|for (?:your|the|his|her|their|our)(?: (?!(?:on|by|at|until|before)\b)[\w'-]+){1,3}(?: on| at)?)(?: the)? $"
)
_LONGEST_ATTRIBUTE = 90


def in_small_letters(text: str) -> str:
    """The text letter for letter, as the patterns want it: small, with plain spaces, apostrophes and hyphens."""
    return "".join(map(_letter, text)) if not (text.isascii() and text.islower() and text.isprintable()) else text


def _letter(char: str) -> str:
    if char.isspace():
        return " "
    plain = level(char)
    small = plain.lower()
    return small if len(small) == 1 else plain


def contiguous(seen: str, start: int) -> list[Spot]:
    """The days and hours that follow one another from `start` on, with nothing but small words between them."""
    spots: list[Spot] = []
    while len(spots) < _MOST_SPOTS and (spot := _next(seen, start, spots)):
        spots.append(spot)
        start = spot.end
    # "2.50" at the front is no time by itself.
    return [] if len(spots) == 1 and spots[0].kind == "dotted" and not stands_alone(spots[0]) else spots


def _next(seen: str, start: int, before: Sequence[Spot]) -> Spot | None:
    gaps = [_GAP]
    if before and not before[-1].is_day:
        gaps.append(RANGE)
    matches = (_SPOT.match(seen, gap.end()) for each in gaps if (gap := each.match(seen, start)))
    return next((_spot(match) for match in matches if match), None)


def spots_in(seen: str) -> Iterator[Spot]:
    return (_spot(match) for match in _SPOT.finditer(seen))


def _spot(match: re.Match[str]) -> Spot:
    kind = str(match.lastgroup)
    own = _KINDS[kind].match(match.string, match.start())
    assert own is not None  # the same pattern in the same place
    return Spot(kind, own)


def meant_in(seen: str) -> Iterator[Spot]:
    """What a sentence says of its own time, not of a delivery's or a party's; what could be no time only beside one."""
    spots = list(spots_in(seen))
    for number, spot in enumerate(spots):
        if spot.kind == "following" or ((spot.is_day or spot.kind == "part") and not is_meant(spot)):
            continue
        beside = spots[max(0, number - 1) : number] + spots[number + 1 : number + 2]
        if stands_alone(spot) or any(_adjacent(seen, spot, each) for each in beside):
            yield spot


def _adjacent(seen: str, one: Spot, other: Spot) -> bool:
    first, second = sorted((one, other), key=lambda spot: spot.start)
    return _GAP.fullmatch(seen, first.end, second.start) is not None


def stands_alone(spot: Spot) -> bool:
    return spot.is_day or hours.stands_alone(spot.kind, spot.match)


def is_meant(spot: Spot) -> bool:
    return not _ATTRIBUTE.search(spot.match.string, max(0, spot.start - _LONGEST_ATTRIBUTE), spot.start)


def spans_of(seen: str, spots: Sequence[Spot]) -> tuple[Span, ...]:
    """Where the words stand; what only a sign or a small word parts is one."""
    spans: list[Span] = []
    for spot in spots:
        if spans and RANGE.fullmatch(seen, spans[-1][1], spot.start) and not spot.is_day:
            spans[-1] = (spans[-1][0], spot.end)
        else:
            spans.append((spot.start, spot.end))
    return tuple(spans)
