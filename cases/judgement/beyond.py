"""Words in a language of which too little was learnt to let them pass: whoever judges them guesses, so a person looks.

Which language it is tells py3langid, from the bytes of 139 languages; that it needs numpy is nobody's matter here. Why it is
so, and what it costs: docs/decisions/0034-languages-nobody-learnt.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from cases.spoken.seen import unaccented
from cases.spoken.tongues import common_in_one

LEARNT = frozenset(("en", "de", "fr", "es", "it", "nl", "pt", "pl", "ru", "tr", "sv", "da", "nb", "no", "nn"))
"""Of each there are more than 150 examples in `tests/evaluation/sets/learn`, of the Scandinavian ones together."""
LONGEST = 500  # characters: more tell nothing more
# How likely one of LEARNT may be at most; short texts are doubtful, so of those with few words that are common in one of the
# seven languages we speak more are taken for strange ones, and of those with many none.
_SURELY, _PERHAPS = 0.05, 0.3
_SHARE, _MANY = 0.34, 4
_WORD = re.compile(r"[^\W\d_]{2,}")
# Numbers, addresses and links; in Japanese no space stands beside them.
_OF_NO_LANGUAGE = re.compile(r"[!-~]*[0-9@/_][!-~]*")


def is_beyond(text: str) -> bool:
    """Whether a text is surely in none of LEARNT; a name, a number or a sign is in no language, and so is not."""
    return _is_beyond(text[:LONGEST])


@lru_cache(maxsize=256)  # asked for again when a score has come
def _is_beyond(text: str) -> bool:
    said = _OF_NO_LANGUAGE.sub(" ", text)
    words = _WORD.findall(unaccented(said).lower())
    common = common_in_one(words)
    if not words or common >= max(_MANY, len(words) / 2):
        return False
    learnt = _learnt(said)
    is_strange = len(words) > 1 and common < max(2, _SHARE * len(words))
    return learnt < (_PERHAPS if is_strange else _SURELY)


def _learnt(said: str) -> float:
    return sum(chance for language, chance in ranked()(said) if language in LEARNT)


@cache
def ranked() -> Callable[[str], Iterable[tuple[str, float]]]:
    """How likely each language is for a text. Takes half a second of a processor and some 80 MB when it is first asked, which
    bots never pay whose customers write what we speak, and 0.1 ms a text then."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier.rank  # type: ignore[no-any-return]
