"""Sums of money as letters write them, "€50", "1.250,50 EUR", "fifty pounds"; it knows no rates of exchange."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

# How currencies are written, by ISO 4217 code, or by the sign itself where several countries share it.
_SPELT = {
    "EUR": "€ euro euros",
    "GBP": "£ pound pounds quid",
    "USD": "us$",
    "$": "$ dollar dollars bucks",
    "CAD": "ca$ c$",
    "AUD": "au$ a$",
    "NZD": "nz$",
    "HKD": "hk$",
    "SGD": "s$",
    "BRL": "r$",
    "CHF": "franc francs",
    "kr": "kr kronor kroner krona krone",
    "PLN": "zł zloty zlotys",
    "CZK": "kč",
    "INR": "₹ rupee rupees",
    "¥": "¥",
    "JPY": "yen",
    "CNY": "yuan rmb",
    "KRW": "₩",
    "TRY": "₺",
    "ILS": "₪",
    "ZAR": "rand",
}
_CODES = (
    "aed aud bgn brl cad chf cny czk dkk eur gbp hkd huf idr ils inr isk jpy krw mxn myr nok nzd php pln ron rub sar sek"
    " sgd thb twd uah usd zar"
)
_CURRENCIES = {code: code.upper() for code in _CODES.split()}
_CURRENCIES |= {spelt: code for code, spellings in _SPELT.items() for spelt in spellings.split()}
_SHARED = {
    "$": frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
    "¥": frozenset({"JPY", "CNY"}),
}
_HUNDREDTHS = {"cent": None, "cents": None, "pence": "GBP"}

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_COUNTS = {word: count for count, word in enumerate(_UNITS.split())}
_COUNTS |= {word: tens * 10 for tens, word in enumerate(_TENS.split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 1_000_000, "m": 1_000_000}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _number(group: str) -> str:
    """1,250.50 and 1.250,50 and 1 250,50 and 1'250, or plain digits with two decimals; "50.-"; "5k"."""
    grouped = r"\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    return rf"(?P<{group}>{grouped}|\d{{1,12}}(?:[.,]\d{{1,2}})?(?!\d))(?:[.,][-–—])?(?: ?(?P<{group}_scale>k|thousand|million|m)\b)?"


_WORDS = {name for name in (*_CURRENCIES, *_HUNDREDTHS) if name.isalpha()}
_SIGN = rf"(?:{_any_of(_CURRENCIES.keys() - _WORDS)})"
_NAME = rf"(?:{_any_of(_WORDS)})\b"
_COUNT = rf"(?:{_any_of(_COUNTS)}|hundred|thousand|million)"
_GAP = r"[ \u00a0\u202f]?"
_SUM = re.compile(
    rf"(?P<mark>{_SIGN}|(?<!\w){_NAME}){_GAP}{_number('after')}"
    rf"|(?<![\w.,]){_number('before')}(?:{_GAP}|-)(?P<unit>{_SIGN}|{_NAME})"
    rf"|\b(?P<words>(?:an? )?{_COUNT}(?:(?: and |[ -]){_COUNT}){{0,6}})[ -](?P<spelt>{_NAME})",
    re.IGNORECASE,
)
NUMBER = (
    rf"(?<![\w.,#:/€£$-])(?:{_number('bare')}(?![.,:/-]\d)"
    rf"|(?P<spelt>(?:(?:an?|{_COUNT})[ -])?(?:hundred|thousand)\b(?:(?: and |[ -]){_COUNT}){{0,6}}))"
)
"""A number that may be a sum without a currency: only the words around it tell; `read_number` reads its match."""
_LONG_TAIL = re.compile(r"[.,]\d{1,2}$")
_NOT_DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Money:
    """A sum. `currency` is an ISO 4217 code, or "$", "kr", "¥" as written; None where cents alone were written."""

    amount: Decimal
    currency: str | None

    def within(self, limit: Money) -> bool:
        """Whether this is no more than `limit`. Sums in different currencies are not: nothing is converted here."""
        return _comparable(self.currency, limit.currency) and self.amount <= limit.amount

    def __str__(self) -> str:
        whole = self.amount == self.amount.to_integral_value()
        return f"{self.amount:.{0 if whole else 2}f} {self.currency or ''}".rstrip()


def sums(text: str) -> Iterator[tuple[Money, tuple[int, int]]]:
    """Every sum in `text` with the span of its words, in order. A number without a currency is none."""
    for match in _SUM.finditer(text):
        unit = (match["mark"] or match["unit"] or match["spelt"]).casefold()
        amount = _amount(match)
        if unit in _HUNDREDTHS:
            yield Money(amount / 100, _HUNDREDTHS[unit]), match.span()
        else:
            yield Money(amount, _CURRENCIES.get(unit)), match.span()


def read_money(text: str) -> Money:
    """ "50 EUR" → Money. Raises ValueError, whose message says what to write."""
    found = list(sums(text.strip()))
    if len(found) != 1 or found[0][1] != (0, len(text.strip())) or found[0][0].currency is None:
        raise ValueError(f'"{text}" is not a sum; write a number and a currency, for instance "50 EUR"')
    return found[0][0]


def read_number(match: re.Match[str]) -> Money:
    """The sum in a match of `NUMBER`, of no known currency."""
    if match["spelt"]:
        return Money(Decimal(_spelt(match["spelt"].lower())), None)
    return Money(_decimal(match["bare"]) * _SCALES.get((match["bare_scale"] or "").lower(), 1), None)


def _amount(match: re.Match[str]) -> Decimal:
    if match["words"]:
        return Decimal(_spelt(match["words"].lower()))
    group = "after" if match["after"] else "before"
    scale = (match[f"{group}_scale"] or "").lower()
    return _decimal(match[group]) * _SCALES.get(scale, 1)


def _decimal(written: str) -> Decimal:
    """One or two digits after the last point or comma are decimals; every other mark parts thousands."""
    tail = _LONG_TAIL.search(written)
    whole = written[: tail.start()] if tail else written
    return Decimal(f"{_NOT_DIGITS.sub('', whole)}.{tail[0][1:] if tail else 0}")


def _spelt(words: str) -> int:
    """ "two hundred and fifty" → 250."""
    total = group = 0
    for word in re.split(r"[ -]", words):
        if word in _COUNTS:
            group += _COUNTS[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _SCALES:
            total, group = total + max(group, 1) * _SCALES[word], 0
    return total + group


def _comparable(one: str | None, other: str | None) -> bool:
    """ "$" may be any dollar; a sum without a currency is meant in the currency of the other."""
    if one is None or other is None or one == other:
        return True
    return one in _SHARED.get(other, ()) or other in _SHARED.get(one, ())
