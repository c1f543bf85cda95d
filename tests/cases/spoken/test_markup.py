"""Slack's spelling as plain words: what the writer saw."""

from __future__ import annotations

import pytest

from cases.spoken.markup import escaped, plain, unescaped

SEEN = [
    ("Soup &amp; bread cold &lt;3", "Soup & bread cold <3"),
    ("&amp;lt; stays", "&lt; stays"),
    ("wrote <mailto:ana@example.org|ana@example.org>", "wrote ana@example.org"),
    ("wrote <mailto:ana@example.org>", "wrote ana@example.org"),
    ("<mailto:ana@example.org|Write to us>", "Write to us (ana@example.org)"),
    ("call <tel:+493055501234|+49 30 5550-1234>", "call +49 30 5550-1234"),
    ("<https://a.example/?x=1&amp;y=2|a.example>", "https://a.example/?x=1&y=2"),
    ("<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"),
    ("<https://evil.example|our shop>", "our shop (https://evil.example)"),
    ("ask <@U2|ben> or <@U3>", "ask @ben or @U3"),
    ("in <#C123|care> or <#C124>", "in #care or #C124"),
    (
        "<!here> <!here|here> <!channel> <!subteam^S1|@care-team> <!subteam^S2>",
        "@here @here @channel @care-team @subteam",
    ),
    ("on <!date^1767603600^{date_short} at {time}|5 Jan 2026, 09:00 UTC>", "on 5 Jan 2026, 09:00 UTC"),
    ("on <!date^1767603600^{date}^https://a.example|5 Jan>", "on 5 Jan"),
    ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
    ("<3 you", "<3 you"),
    ("", ""),
]


@pytest.mark.parametrize(("sent", "seen"), SEEN)
def test_markup_is_read_as_its_writer_saw_it(sent: str, seen: str) -> None:
    assert plain(sent) == seen


def test_escaping_and_back_changes_nothing() -> None:
    for text in ("a & b", "<b>", "&lt;", "&amp;amp;"):
        assert unescaped(escaped(text)) == text == plain(escaped(text))
