"""Hides addresses, phone, card and account numbers and surnames behind tokens, and puts them back; pure."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
# A date reads like a phone number, and a draft needs it: 2026-01-05, 05.01.2026, 1/5/2026 stay.
_DATE = rf"(?<!\d)(?:{_YEAR}-{_MONTH}-{_DAY}|{_DAY}[./-]{_DAY}[./-]{_YEAR})(?!\d)"

# An e-mail address, with its signs or with the words people write so that no machine finds it. A bare "at" counts where
# a host follows that has a dot, in whatever spelling: too much hidden does no harm, since it comes back.
_OPEN, _SHUT = r"[\[({<] ?", r" ?[\])}>]"
_SPOKEN_AT, _SPOKEN_DOT = r"(?:at|ät|arroba|arobase|chiocciola)", r"(?:dot|punkt|punto|ponto|point|punt)"
_AT = rf"(?: ?@ ?| ?{_OPEN}(?:{_SPOKEN_AT}|@){_SHUT} ?| (?i:{_SPOKEN_AT}) )"
_SAID_DOT = rf"(?: ?{_OPEN}(?:{_SPOKEN_DOT}|\.){_SHUT} ?| (?i:{_SPOKEN_DOT}) )"
_LABEL = r"[\w-]{1,63}"
_LOCAL = r"[\w.+'%-]{1,64}"
_EMAIL = (
    rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL}){{1,8}}"
    rf"|{_LOCAL}(?:{_SAID_DOT}{_LABEL}){{0,4}}{_AT}[^\W\d_][\w-]{{0,62}}(?:(?:\.|{_SAID_DOT}){_LABEL}){{0,6}}(?:\.|{_SAID_DOT})[^\W\d_]{{2,24}}"
)
# An IBAN is two letters, two check digits and 11 to 30 letters or digits, often in fours. No checksum is asked for:
# a mistyped account number is private too. In small letters only digits follow, or every "ab12 with them" would be one.
_ACCOUNT = (
    r"[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,}(?:[ -]?[A-Z0-9]{1,3})?|[a-z]{2}\d{2}(?:[ -]?\d{4}){2,}(?:[ -]?\d{1,3})?"
)
# Seven digits or more, however they are spaced: a phone or a card.
_NUMBER = rf"[+(]?\d(?:[ ./()\u00a0\u2009\u202f\u2010-\u2013-]{{0,3}}(?!{_DATE})\d){{6,}}"

# Where somebody lives: a street by its look with a house number, or a line with a house number in front of a postcode,
# and the postcode with its town. Countries that write neither are not known here.
_HOUSE = r"\d{1,4}(?: ?[a-zA-Z]\b)?(?: ?[-/] ?\d{1,4})?"
_NAMED = r"[^\W\d_][\w'’.-]{0,30}"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,30}"
_STREET = (
    # Lindenallee 1, Haupt-Str. 12a, Keizersgracht 3, Am Alten Markt 5
    rf"(?i:[^\W\d_][\w.-]{{1,30}}?[ -]?(?:straße|strasse|str\.|allee|gasse|chaussee|straat|gracht|plein|laan|kade|damm|ufer|platz|weg)) {_HOUSE}"
    # 12 Baker Street, 221b baker st.
    rf"|\d{{1,5}} ?[a-zA-Z]?,? (?:{_CAPITAL} ){{1,4}}(?i:street|st|road|rd|avenue|ave|lane|ln|drive|court|close|crescent|terrace|boulevard|blvd|square|way|place)\b\.?"
    rf"|\d{{1,5}}[a-z]?,? {_NAMED} (?i:street|road|avenue|boulevard|crescent|terrace)\b"
    # Calle Mayor 5, Via Roma, 12, Avenida de la Paz n.º 3
    rf"|(?i:calle|avenida|avda\.|paseo|plaza|via|viale|piazza|corso|rua|travessa|ulica|ul\.) (?:{_NAMED} ){{0,4}}?{_NAMED},? (?:n[.º°o]{{1,2}} ?)?{_HOUSE}"
    # 12 rue de Rivoli, 3 bis, avenue Foch
    rf"|\d{{1,4}}(?: bis| ter)?,? (?i:rue|avenue|boulevard|chemin|allée|impasse|quai) (?:(?i:de|du|des|la|le|les|l['’]|d['’])[ ]?){{0,3}}{_CAPITAL}(?: {_CAPITAL}){{0,3}}"
)
_MONEY = r"(?:[A-Z]{3}|(?i:euros?|dollars?|pounds?|franken|kron\w+|punkte|points))\b"
_TOWN = rf"{_CAPITAL}(?:[ -]{_CAPITAL}){{0,3}}"
_POSTCODE = (
    rf"(?:[A-Z]{{1,2}}-)?\d{{5}}(?:-\d{{4}})? (?!{_MONEY}){_TOWN}"  # 10115 Berlin, F-75001 Paris; not 10000 Euro
    rf"|[1-9]\d{{3}} ?[A-Z]{{2}},? {_TOWN}"  # 1012 AB Amsterdam
    r"|(?:[A-Z][\w.'-]{1,30} ?){1,3}, [A-Z]{2},? \d{5}(?:-\d{4})?"  # Springfield, IL 62704
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"  # SW1A 1AA, K1A 0B1
)
_SHORT_POSTCODE = rf"(?:[A-Z]{{1,2}}-)?\d{{4}} {_TOWN}"  # four digits may be a year: only behind a street
_LINE_BEFORE = rf"{_CAPITAL}(?: {_CAPITAL}){{0,3}} {_HOUSE}(?=,?\s{{1,2}}(?:[A-Z]{{1,2}}-)?\d{{4,5}},? {_CAPITAL})"
_ADDRESS = rf"(?<![^\W\d_])(?<![.-])(?:(?:{_LINE_BEFORE}|{_STREET})(?:,?\s{{1,2}}(?:{_POSTCODE}|{_SHORT_POSTCODE}))?|{_POSTCODE})"

_WORD = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*"
_TOKENS = re.compile(r"(⟦[^⟦⟧]*⟧)")
_TOKEN = re.compile(r"⟦([^⟦⟧]*)⟧")
_ROUNDS = 3
_PARTICLE = 3  # letters: "de", "la", "von" inside a name hide nobody, and stand in every sentence of their language
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its private parts. `originals` says what each token, such as ⟦e-mail 1⟧, stands for."""

    text: str
    originals: Mapping[str, str]
    names: frozenset[str] = field(default=frozenset(), repr=False)
    keep: frozenset[str] = field(default=frozenset(), repr=False)

    def restore(self, answer: str) -> str:
        """`answer` with every token of ours replaced by what it stands for; tokens nobody made are left alone."""
        return _TOKEN.sub(lambda token: self.originals.get(token[0], token[0]), answer)

    def hushed(self, answer: str) -> str:
        """`answer` for all to read: what is private in it, a token or written out, is named by its kind, as [e-mail]."""
        again = mask(answer, names=self.names, keep=self.keep).text
        return _TOKEN.sub(lambda token: f"[{token[1].rstrip(' 0123456789')}]", again)


