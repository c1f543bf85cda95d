"""What the tests of several rooms share: one headless browser for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium; Playwright allows one for each process, so every room opens its windows in this one."""
    from tests.sandbox import chromium  # only tests that ask for a browser pay for the import

    with chromium.launched() as launched:
        yield launched
