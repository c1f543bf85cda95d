"""What policy.toml is made of: sections that take no unknown setting, and how their values are written, each with its fix."""

from __future__ import annotations

import itertools
import re
from datetime import time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from cases.spoken.durations import parse_duration, write_duration
from cases.spoken.money import Money, read_money


class Section(BaseModel):
    """One section of the page; its fields are the settings that may stand in it, and what was read never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Span = tuple[time, time]
END_OF_DAY = time.max  # "24:00": the span runs to midnight
ROLES = ("thread", "owner", "lead", "manager")
"""Whom a step of the ladder may tell without naming anybody."""

LONGEST_CAUSE = 75  # characters: what an option of a menu may have [Slack]
LANGUAGES = {"en": "English"}
"""What the team may read, by its code: what the bot's words are written in."""

_PERSON = re.compile(r"@\S+|[UW][A-Z0-9]{2,}|<@[UW][A-Z0-9]+(?:\|[^<>]*)?>")
# docs.slack.dev: names are in small letters of any alphabet, without spaces or periods, of 80 characters at most.
_CHANNEL = re.compile(
    r"(?P<id>[CG][A-Z0-9]{6,})|<#(?P<linked>[CG][A-Z0-9]{6,})(?:\|[^<>]*)?>|#?(?P<name>[^\W_][\w-]{0,79}|[_-][\w-]{1,79})"
)
_GROUP = re.compile(r"@\S+|S[A-Z0-9]{2,}|<!subteam\^S[A-Z0-9]+(?:\|[^<>]*)?>")


def _duration(written: Any) -> timedelta:
    if isinstance(written, timedelta):
        return written
    if not isinstance(written, str):
        raise ValueError(f'{written} is not a duration; write it with its unit, for instance "15m"')
    return parse_duration(written)


def _longer_than_nothing(length: timedelta) -> timedelta:
    if length <= timedelta():
        raise ValueError("must be longer than nothing")
    return length


def _not_negative(length: timedelta) -> timedelta:
    if length < timedelta():
        raise ValueError("must not be negative")
    return length


def _within(least: timedelta, most: timedelta) -> AfterValidator:
    def bounded(length: timedelta) -> timedelta:
        if not least <= length <= most:
            raise ValueError(f'must be from "{write_duration(least)}" to "{write_duration(most)}"')
        return length

    return AfterValidator(bounded)


def _ceiling(written: Any) -> Any:
    """ "" → None, nothing; "any" → as it is; "50 EUR" → Money."""
    if written is None or isinstance(written, Money):
        return written
    if isinstance(written, dict):  # a policy that was taken apart and is put together again
        return Money(**written)
    if not isinstance(written, str):
        raise ValueError(f'{written} is not a sum in quotes; write a number and a currency, for instance "50 EUR"')
    plain = written.strip().lower()
    try:
        if re.fullmatch(r"\d+(?:\.\d+)?", plain):
            return Money(Decimal(plain), None)
        return plain if plain == "any" else read_money(written) if plain else None
    except ValueError as unread:
        raise ValueError(f'{unread}, "any" for no limit, or "" for nothing') from None


def _cause(written: str) -> str:
    cause = " ".join(written.split())
    if not 1 <= len(cause) <= LONGEST_CAUSE:
        raise ValueError(f"must have from 1 to {LONGEST_CAUSE} characters")
    return cause


def _one_person(named: str) -> str:
    if named and not _PERSON.fullmatch(named):
        raise ValueError(f'"{named}" is nobody; write @name or a Slack id, or "" for the lead')
    return named


def _one_colleague(named: str) -> str:
    if not _PERSON.fullmatch(named):
        raise ValueError(f'"{named}" is nobody; write @name or a Slack id (U…)')
    return named


def _one_group(named: str) -> str:
    if named and not _GROUP.fullmatch(named):
        raise ValueError(f'"{named}" is no user group; write its @handle or its id (S…), or "" for none')
    return named


def _channel_if_any(named: str) -> str:
    return _one_channel(named) if named.strip() else ""


def _one_channel(named: str) -> str:
    found = _CHANNEL.fullmatch(named.strip())
    if found is None:
        raise ValueError(f'"{named}" is no channel; write its name, for instance "#care-berlin", or its id (C…)')
    return found["id"] or found["linked"] or found["name"].lower()


def _spoken(language: str) -> str:
    if language not in LANGUAGES:
        known = " or ".join(f'"{each}"' for each in LANGUAGES)
        raise ValueError(
            f'the bot does not speak "{language}"; write {known}: replies follow the customer\'s language all the same'
        )
    return language


