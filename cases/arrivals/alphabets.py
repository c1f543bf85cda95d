"""Alphabets: whether a text, as it was decoded, has only letters that stand together in some language."""

from __future__ import annotations

from collections import Counter

# Beyond a to z, small. A language that is written with a script of its own has the whole script.
_LETTERS = (
    "äöüß",  # German
    "àâæçéèêëîïôœùûü",  # French
    "áéíñóúü",  # Spanish
    "áâãàçéêíóôõú",  # Portuguese
    "àèéìíòóùú",  # Italian
    "àáäçèéêëíïóôöúü",  # Dutch, Catalan
    "æøåéèêóòâôäöü",  # Danish, Norwegian
    "åäöéàü",  # Swedish, Finnish
    "áæðéíóöúýþ",  # Icelandic
    "ąćęłńóśźż",  # Polish
    "áäčďéěíĺľňóôŕřšťúůýž",  # Czech, Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîșțşţ",  # Romanian
    "čćđšž",  # Croatian, Slovene
    "õäöüšž",  # Estonian
    "āčēģīķļņšūžąęėįų",  # Latvian, Lithuanian
    "çğıöşüâîû",  # Turkish
)
_SCRIPTS = (
    ((0x370, 0x3FF), (0x1F00, 0x1FFF)),  # Greek
    ((0x400, 0x52F),),  # Cyrillic
    ((0x590, 0x5FF),),  # Hebrew
    ((0x600, 0x6FF),),  # Arabic
    ((0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF)),  # Japanese and Chinese
    ((0xAC00, 0xD7A3), (0x1100, 0x11FF), (0x3000, 0x303F), (0xFF00, 0xFFEF)),  # Korean
)
_SIGNS = frozenset("“”„‚‘’‹›«»–—…·•€£§°´™®©№¿¡\u00a0\u00ad")


def strangers(text: str) -> int:
    """How many letters and signs beyond ASCII fit no single language: none where each belongs to one and the same.

    Under a wrong code page, "řidič" is "øidiè", and no language has both.
    """
    found = Counter(char for char in text.lower() if not char.isascii() and char not in _SIGNS)
    latin = (sum(many for char, many in found.items() if char not in letters) for letters in _LETTERS)
    others = (sum(many for char, many in found.items() if not _is_of(char, script)) for script in _SCRIPTS)
    return min(*latin, *others)


def _is_of(char: str, script: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(char) <= last for first, last in script)
