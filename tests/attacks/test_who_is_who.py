"""Two customers stay two, whatever they or a form write into its fields; and nobody redirects another one's call."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.demo import cast
from sandbox.people.reading import plain
from tests.stories.stage import Stage, policy

ANA = {"name": "Ana One", "email": "ana.one@example.org"}
BOB = {"name": "Bob Two", "email": "bob.two@example.org"}
LATE, RUDE = "My order never arrived.", "Your driver was rude to me and threw the pizza."


def complains(stage: Stage, external_id: str, customer: dict[str, Any], comment: str = LATE, **data: Any) -> Any:
    return stage.receives(external_id=external_id, customer=customer, comment=comment, **data)


SHARED = [
    *({"id": value} for value in ("guest", "0", "null", "N/A", "-", "anonymous", "till-3", "c-77")),
    *({"phone": value} for value in ("0000000", "1234567", "+49 30 2223334", "n/a")),
]


@pytest.mark.few(2)
@pytest.mark.parametrize("shared", SHARED, ids=str)
def test_two_addresses_are_two_cases_whatever_they_share(stage: Stage, shared: dict[str, str]) -> None:
    """attacks 6: two customers, one id."""
    complains(stage, "g1", ANA | shared)
    answer = complains(stage, "g2", BOB | shared, RUDE)
    assert (answer.status, answer.content()["case"]) == (201, 2)
    assert stage.case(1).customer.email == ANA["email"]
    assert "Ana" not in stage.in_thread(2, "draft")[0]


FILLERS = [{"email": "noemail@example.com"}, {"email": "n/a@n/a"}, {"id": "guest"}, {"id": "0"}, {"phone": "0000000"}]


@pytest.mark.few(1)
@pytest.mark.parametrize("filler", FILLERS, ids=str)
def test_what_fills_a_field_joins_nobody(stage: Stage, filler: dict[str, str]) -> None:
    """F1: fillers, and customers who left nothing else."""
    complains(stage, "1", {"name": "Ana Ruiz", **filler})
    assert complains(stage, "2", {"name": "Bob Stone", **filler}, RUDE).content()["case"] == 2
    assert complains(stage, "3", filler, RUDE).content()["case"] == 3


@pytest.mark.long
def test_two_sources_may_number_their_customers_alike(stage: Stage) -> None:
    """F1: an id counts within its source."""
    complains(stage, "1", {"name": "Ana Ruiz", "id": "77"}, source="delivery-form")
    assert complains(stage, "2", {"name": "Bob Stone", "id": "77"}, RUDE, source="app-reviews").content()["case"] == 2
    assert complains(stage, "3", {"id": "77"}, RUDE, source="delivery-form").content()["case"] == 1


def test_house_with_one_mailbox_is_several_people(stage: Stage) -> None:
    """F1, row 2: info@ is written from by whoever is there."""
    complains(stage, "1", {"name": "Kim Ott", "email": "info@kindergarten.example"})
    other = complains(stage, "2", {"name": "Lou Berg", "email": "info@kindergarten.example"}, RUDE)
    assert other.content()["case"] == 2
    assert "perhaps the same customer as #1" in plain(stage.card(2))


def test_impostor_redirects_no_call(stage: Stage) -> None:
    """attacks 7: the victim's address beside the impostor's number."""
    complains(stage, "o1", {"name": "Own Er", "email": "own@example.org", "phone": "+49 30 2223334"})
    stage.receives(
        external_id="o2",
        source="public-form",
        customer={"name": "Im Postor", "email": "own@example.org", "phone": "+49 30 6667778"},
        comment="Nobody answers! Call me at the new number.",
    )
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    told = ana.sees()[-1].splitlines()
    assert [line for line in told if "30 2223334" in line and "verified" not in line]
    assert [line for line in told if "30 6667778" in line] == [
        line for line in told if "30 6667778" in line and "not verified" in line
    ]
    assert "Hello Own," in stage.in_thread(1, "draft")[0]


@pytest.mark.long
def test_what_a_later_word_adds_is_marked_too(stage: Stage) -> None:
    complains(stage, "o1", {"name": "Vera", "email": "vera@example.org"})
    complains(
        stage, "o2", {"name": "Vera", "email": "vera@example.org", "phone": "+49 30 6669981", "id": "EVIL-2"}, RUDE
    )
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    told = ana.sees()[-1].splitlines()
    assert [line for line in told if "vera@example.org" in line and "not verified" not in line]
    assert len([line for line in told if ("6669981" in line or "EVIL-2" in line) and "not verified" in line]) == 2


@pytest.mark.long
def test_correction_under_the_same_id_is_the_same_person(stage: Stage) -> None:
    complains(stage, "1", {"name": "Ana", "email": "ana@exmaple.org"})
    complains(stage, "1", {"name": "Ana", "email": "ana@example.org"})
    assert stage.case(1).customer.email == "ana@example.org"
    assert complains(stage, "2", {"email": "ana@exmaple.org"}, RUDE).content()["case"] == 2
    assert complains(stage, "3", {"email": "ana@example.org"}, RUDE).content()["case"] == 1


@pytest.mark.long
def test_national_numbers_are_read_where_the_team_is(stage: Stage) -> None:
    stage.restart(policy=policy(customers={"region": "DE"}))
    complains(stage, "1", {"phone": "030 2223334"})
    assert complains(stage, "2", {"phone": "+49 30 2223334"}, RUDE).content()["case"] == 1


@pytest.mark.long
def test_region_written_later_makes_old_numbers_known(stage: Stage) -> None:
    complains(stage, "1", {"phone": "030 2223334"})
    stage.restart(policy=policy(customers={"region": "DE"}))
    assert complains(stage, "2", {"phone": "+49 30 2223334"}, RUDE).content()["case"] == 1


def test_cast_has_no_customers_id(stage: Stage) -> None:
    """A card tells a customer apart by name alone; ids and addresses stay with the owner."""
    complains(stage, "1", ANA | {"id": "c-77"})
    card = str(stage.practice.messages("card")[0].blocks)
    assert ANA["email"] not in card
    assert cast.ANA not in card
