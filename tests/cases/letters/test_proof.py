"""Whose word on the sender of a letter counts: the receiving server's, and nobody else's."""

from __future__ import annotations

import pytest

from cases.letters.proof import learnt, server_of, vouched

PRIYA, MX = "Priya <priya@example.org>", "mx.shop.example"


@pytest.mark.parametrize(
    ("results", "server"),
    [
        ("mx.google.com; dkim=pass header.d=example.org", "mx.google.com"),
        ("MX.Shop.Example 1; none", "mx.shop.example"),
        ("(by us) mx.shop.example; none", "mx.shop.example"),
        ("spf=pass (sender IP is 1.2.3.4) smtp.mailfrom=a.example; dmarc=pass", ""),
        ("", ""),
    ],
)
def test_server_is_known_by_the_name_it_signs_with(results: str, server: str) -> None:
    assert server_of(results) == server


@pytest.mark.parametrize(
    ("results", "proven"),
    [
        ("mx.shop.example; dmarc=pass header.from=example.org", True),
        ("mx.shop.example; dmarc=pass (p=REJECT dis=NONE)", True),
        ("mx.shop.example; dmarc=fail (p=none) header.from=example.org", False),
        ('mx.shop.example 1; spf=none (said "dmarc=pass"); dmarc = fail (p=none) header.from = example.org', False),
        ("mx.shop.example; dmarc=pass header.from=evil.example", None),
        ("mx.shop.example; dmarc=pass header.from=example.org; dmarc=pass header.from=evil.example", None),
        ("mx.forged.example; dmarc=pass header.from=example.org", None),
        ("mx.shop.example.evil; dmarc=pass", None),
        ("mx.shop.example; dkim=pass header.d=example.org", True),
        ("mx.shop.example; dkim=pass header.i=@mail.example.org", None),
        ("mx.shop.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example", None),
        ("mx.shop.example; spf=pass smtp.mailfrom=bounce@example.org", True),
        ("mx.shop.example; spf=softfail smtp.mailfrom=bounce@example.org", None),
        ("mx.shop.example; auth=pass smtp.auth=priya@example.org", True),
        ("mx.shop.example; dmarc=none; spf=pass smtp.mailfrom=evil.example", None),
        ("mx.shop.example; none", None),
        ('mx.shop.example; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.org"@evil.example', None),
        ("mx.shop.example; spf=pass (x (; dmarc=pass header.from=example.org) y) smtp.mailfrom=evil.example", None),
        (None, None),
    ],
)
def test_sender_is_proven_by_our_server_alone(results: str | None, proven: bool | None) -> None:
    assert vouched(results, PRIYA, MX) is proven


def test_nobody_is_believed_while_no_server_is_known() -> None:
    assert vouched("mx.shop.example; dmarc=pass", PRIYA, None) is None
    assert vouched("dmarc=pass header.from=example.org", PRIYA, "") is True


OURS, THEIRS = "mx.shop.example; dmarc=none", "mx.google.com; dmarc=pass"


@pytest.mark.parametrize(
    ("on_top", "server"),
    [
        ([OURS] * 10, "mx.shop.example"),
        ([OURS] * 9, None),
        ([OURS] * 40 + [None] * 10, "mx.shop.example"),
        ([THEIRS] * 15 + [None] * 45, None),  # lists and forwards carry it along, and our own server writes nothing
        (["spf=pass smtp.mailfrom=a.example"] * 12, ""),
        ([None] * 60, None),
        ([], None),
    ],
)
def test_our_server_is_who_writes_on_top_of_nearly_all(on_top: list[str | None], server: str | None) -> None:
    assert learnt(on_top) == server
