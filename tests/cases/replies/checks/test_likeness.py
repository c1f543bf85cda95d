"""When two replies are the same words again, and how an index finds that out among many."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.replies.checks import check_reply
from cases.replies.checks.likeness import LIKE, alike, bands, likeness, shingles

SENT = (
    "Dear Ana,\n\nI am sorry. You sat at home with guests and no dinner while the box stood in our yard. I forgot to put it "
    "on the van. The 54 euros went back to your card this morning, and a fresh box comes on Friday at noon.\n\nTom"
)
WORDS = [
    "soup",
    "late",
    "cold",
    "box",
    "hour",
    "driver",
    "kitchen",
    "money",
    "card",
    "friday",
    "noon",
    "call",
    "bring",
    "new",
    "one",
    "sorry",
    "forgot",
    "sent",
    "paid",
    "back",
    "home",
]


def test_names_numbers_greeting_and_signature_do_not_count() -> None:
    other = SENT.replace("Ana", "Bo").replace("54", "61").replace("Tom", "Maria Keller")
    assert shingles(other) == shingles(SENT)


def test_the_same_reply_with_two_words_changed_is_alike() -> None:
    assert alike(shingles(SENT), shingles(SENT.replace("guests", "children").replace("yard", "shop")))


def test_a_reply_in_new_words_is_not_alike() -> None:
    fresh = (
        "Ana, the second box left at six. I carried it to the van myself and it is yours to keep, nothing to pay. Tom"
    )
    assert not alike(shingles(SENT), shingles(fresh))


def test_a_short_reply_found_within_a_long_one_is_alike() -> None:
    part = "You sat at home with guests and no dinner while the box stood in our yard. I forgot to put it on the van."
    assert likeness(shingles(SENT), shingles(part)) < 1
    assert alike(shingles(SENT), shingles(part))


@pytest.mark.parametrize(
    ("one", "other", "same"), [("Sorry!", "Sorry!", True), ("Sorry!", "Thanks!", False), ("", "", False)]
)
def test_very_short_texts_are_alike_only_when_equal(one: str, other: str, same: bool) -> None:
    assert alike(shingles(one), shingles(other)) is same


def test_a_shingle_keeps_its_number_for_ever() -> None:
    assert shingles("we sent your soup late") == {9596565670559910887}


@pytest.mark.long
@given(st.lists(st.sampled_from(WORDS), min_size=40, max_size=80), st.integers(0, 30))
def test_bands_find_whatever_is_nearly_the_same(text: list[str], at: int) -> None:
    changed = [*text[:at], "otherwise", *text[at + 1 :]]
    one, other = shingles(" ".join(text)), shingles(" ".join(changed))
    assert likeness(one, other) < 0.6 or set(bands(one)) & set(bands(other))


@pytest.mark.long
def test_unlike_replies_seldom_share_a_band() -> None:
    pick = random.Random(7)
    texts = [shingles(" ".join(pick.choices(WORDS, k=60))) for _ in range(40)]
    pairs = [(one, other) for at, one in enumerate(texts) for other in texts[:at]]
    shared = sum(bool(set(bands(one)) & set(bands(other))) for one, other in pairs)
    assert all(likeness(one, other) < LIKE for one, other in pairs)
    assert shared / len(pairs) < 0.1


@pytest.mark.parametrize("again", [SENT, SENT.replace("Ana", "Ana Ruiz"), SENT.split("\n\n")[1] + " Truly.\n\nTom"])
def test_a_second_use_of_the_same_words_blocks(again: str) -> None:
    assert "P2" in {finding.rule for finding in check_reply(again, earlier_replies=[SENT])}


def test_one_long_sentence_used_again_is_quoted() -> None:
    reused = "You sat at home with guests and no dinner while the box stood in our yard."
    reply = f"Ana, sorry once more. {reused} I have since bought a second van, hired Bo to drive it, and paid you the lot. Tom"
    assert [finding.quote for finding in check_reply(reply, earlier_replies=[SENT]) if finding.rule == "P2"] == [reused]
