"""An engine that cannot be used here is known before a customer's words reach it, and the log says why."""

from __future__ import annotations

import logging
import platform
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.judging import engine
from handlers.judging.scorer import judge_here

KNOWN = "processor\t: 0\nflags\t\t: fpu sse sse2 {}\nbugs\t\t: none\n"


@pytest.fixture(autouse=True)
def untried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(engine, "is_installed", lambda: True)
    monkeypatch.setattr(engine, "embed", lambda texts: [[1.0] for _ in texts])
    engine.trouble.cache_clear()
    yield
    engine.trouble.cache_clear()


def on_processor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: str) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    told = tmp_path / "cpuinfo"
    told.write_text(KNOWN.format(flags))
    monkeypatch.setattr(engine, "_LINUX_TELLS", told)


@pytest.mark.parametrize(
    ("flags", "trouble"),
    [
        ("avx avx2 fma", None),
        ("avx fma", "this processor lacks avx2"),
        ("avx", "this processor lacks avx2 and fma"),
    ],
)
def test_processor_that_would_be_stopped_by_the_wheel_is_known(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: str, trouble: str | None
) -> None:
    on_processor(monkeypatch, tmp_path, flags)
    assert (engine.trouble(), engine.is_here()) == (trouble, trouble is None)


def test_processor_that_nobody_tells_of_is_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "_LINUX_TELLS", tmp_path / "none")
    assert engine.is_here()


def test_engine_that_breaks_is_no_judge_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(texts: object) -> None:
        raise OSError("libgomp.so.1: cannot open shared object file")

    monkeypatch.setattr(engine, "embed", broken)
    with caplog.at_level(logging.ERROR):
        assert judge_here() is None
    assert caplog.text.count("libgomp.so.1") == 1


def test_engine_that_is_not_installed_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engine, "is_installed", lambda: False)
    assert judge_here() is None
    assert caplog.text == ""


@pytest.mark.long
def test_no_letter_becomes_more_than_the_engine_has_room_for() -> None:
    letters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    swelling = {each for each in letters if len(unicodedata.normalize("NFKC", each)) > engine.ROOM * len(each.encode())}
    assert {ord(each) for each in swelling} == engine.SWELLING.keys()
    assert swelling.isdisjoint(engine.as_read("".join(swelling) * engine.LONGEST))


def test_what_is_read_of_a_text_is_never_longer_than_the_model_takes_at_once() -> None:
    assert [len(engine.as_read(text)) for text in ("ﷺ" * 20, "ﷺ" * 3_000, "x" * 3_000)] == [360, 1_500, 1_500]
