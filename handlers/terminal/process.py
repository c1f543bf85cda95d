"""A process of ours from its first line to its last: what it logs, why it cannot start, and how it waits for its end."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue

import typer

log = logging.getLogger("amends")


def started_logging() -> None:
    """One line for each thing that happens, to standard error; Bolt must not log bodies of requests it refuses."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Whatever level ours have: below this, most of them print customers' words and addresses.
    for talkative in (
        "slack_sdk",
        "sqlalchemy",
        "psycopg",
        "openai",
        "httpx",
        "httpx2",
        "httpcore",
        "apscheduler",
        "alembic",
    ):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    # Each failed request once more, in Python's words; whoever made it says what it means.
    logging.getLogger("slack_sdk.web.base_client").setLevel(logging.CRITICAL)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)  # its warnings quote whole payloads


@contextmanager
def refusing() -> Iterator[None]:
    """Turns the errors a person can mend into one sentence and exit code 2."""
    from store.engine import AWAY
    from store.schema import WrongSchema
    from store.worker_lock import AnotherWorker

    try:
        yield
    except (WrongSchema, AnotherWorker, *AWAY) as wrong:
        typer.echo(f"Amends cannot start. {str(wrong).splitlines()[0]}", err=True)
        raise typer.Exit(2) from None
    except OSError as wrong:
        typer.echo(f"Amends cannot start: {wrong}", err=True)
        raise typer.Exit(2) from None


def end_on_signal() -> SimpleQueue[None]:
    """What SIGTERM and Ctrl+C put something into. An Event could be locked by the very line that a signal interrupts."""
    end: SimpleQueue[None] = SimpleQueue()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.put(None))
    return end


def await_end(end: SimpleQueue[None]) -> None:
    """Looks up once a second: what wakes nobody is a signal that another thread was given, as when we had been stopped."""
    ended = False
    while not ended:
        with suppress(Empty):
            ended = end.get(timeout=1) is None


def leave(all_done: bool) -> None:
    """A thread that waits for Slack or a model would hold the process back; what it left has a lease and is taken up again."""
    if not all_done:
        log.warning("ended before all was done; the rest is taken up at the next start")
        logging.shutdown()
        os._exit(0)
