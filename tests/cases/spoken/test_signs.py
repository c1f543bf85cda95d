"""Typographic signs are the signs of a keyboard, one for one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cases.spoken.signs import level, unquoted, visible


def test_signs_of_telephones_are_those_of_keyboards() -> None:
    assert level("“a” ‘b’ «c» „d“ won‑back – — −３　５：０0\u202fPM") == '"a" \'b\' "c" "d" won-back - - -3 5:00 PM'


@given(st.text())
def test_level_text_is_as_long_as_the_text(text: str) -> None:
    assert len(level(text)) == len(text)


def test_what_nobody_sees_is_left_out_and_emoji_stay_whole() -> None:
    assert visible("12\u200b \ufeffcl\u00adaim\u2069 \u200e3") == "12 claim 3"
    assert visible("👨\u200d👩\u200d👧 क\u094d\u200dष") == "👨\u200d👩\u200d👧 क\u094d\u200dष"


def test_quotes_around_the_whole_are_taken_off() -> None:
    assert unquoted(" “tomorrow 9:00” ") == "tomorrow 9:00"
    assert unquoted("“a” and “b") == "“a” and “b"
    assert unquoted('"') == '"'
