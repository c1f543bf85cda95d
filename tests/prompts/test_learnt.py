"""When a model server is left alone: nobody's scaffold waits for the calls of others."""

from __future__ import annotations

import pytest

from prompts.calls import WriterFailed
from prompts.dialects import first
from prompts.learnt import REST, SILENCES, Learnt


class Watch:
    """A clock that a test turns by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def learnt(watch: Watch) -> Learnt:
    return Learnt(first(None), watch)


def calls(learnt: Learnt, failure: WriterFailed | None = None) -> bool:
    """Whether a call was made at all; it ends in this failure."""
    made = False
    try:
        with learnt.asking():
            made = True
            if failure is not None:
                raise failure
    except WriterFailed:
        pass
    return made


SILENT = WriterFailed("timeout")


def test_calls_without_an_answer_in_a_row_are_enough(learnt: Learnt) -> None:
    assert [calls(learnt, SILENT) for _ in range(SILENCES + 2)] == [True] * SILENCES + [False, False]


def test_one_silence_beside_others_under_way_is_enough(learnt: Learnt) -> None:
    with learnt.asking(), learnt.asking():
        assert calls(learnt, SILENT)
        assert not calls(learnt)


def test_many_under_way_without_a_silence_are_only_busy(learnt: Learnt) -> None:
    with learnt.asking(), learnt.asking(), learnt.asking(), learnt.asking():
        assert calls(learnt)


def test_an_answer_ends_the_rest(learnt: Learnt) -> None:
    with learnt.asking(), learnt.asking():
        calls(learnt, SILENT)
        learnt.works(learnt.dialect)
        assert calls(learnt)


@pytest.mark.parametrize("reason", ["malformed", "refused", "rate_limited", "wrong_key"])
def test_an_answer_of_any_kind_is_no_silence(learnt: Learnt, reason: str) -> None:
    assert all(calls(learnt, WriterFailed(reason)) for _ in range(SILENCES + 2))  # type: ignore[arg-type]


def test_after_its_rest_one_call_finds_out(learnt: Learnt, watch: Watch) -> None:
    for _ in range(SILENCES):
        calls(learnt, SILENT)
    watch.seconds += REST
    assert calls(learnt, SILENT)
    assert not calls(learnt)
