"""What the bot says in Slack where no mark is read, in a form's errors or a terminal: marks taken off, times written out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from cases.spoken.durations import say_duration
from handlers.cards.mrkdwn import day, unmarked

_TOKEN = re.compile(r"<(?P<what>!date\^|!subteam\^|@|#)?(?P<rest>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_BOLD = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])")
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
_TO_TYPE = re.compile(r"`([^`\n]+)`")


def _by_id(person: str) -> str | None:
    return None


def plain(mrkdwn: str, zone: ZoneInfo, now: datetime, name_of: Callable[[str], str | None] = _by_id) -> str:
    """Slack's mrkdwn as a person reads it at `now`, in `zone`; people whom `name_of` does not know keep their ids."""

    def said(token: re.Match[str]) -> str:
        rest, label = token["rest"], token["label"]
        if token["what"] == "!date^":
            seconds, _, form = rest.partition("^")
            return _when(datetime.fromtimestamp(int(seconds), UTC), form, zone, now)
        if token["what"] == "@":
            return f"@{label or name_of(rest) or rest}"
        return label or rest

    return unmarked(_TOKEN.sub(said, _TO_TYPE.sub(r"“\1”", _BOLD.sub(r"\1", mrkdwn))))


def _when(at: datetime, form: str, zone: ZoneInfo, now: datetime) -> str:
    """A date token's form filled in, as far as the bot uses them."""
    local = at.astimezone(zone)
    near = _NEAR.get((local.date() - now.astimezone(zone).date()).days, day(local))
    near = near[0].upper() + near[1:] if form.startswith("{") else near
    return (
        form.replace("{date_long_pretty}", near)
        .replace("{time}", f"{local:%H:%M}")
        .replace("{ago}", f"{say_duration(now - at)} ago" if at <= now else f"in {say_duration(at - now)}")
    )
