"""A few letters whose processes are killed on the way; two hundred in the long form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.killed_letters import tortured


@pytest.mark.parametrize("kills", [6, pytest.param(200, marks=pytest.mark.long)])
def test_letter_of_a_killed_process_goes_once_or_asks(kills: int, tmp_path: Path) -> None:
    report = tortured(kills, 1, tmp_path)
    assert report.findings == []
    assert report.kills.total() >= kills * 2 // 3
    assert report.received + report.states["unknown"] >= kills
