"""What was learnt of one model server, so that a case costs one call: which dialect works, and when asking is of no use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prompts.calls import WriterFailed
from prompts.dialects import Dialect

SEARCH_AGAIN = 600.0  # seconds after a search that found nothing
MISSES = 3  # in a row, after which a dialect that worked is doubted: the server may be another by now
SILENCES = 3  # calls without any answer, in a row or at once, after which the model rests
REST = 60.0  # seconds


class Learnt:
    """Kept for the life of a process; whatever is wrong in it is put right by the next answer. Any thread may use it.

    Only the calls under way are counted under a lock: two threads that learn at once learn the same, and a call too many
    is all that can come of it.
    """

    def __init__(self, first: Dialect, clock: Callable[[], float]) -> None:
        self.dialect = first
        self.is_new = True
        self._best = first  # the one that worked last, else the one to begin with
        self._clock = clock
        self._misses = 0
        self._searched_at: float | None = None
        self._lock = threading.Lock()
        self._under_way = 0
        self._silences = 0
        self._silent_at = 0.0
        self._silence = WriterFailed("timeout")

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A call is made within. Raises what the last one raised while the server rests: each customer would wait for it.

        It rests when a call had no answer and others, before it or beside it, have none either.
        """
        if self._silences and self._silences + self._under_way >= SILENCES and self._clock() - self._silent_at < REST:
            raise WriterFailed(self._silence.reason, detail="rests")
        with self._lock:
            self._under_way += 1
        try:
            yield
        except WriterFailed as failed:
            self.failed(failed)
            raise
        finally:
            with self._lock:
                self._under_way -= 1

    def failed(self, failed: WriterFailed) -> None:
        """A call came to nothing."""
        if failed.reason in ("timeout", "down"):
            self._silences += 1
            self._silent_at, self._silence = self._clock(), failed
        else:
            self._silences = 0

    def may_search(self, dialect: Dialect) -> bool:
        """Whether another dialect may be tried now that this one was not understood."""
        doubted = self.is_new or self._misses + 1 >= MISSES or dialect != self.dialect
        return doubted and (self._searched_at is None or self._clock() - self._searched_at >= SEARCH_AGAIN)

    def tries(self, dialect: Dialect | None) -> None:
        """The next one in a search. It begins there the next time if it is out of time before it has found anything."""
        if self.is_new and dialect is not None:
            self.dialect = dialect

    def works(self, dialect: Dialect) -> None:
        """The server understood this."""
        self.dialect = self._best = dialect
        self.is_new = False
        self._misses = self._silences = 0
        self._searched_at = None

    def found_none(self, *, searched: bool) -> None:
        """The server understood nothing; after a search of all there is, nobody need search again for a while.

        A dialect that had worked before is kept: it may have been the questions.
        """
        self._misses += 1
        if searched:
            self.dialect, self._misses = self._best, 0
            self._searched_at = self._clock()

    def recall(self, dialect: Dialect) -> None:
        """Another process understood itself with the server so: a good place to begin, and no more than that."""
        if self.is_new:
            self.dialect = self._best = dialect