def mask(text: str, *, names: Collection[str] = (), keep: Collection[str] = ()) -> Masked:
    """Hide what looks private in `text`, and the words of `names`; leave dates, and the numbers in `keep`, readable.

    A name is the same name in capitals, in small letters and without its accents. The same original always gets the
    same token, and no token occurs in `text`, so `mask(x).restore(mask(x).text) == x`.
    """
    tokens: dict[str, str] = {}
    originals: dict[str, str] = {}
    wanted = frozenset().union(*map(_parts, names))

    def hidden(found: re.Match[str]) -> str:
        original, kind = found[0], found.lastgroup
        if kind == "date" or (kind == "name" and not wanted & _spellings(original)):
            return original
        if kind in ("number", "address") and original in keep:
            return original
        if original not in tokens:
            token = _fresh("e-mail" if kind == "email" else str(kind), text, originals)
            tokens[original], originals[token] = token, original
        return tokens[original]

    masked = text
    for _ in range(_ROUNDS):  # what stood close before something hidden may show only once that is gone
        parts = _TOKENS.split(masked)
        masked = "".join(part if part in originals else _scanned(part, hidden) for part in parts)
    return Masked(masked, originals, frozenset(names), frozenset(keep))


def _scanned(text: str, hidden: Callable[[re.Match[str]], str]) -> str:
    """Behind what was hidden the text begins anew: what stands close behind it is seen too."""
    done, at = list[str](), 0
    while found := _private().search(text, at):
        instead, at = hidden(found), found.end()
        if instead != found[0]:
            done += (text[: found.start()], instead)
            text, at = text[at:], 0
    return "".join((*done, text))


@lru_cache(maxsize=1)
def _private() -> re.Pattern[str]:
    kinds = {"email": _EMAIL, "account": _ACCOUNT, "date": _DATE, "address": _ADDRESS, "number": _NUMBER, "name": _WORD}
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def _parts(name: str) -> frozenset[str]:
    """Each word of a name in all its spellings, but for single letters and the small words between others."""
    words = re.findall(_WORD, name)
    telling = [word for word in words[:-1] if not (word.islower() and len(word) <= _PARTICLE)] + words[-1:]
    return frozenset().union(*(_spellings(word) for word in telling if len(word) > 1))


@lru_cache(maxsize=4096)
def _spellings(word: str) -> frozenset[str]:
    """ "MÜLLER" → {"muller", "mueller"}."""
    small = unicodedata.normalize("NFC", word).casefold()
    return frozenset(map(_plain, (small, small.translate(_WRITTEN_OUT))))


def _plain(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _fresh(kind: str, text: str, taken: Collection[str]) -> str:
    candidates = (f"⟦{kind} {number}⟧" for number in itertools.count(1))
    return next(token for token in candidates if token not in taken and token not in text)
