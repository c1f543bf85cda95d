"""A reply as a letter: its sentences, greeting and signature, with the customer's quoted words blanked out.

Patterns work on the text of a `Letter`: lower case, straight apostrophes, one sentence a line, so that `[^\\n]` keeps
them within a sentence. Alternatives begin with `\\b` wherever they can: `re` then tries only the starts of words, which
makes the large ones several times faster.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from cases.spoken.english import words

Span: TypeAlias = tuple[int, int]
"""Where in the reply, in characters: start, and end exclusive."""

_STRAIGHT = str.maketrans(
    "\u2018\u2019\u02bc\u00b4`\u201c\u201d\u201e\u00ab\u00bb\u00a0\u2013\u2014\r\t", "'''''\"\"\"\"\" --\x20\x20"
)
_QUOTED_LINE = re.compile(r"^[ ]*>[^\n]*", re.MULTILINE)
_QUOTED_WORDS = re.compile(r'"([^"\n]{3,400})"')
_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"(?<![.!?\u2026])[.!?\u2026]++[\"')\]]*+(?=\s)|\n")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|no|nr|vs|etc|approx|ref|tel|ext|inc|ltd|co|e\.g|i\.e|[ap]\.m|[a-z])\.$"
)
_BULLET = re.compile(r"[ ]*(?:[-*\u2022]|\d{1,2}[.)])[ ]")
_THEIRS = 0.7  # the share of quoted words that must be the customer's own
_HARD_WRAP = 45  # a line at least this long that ends without a mark goes on in the next
_GREETING = re.compile(
    r"\s*(?:(?:dear|hi|hello|hey|hallo|good (?:morning|afternoon|evening)|greetings)"
    r"\b(?: there)?[^,.!:;?\n]{0,40}(?:[,.!:;\n]|(?= -)))"
)
_CLOSING = re.compile(
    r"[\s-]*(?:(?:with )?(?:my |our )?(?:very |all )?(?:kind|best|warm|warmest|kindest|friendly)?\s*"
    r"(?:regards|wishes|best|yours|sincerely|faithfully|cheers|thanks|love|x+)\b[^.?!]{0,20})[,.!]?\s*"
)
_LINKS = words("of the and for at your de der van von la head your")  # "Head of Support", "Ana de la Cruz"
_LONGEST_SIGNER = 8
_NO_NAMES = words(
    "i sorry refunded done thanks apologies ok yes no so we my our your the it this that fixed sorted call money"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A parsed reply. `text` has the length of `original`, in lower case, quoted words blank, one sentence a line."""

    original: str
    text: str
    starts: tuple[int, ...]
    greeting: Span
    signature: Span

    def sentence(self, position: int) -> int:
        """The number of the sentence that holds this character."""
        return max(0, bisect_right(self.starts, position) - 1)

    def span(self, number: int) -> Span:
        """Where a sentence begins and ends; an empty span outside the letter."""
        if not 0 <= number < len(self.starts):
            return (0, 0)
        end = self.starts[number + 1] - 1 if number + 1 < len(self.starts) else len(self.text)
        return self.starts[number], end

    def words_of(self, number: int) -> str:
        """The sentence itself, in lower case; empty outside the letter."""
        start, end = self.span(number)
        return self.text[start:end]

    @property
    def body(self) -> str:
        """The lower-case text between greeting and signature."""
        return self.text[self.greeting[1] : self.signature[0]]

    def quote(self, span: Span) -> str:
        """The reply's own words in this span, spelt as they were."""
        return self.original[slice(*span)].strip()


def letter(reply: str, *, complaint: str = "", customer: str = "", signed_by: str = "") -> Letter:
    """Parse any text; never raises. `complaint` tells which quoted words are the customer's own."""
    plain = _lower(reply.translate(_STRAIGHT))
    plain = _blank(plain, (match.span() for match in _QUOTED_LINE.finditer(plain)))
    plain = _blank(plain, _customers_words(plain, complaint))
    text = _one_sentence_a_line(plain)
    starts = tuple(_starts(text))
    greeting = _greeting(text, customer)
    return Letter(reply, text, starts, greeting, _signature(reply, text, starts, greeting[1], signed_by))


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    # A few capitals grow when lowered; they keep their shape so that positions stay true.
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _blank(text: str, spans: Iterable[Span]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def _customers_words(text: str, complaint: str) -> Iterator[Span]:
    theirs = set(_WORD.findall(_lower(complaint.translate(_STRAIGHT))))
    for match in _QUOTED_WORDS.finditer(text) if theirs else ():
        quoted = _WORD.findall(match[1])
        if quoted and sum(word in theirs for word in quoted) >= _THEIRS * len(quoted):
            yield match.span(1)


def _one_sentence_a_line(text: str) -> str:
    chars = list(text)
    line = 0
    for match in _END.finditer(text):
        end = match.end()
        if match[0] == "\n":
            chars[match.start()] = "\n" if _ends_sentence(text, line, match.start()) else " "
            line = end
        elif not _ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1]):
            chars[end] = "\n"
    return "".join(chars)


def _ends_sentence(text: str, start: int, end: int) -> bool:
    wrapped = end - start >= _HARD_WRAP and text[end - 1] not in ".!?:"
    return not wrapped or text[end + 1 : end + 2] in ("", "\n") or bool(_BULLET.match(text, end + 1))


def _starts(text: str) -> Iterator[int]:
    position = 0
    for line in text.split("\n"):
        if not line.isspace() and line:
            yield position
        position += len(line) + 1


def _greeting(text: str, customer: str) -> Span:
    match = _GREETING.match(text)
    if match is None and customer:
        names = "|".join(map(re.escape, _lower(customer).split()))
        match = re.match(rf"\s*(?:(?:mr|mrs|ms|miss|dr)\.? )?(?:{names})(?: (?:{names}))*[,.!:\n-]", text)
    return match.span() if match else (0, 0)


def _signature(reply: str, text: str, starts: tuple[int, ...], body: int, signed_by: str) -> Span:
    """The last lines that name the writer, at most four: closing words, names, a role, a number."""
    end = start = len(text)
    for begin in reversed(starts[-4:]):
        line = slice(begin, start)
        if begin < body or not (
            _CLOSING.fullmatch(text[line].strip()) or _names_writer(reply[line].strip(), signed_by)
        ):
            break
        start = begin
    return (start, end)


def _names_writer(line: str, signed_by: str) -> bool:
    """Names are written with a capital; a lower-case one counts only when we know it."""
    if signed_by and line.strip(" .!-").lower() == signed_by.lower():
        return True
    parts = _WORD.findall(line)
    named = [part for part in parts if not part[0].isdigit() and part.lower() not in _LINKS]
    return (
        0 < len(parts) <= _LONGEST_SIGNER
        and not line.endswith("?")
        and bool(named)
        and all(part[0].isupper() for part in named)
        and named[0].lower() not in _NO_NAMES
    )
