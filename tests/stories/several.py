"""The stage with several processes: two that answer and two that work, sharing a database and nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bot import Bot
from tests.stories.stage import Stage, unhurried, work_of


class Several(Stage):
    """Requests go to two webs in turn, and two workers do at the same time whatever is owed.

    Each is a bot with connections, caches and a writer of its own, as in a process of its own.
    """

    def start(self) -> None:
        super().start()
        self.second_web, *self.workers = [unhurried(Bot(self.settings, self.practice.clock.now)) for _ in range(3)]
        self.connect([self.bot, self.second_web])
        self._at_work = ThreadPoolExecutor(len(self.workers))

    def close(self) -> None:
        self._at_work.shutdown()
        for bot in (self.second_web, *self.workers):
            bot.stop()
        super().close()

    def work(self) -> int:
        return sum(self._at_work.map(lambda bot: work_of(bot.world, bot.workers.mailbox), self.workers))
