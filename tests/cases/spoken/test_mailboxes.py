"""Which addresses a header names, whatever somebody wrote into it."""

import pytest

from cases.spoken.mailboxes import mailbox, mailboxes

WRITTEN = [
    ("Ana Ruiz <ana@example.org>", ("Ana Ruiz", "ana@example.org")),
    ('"Ruiz, Ana" <ana@example.org>', ("Ruiz, Ana", "ana@example.org")),
    ("ana@example.org (Ana Ruiz)", ("Ana Ruiz", "ana@example.org")),
    ("ana@example.org", ("", "ana@example.org")),
    ('"Ruiz, Ana" <"ana"@example.org>', ("Ruiz, Ana", "ana@example.org")),
    ("priya@example.org <z@other.example>", ("priya@example.org", "z@other.example")),
    ("ana@example.org, kim@example.org", ("", "ana@example.org")),
    ("", ("", "")),
]


@pytest.mark.parametrize(("written", "read"), WRITTEN, ids=[written for written, _ in WRITTEN])
def test_sender_is_read_as_mail_programs_read_it(written: str, read: tuple[str, str]) -> None:
    assert mailbox(written) == read


NESTED = ["(" * 5_000, "a:" * 5_000, "<" * 5_000, '"' * 5_000, "[" * 5_000, "((" * 5_000 + "))" * 5_000, "\\" * 5_001]


@pytest.mark.parametrize("nested", NESTED, ids=[each[:2] for each in NESTED])
def test_brackets_within_brackets_break_nothing(nested: str) -> None:
    assert all(isinstance(address, str) for _, address in mailboxes([nested, nested + " ana@example.org"]))
    assert mailbox(nested)[1] in {"", nested[:300]}


def test_plain_addresses_are_found_among_brackets_too_deep() -> None:
    assert ("", "ana@example.org") in mailboxes(["(" * 5_000 + " ana@example.org"])
