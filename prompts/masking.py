"""Hides e-mail addresses, phone, card and account numbers and surnames behind tokens, and puts them back; pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
# A date reads like a phone number, and a draft needs it: 2026-01-05, 05.01.2026, 1/5/2026 stay.
_DATE = rf"(?<!\d)(?:{_YEAR}-{_MONTH}-{_DAY}|{_DAY}[./-]{_DAY}[./-]{_YEAR})(?!\d)"
_EMAIL = r"[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
# An IBAN is two letters, two check digits and 11 to 30 letters or digits, often in fours. No checksum is asked for:
# a mistyped account number is private too.
_ACCOUNT = r"[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,}(?:[ -]?[A-Z0-9]{1,3})?"
# Seven digits or more, however they are spaced: a phone or a card. Too much hidden does no harm, since it comes back.
_NUMBER = rf"[+(]?\d(?:[ ./()\u00a0\u2011-]{{0,2}}(?!{_DATE})\d){{6,}}"
_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(r"⟦[^⟦⟧]*⟧")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its private parts. `originals` says what each token, such as ⟦e-mail 1⟧, stands for."""

    text: str
    originals: Mapping[str, str]

    def restore(self, answer: str) -> str:
        """`answer` with every token of ours replaced by what it stands for; tokens nobody made are left alone."""
        return _TOKEN.sub(lambda token: self.originals.get(token[0], token[0]), answer)


def mask(text: str, *, names: Collection[str] = (), keep: Collection[str] = ()) -> Masked:
    """Hide what looks private in `text`, and the words in `names`; leave dates, and the numbers in `keep`, readable.

    The same original always gets the same token, and no token occurs in `text`, so `mask(x).restore(mask(x).text) == x`.
    """
    tokens: dict[str, str] = {}

    def hidden(found: re.Match[str]) -> str:
        original, kind = found[0], found.lastgroup
        if kind == "date" or (kind == "number" and original in keep):
            return original
        if original not in tokens:
            tokens[original] = _fresh("e-mail" if kind == "email" else str(kind), text, tokens.values())
        return tokens[original]

    masked = _private(names).sub(hidden, text)
    return Masked(masked, {token: original for original, token in tokens.items()})


def _private(names: Collection[str]) -> re.Pattern[str]:
    kinds = {"email": _EMAIL, "account": _ACCOUNT, "date": _DATE, "number": _NUMBER}
    if words := "|".join(re.escape(name) for name in names if name):
        kinds["name"] = rf"(?<!{_LETTER})(?:{words})(?!{_LETTER})"
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def _fresh(kind: str, text: str, taken: Collection[str]) -> str:
    candidates = (f"⟦{kind} {number}⟧" for number in itertools.count(1))
    return next(token for token in candidates if token not in taken and token not in text)
