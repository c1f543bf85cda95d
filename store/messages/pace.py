"""How often Slack may be called, by channel and by method: a pace that all processes keep together, in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import BigInteger, and_, bindparam, case, delete, type_coerce, update

from store import tables as t
from store.engine import Tx
from store.inserts import insert_once
from store.messages.owing import _NOW

# Calls that Slack takes in a minute from one workspace, by the method's tier; new messages it counts by channel.
# docs.slack.dev/apis/web-api/rate-limits: tier 3 is "50+ per minute", tier 4 "100+ per minute".
CALLS_A_MINUTE = {
    "chat.update": 50,
    "chat.postEphemeral": 100,
    "views.publish": 100,
    "files.getUploadURLExternal": 100,
    "files.delete": 50,
}
_AT_ONCE = 5  # a fifth of them may follow one another without a pause, and the others are spread over the minute
_MINUTE = timedelta(minutes=1)
_BY_CHANNEL = "chat.postMessage"
PACED = frozenset({_BY_CHANNEL, "chat.update"})  # in one channel they go one at a time
_ALL = ""  # in place of a channel: the method is paused for the whole workspace

_p = t.pauses.c
_AT = and_(_p.method == bindparam("the_method"), _p.channel == bindparam("the_channel"))
_UNTIL = bindparam("next", type_=t.Instant())
_EARLIEST = bindparam("earliest", type_=t.Instant())
_FREE = update(t.pauses).where(_AT, _p.until <= _NOW)
_ENTER = _FREE.values(until=_UNTIL)
_CALL = _FREE.values(
    until=type_coerce(case((_p.until > _EARLIEST, _p.until), else_=_EARLIEST), BigInteger)
    + bindparam("apart", type_=BigInteger)
)
_PAUSE = update(t.pauses).where(_AT).values(until=case((_p.until > _UNTIL, _p.until), else_=_UNTIL))


def may_go(tx: Tx, method: str, channel: str, now: datetime, per_channel: timedelta) -> bool:
    """Takes the next call of this method and this channel; False when there is none just now.

    That may be so although the rows were read as due: another process has called since, or this one in the same batch.
    With a pace of nothing, only Slack's own refusals slow us.
    """
    if not per_channel:
        return True
    return _call(tx, method, now) and (method not in PACED or _enter(tx, method, channel, now, now + per_channel))


def _call(tx: Tx, method: str, now: datetime) -> bool:
    """Never more than the method's calls in any minute: each moves the moment from which the next may go.

    That moment lies in the past as long as calls are left, at most as far as those of a while without any go back.
    """
    if method not in CALLS_A_MINUTE:
        return True
    at_once = CALLS_A_MINUTE[method] // _AT_ONCE
    apart = ceil(60_000 / (CALLS_A_MINUTE[method] - at_once + 1))  # milliseconds, between those that are spread
    earliest = now - timedelta(milliseconds=apart * (at_once - 1))
    given = {"the_method": method, "the_channel": _ALL, "now": now, "earliest": earliest, "apart": apart}
    if tx.execute(_CALL, given).rowcount:
        return True
    until = earliest + timedelta(milliseconds=apart)
    return insert_once(tx, t.pauses, {"method": method, "channel": _ALL, "until": until}) is not None


def _enter(tx: Tx, method: str, channel: str, now: datetime, until: datetime) -> bool:
    if tx.execute(_ENTER, {"the_method": method, "the_channel": channel, "now": now, "next": until}).rowcount:
        return True
    return insert_once(tx, t.pauses, {"method": method, "channel": channel, "until": until}) is not None


def pause(tx: Tx, method: str, channel: str, until: datetime) -> None:
    """Slack has refused a call for a while: no process calls this method before `until`. A longer pause stays.

    It counts new messages by channel, everything else for the whole workspace; an empty channel means all.
    """
    where = {"the_method": method, "the_channel": channel if method == _BY_CHANNEL else _ALL}
    if tx.execute(_PAUSE, where | {"next": until}).rowcount:
        return
    row = {"method": method, "channel": where["the_channel"], "until": until}
    if insert_once(tx, t.pauses, row) is None:
        pause(tx, method, channel, until)  # another process has begun one meanwhile


def lift_pauses(tx: Tx, now: datetime) -> None:
    """Drops pauses that ended so long ago that no count of calls rests on them."""
    tx.execute(delete(t.pauses).where(_p.until <= now - _MINUTE))
