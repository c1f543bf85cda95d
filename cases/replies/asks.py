"""What no reply may ask of a customer: secrets, money, access to their machine, or to carry on where nobody sees it.

Grammar before phrases: a secret counts where the reader is to give it, not where we gave, lost or mend it, nor where
nobody will ask for it. Seven languages are read (`ASKING`); what needs no words, such as addresses and numbers, is
judged by its shape elsewhere and in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cases.replies.asking import ASKING, Asking
from cases.spoken.seen import unaccented

LONGEST_QUOTE = 240
_END = re.compile(r"(?<=[.!?;\u3002])\s+|\n\s*\n")
_APART = re.compile(r"(?<!\w)\w(?:[ .*_-]\w){2,}(?!\w)")  # "c-v-v", "c a r d"
_CAPITALS = re.compile(r"\b(PIN|TAN|ID)(s?)\b")
_STROKES = re.compile(r"(?<=[a-z])[013457@$](?=[a-z])")
_LETTER_OF = dict(zip("013457@$", "oieastas", strict=True))
_APOSTROPHES = re.compile("['’`´]")
_ELISION = re.compile(r"\b([cdjlmnst]|qu)['’](?=\w)")  # "d'envoyer"
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_NOISE = re.compile(r"[^a-z0-9€$£.,:?]+|(?<!\d)[.]|[.,](?!\d)(?<!,)")
_SPACES = re.compile(r" {2,}")
# Where a new clause begins, before which a denial does not reach: "Do not worry, please send …", "… unless you send …".
_CLAUSE = re.compile(
    r"[,:?] | (?:and|but|so|then|unless|until|before|if|when|once|except|please|just|und|aber|sondern|bitte|wenn|bevor|damit|sobald"
    r"|y|pero|sino|si|cuando|hasta|para|favor|et|mais|merci|avant|pour|e|ma|se|prima|quando|mas|ate|en|maar|als|tot|graag) "
)
_REACH = 60  # characters before a request in which a denial or a subject of ours is looked for


@dataclass(frozen=True, slots=True)
class _Sentence:
    quote: str
    plain: str


def asks(text: str) -> Iterator[str]:
    """Each sentence of a `seen` text that asks for what no shop may ask; never raises."""
    before = ""
    for sentence in _sentences(text):
        if any(_Asked(sentence.plain, before, tongue).found for tongue in ASKING):
            yield sentence.quote
        before = sentence.plain


def requests(sentence: str, tongue: Asking) -> bool:
    """Whether a sentence, made `plain`, asks its reader in that language to give something, whatever that is."""
    return _Asked(sentence, "", tongue).is_request


def _sentences(text: str) -> Iterator[_Sentence]:
    for part in _END.split(text):
        if part.strip():
            yield _Sentence(" ".join(part.split())[:LONGEST_QUOTE], plain(part))


def plain(text: str) -> str:
    """Small letters without accents and marks, one space between words and around the whole; "c-v-v" and "passw0rd" read."""
    small = unaccented(_CAPITALS.sub(lambda word: f"{word[1]}code", text))
    small = _ELISION.sub(r"\1 ", small)
    small = _APART.sub(lambda apart: re.sub(r"[ .*_-]", "", apart[0]), small)
    small = _STROKES.sub(lambda stroke: _LETTER_OF[stroke[0]], _APOSTROPHES.sub("", _DECIMAL.sub(".", small)))
    return _SPACES.sub(" ", f" {_NOISE.sub(' ', small)} ".replace(",", " , ").replace(":", " : "))


class _Asked:
    """One sentence read in one language."""

    def __init__(self, plain: str, before: str, tongue: Asking) -> None:
        self._plain = plain
        self._before = before
        self._tongue = tongue

    @cached_property
    def found(self) -> bool:
        """Whether the reader is asked for anything they should keep."""
        tongue = self._tongue
        return (
            (tongue.private.search(self._plain) is not None and self.is_request)
            or self._theirs(tongue.straight)
            or (tongue.private.search(self._before) is not None and self._theirs(tongue.gives_it))
        )

    @cached_property
    def is_request(self) -> bool:
        """Whether the reader is asked to give something."""
        return self._theirs(self._tongue.give) or self._undenied(self._tongue.need)

    def _theirs(self, pattern: re.Pattern[str]) -> bool:
        """Whether it is the reader who is to act, and nothing says that they need not."""
        return any(not self._tongue.ours.search(before) for before in self._before_each(pattern))

    def _undenied(self, pattern: re.Pattern[str]) -> bool:
        return any(True for _ in self._before_each(pattern))

    def _before_each(self, pattern: re.Pattern[str]) -> Iterator[str]:
        """What stands in front of each match that nothing in its clause denies."""
        for match in pattern.finditer(self._plain):
            before = self._plain[max(0, match.start() - _REACH) : match.start()]
            clause = max((each.end() for each in _CLAUSE.finditer(f"{before} ")), default=0)
            if not self._tongue.denied.search(before, max(0, clause - 1)):
                yield before
