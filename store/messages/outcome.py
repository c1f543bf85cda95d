"""What became of an attempt to show a message; only whoever still holds its lease can say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update

from store import tables as t
from store.engine import Tx
from store.messages.leasing import _CHANGE, _FREE, Owed

_m = t.messages.c


NOWHERE = {"ts": None, "posted_in": None, "shown": -1, "attempts": 0}  # any more: it was shown once
_CHANGE_MINE = _CHANGE.where(_m.fence == bindparam("the_fence"))


def _change_mine(tx: Tx, owed: Owed, values: Mapping[str, Any]) -> bool:
    """False when the lease was lost meanwhile: then nothing changes."""
    return tx.execute(_CHANGE_MINE, {**values, "the_message": owed.id, "the_fence": owed.fence}).rowcount == 1


def record_shown(tx: Tx, owed: Owed, channel: str | None, ts: str | None, *, settled: bool = False) -> bool:
    """Slack shows it. False when the lease was lost meanwhile; whoever has it now finds the message by its metadata.

    `settled` says that it has said its last word: changes of its case no longer concern it.
    """
    values = _FREE | {"shown": owed.revision, "posted_in": channel, "ts": ts, "attempts": 0, "settled": settled}
    return _change_mine(tx, owed, values)


_BELOW_IT = update(t.messages).where(_m.thread_of == bindparam("the_parent"), t.stands_nowhere).values(dead="moot")


def put_away(tx: Tx, owed: Owed) -> None:
    """Nobody needs it now, and so nobody needs what is owed below it and stands nowhere yet."""
    if record_shown(tx, owed, None, None):
        tx.execute(_BELOW_IT, {"the_parent": owed.id})


def adopt(tx: Tx, owed: Owed, channel: str, ts: str) -> None:
    """An earlier post of unknown fate did land: it is ours from now on, and is due for an edit if it is out of date."""
    _change_mine(tx, owed, _FREE | {"posted_in": channel, "ts": ts, "shown": 1, "attempts": 0})


def put_off(tx: Tx, owed: Owed, until: datetime) -> None:
    """It certainly was not shown; try again at `until`."""
    _change_mine(tx, owed, _FREE | {"next_attempt_at": until})


def put_off_unknown(tx: Tx, owed: Owed, until: datetime) -> None:
    """It may have been shown; look for it at `until`."""
    _change_mine(tx, owed, {"lease_until": None, "next_attempt_at": until})


def post_anew(tx: Tx, owed: Owed, now: datetime) -> None:
    """It stands there no more, or in a thread that is none, and is still needed: forget where it stood."""
    _change_mine(tx, owed, _FREE | NOWHERE | {"owed_since": now, "next_attempt_at": now})


def redirect(tx: Tx, owed: Owed, now: datetime) -> None:
    """A private answer becomes a direct message to the same person."""
    direct = {"channel": owed.only_for, "only_for": None, "thread_ts": None}
    _change_mine(tx, owed, _FREE | direct | {"next_attempt_at": now})


def bury(tx: Tx, owed: Owed, why: str) -> None:
    """It will never be shown; `why` is Slack's word or ours."""
    _change_mine(tx, owed, _FREE | {"dead": why[:200]})
