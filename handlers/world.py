"""What every handler is given from outside: the store, the policy, the time, Slack and the model; swapped in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cases.letters.compose import Mailbox
from cases.letters.letter import Post
from cases.policy.page import Policy
from handlers.judging.letters import Lines
from handlers.judging.unscored import Judge, Unscored
from handlers.slack.clients import Slack
from handlers.slack.directory import Directory
from prompts.writer import Writer
from store.engine import Store


@dataclass(frozen=True, kw_only=True)
class World:
    """The outside as handlers see it. `now` gives aware UTC; `writer` is None without a model, `judge` without a learned one, `post` without a mail server; `inbox`, the
    team's address, where nobody reads what is in its mailbox.

    `troubles` say what this process finds wrong with itself, one sentence each; nothing when all is well.
    """

    store: Store
    policy: Policy
    now: Callable[[], datetime]
    slack: Slack
    directory: Directory
    writer: Writer | None = None
    judge: Judge | None = None
    post: Post | None = None
    inbox: Mailbox | None = None
    unscored: Unscored = field(default_factory=Unscored)
    lines: Lines = field(default_factory=Lines)
    troubles: list[Callable[[], Iterable[str]]] = field(default_factory=list)
    # What handlers/rights.py knows to be in the database already, so that it need not look there at every click.
    channels: dict[int, tuple[str, datetime]] = field(default_factory=dict)
    pinned: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
