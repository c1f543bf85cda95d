"""Time passes, and work waits: the ticks and the worker loops of one process; the only module that knows APScheduler."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from handlers.channels import look_after_channels
from handlers.digest.owe import owe_digest
from handlers.guard import unit_of_work
from handlers.letters.carry import carry_letters
from handlers.letters.listen import listen
from handlers.letters.look import Mailbox, look_through
from handlers.outbox.attach import attach_files
from handlers.outbox.deliver import deliver
from handlers.overdue import report, sign_of_life
from handlers.reminders.sweep import sweep
from handlers.reply.write import give_opinions, write_drafts
from handlers.retention import retire
from handlers.rights import settle
from handlers.team.home import refresh_onlookers
from handlers.team.leaving import look_for_the_gone
from handlers.team.welcome import owe_welcome
from handlers.world import World
from store import messages, timeline

_TICK = 1.0  # seconds a loop sleeps at most while nothing rings
# After work a loop looks more often for a while: what waited for its channel's pace falls due without anybody ringing.
_SOON, _WARM = 0.25, 2.5  # seconds
# A round of a loop is as slow as the slowest in it. A model that answers nobody must not keep the next drafts waiting.
_SIDE_BY_SIDE = {"drafts": 4}
_ROUNDS = 20  # of delivery after one turn of the practice clock, at most
_MISSED = 60.0  # seconds that a tick may come late
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


_RIGHTS = Tick("rights", 60, settle)
TICKS = (
    Tick("nudges", 1, sweep),
    Tick("digest", 5, owe_digest),
    Tick("homes", 10, refresh_onlookers),
    Tick("gone", 600, look_for_the_gone),
    Tick("channels", 60, look_after_channels),
    Tick("welcome", 60, owe_welcome),
    _RIGHTS,
    Tick("audit", 30, report),
    Tick("tidy", 3600, _tidy),
    Tick("retention", 20, retire),
)


class Workers:
    """Everything that happens by itself in one process, from `start` to `stop`."""

    def __init__(
        self, world: World, monotonic: Callable[[], float] = time.monotonic, mailbox: Mailbox | None = None
    ) -> None:
        self.world, self.mailbox = world, mailbox
        self._monotonic = monotonic
        self._stopping = threading.Event()
        # Held while something is on its way: no turn of the practice clock ends its lease, or goes on before it is there.
        self._on_its_way = {name: threading.Lock() for name in ("deliver", "letters")}
        self._is_quiet = threading.Event()  # no turn of the practice clock is being lived through
        self._is_quiet.set()
        self._bells: list[threading.Event] = []
        self._threads: list[threading.Thread] = []
        self._pools: list[ThreadPoolExecutor] = []
        self._watch = world.store.watch(self.wake)
        self._ticked_at: dict[str, float] = {}  # when each tick last went through, on the monotonic clock
        # In memory, one job for each tick: a job store shared by two processes ran a job twice. A late tick is run late.
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        """Starts loops and ticks."""
        loops = {
            "deliver": deliver,
            "drafts": write_drafts,
            "opinions": give_opinions,
            "files": attach_files,
            "letters": carry_letters,
        }
        for name, work in loops.items():
            for _ in range(_SIDE_BY_SIDE.get(name, 1)):
                self._loop(name, work)
        if (mailbox := self.mailbox) is not None:
            self._loop("mailbox", lambda world, _: look_through(world, mailbox))
            self._loop("mailbox bell", lambda world, _: listen(world, mailbox, self._stopping.is_set))
        self.world.store.changed.append(self.wake)
        self.world.troubles.extend((self.missed, self._unread))
        self._watch.start()
        for tick in (*TICKS, Tick("life", 30, self._live)):
            self._ticked_at[tick.name] = self._monotonic()
            self._scheduler.add_job(self._in_its_time, "interval", args=(tick,), seconds=tick.seconds, id=tick.name)
        self._scheduler.add_job(self._ticked, args=(_RIGHTS,))  # the start says which names give nobody a right
        self._scheduler.add_job(self.tick_now)  # at once: what fell due while nobody was there waits for no interval
        self._live(self.world)
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
        worked_at = self._monotonic()
        while not self._stopping.is_set():
            done = None
            with unit_of_work(f"the {name} loop"), self._on_its_way.get(name) or nullcontext():
                done = work(self.world, pool)
            if done is None:
                self._stopping.wait(1)
            if done:
                worked_at = self._monotonic()
            else:
                bell.wait(_SOON if self._monotonic() - worked_at < _WARM else _TICK)
                bell.clear()

    def _in_its_time(self, tick: Tick) -> None:
        self._is_quiet.wait()
        self._ticked(tick)

    def _ticked(self, tick: Tick) -> None:
        with unit_of_work(f"the {tick.name} tick"):
            tick.work(self.world)
            self._ticked_at[tick.name] = self._monotonic()

    def missed(self) -> Iterator[str]:
        """The ticks that have not gone through for so long that something holds them up, a sentence each."""
        for tick in TICKS:
            late = self._monotonic() - self._ticked_at[tick.name] - tick.seconds
            if late > _MISSED:
                yield f"the {tick.name} tick is {late:.0f} s late"

    def _unread(self) -> Iterator[str]:
        """That the mailbox cannot be read, where there is one."""
        if self.mailbox is not None and (trouble := self.mailbox.trouble(self.world.now())):
            yield trouble

    def _live(self, world: World) -> None:
        """For processes that only see the database: somebody works on it."""
        if not any(self.missed()):
            sign_of_life(world)

    def wake(self) -> None:
        """There is new work, or time has jumped."""
        for bell in self._bells:
            bell.set()

    def tick_now(self) -> None:
        """Runs every tick at once: the practice clock was turned."""
        for tick in TICKS[:2]:
            self._ticked(tick)
        self.wake()

    def turned(self) -> None:
        """The practice clock was turned: what fell due is done, and stands on the screens, before it is turned further.

        Letters first: nobody is reminded of a customer whom a letter has reached meanwhile.
        """
        self._is_quiet.clear()
        try:
            self._live(self.world)
            self._live_through()
        finally:
            self._is_quiet.set()

    def _live_through(self) -> None:
        with unit_of_work("letters after a turn of the clock"), self._on_its_way["letters"]:
            carry_letters(self.world)
            if self.mailbox is not None:
                look_through(self.world, self.mailbox)
        self.tick_now()
        with unit_of_work("delivery after a turn of the clock"), self._on_its_way["deliver"]:
            for _ in range(_ROUNDS):
                if not deliver(self.world):
                    break

    def stop(self, patience: float = 5.0) -> bool:
        """Lets what is under way finish, for so many seconds. False when something has not: its lease passes it on."""
        self._stopping.set()
        self._watch.stop()
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
