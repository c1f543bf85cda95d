"""How letters read is asked once, outside transactions, and known within them."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from handlers.judging.letters import Lines

LETTER = "Hi Ana, I am sorry. Tom"


def test_what_was_asked_once_is_known_from_then_on() -> None:
    asked: list[str] = []
    lines = Lines(lambda letter: float(len(asked.append(letter) or letter)))  # type: ignore[func-returns-value]
    assert lines.known(LETTER) is None
    assert lines.ask(LETTER, None) == lines.ask(LETTER) == lines.known(LETTER) == len(LETTER)
    assert asked == [LETTER]


def test_nobody_waits_longer_than_they_have_patience() -> None:
    read: Future[float] = Future()
    lines = Lines(lambda letter: read.result())
    assert lines.ask(LETTER, 0.0) is None
    assert lines.known(LETTER) is None
    read.set_result(-2.0)
    assert lines.ask(LETTER, None) == lines.known(LETTER) == -2.0


def test_letter_that_breaks_the_line_has_no_value(caplog: pytest.LogCaptureFixture) -> None:
    def line(letter: str) -> float:
        raise ValueError(letter)

    lines = Lines(line)
    assert lines.ask(LETTER, None) is lines.known(LETTER) is None
    assert "ValueError" in caplog.text
    assert "Ana" not in caplog.text


def test_without_a_line_no_letter_has_a_value() -> None:
    assert Lines().ask(LETTER) is Lines().known(LETTER) is None
