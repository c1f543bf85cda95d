"""The matter of a complaint as a house names it to its customer: in our words, calm, and never in their insults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cases.replies.skeletons import Language
from cases.spoken.matters import about
from cases.spoken.money import sums
from cases.spoken.plain import Sentence, plain, read

_AND: dict[Language, str] = {"en": "and", "de": "und", "fr": "et", "es": "y", "it": "e", "nl": "en", "pt": "e"}

# Nouns for what a house brings, lends or does; what they call theirs is said back in their word.
_THING = re.compile(
    r" (order|parcel|package|delivery|meal|food|pizza|soup|box|hamper|cake|flowers|bouquet|candle|dress|shoes|suitcase|luggage"
    r"|letter|card|invitation|ticket|tickets|replacement|refund|prescription|medicine|bike|phone|laptop|printer|router|boiler"
    r"|heating|washing machine|fridge|app|website|engineer|technician|plumber|driver|taxi|cab|nurse|carer) "
)
_NEAR = 6  # words
_INSTEAD = re.compile(
    r"instead of|when (?:i|we) (?:only )?(?:owed?|agreed|ordered|were quoted)|(?:should|ought to) have been|rather than|not the"
    r"|(?:was|were) (?:told|quoted|promised)|statt|au lieu de|en (?:vez|lugar) de|invece di|in plaats van|em vez de|ao inves de"
)
_SUMS: dict[Language, tuple[str, str]] = {
    "en": (" of {0}", " of {0} instead of {1}"),
    "de": (" über {0}", " über {0} statt {1}"),
    "fr": (" de {0}", " de {0} au lieu de {1}"),
    "es": (" de {0}", " de {0} en lugar de {1}"),
    "it": (" di {0}", " di {0} invece di {1}"),
    "nl": (" van {0}", " van {0} in plaats van {1}"),
    "pt": (" de {0}", " de {0} em vez de {1}"),
}


def matter(said: str, language: Language, most: int = 2) -> str:
    """The matter of a complaint, or two, as a noun phrase that follows "about"; empty where nothing names it."""
    phrases = dict.fromkeys(phrase.format(sum=_about_sums(said, language)) for phrase in _named(said, language))
    return f" {_AND[language]} ".join(islice(phrases, most))


def _named(said: str, language: Language) -> Iterator[str]:
    for _, naming, sentence, found in about(read(said), language):
        things = _THING.findall(_up_to(sentence, found))
        yield naming.named.replace("{thing}", things[-1]) if things else naming.phrase


def _up_to(sentence: Sentence, found: re.Match[str]) -> str:
    """The words that name a matter and a few of those before them: what it is about stands there, if anywhere."""
    before = sentence.plain[: found.start()].split()
    return plain(" ".join([*before[-_NEAR:], found[0]]))


def _about_sums(said: str, language: Language) -> str:
    """ " of $400 instead of $9", as they wrote the sums; nothing where it is not plain which sum is which."""
    found = [span for _, span in sums(said)]
    written = [said[start:end] for start, end in found]
    one, two = _SUMS[language]
    if len(written) == 2 and _INSTEAD.search(said[found[0][1] : found[1][0]].casefold()):
        return two.format(*written)
    return one.format(written[0]) if len(written) == 1 else ""
