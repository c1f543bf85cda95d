"""Addresses and numbers in a text, however they are disguised, and what a list of them allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.spoken.addresses import (
    accounts,
    email_allowed,
    emails,
    handles,
    parse_link,
    phones,
    read_email,
    read_link,
    read_phone,
    same_phone,
    visible,
    wallets,
)


@pytest.mark.parametrize(
    ("link", "allowed"),
    [
        ("https://shop.example/returns", True),
        ("https://shop.example/returns/", True),
        ("https://shop.example/returns/12?x=1", True),
        ("https://shop.example/returns?x=1", True),
        ("https://SHOP.example./returns", True),
        ("shop.example/returns", True),
        ("http://shop.example/returns", False),
        ("https://shop.example/", False),
        ("https://shop.example/returnsevil", False),
        ("https://shop.example/returns/../evil", False),
        ("https://shop.example/returns/%2e%2e/evil", False),
        ("https://shop.example/returns/%252e%252e/evil", False),
        ("https://shop.example/returns\\..\\evil", False),
        ("https://shop.example@evil.com/returns", False),
        ("https://evil.com/https://shop.example/returns", False),
        ("https://shop.example.evil.com/returns", False),
        ("https://www.shop.example/returns", False),
        ("https://shop.example:8443/returns", False),
        ("https://shop.example:port/returns", False),
        ("https://ѕhop.example/returns", False),  # a Cyrillic ѕ
        ("https://[shop.example/returns", False),
        ("javascript://shop.example/returns", False),
    ],
)
def test_only_the_page_listed_and_below_is_allowed(link: str, allowed: bool) -> None:
    assert parse_link(link).under(parse_link("https://shop.example/returns")) is allowed


def test_bare_host_allows_every_page_of_it() -> None:
    assert parse_link("https://shop.example/x").under(parse_link("shop.example"))
    assert parse_link("http://shop.example").under(parse_link("shop.example/"))


def test_same_host_in_letters_and_in_code_is_one() -> None:
    assert parse_link("https://xn--bcher-kva.example").under(parse_link("https://bücher.example"))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Write to Me@Example.org.", "me@example.org"),
        ("mailto:x@evil.com", "x@evil.com"),
        ("help (at) evil.com", "help@evil.com"),
        ("help [at] evil [dot] com", "help@evil.com"),
        ("help at evil dot com", "help@evil.com"),
        ("help＠evil.com", "help@evil.com"),
        ("a.b+c@mail.evil.co.uk", "a.b+c@mail.evil.co.uk"),
    ],
)
def test_email_is_found_in_every_disguise(text: str, address: str) -> None:
    assert list(emails(visible(text))) == [address]


@pytest.mark.parametrize("text", ["we met at noon", "@dana has it", "at 5 at the shop", "Tom @ the bar"])
def test_an_at_alone_makes_no_address(text: str) -> None:
    assert list(emails(visible(text))) == []


def test_listed_host_allows_all_its_addresses_only() -> None:
    assert email_allowed("tom@shop.example", ["@shop.example"])
    assert not email_allowed("tom@mail.shop.example", ["@shop.example"])
    assert not email_allowed("ana@example.com", ["ana@example.org"])


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "378282246310005",
        "DE89 3704 0044 0532 0130 00",
        "GB82WEST12345698765432",
    ],
)
def test_card_and_account_are_told_by_their_checksum(text: str) -> None:
    assert list(accounts(f"Use {text} please")) == [text]


@pytest.mark.parametrize(
    "text", ["4111 1111 1111 1112", "DE88 3704 0044 0532 0130 00", "JD0140000012345678", "order 8812345678901"]
)
def test_number_that_fails_its_checksum_is_no_account(text: str) -> None:
    assert list(accounts(text)) == []


@pytest.mark.parametrize(
    "text", ["+49 30 123 4567", "0049 30 1234567", "(030) 123-4567", "030/1234567", "+1.212.555.0100"]
)
def test_what_can_be_dialled_is_a_phone(text: str) -> None:
    assert list(phones(f"My number is {text}, any time")) == [text]


@pytest.mark.parametrize(
    "text",
    ["order 88123456789", "2026-11-24", "24.11.2026", "05.01.2026 09:40", "€1,250.50", "20 x 30 x 40", "1234567"],
)
def test_dates_orders_and_sums_are_no_phones(text: str) -> None:
    assert list(phones(text)) == []


def test_number_after_call_is_a_phone_without_prefix() -> None:
    assert list(phones("Please call 5550100 today")) == ["5550100"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+49 30 1234567", "030 1234567", True),
        ("0049301234567", "+49 (30) 123-45-67", True),
        ("+49 30 1234567", "+49 30 1234568", False),
        ("110", "110", False),  # too short to tell
    ],
)
def test_one_number_in_two_spellings_is_the_same(one: str, other: str, same: bool) -> None:
    assert same_phone(one, other) is same


@pytest.mark.parametrize(
    "written", ["shop", "ftp://shop.example", "https://", "https://you@shop.example", "", "https://shop.example/../x"]
)
def test_a_prefix_that_leads_nowhere_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="write for instance"):
        read_link(written)


@pytest.mark.parametrize("written", ["shop.example", "@", "help@", "two words@shop.example"])
def test_an_address_without_a_host_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="write for instance"):
        read_email(written)


@pytest.mark.parametrize("written", ["call us", "12", "4111 1111 1111 1111"])
def test_a_phone_nobody_can_dial_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="write for instance"):
        read_phone(written)


_BITS = st.lists(
    st.sampled_from(
        ["https://", "evil", ".com", "@", " at ", " dot ", "+49", "1", "4111", "DE89", "/", "\\", "[", "\u200b", "ｘ"]
    )
).map("".join)


@given(st.text() | _BITS)
def test_any_text_can_be_searched_for_addresses(text: str) -> None:
    seen = visible(text)
    found = [*emails(seen), *handles(seen), *wallets(seen), *accounts(seen), *phones(seen)]
    assert all(parse_link(each).host.isascii() for each in found)
