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
# How likely one of LEARNT may be at most; short texts are doubtful, where none but a few of their words are common in one of them.
_SURELY, _PERHAPS = 0.05, 0.3
_FEW = 0.4
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_NO_LANGUAGE = re.compile(
    r"[!-~]*[0-9@/_][!-~]*"
)  # numbers, addresses and links; in Japanese there is no space beside them


def is_beyond(text: str) -> bool:
    """Whether a text is surely in none of LEARNT; a name, a number or a sign is in no language, and so is not."""
    return _is_beyond(text[:LONGEST])


@lru_cache(maxsize=256)  # asked for again when a score has come
def _is_beyond(text: str) -> bool:
    said = _OF_NO_LANGUAGE.sub(" ", text)
    words = _WORD.findall(unaccented(said).lower())
    learnt = _learnt(said) if words else 1.0
    if learnt < _SURELY:
        return True
    common = common_in_one(words)
    return len(words) > 1 and learnt < _PERHAPS and (common < 2 or common < _FEW * len(words))


def _learnt(said: str) -> float:
    return sum(chance for language, chance in ranked()(said) if language in LEARNT)


@cache
def ranked() -> Callable[[str], Iterable[tuple[str, float]]]:
    """How likely each language is for a text. Takes half a second of a processor at first, some 80 MB, and 0.1 ms a text then."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier.rank  # type: ignore[no-any-return]
