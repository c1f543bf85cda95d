"""Which customer speaks: what is a key, what only fills a field, and when two voices are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.arrivals.customers import Known, acquaintance, customer_keys
from cases.model import Customer, Feedback, Status


def said(source: str = "form", **customer: str) -> Feedback:
    return Feedback(external_id="1", source=source, customer=Customer(**customer), comment="cold")


def known(number: int, *words: Feedback) -> Known:
    return Known(number, Status.UNCLAIMED, words)


@pytest.mark.parametrize(
    ("customer", "keys"),
    [
        (Customer(), set()),
        (Customer(name="Ana Ruiz"), set()),
        (Customer(email=" Ana@Example.ORG "), {"email:ana@example.org"}),
        (Customer(email="ana.r+shop@example.org"), {"email:ana.r+shop@example.org"}),
        (Customer(email="info@kindergarten.example"), {"email:info@kindergarten.example"}),
        (Customer(phone="+49 (0)30 123456"), {"phone:+4930123456"}),
        (Customer(phone="0049 30 123456"), {"phone:+4930123456"}),
        (Customer(phone="030 123456"), {"phone:+4930123456"}),
        (Customer(id=" c-77 "), {"id:form:c-77"}),
        (Customer(id="77"), {"id:form:77"}),
        (Customer(email="ana@example.org", id="7"), {"email:ana@example.org", "id:form:7"}),
    ],
)
def test_what_tells_who_the_customer_is(customer: Customer, keys: set[str]) -> None:
    assert customer_keys(Feedback(external_id="1", source="Form", customer=customer), "DE") == keys


@pytest.mark.parametrize(
    "customer",
    [
        *(
            Customer(id=value)
            for value in (
                *(
                    "guest",
                    "GUEST",
                    " Guest ",
                    "anonymous",
                    "0",
                    "000",
                    "null",
                    "None",
                    "NaN",
                    "n/a",
                    "N.A.",
                    "-",
                    "—",
                    "?",
                ),
                *(
                    "undefined",
                    "unknown",
                    "unbekannt",
                    "Gast",
                    "test",
                    "Test ",
                    "xxx",
                    "999999",
                    "1234567",
                    "walk-in",
                    "ＮＵＬＬ",
                ),
            )
        ),
        *(
            Customer(email=value)
            for value in (
                *("noemail@example.com", "n/a@n/a", "no-reply@shop.example", "noreply@shop.example", "none@none.com"),
                *("test@test.com", "guest@shop.example", "a@a.com", "x", "@", "ana@localhost", "unknown@example.org"),
                *(
                    "keine@email.de",
                    "keine-email@web.de",
                    "sincorreo@gmail.com",
                    "pasdemail@free.fr",
                    "noreply+8812@shop.example",
                ),
                *(
                    "mailer-daemon@shop.example",
                    "a@b.de",
                    "your.email@shop.example",
                    "not@provided.com",
                    "ohne.email@gmx.de",
                ),
                *("do-not-reply@shop.example", "no.email@example.org", "ana ruiz@example.org", "null"),
            )
        ),
        *(
            Customer(phone=value)
            for value in (
                *(
                    "0000000",
                    "1234567",
                    "0123456789",
                    "+49 000000000",
                    "999 999 9999",
                    "call me",
                    "+1 555 0100",
                    "12",
                    "٠٠٠",
                ),
            )
        ),
    ],
    ids=repr,
)
def test_what_fills_a_field_identifies_nobody(customer: Customer) -> None:
    assert customer_keys(Feedback(external_id="1", source="form", customer=customer), "DE") == set()


@pytest.mark.parametrize(
    "written", ["+49 30 2223334 (abends)", "Tel. +49 30 2223334", "+49 30 2223334 / +49 171 5550143"]
)
def test_number_is_found_among_other_words(written: str) -> None:
    assert customer_keys(said(phone=written)) == {"phone:+49302223334"}


@pytest.mark.parametrize("other", ["\u212aarl@example.org", "karl@example.com", "k\u0430rl@example.org"])
def test_letters_that_look_alike_are_others(other: str) -> None:
    assert customer_keys(said(email=other)) != customer_keys(said(email="karl@example.org"))


def test_national_numbers_need_a_region() -> None:
    assert customer_keys(said(phone="030 123456")) == set()
    assert customer_keys(said(phone="030 123456"), "AT") != customer_keys(said(phone="030 123456"), "DE")


@given(st.text(st.characters()), st.sampled_from([None, "DE", "US"]))
def test_no_value_however_odd_raises(value: str, region: str | None) -> None:
    assert len(customer_keys(said(name=value, email=value, phone=value, id=value), region)) <= 3


def test_ids_of_any_length_fit_their_column() -> None:
    (long,) = customer_keys(said(source="s" * 200, id="x1" * 250))
    assert len(long) <= 200
    assert long != next(iter(customer_keys(said(source="s" * 200, id="x1" * 249))))


ANA = said(name="Ana Ruiz", email="ana@example.org", id="77", phone="+49 30 2223334")

SAME = [
    (ANA, said(email="ANA@example.org"), "one's own address"),
    (ANA, said(name="Im Postor", email="ana@example.org", phone="+49 30 6667778"), "one's own address, whatever else"),
    (ANA, said(source="app", name="Bob", email="ana@example.org", id="1"), "one's own address from elsewhere"),
    (ANA, said(phone="+49 30 2223334"), "a number and nothing against it"),
    (ANA, said(name="Mrs Ruiz", phone="+49 30 2223334"), "a number and a part of the name"),
    (ANA, said(name="A. Ruíz", phone="+49 30 2223334"), "a number and an initial"),
    (ANA, said(id="77"), "an id of the same source"),
    (said(name="Kim", email="info@kita.example"), said(name="kim", email="info@kita.example"), "a house, one name"),
    (said(name="Guest", phone="+49 30 2223334"), said(name="Ana", phone="+49 30 2223334"), "a name that is none"),
]
PERHAPS = [
    (ANA, said(name="Bob Stone", phone="+49 30 2223334"), "a number, another name"),
    (ANA, said(name="Bob Ruiz", phone="+49 30 2223334"), "a number, another of the family"),
    (ANA, said(email="bob@example.org", id="77"), "an id, another address"),
    (ANA, said(name="Ana Ruiz", email="a.ruiz@example.com", phone="+49 30 2223334"), "all but the address"),
    (
        said(name="Kim Ott", email="info@kita.example"),
        said(name="Lou Ott", email="info@kita.example"),
        "a house, two names",
    ),
    (said(name="Ana", id="till 3"), said(name="Bob", id="till 3"), "a filler nobody listed"),
]
NOBODY = [
    (ANA, said(source="app-reviews", name="Ana Ruiz", id="77"), "an id of another source"),
    (ANA, said(name="Ana Ruiz"), "a name alone"),
    (said(name="Ana", id="guest"), said(name="Ana", id="guest"), "a filler"),
]


@pytest.mark.parametrize(("before", "now", "why"), SAME, ids=lambda v: v if isinstance(v, str) else "")
def test_one_customer(before: Feedback, now: Feedback, why: str) -> None:
    assert [case.number for case in acquaintance(now, [known(1, before)]).own] == [1]


@pytest.mark.parametrize(("before", "now", "why"), PERHAPS, ids=lambda v: v if isinstance(v, str) else "")
def test_perhaps_one_customer(before: Feedback, now: Feedback, why: str) -> None:
    met = acquaintance(now, [known(1, before)])
    assert ([case.number for case in met.own], [case.number for case in met.perhaps]) == ([], [1])


@pytest.mark.parametrize(("before", "now", "why"), NOBODY, ids=lambda v: v if isinstance(v, str) else "")
def test_two_customers(before: Feedback, now: Feedback, why: str) -> None:
    assert acquaintance(now, [known(1, before)]) == acquaintance(now, [])


def test_key_of_several_addresses_identifies_nobody_any_more() -> None:
    till = [known(n, said(email=f"c{n}@example.org", id="till 3")) for n in (2, 1)]
    assert acquaintance(said(name="Dan", id="till 3"), till) == acquaintance(said(), [])
    assert [case.number for case in acquaintance(said(email="c1@example.org", id="till 3"), till).own] == [1]


def test_nameless_voice_under_a_number_of_two_could_be_either() -> None:
    house = [known(n, said(name=name, phone="+49 30 2223334")) for n, name in ((2, "Bob"), (1, "Ana"))]
    assert [case.number for case in acquaintance(said(phone="+49 30 2223334"), house).perhaps] == [2, 1]
    assert [case.number for case in acquaintance(said(name="Ana", phone="+49 30 2223334"), house).own] == [1]


PEOPLE = st.builds(
    Customer,
    st.sampled_from([None, "Ana Ruiz", "Bob Stone", "Guest"]),
    st.sampled_from([None, "ana@example.org", "bob@example.org", "info@kita.example", "none@none.com"]),
    st.sampled_from([None, "+49 30 2223334", "0000000"]),
    st.sampled_from([None, "77", "guest", "till 3"]),
)


@given(PEOPLE, PEOPLE)
def test_two_addresses_are_two_people_whatever_else_they_share(one: Customer, other: Customer) -> None:
    first, second = (Feedback(external_id="1", source="form", customer=each) for each in (one, other))
    met = acquaintance(second, [known(1, first)])
    parted = one.email != other.email and {one.email, other.email} <= {
        "ana@example.org",
        "bob@example.org",
        "info@kita.example",
    }
    assert not (parted and met.own)
    assert not (met.own and not customer_keys(first) & customer_keys(second))
