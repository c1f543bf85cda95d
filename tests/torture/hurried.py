"""The bot, with letters of unknown fate settled within seconds: `python -m tests.torture.hurried run`. All else is as it is."""

from __future__ import annotations

from datetime import timedelta

import bot
from cases.letters import letter
from handlers.letters import carry

# Longer than a process hangs, so that what has been taken up is not taken up again while its worker only sleeps.
_LEASE, _LOOKED_FOR, _AT_MOST = timedelta(seconds=15), timedelta(seconds=5), timedelta(seconds=15)

if __name__ == "__main__":
    carry._LEASE = _LEASE
    letter.LOOKED_FOR = carry.LOOKED_FOR = _LOOKED_FOR
    letter.LOOKED_FOR_AT_MOST = carry.LOOKED_FOR_AT_MOST = _AT_MOST
    bot.cli()
