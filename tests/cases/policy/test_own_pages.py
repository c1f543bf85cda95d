"""A link to the team's own page leads there and nowhere else, whatever stands in an order's number."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.policy.own_pages import LONGEST, filled
from cases.policy.page import PolicyError, read_policy

ORDERS = "https://shop.example/admin/orders/{order_ref}/edit?tab=items"


@pytest.mark.parametrize(
    ("order", "address"),
    [
        ("8812", "https://shop.example/admin/orders/8812/edit?tab=items"),
        ("GB 60/21", "https://shop.example/admin/orders/GB%2060%2F21/edit?tab=items"),
        ("<!channel>|x>", "https://shop.example/admin/orders/%3C%21channel%3E%7Cx%3E/edit?tab=items"),
        ("1?a=b&c#d", "https://shop.example/admin/orders/1%3Fa%3Db%26c%23d/edit?tab=items"),
        ("88\n12\r\n", "https://shop.example/admin/orders/88%2012/edit?tab=items"),
        ("№ 5 ü", "https://shop.example/admin/orders/%E2%84%96%205%20%C3%BC/edit?tab=items"),
        ("{email}", "https://shop.example/admin/orders/%7Bemail%7D/edit?tab=items"),
        ("100%", "https://shop.example/admin/orders/100%25/edit?tab=items"),
        ("x" * 300, f"https://shop.example/admin/orders/{'x' * 300}/edit?tab=items"),
        ("..", None),
        (" . ", None),
        ("", None),
        ("\u202e", None),
        (None, None),
        ("ü" * 500, None),  # an address nobody's browser or Slack need take
    ],
)
def test_order_is_encoded_whole_or_no_link(order: str | None, address: str | None) -> None:
    assert filled(ORDERS, {"order_ref": order}) == address


@given(st.text(max_size=500))
def test_no_order_moves_the_page_around_it(order: str) -> None:
    address = filled(ORDERS, {"order_ref": order})
    if address is not None:
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("https", "shop.example", "tab=items", "")
        assert parts.path.count("/") == ORDERS.count("/") - 2
        assert unquote(parts.path).startswith("/admin/orders/")
        assert len(address) <= LONGEST


def test_page_without_its_fact_is_no_link() -> None:
    assert filled("https://crm.example/?m={email}", {"order_ref": "8812", "email": None}) is None
    assert filled("", {"order_ref": "8812"}) is None


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("http://shop.example/{order_ref}", 'must begin with "https://"'),
        ("shop.example/{order_ref}", 'must begin with "https://"'),
        ("javascript:alert({order_ref})", 'must begin with "https://"'),
        ("https://{order_ref}.shop.example/", 'must begin with "https://"'),
        ("https://shop.example@evil.example/{order_ref}", 'must begin with "https://"'),
        ("https:///{order_ref}", 'must begin with "https://"'),
        ("https://[::1/{order_ref}", 'must begin with "https://"'),
        ("https://shop.example/orders", "would lead everybody to the same page"),
        ("https://shop.example/{order}", "has no blank for {order}; there are {order_ref}, {customer_id}, {email}"),
        ("https://shop.example/{}", "has no blank for {}"),
        ("https://shop.example/{order_ref", "braces only around blanks"),
        ("https://shop.example/a b/{order_ref}", "without spaces"),
        ("https://shop.example/<{order_ref}>", "plain web address"),
    ],
)
@pytest.mark.parametrize("setting", ["order_url", "customer_url"])
def test_address_that_cannot_work_is_refused_in_a_sentence(setting: str, written: str, says: str) -> None:
    with pytest.raises(PolicyError) as refused:
        read_policy(f"[customers]\n{setting} = {written!r}\n")
    assert says in str(refused.value)
    assert setting in str(refused.value)


@pytest.mark.parametrize("written", ["", ORDERS, "https://shop.example:8443/o?id={order_ref}&c={customer_id}"])
def test_address_that_works_is_taken_as_written(written: str) -> None:
    taken: Any = read_policy(f"[customers]\norder_url = {written!r}\n").customers.order_url
    assert taken == written
