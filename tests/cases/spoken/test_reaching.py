"""Words that deny the contact they come with, and words that only sound as if they did, in seven languages."""

import pytest

from cases.spoken.reaching import denies_contact, tells_of_contact
from tests.cases.spoken.reached_or_not import DENIED, MORE_DENIED, MORE_REACHED, REACHED, listed


@pytest.mark.parametrize(("tongue", "said"), listed(DENIED))
def test_words_that_deny_a_contact_are_known(tongue: str, said: str) -> None:
    assert denies_contact(said)


@pytest.mark.parametrize(("tongue", "said"), listed(REACHED))
def test_words_that_tell_of_a_contact_deny_none(tongue: str, said: str) -> None:
    assert not denies_contact(said)


@pytest.mark.parametrize("said", MORE_DENIED.strip().splitlines())
def test_denials_of_a_second_look_are_known_too(said: str) -> None:
    assert denies_contact(said)


@pytest.mark.parametrize("said", MORE_REACHED.strip().splitlines())
def test_contacts_of_a_second_look_stay_contacts(said: str) -> None:
    assert not denies_contact(said)


@pytest.mark.parametrize(
    "said",
    ["ok", "done", "todo", "I'm on it", "ask Ben", "nope", "erledigt", "✅", "fait", "hecho!", "yes", "sure, me"],
)
def test_words_without_an_account_say_no_more_than_a_click(said: str) -> None:
    assert not tells_of_contact(said)


@pytest.mark.parametrize(
    "said",
    ["spoke to her", "she was glad", "wrote to him", "hab mit ihr gesprochen", "new box is on its way, sent by Ben"],
)
def test_an_account_however_short_tells_of_contact(said: str) -> None:
    assert tells_of_contact(said)


@pytest.mark.parametrize(
    "said",
    [
        "rang three times, just keeps ringing",
        "got the machine",
        "ihr Mann war dran, sie ist erst abends da",
        "Mail kam zurück, Adresse gibt es nicht",
        "contestó su marido, ella no estaba",
        "il numero è inesistente",
        "wrote to the wrong address",
        "the address does not exist",
    ],
)
def test_denials_that_a_stranger_wrote_are_known(said: str) -> None:
    assert denies_contact(said)
