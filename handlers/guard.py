"""One unit of work at a time: what breaks in it is logged, comes again later, and hurts nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta

from store.engine import AWAY, Tx, savepoint, what_is_away

log = logging.getLogger(__name__)
POISONED = timedelta(hours=1)  # how long what broke is left alone, so that it starves nobody


@contextmanager
def unit_of_work(what: str, put_off: Callable[[], object] | None = None, inside: Tx | None = None) -> Iterator[None]:
    """Whatever is raised within ends here. `what` names the unit in the log; `put_off` sees to it that it waits a while.

    A database that is away is no fault of the unit's, and nothing is put off: a leased row is seen again when its lease
    ends. A unit `inside` a transaction has what it wrote undone; a database that is away is then raised to whoever made
    the transaction, as all of it is to be done again. What `put_off` itself raises is raised.
    """
    try:
        with savepoint(inside) if inside is not None else nullcontext():
            yield
    except AWAY as away:
        if inside is not None:
            raise
        log.error(
            "%s waits, %s", what, what_is_away(away)
        )  # no traceback every few seconds: our code has no part in it
    except Exception:
        log.exception("%s broke, and all else goes on", what)
        if put_off is not None:
            put_off()
