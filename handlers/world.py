"""What every handler is given from outside: the store, the policy, the time, Slack and the model; swapped in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.policy import Policy
from handlers.directory import Directory
from handlers.slack import Slack
from prompts.writer import Writer
from store.engine import Store


@dataclass(frozen=True, kw_only=True)
class World:
    """The outside as handlers see it. `now` gives aware UTC; `writer` is None without a model; `channel` is a channel id."""

    store: Store
    policy: Policy
    now: Callable[[], datetime]
    slack: Slack
    directory: Directory
    writer: Writer | None = None
