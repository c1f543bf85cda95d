"""Text made safe: strangers' characters are escaped, tokens are never cut in two, dates read in any zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.text import clean
from handlers.cards.mrkdwn import (
    Mrkdwn,
    ago,
    escape,
    fill,
    fit,
    join,
    link,
    link_naming_host,
    mail_draft_link,
    mention,
    telephone_link,
    unmarked,
    unstyled,
    when,
)

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@given(st.text())
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    safe = escape(text)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", safe)
    assert unmarked(safe) == clean(text)


@given(st.text())
def test_escaping_twice_is_the_same_as_once(text: str) -> None:
    assert escape(escape(text)) == escape(text)


@given(st.text(alphabet="<&>ab ", max_size=80), st.integers(1, 60))
def test_a_cut_never_leaves_half_an_entity(text: str, limit: int) -> None:
    cut = fit(text, limit)
    assert len(cut) <= limit
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", cut)


@given(st.integers(1, 200))
def test_a_cut_never_leaves_half_a_token(limit: int) -> None:
    text = join(" ", [when(AT, "due"), mention("UANA00001"), link("https://x.example/a?b=1&c=2", "a < b")])
    cut = fit(text, limit)
    assert cut.count("<") == cut.count(">")
    assert len(cut) <= limit


@given(st.text())
def test_a_blank_filled_by_a_stranger_is_escaped(text: str) -> None:
    assert fill("{name} waits", name=text) == f"{escape(text)} waits"


def test_a_blank_without_a_fact_raises_at_once() -> None:
    with pytest.raises(KeyError):
        fill("{owner} has it")


def test_braces_in_a_fact_are_not_blanks() -> None:
    assert fill("{name}", name="{owner} {0}") == "{owner} {0}"


def test_safe_text_in_a_blank_stays_as_it_is() -> None:
    assert fill("{owner}", owner=mention("UANA00001")) == "<@UANA00001>"


@pytest.mark.parametrize(
    ("sentence", "filled"),
    [
        ("{at:}", "<!date^1767603600^{date_long_pretty} at {time}|Monday, January 5th, 2026, 09:00 UTC>"),
        ("{at:due}", "<!date^1767603600^due {date_long_pretty} at {time}|due Monday, January 5th, 2026, 09:00 UTC>"),
        ("{at:ago}", "<!date^1767603600^{ago}|09:00 UTC>"),
    ],
)
def test_an_instant_reads_in_the_readers_own_zone(sentence: str, filled: str) -> None:
    assert fill(sentence, at=AT) == filled
    assert fill(sentence, at=AT.astimezone(timezone(timedelta(hours=9)))) == filled


def test_a_date_reads_the_same_in_every_zone() -> None:
    assert fill("{on}", on=date(2026, 1, 7)) == "Wednesday, January 7th, 2026"


def test_an_instant_before_1970_is_still_a_token() -> None:
    assert ago(datetime(1960, 1, 1, tzinfo=UTC)).startswith("<!date^1^")


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ("UANA00001", "<@UANA00001>"),
        ("W012A3CDE", "<@W012A3CDE>"),
        ("SCARE0001", "<!subteam^SCARE0001>"),
        ("@lead", "@lead"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("U1><!channel", "U1&gt;&lt;!channel"),
        ("Ulla", "Ulla"),
    ],
)
def test_only_slack_ids_become_mentions(person: str, shown: str) -> None:
    assert mention(person) == shown


def test_a_link_without_an_address_is_its_label() -> None:
    assert link(None, "#12 <b>") == "#12 &lt;b&gt;"


def test_an_address_cannot_break_out_of_its_link() -> None:
    assert link("https://x.example/a>b|c <d>", "x") == "<https://x.example/a%3Eb%7Cc%20%3Cd%3E|x>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://x.example", "//x.example", "", "https://", "http://["]
)
def test_strange_addresses_are_not_linked_at_all(address: str) -> None:
    assert link_naming_host(address, "on {host}") is None


@pytest.mark.parametrize("number", ["call me", "12", "<!here>", ""])
def test_what_is_no_number_cannot_be_called(number: str) -> None:
    assert "tel:" not in telephone_link(number)


def test_lines_of_a_mail_draft_end_as_rfc_6068_wants() -> None:
    address = mail_draft_link("dora@example.org", "Open it", "Re: your order", "Hello Dora,\n\nI am sorry.")
    assert "body=Hello%20Dora%2C%0D%0A%0D%0AI%20am%20sorry." in address


@given(st.text(alphabet="*~`_ab ", max_size=30))
def test_a_strangers_signs_begin_and_end_no_style(text: str) -> None:
    shown = unstyled(text)
    assert not set("*~`") & set(shown)
    assert len(shown) == len(text)


def test_joining_leaves_out_what_says_nothing() -> None:
    assert join(" · ", ["a", "", None, Mrkdwn("<@UANA00001>"), "<b>"]) == "a · <@UANA00001> · &lt;b&gt;"
