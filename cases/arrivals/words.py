"""The words of an answer: whether it has any, whether they are the customer's own, and how they are seen."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from cases.arrivals.answers import Answer, Nature
from cases.arrivals.json_fields import prose
from cases.arrivals.mail import of_html, own_words

_SAYS = re.compile(r"[^\W\d_]|[^\w\s.,:/-]")


def can_be_said(each: Answer) -> bool:
    """Whether this is in words: a tick or a lonely number is not."""
    return isinstance(each.said, str | tuple) and bool(_SAYS.search(each.text))


_ESSAY, _TYPED, _NOTED = 1, 3, 5  # as many words make a text the customer's own, by where it was written


def is_prose(each: Answer) -> bool:
    """Whether it reads as if the customer had typed it: no choice from a list, no address, and enough words for where it stands."""
    if not isinstance(each.said, str) or each.nature is Nature.PICKED or not each.is_theirs:
        return False
    text = each.said
    if re.match(r"https?://|data:|\{|\[", text) or "@" in text.split()[0]:
        return False
    least = {Nature.ESSAY: _ESSAY, Nature.TYPED: _TYPED}.get(each.nature, _NOTED)
    words = re.findall(r"[^\W\d_]+", text)
    unspaced = sum(ord(char) > 0x2E80 for char in text)  # Chinese, Japanese: no spaces between words
    return len(words) >= least or unspaced >= 8


_MARKED_UP = re.compile(r"\s*<(?:!doctype|html|body|p|div|span|br|ul|ol|h\d)\b[^<>]*>.*>\s*", re.IGNORECASE | re.DOTALL)


_ENTITY = re.compile(r"&(?:quot|amp|lt|gt|apos|nbsp|#\d{2,5}|#x[0-9a-f]{2,4});", re.IGNORECASE)
_ANSWERED = re.compile(r":[ \t]*(?:\r?\n[ \t]*)+>")  # "On 5 Jan, Hearth wrote:" and the quotation below it


def as_seen(each: Answer) -> str | None:
    """The words as they were written; as they are seen, where some editor has written them as HTML, and without the letter that they
    answer, where a help desk passes that on too; None where there are none."""
    text = each.text
    if _MARKED_UP.fullmatch(text):
        text = of_html(text)
    elif _ENTITY.search(text):
        text = html.unescape(text)
    try:
        return prose(own_words(text) if _ANSWERED.search(text) else text)
    except ValueError:
        return None


_STANDS_ALONE = 4  # words


def with_question(question: str, text: str) -> str:
    """A text too short to stand alone comes with its question."""
    if not question or len(text.split()) >= _STANDS_ALONE or len(question.split()) < 2:
        return text
    return f"{question} {text}"


_LONG_ENOUGH, _FEW = 12, 10  # characters that hardly stand twice by chance; texts, as many as may be the same words


def once(said: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Without the texts that stand in others: many programs send the same words more than once."""
    if len(said) > _FEW:
        return said
    longer = [text for _, text in said]
    return [
        (place, text)
        for place, text in said
        if len(text) < _LONG_ENOUGH or not any(len(text) < len(other) and text in other for other in longer)
    ]


def may_say_much(each: Answer) -> bool:
    """Whether it can be a rating or words: a number, or more than one word."""
    return isinstance(each.said, float) or len(each.text.split()) > 1


def is_asked_shortly(each: Answer) -> bool:
    """Whether a short answer stands below a short label, with which nobody means anything else."""
    return len(each.text) <= 40 and len(each.label.split()) <= 3
