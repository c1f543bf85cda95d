"""A process is asked to end while it hangs: it does so as soon as it comes to."""

from __future__ import annotations

import ctypes
import signal
from pathlib import Path

import pytest

from tests.elapsing import PATIENCE
from tests.torture.house import furnished
from tests.torture.setting import SHORT

pytestmark = pytest.mark.long


def test_signal_that_another_thread_was_given_ends_it(tmp_path: Path) -> None:
    """A stopped process that goes on gives it to whichever thread runs first; Python's handler waits for the main one."""
    with furnished(SHORT, f"sqlite:///{tmp_path / 'amends.db'}", tmp_path) as house:
        (bot,) = house.fleet.berths
        main, *others = sorted(int(task.name) for task in Path(f"/proc/{bot.pid}/task").iterdir())
        bot.meant, bot.back_at = True, float("inf")
        assert ctypes.CDLL(None).tgkill(main, others[-1], signal.SIGTERM) == 0
        bot.wait(PATIENCE)
        assert bot.code == 0
