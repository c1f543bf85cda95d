"""The mailbox tells by itself that something came in (IDLE, RFC 2177), where its server can; looking every `[mail] poll` goes on beside it.

So a server that says it can and never tells, or whose line is cut unseen, costs nothing but the time until the next look.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from handlers.letters.imap import INBOX, Away, folders, offers
from handlers.letters.look import NEVER, Mailbox
from handlers.world import World

_LONGEST = 540.0  # seconds in one line: some servers cut what is silent for ten minutes
_STEP = 1.0  # seconds until the end of the process is noticed
_AGAIN = timedelta(minutes=10)  # after a line that broke, or a server that does not offer it


def listen(
    world: World, mailbox: Mailbox, is_over: Callable[[], bool] = lambda: False, longest: float = _LONGEST
) -> int:
    """Listens until something comes, or for so many seconds; how often the mailbox rang."""
    if world.now() < mailbox.listens_from:
        return 0
    try:
        with mailbox.imap.opened(at_most=longest + 60) as box:
            there = folders(box, world.policy.mail.inbox, INBOX)
            if not there or not offers(box, "IDLE"):
                mailbox.listens_from = world.now() + _AGAIN
                return 0
            box.folder.set(there[0], readonly=True)
            ends = time.monotonic() + longest
            with box.idle as idle:
                while time.monotonic() < ends and not is_over():
                    if any(b"EXISTS" in said for said in idle.poll(timeout=_STEP)):
                        mailbox.looked_at = NEVER
                        return 1
    except Away:  # looking tells of it, if it lasts
        mailbox.listens_from = world.now() + _AGAIN
    return 0
