"""The short torture: a dozen kills, and still nothing is lost and nothing comes twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.torture.setting import SHORT, Plan
from tests.torture.torture import tortured

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

LONGER = replace(SHORT, kills=12, longest=120.0)


def assert_unharmed(plan: Plan, url: str, folder: Path) -> None:
    report = tortured(plan, url, folder)
    assert report.findings == [], f"see {folder}"
    assert report.figures["processes"]["kills"] > 0
    assert report.figures["letters"]["approved"] >= plan.letters
    # Those that come at once share a card; that none is lost among them is one of the findings.
    assert 0 < report.figures["messages"]["card"] <= report.figures["feedback"]["cases"]


def test_several_processes_survive_a_dozen_kills(bare_postgres_url: str, tmp_path: Path) -> None:
    assert_unharmed(LONGER, bare_postgres_url, tmp_path)


def test_one_process_survives_a_dozen_kills(tmp_path: Path) -> None:
    assert_unharmed(LONGER, f"sqlite:///{tmp_path / 'amends.db'}", tmp_path)
