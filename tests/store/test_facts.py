"""Small lasting facts about an installation."""

from __future__ import annotations

from typing import Any

import pytest

from store import facts
from store.engine import Tx


def test_what_was_never_remembered_is_unknown(tx: Tx) -> None:
    assert facts.recall(tx, "installed_at") is None


@pytest.mark.parametrize("content", ["text", 7, False, {"a": [1, None]}, []])
def test_any_json_is_recalled_as_it_was(tx: Tx, content: Any) -> None:
    facts.remember(tx, "name", content)
    assert facts.recall(tx, "name") == content


def test_later_fact_takes_the_place_of_an_earlier(tx: Tx) -> None:
    for content in ("before", "after"):
        facts.remember(tx, "name", content)
    facts.remember(tx, "other", "untouched")
    assert (facts.recall(tx, "name"), facts.recall(tx, "other")) == ("after", "untouched")
