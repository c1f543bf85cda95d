"""Floors for what is judged without the engine, on the examples to look at: below them a change has done harm."""

from __future__ import annotations

import pytest

from cases.judgement import assess
from cases.judgement.stand_in import stand_in
from cases.model import Severity
from tests.evaluation.sets import examples


def _share(told: list[bool]) -> float:
    return sum(told) / len(told)


@pytest.mark.long
def test_stand_in_with_stars_and_grave_words_stays_above_its_floors() -> None:
    judged = [(each, assess(each.feedback, stand_in(each.feedback))) for each in examples("dev")]
    assert _share([told.negative for each, told in judged if each.negative is True]) >= 0.65
    assert _share([told.negative for each, told in judged if each.negative is False]) <= 0.30
    grave = [told.severity is Severity.CRITICAL for each, told in judged if each.grave and not each.danger]
    assert _share(grave) >= 0.5
    assert _share([told.asks_no_contact for each, told in judged if each.asks_no_contact]) >= 0.6
    assert _share([told.asks_no_contact for each, told in judged if not each.asks_no_contact]) <= 0.06
