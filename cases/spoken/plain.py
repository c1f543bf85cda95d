"""A text made plain, so that words can be looked up in it: sentence by sentence, in small letters, without accents or signs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from cases.spoken.seen import seen, unaccented
from cases.spoken.sentences import sentences
from cases.text import one_line

LONGEST = 4_000  # characters read; of longer texts the beginning and the end, where people say what they want
QUOTED = 60
_MOST = 80  # sentences

_NOT = re.compile(
    r"\b(is|are|was|were|do|does|did|have|has|had|could|would|should|need|must|ca|wo)(?:n['’`´]?t| not)\b|\bcannot\b"
)
_WHOLE = {"ca": "can", "wo": "will", None: "can"}
_TOKEN = re.compile(r"\w+|,")


class Sentence(NamedTuple):
    """A sentence as its writer wrote it, and in plain form: its words and commas with a space before, between and after them."""

    written: str
    plain: str

    def quote(self, match: re.Match[str]) -> str:
        """The writer's own words for what was found in the plain form, on one line."""
        spans = [token.span() for token in _TOKEN.finditer(self.written)]
        first = self.plain.count(" ", 0, match.start()) - 1
        last = self.plain.count(" ", 0, match.end()) - 1
        if len(spans) != len(self.plain.split()):  # "dont" is two words, and a sign that nobody sees parts one
            return one_line(self.written, QUOTED)
        begins = self.written.rfind(" ", 0, spans[first][0]) + 1  # of "hasn't" the whole
        return one_line(self.written[begins : spans[last][1]].lstrip("\"'“”„«»(¿¡"), QUOTED)


def read(text: str) -> list[Sentence]:
    """The sentences of `text`. Takes any string; never raises, and takes time in line with what it reads at most."""
    if len(text) > LONGEST:
        text = text[: LONGEST * 3 // 4] + "\n" + text[-LONGEST // 4 :]
    return [Sentence(written, plain(written)) for written in sentences(text)[:_MOST]]


def plain(text: str) -> str:
    """Any text in plain form: "I didn't – é!" is " i did not e "."""
    small = unaccented(seen(text))
    return f" {' '.join(_TOKEN.findall(_NOT.sub(_spelt_out, small)))} "


def _spelt_out(found: re.Match[str]) -> str:
    return f"{_WHOLE.get(found[1], found[1])} not"


def any_of(*phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of these phrases as whole words in plain text.

    They are regular expressions with two marks of their own: `*` is the rest of a word, and ` ~ ` up to three words.
    """
    return re.compile(rf"(?<= ){_source(phrases)}")


def starting_with_any_of(*phrases: str) -> re.Pattern[str]:
    """As `any_of`, to be matched where a word begins."""
    return re.compile(_source(phrases))


def _source(phrases: Iterable[str]) -> str:
    source = "|".join(phrases).replace(" ~ ", r" (?:\w+ ){0,3}")
    source = re.sub(r"(?<=[\w)])\*", r"\\w*", source)
    return r"(?:" + re.sub(r"\((?!\?)", "(?:", source) + r")(?= )"
