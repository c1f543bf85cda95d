"""A digest is to have its picture: drawn, uploaded, and shown by an edit once Slack has processed it.

The digest stands without it from the first. Whatever goes wrong here leaves it as it is.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from cases.figures.series import Series
from handlers.cards import chart
from handlers.digest.figures import series_before
from handlers.digest.owe import scope_of
from handlers.guard import unit_of_work
from handlers.slack.clients import NETWORK, Fate, failure_of
from handlers.world import World
from store import charts
from store.charts import Owed

log = logging.getLogger(__name__)
_LEASE = timedelta(seconds=60)  # longer than three calls of ten seconds may take
_PROCESSING = timedelta(seconds=2)  # how soon Slack may be through with a picture
_LONGEST_WAIT = timedelta(minutes=5)
_ATTEMPTS = 12  # for each of the two steps; together well under an hour
_NO_USE = frozenset({"missing_scope", "not_allowed_token_type", "file_not_found"})


def draw_charts(world: World, _workers: ThreadPoolExecutor | None = None) -> int:
    """Brings each picture that is owed a step further, one after the other; returns how many."""
    if not world.store.read(lambda tx: charts.any_owed(tx, world.now())):
        return 0
    owed = world.store.write(lambda tx: charts.take_owed(tx, world.now(), _LEASE))
    for picture in owed:
        with unit_of_work(f"the picture of message {picture.message}", partial(_stay_without, world, picture)):
            _further(world, picture)
    return len(owed)


def _further(world: World, owed: Owed) -> None:
    try:
        if owed.file is None:
            _upload(world, owed)
        else:
            _look(world, owed, owed.file)
    except NETWORK as error:
        _failed(world, owed, error)


def _upload(world: World, owed: Owed) -> None:
    series = _series(world, owed)
    if series.is_empty:
        _stay_without(world, owed)
        return
    alt = chart.alt_text(series)
    # In no channel, so that nothing is posted: the picture stays private to the bot until a message shows it. An upload
    # whose answer is lost leaves a file behind that nobody sees, and is made again.
    answer = world.slack.writes.files_upload_v2(filename="four-weeks.png", content=chart.draw(series), alt_txt=alt)
    file = str(answer["file"]["id"])
    world.store.write(lambda tx: charts.uploaded(tx, owed, file, alt, world.now()))


def _series(world: World, owed: Owed) -> Series:
    return world.store.read(lambda tx: series_before(world, tx, owed.digest.day, scope_of(owed.digest)))


def _look(world: World, owed: Owed, file: str) -> None:
    """Slack processes what it was given in its own time; until then the file has no type, and no message may show it."""
    if world.slack.writes.files_info(file=file)["file"].get("mimetype"):
        world.store.write(lambda tx: charts.show(tx, owed, world.now()))
    elif owed.attempts >= _ATTEMPTS:
        _give_up(world, owed, "Slack does not process it")
    else:
        world.store.write(lambda tx: charts.put_off(tx, owed, world.now() + _PROCESSING * owed.attempts))


def _failed(world: World, owed: Owed, error: Exception) -> None:
    failure = failure_of(error)
    if failure.fate is Fate.REFUSED or failure.word in _NO_USE or owed.attempts >= _ATTEMPTS:
        _give_up(world, owed, failure.word)
        return
    wait = timedelta(seconds=failure.retry_after or 2**owed.attempts)
    world.store.write(lambda tx: charts.put_off(tx, owed, world.now() + min(wait, _LONGEST_WAIT)))


def _give_up(world: World, owed: Owed, why: str) -> None:
    log.warning("the digest in message %s stays without its picture: %s", owed.message, why)
    _stay_without(world, owed)


def _stay_without(world: World, owed: Owed) -> None:
    world.store.write(lambda tx: charts.give_up(tx, owed))
