"""How a customer is greeted: by the first name, where what stands in the name's field is a person's name."""

from __future__ import annotations

import re

from cases.arrivals.customers import is_filler
from cases.text import one_line

_LONGEST = 40
_TITLE = re.compile(
    r"(?:mrs?|ms|miss|mx|dr|prof|sir|herr|frau|m|mme|mlle|monsieur|madame|sr|sra|srta|señora?|sig|sig\.ra|signora?|dott|dhr|mevr"
    r"|mevrouw|meneer|senhora?|dona)\.?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A house rather than a person, or several people: nobody's first name.
_NO_PERSON = re.compile(
    r"(?i)\b(?:gmbh|ag|ug|kg|ltd|limited|inc|llc|plc|sarl|sas|srl|spa|slu?|bv|nv|lda|ltda|family|familie|famille|familia"
    r"|famiglia|team|shop|and|und|et|y|e|en)\b|[&+/]"
)


def greeted(name: str | None) -> str | None:
    """What stands after "Hello" in a letter: "Ana", "Mrs Hall" where that is how they sign; None for what is odd or unknown."""
    said = one_line(name or "", 200)
    if said.count(",") == 1:  # "Ruiz, Ana"
        said = " ".join(reversed([part.strip() for part in said.split(",")]))
    parts = said.split()
    if not parts or is_filler(said) or _NO_PERSON.search(said):
        return None
    if _TITLE.fullmatch(parts[0]):
        named = parts[1:]
        return _if_short(f"{_spelt(parts[0])} {_spelt(named[-1])}") if _are_names(named[-1:]) else None
    if not _are_names(parts):
        return None
    # Where no space parts it, or where it is written without our letters, which part is the first name is not for us to tell.
    first = said if not said[0].isascii() and not _is_latin(said[0]) else parts[0]
    return _if_short(_spelt(first))


def _are_names(parts: list[str]) -> bool:
    """Whole words of letters; an initial may stand behind the first. A small letter in front of a capital is a particle."""
    whole = bool(parts) and all(_NAME.fullmatch(part.strip(".")) for part in parts)
    if not whole or len(parts[0].strip(".")) < 2:
        return False
    return not (parts[0][0].islower() and any(part[0].isupper() for part in parts[1:]))


def _spelt(word: str) -> str:
    """As one writes it: "WALTER" and "walter" are Walter; "McKay" stays."""
    return "-".join(part.capitalize() for part in word.split("-")) if word.isupper() or word.islower() else word


def _is_latin(char: str) -> bool:
    return ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00


def _if_short(name: str) -> str | None:
    return name if len(name) <= _LONGEST else None
