"""Cases are found by the keys of their feedback: all of one way together, newest first, and no longer than they are kept."""

from __future__ import annotations

from cases.arrivals.search import looked_for, search_keys
from cases.model import Customer
from store import customers, facts, feedback
from store.engine import Store, Tx
from store.erasing import erase
from tests.store.rows import NOW, heard, opened, said


def told(tx: Tx, number: int, name: str, order: str | None = None, external_id: str | None = None) -> int:
    words = said(external_id or f"f-{number}", customer=Customer(name), order_ref=order)
    return feedback.record(tx, heard(words), number, NOW)


def found(tx: Tx, typed: str, limit: int = 10) -> list[int]:
    return customers.found(tx, looked_for(typed), limit)


def test_all_words_must_fit_one_case_not_one_feedback(tx: Tx) -> None:
    first, second = opened(tx).number, opened(tx).number
    told(tx, first, "Priya Shah")
    told(tx, first, "P. S.", "GB-8812", "again")
    told(tx, second, "Priya Nair", "GB-9000")
    assert found(tx, "priya") == [second, first]
    assert found(tx, "priya 8812") == [first]
    assert found(tx, "priya shah nair") == []


def test_at_most_so_many_and_the_newest_stay(tx: Tx) -> None:
    numbers = [opened(tx).number for _ in range(5)]
    for number in numbers:
        told(tx, number, "Ana Ruiz")
    assert found(tx, "Ruiz", limit=3) == numbers[:1:-1]


def test_feedback_without_a_case_is_not_found(tx: Tx) -> None:
    kept = feedback.record(tx, heard(said(customer=Customer("Ana Ruiz"))), None, NOW)
    assert found(tx, "Ruiz") == []
    number = opened(tx).number
    feedback.amend(tx, kept, heard(said(customer=Customer("Ana Ruiz"), comment="Cold after all")), number)
    assert found(tx, "Ruiz") == [number]


def test_amended_moved_and_erased_it_is_found_accordingly(tx: Tx) -> None:
    here, there = opened(tx).number, opened(tx).number
    kept = told(tx, here, "Ana Ruiz", "8812")
    feedback.amend(tx, kept, heard(said(f"f-{here}", customer=Customer("Ana Diaz"), order_ref="8812")), here)
    assert (found(tx, "Ruiz"), found(tx, "Diaz")) == ([], [here])
    feedback.move(tx, [kept], there)
    assert found(tx, "8812") == [there]
    erase(tx, [kept], NOW)
    assert (found(tx, "Diaz"), found(tx, "8812")) == ([], [])


def test_same_name_makes_nobody_the_same_customer(tx: Tx) -> None:
    words = said("kind", customer=Customer("Ana Ruiz", "ana@example.org"))
    feedback.record(tx, heard(words), None, NOW)
    number = opened(tx).number
    told(tx, number, "Ana Ruiz")
    assert [known.number for known in customers.known_by(tx, {"email:ana@example.org"})] == [None]


def test_feedback_from_before_is_found_after_an_update(store: Store) -> None:
    def older(tx: Tx) -> int:
        number = opened(tx).number
        kept = told(tx, number, "Ana Ruiz", "8812")
        customers.correct(tx, kept, ())
        facts.remember(tx, "customer_keys", {"form": 3, "region": None})
        return number

    number = store.write(older)
    assert store.read(lambda tx: found(tx, "Ruiz")) == []
    customers.keep_up(store, None)
    assert store.read(lambda tx: found(tx, "Ruiz")) == [number]


def test_words_are_kept_once_for_each_feedback(tx: Tx) -> None:
    told(tx, opened(tx).number, "Ana Ana Ana", "8812 8812")
    assert len(search_keys(said(customer=Customer("Ana Ana"), order_ref="8812"))) == 2
