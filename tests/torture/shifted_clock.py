"""The bot on a machine whose clock is wrong, by as many seconds as a file says: `python -m … FILE run`."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import bot


def shifted(file: Path) -> datetime:
    """What the machine takes for the time."""
    return bot.wall_clock() + timedelta(seconds=float(file.read_text()))


if __name__ == "__main__":
    bot.Bot = partial(bot.Bot, now=partial(shifted, Path(sys.argv.pop(1))))  # type: ignore[misc, assignment]
    bot.cli()
