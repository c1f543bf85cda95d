"""Time passes, and work waits: the ticks and the worker loops of one process; the only module that knows APScheduler."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from handlers.audit import report
from handlers.delivering import deliver
from handlers.digesting import owe_digest
from handlers.drafting import give_opinions, write_drafts
from handlers.nudging import sweep
from handlers.world import World
from store import messages, timeline

log = logging.getLogger(__name__)
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
            try:
                done = work(self.world, pool)
            except Exception:
                log.exception("the %s loop stumbled and goes on", name)
                done = 0
                self._stopping.wait(1)
            if not done:
                bell.wait(_TICK)
                bell.clear()

    def _ticked(self, tick: Tick) -> None:
        try:
            tick.work(self.world)
        except Exception:
            log.exception("the %s tick failed; the next one tries again", tick.name)

    def wake(self) -> None:
        """There is new work, or time has jumped."""
        for bell in self._bells:
            bell.set()

    def tick_now(self) -> None:
        """Runs every tick at once: the practice clock was turned."""
        for tick in TICKS[:2]:
            self._ticked(tick)
        self.wake()

    def stop(self) -> None:
        """Lets what is under way finish."""
        self._stopping.set()
        self.wake()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        for thread in self._threads:
            thread.join(timeout=15)
        for pool in self._pools:
            pool.shutdown(wait=True, cancel_futures=True)
