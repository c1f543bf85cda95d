"""What a customer said can be read to its last letter, whatever it is made of, and no letter comes twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from cases.acts.act import ActionName
from cases.messages.notes import Acted
from cases.model import Case, Way
from cases.text import clean
from handlers.cards import answers, private, thread_notes, whole
from handlers.cards.message import spoken
from sandbox.blocks.limits import block_problems, too_large, view_problems
from tests.handlers.cards import examples as ex

HARD = {
    "many short lines": "\n".join(f"{n} and again nobody called" for n in range(700)),
    "nothing but newlines between": "First.\n" + "\n" * 9000 + "Last, with the wish.",
    "one endless word": "grr" * 7000,
    "emoji of several parts": "👩‍👩‍👧👍🏽🇩🇪" * 2500,
    "right to left": "הזמנתי עוגה ולא הגיעה. " * 600,
    "stacked accents": "e\u0301\u0302" * 4000,
    "code and marks": "```rm -rf```  *bold* <!channel> <@UANA00001> &amp; <https://evil.example|ours>\n" * 200,
    "no spaces at all": "遅れて冷たいスープが届きました。" * 900,
    "a whole book": "All that went wrong is told here, and more. " * 24_000,
}
LETTERS = pytest.mark.parametrize("said", HARD.values(), ids=HARD.keys())


def case_of(*said: str) -> Case:
    return replace(ex.CLAIMED, feedback=tuple(replace(ex.FEEDBACK, comment=each) for each in said))


def test_what_else_was_answered_is_read_there_to_the_end() -> None:
    told = replace(ex.FEEDBACK, also_answered=(("Which branch?", "the one by the harbour " * 40),))
    blocks = whole.view(replace(ex.CLAIMED, feedback=(told,)))["blocks"]
    assert spoken(blocks).count("the one by the harbour") == 40
    assert "Which branch?" in spoken(blocks)


def quotes(blocks: Iterable[Mapping[str, Any]]) -> str:
    """The customer's own words in these blocks, as they come."""
    parts = (part for block in blocks if block["type"] == "rich_text" for part in block["elements"])
    return "".join(run["text"] for part in parts if part["type"] == "rich_text_quote" for run in part["elements"])


def leafed_through(case: Case) -> list[dict[str, Any]]:
    """Every page, each from the button of the one before it."""
    pages = [whole.view(case)]
    while on := [b["block_id"] for b in pages[-1]["blocks"] if b["type"] == "actions" and "Read on" in str(b)]:
        pages.append(whole.view(case, int(on[0].split()[-1])))
    return pages


@LETTERS
def test_every_letter_stands_once_on_the_pages(said: str) -> None:
    pages = leafed_through(case_of(said))
    assert quotes(block for page in pages for block in page["blocks"]) == clean(said)
    for page in pages:
        assert view_problems(page) == []
        assert not too_large(page)


@LETTERS
def test_later_words_fill_a_note_and_no_more(said: str) -> None:
    note = thread_notes.wrote_again(12, replace(ex.FEEDBACK, comment=said))
    assert block_problems(list(note.blocks)) == []
    assert clean(said).startswith(quotes(note.blocks))
    assert sum(len(spoken([block])) for block in note.blocks) < 11_000
    cut = len(quotes(note.blocks)) < len(clean(said))
    assert ("read_all" in str(note.blocks)) == cut


def test_words_that_fit_into_a_note_stand_there_whole() -> None:
    said = "Where is it? " * 500
    assert quotes(thread_notes.wrote_again(12, replace(ex.FEEDBACK, comment=said)).blocks) == said


def test_seams_tear_no_word_that_fits_and_no_flag() -> None:
    blocks = [b for b in whole.view(case_of(HARD["many short lines"]))["blocks"] if b["type"] == "rich_text"]
    assert all(quotes([block]).endswith("called\n") for block in blocks[:-1])
    flags = whole.view(case_of("x" + "🇩🇪" * 3000))["blocks"]
    assert all(quotes([block]).endswith("🇩🇪") for block in flags if block["type"] == "rich_text")


def test_each_time_the_customer_spoke_has_its_heading() -> None:
    case = case_of("Cold.", "Still cold.")
    case = replace(case, feedback=(case.feedback[0], replace(case.feedback[1], source="phone", rating=None)))
    headings = [block["elements"][0]["elements"][0]["text"] for block in whole.view(case)["blocks"]]
    assert headings == ["from delivery-form · rated 2 of 5 · order 8812 · birthday", "by phone · order 8812 · birthday"]


def test_subject_line_stands_above_the_words() -> None:
    mail = replace(ex.FEEDBACK, subject="Third time asking!", comment="Please call me.")
    assert quotes(whole.view(replace(ex.CLAIMED, feedback=(mail,)))["blocks"]) == "Third time asking!\nPlease call me."


@pytest.mark.parametrize("comment", [None, "", " \n "])
def test_who_left_no_words_has_a_page_too(comment: str | None) -> None:
    page = whole.view(replace(ex.CLAIMED, feedback=(replace(ex.FEEDBACK, comment=comment),)))
    assert view_problems(page) == []
    assert "No words, only the rating 2 of 5." in str(page)


@pytest.mark.long
def test_page_beyond_the_last_is_the_last() -> None:
    case = case_of(HARD["a whole book"])
    assert whole.view(case, 99) == leafed_through(case)[-1]
    assert whole.view(case, 0) == whole.view(case)


# What colleagues wrote


def test_colleagues_long_words_stand_whole_in_the_thread() -> None:
    said = "She rang back, and told the whole of it again: the cake, the card, the courier.\n" * 36
    told = Acted(say=ActionName.CONTACTED, actor=ex.ANA, way=Way.PHONE, text=said)
    note = thread_notes.of_action(ex.CONTACTED, told)
    assert quotes(note.blocks) == said
    assert block_problems(list(note.blocks)) == []


def test_long_lessons_are_whole_when_a_case_is_closed() -> None:
    wrong, learned = "The courier was late again. " * 100, "Ring them the day before. " * 100
    note = thread_notes.closed(replace(ex.CLOSED, went_wrong=wrong, learned=learned))
    assert quotes(note.blocks) == wrong + learned
    assert block_problems(list(note.blocks)) == []


@pytest.mark.parametrize(("room", "most"), [(whole.MESSAGE_ROOM, 11_000), (whole.ANSWER_ROOM, 33_000)])
@LETTERS
def test_show_has_as_much_as_fits_and_the_way_on(said: str, room: int, most: int) -> None:
    case = case_of(said, said)
    shown = answers.show(case, [], ex.POLICY, None, details=private.contact_details(case, ex.POLICY), room=room)
    assert block_problems(list(shown.blocks)) == []
    assert sum(len(spoken([block])) for block in shown.blocks) < most
    whole_of_it = quotes(shown.blocks) == clean(said) * 2
    assert ("read_all" in str(shown.blocks)) != whole_of_it
