"""A text as its reader takes it in: nothing invisible, one form of every letter and digit, whatever it was typed with.

Every check of a reply reads what `seen` returns, so that no trick of writing has to be known in more than one place.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters of other alphabets that a reader takes for Latin ones: the part of Unicode's confusables (UTS 39) that whole
# words can be written with. Capitals are listed where they mislead and their small letters do not.
_LOOK_ALIKE = str.maketrans(
    "мткаеорсухіјѕһԁԛԝӏɡɑνοιυκρτϲαАВЕКМНОРСТУХІЈЅҮԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧՕՏՍօոսհցզ",
    "mtkaeopcyxijshdqwlgavoiukptcaABEKMHOPCTYXIJSYQWABEZHIKMNOPTYXOSUonuhgq",
)
_FOREIGN = frozenset(map(chr, _LOOK_ALIKE))
_WORD = re.compile(r"[^\W\d_]+")
# What NFKC takes apart into other letters, a whole sentence in the worst case, and a mark that stands in for an apostrophe.
_FIRST = str.maketrans({"\u00b4": "'", "\ufdfa": " ", "\ufdfb": " ", "\u2800": " ", "\u2028": "\n", "\u2029": "\n"})
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u20e3\u3164\uffa0")
_LETTER_IN_A_BOX = re.compile(r"\b(?:SQUARED|CIRCLED|REGIONAL|SMALL CAPITAL)\b.* ([A-Z])$")


def seen(text: str) -> str:
    """`text` without what a reader cannot see, and with every letter and digit in its plainest form.

    Accents stay. A letter of another alphabet becomes the Latin one it looks like where it stands in a Latin word, or in
    a word of look-alikes only amid Latin text. Never raises; takes time in line with the text's length.
    """
    if text.isascii():
        return text
    plain = "".join(map(_plainest, unicodedata.normalize("NFKC", text.translate(_FIRST))))
    if plain.isascii():
        return plain
    if _FOREIGN.isdisjoint(plain):
        return plain
    amid_latin = _mostly_latin(plain)
    return _WORD.sub(lambda word: _undisguised(word[0], amid_latin), plain)


def latin(text: str) -> str:
    """`text` with every look-alike as the Latin letter, whatever stands around it: how a web address is read."""
    return text.translate(_LOOK_ALIKE)


# Letters that are no others with an accent, and that people write without on a telephone.
_FOLDED = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "ß": "ss"})


def unaccented(text: str) -> str:
    """`text` in small letters without accents, as words are looked up."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower().translate(_FOLDED))
    return "".join(char for char in apart if not unicodedata.combining(char))


@lru_cache(maxsize=4096)
def _plainest(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) == "Cf" or char in _FILLERS or "\ufe00" <= char <= "\ufe0f":
        return ""
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    boxed = _LETTER_IN_A_BOX.search(unicodedata.name(char, ""))
    return boxed[1].lower() if boxed else char


def _undisguised(word: str, amid_latin: bool) -> str:
    if word.isascii() or _FOREIGN.isdisjoint(word):
        return word
    folded = word.translate(_LOOK_ALIKE)
    return folded if any(map(str.isascii, word)) or (amid_latin and folded.isascii()) else word


def _mostly_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(char < "\u0250" for char in letters) > len(letters)
