"""Spoiled bodies on the pure road of each envelope raise nothing and take no longer than they are long.

`python -m tests.attacks.pure_road` tries a hundred thousand on each, of another seed each time.
"""

from __future__ import annotations

import pytest

from handlers.sources import SOURCES
from tests.attacks.pure_road import tried

_SEED = 5  # the same bodies each time, so that nobody's change is red for a fault of another


@pytest.mark.parametrize("name", SOURCES)
def test_spoiled_bodies_are_read_or_told_apart_in_time(name: str) -> None:
    found = tried(name, _SEED, range(100))
    assert found.faults == []
    assert found.became["kept unread"] > 10
    assert found.became.total() - found.became["kept unread"] > 10
