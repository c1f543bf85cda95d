"""How like two replies are once names and numbers are taken out (P2), by shingles and by signatures an index can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span, letter
from cases.replies.checks.reading import Reading

SHINGLE_WORDS = 5
LIKE = 0.35  # Jaccard at which two replies count as the same; a guess, tuned on the corpus
CONTAINED = 0.6  # share of the shorter one found again in the longer one
FEWEST_SHINGLES = 4  # below that two texts are alike only when they are the same

BANDS, ROWS = 32, 2
"""32 bands of 2 rows: a pair at Jaccard 0.35 shares a band with probability 0.985, one at 0.05 with 0.08."""

_WORD = re.compile(r"[a-z\u00c0-\u024f']+")
_CAPITAL = re.compile(r"(?<![.!?\n] )(?<!^)\b[A-Z\u00c0-\u00de][\w'-]+", re.MULTILINE)
_PRIME = (1 << 61) - 1


def shingles(text: str) -> frozenset[int]:
    """The 5-word shingles of a reply as stable 64-bit numbers, without greeting, signature, names and numbers.

    Names are words with a capital inside a sentence. A text of fewer than five words is one shingle; an empty one none.
    """
    parsed = letter(text)
    body = parsed.original[parsed.greeting[1] : parsed.signature[0]]
    # "I" carries no name; everything else with a capital inside a sentence may.
    plain = (
        _CAPITAL.sub(lambda match: match[0] if match[0].startswith("I'") else " ", body).replace("\u2019", "'").lower()
    )
    words = _WORD.findall(plain)
    last = max(1, len(words) - SHINGLE_WORDS + 1)
    return frozenset(_number(" ".join(words[at : at + SHINGLE_WORDS])) for at in range(last) if words)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Jaccard, 0 to 1: shared shingles over all shingles."""
    return len(one & other) / len(one | other) if one or other else 0.0


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two replies are near-copies: by Jaccard, or the shorter one found again within the longer."""
    if not one or not other:
        return False
    fewest = min(len(one), len(other))
    if fewest < FEWEST_SHINGLES:
        return one == other
    return likeness(one, other) >= LIKE or len(one & other) / fewest >= CONTAINED


def bands(of: frozenset[int]) -> tuple[int, ...]:
    """MinHash bands: near-copies share at least one of these 32 numbers almost surely, so an index looks only there.

    The candidates that share a band are then compared with `alike`. Empty for a reply without words.
    """
    if not of:
        return ()
    lows = [min((a * shingle + b) % _PRIME for shingle in of) for a, b in _coefficients()]
    rows = (lows[at : at + ROWS] for at in range(0, BANDS * ROWS, ROWS))
    # The band's own number goes in, so that one column holds all bands.
    return tuple(_number(f"{band}:{row}") for band, row in enumerate(rows))


@lru_cache(maxsize=1)
def _coefficients() -> tuple[tuple[int, int], ...]:
    """Fixed for ever: stored bands depend on them."""
    return tuple((_number(f"a{n}") % (_PRIME - 1) + 1, _number(f"b{n}") % _PRIME) for n in range(BANDS * ROWS))


def copied(reading: Reading) -> Iterator[Span]:
    """P2: any reuse to this customer, a sentence of eight words or more included."""
    if not reading.given.earlier_replies:
        return
    mine = shingles(reading.letter.original)
    for earlier in reading.given.earlier_replies:
        if alike(mine, shingles(earlier)):
            yield MISSING
            return
    yield from _reused_sentences(reading)


def _reused_sentences(reading: Reading) -> Iterator[Span]:
    said = {words for reply in reading.given.earlier_replies for words, _ in _sentences(letter(reply).text)}
    first = next((span for words, span in _sentences(reading.text) if words in said), None)
    if first:
        yield first


_LEAST_SENTENCE = 8  # words; shorter ones repeat by accident


def _sentences(text: str) -> Iterable[tuple[str, Span]]:
    position = 0
    for line in text.splitlines(keepends=True):
        words = _WORD.findall(line)
        if len(words) >= _LEAST_SENTENCE:
            yield " ".join(words), (position, position + len(line.rstrip()))
        position += len(line)


_SENT = "I'm sorry. I sent your soup out cold and an hour late on Friday, and you had nothing for dinner. I have refunded it."

RULES = (
    Rule(
        id="P2",
        name="The same words again",
        severity="block",
        why="This customer has had these words before; a second time they are worth nothing.",
        fix="Write to what has happened since, in new words.",
        source="Packard & Berger 2021; Min, Lim & Magnini 2015; the founders' rule",
        bad=(_SENT, _SENT.replace("soup", "stew")),
        good=(
            "Ana, the new soup left at six and Tom carries it himself. Sorry once more that I sent the first one cold. Refunded.\nTom",
        ),
        given={"earlier_replies": (_SENT,)},
        find=copied,
    ),
)
