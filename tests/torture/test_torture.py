"""The short torture: a dozen kills in a dozen seconds, and still nothing is lost and nothing comes twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.setting import SHORT
from tests.torture.torture import tortured

pytestmark = pytest.mark.timeout(240)  # seconds, on a busy machine


def assert_unharmed(url: str, folder: Path) -> None:
    report = tortured(SHORT, url, folder)
    assert report.findings == [], f"see {folder}"
    assert report.figures["processes"]["kills"] > 0
    assert report.figures["messages"]["card"] == report.figures["feedback"]["cases"] > 0


def test_several_processes_survive_a_dozen_kills(bare_postgres_url: str, tmp_path: Path) -> None:
    assert_unharmed(bare_postgres_url, tmp_path)


@pytest.mark.long
def test_one_process_survives_a_dozen_kills(tmp_path: Path) -> None:
    assert_unharmed(f"sqlite:///{tmp_path / 'amends.db'}", tmp_path)
