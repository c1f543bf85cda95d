"""Time passes, and work waits: the ticks and the worker loops of one process; the only module that knows APScheduler."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from apscheduler.schedulers.background import BackgroundScheduler

from handlers.audit import report
from handlers.delivering import deliver
from handlers.digesting import owe_digest
from handlers.drafting import give_opinions, write_drafts
from handlers.nudging import sweep
from handlers.world import World
from store import messages, timeline
from store.engine import AWAY, what_is_away

log = logging.getLogger(__name__)
T = TypeVar("T")
_TICK = 0.25  # seconds a loop sleeps at most while nothing rings: another process may have committed work
_EVENTS_KEPT = timedelta(days=3)  # Slack's delayed events come for 24 hours


@dataclass(frozen=True, slots=True)
class Tick:
    """A job of the clock: what, and every how many seconds."""

    name: str
    seconds: float
    work: Callable[[World], object]


def _tidy(world: World) -> None:
    world.store.write(lambda tx: timeline.forget_events(tx, world.now() - _EVENTS_KEPT))
    world.store.write(lambda tx: messages.lift_pauses(tx, world.now()))


TICKS = (
    Tick("nudges", 1, sweep),
    Tick("digest", 5, owe_digest),
    Tick("audit", 30, report),
    Tick("tidy", 3600, _tidy),
)


def _guarded(what: str, work: Callable[[], T]) -> T | None:
    """The result of a unit of work, None when it broke: that is logged, and tried again soon enough."""
    try:
        return work()
    except AWAY as away:  # no traceback every few seconds: our code has no part in it
        log.error("%s: %s", what, what_is_away(away))
    except Exception:
        log.exception("%s stumbled and goes on", what)
    return None


class Workers:
    """Everything that happens by itself in one process, from `start` to `stop`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._stopping = threading.Event()
        self._bells: list[threading.Event] = []
        self._threads: list[threading.Thread] = []
        self._pools: list[ThreadPoolExecutor] = []
        # In memory, one job for each tick: a job store shared by two processes ran a job twice. A late tick is run late.
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Starts loops and ticks."""
        for name, work in (("deliver", deliver), ("drafts", write_drafts), ("opinions", give_opinions)):
            self._loop(name, work)
        self.world.store.changed.append(self.wake)
        for tick in TICKS:
            self._scheduler.add_job(self._ticked, "interval", args=(tick,), seconds=tick.seconds, id=tick.name)
        self._scheduler.add_job(self.tick_now)  # at once: what fell due while nobody was there waits for no interval
        self._scheduler.start()

    def _loop(self, name: str, work: Callable[[World, ThreadPoolExecutor], int]) -> None:
        bell, pool = threading.Event(), ThreadPoolExecutor(4, thread_name_prefix=name)
        thread = threading.Thread(target=self._run, args=(name, work, bell, pool), name=name, daemon=True)
        self._bells.append(bell)
        self._pools.append(pool)
        self._threads.append(thread)
        thread.start()

    def _run(
        self,
        name: str,
        work: Callable[[World, ThreadPoolExecutor], int],
        bell: threading.Event,
        pool: ThreadPoolExecutor,
    ) -> None:
        while not self._stopping.is_set():
            done = _guarded(f"the {name} loop", lambda: work(self.world, pool))
            if done is None:
                self._stopping.wait(1)
            if not done:
                bell.wait(_TICK)
                bell.clear()

    def _ticked(self, tick: Tick) -> None:
        _guarded(f"the {tick.name} tick", lambda: tick.work(self.world))

    def wake(self) -> None:
        """There is new work, or time has jumped."""
        for bell in self._bells:
            bell.set()

    def tick_now(self) -> None:
        """Runs every tick at once: the practice clock was turned."""
        for tick in TICKS[:2]:
            self._ticked(tick)
        self.wake()

    def stop(self, patience: float = 5.0) -> bool:
        """Lets what is under way finish, for so many seconds. False when something has not: its lease passes it on."""
        self._stopping.set()
        self.wake()
        ending = threading.Thread(target=self._end, name="ending", daemon=True)
        ending.start()
        ending.join(patience)
        return not ending.is_alive()

    def _end(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        for thread in self._threads:
            thread.join()
        for pool in self._pools:
            pool.shutdown(wait=True)
