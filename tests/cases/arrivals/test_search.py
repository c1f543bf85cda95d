"""A customer is found by what people type: words of a name however written, an order's number, an address, a telephone number."""

from __future__ import annotations

import pytest

from cases.arrivals.customers import customer_keys
from cases.arrivals.search import looked_for, search_keys
from cases.model import Customer, Feedback


def told(name: str | None = None, order: str | None = None, **of: str) -> Feedback:
    return Feedback(external_id="f", source="form", customer=Customer(name=name, **of), order_ref=order)


def finds(typed: str, feedback: Feedback) -> bool:
    known = search_keys(feedback) | customer_keys(feedback, "DE")
    return any(keys <= known for keys in looked_for(typed, "DE"))


HANNAH = told("Hannah Moreau", "GB-6021", email="hannah@example.org", phone="+49 30 5550 1234", id="C-0077")


@pytest.mark.parametrize(
    ("typed", "feedback"),
    [
        ("Hannah", HANNAH),
        ("moreau", HANNAH),
        ("MOREAU, Hannah", HANNAH),
        ("hannah 6021", HANNAH),
        ("GB-6021", HANNAH),
        ("gb 6021", HANNAH),
        ("#6021", HANNAH),
        ("order gb6021", told(order="Order GB-6021")),
        ("hannah@example.org", HANNAH),
        (" Hannah@Example.org ", HANNAH),
        ("030 5550 1234", HANNAH),
        ("+49305550 1234", HANNAH),
        ("0077", HANNAH),
        ("c-0077", HANNAH),
        ("Muller", told("Jörg Müller")),
        ("jorg muller", told("Jörg Müller")),
        ("MÜLLER", told("Jörg Muller")),
        ("Strauss", told("Ana Strauß")),
        ("O'Brien", told("Nuala O’Brien")),
        ("obrien", told("Nuala O’Brien")),
        ("J. Smith", told("John Smith")),
        ("山田太郎", told("山田太郎")),
        ("כהן", told("דוד כהן")),
        ("2024/11-0042", told(order="2024/11-0042")),
        ("0042", told(order="2024/11-0042")),
        ("x" * 450, told("x" * 450)),
    ],
)
def test_typed_as_people_type_it_is_found(typed: str, feedback: Feedback) -> None:
    assert finds(typed, feedback)


@pytest.mark.parametrize(
    ("typed", "feedback"),
    [
        ("Hannah Meyer", HANNAH),
        ("order", told("Ana", "Order 8812")),
        ("602", HANNAH),
        ("h", HANNAH),
        ("ben@example.org", HANNAH),
        ("Hannah 8812", HANNAH),
        ("", HANNAH),
        ("…?!", HANNAH),
        ("noreply@example.org", told(email="noreply@example.org")),
    ],
)
def test_what_does_not_fit_whole_is_not_found(typed: str, feedback: Feedback) -> None:
    assert not finds(typed, feedback)


def test_keys_of_a_very_long_name_stay_few_and_short() -> None:
    keys = search_keys(told(" ".join(f"name{n}" for n in range(90)), "7" * 500))
    assert len(keys) < 50
    assert all(len(key) <= 200 for key in keys)
