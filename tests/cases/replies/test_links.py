"""Whatever leads to a machine is found by its shape; full stops, dates, times, names and files are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.replies.domains import is_top
from cases.replies.links import links
from cases.spoken.addresses import visible


def written(text: str, *, sure: bool = True) -> list[str]:
    return [link.written for link in links(visible(text)) if link.sure is sure]


LINKED = [
    ("see https://shop.example/returns/1.", "https://shop.example/returns/1"),
    ("www.evil.com", "www.evil.com"),
    ("hxxps://evil.com/x", "hxxps://evil.com/x"),
    ("[here](https://bit.ly/3x)", "https://bit.ly/3x"),
    ('<a href="//evil.com/x">here</a>', "evil.com/x"),
    ("<https://evil.com|our shop>", "https://evil.com"),
    ("bit.ly/3x", "bit.ly/3x"),
    ("shop.example", "shop.example"),
    ("http://192.0.2.7/x", "http://192.0.2.7/x"),
    ("192.0.2.7/login", "192.0.2.7/login"),
    ("evil[.]com", "evil.com"),
    ("evil (dot) com", "evil.com"),
    ("go to example dot com", "example dot com"),
    ("ev\u200bil.com", "evil.com"),  # a zero-width space
    ("ｅｖｉｌ.com", "evil.com"),  # full-width letters
    ("shop。example/returns", "shop.example/returns"),  # an ideographic full stop
    ("аpple.com", "apple.com"),  # a Cyrillic а
    ("https://shop.example@evil.com/", "https://shop.example@evil.com/"),
    ("javascript:alert(1)", "javascript:alert"),
    ("XN--80AK6AA92E.COM", "XN--80AK6AA92E.COM"),
]


@pytest.mark.parametrize(("text", "link"), LINKED)
def test_link_is_found_in_every_disguise(text: str, link: str) -> None:
    assert link in written(text)


@pytest.mark.parametrize(
    "text",
    [
        "I am sorry.It was cold.",
        "e.g. the soup at 5 p.m.",
        "Dr. Smith of St. Ives",
        "3.5 kg for 1.250,50 EUR",
        "invoice.pdf and photo.jpg",
        "U.S. Mail",
        "ana@example.org",
        "On 24.11.2026 at 17.30",
        "Yes... no",
        "the data: we lost it",
    ],
)
def test_full_stops_alone_make_no_link(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "claims.academy", "pay-help.zone today", "xmpf3jk2.onion", "evil.internal/login", "localhost:3000/pay", "203.0.113.9",
        "2001:db8::9", "http:evil.center", "evil . com / pay", "evil .com", "evil. com", "refund-desk dot solutions",
        "souprefunds dot c o m", "s o u p . c o m", "soup,com", "soup com slash claim", "soup punkt com", "www soup-desk com", "soup-desk.c0m", "t.me/soup", "wa.me/49171",
        "soup.рф", "公司.中国", "请在soup.care输入", "🅲🅻🅰🅸🅼.🅲🅾🅼", "ᴄʟᴀɪᴍ.ᴄᴏᴍ", "so\u00adup.c\u00adom", "soup\u3002care", "soup.\u200bcare", "SOUP.CARE",
        "_soup.care_", "..soup.care", "soup.care...", "soup.care:8443", "soup.it", "visit soup.Now", "go to Soup-Desk.Care", "soup.Com",
        "https:\\\\soup.test", "soup.com.Thank you", "a.b.c.soup.pizza", "soup.care/x?y", "user:x@soup.care/", "bitcoin:1Boat", "soup·care", "soup․care",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_is_found_by_shape(text: str) -> None:
    assert written(text) or "@" in text


@pytest.mark.parametrize(
    "text",
    [
        "Mr.Smith", "Dr.Best", "St.Pauli", "Müller & Co.KG", "e.g.to", "z.B.am Montag", "i.e.it", "at 9.am", "3.5 hours", "v4.11.2",
        "12:30:45", "invoice.pdf", "IMG_2041.mov", "Rechnung_118b.pdf", "24/7 and/or 3/5", "AX-4410/B", "1.250,50", "24.11.2026", "a.m./p.m.",
        "room 4.12", "at some point next week", "St.Gallen/Ulm", "the red dot in the photo", "cold, net of tax", "USB 3.2", "5 lb. to go",
        "Wait...so it is", "3.11.", "10.000 km", "P.S.I am", "we close at 20.00 Uhr", "approx. in May",
    ],
)  # fmt: skip
def test_what_only_looks_like_an_address_is_left_alone(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    "text", ["It was cold.So I made a new one", "sorry.My driver", "Thanks.Best wishes", "late.Call me"]
)
def test_missing_space_is_told_from_an_address(text: str) -> None:
    assert written(text) == []
    assert len(written(text, sure=False)) == 1


def test_the_list_of_endings_is_the_one_that_is_in_use() -> None:
    assert all(
        map(is_top, ["com", "care", "Zip", "рф", "xn--p1ai", "onion", "сom"])
    )  # the last begins with a Cyrillic с
    assert not any(map(is_top, ["thank", "pdf", "smith", "g", "", "kalt"]))


@given(
    st.text()
    | st.lists(st.sampled_from(["soup", ".", "com", " ", "/", "@", ":", "1", "_", "-", "dot", "[", "。"])).map("".join)
)
def test_any_text_can_be_searched_for_links(text: str) -> None:
    assert all(link.written for link in links(visible(text)))
