"""The benefit of the doubt: idioms that may own, mend or be sorry, and the evasions that forfeit it."""

from __future__ import annotations

import pytest

from cases.model import Customer, Feedback
from cases.replies.checks import check_reply
from cases.replies.checks.letter import letter
from cases.replies.checks.plausible import CONTRITE, concrete, may_mend, may_own

MAY_OWN = """
We believed the page and not you.
The buck stops with me.
It's our bug, not your phone.
One careless keystroke of mine.
Too little dowelling, too warm a van, and my name on the box.
It was I who sighed at you.
I set that rota.
We had two people for a line that needs eight.
That is no way to treat anybody.
Wrong way round.
""".strip().splitlines()

OWNS_NOTHING = """
I refunded you this morning.
I had a word with the kitchen.
I hope your day gets better.
Thank you for telling us.
A friend of mine likes soup. That is not our fault.
Shall we put you down for next week?
Please find your money back on your card.
""".strip().splitlines()

MAY_MEND = """
Second payment reversed.
Your card has its £62 back.
Fresh skeins from a sealed batch went off first class.
Another bottle left Grasse at noon.
Skin's in your locker.
Two ways: I have it mended, or I hand you what it cost.
The card was released at 09:40.
The suit hangs on the rack in your name, plus a tie.
""".strip().splitlines()

MENDS_NOTHING = """
I read your message this morning.
You waited until 09:40.
It was our failure and I raised it at this morning's meeting.
We lost your £40.
I feel dreadful about it.
""".strip().splitlines()

CONTRITE_WORDS = """
I beg your pardon.
Forgive the blunder.
I'd have been livid too.
I could not be more ashamed: I am mortified.
You were right to be cross.
That one's on me.
I hang my head.
""".strip().splitlines()

COLD = Feedback(external_id="1", source="form", customer=Customer(name="Ana Ruiz"), comment="Soup cold, we lost £40")


def _blocks(reply: str) -> set[str]:
    return {finding.rule for finding in check_reply(reply, COLD) if finding.severity == "block"}


@pytest.mark.parametrize("sentence", MAY_OWN)
def test_an_idiom_may_well_be_owning_the_failure(sentence: str) -> None:
    assert may_own(letter(sentence).text)


@pytest.mark.parametrize("sentence", OWNS_NOTHING)
def test_thanks_hopes_and_good_deeds_are_no_owning(sentence: str) -> None:
    assert not may_own(letter(sentence).text)


@pytest.mark.parametrize("sentence", MAY_MEND)
def test_a_deed_in_other_words_may_be_repair(sentence: str) -> None:
    assert may_mend(letter(sentence).text, "")


@pytest.mark.parametrize("sentence", MENDS_NOTHING)
def test_hearing_of_it_at_an_hour_mends_nothing(sentence: str) -> None:
    assert not may_mend(letter(sentence).text, COLD.comment or "")


@pytest.mark.parametrize("sentence", CONTRITE_WORDS)
def test_shame_counts_as_sorrow_without_the_word(sentence: str) -> None:
    assert CONTRITE.search(letter(sentence).text)


def test_shame_without_owning_is_still_no_apology() -> None:
    assert "A6" in _blocks("Ana, I would be livid too. The soup is refunded.\nTom")
    assert "A6" not in _blocks("Ana, I sent your soup out cold; you were right to be cross. It is refunded.\nTom")


@pytest.mark.parametrize("evasion", ["The courier lost it.", "Our records show it was hot.", "Mistakes were made."])
def test_an_idiom_is_not_believed_beside_an_evasion(evasion: str) -> None:
    idiom = "Ana, sorry about the cold soup. The buck stops with me and the soup is refunded.\nTom"
    assert "A5" not in _blocks(idiom)
    assert "A5" in _blocks("Ana, sorry about the cold soup. A shoddy show. " + evasion + " It is refunded.\nTom")


def test_pictures_of_their_own_name_the_failure() -> None:
    assert concrete({"rota", "ladle", "saucepan", "thermomet"})
    assert not concrete({"sorri", "refund", "fault", "today", "2"})
