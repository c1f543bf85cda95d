"""A rehearsal: a bot at work in the practice workspace, from the first customer on, as often as somebody starts again."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from sandbox.demo import cast
from sandbox.lines.requests import Bot as Line
from sandbox.server import PracticeWorkspace


class Answer(Protocol):
    """What a bot answers to one request."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...


class Doors(Protocol):
    """Where requests come in."""

    def slack(self, headers: dict[str, str], body: bytes) -> Answer: ...
    def intake(self, source: str, headers: dict[str, str], body: bytes) -> Answer: ...


class Turned(Protocol):
    """What has to be done when the practice clock was turned."""

    def turned(self) -> None: ...


class Rehearsed(Protocol):
    """A bot with a database of its own."""

    @property
    def edge(self) -> Doors: ...
    @property
    def workers(self) -> Turned: ...
    def start_workers(self) -> None: ...
    def stop(self) -> object: ...


class Rehearsal:
    """`new_bot` makes a bot that remembers nothing, with its database in the file it is given; it is not at work yet."""

    def __init__(self, practice: PracticeWorkspace, new_bot: Callable[[Path], Rehearsed], folder: Path) -> None:
        self.practice, self._new_bot, self._folder = practice, new_bot, folder
        self._databases = itertools.count(1)
        self._one_at_a_time = threading.Lock()
        self._bot: Rehearsed | None = None
        practice.restart = self.begin

    def begin(self) -> None:
        """Everything anew: the workspace, its clock, and a bot that remembers nothing."""
        with self._one_at_a_time:
            self.end()
            self.practice.reset()
            cast.add_others(self.practice.workspace)
            bot = self._bot = self.new_bot()
            # Straight to the bot, without a socket between: same checks, same handlers.
            self.practice.connect(_line(bot.edge.slack), _line(partial(bot.edge.intake, "generic")))
            self.practice.clock.on_jump.append(bot.workers.turned)
            bot.start_workers()
            next(iter(self.practice.customers.values())).send()  # nobody should look at an empty channel first

    def new_bot(self) -> Rehearsed:
        """A bot with an empty database, not at work yet."""
        return self._new_bot(self._folder / f"demo-{next(self._databases)}.db")

    def end(self) -> None:
        """Ends the bot, if there is one."""
        if self._bot is not None:
            self.practice.connect(None, None)
            self.practice.clock.on_jump.remove(self._bot.workers.turned)
            self._bot.stop()
            self._bot = None


def _line(door: Callable[[dict[str, str], bytes], Answer]) -> Line:
    def line(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        answer = door(headers, body)
        return answer.status, dict(answer.headers), answer.body

    return line
