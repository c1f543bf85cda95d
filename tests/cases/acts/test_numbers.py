"""Several cases in one command, and numbers that belong to what is said about one."""

from __future__ import annotations

import pytest

from cases.acts.commands import Command, Misread, parse

SEVERAL = [
    ("claim 1, 2 and 3", "claim", (1, 2, 3), ""),
    ("claim 1 2 3", "claim", (1, 2, 3), ""),
    ("claim #1 #2", "claim", (1, 2), ""),
    ("claim #1,#2;#3", "claim", (1, 2, 3), ""),
    ("claim 1 & 2", "claim", (1, 2), ""),
    ("claim 1 + 2", "claim", (1, 2), ""),
    ("claim 1, 2, and 3.", "claim", (1, 2, 3), ""),
    ("claim 3-5", "claim", (3, 4, 5), ""),
    ("claim 5–3", "claim", (3, 4, 5), ""),
    ("claim 3 to 5, 9", "claim", (3, 4, 5, 9), ""),
    ("claim 1, 1 and 1", "claim", (1,), ""),
    ("release １，２", "release", (1, 2), ""),
    ("give 1, 2 and 3 <@U2>", "give", (1, 2, 3), "<@U2>"),
    ("close 3-5 satisfied", "close", (3, 4, 5), "satisfied"),
    ("close 3, 5 satisfied / cold / check", "close", (3, 5), "satisfied / cold / check"),
    ("contacted 1 and 2 phone, she was glad", "contacted", (1, 2), "phone, she was glad"),
    ("contacted 1 2", "contacted", (1, 2), ""),
    ("snooze 1, 2 tomorrow 9:00", "snooze", (1, 2), "tomorrow 9:00"),
    ("snooze #1 #2 2h", "snooze", (1, 2), "2h"),
    ("dismiss 1, 2 and 3", "dismiss", (1, 2, 3), ""),
    ("dismiss #1 #2 only praise", "dismiss", (1, 2), "only praise"),
    ("note 1, 2 and 3: the courier was ill", "note", (1, 2, 3), "the courier was ill"),
    ("promise 1 and 2 friday 17:00: send it", "promise", (1, 2), "friday 17:00: send it"),
    # a number that counts, or is a time
    ("note 12, 3 boxes were empty", "note", (12,), "3 boxes were empty"),
    ("note 12 3 boxes were empty", "note", (12,), "3 boxes were empty"),
    ("note 12 and 3 boxes were empty", "note", (12,), "and 3 boxes were empty"),
    ("takeover 2 I know her 2 boys", "takeover", (2,), "I know her 2 boys"),
    ("snooze 12, 3 days", "snooze", (12,), "3 days"),
    ("snooze 12 2 hours", "snooze", (12,), "2 hours"),
    ("snooze 12, 24 November", "snooze", (12,), "24 November"),
    ("snooze 12 to 5 pm", "snooze", (12,), "to 5 pm"),
    ("snooze 12 9:00", "snooze", (12,), "9:00"),
    ("contacted 12 2 times by phone", "contacted", (12,), "2 times by phone"),
    ("promise 12 24.11. 15:00: call", "promise", (12,), "24.11. 15:00: call"),
    ("reopen 3, 4 weeks later the same", "reopen", (3,), "4 weeks later the same"),
    ("close 12 - won back", "close", (12,), "won back"),
    ("contacted 12 — phone, she was glad", "contacted", (12,), "phone, she was glad"),
    ("claim 12\u200b", "claim", (12,), ""),
    ("“claim 12”", "claim", (12,), ""),
    ("`/case claim 12`", "claim", (12,), ""),
    ("claim “12”", "claim", (12,), ""),
    ("claim\u00a012", "claim", (12,), ""),
    ("claim\u202f#\u200b12", "claim", (12,), ""),
    ("ｃｌａｉｍ　１２", "claim", (12,), ""),
    ("claim ١٢", "claim", (12,), ""),
    ("cla\u00adim 12", "claim", (12,), ""),
    ("\u2068claim 12\u2069", "claim", (12,), ""),
    ("note 12 “He said no”, twice", "note", (12,), "“He said no”, twice"),
    ("note 12 👨\u200d👩\u200d👧 came", "note", (12,), "👨\u200d👩\u200d👧 came"),
]


@pytest.mark.parametrize(("text", "verb", "numbers", "rest"), SEVERAL, ids=[row[0] for row in SEVERAL])
def test_numbers_are_told_from_what_is_said(text: str, verb: str, numbers: tuple[int, ...], rest: str) -> None:
    """reports F15"""
    assert parse(text) == Command(verb, numbers[0], rest, numbers[1:])


@pytest.mark.parametrize(
    ("text", "numbers", "rest"),
    [
        ("claim", (7,), ""),
        ("claim 1 and 2", (1, 2), ""),
        ("note 3 and 4 boxes were empty", (7,), "3 and 4 boxes were empty"),
        ("note #3 and #4 the same courier", (3, 4), "the same courier"),
        ("snooze 2-3 days", (7,), "2-3 days"),
    ],
)
def test_in_a_thread_only_marked_numbers_stand_before_words(text: str, numbers: tuple[int, ...], rest: str) -> None:
    read = parse(text, 7)
    assert isinstance(read, Command)
    assert ((read.number, *read.also), read.rest) == (numbers, rest)


@pytest.mark.parametrize("verb", ["show", "why"])
def test_question_is_asked_about_one_case(verb: str) -> None:
    assert parse(f"{verb} 1, 2") == Misread("one_at_a_time", {"verb": verb, "number": 1})


@pytest.mark.parametrize("text", ["claim 1-500", "close 1-999999999 lost", "claim " + " ".join(map(str, range(1, 30)))])
def test_very_many_are_not_done_at_once(text: str) -> None:
    assert parse(text) == Misread("too_many_at_once", {"count": 20})
