"""How Slack is asked: page by page, several things side by side, and only for as long as whoever has clicked can wait."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from typing import Any

from handlers.slack.cache import Kept
from handlers.slack.clients import NETWORK, Slack, failure_of

log = logging.getLogger(__name__)
_WHILE_SOMEBODY_WAITS = frozenset(
    {
        *("auth_test", "conversations_members", "dnd_info"),
        *("usergroups_list", "usergroups_users_list", "users_info"),
    }
)
# Refusals that are answers: Slack knows nobody of this id, or does not let us see them.
_ANSWERS = {"users_info": frozenset({"user_not_found", "users_not_found", "user_not_visible"})}
_MOST_PAGES = 100


class Asking:
    """Puts questions to Slack. It being away makes an answer None, never an exception."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._troubles: dict[str, str] = {}  # the word with which a method last failed
        self._under_way: dict[tuple[int, str], tuple[Future[Any], float]] = {}
        self._lock = threading.Lock()

    def _promptly(self, *wanted: tuple[Kept[str, Any], str]) -> None:
        """Asks what is due, side by side, and waits as long as one prompt call may take; later answers are kept all the same."""
        asked = [self._begun(kept, key) for kept, key in wanted if kept.is_due(key)]
        if asked:
            since = min(begun for _, begun in asked)
            done, _ = wait([each for each, _ in asked], max(0.0, since + self._slack.prompt.timeout - time.monotonic()))
            for each in done:
                each.result()  # raises what went wrong on our side

    def _begun(self, kept: Kept[str, Any], key: str) -> tuple[Future[Any], float]:
        """A question that is being asked is not asked twice, and nobody waits for it a second time."""
        with self._lock:
            known = self._under_way.get((id(kept), key))
            if known is None or known[0].done():
                known = Future[Any](), time.monotonic()
                self._under_way[id(kept), key] = known
                # A thread that a process need not wait for when it ends: Slack may let it wait for a minute.
                threading.Thread(target=_answered, args=(known[0], kept, key), name="asks-slack", daemon=True).start()
            return known

    def _pages(self, ask: Callable[[str], dict[str, Any] | None]) -> Iterator[dict[str, Any] | None]:
        """The pages of a list in turn, asked for by cursor; None in place of one that Slack did not give."""
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = ask(cursor)
            yield page
            cursor = ((page or {}).get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any] | None:
        """What Slack answers, or None. A trouble is logged when it begins, not each time it is met."""
        try:
            client = self._slack.prompt if method in _WHILE_SOMEBODY_WAITS else self._slack.reads
            answer = getattr(client, method)(**{k: v for k, v in arguments.items() if v != ""})
        except NETWORK as away:
            word = failure_of(away).word
            if word in _ANSWERS.get(method, ()):
                return {"error": word}
            if self._troubles.get(method) != word:
                log.warning("Slack did not answer %s: %s", method.replace("_", "."), away)
            self._troubles[method] = word
            return None
        self._troubles.pop(method, None)
        return dict(answer.data)


def _answered(future: Future[Any], kept: Kept[str, Any], key: str) -> None:
    try:
        future.set_result(kept.get(key))
    except Exception as wrong:  # noqa: BLE001  raised again by whoever waits
        future.set_exception(wrong)