def _somebody(tell: str) -> str:
    if tell in ROLES or _PERSON.fullmatch(tell) or _GROUP.fullmatch(tell):
        return tell
    near = get_close_matches(tell.casefold(), ROLES, n=1)
    fix = f'did you mean "{near[0]}"?' if near else "write thread, owner, lead, manager, @name or a Slack id"
    raise ValueError(f'"{tell}" is nobody; {fix}')


def _zone_if_any(name: str) -> str:
    return _zone(name) if name else ""


def _zone(name: str) -> str:
    """The one zone's file is read; to list all zones reads six hundred, a fortieth of the time that a start takes."""
    try:
        if name.startswith(("right/", "posix/")):  # other clocks under the same names, where a system has them
            raise ValueError(name)
        return ZoneInfo(name).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise ValueError(
            f'"{name}" is not a time zone; write for instance "Europe/Berlin" or "America/New_York"'
        ) from None


def _time_of_day(at: time) -> time:
    if at.tzinfo:
        raise ValueError("must have no time zone of its own; it is read in the policy's timezone")
    return at


def spans(text: str) -> tuple[Span, ...]:
    """ "09:00-12:00, 13:00-18:00" → spans in order. Empty text or "closed": none. Raises ValueError with the fix."""
    if text.strip().lower() in ("", "closed"):
        return ()
    found = tuple(_span(part) for part in text.split(","))
    if any(later[0] < earlier[1] for earlier, later in itertools.pairwise(found)):
        raise ValueError(f'the spans of "{text}" overlap or are out of order')
    return found


def _span(text: str) -> Span:
    try:
        opens, closes = (part.strip() for part in text.split("-"))
        start = time.fromisoformat(opens)
        end = END_OF_DAY if closes == "24:00" else time.fromisoformat(closes)
    except ValueError:
        raise ValueError(f'"{text.strip()}" is not a span of hours; write for instance "09:00-18:00"') from None
    if start.tzinfo or end.tzinfo:
        raise ValueError(f'"{text.strip()}" has a time zone of its own; hours are counted in the policy\'s timezone')
    if end <= start:
        raise ValueError(f'"{text.strip()}" ends before it starts')
    return start, end


def _hours_of_day(text: str) -> str:
    spans(text)
    return text


def _any_hours(text: str) -> str:
    if text.strip() and not spans(text):
        raise ValueError('write the hours of a day, for instance "08:00-20:00", or "" for any hour')
    return text.strip()


Duration = Annotated[timedelta, BeforeValidator(_duration)]
Allowance = Annotated[Duration, AfterValidator(_longer_than_nothing)]
Pause = Annotated[Duration, AfterValidator(_not_negative)]
Kept = Annotated[Duration, _within(timedelta(days=1), timedelta(days=3650))]
"""How long something is kept before it is erased."""
KeptLonger = Annotated[Duration, _within(timedelta(days=30), timedelta(days=3650))]
"""As `Kept`, for what a case is worked on with: a customer may come back to it within the month."""
Ceiling = Annotated[Money | Literal["any"] | None, BeforeValidator(_ceiling)]
"""How much may be given: None for nothing, "any" for no limit."""
Cause = Annotated[str, AfterValidator(_cause)]
"""What a case comes from, in a few words: one choice of a menu."""
Person = Annotated[str, AfterValidator(_one_person)]
"""One person, or "" for nobody in particular."""
Channel = Annotated[str, AfterValidator(_one_channel)]
"""A channel by its id or its name, which is kept without the "#"."""
Hold = Annotated[timedelta, BeforeValidator(_duration), _within(timedelta(), timedelta(minutes=10))]
"""How long a rating may wait for its words; not so long that a customer is left alone."""
ChannelIfAny = Annotated[str, AfterValidator(_channel_if_any)]
"""The same, or "" for none in particular."""
Zone = Annotated[str, AfterValidator(_zone)]
"""A time zone by its name in the IANA's database."""
ZoneIfAny = Annotated[str, AfterValidator(_zone_if_any)]
"""The same, or "" for the team's own."""
Colleague = Annotated[str, AfterValidator(_one_colleague)]
Group = Annotated[str, AfterValidator(_one_group)]
Language = Annotated[str, AfterValidator(_spoken)]
Somebody = Annotated[str, AfterValidator(_somebody)]
"""Whom a step of the ladder tells: a role, a person or a group."""
Circle = Literal["channel", "workspace", "members"]
"""Who may: members of the case's channel, every full member of the workspace, or only those whom the page lists."""
TimeOfDay = Annotated[time, AfterValidator(_time_of_day)]
DayHours = Annotated[str, AfterValidator(_hours_of_day)]
"""Hours of one day; "" or "closed" for none."""
OwnHours = Annotated[str, AfterValidator(_any_hours)]
"""Hours of any day; "" for all of them."""
